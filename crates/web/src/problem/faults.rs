//! What can go wrong with use cases, as problems: the one place where errors become statuses.
//!
//! What a client is told and what stands in the log are two things. A [`DeskError`] is logged here, and the client is told
//! its [`Trouble`] alone.

use super::{Kind, Problem};
use crate::words::Say;
use app::{
    DeskError, Failure, OpenAccountError, Trouble,
    access::{
        AddUserFault, KeyFault, LONGEST_LABEL, LONGEST_PASSWORD, MOST_KEYS, RolesFault, SHORTEST_PASSWORD,
        SecondFactorError, SetPasswordError, SignInError, Unrecognised, UserFault,
    },
    access_log::AccessLogError,
    codes::{CodeFault, ImportFault, IssueFault, ListFault, MOST_PREMADE, PremakeFault},
    instances::{DecisionError, ImportError, ImportState, ListInstancesError},
    ledger::ProveError,
    rulebooks::{Broken, ImpactError, PublishError},
    verification::VerifyFault,
    why_not::WhyNotError,
};
use inventory::OpenError;
use jiff::SignedDuration;
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
        if let Self::Unrecognised(unrecognised) = self {
            return unrecognised.problem(lang);
        }
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
            Self::FiledElsewhere { name, place } => {
                let say = Say::FiledElsewhere { product: name.in_lang(lang) };
                let place = place.as_ref().map(|place| Say::FileThere { place: place.in_lang(lang) });
                let place = place.unwrap_or(Say::CompareWithDocument).to_text(lang);
                Problem::new(Kind::Invalid, lang).with("product", "filed-elsewhere", say.to_text(lang), place)
            }
            Self::TooMany { retry_after } => slowed(*retry_after, lang),
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

impl Fault for OpenError {
    fn problem(&self, lang: Lang) -> Problem {
        no_inventory(&self.message(lang), lang)
    }
}

/// What was sent is no list of instances, and why.
pub(crate) fn no_inventory(why: &str, lang: Lang) -> Problem {
    Problem::invalid(lang, "", "no-inventory", Say::NoInventory { why }, Say::CompareWithDocument)
}

impl Fault for ImportError {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Unknown(_) => Problem::new(Kind::NotFound, lang).saying(Say::UnknownImport.to_text(lang)),
            Self::Busy(open) => {
                let id = open.id.to_string();
                let say = Say::OpenImport { id: &id, by: &open.by }.to_text(lang);
                let what_to_do = match open.state {
                    ImportState::Staging => Say::WaitForImport,
                    _ => Say::FinishImport,
                };
                let what_to_do = what_to_do.to_text(lang);
                Problem::new(Kind::ImportOpen, lang).with("import", open.state.word(), say, what_to_do)
            }
            Self::NotToBeApplied(report) if report.state == ImportState::Staging => {
                let [say, wait] = [Say::ImportBeingRead, Say::WaitForImport].map(|say| say.to_text(lang));
                Problem::new(Kind::ImportOpen, lang).with("import", report.state.word(), say, wait)
            }
            Self::NotToBeApplied(_) | Self::BeingApplied(_) | Self::Overtaken(_) => {
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

impl Fault for PremakeFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::TooMany(_) => {
                let many = Say::TooManyPremade { most: MOST_PREMADE.get() };
                Problem::invalid(lang, "count", "too-many", many, Say::AskForFewer)
            }
            Self::UnknownAccount(name) => {
                Problem::new(Kind::NotFound, lang).saying(Say::UnknownAccount { name }.to_text(lang))
            }
            Self::Blacklisted(name) => {
                let [message, suggestion] =
                    [Say::AccountBlacklisted { name }, Say::TakeOffBlacklist].map(|say| say.to_text(lang));
                Problem::new(Kind::Refused, lang).with("account", "account-blacklisted", message, suggestion)
            }
        }
    }
}

