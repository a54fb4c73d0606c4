//! From the text of a rulebook file to a [`Rulebook`], or to every fault in it at once.

mod row;
mod tree;

use crate::{
    edition::{Document, Edition, EditionHead, Policy, Row, Rulebook, Stated},
    fault::{Expected, Fault, FaultKind, Faults},
    region::Regions,
    text::folded,
};
use row::RowReader;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use toml::de::DeTable;
use tree::{Fields, Node, Noted};

/// The rules of the reference provider as published; not affiliated with the publisher.
pub const ALIYUN: &str = include_str!("../../../../rulebooks/aliyun.toml");

/// No rulebook is larger: a thousand products in a hundred editions fit.
const MAX_BYTES: usize = 8 << 20;
/// Products and editions are counted in 16 bits and compared pairwise.
const MAX_PRODUCTS: usize = 4096;

impl Rulebook {
    /// Reads a rulebook file. It is taken whole or not at all: any fault refuses it, and all are told together.
    pub fn parse(text: &str) -> Result<Self, Faults> {
        let mut noted = Noted::new(text);
        if text.len() > MAX_BYTES {
            noted.note(0..0, "", FaultKind::TooMany { found: text.len(), limit: MAX_BYTES });
            return Err(Faults(noted.into_sorted()));
        }
        let (file, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let at = error.span().unwrap_or(text.len()..text.len());
            noted.note(at, "", FaultKind::Syntax(error.message().to_owned()));
        }
        let rulebook = if errors.is_empty() { rulebook(Fields::root(&file), &mut noted) } else { None };
        match (rulebook, noted.into_sorted()) {
            (Some(rulebook), faults) if faults.is_empty() => Ok(rulebook),
            (_, faults) => Err(Faults(faults)),
        }
    }

    /// The built-in rulebook [`ALIYUN`].
    pub fn aliyun() -> Result<Self, Faults> {
        Self::parse(ALIYUN)
    }
}

fn rulebook(mut file: Fields<'_, '_>, noted: &mut Noted<'_>) -> Option<Rulebook> {
    let id = file.need(noted, "id", Expected::Id).and_then(|node| node.id(noted));
    let name = file.need(noted, "name", Expected::BothLanguages).and_then(|node| node.both_languages(noted));
    let notice = file.get("notice").and_then(|node| node.both_languages(noted));
    let documents = file.need(noted, "documents", Expected::Table).map(|node| documents(&node, noted));
    let documents = documents.unwrap_or_default();
    let regions = file.need(noted, "regions", Expected::Table).and_then(|node| regions(&node, noted));
    let regions = Arc::new(regions.unwrap_or_default());
    let editions = match file.get("editions") {
        Some(node) => node.list(noted, Expected::Editions),
        None => Vec::new(),
    };
    if editions.is_empty() {
        file.note(noted, FaultKind::NoEditions);
    }
    let listed: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
    let mut read: Vec<Edition> = Vec::with_capacity(editions.len());
    let mut faulty = BTreeSet::new();
    for node in &editions {
        let before = noted.len();
        let reader = EditionReader { listed: &listed, regions: &regions, earlier: &read, faulty: &faulty };
        let mut named = Named::default();
        let edition = reader.read(node, noted, &mut named);
        let shaky = named
            .based_on
            .is_some_and(|base| faulty.contains(&base) || read.iter().all(|edition| edition.id != base));
        if shaky {
            noted.take_back(before, may_follow);
        }
        if shaky || noted.len() > before {
            faulty.extend(named.id);
        }
        read.extend(edition);
    }
    file.finish(noted);
    Some(Rulebook { id: id?, name: name?, notice, documents, editions: read })
}

