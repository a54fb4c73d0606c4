//! `/retention`: what is kept for how long, by whose rule, what a run would let go now, and the last runs.

mod words;

use super::{frame::Frame, shown::minute};
use crate::{
    caller::{ErasePersonalData, May},
    problem::{OrTold, Problem},
    site::Site,
};
use app::{
    Actor,
    retention::{PastRun, RULES, Rule, in_force},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use rulebook::{Lang, calendar};
use serde::Deserialize;
use std::time::Duration;
use tokio::time::timeout;
use words::Words;

/// How long counting may take: less than [a request](crate::LONGEST) may, so that what is told is a page.
const PATIENCE: Duration = Duration::from_secs(20);
/// Runs that are shown: two weeks of them.
const RUNS: u32 = 14;

/// Whether it is counted.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    count: Option<String>,
}

#[derive(Template)]
#[template(path = "retention/page.html")]
struct Page {
    w: &'static Words,
    rules: Vec<Line>,
    /// Rules of other days.
    others: Vec<Line>,
    counted: Counted,
    runs: Vec<Run>,
}

/// What became of counting.
enum Counted {
    NotAsked,
    Late,
    Done(String),
}

/// A rule, as its row shows it.
struct Line {
    what: &'static str,
    days: String,
    since: &'static str,
    source: &'static str,
    effect: &'static str,
    from: String,
    /// How much it would let go now.
    count: Option<u64>,
}

/// A run, as its row shows it.
struct Run {
    begun: String,
    ended: Option<String>,
    by: String,
    counts: String,
}

/// The page.
pub(crate) async fn page(
    State(site): State<Site>,
    _: May<ErasePersonalData>,
    frame: Frame,
    Query(Wanted { count }): Query<Wanted>,
) -> Result<Response, Problem> {
    let (lang, w, now) = (frame.lang, words::words(frame.lang), site.desk.now());
    let present = in_force(calendar::shanghai(now).date());
    let (counted, rules) = if count.is_some() {
        match timeout(PATIENCE, site.desk.run_retention(Actor::Kebei, true)).await {
            Err(_) => (Counted::Late, lines(&present, lang)),
            Ok(ran) => {
                let ran = ran.or_told(lang)?;
                let things = ran.counts.iter().map(|(_, things)| things).sum();
                let said = words::counted(things, &minute(ran.at, lang), lang);
                let counts = ran.counts.iter().map(|(rule, count)| line(rule, Some(*count), lang));
                (Counted::Done(said), counts.collect())
            }
        }
    } else {
        (Counted::NotAsked, lines(&present, lang))
    };
    let others: Vec<_> = RULES.into_iter().filter(|rule| !present.contains(rule)).collect();
    let runs = site.desk.retention_runs(RUNS).await.or_told(lang)?;
    let runs = runs.into_iter().map(|run| told(run, lang)).collect();
    Ok(frame.page(w.title, &Page { w, rules, others: lines(&others, lang), counted, runs }))
}

fn lines(rules: &[Rule], lang: Lang) -> Vec<Line> {
    rules.iter().map(|rule| line(rule, None, lang)).collect()
}

fn line(rule: &Rule, count: Option<u64>, lang: Lang) -> Line {
    let words = rule.what.words(lang);
    Line {
        what: words.what,
        days: words::days(rule.kept.as_hours() / 24, lang),
        since: words.from,
        source: rule.source.words(lang),
        effect: words.effect,
        from: rule.from.to_string(),
        count,
    }
}

fn told(PastRun { by, begun, ended, counts }: PastRun, lang: Lang) -> Run {
    let each = counts.iter().map(|(what, count)| words::went(what.words(lang).what, *count, lang));
    Run {
        begun: minute(begun, lang),
        ended: ended.map(|at| minute(at, lang)),
        by: words::by(&by, lang),
        counts: words::listed(&each.collect::<Vec<_>>(), lang),
    }
}
