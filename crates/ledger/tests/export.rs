//! Exports: what an auditor with nothing but the file and the public key sees.

#![cfg(test)]

use ledger::{
    Actor, ActorKind, CheckpointError, Entry, ExportError, ExportFault, ExportWriter, Frontier, HistoryError,
    Id, SignedCheckpoint, Signer, TreeHead, Verified, WriteError, leaf_hash, verify_export,
};

fn signer() -> Signer {
    Signer::from_seed("kebei.example/ledger", &[7; 32]).unwrap()
}

fn entry(number: i64) -> Vec<u8> {
    let entry = Entry {
        at: number,
        actor: Actor { kind: ActorKind::System, id: Id::text("worker") },
        kind: "order.submitted".into(),
        ids: vec![("order".into(), Id::bytes(number.to_be_bytes()))],
        edition: Some("2020-10-16".into()),
        rulebook: Some([1; 32]),
        decided: None,
        commitments: vec![],
    };
    entry.encode().unwrap()
}

fn entries(numbers: impl IntoIterator<Item = i64>) -> Vec<Vec<u8>> {
    numbers.into_iter().map(entry).collect()
}

fn tree(entries: &[Vec<u8>]) -> Frontier {
    let mut tree = Frontier::new();
    for entry in entries {
        tree.append(leaf_hash(entry), |_, _| ());
    }
    tree
}

fn signed(entries: &[Vec<u8>]) -> SignedCheckpoint {
    signer().sign(tree(entries).head(), &[]).unwrap()
}

fn whole(entries: &[Vec<u8>]) -> Vec<u8> {
    let mut export = ExportWriter::whole(Vec::new()).unwrap();
    for entry in entries {
        export.entry(entry).unwrap();
    }
    export.finish(&signed(entries)).unwrap()
}

fn since(before: usize, entries: &[Vec<u8>]) -> Vec<u8> {
    let (old, new) = entries.split_at(before);
    let mut export = ExportWriter::since(Vec::new(), &signed(old), tree(old)).unwrap();
    for entry in new {
        export.entry(entry).unwrap();
    }
    export.finish(&signed(entries)).unwrap()
}

/// An export of `found` that claims, with all hashes within the file made to fit, to be of what `signed` was signed for.
fn forged(found: &[Vec<u8>], signed: &SignedCheckpoint) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let framed = |bytes: &[u8]| [&u32::try_from(bytes.len()).unwrap().to_be_bytes(), bytes].concat();
    let head = [b"kebei ledger export 1\n".as_slice(), &[0; 8]].concat();
    let tail = [&[0; 4], &*framed(signed.note().as_bytes())].concat();
    let record = |entry: &Vec<u8>| {
        let length = u32::try_from(entry.len()).unwrap().to_be_bytes();
        [&length, &leaf_hash(entry).0[..4], entry].concat()
    };
    let frame = Sha256::new().chain_update(&head).chain_update(&tail).finalize();
    [head, found.iter().flat_map(record).collect(), tail, frame.to_vec()].concat()
}

fn verified(bytes: &[u8], known: Option<TreeHead>) -> Result<Verified, ExportError> {
    verify_export(bytes, signer().verifying_key(), known, |_, _| ())
}

fn fault(bytes: &[u8], known: Option<TreeHead>) -> (Option<u64>, ExportFault) {
    match verified(bytes, known).unwrap_err() {
        ExportError::Fault { entry, fault, .. } => (entry, fault),
        ExportError::Read(error) => panic!("{error}"),
    }
}

#[test]
fn a_whole_ledger_is_read_entry_by_entry_and_verified() {
    let entries = entries(0..100);
    let mut seen = Vec::new();
    let found = verify_export(&*whole(&entries), signer().verifying_key(), None, |index, entry| {
        seen.push((index, entry.at, entry.ids.iter().count()));
    });
    let Verified { opening, closing } = found.unwrap();
    assert_eq!((opening, &closing), (None, signed(&entries).checkpoint()));
    assert_eq!(seen, (0..100u64).map(|at| (at, at.cast_signed(), 1)).collect::<Vec<_>>());
}

#[test]
fn the_ledger_without_entries_is_exported_too() {
    assert_eq!(verified(&whole(&[]), None).unwrap().closing.head, Frontier::new().head());
}

#[test]
fn what_came_after_a_checkpoint_is_proven_to_follow_from_it() {
    let entries = entries(0..100);
    for before in [1, 63, 64, 65, 99, 100] {
        let known = tree(&entries[..before]).head();
        let found = verified(&since(before, &entries), Some(known)).unwrap();
        assert_eq!(found.opening.unwrap().head, known, "after {before}");
        assert_eq!(found.closing.head, tree(&entries).head());
    }
}

#[test]
fn an_export_of_a_later_part_says_nothing_of_what_was_known_earlier() {
    let entries = entries(0..20);
    let known = tree(&entries[..5]).head();
    let expected = ExportFault::BeginsLater { opening: 10, known: 5 };
    assert_eq!(fault(&since(10, &entries), Some(known)), (None, expected));
}

#[test]
fn every_flipped_byte_of_an_export_of_a_part_is_found() {
    let mut bytes = since(5, &entries(0..9));
    for at in 0..bytes.len() {
        for flip in [0x01, 0x80, 0xff] {
            bytes[at] ^= flip;
            assert!(verified(&bytes, None).is_err(), "byte {at} flipped by {flip:#x}");
            bytes[at] ^= flip;
        }
    }
}

