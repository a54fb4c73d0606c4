//! Pictures that were added to orders, in pieces that are sealed under the subject's key.

use crate::{
    AttachmentId, OrderId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Query, Tx, Write},
};

/// A picture of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// The order.
    pub order: OrderId,
    /// For what: a number of the bureau's table.
    pub purpose: i64,
    /// Width and height of the copy for the reviewer, in pixels.
    pub size: (i64, i64),
    /// Bytes of the copy for the reviewer, and of that for the bureau.
    pub bytes: (i64, i64),
    /// When it was added, in microseconds since 1970.
    pub added_at: i64,
    /// When it was taken away, in microseconds since 1970.
    pub removed_at: Option<i64>,
}

impl Row for Attachment {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            order: columns.get(1)?,
            purpose: columns.get(2)?,
            size: (columns.get(3)?, columns.get(4)?),
            bytes: (columns.get(5)?, columns.get(6)?),
            added_at: columns.get(7)?,
            removed_at: columns.get(8)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO attachments (id, order_id, purpose, width, height, review_bytes, bureau_bytes, added_at, removed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)";
    BY_ID = "SELECT id, order_id, purpose, width, height, review_bytes, bureau_bytes, added_at, removed_at FROM attachments WHERE id = $1";
    OF_ORDER = "WITH RECURSIVE chain (id, corrects) AS (
                    SELECT id, corrects FROM orders WHERE id = $1
                    UNION ALL SELECT o.id, o.corrects FROM orders o JOIN chain c ON o.id = c.corrects)
                SELECT a.id, a.order_id, a.purpose, a.width, a.height, a.review_bytes, a.bureau_bytes, a.added_at, a.removed_at
                FROM attachments a JOIN chain c ON a.order_id = c.id WHERE a.removed_at IS NULL ORDER BY a.id LIMIT $2";
    IN_ORDER = "WITH RECURSIVE chain (id, corrects) AS (
                    SELECT id, corrects FROM orders WHERE id = $1
                    UNION ALL SELECT o.id, o.corrects FROM orders o JOIN chain c ON o.id = c.corrects)
                SELECT a.id, a.order_id, a.purpose, a.width, a.height, a.review_bytes, a.bureau_bytes, a.added_at, a.removed_at
                FROM attachments a JOIN chain c ON a.order_id = c.id WHERE a.id = $2";
    OWN = "SELECT CAST(COUNT(*) AS BIGINT) AS pictures FROM attachments WHERE order_id = $1 AND removed_at IS NULL";
    REMOVE = "UPDATE attachments SET removed_at = CAST($2 AS BIGINT) WHERE id = $1 AND removed_at IS NULL";
    ADD_PIECE = "INSERT INTO attachment_pieces (attachment, copy, number, sealed) VALUES ($1, $2, $3, $4)";
    PIECES = "SELECT sealed FROM attachment_pieces WHERE attachment = $1 AND copy = $2 ORDER BY number LIMIT $3";
    FORGET = "DELETE FROM attachment_pieces WHERE attachment = $1";
    LAST_NEEDED = "WITH RECURSIVE chain (id, corrects) AS (
                       SELECT o.id, o.corrects FROM orders o WHERE o.id IN (
                           SELECT s.order_id FROM number_steps s WHERE s.number = $1 AND s.order_id IS NOT NULL
                             AND NOT EXISTS (SELECT 1 FROM number_steps other WHERE other.order_id = s.order_id
                                 AND NOT EXISTS (SELECT 1 FROM number_steps ended WHERE ended.number = other.number
                                     AND ended.state = 'cancelled' AND (ended.at < $2 OR (ended.at = $2 AND ended.number <= $1)))))
                       UNION SELECT o.id, o.corrects FROM orders o JOIN chain c ON o.id = c.corrects)
                   SELECT a.id FROM attachments a JOIN chain c ON a.order_id = c.id
                   WHERE EXISTS (SELECT 1 FROM attachment_pieces p WHERE p.attachment = a.id) ORDER BY a.id LIMIT $3";
    FORGET_ALL = "DELETE FROM attachment_pieces WHERE attachment IN (SELECT id FROM attachments WHERE order_id = $1)";
}

