//! What may not be filed, as keyed hashes of domains, certificate numbers and names; and the accounts that get no codes because a
//! subject of theirs is found by one.

use crate::{
    AccountId, BlacklistId, ProposalId, SubjectId,
    error::Result,
    instances::Blocked,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// Something that may not be filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: BlacklistId,
    /// Of what the hash is: `domain`, `certificate`, `subject-name`, `website-name`.
    pub kind: String,
    /// The keyed hash.
    pub mark: Vec<u8>,
    /// The word of the reason.
    pub reason: String,
    /// The proposal by which it was listed.
    pub proposal: ProposalId,
    /// Since when, in microseconds since 1970.
    pub at: i64,
}

impl Row for Listed {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            id: columns.get(0)?,
            kind: columns.get(1)?,
            mark: columns.get(2)?,
            reason: columns.get(3)?,
            proposal: columns.get(4)?,
            at: columns.get(5)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO blacklist (id, kind, mark, reason, proposal, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    REMOVE = "DELETE FROM blacklist WHERE id = $1";
    BY_ID = "SELECT id, kind, mark, reason, proposal, at FROM blacklist WHERE id = $1";
    FIND = "SELECT id, kind, mark, reason, proposal, at FROM blacklist WHERE kind = $1 AND mark = $2";
    ALL_LISTED = "SELECT id, kind, mark, reason, proposal, at FROM blacklist WHERE id > $1 ORDER BY id LIMIT $2";
    BLOCK_FOUND = "INSERT INTO blacklisted_subjects (subject, kind, mark, since_at, account, ended_at)
                   SELECT s.id, m.kind, m.mark, CAST($3 AS BIGINT), s.account, NULL
                   FROM subject_marks m JOIN subjects s ON s.id = m.subject WHERE m.kind = $1 AND m.mark = $2
                   ON CONFLICT (kind, mark, subject) WHERE ended_at IS NULL DO NOTHING";
    BLOCK_SUBJECT = "INSERT INTO blacklisted_subjects (subject, kind, mark, since_at, account, ended_at)
                     SELECT s.id, m.kind, m.mark, CAST($2 AS BIGINT), s.account, NULL
                     FROM subject_marks m JOIN subjects s ON s.id = m.subject
                     JOIN blacklist b ON b.kind = m.kind AND b.mark = m.mark WHERE m.subject = $1
                     ON CONFLICT (kind, mark, subject) WHERE ended_at IS NULL DO NOTHING";
    BLOCK_NAMED = "INSERT INTO blacklisted_subjects (subject, kind, mark, since_at, account, ended_at)
                   SELECT s.id, $2, $3, CAST($4 AS BIGINT), s.account, NULL FROM subjects s WHERE s.id = $1
                   ON CONFLICT (kind, mark, subject) WHERE ended_at IS NULL DO NOTHING";
    UNBLOCK = "UPDATE blacklisted_subjects SET ended_at = CAST($3 AS BIGINT) WHERE kind = $1 AND mark = $2 AND ended_at IS NULL";
    LAST_ENDED = "SELECT MAX(ended_at) AS ended_at FROM blacklisted_subjects WHERE kind = $1 AND mark = $2";
    BLOCKED = "SELECT MAX(CASE WHEN ended_at IS NULL THEN since_at END) AS since_at, MAX(ended_at) AS ended_at
               FROM blacklisted_subjects WHERE account = $1";
    HAS_LISTED = "SELECT since_at FROM blacklisted_subjects WHERE subject = $1 AND ended_at IS NULL LIMIT 1";
    BLOCKED_THEN = "SELECT since_at FROM blacklisted_subjects
                    WHERE account = $1 AND since_at <= $2 AND (ended_at IS NULL OR ended_at > $2) ORDER BY since_at LIMIT 1";
}

impl Listed {
    /// Adds it; no row is changed where it is listed already.
    pub fn adding(&self) -> Write<'_> {
        Write::new(&ADD, vec![&self.id, &self.kind, &self.mark, &self.reason, &self.proposal, &self.at])
    }

    /// Stops the codes of every account that has a subject which is found by it.
    pub fn blocking(&self) -> Write<'_> {
        Write::new(&BLOCK_FOUND, vec![&self.kind, &self.mark, &self.at])
    }

    /// Takes it away.
    pub fn removing(&self) -> Write<'_> {
        Write::new(&REMOVE, vec![&self.id])
    }

    /// Lets those accounts have codes again, as far as this stopped them; `at` is in microseconds since 1970.
    pub fn unblocking<'a>(&'a self, at: &'a i64) -> Write<'a> {
        Write::new(&UNBLOCK, vec![&self.kind, &self.mark, at])
    }
}

/// Stops the codes of the account of a subject where it is found by something that is listed. The subject's marks are written before.
/// `at` is in microseconds since 1970.
pub fn blocking_subject<'a>(subject: &'a SubjectId, at: &'a i64) -> Write<'a> {
    Write::new(&BLOCK_SUBJECT, vec![subject, at])
}

/// Stops the codes of the account of a subject for something that is listed and was its, though it is not found by it. `at` is in
/// microseconds since 1970.
pub fn blocking_for<'a>(
    subject: &'a SubjectId,
    kind: &'a &'static str,
    mark: &'a Vec<u8>,
    at: &'a i64,
) -> Write<'a> {
    Write::new(&BLOCK_NAMED, vec![subject, kind, mark, at])
}

/// What is listed with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: BlacklistId) -> Result<Option<Listed>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// What is listed under a hash.
pub async fn find(tx: &mut Tx<'_>, kind: &str, mark: &[u8]) -> Result<Option<Listed>> {
    tx.optional(&FIND, &[&kind, &mark]).await
}

/// What is listed after the entry `after`, oldest first, no more than `most`.
pub async fn all(tx: &mut Tx<'_>, after: BlacklistId, most: i64) -> Result<Vec<Listed>> {
    tx.all(&ALL_LISTED, &[&after, &most]).await
}

/// When accounts last got codes again because what is under a hash was taken off, in microseconds since 1970.
pub async fn last_ended(tx: &mut Tx<'_>, kind: &str, mark: &[u8]) -> Result<Option<i64>> {
    Ok(tx.optional::<(Option<i64>,)>(&LAST_ENDED, &[&kind, &mark]).await?.and_then(|(ended,)| ended))
}

/// Whether an account gets codes now.
pub async fn blocked(tx: &mut Tx<'_>, account: AccountId) -> Result<Blocked> {
    let found = tx.optional::<(Option<i64>, Option<i64>)>(&BLOCKED, &[&account]).await?;
    Ok(found.map_or_else(Blocked::default, |(since, ended)| Blocked { since, ended }))
}

/// Whether something by which a subject is found, or was when it was listed, is on the blacklist.
pub async fn has_listed(tx: &mut Tx<'_>, subject: SubjectId) -> Result<bool> {
    Ok(tx.optional::<(i64,)>(&HAS_LISTED, &[&subject]).await?.is_some())
}

/// Whether an account had a blacklisted subject at `at`, in microseconds since 1970.
pub async fn blocked_then(tx: &mut Tx<'_>, account: AccountId, at: i64) -> Result<bool> {
    Ok(tx.optional::<(i64,)>(&BLOCKED_THEN, &[&account, &at]).await?.is_some())
}
