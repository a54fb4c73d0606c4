//! One entry has one encoding, and nothing else is an entry.

#![cfg(test)]

use ledger::{
    Actor, ActorKind, DecodeError, DecodeFault, Entry, EntryFault, EntryRef, Id, IdRef, MAX_AT,
    MAX_COMMITMENTS, MAX_ENTRY_LEN, MAX_ID_LEN, MAX_IDS,
};
use minicbor::Encoder;
use proptest::{collection::vec, option, prelude::*};

fn small() -> Entry {
    Entry {
        at: 1,
        actor: Actor { kind: ActorKind::System, id: Id::text("s") },
        kind: "a.b".into(),
        ids: vec![("x".into(), Id::bytes([7]))],
        edition: None,
        rulebook: None,
        decided: None,
        commitments: vec![],
    }
}

fn encoded(change: impl FnOnce(&mut Entry)) -> Result<Vec<u8>, EntryFault> {
    let mut entry = small();
    change(&mut entry);
    entry.encode()
}

fn refused(bytes: &[u8]) -> DecodeError {
    EntryRef::decode(bytes).unwrap_err()
}

#[test]
fn an_entry_is_an_array_of_nine_with_the_version_first() {
    let expected = b"\x89\x01\x01\x82\x02\x61s\x63a.b\x81\x82\x61x\x41\x07\xf6\xf6\xf6\xa0";
    assert_eq!(small().encode().unwrap(), expected);
    let read = EntryRef::decode(expected).unwrap();
    assert_eq!(read.to_entry(), small());
    assert_eq!(read.ids.iter().collect::<Vec<_>>(), [("x", IdRef::Bytes(&[7]))]);
    assert_eq!((read.ids.len(), read.ids.is_empty(), read.commitments.is_empty()), (1, false, true));
}

#[test]
fn ids_and_commitments_are_found_by_name() {
    let bytes = encoded(|entry| {
        entry.ids = vec![
            ("code".into(), Id::bytes([1])),
            ("order".into(), Id::text("o")),
            ("code".into(), Id::bytes([2])),
        ];
        entry.commitments =
            vec![("remark".into(), [3; 32]), ("domain".into(), [4; 32]), ("ip".into(), [5; 32])];
    })
    .unwrap();
    let read = EntryRef::decode(&bytes).unwrap();
    assert_eq!(read.ids.named("code").collect::<Vec<_>>(), [IdRef::Bytes(&[1]), IdRef::Bytes(&[2])]);
    assert_eq!(read.ids.named("instance").count(), 0);
    assert_eq!(read.commitments.get("domain"), Some(&[4; 32]));
    assert_eq!(read.commitments.get("name"), None);
    let names: Vec<&str> = read.commitments.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["ip", "domain", "remark"]);
}

#[test]
fn what_an_entry_may_not_hold_is_not_written() {
    let wrong_kinds = ["", ".", "a.", ".a", "a..b", "A.b", "a b", "1.b", "a.é", "a_b", &"a".repeat(49)];
    for kind in wrong_kinds.map(String::from) {
        assert_eq!(encoded(|entry| entry.kind = kind.clone().into()), Err(EntryFault::Kind), "{kind}");
    }
    for name in ["", "A", "a-b", "a.b", "_a", "1a", &"a".repeat(33)].map(String::from) {
        let faults = [
            encoded(|entry| entry.ids = vec![(name.clone().into(), Id::text("x"))]),
            encoded(|entry| entry.commitments = vec![(name.clone().into(), [0; 32])]),
        ];
        assert_eq!(faults, [Err(EntryFault::Name), Err(EntryFault::Name)], "{name}");
    }
    let too_long = "x".repeat(MAX_ID_LEN + 1);
    for id in [Id::text(""), Id::text("a\nb"), Id::text(&*too_long), Id::bytes([]), Id::bytes([0; 129])] {
        assert_eq!(encoded(|entry| entry.actor.id = id.clone()), Err(EntryFault::Id), "{id:?}");
        assert_eq!(encoded(|entry| entry.ids[0].1 = id.clone()), Err(EntryFault::Id), "{id:?}");
    }
    assert_eq!(encoded(|entry| entry.at = -1), Err(EntryFault::Time));
    assert_eq!(encoded(|entry| entry.at = MAX_AT + 1), Err(EntryFault::Time));
    assert_eq!(encoded(|entry| entry.edition = Some(String::new())), Err(EntryFault::Edition));
    let many = |count| (0..count).map(|n| (format!("n{n}").into(), Id::text("x"))).collect();
    assert_eq!(encoded(|entry| entry.ids = many(MAX_IDS + 1)), Err(EntryFault::TooManyIds));
    let many = |count| (0..count).map(|n| (format!("n{n}").into(), [0; 32])).collect();
    assert_eq!(
        encoded(|entry| entry.commitments = many(MAX_COMMITMENTS + 1)),
        Err(EntryFault::TooManyCommitments)
    );
    assert_eq!(
        encoded(|entry| entry.commitments = vec![("a".into(), [0; 32]), ("a".into(), [1; 32])]),
        Err(EntryFault::CommitmentTwice)
    );
    assert_eq!(encoded(|entry| entry.decided = Some(vec![0; MAX_ENTRY_LEN - 10])), Err(EntryFault::TooLong));
}

