//! What an order waits for: who acts next, and by when. Interfaces, pages and notices all say it with the same sentences.

use super::{Kind, Move, State, Who};
use crate::working_days::{self, NotKnown};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use rulebook::{
    Lang,
    calendar::{instant, shanghai},
};

/// Hours within which the text message of the bureau is answered, from when it took the order.
pub const SMS_HOURS: i64 = 24;
/// Hours before that end at which the customer is reminded: a message of the afternoon is remembered in the next morning.
pub const SMS_NOTICE_HOURS: i64 = 6;
/// Chinese working days within which the bureau decides, the first being the one after the day on which it took the order.
pub const BUREAU_DAYS: u32 = 20;
/// Chinese working days within which a reviewer looks at an order: what the desk wants of itself.
pub const REVIEW_DAYS: u32 = 1;
/// Days after which an untouched draft is withdrawn. A verification lasts 30 days, so that an older one has to be begun
/// anew anyway.
pub const DRAFT_DAYS: i64 = 30;
/// Days before the last of a draft on which its owner is told.
pub const DRAFT_NOTICES: &[i64] = &[7, 1];
/// Days after which an untouched returned order is withdrawn. Sooner than a draft: it holds service codes that others could use.
pub const RETURNED_DAYS: i64 = 15;
/// Days before the last of a returned order on which its owner is told.
pub const RETURNED_NOTICES: &[i64] = &[3, 1];
/// The hour in Shanghai at which notices go out on their day: nobody is woken.
const NOTICE_HOUR: i8 = 9;

/// Where an order is in its course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// What it asks for.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Since when: for an order with the bureau, when the bureau took it.
    pub since: Timestamp,
    /// When its owner last saved anything.
    pub touched: Timestamp,
    /// Whether the text message was answered since then.
    pub sms_answered: bool,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Awaited {
    /// That the draft is submitted.
    Submission,
    /// That the order is mended and submitted again.
    Mending,
    /// The review.
    Review,
    /// That the order is handed to the bureau.
    Sending,
    /// The answer to the text message of the bureau.
    Sms,
    /// The decision of the bureau.
    Decision,
}

/// Until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// Before that instant.
    Instant(Timestamp),
    /// Until the end of that day in Shanghai.
    Day(Date),
    /// Nobody can say yet: the working days of that year are not known.
    NotKnown(NotKnown),
    /// There is no term.
    Open,
}

/// One thing that an order waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// For what.
    pub awaited: Awaited,
    /// Who is to act.
    pub who: Who,
    /// By when.
    pub until: Until,
    /// When he is reminded, earliest first.
    pub reminders: Vec<Timestamp>,
}

/// All that an order waits for, what comes first at first; nothing once it is finished.
pub fn waiting(course: &Course) -> Vec<Waiting> {
    let idle = shanghai(course.since.max(course.touched)).date();
    let since = shanghai(course.since).date();
    match course.state {
        State::Draft => vec![left_idle(Awaited::Submission, idle, DRAFT_DAYS, DRAFT_NOTICES)],
        State::Returned => vec![left_idle(Awaited::Mending, idle, RETURNED_DAYS, RETURNED_NOTICES)],
        State::Submitted => vec![working(Awaited::Review, Who::Reviewer, since, REVIEW_DAYS)],
        State::Approved => vec![Waiting {
            awaited: Awaited::Sending,
            who: Who::Desk,
            until: Until::Open,
            reminders: Vec::new(),
        }],
        State::AtBureau => {
            let sms = (course.kind.needs().sms && !course.sms_answered).then(|| sms(course.since));
            sms.into_iter().chain([working(Awaited::Decision, Who::Bureau, since, BUREAU_DAYS)]).collect()
        }
        State::Filed | State::Rejected | State::Withdrawn => Vec::new(),
    }
}

fn sms(taken: Timestamp) -> Waiting {
    let after = |hours| taken.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(taken);
    Waiting {
        awaited: Awaited::Sms,
        who: Who::Filer,
        until: Until::Instant(after(SMS_HOURS)),
        reminders: vec![after(SMS_HOURS - SMS_NOTICE_HOURS)],
    }
}

fn working(awaited: Awaited, who: Who, since: Date, days: u32) -> Waiting {
    let until = working_days::after(since, days).map_or_else(Until::NotKnown, Until::Day);
    Waiting { awaited, who, until, reminders: Vec::new() }
}

fn left_idle(awaited: Awaited, touched: Date, days: i64, notices: &[i64]) -> Waiting {
    let last = touched.saturating_add(days.days());
    let notice = |before: &i64| instant(last.saturating_sub(before.days()).at(NOTICE_HOUR, 0, 0, 0));
    let reminders = notices.iter().filter_map(notice).collect();
    Waiting { awaited, who: Who::Filer, until: Until::Day(last), reminders }
}

impl Waiting {
    /// Whether the term has passed at `now`.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.until.end().is_some_and(|end| now >= end)
    }

    /// What happens to the order by itself once the term has passed. Reviewers and bureaus are only late.
    pub const fn then(&self) -> Option<Move> {
        match self.awaited {
            Awaited::Submission | Awaited::Mending => Some(Move::Lapse),
            Awaited::Sms => Some(Move::MissSms),
            Awaited::Review | Awaited::Sending | Awaited::Decision => None,
        }
    }

    /// The sentence that says what to do or to expect, and by when in Beijing time; at `now`, because reviewers and bureaus may be late.
    pub fn message(&self, now: Timestamp, lang: Lang) -> String {
        let late = self.is_over(now) && self.then().is_none();
        match lang {
            Lang::Zh if late => super::zh::late(self.awaited).to_owned(),
            Lang::En if late => super::en::late(self.awaited).to_owned(),
            Lang::Zh => super::zh::waiting(self),
            Lang::En => super::en::waiting(self),
        }
    }
}

impl Until {
    /// The first instant that is too late; `None` where none is known.
    pub fn end(self) -> Option<Timestamp> {
        match self {
            Self::Instant(at) => Some(at),
            Self::Day(day) => instant(day.tomorrow().ok()?.at(0, 0, 0, 0)),
            Self::NotKnown(_) | Self::Open => None,
        }
    }

    /// The year whose working days would have to be known to tell when the term ends.
    pub const fn unknown_year(self) -> Option<i16> {
        match self {
            Self::NotKnown(NotKnown { year }) => Some(year),
            Self::Instant(_) | Self::Day(_) | Self::Open => None,
        }
    }
}

impl Awaited {
    /// Everything that is waited for.
    pub const ALL: [Self; 6] =
        [Self::Submission, Self::Mending, Self::Review, Self::Sending, Self::Sms, Self::Decision];

    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Submission => "submission",
            Self::Mending => "mending",
            Self::Review => "review",
            Self::Sending => "sending",
            Self::Sms => "sms",
            Self::Decision => "decision",
        }
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::awaited(self),
            Lang::En => super::en::awaited(self),
        }
    }
}