fn documents(node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Vec<Document> {
    let mut documents = Vec::new();
    for (id, node) in node.entries(noted) {
        let Some(mut fields) = node.fields(noted, Expected::Table) else { continue };
        let title = fields.need(noted, "title", Expected::BothLanguages);
        let title = title.and_then(|node| node.both_languages(noted));
        let version =
            fields.get("version").and_then(|node| node.text(noted, Expected::Text).map(str::to_owned));
        fields.finish(noted);
        if let Some(title) = title {
            documents.push(Document { id: id.to_owned(), title, version });
        }
    }
    documents
}

fn regions(node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Option<Regions> {
    let mut fields = node.fields(noted, Expected::Table)?;
    let mainland = fields.need(noted, "mainland", Expected::Texts).map(|node| node.texts(noted));
    let outside = fields.need(noted, "outside", Expected::Texts).map(|node| node.texts(noted));
    fields.finish(noted);
    let (mainland, outside) = (mainland?, outside?);
    let mut seen = BTreeSet::new();
    for (name, node) in mainland.iter().chain(&outside) {
        let name = folded(name);
        if name.trim_end_matches('*').contains('*') || name == "*" {
            node.unexpected(noted, Expected::Region);
        }
        if !seen.insert(name.clone()) {
            node.note(noted, FaultKind::RegionTwice(name));
        }
    }
    let names =
        |list: &[(&str, Node<'_, '_>)]| list.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>();
    let (mainland, outside) = (names(&mainland), names(&outside));
    Some(Regions::new(mainland.iter().map(String::as_str), outside.iter().map(String::as_str)))
}

/// Reads one edition on top of the earlier ones.
struct EditionReader<'r> {
    listed: &'r [&'r str],
    regions: &'r Arc<Regions>,
    earlier: &'r [Edition],
    /// The ids of earlier editions that have faults, whether they could be read or not.
    faulty: &'r BTreeSet<String>,
}

/// What an edition calls itself and the one below it, as far as that could be read.
#[derive(Default)]
struct Named {
    id: Option<String>,
    based_on: Option<String>,
}

/// Whether a fault may only follow from one in the edition below: it is told once that one is mended.
fn may_follow(kind: &FaultKind) -> bool {
    match kind {
        FaultKind::Missing { key, .. } => {
            matches!(*key, "name" | "restore_on_cancel" | "on_abandon" | "code_use")
        }
        FaultKind::UnknownProduct(_)
        | FaultKind::NothingToDrop(_)
        | FaultKind::NothingToConfirm(_)
        | FaultKind::TermWithoutBilling
        | FaultKind::NameTwice { .. }
        | FaultKind::Contradiction { .. }
        | FaultKind::Needs { .. } => true,
        _ => false,
    }
}

