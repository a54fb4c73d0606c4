//! What the desk knows of what is filled in for an order, for the checks: what is filed under its number, what its products prove, what
//! is found under its domains, names and certificates.

use super::marks;
use crate::{failure::DeskError, ground::Ground};
use filing::{
    checks::{Checking, Fault, Filed, FoundHere, Hit, Known, Lookup, Product, Wanted, check, lookups},
    orders::{Form, Target},
    registry::State,
};
use jiff::Timestamp;
use rulebook::calendar::shanghai;
use store::{
    Tx, attachments, blacklist,
    orders::{self, Order},
    subjects::{self, Subject},
    verifications::Verification,
    websites::{self, Website},
};

/// Other orders that are looked at for one domain, name or certificate: one that is not finished is enough.
const MOST_ORDERS: i64 = 50;
/// Websites of a subject that are counted: a province's rules ask for a few dozen at most.
const MOST_COUNTED: i64 = 500;

/// An order with what is filled in, as it is checked.
pub(super) struct Knowing<'a> {
    pub(super) ground: &'a Ground,
    pub(super) order: &'a Order,
    pub(super) form: &'a Form,
    pub(super) now: Timestamp,
}

impl Knowing<'_> {
    /// Everything that the checks find. `proved` is what was proved for each website, where that was tested.
    pub(super) async fn faults(
        &self,
        tx: &mut Tx<'_>,
        proved: Option<&[Option<Verification>]>,
    ) -> Result<Vec<Fault>, DeskError> {
        let known = Known {
            target: self.target(tx).await?,
            products: proved.map(|all| all.iter().map(|one| one.as_ref().map(product)).collect()),
            hits: Some(self.hits(tx).await?),
            pictures: Some(self.pictures(tx).await?),
            ..Known::default()
        };
        let today = shanghai(self.now).date();
        Ok(check(Checking { kind: self.order.kind, form: self.form, known: &known, today }))
    }

    /// What is filed under the number that the order starts from.
    async fn target(&self, tx: &mut Tx<'_>) -> Result<Option<Option<Filed>>, DeskError> {
        let number = self.form.target.as_ref().and_then(|target| target.number.as_deref());
        let Some(number) = number else { return Ok(None) };
        Ok(match self.order.kind.needs().target {
            Target::Nothing => None,
            Target::Subject => {
                let found = subjects::by_number(tx, number).await?;
                let found = found.filter(|subject| subject.account == self.order.account);
                Some(match found {
                    Some(subject) => Some(filed(tx, &subject, None).await?),
                    None => None,
                })
            }
            Target::Website => Some(match self.website(tx, number).await? {
                Some((subject, website)) => Some(filed(tx, &subject, Some(&website)).await?),
                None => None,
            }),
        })
    }

    async fn website(&self, tx: &mut Tx<'_>, number: &str) -> Result<Option<(Subject, Website)>, DeskError> {
        let Some(website) = websites::by_number(tx, number).await? else { return Ok(None) };
        let subject = subjects::by_id(tx, website.subject).await?;
        let subject = subject.filter(|subject| subject.account == self.order.account);
        Ok(subject.map(|subject| (subject, website)))
    }

    async fn hits(&self, tx: &mut Tx<'_>) -> Result<Vec<Hit>, DeskError> {
        let mut hits = Vec::new();
        for Lookup { path, wanted } in lookups(self.order.kind, self.form) {
            let (kind, mark) = marks::of(self.ground, &wanted);
            let mut note = |found| hits.push(Hit { path: path.clone(), found });
            if blacklist::find(tx, kind, &mark).await?.is_some() {
                note(FoundHere::Blacklisted);
            }
            match self.filed_here(tx, &wanted, kind, &mark).await? {
                Some(true) => note(FoundHere::FiledByOneself),
                Some(false) => note(FoundHere::FiledByAnother),
                None => {}
            }
            let others = orders::marked(tx, kind, &mark, MOST_ORDERS).await?;
            let unfinished =
                |other: &orders::Marked| other.order != self.order.id && other.state.holds_products();
            // Names are not unique: two websites may be called alike, two orders of one subject name the same.
            let matters = matches!(wanted, Wanted::Domain(_));
            if matters && others.iter().any(unfinished) {
                note(FoundHere::InAnotherOrder);
            }
        }
        Ok(hits)
    }

    /// Whether something is filed here already, and then whether by the same account.
    async fn filed_here(
        &self,
        tx: &mut Tx<'_>,
        wanted: &Wanted,
        kind: &'static str,
        mark: &[u8],
    ) -> Result<Option<bool>, DeskError> {
        let found = match wanted {
            Wanted::Domain(domain) => match websites::by_domain(tx, domain).await? {
                Some(website) => subjects::by_id(tx, website.subject).await?,
                None => None,
            },
            Wanted::Certificate { .. } => {
                let marked = subjects::marked(tx, kind, mark, MOST_ORDERS).await?;
                marked.into_iter().find(|subject| subject.state == State::Active)
            }
            Wanted::SubjectName(_) | Wanted::WebsiteName(_) => None,
        };
        Ok(found.map(|subject| subject.account == self.order.account))
    }

    async fn pictures(&self, tx: &mut Tx<'_>) -> Result<Vec<String>, DeskError> {
        let pictures = attachments::of_order(tx, self.order.id).await?;
        Ok(pictures.into_iter().map(|picture| picture.id.to_string()).collect())
    }
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
        nature: u16::try_from(subject.nature).unwrap_or_default(),
        region: u32::try_from(subject.region).unwrap_or_default(),
        cancelled: state.is_final(),
        domains,
        hosted_here: website.is_some_and(|website| website.state == State::Active),
        websites: all.iter().filter(|website| !website.state.is_final()).count(),
    })
}

fn product(verification: &Verification) -> Product {
    let addresses = verification.addresses.split(' ');
    Product { addresses: addresses.filter_map(|address| address.parse().ok()).collect() }
}
