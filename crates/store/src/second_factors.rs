//! Second factors of users: what their apps make codes of, sealed, and recovery codes as SHA-256.

use crate::{
    UserId,
    codes::Prefix,
    error::Result,
    sealed::Sealed,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};
use std::fmt;

/// The second factor of one user.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whose it is.
    pub user: UserId,
    /// What his app makes codes of, sealed.
    pub sealed: Vec<u8>,
    /// When it was begun, in microseconds since 1970.
    pub made_at: i64,
    /// Since when it counts; `None` before the first code was shown.
    pub confirmed_at: Option<i64>,
    /// The step of which a code was taken last.
    pub last_step: i64,
}

/// What is sealed is not shown.
impl fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecondFactor({})", self.user)
    }
}

impl Row for SecondFactor {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            user: columns.get(0)?,
            sealed: columns.get(1)?,
            made_at: columns.get(2)?,
            confirmed_at: columns.get(3)?,
            last_step: columns.get(4)?,
        })
    }
}

statements! {
    OF_USER = "SELECT user_id, sealed, made_at, confirmed_at, last_step FROM second_factors WHERE user_id = $1";
    BEGIN = "INSERT INTO second_factors (user_id, sealed, made_at, last_step) VALUES ($1, $2, $3, 0)
             ON CONFLICT (user_id) DO UPDATE SET sealed = $2, made_at = $3, last_step = 0
             WHERE second_factors.confirmed_at IS NULL";
    CONFIRM = "UPDATE second_factors SET confirmed_at = $2, last_step = $3
               WHERE user_id = $1 AND confirmed_at IS NULL AND last_step < $3";
    TAKE_STEP = "UPDATE second_factors SET last_step = $2
                 WHERE user_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2";
    FORGET = "DELETE FROM second_factors WHERE user_id = $1";
    ADD_RECOVERY = "INSERT INTO recovery_codes (user_id, digest) VALUES ($1, $2)";
    USE_RECOVERY = "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND digest = $2 AND used_at IS NULL";
    RECOVERY_LEFT = "SELECT CAST(COUNT(*) AS BIGINT) AS codes FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL";
    FORGET_RECOVERY = "DELETE FROM recovery_codes WHERE user_id = $1";
    NOT_UNDER = "SELECT user_id, sealed FROM second_factors WHERE user_id > $1 AND substr(sealed, 1, 5) <> $2
                 ORDER BY user_id LIMIT $3";
    BY_PREFIX = "SELECT substr(sealed, 1, 5) AS prefix, CAST(COUNT(*) AS BIGINT) AS factors FROM second_factors
                 GROUP BY 1 LIMIT $1";
    RESEAL = "UPDATE second_factors SET sealed = $2 WHERE user_id = $1 AND sealed = $3";
}

/// The second factor of a user, also one that does not count yet.
pub async fn of_user(tx: &mut Tx<'_>, user: UserId) -> Result<Option<SecondFactor>> {
    tx.optional(&OF_USER, &[&user]).await
}

/// Begins one in the place of one that never counted; `false` where one counts.
pub async fn begin(tx: &mut Tx<'_>, user: UserId, sealed: &Vec<u8>, at: i64) -> Result<bool> {
    Ok(tx.execute(&BEGIN, &[&user, sealed, &at]).await? == 1)
}

/// From `at` on it counts, a code of `step` having been shown; `false` where it counted already.
pub async fn confirm(tx: &mut Tx<'_>, user: UserId, at: i64, step: i64) -> Result<bool> {
    Ok(tx.execute(&CONFIRM, &[&user, &at, &step]).await? == 1)
}

/// Takes the code of a step; `false` where one of that step or a later one was taken, or it does not count.
pub async fn take_step(tx: &mut Tx<'_>, user: UserId, step: i64) -> Result<bool> {
    Ok(tx.execute(&TAKE_STEP, &[&user, &step]).await? == 1)
}

/// Forgets the second factor of a user with its recovery codes; `false` where he has none.
pub async fn forget(tx: &mut Tx<'_>, user: UserId) -> Result<bool> {
    tx.execute(&FORGET_RECOVERY, &[&user]).await?;
    Ok(tx.execute(&FORGET, &[&user]).await? == 1)
}

/// Gives a user these recovery codes in the place of all that he has.
pub async fn give_recovery(tx: &mut Tx<'_>, user: UserId, digests: &[Vec<u8>]) -> Result<()> {
    tx.execute(&FORGET_RECOVERY, &[&user]).await?;
    let codes: Vec<_> = digests.iter().map(|digest| Write::new(&ADD_RECOVERY, vec![&user, digest])).collect();
    tx.together(&codes).await.map(drop)
}

/// Uses a recovery code; `false` where there is none of that SHA-256, or it was used.
pub async fn use_recovery(tx: &mut Tx<'_>, user: UserId, digest: &[u8; 32], at: i64) -> Result<bool> {
    Ok(tx.execute(&USE_RECOVERY, &[&user, &digest.as_slice(), &at]).await? == 1)
}

/// How many recovery codes are left.
pub async fn recovery_left(tx: &mut Tx<'_>, user: UserId) -> Result<i64> {
    let found: Option<(i64,)> = tx.optional(&RECOVERY_LEFT, &[&user]).await?;
    Ok(found.map_or(0, |(codes,)| codes))
}

/// Those after the user `after` that are sealed under another key than that of `prefix`, no more than `most`.
pub async fn not_under(tx: &mut Tx<'_>, after: uuid::Uuid, prefix: Prefix, most: i64) -> Result<Vec<Sealed>> {
    tx.all(&NOT_UNDER, &[&after, &prefix.as_slice(), &most]).await
}

/// How many are sealed under each key. Visits all of them.
pub async fn by_prefix(tx: &mut Tx<'_>) -> Result<Vec<(Vec<u8>, i64)>> {
    tx.all(&BY_PREFIX, &[&crate::codes::MOST_PREFIXES]).await
}

/// Stores one sealed anew; nothing where it is no longer sealed as `before`.
pub fn resealing<'a>(before: &'a Sealed, sealed: &'a Vec<u8>) -> Write<'a> {
    Write::new(&RESEAL, vec![&before.id, sealed, &before.sealed])
}
