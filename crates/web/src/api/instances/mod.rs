//! Instances (产品实例) with what the rules say of them.

pub(super) mod decision;
pub(super) mod import;
pub(super) mod list;
pub(super) mod read;

use crate::{
    answer::{raw, time},
    api::schemas,
    copies::version_of,
};
use app::instances::{CodesCounted, InstanceDecision};
use rulebook::Lang;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// An instance with the decision on it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstanceBody {
    /// The instance, as its seller names it.
    id: String,
    /// What is known of it, or was at the time asked about.
    #[schema(value_type = schemas::Facts)]
    facts: Option<Box<RawValue>>,
    /// Since when it is gone; null while it is there.
    #[schema(format = DateTime)]
    gone_at: Option<String>,
    /// How well it is known how many codes had been issued: `then` as of that time, `unsure`, `today` where only today's count
    /// is known, `as-given` where the facts were handed in.
    codes_counted: &'static str,
    /// The decision.
    #[schema(value_type = schemas::Decision)]
    decision: Option<Box<RawValue>>,
    #[serde(skip)]
    version: String,
}

impl InstanceBody {
    pub(crate) fn of(decided: &InstanceDecision, lang: Lang) -> Self {
        let report = decided.report(lang);
        let lasting = Self::saying(decided, raw(&report.undated()));
        Self { version: version_of(&lasting), decision: raw(&report), ..lasting }
    }

    /// How its version is called. It leaves out as of when was decided, which is another moment in each answer, and follows all
    /// else: the facts, the codes issued, the edition and the day. So a copy may be shown for as long as the desk, asked again
    /// with `If-None-Match`, answers 304: whoever decided now would be told the same. It may not be shown unasked, because an
    /// expiry comes at a moment, and a term ends with a day.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    fn saying(decided: &InstanceDecision, decision: Option<Box<RawValue>>) -> Self {
        Self {
            version: String::new(),
            id: decided.facts().id.clone(),
            facts: raw(decided.facts()),
            gone_at: decided.gone_at().map(time),
            codes_counted: match decided.codes_counted() {
                CodesCounted::Then => "then",
                CodesCounted::Unsure => "unsure",
                CodesCounted::Today => "today",
                CodesCounted::AsGiven => "as-given",
            },
            decision,
        }
    }
}
