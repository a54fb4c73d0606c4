//! `GET /api/v1/blacklist`: what may not be filed, a page at a time.

use super::{
    page::{Page, PageAsked},
    proposals::shapes::BlacklistThing,
};
use crate::{
    answer::time,
    body::Query,
    caller::{May, ProposeAndAgree},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::two_people::Blacklisted;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// Something on the blacklist. The value itself is kept nowhere.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BlacklistEntry {
    /// Its id, by which it is taken off.
    id: String,
    /// What kind of thing.
    thing: BlacklistThing,
    /// Why.
    #[schema(example = "unlawful-content")]
    reason: String,
    /// The proposal by which it came there.
    proposal: String,
    /// Since when.
    #[schema(format = DateTime)]
    since: String,
}

impl From<Blacklisted> for BlacklistEntry {
    fn from(listed: Blacklisted) -> Self {
        let Blacklisted { id, thing, reason, proposal, since } = listed;
        Self {
            id: id.to_string(),
            thing: thing.into(),
            reason,
            proposal: proposal.to_string(),
            since: time(since),
        }
    }
}

/// What is on the blacklist
///
/// Oldest first. There are only keyed hashes of the domains, certificates and names, so that nobody can read them, here or from a stolen
/// database; whether something is listed, a proposal to take it off tells.
#[utoipa::path(
    get,
    path = "/api/v1/blacklist",
    tag = "two people",
    params(PageAsked),
    responses(
        (status = 200, description = "A page of entries", body = Page<BlacklistEntry>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 400, description = "The cursor is none", body = ProblemBody),
    ),
    security(("bearer" = ["propose-and-agree"])),
)]
pub(crate) async fn list_blacklist(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ProposeAndAgree>,
    Query(page): Query<PageAsked>,
) -> Result<Page<BlacklistEntry>, Problem> {
    let (after, paged) = (page.after(lang)?, page.paged(lang));
    let found = site.desk.blacklist(after, paged.most() + 1).await.or_told(lang)?;
    let entries = found.into_iter().map(BlacklistEntry::from).collect();
    Ok(paged.of(entries, "/api/v1/blacklist", |entry| entry.id.clone()))
}
