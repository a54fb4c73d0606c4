//! `/ledger/verification`: whether the ledger is what was signed, looked at now. Nothing is changed by looking, so that the page can be
//! kept, and looks again when it is opened again.

use super::words::{self, Words};
use crate::{
    caller::{May, ReadLedger},
    console::{Frame, shown::minute},
    problem::{OrTold, Problem},
    site::Site,
};
use app::ledger::{LedgerReport, VerifyLedger};
use askama::Template;
use axum::{extract::State, response::Response};
use std::time::Duration;
use tokio::time::timeout;

/// How long somebody waits for it: less than [a request](crate::LONGEST) may take, so that what is told is a page.
const PATIENCE: Duration = Duration::from_secs(25);
/// Mistakes that are named; the rest is counted.
const MOST_MISTAKES: usize = 100;

#[derive(Template)]
#[template(path = "ledger/verified.html")]
struct Page {
    w: &'static Words,
    /// What was found; `None` where there are too many entries for a page.
    found: Option<Found>,
}

struct Found {
    is_sound: bool,
    looked: String,
    not_covered: Option<String>,
    mistakes: Vec<String>,
    more: Option<String>,
}

/// Looks.
pub(super) async fn verify(
    State(site): State<Site>,
    _allowed: May<ReadLedger>,
    frame: Frame,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let how = VerifyLedger { decide: true, most_mistakes: MOST_MISTAKES };
    let found = match timeout(PATIENCE, site.desk.verify_ledger(how)).await {
        Ok(report) => Some(Found::of(&report.or_told(lang)?, &minute(site.desk.now(), lang), lang)),
        Err(_) => None,
    };
    Ok(frame.page(w.verification, &Page { w, found }))
}

impl Found {
    fn of(report: &LedgerReport, at: &str, lang: rulebook::Lang) -> Self {
        Self {
            is_sound: report.is_sound(),
            looked: words::looked(report, at, lang),
            not_covered: (report.waiting > 0).then(|| words::not_covered(report.waiting, lang)),
            mistakes: report.mistakes.iter().map(|mistake| mistake.message(lang)).collect(),
            more: (report.more > 0).then(|| words::more(report.more, lang)),
        }
    }
}
