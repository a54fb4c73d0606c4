//! Showing a copy of a picture: to the account whose order it is, and to staff for a stated purpose, which is recorded first.

use super::pieces::{PictureCopy, open};
use crate::{
    Asker, Desk,
    access::{Principal, Right},
    access_log::{About, Looking},
    accounts,
    failure::{DeskError, Failed, Failure},
    ground::Ground,
    orders::{OrderFault, filled, held},
    personal::{Purpose, Vault},
};
use std::sync::Arc;
use store::{AttachmentId, OrderId, Tx, Unit, attachments, orders::Order};

/// A copy of a picture is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureAsked {
    /// The order.
    pub order: OrderId,
    /// The picture.
    pub picture: AttachmentId,
    /// Which copy of it.
    pub copy: PictureCopy,
}

/// Why no picture is shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// Whoever asks may not see it.
    #[error("the right `{}` is needed", Right::ReadPersonalData)]
    NotAllowed,
    /// For the same reasons as anything with an order.
    #[error(transparent)]
    Order(#[from] OrderFault),
    /// The order has no such picture, or what it shows was forgotten.
    #[error("the order has no such picture")]
    NoPicture,
}

impl Desk {
    /// A picture of one's own order: a JPEG file.
    pub async fn my_picture(&self, asker: &Asker, ask: PictureAsked) -> Result<Vec<u8>, Failure<ReadFault>> {
        let asker = Some(asker.clone());
        let read = |ground| Ok(Read { ground, asker: asker.clone(), ask });
        self.read(read).await.map(|found| found.bytes)
    }

    /// A picture of any order, for whoever may read personal data: a JPEG file. A picture cannot be masked, so that every reading
    /// has left a line in the access log.
    pub async fn picture_for(
        &self,
        by: &Principal,
        ask: PictureAsked,
        purpose: Purpose,
    ) -> Result<Vec<u8>, Failure<ReadFault>> {
        if !by.may(Right::ReadPersonalData) {
            return Err(Failure::Because(ReadFault::NotAllowed));
        }
        let found = self.read(|ground| Ok(Read { ground, asker: None, ask })).await?;
        let about = About {
            account: Some(found.account),
            order: Some(ask.order),
            purpose: Some(purpose),
            ..About::default()
        };
        self.note_looking(by, Looking::Picture, about).await?;
        Ok(found.bytes)
    }
}

struct Read {
    ground: Arc<Ground>,
    /// Whose order it must be; `None` for staff.
    asker: Option<Asker>,
    ask: PictureAsked,
}

/// A picture that may be shown.
struct Found {
    /// Whose order it is, by its id in inventories.
    account: String,
    bytes: Vec<u8>,
}

type Failing = Failed<Failure<ReadFault>>;

impl Unit for Read {
    type Output = Found;
    type Error = Failing;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Found, Failing> {
        self.ground.check(tx).await?;
        let PictureAsked { order, picture, copy } = self.ask;
        let order = match &self.asker {
            Some(asker) => held::own(tx, order, asker).await,
            None => held::submitted(tx, order).await,
        };
        let order = order.map_err(|failed| failed.mapped(ReadFault::Order))?;
        let vault =
            held::vault(tx, &self.ground, &order).await.map_err(|failed| failed.mapped(ReadFault::Order))?;
        if self.asker.is_none() && !was_submitted(tx, &vault, &order, picture).await? {
            return Err(because(ReadFault::NoPicture));
        }
        let Some(picture) = attachments::in_order(tx, order.id, picture).await? else {
            return Err(because(ReadFault::NoPicture));
        };
        let bytes = open(tx, &vault, &picture, copy).await?.ok_or_else(|| because(ReadFault::NoPicture))?;
        let account = match &self.asker {
            Some(asker) => asker.name().to_owned(),
            None => accounts::name_of(tx, order.account).await?,
        };
        Ok(Found { account, bytes })
    }
}

/// Whether the picture was in the form in any round: staff compares what was submitted with what was submitted before.
async fn was_submitted(
    tx: &mut Tx<'_>,
    vault: &Vault,
    order: &Order,
    picture: AttachmentId,
) -> Result<bool, DeskError> {
    let picture = picture.to_string();
    for round in (1..=order.round).rev() {
        let form = filled::round(tx, vault, order.id, round).await?.unwrap_or_default();
        if form.materials.iter().any(|one| one.attachment.as_ref() == Some(&picture)) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn because(fault: ReadFault) -> Failing {
    Failed::Because(Failure::Because(fault))
}
