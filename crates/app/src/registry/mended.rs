//! An operator records that what was untrue is mended.

use super::untrue::{UntrueFault, because, changed_at, ids, living};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{DeskError, Failed},
    ledger_entry::{entry, row},
    watch::{Keeping, Telling},
};
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{Tx, entries, untrue};

/// What was untrue under a number is mended.
#[derive(Clone, Debug, Serialize)]
pub struct RecordMended {
    /// Who records it.
    pub operator: Operator,
    /// The number.
    pub number: String,
}

/// It was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mended {
    /// The number.
    pub number: String,
    /// By which day it was to be mended.
    pub mend_by: String,
}

impl Desk {
    /// Records that what was untrue under a number is mended, and that it threatens the number no more.
    pub async fn record_mended(
        &self,
        ask: RecordMended,
        key: IdempotencyKey,
    ) -> Result<Told<Mended>, Failure<UntrueFault>> {
        let rule = self.watch_rule();
        self.once(Some(key), Telling { ask, rule }).await
    }
}

impl Deed for Telling<RecordMended> {
    const WORD: &'static str = "record-mended";
    /// From what ids of warnings are drawn.
    type Ready = [u8; 32];
    type Answer = Mended;
    type Fault = UntrueFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.ask.operator.clone())
    }

    fn prepare(&self, _: &Setting, draw: &mut Draw) -> Result<[u8; 32], DeskError> {
        Ok(draw.bytes())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, drawn: &[u8; 32]) -> Done<Self> {
        setting.ground.check(tx).await?;
        let found = living(tx, &self.ask.number).await?;
        let open = untrue::open(tx, found.number()).await?.ok_or_else(|| because(UntrueFault::Nothing))?;
        let at = following(setting.now, [changed_at(&found), open.recorded_at])?.as_microsecond();
        let mended = Mended { number: found.number().to_owned(), mend_by: open.mend_by };
        let entry = Entry {
            ids: ids(&found),
            decided: Some(decided(&mended, &(), Vec::new())?),
            ..entry(at, &self.actor(), "number.mended")
        };
        let mending = untrue::mending(&open.id, &at, &setting.entry);
        tx.together(&[mending, entries::adding(&row(setting.entry, &entry)?)]).await?;
        let keeping = Keeping { setting, rule: &self.rule, draw: Draw::of(*drawn), warns: true };
        keeping.keep_now(tx, &found).await?;
        Ok(mended)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}