#[test]
fn a_flipped_byte_in_the_signature_of_a_witness_is_found() {
    let entries = entries(0..3);
    let note = format!("{}— witness.example AAAAAAA=\n", signed(&entries).note());
    let closing = signer().verifying_key().open(&note).unwrap();
    let mut bytes = forged(&entries, &closing);
    verified(&bytes, None).unwrap();
    let at = bytes.len() - 32 - "AAA=\n".len();
    bytes[at] = b'B';
    assert_eq!(fault(&bytes, None), (None, ExportFault::Frame));
}

#[test]
fn an_export_that_was_cut_or_grew_is_found() {
    let bytes = whole(&entries(0..5));
    for len in 0..bytes.len() {
        assert_eq!(fault(&bytes[..len], None).1, ExportFault::CutOff, "{len} bytes");
    }
    let longer = [bytes.as_slice(), b"\n"].concat();
    assert_eq!(fault(&longer, None), (None, ExportFault::Trailing));
}

#[test]
fn a_damaged_entry_is_named_with_its_place() {
    let mut bytes = whole(&entries(0..50));
    let record = 8 + entry(0).len();
    assert_eq!(record, 8 + entry(22).len());
    bytes[30 + 22 * record + 20] ^= 1;
    let found = verified(&bytes, None).unwrap_err();
    let offset = 30 + 22 * record;
    assert_eq!(found.to_string(), format!("byte {offset}, entry 22: the entry is damaged"));
}

#[test]
fn a_rewritten_entry_is_found_though_its_file_was_made_to_fit() {
    let mut changed = entries(0..50);
    changed[22] = entry(99);
    let forged = forged(&changed, &signed(&entries(0..50)));
    assert_eq!(fault(&forged, None), (None, ExportFault::OtherRoot));
}

#[test]
fn a_dropped_entry_is_found() {
    let mut changed = entries(0..50);
    changed.remove(22);
    let forged = forged(&changed, &signed(&entries(0..50)));
    assert_eq!(fault(&forged, None), (None, ExportFault::Size { size: 50, found: 49 }));
}

#[test]
fn two_swapped_entries_are_found() {
    let mut changed = entries(0..50);
    changed.swap(3, 44);
    let forged = forged(&changed, &signed(&entries(0..50)));
    assert_eq!(fault(&forged, None), (None, ExportFault::OtherRoot));
}

#[test]
fn bytes_that_are_no_entry_are_found_though_the_tree_has_them() {
    let mut changed = entries(0..50);
    changed[22].push(0);
    let forged = forged(&changed, &signed(&changed));
    let (entry, fault) = fault(&forged, None);
    assert!(matches!((entry, fault), (Some(22), ExportFault::Entry(_))));
}

#[test]
fn an_old_state_is_told_from_another_history() {
    let entries = entries(0..50);
    let known = tree(&entries).head();
    let old = whole(&entries[..40]);
    let rolled_back = ExportFault::History(HistoryError::RolledBack { known: 50, found: 40 });
    assert_eq!(fault(&old, Some(known)), (None, rolled_back));

    let mut other = [entries.as_slice(), &[entry(77)]].concat();
    other[7] = entry(78);
    let forked = ExportFault::History(HistoryError::Forked { size: 50 });
    assert_eq!(fault(&whole(&other), Some(known)), (None, forked));

    let grown = [entries.as_slice(), &[entry(77)]].concat();
    verified(&whole(&grown), Some(known)).unwrap();
    verified(&whole(&entries), Some(known)).unwrap();
}

#[test]
fn an_export_signed_by_another_key_is_refused() {
    let other = Signer::from_seed("kebei.example/ledger", &[8; 32]).unwrap();
    let found = verify_export(&*whole(&entries(0..5)), other.verifying_key(), None, |_, _| ());
    let expected = ExportFault::Checkpoint(CheckpointError::NoSignature);
    assert!(matches!(found, Err(ExportError::Fault { fault, .. }) if fault == expected));
}

#[test]
fn a_file_that_is_no_export_is_refused_at_once() {
    assert_eq!(fault(b"", None), (None, ExportFault::CutOff));
    assert_eq!(fault(b"kebei ledger export 2\n", None), (None, ExportFault::NotAnExport));
}

#[test]
fn a_length_beyond_the_limit_takes_no_memory() {
    let mut bytes = whole(&entries(0..5));
    bytes[22] = 0xff;
    assert!(matches!(fault(&bytes, None), (None, ExportFault::TooLong { found: 0xff00_0000, .. })));
    bytes[22] = 0;
    bytes[30] = 0xff;
    assert!(matches!(fault(&bytes, None), (None, ExportFault::TooLong { .. })));
}

#[test]
fn nothing_is_written_that_could_not_be_verified() {
    let entries = entries(0..5);
    let mut export = ExportWriter::whole(Vec::new()).unwrap();
    assert!(matches!(export.entry(b"no entry"), Err(WriteError::Entry { index: 0, .. })));
    export.entry(&entries[0]).unwrap();
    let closed = export.finish(&signed(&entries));
    assert!(matches!(closed, Err(WriteError::Closing { size: 5, given: 1 })));
    let opening = ExportWriter::since(Vec::new(), &signed(&entries), tree(&entries[..4]));
    assert!(matches!(opening, Err(WriteError::Opening)));
}
