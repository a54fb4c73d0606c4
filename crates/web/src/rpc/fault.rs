//! Why a call is refused: one table of codes and statuses; the words are in `zh.rs` and `en.rs`.

use super::{en, zh};
use app::access::Right;
use axum::http::StatusCode;
use rulebook::Lang;

/// Why a call is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A parameter is missing, or empty.
    Missing(&'static str),
    /// A parameter is not what is expected there.
    Unfit {
        /// Which.
        name: &'static str,
        /// What is expected.
        expected: Expected,
    },
    /// A parameter or header stands twice.
    Repeated(String),
    /// The body is no form.
    NotAForm,
    /// There is too much of it.
    TooLarge,
    /// There is no such key, or it is revoked or expired.
    UnknownKey,
    /// The time that it says is too far from now.
    Expired,
    /// A header that has to be signed is not.
    Unsigned,
    /// The signature is another.
    SignatureDoesNotMatch {
        /// What was signed, as it is read here: the libraries compare it with what they have signed, and blame the secret where it is the
        /// same. `None` where nothing that can be read here was signed.
        ours: Option<String>,
    },
    /// The nonce was used before.
    NonceUsed,
    /// The key may not do that.
    NotAllowed(Right),
    /// There is no such version.
    UnknownVersion,
    /// There is no such action.
    UnknownAction,
    /// The action is none that is offered here.
    NotOffered,
    /// A name is none of a host below a public suffix.
    NoDomain(String),
    /// What may be served has not been read yet.
    NotReady,
    /// Too much was asked in a short time.
    TooMany {
        /// Seconds after which there is room again.
        again: u64,
    },
    /// Others made it, and it is theirs to take away.
    MadeByOthers,
    /// Nothing was changed; asking again may help.
    Unavailable,
    /// It may have been done: looking tells.
    OutcomeUnknown,
    /// The desk has a fault, which is in its log.
    Fault,
    /// One of the numbered faults of service codes.
    Bsn(Bsn),
}

/// What is expected in the place of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// Just that, or something of that form; it needs no language.
    Just(&'static str),
    /// As many bytes as a nonce has.
    NonceLength,
    /// Values that are numbered without a gap.
    NoGap,
    /// No more values than that.
    Values {
        /// How many, at most.
        most: usize,
    },
    /// A whole number from 1 on.
    Number {
        /// The greatest, where there is one.
        most: Option<u32>,
    },
    /// A name that a system may call itself.
    Caller,
    /// So many names of hosts.
    Names,
    /// An end behind its beginning, which is not over.
    LaterTime,
    /// A reason.
    Reason,
    /// Domains with room for another entry.
    RoomForWindows,
    /// Names of which fewer entries are taken away at once.
    FewerWindows,
    /// Domains of which an entry is there.
    Listed,
    /// A range of addresses.
    Range,
    /// The version of the address.
    AddressVersion,
    /// A range that is not there yet.
    NewRange,
    /// A range that is there.
    KnownRange,
    /// No more ranges.
    RoomForRanges,
    /// No more names below a domain.
    RoomForNames,
    /// No more names of whoever calls.
    RoomForAllNames,
    /// An address.
    Address,
}

/// The numbered faults of service codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bsn {
    /// 401: the number is none of an account.
    NoAccount,
    /// 402: there is no such instance, or it is of another type.
    NoInstance,
    /// 403: it has no address that can be filed.
    NoAddress(String),
    /// 405: no code was given.
    NoSn,
    /// 406: there is no such code.
    NoCode,
    /// 408: the account gets no codes, in the desk's words.
    AccountUnfit(String),
    /// 411: codes of that type are not bound here.
    CannotBind,
    /// 412: the instance is another account's.
    NotOwner,
    /// 413: the instance is in no state for it, in the desk's words.
    Unfit(String),
    /// 504: it was refused for another reason, in the desk's words.
    Failed(String),
    /// 600: nothing of that class is filed.
    NotFiled(String),
    /// 602: a parameter is missing.
    Missing(&'static str),
    /// 603: the number of codes is not from 1 to 20.
    Count,
    /// 609: the instance has all the codes that it may have, in the desk's words.
    Limit(String),
    /// 616: the code is not that account's.
    NotOwned,
}

impl Bsn {
    /// The number.
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::NoAccount => "401",
            Self::NoInstance => "402",
            Self::NoAddress(_) => "403",
            Self::NoSn => "405",
            Self::NoCode => "406",
            Self::AccountUnfit(_) => "408",
            Self::CannotBind => "411",
            Self::NotOwner => "412",
            Self::Unfit(_) => "413",
            Self::Failed(_) => "504",
            Self::NotFiled(_) => "600",
            Self::Missing(_) => "602",
            Self::Count => "603",
            Self::Limit(_) => "609",
            Self::NotOwned => "616",
        }
    }
}

impl From<Bsn> for Refusal {
    fn from(fault: Bsn) -> Self {
        Self::Bsn(fault)
    }
}

impl Refusal {
    /// The signature cannot be right, whatever was signed.
    pub(super) const fn unlike() -> Self {
        Self::SignatureDoesNotMatch { ours: None }
    }

    /// The code in the answer.
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "MissingParameter",
            Self::Unfit { .. } => "InvalidParameter",
            Self::Repeated(_) => "InvalidParameter.Repeated",
            Self::NotAForm => "UnsupportedHTTPBody",
            Self::TooLarge => "RequestTooLarge",
            Self::UnknownKey => "InvalidAccessKeyId.NotFound",
            Self::Expired => "InvalidTimeStamp.Expired",
            Self::Unsigned => "IncompleteSignature",
            Self::SignatureDoesNotMatch { .. } => "SignatureDoesNotMatch",
            Self::NonceUsed => "SignatureNonceUsed",
            Self::NotAllowed(_) | Self::MadeByOthers => "Forbidden",
            Self::UnknownVersion => "InvalidVersion",
            Self::UnknownAction => "InvalidAction.NotFound",
            Self::NotOffered => "UnsupportedOperation",
            Self::NoDomain(_) => "InvalidDomain",
            Self::NotReady | Self::Unavailable => "ServiceUnavailable",
            Self::OutcomeUnknown => "ServiceUnavailable.OutcomeUnknown",
            Self::TooMany { .. } => "Throttling",
            Self::Fault => "InternalError",
            Self::Bsn(fault) => fault.code(),
        }
    }

    /// The status of the answer.
    pub(super) const fn status(&self) -> StatusCode {
        match self {
            Self::UnknownKey | Self::UnknownAction => StatusCode::NOT_FOUND,
            Self::NotAllowed(_) | Self::MadeByOthers => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::NotReady | Self::Unavailable | Self::OutcomeUnknown => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// Seconds after which the call may be sent again, signed anew, where that helps.
    pub(super) const fn again_after(&self) -> Option<u64> {
        match self {
            Self::TooMany { again } => Some(*again),
            Self::NotReady | Self::Unavailable => Some(1),
            _ => None,
        }
    }

    /// That in words.
    pub(super) fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::message(self),
            Lang::En => en::message(self),
        }
    }
}
