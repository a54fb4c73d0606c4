//! What is kept for how long, from when on, and who says so: the one table from which runs and `docs/retention.*.md` are made. Rules have a
//! day from which they are in force, and stay in the table when another follows: a run goes by those of its own day.

use crate::access::Slowing;
use jiff::{
    SignedDuration,
    civil::{Date, date},
};

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
    /// Everything, in the order in which a run goes through it.
    pub const ALL: [Self; 8] = [
        Self::IdleOrders,
        Self::Documents,
        Self::Requests,
        Self::Tries,
        Self::Sessions,
        Self::Keys,
        Self::AccessLog,
        Self::Jobs,
    ];

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
    /// The Cybersecurity Law (网络安全法) of 2017, article 21 (3): logs are kept for six months at least. The provider keeps them longer.
    CybersecurityLaw,
    /// The same law as amended by the decision of 2025-10-28, which put two articles before that one, 3 and 20: it is article 23 (3).
    CybersecurityLawOf2026,
}

/// One rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is forgotten.
    pub what: What,
    /// The first day, in Asia/Shanghai, of the runs that go by it. The first rule of something holds for earlier runs as well.
    pub from: Date,
    /// How long it is kept, in days of 24 hours, from the moment that its words name.
    pub kept: SignedDuration,
    /// Who says so.
    pub source: Source,
}

const fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

/// The day of the provider's first table.
const FIRST: Date = date(2026, 11, 29);

const fn own(what: What, kept: SignedDuration) -> Rule {
    Rule { what, from: FIRST, kept, source: Source::Own }
}

const fn lines(from: Date, source: Source) -> Rule {
    Rule { what: What::AccessLog, from, kept: days(365), source }
}

/// The rules; of those for the same, the one that came later stands later. A rule that has been in force is not changed: another follows.
pub const RULES: [Rule; 9] = [
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
    lines(date(2017, 6, 1), Source::CybersecurityLaw),
    lines(date(2026, 1, 1), Source::CybersecurityLawOf2026),
    // By its key a job that was done keeps the same from being added again.
    own(What::Jobs, days(90)),
];

/// The rules by which a run of that day goes, in its order.
pub fn in_force(day: Date) -> Vec<Rule> {
    What::ALL.iter().filter_map(|what| of(&RULES, *what, day)).collect()
}

/// How long something is kept, to a run of that day.
pub fn kept(what: What, day: Date) -> SignedDuration {
    of(&RULES, what, day).map_or(SignedDuration::MAX, |rule| rule.kept)
}

fn of(rules: &[Rule], what: What, day: Date) -> Option<Rule> {
    let mut its = rules.iter().filter(|rule| rule.what == what);
    let first = its.next()?;
    Some(*its.take_while(|rule| rule.from <= day).last().unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_a_rule_on_each_day_and_lies_within_what_the_law_and_other_rules_need() {
        for day in RULES.map(|rule| rule.from).into_iter().chain([date(2020, 1, 1)]) {
            assert_eq!(in_force(day).len(), What::ALL.len(), "{day}");
            assert!(kept(What::AccessLog, day) >= days(184), "six months at least");
            assert!(kept(What::Tries, day) >= Slowing::FORGOTTEN, "or a new process would forgive");
            let keys = kept(What::Keys, day);
            assert!(keys > kept(What::Requests, day), "or a key could be told again that is gone");
        }
    }

    #[test]
    fn the_rule_of_a_day_is_the_last_that_is_in_force_on_it() {
        let shorter = Rule { from: date(2027, 3, 1), kept: days(30), ..own(What::Jobs, days(90)) };
        let longer = Rule { from: date(2028, 1, 1), kept: days(60), ..shorter };
        let rules = [own(What::Jobs, days(90)), own(What::Keys, days(7)), shorter, longer];
        let on = |year, month, day| of(&rules, What::Jobs, date(year, month, day)).unwrap().kept;
        assert_eq!(on(2020, 1, 1), days(90), "the first holds before its day, too");
        assert_eq!([on(2027, 2, 28), on(2027, 3, 1)], [days(90), days(30)]);
        assert_eq!([on(2027, 12, 31), on(2028, 1, 1)], [days(30), days(60)]);
        assert_eq!(of(&rules, What::Tries, date(2028, 1, 1)), None);
    }

    #[test]
    fn of_the_rules_for_the_same_a_later_one_stands_later() {
        for what in What::ALL {
            let days: Vec<_> = RULES.iter().filter(|rule| rule.what == what).map(|rule| rule.from).collect();
            assert!(!days.is_empty() && days.is_sorted_by(|one, next| one < next), "{what:?}");
        }
    }
}
