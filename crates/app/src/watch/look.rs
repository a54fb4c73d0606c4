//! A round: websites are looked at a few at a time, in passes through all of them, by one process at a time.

use super::{
    note::Note,
    outside::Outside,
    risks::{Hosting, addresses, hosting},
};
use crate::{
    Desk,
    deed::Setting,
    failure::{DeskError, Failed},
    ground::Ground,
    orders::moment,
    registry::filed,
};
use filing::{
    checks::Host,
    registry::{Fault, Sight, State, foot, sight},
};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use std::{net::IpAddr, sync::Arc};
use store::{
    Tx, Unit, WebsiteId,
    leases::{self, Held},
    subjects,
    watch_passes::{self, Pass},
    websites::{self, Website},
};
use uuid::Uuid;

/// Between the beginnings of two passes: four rounds a day, so that three of them agree within a day.
const EVERY: SignedDuration = SignedDuration::from_hours(6);
/// Websites that are looked at at the same time: most of it is waiting for others.
const AT_ONCE: i64 = 16;
/// How long one process has the rounds for itself: more than the slowest resolvers and pages take.
const LEASE: SignedDuration = SignedDuration::from_mins(10);
/// Domains of one website that are asked for at the same time, and altogether in one round.
const DOMAINS_AT_ONCE: usize = 8;
const MOST_DOMAINS: usize = 100;
/// The name of the lease and of the passes.
const NAME: &str = "watch.numbers";

/// What a piece of a round came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// How many websites were looked at.
    pub looked: usize,
    /// How many warnings went into the outbox.
    pub told: usize,
    /// When to look again; `None`: at once.
    pub next: Option<Timestamp>,
}

/// Where a website is looked for.
#[derive(Debug)]
struct Target {
    website: WebsiteId,
    number: String,
    /// Its domains, where they should lead to us.
    domains: Vec<String>,
    /// The addresses on which it is hosted, and was when its products were verified.
    ours: Vec<IpAddr>,
    home_page: Option<String>,
}

/// What a round saw of a website: of each of its domains, and of its home page.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) domains: Vec<(String, Sight)>,
    pub(super) page: Sight,
}

impl Desk {
    /// Looks at some websites, where a pass is due and no other process does it. What threatens each is known afterwards.
    pub async fn watch_numbers(&self, outside: &dyn Outside) -> Result<Round, DeskError> {
        let now = self.now();
        let last = self.read::<_, DeskError>(|_| Ok(FindPass)).await?;
        let (pass, due) = going_on(last, now);
        if due > now {
            return Ok(Round { next: Some(due), ..Round::default() });
        }
        let holder = self.chance().draw().id::<()>(now).to_string();
        let until = now.saturating_add(LEASE).unwrap_or(Timestamp::MAX);
        let lease =
            self.write::<_, DeskError>(|_| Ok(Acquire { holder: holder.clone(), now, until })).await?;
        let Some(lease) = lease else { return Ok(Round { next: Some(until), ..Round::default() }) };
        let looked = self.look_at(outside, &lease, pass, now).await;
        let released = self.write::<_, DeskError>(|_| Ok(Release(lease.clone()))).await;
        let round = looked?;
        released.map(|()| round)
    }

    async fn look_at(
        &self,
        outside: &dyn Outside,
        lease: &Held,
        pass: Pass,
        now: Timestamp,
    ) -> Result<Round, DeskError> {
        let behind = pass.behind;
        let targets = self.read::<_, DeskError>(|ground| Ok(Targets { ground, behind })).await?;
        let seen = join_all(targets.iter().map(|target| target.look(outside))).await;
        let mut round = Round { looked: targets.len(), ..Round::default() };
        let last = targets.last().map(|target| target.website);
        for (target, seen) in targets.into_iter().zip(seen) {
            round.told += self.note(lease, &target, Arc::new(seen), now).await?;
        }
        let ended_at = last.is_none().then_some(now.as_microsecond());
        let pass = Pass { behind: last.unwrap_or(behind), ended_at, ..pass };
        if last.is_none() {
            round.told += self.note_bare(lease, now).await?;
            round.next = Some(began(&pass).saturating_add(EVERY).unwrap_or(Timestamp::MAX));
        }
        self.write::<_, DeskError>(|_| Ok(Advance { lease: lease.clone(), pass: pass.clone() })).await?;
        Ok(round)
    }

    /// Writes down what was seen of a website, and how many warnings that came to. One that cannot be read must not keep all others
    /// waiting.
    async fn note(
        &self,
        lease: &Held,
        target: &Target,
        seen: Arc<Seen>,
        now: Timestamp,
    ) -> Result<usize, DeskError> {
        let entry = self.chance().draw().id(now);
        let rule = self.watch_rule();
        let drawn = self.chance().draw().bytes();
        let noted = self.write::<_, DeskError>(|ground| {
            let setting = Setting { ground, now, entry, unsure: false };
            let (lease, seen) = (lease.clone(), Arc::clone(&seen));
            Ok(Note { setting, lease, website: target.website, seen, rule, drawn })
        });
        match noted.await {
            Ok(told) => Ok(told),
            Err(error @ DeskError::Damaged(_)) => {
                let number = &target.number;
                tracing::error!(event = "watch.not_noted", number, %error);
                Ok(0)
            }
            Err(error) => Err(error),
        }
    }
}

impl Target {
    async fn look(&self, outside: &dyn Outside) -> Seen {
        let mut domains = Vec::new();
        for some in self.domains.chunks(DOMAINS_AT_ONCE) {
            domains.extend(join_all(some.iter().map(|domain| self.leads(outside, domain))).await);
        }
        let page = match &self.home_page {
            Some(page) => outside.page(page, &self.domains).await,
            None => None,
        };
        let page = page.map_or(Sight::Nothing, |page| foot(&page, &self.number));
        Seen { domains, page }
    }

