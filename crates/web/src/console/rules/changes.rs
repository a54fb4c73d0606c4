//! `/rules/changes`: what changed between two editions, in words. Without them the two newest are compared.

use super::{DocumentLine, words, words::Words};
use crate::{
    console::{
        field::{Field, Kind},
        frame::Frame,
    },
    problem::{OrTold, Problem},
    site::Site,
};
use app::Published;
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use rulebook::{Edition, Lang, diff};
use serde::Deserialize;
use std::sync::Arc;

/// Between which editions.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Between {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Template)]
#[template(path = "rules/changes.html")]
struct Page<'p> {
    w: &'static Words,
    title: &'p str,
    /// Why nothing is compared.
    none: Option<String>,
    changes: Vec<Change<'p>>,
    documents: Vec<DocumentLine<'p>>,
    choices: [Field<'p>; 2],
}

/// One change.
struct Change<'p> {
    says: String,
    /// The documents that state it.
    sources: Vec<&'p str>,
}

/// The page.
pub(crate) async fn changes(
    State(site): State<Site>,
    frame: Frame,
    Query(between): Query<Between>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let rulebook = site.desk.rules().await.or_told(lang)?;
    let [from, to] = chosen(&rulebook, between);
    let named = |id: &str| rulebook.edition(id).map_err(|none| none.message(lang));
    let compared = named(&from).and_then(|from| Ok((from, named(&to)?)));
    let title = words::changes_title(&from, &to, lang);
    let (status, none, changes, title) = match &compared {
        Ok((from, to)) => (StatusCode::OK, None, told(from, to, lang), &*title),
        Err(none) => (StatusCode::NOT_FOUND, Some(none.clone()), Vec::new(), w.changes),
    };
    let sources: Vec<_> = changes.iter().flat_map(|change| &change.sources).collect();
    let documents = rulebook.documents.iter().filter(|document| sources.contains(&&document.id.as_str()));
    let documents = documents.map(|document| DocumentLine::of(document, lang)).collect();
    let ids: Vec<_> =
        rulebook.editions.iter().map(|edition| (edition.id.clone(), edition.id.clone())).collect();
    let choice = |name, label, id| Field::new(name, label).of(Kind::OneOf(&ids)).valued(id);
    let choices = [choice("from", w.from, from), choice("to", w.to, to)];
    Ok(frame.shown(status, title, &Page { w, title, none, changes, documents, choices }))
}

/// The editions that are asked about. Where one is not named it is the neighbour of the other, the newest two where neither is.
fn chosen(rulebook: &Published, Between { from, to }: Between) -> [String; 2] {
    let id = |edition: Option<&Arc<Edition>>| edition.map(|edition| edition.id.clone()).unwrap_or_default();
    let all = &rulebook.editions;
    let to = to.filter(|to| !to.is_empty()).unwrap_or_else(|| id(all.last()));
    let at = all.iter().position(|edition| edition.id == to).unwrap_or_default();
    let before = || id(all.get(at.saturating_sub(1)));
    [from.filter(|from| !from.is_empty()).unwrap_or_else(before), to]
}

fn told<'e>(from: &'e Edition, to: &'e Edition, lang: Lang) -> Vec<Change<'e>> {
    let of_all = || to.source.iter().map(String::as_str).collect();
    let told = diff(from, to).into_iter().map(|change| {
        let sources = change.sources();
        let sources = if sources.is_empty() { of_all() } else { sources };
        Change { says: change.message(lang), sources }
    });
    told.collect()
}
