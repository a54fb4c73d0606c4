//! Why not? What support looks up for a customer who cannot go on: the very words that he sees, with all that they rest on.
//! Every look-up is recorded in the access log before it is answered.

mod account;
mod code;
mod copy;
mod en;
mod entries;
mod instance;
mod number;
mod order;
mod unknown;
mod zh;

pub use account::AccountSeen;
pub use code::CodeSeen;
pub use entries::{EntriesSeen, EntrySeen, MentionIndex};
pub use instance::InstanceSeen;
pub use number::{DomainSeen, NumberSeen};
pub use order::OrderSeen;
pub use unknown::Unknown;

use crate::{
    Desk,
    access::{Principal, Right},
    access_log::{About, Looking},
    accounts::is_name,
    failure::{DeskError, Failed},
    ground::Ground,
    instances::{DecisionError, ListInstancesError},
    registry::Numbered,
};
use filing::{codes::ServiceCode, registry::WatchRule};
use jiff::Timestamp;
use rulebook::{NoEdition, half_width};
use std::sync::Arc;
use store::{Tx, Unit, accounts, codes, instances};

/// How many instances and how many codes of one account or instance are looked at.
pub const MOST_SEEN: u32 = 50;

/// Something is looked up.
#[derive(Clone, Debug)]
pub struct WhyNotAsked {
    /// Who looks. He needs [`Right::LookUp`].
    pub by: Principal,
    /// What stands in the one box: the id of an instance, a service code, an account, a filing number, a domain or the id of an order, as a
    /// customer says or pastes it.
    pub what: String,
    /// As of when; `None` for now.
    pub at: Option<Timestamp>,
    /// The edition to decide by; `None` for the one that was in force at that time.
    pub edition: Option<String>,
}

/// What was found.
#[derive(Clone, Debug)]
pub enum WhyNot {
    /// An instance.
    Instance(Box<InstanceSeen>),
    /// A service code, with the instance that it is bound to.
    Code(Box<CodeSeen>, Option<Box<InstanceSeen>>, EntriesSeen),
    /// An account.
    Account(Box<AccountSeen>),
    /// A filing number.
    Number(Box<NumberSeen>),
    /// A domain, with the number of the website that has it.
    Domain(Box<DomainSeen>, Option<Box<NumberSeen>>),
    /// A filing order.
    Order(Box<OrderSeen>),
    /// Nothing, or nothing yet at that time.
    Unknown(Box<Unknown>),
}

/// Why nothing is looked up.
#[derive(Debug, thiserror::Error)]
pub enum WhyNotError {
    /// Whoever asks may not look up.
    #[error("the right `{}` is needed", Right::LookUp)]
    NotAllowed,
    /// There is no such edition, or none was in force at that time.
    #[error(transparent)]
    NoEdition(#[from] NoEdition),
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Looks something up. Each look-up that is answered has left one line in the access log.
    pub async fn why_not(&self, ask: WhyNotAsked) -> Result<WhyNot, WhyNotError> {
        if !ask.by.may(Right::LookUp) {
            return Err(WhyNotError::NotAllowed);
        }
        let (ask, now, rule) = (Arc::new(ask), self.now(), self.watch_rule());
        let found = self.read(|ground| Ok(Look { ground, ask: Arc::clone(&ask), rule, now })).await?;
        let (what, about) = line(&found);
        self.note_looking(&ask.by, what, About { as_of: ask.at, ..about }).await?;
        Ok(found)
    }
}

/// What the access log says of it.
fn line(found: &WhyNot) -> (Looking, About) {
    let buyer = |seen: &InstanceSeen| seen.decided.facts().account.clone();
    let about = match found {
        WhyNot::Instance(seen) => {
            About { instance: Some(seen.id().to_owned()), account: buyer(seen), ..About::default() }
        }
        WhyNot::Code(code, instance, _) => About {
            instance: instance.as_ref().map(|seen| seen.id().to_owned()),
            code: Some(code.id),
            account: code.owner.clone(),
            ..About::default()
        },
        WhyNot::Account(account) => About { account: Some(account.name.clone()), ..About::default() },
        WhyNot::Number(seen) | WhyNot::Domain(_, Some(seen)) => About {
            account: Some(seen.number.account.clone()),
            number: Some(seen.number.short.number.clone()),
            ..About::default()
        },
        WhyNot::Order(seen) => {
            About { account: Some(seen.account.clone()), order: Some(seen.order.id), ..About::default() }
        }
        // A domain that is nobody's here may be anything.
        WhyNot::Domain(_, None) | WhyNot::Unknown(_) => return (Looking::WhyNotUnknown, About::default()),
    };
    (Looking::WhyNot, about)
}

struct Look {
    ground: Arc<Ground>,
    ask: Arc<WhyNotAsked>,
    rule: WatchRule,
    now: Timestamp,
}

/// Why a part of the look-up ends early.
enum Ends {
    /// What was asked about was not there yet.
    NotYet(Timestamp),
    /// There is no answer.
    Failed(Failed<WhyNotError>),
}

impl<E: Into<Failed<WhyNotError>>> From<E> for Ends {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Unit for Look {
    type Output = WhyNot;
    type Error = Failed<WhyNotError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<WhyNot, Self::Error> {
        self.ground.check::<WhyNotError>(tx).await?;
        // Before anything is looked for: what is there and what is not must not differ in a look-up that leaves no line.
        if let Some(id) = &self.ask.edition {
            self.ground.rulebook.edition(id).map_err(|none| Failed::Because(none.into()))?;
        }
        match self.found(tx).await {
            Ok(Some(found)) => Ok(found),
            Ok(None) => Ok(WhyNot::Unknown(Box::new(Unknown::new(&self.ask.what, None)))),
            Err(Ends::NotYet(first)) => {
                Ok(WhyNot::Unknown(Box::new(Unknown::new(&self.ask.what, Some(first)))))
            }
            Err(Ends::Failed(error)) => Err(error),
        }
    }
}

impl Look {
    /// As of when it is decided.
    fn at(&self) -> Timestamp {
        self.ask.at.unwrap_or(self.now)
    }

