//! Which orders about one subject contradict each other, so that they cannot be under way at once: one that ends something, and one
//! that is about what ends; two that say the same, or different things, of one website.
//!
//! The bureau takes orders one by one and answers each for itself: of two that contradict each other it rejects the later, or worse,
//! files both.

use super::Kind;

/// Whether an order of the kind `one` contradicts one of the kind `other` about the same subject. `same_website` says whether both
/// name the same of its websites. Which of the two came first does not matter.
pub const fn contradict(one: Kind, other: Kind, same_website: bool) -> bool {
    use Kind::{AddAccess, AddWebsite, CancelAccess, CancelSubject, CancelWebsite, Change, FirstFiling};
    match (one, other) {
        // What has no number yet is found by its domain and its certificate.
        (FirstFiling, _) | (_, FirstFiling) => false,
        (CancelSubject, _) | (_, CancelSubject) | (Change, Change) => true,
        // A new website is none that others are about, and where a website is hosted too is no part of what changes.
        (AddWebsite, _) | (_, AddWebsite) | (AddAccess, Change) | (Change, AddAccess) => false,
        (AddAccess | Change | CancelWebsite | CancelAccess, _) => same_website,
    }
}
