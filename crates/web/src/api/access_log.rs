//! `GET /api/v1/access-log`: who looked at what, a page at a time.

use crate::{
    answer::time,
    api::page::{Page, PageAsked},
    body::Query,
    caller::{May, ReadAccessLog},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::access_log::AccessLine;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A line of the access log: who looked at what. It names ids and filing numbers alone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccessLogLine {
    /// Its id.
    id: String,
    /// When it was looked.
    #[schema(format = DateTime, example = "2020-11-01T09:00:00+08:00")]
    at: String,
    /// Who looked: the name of a user or of another system.
    #[schema(example = "zhao")]
    who: String,
    /// The kind of looking: `why-not`; `why-not-unknown` where nothing was found; `instance` for an instance with its decision,
    /// `instances` for a page of their list; `number` for a filing number with what happened to it; `access-log` for this log itself; `order` and `order-picture` for personal data in clear;
    /// `proposal` for what two people decide. There may be more kinds later.
    #[schema(example = "why-not")]
    what: String,
    /// The instance that was looked at; null where none was.
    #[schema(example = "i-bp1a2b3c4d")]
    instance: Option<String>,
    /// The id of the service code that was looked at; null where none was.
    code: Option<String>,
    /// The account that was looked at, or whose the instance or the code was; null where none was.
    #[schema(example = "acc-7")]
    account: Option<String>,
    /// The moment that was asked about; null for the present.
    #[schema(format = DateTime)]
    as_of: Option<String>,
    /// The order that was looked at; null where none was.
    order: Option<String>,
    /// For what personal data was looked at: a word of the list of purposes; null where none was.
    #[schema(example = "review")]
    purpose: Option<String>,
    /// The proposal that was looked at; null where none was.
    proposal: Option<String>,
    /// The filing number that was looked at; null where none was.
    #[schema(example = "浙ICP备12345678号-1")]
    number: Option<String>,
}

impl From<AccessLine> for AccessLogLine {
    fn from(line: AccessLine) -> Self {
        let AccessLine {
            id,
            at,
            who,
            what,
            instance,
            code,
            account,
            as_of,
            order,
            purpose,
            proposal,
            number,
        } = line;
        let (id, code) = (id.to_string(), code.map(|code| code.to_string()));
        let (as_of, order) = (as_of.map(time), order.map(|order| order.to_string()));
        let proposal = proposal.map(|proposal| proposal.to_string());
        Self { id, at: time(at), who, what, instance, code, account, as_of, order, purpose, proposal, number }
    }
}

/// Who looked at what
///
/// Support look-ups, readings of instances, of filing numbers and of personal data in clear, and readings of this log itself, newest first. Each look-up
/// that was answered has one line, written before the answer was given. Every call leaves one line itself, which the pages after it do not repeat.
#[utoipa::path(
    get,
    path = "/api/v1/access-log",
    tag = "support",
    params(PageAsked),
    responses(
        (status = 200, description = "A page of lines", body = Page<AccessLogLine>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 400, description = "The cursor is none", body = ProblemBody),
    ),
    security(("bearer" = ["read-access-log"])),
)]
pub(crate) async fn list_access_log(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(auditor, _): May<ReadAccessLog>,
    Query(page): Query<PageAsked>,
) -> Result<Page<AccessLogLine>, Problem> {
    let (before, paged) = (page.after(lang)?, page.paged(lang));
    let found = site.desk.access_log(&auditor, before, paged.most() + 1).await.or_told(lang)?;
    let lines = found.into_iter().map(AccessLogLine::from).collect();
    Ok(paged.of(lines, "/api/v1/access-log", |line| line.id.clone()))
}
