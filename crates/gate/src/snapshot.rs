//! An index as signed bytes. The layout is told in the documentation of the crate.

use crate::{
    bytes::{Cursor, Malformed, put_range, put_short, put_windows},
    index::{Index, MAX_DOMAINS},
    position::Position,
    range::{MAX_RANGES, Ranges},
    record::Kept,
    signed::{self, Body, Limits, ReadError, VERSION, WriteError},
    slots::Slots,
    table::{Layer, MAX_SUFFIXES, SLOT, Suffixes},
};
use jiff::Timestamp;
use ledger::{Signer, VerifyingKey};
use siphasher::sip::SipHasher13;
use std::{
    collections::BTreeMap,
    io::{Read, Write},
    sync::Arc,
};

const KIND: &str = "gate-snapshot";
const MAGIC: [u8; 8] = *b"KBGATESN";
const HEAD: usize = 96;

/// Writes an index, compacted if it is not. The bytes are those of its tables, hashed once before they are written.
pub fn write_snapshot(index: &Index, signer: &Signer, to: &mut impl Write) -> Result<(), WriteError> {
    let index = index.compacted();
    let extras = extras(&index);
    let mut head = Vec::with_capacity(HEAD);
    head.extend(MAGIC);
    head.extend(VERSION.to_le_bytes());
    head.extend([0; 4]);
    index.position.put(&mut head);
    head.extend(index.as_of.as_microsecond().to_le_bytes());
    head.extend(index.key);
    let counts = [index.base.slots().len(), index.base.entries(), index.base.arena().len(), extras.len()];
    for count in counts {
        head.extend((count as u64).to_le_bytes());
    }
    let body = [&head, &extras, index.base.arena(), index.base.slots().as_flattened()];
    signed::write(KIND, signer, (index.position.size, index.as_of), &body, to)
}

/// Reads an index that this key has signed. Nothing is taken before all of it is verified, no more is reserved than has come, and the
/// limits are held before anything is read. What follows the snapshot is left unread. `from` is read in large pieces.
pub fn read_snapshot(from: &mut impl Read, key: &VerifyingKey, limits: &Limits) -> Result<Index, ReadError> {
    let mut body = Body::open(from, key, KIND, limits.snapshot)?;
    let read = parts(&mut body, limits);
    let position = body.position();
    let parts = body.verified(read)?;
    let index = parts.index()?;
    if index.position.size == position {
        Ok(index)
    } else {
        Err(ReadError::Malformed("note and head are of different positions"))
    }
}

/// What stands before arena and slots, besides the head.
fn extras(index: &Index) -> Vec<u8> {
    let mut extras = Vec::new();
    let suffixes = index.suffixes.texts();
    put_count(&mut extras, suffixes.len());
    for suffix in suffixes {
        put_short(&mut extras, suffix);
    }
    put_count(&mut extras, index.base.windows().len());
    for (domain, windows) in index.base.windows() {
        put_short(&mut extras, domain.as_bytes());
        put_windows(&mut extras, windows.iter());
    }
    put_count(&mut extras, index.ranges.all().len());
    for (range, reason) in index.ranges.all() {
        put_range(&mut extras, range);
        put_short(&mut extras, reason.as_bytes());
    }
    extras
}

