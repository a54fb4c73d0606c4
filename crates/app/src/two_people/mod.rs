//! What two people decide: one proposes it, another agrees. It is what goes on the blacklist and comes off it, and what an authority
//! cancels.
//!
//! What a proposal names is sealed under a key of its own, which is destroyed once it is decided: the blacklist keeps keyed hashes, and
//! nothing else knows the values any more. `propose.rs` is the first use case; `agree.rs` does what was proposed.

mod agree;
mod blacklist;
mod decline;
mod effect;
mod held;
mod measure;
mod one;
mod open;
mod propose;
mod thing;

pub use agree::{Agree, AgreeFault, Agreed};
pub use blacklist::{Blacklisted, MOST_BLACKLISTED};
pub use decline::Decline;
pub use held::{HeldFault, Outcome};
pub use measure::{Extent, Measure, WhyListed, WhyUnlisted};
pub use one::{Loses, ProposalSeen, SeeProposalFault};
pub use open::{MOST_PROPOSALS, ProposalInShort};
pub use propose::{LONGEST_NOTE, Off, Propose, ProposeFault, Proposed, Wish};
pub use store::{BlacklistId, ProposalId};
pub use thing::{Thing, ThingFault, ThingKind};
