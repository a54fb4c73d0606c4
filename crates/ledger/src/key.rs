//! The keys with which checkpoints are signed and verified: Ed25519, as signed notes name them.

use crate::{
    checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint},
    hash::TreeHead,
    note::{ED25519, KeyId, Note, is_name, with_signature},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Signer as _, SigningKey};
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use zeroize::Zeroizing;

/// Longest name of a key in bytes: a host name and a path.
const MAX_KEY_NAME_LEN: usize = 255;

/// Signs checkpoints of one ledger. Its name is the origin of the checkpoints, and should be an address without scheme:
/// `kebei.example/ledger`. Wiped when dropped; `Debug` shows its public half.
#[derive(Clone)]
pub struct Signer {
    secret: SigningKey,
    public: VerifyingKey,
}

/// Verifies checkpoints of one ledger. As text `name+id+base64`, in which the id is eight hex digits and the base64 is that
/// of the byte 1 and the 32 bytes of the key.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifyingKey {
    name: String,
    id: KeyId,
    key: ed25519_dalek::VerifyingKey,
}

/// Why a text or bytes are no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not three parts with `+` between them.
    #[error("expected `name+id+base64`")]
    Form,
    /// Empty, longer than 255 bytes, or with white space, control characters or `+`.
    #[error("not a name such as `kebei.example/ledger`")]
    Name,
    /// The last part is not the base64 of 33 bytes that begin with 1.
    #[error("expected the base64 of an Ed25519 key: 33 bytes that begin with 1")]
    NotEd25519,
    /// The 32 bytes are no point of the curve, or one that signs anything.
    #[error("the 32 bytes are no usable Ed25519 key")]
    Unusable,
    /// The id does not belong to name and key: one of the three was mistyped.
    #[error("the id is not that of this name and key")]
    Id,
}

/// Why a checkpoint is not signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// An extension is empty or has control characters.
    #[error("extension {at} is empty or has control characters")]
    Extension {
        /// Which, from 0.
        at: usize,
    },
    /// The extensions make the note too long.
    #[error("too long a note")]
    TooLong,
}

impl Signer {
    /// A new key with that name.
    pub fn generate(name: &str, rng: &mut impl CryptoRng) -> Result<Self, KeyError> {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut());
        Self::from_seed(name, &seed)
    }

    /// The key with that name and those 32 secret bytes.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let secret = SigningKey::from_bytes(seed);
        let public = VerifyingKey::new(name, secret.verifying_key())?;
        Ok(Self { secret, public })
    }

    /// The same key under another name: what it signs there is nothing that this one has signed, and no one verifies it for the other.
    pub fn named(&self, name: &str) -> Result<Self, KeyError> {
        Self::from_seed(name, &self.seed())
    }

    /// The 32 secret bytes, to be stored sealed.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.secret.to_bytes())
    }

    /// The key by which others verify.
    pub const fn verifying_key(&self) -> &VerifyingKey {
        &self.public
    }

    /// Signs that the ledger has that size and root. Must never be asked for two histories: the caller signs only what has
    /// grown out of what it signed last. `extensions` are lines that readers may ignore; usually there are none.
    pub fn sign(&self, head: TreeHead, extensions: &[&str]) -> Result<SignedCheckpoint, SignError> {
        let bad = |line: &&str| line.is_empty() || line.contains(char::is_control);
        if let Some(at) = extensions.iter().position(bad) {
            return Err(SignError::Extension { at });
        }
        let extensions = extensions.iter().map(|line| (*line).to_owned()).collect();
        let checkpoint = Checkpoint { origin: self.public.name.clone(), head, extensions };
        let text = checkpoint.text();
        let signature = self.secret.sign(text.as_bytes()).to_bytes();
        let note = with_signature(&text, &self.public.name, self.public.id, &signature);
        SignedCheckpoint::new(checkpoint, note).ok_or(SignError::TooLong)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.public)
    }
}

impl VerifyingKey {
    fn new(name: &str, key: ed25519_dalek::VerifyingKey) -> Result<Self, KeyError> {
        if !is_name(name) || name.len() > MAX_KEY_NAME_LEN {
            return Err(KeyError::Name);
        }
        if key.is_weak() {
            return Err(KeyError::Unusable);
        }
        let digest: [u8; 32] = Sha256::new()
            .chain_update(name)
            .chain_update([b'\n', ED25519])
            .chain_update(key.as_bytes())
            .finalize()
            .into();
        let [a, b, c, d, ..] = digest;
        Ok(Self { name: name.to_owned(), id: [a, b, c, d], key })
    }

