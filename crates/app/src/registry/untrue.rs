//! An operator records that what is filed was found untrue, inaccurate or missing, and by which day it is to be mended. It ends nothing:
//! that the access is dropped once the day has passed is recorded by somebody of the staff.

use super::{ends::NumberFault, numbered::Numbered};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{DeskError, Failed},
    ground::Ground,
    ledger_entry::{entry, ours, row, theirs},
    personal::Vault,
    watch::{Keeping, Telling, today},
};
use jiff::{Span, civil::Date};
use keys::Place;
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{
    Tx, UntrueId, entries,
    subjects::Subject,
    untrue::{self, Untrue},
};

/// Characters in which it is said what is untrue.
pub const LONGEST_UNTRUE: usize = 500;

/// Days from the day on which something is found untrue to the last on which it can be mended, at most: a later one is a slip of the
/// keyboard.
pub const MOST_DAYS_TO_MEND: i64 = 180;

/// What is filed under a number was found untrue.
#[derive(Clone, Debug, Serialize)]
pub struct RecordUntrue {
    /// Who records it.
    pub operator: Operator,
    /// The number, of a subject or a website.
    pub number: String,
    /// What is untrue. It may name people: it is sealed, and told to its owner, and to whoever of the staff may read what is personal.
    pub what: String,
    /// The last day on which it can be mended.
    pub mend_by: Date,
}

/// Why nothing is recorded. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UntrueFault {
    /// The number is none, or not one to which that happens.
    #[error(transparent)]
    Number(#[from] NumberFault),
    /// The number is cancelled: nothing is filed under it any more.
    #[error("the number is cancelled")]
    Cancelled,
    /// What was personal about the subject was erased, and with it the key under which this would be kept.
    #[error("what was personal about the subject was erased")]
    Erased,
    /// It is not said in a few words what is untrue.
    #[error("what is untrue is said in 1 to {LONGEST_UNTRUE} characters")]
    What,
    /// The day has passed.
    #[error("`{0}` has passed")]
    Passed(Date),
    /// The day is too far away.
    #[error("the last day can be `{0}`")]
    TooFar(Date),
    /// Something else is to be mended under that number.
    #[error("something is to be mended by `{0}` already")]
    Already(String),
    /// Nothing is to be mended under that number.
    #[error("nothing is to be mended")]
    Nothing,
}

/// It was recorded. What is untrue is in none of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UntrueRecorded {
    /// The number.
    pub number: String,
    /// The last day on which it can be mended.
    pub mend_by: Date,
}

impl Desk {
    /// Records that what is filed under a number is untrue, and by which day it is to be mended. Its owner is warned in the same transaction,
    /// so that no access ends for what he was not told.
    pub async fn record_untrue(
        &self,
        ask: RecordUntrue,
        key: IdempotencyKey,
    ) -> Result<Told<UntrueRecorded>, Failure<UntrueFault>> {
        let rule = self.watch_rule();
        self.once(Some(key), Telling { ask, rule }).await
    }
}

/// Its id, what it is sealed with, and from what ids of warnings are drawn.
pub(crate) struct Fresh {
    id: UntrueId,
    seed: [u8; 32],
    drawn: [u8; 32],
}

impl Deed for Telling<RecordUntrue> {
    const WORD: &'static str = "record-untrue";
    type Ready = Fresh;
    type Answer = UntrueRecorded;
    type Fault = UntrueFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.ask.operator.clone())
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<Fresh, DeskError> {
        Ok(Fresh { id: draw.id(setting.now), seed: draw.bytes(), drawn: draw.bytes() })
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, fresh: &Fresh) -> Done<Self> {
        setting.ground.check(tx).await?;
        let ask = &self.ask;
        ask.may_be_said(today(setting.now)).map_err(because)?;
        let found = living(tx, &ask.number).await?;
        let number = found.number().to_owned();
        if let Some(open) = untrue::open(tx, &number).await? {
            return Err(because(UntrueFault::Already(open.mend_by)));
        }
        let vault = Vault::find(tx, &setting.ground, found.subject.subject_key).await?.vault();
        let vault = vault.ok_or_else(|| because(UntrueFault::Erased))?;
        let at = following(setting.now, [changed_at(&found)])?.as_microsecond();
        let untrue = Untrue {
            id: fresh.id,
            number: number.clone(),
            subject: found.subject.id,
            sealed: vault.seal_json(place(fresh.id.as_bytes()), &ask.what, &mut Draw::of(fresh.seed))?,
            mend_by: ask.mend_by.to_string(),
            recorded_at: at,
            entry: setting.entry,
            mended: None,
        };
        let recorded = UntrueRecorded { number, mend_by: ask.mend_by };
        let entry = Entry {
            ids: ids(&found),
            decided: Some(decided(&recorded, &(), Vec::new())?),
            commitments: vec![("what".into(), vault.commitment("what", &ask.what)?)],
            ..entry(at, &self.actor(), "number.untrue")
        };
        tx.together(&[untrue.adding(), entries::adding(&row(setting.entry, &entry)?)]).await?;
        let keeping = Keeping { setting, rule: &self.rule, draw: Draw::of(fresh.drawn), warns: true };
        keeping.keep_now(tx, &found).await?;
        Ok(recorded)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

impl RecordUntrue {
    fn may_be_said(&self, today: Date) -> Result<(), UntrueFault> {
        let said = self.what.trim();
        if said.is_empty() || said.chars().count() > LONGEST_UNTRUE {
            return Err(UntrueFault::What);
        }
        let last = today.saturating_add(Span::new().days(MOST_DAYS_TO_MEND));
        if self.mend_by < today {
            Err(UntrueFault::Passed(self.mend_by))
        } else if self.mend_by > last {
            Err(UntrueFault::TooFar(last))
        } else {
            Ok(())
        }
    }
}

/// What has that number and is not cancelled.
pub(super) async fn living(tx: &mut Tx<'_>, number: &str) -> Result<Numbered, Failing> {
    let found = Numbered::find(tx, number).await?;
    let found = found.ok_or_else(|| because(UntrueFault::Number(NumberFault::Unknown)))?;
    if found.state().is_final() { Err(because(UntrueFault::Cancelled)) } else { Ok(found) }
}

/// When what has a number last changed, in microseconds since 1970.
pub(super) fn changed_at(found: &Numbered) -> i64 {
    found.website.as_ref().map_or(found.subject.changed_at, |website| website.changed_at)
}

/// What entries of the ledger name of a number.
pub(super) fn ids(found: &Numbered) -> Vec<(std::borrow::Cow<'static, str>, ledger::Id)> {
    let website = found.website.as_ref().map(|website| ours("website", website.id.uuid()));
    let number = [theirs("number", found.number()), ours("subject", found.subject.id.uuid())];
    number.into_iter().chain(website).collect()
}

fn place(row: &[u8; 16]) -> Place<'_> {
    Place { table: "untrue_information", column: "sealed", row }
}

/// What is untrue, in clear; `None` once it was erased.
pub(super) async fn untrue_text(
    tx: &mut Tx<'_>,
    ground: &Ground,
    subject: &Subject,
    open: &Untrue,
) -> Result<Option<String>, DeskError> {
    let Some(vault) = Vault::find(tx, ground, subject.subject_key).await?.vault() else { return Ok(None) };
    vault.open_json(place(open.id.as_bytes()), &open.sealed).map(Some)
}

pub(super) type Failing = Failed<Failure<UntrueFault>>;

pub(super) fn because(fault: UntrueFault) -> Failing {
    Failed::Because(Failure::Because(fault))
}
