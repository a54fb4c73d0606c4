//! `GET /api/v1/imports/{id}/lines`: the records of an import, by what becomes of them.

use crate::{
    api::page::{Page, Paged},
    body::{Named, Query},
    caller::{ImportInstances, May},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::instances::{ImportLine, LinesOf};
use axum::extract::State;
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which records.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    /// The cursor of the page before, as `next` gave it; the first page without it.
    cursor: Option<u64>,
    /// How many items, up to 100.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u32>,
    /// Those that are `new`, `changed`, `same`, `gone`, `rejected`, or `noted` (applied, but something is to be known).
    #[param(default = "rejected", example = "rejected")]
    of: Option<String>,
}

/// Every group of records with its word.
const GROUPS: [(&str, LinesOf); 6] = [
    ("new", LinesOf::New),
    ("changed", LinesOf::Changed),
    ("same", LinesOf::Same),
    ("gone", LinesOf::Gone),
    ("rejected", LinesOf::Rejected),
    ("noted", LinesOf::Noted),
];

impl Which {
    fn group(&self, lang: Lang) -> Result<LinesOf, Problem> {
        let word = self.of.as_deref().unwrap_or("rejected");
        let known = GROUPS.into_iter().find(|(known, _)| *known == word);
        known.map(|(_, of)| of).ok_or_else(|| {
            let words = GROUPS.map(|(word, _)| word);
            let [message, suggestion] =
                [Say::NoSuchWord, Say::OneOf { words: &words }].map(|say| say.to_text(lang));
            Problem::new(Kind::Unreadable, lang).with("of", "no-such-word", message, suggestion)
        })
    }
}

/// A record of an import.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineBody {
    /// Its number within the import.
    number: u64,
    /// Where it stood, such as the sheet of a workbook; empty where there is nothing to tell.
    source: String,
    /// On which line there, from 1; 0 for an instance that is gone.
    line: u64,
    /// The instance, where it says which.
    instance: Option<String>,
    /// What is to be known of it: a stable word for programs.
    note: Option<&'static str>,
    /// The same as a sentence.
    message: Option<String>,
}

impl LineBody {
    fn of(line: &ImportLine, lang: Lang) -> Self {
        Self {
            number: line.number,
            source: line.source.clone(),
            line: line.line,
            instance: line.instance.clone(),
            note: line.note.as_ref().map(app::instances::ImportNote::word),
            message: line.note.as_ref().map(|note| note.message(lang)),
        }
    }
}

/// Records of an import
///
/// Those of one group, in the order in which they were read.
#[utoipa::path(
    get,
    path = "/api/v1/imports/{id}/lines",
    tag = "imports",
    params(("id" = String, Path, description = "The id of the import"), Which),
    responses(
        (status = 200, description = "A page of records", body = Page<LineBody>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 404, description = "There is no such import", body = ProblemBody),
    ),
    security(("bearer" = ["import-instances"])),
)]
pub(crate) async fn list_import_lines(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ImportInstances>,
    Named(id): Named<String>,
    Query(which): Query<Which>,
) -> Result<Page<LineBody>, Problem> {
    let of = which.group(lang)?;
    let (after, paged) = (which.cursor.unwrap_or(0), Paged::new(which.limit, lang));
    let address = format!("{}/lines", super::address(&id));
    let id = id.parse().map_err(|_| Problem::new(Kind::NotFound, lang))?;
    site.desk.import_report(id).await.or_told(lang)?;
    let most = paged.most();
    let found = site.desk.import_lines(id, of, after, most + 1).await.or_told(lang)?;
    let more = found.len() > most as usize;
    let lines: Vec<_> = found.iter().take(most as usize).map(|line| LineBody::of(line, lang)).collect();
    let next = lines.last().filter(|_| more).map(|line| line.number.to_string());
    let repeated: Vec<_> = which.of.map(|of| ("of", of)).into_iter().collect();
    Ok(paged.going_on(lines, next, &address, &repeated))
}
