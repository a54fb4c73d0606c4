//! The logins of hosts by which some products are verified: names as keyed hashes, passwords as PHC strings.

use crate::{
    InstanceId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};
use std::fmt;

/// The login of one host, under one of its names.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// The keyed hash of the name.
    pub lookup: Vec<u8>,
    /// The host.
    pub instance: InstanceId,
    /// Its password, as a PHC string.
    pub phc: String,
    /// When it last changed, in microseconds since 1970.
    pub changed_at: i64,
}

/// Hashes are not shown.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Login({})", self.instance)
    }
}

impl Row for Login {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            lookup: columns.get(0)?,
            instance: columns.get(1)?,
            phc: columns.get(2)?,
            changed_at: columns.get(3)?,
        })
    }
}

statements! {
    AT_OR_AFTER = "SELECT n.lookup, n.instance, c.phc, c.changed_at
                   FROM (SELECT lookup, instance FROM host_names WHERE lookup >= $1 ORDER BY lookup LIMIT 1) AS n
                   JOIN host_credentials c ON c.instance = n.instance";
    OF_INSTANCE = "SELECT n.lookup, n.instance, c.phc, c.changed_at
                   FROM host_names n JOIN host_credentials c ON c.instance = n.instance
                   WHERE n.instance = $1 ORDER BY n.lookup LIMIT $2";
    PUT = "INSERT INTO host_credentials (instance, phc, changed_at) VALUES ($1, $2, $3)
           ON CONFLICT (instance) DO UPDATE SET phc = excluded.phc, changed_at = excluded.changed_at";
    FORGET_NAMES = "DELETE FROM host_names WHERE instance = $1";
    NAME = "INSERT INTO host_names (lookup, instance) VALUES ($1, $2)";
}

/// A host has a user name and a name of its own, no more.
const MOST_NAMES: i64 = 4;

/// The login with that keyed hash of a name, or the one after it in the order of hashes: one statement, whether there is such a
/// host or not, and for one that is not there a password to compare with that costs what others do.
pub async fn at_or_after(tx: &mut Tx<'_>, lookup: &[u8; 32]) -> Result<Option<Login>> {
    tx.optional(&AT_OR_AFTER, &[&lookup.as_slice()]).await
}

/// The logins of one host, one for each of its names.
pub async fn of_instance(tx: &mut Tx<'_>, instance: InstanceId) -> Result<Vec<Login>> {
    tx.all(&OF_INSTANCE, &[&instance, &MOST_NAMES]).await
}

/// What is known of the login of a host.
#[derive(Clone)]
pub struct Put {
    instance: InstanceId,
    lookups: Vec<Vec<u8>>,
    phc: String,
    at: i64,
}

impl Put {
    /// Those names of `instance`, as keyed hashes, and its password as a PHC string; `at` in microseconds since 1970.
    pub fn new(instance: InstanceId, lookups: &[[u8; 32]], phc: String, at: i64) -> Self {
        let mut lookups: Vec<_> = lookups.iter().map(|lookup| lookup.to_vec()).collect();
        lookups.sort_unstable();
        lookups.dedup();
        Self { instance, lookups, phc, at }
    }

    /// Writes it in place of what was known before. No other host may have one of the names.
    pub async fn write(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.together(&[Write::new(&PUT, vec![&self.instance, &self.phc, &self.at])]).await?;
        tx.together(&[Write::new(&FORGET_NAMES, vec![&self.instance])]).await?;
        let names = self.lookups.iter().map(|lookup| Write::new(&NAME, vec![lookup, &self.instance]));
        tx.together(&names.collect::<Vec<_>>()).await.map(drop)
    }
}
