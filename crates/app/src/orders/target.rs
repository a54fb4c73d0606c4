//! What is filed under the numbers that an order names: that it starts from, and those of its websites.

use crate::failure::DeskError;
use filing::{
    checks::{Filed, WebsiteHere},
    orders::{Form, Kind, Target},
    registry::State,
};
use store::{
    AccountId, Tx, blacklist,
    orders::Order,
    subjects::{self, Subject},
    websites::{self, Website},
};

/// Websites of a subject that are counted: a province's rules ask for a few dozen at most.
const MOST_COUNTED: i64 = 500;

/// What the number is that an order starts from.
pub(super) enum Start {
    /// The order starts from none, or none is filled in.
    Nothing,
    /// Nothing is filed under it here.
    Unknown {
        /// Whether it is the number of a website whose subject is the account's and on the blacklist.
        listed: bool,
    },
    /// It is filed here for another account, which is all that may be said of it.
    OfAnother,
    /// It is the account's.
    Own(Box<Own>),
}

/// A number of the account's.
pub(super) struct Own {
    pub(super) subject: Subject,
    pub(super) filed: Filed,
    /// Whether something by which the subject is found, or was, is on the blacklist.
    pub(super) listed: bool,
}

impl Start {
    /// What the order starts from.
    pub(super) async fn of(tx: &mut Tx<'_>, order: &Order, form: &Form) -> Result<Self, DeskError> {
        let number = form.target.as_ref().and_then(|target| target.number.as_deref());
        let Some(number) = number else { return Ok(Self::Nothing) };
        match order.kind.needs().target {
            Target::Nothing => Ok(Self::Nothing),
            Target::Subject => {
                let found = subjects::by_number(tx, number).await?;
                Self::found(tx, order.account, found, None).await
            }
            Target::Website => match websites::by_number(tx, number).await? {
                Some(website) => {
                    let subject = subjects::by_id(tx, website.subject).await?;
                    Self::found(tx, order.account, subject, Some(&website)).await
                }
                None => Self::through_another_provider(tx, order, number).await,
            },
        }
    }

    async fn found(
        tx: &mut Tx<'_>,
        account: AccountId,
        subject: Option<Subject>,
        website: Option<&Website>,
    ) -> Result<Self, DeskError> {
        let Some(subject) = subject else { return Ok(Self::Unknown { listed: false }) };
        if subject.account != account {
            return Ok(Self::OfAnother);
        }
        let filed = filed(tx, &subject, website).await?;
        let listed = blacklist::has_listed(tx, subject.id).await?;
        Ok(Self::Own(Box::new(Own { subject, filed, listed })))
    }

    /// A website that nobody filed here: its subject may be here all the same.
    async fn through_another_provider(
        tx: &mut Tx<'_>,
        order: &Order,
        number: &str,
    ) -> Result<Self, DeskError> {
        let of_subject = number.rsplit_once('-').map_or(number, |(subject, _)| subject);
        match subjects::by_number(tx, of_subject).await? {
            Some(subject) if subject.account == order.account && !subject.state.is_final() => {
                Ok(Self::Unknown { listed: blacklist::has_listed(tx, subject.id).await? })
            }
            found => Self::found(tx, order.account, found, None).await,
        }
    }

    /// What is filed under it, where it is the account's.
    pub(super) fn filed(&self) -> Option<&Filed> {
        match self {
            Self::Nothing | Self::Unknown { .. } | Self::OfAnother => None,
            Self::Own(own) => Some(&own.filed),
        }
    }

    /// Whether the order starts from a number of that subject.
    pub(super) fn is_about(&self, subject: &Subject) -> bool {
        matches!(self, Self::Own(own) if own.subject.id == subject.id)
    }

    /// Whether its subject is on the blacklist, or was found under something that is.
    pub(super) const fn is_listed(&self) -> bool {
        match self {
            Self::Nothing | Self::OfAnother => false,
            Self::Unknown { listed } => *listed,
            Self::Own(own) => own.listed,
        }
    }
}

/// What is filed under the numbers of the websites that a change names; `None` for other kinds of orders.
pub(super) async fn websites_of(
    tx: &mut Tx<'_>,
    order: &Order,
    form: &Form,
    start: &Start,
) -> Result<Option<Vec<WebsiteHere>>, DeskError> {
    let (Kind::Change, Start::Own(own)) = (order.kind, start) else { return Ok(None) };
    let mut all = Vec::with_capacity(form.websites.len());
    for site in &form.websites {
        let Some(number) = site.number.as_deref() else {
            all.push(WebsiteHere::Unnumbered);
            continue;
        };
        let website = websites::by_number(tx, number).await?;
        let website = website.filter(|website| website.subject == own.subject.id);
        all.push(match website {
            None => WebsiteHere::Unknown,
            Some(website) if website.state.is_final() => WebsiteHere::Cancelled,
            Some(_) => WebsiteHere::Filed,
        });
    }
    Ok(Some(all))
}

async fn filed(tx: &mut Tx<'_>, subject: &Subject, website: Option<&Website>) -> Result<Filed, DeskError> {
    let domains = match website {
        Some(website) => websites::domains(tx, website.id).await?,
        None => Vec::new(),
    };
    let nil = store::WebsiteId::new(uuid::Uuid::nil());
    let all = websites::of_subject(tx, subject.id, nil, MOST_COUNTED).await?;
    let state = website.map_or(subject.state, |website| website.state);
    Ok(Filed {
        nature: subject.nature.and_then(|nature| u16::try_from(nature).ok()),
        region: subject.region.and_then(|region| u32::try_from(region).ok()),
        cancelled: state.is_final(),
        domains,
        hosted_here: website.is_some_and(|website| website.state == State::Active),
        websites: all.iter().filter(|website| !website.state.is_final()).count(),
    })
}
