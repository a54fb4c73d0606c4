//! Withdrawing the grant of a code.

use super::{
    CodeFault,
    held::{self, Happening, HeldThen, Which, words},
};
use crate::{
    Actor, Asker, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    deed::{Deed, Done, Setting, decided},
    failure::DeskError,
};
use filing::{
    Refused,
    codes::{GrantRefusal, withdraw_grant},
};
use ledger::EntryRef;
use serde::{Deserialize, Serialize};
use store::{Tx, codes::StoredCode};

/// The grant of a code is to be withdrawn.
#[derive(Clone, Debug, Serialize)]
pub struct WithdrawGrant {
    /// Who asks.
    pub asker: Asker,
    /// Of which code.
    pub code: Which,
}

/// May the grant of this code be withdrawn? With all that the answer rests on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Withdrawing {
    held: HeldThen,
    asker: String,
}

impl Withdrawing {
    /// The answer: the account that loses the grant.
    pub fn judge(&self) -> Result<&str, Refused<GrantRefusal<'_>>> {
        withdraw_grant(Some(&self.held.as_held()), &self.asker)
    }
}

impl Desk {
    /// Withdraws the grant of a code, or refuses with every reason.
    pub async fn withdraw_grant(
        &self,
        ask: WithdrawGrant,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<Withdrawing>, Failure<CodeFault>> {
        self.once(key, ask).await
    }
}

impl Deed for WithdrawGrant {
    const WORD: &'static str = "withdraw-grant";
    type Ready = ();
    type Answer = Withdrawing;
    type Fault = CodeFault;

    fn actor(&self) -> Actor {
        Actor::Account(self.asker.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        let found = held::known(tx, setting, &self.code, &self.asker).await?;
        let withdrawing = Withdrawing { held: HeldThen::now(&found), asker: self.asker.name().to_owned() };
        let judged = withdrawing.judge();
        let happening = Happening {
            actor: self.actor(),
            kinds: ["code.grant-withdrawn", "code.grant-withdrawal-refused"],
            before: &found.code,
            after: judged.is_ok().then(|| StoredCode { grantee: None, ..found.code.clone() }),
            record: decided(&withdrawing, &(), words(judged.as_ref().err()))?,
            followed: Vec::new(),
        };
        happening.write(tx, setting).await?;
        Ok(withdrawing)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        held::again(setting, entry)
    }
}