impl Fault for ImportFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::UnknownInstance(instance) => {
                Problem::new(Kind::NotFound, lang).saying(Say::NoSuchInstance { instance }.to_text(lang))
            }
            Self::NotForCustomers => {
                Problem::new(Kind::Forbidden, lang).saying(Say::NotForCustomers.to_text(lang))
            }
            Self::NoEdition(none) => none.problem(lang),
        }
    }
}

/// Tries are slowed down: to be told in whole seconds, of which the last is over.
fn slowed(retry_after: SignedDuration, lang: Lang) -> Problem {
    let millis = u64::try_from(retry_after.as_millis()).unwrap_or_default();
    let seconds = millis.div_ceil(1000).max(1);
    let say = Say::TooManyTries { seconds };
    Problem::new(Kind::TooManyRequests, lang).saying(say.to_text(lang)).again_after(seconds)
}

/// A one-time password that lets nobody in, and how to get another.
fn one_time(say: Say<'_>, lang: Lang) -> Problem {
    let [why, what] = [say, Say::AskForOneTime].map(|say| say.to_text(lang));
    let between = if lang == Lang::En { " " } else { "" };
    Problem::new(Kind::NotSignedIn, lang).saying(format!("{why}{between}{what}"))
}

impl Fault for SignInError {
    fn problem(&self, lang: Lang) -> Problem {
        let say = match self {
            Self::Wrong => Say::WrongPassword,
            Self::OneTimeExpired => return one_time(Say::OneTimeExpired, lang),
            Self::OneTimeUsed => return one_time(Say::OneTimeUsed, lang),
            Self::Locked => Say::LockedUser,
            Self::CodeNeeded(_) => {
                return Problem::one(Kind::CodeNeeded, lang, "code", "no-code", [Say::NoCode, Say::SendCode]);
            }
            Self::WrongCode => {
                let says = [Say::WrongCode, Say::WaitForCode];
                return Problem::one(Kind::CodeNeeded, lang, "code", "wrong-code", says);
            }
            Self::Over => Say::SignInOver,
            Self::TooMany { retry_after } => return slowed(*retry_after, lang),
            Self::Busy => return Problem::new(Kind::Busy, lang).again_after(SOON),
            Self::Desk(error) => return error.problem(lang),
        };
        Problem::new(Kind::NotSignedIn, lang).saying(say.to_text(lang))
    }
}

impl Fault for SetPasswordError {
    fn problem(&self, lang: Lang) -> Problem {
        let (path, code, say) = match self {
            Self::WrongOld => {
                let [say, what] = [Say::WrongOldPassword, Say::TypePasswordAgain];
                return Problem::invalid(lang, "old", "wrong-password", say, what);
            }
            Self::OneTimeExpired => {
                let [say, what] = [Say::OneTimeExpired, Say::AskForOneTime];
                return Problem::invalid(lang, "old", "one-time-expired", say, what);
            }
            Self::Length => {
                let say = Say::PasswordLength { least: SHORTEST_PASSWORD, most: LONGEST_PASSWORD };
                ("new", "password-length", say)
            }
            Self::IsName => ("new", "password-is-name", Say::PasswordIsName),
            Self::Guessable => ("new", "password-guessable", Say::PasswordGuessable),
            Self::Same => ("new", "password-is-old", Say::PasswordIsOld),
            Self::TooMany { retry_after } => return slowed(*retry_after, lang),
            Self::NotInSession => {
                return Problem::new(Kind::Forbidden, lang).saying(Say::NotInSession.to_text(lang));
            }
            Self::Busy => return Problem::new(Kind::Busy, lang).again_after(SOON),
            Self::Desk(error) => return error.problem(lang),
        };
        Problem::invalid(lang, path, code, say, Say::ChooseOtherPassword)
    }
}

