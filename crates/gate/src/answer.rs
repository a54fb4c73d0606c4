//! Answers, and how far one is trusted that is old.

use jiff::{SignedDuration, Timestamp};

/// Whether a name may be served, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer<'i> {
    /// Whether it may.
    pub serve: bool,
    /// Why, or why not.
    pub why: Why<'i>,
}

/// Why a name may be served, or may not. Where several hold, the first in this order is told, with [`Self::Listed`] before all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why<'i> {
    /// It may: its domain is filed, and hosted here.
    Filed,
    /// It may: a white-list window holds now; of several the one that lasts longest.
    WhiteListed {
        /// The first instant after the window; `None` where it has no end.
        until: Option<Timestamp>,
        /// Why the domain was put on the white list.
        reason: &'i str,
    },
    /// It may: it is an address in a range that is served; of several the narrowest.
    AddressRange {
        /// Why the range was put down.
        reason: &'i str,
    },
    /// It may not: it is none that can be filed, or an address in no range.
    NoDomain,
    /// It may not: its domain is on the blacklist, whatever else is known of it.
    Listed,
    /// It may not: its domain is filed, and no longer hosted here.
    NotHostedHere,
    /// It may not: the number of the website that had its domain last is cancelled.
    Cancelled,
    /// It may not: nothing is filed here with its domain.
    NotFiled,
    /// What is known is older than it may be: it may if the answer then is [`WhenStale::Open`].
    Stale(WhenStale),
}

/// What is answered where what is known is too old to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WhenStale {
    /// It may be served.
    Open,
    /// It may not.
    Closed,
}

/// How old an index may be, and what is answered by an older one.
///
/// Two refusals hold at any age: of names on the blacklist as it was last known, and of what can never be filed. All else that an old
/// index refuses may have been filed since, and what it grants may have ended:
///
/// | the index says | [`WhenStale::Open`] | [`WhenStale::Closed`] |
/// | --- | --- | --- |
/// | `listed`, `no-domain` | the same | the same |
/// | any other refusal | served, [`Why::Stale`] | refused, [`Why::Stale`] |
/// | `filed`, `white-listed`, `address-range` | the same, served | refused, [`Why::Stale`] |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Trust {
    /// The greatest age at which an answer is taken as it is.
    pub max_age: SignedDuration,
    /// What is answered beyond it.
    pub when_stale: WhenStale,
}

impl<'i> Answer<'i> {
    pub(crate) const fn because(why: Why<'i>) -> Self {
        let serve = match why {
            Why::Filed | Why::WhiteListed { .. } | Why::AddressRange { .. } | Why::Stale(WhenStale::Open) => {
                true
            }
            Why::NoDomain
            | Why::Listed
            | Why::NotHostedHere
            | Why::Cancelled
            | Why::NotFiled
            | Why::Stale(WhenStale::Closed) => false,
        };
        Self { serve, why }
    }
}

impl Why<'_> {
    /// A stable word for programs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::WhiteListed { .. } => "white-listed",
            Self::AddressRange { .. } => "address-range",
            Self::NoDomain => "no-domain",
            Self::Listed => "listed",
            Self::NotHostedHere => "not-hosted-here",
            Self::Cancelled => "cancelled",
            Self::NotFiled => "not-filed",
            Self::Stale(WhenStale::Open) => "stale-open",
            Self::Stale(WhenStale::Closed) => "stale-closed",
        }
    }
}

impl Trust {
    /// Whether what was right at `as_of` is too old at `at`. One that comes from the future, by a clock that lags, is not.
    pub fn is_stale(&self, as_of: Timestamp, at: Timestamp) -> bool {
        at.duration_since(as_of) > self.max_age
    }

    /// The answer of an index that was right at `as_of`, as it is to be taken at `at`.
    pub fn weigh<'i>(&self, answer: Answer<'i>, as_of: Timestamp, at: Timestamp) -> Answer<'i> {
        let holds = match answer.why {
            Why::Listed | Why::NoDomain => true,
            Why::Filed | Why::WhiteListed { .. } | Why::AddressRange { .. } => {
                matches!(self.when_stale, WhenStale::Open)
            }
            Why::NotHostedHere | Why::Cancelled | Why::NotFiled | Why::Stale(_) => false,
        };
        if holds || !self.is_stale(as_of, at) {
            return answer;
        }
        Answer::because(Why::Stale(self.when_stale))
    }
}
