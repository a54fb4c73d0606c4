//! `POST /api/v1/gate/ranges`: addresses of the provider's own are put down.

use crate::{
    answer::Answer,
    body::Body,
    caller::{ManageGate, May, actor},
    idempotency::{MaybeKey, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::gate::{AddRange, AddressRange, RangeKept};
use axum::extract::State;
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Addresses that are to be served.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RangeToAdd {
    /// An address, a network such as `10.0.0.0/8`, or two addresses with `-` between them.
    #[schema(example = "10.0.0.0/8")]
    range: String,
    /// Why, in one line; it goes into the ledger and to every edge, and must name nobody.
    #[schema(min_length = 1, max_length = 60)]
    reason: String,
}

/// A range that was put down, or taken away.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RangeSaid {
    /// Its id.
    id: String,
    /// The range.
    range: String,
    /// Why it was put down.
    reason: String,
}

impl From<&RangeKept> for RangeSaid {
    fn from(kept: &RangeKept) -> Self {
        let RangeKept { id, first, last, reason } = kept;
        let range = AddressRange::between(*first, *last);
        let range = range.map_or_else(|_| format!("{first}-{last}"), |range| range.to_string());
        Self { id: id.to_string(), range, reason: reason.clone() }
    }
}

/// A range as it was written.
pub(super) fn read(text: &str, path: &str, lang: Lang) -> Result<AddressRange, Problem> {
    let bad = |_| Problem::invalid(lang, path, "no-range", Say::NoRange, Say::WriteRange);
    text.trim().parse().map_err(bad)
}

/// Put addresses of the provider's own down
///
/// A name that is such an address may be served from then on.
#[utoipa::path(
    post,
    path = "/api/v1/gate/ranges",
    tag = "gate",
    params(("Idempotency-Key" = Option<String>, Header, description = "A unique value of the caller's own: with it, the same again is answered alike")),
    request_body = RangeToAdd,
    responses(
        (status = 201, description = "It is put down", body = RangeSaid),
        (status = 409, description = "That very range is there, or there are as many as there may be", body = ProblemBody),
        (status = 422, description = "It is no range, or there is no reason", body = ProblemBody),
    ),
    security(("bearer" = ["manage-gate"])),
)]
pub(crate) async fn add_gate_range(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<ManageGate>,
    MaybeKey(key): MaybeKey,
    Body(RangeToAdd { range, reason }): Body<RangeToAdd>,
) -> Result<Answer<RangeSaid>, Problem> {
    let range = read(&range, "range", lang)?;
    let ask = AddRange { by: actor(&by, lang)?, caller: String::new(), range, reason };
    soon(lang, key.is_some(), async move {
        let told = site.desk.add_range(ask, key).await.or_told(lang)?;
        let said = RangeSaid::from(&told.answer);
        Ok(Answer::made(lang, &told, said))
    })
    .await
}
