//! How much a website may have of what is looked up one by one when an order is checked.

use super::Form;

/// Domains of one website at most. Few have more than a handful; each is looked up in the transaction of a submission, while others
/// wait for theirs.
pub const MOST_DOMAINS: usize = 50;
/// Addresses of one website at most: those of the instances behind it, which are compared with one another.
pub const MOST_ADDRESSES: usize = 50;

/// Websites at most that are kept at all: twice as many as an order may have, so that one too many is told and not lost.
pub const MOST_WEBSITES_KEPT: usize = 20;

/// A list that is longer than it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overfull {
    /// Where it is: `websites[0].domains`.
    pub path: String,
    /// How many it may have.
    pub most: usize,
    /// How many it has.
    pub found: usize,
}

impl Form {
    /// Every list that is longer than it may be.
    pub fn overfull(&self) -> Vec<Overfull> {
        let websites = self.websites.iter().enumerate().flat_map(|(nth, website)| {
            [
                ("domains", MOST_DOMAINS, website.domains.len()),
                ("addresses", MOST_ADDRESSES, website.addresses.len()),
            ]
            .map(|(list, most, found)| Overfull {
                path: format!("websites[{nth}].{list}"),
                most,
                found,
            })
        });
        let all =
            Overfull { path: "websites".to_owned(), most: MOST_WEBSITES_KEPT, found: self.websites.len() };
        std::iter::once(all).chain(websites).filter(|list| list.found > list.most).collect()
    }
}
