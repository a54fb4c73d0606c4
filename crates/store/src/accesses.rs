//! Accesses (接入): on which instances websites are hosted here, and until when they were.

use crate::{
    AccessId, InstanceId, VerificationId, WebsiteId,
    error::{Result, unlike},
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};
use filing::registry::Reason;

/// Accesses of one website that are read at most.
const MOST: i64 = 1000;

/// A website that is hosted here, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Its id.
    pub id: AccessId,
    /// The website.
    pub website: WebsiteId,
    /// The instance, where it is known.
    pub instance: Option<InstanceId>,
    /// The verification by which the instance was proved, where there was one.
    pub verification: Option<VerificationId>,
    /// The addresses, with spaces between them.
    pub addresses: String,
    /// Since when, in microseconds since 1970.
    pub since_at: i64,
    /// Until when, in microseconds since 1970, and why it ended; `None` while the website is hosted there.
    pub ended: Option<(i64, Reason)>,
    /// When its place in the quota was given back, in microseconds since 1970.
    pub restored_at: Option<i64>,
}

impl Row for Access {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (ended_at, reason): (Option<i64>, Option<String>) = (columns.get(6)?, columns.get(7)?);
        let ended = ended_at.zip(reason).map(|(at, word)| {
            let reason = Reason::from_word(&word).ok_or_else(|| unlike("accesses.reason", &word));
            reason.map(|reason| (at, reason))
        });
        Ok(Self {
            id: columns.get(0)?,
            website: columns.get(1)?,
            instance: columns.get(2)?,
            verification: columns.get(3)?,
            addresses: columns.get(4)?,
            since_at: columns.get(5)?,
            ended: ended.transpose()?,
            restored_at: columns.get(8)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO accesses (id, website, instance, verification, addresses, since_at, ended_at, reason, restored_at)
           VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL, NULL)";
    END = "UPDATE accesses SET ended_at = CAST($2 AS BIGINT), reason = CAST($3 AS TEXT) WHERE id = $1 AND ended_at IS NULL";
    RESTORE = "UPDATE accesses SET restored_at = CAST($2 AS BIGINT) WHERE id = $1 AND restored_at IS NULL AND ended_at IS NOT NULL";
    OF_WEBSITE = "SELECT id, website, instance, verification, addresses, since_at, ended_at, reason, restored_at FROM accesses
                  WHERE website = $1 ORDER BY since_at, id LIMIT $2";
    ON_INSTANCE = "SELECT id, website, instance, verification, addresses, since_at, ended_at, reason, restored_at FROM accesses
                   WHERE instance = $1 AND ended_at IS NULL ORDER BY since_at, id LIMIT $2";
}

impl Access {
    /// Adds it. It is not ended.
    pub fn adding(&self) -> Write<'_> {
        let Self { id, website, instance, verification, addresses, since_at, .. } = self;
        Write::new(&ADD, vec![id, website, instance, verification, addresses, since_at])
    }
}

/// An access that is to end.
#[derive(Debug)]
pub struct End {
    id: AccessId,
    at: i64,
    reason: &'static str,
}

impl End {
    /// At a time in microseconds since 1970.
    pub const fn new(id: AccessId, at: i64, reason: Reason) -> Self {
        Self { id, at, reason: reason.word() }
    }

    /// Ends it. It changes one row, or none where it has ended.
    pub fn ending(&self) -> Write<'_> {
        Write::new(&END, vec![&self.id, &self.at, &self.reason])
    }
}

/// Notes that the place of an access that ended was given back, at a time in microseconds since 1970. It changes one row, or none where
/// it was before.
pub fn restoring<'a>(id: &'a AccessId, at: &'a i64) -> Write<'a> {
    Write::new(&RESTORE, vec![id, at])
}

/// The accesses of a website, those too that have ended, oldest first.
pub async fn of_website(tx: &mut Tx<'_>, website: WebsiteId) -> Result<Vec<Access>> {
    tx.all(&OF_WEBSITE, &[&website, &MOST]).await
}

/// The accesses on an instance that have not ended, oldest first.
pub async fn on_instance(tx: &mut Tx<'_>, instance: InstanceId) -> Result<Vec<Access>> {
    tx.all(&ON_INSTANCE, &[&instance, &MOST]).await
}
