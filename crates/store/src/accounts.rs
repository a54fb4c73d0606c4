//! Accounts (账号): a customer's login with the provider.

use crate::{
    AccountId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Query, Tx, Write},
};

/// One account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id within the desk.
    pub id: AccountId,
    /// The number by which the provider's other systems know it, where the desk was told.
    pub number: Option<i64>,
    /// The id by which inventories name it as buyer.
    pub name: String,
    /// When the desk first heard of it, in microseconds since 1970.
    pub created_at: i64,
}

impl Row for Account {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            number: columns.get(1)?,
            name: columns.get(2)?,
            created_at: columns.get(3)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO accounts (id, number, name, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    BY_NAME = "SELECT id, number, name, created_at FROM accounts WHERE name = $1";
    BY_NUMBER = "SELECT id, number, name, created_at FROM accounts WHERE number = $1";
    BY_ID = "SELECT id, number, name, created_at FROM accounts WHERE id = $1";
}

/// Adds an account; `false` when its id, number or name is taken.
pub async fn add(tx: &mut Tx<'_>, account: &Account) -> Result<bool> {
    Ok(tx.together(&[adding(account)]).await? == [1])
}

/// Adds an account; no row is changed when its id, number or name is taken.
pub fn adding(account: &Account) -> Write<'_> {
    let Account { id, number, name, created_at } = account;
    Write::new(&ADD, vec![id, number, name, created_at])
}

/// Asks for the account that inventories call `name`.
pub fn called(name: &String) -> Query<'_> {
    Query::new(&BY_NAME, vec![name])
}

/// The account that inventories call `name`.
pub async fn by_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<Account>> {
    tx.optional(&BY_NAME, &[&name]).await
}

/// The account that the provider's other systems know by that number.
pub async fn by_number(tx: &mut Tx<'_>, number: i64) -> Result<Option<Account>> {
    tx.optional(&BY_NUMBER, &[&number]).await
}

/// The account with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<Account>> {
    tx.optional(&BY_ID, &[&id]).await
}
