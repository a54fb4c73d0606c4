//! What changed between two positions, as signed bytes.

use crate::{
    bytes::{Cursor, Malformed, put_range, put_short, put_windows},
    index::{Change, Index},
    position::Position,
    record::{KeepError, Kept, Record, Standing, check_reason},
    signed::{self, Body, Limits, ReadError, VERSION, WriteError},
};
use jiff::Timestamp;
use ledger::{Signer, VerifyingKey};
use std::io::{Read, Write};

const KIND: &str = "gate-delta";
const MAGIC: [u8; 8] = *b"KBGATEDE";

const DOMAIN: u8 = 1;
const RANGE: u8 = 2;
const NO_RANGE: u8 = 3;
const NO_RANGES: u8 = 4;
const LISTED: u8 = 0x04;

/// What changed between two positions of the desk's ledger. One without changes says that an index is right still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delta {
    /// The position of the index to which it belongs.
    pub from: Position,
    /// The position after it; not before that.
    pub to: Position,
    /// When what is known after it is right; kept to the microsecond.
    pub as_of: Timestamp,
    /// What changed; of changes of one thing the last counts.
    pub changes: Vec<Change>,
}

/// Why a delta does not lead from an index to the next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// It belongs to another position: one between was missed, or this one has been applied.
    #[error("the delta is from position {from}, the index is at {at}")]
    OtherPosition {
        /// Where the index is.
        at: Position,
        /// Where the delta begins.
        from: Position,
    },
    /// It is older than what is known: it would undo what is newer and has no position yet.
    #[error("the delta is as of {came}, the index as of {known}")]
    Older {
        /// When what is known was right.
        known: Timestamp,
        /// When the delta was.
        came: Timestamp,
    },
    /// It holds what cannot be kept.
    #[error(transparent)]
    Keep(#[from] KeepError),
}

impl Index {
    /// The index after a delta that begins at its position and is no older.
    pub fn applied(&self, delta: &Delta) -> Result<Self, ApplyError> {
        if delta.from != self.position() {
            return Err(ApplyError::OtherPosition { at: self.position(), from: delta.from });
        }
        if delta.as_of < self.as_of() {
            return Err(ApplyError::Older { known: self.as_of(), came: delta.as_of });
        }
        Ok(self.changed(&delta.changes, delta.to, delta.as_of)?)
    }
}

/// Writes a delta. Fails where a reader would: see [`KeepError`].
pub fn write_delta(delta: &Delta, signer: &Signer, to: &mut impl Write) -> Result<(), WriteError> {
    let Delta { from: before, to: after, as_of, changes } = delta;
    before.leads_to(*after)?;
    let mut body = Vec::new();
    body.extend(MAGIC);
    body.extend(VERSION.to_le_bytes());
    body.extend([0; 4]);
    before.put(&mut body);
    after.put(&mut body);
    body.extend(as_of.as_microsecond().to_le_bytes());
    body.extend((changes.len() as u64).to_le_bytes());
    for change in changes {
        put_change(&mut body, change)?;
    }
    signed::write(KIND, signer, (after.size, *as_of), &[&body], to)
}

/// Reads a delta that this key has signed. Nothing is taken before all of it is verified; what follows it is left unread.
pub fn read_delta(from: &mut impl Read, key: &VerifyingKey, limits: &Limits) -> Result<Delta, ReadError> {
    let mut body = Body::open(from, key, KIND, limits.delta)?;
    let bytes = body.bytes(body.left());
    let position = body.position();
    let bytes = body.verified(bytes)?;
    let delta = delta(&bytes)?;
    if delta.to.size == position {
        Ok(delta)
    } else {
        Err(ReadError::Malformed("note and head are of different positions"))
    }
}

fn put_change(body: &mut Vec<u8>, change: &Change) -> Result<(), KeepError> {
    match change {
        Change::Domain { domain, record } => {
            record.check(domain)?;
            body.push(DOMAIN);
            put_short(body, domain.as_bytes());
            let listed = if record.listed { LISTED } else { 0 };
            body.push(listed | standing_number(record.standing));
            let windows: Vec<Kept> = record.windows.iter().map(Kept::of).collect();
            put_windows(body, windows.iter());
        }
        Change::Range { range, reason: Some(reason) } => {
            check_reason(reason, range)?;
            body.push(RANGE);
            put_range(body, range);
            put_short(body, reason.as_bytes());
        }
        Change::Range { range, reason: None } => {
            body.push(NO_RANGE);
            put_range(body, range);
        }
        Change::NoRanges => body.push(NO_RANGES),
    }
    Ok(())
}

const fn standing_number(standing: Standing) -> u8 {
    match standing {
        Standing::None => 0,
        Standing::Active => 1,
        Standing::AccessDropped => 2,
        Standing::Cancelled => 3,
    }
}

fn delta(bytes: &[u8]) -> Result<Delta, ReadError> {
    let mut bytes = Cursor(bytes);
    if bytes.array()? != MAGIC {
        return Err(ReadError::Malformed("it does not begin as a delta does"));
    }
    let version = bytes.u32()?;
    if version != VERSION {
        return Err(ReadError::OtherVersion { found: version.to_string() });
    }
    if bytes.u32()? != 0 {
        return Err(ReadError::Malformed("what is reserved in the head is not zero"));
    }
    let (from, to) = (Position::read(&mut bytes)?, Position::read(&mut bytes)?);
    let (as_of, count) = (bytes.time()?, bytes.u64()?);
    if from.leads_to(to).is_err() {
        return Err(ReadError::Malformed("it does not lead from where it begins to where it ends"));
    }
    // Each change takes a byte at least, so a false count ends with the bytes.
    let mut changes = Vec::new();
    for _ in 0..count {
        changes.push(change(&mut bytes)?);
    }
    if !bytes.0.is_empty() {
        return Err(ReadError::Malformed("it is longer than its changes"));
    }
    Ok(Delta { from, to, as_of, changes })
}

fn change(bytes: &mut Cursor<'_>) -> Result<Change, Malformed> {
    match bytes.u8()? {
        DOMAIN => {
            let domain = bytes.domain()?.to_owned();
            let flags = bytes.u8()?;
            let standing = match flags & !LISTED {
                0 => Standing::None,
                1 => Standing::Active,
                2 => Standing::AccessDropped,
                3 => Standing::Cancelled,
                _ => return Err(Malformed("a domain stands nowhere that is known")),
            };
            let windows = bytes.windows()?.iter().map(Kept::window).collect();
            Ok(Change::Domain { domain, record: Record { standing, listed: flags & LISTED != 0, windows } })
        }
        RANGE => {
            let range = bytes.range()?;
            Ok(Change::Range { range, reason: Some(reason(bytes)?) })
        }
        NO_RANGE => Ok(Change::Range { range: bytes.range()?, reason: None }),
        NO_RANGES => Ok(Change::NoRanges),
        _ => Err(Malformed("a change is of no kind that is known")),
    }
}

fn reason(bytes: &mut Cursor<'_>) -> Result<String, Malformed> {
    bytes.reason_text().map(str::to_owned)
}
