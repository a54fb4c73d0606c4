//! Small units with which the stories are told.

use store::{Isolation, Param, Sql, Store, StoreError, Tx, Unit, accounts, accounts::Account};
use uuid::Uuid;

pub(crate) fn account(number: i64) -> Account {
    let id = store::Id::new(Uuid::from_u128(u128::from(number.unsigned_abs())));
    Account { id, number: Some(number), name: format!("acc-{number}"), created_at: 1_600_000_000_000_000 }
}

/// Adds accounts, and then fails if it is told to.
pub(crate) struct Add {
    pub(crate) accounts: Vec<Account>,
    pub(crate) end: End,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum End {
    Well,
    Refused,
    Panics,
    Strays,
}

impl Add {
    pub(crate) fn one(number: i64) -> Self {
        Self { accounts: vec![account(number)], end: End::Well }
    }

    pub(crate) fn ending(number: i64, end: End) -> Self {
        Self { end, ..Self::one(number) }
    }
}

impl Unit for Add {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        for account in &self.accounts {
            accounts::add(tx, account).await?;
        }
        match self.end {
            End::Well => Ok(()),
            End::Refused => Err(StoreError::Closed),
            End::Panics => panic!("on purpose"),
            End::Strays => std::future::pending().await,
        }
    }
}

pub(crate) struct Find(pub(crate) i64);

impl Unit for Find {
    type Output = Option<Account>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        accounts::by_name(tx, &format!("acc-{}", self.0)).await
    }
}

/// The same, or adding it, by a statement that stands by itself.
pub(crate) enum Alone {
    Find(i64),
    Add(i64),
}

impl Unit for Alone {
    type Output = Option<Account>;
    type Error = StoreError;

    const ISOLATION: Isolation = Isolation::EachStatement;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        match self {
            Self::Find(number) => accounts::by_name(tx, &format!("acc-{number}")).await,
            Self::Add(number) => accounts::add(tx, &account(*number)).await.map(|_| None),
        }
    }
}

pub(crate) async fn kept(store: &Store, number: i64) -> bool {
    store.read(Find(number)).await.unwrap().is_some()
}

/// Asks the database something that only a test asks.
pub(crate) struct Ask(Sql);

impl Unit for Ask {
    type Output = i64;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<i64, StoreError> {
        let none: [&dyn Param; 0] = [];
        Ok(tx.optional::<(i64,)>(&self.0, &none).await?.map_or(0, |(number,)| number))
    }
}

/// One number that only a test asks for.
pub(crate) fn ask(text: &'static str) -> Ask {
    Ask(Sql { name: "ASK", sqlite: text, postgres: text })
}
