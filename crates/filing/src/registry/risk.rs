//! What threatens a number unless somebody acts (SPEC 7): computed from what is known today, stored nowhere. It warns; it never ends
//! anything.

use super::State;
use jiff::{Timestamp, civil::Date};
use rulebook::{Lang, calendar::shanghai};

/// Days before its end in which a product is a risk: time enough to renew it, or to move the website.
pub const ENDING_DAYS: i32 = 30;

/// A number as it is watched.
#[derive(Clone, Copy, Debug)]
pub struct Watched<'a> {
    /// Where it stands.
    pub state: State,
    /// The instances on which its website is hosted now, where they are known.
    pub hosted: &'a [Hosted<'a>],
    /// Since when its website is hosted nowhere here.
    pub dropped_at: Option<Timestamp>,
    /// Today.
    pub now: Timestamp,
}

/// An instance on which a website is hosted.
#[derive(Clone, Copy, Debug)]
pub struct Hosted<'a> {
    /// The instance, as its seller names it.
    pub instance: &'a str,
    /// Since when it is gone.
    pub gone_at: Option<Timestamp>,
    /// When its term ends; `None` where that is not known.
    pub expires_at: Option<Timestamp>,
    /// Whether it no longer meets the rules in force, its term aside.
    pub unfit: bool,
}

/// Something that threatens a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Risk {
    /// The instance is gone: its access ends.
    Released {
        /// The instance.
        instance: String,
        /// Since which day.
        since: Date,
    },
    /// The term of the instance has ended: its access ends where it is not renewed.
    Expired {
        /// The instance.
        instance: String,
        /// On which day.
        since: Date,
    },
    /// The term of the instance ends soon.
    Ending {
        /// The instance.
        instance: String,
        /// On which day.
        on: Date,
    },
    /// The instance no longer meets the rules in force.
    Unfit {
        /// The instance.
        instance: String,
    },
    /// The website is hosted nowhere here: the bureau cancels one that is hosted nowhere for long.
    HostedNowhere {
        /// Since which day.
        since: Date,
    },
}

/// Everything that threatens a number, what is worst first.
pub fn risks(watched: &Watched<'_>) -> Vec<Risk> {
    if watched.state.is_final() {
        return Vec::new();
    }
    let nowhere = watched.dropped_at.filter(|_| watched.state == State::AccessDropped);
    let nowhere = nowhere.map(|since| Risk::HostedNowhere { since: day(since) });
    let mut all: Vec<_> =
        nowhere.into_iter().chain(watched.hosted.iter().filter_map(|one| one.risk(watched.now))).collect();
    all.sort_by_key(Risk::rank);
    all
}

impl Hosted<'_> {
    fn risk(&self, now: Timestamp) -> Option<Risk> {
        let instance = self.instance.to_owned();
        if let Some(gone) = self.gone_at {
            return Some(Risk::Released { instance, since: day(gone) });
        }
        let term = self.expires_at.and_then(|end| {
            let instance = instance.clone();
            if end <= now {
                Some(Risk::Expired { instance, since: day(end) })
            } else {
                let left = day(now).until(day(end)).ok()?.get_days();
                (left <= ENDING_DAYS).then_some(Risk::Ending { instance, on: day(end) })
            }
        });
        term.or_else(|| self.unfit.then_some(Risk::Unfit { instance }))
    }
}

fn day(at: Timestamp) -> Date {
    shanghai(at).date()
}

impl Risk {
    const fn rank(&self) -> u8 {
        match self {
            Self::Released { .. } => 0,
            Self::Expired { .. } => 1,
            Self::HostedNowhere { .. } => 2,
            Self::Ending { .. } => 3,
            Self::Unfit { .. } => 4,
        }
    }

    /// As answers carry it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Released { .. } => "instance-released",
            Self::Expired { .. } => "instance-expired",
            Self::Ending { .. } => "instance-expiring",
            Self::Unfit { .. } => "instance-unfit",
            Self::HostedNowhere { .. } => "hosted-nowhere",
        }
    }

    /// The day with which it begins or began, where there is one.
    pub const fn day(&self) -> Option<Date> {
        match self {
            Self::Released { since, .. } | Self::Expired { since, .. } | Self::HostedNowhere { since } => {
                Some(*since)
            }
            Self::Ending { on, .. } => Some(*on),
            Self::Unfit { .. } => None,
        }
    }

    /// What threatens, and what happens unless somebody acts.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => super::zh::risk(self),
            Lang::En => super::en::risk(self),
        }
    }

    /// What to do about it.
    pub const fn suggestion(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::about_risk(self),
            Lang::En => super::en::about_risk(self),
        }
    }
}
