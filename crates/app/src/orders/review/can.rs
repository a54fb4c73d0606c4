//! What a reviewer can do with the order that he looks at.

use super::Looked;
use filing::orders::{Move, Who};

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
        let to_mend = self.said.iter().any(|said| said.mend.is_some());
        let is_refused = |by: &Move| match by {
            Move::Return => !to_mend,
            Move::Approve => to_mend || !self.finds.faults.allow(),
            _ => true,
        };
        let legal: Vec<_> = self.order.moves(Who::Reviewer).collect();
        match &self.claimed {
            _ if legal.is_empty() => Vec::new(),
            None => vec![Can::Claim],
            Some((by, _)) if by != reviewer => Vec::new(),
            Some(_) => {
                let moves = legal.iter().filter(|by| !is_refused(by));
                let decides = moves.map(|by| if *by == Move::Return { Can::Return } else { Can::Approve });
                [Can::Remark].into_iter().chain(decides).collect()
            }
        }
    }
}
