//! `/numbers/{number}/receipts/{reference}`: something that happened to a number, to keep and to print, as a page and as PDF.

use super::{
    at,
    words::{self, Words},
};
use crate::{
    caller::SeesNumbers,
    console::{Frame, document},
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
use papers::Block;
use rulebook::Lang;

#[derive(Template)]
#[template(path = "numbers/receipt.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    told: Told,
}

/// What a receipt says.
struct Told {
    /// The page of the number.
    at: String,
    /// Of the PDF.
    file_name: String,
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
    let told = told(&site, &sees, &number, &reference, lang).await?;
    Ok(frame.page(w.receipt, &Page { f: &frame, w, told }))
}

/// The same as PDF.
pub(super) async fn pdf(
    State(site): State<Site>,
    sees: SeesNumbers,
    frame: Frame,
    Path((number, reference)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let Told { file_name, statement, facts, lost, possible, .. } =
        told(&site, &sees, &number, &reference, lang).await?;
    let facts = facts.into_iter().map(|(label, words)| (label.to_owned(), words)).collect();
    let mut blocks = vec![Block::Text(statement), Block::Facts(facts)];
    for (heading, lines) in [(w.lost, lost), (w.possible, possible)] {
        if !lines.is_empty() {
            blocks.extend([Block::Heading(heading.to_owned()), Block::List(lines)]);
        }
    }
    blocks.push(Block::Text(w.verified_by.to_owned()));
    document::pdf(&site, lang, document::paper(w.receipt, lang, blocks), &file_name).await
}

async fn told(
    site: &Site,
    sees: &SeesNumbers,
    number: &str,
    reference: &str,
    lang: Lang,
) -> Result<Told, Problem> {
    let w = words::words(lang);
    let unknown = || Problem::new(Kind::NotFound, lang).saying(Say::UnknownReceipt.to_text(lang));
    let entry = reference.parse().map_err(|_| unknown())?;
    let found = match sees {
        SeesNumbers::Own(asker) => site.desk.own_receipt(asker, number, entry).await,
        SeesNumbers::All(by) => site.desk.receipt_for(by, number, entry).await,
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
    Ok(Told {
        at: at(&about.today),
        file_name: format!("receipt-{}", document::file_name(&about.number)),
        statement: statement.sentence(lang),
        facts: facts.into_iter().flatten().collect(),
        lost: found.losses.iter().map(|loss| loss.sentence(lang)).collect(),
        possible: found.possible.iter().map(|one| one.sentence(found.advice, lang)).collect(),
    })
}