impl EditionReader<'_> {
    fn read(&self, node: &Node<'_, '_>, noted: &mut Noted<'_>, named: &mut Named) -> Option<Edition> {
        let mut fields = node.fields(noted, Expected::Editions)?;
        let id = fields.need(noted, "id", Expected::Id);
        let id = id.and_then(|node| self.new_id(&node, noted));
        if let Some(id) = &id {
            fields.path = format!("editions.{id}");
        }
        named.id.clone_from(&id);
        let effective = fields.need(noted, "effective", Expected::Day);
        let effective = effective.and_then(|node| self.later_day(&node, noted));
        let estimated = fields.get("estimated").and_then(|node| node.truth(noted)).unwrap_or(false);
        let base = fields.get("based_on").and_then(|node| self.base(&node, noted, named));
        let source = fields.need(noted, "source", Expected::Texts);
        let source = source.map(|node| node.documents(noted, self.listed)).unwrap_or_default();
        let policy = self.policy(&mut fields, noted, base, &source);
        let stated_for = fields.get("stated_for");
        let products = fields.need(noted, "products", Expected::Table);
        let rows = products.map(|node| self.rows(&node, noted, base)).unwrap_or_default();
        let stated_for = stated_for.map(|node| stated_for_products(&node, noted, &rows)).unwrap_or_default();
        fields.finish(noted);
        let head = EditionHead {
            id: id?,
            effective: effective?,
            estimated,
            stated_for,
            based_on: base.map(|base| base.id.clone()),
            source,
            policy: policy?,
        };
        Some(Edition::new(head, Arc::clone(self.regions), rows))
    }

    fn new_id(&self, node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Option<String> {
        let id = node.id(noted)?;
        if self.faulty.contains(&id) || self.earlier.iter().any(|edition| edition.id == id) {
            node.note(noted, FaultKind::EditionTwice(id.clone()));
        }
        Some(id)
    }

    fn later_day(&self, node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Option<jiff::civil::Date> {
        let day = node.day(noted)?;
        if let Some(before) =
            self.earlier.last().map(|edition| edition.effective).filter(|before| *before >= day)
        {
            let kind = FaultKind::OutOfOrder { before: before.to_string(), day: day.to_string() };
            node.note(noted, kind);
        }
        Some(day)
    }

    fn base(&self, node: &Node<'_, '_>, noted: &mut Noted<'_>, named: &mut Named) -> Option<&Edition> {
        let id = named.based_on.insert(node.id(noted)?).clone();
        let base = self.earlier.iter().find(|edition| edition.id == id);
        if base.is_none() && !self.faulty.contains(&id) {
            let earlier = self.earlier.iter().map(|edition| edition.id.clone()).collect();
            node.note(noted, FaultKind::UnknownBase { found: id, earlier });
        }
        base
    }

    fn policy(
        &self,
        fields: &mut Fields<'_, '_>,
        noted: &mut Noted<'_>,
        base: Option<&Edition>,
        source: &[String],
    ) -> Option<Policy> {
        let reader = RowReader { listed: self.listed, source };
        let base = base.map(|base| &base.policy);
        let restore =
            reader.policy(fields, noted, "restore_on_cancel", base.map(|base| &base.restore_on_cancel));
        let abandon = reader.policy(fields, noted, "on_abandon", base.map(|base| &base.on_abandon));
        let code_use = reader.policy(fields, noted, "code_use", base.map(|base| &base.code_use));
        Some(Policy { restore_on_cancel: restore?, on_abandon: abandon?, code_use: code_use? })
    }

    /// The rows of the base with what this edition changes.
    fn rows(&self, node: &Node<'_, '_>, noted: &mut Noted<'_>, base: Option<&Edition>) -> Vec<Row> {
        let mut rows = base.map(|base| base.rows().to_vec()).unwrap_or_default();
        let entries = node.entries(noted);
        if entries.len() > MAX_PRODUCTS {
            node.note(noted, FaultKind::TooMany { found: entries.len(), limit: MAX_PRODUCTS });
            return rows;
        }
        for (product, node) in entries {
            let at = rows.iter().position(|row| row.product == product);
            let change = row::change(product, &node, noted, self.listed, at.and_then(|at| rows.get(at)));
            match (change, at.and_then(|at| rows.get_mut(at))) {
                (row::Change::Set(row), Some(slot)) => *slot = *row,
                (row::Change::Set(row), None) => rows.push(*row),
                (row::Change::Withdrawn, _) => rows.retain(|row| row.product != product),
                (row::Change::Faulty, _) => {}
            }
        }
        names_apart(node, noted, &rows);
        rows
    }
}

fn stated_for_products(node: &Node<'_, '_>, noted: &mut Noted<'_>, rows: &[Row]) -> Vec<String> {
    let mut products = Vec::new();
    for (product, node) in node.texts(noted) {
        if rows.iter().any(|row| row.product == product) {
            products.push(product.to_owned());
        } else {
            node.note(noted, FaultKind::UnknownProduct(product.to_owned()));
        }
    }
    products
}

/// Notes ids, names and aliases that two products share.
fn names_apart(node: &Node<'_, '_>, noted: &mut Noted<'_>, rows: &[Row]) {
    let mut owner: BTreeMap<String, &str> = BTreeMap::new();
    for row in rows {
        let names = [&row.product, &row.name.zh, &row.name.en].into_iter().chain(&row.aliases);
        for name in names {
            match owner.insert(folded(name), &row.product) {
                Some(other) if other != row.product => {
                    let kind = FaultKind::NameTwice { name: name.clone(), other: other.to_owned() };
                    noted.note(node.span(), &format!("{}.{}", node.path, row.product), kind);
                }
                _ => {}
            }
        }
    }
}

/// Every fault of a rulebook file, none when it can be used.
pub fn lint(text: &str) -> Vec<Fault> {
    Rulebook::parse(text).err().map(|faults| faults.0).unwrap_or_default()
}

/// A value together with where it is stated, before it is known what a condition it makes.
type Read<T> = Option<Stated<T>>;
