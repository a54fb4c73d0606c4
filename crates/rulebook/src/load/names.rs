//! No two products of an edition answer to the same id, name or alias.

use super::tree::{Node, Noted};
use crate::{edition::Row, fault::FaultKind, text::folded};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// What of a row a name stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Id,
    Name,
    Aliases,
}

/// An id, name or alias, where this edition writes it.
pub(super) struct Written<'t> {
    product: &'t str,
    part: Part,
    name: &'t str,
    span: Range<usize>,
    path: String,
}

impl<'t> Written<'t> {
    pub(super) fn new(product: &'t str, part: Part, name: &'t str, node: &Node<'_, '_>) -> Self {
        Self { product, part, name, span: node.span(), path: node.path.clone() }
    }
}

/// Notes the names written here that another product has: one that it inherits, or one written further up. Two that are
/// inherited were told in the edition below.
pub(super) fn apart(rows: &[Row], written: &[Written<'_>], noted: &mut Noted<'_>) {
    let here: BTreeSet<_> = written.iter().map(|name| (name.product, name.part)).collect();
    let mut owner: BTreeMap<String, &str> = BTreeMap::new();
    for row in rows {
        let aliases = row.aliases.iter().map(|alias| (Part::Aliases, alias));
        let names = [(Part::Id, &row.product), (Part::Name, &row.name.zh), (Part::Name, &row.name.en)];
        for (part, name) in names.into_iter().chain(aliases) {
            if !here.contains(&(row.product.as_str(), part)) {
                owner.entry(folded(name)).or_insert(&row.product);
            }
        }
    }
    for Written { product, name, span, path, .. } in written {
        let other = *owner.entry(folded(name)).or_insert(product);
        if other != *product {
            let kind = FaultKind::NameTwice { name: (*name).into(), other: other.into() };
            noted.note(span.clone(), path, kind);
        }
    }
}