#[test]
fn the_largest_entry_is_written_and_read() {
    let overhead = encoded(|entry| entry.decided = Some(vec![0; 1 << 15])).unwrap().len() - (1 << 15);
    let bytes = encoded(|entry| entry.decided = Some(vec![0; MAX_ENTRY_LEN - overhead])).unwrap();
    assert_eq!(bytes.len(), MAX_ENTRY_LEN);
    assert!(EntryRef::decode(&bytes).is_ok());
}

#[test]
fn another_encoding_of_the_same_entry_is_refused() {
    let bytes = small().encode().unwrap();
    let with = |at: usize, instead: &[u8]| [&bytes[..at], instead, &bytes[at + 1..]].concat();
    let at = |at, fault| DecodeError { at, fault };
    assert_eq!(refused(&with(0, b"\x98\x09")), at(0, DecodeFault::NotShortest), "length of the array");
    assert_eq!(refused(&with(0, b"\x9f")), at(0, DecodeFault::Indefinite));
    assert_eq!(refused(&with(1, b"\x18\x01")), at(1, DecodeFault::NotShortest), "version");
    assert_eq!(refused(&with(2, b"\x19\x00\x01")), at(2, DecodeFault::NotShortest), "time");
    assert_eq!(refused(&with(2, b"\x1a\x00\x00\x00\x01")), at(2, DecodeFault::NotShortest));
    assert_eq!(refused(&with(2, b"\x1b\0\0\0\0\0\0\0\x01")), at(2, DecodeFault::NotShortest));
    assert_eq!(refused(&with(2, b"\xc1\x01")), at(2, DecodeFault::Malformed), "a tag");
    assert_eq!(refused(&with(5, b"\x78\x01")), at(5, DecodeFault::NotShortest), "id of the actor");
    assert_eq!(refused(&with(15, b"\x58\x01")), at(15, DecodeFault::NotShortest), "an id");
    assert_eq!(refused(&with(17, b"\xf7")), at(17, DecodeFault::Malformed), "undefined instead of null");
    assert_eq!(refused(&with(20, b"\xbf\xff")), at(20, DecodeFault::Indefinite));
}

#[test]
fn what_is_no_entry_is_refused_at_its_place() {
    let bytes = small().encode().unwrap();
    let with = |at: usize, instead: u8| {
        let mut bytes = bytes.clone();
        bytes[at] = instead;
        refused(&bytes)
    };
    let at = |at, fault| DecodeError { at, fault };
    assert_eq!(with(0, 0x88), at(0, DecodeFault::Count { found: 8, expected: 9 }));
    assert_eq!(with(1, 2), at(1, DecodeFault::UnknownVersion { found: 2 }));
    assert_eq!(with(3, 0x83), at(3, DecodeFault::Count { found: 3, expected: 2 }));
    assert_eq!(with(4, 4), at(4, DecodeFault::UnknownActor { found: 4 }));
    assert_eq!(with(6, 0x1f), at(5, DecodeFault::Entry(EntryFault::Id)));
    assert_eq!(with(8, b'A'), at(7, DecodeFault::Entry(EntryFault::Kind)));
    assert_eq!(with(14, b'-'), at(13, DecodeFault::Entry(EntryFault::Name)));
    assert_eq!(with(18, 0x40), at(18, DecodeFault::NotADigest { found: 0 }));
    let longer = [bytes.as_slice(), b"\xf6\xf6"].concat();
    assert_eq!(refused(&longer), at(bytes.len(), DecodeFault::Trailing { found: 2 }));
    for len in 0..bytes.len() {
        assert_eq!(refused(&bytes[..len]).fault, DecodeFault::Malformed, "{len} bytes");
    }
    assert_eq!(refused(&vec![0; MAX_ENTRY_LEN + 1]), at(0, DecodeFault::Entry(EntryFault::TooLong)));
    let late = [&bytes[..2], &[0x1b], &(MAX_AT + 1).to_be_bytes(), &bytes[3..]].concat();
    assert_eq!(refused(&late), at(2, DecodeFault::Entry(EntryFault::Time)));
}

