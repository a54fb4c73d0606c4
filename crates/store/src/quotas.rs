//! Quota places: how many codes were issued in the scope of a quota, guarded by the database itself.

use crate::{error::Result, sql::statements, tx::Tx};
use uuid::Uuid;

/// The scope of a quota: an instance by itself, or all instances of a product that one account bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The instance's or the account's id.
    pub owner: Uuid,
    /// The product's id.
    pub product: String,
}

statements! {
    ISSUED = "SELECT issued FROM quota_places WHERE owner = $1 AND product = $2";
    OPEN = "INSERT INTO quota_places (owner, product, issued) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING";
    TAKE = "UPDATE quota_places SET issued = issued + $3
            WHERE owner = $1 AND product = $2 AND issued + $3 <= $4";
    GIVE_BACK = "UPDATE quota_places SET issued = issued - $3 WHERE owner = $1 AND product = $2 AND issued >= $3";
}

/// How many places of the scope are taken.
pub async fn taken(tx: &mut Tx<'_>, scope: &Scope) -> Result<i64> {
    let issued = tx.optional::<(i64,)>(&ISSUED, &[&scope.owner, &scope.product]).await?;
    Ok(issued.map_or(0, |(issued,)| issued))
}

/// Takes `n` places where no more than `limit` are then taken; `false` leaves everything as it was.
pub async fn take(tx: &mut Tx<'_>, scope: &Scope, n: i64, limit: i64) -> Result<bool> {
    tx.execute(&OPEN, &[&scope.owner, &scope.product]).await?;
    Ok(tx.execute(&TAKE, &[&scope.owner, &scope.product, &n, &limit]).await? == 1)
}

/// Gives `n` places back; `false` where fewer are taken.
pub async fn give_back(tx: &mut Tx<'_>, scope: &Scope, n: i64) -> Result<bool> {
    Ok(tx.execute(&GIVE_BACK, &[&scope.owner, &scope.product, &n]).await? == 1)
}
