//! What stands behind the ids in a form, for whoever reads it in words.

use crate::{failure::DeskError, ground::Ground};
use filing::orders::{Behind, Form, Thing};
use rulebook::calendar::shanghai;
use store::{AccountId, Tx, attachments, instances, orders::Order, verifications};

/// The products and pictures that a form of that order names, added to what is `known`.
pub(super) async fn behind(
    tx: &mut Tx<'_>,
    ground: &Ground,
    order: &Order,
    form: &Form,
    mut known: Behind,
) -> Result<Behind, DeskError> {
    for id in form.websites.iter().filter_map(|website| website.verification.as_ref()) {
        if let Some(product) = product(tx, ground, order.account, id).await? {
            known.add(id.clone(), product);
        }
    }
    for id in form.materials.iter().filter_map(|material| material.attachment.as_ref()) {
        let Ok(picture) = id.parse() else { continue };
        if let Some(found) = attachments::in_order(tx, order.id, picture).await? {
            let (width, height) = found.size;
            known.add(id.clone(), Thing::Picture { width, height, bytes: found.bytes.0 });
        }
    }
    Ok(known)
}

/// What the account verified under that id, called as it was on its day.
async fn product(
    tx: &mut Tx<'_>,
    ground: &Ground,
    account: AccountId,
    id: &str,
) -> Result<Option<Thing>, DeskError> {
    let Ok(id) = id.parse() else { return Ok(None) };
    let found = verifications::by_id(tx, id).await?.filter(|found| found.account == account);
    let Some(found) = found else { return Ok(None) };
    let Some(instance) = instances::by_id(tx, found.instance).await? else { return Ok(None) };
    let made_at = super::moment(found.made_at);
    let row = ground.rulebook.in_force(made_at).ok().and_then(|edition| edition.row(&found.product));
    let name = row.map(|row| row.name.clone());
    Ok(Some(Thing::Product { name, instance: instance.name, day: shanghai(made_at).date() }))
}
