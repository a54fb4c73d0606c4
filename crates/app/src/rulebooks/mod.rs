//! Rulebooks (规则集) of the desk: publishing (SPEC 3).

mod publish;
mod text;

pub use publish::{Broken, PublishError, PublishRulebook, PublishedRulebook};
pub use text::RulebookText;
