//! Users: people who sign in, and other systems of the provider.

use crate::{
    AccountId, UserId,
    codes::Prefix,
    error::Result,
    sealed::Sealed,
    sql::{Columns, Param, Row, statements},
    tx::{Tx, Write},
};

/// One user as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// Its id within the desk.
    pub id: UserId,
    /// The name with which he signs in.
    pub name: String,
    /// Whether it is another system, which never signs in.
    pub system: bool,
    /// Words of roles with a space between them.
    pub roles: String,
    /// The account for which a customer acts.
    pub account: Option<AccountId>,
    /// The name of that account; not stored with the user.
    pub account_name: Option<String>,
    /// His password, as a PHC string of argon2id.
    pub password: Option<String>,
    /// Until when his password is good, where it is a one-time password, in microseconds since 1970.
    pub password_until: Option<i64>,
    /// When a session was opened with it, where it is a one-time password: it opens no other.
    pub password_used_at: Option<i64>,
    /// Since when he is locked.
    pub locked_at: Option<i64>,
    /// His e-mail address, sealed.
    pub email: Option<Vec<u8>>,
    /// When he was added.
    pub made_at: i64,
    /// When he last changed.
    pub changed_at: i64,
}

/// Shown without the password's hash, which can be tried against.
impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("roles", &self.roles)
            .finish_non_exhaustive()
    }
}

impl Row for User {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            name: columns.get(1)?,
            system: columns.get::<i64>(2)? == 1,
            roles: columns.get(3)?,
            account: columns.get(4)?,
            password: columns.get(5)?,
            password_until: columns.get(6)?,
            password_used_at: columns.get(7)?,
            locked_at: columns.get(8)?,
            email: columns.get(9)?,
            made_at: columns.get(10)?,
            changed_at: columns.get(11)?,
            account_name: columns.get(12)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO users (id, name, system, roles, account, password, password_until, locked_at, email, made_at, changed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING";
    BY_NAME = "SELECT u.id, u.name, u.system, u.roles, u.account, u.password, u.password_until, u.password_used_at, u.locked_at,
                      u.email, u.made_at, u.changed_at, a.name AS account_name
               FROM users u LEFT JOIN accounts a ON a.id = u.account WHERE u.name = $1";
    BY_ID = "SELECT u.id, u.name, u.system, u.roles, u.account, u.password, u.password_until, u.password_used_at, u.locked_at,
                    u.email, u.made_at, u.changed_at, a.name AS account_name
             FROM users u LEFT JOIN accounts a ON a.id = u.account WHERE u.id = $1";
    LISTED = "SELECT u.id, u.name, u.system, u.roles, u.account, u.password, u.password_until, u.password_used_at, u.locked_at,
                     u.email, u.made_at, u.changed_at, a.name AS account_name
              FROM users u LEFT JOIN accounts a ON a.id = u.account WHERE u.name > $1 ORDER BY u.name LIMIT $2";
    CHANGE = "UPDATE users SET roles = $2, password = $3, password_until = $4, password_used_at = $5, locked_at = $6, changed_at = $7
              WHERE id = $1 AND changed_at = $8";
    USE_ONE_TIME = "UPDATE users SET password_used_at = $2
                    WHERE id = $1 AND password_until IS NOT NULL AND password_used_at IS NULL";
    OTHER_OF_STAFF = "SELECT id FROM users
                      WHERE account IS NULL AND system = 0 AND locked_at IS NULL AND id <> $1 AND ' ' || roles || ' ' LIKE $2
                      ORDER BY id LIMIT 1";
    EMAILS_NOT_UNDER = "SELECT id, email FROM users WHERE id > $1 AND email IS NOT NULL AND substr(email, 1, 5) <> $2
                        ORDER BY id LIMIT $3";
    EMAILS_BY_PREFIX = "SELECT substr(email, 1, 5) AS prefix, CAST(COUNT(*) AS BIGINT) AS emails FROM users
                        WHERE email IS NOT NULL GROUP BY 1 LIMIT $1";
    RESEAL_EMAIL = "UPDATE users SET email = $2 WHERE id = $1 AND email = $3";
}

/// Adds a user; `false` when the name is taken.
pub async fn add(tx: &mut Tx<'_>, user: &User) -> Result<bool> {
    let User {
        id,
        name,
        roles,
        account,
        password,
        password_until,
        locked_at,
        email,
        made_at,
        changed_at,
        ..
    } = user;
    let system = i64::from(user.system);
    let row: [&dyn Param; 11] =
        [id, name, &system, roles, account, password, password_until, locked_at, email, made_at, changed_at];
    Ok(tx.execute(&ADD, &row).await? == 1)
}

/// The user of that name.
pub async fn by_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<User>> {
    tx.optional(&BY_NAME, &[&name]).await
}

/// The user with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: UserId) -> Result<Option<User>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// Users after the name `after`, in the order of their names, no more than `most`.
pub async fn listed(tx: &mut Tx<'_>, after: &str, most: i64) -> Result<Vec<User>> {
    tx.all(&LISTED, &[&after, &most]).await
}

/// Stores roles, password, lock and time of `user`, who last changed at `was_at`: one row, or none when he changed since.
pub fn changing<'a>(user: &'a User, was_at: &'a i64) -> Write<'a> {
    let User { id, roles, password, password_until, password_used_at, locked_at, changed_at, .. } = user;
    let row: Vec<&dyn Param> =
        vec![id, roles, password, password_until, password_used_at, locked_at, changed_at, was_at];
    Write::new(&CHANGE, row)
}

/// Uses the one-time password of a user for the one session that it opens; `false` when it opened one already, or his password
/// is none.
pub async fn use_one_time(tx: &mut Tx<'_>, id: UserId, at: i64) -> Result<bool> {
    Ok(tx.execute(&USE_ONE_TIME, &[&id, &at]).await? == 1)
}

/// Whether somebody other than `but` has the role of that word: a person, and not locked.
pub async fn another_has(tx: &mut Tx<'_>, role: &str, but: UserId) -> Result<bool> {
    let roles = format!("% {role} %");
    let found: Option<(UserId,)> = tx.optional(&OTHER_OF_STAFF, &[&but, &roles]).await?;
    Ok(found.is_some())
}

/// E-mail addresses after the user `after` that are sealed under another key than that of `prefix`, no more than `most`.
pub async fn emails_not_under(
    tx: &mut Tx<'_>,
    after: uuid::Uuid,
    prefix: Prefix,
    most: i64,
) -> Result<Vec<Sealed>> {
    tx.all(&EMAILS_NOT_UNDER, &[&after, &prefix.as_slice(), &most]).await
}

/// How many e-mail addresses are sealed under each key. Visits all of them.
pub async fn emails_by_prefix(tx: &mut Tx<'_>) -> Result<Vec<(Vec<u8>, i64)>> {
    tx.all(&EMAILS_BY_PREFIX, &[&crate::codes::MOST_PREFIXES]).await
}

/// Stores an e-mail address sealed anew; nothing where it is no longer sealed as `before`.
pub fn resealing_email<'a>(before: &'a Sealed, sealed: &'a Vec<u8>) -> Write<'a> {
    Write::new(&RESEAL_EMAIL, vec![&before.id, sealed, &before.sealed])
}