    async fn leads(&self, outside: &dyn Outside, domain: &str) -> (String, Sight) {
        let names = names(domain, self.home_page.as_deref());
        let answers = outside.domain(&names).await;
        let seen = sight(&answers, |address| self.ours.contains(&address) || outside.is_own(address));
        // Where it is not known which addresses are ours, none is a stranger's.
        let knows = !self.ours.is_empty();
        let seen = match seen {
            Sight::Wrong(Fault::Elsewhere(_)) if !knows => Sight::Nothing,
            seen => seen,
        };
        (domain.to_owned(), seen)
    }
}

/// The names under which a domain is asked for: many a website is at its `www` alone, or where its home page is.
fn names(domain: &str, home_page: Option<&str>) -> Vec<String> {
    let mut names = vec![domain.to_owned(), format!("www.{domain}")];
    let host =
        home_page.and_then(|page| Host::of_page(page).ok()).filter(|host| host.registrable() == domain);
    names.extend(host.map(|host| host.name().to_owned()).filter(|name| !names.contains(name)));
    names
}

/// The pass that goes on, and when.
fn going_on(last: Option<Pass>, now: Timestamp) -> (Pass, Timestamp) {
    let first = Pass {
        name: NAME.to_owned(),
        began_at: now.as_microsecond(),
        behind: WebsiteId::new(Uuid::nil()),
        ended_at: None,
    };
    match last {
        None => (first, now),
        Some(last) if last.ended_at.is_none() => (last, now),
        Some(last) => (first, began(&last).saturating_add(EVERY).unwrap_or(Timestamp::MAX)),
    }
}

fn began(pass: &Pass) -> Timestamp {
    moment(pass.began_at)
}

struct FindPass;

impl Unit for FindPass {
    type Output = Option<Pass>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        Ok(watch_passes::by_name(tx, NAME).await?)
    }
}

struct Acquire {
    holder: String,
    now: Timestamp,
    until: Timestamp,
}

impl Unit for Acquire {
    type Output = Option<Held>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let (now, until) = (self.now.as_microsecond(), self.until.as_microsecond());
        Ok(leases::acquire(tx, NAME, &self.holder, now, until).await?)
    }
}

struct Release(Held);

impl Unit for Release {
    type Output = ();
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        // Whoever has it meanwhile keeps it.
        leases::release(tx, &self.0).await?;
        Ok(())
    }
}

struct Advance {
    lease: Held,
    pass: Pass,
}

impl Unit for Advance {
    type Output = ();
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        leases::holds(tx, &self.lease).await?;
        Ok(watch_passes::set(tx, &self.pass).await?)
    }
}

/// The next websites of a pass.
struct Targets {
    ground: Arc<Ground>,
    behind: WebsiteId,
}

impl Unit for Targets {
    type Output = Vec<Target>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let mut targets = Vec::new();
        for website in websites::living(tx, self.behind, AT_ONCE).await? {
            targets.push(self.target(tx, website).await?);
        }
        Ok(targets)
    }
}

impl Targets {
    async fn target(&self, tx: &mut Tx<'_>, website: Website) -> Result<Target, DeskError> {
        let (mut ours, mut home_page) = (Vec::new(), None);
        for host in self.hosting(tx, &website).await? {
            ours.extend(addresses(&host.access.addresses).unwrap_or_default());
            ours.extend(host.instance.and_then(|(facts, _)| facts.public_ips).unwrap_or_default());
        }
        if website.state == State::Active {
            home_page = self.home_page(tx, &website).await?;
        }
        let mut domains = websites::domains(tx, website.id).await?;
        domains.truncate(MOST_DOMAINS);
        Ok(Target { website: website.id, number: website.number, domains, ours, home_page })
    }

    /// Where it is hosted: what of that cannot be read must not keep all others waiting, and is told as its risks are written down.
    async fn hosting(&self, tx: &mut Tx<'_>, website: &Website) -> Result<Vec<Hosting>, DeskError> {
        match hosting(tx, website.id).await {
            Err(DeskError::Damaged(_)) => Ok(Vec::new()),
            hosts => hosts,
        }
    }

    /// What cannot be opened is told where it is shown; the watch goes on without.
    async fn home_page(&self, tx: &mut Tx<'_>, website: &Website) -> Result<Option<String>, DeskError> {
        let Some(subject) = subjects::by_id(tx, website.subject).await? else { return Ok(None) };
        match filed(tx, &self.ground, &subject, std::slice::from_ref(website)).await {
            Ok(form) => Ok(form.and_then(|form| form.websites.into_iter().next()?.home_page)),
            Err(DeskError::Damaged(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_domain_is_asked_for_by_itself_its_www_and_where_the_home_page_is() {
        let asked = |page| names("xn--fsqu00a.xn--fiqs8s", page);
        let both = ["xn--fsqu00a.xn--fiqs8s", "www.xn--fsqu00a.xn--fiqs8s"];
        let with_shop = [both[0], both[1], "shop.xn--fsqu00a.xn--fiqs8s"];
        for (page, expected) in [
            (None, &both[..]),
            (Some("https://shop.例子.中国/start?from=1"), &with_shop[..]),
            (Some("shop.例子.中国:8080"), &with_shop[..]),
            (Some("www.例子.中国"), &both[..]),
            (Some("shop.example.com"), &both[..]),
            (Some("ftp://shop.例子.中国"), &both[..]),
        ] {
            assert_eq!(asked(page), expected, "{page:?}");
        }
    }
}
