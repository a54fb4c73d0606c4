//! One row of the rules, as answers carry it.

use rulebook::{Condition, Document, Lang, Row, Stated, Text};
use serde::Serialize;
use utoipa::ToSchema;

/// What an edition says of one product.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Rule {
    /// The product.
    #[schema(example = "ecs")]
    product: String,
    /// Its name, in the language asked for.
    #[schema(example = "云服务器 ECS")]
    name: String,
    /// Everything that an instance must meet.
    conditions: Vec<RuleCondition>,
    /// How it is verified and where its codes come from, as a sentence.
    handling: String,
    /// Which system files it or makes its codes, and by which steps; null where this desk does.
    r#where: Option<String>,
    /// Where user name and password of the host are found; null where none are needed.
    credentials_from: Option<String>,
    /// The ids of the documents that state the row or a condition of it.
    #[schema(example = json!(["004"]))]
    sources: Vec<String>,
}

/// Something that an instance must meet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleCondition {
    /// The code of the finding that tells that it is not met.
    #[schema(example = "purchased-term-short")]
    finding: &'static str,
    /// The condition in words, in the language asked for.
    text: String,
    /// Whether no document states it, so that it is assumed.
    assumed: bool,
    /// The ids of the documents that state it.
    #[schema(example = json!(["004"]))]
    source: Vec<String>,
    /// How the documents were read, where that is not plain.
    note: Option<String>,
}

/// A document in which rules are stated.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleDocument {
    /// Its id.
    #[schema(example = "004")]
    id: String,
    /// Its title, in the language asked for.
    title: String,
    /// Which version of it was read.
    version: Option<String>,
}

impl Rule {
    pub(crate) fn of(row: &Row, lang: Lang) -> Self {
        let text = |stated: &Option<Stated<Text>>| {
            stated.as_ref().map(|stated| stated.marked(stated.value.in_lang(lang).to_owned(), lang))
        };
        Self {
            product: row.product.clone(),
            name: row.name.in_lang(lang).to_owned(),
            conditions: row.conditions.iter().map(|stated| RuleCondition::of(stated, row, lang)).collect(),
            handling: row.handling(lang),
            r#where: text(&row.place),
            credentials_from: text(&row.credentials_from),
            sources: row.sources().into_iter().map(str::to_owned).collect(),
        }
    }
}

impl RuleCondition {
    fn of(stated: &Stated<Condition>, row: &Row, lang: Lang) -> Self {
        Self {
            finding: stated.value.code().word(),
            text: stated.marked(stated.value.phrase(row, lang), lang),
            assumed: stated.assumed,
            source: stated.source.clone(),
            note: stated.note.as_ref().map(|note| note.in_lang(lang).to_owned()),
        }
    }
}

impl RuleDocument {
    pub(crate) fn of(document: &Document, lang: Lang) -> Self {
        let Document { id, title, version } = document;
        Self { id: id.clone(), title: title.in_lang(lang).to_owned(), version: version.clone() }
    }
}
