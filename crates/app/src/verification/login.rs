//! Recording the login of a host, as the provider imports it: its names as keyed hashes, its password hashed.

use super::marks;
use crate::{
    Desk, Phc,
    access::Password,
    accounts::is_name,
    clock::following,
    failure::{DeskError, Failed},
    ground::Ground,
};
use jiff::Timestamp;
use rulebook::{VerifiedBy, folded};
use std::{fmt, sync::Arc};
use store::{
    InstanceId, Tx, Unit,
    host_credentials::{self, Login, Put},
    instances,
};

/// Longest name of a host, in bytes: a domain name has 253.
const LONGEST_NAME: usize = 255;

/// The login of a host is to be recorded.
#[derive(Clone)]
pub struct RecordLogin {
    /// The host, as inventories name it.
    pub instance: String,
    /// The names under which customers log in: a user name, the name of the host, or both.
    pub names: Vec<String>,
    /// Its password.
    pub password: HostPassword,
}

impl fmt::Debug for RecordLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordLogin({})", self.instance)
    }
}

/// The password of a host as it arrives.
#[derive(Clone, Debug)]
pub enum HostPassword {
    /// As it is typed. It is hashed, and nothing else of it kept.
    Plain(Password),
    /// Hashed already.
    Hashed(Phc),
}

/// What recording a login came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginRecorded {
    /// None was known of that host.
    New,
    /// Names or password are others than before.
    Changed,
    /// Nothing changed, and nothing was written.
    Same,
}

/// Why a login is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum LoginFault {
    /// The desk does not know the host, or it is gone.
    #[error("there is no instance `{0}`")]
    UnknownInstance(String),
    /// Its product is not verified by a password.
    #[error("product `{0}` is not verified by a password")]
    NotByPassword(String),
    /// No name is given, or one that is too long.
    #[error("a host has at least one name, of no more than {LONGEST_NAME} bytes each")]
    BadName,
    /// Another host has one of the names.
    #[error("another host has that user name or host name")]
    NameTaken,
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Records the login of a host, in place of what was known before. The same again changes nothing.
    pub async fn record_login(&self, record: RecordLogin) -> Result<LoginRecorded, LoginFault> {
        self.login(record, false).await
    }

    /// What recording it would come to. Nothing is written, and no password hashed.
    pub async fn check_login(&self, record: RecordLogin) -> Result<LoginRecorded, LoginFault> {
        self.login(record, true).await
    }

    async fn login(&self, record: RecordLogin, dry_run: bool) -> Result<LoginRecorded, LoginFault> {
        let names: Vec<_> = record.names.iter().filter(|name| !folded(name).is_empty()).collect();
        if names.is_empty() || names.iter().any(|name| name.len() > LONGEST_NAME) {
            return Err(LoginFault::BadName);
        }
        let ground = self.ground();
        let mut lookups: Vec<[u8; 32]> = names.iter().map(|name| marks::of_name(&ground, name)).collect();
        lookups.sort_unstable();
        lookups.dedup();
        let find = Arc::new((record.instance, lookups.clone()));
        let now = self.now();
        let before = self.read(|ground| Ok(Look { ground, find: Arc::clone(&find), now })).await?;
        let known = before.phc.is_some();
        // A password that is the one before keeps its hash, whatever else changed.
        let kept = self.is_same(&record.password, before.phc.as_deref()).await?;
        if kept && before.names == lookups {
            return Ok(LoginRecorded::Same);
        }
        if !dry_run {
            let phc = match (before.phc.filter(|_| kept), &record.password) {
                (Some(before), _) => before,
                (None, HostPassword::Hashed(phc)) => phc.as_str().to_owned(),
                (None, HostPassword::Plain(password)) => {
                    self.passwords().hash(password.clone(), &mut self.chance().draw()).await?.0
                }
            };
            let at = following(now, before.changed_at)?.as_microsecond();
            let put = Put::new(before.instance, &lookups, phc, at);
            self.write(|ground| {
                Ok(Write { look: Look { ground, find: Arc::clone(&find), now }, put: put.clone() })
            })
            .await?;
        }
        Ok(if known { LoginRecorded::Changed } else { LoginRecorded::New })
    }

    async fn is_same(&self, given: &HostPassword, before: Option<&str>) -> Result<bool, LoginFault> {
        match (given, before) {
            (_, None) => Ok(false),
            (HostPassword::Hashed(phc), Some(before)) => Ok(phc.as_str() == before),
            (HostPassword::Plain(password), before) => {
                let turn = self.passwords().turn()?;
                Ok(self.passwords().verify(turn, password.clone(), before.map(str::to_owned)).await?)
            }
        }
    }
}

/// What is known before a login is recorded.
struct Before {
    instance: InstanceId,
    names: Vec<[u8; 32]>,
    phc: Option<String>,
    changed_at: Option<i64>,
}

/// Looks for the host, and whether its names are free.
struct Look {
    ground: Arc<Ground>,
    find: Arc<(String, Vec<[u8; 32]>)>,
    now: Timestamp,
}

impl Unit for Look {
    type Output = Before;
    type Error = Failed<LoginFault>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Before, Self::Error> {
        self.ground.check::<LoginFault>(tx).await?;
        let (name, lookups) = &*self.find;
        let unknown = || Failed::Because(LoginFault::UnknownInstance(name.clone()));
        let found = if is_name(name) { instances::by_name(tx, name).await? } else { None };
        let found = found.filter(|found| found.gone_at.is_none()).ok_or_else(unknown)?;
        let edition = self.ground.rulebook.in_force(self.now).ok();
        let row = edition.and_then(|edition| edition.row(&found.product));
        if row.is_some_and(|row| row.verified_by.value != VerifiedBy::HostPassword) {
            return Err(Failed::Because(LoginFault::NotByPassword(found.product)));
        }
        for lookup in lookups {
            let login = host_credentials::at_or_after(tx, lookup).await?;
            if login.is_some_and(|login| login.lookup == lookup && login.instance != found.id) {
                return Err(Failed::Because(LoginFault::NameTaken));
            }
        }
        let before = host_credentials::of_instance(tx, found.id).await?;
        let names =
            before.iter().filter_map(|login: &Login| login.lookup.as_slice().try_into().ok()).collect();
        let last = before.into_iter().next();
        Ok(Before {
            instance: found.id,
            names,
            changed_at: last.as_ref().map(|login| login.changed_at),
            phc: last.map(|login| login.phc),
        })
    }
}

/// Writes a login, unless its names were taken meanwhile.
struct Write {
    look: Look,
    put: Put,
}

impl Unit for Write {
    type Output = ();
    type Error = Failed<LoginFault>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        self.look.run(tx).await?;
        Ok(self.put.write(tx).await?)
    }
}
