//! Sessions of people who signed in, found by the SHA-256 of the token that each holds.

use crate::{
    SessionId, UserId,
    codes::Prefix,
    error::Result,
    sealed::Sealed,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
    users::User,
};

/// A session that is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// Its id within the desk.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// SHA-256 of its token.
    pub digest: Vec<u8>,
    /// When it was opened, in microseconds since 1970.
    pub made_at: i64,
    /// When it ends at the latest.
    pub expires_at: i64,
    /// From where it was opened, sealed.
    pub address: Option<Vec<u8>>,
}

/// A session as its user sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: SessionId,
    /// When it was opened, in microseconds since 1970.
    pub made_at: i64,
    /// When it was last used, to a minute.
    pub used_at: i64,
    /// When it ends at the latest.
    pub expires_at: i64,
    /// From where it was opened, sealed.
    pub address: Option<Vec<u8>>,
}

impl Row for Listed {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            made_at: columns.get(1)?,
            used_at: columns.get(2)?,
            expires_at: columns.get(3)?,
            address: columns.get(4)?,
        })
    }
}

/// A session with its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// When it was last used, to a minute.
    pub used_at: i64,
    /// When it ends at the latest.
    pub expires_at: i64,
    /// When it was ended.
    pub ended_at: Option<i64>,
    /// Whose it is, as far as requests need him.
    pub holder: Holder,
    /// Whether he has a second factor.
    pub second_factor: bool,
}

/// A user as every request reads him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// His id.
    pub id: UserId,
    /// His name.
    pub name: String,
    /// Whether it is another system.
    pub system: bool,
    /// Words of roles with a space between them.
    pub roles: String,
    /// The account for which a customer acts, with its name.
    pub account: Option<(crate::AccountId, String)>,
    /// Whether his password is a one-time password.
    pub one_time: bool,
    /// Whether he is locked.
    pub locked: bool,
}

impl Holder {
    /// Reads him from eight columns, the first of which is `first`.
    pub(crate) fn read(columns: &Columns<'_>, first: usize) -> Result<Self> {
        let (account, named): (Option<_>, Option<String>) =
            (columns.get(first + 4)?, columns.get(first + 5)?);
        Ok(Self {
            id: columns.get(first)?,
            name: columns.get(first + 1)?,
            system: columns.get::<i64>(first + 2)? == 1,
            roles: columns.get(first + 3)?,
            account: account.zip(named),
            one_time: columns.get::<Option<i64>>(first + 6)?.is_some(),
            locked: columns.get::<Option<i64>>(first + 7)?.is_some(),
        })
    }
}

impl From<&User> for Holder {
    fn from(user: &User) -> Self {
        Self {
            id: user.id,
            name: user.name.clone(),
            system: user.system,
            roles: user.roles.clone(),
            account: user.account.zip(user.account_name.clone()),
            one_time: user.password_until.is_some(),
            locked: user.locked_at.is_some(),
        }
    }
}

impl Row for Session {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            used_at: columns.get(1)?,
            expires_at: columns.get(2)?,
            ended_at: columns.get(3)?,
            holder: Holder::read(columns, 4)?,
            second_factor: columns.get::<Option<i64>>(12)?.is_some(),
        })
    }
}

statements! {
    ADD = "INSERT INTO sessions (id, user_id, digest, made_at, used_at, expires_at, address) VALUES ($1, $2, $3, $4, $4, $5, $6)";
    BY_DIGEST = "SELECT s.id, s.used_at, s.expires_at, s.ended_at, u.id AS user_id, u.name, u.system, u.roles, u.account,
                        a.name AS account_name, u.password_until, u.locked_at, f.confirmed_at
                 FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN accounts a ON a.id = u.account
                      LEFT JOIN second_factors f ON f.user_id = u.id
                 WHERE s.digest = $1";
    END = "UPDATE sessions SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    OPEN_OF = "SELECT id, made_at, used_at, expires_at, address FROM sessions
               WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2 AND used_at > $3 ORDER BY id DESC LIMIT $4";
    END_ONE_OF = "UPDATE sessions SET ended_at = $3
                  WHERE id = $1 AND user_id = $2 AND ended_at IS NULL AND expires_at > $3 AND used_at > $4";
    END_OTHERS = "UPDATE sessions SET ended_at = $3 WHERE user_id = $1 AND id <> $2 AND ended_at IS NULL";
    END_OLDEST = "UPDATE sessions SET ended_at = $3
                  WHERE user_id = $1 AND ended_at IS NULL
                    AND id NOT IN (SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL ORDER BY id DESC LIMIT $2)";
    USE = "UPDATE sessions SET used_at = $2 WHERE id = $1 AND used_at <= $3";
    OVER = "SELECT expires_at, id FROM sessions WHERE (expires_at, id) > ($1, $2) AND expires_at <= $3 ORDER BY expires_at, id LIMIT $4";
    FORGET = "DELETE FROM sessions WHERE id = $1";
    ADDRESSES_NOT_UNDER = "SELECT id, address FROM sessions WHERE id > $1 AND address IS NOT NULL AND substr(address, 1, 5) <> $2
                           ORDER BY id LIMIT $3";
    ADDRESSES_BY_PREFIX = "SELECT substr(address, 1, 5) AS prefix, CAST(COUNT(*) AS BIGINT) AS addresses FROM sessions
                           WHERE address IS NOT NULL GROUP BY 1 LIMIT $1";
    RESEAL_ADDRESS = "UPDATE sessions SET address = $2 WHERE id = $1 AND address = $3";
}

