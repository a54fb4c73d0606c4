//! What is kept of a domain, as it is handed in and told.

use crate::position::Position;
use jiff::Timestamp;

/// Longest reason of a white-list window or a range, in bytes.
pub const MAX_REASON: usize = 200;
/// Most white-list windows of one domain.
pub const MAX_WINDOWS: usize = 64;

/// Where the website of a domain stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Standing {
    /// No website has it.
    #[default]
    None,
    /// It is filed, and hosted here.
    Active,
    /// It is filed, and no longer hosted here.
    AccessDropped,
    /// The number of the website that had it last is cancelled.
    Cancelled,
}

/// When a domain may be served without being filed here. Times are kept to the microsecond; what is finer is cut off.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// The first instant of it; `None` where it has always held.
    pub from: Option<Timestamp>,
    /// The first instant after it; `None` where it has no end.
    pub until: Option<Timestamp>,
    /// Why, in at most [`MAX_REASON`] bytes.
    pub reason: String,
}

/// All that is kept of a domain. One that says nothing is the same as none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Record {
    /// Where its website stands.
    pub standing: Standing,
    /// Whether it is on the blacklist.
    pub listed: bool,
    /// When it may be served all the same; at most [`MAX_WINDOWS`], in any order, and they may overlap.
    pub windows: Vec<Window>,
}

/// Why something cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// Not ASCII in lower case with at least one dot, or too long: no form in which a registrable domain is compared. Whether it is
    /// registrable by the list of suffixes is not asked: desk and edge may have different editions of it, and a name that an edge takes
    /// for none is never asked for there.
    #[error("`{domain}` is no domain as ASCII in lower case")]
    NotADomain {
        /// What was given.
        domain: String,
    },
    /// A reason is longer than [`MAX_REASON`].
    #[error("the reason of `{of}` has {found} bytes, the limit is {MAX_REASON}")]
    Reason {
        /// The domain, or the range.
        of: String,
        /// How many bytes.
        found: usize,
    },
    /// A domain has more white-list windows than [`MAX_WINDOWS`].
    #[error("`{domain}` has {found} white-list windows, the limit is {MAX_WINDOWS}")]
    Windows {
        /// Which.
        domain: String,
        /// How many.
        found: usize,
    },
    /// More address ranges than [`crate::MAX_RANGES`].
    #[error("more than {} address ranges", crate::MAX_RANGES)]
    Ranges,
    /// More domains than [`crate::MAX_DOMAINS`].
    #[error("more than {} domains", crate::MAX_DOMAINS)]
    Domains,
    /// The position is before the one that the index has, or as far in another ledger, or beyond what a note can sign.
    #[error("position {asked} does not follow {now}")]
    Position {
        /// Where the index is.
        now: Position,
        /// Where it was to go.
        asked: Position,
    },
}

/// A window as it is kept: microseconds, open ends as the first and last numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) from: i64,
    pub(crate) until: i64,
    pub(crate) reason: Box<str>,
}

impl Kept {
    pub(crate) fn of(window: &Window) -> Self {
        Self {
            from: window.from.map_or(i64::MIN, Timestamp::as_microsecond),
            until: window.until.map_or(i64::MAX, Timestamp::as_microsecond),
            reason: window.reason.as_str().into(),
        }
    }

    pub(crate) fn holds(&self, at: i64) -> bool {
        self.from <= at && at < self.until
    }

    pub(crate) fn until(&self) -> Option<Timestamp> {
        Timestamp::from_microsecond(self.until).ok()
    }

    pub(crate) fn window(&self) -> Window {
        Window {
            from: Timestamp::from_microsecond(self.from).ok(),
            until: self.until(),
            reason: self.reason.to_string(),
        }
    }
}

impl Record {
    /// Whether it can be kept of a domain, given as ASCII in lower case.
    pub fn check(&self, domain: &str) -> Result<(), KeepError> {
        if !is_domain(domain.as_bytes()) {
            return Err(KeepError::NotADomain { domain: domain.to_owned() });
        }
        if self.windows.len() > MAX_WINDOWS {
            return Err(KeepError::Windows { domain: domain.to_owned(), found: self.windows.len() });
        }
        self.windows.iter().try_for_each(|window| check_reason(&window.reason, &domain))
    }
}

pub(crate) fn check_reason(reason: &str, of: &impl ToString) -> Result<(), KeepError> {
    if reason.len() <= MAX_REASON {
        return Ok(());
    }
    Err(KeepError::Reason { of: of.to_string(), found: reason.len() })
}

/// Whether bytes are a domain in the form in which domains are compared.
pub(crate) fn is_domain(name: &[u8]) -> bool {
    let letter = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    let label =
        |label: &[u8]| !label.is_empty() && label.len() <= domains::LONGEST_LABEL && label.iter().all(letter);
    name.len() <= domains::LONGEST && name.contains(&b'.') && name.split(|byte| *byte == b'.').all(label)
}
