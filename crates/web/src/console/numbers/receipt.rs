//! `/numbers/{number}/receipts/{reference}`: something that happened to a number, to keep and to print.

use super::{
    at,
    words::{self, Words},
};
use crate::{
    caller::SeesNumbers,
    console::Frame,
    problem::{Kind, OrTold, Problem},
    site::Site,
    words::Say,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use filing::registry::Statement;

#[derive(Template)]
#[template(path = "numbers/receipt.html")]
struct Page {
    w: &'static Words,
    at: String,
    statement: String,
    facts: Vec<(&'static str, String)>,
    lost: Vec<String>,
    possible: Vec<String>,
}

/// The receipt.
pub(super) async fn receipt(
    State(site): State<Site>,
    sees: SeesNumbers,
    frame: Frame,
    Path((number, reference)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let unknown = || Problem::new(Kind::NotFound, lang).saying(Say::UnknownReceipt.to_text(lang));
    let entry = reference.parse().map_err(|_| unknown())?;
    let found = match &sees {
        SeesNumbers::Own(asker) => site.desk.own_receipt(asker, &number, entry).await,
        SeesNumbers::All(by) => site.desk.receipt_for(by, &number, entry).await,
    };
    let found = found.or_told(lang)?.ok_or_else(unknown)?;
    let about = &found.number;
    let statement = Statement {
        machine: about.machine,
        number: &about.number,
        event: about.event,
        reason: about.reason,
        was: about.was.as_deref(),
        at: found.at,
    };
    let with = found.others.iter().map(|other| other.number.clone()).collect::<Vec<_>>();
    let facts = [
        Some((w.account_fact, found.account.clone())),
        Some((w.asked, about.asked().label(lang).to_owned())),
        (!with.is_empty()).then(|| (w.with_it, with.join(words::between(lang)))),
        found.edition.clone().map(|edition| (w.edition, edition)),
        Some((w.reference, found.entry.id.to_string())),
        Some((w.leaf, found.entry.leaf.to_string())),
    ];
    let page = Page {
        w,
        at: at(&about.today),
        statement: statement.sentence(lang),
        facts: facts.into_iter().flatten().collect(),
        lost: found.losses.iter().map(|loss| loss.sentence(lang)).collect(),
        possible: found.possible.iter().map(|one| one.sentence(found.advice, lang)).collect(),
    };
    Ok(frame.page(w.receipt, &page))
}
