//! An operator makes a code void, with a reason; its places are given back.

use super::{
    CodeFault,
    held::{self, Happening, HeldThen, Which, words},
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    deed::{Deed, Done, Setting, decided},
    failure::{DeskError, Failed},
};
use filing::{
    Refused,
    codes::{Release, ReleaseRefusal, release},
};
use ledger::EntryRef;
use serde::{Deserialize, Serialize};
use store::{Tx, codes::StoredCode};

/// A code is to be made void.
#[derive(Clone, Debug, Serialize)]
pub struct ReleaseCode {
    /// Who does it.
    pub operator: Operator,
    /// Which code.
    pub code: Which,
    /// Why; it goes into the ledger and must name nobody.
    pub reason: String,
}

/// May this code be made void? With all that the answer rests on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Releasing {
    held: HeldThen,
    reason: String,
}

impl Releasing {
    /// The answer.
    pub fn judge(&self) -> Result<Release<'_>, Refused<ReleaseRefusal>> {
        release(self.held.as_held().stored, &self.reason)
    }
}

impl Desk {
    /// Makes a code void, or refuses with every reason.
    pub async fn release_code(
        &self,
        ask: ReleaseCode,
        key: IdempotencyKey,
    ) -> Result<Told<Releasing>, Failure<CodeFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for ReleaseCode {
    const WORD: &'static str = "release-code";
    type Ready = ();
    type Answer = Releasing;
    type Fault = CodeFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.operator.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        let found = held::find(tx, setting, &self.code).await?;
        let found = found.ok_or(Failed::Because(Failure::Because(CodeFault::UnknownCode)))?;
        let releasing = Releasing { held: HeldThen::now(&found), reason: self.reason.clone() };
        let judged = releasing.judge();
        let released = judged.as_ref().ok().map(|release| release.stored);
        let happening = Happening {
            actor: self.actor(),
            kinds: ["code.released", "code.release-refused"],
            before: &found.code,
            after: released.map(|stored| StoredCode { stored, grantee: None, ..found.code.clone() }),
            record: decided(&releasing, &(), words(judged.as_ref().err()))?,
            followed: Vec::new(),
        };
        happening.write(tx, setting).await?;
        Ok(releasing)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        held::again(setting, entry)
    }
}
