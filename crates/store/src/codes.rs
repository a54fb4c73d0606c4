//! Service codes (备案服务号): stored encrypted and found by keyed hash.

use crate::{
    AccountId, CodeId, InstanceId,
    error::{Result, StoreError},
    sql::{Columns, Param, Row, statements},
    tx::{Query, Tx, Write},
};
use filing::codes::{State, Stored};

/// One code as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCode {
    /// Its id within the desk.
    pub id: CodeId,
    /// The instance it is bound to.
    pub instance: Option<InstanceId>,
    /// The account that may see it: the buyer of the instance.
    pub owner: Option<AccountId>,
    /// The account it was granted to.
    pub grantee: Option<AccountId>,
    /// The product of the instance when it took its place in the quotas; it gives it back there.
    pub product: Option<String>,
    /// Where it stands, and whether it counts towards the quota.
    pub stored: Stored,
    /// The keyed hash by which it is found.
    pub lookup: Vec<u8>,
    /// The code itself, encrypted.
    pub sealed: Vec<u8>,
    /// When it last changed, in microseconds since 1970.
    pub changed_at: i64,
}

/// A code with the names of those who have to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The code.
    pub code: StoredCode,
    /// The name of the account that owns it.
    pub owner: Option<String>,
    /// The name of the account that it was granted to.
    pub grantee: Option<String>,
}

impl Row for Held {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (state, counted): (String, i64) = (columns.get(5)?, columns.get(6)?);
        let stored = State::from_word(&state).and_then(|state| Stored::new(state, counted == 1));
        let unreadable =
            || StoreError::Unreadable { what: "codes.state", found: format!("{state} {counted}") };
        let code = StoredCode {
            id: columns.get(0)?,
            instance: columns.get(1)?,
            owner: columns.get(2)?,
            grantee: columns.get(3)?,
            product: columns.get(4)?,
            stored: stored.ok_or_else(unreadable)?,
            lookup: columns.get(7)?,
            sealed: columns.get(8)?,
            changed_at: columns.get(9)?,
        };
        Ok(Self { code, owner: columns.get(10)?, grantee: columns.get(11)? })
    }
}

statements! {
    ADD = "INSERT INTO codes (id, instance, owner, grantee, product, state, counted, lookup, sealed, changed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    HELD = "SELECT * FROM held_codes WHERE id = $1";
    HELD_BY_LOOKUP = "SELECT * FROM held_codes WHERE lookup IN ($1, $2)";
    OF_ACCOUNT = "SELECT * FROM (SELECT * FROM held_codes WHERE owner = $1 AND id > $2 ORDER BY id LIMIT $3) AS own
                  UNION ALL
                  SELECT * FROM (SELECT * FROM held_codes WHERE grantee = $1 AND id > $2 ORDER BY id LIMIT $3) AS granted
                  ORDER BY id LIMIT $3";
    OPEN_ON = "SELECT state, CAST(CASE WHEN grantee IS NULL THEN 0 ELSE 1 END AS BIGINT) AS granted, CAST(COUNT(*) AS BIGINT) AS count
               FROM codes WHERE instance = $1 AND state IN ('bound', 'recording') GROUP BY state, granted ORDER BY state, granted";
    OF_INSTANCE = "SELECT * FROM held_codes WHERE instance = $1 ORDER BY id LIMIT $2";
    THEN = "SELECT CAST(COUNT(*) AS BIGINT) AS counted,
                   CAST(COALESCE(SUM(CASE WHEN changed_at > $3 THEN 1 ELSE 0 END), 0) AS BIGINT) AS unsure
            FROM codes WHERE instance = $1 AND id < $2 AND (counted = 1 OR changed_at > $3)";
    THEN_OF_OWNER = "SELECT CAST(COUNT(*) AS BIGINT) AS counted,
                   CAST(COALESCE(SUM(CASE WHEN changed_at > $3 THEN 1 ELSE 0 END), 0) AS BIGINT) AS unsure
            FROM codes WHERE owner = $1 AND id < $2 AND product = $4 AND (counted = 1 OR changed_at > $3)";
    CHANGE = "UPDATE codes SET instance = $2, owner = $3, grantee = $4, product = $5, state = $6, counted = $7, changed_at = $8
              WHERE id = $1 AND state = $9 AND counted = $10 AND changed_at = $11";
    OLDEST = "SELECT * FROM held_codes ORDER BY id LIMIT $1";
    NEWEST = "SELECT * FROM held_codes ORDER BY id DESC LIMIT $1";
    NOT_UNDER = "SELECT * FROM held_codes WHERE id > $1 AND substr(sealed, 1, 5) <> $2 ORDER BY id LIMIT $3";
    ANY_NOT_UNDER = "SELECT id FROM codes WHERE substr(sealed, 1, 5) <> $1 LIMIT 1";
    BY_PREFIX = "SELECT substr(sealed, 1, 5) AS prefix, CAST(COUNT(*) AS BIGINT) AS codes FROM codes GROUP BY 1 LIMIT $1";
    RESEAL = "UPDATE codes SET sealed = $2, lookup = $3 WHERE id = $1 AND sealed = $4";
}

