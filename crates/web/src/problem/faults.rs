//! What can go wrong with use cases, as problems: the one place where errors become statuses.
//!
//! What a client is told and what stands in the log are two things. A [`DeskError`] is logged here, and the client is told
//! its [`Trouble`] alone.

use super::{Kind, Problem};
use crate::words::Say;
use app::{
    DeskError, Failure, Trouble,
    access::Unrecognised,
    codes::{CodeFault, IssueFault, ListFault},
    instances::{DecisionError, ImportError, ListInstancesError},
    verification::VerifyFault,
};
use rulebook::{Lang, NoEdition, VerifiedBy, calendar};

/// Seconds after which to ask again when the desk is busy.
const SOON: u64 = 1;

/// Why a use case gave no answer, as a problem.
pub(crate) trait Fault {
    /// The problem, told in `lang`.
    fn problem(&self, lang: Lang) -> Problem;
}

/// The answer of a use case, or its fault as a problem.
pub(crate) trait OrTold<T> {
    /// The answer, or the problem told in `lang`.
    fn or_told(self, lang: Lang) -> Result<T, Problem>;
}

impl<T, E: Fault> OrTold<T> for Result<T, E> {
    fn or_told(self, lang: Lang) -> Result<T, Problem> {
        self.map_err(|fault| fault.problem(lang))
    }
}

impl<E: Fault> Fault for Failure<E> {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Because(fault) => fault.problem(lang),
            Self::KeyUsed => Problem::new(Kind::KeyUsed, lang),
            Self::Desk(error) => error.problem(lang),
        }
    }
}

impl Fault for DeskError {
    fn problem(&self, lang: Lang) -> Problem {
        tracing::error!(event = "web.desk_error", error = %self);
        match (self, self.trouble()) {
            (Self::ReadOnly(_), _) => Problem::new(Kind::ReadOnly, lang),
            (_, Trouble::Busy) => Problem::new(Kind::Busy, lang).again_after(SOON),
            (_, Trouble::Unknown) => Problem::new(Kind::OutcomeUnknown, lang).again_after(SOON),
            (_, Trouble::Fault) => Problem::new(Kind::Fault, lang),
        }
    }
}

impl Fault for Unrecognised {
    fn problem(&self, lang: Lang) -> Problem {
        let say = match self {
            Self::Malformed | Self::Unknown => Say::UnknownToken,
            Self::Expired => Say::ExpiredToken,
            Self::Revoked => Say::RevokedKey,
            Self::SignedOut => Say::SignedOut,
            Self::Locked => Say::LockedUser,
            Self::Desk(error) => return error.problem(lang),
        };
        Problem::new(Kind::NotSignedIn, lang).saying(say.to_text(lang))
    }
}

impl Fault for NoEdition {
    fn problem(&self, lang: Lang) -> Problem {
        Problem::new(Kind::NoEdition, lang).saying(self.message(lang))
    }
}

impl Fault for IssueFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::UnknownInstance(instance) => {
                Problem::new(Kind::NotFound, lang).saying(Say::UnknownInstance { instance }.to_text(lang))
            }
            Self::NoEdition(none) => none.problem(lang),
        }
    }
}

impl Fault for CodeFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::UnknownCode => Problem::new(Kind::NotFound, lang).saying(Say::UnknownCode.to_text(lang)),
        }
    }
}

impl Fault for VerifyFault {
    fn problem(&self, lang: Lang) -> Problem {
        let wrong = |path, code, say: Say<'_>| {
            Problem::new(Kind::Invalid, lang).with(
                path,
                code,
                say.to_text(lang),
                Say::CompareWithDocument.to_text(lang),
            )
        };
        match self {
            Self::UnknownProduct(product) => {
                wrong("product", "unknown-product", Say::UnknownProduct { product })
            }
            Self::WrongProof { product, wanted } => {
                let by_code = *wanted != VerifiedBy::HostPassword;
                let path = if by_code { "code" } else { "name" };
                wrong(path, "wrong-proof", Say::WrongProof { product, by_code })
            }
            Self::TooMany { retry_after } => {
                let seconds = u64::try_from(retry_after.as_secs()).unwrap_or(SOON).saturating_add(1);
                Problem::new(Kind::TooManyRequests, lang).again_after(seconds)
            }
            Self::Busy => Problem::new(Kind::Busy, lang).again_after(SOON),
            Self::NoEdition(none) => none.problem(lang),
        }
    }
}

impl Fault for DecisionError {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::UnknownInstance(instance) => {
                Problem::new(Kind::NotFound, lang).saying(Say::UnknownInstance { instance }.to_text(lang))
            }
            Self::BeforeFirst { instance, first } => {
                let first = calendar::rfc3339(*first).to_string();
                let say = Say::BeforeFirst { instance, first: &first };
                Problem::new(Kind::NotFound, lang).saying(say.to_text(lang))
            }
            Self::NoEdition(none) => none.problem(lang),
            Self::Desk(error) => error.problem(lang),
        }
    }
}

impl Fault for ListInstancesError {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::NoEdition(none) => none.problem(lang),
            Self::Desk(error) => error.problem(lang),
        }
    }
}

impl Fault for ImportError {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Unknown(_) => Problem::new(Kind::NotFound, lang).saying(Say::UnknownImport.to_text(lang)),
            Self::Busy(_) | Self::NotToBeApplied(_) | Self::BeingApplied(_) | Self::Overtaken(_) => {
                Problem::new(Kind::ImportOpen, lang)
            }
            Self::NeedsConsent(_) => Problem::new(Kind::ConsentNeeded, lang),
            Self::NotForCustomers => {
                Problem::new(Kind::Forbidden, lang).saying(Say::NotForCustomers.to_text(lang))
            }
            Self::Desk(error) => error.problem(lang),
        }
    }
}

impl Fault for ListFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::NoEdition(none) => none.problem(lang),
            Self::Desk(error) => error.problem(lang),
        }
    }
}
