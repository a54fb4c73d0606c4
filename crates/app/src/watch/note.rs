//! What a round saw of a website and what threatens it now, in one transaction with the warnings that are due.

use super::{
    keep::{Keeping, words},
    look::Seen,
    risks::{DOMAIN, PAGE, Streaks, of_subject, of_website},
};
use crate::{
    chance::Draw,
    deed::Setting,
    failure::{DeskError, Failed},
    registry::Numbered,
};
use filing::registry::{Fault, Sight, Streak, WatchRule};
use std::sync::Arc;
use store::{
    Tx, Unit, WebsiteId,
    leases::{self, Held},
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
        let account = found.subject.account;
        let mut keeping =
            Keeping { setting: &self.setting, rule: &self.rule, draw: Draw::of(self.drawn), warns: true };
        let risks = of_website(tx, ground, &self.rule, &found, &streaks, *now).await?;
        let told = keeping.keep(tx, account, found.number(), risks).await?;
        let risks = of_subject(tx, &self.rule, &found.subject, *now).await?;
        Ok(told + keeping.keep(tx, account, &found.subject.number, risks).await?)
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
}
