//! `DELETE /api/v1/gate/ranges/{range}`: addresses are the provider's own no longer.

use super::add_range::{RangeSaid, read};
use crate::{
    answer::Answer,
    body::Named,
    caller::{ManageGate, May, actor},
    idempotency::{MaybeKey, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::gate::RemoveRange;
use axum::extract::State;

/// Take addresses away
///
/// By the very range that was put down; other ranges over the same addresses stay.
#[utoipa::path(
    delete,
    path = "/api/v1/gate/ranges/{range}",
    tag = "gate",
    params(
        ("range" = String, Path, description = "The range, percent-encoded: `10.0.0.0%2F8`"),
        ("Idempotency-Key" = Option<String>, Header, description = "A unique value of the caller's own: with it, the same again is answered alike"),
    ),
    responses(
        (status = 200, description = "It is taken away", body = RangeSaid),
        (status = 404, description = "There is no such range", body = ProblemBody),
        (status = 422, description = "It is no range", body = ProblemBody),
    ),
    security(("bearer" = ["manage-gate"])),
)]
pub(crate) async fn remove_gate_range(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<ManageGate>,
    MaybeKey(key): MaybeKey,
    Named(range): Named<String>,
) -> Result<Answer<RangeSaid>, Problem> {
    let ask = RemoveRange { by: actor(&by, lang)?, range: read(&range, "range", lang)? };
    soon(lang, key.is_some(), async move {
        let told = site.desk.remove_range(ask, key).await.or_told(lang)?;
        let said = RangeSaid::from(&told.answer);
        Ok(Answer::done(lang, &told, said))
    })
    .await
}
