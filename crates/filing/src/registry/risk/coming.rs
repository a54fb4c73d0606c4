//! What happens next unless somebody acts, when, and how much it weighs.

use super::{Risk, URGENT_DAYS};
use crate::registry::{Event, Reason, WatchRule, en_risk, zh_risk};
use jiff::{SignedDuration, Span, Timestamp, civil::Date};
use rulebook::Lang;

/// How much a risk weighs. Who has the number is told of what is a warning, and once more when it becomes urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// It is shown with the number, and nobody is told.
    Notice,
    /// Somebody has to act before its day.
    Warning,
    /// Somebody has to act now.
    Urgent,
}

impl Weight {
    /// Each, the lightest first.
    pub const ALL: [Self; 3] = [Self::Notice, Self::Warning, Self::Urgent];

    /// As it is stored and as answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Urgent => "urgent",
        }
    }

    /// The weight of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|weight| weight.word() == word)
    }
}

/// What happens next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coming {
    /// The desk drops the access by itself.
    AccessDropped,
    /// The provider may drop the access.
    AccessMayBeDropped,
    /// The bureau may cancel the number.
    BureauMayCancel,
    /// Others may register the domain and have the number cancelled.
    OthersMayRegister,
    /// The authority may demand that it be mended.
    AuthorityMayDemand,
    /// The instance backs no new filing.
    NoNewFiling,
}

impl Coming {
    /// Everything that can come.
    pub const ALL: [Self; 6] = [
        Self::AccessDropped,
        Self::AccessMayBeDropped,
        Self::BureauMayCancel,
        Self::OthersMayRegister,
        Self::AuthorityMayDemand,
        Self::NoNewFiling,
    ];

    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AccessDropped => "access-dropped",
            Self::AccessMayBeDropped => "access-may-be-dropped",
            Self::BureauMayCancel => "bureau-may-cancel",
            Self::OthersMayRegister => "others-may-register",
            Self::AuthorityMayDemand => "authority-may-demand",
            Self::NoNewFiling => "no-new-filing",
        }
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => zh_risk::coming(self),
            Lang::En => en_risk::coming(self),
        }
    }
}

/// What happens next unless somebody acts, and from which day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// What.
    pub what: Coming,
    /// From which day on; `None` where others decide when.
    pub on: Option<Date>,
}

/// Days that lie at least between the first warning and the end of an access.
pub const WARNED_DAYS: i32 = 3;

impl Risk {
    /// What happens next unless somebody acts, where its owner was first warned on the day `warned`: no access ends before he had
    /// [`WARNED_DAYS`].
    pub fn next(&self, rule: &WatchRule, warned: Date) -> Next {
        let next = |what, on| Next { what, on };
        let waited = later(warned, WARNED_DAYS);
        match self {
            Self::Released { since: day, .. }
            | Self::Expired { since: day, .. }
            | Self::Ending { on: day, .. } => match rule.drop_days {
                Some(days) => next(Coming::AccessDropped, later(*day, days).max(waited)),
                None => next(Coming::AccessMayBeDropped, Some(*day)),
            },
            Self::Untrue { mend_by, hosted: true } => {
                let last = if warned > *mend_by { waited } else { Some(*mend_by) };
                next(Coming::AccessMayBeDropped, last.and_then(|last| later(last, 1)))
            }
            Self::DomainEnded { on, .. } | Self::DomainEnding { on, .. } => {
                next(Coming::OthersMayRegister, Some(*on))
            }
            Self::DomainGone { .. } => next(Coming::OthersMayRegister, None),
            Self::Untrue { hosted: false, .. }
            | Self::HostedNowhere { .. }
            | Self::PointsElsewhere { .. } => next(Coming::BureauMayCancel, None),
            Self::NumberNotShown { .. } => next(Coming::AuthorityMayDemand, None),
            Self::Unfit { .. } => next(Coming::NoNewFiling, None),
        }
    }

    /// How much it weighs on a day.
    pub fn weight(&self, rule: &WatchRule, today: Date) -> Weight {
        let by = |urgent: bool| if urgent { Weight::Urgent } else { Weight::Warning };
        match self {
            Self::Released { .. }
            | Self::Expired { .. }
            | Self::DomainEnded { .. }
            | Self::DomainGone { .. } => Weight::Urgent,
            // Once no access is left to drop, its day is none to hurry for.
            Self::Untrue { mend_by, hosted } => by(*hosted && *mend_by < today),
            Self::Ending { on, .. } | Self::DomainEnding { on, .. } => {
                by(later(today, URGENT_DAYS).is_none_or(|soon| *on <= soon))
            }
            Self::HostedNowhere { since } => {
                let is_long = later(*since, rule.nowhere_days).is_some_and(|day| day <= today);
                if is_long { Weight::Warning } else { Weight::Notice }
            }
            Self::PointsElsewhere { .. } | Self::NumberNotShown { .. } => Weight::Warning,
            Self::Unfit { .. } => Weight::Notice,
        }
    }

    /// What the desk may do about it by itself, where it may do anything: an access ends whose instance is no more.
    pub const fn drops(&self) -> Option<Reason> {
        match self {
            Self::Released { .. } => Some(Reason::InstanceReleased),
            Self::Expired { .. } => Some(Reason::InstanceExpired),
            _ => None,
        }
    }
}

impl WatchRule {
    /// Whether somebody is to be told of what weighs so much: once, again when it weighs more than when he was `told`, and again after
    /// some days.
    pub fn tells(&self, weight: Weight, told: Option<(Timestamp, Weight)>, now: Timestamp) -> bool {
        let again = SignedDuration::from_hours(24 * i64::from(self.again_days));
        weight > Weight::Notice
            && told.is_none_or(|(at, before)| weight > before || now.duration_since(at) >= again)
    }

    /// What the desk does on a day about a website with so many open accesses, one of whose instances is no more: the event and its
    /// reason, or nothing yet.
    pub fn drops(&self, risk: &Risk, open: usize, today: Date) -> Option<(Event, Reason)> {
        let reason = risk.drops()?;
        let on = later(risk.day()?, self.drop_days?)?;
        let event = if open > 1 { Event::EndAccess } else { Event::DropAccess };
        (on <= today).then_some((event, reason))
    }
}

/// So many days later; `None` beyond the calendar.
fn later(day: Date, days: i32) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}
