//! What happened to entries, told from the hashes they had and the hashes they have.

use crate::hash::Hash;

/// How entries differ from those known before. Entries are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// One entry was replaced by another.
    Rewritten {
        /// Which.
        at: u64,
    },
    /// One entry is gone, and those after it moved up.
    Dropped {
        /// Which it was.
        at: u64,
    },
    /// One entry was put in, and those after it moved down.
    Inserted {
        /// Which it is.
        at: u64,
    },
    /// Two entries changed places.
    Swapped {
        /// One of them.
        at: u64,
        /// The other.
        with: u64,
    },
    /// The last entries are gone.
    CutOff {
        /// How many are left.
        left: u64,
    },
    /// Several of these, or another history altogether.
    Diverged {
        /// The first entry that differs.
        from: u64,
    },
}

/// The difference of `found` from the leaf hashes `known` before; `None` when `found` has only grown.
///
/// Roots show that something was changed. This tells what, where the hashes of before are at hand: stored nodes, or an older
/// export.
pub fn difference(known: &[Hash], found: &[Hash]) -> Option<Difference> {
    let same = known.iter().zip(found).take_while(|(known, found)| known == found).count();
    let (known, found) = (known.get(same..)?, found.get(same..)?);
    let at = same as u64;
    let (first_known, known_rest) = known.split_first()?;
    let Some((first_found, found_rest)) = found.split_first() else {
        return Some(Difference::CutOff { left: at });
    };
    let difference = if found_rest.starts_with(known_rest) {
        Difference::Rewritten { at }
    } else if found.starts_with(known_rest) {
        Difference::Dropped { at }
    } else if found_rest.starts_with(known) {
        Difference::Inserted { at }
    } else if let Some(distance) = swapped_with(*first_known, known_rest, *first_found, found_rest) {
        Difference::Swapped { at, with: at + 1 + distance as u64 }
    } else {
        Difference::Diverged { from: at }
    };
    Some(difference)
}

/// Where in the rest `first_known` and `first_found` stand in each other's place, if nothing else differs.
fn swapped_with(
    first_known: Hash,
    known_rest: &[Hash],
    first_found: Hash,
    found_rest: &[Hash],
) -> Option<usize> {
    let found_rest = found_rest.get(..known_rest.len())?;
    let mut differing =
        known_rest.iter().zip(found_rest).enumerate().filter(|(_, (known, found))| known != found);
    let (distance, (known, found)) = differing.next()?;
    let swapped = *known == first_found && *found == first_known && differing.next().is_none();
    swapped.then_some(distance)
}
