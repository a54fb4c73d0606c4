//! Opening an order: a draft of one kind, empty, or with what a rejected one had.

use super::{
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
    type Ready = Fresh;
    type Answer = Moved;
    type Fault = OrderFault;

    fn actor(&self) -> Actor {
        Actor::Account(self.asker.clone())
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<Fresh, DeskError> {
        fresh(setting, draw)
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, fresh: &Fresh) -> Done<Self> {
        setting.ground.check(tx).await?;
        if orders::drafts(tx, self.asker.id(), MOST_DRAFTS).await? >= MOST_DRAFTS {
            return held::because(OrderFault::TooManyDrafts { most: MOST_DRAFTS });
        }
        tx.together(&[fresh.subject_key.adding()]).await?;
        let moving = Moving {
            actor: &self.actor(),
            by: Move::Open,
            before: None,
            after: draft(fresh, self.asker.id(), self.kind, setting.now),
            followed: Vec::new(),
            names: Names::default(),
        };
        let (_, moved) = moving.write(tx, setting, Vec::new()).await?;
        Ok(moved)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}
