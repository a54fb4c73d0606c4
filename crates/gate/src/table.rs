//! One layer of an index: a hash table of slots of 16 bytes, and what does not fit into them. The layout is told in the documentation
//! of the crate, as snapshots have it.

use crate::{
    record::{Kept, Record, Standing},
    slots::Slots,
};
use siphasher::sip::SipHasher13;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Bytes of a slot.
pub(crate) const SLOT: usize = 16;
/// Slots of a row: one comes from memory at once, where the table begins as memory does.
const ROW: usize = 4;
/// Longest label that is kept within a slot.
pub(crate) const INLINE: usize = 14;
/// Most suffixes that have a number; that of a spilled name is none of them.
pub(crate) const MAX_SUFFIXES: usize = 255;

const OCCUPIED: u8 = 0x80;
const SPILLED: u8 = 0x40;
const WINDOWS: u8 = 0x08;
const LISTED: u8 = 0x04;
const STANDING: u8 = 0x03;
const NO_SUFFIX: u8 = 0xFF;

/// Suffixes that have a number. Layers of an index share them, so a name has the same form in all of them.
#[derive(Debug, Default)]
pub(crate) struct Suffixes {
    texts: Vec<Box<[u8]>>,
    numbers: HashMap<Box<[u8]>, u8>,
}

/// A layer.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    slots: Slots,
    arena: Vec<u8>,
    entries: usize,
    windows: BTreeMap<Box<str>, Arc<[Kept]>>,
}

/// A domain as it is looked up.
#[derive(Clone, Copy)]
pub(crate) struct Sought<'a> {
    name: &'a [u8],
    suffix: &'a [u8],
    hash: u64,
    /// The label as a slot has it; a number that no slot has where it is too long.
    label: u128,
}

/// What the first byte of a slot says of its domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flags(u8);

/// Where a domain is, or would be.
enum Place {
    At(usize),
    Vacant(usize),
    Full,
}

