//! The bureau files an order and gives its numbers. What the order asked for is done in the registry, and the codes behind it are
//! recorded for ever.

use super::decided_on;
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    deed::{Deed, Done, Setting},
    failure::DeskError,
    orders::{
        OrderFault,
        effects::Happens,
        filed_once, filled,
        moving::{Moved, Moving, Names},
        products::{effects, recorded},
        website_names,
    },
    registry::{Registering, Turning},
};
use filing::{
    orders::Move,
    registry::{Reason, Who},
};
use ledger::EntryRef;
use serde::Serialize;
use store::{OrderId, Tx, orders::Order};

/// The bureau filed an order.
#[derive(Clone, Debug, Serialize)]
pub struct FileOrder {
    /// Who records it.
    pub operator: Operator,
    /// Which order.
    #[serde(serialize_with = "crate::orders::id")]
    pub order: OrderId,
    /// The number of the subject, `浙ICP备12345678号`, where the order makes one.
    pub subject_number: Option<String>,
    /// The numbers of its websites, `浙ICP备12345678号-1`, in the order of the form, where the order makes them.
    pub website_numbers: Vec<String>,
}

/// Why a filing is not recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// For the same reasons as anything with an order.
    #[error(transparent)]
    Order(#[from] OrderFault),
    /// The number of the subject is missing, or has not the form of one.
    #[error("the order needs the number of its subject")]
    SubjectNumber,
    /// There are not as many numbers as new websites, or one does not belong to the subject's.
    #[error("the order needs {wanted} numbers of websites that belong to its subject")]
    WebsiteNumbers {
        /// How many.
        wanted: usize,
    },
    /// That number is filed already.
    #[error("the number `{0}` is filed already")]
    NumberTaken(String),
    /// What the order files was cancelled under that number, which is for ever, before the number was corrected.
    #[error("`{0}` was cancelled")]
    NumberCancelled(String),
    /// Nothing is filed here under the number that the order starts from.
    #[error("nothing is filed here under the number that the order starts from")]
    NothingFiled,
    /// A number that was given is none of the order's.
    #[error("`{0}` is no number of the order")]
    NotItsNumber(String),
    /// That number is cancelled, so that the bureau cannot have filed the order.
    #[error("the number `{0}` is cancelled")]
    Cancelled(String),
    /// The bureau of another province gives such numbers.
    #[error("the number is not of the province in which the subject is")]
    OtherProvince,
    /// What the order asks for cannot happen to the number any more.
    #[error(transparent)]
    Number(#[from] filing::registry::Illegal),
    /// Another website that is not cancelled has that domain.
    #[error("another website has a domain of the order")]
    DomainTaken,
    /// Another subject that is not cancelled has that certificate.
    #[error("another subject has the certificate of the order")]
    SubjectFiled,
}

impl Desk {
    /// Records that the bureau filed an order.
    pub async fn file_order(
        &self,
        ask: FileOrder,
        key: IdempotencyKey,
    ) -> Result<Told<Moved>, Failure<FileFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for FileOrder {
    const WORD: &'static str = "file-order";
    type Ready = [u8; 32];
    type Answer = Moved;
    type Fault = FileFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.operator.clone())
    }

    fn prepare(&self, _: &Setting, draw: &mut Draw) -> Result<[u8; 32], DeskError> {
        Ok(draw.bytes())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, seed: &[u8; 32]) -> Done<Self> {
        let found = decided_on(tx, setting, self.order, Move::File).await;
        let (before, step, vault) = found.map_err(|failed| failed.mapped(FileFault::Order))?;
        let form = filled::form(tx, &vault, before.id).await?;
        filed_once::check(tx, &setting.ground, &before, &form).await?;
        let codes = recorded(tx, before.id).await?;
        let actor = self.actor();
        let turning = Turning {
            who: Who::Bureau,
            reason: Some(Reason::ByOwner),
            actor: &actor,
            order: Some(before.id),
            edition: setting.ground.rulebook.in_force(setting.now).ok().map(|edition| edition.id.as_str()),
            entry: setting.entry,
        };
        let registering = Registering {
            ground: &setting.ground,
            turning,
            order: &before,
            form: &form,
            vault: &vault,
            numbers: (self.subject_number.as_deref(), &self.website_numbers),
            now: setting.now,
        };
        let writing = registering.prepare(tx, &mut Draw::of(*seed)).await?;
        let moving = Moving {
            actor: &actor,
            by: Move::File,
            before: Some(&before),
            after: Order { state: step.to, claimed: None, ..before.clone() },
            followed: codes.iter().flat_map(Happens::followed).chain(writing.followed()).collect(),
            names: Names {
                ids: codes.iter().flat_map(Happens::names).chain(writing.names()).collect(),
                commitments: Vec::new(),
            },
        };
        let at = moving.at(setting)?;
        writing.write(tx, &turning, at).await?;
        website_names::note(tx, &setting.ground, before.kind, &form).await?;
        let effects = effects(&codes, at)?;
        let (_, moved) = moving.write(tx, setting, effects.writes()).await?;
        Ok(moved)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        Moved::again(setting, entry)
    }
}
