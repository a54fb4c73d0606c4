//! Snapshots and deltas that are cut, changed, or signed with a mistake in them.
#![cfg(test)]

use gate::{
    Builder, Change, Delta, Index, Limits, Position, ReadError, Record, Standing, Window, read_delta,
    read_snapshot, write_delta, write_snapshot,
};
use jiff::Timestamp;
use ledger::{CheckpointError, Hash, Signer, TreeHead};
use proptest::{collection::vec, prelude::*};
use sha2::{Digest, Sha256};

const HEAD: usize = 96;

fn signer() -> Signer {
    Signer::from_seed("kebei.example/gate", &[7; 32]).unwrap()
}

fn windows() -> Record {
    let window = Window { from: None, until: Some(Timestamp::UNIX_EPOCH), reason: "a campaign".to_owned() };
    Record { windows: vec![window], ..Record::default() }
}

/// The position of a ledger of so many entries.
fn place(size: u64) -> Position {
    Position { size, last: u128::from(size) << 64 | 7 }
}

fn snapshot() -> Vec<u8> {
    let mut builder = Builder::new([1; 16], 0);
    let active = Record { standing: Standing::Active, ..Record::default() };
    for domain in ["a.com", "b.cn", "much-longer-than-a-slot.com.cn", "c.city"] {
        builder.put(domain, &active).unwrap();
    }
    builder.put("d.com", &windows()).unwrap();
    builder.put_range("10.0.0.0/8".parse().unwrap(), "ours").unwrap();
    builder.put_range("2001:db8::/32".parse().unwrap(), "six").unwrap();
    let index = builder.finish(place(7), Timestamp::UNIX_EPOCH).unwrap();
    let mut bytes = Vec::new();
    write_snapshot(&index, &signer(), &mut bytes).unwrap();
    bytes
}

fn delta() -> Vec<u8> {
    let changes = vec![
        Change::Domain { domain: "a.com".into(), record: windows() },
        Change::Range { range: "10.0.0.0/8".parse().unwrap(), reason: None },
    ];
    let delta = Delta { from: place(7), to: place(8), as_of: Timestamp::UNIX_EPOCH, changes };
    let mut bytes = Vec::new();
    write_delta(&delta, &signer(), &mut bytes).unwrap();
    bytes
}

fn read(mut bytes: &[u8]) -> Result<Index, ReadError> {
    read_snapshot(&mut bytes, signer().verifying_key(), &Limits::default())
}

fn read_change(mut bytes: &[u8]) -> Result<Delta, ReadError> {
    read_delta(&mut bytes, signer().verifying_key(), &Limits::default())
}

/// Where the body begins.
fn body_at(bytes: &[u8]) -> usize {
    4 + usize::try_from(u32::from_le_bytes(bytes[..4].try_into().unwrap())).unwrap()
}

/// A body under a note that is right about it.
fn signed(kind: &str, position: u64, body: &[u8]) -> Vec<u8> {
    let root = Hash(Sha256::digest(body).into());
    let lines = [kind, &format!("bytes {}", body.len())];
    let note = signer().sign(TreeHead { size: position, root }, &lines).unwrap().note().to_owned();
    [&u32::try_from(note.len()).unwrap().to_le_bytes(), note.as_bytes(), body].concat()
}

#[test]
fn cut_anywhere_it_is_refused_as_cut() {
    let (snapshot, delta) = (snapshot(), delta());
    assert!(read(&snapshot).is_ok() && read_change(&delta).is_ok());
    for len in 0..snapshot.len() {
        assert!(matches!(read(&snapshot[..len]), Err(ReadError::Truncated)), "{len}");
    }
    for len in 0..delta.len() {
        assert!(matches!(read_change(&delta[..len]), Err(ReadError::Truncated)), "{len}");
    }
}

#[test]
fn with_any_byte_changed_it_is_refused_and_in_the_body_as_changed() {
    let (mut snapshot, mut delta) = (snapshot(), delta());
    let (snapshot_body, delta_body) = (body_at(&snapshot), body_at(&delta));
    for mask in [0x01, 0x80, 0xFF] {
        for at in 0..snapshot.len() {
            snapshot[at] ^= mask;
            let refused = read(&snapshot).unwrap_err();
            assert!(at < snapshot_body || matches!(refused, ReadError::Altered), "{at}: {refused}");
            snapshot[at] ^= mask;
        }
        for at in 0..delta.len() {
            delta[at] ^= mask;
            let refused = read_change(&delta).unwrap_err();
            assert!(at < delta_body || matches!(refused, ReadError::Altered), "{at}: {refused}");
            delta[at] ^= mask;
        }
    }
}

