//! Quota places: how many codes were issued in the scope of a quota, guarded by the database itself.

use crate::{
    AccountId, InstanceId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};
use uuid::Uuid;

/// The scope of a quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    owner: Uuid,
    product: String,
}

impl Scope {
    /// An instance by itself, whatever its product becomes: changing that gives no fresh quota.
    pub fn of_instance(instance: InstanceId) -> Self {
        Self { owner: instance.uuid(), product: String::new() }
    }

    /// All instances of a product that one account bought.
    pub fn of_account(account: AccountId, product: &str) -> Self {
        Self { owner: account.uuid(), product: product.to_owned() }
    }
}

/// The places of one scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Taken by codes: what the limit guards.
    pub taken: i64,
    /// In use: what counts where the rules look at codes used or at websites filed instead of codes issued.
    pub used: i64,
    /// When they last changed, in microseconds since 1970. What changes them next is told as later.
    pub changed_at: i64,
}

impl Row for Places {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { taken: columns.get(0)?, used: columns.get(1)?, changed_at: columns.get(2)? })
    }
}

/// Places of one open scope that are to be taken.
#[derive(Debug)]
pub struct Take {
    scope: Scope,
    places: i64,
    limit: i64,
    at: i64,
}

impl Take {
    /// `places` places of `scope`, of which `limit` may be taken afterwards, these included; `None` where there is no quota.
    /// `at` is when, in microseconds since 1970.
    pub fn new(scope: Scope, places: u32, limit: Option<u32>, at: i64) -> Self {
        Self { scope, places: places.into(), limit: limit.map_or(NO_LIMIT, Into::into), at }
    }

    /// The same places taken at another time, in microseconds since 1970.
    #[must_use]
    pub fn at(&self, at: i64) -> Self {
        Self { scope: self.scope.clone(), at, ..*self }
    }

    /// Takes them. It changes one row, or none where the limit does not allow it.
    pub fn taking(&self) -> Write<'_> {
        let Self { scope: Scope { owner, product }, places, limit, at } = self;
        Write::new(&TAKE, vec![owner, product, places, limit, at])
    }
}

/// More than any quota: what stands for none in the guard.
const NO_LIMIT: i64 = 1 << 40;

statements! {
    OPEN = "INSERT INTO quota_places (owner, product, taken, used, changed_at) VALUES ($1, $2, 0, 0, 0)
            ON CONFLICT DO NOTHING";
    PLACES = "SELECT taken, used, changed_at FROM quota_places WHERE owner = $1 AND product = $2";
    TAKE = "UPDATE quota_places SET taken = taken + $3, changed_at = $5
            WHERE owner = $1 AND product = $2 AND taken + $3 <= $4";
    GIVE_BACK = "UPDATE quota_places SET taken = taken - 1, changed_at = $3
                 WHERE owner = $1 AND product = $2 AND taken >= 1";
    USE = "UPDATE quota_places SET used = used + 1, changed_at = $3 WHERE owner = $1 AND product = $2";
    UNUSE = "UPDATE quota_places SET used = used - 1, changed_at = $3 WHERE owner = $1 AND product = $2 AND used >= 1";
}

/// Opens a scope, so that places of it can be taken.
pub fn opening(scope: &Scope) -> Write<'_> {
    Write::new(&OPEN, vec![&scope.owner, &scope.product])
}

/// The places of a scope; `None` when it was not opened.
pub async fn places(tx: &mut Tx<'_>, scope: &Scope) -> Result<Option<Places>> {
    tx.optional(&PLACES, &[&scope.owner, &scope.product]).await
}

/// A place of a scope that is given back.
#[derive(Debug)]
pub struct GiveBack {
    scope: Scope,
    at: i64,
}

impl GiveBack {
    /// One place of `scope`; `at` is when, in microseconds since 1970.
    pub fn new(scope: Scope, at: i64) -> Self {
        Self { scope, at }
    }

    /// Gives it back. It changes one row, or none where no place is taken.
    pub fn giving_back(&self) -> Write<'_> {
        let Self { scope: Scope { owner, product }, at } = self;
        Write::new(&GIVE_BACK, vec![owner, product, at])
    }
}

/// A place of a scope that comes into use, or is used no more.
#[derive(Debug)]
pub struct PlaceUse {
    scope: Scope,
    at: i64,
}

impl PlaceUse {
    /// One place of `scope`; `at` is when, in microseconds since 1970.
    pub fn new(scope: Scope, at: i64) -> Self {
        Self { scope, at }
    }

    /// It comes into use. It changes one row, or none where the scope was not opened.
    pub fn using(&self) -> Write<'_> {
        Write::new(&USE, vec![&self.scope.owner, &self.scope.product, &self.at])
    }

    /// It is used no more. It changes one row, or none where no place is in use.
    pub fn ending(&self) -> Write<'_> {
        Write::new(&UNUSE, vec![&self.scope.owner, &self.scope.product, &self.at])
    }
}
