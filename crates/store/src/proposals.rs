//! What one of the provider's people proposes and another decides.

use crate::{
    ProposalId, SubjectKeyId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// What kind of thing is proposed: `list`, `unlist`, `cancel`.
    pub kind: String,
    /// What, without what names somebody: JSON.
    pub payload: Vec<u8>,
    /// The key under which the rest is sealed.
    pub subject_key: SubjectKeyId,
    /// What names somebody: JSON, sealed.
    pub sealed: Vec<u8>,
    /// Where it stands: `open`, `agreed`, `declined`.
    pub state: String,
    /// Who proposed it.
    pub proposed_by: String,
    /// When, in microseconds since 1970.
    pub proposed_at: i64,
    /// Who decided, and when, in microseconds since 1970.
    pub decided: Option<(String, i64)>,
}

impl Row for Proposal {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (by, at): (Option<String>, Option<i64>) = (columns.get(8)?, columns.get(9)?);
        Ok(Self {
            id: columns.get(0)?,
            kind: columns.get(1)?,
            payload: columns.get(2)?,
            subject_key: columns.get(3)?,
            sealed: columns.get(4)?,
            state: columns.get(5)?,
            proposed_by: columns.get(6)?,
            proposed_at: columns.get(7)?,
            decided: by.zip(at),
        })
    }
}

statements! {
    ADD = "INSERT INTO proposals (id, kind, payload, subject_key, sealed, state, proposed_by, proposed_at, decided_by, decided_at)
           VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, NULL, NULL)";
    BY_ID = "SELECT id, kind, payload, subject_key, sealed, state, proposed_by, proposed_at, decided_by, decided_at FROM proposals WHERE id = $1";
    OPEN = "SELECT id, kind, payload, subject_key, sealed, state, proposed_by, proposed_at, decided_by, decided_at FROM proposals
            WHERE state = 'open' AND id > $1 ORDER BY id LIMIT $2";
    DECIDE = "UPDATE proposals SET state = $2, decided_by = CAST($3 AS TEXT), decided_at = CAST($4 AS BIGINT)
              WHERE id = $1 AND state = 'open'";
}

impl Proposal {
    /// Adds it, open.
    pub fn adding(&self) -> Write<'_> {
        let Self { id, kind, payload, subject_key, sealed, proposed_by, proposed_at, .. } = self;
        Write::new(&ADD, vec![id, kind, payload, subject_key, sealed, proposed_by, proposed_at])
    }
}

/// The proposal with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: ProposalId) -> Result<Option<Proposal>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// The open proposals after the proposal `after`, oldest first, no more than `most`.
pub async fn open(tx: &mut Tx<'_>, after: ProposalId, most: i64) -> Result<Vec<Proposal>> {
    tx.all(&OPEN, &[&after, &most]).await
}

/// What was decided of a proposal.
#[derive(Debug)]
pub struct Decide {
    /// Which.
    pub id: ProposalId,
    /// What: `agreed`, `declined`.
    pub state: &'static str,
    /// By whom.
    pub by: String,
    /// When, in microseconds since 1970.
    pub at: i64,
}

impl Decide {
    /// Writes it. It changes one row, or none where it was decided before.
    pub fn deciding(&self) -> Write<'_> {
        Write::new(&DECIDE, vec![&self.id, &self.state, &self.by, &self.at])
    }
}
