//! Instances (产品实例): recording what is known of them, that they are gone, and what changed about them.

mod gone;
mod history;
mod record;

pub use gone::{Gone, InstanceError};
pub use history::{InstanceChange, changed_on};
pub use record::{RecordError, Recorded};

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
