//! `POST /api/v1/gate/windows`: domains are put on the white list.

use super::shapes::GateWindowIds;
use crate::{
    answer::Answer,
    body::Body,
    caller::{ManageGate, May, actor},
    idempotency::{MaybeKey, soon},
    language::Speaks,
    moment::moment,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
};
use app::gate::AddWindow;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

/// Domains that are to be served without being filed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WindowToAdd {
    /// Names of hosts, whose registrable domains are meant.
    #[schema(min_items = 1, max_items = 100)]
    names: Vec<String>,
    /// From when on; at once without it.
    #[schema(format = DateTime)]
    from: Option<String>,
    /// Until before when; until it is taken away without it.
    #[schema(format = DateTime)]
    until: Option<String>,
    /// Why, in one line; it goes into the ledger and to every edge, and must name nobody.
    #[schema(min_length = 1, max_length = 60)]
    reason: String,
}

/// Put domains on the white list
///
/// All of them or none. From then on they may be served, as long as they are not on the blacklist. The change is seen at every edge within
/// a second of being told here.
#[utoipa::path(
    post,
    path = "/api/v1/gate/windows",
    tag = "gate",
    params(("Idempotency-Key" = Option<String>, Header, description = "A unique value of the caller's own: with it, the same again is answered alike")),
    request_body = WindowToAdd,
    responses(
        (status = 201, description = "They are on it", body = GateWindowIds),
        (status = 409, description = "A domain has as many entries as it may have", body = ProblemBody),
        (status = 422, description = "A name is none of a host below a public suffix, the time is over before it begins, or there is no reason", body = ProblemBody),
    ),
    security(("bearer" = ["manage-gate"])),
)]
pub(crate) async fn add_gate_window(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<ManageGate>,
    MaybeKey(key): MaybeKey,
    Body(ask): Body<WindowToAdd>,
) -> Result<Answer<GateWindowIds>, Problem> {
    let by = actor(&by, lang)?;
    let WindowToAdd { names, from, until, reason } = ask;
    let from = moment(from.as_deref(), "from", Kind::Invalid, lang)?;
    let until = moment(until.as_deref(), "until", Kind::Invalid, lang)?;
    let ask = AddWindow { by, caller: String::new(), names, from, until, reason };
    soon(lang, key.is_some(), async move {
        let told = site.desk.add_window(ask, key).await.or_told(lang)?;
        let ids = GateWindowIds::from(&told.answer);
        Ok(Answer::made(lang, &told, ids))
    })
    .await
}
