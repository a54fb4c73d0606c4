//! `/rules`: what an edition asks of each product, with where that is stated, and what changed between two. All of it is made from
//! the rulebook that decides.

mod changes;
mod words;

pub(crate) use changes::changes;

use super::frame::Frame;
use crate::{
    body::Named,
    problem::{OrTold, Problem},
    site::Site,
};
use app::Published;
use askama::{Template, filters::HtmlSafe};
use axum::{extract::State, http::StatusCode, response::Response};
use jiff::civil::Date;
use rulebook::{Document, Edition, Lang, NoEdition, Row, calendar, of_every_row};
use words::{Standing, Words};

#[derive(Template)]
#[template(path = "rules/page.html")]
struct Page<'p> {
    w: &'static Words,
    title: &'p str,
    lead: String,
    notice: Option<&'p str>,
    /// Whether it is another edition than the one in force.
    other: Option<&'static str>,
    lines: Vec<Line<'p>>,
    general: &'static str,
    notes: Vec<String>,
    policies: [String; 3],
    editions: Vec<EditionLine>,
    documents: Vec<DocumentLine<'p>>,
}

/// What an edition says of one product.
struct Line<'p> {
    name: &'p str,
    asks: Vec<String>,
    counted: Option<String>,
    handling: String,
    /// Where to go or where to look, where that is said.
    how: Vec<String>,
    sources: Vec<&'p str>,
}

impl<'p> Line<'p> {
    fn of(row: &'p Row, lang: Lang) -> Self {
        let said = [&row.place, &row.credentials_from].into_iter().flatten();
        let said = said.map(|stated| stated.marked(stated.value.in_lang(lang).to_owned(), lang));
        Self {
            name: row.name.in_lang(lang),
            asks: row.asked(lang),
            counted: row.counted(lang),
            handling: row.handling(lang),
            how: said.collect(),
            sources: row.sources(),
        }
    }
}

/// An edition in the list of all.
struct EditionLine {
    id: String,
    since: String,
    standing: &'static str,
    mood: &'static str,
    /// Whether it is the one that the page shows.
    is_here: bool,
    /// The edition before it, with which it can be compared.
    before: Option<String>,
}

/// Every edition as a table of its own, for another page.
#[derive(Template)]
#[template(path = "rules/editions.html")]
pub(super) struct Editions {
    w: &'static Words,
    editions: Vec<EditionLine>,
}

impl HtmlSafe for Editions {}

impl Editions {
    /// Those of that rulebook, the newest first, as they stand on that day.
    pub(super) fn of(rulebook: &Published, today: Date, lang: Lang) -> Self {
        Self { w: words::words(lang), editions: editions(rulebook, None, today, lang) }
    }
}

/// A document that rules are stated in.
struct DocumentLine<'p> {
    id: &'p str,
    title: &'p str,
    version: Option<&'p str>,
}

impl<'p> DocumentLine<'p> {
    fn of(document: &'p Document, lang: Lang) -> Self {
        let Document { id, title, version } = document;
        Self { id, title: title.in_lang(lang), version: version.as_deref() }
    }
}

/// The edition in force.
pub(crate) async fn in_force(State(site): State<Site>, frame: Frame) -> Result<Response, Problem> {
    let rulebook = site.desk.rules().await.or_told(frame.lang)?;
    let today = calendar::shanghai(site.desk.now()).date();
    Ok(match rulebook.in_force(site.desk.now()) {
        Ok(edition) => shown(&frame, &rulebook, edition, today),
        Err(none) => nothing(&frame, StatusCode::OK, &none, &rulebook, today),
    })
}

/// The edition of that id.
pub(crate) async fn edition(
    State(site): State<Site>,
    frame: Frame,
    Named(id): Named<String>,
) -> Result<Response, Problem> {
    let rulebook = site.desk.rules().await.or_told(frame.lang)?;
    let today = calendar::shanghai(site.desk.now()).date();
    Ok(match rulebook.edition(&id) {
        Ok(edition) => shown(&frame, &rulebook, edition, today),
        Err(none) => nothing(&frame, StatusCode::NOT_FOUND, &none, &rulebook, today),
    })
}

fn shown(frame: &Frame, rulebook: &Published, edition: &Edition, today: Date) -> Response {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let title = words::title(rulebook.name.in_lang(lang), lang);
    let standing = Standing::of(edition, rulebook, today);
    let rows = edition.rows();
    let page = Page {
        w,
        title: &title,
        lead: words::lead(edition, lang),
        notice: rulebook.notice.as_ref().map(|notice| notice.in_lang(lang)),
        other: words::other(standing, lang),
        lines: rows.iter().map(|row| Line::of(row, lang)).collect(),
        general: of_every_row(lang),
        notes: rows.iter().flat_map(|row| row.notes(lang)).collect(),
        policies: edition.policy.sentences(lang),
        editions: editions(rulebook, Some(edition), today, lang),
        documents: rulebook.documents.iter().map(|document| DocumentLine::of(document, lang)).collect(),
    };
    frame.page(&words::page_title(&title, edition, lang), &page)
}

/// Every edition, the newest first.
fn editions(rulebook: &Published, here: Option<&Edition>, today: Date, lang: Lang) -> Vec<EditionLine> {
    let all = &rulebook.editions;
    let before = std::iter::once(None).chain(all.iter().map(Some));
    let lines = all.iter().zip(before).map(|(edition, before)| {
        let standing = Standing::of(edition, rulebook, today);
        EditionLine {
            id: edition.id.clone(),
            since: format!("{}{}", edition.effective, edition.estimate(lang)),
            standing: standing.label(lang),
            mood: standing.mood(),
            is_here: here.is_some_and(|here| here.id == edition.id),
            before: before.map(|before| before.id.clone()),
        }
    });
    let mut lines: Vec<_> = lines.collect();
    lines.reverse();
    lines
}

#[derive(Template)]
#[template(path = "rules/nothing.html")]
struct Nothing {
    w: &'static Words,
    title: &'static str,
    why: String,
    editions: Vec<EditionLine>,
}

/// There are no such rules, and these there are.
fn nothing(
    frame: &Frame,
    status: StatusCode,
    none: &NoEdition,
    rulebook: &Published,
    today: Date,
) -> Response {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let title = match none {
        NoEdition::Before { .. } => w.none_in_force,
        NoEdition::Unknown { .. } => w.none_such,
    };
    let page = Nothing { w, title, why: none.message(lang), editions: editions(rulebook, None, today, lang) };
    frame.shown(status, title, &page)
}
