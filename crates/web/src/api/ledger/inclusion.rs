//! `GET /api/v1/ledger/entries/{id}/proof`: that an entry is in the ledger.

use crate::{
    answer::Answer,
    body::Named,
    caller::{May, ReadLedger},
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::ledger::Inclusion;
use axum::extract::State;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Serialize;
use utoipa::ToSchema;

/// That an entry is in the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InclusionProof {
    /// The entry as the tree has it, in base64. Its leaf is SHA-256 of the byte 0 and the entry.
    #[schema(format = Byte, example = "pGF0…")]
    entry: String,
    /// Its place, from 0.
    #[schema(example = 41)]
    place: u64,
    /// The signed checkpoint in which it is.
    checkpoint: String,
    /// The hashes between them, in base64, from the leaf upwards (RFC 9162, 2.1.3).
    hashes: Vec<String>,
}

impl From<&Inclusion> for InclusionProof {
    fn from(proven: &Inclusion) -> Self {
        Self {
            entry: STANDARD.encode(&proven.entry),
            place: proven.place,
            checkpoint: proven.checkpoint.note().to_owned(),
            hashes: proven.proof.hashes().iter().map(ToString::to_string).collect(),
        }
    }
}

/// Prove that an entry is in the ledger
///
/// Against its newest checkpoint. The proof was verified before it is given.
#[utoipa::path(
    get,
    path = "/api/v1/ledger/entries/{id}/proof",
    tag = "ledger",
    params(("id" = String, Path, description = "The id of the entry")),
    responses(
        (status = 200, description = "The proof", body = InclusionProof),
        (status = 404, description = "There is no such entry", body = ProblemBody),
        (status = 409, description = "It has no place yet: ask again in a moment", body = ProblemBody),
    ),
    security(("bearer" = ["read-ledger"])),
)]
pub(crate) async fn prove_inclusion(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ReadLedger>,
    Named(id): Named<String>,
) -> Result<Answer<InclusionProof>, Problem> {
    let unknown = |_| Problem::new(Kind::NotFound, lang).saying(Say::UnknownEntry.to_text(lang));
    let proven = site.desk.prove_inclusion(id.parse().map_err(unknown)?).await.or_told(lang)?;
    Ok(Answer::ok(lang, InclusionProof::from(&proven)))
}
