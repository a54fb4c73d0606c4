//! The mark that a checkpoint of the ledger was kept outside the database. The file itself is none of the store's.

use crate::{
    error::Result,
    sql::statements,
    tx::{Tx, Write},
};

statements! {
    SINCE = "SELECT kept_since FROM ledger_outside WHERE only_one = 1";
    KEPT = "INSERT INTO ledger_outside (only_one, kept_since) VALUES (1, $1) ON CONFLICT DO NOTHING";
    FORGET = "DELETE FROM ledger_outside WHERE only_one = 1";
}

/// Since when one was kept, in microseconds since 1970; `None` when none ever was.
pub async fn kept_since(tx: &mut Tx<'_>) -> Result<Option<i64>> {
    Ok(tx.optional::<(i64,)>(&SINCE, &[]).await?.map(|(since,)| since))
}

/// Marks that one is kept since `at`, in microseconds since 1970; nothing where that is marked.
pub async fn mark(tx: &mut Tx<'_>, at: i64) -> Result<()> {
    tx.execute(&KEPT, &[&at]).await.map(drop)
}

/// Takes the mark away, for whoever goes on without the file.
pub fn forgetting() -> Write<'static> {
    Write::new(&FORGET, Vec::new())
}
