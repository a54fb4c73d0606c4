//! What two people decide (两人复核): proposals, and agreeing to them or declining.

pub(super) mod agree;
pub(super) mod decline;
pub(super) mod list;
pub(super) mod one;
pub(super) mod propose;
pub(crate) mod shapes;

use crate::problem::{Fault, Problem};
use app::two_people::{HeldFault, ProposalId};
use rulebook::Lang;

/// Where proposals are listed, and each is found below.
const ADDRESS: &str = "/api/v1/proposals";

/// The proposal whose id stands in the path. What is no id names no proposal.
fn named(id: &str, lang: Lang) -> Result<ProposalId, Problem> {
    id.parse().map_err(|_| HeldFault::Unknown.problem(lang))
}