impl Fault for SecondFactorError {
    fn problem(&self, lang: Lang) -> Problem {
        let (path, code, says) = match self {
            Self::WrongPassword => {
                ("password", "wrong-password", [Say::WrongPasswordAgain, Say::TypePasswordAgain])
            }
            Self::WrongCode => ("code", "wrong-code", [Say::WrongCode, Say::WaitForCode]),
            Self::NotBegun => ("code", "nothing-begun", [Say::NoFactorBegun, Say::BeginFactor]),
            Self::IsOn => {
                let [say, what] = [Say::FactorIsOn, Say::RemoveFactorFirst];
                return Problem::against(lang, "", "second-factor-on", say, what);
            }
            Self::IsOff => {
                let [say, what] = [Say::FactorIsOff, Say::SetUpFactor];
                return Problem::against(lang, "", "second-factor-off", say, what);
            }
            Self::PasswordFirst => return Problem::new(Kind::ChangePassword, lang),
            Self::NotInSession => {
                return Problem::new(Kind::Forbidden, lang).saying(Say::FactorInSession.to_text(lang));
            }
            Self::TooMany { retry_after } => return slowed(*retry_after, lang),
            Self::Busy => return Problem::new(Kind::Busy, lang).again_after(SOON),
            Self::Desk(error) => return error.problem(lang),
        };
        let [message, suggestion] = says;
        Problem::invalid(lang, path, code, message, suggestion)
    }
}

impl Fault for RolesFault {
    fn problem(&self, lang: Lang) -> Problem {
        let (path, code, say) = match self {
            Self::None => ("roles", "no-role", Say::NoRole),
            Self::CustomerAlone => ("roles", "customer-alone", Say::CustomerAlone),
            Self::CustomerNeedsAccount => ("account", "customer-needs-account", Say::CustomerNeedsAccount),
            Self::AccountWithoutCustomer => {
                ("account", "account-without-customer", Say::AccountWithoutCustomer)
            }
        };
        Problem::invalid(lang, path, code, say, Say::ChooseRoles)
    }
}

impl Fault for AddUserFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::BadName(name) => {
                let say = Say::BadUserName { name };
                Problem::invalid(lang, "name", "bad-name", say, Say::WriteUserName)
            }
            Self::Taken(name) => {
                Problem::against(lang, "name", "taken", Say::UserTaken { name }, Say::ChooseOtherName)
            }
            Self::Roles(fault) => fault.problem(lang),
            Self::UnknownAccount(name) => {
                let say = Say::UnknownAccount { name };
                Problem::invalid(lang, "account", "unknown-account", say, Say::OpenAccountFirst)
            }
        }
    }
}

impl Fault for UserFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Unknown(name) => {
                Problem::new(Kind::NotFound, lang).saying(Say::UnknownUser { name }.to_text(lang))
            }
            Self::System(name) => {
                let say = Say::SystemHasNoPassword { name };
                Problem::against(lang, "name", "system-has-no-password", say, Say::UseKeys)
            }
            Self::Roles(fault) => fault.problem(lang),
            Self::LastOperator(name) => {
                let say = Say::LastOperator { name };
                Problem::against(lang, "name", "last-operator", say, Say::AddOperatorFirst)
            }
            Self::OwnRoles => {
                Problem::against(lang, "roles", "own-roles", Say::OwnRoles, Say::AskAnotherOperator)
            }
            Self::NoSecondFactor(name) => {
                let say = Say::NoSecondFactor { name };
                Problem::against(lang, "name", "no-second-factor", say, Say::NothingToReset)
            }
            Self::OwnSecondFactor => {
                let [say, what] = [Say::OwnSecondFactor, Say::RemoveOwnFactor];
                Problem::against(lang, "name", "own-second-factor", say, what)
            }
            Self::Changed => Problem::new(Kind::Changed, lang),
        }
    }
}

