//! An order is given up by its owner, before the bureau has it.

use super::{
    effects::Happens,
    held::{self, OrderFault},
    moving::{Moved, Moving, Names},
    products::{all_given_back, effects},
};
use crate::{
    Actor, Asker, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::DeskError,
};
use filing::orders::{Move, OnProducts, Step, Who};
use ledger::EntryRef;
use serde::Serialize;
use store::{OrderId, Tx, Write, orders::Order};

/// An order is to be given up.
#[derive(Clone, Debug, Serialize)]
pub struct WithdrawOrder {
    /// Whose it is.
    pub asker: Asker,
    /// Which.
    #[serde(serialize_with = "super::id")]
    pub order: OrderId,
}

impl Desk {
    /// Gives an order up. What it held is given back as the edition in force says.
    pub async fn withdraw_order(
        &self,
        ask: WithdrawOrder,
        key: IdempotencyKey,
    ) -> Result<Told<Moved>, Failure<OrderFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for WithdrawOrder {
    const WORD: &'static str = "withdraw-order";
    type Ready = ();
    type Answer = Moved;
    type Fault = OrderFault;

    fn actor(&self) -> Actor {
        Actor::Account(self.asker.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        setting.ground.check(tx).await?;
        let before = held::own(tx, self.order, &self.asker).await?;
        let step = held::step(&before, Move::Withdraw, Who::Filer)?;
        ended(tx, setting, &before, step, Ending::by(&self.actor())).await
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}

/// How an order ends without a filing number.
pub(super) struct Ending<'a> {
    /// Who ends it.
    pub(super) actor: &'a Actor,
    /// What the entry commits to.
    pub(super) commitments: Vec<(&'static str, [u8; 32])>,
    /// What else is written.
    pub(super) writes: Vec<Write<'a>>,
}

impl<'a> Ending<'a> {
    /// By that actor, without a word.
    pub(super) const fn by(actor: &'a Actor) -> Self {
        Self { actor, commitments: Vec::new(), writes: Vec::new() }
    }
}

/// Ends an order without a filing number: what it holds is given back where the table says so.
pub(super) async fn ended(
    tx: &mut Tx<'_>,
    setting: &Setting,
    before: &Order,
    step: &Step,
    ending: Ending<'_>,
) -> held::Held<Moved> {
    let Ending { actor, commitments, writes } = ending;
    let back = match step.products {
        OnProducts::Abandons => all_given_back(tx, setting, before.id).await?,
        OnProducts::Keeps | OnProducts::Holds | OnProducts::Records => Vec::new(),
    };
    let moving = Moving {
        actor,
        by: step.by,
        before: Some(before),
        after: Order { state: step.to, claimed: None, ..before.clone() },
        followed: back.iter().flat_map(Happens::followed).collect(),
        names: Names { ids: back.iter().flat_map(Happens::names).collect(), commitments },
    };
    let effects = effects(&back, moving.at(setting)?)?;
    let all = effects.writes().into_iter().chain(writes).collect();
    let (_, moved) = moving.write(tx, setting, all).await?;
    Ok(moved)
}
