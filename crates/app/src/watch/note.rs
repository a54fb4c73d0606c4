//! What a round saw of a website and what threatens it now, in one transaction with the warnings that are due.

use super::{
    look::Seen,
    risks::{DOMAIN, PAGE, Streaks, addresses, day, of_subject, of_website, today},
    warning::Warning,
};
use crate::{
    chance::Draw,
    deed::Setting,
    failure::{DeskError, Failed},
    orders::moment,
    registry::Numbered,
};
use filing::registry::{Fault, Kept, Risk, Sight, Streak, WatchRule};
use std::{collections::BTreeSet, net::IpAddr, sync::Arc};
use store::{
    Tx, Unit, WebsiteId, accounts,
    jobs::{self, NewJob},
    leases::{self, Held},
    number_risks::{self, NumberRisk},
    subjects,
    watch_streaks::WatchStreak,
    websites,
};

/// Writes it down.
pub(super) struct Note {
    pub(super) setting: Setting,
    pub(super) lease: Held,
    pub(super) website: WebsiteId,
    pub(super) seen: Arc<Seen>,
    pub(super) rule: WatchRule,
    /// From which ids are drawn: how many there are is known only then.
    pub(super) drawn: [u8; 32],
}

impl Unit for Note {
    /// How many warnings that came to.
    type Output = usize;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<usize, Self::Error> {
        leases::holds(tx, &self.lease).await?;
        self.setting.ground.check(tx).await?;
        let Some(website) = websites::by_id(tx, self.website).await? else { return Ok(0) };
        let subject = subjects::by_id(tx, website.subject).await?;
        let Some(subject) = subject.filter(|_| !website.state.is_final()) else { return Ok(0) };
        let streaks = self.streaks(tx).await?;
        let Setting { ground, now, .. } = &self.setting;
        let found = Numbered { subject, website: Some(website) };
        let mut draw = Draw::of(self.drawn);
        let risks = of_website(tx, ground, &self.rule, &found, &streaks, *now).await?;
        let mut told = self.keep(tx, &found, found.number(), risks, &mut draw).await?;
        let risks = of_subject(tx, &self.rule, &found, *now).await?;
        told += self.keep(tx, &found, &found.subject.number, risks, &mut draw).await?;
        Ok(told)
    }
}

impl Note {
    /// Goes on with the streaks of a website by what was seen.
    async fn streaks(&self, tx: &mut Tx<'_>) -> Result<Streaks, DeskError> {
        let mut streaks = Streaks::of(tx, self.website).await?;
        let names = websites::domains(tx, self.website).await?;
        for (domain, seen) in &self.seen.domains {
            // It may be another's since it was looked at.
            let seen = if names.contains(domain) { seen.clone() } else { Sight::Well };
            let before = streaks.domains.remove(domain);
            let after = self.goes_on(tx, DOMAIN, domain, before, seen).await?;
            streaks.domains.extend(after.map(|after| (domain.clone(), after)));
        }
        let before = streaks.page.take();
        streaks.page = self.goes_on(tx, PAGE, "", before, self.seen.page.clone()).await?;
        Ok(streaks)
    }

    async fn goes_on(
        &self,
        tx: &mut Tx<'_>,
        kind: &str,
        what: &str,
        before: Option<Streak>,
        seen: Sight,
    ) -> Result<Option<Streak>, DeskError> {
        let after = Streak::after(before.clone(), seen, self.setting.now);
        if after != before {
            let row = |streak: &Streak| self.row(kind, what, streak);
            match (&after, &before) {
                (Some(after), _) => tx.together(&[row(after).setting()]).await?,
                (None, Some(before)) => tx.together(&[row(before).ending()]).await?,
                (None, None) => Vec::new(),
            };
        }
        Ok(after)
    }

    fn row(&self, kind: &str, what: &str, streak: &Streak) -> WatchStreak {
        let seen = match &streak.fault {
            Fault::Elsewhere(seen) => words(seen),
            Fault::Gone | Fault::NotShown => String::new(),
        };
        WatchStreak {
            website: self.website,
            kind: kind.to_owned(),
            what: what.to_owned(),
            fault: streak.fault.word().to_owned(),
            seen,
            rounds: streak.rounds.into(),
            since_at: streak.since.as_microsecond(),
            last_at: streak.last.as_microsecond(),
        }
    }

    /// Keeps what threatens a number, and warns of it where that is due.
    async fn keep(
        &self,
        tx: &mut Tx<'_>,
        found: &Numbered,
        number: &str,
        risks: Vec<Risk>,
        draw: &mut Draw,
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
            let (after, warns) = self.kept(number, &risk, before.as_ref(), draw);
            if before.as_ref() != Some(&after) {
                tx.together(&[after.write().setting()]).await?;
            }
            if warns {
                self.warn(tx, found, number, &risk, &after, draw).await?;
                told += 1;
            }
        }
        let over: Vec<_> = known.iter().map(NumberRisk::forgetting).collect();
        tx.together(&over).await?;
        Ok(told)
    }

    /// A risk as it is kept now, and whether its owner is warned of it.
    fn kept(
        &self,
        number: &str,
        risk: &Risk,
        before: Option<&NumberRisk>,
        draw: &mut Draw,
    ) -> (NumberRisk, bool) {
        let now = self.setting.now;
        let noticed = before.map_or(now, |before| moment(before.noticed_at));
        let Kept { word, what, day, seen } = risk.kept(today(noticed));
        let weight = risk.weight(&self.rule, today(now));
        let told = before.and_then(|before| before.told);
        let warns = self.rule.tells(weight, told.map(|(at, weight)| (moment(at), weight)), now);
        let row = NumberRisk {
            id: before.map_or_else(|| draw.id(now), |before| before.id),
            number: number.to_owned(),
            risk: word,
            what,
            day: day.to_string(),
            seen: words(&seen),
            weight,
            noticed_at: noticed.as_microsecond(),
            told: if warns { Some((now.as_microsecond(), weight)) } else { told },
        };
        (row, warns)
    }

    /// An event in the outbox.
    async fn warn(
        &self,
        tx: &mut Tx<'_>,
        found: &Numbered,
        number: &str,
        risk: &Risk,
        row: &NumberRisk,
        draw: &mut Draw,
    ) -> Result<(), DeskError> {
        let account = accounts::by_id(tx, found.subject.account).await?;
        let next = risk.next(&self.rule);
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
            id: draw.id(self.setting.now),
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
fn words(addresses: &[IpAddr]) -> String {
    addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// A risk as it was kept; `None` where it is of a kind that a newer program wrote.
pub(super) fn risk_of(row: &NumberRisk) -> Result<Option<Risk>, DeskError> {
    let id = WebsiteId::new(row.id.uuid());
    let (word, what, seen) = (row.risk.clone(), row.what.clone(), addresses(&row.seen).unwrap_or_default());
    Ok(Risk::of(Kept { word, what, day: day(id, &row.day)?, seen }))
}