#[test]
fn commitments_stand_in_the_order_of_their_encoded_names_and_once() {
    let with = |names: &[&str]| {
        let mut bytes = small().encode().unwrap();
        bytes.pop();
        let mut out = Encoder::new(&mut bytes);
        out.map(names.len() as u64).unwrap();
        for name in names {
            out.str(name).unwrap().bytes(&[0; 32]).unwrap();
        }
        EntryRef::decode(&bytes).map(|entry| entry.commitments.len()).map_err(|error| error.fault)
    };
    assert_eq!(with(&["b", "aa", "ab"]), Ok(3));
    assert_eq!(with(&["aa", "b"]), Err(DecodeFault::OutOfOrder));
    assert_eq!(with(&["b", "a"]), Err(DecodeFault::OutOfOrder));
    assert_eq!(with(&["a", "a"]), Err(DecodeFault::Entry(EntryFault::CommitmentTwice)));
    let long = "a".repeat(24);
    assert_eq!(with(&["z", &long]), Ok(2));
}

fn any_id() -> impl Strategy<Value = Id> {
    prop_oneof!["[^\\p{Cc}]{1,30}".prop_map(Id::text), vec(any::<u8>(), 1..=MAX_ID_LEN).prop_map(Id::bytes)]
}

prop_compose! {
    fn any_entry()(
        at in 0..=MAX_AT,
        actor in (proptest::sample::select(ActorKind::ALL.to_vec()), any_id()),
        kind in "[a-z][a-z0-9-]{0,10}(\\.[a-z][a-z0-9-]{0,10}){0,3}",
        ids in vec(("[a-z][a-z0-9_]{0,31}", any_id()), 0..=MAX_IDS),
        edition in option::of("[^\\p{Cc}]{1,16}"),
        rulebook: Option<[u8; 32]>,
        decided in option::of(vec(any::<u8>(), 0..700)),
        commitments in proptest::collection::btree_map("[a-z][a-z0-9_]{0,31}", any::<[u8; 32]>(), 0..=8),
    ) -> Entry {
        Entry {
            at,
            actor: Actor { kind: actor.0, id: actor.1 },
            kind: kind.into(),
            ids: ids.into_iter().map(|(name, id)| (name.into(), id)).collect(),
            edition,
            rulebook,
            decided,
            commitments: commitments.into_iter().map(|(name, hash)| (name.into(), hash)).collect(),
        }
    }
}

/// Bytes that are an entry must be what the entry read from them is written as.
fn assert_only_encoding(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(entry) = EntryRef::decode(bytes) {
        let again = entry.to_entry().encode();
        prop_assert_eq!(again.as_deref(), Ok(bytes));
    }
    Ok(())
}

proptest! {
    #[test]
    fn an_entry_is_read_as_it_was_written_and_written_as_it_was_read(mut entry in any_entry()) {
        let bytes = entry.encode().unwrap();
        let read = EntryRef::decode(&bytes).unwrap().to_entry();
        prop_assert_eq!(&read.encode().unwrap(), &bytes);
        entry.commitments.sort_by_key(|(name, _)| (name.len(), name.clone()));
        prop_assert_eq!(read, entry);
    }

    #[test]
    fn what_is_written_is_cbor_to_a_plain_reader(entry in any_entry()) {
        let bytes = entry.encode().unwrap();
        let mut plain = minicbor::Decoder::new(&bytes);
        plain.skip().unwrap();
        prop_assert_eq!(plain.position(), bytes.len());
    }

    #[test]
    fn a_changed_entry_is_refused_or_another_entry(
        entry in any_entry(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = entry.encode().unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        assert_only_encoding(&bytes)?;
    }

    #[test]
    fn random_bytes_are_no_entry_or_its_only_encoding(bytes in vec(any::<u8>(), 0..200), at in 0u8..24) {
        assert_only_encoding(&bytes)?;
        assert_only_encoding(&[&[0x89, 1, at, 0x82], bytes.as_slice()].concat())?;
    }

    #[test]
    fn bytes_made_of_likely_items_are_no_entry_or_its_only_encoding(
        items in vec(prop::sample::select(vec![
            &b"\x01"[..], b"\x18\x01", b"\x82\x00\x61a", b"\x61a", b"\x62ab", b"\x78\x01a", b"\xf6", b"\xf7", b"\x80",
            b"\x81\x82\x61a\x61b", b"\xa0", b"\xbf\xff", b"\x9f\xff", b"\x41a", b"\x5f\x41a\xff", b"\xb8\x00",
        ]), 7..10),
    ) {
        assert_only_encoding(&[b"\x89\x01", items.concat().as_slice()].concat())?;
    }
}
