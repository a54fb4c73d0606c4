//! Taking a picture out of an order.

use super::write::{Changing, Editable, Goes};
use crate::{
    Actor, Asker, Desk, Failure, IdempotencyKey, Told, by_text,
    chance::Draw,
    codes::damaged,
    deed::{Deed, Done, Setting, asked},
    failure::{DeskError, Failed},
    orders::OrderFault,
};
use ledger::EntryRef;
use serde::{Deserialize, Serialize};
use store::{AttachmentId, OrderId, Tx};

/// The entry of the ledger.
const REMOVED: &str = "order.picture-removed";

/// A picture is to be taken out of an order.
#[derive(Clone, Debug, Serialize)]
pub struct RemovePicture {
    /// Whose order it is.
    pub asker: Asker,
    /// Which.
    #[serde(serialize_with = "crate::orders::id")]
    pub order: OrderId,
    /// The picture.
    #[serde(with = "by_text")]
    pub picture: AttachmentId,
}

/// Why a picture is not taken out. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RemoveFault {
    /// For the same reasons as anything with an order.
    #[error(transparent)]
    Order(#[from] OrderFault),
    /// The order has no such picture.
    #[error("the order has no such picture")]
    NoPicture,
    /// The reviewer did not give the list of pictures back.
    #[error("`{}` was not given back to be mended", .0.join(", "))]
    Locked(Vec<String>),
}

/// A picture that was taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureRemoved {
    /// Its id.
    #[serde(with = "by_text")]
    pub picture: AttachmentId,
    /// The version that the order came to.
    pub version: i64,
}

impl Desk {
    /// Takes a picture out of an order that can be edited. What it shows is forgotten at once, unless it was part of what was
    /// submitted.
    pub async fn remove_picture(
        &self,
        ask: RemovePicture,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<PictureRemoved>, Failure<RemoveFault>> {
        self.once(key, ask).await
    }
}

impl Deed for RemovePicture {
    const WORD: &'static str = "remove-picture";
    type Ready = [u8; 32];
    type Answer = PictureRemoved;
    type Fault = RemoveFault;

    fn actor(&self) -> Actor {
        Actor::Account(self.asker.clone())
    }

    fn prepare(&self, _: &Setting, draw: &mut Draw) -> Result<[u8; 32], DeskError> {
        Ok(draw.bytes())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, seed: &[u8; 32]) -> Done<Self> {
        setting.ground.check(tx).await?;
        let editable = Editable::find(tx, setting, (&self.asker, self.order)).await;
        let editable = editable.map_err(|failed| failed.mapped(RemoveFault::Order))?;
        let goes = Goes::of(tx, &editable.order, self.picture).await?;
        let (mut form, id) = (editable.form.clone(), self.picture.to_string());
        form.materials.retain(|material| material.attachment.as_ref() != Some(&id));
        if goes == Goes::Nothing && form == editable.form {
            return Err(because(RemoveFault::NoPicture));
        }
        let locked = editable.locked(tx, &form).await?;
        if !locked.is_empty() {
            return Err(because(RemoveFault::Locked(locked)));
        }
        let told = PictureRemoved { picture: self.picture, version: editable.order.version + 1 };
        let changing = Changing {
            actor: &self.actor(),
            kind: REMOVED,
            form: &form,
            ids: vec![("attachment", self.picture.uuid())],
            commitments: Vec::new(),
            told: &told,
        };
        changing.write(tx, setting, &editable, Vec::new(), &mut Draw::of(*seed)).await?;
        goes.write(tx, self.picture, editable.at(setting)?).await?;
        Ok(told)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

fn because(fault: RemoveFault) -> Failed<Failure<RemoveFault>> {
    Failed::Because(Failure::Because(fault))
}
