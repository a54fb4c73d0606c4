//! Who asks: recognised by his token, and allowed what the operation needs.
//!
//! An operation names the right that it needs in its signature, as [`May<OwnCodes>`](May) or [`Customer<OwnCodes>`](Customer),
//! and in its entry of the API document; a test compares the two for every operation and every role.

use crate::{
    language::spoken,
    limit::{bearer, recognised as recognised_by_limits},
    problem::{Fault, Kind, Problem},
    site::Site,
    words::Say,
};
use app::{
    Actor, Asker, Operator,
    access::{Counter, Credential, KeyFault, Principal, Right, Through},
};
use axum::{
    extract::FromRequestParts,
    http::{header::AUTHORIZATION, request::Parts},
};
use rulebook::Lang;
use std::marker::PhantomData;

/// A right as a type, so that a signature can name it.
pub(crate) trait Needed: Send + Sync {
    /// The right.
    const RIGHT: Right;
}

macro_rules! rights {
    ($($right:ident),* $(,)?) => {$(
        #[doc = concat!("[`Right::", stringify!($right), "`] as a type.")]
        #[derive(Debug)]
        pub(crate) struct $right;

        impl Needed for $right {
            const RIGHT: Right = Right::$right;
        }
    )*};
}

rights! {
    AskGate, EndNumbers, ErasePersonalData, FileOrders, ImportInstances, LookUp, ManageCodes, ManageGate, ManageUsers, OwnCodes, OwnInstances, OwnKeys, OwnNumbers,
    OwnOrders, OwnSessions, ProposeAndAgree, PublishRulebook, ReadAccessLog, ReadLedger, ReadNumbers, ReadOrders, ReadPersonalData, ReviewOrders, VerifyProduct,
}

/// Somebody who may do that.
#[derive(Debug)]
pub(crate) struct May<N>(pub(crate) Principal, pub(crate) PhantomData<N>);

/// Somebody who may do that for the account that it is about, which is his own.
#[derive(Debug)]
pub(crate) struct Customer<N>(pub(crate) Asker, pub(crate) PhantomData<N>);

/// Somebody who was recognised, whatever he may do; also while he must change his password.
#[derive(Debug)]
pub(crate) struct SignedIn(pub(crate) Principal);

impl FromRequestParts<Site> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        recognised(parts, site, spoken(&parts.headers)).await.map(Self)
    }
}

/// As the ledger names whoever asks.
pub(crate) fn actor(principal: &Principal, lang: Lang) -> Result<Actor, Problem> {
    principal.actor().map_err(|_| Problem::new(Kind::Fault, lang))
}

/// The same for what the provider's own people and systems do.
pub(crate) fn operator(principal: &Principal, lang: Lang) -> Result<Operator, Problem> {
    Operator::parse(principal.name()).map_err(|_| Problem::new(Kind::Fault, lang))
}

/// The same for what a person has to do: two keys of other systems are not two people.
pub(crate) fn person(principal: &Principal, lang: Lang) -> Result<Operator, Problem> {
    match actor(principal, lang)? {
        Actor::Staff(person) => Ok(person),
        Actor::Account(_) | Actor::Partner(_) | Actor::Kebei => {
            Err(Problem::new(Kind::Forbidden, lang).saying(Say::ForPeople.to_text(lang)))
        }
    }
}

impl<N: Needed> FromRequestParts<Site> for May<N> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let lang = spoken(&parts.headers);
        let principal = recognised(parts, site, lang).await?;
        if principal.may(N::RIGHT) {
            Ok(Self(principal, PhantomData))
        } else {
            Err(not_allowed(&principal, lang))
        }
    }
}

impl<N: Needed> FromRequestParts<Site> for Customer<N> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let May(principal, needed) = May::<N>::from_request_parts(parts, site).await?;
        own_account(&principal, spoken(&parts.headers)).map(|account| Self(account, needed))
    }
}

fn own_account(principal: &Principal, lang: Lang) -> Result<Asker, Problem> {
    let none = || Problem::new(Kind::Forbidden, lang).saying(Say::NoAccount.to_text(lang));
    principal.account().cloned().ok_or_else(none)
}

/// The same at a counter, for what systems ask all day: there his key may be recognised from memory.
#[derive(Debug)]
pub(crate) struct AtCounter<N>(pub(crate) Counter, pub(crate) Asker, pub(crate) PhantomData<N>);

