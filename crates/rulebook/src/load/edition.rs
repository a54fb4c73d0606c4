//! One edition of the file, laid over an earlier one; read as far as it can be, so that the next can be laid over it.

use super::{
    names,
    row::{Change, Reading},
    stated::RowReader,
    tree::{Fields, Node, Noted},
    unsure::{Since, UnsureRows},
};
use crate::{
    edition::{CodeUse, Edition, EditionHead, OnAbandon, Policy, RestoreOnCancel, Row, Stated},
    fault::{Expected, FaultKind, Shown},
    region::Regions,
    text::Text,
};
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, BTreeSet},
    mem::size_of,
    sync::Arc,
};

/// Products of one edition: they are counted in 16 bits, and no provider sells as many.
const MAX_PRODUCTS: usize = 4096;
/// Rows of all editions together, inherited ones counted in each: sixteen editions of the largest size.
const MAX_ROWS: usize = 65_536;
/// Bytes that the rows and policies of all editions together take, inherited ones counted in each: what a small file can
/// make of memory by repeating a long row in every edition.
const MAX_HELD: usize = 64 << 20;

/// An edition as far as it could be read.
#[derive(Default)]
pub(super) struct Draft {
    id: Option<String>,
    effective: Option<Date>,
    estimated: bool,
    stated_for: Vec<String>,
    based_on: Option<String>,
    source: Vec<String>,
    policy: DraftPolicy,
    rows: Vec<Row>,
    unsure: UnsureRows,
}

#[derive(Default)]
struct DraftPolicy {
    restore_on_cancel: Option<Stated<RestoreOnCancel>>,
    on_abandon: Option<Stated<OnAbandon>>,
    code_use: Option<Stated<CodeUse>>,
}

impl Draft {
    fn unreadable() -> Self {
        Self { unsure: UnsureRows::any(), ..Self::default() }
    }

    pub(super) fn into_edition(self, regions: &Arc<Regions>) -> Option<Edition> {
        let Self { id, effective, estimated, stated_for, based_on, source, policy, rows, unsure: _ } = self;
        let DraftPolicy { restore_on_cancel, on_abandon, code_use } = policy;
        let policy =
            Policy { restore_on_cancel: restore_on_cancel?, on_abandon: on_abandon?, code_use: code_use? };
        let head =
            EditionHead { id: id?, effective: effective?, estimated, stated_for, based_on, source, policy };
        Some(Edition::new(head, Arc::clone(regions), rows))
    }

    /// The products that it has or may have.
    pub(super) fn products(&self) -> impl Iterator<Item = &String> {
        self.rows.iter().map(|row| &row.product).chain(self.unsure.products())
    }
}

/// What editions take in memory.
#[derive(Clone, Copy, Default)]
pub(super) struct Held {
    rows: usize,
    bytes: usize,
}

impl Held {
    pub(super) fn add(&mut self, draft: &Draft) {
        let DraftPolicy { restore_on_cancel, on_abandon, code_use } = &draft.policy;
        let policies = [
            restore_on_cancel.as_ref().map(of_stated),
            on_abandon.as_ref().map(of_stated),
            code_use.as_ref().map(of_stated),
        ];
        self.rows += draft.rows.len() + draft.unsure.len();
        self.bytes += policies.into_iter().flatten().chain(draft.rows.iter().map(of_row)).sum::<usize>();
    }

    /// What is too much once an edition on `base` that writes `written` rows is added, all of them counted as new.
    fn too_much(mut self, base: Option<&Draft>, written: usize) -> Option<FaultKind> {
        if let Some(base) = base {
            self.add(base);
        }
        let found = self.rows + written;
        if found > MAX_ROWS {
            return Some(FaultKind::TooMany { found, limit: MAX_ROWS });
        }
        let found = self.bytes;
        (found > MAX_HELD).then_some(FaultKind::TooMany { found, limit: MAX_HELD })
    }
}

fn of_texts<'s>(texts: impl IntoIterator<Item = &'s String>) -> usize {
    texts.into_iter().map(|text| size_of::<String>() + text.len()).sum()
}

fn of_text(text: &Text) -> usize {
    of_texts([&text.zh, &text.en])
}

fn of_stated<T>(stated: &Stated<T>) -> usize {
    size_of::<Stated<T>>() + of_texts(&stated.source) + stated.note.as_ref().map_or(0, of_text)
}

