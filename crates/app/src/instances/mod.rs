//! Instances (产品实例): recording and importing what is known of them, that they are gone, what changed about them, and what
//! the rulebook says of them.

mod decision;
mod given;
mod gone;
mod history;
mod import;
mod list;
mod record;
mod then;

pub use decision::{CodesCounted, DecisionReport, InstanceDecision};
pub use given::Deciding;

pub use gone::{Gone, InstanceError};
pub(crate) use history::changes_until;
pub use history::{InstanceChange, changed_on};
pub use import::{
    ApplyImport, GONE_NEEDS_CONSENT, ImportCounts, ImportError, ImportId, ImportLine, ImportNote,
    ImportRecord, ImportReport, ImportState, Importer, Importing, LinesOf, MOST_IMPORTS, MOST_LINES,
    PlanImport, Unread,
};
pub(crate) use list::first_of;
pub use list::{InstancePage, ListInstances, ListInstancesError, MOST_INSTANCES};
pub use record::{RecordError, Recorded};
pub use then::{AskDecision, DecisionError};
pub(crate) use then::{as_buyer, heard_of};

use crate::failure::Damage;
use rulebook::Facts;
use store::instances::Instance;

/// What is known of an instance; without the codes issued, which the quota's rows count.
pub(crate) fn facts_of(instance: &Instance) -> Result<Facts, Damage> {
    read_facts(&instance.name, &instance.facts)
}

/// Facts of the instance `name` as its rows have them.
fn read_facts(name: &str, facts: &[u8]) -> Result<Facts, Damage> {
    let damage =
        |error: serde_json::Error| Damage::Facts { instance: name.to_owned(), fault: error.to_string() };
    serde_json::from_slice(facts).map_err(damage)
}
