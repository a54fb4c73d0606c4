//! The access log: who looked at what. Lines are added and read, never changed, and forgotten when they are old.

use crate::{
    AccessLineId, CodeId, OrderId, ProposalId,
    error::Result,
    sql::{Columns, Param, Row, statements},
    tx::{Tx, Write},
};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: AccessLineId,
    /// When, in microseconds since 1970.
    pub at: i64,
    /// Who looked, by name.
    pub who: String,
    /// The kind of looking.
    pub what: String,
    /// The instance that was looked at, as its seller names it.
    pub instance: Option<String>,
    /// The code that was looked at.
    pub code: Option<CodeId>,
    /// The account that was looked at, as inventories name it.
    pub account: Option<String>,
    /// As of when, in microseconds since 1970; `None` where it was asked about the present.
    pub as_of: Option<i64>,
    /// The order that was looked at.
    pub order: Option<OrderId>,
    /// The word of the purpose for which what is personal was looked at.
    pub purpose: Option<String>,
    /// The proposal that was looked at.
    pub proposal: Option<ProposalId>,
    /// The filing number that was looked at.
    pub number: Option<String>,
}

impl Row for Line {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            at: columns.get(1)?,
            who: columns.get(2)?,
            what: columns.get(3)?,
            instance: columns.get(4)?,
            code: columns.get(5)?,
            account: columns.get(6)?,
            as_of: columns.get(7)?,
            order: columns.get(8)?,
            purpose: columns.get(9)?,
            proposal: columns.get(10)?,
            number: columns.get(11)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO access_log (id, at, who, what, instance, code, account, as_of, order_id, purpose, proposal, number)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    BEFORE = "SELECT id, at, who, what, instance, code, account, as_of, order_id, purpose, proposal, number FROM access_log WHERE id < $1 ORDER BY id DESC LIMIT $2";
    OVER = "SELECT id FROM access_log WHERE id > $1 AND id < $2 ORDER BY id LIMIT $3";
    FORGET = "DELETE FROM access_log WHERE id = $1";
}

/// Adds a line.
pub async fn add(tx: &mut Tx<'_>, line: &Line) -> Result<()> {
    let Line { id, at, who, what, instance, code, account, as_of, order, purpose, proposal, number } = line;
    let row: [&dyn Param; 12] =
        [id, at, who, what, instance, code, account, as_of, order, purpose, proposal, number];
    tx.execute(&ADD, &row).await.map(drop)
}

/// Lines before the line `before`, newest first, no more than `most`.
pub async fn before(tx: &mut Tx<'_>, before: AccessLineId, most: i64) -> Result<Vec<Line>> {
    tx.all(&BEFORE, &[&before, &most]).await
}

/// Lines from before `until`, in microseconds since 1970, behind the line `after`, oldest first, no more than `most`. Ids begin with
/// their time.
pub async fn over(tx: &mut Tx<'_>, until: i64, after: AccessLineId, most: i64) -> Result<Vec<AccessLineId>> {
    let lines = tx.all::<(AccessLineId,)>(&OVER, &[&after, &AccessLineId::first_of(until), &most]).await?;
    Ok(lines.into_iter().map(|(id,)| id).collect())
}

/// Forgets a line.
pub fn forgetting(id: &AccessLineId) -> Write<'_> {
    Write::new(&FORGET, vec![id])
}