/// The first bytes of a sealed value, which name its key: `keys::sealed_prefix`.
pub type Prefix = [u8; 5];

/// Distinct prefixes told at most: one for each key that a desk ever has at a time.
pub(crate) const MOST_PREFIXES: i64 = 1000;

/// The values of a code's state, as its columns have them.
fn columns_of(stored: Stored) -> (&'static str, i64) {
    (stored.state().word(), stored.counted().into())
}

/// A code that is to be added.
#[derive(Debug)]
pub struct NewCode {
    code: StoredCode,
    state: &'static str,
    counted: i64,
}

impl NewCode {
    /// That code.
    pub fn new(code: StoredCode) -> Self {
        let (state, counted) = columns_of(code.stored);
        Self { code, state, counted }
    }

    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        let StoredCode { id, instance, owner, grantee, product, lookup, sealed, changed_at, .. } = &self.code;
        let (state, counted) = (&self.state, &self.counted);
        let parameters: Vec<&dyn Param> =
            vec![id, instance, owner, grantee, product, state, counted, lookup, sealed, changed_at];
        Write::new(&ADD, parameters)
    }
}

/// The code with that id, and who has to do with it.
pub async fn held(tx: &mut Tx<'_>, id: CodeId) -> Result<Option<Held>> {
    tx.optional(&HELD, &[&id]).await
}

/// The code with one of those keyed hashes: while keys are rotated a row may store either.
pub async fn held_by_lookup(tx: &mut Tx<'_>, [one, other]: &[[u8; 32]; 2]) -> Result<Option<Held>> {
    tx.optional(&HELD_BY_LOOKUP, &[&one.as_slice(), &other.as_slice()]).await
}

/// The codes that an account owns or was granted, after the code `after`, oldest first, no more than `most`.
pub async fn of_account(tx: &mut Tx<'_>, account: AccountId, after: CodeId, most: i64) -> Result<Vec<Held>> {
    tx.all(&OF_ACCOUNT, &[&account, &after, &most]).await
}

/// The codes of an instance, oldest first, no more than `most`.
pub async fn of_instance(tx: &mut Tx<'_>, instance: InstanceId, most: i64) -> Result<Vec<Held>> {
    tx.all(&OF_INSTANCE, &[&instance, &most]).await
}

/// What became of a code.
#[derive(Debug)]
pub struct Change {
    id: CodeId,
    was: (&'static str, i64),
    was_at: i64,
    after: NewCode,
}

impl Change {
    /// From `before`, as it was read, to `after`.
    pub fn new(before: &StoredCode, after: StoredCode) -> Self {
        let was = columns_of(before.stored);
        Self { id: before.id, was, was_at: before.changed_at, after: NewCode::new(after) }
    }

    /// Writes it. It changes one row, or none when the code is no longer as it was.
    pub fn changing(&self) -> Write<'_> {
        let Self { id, was: (state_was, counted_was), was_at, after: NewCode { code, state, counted } } =
            self;
        let StoredCode { instance, owner, grantee, product, changed_at, .. } = code;
        let after: [&dyn Param; 8] = [id, instance, owner, grantee, product, state, counted, changed_at];
        let was: [&dyn Param; 3] = [state_was, counted_was, was_at];
        Write::new(&CHANGE, [after.as_slice(), &was].concat())
    }
}

