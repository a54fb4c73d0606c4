//! Names of hosts that other systems of the provider say that they serve.

use crate::{
    error::Result,
    sql::statements,
    tx::{Tx, Write},
};

statements! {
    ADD = "INSERT INTO accessor_names (caller, domain, name, at, made_by) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    REMOVE = "DELETE FROM accessor_names WHERE caller = $1 AND domain = $2 AND name = $3";
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) AS names FROM accessor_names WHERE caller = $1 AND domain = $2";
    COUNT_OF_MAKER = "SELECT CAST(COUNT(*) AS BIGINT) AS names FROM accessor_names WHERE made_by = $1";
    MAKER = "SELECT made_by FROM accessor_names WHERE caller = $1 AND domain = $2 AND name = $3";
    PAGE = "SELECT name FROM accessor_names WHERE caller = $1 AND domain = $2 ORDER BY name LIMIT $3 OFFSET $4";
}

/// A name that a system serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessorName {
    /// The system, as it calls itself.
    pub caller: String,
    /// The registrable domain of the name.
    pub domain: String,
    /// The whole name, as ASCII in lower case.
    pub name: String,
    /// Since when, in microseconds since 1970.
    pub at: i64,
    /// Who says so, as the ledger names him.
    pub made_by: String,
}

impl AccessorName {
    /// Adds it, where it is not there.
    pub fn adding(&self) -> Write<'_> {
        let Self { caller, domain, name, at, made_by } = self;
        Write::new(&ADD, vec![caller, domain, name, at, made_by])
    }

    /// Takes it away.
    pub fn removing(&self) -> Write<'_> {
        Write::new(&REMOVE, vec![&self.caller, &self.domain, &self.name])
    }
}

/// How many names below a registrable domain a system has.
pub async fn count(tx: &mut Tx<'_>, caller: &str, domain: &str) -> Result<i64> {
    Ok(tx.optional::<(i64,)>(&COUNT, &[&caller, &domain]).await?.map_or(0, |(names,)| names))
}

/// How many names somebody has put down, for whichever systems.
pub async fn count_of_maker(tx: &mut Tx<'_>, made_by: &str) -> Result<i64> {
    Ok(tx.optional::<(i64,)>(&COUNT_OF_MAKER, &[&made_by]).await?.map_or(0, |(names,)| names))
}

/// Who put the name down for the system, where it is there; empty where that was not kept.
pub async fn maker(tx: &mut Tx<'_>, of: &AccessorName) -> Result<Option<String>> {
    let found = tx.optional::<(String,)>(&MAKER, &[&of.caller, &of.domain, &of.name]).await?;
    Ok(found.map(|(made_by,)| made_by))
}

/// The names of a system at and below a registrable domain, in their order: `most` of them behind the first `skip`.
pub async fn page(tx: &mut Tx<'_>, caller: &str, domain: &str, most: i64, skip: i64) -> Result<Vec<String>> {
    let found = tx.all::<(String,)>(&PAGE, &[&caller, &domain, &most, &skip]).await?;
    Ok(found.into_iter().map(|(name,)| name).collect())
}
