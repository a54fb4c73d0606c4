//! Checkpoints (<https://c2sp.org/tlog-checkpoint>): what the ledger was at one moment.

use crate::{
    frontier::MAX_SIZE,
    hash::{Hash, TreeHead},
    note::{MAX_NOTE_LEN, NoteError},
};
use base64::{Engine, engine::general_purpose::STANDARD};

/// What the ledger was at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which ledger, by the name of its key.
    pub origin: String,
    /// Its size and root.
    pub head: TreeHead,
    /// Further lines; usually none.
    pub extensions: Vec<String>,
}

/// A checkpoint with a signature that was verified, or has just been made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: String,
}

/// Why a text is no checkpoint of the ledger in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// No signed note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// No signature by the key in question.
    #[error("not signed by this key")]
    NoSignature,
    /// A signature that names the key in question and is not by it: signed by another, or changed after it was signed.
    #[error("the signature is wrong")]
    WrongSignature,
    /// Fewer than three lines, or an empty one.
    #[error("expected at least three lines, none of them empty")]
    Lines,
    /// The second line is no number from 0 to [`MAX_SIZE`] without leading zeros.
    #[error("the second line is no size")]
    Size,
    /// The third line is not the base64 of 32 bytes.
    #[error("the third line is not the base64 of 32 bytes")]
    Root,
    /// It is about another ledger than that of the key.
    #[error("the checkpoint is of another ledger")]
    OtherOrigin,
}

impl Checkpoint {
    /// The text that is signed.
    pub(crate) fn text(&self) -> String {
        let Self { origin, head: TreeHead { size, root }, extensions } = self;
        let mut text = format!("{origin}\n{size}\n{root}\n");
        for line in extensions {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    pub(crate) fn parse(text: &str) -> Result<Self, CheckpointError> {
        let lines: Vec<&str> = text.strip_suffix('\n').ok_or(CheckpointError::Lines)?.split('\n').collect();
        let [origin, size, root, extensions @ ..] = lines.as_slice() else {
            return Err(CheckpointError::Lines);
        };
        if lines.iter().any(|line| line.is_empty()) {
            return Err(CheckpointError::Lines);
        }
        let number: u64 = size.parse().map_err(|_| CheckpointError::Size)?;
        if number > MAX_SIZE || number.to_string() != **size {
            return Err(CheckpointError::Size);
        }
        let root = STANDARD.decode(root).ok().and_then(|bytes| Hash::from_slice(&bytes));
        Ok(Self {
            origin: (*origin).to_owned(),
            head: TreeHead { size: number, root: root.ok_or(CheckpointError::Root)? },
            extensions: extensions.iter().map(|line| (*line).to_owned()).collect(),
        })
    }
}

impl SignedCheckpoint {
    /// `None` when the note is longer than any reader takes.
    pub(crate) fn new(checkpoint: Checkpoint, note: String) -> Option<Self> {
        (note.len() <= MAX_NOTE_LEN).then_some(Self { checkpoint, note })
    }

    /// What it says.
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The signed note: what is published, stored and handed on.
    pub fn note(&self) -> &str {
        &self.note
    }
}
