//! Adding a picture to a field of an order, in the place of the one that was there.
//!
//! A person photographs a card with his phone and sends the file as it is: it is read, turned upright, freed of metadata and copied
//! within the sizes of reviewer and bureau before the transaction, and sealed. The file itself is never kept.

use super::{
    copies::{Copies, Making},
    field::{PictureField, Placed},
    write::{Changing, Editable, Goes},
};
use crate::{
    Actor, Asker, Desk, Failure, IdempotencyKey, Told, by_text,
    chance::Draw,
    codes::damaged,
    deed::{Deed, Done, KeySeen, Setting, asked},
    failure::{DeskError, Failed},
    hex,
    marks::mark,
    orders::OrderFault,
};
use filing::{checks::Fault, orders::Part, tables::Purpose};
use ledger::EntryRef;
use pictures::{MOST_BYTES, PictureFault};
use serde::{Deserialize, Serialize};
use store::{
    AttachmentId, OrderId, Tx, Unit,
    attachments::{self, Attachment, MOST_ATTACHMENTS, Piece},
};

/// The entry of the ledger.
const ADDED: &str = "order.picture-added";
/// Under which the same picture, sent again under the same key, is known.
const SENT: &str = "kebei v1 picture sent";

/// A picture is to be added.
#[derive(Clone)]
pub struct AddPicture {
    /// Whose order it is.
    pub asker: Asker,
    /// Which.
    pub order: OrderId,
    /// Where it belongs.
    pub field: PictureField,
    /// The file as it was sent: at most [`MOST_BYTES`].
    pub bytes: Vec<u8>,
}

/// Without the picture.
impl std::fmt::Debug for AddPicture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AddPicture({}, {:?}, {} bytes)", self.order, self.field, self.bytes.len())
    }
}

/// Why a picture is not added. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddFault {
    /// For the same reasons as anything with an order.
    #[error(transparent)]
    Order(#[from] OrderFault),
    /// It cannot be read, or does not fit.
    #[error("the picture is not taken: {0}")]
    Picture(#[from] PictureFault),
    /// The order has no such field.
    #[error("the order has no field `{}` for it", .0.path)]
    Field(Box<Fault>),
    /// Orders of this kind have no pictures.
    #[error("an order of that kind has no part `{}`", Part::Materials.word())]
    NoPictures,
    /// The reviewer did not give that field back.
    #[error("`{}` was not given back to be mended", .0.join(", "))]
    Locked(Vec<String>),
    /// The order has [`MOST_ATTACHMENTS`] pictures, and the field is free.
    #[error("an order has at most {MOST_ATTACHMENTS} pictures")]
    TooMany,
}

/// A picture that was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureAdded {
    /// Its id.
    #[serde(with = "by_text")]
    pub picture: AttachmentId,
    /// Where it belongs.
    pub field: PictureField,
    /// The path of the form at which it stood when it was added.
    pub path: String,
    /// The version that the order came to.
    pub version: i64,
    /// Pixels from left to right of the copy for the reviewer.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Bytes of the copy for the reviewer.
    pub review_bytes: i64,
    /// Bytes of that for the bureau.
    pub bureau_bytes: i64,
}

