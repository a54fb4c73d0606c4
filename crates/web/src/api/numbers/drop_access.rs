//! `POST /api/v1/numbers/{number}/drop-access`: a website is no longer hosted here.

use super::shapes::EndedBody;
use crate::{
    answer::Answer,
    body::{Body, Named},
    caller::{EndNumbers, May, operator},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::registry::DropAccess;
use axum::extract::State;
use filing::registry::Reason;
use serde::Deserialize;
use utoipa::ToSchema;

/// Why a website is no longer hosted here.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WhyDropped {
    /// Its owner wants it.
    ByOwner,
    /// The term of the instance ended.
    InstanceExpired,
    /// The instance was given back.
    InstanceReleased,
    /// What is filed is untrue, inaccurate or missing, and was not mended by the day given.
    InformationUntrue,
    /// An authority demands it. One operator records it, because an order brings an access back; to cancel the number takes two people.
    ByAuthority,
}

impl From<WhyDropped> for Reason {
    fn from(why: WhyDropped) -> Self {
        match why {
            WhyDropped::ByOwner => Self::ByOwner,
            WhyDropped::InstanceExpired => Self::InstanceExpired,
            WhyDropped::InstanceReleased => Self::InstanceReleased,
            WhyDropped::InformationUntrue => Self::InformationUntrue,
            WhyDropped::ByAuthority => Self::ByAuthority,
        }
    }
}

/// A website is no longer hosted here.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToDrop {
    /// Why.
    reason: WhyDropped,
}

/// Drop the access of a website
///
/// All its accesses end, recorded by one operator whatever the reason. Its number stays, and an order for a new access brings it back; the
/// bureau may cancel one that is hosted nowhere for long. For what is untrue it is dropped only where that was recorded under the number
/// of the website or of its subject (otherwise `nothing-untrue`), and the day has passed by which it was to be mended (otherwise `mendable`,
/// with the day from which on it can be).
#[utoipa::path(
    post,
    path = "/api/v1/numbers/{number}/drop-access",
    tag = "numbers",
    params(
        ("number" = String, Path, description = "The number of the website, such as `浙ICP备12345678号-1`"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    request_body = AskToDrop,
    responses(
        (status = 200, description = "Dropped", body = EndedBody),
        (status = 404, description = "Nothing is filed here under that number", body = ProblemBody),
        (status = 409, description = "It cannot happen to the number, with what can (`illegal-event`); or nothing untrue was recorded (`nothing-untrue`), or its day has not passed (`mendable`), or its owner was not warned of it yet (`owner-not-warned`); or its instance is said to have ended and runs (`instance-runs`)", body = ProblemBody),
    ),
    security(("bearer" = ["end-numbers"])),
)]
pub(crate) async fn drop_access(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<EndNumbers>,
    Named(number): Named<String>,
    Key(key): Key,
    Body(AskToDrop { reason }): Body<AskToDrop>,
) -> Result<Answer<EndedBody>, Problem> {
    let ask = DropAccess { operator: operator(&by, lang)?, number, reason: reason.into() };
    soon(lang, true, async move {
        let told = site.desk.drop_access(ask, key).await.or_told(lang)?;
        Ok(Answer::done(lang, &told, EndedBody::of(&told.answer, lang)))
    })
    .await
}
