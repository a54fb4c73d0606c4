//! `GET /api/v1/instances`: instances with today's decision on each, a page at a time.

use super::InstanceBody;
use crate::{
    api::page::{Page, Paged},
    body::Query,
    caller::Sees,
    copies::version_of,
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::instances::ListInstances;
use axum::extract::State;
use rulebook::{Lang, Verdict};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which instances are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// The cursor of the page before, as `next` gave it; the first page without it.
    cursor: Option<String>,
    /// How many items, up to 100.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u32>,
    /// Only those of this product, by its id.
    #[param(example = "ecs")]
    product: Option<String>,
    /// Only those of which this is said today: `eligible`, `ineligible`, `undetermined`, `not-required` or `elsewhere`.
    #[param(example = "eligible")]
    verdict: Option<String>,
    /// Only those whose id begins so.
    prefix: Option<String>,
    /// Only those that are gone, or only those that are there.
    gone: Option<bool>,
}

impl Wanted {
    fn verdict(&self, lang: Lang) -> Result<Option<Verdict>, Problem> {
        let Some(word) = &self.verdict else { return Ok(None) };
        let known = Verdict::ALL.into_iter().find(|verdict| verdict.word() == word);
        let unknown = || {
            let words = Verdict::ALL.map(Verdict::word);
            let [message, suggestion] =
                [Say::UnknownVerdict { word }, Say::OneOf { words: &words }].map(|say| say.to_text(lang));
            Problem::new(Kind::Unreadable, lang).with("verdict", "no-such-word", message, suggestion)
        };
        known.map(Some).ok_or_else(unknown)
    }

    /// Everything but the cursor, as the address of the next page repeats it.
    fn repeated(&self) -> Vec<(&'static str, String)> {
        let texts = [("product", &self.product), ("verdict", &self.verdict), ("prefix", &self.prefix)];
        let texts = texts.into_iter().filter_map(|(name, value)| Some((name, value.clone()?)));
        texts.chain(self.gone.map(|gone| ("gone", gone.to_string()))).collect()
    }
}

/// Instances
///
/// Each with what is known of it and today's decision, in the order of their ids. A customer sees those of his account, staff
/// those of every account, and each page that staff reads is in the access log. There may be a next page after one that is short.
#[utoipa::path(
    get,
    path = "/api/v1/instances",
    tag = "instances",
    params(Wanted),
    responses(
        (status = 200, description = "A page of instances", body = Page<InstanceBody>, headers(("Link" = String, description = "The next page, where there is one"))),
        (status = 409, description = "No edition of the rules is in force", body = ProblemBody),
    ),
    security(("bearer" = ["own-instances"]), ("bearer" = ["all-instances"])),
)]
pub(crate) async fn list_instances(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Sees(of, principal): Sees,
    Query(wanted): Query<Wanted>,
) -> Result<Page<InstanceBody>, Problem> {
    let page = Paged::new(wanted.limit, lang);
    let list = ListInstances {
        of,
        product: wanted.product.clone(),
        verdict: wanted.verdict(lang)?,
        prefix: wanted.prefix.clone(),
        text: None,
        gone: wanted.gone,
        after: wanted.cursor.clone(),
        most: page.most(),
    };
    let found = site.desk.instances_for(&principal, list).await.or_told(lang)?;
    let bodies: Vec<_> = found.instances.iter().map(|decided| InstanceBody::of(decided, lang)).collect();
    let versions: Vec<_> = bodies.iter().map(InstanceBody::version).collect();
    let version = version_of(&(versions, &found.next));
    Ok(page.going_on(bodies, found.next, "/api/v1/instances", &wanted.repeated()).tagged(version))
}
