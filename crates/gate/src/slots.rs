//! Memory for the slots of a layer. A large table lies in large pages where the system has some: where in memory a slot taken at random
//! lies is found with fewer looks at the tables of the system, which cost more than the slot.

use crate::table::SLOT;
use memmap2::MmapMut;
use std::{
    fmt,
    ops::{Deref, DerefMut},
};

/// Bytes from which on a table is worth pages of its own.
const LARGE: usize = 8 << 20;

/// Slots, all of them vacant at first.
pub(crate) enum Slots {
    Small(Vec<[u8; SLOT]>),
    /// So many bytes as the slots have, to the byte.
    Large(MmapMut),
}

impl Slots {
    /// So many vacant slots. Memory is taken when they are first written.
    pub(crate) fn vacant(count: usize) -> Self {
        let large = count.checked_mul(SLOT).filter(|bytes| *bytes >= LARGE);
        // A system that has no pages to give aside has memory all the same, or ends the process as it does everywhere.
        match large.and_then(|bytes| MmapMut::map_anon(bytes).ok()) {
            Some(pages) => Self::Large(in_large_pages(pages)),
            None => Self::Small(vec![[0; SLOT]; count]),
        }
    }
}

#[cfg(target_os = "linux")]
fn in_large_pages(pages: MmapMut) -> MmapMut {
    // Where there are none, small ones do.
    let _advised = pages.advise(memmap2::Advice::HugePage);
    pages
}

#[cfg(not(target_os = "linux"))]
fn in_large_pages(pages: MmapMut) -> MmapMut {
    pages
}

impl Deref for Slots {
    type Target = [[u8; SLOT]];

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Small(slots) => slots,
            Self::Large(pages) => pages.as_chunks().0,
        }
    }
}

impl DerefMut for Slots {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Self::Small(slots) => slots,
            Self::Large(pages) => pages.as_chunks_mut().0,
        }
    }
}

impl Clone for Slots {
    fn clone(&self) -> Self {
        let mut copy = Self::vacant(self.len());
        copy.copy_from_slice(self);
        copy
    }
}

impl fmt::Debug for Slots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} slots", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_and_small_ones_are_vacant_and_as_many_as_wanted() {
        for count in [0, 1, LARGE / SLOT - 1, LARGE / SLOT, LARGE / SLOT + 1] {
            let mut slots = Slots::vacant(count);
            assert_eq!((slots.len(), matches!(slots, Slots::Large(_))), (count, count * SLOT >= LARGE));
            assert!(slots.iter().all(|slot| *slot == [0; SLOT]));
            if let Some(last) = slots.last_mut() {
                *last = [7; SLOT];
            }
            assert_eq!(slots.clone().last(), slots.last());
        }
    }
}
