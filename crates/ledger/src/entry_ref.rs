//! An entry read in place, without copying, and refused unless it is encoded in the one way.

use crate::{
    cbor::Strict,
    entry::{
        Actor, ActorKind, Entry, EntryFault, FIELDS, Id, MAX_AT, MAX_COMMITMENTS, MAX_ENTRY_LEN, MAX_IDS,
        VERSION, check_edition, check_id_bytes, check_id_text, check_kind, check_name, key_order,
    },
};

/// An encoded [`Entry`], read in place.
#[derive(Clone, Copy, Debug)]
pub struct EntryRef<'a> {
    /// [`Entry::at`].
    pub at: i64,
    /// [`Entry::actor`].
    pub actor: ActorRef<'a>,
    /// [`Entry::kind`].
    pub kind: &'a str,
    /// [`Entry::ids`].
    pub ids: Ids<'a>,
    /// [`Entry::edition`].
    pub edition: Option<&'a str>,
    /// [`Entry::rulebook`].
    pub rulebook: Option<&'a [u8; 32]>,
    /// [`Entry::decided`].
    pub decided: Option<&'a [u8]>,
    /// [`Entry::commitments`], in the order of the encoding: shorter names first.
    pub commitments: Commitments<'a>,
}

/// [`Actor`] read in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActorRef<'a> {
    /// What kind of actor.
    pub kind: ActorKind,
    /// Which one.
    pub id: IdRef<'a>,
}

/// [`Id`] read in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdRef<'a> {
    /// [`Id::Text`].
    Text(&'a str),
    /// [`Id::Bytes`].
    Bytes(&'a [u8]),
}

impl IdRef<'_> {
    /// A copy.
    pub fn to_id(&self) -> Id {
        match *self {
            Self::Text(id) => Id::text(id),
            Self::Bytes(id) => Id::bytes(id),
        }
    }
}

/// The ids of an entry, read again each time they are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Ids<'a> {
    items: &'a [u8],
    count: usize,
}

impl<'a> Ids<'a> {
    /// How many there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Name and id of each, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, IdRef<'a>)> + use<'a> {
        let mut from = Strict::new(self.items);
        (0..self.count).map_while(move |_| named_id(&mut from).ok())
    }

    /// Every id with that name, in order.
    pub fn named(&self, name: &str) -> impl Iterator<Item = IdRef<'a>> {
        self.iter().filter_map(move |(found, id)| (found == name).then_some(id))
    }
}

/// The commitments of an entry, read again each time they are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Commitments<'a> {
    items: &'a [u8],
    count: usize,
}

impl<'a> Commitments<'a> {
    /// How many there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Name and commitment of each.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &'a [u8; 32])> + use<'a> {
        let mut from = Strict::new(self.items);
        (0..self.count).map_while(move |_| Some((from.text().ok()?, digest(&mut from).ok()?)))
    }

    /// The commitment with that name.
    pub fn get(&self, name: &str) -> Option<&'a [u8; 32]> {
        self.iter().find_map(|(found, commitment)| (found == name).then_some(commitment))
    }
}

/// Why bytes are no entry, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {at}: {fault}")]
pub struct DecodeError {
    /// Where the item with the fault begins, in bytes from 0.
    pub at: usize,
    /// What is wrong.
    pub fault: DecodeFault,
}

/// What is wrong with bytes that should be an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeFault {
    /// No CBOR, cut off, or of another type than belongs here.
    #[error("not what belongs here, or cut off")]
    Malformed,
    /// A length that is only told by an end mark.
    #[error("a length that is not told before")]
    Indefinite,
    /// A number or length in more bytes than it needs.
    #[error("a number in more bytes than it needs")]
    NotShortest,
    /// A version other than the one known.
    #[error("version {found}, expected version {VERSION}")]
    UnknownVersion {
        /// The version found.
        found: u64,
    },
    /// An array of another length than belongs here.
    #[error("{found} items, expected {expected}")]
    Count {
        /// Items found.
        found: u64,
        /// Items that belong here.
        expected: u64,
    },
    /// A kind of actor that is not known.
    #[error("unknown kind of actor {found}")]
    UnknownActor {
        /// Its number.
        found: u64,
    },
    /// A digest or commitment that is not 32 bytes.
    #[error("{found} bytes, expected 32")]
    NotADigest {
        /// Bytes found.
        found: usize,
    },
    /// Commitments in another order than that of their names.
    #[error("not in the order of names")]
    OutOfOrder,
    /// Bytes after the entry.
    #[error("{found} bytes after the entry")]
    Trailing {
        /// How many.
        found: usize,
    },
    /// Something that an entry may not hold.
    #[error(transparent)]
    Entry(#[from] EntryFault),
}

