//! A number as it is watched, and what threatens it.

use super::Risk;
use crate::registry::{Fault, State, Streak, WatchRule};
use jiff::{Timestamp, civil::Date};
use rulebook::calendar::shanghai;

/// Days before its end in which a product or a domain is a risk: time enough to renew it, or to move the website.
pub const ENDING_DAYS: i32 = 30;
/// Days before its end in which that is urgent.
pub const URGENT_DAYS: i32 = 7;

/// A number as it is watched.
#[derive(Clone, Copy, Debug)]
pub struct Watched<'a> {
    /// Where it stands.
    pub state: State,
    /// Whether it is a subject's of whose websites none is hosted here.
    pub bare: bool,
    /// The instances on which its website is hosted now, where they are known.
    pub hosted: &'a [Hosted<'a>],
    /// Since when its website is hosted nowhere; `None` where it is hosted by another provider, as somebody said.
    pub dropped_at: Option<Timestamp>,
    /// Its domains.
    pub domains: &'a [Domain<'a>],
    /// By which day what is filed under it is to be mended, where it was found untrue.
    pub mend_by: Option<Date>,
    /// What rounds saw of the foot of its home page, where they agree.
    pub page: Option<&'a Streak>,
    /// From when on what rounds saw counts.
    pub rule: &'a WatchRule,
    /// Now.
    pub now: Timestamp,
}

/// An instance on which a website is hosted.
#[derive(Clone, Copy, Debug)]
pub struct Hosted<'a> {
    /// The instance, as its seller names it.
    pub instance: &'a str,
    /// Since when it is gone.
    pub gone_at: Option<Timestamp>,
    /// When its term ends; `None` where that is not known.
    pub expires_at: Option<Timestamp>,
    /// Whether it no longer meets the rules in force, its term aside.
    pub unfit: bool,
}

/// A domain of a website.
#[derive(Clone, Copy, Debug)]
pub struct Domain<'a> {
    /// The domain.
    pub domain: &'a str,
    /// The last day of its registration; `None` where nobody said.
    pub expires_on: Option<Date>,
    /// What rounds saw of where it leads, where they agree that something is wrong.
    pub streak: Option<&'a Streak>,
}

/// Everything that threatens a number, what is worst first.
pub fn risks(watched: &Watched<'_>) -> Vec<Risk> {
    if watched.state.is_final() {
        return Vec::new();
    }
    let nowhere = watched.dropped_at.filter(|_| watched.state == State::AccessDropped);
    let nowhere = nowhere.map(|since| Risk::HostedNowhere { since: day(since) });
    let untrue = watched.mend_by.map(|mend_by| Risk::Untrue { mend_by, hosted: watched.is_hosted() });
    // A website that is hosted elsewhere leads there, and its foot is not ours to look at.
    let page = watched.page.filter(|page| watched.is_hosted() && page.counts(watched.rule, watched.now));
    let page = page.filter(|page| page.fault == Fault::NotShown);
    let page = page.map(|page| Risk::NumberNotShown { since: day(page.since) });
    let hosts = watched.hosted.iter().filter_map(|one| one.risk(watched.now));
    let domains = watched.domains.iter().flat_map(|one| [one.term(watched.now), one.leads(watched)]);
    let mut all: Vec<_> =
        nowhere.into_iter().chain(untrue).chain(page).chain(hosts).chain(domains.flatten()).collect();
    Risk::worst_first(&mut all);
    all
}

impl Watched<'_> {
    fn is_hosted(&self) -> bool {
        self.state == State::Active && !self.bare
    }
}

impl Hosted<'_> {
    fn risk(&self, now: Timestamp) -> Option<Risk> {
        let instance = self.instance.to_owned();
        if let Some(gone) = self.gone_at {
            return Some(Risk::Released { instance, since: day(gone) });
        }
        let term = self.expires_at.and_then(|end| {
            let instance = instance.clone();
            if end <= now {
                Some(Risk::Expired { instance, since: day(end) })
            } else {
                is_soon(now, day(end)).then_some(Risk::Ending { instance, on: day(end) })
            }
        });
        term.or_else(|| self.unfit.then_some(Risk::Unfit { instance }))
    }
}

impl Domain<'_> {
    fn term(&self, now: Timestamp) -> Option<Risk> {
        let (domain, on) = (self.domain.to_owned(), self.expires_on?);
        if on < day(now) {
            return Some(Risk::DomainEnded { domain, on });
        }
        is_soon(now, on).then_some(Risk::DomainEnding { domain, on })
    }

    fn leads(&self, watched: &Watched<'_>) -> Option<Risk> {
        let streak = self.streak.filter(|streak| streak.counts(watched.rule, watched.now))?;
        let (domain, since) = (self.domain.to_owned(), day(streak.since));
        match &streak.fault {
            Fault::Gone => Some(Risk::DomainGone { domain, since }),
            Fault::Elsewhere(seen) if watched.is_hosted() => {
                Some(Risk::PointsElsewhere { domain, since, seen: seen.clone() })
            }
            Fault::Elsewhere(_) | Fault::NotShown => None,
        }
    }
}

fn is_soon(now: Timestamp, on: Date) -> bool {
    day(now).until(on).is_ok_and(|left| left.get_days() <= ENDING_DAYS)
}

fn day(at: Timestamp) -> Date {
    shanghai(at).date()
}
