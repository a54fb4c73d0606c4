//! Entries of the white list and ranges as JSON.

use crate::answer::time;
use app::gate::{ListedRange, ListedWindow, WindowKept, WindowsEnded};
use serde::Serialize;
use utoipa::ToSchema;

/// A time in which a domain may be served without being filed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateWindow {
    /// Its id, by which it is taken away.
    id: String,
    /// The registrable domain.
    #[schema(example = "example.com")]
    domain: String,
    /// From when on; null since it was made.
    #[schema(format = DateTime)]
    from: Option<String>,
    /// Until before when; null until it is taken away.
    #[schema(format = DateTime)]
    until: Option<String>,
    /// Why.
    reason: String,
    /// The system for which it was asked; empty where a person did.
    caller: String,
    /// Who made it.
    made_by: String,
    /// When.
    #[schema(format = DateTime)]
    made_at: String,
}

impl From<ListedWindow> for GateWindow {
    fn from(listed: ListedWindow) -> Self {
        let ListedWindow { id, domain, from, until, reason, caller, made_by, made_at } = listed;
        let (from, until, made_at) = (from.map(time), until.map(time), time(made_at));
        Self { id: id.to_string(), domain, from, until, reason, caller, made_by, made_at }
    }
}

impl GateWindow {
    /// By what the list goes on.
    pub(super) fn id(&self) -> String {
        self.id.clone()
    }
}

/// Entries that were made, or taken away.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateWindowIds {
    /// Their ids; of those that were made, in the order of the names.
    ids: Vec<String>,
}

impl From<&WindowKept> for GateWindowIds {
    fn from(kept: &WindowKept) -> Self {
        Self { ids: kept.ids().map(|id| id.to_string()).collect() }
    }
}

impl From<&WindowsEnded> for GateWindowIds {
    fn from(ended: &WindowsEnded) -> Self {
        Self { ids: ended.ids().map(|id| id.to_string()).collect() }
    }
}

/// A range of addresses of the provider's own.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateRange {
    /// Its id.
    id: String,
    /// The range: an address, a network, or two addresses with `-` between them.
    #[schema(example = "10.0.0.0/8")]
    range: String,
    /// Why.
    reason: String,
    /// The system for which it was asked; empty where a person did.
    caller: String,
    /// Who put it down.
    made_by: String,
    /// When.
    #[schema(format = DateTime)]
    made_at: String,
}

impl From<ListedRange> for GateRange {
    fn from(listed: ListedRange) -> Self {
        let ListedRange { id, range, reason, caller, made_by, made_at } = listed;
        let (id, range, made_at) = (id.to_string(), range.to_string(), time(made_at));
        Self { id, range, reason, caller, made_by, made_at }
    }
}

impl GateRange {
    /// By what the list goes on.
    pub(super) fn id(&self) -> String {
        self.id.clone()
    }
}