/// Opens a session.
pub fn adding(session: &NewSession) -> Write<'_> {
    let NewSession { id, user, digest, made_at, expires_at, address } = session;
    Write::new(&ADD, vec![id, user, digest, made_at, expires_at, address])
}

/// The session whose token has that SHA-256.
pub async fn by_digest(tx: &mut Tx<'_>, digest: &[u8; 32]) -> Result<Option<Session>> {
    tx.optional(&BY_DIGEST, &[&digest.as_slice()]).await
}

/// Ends a session, if it is not ended already.
pub fn ending<'a>(id: &'a SessionId, at: &'a i64) -> Write<'a> {
    Write::new(&END, vec![id, at])
}

/// The sessions of a user that are open at `at` and were used after `since`, the newest first, no more than `most`.
pub async fn open_of(tx: &mut Tx<'_>, user: UserId, at: i64, since: i64, most: i64) -> Result<Vec<Listed>> {
    tx.all(&OPEN_OF, &[&user, &at, &since, &most]).await
}

/// Ends a session of that user; `false` where he has none of that id that is open at `at` and was used after `since`.
pub async fn end_one_of(tx: &mut Tx<'_>, id: SessionId, user: UserId, at: i64, since: i64) -> Result<bool> {
    Ok(tx.execute(&END_ONE_OF, &[&id, &user, &at, &since]).await? == 1)
}

/// Ends every session of a user but `kept`; with the nil id, every one.
pub fn ending_others<'a>(user: &'a UserId, kept: &'a SessionId, at: &'a i64) -> Write<'a> {
    Write::new(&END_OTHERS, vec![user, kept, at])
}

/// Ends the oldest sessions of a user, so that `most` are left.
pub async fn end_oldest(tx: &mut Tx<'_>, user: UserId, most: i64, at: i64) -> Result<u64> {
    tx.execute(&END_OLDEST, &[&user, &most, &at]).await
}

/// Notes that a session was used at `at`, unless it was noted after `since`.
pub async fn note_use(tx: &mut Tx<'_>, id: SessionId, at: i64, since: i64) -> Result<u64> {
    tx.execute(&USE, &[&id, &at, &since]).await
}

/// Sessions that were over at `until`, behind the end and session of `after`, the longest over first, no more than `most`: when each
/// ended, in microseconds since 1970, and its id.
pub async fn over(
    tx: &mut Tx<'_>,
    until: i64,
    after: &(i64, SessionId),
    most: i64,
) -> Result<Vec<(i64, SessionId)>> {
    tx.all(&OVER, &[&after.0, &after.1, &until, &most]).await
}

/// Forgets a session.
pub fn forgetting(id: &SessionId) -> Write<'_> {
    Write::new(&FORGET, vec![id])
}

/// Addresses after the session `after` that are sealed under another key than that of `prefix`, no more than `most`.
pub async fn addresses_not_under(
    tx: &mut Tx<'_>,
    after: uuid::Uuid,
    prefix: Prefix,
    most: i64,
) -> Result<Vec<Sealed>> {
    tx.all(&ADDRESSES_NOT_UNDER, &[&after, &prefix.as_slice(), &most]).await
}

/// How many addresses are sealed under each key. Visits all of them.
pub async fn addresses_by_prefix(tx: &mut Tx<'_>) -> Result<Vec<(Vec<u8>, i64)>> {
    tx.all(&ADDRESSES_BY_PREFIX, &[&crate::codes::MOST_PREFIXES]).await
}

/// Stores an address sealed anew; nothing where it is no longer sealed as `before`.
pub fn resealing_address<'a>(before: &'a Sealed, sealed: &'a Vec<u8>) -> Write<'a> {
    Write::new(&RESEAL_ADDRESS, vec![&before.id, sealed, &before.sealed])
}
