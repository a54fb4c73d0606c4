//! An operator makes a code void, and says why.

use super::{Illegal, Move, Stored, apply, en, zh};
use crate::{Refusal, Refused};
use rulebook::Lang;

/// The longest reason, in characters: it goes into the ledger, which is kept for ever.
pub const LONGEST_REASON: usize = 500;

/// A release that may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release<'a> {
    /// The row of the code afterwards.
    pub stored: Stored,
    /// Why, without white space around it.
    pub reason: &'a str,
}

/// Why a code is not released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReleaseRefusal {
    /// It is in an order, or filed, or void already.
    Illegal(Illegal),
    /// No reason is given.
    ReasonMissing,
    /// The reason is longer than [`LONGEST_REASON`].
    ReasonTooLong {
        /// Its length, in characters.
        chars: usize,
    },
}

/// Decides whether a code may be released for `reason`.
pub fn release(stored: Stored, reason: &str) -> Result<Release<'_>, Refused<ReleaseRefusal>> {
    let reason = reason.trim();
    let wrong = match reason.chars().count() {
        0 => Some(ReleaseRefusal::ReasonMissing),
        chars if chars > LONGEST_REASON => Some(ReleaseRefusal::ReasonTooLong { chars }),
        _ => None,
    };
    match apply(stored, Move::Release) {
        Ok(stored) => Refused::unless_none(Vec::from_iter(wrong), Release { stored, reason }),
        Err(illegal) => Err(Refused::of(ReleaseRefusal::Illegal(illegal), wrong)),
    }
}

impl Refusal for ReleaseRefusal {
    fn word(&self) -> &'static str {
        match self {
            Self::Illegal(_) => Illegal::WORD,
            Self::ReasonMissing => "reason-missing",
            Self::ReasonTooLong { .. } => "reason-too-long",
        }
    }

    fn action(&self) -> &'static str {
        match self {
            Self::Illegal(_) => "use-another-code",
            Self::ReasonMissing => "give-reason",
            Self::ReasonTooLong { .. } => "shorten-reason",
        }
    }

    fn path(&self) -> &'static str {
        match self {
            Self::Illegal(_) => "code",
            Self::ReasonMissing | Self::ReasonTooLong { .. } => "reason",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::release(self),
            Lang::En => en::release(self),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::past_release(self),
            Lang::En => en::past_release(self),
        }
    }
}
