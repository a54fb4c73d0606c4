//! One entry of the ledger, what it may hold, and its encoding.

use crate::cbor::Bounded;
use minicbor::{Encoder, encode};
use std::borrow::Cow;

/// The version that an entry begins with.
pub(crate) const VERSION: u64 = 1;
/// Version, time, actor, kind, ids, edition, rulebook, decided, commitments.
pub(crate) const FIELDS: u64 = 9;

/// Longest encoded entry in bytes. Facts and findings of a decision take one or two thousand; a reader may hold many.
pub const MAX_ENTRY_LEN: usize = 64 << 10;
/// Latest time: the end of the year 9999 in UTC, the last that calendars and RFC 3339 can write.
pub const MAX_AT: i64 = 253_402_300_799_999_999;
/// Longest kind in bytes: two or three words, shown in one column.
pub const MAX_KIND_LEN: usize = 48;
/// Longest name of an id or a commitment in bytes: a word, shown in one column.
pub const MAX_NAME_LEN: usize = 32;
/// Longest id in bytes: the ids of providers reach 64, resource names of instances a little more.
pub const MAX_ID_LEN: usize = 128;
/// Most ids: twenty codes are issued at a time, beside instance, account and order.
pub const MAX_IDS: usize = 64;
/// Longest id of an edition in bytes: a day, perhaps with a word.
pub const MAX_EDITION_LEN: usize = 64;
/// Most commitments: every personal field of one website and its subject.
pub const MAX_COMMITMENTS: usize = 32;

/// One decision or change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When, in microseconds since 1970-01-01 UTC; from 0 to [`MAX_AT`].
    pub at: i64,
    /// Who did it.
    pub actor: Actor,
    /// What was done, as words with dots between them: `code.issued`. Words are made of lower-case letters, digits and `-`
    /// and begin with a letter. The set is open.
    pub kind: Cow<'static, str>,
    /// What it was done to, in the order in which a reader wants to see it. A name may stand several times: twenty codes are
    /// twenty ids named `code`. Names are lower-case letters, digits and `_` and begin with a letter.
    pub ids: Vec<(Cow<'static, str>, Id)>,
    /// The edition decided by.
    pub edition: Option<String>,
    /// SHA-256 of the rulebook decided by.
    pub rulebook: Option<[u8; 32]>,
    /// What was decided on and found, as the decider writes it (JSON with a version).
    pub decided: Option<Vec<u8>>,
    /// A [`commitment`](crate::commitment) to each piece of personal data that mattered, by name, in any order; names as for
    /// ids, each once.
    pub commitments: Vec<(Cow<'static, str>, [u8; 32])>,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// What kind of actor.
    pub kind: ActorKind,
    /// Which one.
    pub id: Id,
}

/// The kinds of actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ActorKind {
    /// A customer.
    Account = 0,
    /// Somebody who works for the operator.
    Staff = 1,
    /// Kebei itself: a worker, the sequencer.
    System = 2,
    /// Another system, by its API key.
    Key = 3,
}

impl ActorKind {
    /// Every kind, in the order of their numbers in an entry.
    pub const ALL: [Self; 4] = [Self::Account, Self::Staff, Self::System, Self::Key];

    /// As it is shown: `account`, `staff`, `system`, `key`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Staff => "staff",
            Self::System => "system",
            Self::Key => "key",
        }
    }

    pub(crate) fn from_number(number: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }
}

/// An id that says nothing by itself: from 1 to [`MAX_ID_LEN`] bytes, as text without control characters or as bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Id {
    /// As others write it: `i-bp1abc`.
    Text(String),
    /// One of ours: the bytes of a UUID.
    Bytes(Vec<u8>),
}

impl Id {
    /// An id that is text.
    pub fn text(id: impl Into<String>) -> Self {
        Self::Text(id.into())
    }

    /// An id that is bytes.
    pub fn bytes(id: impl Into<Vec<u8>>) -> Self {
        Self::Bytes(id.into())
    }
}

/// What an entry may not hold, whether it is written or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// Before 1970 or after [`MAX_AT`].
    #[error("the time is not between 1970 and 9999")]
    Time,
    /// The kind is no words with dots between them, or longer than [`MAX_KIND_LEN`].
    #[error("the kind is not such as `code.issued`, of at most {MAX_KIND_LEN} bytes")]
    Kind,
    /// The name of an id or a commitment is no word, or longer than [`MAX_NAME_LEN`].
    #[error("a name is not such as `order_item`, of at most {MAX_NAME_LEN} bytes")]
    Name,
    /// An id is empty, has control characters or is longer than [`MAX_ID_LEN`].
    #[error("an id is empty, longer than {MAX_ID_LEN} bytes or has control characters")]
    Id,
    /// The edition is empty, has control characters or is longer than [`MAX_EDITION_LEN`].
    #[error("the edition is empty, longer than {MAX_EDITION_LEN} bytes or has control characters")]
    Edition,
    /// More ids than [`MAX_IDS`].
    #[error("more than {MAX_IDS} ids")]
    TooManyIds,
    /// More commitments than [`MAX_COMMITMENTS`].
    #[error("more than {MAX_COMMITMENTS} commitments")]
    TooManyCommitments,
    /// Two commitments have the same name.
    #[error("two commitments have the same name")]
    CommitmentTwice,
    /// Longer than [`MAX_ENTRY_LEN`] when encoded.
    #[error("more than {MAX_ENTRY_LEN} bytes")]
    TooLong,
}

