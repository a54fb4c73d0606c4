//! Stories of values that are sealed, opened, tampered with and moved to new keys.

#![cfg(test)]

use keys::{
    HeaderError, KeyId, KeyState, Keyring, MasterKey, OVERHEAD, OpenError, Place, Purpose, RotateError,
    Rotation, SealError, StoredKey, UnlockError, UnwrapError, key_id_of, rewrap, sealed_prefix,
};
use proptest::prelude::*;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

const CODES: Purpose = Purpose::new("code");
const PEOPLE: Purpose = Purpose::new("subject");
const HERE: Place<'_> = Place { table: "code", column: "text", row: b"row 1" };

fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

fn apply(stored: &mut Vec<StoredKey>, rotation: Rotation) {
    for key in stored.iter_mut().filter(|key| Some(key.id) == rotation.retired) {
        key.state = KeyState::Retired;
    }
    stored.push(rotation.added);
}

/// A master key and one key for each purpose: 1 for codes, 2 for people.
fn database() -> (MasterKey, Vec<StoredKey>) {
    let rng = &mut rng(1);
    let master = MasterKey::generate(rng);
    let mut stored = Vec::new();
    for purpose in [CODES, PEOPLE] {
        let rotation = Keyring::next_key(&master, &purpose, &stored, rng).unwrap();
        assert_eq!(rotation.retired, None);
        apply(&mut stored, rotation);
    }
    (master, stored)
}

fn codes() -> Keyring {
    let (master, stored) = database();
    Keyring::unlock(&master, &CODES, &stored).unwrap()
}

#[test]
fn every_flipped_byte_of_a_sealed_value_is_refused() {
    let keyring = codes();
    let sealed = keyring.seal(HERE, b"01234-56789-ABCDE-FGHJW", &mut rng(2)).unwrap();
    for at in 0..sealed.len() {
        for bit in 0..8 {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1 << bit;
            let expected = match at {
                0 => OpenError::Header(HeaderError::UnknownVersion { found: damaged[0] }),
                1..5 => OpenError::UnknownKey { id: key_id_of(&damaged).unwrap() },
                _ => OpenError::Refused { id: KeyId::new(1) },
            };
            assert_eq!(keyring.open(HERE, &damaged).unwrap_err(), expected, "byte {at}, bit {bit}");
        }
    }
}

#[test]
fn a_value_that_was_cut_or_grew_is_refused() {
    let keyring = codes();
    let sealed = keyring.seal(HERE, b"text", &mut rng(2)).unwrap();
    for len in 0..sealed.len() {
        let refused = keyring.open(HERE, &sealed[..len]).unwrap_err();
        if len < OVERHEAD {
            assert_eq!(refused, OpenError::Header(HeaderError::TooShort { found: len }));
        } else {
            assert_eq!(refused, OpenError::Refused { id: KeyId::new(1) });
        }
    }
    let longer = [sealed.as_slice(), &[0]].concat();
    assert_eq!(keyring.open(HERE, &longer).unwrap_err(), OpenError::Refused { id: KeyId::new(1) });
}

#[test]
fn a_value_moved_to_another_row_column_or_table_is_refused() {
    let keyring = codes();
    let sealed = keyring.seal(HERE, b"text", &mut rng(2)).unwrap();
    let elsewhere = [
        Place { row: b"row 2", ..HERE },
        Place { column: "note", ..HERE },
        Place { table: "grant", ..HERE },
        Place { table: "codetext", column: "", ..HERE },
        Place { table: "cod", column: "etext", ..HERE },
        Place { row: b"", ..HERE },
    ];
    for place in elsewhere {
        assert_eq!(keyring.open(place, &sealed).unwrap_err(), OpenError::Refused { id: KeyId::new(1) });
    }
    assert!(keyring.open(HERE, &sealed).is_ok());
}

#[test]
fn the_keyring_of_another_purpose_does_not_have_the_key() {
    let (master, stored) = database();
    let people = Keyring::unlock(&master, &PEOPLE, &stored).unwrap();
    let sealed = codes().seal(HERE, b"text", &mut rng(2)).unwrap();
    assert_eq!(people.open(HERE, &sealed).unwrap_err(), OpenError::UnknownKey { id: KeyId::new(1) });
}

#[test]
fn a_value_beyond_the_limit_is_not_sealed() {
    let found = keys::MAX_PLAINTEXT + 1;
    let refused = codes().seal(HERE, &vec![0; found], &mut rng(2));
    assert_eq!(refused, Err(SealError::TooLong { found }));
}

