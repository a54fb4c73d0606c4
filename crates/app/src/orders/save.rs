//! Saving one part of an order. Whatever was typed is kept; what is wrong with it is told, and stops nothing before it is submitted.
//!
//! A save decides nothing, and is no entry of the ledger: what counts of it is what is submitted. Whoever did not hear that it was done
//! sends it again over the version that he saw; where that very save is the last that happened, it is told as done.

use super::{
    course, filled,
    held::{self, OrderFault, because},
};
use crate::{
    Asker, Desk,
    chance::Draw,
    clock::following,
    failure::{Damage, Failed, Failure},
    ground::Ground,
    personal::Vault,
};
use filing::orders::{Form, Move, Overfull, Part, Who};
use jiff::Timestamp;
use std::sync::Arc;
use store::{
    OrderId, Tx, Unit,
    orders::{Change, Order},
};

/// Bytes of what is filled in for an order at most, as JSON: ten websites with every field at its longest are a quarter of it.
pub const MOST_FILLED_BYTES: usize = 256 << 10;

/// One part of an order is to be saved.
#[derive(Clone, Debug)]
pub struct SavePart {
    /// Whose order it is.
    pub asker: Asker,
    /// Which.
    pub order: OrderId,
    /// Which part.
    pub part: Part,
    /// What is filled in for it; the rest of the form is not looked at.
    pub form: Form,
    /// The version of the order that whoever saves has seen; `None` saves over whatever is there.
    pub seen: Option<i64>,
}

/// Why a part is not saved. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaveFault {
    /// For the same reasons as anything with an order.
    #[error(transparent)]
    Order(#[from] OrderFault),
    /// Orders of this kind do not have that part.
    #[error("an order of that kind has no part `{}`", .0.word())]
    NoSuchPart(Part),
    /// A website has more than is looked up one by one, or there are more websites than are kept.
    #[error("there is more in `{}` than is kept", .0.iter().map(|list| list.path.as_str()).collect::<Vec<_>>().join("`, `"))]
    TooMany(Vec<Overfull>),
    /// It is longer than [`MOST_FILLED_BYTES`].
    #[error("{found} bytes are too many, the limit is {MOST_FILLED_BYTES}")]
    TooLong {
        /// Bytes given.
        found: usize,
    },
}

/// An order with a part that was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its version now.
    pub version: i64,
    /// All that is filled in for it now, tidied.
    pub form: Form,
}

impl Desk {
    /// Saves one part of an order in the place of what was there.
    pub async fn save_part(&self, save: SavePart) -> Result<Saved, Failure<SaveFault>> {
        let form = save.form.clone().tidied();
        let found = serde_json::to_vec(&form).map_or(usize::MAX, |bytes| bytes.len());
        if found > MOST_FILLED_BYTES {
            return Err(Failure::Because(SaveFault::TooLong { found }));
        }
        let overfull = form.overfull();
        if !overfull.is_empty() {
            return Err(Failure::Because(SaveFault::TooMany(overfull)));
        }
        let now = self.now();
        self.write(|ground| {
            Ok(Save { asked: save.clone(), form: form.clone(), ground, now, draw: self.chance().draw() })
        })
        .await
    }
}

struct Save {
    asked: SavePart,
    form: Form,
    ground: Arc<Ground>,
    now: Timestamp,
    draw: Draw,
}

impl Unit for Save {
    type Output = Saved;
    type Error = Failed<Failure<SaveFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Saved, Self::Error> {
        self.ground.check(tx).await?;
        let order = held::own(tx, self.asked.order, &self.asked.asker).await.map_err(of_order)?;
        held::step(&order, Move::Save, Who::Filer).map_err(of_order)?;
        let part = self.asked.part;
        if !order.kind.needs().has(part) {
            return Err(Failed::Because(Failure::Because(SaveFault::NoSuchPart(part))));
        }
        let vault = held::vault(tx, &self.ground, &order).await.map_err(of_order)?;
        match self.asked.seen {
            Some(seen) if seen != order.version => self.told_again(tx, &order, &vault, seen).await,
            _ => self.stored(tx, order, &vault).await,
        }
    }
}

impl Save {
    /// That it is saved, where this save is all that happened since the order was seen.
    async fn told_again(
        &self,
        tx: &mut Tx<'_>,
        order: &Order,
        vault: &Vault,
        seen: i64,
    ) -> Result<Saved, Failed<Failure<SaveFault>>> {
        let part = self.asked.part;
        let last = filled::saved_last(tx, vault, order, part).await?;
        let version = order.version;
        if version != seen.saturating_add(1) || last != Some(self.form.clone().only(part)) {
            return because(OrderFault::Changed { found: version }).map_err(of_order);
        }
        Ok(Saved { version, form: filled::form(tx, vault, order.id).await? })
    }

    async fn stored(
        &self,
        tx: &mut Tx<'_>,
        order: Order,
        vault: &Vault,
    ) -> Result<Saved, Failed<Failure<SaveFault>>> {
        let part = self.asked.part;
        let at = following(self.now, [order.changed_at])?.as_microsecond();
        let saved = filled::seal_part(vault, order.id, part, &self.form, at, &mut self.draw.again())?;
        let version = order.version + 1;
        let after =
            course::timed(Order { version, changed_at: at, touched_at: at, ..order.clone() }, self.now);
        let change = Change::new(order.version, &after);
        if tx.together(&[change.changing(), saved.saving(&order.id)]).await?.contains(&0) {
            let fault = "it changed meanwhile".to_owned();
            return Err(Damage::Order { id: order.id, fault }.into());
        }
        let form = filled::form(tx, vault, order.id).await?;
        Ok(Saved { version, form })
    }
}

/// What is wrong with the order, as what is wrong with the save.
fn of_order(failed: Failed<Failure<OrderFault>>) -> Failed<Failure<SaveFault>> {
    failed.mapped(SaveFault::Order)
}