fn of_row(row: &Row) -> usize {
    let texts =
        of_texts([&row.product]) + of_text(&row.name) + of_texts(&row.aliases) + of_texts(&row.source);
    let values = of_stated(&row.verified_by) + of_stated(&row.code_made);
    let places = [&row.place, &row.credentials_from].into_iter().flatten();
    let places: usize = places.map(|place| of_stated(place) + of_text(&place.value)).sum();
    size_of::<Row>() + texts + values + places + row.conditions.iter().map(of_stated).sum::<usize>()
}

/// Reads one edition on top of the earlier ones.
pub(super) struct EditionReader<'r> {
    pub(super) listed: &'r BTreeSet<&'r str>,
    pub(super) earlier: &'r [Draft],
    /// Since which of them a product is there.
    pub(super) since: &'r Since,
    pub(super) held: Held,
}

/// What an edition is laid over.
#[derive(Clone, Copy)]
enum Base<'r> {
    Nothing,
    /// It says that it has a base, but not one that can be found.
    Unknown,
    On(&'r Draft),
}

impl<'r> Base<'r> {
    const fn draft(self) -> Option<&'r Draft> {
        match self {
            Self::On(draft) => Some(draft),
            Self::Nothing | Self::Unknown => None,
        }
    }
}

impl<'r> EditionReader<'r> {
    /// `None` where it would be too much to hold: nothing is read from there on.
    pub(super) fn read(&self, node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Option<Draft> {
        let Some(mut fields) = node.fields(noted, Expected::Editions) else {
            return Some(Draft::unreadable());
        };
        let id = fields.need(noted, "id", Expected::Id);
        let id = id.and_then(|node| self.new_id(&node, noted));
        if let Some(id) = &id {
            fields.path = format!("editions.{}", Shown::from(id.as_str()));
        }
        let effective = fields.need(noted, "effective", Expected::Day);
        let effective = effective.and_then(|node| self.later_day(&node, noted));
        let estimated = fields.get("estimated").and_then(|node| node.truth(noted)).unwrap_or(false);
        let base = fields.get("based_on").map_or(Base::Nothing, |node| self.base(&node, noted));
        let products = fields.need(noted, "products", Expected::Table);
        if let Some(kind) = self.held.too_much(base.draft(), products.as_ref().map_or(0, Node::len)) {
            fields.note(noted, kind);
            return None;
        }
        let source = fields.need(noted, "source", Expected::Texts);
        let source = source.map(|node| self.source(&node, noted)).unwrap_or_default();
        let policy = self.policy(&mut fields, noted, base, &source);
        let stated_for = fields.get("stated_for");
        let (rows, unsure) = self.rows(products.as_ref(), noted, base);
        let stated_for = stated_for.map(|node| self.stated_for(&node, noted, &rows, &unsure));
        fields.finish(noted);
        Some(Draft {
            id,
            effective,
            estimated,
            stated_for: stated_for.unwrap_or_default(),
            based_on: base.draft().and_then(|base| base.id.clone()),
            source,
            policy,
            rows,
            unsure,
        })
    }

    fn new_id(&self, node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Option<String> {
        let id = node.id(noted)?;
        if self.earlier.iter().any(|edition| edition.id.as_ref() == Some(&id)) {
            node.note(noted, FaultKind::EditionTwice(id.as_str().into()));
        }
        Some(id)
    }

    fn later_day(&self, node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Option<Date> {
        let day = node.day(noted)?;
        let before = self.earlier.iter().rev().find_map(|edition| edition.effective);
        if let Some(before) = before.filter(|before| *before >= day) {
            let kind = FaultKind::OutOfOrder { before: before.to_string(), day: day.to_string() };
            node.note(noted, kind);
        }
        Some(day)
    }

    fn base(&self, node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Base<'r> {
        let Some(id) = node.id(noted) else { return Base::Unknown };
        if let Some(base) = self.earlier.iter().find(|edition| edition.id.as_ref() == Some(&id)) {
            return Base::On(base);
        }
        // One whose id cannot be read may be the one that is meant.
        if self.earlier.iter().all(|edition| edition.id.is_some()) {
            let earlier = self.earlier.iter().filter_map(|edition| edition.id.as_deref());
            let earlier = earlier.map(Shown::from).collect();
            node.note(noted, FaultKind::UnknownBase { found: id.as_str().into(), earlier });
        }
        Base::Unknown
    }

    fn source(&self, node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Vec<String> {
        let before = noted.times();
        let source = node.documents(noted, self.listed);
        if source.is_empty() && noted.times() == before {
            node.note(noted, FaultKind::NoSource);
        }
        source
    }

    fn policy(
        &self,
        fields: &mut Fields<'_, '_>,
        noted: &mut Noted<'_>,
        base: Base<'_>,
        source: &[String],
    ) -> DraftPolicy {
        let reader = RowReader { listed: self.listed, source, assumed: false };
        let needed = matches!(base, Base::Nothing);
        let base = base.draft().map(|base| &base.policy);
        let below = base.and_then(|base| base.restore_on_cancel.as_ref());
        let restore_on_cancel = reader.policy(fields, noted, "restore_on_cancel", below, needed);
        let below = base.and_then(|base| base.on_abandon.as_ref());
        let on_abandon = reader.policy(fields, noted, "on_abandon", below, needed);
        let below = base.and_then(|base| base.code_use.as_ref());
        let code_use = reader.policy(fields, noted, "code_use", below, needed);
        DraftPolicy { restore_on_cancel, on_abandon, code_use }
    }

    /// The rows of the base with what this edition changes, and what of them is unsure.
    fn rows(
        &self,
        node: Option<&Node<'_, '_>>,
        noted: &mut Noted<'_>,
        base: Base<'_>,
    ) -> (Vec<Row>, UnsureRows) {
        let mut unsure = self.unsure_below(base);
        let mut rows: Vec<Option<Row>> =
            base.draft().map(|base| base.rows.iter().cloned().map(Some).collect()).unwrap_or_default();
        let entries = node.map(|node| node.entries(noted)).unwrap_or_default();
        unsure.any |= node.is_none_or(|node| !node.is_table());
        if entries.len() > MAX_PRODUCTS {
            let kind = FaultKind::TooMany { found: entries.len(), limit: MAX_PRODUCTS };
            if let Some(node) = node {
                node.note(noted, kind);
            }
            unsure.any = true;
            return (rows.into_iter().flatten().collect(), unsure);
        }
        let places = rows.iter().enumerate();
        let places: BTreeMap<String, usize> =
            places.filter_map(|(at, row)| Some((row.as_ref()?.product.clone(), at))).collect();
        let mut names = Vec::new();
        for (product, node) in entries {
            let at = places.get(product).copied();
            let mut reading = Reading {
                product,
                listed: self.listed,
                base: at.and_then(|at| rows.get(at)).and_then(Option::as_ref),
                unsure: unsure.of(product, self.since),
                names: &mut names,
            };
            let change = reading.change(&node, noted);
            unsure.set(product, reading.unsure);
            match (change, at.and_then(|at| rows.get_mut(at))) {
                (Change::Set(row), Some(place)) => *place = Some(*row),
                (Change::Set(row), None) => rows.push(Some(*row)),
                (Change::Withdrawn, Some(place)) => *place = None,
                (Change::Withdrawn, None) | (Change::Faulty, _) => {}
            }
        }
        let rows: Vec<Row> = rows.into_iter().flatten().collect();
        names::apart(&rows, &names, noted);
        if let Some(node) = node.filter(|_| rows.len() > MAX_PRODUCTS) {
            node.note(noted, FaultKind::TooMany { found: rows.len(), limit: MAX_PRODUCTS });
        }
        (rows, unsure)
    }

    fn unsure_below(&self, base: Base<'_>) -> UnsureRows {
        match base {
            Base::Nothing => UnsureRows::default(),
            Base::On(base) => base.unsure.clone(),
            Base::Unknown => {
                let any = self.earlier.iter().any(|edition| edition.unsure.any);
                UnsureRows::of_first(self.earlier.len(), any)
            }
        }
    }

    fn stated_for(
        &self,
        node: &Node<'_, '_>,
        noted: &mut Noted<'_>,
        rows: &[Row],
        unsure: &UnsureRows,
    ) -> Vec<String> {
        let here: BTreeSet<&str> = rows.iter().map(|row| row.product.as_str()).collect();
        let mut products = Vec::new();
        for (product, node) in node.texts(noted) {
            if here.contains(product) {
                products.push(product.to_owned());
            } else if !unsure.of(product, self.since).is_whole() {
                node.note(noted, FaultKind::UnknownProduct(product.into()));
            }
        }
        products
    }
}