/// Pictures of an order at most that were added to itself: ten websites with three each and their subject with two come to half of it.
pub const MOST_ATTACHMENTS: i64 = 64;
/// Pictures of an order and of those that it corrects, that are told at most: sixteen corrections, each with all that one may have.
const MOST_TOLD: i64 = 16 * MOST_ATTACHMENTS;
/// Pieces of one copy that are read at most: many times what a copy has.
const MOST_PIECES: i64 = 64;

impl Attachment {
    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        let Self { id, order, purpose, size: (width, height), bytes: (review, bureau), added_at, .. } = self;
        Write::new(&ADD, vec![id, order, purpose, width, height, review, bureau, added_at])
    }
}

/// The picture with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: AttachmentId) -> Result<Option<Attachment>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// The pictures of an order and of the rejected ones that it corrects, oldest first, without those that were taken away.
pub async fn of_order(tx: &mut Tx<'_>, order: OrderId) -> Result<Vec<Attachment>> {
    tx.all(&OF_ORDER, &[&order, &MOST_TOLD]).await
}

/// The picture with that id, if it is one of that order or of the rejected ones that it corrects; also one that was taken away.
pub async fn in_order(tx: &mut Tx<'_>, order: OrderId, id: AttachmentId) -> Result<Option<Attachment>> {
    tx.optional(&IN_ORDER, &[&order, &id]).await
}

/// How many pictures were added to an order itself and not taken away.
pub async fn count_own(tx: &mut Tx<'_>, order: OrderId) -> Result<i64> {
    Ok(tx.optional::<(i64,)>(&OWN, &[&order]).await?.map_or(0, |(pictures,)| pictures))
}

/// Takes a picture away, at a time in microseconds since 1970. It changes one row, or none where it was taken away already. What it
/// shows is kept.
pub fn removing<'a>(id: &'a AttachmentId, at: &'a i64) -> Write<'a> {
    Write::new(&REMOVE, vec![id, at])
}

/// Forgets what a picture shows.
pub fn forgetting(id: &AttachmentId) -> Write<'_> {
    Write::new(&FORGET, vec![id])
}

/// The pictures that are still kept of the orders of which the number was the last to be cancelled, at `at` in microseconds since 1970:
/// everything else that they filed, changed or ended was cancelled before; and those of the rejected orders that they correct.
pub fn last_needed_for<'a>(number: &'a String, at: &'a i64) -> Query<'a> {
    Query::new(&LAST_NEEDED, vec![number, at, &MOST_TOLD])
}

/// Forgets what all pictures of an order show.
pub fn forgetting_all(order: &OrderId) -> Write<'_> {
    Write::new(&FORGET_ALL, vec![order])
}

/// One piece of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The picture.
    pub attachment: AttachmentId,
    /// Which copy: `review`, `bureau`.
    pub copy: &'static str,
    /// Which piece of it, from 0.
    pub number: i64,
    /// What it is, sealed.
    pub sealed: Vec<u8>,
}

impl Piece {
    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        Write::new(&ADD_PIECE, vec![&self.attachment, &self.copy, &self.number, &self.sealed])
    }
}

/// The pieces of a copy, sealed, from the first to the last; none where what it shows was forgotten.
pub async fn pieces(tx: &mut Tx<'_>, id: AttachmentId, copy: &'static str) -> Result<Vec<Vec<u8>>> {
    let pieces = tx.all::<(Vec<u8>,)>(&PIECES, &[&id, &copy, &MOST_PIECES]).await?;
    Ok(pieces.into_iter().map(|(sealed,)| sealed).collect())
}
