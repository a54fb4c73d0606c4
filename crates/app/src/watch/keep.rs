//! What threatens a number is kept, with a warning in the outbox where one is due.

use super::{
    risks::{Streaks, addresses, day, of_subject, of_website, today},
    warning::Warning,
};
use crate::{chance::Draw, deed::Setting, failure::DeskError, orders::moment, registry::Numbered};
use filing::registry::{Kept, Risk, WatchRule};
use serde::Serialize;
use std::{collections::BTreeSet, net::IpAddr};
use store::{
    AccountId, Tx, WebsiteId, accounts,
    jobs::{self, NewJob},
    number_risks::{self, NumberRisk},
};

/// What is asked of the desk by a deed that changes what threatens a number: it keeps that at once, as this desk watches, and does not leave
/// it to the next round.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Telling<A> {
    pub(crate) ask: A,
    #[serde(skip)]
    pub(crate) rule: WatchRule,
}

impl Keeping<'_> {
    /// Keeps what threatens a number by what is known of it now. What of that cannot be read is left to the next round, which says so: what
    /// was recorded is recorded all the same.
    pub(crate) async fn keep_now(mut self, tx: &mut Tx<'_>, found: &Numbered) -> Result<(), DeskError> {
        let (number, account) = (found.number(), found.subject.account);
        let risks = match self.risks(tx, found).await {
            Err(error @ DeskError::Damaged(_)) => {
                tracing::error!(event = "watch.not_noted", number, %error);
                return Ok(());
            }
            risks => risks?,
        };
        self.keep(tx, account, number, risks).await?;
        Ok(())
    }

    async fn risks(&self, tx: &mut Tx<'_>, found: &Numbered) -> Result<Vec<Risk>, DeskError> {
        let Setting { ground, now, .. } = self.setting;
        let Some(website) = &found.website else {
            return of_subject(tx, self.rule, &found.subject, *now).await;
        };
        let streaks = Streaks::of(tx, website.id).await?;
        of_website(tx, ground, self.rule, found, &streaks, *now).await
    }
}

/// By what it is kept and told.
pub(crate) struct Keeping<'a> {
    pub(crate) setting: &'a Setting,
    pub(crate) rule: &'a WatchRule,
    pub(crate) draw: Draw,
    /// Whether owners are warned now. Who says something of his own number is not told what he said; the next round warns him.
    pub(crate) warns: bool,
}

impl Keeping<'_> {
    /// Keeps what threatens a number of that account, and warns of it where that is due. Tells how many warnings it came to.
    pub(super) async fn keep(
        &mut self,
        tx: &mut Tx<'_>,
        account: AccountId,
        number: &str,
        risks: Vec<Risk>,
    ) -> Result<usize, DeskError> {
        let mut known = number_risks::of_number(tx, number).await?;
        let (mut kept, mut told) = (BTreeSet::new(), 0);
        for risk in risks {
            let key = (risk.word(), risk.what().unwrap_or_default().to_owned());
            // Two accesses may be on one instance.
            if !kept.insert(key.clone()) {
                continue;
            }
            let at = known.iter().position(|row| (row.risk.as_str(), &row.what) == (key.0, &key.1));
            let before = at.map(|at| known.swap_remove(at));
            let (after, warns) = self.kept(number, &risk, before.as_ref());
            if before.as_ref() != Some(&after) {
                tx.together(&[after.write().setting()]).await?;
            }
            if warns {
                self.warn(tx, account, number, &risk, &after).await?;
                told += 1;
            }
        }
        let over: Vec<_> = known.iter().map(NumberRisk::forgetting).collect();
        tx.together(&over).await?;
        Ok(told)
    }

    /// A risk as it is kept now, and whether its owner is warned of it.
    fn kept(&mut self, number: &str, risk: &Risk, before: Option<&NumberRisk>) -> (NumberRisk, bool) {
        let now = self.setting.now;
        let noticed = before.map_or(now, |before| moment(before.noticed_at));
        let Kept { word, what, day, seen } = risk.kept(today(noticed));
        let weight = risk.weight(self.rule, today(now));
        // Of another day by which it is to be mended he was told nothing.
        let of_that_day = |before: &&NumberRisk| before.day == day.to_string();
        let is_told = |before: &&NumberRisk| !matches!(risk, Risk::Untrue { .. }) || of_that_day(before);
        let told = before.filter(is_told).and_then(|before| before.told);
        let warned_at = before.filter(of_that_day).and_then(|before| before.warned_at);
        let warns = self.warns && self.rule.tells(weight, told.map(|(at, weight)| (moment(at), weight)), now);
        let row = NumberRisk {
            id: before.map_or_else(|| self.draw.id(now), |before| before.id),
            number: number.to_owned(),
            risk: word,
            what,
            day: day.to_string(),
            seen: words(&seen),
            weight,
            noticed_at: noticed.as_microsecond(),
            told: if warns { Some((now.as_microsecond(), weight)) } else { told },
            warned_at: warned_at.or_else(|| warns.then(|| now.as_microsecond())),
        };
        (row, warns)
    }

    /// An event in the outbox.
    async fn warn(
        &mut self,
        tx: &mut Tx<'_>,
        account: AccountId,
        number: &str,
        risk: &Risk,
        row: &NumberRisk,
    ) -> Result<(), DeskError> {
        let account = accounts::by_id(tx, account).await?;
        let next = risk.next(self.rule, today(row.warned_at.map_or(self.setting.now, moment)));
        let warning = Warning {
            number: number.to_owned(),
            account: account.map(|account| account.name),
            risk: risk.word().to_owned(),
            day: row.day.clone(),
            weight: row.weight.word().to_owned(),
            next: next.what.word().to_owned(),
            on: next.on.map(|on| on.to_string()),
        };
        let now = self.setting.now.as_microsecond();
        let job = NewJob {
            id: self.draw.id(self.setting.now),
            kind: super::AT_RISK.to_owned(),
            payload: serde_json::to_vec(&warning).map_err(|error| DeskError::unwritable(&error))?,
            // What was told is kept with the risk, in the same transaction.
            dedupe: None,
            due_at: now,
            made_at: now,
        };
        tx.together(&[jobs::adding(&job)]).await?;
        Ok(())
    }
}

/// Addresses as rows have them.
pub(super) fn words(addresses: &[IpAddr]) -> String {
    addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// A risk as it was kept, of a number that is `hosted` here or not; `None` where it is of a kind that a newer program wrote.
pub(crate) fn risk_of(row: &NumberRisk, hosted: bool) -> Result<Option<Risk>, DeskError> {
    let id = WebsiteId::new(row.id.uuid());
    let (word, what, seen) = (row.risk.clone(), row.what.clone(), addresses(&row.seen).unwrap_or_default());
    Ok(Risk::of(Kept { word, what, day: day(id, &row.day)?, seen }, hosted))
}
