//! What is filled in for an order, sealed part by part under the key of its subject.

use crate::{chance::Draw, failure::DeskError, personal::Vault};
use filing::orders::{Form, Part};
use keys::Place;
use serde::{Serialize, de::DeserializeOwned};
use store::{
    OrderId, Tx,
    order_parts::{self, OrderPart, Round},
    orders::Order,
};

/// The row of a part, for its place.
fn row_of(order: OrderId, part: &str) -> Vec<u8> {
    [order.as_bytes().as_slice(), part.as_bytes()].concat()
}

/// A part as it is saved at `at`, in microseconds since 1970.
pub(super) fn seal_part(
    vault: &Vault,
    order: OrderId,
    part: Part,
    form: &Form,
    at: i64,
    draw: &mut Draw,
) -> Result<OrderPart, DeskError> {
    let row = row_of(order, part.word());
    let place = Place { table: "order_parts", column: "sealed", row: &row };
    let sealed = match part {
        Part::Target => vault.seal_json(place, &form.target, draw),
        Part::Subject => vault.seal_json(place, &form.subject, draw),
        Part::Websites => vault.seal_json(place, &form.websites, draw),
        Part::Materials => vault.seal_json(place, &form.materials, draw),
        Part::Cancellation => vault.seal_json(place, &form.cancellation, draw),
    }?;
    Ok(OrderPart { part: part.word().to_owned(), sealed, changed_at: at })
}

/// All that is filled in for an order.
pub(super) async fn form(tx: &mut Tx<'_>, vault: &Vault, order: OrderId) -> Result<Form, DeskError> {
    let mut form = Form::default();
    for saved in order_parts::of_order(tx, order).await? {
        Opened { vault, order, saved: &saved }.read_into(&mut form)?;
    }
    Ok(form)
}

/// What is filled in for a part, if saving it was the last that happened to the order.
pub(super) async fn saved_last(
    tx: &mut Tx<'_>,
    vault: &Vault,
    order: &Order,
    part: Part,
) -> Result<Option<Form>, DeskError> {
    let parts = order_parts::of_order(tx, order.id).await?;
    let last = |saved: &&OrderPart| saved.part == part.word() && saved.changed_at == order.changed_at;
    let Some(saved) = parts.iter().find(last) else { return Ok(None) };
    let mut form = Form::default();
    Opened { vault, order: order.id, saved }.read_into(&mut form)?;
    Ok(Some(form))
}

struct Opened<'a> {
    vault: &'a Vault,
    order: OrderId,
    saved: &'a OrderPart,
}

impl Opened<'_> {
    fn read_into(&self, form: &mut Form) -> Result<(), DeskError> {
        match Part::from_word(&self.saved.part) {
            Some(Part::Target) => form.target = self.read()?,
            Some(Part::Subject) => form.subject = self.read()?,
            Some(Part::Websites) => form.websites = self.read()?,
            Some(Part::Materials) => form.materials = self.read()?,
            Some(Part::Cancellation) => form.cancellation = self.read()?,
            // A part that this program does not know is of a newer one, which keeps it.
            None => {}
        }
        Ok(())
    }

    fn read<T: DeserializeOwned>(&self) -> Result<T, DeskError> {
        let row = row_of(self.order, &self.saved.part);
        let place = Place { table: "order_parts", column: "sealed", row: &row };
        self.vault.open_json(place, &self.saved.sealed)
    }
}

/// The whole form as it was submitted at `at`, in microseconds since 1970.
pub(super) fn seal_round(
    vault: &Vault,
    order: OrderId,
    round: i64,
    form: &Form,
    at: i64,
    draw: &mut Draw,
) -> Result<Round, DeskError> {
    let row = row_of(order, &round.to_string());
    let place = Place { table: "order_rounds", column: "sealed", row: &row };
    Ok(Round { round, sealed: vault.seal_json(place, form, draw)?, at })
}

/// The form as it was submitted that time; `None` where it was not.
pub(super) async fn round(
    tx: &mut Tx<'_>,
    vault: &Vault,
    order: OrderId,
    round: i64,
) -> Result<Option<Form>, DeskError> {
    let Some(sealed) = order_parts::round(tx, order, round).await? else { return Ok(None) };
    let row = row_of(order, &round.to_string());
    vault.open_json(Place { table: "order_rounds", column: "sealed", row: &row }, &sealed).map(Some)
}

/// The form as the order was last submitted.
pub(super) async fn submitted(tx: &mut Tx<'_>, vault: &Vault, order: &Order) -> Result<Form, DeskError> {
    Ok(round(tx, vault, order.id, order.round).await?.unwrap_or_default())
}

/// What a reviewer says of a field, sealed.
pub(super) fn seal_remark(
    vault: &Vault,
    (order, round, path): (OrderId, i64, &str),
    said: &impl Serialize,
    draw: &mut Draw,
) -> Result<Vec<u8>, DeskError> {
    let row = row_of(order, &format!("{round} {path}"));
    vault.seal_json(Place { table: "order_remarks", column: "sealed", row: &row }, said, draw)
}

/// What a reviewer said of a field.
pub(super) fn open_remark<T: DeserializeOwned>(
    vault: &Vault,
    (order, round, path): (OrderId, i64, &str),
    sealed: &[u8],
) -> Result<T, DeskError> {
    let row = row_of(order, &format!("{round} {path}"));
    vault.open_json(Place { table: "order_remarks", column: "sealed", row: &row }, sealed)
}
