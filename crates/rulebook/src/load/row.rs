//! One row of an edition: what is written, laid over what the edition below says.

use super::{
    conditions::ConditionKey,
    names::{Part, Written},
    sense,
    stated::RowReader,
    tree::{Fields, Node, Noted},
    unsure::Unsure,
};
use crate::{
    edition::{Condition, Limits, Row, Stated, Word, needed},
    fault::{Expected, FaultKind},
    text::Text,
};
use std::collections::BTreeSet;

/// What an edition does to a row.
pub(super) enum Change {
    /// It stands like this.
    Set(Box<Row>),
    /// The product may no longer back a filing.
    Withdrawn,
    /// It could not be read; the faults are noted.
    Faulty,
}

/// Reads the row of one product.
pub(super) struct Reading<'r, 't> {
    pub(super) product: &'t str,
    pub(super) listed: &'r BTreeSet<&'r str>,
    /// What the edition below says of the product.
    pub(super) base: Option<&'r Row>,
    /// What of that could not be read; afterwards, what of this row could not be.
    pub(super) unsure: Unsure,
    /// The names that the edition writes.
    pub(super) names: &'r mut Vec<Written<'t>>,
}

impl<'t> Reading<'_, 't> {
    pub(super) fn change(&mut self, node: &Node<'t, '_>, noted: &mut Noted<'_>) -> Change {
        let Some(mut fields) = node.fields(noted, Expected::Table) else {
            self.unsure = Unsure::whole();
            return Change::Faulty;
        };
        let before = noted.times();
        let source = fields.get("source").map(|node| node.documents(noted, self.listed)).unwrap_or_default();
        let assumed = fields.get("assumed").and_then(|node| node.truth(noted)).unwrap_or(false);
        if source.is_empty() && !assumed && noted.times() == before {
            fields.note(noted, FaultKind::NoSource);
        }
        let before = noted.times();
        if fields.get("withdrawn").and_then(|node| node.truth(noted)) == Some(true) {
            if self.base.is_none() && !self.unsure.is_whole() {
                fields.note(noted, FaultKind::UnknownProduct(self.product.into()));
            }
            fields.finish(noted);
            self.unsure = Unsure::default();
            return Change::Withdrawn;
        }
        if noted.times() > before {
            self.unsure = Unsure::whole();
        }
        let reader = RowReader { listed: self.listed, source: &source, assumed };
        let row = self.row(node, &mut fields, noted, &reader);
        if let Some(row) = &row {
            sense::check(row, &fields, noted, &mut self.unsure);
        } else {
            self.unsure = Unsure::whole();
        }
        fields.finish(noted);
        row.map_or(Change::Faulty, |row| Change::Set(Box::new(row)))
    }

    /// The row, or nothing where its name cannot be read.
    fn row(
        &mut self,
        node: &Node<'t, '_>,
        fields: &mut Fields<'t, '_>,
        noted: &mut Noted<'_>,
        reader: &RowReader<'_>,
    ) -> Option<Row> {
        if self.base.is_none() {
            self.names.push(Written::new(self.product, Part::Id, self.product, node));
        }
        let base = self.less_dropped(fields, noted);
        let base = base.as_ref();
        let name = self.name(fields, noted);
        let aliases = self.aliases(fields, noted);
        let rpc_resource_type = self.rpc_resource_type(fields, noted);
        let conditions = reader.conditions(fields, noted, base, &mut self.unsure);
        let mut before = noted.times();
        let mut settle = |key, fields: &Fields<'_, '_>, noted: &Noted<'_>| {
            if fields.has(key) {
                self.unsure.written(key, noted.times() == before);
            }
            before = noted.times();
        };
        let verified_by = reader.word(fields, noted, "verified_by", base.map(|base| &base.verified_by));
        settle("verified_by", fields, noted);
        let code_made = reader.word(fields, noted, "code_made", base.map(|base| &base.code_made));
        settle("code_made", fields, noted);
        let place = reader.text(fields, noted, "where", base.and_then(|base| base.place.as_ref()));
        settle("where", fields, noted);
        let credentials = base.and_then(|base| base.credentials_from.as_ref());
        let credentials_from = reader.text(fields, noted, "credentials_from", credentials);
        settle("credentials_from", fields, noted);
        let conditions = with_term(conditions, reader);
        Some(Row {
            product: self.product.to_owned(),
            name: name?,
            aliases,
            rpc_resource_type,
            limits: Limits::of(&conditions),
            needed: needed(&conditions),
            conditions,
            source: reader.source.to_vec(),
            assumed: reader.assumed,
            verified_by,
            code_made,
            place,
            credentials_from,
        })
    }

    fn name(&mut self, fields: &mut Fields<'t, '_>, noted: &mut Noted<'_>) -> Option<Text> {
        let Some(node) = fields.get("name") else {
            if self.base.is_none() && !self.unsure.about("name") {
                fields.note(noted, FaultKind::Missing { key: "name", expected: Expected::BothLanguages });
            }
            return self.base.map(|base| base.name.clone());
        };
        for node in ["zh", "en"].into_iter().filter_map(|language| node.child(language)) {
            if let Some(name) = node.as_text() {
                self.names.push(Written::new(self.product, Part::Name, name, &node));
            }
        }
        let name = node.both_languages(noted)?;
        self.unsure.settle("name");
        Some(name)
    }

    fn aliases(&mut self, fields: &mut Fields<'t, '_>, noted: &mut Noted<'_>) -> Vec<String> {
        let Some(node) = fields.get("aliases") else {
            return self.base.map(|base| base.aliases.clone()).unwrap_or_default();
        };
        let mut aliases = Vec::new();
        for (alias, node) in node.texts(noted) {
            self.names.push(Written::new(self.product, Part::Aliases, alias, &node));
            aliases.push(alias.to_owned());
        }
        aliases
    }

    fn rpc_resource_type(&self, fields: &mut Fields<'t, '_>, noted: &mut Noted<'_>) -> Option<u8> {
        let Some(node) = fields.get("rpc_resource_type") else {
            return self.base.and_then(|base| base.rpc_resource_type);
        };
        node.whole(noted, u8::MAX.into()).and_then(|number| u8::try_from(number.get()).ok())
    }

    /// What the edition below says, less what `without` drops.
    fn less_dropped(&mut self, fields: &mut Fields<'_, '_>, noted: &mut Noted<'_>) -> Option<Row> {
        let mut base = self.base.cloned();
        for (word, node) in fields.get("without").map(|node| node.texts(noted)).unwrap_or_default() {
            let Some(entry) = Droppable::from_word(word) else {
                node.note(noted, FaultKind::NothingToDrop(word.into()));
                continue;
            };
            let key = entry.key();
            let dropped = base.as_mut().is_some_and(|base| entry.drop_from(base)) || self.unsure.about(key);
            if fields.has(key) || !dropped {
                node.note(noted, FaultKind::NothingToDrop(word.into()));
            }
            self.unsure.settle(key);
        }
        base
    }
}

