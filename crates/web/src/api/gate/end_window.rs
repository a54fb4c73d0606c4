//! `DELETE /api/v1/gate/windows/{id}`: an entry of the white list is taken away before its time.

use super::shapes::GateWindowIds;
use crate::{
    answer::Answer,
    body::Named,
    caller::{ManageGate, May, actor},
    idempotency::{MaybeKey, soon},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
};
use app::gate::{EndWindow, Ended};
use axum::extract::State;

/// Take an entry off the white list
///
/// The domain is not served any longer, unless it is filed or another entry holds.
#[utoipa::path(
    delete,
    path = "/api/v1/gate/windows/{id}",
    tag = "gate",
    params(
        ("id" = String, Path, description = "The id of the entry"),
        ("Idempotency-Key" = Option<String>, Header, description = "A unique value of the caller's own: with it, the same again is answered alike"),
    ),
    responses(
        (status = 200, description = "It is taken away", body = GateWindowIds),
        (status = 404, description = "There is no such entry, or it is over", body = ProblemBody),
    ),
    security(("bearer" = ["manage-gate"])),
)]
pub(crate) async fn end_gate_window(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<ManageGate>,
    MaybeKey(key): MaybeKey,
    Named(id): Named<String>,
) -> Result<Answer<GateWindowIds>, Problem> {
    let id = id.parse().map_err(|_| Problem::new(Kind::NotFound, lang))?;
    let ask = EndWindow { by: actor(&by, lang)?, what: Ended::One(id) };
    soon(lang, key.is_some(), async move {
        let told = site.desk.end_window(ask, key).await.or_told(lang)?;
        let ids = GateWindowIds::from(&told.answer);
        Ok(Answer::done(lang, &told, ids))
    })
    .await
}
