//! Whether a website that is hosted here no more is hosted by another provider, as its owner or an operator says: nothing tells the desk by
//! itself. As long as it is, nothing of being hosted nowhere threatens its number.

use super::{ends::NumberFault, numbered::Numbered, turning::Turning, untrue::ids, writing::Writing};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{DeskError, Failed},
    ledger_entry::{entry, row},
    watch::{Keeping, Telling},
};
use filing::registry::{Event, Machine, Who};
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{
    Tx, entries,
    numbers::{self, NumberStep},
};

/// Whether a website is hosted by another provider.
#[derive(Clone, Debug, Serialize)]
pub struct RecordElsewhere {
    /// Who says so: an account for a number of its own, an operator for any.
    pub by: Actor,
    /// The number of the website, which is `access-dropped` here.
    pub number: String,
    /// Whether another provider hosts it now; that one files the access (接入备案).
    pub hosted: bool,
}

/// Why nothing is recorded. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ElsewhereFault {
    /// The number is none, or it is another account's, which is never said; or it is not one to which that happens.
    #[error(transparent)]
    Number(#[from] NumberFault),
    /// It is recorded so already.
    #[error("it is recorded so already")]
    Already,
}

/// It was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElsewhereRecorded {
    /// The number of the website.
    pub number: String,
    /// Whether another provider hosts it.
    pub hosted: bool,
}

impl Desk {
    /// Records that another provider hosts a website now, or does no more.
    pub async fn record_elsewhere(
        &self,
        ask: RecordElsewhere,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<ElsewhereRecorded>, Failure<ElsewhereFault>> {
        let rule = self.watch_rule();
        self.once(key, Telling { ask, rule }).await
    }
}

impl Deed for Telling<RecordElsewhere> {
    const WORD: &'static str = "record-elsewhere";
    /// From what ids of risks are drawn.
    type Ready = [u8; 32];
    type Answer = ElsewhereRecorded;
    type Fault = ElsewhereFault;

    fn actor(&self) -> Actor {
        self.ask.by.clone()
    }

    fn prepare(&self, _: &Setting, draw: &mut Draw) -> Result<[u8; 32], DeskError> {
        Ok(draw.bytes())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, drawn: &[u8; 32]) -> Done<Self> {
        let ask = &self.ask;
        setting.ground.check(tx).await?;
        let found = Numbered::find(tx, &ask.number).await?.filter(|found| found.is_spoken_of_by(&ask.by));
        let found = found.ok_or_else(|| because(NumberFault::Unknown))?;
        let (ids, number) = (ids(&found), found.number().to_owned());
        let turning = Turning {
            who: ask.who(),
            reason: None,
            actor: &ask.by,
            order: None,
            edition: None,
            entry: setting.entry,
        };
        let event = if ask.hosted { Event::HostElsewhere } else { Event::LeaveElsewhere };
        let mut writing = Writing::default();
        match found.website {
            Some(website) => writing.turns_website(&turning, website, event).map_err(illegal)?,
            None => {
                turning.turn(Machine::Subject, found.subject.state, event).map_err(illegal)?;
            }
        }
        if is_elsewhere(&numbers::of_number(tx, &number).await?) == ask.hosted {
            return Err(Failed::Because(Failure::Because(ElsewhereFault::Already)));
        }
        let at = following(setting.now, writing.followed())?.as_microsecond();
        let recorded = ElsewhereRecorded { number, hosted: ask.hosted };
        writing.write(tx, &turning, at).await?;
        let kind = if ask.hosted { "number.hosted-elsewhere" } else { "number.left-elsewhere" };
        let entry =
            Entry { ids, decided: Some(decided(&recorded, &(), Vec::new())?), ..entry(at, &ask.by, kind) };
        tx.together(&[entries::adding(&row(setting.entry, &entry)?)]).await?;
        if let Some(found) = Numbered::find(tx, &recorded.number).await? {
            let keeping = Keeping { setting, rule: &self.rule, draw: Draw::of(*drawn), warns: false };
            keeping.keep_now(tx, &found).await?;
        }
        Ok(recorded)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

impl RecordElsewhere {
    const fn who(&self) -> Who {
        match self.by {
            Actor::Account(_) => Who::Owner,
            Actor::Staff(_) | Actor::Partner(_) | Actor::Kebei => Who::Operator,
        }
    }
}

/// Since when a website that is not hosted here is hosted nowhere, in microseconds since 1970; `None` where another provider hosts it, as
/// somebody said. `steps` are what happened to its number, oldest first: a change or a correction leaves it where it is, and begins nothing
/// anew.
pub(crate) fn nowhere_since(steps: &[NumberStep]) -> Option<i64> {
    let moves = [Event::DropAccess, Event::ImportDropped, Event::HostElsewhere, Event::LeaveElsewhere];
    let last = steps.iter().rev().find(|step| moves.contains(&step.event))?;
    (last.event != Event::HostElsewhere).then_some(last.at)
}

/// Whether another provider hosts it, as somebody said.
fn is_elsewhere(steps: &[NumberStep]) -> bool {
    !steps.is_empty() && nowhere_since(steps).is_none()
}

fn illegal(illegal: filing::registry::Illegal) -> Failed<Failure<ElsewhereFault>> {
    because(NumberFault::Illegal(illegal))
}

fn because(fault: NumberFault) -> Failed<Failure<ElsewhereFault>> {
    Failed::Because(Failure::Because(fault.into()))
}
