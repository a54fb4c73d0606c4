//! Whether the desk knows better than the reason that somebody gives for an end: nothing ends for what is not so.

use super::{elsewhere::nowhere_since, ends::NumberFault, numbered::Numbered};
use crate::{
    failure::DeskError,
    orders::moment,
    watch::{day, hosting, mend_by, today},
};
use filing::registry::{Reason, Risk, State, WARNED_DAYS};
use jiff::{Span, Timestamp, civil::Date};
use rulebook::Billing;
use std::collections::BTreeSet;
use store::{Tx, WebsiteId, domain_terms, number_risks, numbers, websites};

/// Why it does not end for that reason, as far as the desk can know.
pub(super) async fn contradiction(
    tx: &mut Tx<'_>,
    found: &Numbered,
    reason: Reason,
    now: Timestamp,
) -> Result<Option<NumberFault>, DeskError> {
    match (reason, &found.website) {
        (Reason::InformationUntrue, _) => not_mended(tx, found, today(now)).await,
        (Reason::InstanceExpired | Reason::InstanceReleased, Some(website)) => {
            runs(tx, website.id, now).await
        }
        (Reason::ByNewDomainHolder, Some(website)) => held(tx, website.id, today(now)).await,
        (Reason::AccessDroppedTooLong, _) => hosted_somewhere(tx, found).await,
        _ => Ok(None),
    }
}

/// An access is dropped for what is untrue only where that is recorded, of the website or of its subject, its day has passed, and its
/// owner was warned of that day; of one of which he was warned late, some days later.
async fn not_mended(
    tx: &mut Tx<'_>,
    found: &Numbered,
    today: Date,
) -> Result<Option<NumberFault>, DeskError> {
    let row = WebsiteId::new(found.subject.id.uuid());
    let mut open = Vec::new();
    for number in BTreeSet::from([found.number(), &found.subject.number]) {
        open.extend(mend_by(tx, row, number).await?.map(|day| (day, number)));
    }
    open.sort_unstable();
    let mut first = None;
    for (day, number) in open {
        match still_mendable(tx, (day, number), today).await? {
            None => return Ok(None),
            fault => first = first.or(fault),
        }
    }
    Ok(first.or(Some(NumberFault::NothingUntrue)))
}

/// Why no access ends yet for what is to be mended under a number by a day.
async fn still_mendable(
    tx: &mut Tx<'_>,
    (day, number): (Date, &str),
    today: Date,
) -> Result<Option<NumberFault>, DeskError> {
    if day >= today {
        return Ok(Some(NumberFault::Mendable(day)));
    }
    let Some(warned) = warned_of(tx, number, &day.to_string()).await? else {
        return Ok(Some(NumberFault::NotWarned));
    };
    let warned = self::today(warned);
    let last = warned.saturating_add(Span::new().days(WARNED_DAYS));
    Ok((warned > day && last >= today).then_some(NumberFault::Mendable(last)))
}

/// When its owner was first warned of what is to be mended under a number by a day; `None` where he was not.
pub(super) async fn warned_of(
    tx: &mut Tx<'_>,
    number: &str,
    mend_by: &str,
) -> Result<Option<Timestamp>, DeskError> {
    let untrue = Risk::Untrue { mend_by: Date::ZERO, hosted: true }.word();
    let known = number_risks::of_number(tx, number).await?;
    let that = known.into_iter().find(|row| row.risk == untrue && row.day == mend_by);
    Ok(that.and_then(|row| row.warned_at).map(moment))
}

/// A website is hosted on no instance whose term ended or that was given back, as long as it is hosted on one that runs. Of one that is
/// paid for in advance and of whose end nothing is known, nobody knows.
async fn runs(tx: &mut Tx<'_>, website: WebsiteId, now: Timestamp) -> Result<Option<NumberFault>, DeskError> {
    let hosts = hosting(tx, website).await?;
    let mut known = hosts.into_iter().filter_map(|host| host.instance);
    let running = known.find(|(facts, gone_at)| {
        gone_at.is_none()
            && facts.expires_at.map_or(facts.billing == Some(Billing::PayAsYouGo), |end| end > now)
    });
    Ok(running.map(|(facts, _)| NumberFault::Runs { instance: facts.id, until: facts.expires_at }))
}

/// Nobody else holds a domain whose registration has not ended. One of which no day is known may have.
async fn held(tx: &mut Tx<'_>, website: WebsiteId, today: Date) -> Result<Option<NumberFault>, DeskError> {
    let terms = domain_terms::of_website(tx, website).await?;
    let mut held = None;
    for domain in websites::domains(tx, website).await? {
        let Some(term) = terms.iter().find(|term| term.domain == domain) else { return Ok(None) };
        let until = day(website, &term.expires_on)?;
        if until < today {
            return Ok(None);
        }
        held = Some(NumberFault::Held { domain, until });
    }
    Ok(held)
}

/// Nothing is cancelled as hosted nowhere that is hosted: a subject none of whose websites is hosted here or by another provider, as
/// somebody said; or a website that no other provider hosts. That it is not hosted here is in the table.
async fn hosted_somewhere(tx: &mut Tx<'_>, found: &Numbered) -> Result<Option<NumberFault>, DeskError> {
    let (mut here, mut elsewhere) = (Vec::new(), Vec::new());
    for website in found.concerned(tx).await? {
        if website.state == State::Active {
            here.push(website.number);
        } else if nowhere_since(&numbers::of_number(tx, &website.number).await?).is_none() {
            elsewhere.push(website.number);
        }
    }
    if !here.is_empty() {
        return Ok(Some(NumberFault::HostedHere(here)));
    }
    Ok((!elsewhere.is_empty()).then_some(NumberFault::HostedElsewhere(elsewhere)))
}
