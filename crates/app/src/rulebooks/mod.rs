//! Rulebooks (规则集) of the desk: publishing them, and the one in force.

mod impact;
mod in_force;
pub mod proposed;
mod publish;
mod text;

pub use impact::{
    AskImpact, CodesHit, Impact, ImpactError, InstanceHit, MOST_LOOKED_AT, MOST_TOLD, OrderHit,
};
pub use publish::{Broken, PublishError, PublishRulebook, PublishedRulebook};
pub use text::RulebookText;
