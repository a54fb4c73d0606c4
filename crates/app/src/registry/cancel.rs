//! An operator records that a number was cancelled where no order asked for it: its owner asked the bureau itself, the new holder of the
//! domain did, or the bureau found it hosted nowhere for too long. Nothing restores it.

use super::{
    drop_access::word,
    ends::{Ended, Ending, NumberFault, because, found},
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    codes::damaged,
    deed::{Deed, Done, Setting, asked},
    failure::{DeskError, Failed},
};
use filing::{
    checks::confirms,
    registry::{Event, Reason, Who},
};
use ledger::EntryRef;
use serde::Serialize;
use store::Tx;

/// A number was cancelled.
#[derive(Clone, Debug, Serialize)]
pub struct CancelNumber {
    /// Who records it.
    pub operator: Operator,
    /// The number, of a subject or a website.
    pub number: String,
    /// Why. What an authority demands is decided by two people instead.
    #[serde(serialize_with = "word")]
    pub reason: Reason,
    /// The digits of the number, to say that it is meant.
    pub confirmation: String,
}

impl Desk {
    /// Cancels a number for ever, with all websites of the subject where it is a subject's.
    pub async fn cancel_number(
        &self,
        ask: CancelNumber,
        key: IdempotencyKey,
    ) -> Result<Told<Ended>, Failure<NumberFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for CancelNumber {
    const WORD: &'static str = "cancel-number";
    type Ready = ();
    type Answer = Ended;
    type Fault = NumberFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.operator.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        setting.ground.check(tx).await?;
        let found = found(tx, &self.number).await?;
        if !confirms(&self.confirmation, found.number()) {
            return Err(because(NumberFault::NotConfirmed { number: found.number().to_owned() }));
        }
        let ending = Ending {
            setting,
            actor: &self.actor(),
            who: Who::Operator,
            event: Event::Cancel,
            reason: self.reason,
            kind: "number.cancelled",
            due: None,
        };
        ending.end(tx, found).await
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}
