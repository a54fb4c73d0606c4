//! What a round of the watch saw outside, and from when on that counts: a failure says nothing, one round never counts, and rounds of
//! one hour do not either.

use super::WatchRule;
use jiff::{SignedDuration, Timestamp};
use std::net::IpAddr;

/// Resolvers that have to agree.
const AGREEING: usize = 2;
/// A streak that was not seen again for so long is over: nobody looks any more.
const STALE: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Addresses that are kept of those to which a domain leads.
const MOST_SEEN: usize = 8;

/// What one resolver said of a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It leads to these addresses; to none where the name is there without an address.
    Leads(Vec<IpAddr>),
    /// There is no such name.
    NoSuchName,
    /// The resolver failed, or took too long.
    Failed,
}

/// Something that is wrong, as a round saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The domain leads to these addresses, none of which is ours.
    Elsewhere(Vec<IpAddr>),
    /// There is no such domain.
    Gone,
    /// The number is not on the home page.
    NotShown,
}

impl Fault {
    /// As it is stored.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Elsewhere(_) => "elsewhere",
            Self::Gone => "gone",
            Self::NotShown => "not-shown",
        }
    }
}

/// What one round saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// All is well.
    Well,
    /// Nothing that could be relied on.
    Nothing,
    /// Something is wrong.
    Wrong(Fault),
}

/// What a round saw of a domain. One address that is ours is enough to be well; otherwise at least two resolvers must agree, and for a
/// domain that is not there all that answered.
pub fn sight(answers: &[Answer], is_ours: impl Fn(IpAddr) -> bool) -> Sight {
    let led = answers.iter().filter_map(|answer| match answer {
        Answer::Leads(addresses) if !addresses.is_empty() => Some(addresses),
        _ => None,
    });
    let led: Vec<_> = led.collect();
    if led.iter().any(|addresses| addresses.iter().any(|address| is_ours(*address))) {
        return Sight::Well;
    }
    if led.len() >= AGREEING {
        let mut seen: Vec<IpAddr> = led.into_iter().flatten().copied().collect();
        seen.sort_unstable();
        seen.dedup();
        seen.truncate(MOST_SEEN);
        return Sight::Wrong(Fault::Elsewhere(seen));
    }
    let answered: Vec<_> = answers.iter().filter(|answer| **answer != Answer::Failed).collect();
    let gone = answered.len() >= AGREEING && answered.iter().all(|answer| **answer == Answer::NoSuchName);
    if gone { Sight::Wrong(Fault::Gone) } else { Sight::Nothing }
}

/// Rounds in a row that saw the same to be wrong; those that saw nothing are not among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Streak {
    /// What is wrong, as it was seen last.
    pub fault: Fault,
    /// How many rounds saw it.
    pub rounds: u32,
    /// When it was seen first.
    pub since: Timestamp,
    /// When it was seen last.
    pub last: Timestamp,
}

impl Streak {
    /// What there is after a round that was made at `at`; `None` where all is well.
    pub fn after(before: Option<Self>, sight: Sight, at: Timestamp) -> Option<Self> {
        match sight {
            Sight::Nothing => before,
            Sight::Well => None,
            Sight::Wrong(fault) => Some(match before.filter(|before| before.goes_on(&fault, at)) {
                Some(before) => Self { fault, rounds: before.rounds.saturating_add(1), last: at, ..before },
                None => Self { fault, rounds: 1, since: at, last: at },
            }),
        }
    }

    fn goes_on(&self, fault: &Fault, at: Timestamp) -> bool {
        self.fault.word() == fault.word() && self.is_fresh(at)
    }

    fn is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.last) <= STALE
    }

    /// Whether enough rounds over enough time saw it, and not too long ago.
    pub fn counts(&self, rule: &WatchRule, now: Timestamp) -> bool {
        let over = self.last.duration_since(self.since);
        self.rounds >= rule.rounds
            && over >= SignedDuration::from_hours(rule.hours.into())
            && self.is_fresh(now)
    }
}
