//! Opening an order: a draft of one kind, empty, or begun from a filing number of the account's.

use super::{
    carried::Carried,
    filled,
    held::{self, OrderFault},
    moving::{Moved, Moving, Names},
};
use crate::{
    Actor, Asker, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::DeskError,
    ground::SUBJECTS,
    personal::Vault,
};
use filing::orders::{Kind, Move, State};
use jiff::Timestamp;
use ledger::EntryRef;
use serde::{Serialize, Serializer};
use store::{
    AccountId, OrderId, SubjectKeyId, Tx,
    orders::{self, Order},
    subject_keys,
};

/// Drafts that an account has open at once at most. An account that files for others has some dozens; more come from a program that
/// opens without end.
pub const MOST_DRAFTS: i64 = 50;

/// An order is to be opened.
#[derive(Clone, Debug, Serialize)]
pub struct OpenOrder {
    /// Whose it is.
    pub asker: Asker,
    /// What it asks for.
    #[serde(serialize_with = "word")]
    pub kind: Kind,
    /// The filing number of the account's from which it is begun, whichever way it was typed: the number and what is filed under it are
    /// filled in as far as the order is about them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn word<S: Serializer>(kind: &Kind, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(kind.word())
}

impl Desk {
    /// Opens an order. What is filled in for it is sealed under a key of its own.
    pub async fn open_order(
        &self,
        ask: OpenOrder,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<Moved>, Failure<OrderFault>> {
        self.have_key(&SUBJECTS).await?;
        self.once(key, ask).await
    }
}

/// What a new order is made of.
pub(crate) struct Fresh {
    pub(super) order: OrderId,
    pub(super) subject_key: subject_keys::SubjectKey,
}

/// The ids and the key of a new order.
pub(crate) fn fresh(setting: &Setting, draw: &mut Draw) -> Result<Fresh, DeskError> {
    let id: SubjectKeyId = draw.id(setting.now);
    let at = setting.now.as_microsecond();
    let subject_key = Vault::generate(&setting.ground, id, at, draw)?;
    Ok(Fresh { order: draw.id(setting.now), subject_key })
}

/// What is drawn before a draft is made.
pub(crate) struct Ready {
    pub(super) fresh: Fresh,
    /// From which what it begins with is sealed.
    pub(super) seed: [u8; 32],
}

impl Ready {
    pub(super) fn drawn(setting: &Setting, draw: &mut Draw) -> Result<Self, DeskError> {
        Ok(Self { fresh: fresh(setting, draw)?, seed: draw.bytes() })
    }
}

/// A draft without anything in it.
pub(super) fn draft(fresh: &Fresh, account: AccountId, kind: Kind, now: Timestamp) -> Order {
    let at = now.as_microsecond();
    Order {
        id: fresh.order,
        account,
        kind,
        state: State::Draft,
        subject_key: fresh.subject_key.id,
        corrects: None,
        version: 1,
        round: 0,
        since_at: at,
        touched_at: at,
        due_at: None,
        wake_at: None,
        taken_at: None,
        sms_at: None,
        claimed: None,
        opened_at: at,
        changed_at: at,
    }
}

impl Deed for OpenOrder {
    const WORD: &'static str = "open-order";
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
        if orders::drafts(tx, self.asker.id(), MOST_DRAFTS).await? >= MOST_DRAFTS {
            return held::because(OrderFault::TooManyDrafts { most: MOST_DRAFTS });
        }
        let Carried { form, followed } = match &self.from {
            Some(number) => Carried::of(tx, &setting.ground, &self.asker, self.kind, number).await?,
            None => Carried::default(),
        };
        tx.together(&[fresh.subject_key.adding()]).await?;
        let moving = Moving {
            actor: &self.actor(),
            by: Move::Open,
            before: None,
            after: draft(fresh, self.asker.id(), self.kind, setting.now),
            followed,
            names: Names::default(),
        };
        let mut parts = Vec::new();
        if form.parts().next().is_some() {
            let vault = held::vault(tx, &setting.ground, &moving.after).await?;
            let (at, mut draw) = (moving.at(setting)?, Draw::of(*seed));
            for part in form.parts() {
                parts.push(filled::seal_part(&vault, fresh.order, part, &form, at, &mut draw)?);
            }
        }
        let parts = parts.iter().map(|part| part.saving(&fresh.order)).collect();
        let (_, moved) = moving.write(tx, setting, parts).await?;
        Ok(moved)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}
