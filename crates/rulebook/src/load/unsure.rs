//! What could not be read, so that nothing is concluded from its absence in the editions above.

use std::collections::{BTreeMap, BTreeSet};

/// What of a row could not be read, here or in the editions below. A fault that rests on such a key is not told: it may
/// be gone once the key is mended.
#[derive(Clone, Debug, Default)]
pub(super) struct Unsure {
    /// Whether every key is that was not settled since, and with them whether there is such a row.
    whole: bool,
    settled: BTreeSet<&'static str>,
    keys: BTreeSet<&'static str>,
}

impl Unsure {
    /// Nothing is known of the row.
    pub(super) fn whole() -> Self {
        Self { whole: true, ..Self::default() }
    }

    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    pub(super) fn about(&self, key: &'static str) -> bool {
        self.keys.contains(key) || (self.whole && !self.settled.contains(key))
    }

    /// Notes that a row writes `key`, and whether that could be read.
    pub(super) fn written(&mut self, key: &'static str, readable: bool) {
        if readable { self.settle(key) } else { self.doubt(key) }
    }

    /// Notes that the row says itself what holds of `key`, whatever is below.
    pub(super) fn settle(&mut self, key: &'static str) {
        self.keys.remove(key);
        self.settled.insert(key);
    }

    pub(super) fn doubt(&mut self, key: &'static str) {
        self.keys.insert(key);
        self.settled.remove(key);
    }

    fn is_nothing(&self) -> bool {
        !self.whole && self.keys.is_empty()
    }
}

/// What of the rows of an edition could not be read.
#[derive(Clone, Debug, Default)]
pub(super) struct UnsureRows {
    /// Whether any product may be there.
    pub(super) any: bool,
    /// Whatever product one of so many first editions has may be there: which of them is the base is not known.
    of_first: usize,
    rows: BTreeMap<String, Unsure>,
}

/// The first edition, counted from 0, that has or may have a product.
pub(super) type Since = BTreeMap<String, usize>;

impl UnsureRows {
    /// Any product may be there.
    pub(super) fn any() -> Self {
        Self { any: true, ..Self::default() }
    }

    /// Any product may be there that one of the first `editions` has, and any at all where `any` says so.
    pub(super) fn of_first(editions: usize, any: bool) -> Self {
        Self { any, of_first: editions, ..Self::default() }
    }

    pub(super) fn of(&self, product: &str, since: &Since) -> Unsure {
        let may_be_there = || self.any || since.get(product).is_some_and(|first| *first < self.of_first);
        match self.rows.get(product) {
            Some(unsure) => unsure.clone(),
            None if may_be_there() => Unsure::whole(),
            None => Unsure::default(),
        }
    }

    pub(super) fn set(&mut self, product: &str, unsure: Unsure) {
        if unsure.is_nothing() && !self.any && self.of_first == 0 {
            self.rows.remove(product);
        } else {
            self.rows.insert(product.to_owned(), unsure);
        }
    }

    pub(super) fn products(&self) -> impl Iterator<Item = &String> {
        self.rows.keys()
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}
