//! Signed notes (<https://c2sp.org/signed-note>): a text, an empty line, signatures.

use base64::{Engine, engine::general_purpose::STANDARD};

/// Longest note in bytes: the specification asks for 16 signatures at least, the largest of which (post-quantum) reach 7 kB.
pub const MAX_NOTE_LEN: usize = 256 << 10;
/// Most signatures: ours and those of many witnesses.
pub const MAX_SIGNATURES: usize = 64;

/// The byte by which the specification tells Ed25519 from other signatures.
pub(crate) const ED25519: u8 = 1;

const KEY_ID_LEN: usize = 4;
const DASH: &str = "\u{2014} ";

/// The id of a key: it tells keys of the same name apart and is no proof of anything.
pub(crate) type KeyId = [u8; KEY_ID_LEN];

/// Why a text is no signed note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Longer than [`MAX_NOTE_LEN`].
    #[error("{found} bytes are too many for a note, the limit is {MAX_NOTE_LEN}")]
    TooLong {
        /// Bytes found.
        found: usize,
    },
    /// A control character other than the line feed.
    #[error("the note has a control character at byte {at}")]
    ControlCharacter {
        /// Where, from 0.
        at: usize,
    },
    /// No empty line before the signatures, or no signatures after it.
    #[error("the note has no signatures after an empty line")]
    NoSignatures,
    /// More signatures than [`MAX_SIGNATURES`].
    #[error("more than {MAX_SIGNATURES} signatures")]
    TooManySignatures,
    /// A line after the empty line that is no signature.
    #[error("line {line} of the signatures is not such as `— name base64`")]
    NotASignature {
        /// Which, from 1.
        line: usize,
    },
}

/// A note taken apart; nothing is verified yet.
pub(crate) struct Note<'a> {
    /// What is signed, with its last line feed.
    pub(crate) text: &'a str,
    pub(crate) signatures: Vec<Signature<'a>>,
}

pub(crate) struct Signature<'a> {
    pub(crate) name: &'a str,
    pub(crate) key: KeyId,
    pub(crate) bytes: Vec<u8>,
}

impl<'a> Note<'a> {
    pub(crate) fn parse(note: &'a str) -> Result<Self, NoteError> {
        if note.len() > MAX_NOTE_LEN {
            return Err(NoteError::TooLong { found: note.len() });
        }
        if let Some(at) = note.bytes().position(|byte| byte < b' ' && byte != b'\n') {
            return Err(NoteError::ControlCharacter { at });
        }
        let empty_line = note.rfind("\n\n").ok_or(NoteError::NoSignatures)?;
        let (text, signatures) = note.split_at_checked(empty_line + 1).ok_or(NoteError::NoSignatures)?;
        let signatures = signatures.strip_prefix('\n').and_then(|lines| lines.strip_suffix('\n'));
        let signatures = signatures.ok_or(NoteError::NoSignatures)?;
        if signatures.split('\n').count() > MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        let signature = |(at, line)| Signature::parse(line).ok_or(NoteError::NotASignature { line: at + 1 });
        let signatures = signatures.split('\n').enumerate().map(signature).collect::<Result<_, _>>()?;
        Ok(Self { text, signatures })
    }
}

impl<'a> Signature<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let (name, base64) = line.strip_prefix(DASH)?.split_once(' ')?;
        let bytes = STANDARD.decode(base64).ok()?;
        let (key, signature) = bytes.split_first_chunk::<KEY_ID_LEN>()?;
        (is_name(name) && !signature.is_empty()).then(|| Self { name, key: *key, bytes: signature.to_vec() })
    }
}

/// `text` with one signature under it.
pub(crate) fn with_signature(text: &str, name: &str, key: KeyId, signature: &[u8]) -> String {
    let signature = STANDARD.encode([key.as_slice(), signature].concat());
    format!("{text}\n{DASH}{name} {signature}\n")
}

/// Whether a key may have that name.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
}
