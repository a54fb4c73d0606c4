//! The keys of subjects: whatever is personal about one is sealed under his, which is sealed by the keyring.

use crate::{
    SubjectKeyId,
    codes::MOST_PREFIXES,
    error::Result,
    sealed::Sealed,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};
use uuid::Uuid;

/// The key of one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectKey {
    /// Its id.
    pub id: SubjectKeyId,
    /// The key, sealed; `None` once the subject was erased.
    pub sealed: Option<Vec<u8>>,
    /// When it was made, in microseconds since 1970.
    pub made_at: i64,
    /// When it was destroyed, in microseconds since 1970.
    pub erased_at: Option<i64>,
}

impl Row for SubjectKey {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            sealed: columns.get(1)?,
            made_at: columns.get(2)?,
            erased_at: columns.get(3)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO subject_keys (id, sealed, made_at, erased_at) VALUES ($1, $2, $3, $4)";
    BY_ID = "SELECT id, sealed, made_at, erased_at FROM subject_keys WHERE id = $1";
    ERASE = "UPDATE subject_keys SET sealed = NULL, erased_at = CAST($2 AS BIGINT) WHERE id = $1 AND sealed IS NOT NULL";
    ERASE_UNNEEDED = "UPDATE subject_keys SET sealed = NULL, erased_at = CAST($2 AS BIGINT) WHERE id = $1 AND sealed IS NOT NULL
                        AND NOT EXISTS (SELECT 1 FROM subjects s WHERE s.subject_key = $1)
                        AND NOT EXISTS (SELECT 1 FROM subject_order_keys k WHERE k.subject_key = $1)
                        AND NOT EXISTS (SELECT 1 FROM proposals p WHERE p.subject_key = $1)
                        AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.subject_key = $1
                            AND (o.state <> 'withdrawn' OR EXISTS (SELECT 1 FROM order_parts p WHERE p.order_id = o.id)
                                 OR EXISTS (SELECT 1 FROM order_rounds r WHERE r.order_id = o.id)
                                 OR EXISTS (SELECT 1 FROM attachments a JOIN attachment_pieces p ON p.attachment = a.id WHERE a.order_id = o.id)))";
    NOT_UNDER = "SELECT id, sealed FROM subject_keys
                 WHERE id > $1 AND sealed IS NOT NULL AND substr(sealed, 1, 5) <> $2 ORDER BY id LIMIT $3";
    BY_PREFIX = "SELECT substr(sealed, 1, 5) AS prefix, CAST(COUNT(*) AS BIGINT) AS subjects FROM subject_keys
                 WHERE sealed IS NOT NULL GROUP BY 1 LIMIT $1";
    RESEAL = "UPDATE subject_keys SET sealed = $2 WHERE id = $1 AND sealed = $3";
}

impl SubjectKey {
    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        let Self { id, sealed, made_at, erased_at } = self;
        Write::new(&ADD, vec![id, sealed, made_at, erased_at])
    }
}

/// The key with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: SubjectKeyId) -> Result<Option<SubjectKey>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// Destroys a key, at a time in microseconds since 1970. It changes one row, or none where it was destroyed already.
pub fn erasing<'a>(id: &'a SubjectKeyId, at: &'a i64) -> Write<'a> {
    Write::new(&ERASE, vec![id, at])
}

/// Destroys a key that nothing needs any more, at a time in microseconds since 1970: no subject, no proposal, and no order but those
/// that were given up and of which nothing is left. It changes one row, or none where it is needed or was destroyed already.
pub fn erasing_unneeded<'a>(id: &'a SubjectKeyId, at: &'a i64) -> Write<'a> {
    Write::new(&ERASE_UNNEEDED, vec![id, at])
}

/// Keys after the row `after` that are sealed under another key than that of `prefix`, no more than `most`.
pub async fn not_under(tx: &mut Tx<'_>, after: Uuid, prefix: [u8; 5], most: i64) -> Result<Vec<Sealed>> {
    tx.all(&NOT_UNDER, &[&after, &prefix.as_slice(), &most]).await
}

/// How many keys are sealed under each key of the keyring. Visits all of them.
pub async fn by_prefix(tx: &mut Tx<'_>) -> Result<Vec<(Vec<u8>, i64)>> {
    tx.all(&BY_PREFIX, &[&MOST_PREFIXES]).await
}

/// Stores a key as it is sealed now; nothing where it is no longer sealed as `before`.
pub fn resealing<'a>(before: &'a Sealed, sealed: &'a Vec<u8>) -> Write<'a> {
    Write::new(&RESEAL, vec![&before.id, sealed, &before.sealed])
}
