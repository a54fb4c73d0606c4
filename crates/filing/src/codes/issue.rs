//! May these codes be issued on this instance?

use super::{Asking, Obstacle, en, zh};
use crate::{Refusal, Refused};
use rulebook::{Lang, QuotaState};
use std::num::NonZero;

/// How many codes can be asked for at once.
pub const MOST_AT_ONCE: NonZero<u32> = NonZero::new(20).unwrap();

/// Codes that may be issued: all of them or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issue {
    /// How many.
    pub codes: NonZero<u32>,
    /// The quota before they are; `None` where the product has none.
    pub quota: Option<QuotaState>,
}

/// Why codes are not issued.
#[derive(Clone, Debug)]
pub enum IssueRefusal<'d> {
    /// More than [`MOST_AT_ONCE`].
    TooMany {
        /// How many were asked for.
        asked: u32,
    },
    /// The instance, or the account, may not have them.
    Obstacle(Obstacle<'d>),
}

/// Decides whether `codes` codes may be issued. The place in the quota is taken by the database, which asks again.
pub fn issue<'d>(asking: &Asking<'d>, codes: NonZero<u32>) -> Result<Issue, Refused<IssueRefusal<'d>>> {
    let too_many = (codes > MOST_AT_ONCE).then_some(IssueRefusal::TooMany { asked: codes.get() });
    let obstacles = asking.obstacles(codes.get()).into_iter().map(IssueRefusal::Obstacle);
    let issue = Issue { codes, quota: asking.decision.quota() };
    Refused::unless_none(too_many.into_iter().chain(obstacles).collect(), issue)
}

impl Issue {
    /// How many more there may be afterwards; `None` where the product has no quota.
    pub fn left_after(&self) -> Option<u32> {
        self.quota.map(|quota| quota.left.saturating_sub(self.codes.get()))
    }

    /// What may be done, as a customer reads it before doing it.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::issue(self),
            Lang::En => en::issue(self),
        }
    }
}

impl Refusal for IssueRefusal<'_> {
    fn word(&self) -> &'static str {
        match self {
            Self::TooMany { .. } => "too-many-at-once",
            Self::Obstacle(obstacle) => obstacle.word(),
        }
    }

    fn action(&self) -> &'static str {
        match self {
            Self::TooMany { .. } => "ask-for-fewer",
            Self::Obstacle(obstacle) => obstacle.action(),
        }
    }

    fn path(&self) -> &'static str {
        match self {
            Self::TooMany { .. } => "count",
            Self::Obstacle(obstacle) => obstacle.path(),
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Obstacle(obstacle), _) => obstacle.message(lang),
            (Self::TooMany { asked }, Lang::Zh) => zh::too_many(*asked),
            (Self::TooMany { asked }, Lang::En) => en::too_many(*asked),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Obstacle(obstacle), _) => obstacle.suggestion(lang),
            (Self::TooMany { .. }, Lang::Zh) => zh::ask_for_fewer(),
            (Self::TooMany { .. }, Lang::En) => en::ask_for_fewer(),
        }
    }
}