#[test]
fn the_key_of_a_value_is_read_without_opening_it() {
    let sealed = codes().seal(HERE, b"", &mut rng(2)).unwrap();
    assert_eq!(key_id_of(&sealed), Ok(KeyId::new(1)));
    assert!(sealed.starts_with(&sealed_prefix(KeyId::new(1))));
    assert_eq!(sealed.len(), OVERHEAD);
}

#[test]
fn a_wrong_master_key_is_told_apart_from_a_damaged_key() {
    let (master, stored) = database();
    let other = MasterKey::generate(&mut rng(9));
    let id = KeyId::new(1);
    assert_eq!(
        Keyring::unlock(&other, &CODES, &stored).unwrap_err(),
        UnlockError::Unwrap(UnwrapError::WrongMasterKey {
            id,
            wrapped_under: master.fingerprint(),
            given: other.fingerprint()
        })
    );
    for at in 0..stored[0].wrapped.len() {
        let mut damaged = stored[0].clone();
        damaged.wrapped[at] ^= 1;
        let expected = match at {
            0 => UnwrapError::UnknownVersion { id, found: damaged.wrapped[0] },
            _ => UnwrapError::Damaged { id },
        };
        let refused = Keyring::unlock(&master, &CODES, &[damaged]).unwrap_err();
        assert_eq!(refused, UnlockError::Unwrap(expected), "byte {at}");
    }
    for len in 0..stored[0].wrapped.len() {
        let cut = StoredKey { wrapped: stored[0].wrapped[..len].to_vec(), ..stored[0].clone() };
        let refused = Keyring::unlock(&master, &CODES, &[cut]).unwrap_err();
        assert_eq!(refused, UnlockError::Unwrap(UnwrapError::Length { id, found: len }));
    }
}

#[test]
fn a_stored_key_under_another_id_or_purpose_is_refused() {
    let (master, stored) = database();
    let renumbered = StoredKey { id: KeyId::new(7), ..stored[0].clone() };
    assert_eq!(
        Keyring::unlock(&master, &CODES, &[renumbered]).unwrap_err(),
        UnlockError::Unwrap(UnwrapError::Damaged { id: KeyId::new(7) })
    );
    let repurposed = StoredKey { purpose: CODES, ..stored[1].clone() };
    assert_eq!(
        Keyring::unlock(&master, &CODES, &[repurposed]).unwrap_err(),
        UnlockError::Unwrap(UnwrapError::Damaged { id: KeyId::new(2) })
    );
}

#[test]
fn a_purpose_has_exactly_one_active_key_and_an_id_stands_once() {
    let (master, mut stored) = database();
    let second = Keyring::next_key(&master, &CODES, &stored, &mut rng(3)).unwrap().added;
    assert_eq!(
        Keyring::unlock(&master, &CODES, &[stored[0].clone(), second.clone()]).unwrap_err(),
        UnlockError::TwoActiveKeys { purpose: CODES, one: KeyId::new(1), other: KeyId::new(3) }
    );
    assert_eq!(
        Keyring::next_key(&master, &CODES, &[stored[0].clone(), second], &mut rng(3)).unwrap_err(),
        RotateError::TwoActiveKeys { one: KeyId::new(1), other: KeyId::new(3) }
    );
    let twice = [stored[0].clone(), stored[0].clone()];
    assert_eq!(
        Keyring::unlock(&master, &CODES, &twice).unwrap_err(),
        UnlockError::IdTwice { id: KeyId::new(1) }
    );
    stored[0].state = KeyState::Retired;
    assert_eq!(
        Keyring::unlock(&master, &CODES, &stored).unwrap_err(),
        UnlockError::NoActiveKey { purpose: CODES }
    );
}

#[test]
fn no_new_key_is_made_with_a_master_key_that_does_not_fit_the_database() {
    let (_, stored) = database();
    let other = MasterKey::generate(&mut rng(9));
    let refused = Keyring::next_key(&other, &CODES, &stored, &mut rng(3)).unwrap_err();
    assert!(matches!(refused, RotateError::Unwrap(UnwrapError::WrongMasterKey { .. })));
}

#[test]
fn ids_run_on_over_all_purposes() {
    let (master, stored) = database();
    let rotation = Keyring::next_key(&master, &CODES, &stored, &mut rng(3)).unwrap();
    assert_eq!((rotation.added.id, rotation.retired), (KeyId::new(3), Some(KeyId::new(1))));
}