/// What `without` can take from the row below: a condition, or a place that no longer counts.
#[derive(Clone, Copy)]
enum Droppable {
    Condition(ConditionKey),
    Place,
    Credentials,
}

impl Droppable {
    fn from_word(word: &str) -> Option<Self> {
        let places = [Self::Place, Self::Credentials].into_iter().find(|place| place.key() == word);
        places.or_else(|| ConditionKey::from_word(word).map(Self::Condition))
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Condition(key) => key.word(),
            Self::Place => "where",
            Self::Credentials => "credentials_from",
        }
    }

    /// Whether there was something to drop.
    fn drop_from(self, row: &mut Row) -> bool {
        match self {
            Self::Condition(key) => {
                let before = row.conditions.len();
                row.conditions.retain(|stated| ConditionKey::of(stated.value) != Some(key));
                row.conditions.len() < before
            }
            Self::Place => row.place.take().is_some(),
            Self::Credentials => row.credentials_from.take().is_some(),
        }
    }
}

/// Adds the condition that every row asks and none writes down, and puts all in the order of reporting.
fn with_term(mut conditions: Vec<Stated<Condition>>, reader: &RowReader<'_>) -> Vec<Stated<Condition>> {
    conditions.retain(|stated| stated.value != Condition::InTerm);
    conditions.push(reader.of_row(Condition::InTerm));
    conditions.sort_by_key(|stated| stated.value);
    conditions
}
