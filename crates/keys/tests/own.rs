//! Keys that belong to one owner: what they seal opens at its place and under its key alone.
#![cfg(test)]

use keys::{OWN_OVERHEAD, OwnKey, OwnOpenError, Place};
use proptest::prelude::*;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

const PLACE: Place<'static> = Place { table: "order_parts", column: "sealed", row: b"order-7 subject" };

fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

proptest! {
    #[test]
    fn what_is_sealed_opens_again_also_after_the_key_was_kept(plain in proptest::collection::vec(any::<u8>(), 0..200)) {
        let key = OwnKey::generate(&mut rng(1));
        let sealed = key.seal(PLACE, &plain, &mut rng(2)).unwrap();
        prop_assert_eq!(sealed.len(), plain.len() + OWN_OVERHEAD);
        let kept = OwnKey::from_bytes(key.to_bytes().as_slice()).unwrap();
        let opened = kept.open(PLACE, &sealed).unwrap();
        prop_assert_eq!(opened.as_slice(), plain.as_slice());
    }

    #[test]
    fn any_changed_byte_is_refused(at in 0..60_usize, by in 1..=255_u8) {
        let key = OwnKey::generate(&mut rng(1));
        let mut sealed = key.seal(PLACE, b"twenty bytes of text", &mut rng(2)).unwrap();
        let at = at % sealed.len();
        sealed[at] ^= by;
        prop_assert!(key.open(PLACE, &sealed).is_err());
    }
}

#[test]
fn another_place_and_another_owner_are_refused() {
    let (key, other) = (OwnKey::generate(&mut rng(1)), OwnKey::generate(&mut rng(3)));
    let sealed = key.seal(PLACE, b"a name", &mut rng(2)).unwrap();
    for place in [
        Place { table: "order_rounds", ..PLACE },
        Place { column: "other", ..PLACE },
        Place { row: b"order-8 subject", ..PLACE },
    ] {
        assert_eq!(key.open(place, &sealed).unwrap_err(), OwnOpenError::Refused);
    }
    assert_eq!(other.open(PLACE, &sealed).unwrap_err(), OwnOpenError::Refused);
    assert_eq!(key.open(PLACE, b"").unwrap_err(), OwnOpenError::Header);
}

#[test]
fn a_key_has_32_bytes_and_is_not_shown() {
    let key = OwnKey::generate(&mut rng(1));
    assert!(OwnKey::from_bytes(&[7; 31]).is_none());
    let shown = format!("{key:?}");
    assert!(!shown.contains(char::is_numeric), "{shown}");
}

#[test]
fn a_commitment_is_to_one_value_of_one_field_under_one_key() {
    let (key, other) = (OwnKey::generate(&mut rng(1)), OwnKey::generate(&mut rng(3)));
    let committed = key.commitment("form", b"value");
    assert_eq!(
        committed,
        OwnKey::from_bytes(key.to_bytes().as_slice()).unwrap().commitment("form", b"value")
    );
    for differs in [
        key.commitment("form", b"valuf"),
        key.commitment("for", b"mvalue"),
        other.commitment("form", b"value"),
    ] {
        assert_ne!(committed, differs);
    }
}