impl<'a> EntryRef<'a> {
    /// Reads `bytes`, which must be one entry, whole and in the one encoding that [`Entry::encode`] gives it.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let mut from = Strict::new(bytes);
        if bytes.len() > MAX_ENTRY_LEN {
            return Err(from.fault(EntryFault::TooLong));
        }
        count(&mut from, FIELDS)?;
        let version = from.number()?;
        if version != VERSION {
            return Err(from.fault(DecodeFault::UnknownVersion { found: version }));
        }
        let entry = Self {
            at: time(&mut from)?,
            actor: actor(&mut from)?,
            kind: checked(&mut from, Strict::text, check_kind)?,
            ids: ids(&mut from)?,
            edition: from.optional(|from| checked(from, Strict::text, check_edition))?,
            rulebook: from.optional(digest)?,
            decided: from.optional(Strict::bytes)?,
            commitments: commitments(&mut from)?,
        };
        match from.rest().len() {
            0 => Ok(entry),
            found => Err(DecodeError { at: bytes.len() - found, fault: DecodeFault::Trailing { found } }),
        }
    }

    /// A copy.
    pub fn to_entry(&self) -> Entry {
        Entry {
            at: self.at,
            actor: Actor { kind: self.actor.kind, id: self.actor.id.to_id() },
            kind: self.kind.to_owned().into(),
            ids: self.ids.iter().map(|(name, id)| (name.to_owned().into(), id.to_id())).collect(),
            edition: self.edition.map(str::to_owned),
            rulebook: self.rulebook.copied(),
            decided: self.decided.map(<[u8]>::to_vec),
            commitments: self
                .commitments
                .iter()
                .map(|(name, hash)| (name.to_owned().into(), *hash))
                .collect(),
        }
    }
}

/// Reads an item and refuses it where `check` does.
fn checked<'a, T: ?Sized>(
    from: &mut Strict<'a>,
    read: impl FnOnce(&mut Strict<'a>) -> Result<&'a T, DecodeError>,
    check: impl FnOnce(&T) -> Result<(), EntryFault>,
) -> Result<&'a T, DecodeError> {
    let item = read(from)?;
    check(item).map_err(|fault| from.fault(fault))?;
    Ok(item)
}

fn count(from: &mut Strict<'_>, expected: u64) -> Result<(), DecodeError> {
    let found = from.array()?;
    if found == expected { Ok(()) } else { Err(from.fault(DecodeFault::Count { found, expected })) }
}

/// A number of items of at most `limit`.
fn bounded(from: &Strict<'_>, count: u64, limit: usize, fault: EntryFault) -> Result<usize, DecodeError> {
    usize::try_from(count).ok().filter(|count| *count <= limit).ok_or_else(|| from.fault(fault))
}

fn time(from: &mut Strict<'_>) -> Result<i64, DecodeError> {
    let at = i64::try_from(from.number()?).ok().filter(|at| *at <= MAX_AT);
    at.ok_or_else(|| from.fault(EntryFault::Time))
}

fn actor<'a>(from: &mut Strict<'a>) -> Result<ActorRef<'a>, DecodeError> {
    count(from, 2)?;
    let found = from.number()?;
    let kind =
        ActorKind::from_number(found).ok_or_else(|| from.fault(DecodeFault::UnknownActor { found }))?;
    Ok(ActorRef { kind, id: id(from)? })
}

fn id<'a>(from: &mut Strict<'a>) -> Result<IdRef<'a>, DecodeError> {
    if from.next_is_text() {
        checked(from, Strict::text, check_id_text).map(IdRef::Text)
    } else {
        checked(from, Strict::bytes, check_id_bytes).map(IdRef::Bytes)
    }
}

fn named_id<'a>(from: &mut Strict<'a>) -> Result<(&'a str, IdRef<'a>), DecodeError> {
    count(from, 2)?;
    Ok((checked(from, Strict::text, check_name)?, id(from)?))
}

fn ids<'a>(from: &mut Strict<'a>) -> Result<Ids<'a>, DecodeError> {
    let length = from.array()?;
    let length = bounded(from, length, MAX_IDS, EntryFault::TooManyIds)?;
    let items = from.rest();
    for _ in 0..length {
        named_id(from)?;
    }
    Ok(Ids { items, count: length })
}

fn digest<'a>(from: &mut Strict<'a>) -> Result<&'a [u8; 32], DecodeError> {
    let bytes = from.bytes()?;
    bytes.try_into().map_err(|_| from.fault(DecodeFault::NotADigest { found: bytes.len() }))
}

fn commitments<'a>(from: &mut Strict<'a>) -> Result<Commitments<'a>, DecodeError> {
    let length = from.map()?;
    let count = bounded(from, length, MAX_COMMITMENTS, EntryFault::TooManyCommitments)?;
    let items = from.rest();
    let mut before = None;
    for _ in 0..count {
        let name = checked(from, Strict::text, check_name)?;
        match before.replace(name) {
            Some(before) if before == name => return Err(from.fault(EntryFault::CommitmentTwice)),
            Some(before) if key_order(before) > key_order(name) => {
                return Err(from.fault(DecodeFault::OutOfOrder));
            }
            _ => {}
        }
        digest(from)?;
    }
    Ok(Commitments { items, count })
}
