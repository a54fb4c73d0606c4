//! Rulebooks (规则集) that one of the provider's people proposes to publish and another decides. Their texts are read by themselves.

use crate::{
    RulebookProposalId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// A rulebook that is proposed, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulebookProposal {
    /// Its id.
    pub id: RulebookProposalId,
    /// SHA-256 of the text.
    pub digest: Vec<u8>,
    /// SHA-256 of the rulebook that was in force when it was proposed.
    pub base: Vec<u8>,
    /// The editions that it adds to that one, with their days: JSON.
    pub added: Vec<u8>,
    /// Where it stands: `open`, `agreed`, `declined`.
    pub state: String,
    /// Who proposed it.
    pub proposed_by: String,
    /// When, in microseconds since 1970.
    pub proposed_at: i64,
    /// Who decided, and when, in microseconds since 1970.
    pub decided: Option<(String, i64)>,
    /// Why it was declined; none where it was taken back.
    pub reason: Option<String>,
}

impl Row for RulebookProposal {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (by, at): (Option<String>, Option<i64>) = (columns.get(7)?, columns.get(8)?);
        Ok(Self {
            id: columns.get(0)?,
            digest: columns.get(1)?,
            base: columns.get(2)?,
            added: columns.get(3)?,
            state: columns.get(4)?,
            proposed_by: columns.get(5)?,
            proposed_at: columns.get(6)?,
            decided: by.zip(at),
            reason: columns.get(9)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO rulebook_proposals (id, digest, text, base, added, state, proposed_by, proposed_at, decided_by, decided_at, reason)
           VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, NULL, NULL, NULL)";
    BY_ID = "SELECT id, digest, base, added, state, proposed_by, proposed_at, decided_by, decided_at, reason FROM rulebook_proposals
             WHERE id = $1";
    TEXT = "SELECT text FROM rulebook_proposals WHERE id = $1";
    OPEN = "SELECT id, digest, base, added, state, proposed_by, proposed_at, decided_by, decided_at, reason FROM rulebook_proposals
            WHERE state = 'open' AND id > $1 ORDER BY id LIMIT $2";
    OPEN_OF = "SELECT id, digest, base, added, state, proposed_by, proposed_at, decided_by, decided_at, reason FROM rulebook_proposals
               WHERE state = 'open' AND digest = $1 ORDER BY id LIMIT 1";
    DECIDE = "UPDATE rulebook_proposals SET state = $2, decided_by = CAST($3 AS TEXT), decided_at = CAST($4 AS BIGINT),
              reason = CAST($5 AS TEXT)
              WHERE id = $1 AND state = 'open'";
}

impl RulebookProposal {
    /// Adds it, open, with its text.
    pub fn adding<'w>(&'w self, text: &'w &'w [u8]) -> Write<'w> {
        let Self { id, digest, base, added, proposed_by, proposed_at, .. } = self;
        Write::new(&ADD, vec![id, digest, text, base, added, proposed_by, proposed_at])
    }
}

/// The proposal with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: RulebookProposalId) -> Result<Option<RulebookProposal>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// The text of the proposal with that id.
pub async fn text(tx: &mut Tx<'_>, id: RulebookProposalId) -> Result<Option<Vec<u8>>> {
    Ok(tx.optional::<(Vec<u8>,)>(&TEXT, &[&id]).await?.map(|(text,)| text))
}

/// The open proposals after the proposal `after`, oldest first, no more than `most`.
pub async fn open(tx: &mut Tx<'_>, after: RulebookProposalId, most: i64) -> Result<Vec<RulebookProposal>> {
    tx.all(&OPEN, &[&after, &most]).await
}

/// The open proposal of the text with that SHA-256.
pub async fn open_of(tx: &mut Tx<'_>, digest: &[u8]) -> Result<Option<RulebookProposal>> {
    tx.optional(&OPEN_OF, &[&digest]).await
}

/// What was decided of a proposal.
#[derive(Debug)]
pub struct Decide {
    /// Which.
    pub id: RulebookProposalId,
    /// What: `agreed`, `declined`.
    pub state: &'static str,
    /// By whom.
    pub by: String,
    /// When, in microseconds since 1970.
    pub at: i64,
    /// Why it was declined.
    pub reason: Option<String>,
}

impl Decide {
    /// Writes it. It changes one row, or none where it was decided before.
    pub fn deciding(&self) -> Write<'_> {
        Write::new(&DECIDE, vec![&self.id, &self.state, &self.by, &self.at, &self.reason])
    }
}