    /// Its name, which is the origin of the checkpoints that it verifies.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads a signed checkpoint and verifies it. Signatures by other keys, witnesses for instance, may stand beside ours and
    /// are not looked at.
    pub fn open(&self, note: &str) -> Result<SignedCheckpoint, CheckpointError> {
        let checkpoint = Checkpoint::parse(self.verified_text(note)?)?;
        if checkpoint.origin != self.name {
            return Err(CheckpointError::OtherOrigin);
        }
        SignedCheckpoint::new(checkpoint, note.to_owned()).ok_or(CheckpointError::NoSignature)
    }

    /// The text of a note that this key has signed.
    fn verified_text<'a>(&self, note: &'a str) -> Result<&'a str, CheckpointError> {
        let Note { text, signatures } = Note::parse(note)?;
        let mut ours =
            signatures.iter().filter(|line| line.name == self.name && line.key == self.id).peekable();
        ours.peek().ok_or(CheckpointError::NoSignature)?;
        for line in ours {
            let signature =
                Signature::from_slice(&line.bytes).map_err(|_| CheckpointError::WrongSignature)?;
            self.key
                .verify_strict(text.as_bytes(), &signature)
                .map_err(|_| CheckpointError::WrongSignature)?;
        }
        Ok(text)
    }
}

impl FromStr for VerifyingKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, rest) = text.split_once('+').ok_or(KeyError::Form)?;
        let (id, base64) = rest.split_once('+').ok_or(KeyError::Form)?;
        let bytes = STANDARD.decode(base64).map_err(|_| KeyError::NotEd25519)?;
        let key = bytes.strip_prefix(&[ED25519]).ok_or(KeyError::NotEd25519)?;
        let key = key.try_into().map_err(|_| KeyError::NotEd25519)?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(key).map_err(|_| KeyError::Unusable)?;
        let key = Self::new(name, key)?;
        if key.id_in_hex() == id { Ok(key) } else { Err(KeyError::Id) }
    }
}

impl VerifyingKey {
    fn id_in_hex(&self) -> String {
        format!("{:08x}", u32::from_be_bytes(self.id))
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = STANDARD.encode([[ED25519].as_slice(), self.key.as_bytes()].concat());
        write!(f, "{}+{}+{key}", self.name, self.id_in_hex())
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published with the Go implementation of signed notes (golang.org/x/mod/sumdb/note).
    const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn the_published_note_is_verified_by_the_published_key() {
        let key: VerifyingKey = KEY.parse().unwrap();
        assert_eq!(key.to_string(), KEY);
        let text = key.verified_text(NOTE).unwrap();
        assert!(text.ends_with("what your problem is.\n"), "{text}");
        assert_eq!(key.verified_text(&NOTE.replace("don't", "do")), Err(CheckpointError::WrongSignature));
    }

    #[test]
    fn a_mistyped_key_is_refused() {
        let refused = |text: &str| text.parse::<VerifyingKey>().unwrap_err();
        assert_eq!(refused("PeterNeumann"), KeyError::Form);
        assert_eq!(refused("PeterNeumann+c74f20a3"), KeyError::Form);
        assert_eq!(refused(&KEY.replace("Peter", "Pater")), KeyError::Id);
        assert_eq!(refused(&KEY.replace("c74f", "C74F")), KeyError::Id);
        assert_eq!(refused(&KEY.replace("Peter", "Peter ")), KeyError::Name);
        assert_eq!(refused(&KEY.replace("ARpc", "Axpc")), KeyError::NotEd25519);
        assert_eq!(refused(&KEY.replace("10TW", "10T")), KeyError::NotEd25519);
        let weak = format!("PeterNeumann+c74f20a3+{}", STANDARD.encode([&[1, 1][..], &[0; 31]].concat()));
        assert_eq!(refused(&weak), KeyError::Unusable);
    }

    #[test]
    fn debug_shows_the_public_half_only() {
        let signer = Signer::from_seed("kebei.example/ledger", &[7; 32]).unwrap();
        assert_eq!(format!("{signer:?}"), format!("Signer({})", signer.verifying_key()));
        assert_eq!(*signer.seed(), [7; 32]);
    }
}