impl<N: Needed> FromRequestParts<Site> for AtCounter<N> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let lang = spoken(&parts.headers);
        let credential = presented(parts, lang)?;
        let counter = site.desk.counter(&credential).await.map_err(|fault| fault.problem(lang))?;
        recognised_by_limits(site, &parts.headers);
        let principal = counter.principal();
        if !principal.may(N::RIGHT) {
            return Err(not_allowed(principal, lang));
        }
        let account = own_account(principal, lang)?;
        Ok(Self(counter, account, PhantomData))
    }
}

/// Somebody who sees instances: those of his account, or `None` for those of every account.
#[derive(Debug)]
pub(crate) struct Sees(pub(crate) Option<Asker>, pub(crate) Principal);

impl FromRequestParts<Site> for Sees {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let lang = spoken(&parts.headers);
        let principal = recognised(parts, site, lang).await?;
        match principal.account() {
            _ if principal.may(Right::AllInstances) => Ok(Self(None, principal)),
            Some(account) if principal.may(Right::OwnInstances) => Ok(Self(Some(account.clone()), principal)),
            _ => Err(not_allowed(&principal, lang)),
        }
    }
}

/// Somebody who sees filing numbers: those of his account, or those of every account.
#[derive(Debug)]
pub(crate) enum SeesNumbers {
    /// Those of his account.
    Own(Asker),
    /// Those of every account; that he looked is recorded.
    All(Principal),
}

impl FromRequestParts<Site> for SeesNumbers {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let lang = spoken(&parts.headers);
        let principal = recognised(parts, site, lang).await?;
        match principal.account() {
            _ if principal.may(Right::ReadNumbers) => Ok(Self::All(principal)),
            Some(account) if principal.may(Right::OwnNumbers) => Ok(Self::Own(account.clone())),
            _ => Err(not_allowed(&principal, lang)),
        }
    }
}

/// Somebody who says of filing numbers what nobody tells the desk by itself: of those of his account, or of those of every account.
#[derive(Debug)]
pub(crate) struct SpeaksOfNumbers(pub(crate) Actor);

impl FromRequestParts<Site> for SpeaksOfNumbers {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let lang = spoken(&parts.headers);
        let principal = recognised(parts, site, lang).await?;
        match principal.account() {
            _ if principal.may(Right::EndNumbers) => operator(&principal, lang).map(Actor::Staff).map(Self),
            Some(account) if principal.may(Right::OwnNumbers) => Ok(Self(Actor::Account(account.clone()))),
            _ => Err(not_allowed(&principal, lang)),
        }
    }
}

/// What somebody is told who may not do something.
pub(crate) fn not_allowed(principal: &Principal, lang: Lang) -> Problem {
    tracing::warn!(event = "access.refused", user = principal.name());
    let kind = if principal.must_change_password() {
        Kind::ChangePassword
    } else if principal.must_set_up_second_factor() {
        Kind::SetUpSecondFactor
    } else {
        Kind::Forbidden
    };
    Problem::new(kind, lang)
}

/// Refuses what whoever asks with a key would give himself: neither another key nor a password of his own user may outlive a key
/// that was stolen and is revoked.
pub(crate) fn nothing_that_outlives_the_key(
    principal: &Principal,
    name: &str,
    lang: Lang,
) -> Result<(), Problem> {
    let by_key = matches!(principal.through(), Through::Key(_));
    if by_key && principal.is_named(name) { Err(KeyFault::NotAllowed.problem(lang)) } else { Ok(()) }
}

/// Whoever the token of the request belongs to, whatever he may do. He is looked up once for a request, however many ask.
pub(crate) async fn recognised(parts: &mut Parts, site: &Site, lang: Lang) -> Result<Principal, Problem> {
    if let Some(Recognised(principal)) = parts.extensions.get() {
        return Ok(principal.clone());
    }
    let credential = presented(parts, lang)?;
    let principal = site.desk.recognise(&credential).await.map_err(|fault| fault.problem(lang))?;
    recognised_by_limits(site, &parts.headers);
    parts.extensions.insert(Recognised(principal.clone()));
    Ok(principal)
}

/// Whoever was recognised in this request already.
#[derive(Clone)]
struct Recognised(Principal);

/// The token of the request.
pub(crate) fn presented(parts: &Parts, lang: Lang) -> Result<Credential, Problem> {
    if !parts.headers.contains_key(AUTHORIZATION) {
        return Err(Problem::new(Kind::NotSignedIn, lang));
    }
    // Of another scheme, or no text at all: what is said is how a token is presented.
    let token = bearer(&parts.headers).ok_or_else(|| Problem::new(Kind::NotSignedIn, lang))?;
    Credential::parse(token).map_err(|fault| fault.problem(lang))
}
