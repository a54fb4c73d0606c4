//! Values that say where they are stated, or take over what their row says.

use super::tree::{Fields, Node, Noted};
use crate::{
    edition::{DocumentId, Quota, Scope, Stated, Word},
    fault::{Expected, FaultKind},
    text::Text,
};
use std::collections::BTreeSet;

/// No instance backs more websites.
const MAX_CODES: u32 = 1_000_000;

/// Reads values that may carry a source of their own; without one the row's counts, and so does whether the row is
/// assumed.
pub(super) struct RowReader<'r> {
    pub(super) listed: &'r BTreeSet<&'r str>,
    pub(super) source: &'r [DocumentId],
    pub(super) assumed: bool,
}

fn word<T: Word>(node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Option<T> {
    node.word(noted, T::WORDS, T::from_word)
}

impl RowReader<'_> {
    /// A value that the row itself states.
    pub(super) fn of_row<T>(&self, value: T) -> Stated<T> {
        Stated { value, source: self.source.to_vec(), assumed: self.assumed, note: None }
    }

    /// A value by itself, or `{ value = …, source = […], assumed = true, note = {…} }`.
    pub(super) fn stated<'t, 'i, T>(
        &self,
        node: &Node<'t, 'i>,
        noted: &mut Noted<'_>,
        read: impl Fn(&Node<'t, 'i>, &mut Noted<'_>) -> Option<T>,
    ) -> Option<Stated<T>> {
        if !node.is_table() {
            return Some(self.of_row(read(node, noted)?));
        }
        let mut fields = node.fields(noted, Expected::Table)?;
        let value = fields.need(noted, "value", Expected::Value);
        let value = value.and_then(|node| read(&node, noted));
        self.finish(fields, noted, value)
    }

    pub(super) fn quota(&self, node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Option<Stated<Quota>> {
        let mut fields = node.fields(noted, Expected::Table)?;
        let codes = fields.need(noted, "codes", Expected::WholeNumber(MAX_CODES));
        let codes = codes.and_then(|node| node.whole(noted, MAX_CODES));
        let per = fields.need(noted, "per", Expected::OneOf(Scope::WORDS.to_vec()));
        let per = per.and_then(|node| word(&node, noted));
        self.finish(fields, noted, codes.zip(per).map(|(codes, per)| Quota { codes, per }))
    }

    /// A text in both languages, which may carry a source as well; what the base has where it is not written.
    pub(super) fn text(
        &self,
        fields: &mut Fields<'_, '_>,
        noted: &mut Noted<'_>,
        key: &'static str,
        base: Option<&Stated<Text>>,
    ) -> Option<Stated<Text>> {
        let Some(node) = fields.get(key) else { return base.cloned() };
        let mut fields = node.fields(noted, Expected::BothLanguages)?;
        let text = fields.languages(noted);
        self.finish(fields, noted, text)
    }

    /// A word; what the base has, or the default, where it is not written.
    pub(super) fn word<T: Word + Default>(
        &self,
        fields: &mut Fields<'_, '_>,
        noted: &mut Noted<'_>,
        key: &'static str,
        base: Option<&Stated<T>>,
    ) -> Stated<T> {
        let written = fields.get(key).and_then(|node| self.stated(&node, noted, word));
        written.or_else(|| base.cloned()).unwrap_or_else(|| self.of_row(T::default()))
    }

    /// A word that an edition without a base must give (`needed`); what the base has where it is not written.
    pub(super) fn policy<T: Word>(
        &self,
        fields: &mut Fields<'_, '_>,
        noted: &mut Noted<'_>,
        key: &'static str,
        base: Option<&Stated<T>>,
        needed: bool,
    ) -> Option<Stated<T>> {
        if let Some(node) = fields.get(key) {
            return self.stated(&node, noted, word);
        }
        if needed {
            fields.note(noted, FaultKind::Missing { key, expected: Expected::OneOf(T::WORDS.to_vec()) });
        }
        base.cloned()
    }

    /// Where a value is stated: its own documents, or none when only it is assumed, or as its row.
    fn finish<T>(
        &self,
        mut fields: Fields<'_, '_>,
        noted: &mut Noted<'_>,
        value: Option<T>,
    ) -> Option<Stated<T>> {
        let source = fields.get("source").map(|node| node.documents(noted, self.listed));
        let assumed = fields.get("assumed").and_then(|node| node.truth(noted));
        let note = fields.get("note").and_then(|node| node.both_languages(noted));
        if assumed != Some(true) && source.as_ref().is_some_and(Vec::is_empty) {
            fields.note(noted, FaultKind::NoSource);
        }
        fields.finish(noted);
        let value = value?;
        Some(match (source, assumed) {
            (Some(source), assumed) => Stated { value, source, assumed: assumed.unwrap_or(false), note },
            (None, Some(true)) => Stated { value, source: Vec::new(), assumed: true, note },
            (None, Some(false) | None) => Stated { note, ..self.of_row(value) },
        })
    }
}