impl Fault for KeyFault {
    fn problem(&self, lang: Lang) -> Problem {
        let (path, code, says) = match self {
            Self::UnknownUser(name) => {
                return Problem::new(Kind::NotFound, lang).saying(Say::UnknownUser { name }.to_text(lang));
            }
            Self::UnknownKey => {
                return Problem::new(Kind::NotFound, lang).saying(Say::UnknownKey.to_text(lang));
            }
            Self::NotAllowed => {
                return Problem::new(Kind::Forbidden, lang).saying(Say::KeysInSession.to_text(lang));
            }
            Self::TooMany => {
                let say = Say::TooManyKeys { most: MOST_KEYS };
                return Problem::against(lang, "", "too-many-keys", say, Say::RevokeOne);
            }
            Self::BadLabel => {
                ("label", "bad-label", [Say::BadLabel { most: LONGEST_LABEL }, Say::ChooseOtherName])
            }
            Self::ExpiresInThePast => {
                ("expires_at", "expires-in-the-past", [Say::ExpiresInThePast, Say::ChooseLaterTime])
            }
            Self::NoScope => ("scopes", "no-scope", [Say::NoScope, Say::ChooseScopes]),
            Self::BeyondRoles(right) => {
                let say = Say::BeyondRoles { word: right.word() };
                ("scopes", "beyond-roles", [say, Say::ChooseScopes])
            }
        };
        let [message, suggestion] = says;
        Problem::invalid(lang, path, code, message, suggestion)
    }
}

impl Fault for OpenAccountError {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::BadName(_) => {
                Problem::invalid(lang, "name", "bad-name", Say::BadAccountName, Say::WriteAccountName)
            }
            Self::Taken { name } => {
                Problem::against(lang, "name", "taken", Say::AccountTaken { name }, Say::ChooseOtherName)
            }
            Self::Desk(error) => error.problem(lang),
        }
    }
}

impl Fault for PublishError {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Faulty(faults) => faults.0.iter().fold(Problem::new(Kind::Invalid, lang), |told, fault| {
                let suggestion = Say::MendRulebook.to_text(lang);
                let told = told.with(&fault.path, "rulebook-fault", fault.message(lang), suggestion);
                told.at(fault.line, fault.column)
            }),
            Self::Breaks(broken) => broken.iter().fold(Problem::new(Kind::Refused, lang), |told, broken| {
                let (path, code, say) = match broken {
                    Broken::Missing(edition) => {
                        (&*edition.id, "edition-missing", Say::EditionMissing { id: &edition.id })
                    }
                    Broken::Changed { before, .. } => {
                        (&*before.id, "edition-changed", Say::EditionChanged { id: &before.id })
                    }
                    Broken::Region(pattern) => (&**pattern, "region-moved", Say::RegionMoved { pattern }),
                };
                told.with(path, code, say.to_text(lang), Say::AddEdition.to_text(lang))
            }),
            Self::Desk(error) => error.problem(lang),
        }
    }
}

impl Fault for ImpactError {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Publish(error) => error.problem(lang),
            Self::NoEdition(none) => none.problem(lang),
            Self::Desk(error) => error.problem(lang),
        }
    }
}

impl Fault for ProveError {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::UnknownEntry(_) => {
                Problem::new(Kind::NotFound, lang).saying(Say::UnknownEntry.to_text(lang))
            }
            Self::Waiting(_) => {
                Problem::against(lang, "id", "entry-waiting", Say::EntryWaiting, Say::AskInAMoment)
                    .again_after(SOON)
            }
            Self::OutOfRange { size, .. } => {
                let say = Say::SizesOutOfRange { size: *size };
                Problem::invalid(lang, "from", "sizes-out-of-range", say, Say::CompareWithCheckpoint)
            }
            Self::Desk(error) => error.problem(lang),
        }
    }
}

impl Fault for WhyNotError {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::NotAllowed => Problem::new(Kind::Forbidden, lang),
            Self::NoEdition(none) => none.problem(lang),
            Self::Desk(error) => error.problem(lang),
        }
    }
}

impl Fault for AccessLogError {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::NotAllowed => Problem::new(Kind::Forbidden, lang),
            Self::Desk(error) => error.problem(lang),
        }
    }
}
