//! Names of hosts that other systems of the provider say that they serve (load balancers, CDN, edges), each under the name by which the
//! system calls itself. They decide nothing: they tell which names below a domain are served where.

use super::whose::{LONGEST_CALLER, is_caller, may_end};
use crate::{
    Actor, Desk, Failure,
    deed::decided,
    failure::{DeskError, Failed},
    ground::Ground,
    ledger_entry::{entry, row, theirs},
};
use filing::checks::Host;
use ledger::Entry;
use serde::Serialize;
use std::sync::Arc;
use store::{
    EntryId, Tx, Unit,
    accessor_names::{self, AccessorName},
    entries,
};

/// Names below one domain that one system may have.
pub const MOST_NAMES: i64 = 10_000;
/// Names that one caller may have put down in all, whatever he calls the systems.
pub const MOST_OF_ONE: i64 = 100_000;
/// Names of a page at most.
const MOST_LISTED: u32 = 1000;

/// A name is to be noted as served by a system, or no longer.
#[derive(Clone, Debug)]
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
    /// Whoever asks has put down as many names as he may.
    #[error("at most {MOST_OF_ONE} names are put down by one caller")]
    TooManyInAll,
    /// Others put it down, and whoever asks may only take away his own.
    #[error("others have put it down")]
    MadeByOthers,
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
#[derive(Debug, Serialize)]
struct Kept {
    serves: bool,
}

impl Desk {
    /// Notes that a system serves a name, or does no more: whether that is new. What is said again changes nothing, and nothing is in the
    /// ledger of it.
    pub async fn manage_accessor_name(
        &self,
        ask: ManageAccessorName,
    ) -> Result<bool, Failure<AccessorFault>> {
        let ManageAccessorName { by, caller, name, serves } = ask;
        check_caller(&caller).map_err(Failure::Because)?;
        let host = host(&name).map_err(Failure::Because)?;
        let now = self.now();
        let row = AccessorName {
            caller,
            domain: host.registrable().to_owned(),
            name: host.name().to_owned(),
            at: now.as_microsecond(),
            made_by: by.to_string(),
        };
        let entry = self.chance().draw().id(now);
        let make = |ground| Ok(Manage { ground, entry, by: by.clone(), row: row.clone(), serves });
        self.write(make).await
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

fn check_caller(caller: &str) -> Result<(), AccessorFault> {
    if is_caller(caller) { Ok(()) } else { Err(AccessorFault::Caller) }
}

fn host(name: &str) -> Result<Host, AccessorFault> {
    Host::read(name).map_err(|_| AccessorFault::NoDomain(name.to_owned()))
}

struct Manage {
    ground: Arc<Ground>,
    entry: EntryId,
    by: Actor,
    row: AccessorName,
    serves: bool,
}

impl Manage {
    /// Whether there is room for one name more.
    async fn has_room(&self, tx: &mut Tx<'_>) -> Result<(), Failed<Failure<AccessorFault>>> {
        let AccessorName { caller, domain, made_by, .. } = &self.row;
        if accessor_names::count(tx, caller, domain).await? >= MOST_NAMES {
            return Err(because(AccessorFault::TooMany));
        }
        if accessor_names::count_of_maker(tx, made_by).await? >= MOST_OF_ONE {
            return Err(because(AccessorFault::TooManyInAll));
        }
        Ok(())
    }
}

impl Unit for Manage {
    type Output = bool;
    type Error = Failed<Failure<AccessorFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, Self::Error> {
        let Self { ground, entry: id, by, row: name, serves } = self;
        ground.check::<Failure<AccessorFault>>(tx).await?;
        let there = accessor_names::maker(tx, name).await?;
        match &there {
            Some(_) if *serves => return Ok(false),
            None if !serves => return Ok(false),
            Some(made_by) if !may_end(by, made_by) => return Err(because(AccessorFault::MadeByOthers)),
            Some(_) => {}
            None => self.has_room(tx).await?,
        }
        let kind = if *serves { "gate.name-added" } else { "gate.name-removed" };
        let entry = Entry {
            ids: vec![theirs("caller", &name.caller)],
            decided: Some(decided(&Kept { serves: *serves }, &(), Vec::new())?),
            ..entry(name.at, by, kind)
        };
        let write = if *serves { name.adding() } else { name.removing() };
        tx.together(&[write, entries::adding(&row(*id, &entry)?)]).await?;
        Ok(true)
    }
}

fn because(fault: AccessorFault) -> Failed<Failure<AccessorFault>> {
    Failed::Because(Failure::Because(fault))
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
