//! Publishing by two people: one proposes a draft, another agrees, and it is published in the same transaction.
//!
//! A rulebook names nobody, so that the draft is kept as it is, beside the proposals whose contents are sealed (`two_people/`). What was
//! decided of it is told as of those. `propose.rs` is the first use case; `held.rs` says why a draft can no longer be published as it was
//! proposed, to whoever looks at it and to whoever agrees alike.

mod agree;
mod decline;
mod held;
mod one;
mod open;
mod propose;

pub use agree::{AgreeToRulebook, AgreeToRulebookFault, AgreedRulebook};
pub use decline::{DeclineRulebook, DeclineRulebookFault, DeclinedRulebook, LONGEST_REASON};
pub use held::{RulebookProposal, Stale};
pub use one::{Decided, RulebookProposalSeen};
pub use open::MOST_RULEBOOK_PROPOSALS;
pub use propose::{MOST_OPEN, ProposeRulebook, ProposeRulebookFault, ProposedRulebook};
pub use store::RulebookProposalId;
