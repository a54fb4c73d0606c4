//! Letting one other account file with a code, and ending that.

use super::{State, Stored, en, zh};
use crate::{Refusal, Refused};
use rulebook::Lang;

/// A code with those who may have to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held<'a> {
    /// Its row.
    pub stored: Stored,
    /// Whose it is; `None` for one made beforehand for nobody, which is anybody's who has it.
    pub owner: Option<&'a str>,
    /// The account that it is granted to.
    pub grantee: Option<&'a str>,
}

/// The account that grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Granter<'a> {
    /// Its name.
    pub account: &'a str,
    /// Whether a subject of it is on the blacklist: its codes stop.
    pub blacklisted: bool,
}

/// The account that a code is to be granted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grantee<'a> {
    /// Its name, as it was typed and looked up.
    pub account: &'a str,
    /// Whether there is such an account.
    pub exists: bool,
    /// Whether a subject of it is on the blacklist: it gets no codes.
    pub blacklisted: bool,
}

/// Why a code is not granted, or a grant not withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantRefusal<'a> {
    /// There is no such code, or it is somebody else's, which is never said.
    UnknownCode,
    /// It was granted to whoever asks; only its owner passes it on.
    NotOwner,
    /// It is not `bound`.
    NotBound {
        /// Where it stands.
        state: State,
    },
    /// A subject of the account that grants is on the blacklist.
    Blacklisted,
    /// No account is named.
    NobodyNamed,
    /// No account has that name.
    UnknownAccount {
        /// The name.
        account: &'a str,
    },
    /// A subject of that account is on the blacklist. Why it cannot have codes is nobody else's affair, and is not said.
    CannotHave {
        /// The account.
        account: &'a str,
    },
    /// The owner may use it without.
    ToOneself,
    /// It is granted to that account already.
    GrantedAlready {
        /// The account.
        account: &'a str,
    },
    /// It is granted to another account, and to one at a time.
    GrantedToAnother {
        /// The account that has it.
        account: &'a str,
    },
    /// There is no grant to withdraw.
    NothingGranted,
}

/// Decides whether `by` may grant `code` to an account. `None` stands for a code that was not found, so that it is told
/// like one of somebody else. An expired code is `bound` all the same: renewing makes it good again.
pub fn grant<'a>(
    code: Option<&Held<'a>>,
    by: Granter<'_>,
    to: Grantee<'a>,
) -> Result<Grantee<'a>, Refused<GrantRefusal<'a>>> {
    let code = owned(code, by.account)?;
    let mut reasons = against(code, by);
    if to.account.trim().is_empty() {
        reasons.push(GrantRefusal::NobodyNamed);
    } else if !to.exists {
        reasons.push(GrantRefusal::UnknownAccount { account: to.account });
    } else if to.account == by.account {
        reasons.push(GrantRefusal::ToOneself);
    } else if to.blacklisted {
        reasons.push(GrantRefusal::CannotHave { account: to.account });
    }
    reasons.extend(code.grantee.map(|account| {
        if account == to.account {
            GrantRefusal::GrantedAlready { account }
        } else {
            GrantRefusal::GrantedToAnother { account }
        }
    }));
    Refused::unless_none(reasons, to)
}

/// Decides whether `by` may grant `code` to anybody: all that can be told before an account is named.
pub fn may_grant<'a>(code: Option<&Held<'a>>, by: Granter<'_>) -> Result<(), Refused<GrantRefusal<'a>>> {
    let code = owned(code, by.account)?;
    let mut reasons = against(code, by);
    reasons.extend(code.grantee.map(|account| GrantRefusal::GrantedToAnother { account }));
    Refused::unless_none(reasons, ())
}

/// What stands against granting a code, whoever is to have it.
fn against<'a>(code: &Held<'_>, by: Granter<'_>) -> Vec<GrantRefusal<'a>> {
    by.blacklisted.then_some(GrantRefusal::Blacklisted).into_iter().chain(not_bound(code)).collect()
}

/// Decides whether `asker` may withdraw the grant of `code`, and gives the account that loses it.
pub fn withdraw_grant<'a>(
    code: Option<&Held<'a>>,
    asker: &str,
) -> Result<&'a str, Refused<GrantRefusal<'a>>> {
    let code = owned(code, asker)?;
    match (not_bound(code), code.grantee) {
        (None, Some(grantee)) => Ok(grantee),
        (Some(not_bound), Some(_)) => Err(Refused::of(not_bound, None)),
        (not_bound, None) => Err(Refused::of(GrantRefusal::NothingGranted, not_bound)),
    }
}

/// The code, if `asker` owns it. To a stranger it does not exist, and nothing more is said.
fn owned<'c, 'a>(code: Option<&'c Held<'a>>, asker: &str) -> Result<&'c Held<'a>, Refused<GrantRefusal<'a>>> {
    match code {
        Some(code) if code.owner == Some(asker) => Ok(code),
        Some(code) if code.grantee == Some(asker) => Err(Refused::of(GrantRefusal::NotOwner, None)),
        _ => Err(Refused::of(GrantRefusal::UnknownCode, None)),
    }
}

fn not_bound<'a>(code: &Held<'_>) -> Option<GrantRefusal<'a>> {
    let state = code.stored.state();
    (state != State::Bound).then_some(GrantRefusal::NotBound { state })
}

impl Refusal for GrantRefusal<'_> {
    fn word(&self) -> &'static str {
        match self {
            Self::UnknownCode => "unknown-code",
            Self::NotOwner => "not-owner",
            Self::NotBound { .. } => "not-bound",
            Self::Blacklisted => "account-blacklisted",
            Self::CannotHave { .. } => "account-cannot-have-codes",
            Self::NobodyNamed => "nobody-named",
            Self::UnknownAccount { .. } => "unknown-account",
            Self::ToOneself => "to-oneself",
            Self::GrantedAlready { .. } => "granted-already",
            Self::GrantedToAnother { .. } => "granted-to-another",
            Self::NothingGranted => "nothing-granted",
        }
    }

    fn action(&self) -> &'static str {
        match self {
            Self::UnknownCode => "check-code",
            Self::NotOwner => "ask-owner",
            Self::NotBound { state: State::Init } => "bind-first",
            Self::NotBound { state: State::Recording } => "wait-for-order",
            Self::NotBound { .. } => "use-another-code",
            Self::Blacklisted => "contact-support",
            Self::CannotHave { .. } => "use-another-account",
            Self::NobodyNamed | Self::UnknownAccount { .. } => "check-account",
            Self::ToOneself | Self::GrantedAlready { .. } | Self::NothingGranted => "none-needed",
            Self::GrantedToAnother { .. } => "withdraw-grant",
        }
    }

    fn path(&self) -> &'static str {
        match self {
            Self::UnknownCode | Self::NotOwner | Self::NotBound { .. } | Self::NothingGranted => "code",
            Self::Blacklisted
            | Self::CannotHave { .. }
            | Self::NobodyNamed
            | Self::UnknownAccount { .. }
            | Self::ToOneself
            | Self::GrantedAlready { .. }
            | Self::GrantedToAnother { .. } => "account",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::grant(self),
            Lang::En => en::grant(self),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::past_grant(self),
            Lang::En => en::past_grant(self),
        }
    }
}
