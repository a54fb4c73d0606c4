//! `/orders/{id}/receipt`: that an order was submitted, to keep and to print, as a page and as PDF.

use super::{
    named,
    paper_words::{self, Words},
};
use crate::{
    answer::minute,
    caller::{Customer, OwnOrders},
    console::{Frame, document},
    problem::{Kind, OrTold, Problem},
    site::Site,
    words::Say,
};
use app::{Asker, orders::Submission};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use papers::Block;
use rulebook::Lang;

#[derive(Template)]
#[template(path = "orders/receipt.html")]
struct Page {
    w: &'static Words,
    order: String,
    told: Told,
}

/// What the receipt says.
struct Told {
    statement: String,
    facts: Vec<(String, String)>,
    next: Vec<String>,
}

/// The page.
pub(super) async fn page(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let w = paper_words::words(frame.lang);
    let told = told(&site, &asker, &id, frame.lang).await?;
    Ok(frame.page(w.receipt, &Page { w, order: id, told }))
}

/// The same as PDF.
pub(super) async fn pdf(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, paper_words::words(frame.lang));
    let Told { statement, facts, next } = told(&site, &asker, &id, lang).await?;
    let mut blocks = vec![Block::Text(statement), Block::Facts(facts)];
    if !next.is_empty() {
        blocks.extend([Block::Heading(w.next.to_owned()), Block::List(next)]);
    }
    blocks.push(Block::Text(w.verified_by.to_owned()));
    let name = format!("order-{}", document::file_name(&id));
    document::pdf(&site, lang, document::paper(w.receipt, lang, blocks), &name).await
}

async fn told(site: &Site, asker: &Asker, id: &str, lang: Lang) -> Result<Told, Problem> {
    let w = paper_words::words(lang);
    let found = site.desk.submission(asker, named(id, lang)?).await.or_told(lang)?;
    let none = || Problem::new(Kind::NotFound, lang).saying(Say::NotSubmittedYet.to_text(lang));
    let Submission { order, kind, at, about, websites, waiting, entry, .. } = found.ok_or_else(none)?;
    let mut facts = vec![(w.order.to_owned(), order.to_string())];
    facts.extend(about.map(|number| (w.number.to_owned(), number)));
    for website in websites.into_iter().flatten() {
        let name = website.name.unwrap_or_default();
        facts.push((w.website.to_owned(), paper_words::website(&name, &website.domains, lang)));
    }
    facts.push((w.reference.to_owned(), entry.id.to_string()));
    facts.push((w.leaf.to_owned(), entry.leaf.to_string()));
    let now = site.desk.now();
    Ok(Told {
        statement: Say::Submitted { kind: kind.label(lang), at: &minute(at) }.to_text(lang),
        facts,
        next: waiting.iter().map(|waiting| waiting.message(now, lang)).collect(),
    })
}
