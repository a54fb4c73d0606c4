//! An operator records that a website is no longer hosted here. Its number stays, and may be hosted again.

use super::ends::{Ended, Ending, NumberFault, found};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    codes::damaged,
    deed::{Deed, Done, Setting, asked},
    failure::{DeskError, Failed},
};
use filing::registry::{Event, Reason, Who};
use ledger::EntryRef;
use serde::{Serialize, Serializer};
use store::Tx;

/// A website is no longer hosted here.
#[derive(Clone, Debug, Serialize)]
pub struct DropAccess {
    /// Who records it.
    pub operator: Operator,
    /// The number of the website, `浙ICP备12345678号-1`.
    pub number: String,
    /// Why.
    #[serde(serialize_with = "word")]
    pub reason: Reason,
}

impl Desk {
    /// Ends all accesses of a website, whose number is `access-dropped` from then on. For what is untrue it does so only where that is
    /// recorded and its day has passed.
    pub async fn drop_access(
        &self,
        ask: DropAccess,
        key: IdempotencyKey,
    ) -> Result<Told<Ended>, Failure<NumberFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for DropAccess {
    const WORD: &'static str = "drop-access";
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
        let ending = Ending {
            setting,
            actor: &self.actor(),
            who: Who::Operator,
            event: Event::DropAccess,
            reason: self.reason,
            kind: "number.access-dropped",
            due: None,
        };
        ending.end(tx, found).await
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
pub(super) fn word<S: Serializer>(reason: &Reason, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(reason.word())
}