/// The oldest codes and the newest, `most` of each: a sample.
pub async fn sample(tx: &mut Tx<'_>, most: i64) -> Result<Vec<Held>> {
    let mut found = tx.all(&OLDEST, &[&most]).await?;
    found.extend(tx.all::<Held>(&NEWEST, &[&most]).await?);
    Ok(found)
}

/// Codes after `after` that are sealed under another key than that of `prefix`, in the order of their ids, no more than
/// `most`. Visits all that follow `after`; for a unit that only reads.
pub async fn not_under(tx: &mut Tx<'_>, after: CodeId, prefix: Prefix, most: i64) -> Result<Vec<Held>> {
    tx.all(&NOT_UNDER, &[&after, &prefix.as_slice(), &most]).await
}

/// Whether any code is sealed under another key than that of `prefix`. Visits all of them.
pub async fn any_not_under(tx: &mut Tx<'_>, prefix: Prefix) -> Result<bool> {
    Ok(tx.optional::<(CodeId,)>(&ANY_NOT_UNDER, &[&prefix.as_slice()]).await?.is_some())
}

/// How many codes are sealed under each key. Visits all of them.
pub async fn by_prefix(tx: &mut Tx<'_>) -> Result<Vec<(Vec<u8>, i64)>> {
    tx.all(&BY_PREFIX, &[&MOST_PREFIXES]).await
}

/// A code sealed and hashed anew; nothing where it is no longer sealed as `before`.
#[derive(Clone, Debug)]
pub struct Resealed {
    /// Which code.
    pub id: CodeId,
    /// As it was sealed.
    pub before: Vec<u8>,
    /// As it is sealed now.
    pub sealed: Vec<u8>,
    /// The keyed hash by which it is found now.
    pub lookup: Vec<u8>,
}

/// Stores it.
pub fn resealing(resealed: &Resealed) -> Write<'_> {
    let Resealed { id, before, sealed, lookup } = resealed;
    Write::new(&RESEAL, vec![id, sealed, lookup, before])
}

/// How many codes counted at an earlier time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedThen {
    /// So many, as far as their rows tell: made by then, and counted since, or changed later.
    pub counted: i64,
    /// How many of them changed later: of one that was made beforehand, when it was bound is not in its row.
    pub unsure: i64,
}

impl Row for CountedThen {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { counted: columns.get(0)?, unsure: columns.get(1)? })
    }
}

/// How many codes on an instance counted at `at`, in microseconds since 1970. `first_later` sorts before the ids of all codes
/// that were made afterwards.
pub async fn counted_then(
    tx: &mut Tx<'_>,
    instance: InstanceId,
    first_later: CodeId,
    at: i64,
) -> Result<CountedThen> {
    let found = tx.optional(&THEN, &[&instance, &first_later, &at]).await?;
    Ok(found.unwrap_or(CountedThen { counted: 0, unsure: 0 }))
}

/// The same of all codes of an account for a product.
pub async fn counted_then_of_owner(
    tx: &mut Tx<'_>,
    owner: AccountId,
    product: &str,
    first_later: CodeId,
    at: i64,
) -> Result<CountedThen> {
    let found = tx.optional(&THEN_OF_OWNER, &[&owner, &first_later, &at, &product]).await?;
    Ok(found.unwrap_or(CountedThen { counted: 0, unsure: 0 }))
}

/// The codes of an instance that still serve for a filing: how many are in orders, and how many nobody has used, granted or not.
pub fn open_on(instance: &InstanceId) -> Query<'_> {
    Query::new(&OPEN_ON, vec![instance])
}

/// Codes of one instance in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenCodes {
    /// Where they stand.
    pub state: State,
    /// Whether they are granted to another account.
    pub granted: bool,
    /// How many there are.
    pub count: i64,
}

impl Row for OpenCodes {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (state, granted): (String, i64) = (columns.get(0)?, columns.get(1)?);
        let state = State::from_word(&state)
            .ok_or_else(|| StoreError::Unreadable { what: "codes.state", found: state })?;
        Ok(Self { state, granted: granted == 1, count: columns.get(2)? })
    }
}
