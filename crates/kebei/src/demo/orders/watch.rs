//! What threatens the numbers of the demo: a website has moved and shows no number, its product ends soon, another's domain does, and
//! what is filed of a subject is untrue.

use super::{
    COMPANY_SITE, NUMBER, WEBSITE,
    making::{Making, instance},
};
use crate::demo::SetBack;
use anyhow::{Context, Result};
use app::{
    Actor, Desk, IdempotencyKey,
    registry::{RecordDomainTerm, RecordUntrue},
    watch::{Asking, Outside, Reading},
};
use filing::registry::Answer;
use jiff::{SignedDuration, Span, civil::Date};
use rulebook::calendar::shanghai;
use std::net::IpAddr;

/// How many hours before the demo rounds were made: so many agree that what they saw counts.
const ROUNDS: [i64; 5] = [30, 24, 18, 12, 6];
/// Where the websites that have moved are now: an address for documentation.
const ELSEWHERE: [u8; 4] = [203, 0, 113, 80];
/// Days until something ends.
const SOON: i64 = 12;

/// What is outside, made up: everything has moved, and no page shows a number.
struct MadeUp;

impl Outside for MadeUp {
    fn domain<'a>(&'a self, _: &'a [String]) -> Asking<'a> {
        Box::pin(async { vec![Answer::Leads(vec![ELSEWHERE.into()]); 2] })
    }

    fn is_own(&self, _: IpAddr) -> bool {
        false
    }

    fn page<'a>(&'a self, _: &'a str, _: &'a [String]) -> Reading<'a> {
        Box::pin(async { Some("云杉科技的产品与服务".repeat(40).into_bytes()) })
    }
}

/// Makes the rounds of the days before.
pub(super) async fn rounds(desk: &Desk, clock: &SetBack) -> Result<()> {
    for hours in ROUNDS {
        clock.come_to(SignedDuration::from_hours(hours));
        pass(desk).await?;
    }
    Ok(())
}

async fn pass(desk: &Desk) -> Result<()> {
    while desk.watch_numbers(&MadeUp).await?.next.is_none() {}
    Ok(())
}

impl Making<'_> {
    /// What the operator recorded, and what is known of products, as the last round finds it.
    pub(super) async fn watched(&self) -> Result<()> {
        let soon = self.day(SOON)?;
        let website = self.desk.own_number(&self.asker, WEBSITE.0).await?.context("the website is filed")?;
        let domain = website.short.domains.into_iter().next().context("it has a domain")?;
        let (by, number) = (Actor::Account(self.asker.clone()), WEBSITE.0.to_owned());
        let term = RecordDomainTerm { by, number, domain, expires_on: soon };
        self.desk.record_domain_term(term, None).await?;
        let untrue = RecordUntrue {
            operator: self.operator.clone(),
            number: NUMBER.to_owned(),
            what: "主体负责人的手机号码已停机。".to_owned(),
            mend_by: soon,
        };
        self.desk.record_untrue(untrue, IdempotencyKey::parse("set-up-untrue")?).await?;
        let company = self.desk.own_number(&self.asker, COMPANY_SITE.0).await?.context("it is filed")?;
        let hosts = company.accesses.into_iter().find_map(|access| access.instance);
        let mut facts = instance(&hosts.context("it is hosted")?, self.now);
        facts.expires_at = Some(self.now.checked_add(SignedDuration::from_hours(24 * SOON))?);
        self.desk.record_instance(facts).await?;
        pass(self.desk).await
    }

    fn day(&self, days: i64) -> Result<Date> {
        Ok(shanghai(self.now).date().checked_add(Span::new().days(days))?)
    }
}
