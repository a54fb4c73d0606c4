//! What reviewers do (初审): take an order from the queue, say of each field whether it passes, and return or approve it.

mod approve;
mod board;
mod can;
mod claim;
mod finds;
mod give_back;
mod judged;
mod look;
mod next;
mod queue;
mod remark;

pub use approve::ApproveOrder;
pub use board::{Board, BoardAsked, Glimpse, Shown};
pub use can::Can;
pub use claim::{CLAIM_LASTS, Claimed};
pub(super) use finds::Finding;
pub use finds::{Backing, Finds};
pub use give_back::ReturnOrder;
pub use look::{Former, Looked, SaidOf};
pub use queue::{MOST_QUEUED, Queued};
pub(super) use remark::of_round;
pub use remark::{Said, SayFault, SayRemark};

/// Why a reviewer may not do something with an order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviewFault {
    /// For the same reasons as anything with an order.
    #[error(transparent)]
    Order(#[from] super::OrderFault),
    /// It cannot be claimed, because it does not wait for review.
    #[error("the order does not wait for review")]
    NotInReview(filing::orders::Illegal),
    /// Somebody else has claimed it.
    #[error("another reviewer has claimed the order")]
    ClaimedByAnother,
    /// He has to claim it first, or his claim has run out.
    #[error("the order is not claimed")]
    NotClaimed,
    /// An order is returned with at least one field to be mended.
    #[error("no field is to be mended")]
    NothingToMend,
    /// An order with fields to be mended does not pass.
    #[error("{0} fields are to be mended")]
    ToBeMended(usize),
    /// Something must be mended: the checks find it, a product no longer holds, or it is on the blacklist.
    #[error("the order has faults")]
    Faulty(Box<Finds>),
}
