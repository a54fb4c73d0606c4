//! `/check`: where do I file? One question, and the answer of the rules in force; its address is that of the answer.

mod words;

use super::frame::Frame;
use crate::{
    problem::{OrTold, Problem},
    site::Site,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use rulebook::{CodeMade, Edition, Lang, Row, Situation, VerifiedBy, guidance};
use serde::Deserialize;
use words::Words;

/// What was chosen.
#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    at: Option<String>,
}

#[derive(Template)]
#[template(path = "check/page.html")]
struct Page<'p> {
    w: &'static Words,
    /// Nothing can be answered now, and why.
    none: Option<String>,
    /// Whether the question was sent without an answer.
    missing: bool,
    elsewhere: [Choice<'p>; 3],
    products: Vec<Choice<'p>>,
    unsure: Choice<'p>,
}

/// Something to choose.
struct Choice<'p> {
    value: &'p str,
    label: &'p str,
}

#[derive(Template)]
#[template(path = "check/answer.html")]
struct Answer<'p> {
    w: &'static Words,
    title: String,
    says: String,
    /// What the product must meet, where it is one.
    asks: Vec<String>,
    steps: Vec<Step>,
    /// Where to go on.
    next: Vec<(&'p str, &'p str)>,
    edition: String,
}

/// What to do in a situation that may come up.
struct Step {
    question: String,
    answer: String,
}

impl Step {
    fn of(situation: &Situation<'_>, lang: Lang) -> Self {
        Self { question: situation.question(lang), answer: situation.answer(lang) }
    }
}

/// The question, or its answer.
pub(crate) async fn check(
    State(site): State<Site>,
    frame: Frame,
    Query(Chosen { at }): Query<Chosen>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let rulebook = site.desk.rules().await.or_told(lang)?;
    let edition = match rulebook.in_force(site.desk.now()) {
        Ok(edition) => edition,
        Err(none) => return Ok(asked(&frame, Vec::new(), Some(none.message(lang)), false)),
    };
    let situations = guidance(edition);
    let answered = at.as_deref().and_then(|at| answered(at, edition, &situations, lang));
    if let Some(answer) = answered {
        return Ok(frame.page(&format!("{} · {}", answer.title, w.title), &answer));
    }
    let rows = edition.rows().iter();
    let products = rows.map(|row| Choice { value: &row.product, label: row.name.in_lang(lang) }).collect();
    Ok(asked(&frame, products, None, at.is_some()))
}

fn asked(frame: &Frame, products: Vec<Choice<'_>>, none: Option<String>, missing: bool) -> Response {
    let w = words::words(frame.lang);
    let elsewhere = [
        Choice { value: "no-server", label: w.no_server },
        Choice { value: "other-provider", label: w.other_provider },
        Choice { value: "outside-mainland", label: w.outside_mainland },
    ];
    let unsure = Choice { value: "unsure", label: w.unsure };
    let status = if missing { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    frame.shown(status, w.title, &Page { w, none, missing, elsewhere, products, unsure })
}

/// The answer to what was chosen; `None` where that is nothing that can be.
fn answered<'p>(at: &str, edition: &Edition, situations: &[Situation<'_>], lang: Lang) -> Option<Answer<'p>> {
    let w = words::words(lang);
    let answer = |title: String, says| Answer {
        w,
        title,
        says,
        asks: Vec::new(),
        steps: Vec::new(),
        next: Vec::new(),
        edition: words::edition(edition, lang),
    };
    if let Some(row) = edition.row(at) {
        return Some(of_product(answer, row, situations, lang));
    }
    let of = |word| situations.iter().find(|situation| situation.word() == word);
    let said = |title: &str, word| Some(answer(title.to_owned(), of(word)?.answer(lang)));
    match at {
        "no-server" => {
            let told = said(w.no_server, at)?;
            Some(Answer { next: vec![("/rules", w.to_rules)], ..told })
        }
        "other-provider" => said(w.other_provider, at),
        "outside-mainland" => said(w.outside_mainland, at),
        "unsure" => {
            let next = vec![("/check/instances", w.to_instances), ("/products", w.to_products)];
            Some(Answer { next, ..answer(w.unsure.to_owned(), w.unsure_answer.to_owned()) })
        }
        _ => None,
    }
}

/// The answer for whoever has that product: how it is filed, what it must meet, and what may come up.
fn of_product<'p>(
    answer: impl Fn(String, String) -> Answer<'p>,
    row: &Row,
    situations: &[Situation<'_>],
    lang: Lang,
) -> Answer<'p> {
    let w = words::words(lang);
    let (verified_by, code_made) = (row.verified_by.value, row.code_made.value);
    let is_about = |situation: &&Situation<'_>| {
        situation.products().iter().any(|product| product.product == row.product)
    };
    let on_request = verified_by == VerifiedBy::ServiceCode && code_made == CodeMade::OnRequest;
    let main = situations.iter().find(|situation| match situation {
        Situation::Eligible => on_request,
        Situation::HostPassword(_)
        | Situation::FiledElsewhere(_)
        | Situation::CodesMadeElsewhere(_)
        | Situation::CodeOnPurchase(_) => is_about(situation),
        _ => false,
    });
    let here = verified_by != VerifiedBy::Elsewhere;
    let used_up = situations.iter().filter(|situation| match situation {
        Situation::InstanceQuotaUsedUp { .. } | Situation::AccountQuotaUsedUp { .. } => is_about(situation),
        Situation::OutsideMainland | Situation::OtherAccount => true,
        _ => false,
    });
    let asks = row.asked(lang).into_iter().chain(row.counted(lang));
    let told = main.map_or_else(|| row.handling(lang), |situation| situation.answer(lang));
    let next =
        vec![("/products", w.to_products), ("/check/instances", w.to_instances), ("/rules", w.to_rules)];
    Answer {
        asks: asks.filter(|_| here).collect(),
        steps: used_up.filter(|_| here).map(|situation| Step::of(situation, lang)).collect(),
        next: if here { next } else { Vec::new() },
        ..answer(words::have(row.name.in_lang(lang), lang), told)
    }
}
