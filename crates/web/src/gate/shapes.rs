//! An answer of the gate as JSON.

use super::words::reason;
use crate::answer::time;
use app::gate::{Answer, Standing, Why};
use jiff::Timestamp;
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether a name may be served, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateAnswer {
    /// The name, as it was asked.
    #[schema(example = "www.example.com")]
    name: String,
    /// Whether it may be served.
    serve: bool,
    /// Why, or why not: `filed`, `white-listed`, `address-range`, `stale-open`; `no-domain`, `listed`, `not-hosted-here`, `cancelled`,
    /// `not-filed`, `stale-closed`. A desk answers `not-filed` in place of `cancelled`, as it keeps no more than a hash of cancelled domains.
    #[schema(example = "filed")]
    why: &'static str,
    /// That in words.
    reason: String,
    /// Until before when; null where nothing ends it.
    #[schema(format = DateTime)]
    until: Option<String>,
}

impl GateAnswer {
    pub(super) fn of(name: &str, answer: Answer<'_>, lang: Lang) -> Self {
        let until = match answer.why {
            Why::WhiteListed { until, .. } => until.map(time),
            _ => None,
        };
        let Answer { serve, why } = answer;
        Self { name: name.to_owned(), serve, why: why.word(), reason: reason(why, lang), until }
    }
}

/// From when what is known is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Known {
    /// When it was right.
    #[schema(format = DateTime)]
    as_of: String,
    /// How many seconds ago that was.
    age_seconds: i64,
    /// How many entries the ledger had of which everything is in it.
    position: u64,
}

impl Known {
    pub(super) fn of(standing: &Standing, now: Timestamp) -> Self {
        let as_of = standing.as_of();
        let age_seconds = now.duration_since(as_of).as_secs().max(0);
        Self { as_of: time(as_of), age_seconds, position: standing.position().size }
    }
}
