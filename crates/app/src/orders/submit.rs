//! An order is handed in, the first time or after it was mended: everything is checked, each product is tested again and held, and the
//! whole of it is kept as it was submitted. All in one transaction, or nothing and every fault.

use super::{
    addresses,
    effects::Happens,
    filled,
    held::{self, Held, OrderFault},
    knowing::Knowing,
    marks,
    moving::{Moved, Moving, Names},
    products::{ProductFault, Testing, effects},
    review,
};
use crate::{
    Actor, Asker, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::{DeskError, Failed},
    personal::Vault,
};
use filing::{
    checks::{Fault, Weight, lookups, numbers},
    orders::{Form, Move, Opened, Remark, State, Who},
};
use ledger::EntryRef;
use rulebook::NoEdition;
use serde::Serialize;
use store::{
    OrderId, Tx,
    orders::{self, Mark, Order},
};

/// An order is to be submitted.
#[derive(Clone, Debug, Serialize)]
pub struct SubmitOrder {
    /// Whose it is.
    pub asker: Asker,
    /// Which.
    #[serde(serialize_with = "super::id")]
    pub order: OrderId,
    /// The version that whoever submits has seen; `None` submits whatever is there.
    pub seen: Option<i64>,
}

/// Why an order is not submitted. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmitFault {
    /// For the same reasons as anything with an order.
    #[error(transparent)]
    Order(#[from] OrderFault),
    /// Something in it is wrong.
    #[error("the order has faults")]
    Faulty(Box<Faults>),
    /// No edition of the rules is in force yet.
    #[error(transparent)]
    NoEdition(#[from] NoEdition),
}

/// All that is wrong with an order, at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// What the checks find; warnings too.
    pub checks: Vec<Fault>,
    /// Products that cannot back their websites.
    pub products: Vec<ProductFault>,
    /// Fields that were changed although the reviewer did not give them back.
    pub locked: Vec<String>,
}

impl Faults {
    /// Whether the order can be submitted all the same: with warnings only.
    pub fn allow(&self) -> bool {
        let wrong = |fault: &Fault| fault.what.weight() == Weight::Error;
        self.products.is_empty() && self.locked.is_empty() && !self.checks.iter().any(wrong)
    }
}

impl Desk {
    /// Submits an order, or refuses it with every fault.
    pub async fn submit_order(
        &self,
        ask: SubmitOrder,
        key: IdempotencyKey,
    ) -> Result<Told<Moved>, Failure<SubmitFault>> {
        self.once(Some(key), ask).await
    }
}

type Failing = Failed<Failure<SubmitFault>>;

impl Deed for SubmitOrder {
    const WORD: &'static str = "submit-order";
    type Ready = [u8; 32];
    type Answer = Moved;
    type Fault = SubmitFault;

    fn actor(&self) -> Actor {
        Actor::Account(self.asker.clone())
    }

