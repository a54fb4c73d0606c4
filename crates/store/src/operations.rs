//! Operations: changes too large for one transaction, applied in pieces, each of which moves the operation's cursor.
//!
//! Of one kind no more than one is open at a time. Whatever moves it names the cursor and the state that it knows, so that
//! nothing is done twice.

use crate::{
    OperationId,
    error::{Result, StoreError},
    sql::{Columns, Row, statements},
    tx::Tx,
};

/// Where an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// What it is to do is being written down.
    Staging,
    /// It is known what it would do; nothing of it was done.
    Staged,
    /// It is being done.
    Applying,
    /// It was done.
    Done,
    /// It was given up before anything of it was done.
    Abandoned,
}

impl State {
    /// As it is stored, and as answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Staging => "staging",
            Self::Staged => "staged",
            Self::Applying => "applying",
            Self::Done => "done",
            Self::Abandoned => "abandoned",
        }
    }

    /// Whether another of its kind has to wait for it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Staging | Self::Staged | Self::Applying)
    }

    fn read(word: String) -> Result<Self> {
        let all = [Self::Staging, Self::Staged, Self::Applying, Self::Done, Self::Abandoned];
        let found = all.into_iter().find(|state| state.word() == word);
        found.ok_or(StoreError::Unreadable { what: "operations.state", found: word })
    }
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its id.
    pub id: OperationId,
    /// Of which there is one at a time, such as `import-instances`.
    pub kind: String,
    /// Where it is.
    pub state: State,
    /// Who does it, as idempotency keys tell actors apart.
    pub actor: String,
    /// Whether what it does not name is gone.
    pub complete: bool,
    /// The number of the last row that was written down; once it is applied, of the last that was applied.
    pub cursor: i64,
    /// How much of what it comes to, as the caller encodes it.
    pub counts: String,
    /// A digest of all that was read, once that is known.
    pub digest: Option<Vec<u8>>,
    /// Who goes on with it.
    pub holder: String,
    /// Until when others leave that to him, in microseconds since 1970.
    pub held_until: i64,
    /// Whether it may still have rows.
    pub rows_left: bool,
    /// When it was begun, in microseconds since 1970.
    pub made_at: i64,
    /// When it moved last, in microseconds since 1970.
    pub changed_at: i64,
}

impl Row for Operation {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (complete, rows_left): (i64, i64) = (columns.get(4)?, columns.get(10)?);
        Ok(Self {
            id: columns.get(0)?,
            kind: columns.get(1)?,
            state: State::read(columns.get(2)?)?,
            actor: columns.get(3)?,
            complete: complete == 1,
            cursor: columns.get(5)?,
            counts: columns.get(6)?,
            digest: columns.get(7)?,
            holder: columns.get(8)?,
            held_until: columns.get(9)?,
            rows_left: rows_left == 1,
            made_at: columns.get(11)?,
            changed_at: columns.get(12)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO operations (id, kind, state, actor, complete, cursor, counts, digest, holder, held_until, rows_left,
                                   made_at, changed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    BY_ID = "SELECT id, kind, state, actor, complete, cursor, counts, digest, holder, held_until, rows_left, made_at, changed_at
             FROM operations WHERE id = $1";
    OPEN = "SELECT id, kind, state, actor, complete, cursor, counts, digest, holder, held_until, rows_left, made_at, changed_at
            FROM operations WHERE kind = $1 AND state IN ('staging', 'staged', 'applying')";
    BEFORE = "SELECT id, kind, state, actor, complete, cursor, counts, digest, holder, held_until, rows_left, made_at, changed_at
              FROM operations WHERE kind = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    WITH_ROWS = "SELECT id, kind, state, actor, complete, cursor, counts, digest, holder, held_until, rows_left, made_at, changed_at
                 FROM operations WHERE kind = $1 AND rows_left = 1 ORDER BY id LIMIT $2";
    MOVE = "UPDATE operations SET state = $4, cursor = $5, counts = $6, digest = $7, holder = $8, held_until = $9,
                                  rows_left = $10, changed_at = $11
            WHERE id = $1 AND state = $2 AND cursor = $3";
}

/// Adds an operation. The unit fails when another of its kind is open.
pub async fn add(tx: &mut Tx<'_>, operation: &Operation) -> Result<()> {
    let Operation { id, kind, actor, cursor, counts, digest, holder, held_until, .. } = operation;
    let state = operation.state.word();
    let (complete, rows_left) = (i64::from(operation.complete), i64::from(operation.rows_left));
    let (made, changed) = (&operation.made_at, &operation.changed_at);
    tx.execute(
        &ADD,
        &[
            id, kind, &state, actor, &complete, cursor, counts, digest, holder, held_until, &rows_left, made,
            changed,
        ],
    )
    .await
    .map(drop)
}

/// The operation with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: OperationId) -> Result<Option<Operation>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// The one of that kind that is open.
pub async fn open(tx: &mut Tx<'_>, kind: &str) -> Result<Option<Operation>> {
    tx.optional(&OPEN, &[&kind]).await
}

/// Those of that kind before the one called `before`, the newest first: ids rise with the time at which they were begun.
pub async fn before(tx: &mut Tx<'_>, kind: &str, before: OperationId, most: i64) -> Result<Vec<Operation>> {
    tx.all(&BEFORE, &[&kind, &before, &most]).await
}

/// Those of that kind that may still have rows.
pub async fn with_rows(tx: &mut Tx<'_>, kind: &str, most: i64) -> Result<Vec<Operation>> {
    tx.all(&WITH_ROWS, &[&kind, &most]).await
}

/// Moves an operation from `before` to `after`; `false` when somebody else moved it.
pub async fn advance(tx: &mut Tx<'_>, before: &Operation, after: &Operation) -> Result<bool> {
    let Operation { cursor, counts, digest, holder, held_until, changed_at, .. } = after;
    let (was, is, rows_left) = (before.state.word(), after.state.word(), i64::from(after.rows_left));
    let parameters: [&dyn crate::Param; 11] = [
        &before.id,
        &was,
        &before.cursor,
        &is,
        cursor,
        counts,
        digest,
        holder,
        held_until,
        &rows_left,
        changed_at,
    ];
    Ok(tx.execute(&MOVE, &parameters).await? == 1)
}
