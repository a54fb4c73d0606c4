//! An order as it is found by whoever may have it.

use crate::{
    Asker,
    failure::{Failed, Failure},
    ground::Ground,
    personal::Vault,
};
use filing::orders::{Illegal, Move, Step, Who, step_of};
use store::{OrderId, Tx, orders};

/// Why nothing is done with an order. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderFault {
    /// There is no such order, or it is another account's, which is never said.
    #[error("there is no such order")]
    Unknown,
    /// Its state does not allow it.
    #[error(transparent)]
    Illegal(#[from] Illegal),
    /// Its text message was answered already.
    #[error("its text message was answered already")]
    SmsAnswered,
    /// As many drafts as an account may have are open.
    #[error("the account has {most} drafts already")]
    TooManyDrafts {
        /// How many there may be.
        most: i64,
    },
    /// The account has nothing under the filing number from which the order is to be begun. Said alike where it is somebody else's.
    #[error("the account has no such filing number")]
    UnknownNumber,
    /// An order of that kind is not begun from that number: it is a subject's and the order about a website, or it is about nothing filed.
    #[error("an order of that kind is not begun from that number")]
    NumberUnsuited,
    /// It was corrected already.
    #[error("it was corrected into the order `{draft}`")]
    Corrected {
        /// The draft that there is.
        draft: OrderId,
    },
    /// It changed since it was read.
    #[error("the order is at version {found} by now")]
    Changed {
        /// The version that it has.
        found: i64,
    },
    /// What was filled in was erased with the key of its subject.
    #[error("what was filled in was erased")]
    Erased,
}

pub(super) type Held<T> = Result<T, Failed<Failure<OrderFault>>>;

pub(super) fn because<T>(fault: impl Into<OrderFault>) -> Held<T> {
    Err(Failed::Because(Failure::Because(fault.into())))
}

/// The order with that id, of that account.
pub(super) async fn own(tx: &mut Tx<'_>, id: OrderId, asker: &Asker) -> Held<orders::Order> {
    let found = orders::by_id(tx, id).await?.filter(|order| order.account == asker.id());
    found.map_or_else(|| because(OrderFault::Unknown), Ok)
}

/// The order with that id, whoever's, as staff finds it: what was never submitted is nobody's business but its owner's.
pub(super) async fn submitted(tx: &mut Tx<'_>, id: OrderId) -> Held<orders::Order> {
    let found = orders::by_id(tx, id).await?.filter(|order| order.round > 0);
    found.map_or_else(|| because(OrderFault::Unknown), Ok)
}

/// The order with that id, whoever's, as the desk itself finds it.
pub(super) async fn any(tx: &mut Tx<'_>, id: OrderId) -> Held<orders::Order> {
    orders::by_id(tx, id).await?.map_or_else(|| because(OrderFault::Unknown), Ok)
}

/// The key of what is filled in for an order.
pub(super) async fn vault(tx: &mut Tx<'_>, ground: &Ground, order: &orders::Order) -> Held<Vault> {
    let found = Vault::find(tx, ground, order.subject_key).await?;
    found.vault().map_or_else(|| because(OrderFault::Erased), Ok)
}

/// The row of the table by which `who` makes that move.
pub(super) fn step(order: &orders::Order, by: Move, who: Who) -> Held<&'static Step> {
    step_of(order.kind, order.state, by, who).or_else(because)
}
