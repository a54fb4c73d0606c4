//! Signed checkpoints: read strictly, signed by us, with witnesses beside us.

#![cfg(test)]

use ledger::{
    CheckpointError, Frontier, Hash, KeyError, MAX_NOTE_LEN, MAX_SIGNATURES, NoteError, SignError,
    SignedCheckpoint, Signer, TreeHead,
};
use proptest::prelude::*;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

const NAME: &str = "kebei.example/ledger";

fn signer() -> Signer {
    Signer::from_seed(NAME, &[7; 32]).unwrap()
}

fn witness() -> Signer {
    Signer::generate("witness.example", &mut ChaCha20Rng::from_seed([8; 32])).unwrap()
}

fn head() -> TreeHead {
    TreeHead { size: 20_852_163, root: Hash([9; 32]) }
}

fn opened(note: &str) -> Result<SignedCheckpoint, CheckpointError> {
    signer().verifying_key().open(note)
}

/// The last line of a note.
fn signature(signed: &SignedCheckpoint) -> &str {
    signed.note().split("\n\n").last().unwrap()
}

#[test]
fn a_signed_checkpoint_is_the_text_of_the_specification() {
    let signed = signer().sign(head(), &[]).unwrap();
    let mut lines = signed.note().lines();
    assert_eq!(lines.next(), Some(NAME));
    assert_eq!(lines.next(), Some("20852163"));
    assert_eq!(lines.next(), Some("CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk="));
    assert_eq!(lines.next(), Some(""));
    assert!(lines.next().unwrap().starts_with("— kebei.example/ledger "));
    assert_eq!(lines.next(), None);
    assert_eq!(opened(signed.note()), Ok(signed));
}

#[test]
fn the_ledger_without_entries_and_one_with_extensions_are_signed_too() {
    let empty = signer().sign(Frontier::new().head(), &[]).unwrap();
    assert!(
        empty.note().starts_with("kebei.example/ledger\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n")
    );
    let extended = signer().sign(head(), &["one", "two words"]).unwrap();
    assert_eq!(opened(extended.note()).unwrap().checkpoint().extensions, ["one", "two words"]);
    assert_eq!(signer().sign(head(), &["one", ""]), Err(SignError::Extension { at: 1 }));
    assert_eq!(signer().sign(head(), &["a\nb"]), Err(SignError::Extension { at: 0 }));
    assert_eq!(signer().sign(head(), &[&"x".repeat(MAX_NOTE_LEN)]), Err(SignError::TooLong));
}

#[test]
fn signatures_of_witnesses_may_stand_before_or_after_ours() {
    let ours = signer().sign(head(), &[]).unwrap();
    let (text, _) = ours.note().split_once("\n\n").unwrap();
    let other = Signer::from_seed(NAME, &[8; 32]).unwrap().sign(head(), &[]).unwrap();
    let other = signature(&other); // of the same name, by another key, and valid
    for note in [
        format!("{text}\n\n{}{other}", signature(&ours)),
        format!("{text}\n\n{other}{}", signature(&ours)),
        format!("{text}\n\n— witness.example AAAAAAA=\n{}", signature(&ours)),
    ] {
        assert_eq!(opened(&note).unwrap().checkpoint(), ours.checkpoint());
    }
    assert_eq!(opened(&format!("{text}\n\n{other}")), Err(CheckpointError::NoSignature));
}

#[test]
fn a_second_signature_in_our_name_must_verify_as_well() {
    let ours = signer().sign(head(), &[]).unwrap();
    let older = signer().sign(TreeHead { size: 1, ..head() }, &[]).unwrap();
    let note = format!("{}{}", ours.note(), signature(&older));
    assert_eq!(opened(&note), Err(CheckpointError::WrongSignature));
}

#[test]
fn a_checkpoint_of_another_ledger_is_refused() {
    let other = witness().sign(head(), &[]).unwrap();
    assert_eq!(opened(other.note()), Err(CheckpointError::NoSignature));
    let mine = witness().verifying_key().open(other.note());
    assert_eq!(mine.unwrap().checkpoint().origin, "witness.example");
}

#[test]
fn every_flipped_byte_of_a_signed_checkpoint_is_found() {
    let signed = signer().sign(head(), &["extension"]).unwrap();
    for at in 0..signed.note().len() {
        for bit in 0..8 {
            let mut flipped = signed.note().as_bytes().to_vec();
            flipped[at] ^= 1 << bit;
            if let Ok(note) = String::from_utf8(flipped) {
                assert!(opened(&note).is_err(), "byte {at}, bit {bit}");
            }
        }
    }
}

#[test]
fn a_note_that_is_none_is_refused_for_what_it_is() {
    let signed = signer().sign(head(), &[]).unwrap();
    let note = signed.note();
    let refused = |note: &str| opened(note).unwrap_err();
    let not_a_signature = |line| CheckpointError::Note(NoteError::NotASignature { line });
    assert_eq!(refused(""), CheckpointError::Note(NoteError::NoSignatures));
    assert_eq!(refused(note.trim_end()), CheckpointError::Note(NoteError::NoSignatures));
    assert_eq!(refused(&note.replace("\n\n", "\n")), CheckpointError::Note(NoteError::NoSignatures));
    assert_eq!(
        refused(&note.replace("\n\n", "\r\n\n")),
        CheckpointError::Note(NoteError::ControlCharacter { at: 74 })
    );
    assert_eq!(refused(&format!("{note}— witness.example AAAA\n")), not_a_signature(2));
    assert_eq!(refused(&format!("{note}— wit+ness AAAAAAA=\n")), not_a_signature(2));
    assert_eq!(refused(&format!("{note}— witness.example AAAAAAB=\n")), not_a_signature(2), "left-over bits");
    assert_eq!(refused(&format!("{note}- witness.example AAAAAAA=\n")), not_a_signature(2));
    let many = "— witness.example AAAAAAA=\n".repeat(MAX_SIGNATURES);
    assert_eq!(refused(&format!("{note}{many}")), CheckpointError::Note(NoteError::TooManySignatures));
    let found = MAX_NOTE_LEN + 1;
    assert_eq!(refused(&"x".repeat(found)), CheckpointError::Note(NoteError::TooLong { found }));
}

#[test]
fn names_that_could_be_read_in_two_ways_are_no_names() {
    for name in ["", "a b", "a+b", "a\nb", "a\u{3000}b", &"a".repeat(256)] {
        assert!(matches!(Signer::from_seed(name, &[7; 32]), Err(KeyError::Name)), "{name}");
    }
}

proptest! {
    #[test]
    fn a_checkpoint_is_read_as_it_was_signed(
        size in 0..=ledger::MAX_SIZE,
        root: [u8; 32],
        extensions in proptest::collection::vec("[^\\p{Cc}]{1,20}", 0..3),
    ) {
        let extensions: Vec<&str> = extensions.iter().map(String::as_str).collect();
        let signed = signer().sign(TreeHead { size, root: Hash(root) }, &extensions).unwrap();
        prop_assert_eq!(opened(signed.note()).unwrap(), signed);
    }

    #[test]
    fn any_text_is_refused(text in "(?s).{0,200}", lines in "(k|\n|— |0|\\+|=|A| ){0,60}") {
        prop_assert!(opened(&text).is_err());
        prop_assert!(opened(&lines).is_err());
    }
}
