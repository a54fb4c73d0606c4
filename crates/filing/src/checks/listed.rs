//! Lists of numbers of a code table: those that the table has, each once.

use crate::tables::{Entry, entry};
use std::collections::BTreeSet;

/// What is wrong with a number in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    /// The table has none such.
    Unknown,
    /// It stands in the list before.
    Twice,
}

/// The numbers that are wrong, with their places from 0.
pub(super) fn wrong(ids: &[u16], table: &'static [Entry]) -> impl Iterator<Item = (usize, u16, Listed)> {
    let mut before = BTreeSet::new();
    ids.iter().copied().enumerate().filter_map(move |(at, id)| {
        let first = before.insert(id);
        match entry(table, id) {
            None => Some((at, id, Listed::Unknown)),
            Some(_) if first => None,
            Some(_) => Some((at, id, Listed::Twice)),
        }
    })
}
