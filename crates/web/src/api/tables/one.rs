//! `GET /api/v1/tables/{name}`: one code table, whole.

use super::TableNamed;
use crate::{
    answer::Answer,
    body::Named,
    caller::SignedIn,
    language::Speaks,
    problem::{Kind, Problem, ProblemBody},
    words::Say,
};
use filing::tables::{CERTIFICATES, Entry, PURPOSES, Table, certificate};
use serde::Serialize;
use utoipa::ToSchema;

/// A code table.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TableBody {
    #[serde(flatten)]
    table: TableNamed,
    /// Its rows, by number.
    items: Vec<TableRow>,
}

/// One row of a table. What its table does not have is null.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TableRow {
    /// Its number, which fields take.
    #[schema(example = 5)]
    id: u16,
    /// Its name in Chinese.
    #[schema(example = "个人")]
    zh: &'static str,
    /// Its name in English.
    #[schema(example = "Individual")]
    en: &'static str,
    /// Of `natures`: the kinds of certificates that a subject of this nature has, by their numbers.
    #[schema(example = json!([2, 7, 8]))]
    certificates: Option<Vec<u16>>,
    /// Of `certificates`: the nature of the subjects that have it, by its number.
    nature: Option<u16>,
    /// Of `certificates`: whether somebody in charge can have it.
    personal: Option<bool>,
    /// Of `purposes`: whether such a picture belongs to a website; otherwise to the subject.
    of_website: Option<bool>,
}

impl TableRow {
    fn of(table: Table, entry: &Entry) -> Self {
        let Entry { id, zh, en } = *entry;
        let kind = certificate(id).filter(|_| table == Table::Certificates);
        let purpose = PURPOSES.iter().find(|purpose| table == Table::Purposes && purpose.entry.id == id);
        Self {
            id,
            zh,
            en,
            certificates: (table == Table::Natures).then(|| certificates(id)),
            nature: kind.map(|kind| kind.nature),
            personal: kind.map(|kind| kind.personal),
            of_website: purpose.map(|purpose| purpose.of_website),
        }
    }
}

/// The kinds of certificates that go with a nature.
fn certificates(nature: u16) -> Vec<u16> {
    CERTIFICATES.iter().filter(|kind| kind.nature == nature).map(|kind| kind.entry.id).collect()
}

/// One code table
///
/// All of its numbers with their names in both languages; which kinds of certificates go with which nature of a subject. Open to
/// whoever signed in.
#[utoipa::path(
    get,
    path = "/api/v1/tables/{name}",
    tag = "tables",
    params(("name" = String, Path, description = "The name of the table, as `GET /api/v1/tables` has it")),
    responses(
        (status = 200, description = "The table", body = TableBody),
        (status = 404, description = "There is no such table", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn one_table(
    Speaks(lang): Speaks,
    _: SignedIn,
    Named(name): Named<String>,
) -> Result<Answer<TableBody>, Problem> {
    let table = Table::from_word(&name).ok_or_else(|| {
        let words = Table::ALL.map(Table::word);
        Problem::new(Kind::NotFound, lang).saying(Say::OneOf { words: &words }.to_text(lang))
    })?;
    let items = table.entries().into_iter().map(|entry| TableRow::of(table, entry)).collect();
    Ok(Answer::ok(lang, TableBody { table: TableNamed::of(table, lang), items }))
}
