//! `/rulebook/proposals/{id}/impact`: what a rulebook that is proposed would do to everything that the desk knows, for whoever decides it.

use super::{
    named,
    words::{self, Words},
};
use crate::{
    caller::{May, PublishRulebook},
    console::{
        field::{Field, Kind},
        frame::Frame,
        rulebook::{draft::PATIENCE, impact::Told, words as of_drafts},
    },
    problem::{OrTold, Problem},
    site::Site,
};
use app::rulebooks::{AskImpact, MOST_LOOKED_AT};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;
use tokio::time::timeout;

/// The edition that is looked at.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    edition: Option<String>,
}

#[derive(Template)]
#[template(path = "rulebook/proposed/impact.html")]
struct Page<'p> {
    w: &'static of_drafts::Words,
    p: &'static Words,
    title: &'p str,
    id: String,
    /// What it would do; `None` where that takes longer than a page may.
    told: Option<Told>,
    /// Which edition is looked at, where several are added.
    choice: Option<Field<'p>>,
}

/// The page.
pub(super) async fn impact(
    State(site): State<Site>,
    May(by, _): May<PublishRulebook>,
    frame: Frame,
    Path(id): Path<String>,
    Query(Wanted { edition }): Query<Wanted>,
) -> Result<Response, Problem> {
    let (lang, id) = (frame.lang, named(&id, frame.lang)?);
    let seen = site.desk.rulebook_proposal(id).await.or_told(lang)?;
    let ask = AskImpact { text: seen.text, edition: edition.clone(), most: MOST_LOOKED_AT };
    let impact = match timeout(PATIENCE, site.desk.impact_of_rulebook(&by, ask)).await {
        Ok(impact) => Some(impact.or_told(lang)?),
        Err(_) => None,
    };
    let in_force = seen.in_force.in_force(site.desk.now()).or_told(lang)?;
    let editions = [seen.draft.as_ref(), Some(&*seen.in_force)];
    let looked_at = impact.as_ref().and_then(|impact| {
        editions.into_iter().flatten().find_map(|rules| rules.edition(&impact.after).ok())
    });
    let after = looked_at.map_or_else(String::new, |edition| edition.id.clone());
    let title = words::impact_title(&in_force.id, &after, lang);
    let ids: Vec<_> = seen.proposal.added.iter().map(|(id, _)| (id.clone(), id.clone())).collect();
    let w = of_drafts::words(lang);
    let choice = Field::new("edition", w.edition).of(Kind::OneOf(&ids)).valued(after);
    let page = Page {
        w,
        p: words::words(lang),
        title: &title,
        id: id.to_string(),
        told: impact.zip(looked_at).map(|(impact, after)| Told::of(impact, in_force, after, lang)),
        choice: (ids.len() > 1).then_some(choice),
    };
    Ok(frame.page(&title, &page))
}