    fn prepare(&self, _: &Setting, draw: &mut Draw) -> Result<[u8; 32], DeskError> {
        Ok(draw.bytes())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, seed: &[u8; 32]) -> Done<Self> {
        setting.ground.check(tx).await?;
        let (before, vault, form) = self.found(tx, setting).await.map_err(of_order)?;
        let examined = examine(tx, setting, &self.asker, (&before, &vault, &form)).await?;
        if !examined.faults.allow() {
            return Err(because(SubmitFault::Faulty(Box::new(examined.faults))));
        }
        let step = held::step(&before, Move::Submit, Who::Filer).map_err(of_order)?;
        let round = before.round + 1;
        let after = Order { state: step.to, round, taken_at: None, sms_at: None, ..before.clone() };
        let moving = Moving {
            actor: &self.actor(),
            by: Move::Submit,
            before: Some(&before),
            after,
            followed: examined.happens.iter().flat_map(Happens::followed).collect(),
            names: Names {
                ids: examined.happens.iter().flat_map(Happens::names).collect(),
                commitments: vec![("form", vault.commitment("form", &form)?)],
            },
        };
        let at = moving.at(setting)?;
        let kept = filled::seal_round(&vault, before.id, round, &form, at, &mut Draw::of(*seed))?;
        let marks = marks_of(setting, &before, &form);
        // How many there were is not known: they are forgotten by themselves.
        tx.together(&[orders::forgetting_marks(&before.id)]).await?;
        tx.together(&marks.iter().map(Mark::adding).collect::<Vec<_>>()).await?;
        let effects = effects(&examined.happens, at)?;
        let mut writes = effects.writes();
        writes.push(kept.adding(&before.id));
        let (_, moved) = moving.write(tx, setting, writes).await?;
        Ok(moved)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}

impl SubmitOrder {
    /// The order with what is filled in, if it can be submitted.
    async fn found(&self, tx: &mut Tx<'_>, setting: &Setting) -> Held<(Order, Vault, Form)> {
        let order = held::own(tx, self.order, &self.asker).await?;
        held::step(&order, Move::Submit, Who::Filer)?;
        if self.seen.is_some_and(|seen| seen != order.version) {
            return held::because(OrderFault::Changed { found: order.version });
        }
        let vault = held::vault(tx, &setting.ground, &order).await?;
        let form = filled::form(tx, &vault, order.id).await?;
        Ok((order, vault, form))
    }
}

/// What an order comes to when everything is looked at.
pub(super) struct Examined {
    pub(super) faults: Faults,
    pub(super) happens: Vec<Happens>,
}

/// Looks at everything: the checks, the products, and what may be changed at all.
pub(super) async fn examine(
    tx: &mut Tx<'_>,
    setting: &Setting,
    asker: &Asker,
    (order, vault, form): (&Order, &Vault, &Form),
) -> Result<Examined, Failing> {
    let edition = setting.ground.rulebook.in_force(setting.now).map_err(|none| because(none.into()))?;
    let tested = if order.kind.needs().verified {
        Some(Testing { setting, edition, asker, order: order.id, form }.test(tx).await?)
    } else {
        None
    };
    let Mended { locked, unmended } = match order.state {
        State::Returned => mended(tx, order, vault, form).await?,
        _ => Mended::default(),
    };
    let knowing = Knowing { ground: &setting.ground, order, form, unmended, now: setting.now };
    let checks = knowing.faults(tx, tested.as_ref().map(|tested| tested.proved.as_slice())).await?;
    let tested = tested.unwrap_or_default();
    Ok(Examined { faults: Faults { checks, products: tested.faults, locked }, happens: tested.happens })
}

/// What became of an order since it was given back.
#[derive(Default)]
struct Mended {
    /// The fields that were changed although they are not open.
    locked: Vec<String>,
    /// The fields on which a reviewer remarked and that are unchanged.
    unmended: Vec<String>,
}

async fn mended(tx: &mut Tx<'_>, order: &Order, vault: &Vault, form: &Form) -> Result<Mended, DeskError> {
    let before = filled::round(tx, vault, order.id, order.round).await?;
    let Some(before) = before else { return Ok(Mended::default()) };
    let remarks = review::of_round(tx, vault, order.id, order.round).await?;
    let unmended = Opened::by_remarks(&remarks).untouched(&before, form);
    let outdated = addresses::outdated(tx, &before).await?;
    Ok(Mended { locked: opened(&remarks, &before).and(outdated).locked(&before, form), unmended })
}

/// What is open in an order that came back with those remarks.
pub(super) fn opened(remarks: &[Remark], form: &Form) -> Opened {
    // It came back by itself when nobody remarked on anything: no text message was answered.
    if remarks.is_empty() { Opened::by_missed_sms(form) } else { Opened::by_remarks(remarks) }
}

/// By what the order is found from now on.
fn marks_of(setting: &Setting, order: &Order, form: &Form) -> Vec<Mark> {
    let ground = &setting.ground;
    let found = lookups(order.kind, form).into_iter().map(|lookup| marks::of(ground, &lookup.wanted));
    let about = numbers(order.kind, form).into_iter().flat_map(|named| {
        std::iter::once(marks::of_subject(ground, &named.number))
            .chain(marks::of_website(ground, &named.number))
    });
    let mut all: Vec<_> =
        found.chain(about).map(|(kind, mark)| Mark { kind, mark, order: order.id }).collect();
    all.sort_by(|one, other| (one.kind, &one.mark).cmp(&(other.kind, &other.mark)));
    all.dedup();
    all
}

fn because(fault: SubmitFault) -> Failing {
    Failed::Because(Failure::Because(fault))
}

/// What is wrong with the order, as what is wrong with submitting it.
fn of_order(failed: Failed<Failure<OrderFault>>) -> Failing {
    failed.mapped(SubmitFault::Order)
}
