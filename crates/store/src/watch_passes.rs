//! How far the watch has come in going through all websites.

use crate::{
    WebsiteId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::Tx,
};

/// One pass; of each name there is the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Its name.
    pub name: String,
    /// When it began, in microseconds since 1970.
    pub began_at: i64,
    /// The last website that it has behind it.
    pub behind: WebsiteId,
    /// When it came to its end, in microseconds since 1970; `None` while it goes on.
    pub ended_at: Option<i64>,
}

impl Row for Pass {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            name: columns.get(0)?,
            began_at: columns.get(1)?,
            behind: columns.get(2)?,
            ended_at: columns.get(3)?,
        })
    }
}

statements! {
    SET = "INSERT INTO watch_passes (name, began_at, behind, ended_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (name) DO UPDATE SET began_at = $2, behind = $3, ended_at = $4";
    BY_NAME = "SELECT name, began_at, behind, ended_at FROM watch_passes WHERE name = $1";
}

/// The last pass of that name.
pub async fn by_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<Pass>> {
    tx.optional(&BY_NAME, &[&name]).await
}

/// Writes how far it is.
pub async fn set(tx: &mut Tx<'_>, pass: &Pass) -> Result<()> {
    let Pass { name, began_at, behind, ended_at } = pass;
    tx.execute(&SET, &[name, began_at, behind, ended_at]).await.map(drop)
}
