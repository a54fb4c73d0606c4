//! May a website be served under a domain now, and why not: what the registry says of a domain.

use crate::{
    Desk,
    failure::{DeskError, Failed},
    ground::Ground,
    orders::mark_of,
};
use filing::{
    checks::{Wanted, registrable},
    registry::{NotServed, Serving, serving},
};
use std::sync::Arc;
use store::{Tx, Unit, blacklist, websites};

/// What the registry says of a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The registrable domain, as ASCII in lower case; `None` where the name has none.
    pub domain: Option<String>,
    /// The number of the website that has it.
    pub number: Option<String>,
    /// Whether a website may be served under it, and why not.
    pub serving: Serving,
}

impl Desk {
    /// Whether a website may be served under a name: its registrable domain is looked up, in either form of it.
    pub async fn may_serve(&self, name: &str) -> Result<Served, DeskError> {
        let Ok(domain) = registrable(name) else {
            return Ok(Served { domain: None, number: None, serving: Serving::MayNot(NotServed::NoDomain) });
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
        let found = websites::by_domain(tx, &self.domain).await?;
        let (kind, mark) = mark_of(&self.ground, &Wanted::Domain(self.domain.clone()));
        let listed = blacklist::find(tx, kind, &mark).await?.is_some();
        let serving = serving(found.as_ref().map(|website| website.state), listed);
        let number = found.map(|website| website.number);
        Ok(Served { domain: Some(self.domain.clone()), number, serving })
    }
}