fn put_count(into: &mut Vec<u8>, count: usize) {
    into.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

/// The parts of a body; nothing but lengths has been looked at.
struct Parts {
    head: Head,
    extras: Vec<u8>,
    arena: Vec<u8>,
    slots: Slots,
}

struct Head {
    position: Position,
    as_of: Timestamp,
    key: [u8; 16],
    slots: u64,
    entries: u64,
    arena: u64,
    extras: u64,
}

fn parts<R: Read>(body: &mut Body<'_, R>, limits: &Limits) -> Result<Parts, ReadError> {
    let mut bytes = [0; HEAD];
    body.fill(&mut bytes)?;
    let head = head(&bytes)?;
    if head.extras > limits.extras {
        return Err(ReadError::TooLarge { found: head.extras, limit: limits.extras });
    }
    let slots = head.slots.checked_mul(SLOT as u64);
    let whole = slots.and_then(|slots| slots.checked_add(head.arena)?.checked_add(head.extras));
    if whole != Some(body.left()) {
        return Err(ReadError::Malformed("the parts are not as long as the body"));
    }
    if head.entries > MAX_DOMAINS as u64 {
        return Err(ReadError::TooLarge { found: head.entries, limit: MAX_DOMAINS as u64 });
    }
    Ok(Parts {
        extras: body.bytes(head.extras)?,
        arena: body.bytes(head.arena)?,
        slots: body.slots(head.slots)?,
        head,
    })
}

fn head(bytes: &[u8]) -> Result<Head, ReadError> {
    let mut bytes = Cursor(bytes);
    if bytes.array()? != MAGIC {
        return Err(ReadError::Malformed("it does not begin as a snapshot does"));
    }
    let version = bytes.u32()?;
    if version != VERSION {
        return Err(ReadError::OtherVersion { found: version.to_string() });
    }
    if bytes.u32()? != 0 {
        return Err(ReadError::Malformed("what is reserved in the head is not zero"));
    }
    Ok(Head {
        position: Position::read(&mut bytes)?,
        as_of: bytes.time()?,
        key: bytes.array()?,
        slots: bytes.u64()?,
        entries: bytes.u64()?,
        arena: bytes.u64()?,
        extras: bytes.u64()?,
    })
}

impl Parts {
    fn index(self) -> Result<Index, Malformed> {
        let Self { head, extras, arena, slots } = self;
        let mut extras = Cursor(&extras);
        let suffixes = suffixes(&mut extras)?;
        let windows = windows(&mut extras)?;
        let ranges = ranges(&mut extras)?;
        if !extras.0.is_empty() {
            return Err(Malformed("the extras are longer than what is in them"));
        }
        let entries = usize::try_from(head.entries).map_err(|_| Malformed("too many domains"))?;
        let known = (&suffixes, SipHasher13::new_with_key(&head.key));
        let base =
            Layer::of_parts(slots, arena, entries, windows, known).map_err(|fault| Malformed(fault.0))?;
        Ok(Index {
            base: Arc::new(base),
            overlay: Arc::new(Layer::with_room(0)),
            suffixes: Arc::new(suffixes),
            ranges: Arc::new(ranges),
            key: head.key,
            position: head.position,
            as_of: head.as_of,
        })
    }
}

fn suffixes(extras: &mut Cursor<'_>) -> Result<Suffixes, Malformed> {
    let count = extras.u32()?;
    let mut suffixes = Suffixes::default();
    for nth in 0..count {
        let number = suffixes.add(extras.short()?).map(u32::from);
        if number != Some(nth) {
            return Err(Malformed("a suffix stands twice, or there are too many"));
        }
    }
    debug_assert!(suffixes.texts().len() <= MAX_SUFFIXES, "numbers are given to no more");
    Ok(suffixes)
}

fn windows(extras: &mut Cursor<'_>) -> Result<BTreeMap<Box<str>, Arc<[Kept]>>, Malformed> {
    let count = extras.u32()?;
    let mut windows = BTreeMap::new();
    for _ in 0..count {
        let domain = extras.domain()?;
        if windows.insert(domain.into(), extras.windows()?).is_some() {
            return Err(Malformed("the windows of a domain stand twice"));
        }
    }
    Ok(windows)
}

fn ranges(extras: &mut Cursor<'_>) -> Result<Ranges, Malformed> {
    let count = extras.u32()?;
    if usize::try_from(count).map_or(true, |count| count > MAX_RANGES) {
        return Err(Malformed("there are too many ranges"));
    }
    let mut ranges = BTreeMap::new();
    for _ in 0..count {
        let range = extras.range()?;
        ranges.insert(range, extras.reason_text()?.into());
    }
    Ok(Ranges::new(ranges))
}
