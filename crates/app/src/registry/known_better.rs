//! Whether the desk knows better than the reason that somebody gives for an end: nothing ends for what is not so.

use super::{ends::NumberFault, numbered::Numbered};
use crate::{
    failure::{Damage, DeskError},
    orders::moment,
    watch::{hosting, mend_by, today},
};
use filing::registry::{Event, Reason, Risk, State};
use jiff::{Span, Timestamp, civil::Date};
use store::{
    Tx, WebsiteId, domain_terms,
    number_risks::{self, NumberRisk},
    websites,
};

/// Days that lie at least between the first warning and the end of an access.
pub const WARNED_DAYS: i64 = 3;

/// Why it does not end for that reason, as far as the desk can know.
pub(super) async fn contradiction(
    tx: &mut Tx<'_>,
    found: &Numbered,
    (event, reason): (Event, Reason),
    now: Timestamp,
) -> Result<Option<NumberFault>, DeskError> {
    match (reason, &found.website) {
        (Reason::InformationUntrue, _) => not_mended(tx, found, today(now)).await,
        (Reason::InstanceExpired | Reason::InstanceReleased, Some(website)) => {
            runs(tx, website.id, now).await
        }
        (Reason::ByNewDomainHolder, Some(website)) => held(tx, website.id, today(now)).await,
        (Reason::AccessDroppedTooLong, None) if event == Event::Cancel => hosted_here(tx, found).await,
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
    let own = mend_by(tx, row, found.number()).await?.map(|day| (day, found.number()));
    let number = &*found.subject.number;
    let subjects = mend_by(tx, row, number).await?.map(|day| (day, number));
    let Some((day, number)) = own.into_iter().chain(subjects).min() else {
        return Ok(Some(NumberFault::NothingUntrue));
    };
    if day >= today {
        return Ok(Some(NumberFault::Mendable(day)));
    }
    let Some(warned) = warned_of(tx, number, &day.to_string()).await? else {
        return Ok(Some(NumberFault::NotWarned));
    };
    let noticed = self::today(moment(warned.noticed_at));
    let late = noticed.saturating_add(Span::new().days(WARNED_DAYS));
    Ok((noticed > day && late >= today).then_some(NumberFault::Mendable(late)))
}

/// The warning that its owner got of what is to be mended under a number by a day, where he got one.
pub(super) async fn warned_of(
    tx: &mut Tx<'_>,
    number: &str,
    mend_by: &str,
) -> Result<Option<NumberRisk>, DeskError> {
    let known = number_risks::of_number(tx, number).await?;
    let untrue = Risk::Untrue { mend_by: Date::ZERO, hosted: true }.word();
    let is_that = |row: &NumberRisk| row.risk == untrue && row.day == mend_by && row.told.is_some();
    Ok(known.into_iter().find(is_that))
}

/// A website is hosted on no instance whose term ended or that was given back, as long as it is hosted on one that runs.
async fn runs(tx: &mut Tx<'_>, website: WebsiteId, now: Timestamp) -> Result<Option<NumberFault>, DeskError> {
    let hosts = hosting(tx, website).await?;
    let mut hosted = hosts.iter().filter_map(|host| host.hosted(None, now));
    let running = hosted.find(|host| host.gone_at.is_none() && host.expires_at.is_none_or(|end| end > now));
    Ok(running.map(|host| NumberFault::Runs { instance: host.instance.to_owned(), until: host.expires_at }))
}

/// Nobody else holds a domain whose registration has not ended. One of which no day is known may have.
async fn held(tx: &mut Tx<'_>, website: WebsiteId, today: Date) -> Result<Option<NumberFault>, DeskError> {
    let terms = domain_terms::of_website(tx, website).await?;
    let domains = websites::domains(tx, website).await?;
    let mut held = None;
    for domain in domains {
        let Some(term) = terms.iter().find(|term| term.domain == domain) else { return Ok(None) };
        let until: Date = term
            .expires_on
            .parse()
            .map_err(|_| Damage::Sealed { row: website.uuid(), fault: "a day is none".to_owned() })?;
        if until < today {
            return Ok(None);
        }
        held = Some(NumberFault::Held { domain, until });
    }
    Ok(held)
}

/// A subject is cancelled as one that is hosted nowhere only where that is so.
async fn hosted_here(tx: &mut Tx<'_>, found: &Numbered) -> Result<Option<NumberFault>, DeskError> {
    let all = found.siblings(tx).await?;
    let hosted = all.into_iter().filter(|website| website.state == State::Active);
    let hosted: Vec<_> = hosted.map(|website| website.number).collect();
    Ok((!hosted.is_empty()).then_some(NumberFault::HostedHere(hosted)))
}
