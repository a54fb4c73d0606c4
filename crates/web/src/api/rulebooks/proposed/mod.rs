//! Rulebooks that are proposed (提请发布的规则集), for two people to publish.

pub(in crate::api) mod agree;
pub(in crate::api) mod decline;
pub(in crate::api) mod impact;
pub(in crate::api) mod list;
pub(in crate::api) mod one;

use super::AddedEdition;
use crate::{
    answer::time,
    problem::{Fault, Problem},
};
use app::{
    hex,
    rulebooks::proposed::{RulebookProposal, RulebookProposalId},
    two_people::HeldFault,
};
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// Where proposals are listed, and each is found below.
pub(super) const ADDRESS: &str = "/api/v1/rulebook/proposals";

/// The proposal whose id stands in the path. What is no id names no proposal.
fn named(id: &str, lang: Lang) -> Result<RulebookProposalId, Problem> {
    id.parse().map_err(|_| HeldFault::Unknown.problem(lang))
}

/// A rulebook that is proposed, without its text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenRulebookProposal {
    /// Its id.
    id: String,
    /// SHA-256 of the text in hex.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    digest: String,
    /// The editions that it adds, oldest first.
    added: Vec<AddedEdition>,
    /// Who proposed it.
    #[schema(example = "qian")]
    proposed_by: String,
    /// When.
    #[schema(format = DateTime)]
    proposed_at: String,
}

impl From<&RulebookProposal> for OpenRulebookProposal {
    fn from(proposal: &RulebookProposal) -> Self {
        Self {
            id: proposal.id.to_string(),
            digest: hex(&proposal.digest),
            added: AddedEdition::all(&proposal.added),
            proposed_by: proposal.proposed_by.clone(),
            proposed_at: time(proposal.proposed_at),
        }
    }
}
