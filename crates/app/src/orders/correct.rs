//! A rejected order is corrected into a new draft, with everything that it had.

use super::{
    filled,
    held::{self, OrderFault},
    moving::{Moved, Moving, Names},
    open::{Ready, draft},
};
use crate::{
    Actor, Asker, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::DeskError,
    ground::SUBJECTS,
};
use filing::orders::{Illegal, Move, State, Who, legal};
use ledger::EntryRef;
use serde::Serialize;
use store::{
    OrderId, Tx,
    orders::{self, Order},
};

/// A rejected order is to be corrected.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectOrder {
    /// Whose it is.
    pub asker: Asker,
    /// The rejected order.
    #[serde(serialize_with = "super::id")]
    pub order: OrderId,
}

impl Desk {
    /// Opens a draft with everything that a rejected order had. Its products must be verified anew, and its pictures are taken along.
    /// A rejected order is corrected by one order at a time: asking again is refused with the one that there is, unless it was given up.
    pub async fn correct_order(
        &self,
        ask: CorrectOrder,
        key: IdempotencyKey,
    ) -> Result<Told<Moved>, Failure<OrderFault>> {
        self.have_key(&SUBJECTS).await?;
        self.once(Some(key), ask).await
    }
}

impl Deed for CorrectOrder {
    const WORD: &'static str = "correct-order";
    type Ready = Ready;
    type Answer = Moved;
    type Fault = OrderFault;

    fn actor(&self) -> Actor {
        Actor::Account(self.asker.clone())
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<Ready, DeskError> {
        Ready::drawn(setting, draw)
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, Ready { fresh, seed }: &Ready) -> Done<Self> {
        setting.ground.check(tx).await?;
        let rejected = held::own(tx, self.order, &self.asker).await?;
        if let Some(draft) = orders::correcting(tx, rejected.id).await? {
            return held::because(OrderFault::Corrected { draft });
        }
        if rejected.state != State::Rejected {
            return held::because(Illegal {
                kind: rejected.kind,
                who: Who::Filer,
                from: Some(rejected.state),
                tried: Move::Open,
                legal: legal(rejected.kind, rejected.state, Who::Filer).collect(),
            });
        }
        let vault = held::vault(tx, &setting.ground, &rejected).await?;
        let mut form = filled::form(tx, &vault, rejected.id).await?;
        for website in &mut form.websites {
            // It was used by the order that was rejected.
            website.verification = None;
        }
        // Sealed under the same key: it is the same subject's, and its pictures need not be sealed anew.
        let after = Order {
            subject_key: rejected.subject_key,
            corrects: Some(rejected.id),
            ..draft(fresh, self.asker.id(), rejected.kind, setting.now)
        };
        let moving = Moving {
            actor: &self.actor(),
            by: Move::Open,
            before: None,
            after,
            followed: vec![rejected.changed_at],
            names: Names { ids: vec![("corrects", rejected.id.uuid())], commitments: Vec::new() },
        };
        let at = moving.at(setting)?;
        let mut draw = Draw::of(*seed);
        let parts =
            form.parts().map(|part| filled::seal_part(&vault, fresh.order, part, &form, at, &mut draw));
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        let (_, moved) =
            moving.write(tx, setting, parts.iter().map(|part| part.saving(&fresh.order)).collect()).await?;
        Ok(moved)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}
