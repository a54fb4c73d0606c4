//! What is seen of a filing order: its course, and nothing of what is filled in.

use super::{Ends, Look};
use crate::{
    failure::Damage,
    orders::{Order, OrderId, course_of},
};
use store::{Tx, accounts};

/// An order as support sees it. Of an earlier time it is told where it stood then and what had happened, and not what it waited for.
#[derive(Clone, Debug)]
pub struct OrderSeen {
    /// The order, without what is filled in.
    pub order: Order,
    /// Whose it is.
    pub account: String,
}

impl Look {
    /// What is seen of an order; `None` where there is none that was ever submitted.
    pub(super) async fn order(&self, tx: &mut Tx<'_>, id: OrderId) -> Result<Option<OrderSeen>, Ends> {
        let Some((mut order, account)) = course_of(tx, id).await? else { return Ok(None) };
        let missing = || Damage::Sealed { row: id.uuid(), fault: "its account is missing".to_owned() };
        let account = accounts::by_id(tx, account).await?.ok_or_else(missing)?.name;
        if self.ask.at.is_some() {
            let until = self.until();
            let first = order.stages.first().map_or(order.opened_at, |first| first.at);
            order.stages.retain(|stage| stage.at <= until);
            let Some(last) = order.stages.last() else { return Err(Ends::NotYet(first)) };
            (order.state, order.changed_at) = (last.state, last.at);
            order.waiting.clear();
            order.due_at = None;
        }
        Ok(Some(OrderSeen { order, account }))
    }
}