    /// Up to when it is told what happened: for the present all of it, also what a process said whose clock is ahead.
    fn until(&self) -> Timestamp {
        self.ask.at.unwrap_or(Timestamp::MAX)
    }

    /// An id is what a seller or an operator made of it, so that one may be of the form of a code too: names come first.
    async fn found(&self, tx: &mut Tx<'_>) -> Result<Option<WhyNot>, Ends> {
        for name in names(&self.ask.what) {
            if let Some(instance) = instances::by_name(tx, &name).await? {
                return Ok(Some(WhyNot::Instance(Box::new(self.instance(tx, &instance).await?))));
            }
            if let Some(account) = accounts::by_name(tx, &name).await? {
                return Ok(Some(WhyNot::Account(Box::new(self.account(tx, account).await?))));
            }
        }
        if let Ok(code) = ServiceCode::parse(&self.ask.what) {
            let hashes = self.ground.secrets.lookup(&code).pair();
            return match codes::held_by_lookup(tx, &hashes).await? {
                Some(held) => self.code(tx, held).await.map(Some),
                None => Ok(None),
            };
        }
        let narrow = narrow(&self.ask.what);
        let numbered = Numbered::find_ever(tx, &narrow.to_uppercase()).await?;
        if let Some(found) = numbered.into_iter().next() {
            return Ok(Some(WhyNot::Number(Box::new(self.number(tx, found).await?))));
        }
        if let Ok(id) = narrow.parse()
            && let Some(order) = self.order(tx, id).await?
        {
            return Ok(Some(WhyNot::Order(Box::new(order))));
        }
        self.domain(tx, &narrow).await
    }
}

/// The names that somebody may have meant: as it was typed, then as the ids of sellers are written, with narrow characters, without
/// spaces, and in small letters.
fn names(what: &str) -> impl Iterator<Item = String> {
    let typed = what.trim().to_owned();
    let narrow = narrow(what);
    let mut names = vec![narrow.to_lowercase(), narrow, typed];
    names.dedup();
    names.into_iter().rev().filter(|name| is_name(name))
}

/// Without spaces, and with the characters of an input method for Chinese read as the ASCII ones.
fn narrow(what: &str) -> String {
    what.chars().map(half_width).filter(|found| !found.is_whitespace()).collect()
}

impl From<Failed<DecisionError>> for Ends {
    fn from(error: Failed<DecisionError>) -> Self {
        Self::Failed(match error {
            Failed::Moved => Failed::Moved,
            Failed::Desk(error) | Failed::Because(DecisionError::Desk(error)) => Failed::Desk(error),
            Failed::Because(DecisionError::NoEdition(none)) => Failed::Because(none.into()),
            Failed::Because(DecisionError::BeforeFirst { first, .. }) => return Self::NotYet(first),
            // It was there a statement before, in the same transaction.
            Failed::Because(error @ DecisionError::UnknownInstance(_)) => {
                Failed::Desk(DeskError::unwritable(&error))
            }
        })
    }
}

impl From<Failed<ListInstancesError>> for Ends {
    fn from(error: Failed<ListInstancesError>) -> Self {
        Self::Failed(match error {
            Failed::Moved => Failed::Moved,
            Failed::Desk(error) | Failed::Because(ListInstancesError::Desk(error)) => Failed::Desk(error),
            Failed::Because(ListInstancesError::NoEdition(none)) => Failed::Because(none.into()),
        })
    }
}
