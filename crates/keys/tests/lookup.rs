//! Stories of rows that are found by a keyed hash.

#![cfg(test)]

use keys::{
    KeyId, KeyState, Keyring, Lookup, LookupError, MasterKey, Purpose, RotateError, StoredKey, UnlockError,
};
use proptest::prelude::*;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

const CODES: Purpose = Purpose::new("code-lookup");

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([5; 32])
}

fn first_key() -> (MasterKey, StoredKey) {
    let rng = &mut rng();
    let master = MasterKey::generate(rng);
    let key = Lookup::next_key(&master, &CODES, &[], rng).unwrap().added;
    (master, key)
}

fn lookup() -> Lookup {
    let (master, key) = first_key();
    Lookup::unlock(&master, &CODES, &[key]).unwrap()
}

#[test]
fn a_value_hashes_differently_in_another_field_and_under_another_key() {
    let lookup = lookup();
    let hash = lookup.hashes("account.email", b"a@example.com").current;
    assert_eq!(lookup.hashes("account.email", b"a@example.com").current, hash);
    assert_ne!(lookup.hashes("account.name", b"a@example.com").current, hash);
    assert_ne!(lookup.hashes("account.emaila", b"@example.com").current, hash);
    let mut rng = ChaCha20Rng::from_seed([6; 32]);
    let master = MasterKey::generate(&mut rng);
    let key = Lookup::next_key(&master, &CODES, &[], &mut rng).unwrap().added;
    let other = Lookup::unlock(&master, &CODES, &[key]).unwrap();
    assert_ne!(other.hashes("account.email", b"a@example.com").current, hash);
}

#[test]
fn a_row_is_found_by_either_hash_while_rows_are_hashed_anew() {
    let rng = &mut rng();
    let (master, mut old) = first_key();
    let before = Lookup::unlock(&master, &CODES, &[old.clone()]).unwrap().hashes("code", b"ABC");
    assert_eq!(before.pair(), [before.current, before.current]);

    let rotation = Lookup::next_key(&master, &CODES, &[old.clone()], rng).unwrap();
    assert_eq!(rotation.retired, Some(KeyId::new(1)));
    old.state = KeyState::Retired;
    let both = [old, rotation.added];
    let during = Lookup::unlock(&master, &CODES, &both).unwrap();
    assert_eq!((during.current(), during.previous()), (KeyId::new(2), Some(KeyId::new(1))));
    let found = during.hashes("code", b"ABC");
    assert_eq!(found.pair(), [found.current, before.current]);
    assert_ne!(found.current, before.current);

    assert_eq!(
        Lookup::next_key(&master, &CODES, &both, rng).unwrap_err(),
        RotateError::Unfinished { retired: KeyId::new(1) }
    );
    let after = Lookup::unlock(&master, &CODES, &both[1..]).unwrap();
    assert_eq!((after.hashes("code", b"ABC").current, after.previous()), (found.current, None));
}

#[test]
fn a_third_generation_is_refused_and_so_is_none() {
    let rng = &mut rng();
    let (master, first) = first_key();
    let mut stored = vec![first];
    for _ in 0..2 {
        stored.push(Keyring::next_key(&master, &CODES, &stored, rng).unwrap().added);
        let count = stored.len();
        stored[count - 2].state = KeyState::Retired;
    }
    assert_eq!(
        Lookup::unlock(&master, &CODES, &stored).unwrap_err(),
        LookupError::TooManyGenerations { one: KeyId::new(1), other: KeyId::new(2) }
    );
    assert_eq!(
        Lookup::unlock(&master, &CODES, &[]).unwrap_err(),
        LookupError::Unlock(UnlockError::NoActiveKey { purpose: CODES })
    );
}

#[test]
fn debug_prints_no_secret() {
    assert_eq!(
        format!("{:?}", lookup()),
        "Lookup { current: OpenKey { id: KeyId(1), secret: (secret) }, previous: None }"
    );
}

proptest! {
    #[test]
    fn different_fields_or_values_never_meet(
        one in (".{0,8}", proptest::collection::vec(any::<u8>(), 0..8)),
        other in (".{0,8}", proptest::collection::vec(any::<u8>(), 0..8)),
    ) {
        let lookup = lookup();
        let same = lookup.hashes(&one.0, &one.1) == lookup.hashes(&other.0, &other.1);
        prop_assert_eq!(same, one == other);
    }
}