pub(crate) fn check_kind(kind: &str) -> Result<(), EntryFault> {
    let word = |word: &[u8]| is_word(word, b'-');
    let right = kind.len() <= MAX_KIND_LEN && kind.as_bytes().split(|byte| *byte == b'.').all(word);
    right.then_some(()).ok_or(EntryFault::Kind)
}

pub(crate) fn check_name(name: &str) -> Result<(), EntryFault> {
    (name.len() <= MAX_NAME_LEN && is_word(name.as_bytes(), b'_')).then_some(()).ok_or(EntryFault::Name)
}

fn is_word(word: &[u8], joint: u8) -> bool {
    word.first().is_some_and(u8::is_ascii_lowercase)
        && word.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == joint)
}

pub(crate) fn check_id_text(id: &str) -> Result<(), EntryFault> {
    is_short_text(id, MAX_ID_LEN).then_some(()).ok_or(EntryFault::Id)
}

pub(crate) fn check_id_bytes(id: &[u8]) -> Result<(), EntryFault> {
    (1..=MAX_ID_LEN).contains(&id.len()).then_some(()).ok_or(EntryFault::Id)
}

pub(crate) fn check_edition(edition: &str) -> Result<(), EntryFault> {
    is_short_text(edition, MAX_EDITION_LEN).then_some(()).ok_or(EntryFault::Edition)
}

fn is_short_text(text: &str, limit: usize) -> bool {
    // Nearly all are ASCII, which is seen faster in bytes.
    let has_control = if text.is_ascii() {
        text.bytes().any(|byte| byte.is_ascii_control())
    } else {
        text.contains(char::is_control)
    };
    (1..=limit).contains(&text.len()) && !has_control
}

/// The order of names as keys of a map: that of their encoded bytes (RFC 8949, section 4.2.1), shorter ones first.
pub(crate) fn key_order(name: &str) -> (usize, &str) {
    (name.len(), name)
}

impl Entry {
    /// The entry as the tree has it: deterministic CBOR (RFC 8949, section 4.2.1), an array of nine with the version first.
    /// [`EntryRef`](crate::EntryRef) reads it.
    pub fn encode(&self) -> Result<Vec<u8>, EntryFault> {
        let commitments = self.check()?;
        let mut out = Bounded::default();
        // The writer refuses what is too long, and nothing else can fail.
        self.write(&commitments, &mut Encoder::new(&mut out)).map_err(|_| EntryFault::TooLong)?;
        Ok(out.into_bytes())
    }

    /// Refuses what an entry may not hold; gives the commitments in the order in which they are written.
    fn check(&self) -> Result<Vec<(&str, &[u8; 32])>, EntryFault> {
        if !(0..=MAX_AT).contains(&self.at) {
            return Err(EntryFault::Time);
        }
        check_kind(&self.kind)?;
        self.actor.id.check()?;
        if self.ids.len() > MAX_IDS {
            return Err(EntryFault::TooManyIds);
        }
        self.ids.iter().try_for_each(|(name, id)| check_name(name).and_then(|()| id.check()))?;
        self.edition.as_deref().map_or(Ok(()), check_edition)?;
        if self.commitments.len() > MAX_COMMITMENTS {
            return Err(EntryFault::TooManyCommitments);
        }
        self.commitments.iter().try_for_each(|(name, _)| check_name(name))?;
        let mut sorted: Vec<_> = self.commitments.iter().map(|(name, hash)| (&**name, hash)).collect();
        sorted.sort_unstable_by_key(|(name, _)| key_order(name));
        let twice = sorted.iter().zip(sorted.iter().skip(1)).any(|(one, next)| one.0 == next.0);
        if twice { Err(EntryFault::CommitmentTwice) } else { Ok(sorted) }
    }

    fn write(
        &self,
        commitments: &[(&str, &[u8; 32])],
        out: &mut Encoder<&mut Bounded>,
    ) -> Result<(), encode::Error<EntryFault>> {
        out.array(FIELDS)?.u64(VERSION)?.i64(self.at)?;
        out.array(2)?.u8(self.actor.kind as u8)?;
        self.actor.id.write(out)?;
        out.str(&self.kind)?.array(self.ids.len() as u64)?;
        for (name, id) in &self.ids {
            out.array(2)?.str(name)?;
            id.write(out)?;
        }
        match &self.edition {
            Some(edition) => out.str(edition)?,
            None => out.null()?,
        };
        for bytes in [self.rulebook.as_ref().map(<[u8; 32]>::as_slice), self.decided.as_deref()] {
            match bytes {
                Some(bytes) => out.bytes(bytes)?,
                None => out.null()?,
            };
        }
        out.map(commitments.len() as u64)?;
        for (name, commitment) in commitments {
            out.str(name)?.bytes(*commitment)?;
        }
        Ok(())
    }
}

impl Id {
    fn check(&self) -> Result<(), EntryFault> {
        match self {
            Self::Text(id) => check_id_text(id),
            Self::Bytes(id) => check_id_bytes(id),
        }
    }

    fn write(&self, out: &mut Encoder<&mut Bounded>) -> Result<(), encode::Error<EntryFault>> {
        match self {
            Self::Text(id) => out.str(id)?,
            Self::Bytes(id) => out.bytes(id)?,
        };
        Ok(())
    }
}
