//! What an order for a change changes of what is filed: for the check that it changes anything, and for whoever judges it.

use crate::{failure::DeskError, ground::Ground, registry::filed};
use filing::orders::{Change, Form, Kind, Website as Site, difference};
use store::{
    Tx,
    orders::Order,
    subjects,
    websites::{self, Website},
};

/// Every value that differs from what is filed, in the order of the form; `None` for other kinds of orders, and where what is filed is
/// not known here or was erased.
pub(super) async fn changes(
    tx: &mut Tx<'_>,
    ground: &Ground,
    order: &Order,
    form: &Form,
) -> Result<Option<Vec<Change>>, DeskError> {
    let target = form.target.as_ref().and_then(|target| target.number.as_deref());
    let (Kind::Change, Some(number)) = (order.kind, target) else { return Ok(None) };
    let subject = subjects::by_number(tx, number).await?.filter(|subject| subject.account == order.account);
    let Some(subject) = subject else { return Ok(None) };
    let mut named: Vec<Option<Website>> = Vec::with_capacity(form.websites.len());
    for site in &form.websites {
        let website = match site.number.as_deref() {
            Some(number) => websites::by_number(tx, number).await?,
            None => None,
        };
        named.push(website.filter(|website| website.subject == subject.id));
    }
    let known: Vec<_> = named.iter().flatten().cloned().collect();
    let Some(before) = filed(tx, ground, &subject, &known).await? else { return Ok(None) };
    let mut sites = before.websites.into_iter();
    let sites = form.websites.iter().zip(&named).map(|(site, known)| {
        let filed = known.as_ref().and_then(|_| sites.next());
        filed.map(|filed| comparable(filed, site)).unwrap_or_default()
    });
    let before = Form {
        websites: sites.collect(),
        subject: before.subject.filter(|_| form.subject.is_some()),
        target: form.target.clone(),
        materials: form.materials.clone(),
        cancellation: None,
    };
    Ok(Some(difference(&before, form)))
}

/// What is filed of a website, but for what no change names: how it was proved, and where it is reached.
fn comparable(filed: Site, site: &Site) -> Site {
    Site {
        number: site.number.clone(),
        verification: site.verification.clone(),
        addresses: site.addresses.clone(),
        ..filed
    }
}
