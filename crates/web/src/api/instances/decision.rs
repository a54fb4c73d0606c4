//! `GET /api/v1/instances/{id}/decision`: what the rules say, or said, of one instance.

use super::InstanceBody;
use crate::{
    answer::Answer,
    body::{Named, Query},
    caller::Sees,
    language::Speaks,
    moment::moment,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
};
use app::instances::AskDecision;
use axum::extract::State;
use jiff::Timestamp;
use rulebook::Lang;
use serde::Deserialize;
use utoipa::IntoParams;

/// By which edition, and as of when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AsOf {
    /// The edition; the one in force at that time without it.
    #[param(example = "2020-10-16")]
    pub(crate) edition: Option<String>,
    /// The moment: RFC 3339, or a day, from 00:00 in Asia/Shanghai; now without it.
    #[param(format = "moment", example = "2020-11-01")]
    pub(crate) at: Option<String>,
}

/// The decision on an instance
///
/// What the rules say of it by any edition and as of any moment since the desk knows it, from what was known then.
#[utoipa::path(
    get,
    path = "/api/v1/instances/{id}/decision",
    tag = "instances",
    params(("id" = String, Path, description = "The instance, as its seller names it"), AsOf),
    responses(
        (status = 200, description = "The instance as it was known, with the decision", body = InstanceBody),
        (status = 404, description = "The account had no such instance", body = ProblemBody),
        (status = 409, description = "No such edition, or none was in force", body = ProblemBody),
    ),
    security(("bearer" = ["own-instances"]), ("bearer" = ["all-instances"])),
)]
pub(crate) async fn decide_instance(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    sees: Sees,
    Named(instance): Named<String>,
    Query(as_of): Query<AsOf>,
) -> Result<Answer<InstanceBody>, Problem> {
    let at = moment(as_of.at.as_deref(), "at", Kind::Unreadable, lang)?;
    asked(&site, lang, instance, sees, as_of.edition, at).await
}

/// The instance with the decision on it, for whoever may see it.
pub(super) async fn asked(
    site: &Site,
    lang: Lang,
    instance: String,
    Sees(asker, principal): Sees,
    edition: Option<String>,
    at: Option<Timestamp>,
) -> Result<Answer<InstanceBody>, Problem> {
    let ask = AskDecision { instance, asker, edition, at };
    let decided = site.desk.instance_decision_for(&principal, ask).await.or_told(lang)?;
    let body = InstanceBody::of(&decided, lang);
    let version = body.version().to_owned();
    Ok(Answer::ok(lang, body).tagged(version))
}