#[test]
fn a_key_is_rotated_row_by_row_and_then_the_master_key() {
    let rng = &mut rng(4);
    let (master, mut stored) = database();
    let before = Keyring::unlock(&master, &CODES, &stored).unwrap();
    let place = |row| Place { row, ..HERE };
    let ids: [&[u8]; 3] = [b"a", b"b", b"c"];
    let mut rows: Vec<Vec<u8>> =
        ids.iter().map(|id| before.seal(place(id), &[b"value ", *id].concat(), rng).unwrap()).collect();

    let rotation = Keyring::next_key(&master, &CODES, &stored, rng).unwrap();
    apply(&mut stored, rotation);
    let keyring = Keyring::unlock(&master, &CODES, &stored).unwrap();
    assert_eq!(keyring.active(), KeyId::new(3));
    assert_eq!(keyring.retired().collect::<Vec<_>>(), [KeyId::new(1)]);

    // A process that has not seen the new key yet cannot open what is new, and says why.
    rows[0] = keyring.reseal(place(ids[0]), &rows[0], rng).unwrap();
    assert_eq!(
        before.open(place(ids[0]), &rows[0]).unwrap_err(),
        OpenError::UnknownKey { id: KeyId::new(3) }
    );

    let old = |rows: &[Vec<u8>]| rows.iter().filter(|row| key_id_of(row) == Ok(KeyId::new(1))).count();
    assert_eq!(old(&rows), 2);
    for (id, row) in ids.iter().zip(&mut rows).skip(1) {
        *row = keyring.reseal(place(id), row, rng).unwrap();
    }
    assert_eq!(old(&rows), 0);
    stored.retain(|key| key.id != KeyId::new(1));

    let new_master = MasterKey::generate(rng);
    let rewrapped = rewrap(&stored, &master, &new_master, rng).unwrap();
    assert!(rewrapped.iter().all(|key| key.wrapped_under() == Some(new_master.fingerprint())));
    assert!(matches!(
        rewrap(&rewrapped, &master, &new_master, rng),
        Err(UnwrapError::WrongMasterKey { id, .. }) if id == KeyId::new(2)
    ));
    let after = Keyring::unlock(&new_master, &CODES, &rewrapped).unwrap();
    for (id, row) in ids.iter().zip(&rows) {
        assert_eq!(**after.open(place(id), row).unwrap(), [b"value ", *id].concat());
    }
}

#[test]
fn debug_prints_no_secret() {
    let mut secret = [0; 32];
    rand_chacha::rand_core::Rng::fill_bytes(&mut rng(1), &mut secret);
    let (master, stored) = database();
    assert!(master.to_hex().starts_with(&format!("{:02x}{:02x}", secret[0], secret[1])));
    let shown = format!("{master:?} {:?}", Keyring::unlock(&master, &CODES, &stored).unwrap());
    assert!(!shown.contains(&master.to_hex()[..8]));
    assert!(!shown.contains(&format!("{}, {}", secret[0], secret[1])));
    assert!(shown.contains("secret: (secret)"), "{shown}");
}

proptest! {
    #[test]
    fn what_is_sealed_opens_at_its_place(
        plain in proptest::collection::vec(any::<u8>(), 0..300),
        table in ".{0,12}",
        column in ".{0,12}",
        row in proptest::collection::vec(any::<u8>(), 0..20),
        seed: u8,
    ) {
        let keyring = codes();
        let place = Place { table: &table, column: &column, row: &row };
        let sealed = keyring.seal(place, &plain, &mut rng(seed)).unwrap();
        prop_assert_eq!(sealed.len(), plain.len() + OVERHEAD);
        prop_assert_eq!(&**keyring.open(place, &sealed).unwrap(), &plain);
        let again = keyring.reseal(place, &sealed, &mut rng(seed.wrapping_add(1))).unwrap();
        prop_assert_ne!(&again, &sealed);
        prop_assert_eq!(&**keyring.open(place, &again).unwrap(), &plain);
    }

    #[test]
    fn bytes_that_were_never_sealed_do_not_open(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        prop_assert!(codes().open(HERE, &bytes).is_err());
        let claimed = [sealed_prefix(KeyId::new(1)).as_slice(), &bytes].concat();
        prop_assert!(codes().open(HERE, &claimed).is_err());
    }
}
