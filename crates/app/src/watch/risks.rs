//! What threatens a number, from everything that is known of it here.

use crate::{
    failure::{Damage, DeskError},
    ground::Ground,
    instances::facts_of,
    orders::moment,
    registry::{Numbered, nowhere_since},
};
use filing::registry::{Domain, Fault, Hosted, Risk, Streak, WatchRule, Watched, risks};
use jiff::{Timestamp, civil::Date};
use rulebook::{Code, Edition, Facts, calendar::shanghai, decide};
use std::{collections::BTreeMap, net::IpAddr};
use store::{
    Tx, WebsiteId,
    accesses::{self, Access},
    domain_terms, instances, numbers,
    subjects::Subject,
    untrue,
    watch_streaks::{self, WatchStreak},
    websites,
};

/// What rounds saw of a website, where they agree that something is wrong.
#[derive(Debug, Default)]
pub(crate) struct Streaks {
    /// Of the foot of its home page.
    pub(crate) page: Option<Streak>,
    /// Of where its domains lead.
    pub(crate) domains: BTreeMap<String, Streak>,
}

/// The kinds of streaks, as they are stored.
pub(super) const DOMAIN: &str = "domain";
pub(super) const PAGE: &str = "page";

impl Streaks {
    /// Those of a website.
    pub(crate) async fn of(tx: &mut Tx<'_>, website: WebsiteId) -> Result<Self, DeskError> {
        let mut found = Self::default();
        for row in watch_streaks::of_website(tx, website).await? {
            let streak = streak(&row)?;
            if row.kind == PAGE {
                found.page = Some(streak);
            } else {
                found.domains.insert(row.what, streak);
            }
        }
        Ok(found)
    }
}

fn streak(row: &WatchStreak) -> Result<Streak, DeskError> {
    let unlike = || damaged(row.website, "what rounds saw of it cannot be read");
    let seen = || addresses(&row.seen).ok_or_else(unlike);
    let fault = match row.fault.as_str() {
        "elsewhere" => Fault::Elsewhere(seen()?),
        "gone" => Fault::Gone,
        "not-shown" => Fault::NotShown,
        _ => return Err(unlike()),
    };
    let rounds = u32::try_from(row.rounds).map_err(|_| unlike())?;
    Ok(Streak { fault, rounds, since: moment(row.since_at), last: moment(row.last_at) })
}

/// Addresses as rows have them.
pub(super) fn addresses(text: &str) -> Option<Vec<IpAddr>> {
    text.split_whitespace().map(|address| address.parse().ok()).collect()
}

fn damaged(website: WebsiteId, fault: &str) -> DeskError {
    Damage::Sealed { row: website.uuid(), fault: fault.to_owned() }.into()
}

/// A day as rows have it.
pub(crate) fn day(website: WebsiteId, text: &str) -> Result<Date, DeskError> {
    text.parse().map_err(|_| damaged(website, "a day is none"))
}

/// The day on which it is now, where the desk is.
pub(crate) fn today(now: Timestamp) -> Date {
    shanghai(now).date()
}

/// A website that is hosted on an instance that is known.
#[derive(Debug)]
pub(crate) struct Hosting {
    pub(crate) access: Access,
    /// What is known of the instance; `None` where that is not known.
    pub(crate) instance: Option<(Facts, Option<Timestamp>)>,
}

impl Hosting {
    /// The instance as it is watched.
    pub(crate) fn hosted(&self, edition: Option<&Edition>, now: Timestamp) -> Option<Hosted<'_>> {
        let (facts, gone_at) = self.instance.as_ref()?;
        Some(Hosted {
            instance: &facts.id,
            gone_at: *gone_at,
            expires_at: facts.expires_at,
            unfit: edition.is_some_and(|edition| is_unfit(edition, facts, now)),
        })
    }
}

/// Where a website is hosted now.
pub(crate) async fn hosting(tx: &mut Tx<'_>, website: WebsiteId) -> Result<Vec<Hosting>, DeskError> {
    let mut all = Vec::new();
    for access in accesses::of_website(tx, website).await? {
        if access.ended.is_some() {
            continue;
        }
        let found = match access.instance {
            Some(id) => instances::by_id(tx, id).await?,
            None => None,
        };
        let instance = match found {
            Some(instance) => Some((facts_of(&instance)?, instance.gone_at.map(moment))),
            None => None,
        };
        all.push(Hosting { access, instance });
    }
    Ok(all)
}

/// What threatens a website; not what threatens its subject.
pub(crate) async fn of_website(
    tx: &mut Tx<'_>,
    ground: &Ground,
    rule: &WatchRule,
    found: &Numbered,
    streaks: &Streaks,
    now: Timestamp,
) -> Result<Vec<Risk>, DeskError> {
    let Some(website) = &found.website else { return Ok(Vec::new()) };
    let hosts = hosting(tx, website.id).await?;
    let edition = ground.rulebook.in_force(now).ok();
    let hosted: Vec<_> =
        hosts.iter().filter_map(|host| host.hosted(edition.map(AsRef::as_ref), now)).collect();
    let steps = numbers::of_number(tx, &website.number).await?;
    let dropped = nowhere_since(&steps);
    let mut terms = BTreeMap::new();
    for term in domain_terms::of_website(tx, website.id).await? {
        terms.insert(term.domain, day(website.id, &term.expires_on)?);
    }
    let names = websites::domains(tx, website.id).await?;
    let domains = names.iter().map(|name| Domain {
        domain: name,
        expires_on: terms.get(name).copied(),
        streak: streaks.domains.get(name),
    });
    let mend_by = mend_by(tx, website.id, &website.number).await?;
    Ok(risks(&Watched {
        state: website.state,
        bare: false,
        hosted: &hosted,
        dropped_at: dropped.map(moment),
        domains: &domains.collect::<Vec<_>>(),
        mend_by,
        page: streaks.page.as_ref(),
        rule,
        now,
    }))
}

/// What threatens a subject by itself.
pub(crate) async fn of_subject(
    tx: &mut Tx<'_>,
    rule: &WatchRule,
    subject: &Subject,
    now: Timestamp,
) -> Result<Vec<Risk>, DeskError> {
    let row = WebsiteId::new(subject.id.uuid());
    let mend_by = mend_by(tx, row, &subject.number).await?;
    if mend_by.is_none() {
        return Ok(Vec::new());
    }
    let bare = !Numbered { subject: subject.clone(), website: None }.is_hosted(tx).await?;
    let (state, hosted, domains) = (subject.state, &[], &[]);
    Ok(risks(&Watched { state, bare, hosted, dropped_at: None, domains, mend_by, page: None, rule, now }))
}

/// By which day what is untrue under a number is to be mended, where something is.
pub(crate) async fn mend_by(
    tx: &mut Tx<'_>,
    row: WebsiteId,
    number: &str,
) -> Result<Option<Date>, DeskError> {
    let open = untrue::open(tx, number).await?;
    open.map(|open| day(row, &open.mend_by)).transpose()
}

/// Whether an instance no longer meets the rules. How much of its term remains is watched by its end, and how often it was used is not
/// among its facts here.
fn is_unfit(edition: &Edition, facts: &Facts, now: Timestamp) -> bool {
    let decision = decide(edition, facts, now, facts.account.as_deref());
    decision.findings().any(|finding| finding.blocking && finding.code != Code::RemainingTermShort)
}
