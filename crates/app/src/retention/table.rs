//! What is kept for how long, from when on, and who says so: the one table from which runs and `docs/retention.*.md` are made.

use crate::access::Slowing;
use jiff::SignedDuration;

/// The day on which the table was last changed; every run names it in the ledger.
pub const TABLE_OF: &str = "2026-11-29";

/// Something that is kept for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// What was filled in for an order that was given up or lapsed, with its pictures.
    IdleOrders,
    /// The pictures of orders of which everything that they filed is cancelled.
    Documents,
    /// Requests with an idempotency key.
    Requests,
    /// Tries that failed.
    Tries,
    /// Sessions.
    Sessions,
    /// Keys of people and systems.
    Keys,
    /// Lines of the access log.
    AccessLog,
    /// Jobs that were done.
    Jobs,
}

impl What {
    /// Its word, in the ledger and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::IdleOrders => "idle-orders",
            Self::Documents => "documents",
            Self::Requests => "requests",
            Self::Tries => "tries",
            Self::Sessions => "sessions",
            Self::Keys => "keys",
            Self::AccessLog => "access-log",
            Self::Jobs => "jobs",
        }
    }
}

/// Who says how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The provider. Personal data is kept no longer than what it was given for needs (Personal Information Protection Law,
    /// 个人信息保护法, articles 19 and 47); how long that is no law says.
    Own,
    /// The Cybersecurity Law (网络安全法): logs are kept for six months at least. Article 21 (3) of the law of 2017 is article 23 (3) since
    /// 2026: the decision of 2025-10-28 put two articles before it, 3 and 20. The provider keeps them longer.
    CybersecurityLaw,
}

/// One rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is forgotten.
    pub what: What,
    /// How long it is kept, in days of 24 hours, from the moment that its words name.
    pub kept: SignedDuration,
    /// Who says so.
    pub source: Source,
}

const fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

const fn own(what: What, kept: SignedDuration) -> Rule {
    Rule { what, kept, source: Source::Own }
}

/// The rules, in the order in which a run goes through them.
pub const RULES: [Rule; 8] = [
    // A quarter of a year: whoever gave an order up by mistake still finds what he had typed.
    own(What::IdleOrders, days(90)),
    // A year in which a question of bureau or owner about an ended filing can be answered.
    own(What::Documents, days(365)),
    // No client sends a request again after so long.
    own(What::Requests, days(90)),
    // A count of tries is over then, whatever follows.
    own(What::Tries, Slowing::FORGOTTEN),
    // So long is a session that is over still told from one that never was.
    own(What::Sessions, days(7)),
    // So long can a key that is presented be told as revoked or expired; longer than a request for it can be sent again.
    own(What::Keys, days(180)),
    Rule { what: What::AccessLog, kept: days(365), source: Source::CybersecurityLaw },
    // By its key a job that was done keeps the same from being added again.
    own(What::Jobs, days(90)),
];

/// The rule for something.
pub fn kept(what: What) -> SignedDuration {
    RULES.iter().find(|rule| rule.what == what).map_or(SignedDuration::MAX, |rule| rule.kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn everything_has_one_rule_and_lies_within_what_the_law_and_other_rules_need() {
        let whats: HashSet<What> = RULES.iter().map(|rule| rule.what).collect();
        assert_eq!(whats.len(), RULES.len());
        assert!(kept(What::AccessLog) >= days(184), "six months at least");
        assert!(kept(What::Tries) >= Slowing::FORGOTTEN, "or a new process would forgive");
        assert!(kept(What::Keys) > kept(What::Requests), "or a key could be told again that is gone");
    }
}
