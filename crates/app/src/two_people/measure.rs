//! What is proposed: in the part that everybody of the staff may read, and in the part that is sealed.

use super::{Thing, ThingKind};
use crate::{by_text, chance::Draw, failure::DeskError, personal::Vault};
use keys::Place;
use serde::{Deserialize, Serialize};
use store::{BlacklistId, ProposalId};

/// What is proposed. It names nobody: filing numbers are public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Something is put on the blacklist.
    List {
        /// What kind of thing.
        thing: ThingKind,
        /// Why.
        reason: WhyListed,
    },
    /// Something is taken off it.
    Unlist {
        /// Which entry.
        #[serde(with = "by_text")]
        entry: BlacklistId,
        /// What kind of thing it is.
        thing: ThingKind,
        /// Why.
        reason: WhyUnlisted,
    },
    /// A number is cancelled by order of an authority (`by-authority`).
    Cancel {
        /// That of a website, or of a subject with all its websites.
        number: String,
        /// What else.
        extent: Extent,
    },
}

/// How far a cancellation goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// The number ends, and nothing else.
    Number,
    /// A serious case: the subject ends with all its websites, and its certificate and the names of the websites concerned go on the
    /// blacklist.
    Serious {
        /// Their domains too, because the bureau says so.
        domains: bool,
    },
}

/// Why something is put on the blacklist: a list and no free text, because the ledger keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyListed {
    /// An authority demands it.
    ByAuthority,
    /// What was served was unlawful.
    UnlawfulContent,
    /// What was filed was untrue.
    FalseInformation,
}

/// Why something is taken off it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyUnlisted {
    /// The authority that demanded it no longer does.
    ByAuthority,
    /// It should never have been there.
    Mistake,
}

impl WhyListed {
    /// As the database and answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ByAuthority => "by-authority",
            Self::UnlawfulContent => "unlawful-content",
            Self::FalseInformation => "false-information",
        }
    }
}

impl WhyUnlisted {
    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ByAuthority => "by-authority",
            Self::Mistake => "mistake",
        }
    }
}

impl Measure {
    /// As the database and answers carry its kind.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::List { .. } => "list",
            Self::Unlist { .. } => "unlist",
            Self::Cancel { .. } => "cancel",
        }
    }
}

/// What of a proposal is sealed until it is decided: what it names, and what the second person is told of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Named {
    pub(super) thing: Option<Thing>,
    pub(super) note: String,
}

impl Named {
    pub(super) fn seal(&self, vault: &Vault, of: ProposalId, draw: &mut Draw) -> Result<Vec<u8>, DeskError> {
        vault.seal_json(place(&of), self, draw)
    }

    pub(super) fn open(vault: &Vault, of: ProposalId, sealed: &[u8]) -> Result<Self, DeskError> {
        vault.open_json(place(&of), sealed)
    }
}

fn place(of: &ProposalId) -> Place<'_> {
    Place { table: "proposals", column: "sealed", row: of.as_bytes() }
}
