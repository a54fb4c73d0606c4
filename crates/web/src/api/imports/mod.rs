//! Imports of instances: what a list would change, and applying it.

pub(super) mod abandon;
pub(super) mod apply;
pub(super) mod lines;
pub(super) mod list;
pub(super) mod read;

use crate::answer::time;
use app::{hex, instances::ImportReport};
use serde::Serialize;
use utoipa::ToSchema;

/// Where imports are listed, and each is found below.
const ADDRESS: &str = "/api/v1/imports";

/// Where an import is found.
pub(super) fn address(id: &str) -> String {
    format!("{ADDRESS}/{id}")
}

/// What an import comes to, and how far it is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportBody {
    /// Its id.
    id: String,
    /// How far it is: `staging` while the list is read, `staged` when it is known what it would change, `applying`, `done`, or
    /// `abandoned`: given up, or the list could not be read to its end.
    state: &'static str,
    /// Who does it.
    by: String,
    /// Whether instances that it does not name are gone by it.
    complete: bool,
    /// Whether so many instances would be gone that applying it needs `allow_gone`.
    needs_consent: bool,
    /// Records that were read.
    read: u64,
    /// Instances that the desk does not know.
    new: u64,
    /// Instances of which something changes.
    changed: u64,
    /// Instances of which nothing changes.
    same: u64,
    /// Instances that are gone by it.
    gone: u64,
    /// Records that are not applied.
    rejected: u64,
    /// Instances of products that no edition knows; they are applied.
    unknown_products: u64,
    /// Rows that were applied so far, of those that are new, changed or gone.
    applied: u64,
    /// SHA-256 of what was read, in hex; null while it is read.
    digest: Option<String>,
    /// When it was begun.
    #[schema(format = DateTime)]
    made_at: String,
    /// When it moved last.
    #[schema(format = DateTime)]
    changed_at: String,
}

impl From<&ImportReport> for ImportBody {
    fn from(report: &ImportReport) -> Self {
        let counts = &report.counts;
        Self {
            id: report.id.to_string(),
            state: report.state.word(),
            by: report.by.clone(),
            complete: report.complete,
            needs_consent: counts.needs_consent(),
            read: counts.read,
            new: counts.new,
            changed: counts.changed,
            same: counts.same,
            gone: counts.gone,
            rejected: counts.rejected,
            unknown_products: counts.unknown_products,
            applied: counts.applied,
            digest: report.digest.as_deref().map(hex),
            made_at: time(report.made_at),
            changed_at: time(report.changed_at),
        }
    }
}
