//! What the desk knows of what is filled in for an order, for the checks: what is filed under its number, what its products prove, what
//! is found under its domains, names and certificates.

use super::{
    addresses,
    beside::beside,
    changes::changes,
    marks,
    target::{Start, websites_of},
};
use crate::{failure::DeskError, ground::Ground};
use filing::{
    checks::{Checking, Fault, FoundHere, Hit, Known, Lookup, Product, Wanted, check, lookups},
    orders::{Form, Kind, Part},
};
use jiff::Timestamp;
use rulebook::calendar::shanghai;
use store::{
    Tx, attachments, blacklist,
    orders::Order,
    subjects::{self, Subject},
    verifications::Verification,
    websites,
};

/// An order with what is filled in, as it is checked.
pub(super) struct Knowing<'a> {
    pub(super) ground: &'a Ground,
    pub(super) order: &'a Order,
    pub(super) form: &'a Form,
    /// What a reviewer gave back and nobody touched.
    pub(super) unmended: Vec<String>,
    pub(super) now: Timestamp,
}

impl Knowing<'_> {
    /// Everything that the checks find. `proved` is what was proved for each website, where that was tested.
    pub(super) async fn faults(
        &self,
        tx: &mut Tx<'_>,
        proved: Option<&[Option<Verification>]>,
    ) -> Result<Vec<Fault>, DeskError> {
        // Boxed: saving a part checks it, and the future of that is deep as it is.
        let start = Box::pin(Start::of(tx, self.order, self.form)).await?;
        let known = Known {
            target: (!matches!(start, Start::Nothing)).then(|| start.filed().cloned()),
            of_another_account: matches!(start, Start::OfAnother),
            websites: websites_of(tx, self.order, self.form, &start).await?,
            products: proved.map(|all| all.iter().map(|one| one.as_ref().map(product)).collect()),
            hits: Some(self.hits(tx, &start).await?),
            unmended: self.unmended.clone(),
            unchanged: changes(tx, self.ground, self.order, self.form)
                .await?
                .is_some_and(|all| all.is_empty()),
            pictures: Some(self.pictures(tx).await?),
            ..Known::default()
        };
        let today = shanghai(self.now).date();
        Ok(check(Checking { kind: self.order.kind, form: self.form, known: &known, today }))
    }

    async fn hits(&self, tx: &mut Tx<'_>, start: &Start) -> Result<Vec<Hit>, DeskError> {
        let mut hits = Vec::new();
        // Whoever is listed may end what he has filed, and nothing else.
        if start.is_listed() && !self.order.kind.needs().has(Part::Cancellation) {
            hits.push(Hit { path: "target.number".to_owned(), found: FoundHere::Blacklisted });
        }
        for Lookup { path, wanted } in lookups(self.order.kind, self.form) {
            let (kind, mark) = marks::of(self.ground, &wanted);
            let mut note = |found| hits.push(Hit { path: path.clone(), found });
            if blacklist::find(tx, kind, &mark).await?.is_some() {
                note(FoundHere::Blacklisted);
            }
            match self.filed_here(tx, &wanted, (kind, &mark), start).await? {
                Some(true) => note(FoundHere::FiledByOneself),
                Some(false) => note(FoundHere::FiledByAnother),
                None => {}
            }
        }
        for other in beside(tx, self.ground, self.order, self.form).await? {
            let hit = other.against.map(|found| Hit { path: other.path, found });
            hits.extend(hit.filter(|hit| !hits.contains(hit)));
        }
        Ok(hits)
    }

    /// Whether something is filed here already, and then whether by the same account. What the order itself writes anew is left out.
    async fn filed_here(
        &self,
        tx: &mut Tx<'_>,
        wanted: &Wanted,
        (kind, mark): (&'static str, &[u8]),
        start: &Start,
    ) -> Result<Option<bool>, DeskError> {
        let found = match wanted {
            Wanted::Domain(domain) => match websites::by_domain(tx, domain).await? {
                Some(website) if !self.changes(&website.number) => {
                    subjects::by_id(tx, website.subject).await?.into_iter().collect()
                }
                _ => Vec::new(),
            },
            Wanted::Certificate { .. } | Wanted::SubjectName(_) => {
                let mut marked = subjects::marked(tx, kind, mark).await?;
                marked.retain(|subject| !subject.state.is_final() && !start.is_about(subject));
                marked
            }
            Wanted::WebsiteName(_) => subjects::with_website_named(tx, mark).await?,
        };
        let is_own = |subject: &Subject| subject.account == self.order.account;
        Ok((!found.is_empty()).then(|| found.iter().all(is_own)))
    }

    /// Whether the order changes the website with that number, so that it gives up the domains that it has.
    fn changes(&self, number: &str) -> bool {
        let mut named = self.form.websites.iter().filter_map(|site| site.number.as_deref());
        self.order.kind == Kind::Change && named.any(|named| named == number)
    }

    async fn pictures(&self, tx: &mut Tx<'_>) -> Result<Vec<String>, DeskError> {
        let pictures = attachments::of_order(tx, self.order.id).await?;
        Ok(pictures.into_iter().map(|picture| picture.id.to_string()).collect())
    }
}

fn product(verification: &Verification) -> Product {
    Product { addresses: addresses::of(verification) }
}
