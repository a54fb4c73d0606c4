//! What passes between the desk and the bureau (管局). Until a gateway speaks with it, an operator hands orders over and records its
//! answers.

mod confirm_sms;
mod file;
mod reject;
mod send;

pub use confirm_sms::ConfirmSms;
pub use file::{FileFault, FileOrder};
pub(super) use reject::{REASON, reason};
pub use reject::{RejectFault, RejectOrder};
pub use send::{SendFault, SendOrder};

use super::held::{self, Held};
use crate::{deed::Setting, personal::Vault};
use filing::orders::{Move, Step, Who};
use store::{OrderId, Tx, orders::Order};

/// The order on which the bureau decided, the step that it takes by that, and the key of what is filled in for it.
async fn decided_on(
    tx: &mut Tx<'_>,
    setting: &Setting,
    order: OrderId,
    by: Move,
) -> Held<(Order, &'static Step, Vault)> {
    setting.ground.check(tx).await?;
    let before = held::submitted(tx, order).await?;
    let step = held::step(&before, by, Who::Operator)?;
    let vault = held::vault(tx, &setting.ground, &before).await?;
    Ok((before, step, vault))
}
