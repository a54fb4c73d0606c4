//! `/ledger`: the ledger (台账) for auditors: its newest checkpoint and its entries, whether it still is what was signed, one entry with
//! its proof, and all of it as a file.

mod download;
mod list;
mod one;
mod says;
mod verify;
mod words;

pub(super) use says::{actor, what};

use crate::site::Site;
use axum::{Router, routing::get};

/// The pages of the ledger.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/ledger", get(list::list))
        .route("/ledger/verification", get(verify::verify))
        .route("/ledger/export", get(download::export))
        .route("/ledger/{entry}", get(one::one))
        .route("/ledger/{entry}/proof", get(download::proof))
}