#[test]
fn another_key_another_kind_another_version_and_too_much_are_told_apart() {
    let snapshot = snapshot();
    let other = Signer::from_seed("kebei.example/gate", &[8; 32]).unwrap();
    let refused = read_snapshot(&mut snapshot.as_slice(), other.verifying_key(), &Limits::default());
    assert!(matches!(refused, Err(ReadError::Note(CheckpointError::NoSignature))));
    let refused = read_change(&snapshot).unwrap_err();
    assert_eq!(refused.to_string(), "the note is about `gate-snapshot`, expected `gate-delta`");
    let body = &snapshot[body_at(&snapshot)..];
    let refused = read(&signed("gate-snapshot 2", 7, body)).unwrap_err();
    assert_eq!(refused.to_string(), "it is of version `2`, this program knows 1");
    let mut newer = body.to_vec();
    newer[8] = 2;
    assert!(matches!(read(&signed("gate-snapshot 1", 7, &newer)), Err(ReadError::OtherVersion { .. })));
    assert!(read(&signed("gate-snapshot 1", 7, body)).is_ok());
    assert!(matches!(read(&signed("gate-snapshot 1", 8, body)), Err(ReadError::Malformed(_))));

    let key = signer();
    let limited = |snapshot_len, extras| {
        let limits = Limits { snapshot: snapshot_len, extras, ..Limits::default() };
        read_snapshot(&mut snapshot.as_slice(), key.verifying_key(), &limits)
    };
    let len = body.len() as u64;
    assert!(limited(len, len).is_ok());
    assert!(
        matches!(limited(len - 1, len), Err(ReadError::TooLarge { found, limit }) if found == len && limit == len - 1)
    );
    assert!(matches!(limited(len, 5), Err(ReadError::TooLarge { limit: 5, .. })));
}

#[test]
fn a_table_without_a_vacant_slot_is_refused_so_that_looking_ends() {
    let snapshot = snapshot();
    let mut body = snapshot[body_at(&snapshot)..].to_vec();
    let slots = usize::try_from(u64::from_le_bytes(body[64..72].try_into().unwrap())).unwrap();
    let start = body.len() - slots * 16;
    for slot in body[start..].as_chunks_mut::<16>().0 {
        slot[0] |= 0x80;
    }
    assert!(matches!(read(&signed("gate-snapshot 1", 7, &body)), Err(ReadError::Malformed(_))));
}

/// Asks what comes of it, so that a table is walked as well as read.
fn walked(bytes: &[u8]) {
    if let Ok(index) = read(bytes) {
        for name in
            ["a.com", "b.cn", "much-longer-than-a-slot.com.cn", "none.net", "10.0.0.1", "[2001:db8::1]"]
        {
            let _ = index.answer(name, Timestamp::UNIX_EPOCH);
        }
        let change = Change::Domain { domain: "new.com".into(), record: windows() };
        let changed = index.changed(&[change], index.position(), Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(changed.compacted().record("new.com"), windows());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn whatever_is_signed_is_read_or_refused(body in vec(any::<u8>(), 0..300), headed in any::<bool>()) {
        let snapshot = snapshot();
        let at = body_at(&snapshot);
        let body = if headed { [&snapshot[at..at + HEAD], &body].concat() } else { body };
        walked(&signed("gate-snapshot 1", 7, &body));
        let _ = read_change(&signed("gate-delta 1", 7, &body));
    }

    #[test]
    fn a_right_body_with_mistakes_that_was_signed_is_read_or_refused(
        mistakes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        for (kind, bytes) in [("gate-snapshot 1", snapshot()), ("gate-delta 1", delta())] {
            let mut body = bytes[body_at(&bytes)..].to_vec();
            for (at, byte) in &mistakes {
                let at = at.index(body.len());
                body[at] = *byte;
            }
            let bytes = signed(kind, 7, &body);
            walked(&bytes);
            if let Ok(delta) = read_change(&bytes) {
                let index = read(&snapshot()).unwrap();
                let _ = index.applied(&delta);
            }
        }
    }
}
