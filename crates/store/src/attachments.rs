//! Pictures that were added to orders, in pieces that are sealed under the subject's key.

use crate::{
    AttachmentId, OrderId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
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
    REMOVE = "UPDATE attachments SET removed_at = CAST($2 AS BIGINT) WHERE id = $1 AND removed_at IS NULL";
    ADD_PIECE = "INSERT INTO attachment_pieces (attachment, copy, number, sealed) VALUES ($1, $2, $3, $4)";
    PIECE = "SELECT sealed FROM attachment_pieces WHERE attachment = $1 AND copy = $2 AND number = $3";
    FORGET = "DELETE FROM attachment_pieces WHERE attachment = $1";
}

/// Pictures of one order at most.
pub const MOST_ATTACHMENTS: i64 = 64;

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
    tx.all(&OF_ORDER, &[&order, &MOST_ATTACHMENTS]).await
}

/// Takes a picture away and forgets what it shows; `false` where it was taken away already.
pub async fn remove(tx: &mut Tx<'_>, id: AttachmentId, at: i64) -> Result<bool> {
    let removed = tx.execute(&REMOVE, &[&id, &at]).await? == 1;
    tx.execute(&FORGET, &[&id]).await?;
    Ok(removed)
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

/// One piece of a copy, sealed.
pub async fn piece(
    tx: &mut Tx<'_>,
    id: AttachmentId,
    copy: &'static str,
    number: i64,
) -> Result<Option<Vec<u8>>> {
    Ok(tx.optional::<(Vec<u8>,)>(&PIECE, &[&id, &copy, &number]).await?.map(|(sealed,)| sealed))
}
