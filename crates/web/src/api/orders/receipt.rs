//! `GET /api/v1/orders/{id}/receipt`: that an order was submitted, to keep and to show.

use super::{ADDRESS, named, shapes::WaitingBody, words::OrderKind};
use crate::{
    answer::{Answer, minute, time},
    api::numbers::receipt::EnteredBody,
    body::Named,
    caller::{Customer, OwnOrders},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::orders::{Submission, Submitted};
use axum::extract::State;
use jiff::Timestamp;
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// Where the receipt of an order is found.
pub(super) fn address(order: &str) -> String {
    format!("{ADDRESS}/{order}/receipt")
}

/// A receipt (回执): an order was submitted, and what follows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubmissionBody {
    /// The reference of the receipt, which is the id of the entry of the ledger that says the same.
    reference: String,
    /// What happened and when, as a sentence.
    #[schema(example = "2026-11-29 21:40（北京时间），备案订单（首次备案）已提交。")]
    statement: String,
    /// The order.
    order: String,
    /// What it asks for.
    #[schema(value_type = OrderKind)]
    kind: &'static str,
    /// Which time it was submitted, from 1.
    #[schema(minimum = 1)]
    round: i64,
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// The number that it is about; null where it asks for a new one, and once what was filled in was forgotten.
    #[schema(example = json!(null))]
    number: Option<String>,
    /// Its websites; null once what was filled in was erased or forgotten.
    websites: Option<Vec<SubmittedBody>>,
    /// What followed: for what it waited from then on, from whom and by when.
    next: Vec<WaitingBody>,
    /// The entry of the ledger, by which the receipt is verified.
    ledger: EnteredBody,
}

/// A website of an order that was submitted.
#[derive(Debug, Serialize, ToSchema)]
struct SubmittedBody {
    /// Its name.
    #[schema(example = "若溪的山野图集")]
    name: Option<String>,
    /// Its domains.
    domains: Vec<String>,
    /// The product behind it.
    #[schema(example = "swas")]
    product: Option<String>,
    /// The id of the service code that proved it; null for a host, which is proved with its login.
    code: Option<String>,
}

impl SubmittedBody {
    fn of(website: Submitted) -> Self {
        let Submitted { name, domains, product, code } = website;
        Self { name, domains, product, code: code.map(|code| code.to_string()) }
    }
}

impl SubmissionBody {
    fn of(submission: Submission, now: Timestamp, lang: Lang) -> Self {
        let Submission { order, kind, round, at, about, websites, waiting, entry } = submission;
        let when = minute(at);
        Self {
            reference: entry.id.to_string(),
            statement: Say::Submitted { kind: kind.label(lang), at: &when }.to_text(lang),
            order: order.to_string(),
            kind: kind.word(),
            round,
            at: time(at),
            number: about,
            websites: websites.map(|all| all.into_iter().map(SubmittedBody::of).collect()),
            next: waiting.iter().map(|waiting| WaitingBody::of(waiting, now, lang)).collect(),
            ledger: (&entry).into(),
        }
    }
}

/// Receipt of a submitted order
///
/// For its owner to keep: what was submitted last, when, and what follows. It is made of the steps of the order and the entry of the ledger,
/// which stay for ever; what was filled in is there as long as it is kept.
#[utoipa::path(
    get,
    path = "/api/v1/orders/{id}/receipt",
    tag = "orders",
    params(("id" = String, Path, description = "The id of the order")),
    responses(
        (status = 200, description = "The receipt", body = SubmissionBody),
        (status = 404, description = "The account has no such order, or it was not submitted", body = ProblemBody),
    ),
    security(("bearer" = ["own-orders"])),
)]
pub(crate) async fn order_receipt(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnOrders>,
    Named(id): Named<String>,
) -> Result<Answer<SubmissionBody>, Problem> {
    let found = site.desk.submission(&asker, named(&id, lang)?).await.or_told(lang)?;
    let none = || Problem::new(Kind::NotFound, lang).saying(Say::NotSubmittedYet.to_text(lang));
    let found = found.ok_or_else(none)?;
    Ok(Answer::ok(lang, SubmissionBody::of(found, site.desk.now(), lang)).secret())
}
