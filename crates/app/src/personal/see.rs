//! An order as staff sees it: masked, unless whoever looks may see personal data and says for what.

use super::Purpose;
use crate::{
    Desk,
    access::{Principal, Right},
    access_log::{About, Looking},
    accounts,
    failure::{Failed, Failure},
    ground::Ground,
    orders::{self, Order, OrderFault},
};
use std::sync::Arc;
use store::{OrderId, Tx, Unit};

/// An order as staff sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenOrder {
    /// The account whose order it is, by its id in inventories.
    pub account: String,
    /// The order with what was last submitted, which is `None` once it was erased.
    pub order: Order,
    /// Whether personal data is masked in it.
    pub masked: bool,
}

/// Why an order is not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeeFault {
    /// Whoever asks may not see it.
    #[error("the right `{0}` is needed")]
    NotAllowed(Right),
    /// There is no such order.
    #[error(transparent)]
    Order(#[from] OrderFault),
}

impl Desk {
    /// Any order as it was last submitted, with personal data masked; or in clear for a purpose, by whoever may read it so. Each reading
    /// in clear has left a line in the access log. One that was never submitted is not there.
    pub async fn order_for(
        &self,
        by: &Principal,
        id: OrderId,
        in_clear: Option<Purpose>,
    ) -> Result<SeenOrder, Failure<SeeFault>> {
        let right = if in_clear.is_some() { Right::ReadPersonalData } else { Right::ReadOrders };
        if !by.may(right) {
            return Err(Failure::Because(SeeFault::NotAllowed(right)));
        }
        let SeenOrder { account, order, .. } = self.read(|ground| Ok(See { ground, id })).await?;
        let Some(purpose) = in_clear else {
            let form = order.form.map(|form| form.masked());
            return Ok(SeenOrder { account, order: Order { form, ..order }, masked: true });
        };
        let about = About {
            account: Some(account.clone()),
            order: Some(id),
            purpose: Some(purpose),
            ..About::default()
        };
        self.note_looking(by, Looking::Order, about).await?;
        Ok(SeenOrder { account, order, masked: false })
    }
}

struct See {
    ground: Arc<Ground>,
    id: OrderId,
}

impl Unit for See {
    type Output = SeenOrder;
    type Error = Failed<Failure<SeeFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<SeenOrder, Self::Error> {
        self.ground.check(tx).await?;
        let (order, account) = orders::as_submitted(tx, &self.ground, self.id)
            .await
            .map_err(|failed| failed.mapped(SeeFault::Order))?;
        let account = accounts::name_of(tx, account).await?;
        Ok(SeenOrder { account, order, masked: false })
    }
}
