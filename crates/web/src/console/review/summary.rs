//! `/review/{id}/summary`: what a reviewer looked at as a PDF for the file: what was filled in, as far as whoever asks reads it, what the
//! checks and products say, and what was decided when.

use super::{
    evidence::Evidence,
    named,
    one::{Asked, Read},
    words,
};
use crate::{
    answer::minute,
    caller::{May, ReadOrders},
    console::{Frame, document},
    problem::Problem,
    site::Site,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use papers::Block;

/// The summary.
pub(super) async fn summary(
    State(site): State<Site>,
    May(by, _): May<ReadOrders>,
    frame: Frame,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let read = Read::of(&site, &frame, &by, named(&id, lang)?, asked.purpose.as_deref()).await?;
    let order = &read.seen.order;
    let facts = [
        (w.kind, order.kind.label(lang).to_owned()),
        (w.state, order.state.label(lang).to_owned()),
        (w.order, order.id.to_string()),
        (w.account, read.seen.account.clone()),
        (w.read_by, words::read_by(by.name(), &minute(site.desk.now()), read.purpose, lang)),
    ];
    let mut blocks = vec![Block::Facts(facts.map(|(label, words)| (label.to_owned(), words)).to_vec())];
    for section in read.sheet(false, None, lang).sections {
        let rows: Vec<_> = section.rows.into_iter().map(|row| (row.name, row.words)).collect();
        if !rows.is_empty() {
            blocks.extend([Block::Heading(section.heading), Block::Facts(rows)]);
        }
    }
    if let Some(looked) = &read.looked {
        let evidence = Evidence::of(looked, &read.faults, w, lang);
        blocks.extend([Block::Heading(w.checks.to_owned()), Block::Text(evidence.sums_up)]);
        let found = evidence.found.into_iter().map(|found| format!("{} {}", found.label, found.says));
        blocks.push(Block::List(found.collect()));
        for (heading, rows) in evidence.backings {
            let rows = rows.into_iter().map(|(label, words)| (label.to_owned(), words));
            blocks.extend([Block::Heading(heading), Block::Facts(rows.collect())]);
        }
    }
    let stages = order.stages.iter().map(|stage| (minute(stage.at), stage.by.label(lang).to_owned()));
    blocks.extend([Block::Heading(w.stages.to_owned()), Block::Facts(stages.collect())]);
    let name = format!("review-{}", document::file_name(&id));
    document::pdf(&site, lang, document::paper(w.summary, lang, blocks), &name).await
}
