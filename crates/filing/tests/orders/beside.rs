//! Which orders cannot be under way at once: the table said once more, pair by pair.

use filing::orders::{Kind, contradict};

/// When a pair contradicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Never,
    SameWebsite,
    Always,
}
use When::{Always, Never, SameWebsite};

/// In the order of [`Kind::ALL`].
const TABLE: [[When; 7]; 7] = [
    [Never, Never, Never, Never, Never, Never, Never],
    [Never, Never, Never, Never, Always, Never, Never],
    [Never, Never, SameWebsite, Never, Always, SameWebsite, SameWebsite],
    [Never, Never, Never, Always, Always, SameWebsite, SameWebsite],
    [Never, Always, Always, Always, Always, Always, Always],
    [Never, Never, SameWebsite, SameWebsite, Always, SameWebsite, SameWebsite],
    [Never, Never, SameWebsite, SameWebsite, Always, SameWebsite, SameWebsite],
];

#[test]
fn every_pair_of_kinds_contradicts_as_the_table_says_whichever_came_first() {
    for (one, row) in Kind::ALL.into_iter().zip(TABLE) {
        for (other, when) in Kind::ALL.into_iter().zip(row) {
            let found = match (contradict(one, other, false), contradict(one, other, true)) {
                (false, false) => Never,
                (false, true) => SameWebsite,
                (true, true) => Always,
                (true, false) => panic!("{one:?} {other:?}: only where they are about different websites"),
            };
            assert_eq!(found, when, "{one:?} {other:?}");
            assert_eq!(contradict(other, one, true), contradict(one, other, true), "{one:?} {other:?}");
        }
    }
}