/// Why slots are none of a layer.
#[derive(Debug)]
pub(crate) struct Unsound(pub(crate) &'static str);

impl Suffixes {
    pub(crate) fn add(&mut self, suffix: &[u8]) -> Option<u8> {
        if let Some(number) = self.numbers.get(suffix) {
            return Some(*number);
        }
        let number = u8::try_from(self.texts.len()).ok().filter(|number| *number != NO_SUFFIX)?;
        self.texts.push(suffix.into());
        self.numbers.insert(suffix.into(), number);
        Some(number)
    }

    pub(crate) fn texts(&self) -> &[Box<[u8]>] {
        &self.texts
    }

    fn text(&self, number: u8) -> Option<&[u8]> {
        self.texts.get(usize::from(number)).map(Box::as_ref)
    }
}

impl Flags {
    fn of(record: &Record) -> Self {
        let standing = match record.standing {
            Standing::None => 0,
            Standing::Active => 1,
            Standing::AccessDropped => 2,
            Standing::Cancelled => 3,
        };
        let listed = if record.listed { LISTED } else { 0 };
        let windows = if record.windows.is_empty() { 0 } else { WINDOWS };
        Self(standing | listed | windows)
    }

    pub(crate) const fn standing(self) -> Standing {
        match self.0 & STANDING {
            1 => Standing::Active,
            2 => Standing::AccessDropped,
            3 => Standing::Cancelled,
            _ => Standing::None,
        }
    }

    pub(crate) const fn listed(self) -> bool {
        self.0 & LISTED != 0
    }

    pub(crate) const fn has_windows(self) -> bool {
        self.0 & WINDOWS != 0
    }

    pub(crate) const fn say_nothing(self) -> bool {
        self.0 & (STANDING | LISTED | WINDOWS) == 0
    }

    const fn occupied(self) -> bool {
        self.0 & OCCUPIED != 0
    }

    const fn spilled(self) -> bool {
        self.0 & SPILLED != 0
    }
}

impl<'a> Sought<'a> {
    /// A domain and its suffix; the rest of it is a label and a dot.
    pub(crate) fn new(name: &'a [u8], suffix: &'a [u8], hash: u64) -> Self {
        let label = name.len().checked_sub(suffix.len() + 1).and_then(|end| name.get(..end));
        let mut packed = [0; SLOT];
        let room = label.and_then(|label| Some((packed.get_mut(..label.len())?, label)));
        let label = match room {
            Some((room, label)) if label.len() <= INLINE => {
                room.copy_from_slice(label);
                u128::from_le_bytes(packed)
            }
            _ => u128::MAX,
        };
        Self { name, suffix, hash, label }
    }

    /// A domain as it is kept: its suffix begins behind its first dot.
    pub(crate) fn whole(name: &'a [u8], hasher: SipHasher13) -> Self {
        let dot = name.iter().position(|byte| *byte == b'.');
        let suffix = dot.and_then(|dot| name.get(dot + 1..)).unwrap_or_default();
        Self::new(name, suffix, hasher.hash(name))
    }

    fn fits(&self) -> bool {
        self.label != u128::MAX
    }
}

impl Layer {
    /// An empty layer with room for so many domains.
    pub(crate) fn with_room(domains: usize) -> Self {
        let slots = Slots::vacant(slots_for(domains));
        Self { slots, arena: Vec::new(), entries: 0, windows: BTreeMap::new() }
    }

    /// The layer of arrays that were read, once they are seen to be sound.
    pub(crate) fn of_parts(
        slots: Slots,
        arena: Vec<u8>,
        entries: usize,
        windows: BTreeMap<Box<str>, Arc<[Kept]>>,
        (suffixes, hasher): (&Suffixes, SipHasher13),
    ) -> Result<Self, Unsound> {
        let layer = Self { slots, arena, entries, windows };
        layer.check(suffixes, hasher)?;
        Ok(layer)
    }

    pub(crate) const fn entries(&self) -> usize {
        self.entries
    }

    pub(crate) fn slots(&self) -> &[[u8; SLOT]] {
        &self.slots
    }

    pub(crate) fn arena(&self) -> &[u8] {
        &self.arena
    }

    pub(crate) const fn windows(&self) -> &BTreeMap<Box<str>, Arc<[Kept]>> {
        &self.windows
    }

    /// Bytes that slots and spilled names take.
    pub(crate) fn bytes(&self) -> usize {
        self.slots.len() * SLOT + self.arena.len()
    }

    /// One byte of the row in which a domain is looked for first, so that the row comes near while others are looked up: few domains are
    /// looked for farther away.
    pub(crate) fn first_look(&self, hash: u64) -> u8 {
        self.slots.get(self.home(hash)).map_or(0, |[head, ..]| *head)
    }

    /// The first byte of the spilled name that has this hash, where there is one in that row, so that it comes near.
    pub(crate) fn second_look(&self, hash: u64) -> u8 {
        let home = self.home(hash);
        let row = self.slots.get(home..home + ROW).unwrap_or_default();
        let spilled = row.iter().map(|slot| u128::from_le_bytes(*slot));
        let spilled = spilled.filter(|slot| first(*slot).spilled() && (*slot >> 64) as u64 == hash);
        spilled.fold(0, |all, slot| all ^ self.arena.get(spilled_place(slot).0).copied().unwrap_or_default())
    }

    /// What is known of a domain; `None` where it is not in this layer.
    pub(crate) fn flags(&self, sought: &Sought<'_>, suffixes: &Suffixes) -> Option<Flags> {
        match self.place(sought, suffixes) {
            Place::At(at) => self.slots.get(at).map(|slot| first(u128::from_le_bytes(*slot))),
            Place::Vacant(_) | Place::Full => None,
        }
    }

    /// Whether another layer says of a domain what is known here.
    pub(crate) fn agrees(
        &self,
        (sought, flags): (&Sought<'_>, Flags),
        other: &Self,
        suffixes: &Suffixes,
    ) -> bool {
        match other.flags(sought, suffixes) {
            Some(there) => there == flags && other.windows_of(sought) == self.windows_of(sought),
            None => flags.say_nothing(),
        }
    }

    /// The windows of a domain, where its flags say that it has some.
    pub(crate) fn windows_of(&self, sought: &Sought<'_>) -> &[Kept] {
        let name = std::str::from_utf8(sought.name).unwrap_or_default();
        self.windows.get(name).map_or(&[], |windows| windows)
    }

    /// Puts what is known of a domain in the place of what was known.
    pub(crate) fn put(
        &mut self,
        sought: &Sought<'_>,
        record: &Record,
        (suffixes, hasher): (&Suffixes, SipHasher13),
    ) {
        let windows: Arc<[Kept]> = record.windows.iter().map(Kept::of).collect();
        self.put_kept(sought, Flags::of(record), windows, (suffixes, hasher));
    }

    fn put_kept(
        &mut self,
        sought: &Sought<'_>,
        flags: Flags,
        windows: Arc<[Kept]>,
        (suffixes, hasher): (&Suffixes, SipHasher13),
    ) {
        let name = std::str::from_utf8(sought.name).unwrap_or_default();
        if windows.is_empty() {
            self.windows.remove(name);
        } else {
            self.windows.insert(name.into(), windows);
        }
        if let Place::At(at) = self.place(sought, suffixes) {
            if let Some([head, ..]) = self.slots.get_mut(at) {
                *head = (*head & (OCCUPIED | SPILLED)) | flags.0;
            }
            return;
        }
        if slots_for(self.entries + 1) > self.slots.len() {
            self.move_to(self.entries * 2, suffixes, hasher);
        }
        if let Place::Vacant(at) = self.place(sought, suffixes) {
            let new = self.new_slot(sought, flags, suffixes);
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = new.to_le_bytes();
                self.entries += 1;
            }
        }
    }

    /// Puts all domains of another layer whose names have the same form here, where `wanted` says so.
    pub(crate) fn take_all(
        &mut self,
        from: &Self,
        wanted: impl Fn(&Sought<'_>, Flags) -> bool,
        (suffixes, hasher): (&Suffixes, SipHasher13),
    ) {
        let mut room = Vec::with_capacity(domains::LONGEST);
        for slot in from.slots.iter() {
            let Some((flags, sought)) = from.read(*slot, suffixes, hasher, &mut room) else { continue };
            if wanted(&sought, flags) {
                let name = std::str::from_utf8(sought.name).unwrap_or_default();
                let windows = if flags.has_windows() { from.windows.get(name).cloned() } else { None };
                let known = Flags(flags.0 & !(OCCUPIED | SPILLED));
                self.put_kept(&sought, known, windows.unwrap_or_default(), (suffixes, hasher));
            }
        }
    }

    /// The domain of a slot; its name is put together in `room` where the slot holds it.
    fn read<'a>(
        &'a self,
        slot: [u8; SLOT],
        suffixes: &'a Suffixes,
        hasher: SipHasher13,
        room: &'a mut Vec<u8>,
    ) -> Option<(Flags, Sought<'a>)> {
        let [head, number, label @ ..] = slot;
        let flags = Flags(head);
        if !flags.occupied() {
            return None;
        }
        if flags.spilled() {
            let name = self.spilled(u128::from_le_bytes(slot))?;
            return Some((flags, Sought::whole(name, hasher)));
        }
        let suffix = suffixes.text(number)?;
        room.clear();
        room.extend(label.iter().take_while(|byte| **byte != 0));
        room.push(b'.');
        room.extend_from_slice(suffix);
        Some((flags, Sought::whole(room, hasher)))
    }

    /// Moves everything to a table with room for so many domains.
    fn move_to(&mut self, domains: usize, suffixes: &Suffixes, hasher: SipHasher13) {
        let slots = Slots::vacant(slots_for(domains.max(16)));
        let old = std::mem::replace(&mut self.slots, slots);
        let mut room = Vec::with_capacity(domains::LONGEST);
        for slot in old.iter() {
            let home = match self.read(*slot, suffixes, hasher, &mut room) {
                Some((_, sought)) => self.home(sought.hash),
                None => continue,
            };
            let vacant =
                self.from(home).find(|at| self.slots.get(*at).is_some_and(|slot| *slot == [0; SLOT]));
            if let Some(place) = vacant.and_then(|at| self.slots.get_mut(at)) {
                *place = *slot;
            }
        }
    }

    /// Lets go of room that is not used, where it is much.
    pub(crate) fn shrink(&mut self, suffixes: &Suffixes, hasher: SipHasher13) {
        if self.slots.len() > slots_for(self.entries) / 8 * 9 + 16 {
            self.move_to(self.entries, suffixes, hasher);
        }
        self.arena.shrink_to_fit();
    }

    fn new_slot(&mut self, sought: &Sought<'_>, flags: Flags, suffixes: &Suffixes) -> u128 {
        let head = u128::from(OCCUPIED | flags.0);
        let number = suffixes.numbers.get(sought.suffix).copied().filter(|_| sought.fits());
        if let Some(number) = number {
            return head | u128::from(number) << 8 | sought.label << 16;
        }
        let at = self.arena.len() as u128;
        self.arena.extend_from_slice(sought.name);
        let len = sought.name.len() as u128;
        let head = head | u128::from(SPILLED) | u128::from(NO_SUFFIX) << 8;
        head | (at & 0xFF_FFFF_FFFF) << 16 | (len & 0xFF) << 56 | u128::from(sought.hash) << 64
    }

    fn spilled(&self, slot: u128) -> Option<&[u8]> {
        let (at, len) = spilled_place(slot);
        self.arena.get(at..at.checked_add(len)?)
    }

    /// Slots in the order in which a domain is looked for, each once.
    fn from(&self, home: usize) -> impl Iterator<Item = usize> + use<> {
        (home..self.slots.len()).chain(0..home)
    }

    /// The first slot of the row in which a domain is looked for first.
    #[expect(clippy::cast_possible_truncation, reason = "below the number of slots")]
    fn home(&self, hash: u64) -> usize {
        let rows = (self.slots.len() / ROW) as u128;
        ((u128::from(hash) * rows) >> 64) as usize * ROW
    }

    fn place(&self, sought: &Sought<'_>, suffixes: &Suffixes) -> Place {
        let home = self.home(sought.hash);
        let (before, behind) = self.slots.split_at_checked(home).unwrap_or_default();
        for (at, slot) in (home..).zip(behind).chain((0..).zip(before)) {
            let slot = u128::from_le_bytes(*slot);
            if !first(slot).occupied() {
                return Place::Vacant(at);
            }
            if self.is(slot, sought, suffixes) {
                return Place::At(at);
            }
        }
        Place::Full
    }

    /// Whether an occupied slot is that of a domain: its whole name is compared.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the upper half of a slot is the hash, the second byte the suffix"
    )]
    fn is(&self, slot: u128, sought: &Sought<'_>, suffixes: &Suffixes) -> bool {
        if first(slot).spilled() {
            return (slot >> 64) as u64 == sought.hash && self.spilled(slot) == Some(sought.name);
        }
        slot >> 16 == sought.label && suffixes.text((slot >> 8) as u8) == Some(sought.suffix)
    }

    /// Looks at every slot of arrays that were read: each domain must be found where it is looked for, and the looking must end.
    fn check(&self, suffixes: &Suffixes, hasher: SipHasher13) -> Result<(), Unsound> {
        let vacant = |slot: &[u8; SLOT]| *slot == [0; SLOT];
        if self.slots.len() < slots_for(self.entries) {
            return Err(Unsound("there are too few slots for the domains"));
        }
        let Some(last_vacant) = self.slots.iter().rposition(vacant) else {
            return Err(Unsound("no slot is vacant"));
        };
        // How many slots before this one are occupied without a gap, around the end of the table.
        let mut run = self.slots.len() - 1 - last_vacant;
        let (mut entries, mut with_windows) = (0, 0);
        let mut room = Vec::with_capacity(domains::LONGEST);
        for (at, slot) in self.slots.iter().enumerate() {
            if vacant(slot) {
                run = 0;
                continue;
            }
            let read = self.read(*slot, suffixes, hasher, &mut room);
            let (flags, sought) = read.ok_or(Unsound("a slot names no domain"))?;
            let home = self.home(sought.hash);
            let away = if home <= at { at - home } else { at + self.slots.len() - home };
            if away > run || !self.is(u128::from_le_bytes(*slot), &sought, suffixes) {
                return Err(Unsound("a domain is not where it is looked for"));
            }
            with_windows += usize::from(flags.has_windows());
            entries += 1;
            run += 1;
        }
        if entries != self.entries || with_windows != self.windows.len() {
            return Err(Unsound("the counts of the head are not those of the slots"));
        }
        Ok(())
    }
}

/// The first byte of a slot.
#[expect(clippy::cast_possible_truncation, reason = "the first byte alone is wanted")]
const fn first(slot: u128) -> Flags {
    Flags(slot as u8)
}

/// Where in the arena the name of a spilled slot is, and how long.
const fn spilled_place(slot: u128) -> (usize, usize) {
    ((slot >> 16 & 0xFF_FFFF_FFFF) as usize, (slot >> 56 & 0xFF) as usize)
}

/// How many slots so many domains take: three of five are occupied, so that few are looked at in vain, and one is always vacant.
pub(crate) const fn slots_for(domains: usize) -> usize {
    (domains + domains / 3 * 2 + 2).next_multiple_of(ROW)
}
