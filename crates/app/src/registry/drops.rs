//! The desk drops accesses by itself whose instances are no more: some days after the end, and never before its owner was
//! warned. A number is never cancelled by it.

use super::{
    drop_access::word,
    ends::{Ending, NumberFault},
    numbered::Numbered,
    turning::Turning,
    writing::Writing,
};
use crate::{
    Actor, Desk, Failure,
    clock::following,
    deed::{Setting, decided},
    failure::{DeskError, Failed},
    ledger_entry::{entry, ours, row, theirs},
    orders::moment,
    watch::{Behind, Hosting, hosting, today},
};
use filing::registry::{Event, Reason, Risk, State, WARNED_DAYS, WatchRule, Watched, Weight, Who, risks};
use jiff::{SignedDuration, Span, Timestamp, civil::Date};
use ledger::Entry;
use serde::Serialize;
use store::{
    RiskId, Tx, Unit, entries,
    number_risks::{self, NumberRisk},
    websites::Website,
};
use uuid::Uuid;

/// Risks that are read at a time.
const AT_ONCE: i64 = 100;
/// What may be dropped for, by its words.
const ENDED: [&str; 2] = ["instance-released", "instance-expired"];

/// An access that the desk ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// The number of the website.
    pub number: String,
    /// The instance, as its seller names it.
    pub instance: String,
    /// [`Event::DropAccess`] where that was its last access, else [`Event::EndAccess`]; the kind of the entry says it.
    #[serde(skip)]
    pub event: Event,
    /// Why.
    #[serde(serialize_with = "word")]
    pub reason: Reason,
}

/// Why an access fell due, as the entry of its end says it: the configuration may be another by the time that somebody asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Due {
    /// The instance, as its seller names it.
    instance: String,
    /// On which day the instance ended, or was gone.
    ended_on: Date,
    /// Since when its owner was warned.
    warned_at: Timestamp,
    /// Days after the end in which accesses stay, as they were configured.
    drop_days: i32,
    /// Days that lie at least between the warning and the end of the access.
    warned_days: i32,
}

/// An access that is to end.
struct Falling<'h> {
    host: &'h Hosting,
    event: Event,
    reason: Reason,
    due: Due,
}

impl Desk {
    /// Drops the accesses whose instances are no more for long enough. Each is asked about again in the transaction that drops it, so
    /// that any number of processes may do it at once.
    pub async fn drop_ended_accesses(&self) -> Result<Vec<Dropped>, DeskError> {
        let mut all = Vec::new();
        let Some(days) = self.watch_rule().drop_days else { return Ok(all) };
        // What ended later is not due: days as texts are in their order.
        let last_day = today(self.now()).saturating_sub(Span::new().days(days)).to_string();
        for risk in ENDED {
            let mut after: Behind = (String::new(), RiskId::new(Uuid::nil()));
            loop {
                let behind = after.clone();
                let found = self.read::<_, DeskError>(|_| Ok(Page { risk, after: behind.clone() })).await?;
                let Some(last) = found.last() else { break };
                after = (last.day.clone(), last.id);
                let is_over = after.0 > last_day;
                for one in found.into_iter().filter(|one| one.day <= last_day) {
                    all.extend(self.drop_one(one).await?);
                }
                if is_over {
                    break;
                }
            }
        }
        Ok(all)
    }

    async fn drop_one(&self, risk: NumberRisk) -> Result<Option<Dropped>, DeskError> {
        let now = self.now();
        if !is_warned(&risk, now) {
            return Ok(None);
        }
        let (entry, rule) = (self.chance().draw().id(now), self.watch_rule());
        let done = self.write::<_, Failure<NumberFault>>(|ground| {
            let setting = Setting { ground, now, entry, unsure: false };
            Ok(DropOne { setting, rule, risk: risk.clone() })
        });
        match done.await {
            Ok(dropped) => Ok(dropped),
            Err(Failure::Desk(error @ DeskError::Damaged(_))) => {
                tracing::error!(event = "numbers.not_dropped", number = risk.number, %error);
                Ok(None)
            }
            Err(Failure::Desk(error)) => Err(error),
            // Somebody else ended it meanwhile.
            Err(Failure::Because(_) | Failure::KeyUsed) => Ok(None),
        }
    }
}

