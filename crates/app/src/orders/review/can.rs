//! What a reviewer can do with the order that he looks at.

use super::Looked;
use filing::orders::State;

/// Something that a reviewer can do with an order now, and that is not refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Can {
    /// Claim it: nothing else is possible before.
    Claim,
    /// Say of a field whether it passes.
    Remark,
    /// Give it back, with what is to be mended.
    Return,
    /// Let it pass.
    Approve,
}

impl Can {
    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Remark => "remark",
            Self::Return => "return",
            Self::Approve => "approve",
        }
    }
}

impl Looked {
    /// What the reviewer of that name can do with it. It is given back where something is to be mended, and passes where neither that
    /// nor a fault stands in its way.
    pub fn can(&self, reviewer: &str) -> Vec<Can> {
        if self.order.state != State::Submitted {
            return Vec::new();
        }
        match &self.claimed {
            None => vec![Can::Claim],
            Some((by, _)) if by != reviewer => Vec::new(),
            Some(_) if self.said.iter().any(|said| said.mend.is_some()) => vec![Can::Remark, Can::Return],
            Some(_) if self.finds.faults.allow() => vec![Can::Remark, Can::Approve],
            Some(_) => vec![Can::Remark],
        }
    }
}
