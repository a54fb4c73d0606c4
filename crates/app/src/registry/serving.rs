//! May a website be served under a domain now, and why not: what the registry says of a domain.

use crate::{
    Desk,
    failure::{DeskError, Failed},
    ground::Ground,
    orders::{mark_of, moment},
};
use filing::{
    checks::{Wanted, registrable},
    registry::{CancelledThen, NotServed, Serving, serving},
};
use jiff::Timestamp;
use std::sync::Arc;
use store::{
    Tx, Unit, WebsiteId, blacklist,
    numbers::{self, NumberStep},
    websites::{self, Domain, Website},
};

/// What the registry says of a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The registrable domain, as ASCII in lower case; `None` where the name has none.
    pub domain: Option<String>,
    /// The number of the website that has it, or of the one that was cancelled with it last.
    pub number: Option<String>,
    /// When that last changed.
    pub changed_at: Option<Timestamp>,
    /// When and why that was cancelled, where it was.
    pub cancelled: Option<CancelledThen>,
    /// Whether a website may be served under it, and why not.
    pub serving: Serving,
}

impl Desk {
    /// Whether a website may be served under a name: its registrable domain is looked up, in either form of it.
    pub async fn may_serve(&self, name: &str) -> Result<Served, DeskError> {
        let Ok(domain) = registrable(name) else {
            let serving = Serving::MayNot(NotServed::NoDomain);
            return Ok(Served { domain: None, number: None, changed_at: None, cancelled: None, serving });
        };
        self.read(|ground| Ok(Ask { ground, domain: domain.clone() })).await
    }
}

struct Ask {
    ground: Arc<Ground>,
    domain: String,
}

impl Unit for Ask {
    type Output = Served;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Served, Self::Error> {
        self.ground.check::<DeskError>(tx).await?;
        let found = last_with(tx, &self.ground, &self.domain).await?;
        let (kind, mark) = mark_of(&self.ground, &Wanted::Domain(self.domain.clone()));
        let listed = blacklist::find(tx, kind, &mark).await?.is_some();
        let serving = serving(found.as_ref().map(|website| website.state), listed);
        let cancelled = match &found {
            Some(website) if website.state.is_final() => cancelled(tx, &website.number).await?,
            _ => None,
        };
        let changed_at = found.as_ref().map(|website| moment(website.changed_at));
        let number = found.map(|website| website.number);
        Ok(Served { domain: Some(self.domain.clone()), number, changed_at, cancelled, serving })
    }
}

/// A domain of a website, in the form in which domains are compared, as it is found.
pub(super) fn named(ground: &Ground, domain: String, website: WebsiteId) -> Domain {
    let mark = mark_of(ground, &Wanted::Domain(domain.clone())).1;
    Domain { domain, mark, website }
}

/// The website that has a domain, or that had it last and is cancelled.
pub(crate) async fn last_with(
    tx: &mut Tx<'_>,
    ground: &Ground,
    domain: &str,
) -> Result<Option<Website>, DeskError> {
    if let Some(website) = websites::by_domain(tx, domain).await? {
        return Ok(Some(website));
    }
    let (_, mark) = mark_of(ground, &Wanted::Domain(domain.to_owned()));
    Ok(websites::cancelled_with(tx, &mark).await?)
}

/// When and why a number was cancelled.
async fn cancelled(tx: &mut Tx<'_>, number: &str) -> Result<Option<CancelledThen>, DeskError> {
    let steps = numbers::of_number(tx, number).await?;
    let ended = steps.into_iter().find(|step| step.state.is_final());
    let then = |step: NumberStep| CancelledThen {
        number: number.to_owned(),
        at: moment(step.at),
        reason: step.reason,
    };
    Ok(ended.map(then))
}