impl Desk {
    /// Adds a picture to a field of an order that can be edited, in the place of the one that was there.
    pub async fn add_picture(
        &self,
        ask: AddPicture,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<PictureAdded>, Failure<AddFault>> {
        let AddPicture { asker, order, field, bytes } = ask;
        let purpose = field.purpose().map_err(|fault| Failure::Because(AddFault::Field(Box::new(fault))))?;
        if bytes.len() > MOST_BYTES {
            return Err(Failure::Because(PictureFault::TooLarge { bytes: bytes.len() }.into()));
        }
        let sent = hex(&mark(&self.ground(), SENT, &[&bytes]));
        let mut add = Add { asker, order, field, sent, copies: None };
        let seen = match &key {
            Some(key) => self.key_seen(key, &add).await?,
            None => KeySeen::Never,
        };
        match seen {
            KeySeen::ForAnother => return Err(Failure::KeyUsed),
            KeySeen::ForThis => {}
            KeySeen::Never => add.copies = Some(self.copies(&add, purpose, bytes).await?),
        }
        self.once(key, add).await
    }

    /// The copies of a picture, if it could be added to that order.
    async fn copies(
        &self,
        add: &Add,
        purpose: &Purpose,
        bytes: Vec<u8>,
    ) -> Result<Copies, Failure<AddFault>> {
        let now = self.now();
        let mut draw = self.chance().draw();
        let (id, entry) = (draw.id(now), draw.id(now));
        let setting = |ground| Setting { ground, now, entry, unsure: false };
        let Add { asker, order, field, .. } = add;
        // Before any work: what is added to somebody else's order is not even read.
        let look = |ground| {
            Ok(Look { asker: asker.clone(), order: *order, field: *field, id, setting: setting(ground) })
        };
        let vault = self.read(look).await?;
        let turn = self.pictures().turn()?;
        let making = Making { id, bytes, most_base64_bytes: purpose.most_bytes, vault, draw };
        let copies = self.pictures().copies(turn, making).await?;
        copies.map_err(|fault| Failure::Because(fault.into()))
    }
}

/// Whether a picture could be added; the key under which it is to be sealed.
struct Look {
    asker: Asker,
    order: OrderId,
    field: PictureField,
    id: AttachmentId,
    setting: Setting,
}

type Failing = Failed<Failure<AddFault>>;

impl Unit for Look {
    type Output = crate::personal::Vault;
    type Error = Failing;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Failing> {
        self.setting.ground.check(tx).await?;
        let asked = (&self.asker, self.order);
        let (editable, _) = placed(tx, &self.setting, asked, self.field, self.id).await?;
        Ok(editable.vault)
    }
}

/// The order, and what its form is with the picture in that field.
async fn placed(
    tx: &mut Tx<'_>,
    setting: &Setting,
    asked: (&Asker, OrderId),
    field: PictureField,
    id: AttachmentId,
) -> Result<(Editable, Placed), Failing> {
    let editable =
        Editable::find(tx, setting, asked).await.map_err(|failed| failed.mapped(AddFault::Order))?;
    if !editable.order.kind.needs().has(Part::Materials) {
        return Err(because(AddFault::NoPictures));
    }
    field.is_of(&editable.form).map_err(|fault| because(AddFault::Field(Box::new(fault))))?;
    let placed = field.placed(editable.form.clone(), id);
    let locked = editable.locked(tx, &placed.form).await?;
    if !locked.is_empty() {
        return Err(because(AddFault::Locked(locked)));
    }
    let full = attachments::count_own(tx, editable.order.id).await? >= MOST_ATTACHMENTS;
    if full && placed.former.is_none() {
        return Err(because(AddFault::TooMany));
    }
    Ok((editable, placed))
}

fn because(fault: AddFault) -> Failing {
    Failed::Because(Failure::Because(fault))
}

/// The deed, for which the copies are made beforehand.
#[derive(Debug, Serialize)]
struct Add {
    asker: Asker,
    #[serde(serialize_with = "crate::orders::id")]
    order: OrderId,
    field: PictureField,
    /// A keyed hash of the file: the key of a request tells nothing of the picture.
    sent: String,
    /// `None` where the key was used for this already, so that nothing is left to be done.
    #[serde(skip)]
    copies: Option<Copies>,
}

impl Deed for Add {
    const WORD: &'static str = "add-picture";
    type Ready = [u8; 32];
    type Answer = PictureAdded;
    type Fault = AddFault;

    fn actor(&self) -> Actor {
        Actor::Account(self.asker.clone())
    }

    fn prepare(&self, _: &Setting, draw: &mut Draw) -> Result<[u8; 32], DeskError> {
        Ok(draw.bytes())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, seed: &[u8; 32]) -> Done<Self> {
        setting.ground.check(tx).await?;
        let Some(copies) = &self.copies else { return Err(Failed::Desk(DeskError::Unsettled(1))) };
        let asked = (&self.asker, self.order);
        let (editable, placed) = placed(tx, setting, asked, self.field, copies.id).await?;
        let order = &editable.order;
        let at = editable.at(setting)?;
        let picture = Attachment {
            id: copies.id,
            order: order.id,
            purpose: i64::from(self.field.purpose),
            size: (copies.size.0.into(), copies.size.1.into()),
            bytes: (copies.review.bytes, copies.bureau.bytes),
            added_at: at,
            removed_at: None,
        };
        let told = PictureAdded {
            picture: copies.id,
            field: self.field,
            path: placed.path,
            version: order.version + 1,
            width: copies.size.0,
            height: copies.size.1,
            review_bytes: copies.review.bytes,
            bureau_bytes: copies.bureau.bytes,
        };
        let former = match placed.former {
            Some(former) => Some((former, Goes::of(tx, order, former).await?)),
            None => None,
        };
        let replaced = former.iter().map(|(former, _)| ("replaced", former.uuid()));
        let changing = Changing {
            actor: &self.actor(),
            kind: ADDED,
            form: &placed.form,
            ids: std::iter::once(("attachment", copies.id.uuid())).chain(replaced).collect(),
            commitments: vec![("picture", editable.vault.commitment("picture", &hex(&copies.digest))?)],
            told: &told,
        };
        let kept = std::iter::once(picture.adding()).chain(copies.pieces().map(Piece::adding)).collect();
        changing.write(tx, setting, &editable, kept, &mut Draw::of(*seed)).await?;
        if let Some((former, goes)) = former {
            goes.write(tx, former, at).await?;
        }
        Ok(told)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}
