//! Names that stand more than once among many: strangers choose how many there are, so each costs the same.

use std::{collections::HashSet, hash::Hash};

/// Each name in its turn, and whether it was there before.
pub(super) fn noting_repeats<N: Copy + Eq + Hash>(
    names: impl Iterator<Item = N>,
) -> impl Iterator<Item = (N, bool)> {
    let mut seen = HashSet::new();
    names.map(move |name| (name, !seen.insert(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{cell::Cell, hash::Hasher};

    thread_local! {
        static COMPARED: Cell<usize> = const { Cell::new(0) };
    }

    /// A name that counts how often it is compared.
    #[derive(Clone, Copy)]
    struct Counted(usize);

    impl PartialEq for Counted {
        fn eq(&self, other: &Self) -> bool {
            COMPARED.set(COMPARED.get() + 1);
            self.0 == other.0
        }
    }

    impl Eq for Counted {}

    impl Hash for Counted {
        fn hash<H: Hasher>(&self, state: &mut H) {
            self.0.hash(state);
        }
    }

    #[test]
    fn a_name_is_told_from_the_second_time_on() {
        let told: Vec<_> = noting_repeats(["a", "b", "a", "a"].into_iter()).collect();
        assert_eq!(told, [("a", false), ("b", false), ("a", true), ("a", true)]);
    }

    #[test]
    fn a_hundred_thousand_names_are_hardly_ever_compared() {
        assert_eq!(noting_repeats((0..100_000).map(Counted)).filter(|(_, before)| *before).count(), 0);
        assert!(COMPARED.get() < 100_000, "{} comparisons", COMPARED.get());
    }
}
