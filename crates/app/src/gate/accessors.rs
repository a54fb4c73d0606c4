//! Names of hosts that other systems of the provider say that they serve (load balancers, CDN, edges), each under the name by which the
//! system calls itself. They decide nothing: they tell which names below a domain are served where.

use crate::{
    Actor, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{DeskError, Failed},
    ledger_entry::{entry, row, theirs},
};
use filing::checks::Host;
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{
    Tx, Unit,
    accessor_names::{self, AccessorName},
    entries,
};

/// Characters of a system's name at most.
pub const LONGEST_CALLER: usize = 64;
/// Names below one domain that one system may have.
pub const MOST_NAMES: i64 = 10_000;
/// Names of a page at most.
const MOST_LISTED: u32 = 1000;

/// A name is to be noted as served by a system, or no longer.
#[derive(Clone, Debug, Serialize)]
pub struct ManageAccessorName {
    /// Who says so.
    pub by: Actor,
    /// The system, as it calls itself.
    pub caller: String,
    /// The name of the host.
    pub name: String,
    /// Whether the system serves it.
    pub serves: bool,
}

/// Why nothing is changed. Nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessorFault {
    /// The system has no name, or one that is too long or has other than letters, digits, `-`, `_` and `.`.
    #[error("a system's name has 1 to {LONGEST_CALLER} letters, digits, `-`, `_` and `.`")]
    Caller,
    /// The name is none of a host below a public suffix.
    #[error("`{0}` is no name of a host below a public suffix")]
    NoDomain(String),
    /// The system has as many names below that domain as it may have.
    #[error("a system has at most {MOST_NAMES} names below a domain")]
    TooMany,
}

/// The names of a system at and below a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessorNames {
    /// As ASCII in lower case, in their order.
    pub names: Vec<String>,
}

/// Which names are asked for.
#[derive(Clone, Debug)]
pub struct ListAccessorNames {
    /// The system.
    pub caller: String,
    /// A name, whose registrable domain is meant.
    pub domain: String,
    /// The page, from 0.
    pub page: u32,
    /// Names of a page, at least 1; more than 1000 are 1000.
    pub size: u32,
}

/// What is kept of it in the ledger: no name, which may be somebody's.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    serves: bool,
}

impl Desk {
    /// Notes that a system serves a name, or does no more. Said again it changes nothing.
    pub async fn manage_accessor_name(
        &self,
        ask: ManageAccessorName,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<()>, Failure<AccessorFault>> {
        check_caller(&ask.caller).map_err(Failure::Because)?;
        if let Err(fault) = host(&ask.name) {
            return Err(Failure::Because(fault));
        }
        self.once(key, ask).await
    }

    /// The names that a system says it serves, at and below a registrable domain.
    pub async fn accessor_names(
        &self,
        ask: ListAccessorNames,
    ) -> Result<AccessorNames, Failure<AccessorFault>> {
        check_caller(&ask.caller).map_err(Failure::Because)?;
        let domain = host(&ask.domain).map_err(Failure::Because)?.registrable().to_owned();
        let read = |_| {
            Ok(List { caller: ask.caller.clone(), domain: domain.clone(), page: ask.page, size: ask.size })
        };
        Ok(self.read::<_, DeskError>(read).await?)
    }
}

/// Whether that is a name that a system may call itself.
pub fn check_caller(caller: &str) -> Result<(), AccessorFault> {
    let right = |symbol: char| symbol.is_ascii_alphanumeric() || "-_.".contains(symbol);
    let is_name = (1..=LONGEST_CALLER).contains(&caller.len()) && caller.chars().all(right);
    if is_name { Ok(()) } else { Err(AccessorFault::Caller) }
}

fn host(name: &str) -> Result<Host, AccessorFault> {
    Host::read(name).map_err(|_| AccessorFault::NoDomain(name.to_owned()))
}

impl Deed for ManageAccessorName {
    const WORD: &'static str = "manage-accessor-name";
    type Ready = ();
    type Answer = ();
    type Fault = AccessorFault;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        let because = |fault| Failed::Because(Failure::Because(fault));
        setting.ground.check(tx).await?;
        let host = host(&self.name).map_err(because)?;
        let at = setting.now.as_microsecond();
        let row_of_name = AccessorName {
            caller: self.caller.clone(),
            domain: host.registrable().to_owned(),
            name: host.name().to_owned(),
            at,
        };
        if self.serves && accessor_names::count(tx, &self.caller, host.registrable()).await? >= MOST_NAMES {
            return Err(because(AccessorFault::TooMany));
        }
        let write = if self.serves { row_of_name.adding() } else { row_of_name.removing() };
        let kind = if self.serves { "gate.name-added" } else { "gate.name-removed" };
        let entry = Entry {
            ids: vec![theirs("caller", &self.caller)],
            decided: Some(decided(&Kept { serves: self.serves }, &(), Vec::new())?),
            ..entry(at, &self.by, kind)
        };
        // Whether it was there before does not matter.
        tx.together(&[write, entries::adding(&row(setting.entry, &entry)?)]).await?;
        Ok(())
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        let kept: Result<Kept, _> = asked(entry);
        kept.map(drop).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

struct List {
    caller: String,
    domain: String,
    page: u32,
    size: u32,
}

impl Unit for List {
    type Output = AccessorNames;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<AccessorNames, Self::Error> {
        let most = i64::from(self.size.clamp(1, MOST_LISTED));
        let skip = most.saturating_mul(i64::from(self.page));
        Ok(AccessorNames { names: accessor_names::page(tx, &self.caller, &self.domain, most, skip).await? })
    }
}
