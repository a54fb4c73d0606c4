//! Why a product is not verified: one cause, and the failure under which customers look it up.

use crate::codes::Malformed;
use jiff::Timestamp;
use rulebook::{Failure, Lang};

/// Why a product is not verified, in the order in which SPEC 5 tests it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause<'a> {
    /// What was typed is no service code.
    MalformedCode(Malformed),
    /// There is no such code.
    UnknownCode,
    /// The code is somebody else's, and was not granted to the account that files.
    NotGranted,
    /// The code was made beforehand, and is not bound to an instance.
    CodeUnbound,
    /// The product is another than the one chosen.
    ProductMismatch {
        /// The id of the product that was bought.
        bought: &'a str,
    },
    /// There is no such host, or its password is another.
    BadCredentials,
    /// The code has backed its website.
    CodeRecorded {
        /// Whether the instance has another code, or room for one.
        room: bool,
    },
    /// The code is in a submitted order.
    CodeRecording {
        /// Whether the instance has another code, or room for one.
        room: bool,
    },
    /// The host has backed as many websites as it may.
    InstanceLimitReached,
    /// The code is void.
    CodeVoid,
    /// The instance expired, or was released.
    InstanceExpired {
        /// Whether it was released.
        gone: bool,
    },
    /// The instance needs no filing, may not back one, or is filed in another system.
    InstanceIneligible,
    /// Whoever knows the passwords of hosts does not answer.
    UpstreamUnavailable {
        /// When to try again.
        retry_at: Timestamp,
    },
}

/// The name of a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CauseWord {
    /// [`Cause::MalformedCode`].
    MalformedCode,
    /// [`Cause::UnknownCode`].
    UnknownCode,
    /// [`Cause::NotGranted`].
    NotGranted,
    /// [`Cause::CodeUnbound`].
    CodeUnbound,
    /// [`Cause::ProductMismatch`].
    ProductMismatch,
    /// [`Cause::BadCredentials`].
    BadCredentials,
    /// [`Cause::CodeRecorded`].
    CodeRecorded,
    /// [`Cause::CodeRecording`].
    CodeRecording,
    /// [`Cause::InstanceLimitReached`].
    InstanceLimitReached,
    /// [`Cause::CodeVoid`].
    CodeVoid,
    /// [`Cause::InstanceExpired`].
    InstanceExpired,
    /// [`Cause::InstanceIneligible`].
    InstanceIneligible,
    /// [`Cause::UpstreamUnavailable`].
    UpstreamUnavailable,
}

impl CauseWord {
    /// Every cause, in the order in which they are tested.
    pub const ALL: [Self; 13] = [
        Self::MalformedCode,
        Self::UnknownCode,
        Self::NotGranted,
        Self::CodeUnbound,
        Self::ProductMismatch,
        Self::BadCredentials,
        Self::CodeRecorded,
        Self::CodeRecording,
        Self::InstanceLimitReached,
        Self::CodeVoid,
        Self::InstanceExpired,
        Self::InstanceIneligible,
        Self::UpstreamUnavailable,
    ];

    /// As answers and the ledger carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::MalformedCode => Malformed::WORD,
            Self::UnknownCode => "unknown-code",
            Self::NotGranted => "not-granted",
            Self::CodeUnbound => "code-unbound",
            Self::ProductMismatch => "product-mismatch",
            Self::BadCredentials => "bad-credentials",
            Self::CodeRecorded => "code-recorded",
            Self::CodeRecording => "code-recording",
            Self::InstanceLimitReached => "instance-limit-reached",
            Self::CodeVoid => "code-void",
            Self::InstanceExpired => "instance-expired",
            Self::InstanceIneligible => "instance-ineligible",
            Self::UpstreamUnavailable => "upstream-unavailable",
        }
    }

    /// What it means and what to do about it, for whoever reads of it without a case of his own.
    pub const fn explained(self, lang: Lang) -> [&'static str; 2] {
        match lang {
            Lang::Zh => super::zh::explained(self),
            Lang::En => super::en::explained(self),
        }
    }

    /// The failure under which customers look it up.
    pub const fn failure(self) -> Failure {
        match self {
            Self::MalformedCode
            | Self::UnknownCode
            | Self::NotGranted
            | Self::CodeUnbound
            | Self::ProductMismatch
            | Self::BadCredentials => Failure::InvalidProductInfo,
            Self::CodeRecorded | Self::CodeRecording | Self::InstanceLimitReached => {
                Failure::SubjectLimitReached
            }
            Self::CodeVoid | Self::InstanceExpired | Self::InstanceIneligible | Self::UpstreamUnavailable => {
                Failure::InterfaceException
            }
        }
    }
}

impl Cause<'_> {
    /// Its name.
    pub const fn name(&self) -> CauseWord {
        match self {
            Self::MalformedCode(_) => CauseWord::MalformedCode,
            Self::UnknownCode => CauseWord::UnknownCode,
            Self::NotGranted => CauseWord::NotGranted,
            Self::CodeUnbound => CauseWord::CodeUnbound,
            Self::ProductMismatch { .. } => CauseWord::ProductMismatch,
            Self::BadCredentials => CauseWord::BadCredentials,
            Self::CodeRecorded { .. } => CauseWord::CodeRecorded,
            Self::CodeRecording { .. } => CauseWord::CodeRecording,
            Self::InstanceLimitReached => CauseWord::InstanceLimitReached,
            Self::CodeVoid => CauseWord::CodeVoid,
            Self::InstanceExpired { .. } => CauseWord::InstanceExpired,
            Self::InstanceIneligible => CauseWord::InstanceIneligible,
            Self::UpstreamUnavailable { .. } => CauseWord::UpstreamUnavailable,
        }
    }
}
