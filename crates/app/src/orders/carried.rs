//! What a new order takes over from the filing number from which it is begun: the number itself, and what is filed under it as far as
//! the order changes it or says it once more. So nobody types what the registry knows.

use super::held::{Held, OrderFault, because};
use crate::{
    Asker,
    ground::Ground,
    registry::{Numbered, filed},
};
use filing::orders::{FiledNumber, Form, Kind, Target, Website as Site};
use store::{Tx, subjects::Subject, websites::Website};

/// What an order begins with.
#[derive(Default)]
pub(super) struct Carried {
    /// What is filled in.
    pub(super) form: Form,
    /// When what was read last changed, in microseconds since 1970.
    pub(super) followed: Vec<i64>,
}

impl Carried {
    /// What an order of that kind takes over from that number of the asker's. A number of somebody else is not there.
    pub(super) async fn of(
        tx: &mut Tx<'_>,
        ground: &Ground,
        asker: &Asker,
        kind: Kind,
        typed: &str,
    ) -> Held<Self> {
        let found = Numbered::find(tx, typed).await?;
        let Some(Numbered { subject, website }) = found.filter(|found| found.subject.account == asker.id())
        else {
            return because(OrderFault::UnknownNumber);
        };
        let number = match kind.needs().target {
            Target::Nothing => None,
            Target::Subject => Some(subject.number.clone()),
            Target::Website => website.as_ref().map(|website| website.number.clone()),
        };
        // A subject is not the website that the order asks for.
        let Some(number) = number else { return because(OrderFault::NumberUnsuited) };
        let followed = website.iter().map(|website| website.changed_at).chain([subject.changed_at]).collect();
        let known = known(tx, ground, kind, &subject, website.as_ref()).await?;
        let target = Some(FiledNumber { number: Some(number) });
        Ok(Self { form: Form { target, ..known }, followed })
    }
}

/// What is filed of what the order is about. What has ended is not described any more: the checks say so of its number.
async fn known(
    tx: &mut Tx<'_>,
    ground: &Ground,
    kind: Kind,
    subject: &Subject,
    website: Option<&Website>,
) -> Held<Form> {
    let is_over = website.map_or(subject.state, |website| website.state).is_final();
    if is_over || !matches!(kind, Kind::Change | Kind::AddAccess) {
        return Ok(Form::default());
    }
    let Some(before) =
        filed(tx, ground, subject, website.map(std::slice::from_ref).unwrap_or_default()).await?
    else {
        return Ok(Form::default());
    };
    let Some(number) = website.map(|website| website.number.clone()) else {
        return Ok(Form { subject: before.subject, ..Form::default() });
    };
    let site = before.websites.into_iter().next().unwrap_or_default();
    let site = match kind {
        // A change gives what it gives whole; products are not verified for it.
        Kind::Change => Site { number: Some(number), verification: None, ..site },
        // What is hosted here too stays filed as it is; only which website it is needs to be said.
        _ => Site { number: Some(number), name: site.name, domains: site.domains, ..Site::default() },
    };
    Ok(Form { websites: vec![site], ..Form::default() })
}
