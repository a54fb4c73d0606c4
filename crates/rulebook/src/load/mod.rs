//! From the text of a rulebook file to a [`Rulebook`], or to every fault in it at once.

mod conditions;
mod edition;
mod names;
mod row;
mod sense;
mod stated;
mod tree;
mod unsure;

use crate::{
    edition::{Document, Rulebook},
    fault::{Expected, Fault, FaultKind, Faults, Shown},
    region::Regions,
    text::folded,
};
use edition::{Draft, EditionReader, Held};
use std::{collections::BTreeSet, sync::Arc};
use toml::de::DeTable;
use tree::{Fields, Node, Noted};
use unsure::Since;

/// The rules of the reference provider as published; not affiliated with the publisher.
pub const ALIYUN: &str = include_str!("../../../../rulebooks/aliyun.toml");

/// Bytes of a rulebook file. A thousand products in a hundred editions fit; who reads one from outside need not read
/// more than a byte beyond this.
pub const MAX_BYTES: usize = 8 << 20;
/// Editions of a rulebook: one a month for twenty years fits. Every edition holds all its rows, inherited or not.
const MAX_EDITIONS: usize = 256;

impl Rulebook {
    /// Reads a rulebook file. It is taken whole or not at all: any fault refuses it, and all are told together.
    pub fn parse(text: &str) -> Result<Self, Faults> {
        let mut noted = Noted::new(text);
        if text.len() > MAX_BYTES {
            noted.note(0..0, "", FaultKind::TooMany { found: text.len(), limit: MAX_BYTES });
            return Err(Faults(noted.into_faults()));
        }
        let (file, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let at = error.span().unwrap_or(text.len()..text.len());
            noted.note(at, "", FaultKind::Syntax(error.message().to_owned()));
        }
        let rulebook = if errors.is_empty() { rulebook(Fields::root(&file), &mut noted) } else { None };
        match (rulebook, noted.into_faults()) {
            (Some(rulebook), faults) if faults.is_empty() => Ok(rulebook),
            (_, faults) => Err(Faults(faults)),
        }
    }

    /// Reads a rulebook file whose encoding nobody has looked at yet; one that is not UTF-8 is refused at the first byte
    /// that is not.
    pub fn parse_bytes(file: &[u8]) -> Result<Self, Faults> {
        if file.len() > MAX_BYTES {
            let kind = FaultKind::TooMany { found: file.len(), limit: MAX_BYTES };
            return Err(Faults(vec![Fault { line: 1, column: 1, path: String::new(), kind }]));
        }
        if let Ok(text) = std::str::from_utf8(file) {
            return Self::parse(text);
        }
        let readable = file.utf8_chunks().next().map(|chunk| chunk.valid()).unwrap_or_default();
        let mut noted = Noted::new(readable);
        noted.note(readable.len()..readable.len(), "", FaultKind::NotUtf8);
        Err(Faults(noted.into_faults()))
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
    let listed = documents.iter().map(|document| document.id.as_str()).collect();
    let drafts = editions(&mut file, noted, &listed);
    file.finish(noted);
    let editions: Option<Vec<_>> =
        drafts.into_iter().map(|draft| draft.into_edition(&regions).map(Arc::new)).collect();
    Some(Rulebook { id: id?, name: name?, notice, documents, editions: editions? })
}

/// The editions, each as far as it could be read.
fn editions(file: &mut Fields<'_, '_>, noted: &mut Noted<'_>, listed: &BTreeSet<&str>) -> Vec<Draft> {
    let nodes = file.get("editions").map(|node| node.list(noted, Expected::Editions)).unwrap_or_default();
    if nodes.is_empty() {
        file.note(noted, FaultKind::NoEditions);
    }
    if let Some(beyond) = nodes.get(MAX_EDITIONS) {
        beyond.note(noted, FaultKind::TooMany { found: nodes.len(), limit: MAX_EDITIONS });
    }
    let mut earlier: Vec<Draft> = Vec::new();
    let mut since = Since::new();
    let mut held = Held::default();
    for node in nodes.iter().take(MAX_EDITIONS) {
        let reader = EditionReader { listed, earlier: &earlier, since: &since, held };
        let Some(draft) = reader.read(node, noted) else { break };
        held.add(&draft);
        for product in draft.products() {
            if !since.contains_key(product) {
                since.insert(product.clone(), earlier.len());
            }
        }
        earlier.push(draft);
    }
    earlier
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
            node.note(noted, FaultKind::RegionTwice(Shown::from(name.as_str())));
        }
    }
    let names =
        |list: &[(&str, Node<'_, '_>)]| list.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>();
    let (mainland, outside) = (names(&mainland), names(&outside));
    Some(Regions::new(mainland.iter().map(String::as_str), outside.iter().map(String::as_str)))
}

/// Every fault of a rulebook file, none when it can be used.
pub fn lint(text: &str) -> Vec<Fault> {
    Rulebook::parse(text).err().map(|faults| faults.0).unwrap_or_default()
}
