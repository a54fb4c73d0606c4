//! `GET /api/v1/ledger/consistency`: that the ledger has only grown.

use crate::{
    answer::Answer,
    body::Query,
    caller::{May, ReadLedger},
    language::Speaks,
    problem::{OrTold, Problem},
    site::Site,
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Between which sizes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Sizes {
    /// Entries of the smaller ledger, as a checkpoint that was kept says.
    #[param(minimum = 0, example = 10)]
    from: u64,
    /// Entries of the larger one.
    #[param(minimum = 0, example = 42)]
    to: u64,
}

/// That the ledger of one size begins with that of another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsistencyProof {
    /// The smaller ledger.
    from: Head,
    /// The larger one.
    to: Head,
    /// The hashes between them, in base64 (RFC 9162, 2.1.4).
    hashes: Vec<String>,
}

/// A ledger of some size.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Head {
    /// How many entries it has.
    #[schema(example = 42)]
    size: u64,
    /// The root of its tree, in base64.
    #[schema(format = Byte, example = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    root: String,
}

/// Prove that the ledger has only grown
///
/// That the ledger of `to` entries begins with that of `from`. The proof was verified before it is given.
#[utoipa::path(
    get,
    path = "/api/v1/ledger/consistency",
    tag = "ledger",
    params(Sizes),
    responses((status = 200, description = "The proof", body = ConsistencyProof)),
    security(("bearer" = ["read-ledger"])),
)]
pub(crate) async fn prove_consistency(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    _allowed: May<ReadLedger>,
    Query(Sizes { from, to }): Query<Sizes>,
) -> Result<Answer<ConsistencyProof>, Problem> {
    let proven = site.desk.prove_consistency(from, to).await.or_told(lang)?;
    let [from, to] =
        [proven.from, proven.to].map(|head| Head { size: head.size, root: head.root.to_string() });
    let hashes = proven.proof.hashes().iter().map(ToString::to_string).collect();
    Ok(Answer::ok(lang, ConsistencyProof { from, to, hashes }))
}