/// Whether its owner was warned long enough ago.
fn is_warned(risk: &NumberRisk, now: Timestamp) -> bool {
    let waited = SignedDuration::from_hours(24 * i64::from(WARNED_DAYS));
    let is_over = |warned| now.duration_since(moment(warned)) >= waited;
    risk.told.is_some_and(|(_, weight)| weight == Weight::Urgent) && risk.warned_at.is_some_and(is_over)
}

struct Page {
    risk: &'static str,
    after: Behind,
}

impl Unit for Page {
    type Output = Vec<NumberRisk>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        Ok(number_risks::by_day(tx, Some(self.risk), &self.after, AT_ONCE).await?)
    }
}

struct DropOne {
    setting: Setting,
    rule: WatchRule,
    risk: NumberRisk,
}

type Failing = Failed<Failure<NumberFault>>;

impl Unit for DropOne {
    type Output = Option<Dropped>;
    type Error = Failing;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<Dropped>, Failing> {
        self.setting.ground.check(tx).await?;
        let known = number_risks::of_number(tx, &self.risk.number).await?;
        let still = known.iter().find(|row| row.id == self.risk.id && is_warned(row, self.setting.now));
        let Some(warned_at) = still.and_then(|row| row.warned_at).map(moment) else { return Ok(None) };
        let Some(found) = Numbered::find(tx, &self.risk.number).await? else { return Ok(None) };
        let Some(website) = found.website.clone().filter(|website| website.state == State::Active) else {
            return Ok(None);
        };
        let hosts = hosting(tx, website.id).await?;
        let Some(falling) = self.due(&hosts, warned_at) else { return Ok(None) };
        let Falling { event, reason, .. } = falling;
        let dropped =
            Dropped { number: website.number.clone(), instance: self.risk.what.clone(), event, reason };
        if event == Event::DropAccess {
            let (setting, actor, who) = (&self.setting, &Actor::Kebei, Who::Desk);
            let kind = "number.access-dropped";
            let due = Some(&falling.due);
            Ending { setting, actor, who, event, reason, kind, due }.end(tx, found).await?;
        } else {
            self.ends(tx, &found, website, &falling, &dropped).await?;
        }
        Ok(Some(dropped))
    }
}

impl DropOne {
    /// The access that is to end, as everything is known now.
    fn due<'h>(&self, hosts: &'h [Hosting], warned_at: Timestamp) -> Option<Falling<'h>> {
        let (now, drop_days) = (self.setting.now, self.rule.drop_days?);
        hosts.iter().find_map(|host| {
            let hosted = host.hosted(None, now).filter(|hosted| hosted.instance == self.risk.what)?;
            let watched = Watched {
                state: State::Active,
                bare: false,
                hosted: &[hosted],
                dropped_at: None,
                domains: &[],
                mend_by: None,
                page: None,
                rule: &self.rule,
                now,
            };
            let risks = risks(&watched);
            let drops = |risk: &Risk| {
                let (event, reason) = self.rule.drops(risk, hosts.len(), today(now))?;
                let (instance, ended_on) = (self.risk.what.clone(), risk.day()?);
                let due = Due { instance, ended_on, warned_at, drop_days, warned_days: WARNED_DAYS };
                Some(Falling { host, event, reason, due })
            };
            risks.iter().find_map(drops)
        })
    }

    /// One of several accesses ends.
    async fn ends(
        &self,
        tx: &mut Tx<'_>,
        found: &Numbered,
        website: Website,
        falling: &Falling<'_>,
        dropped: &Dropped,
    ) -> Result<(), Failing> {
        let Setting { now, entry: id, .. } = &self.setting;
        let actor = &Actor::Kebei;
        let reason = Some(dropped.reason);
        let turning = Turning { who: Who::Desk, reason, actor, order: None, edition: None, entry: *id };
        let ids = vec![
            theirs("number", &website.number),
            ours("subject", found.subject.id.uuid()),
            ours("website", website.id.uuid()),
            ours("access", falling.host.access.id.uuid()),
        ];
        let mut writing = Writing::default();
        let ended = writing.ends_one(&turning, website, &falling.host.access);
        ended.map_err(|illegal| Failed::Because(Failure::Because(NumberFault::Illegal(illegal))))?;
        let at = following(*now, writing.followed())?.as_microsecond();
        writing.write(tx, &turning, at).await?;
        let entry = Entry {
            ids,
            decided: Some(decided(dropped, &falling.due, Vec::new())?),
            ..entry(at, actor, "number.access-ended")
        };
        tx.together(&[entries::adding(&row(*id, &entry)?)]).await?;
        Ok(())
    }
}
