//! Everything that is wrong with an order now: what submitting it would say, without the effect.

use super::{
    filled,
    held::{self, OrderFault},
    submit::{Faults, SubmitFault, examine},
};
use crate::{
    Asker, Desk,
    deed::Setting,
    failure::{Failed, Failure},
};
use store::{OrderId, Tx, Unit};

impl Desk {
    /// All that is wrong with an order. Of one that can no longer be edited, what the checks would say today.
    pub async fn check_order(&self, asker: &Asker, order: OrderId) -> Result<Faults, Failure<SubmitFault>> {
        let now = self.now();
        let entry = self.chance().draw().id(now);
        let asker = asker.clone();
        self.read(|ground| {
            Ok(Check { asker: asker.clone(), order, setting: Setting { ground, now, entry, unsure: false } })
        })
        .await
    }
}

struct Check {
    asker: Asker,
    order: OrderId,
    /// Its entry is never written.
    setting: Setting,
}

impl Unit for Check {
    type Output = Faults;
    type Error = Failed<Failure<SubmitFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Faults, Self::Error> {
        let of_order = |failed: Failed<Failure<OrderFault>>| failed.mapped(SubmitFault::Order);
        self.setting.ground.check(tx).await?;
        let order = held::own(tx, self.order, &self.asker).await.map_err(of_order)?;
        let vault = held::vault(tx, &self.setting.ground, &order).await.map_err(of_order)?;
        let form = filled::form(tx, &vault, order.id).await?;
        Ok(examine(tx, &self.setting, &self.asker, (&order, &vault, &form)).await?.faults)
    }
}
