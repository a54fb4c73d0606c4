//! Making codes beforehand, for an account or for whoever is given one; each is bound to an instance later.

use super::{
    IssuedCode,
    held::open_all,
    making::{Made, make_all},
    question::damaged,
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    clock::following,
    deed::{Deed, Done, Setting, decided},
    failure::{Damage, DeskError, Failed},
    ledger_entry::{entry, ours, row},
};
use filing::codes::{Illegal, Move, Stored, apply};
use ledger::{Entry, EntryRef};
use serde::Serialize;
use std::num::NonZero;
use store::{
    AccountId, Tx, accounts, blacklist,
    codes::{NewCode, StoredCode},
    entries,
};

/// How many codes are made beforehand at once: their ids stand in one entry of the ledger.
pub const MOST_PREMADE: NonZero<u32> = NonZero::new(50).unwrap();

/// Codes are to be made beforehand.
#[derive(Clone, Debug, Serialize)]
pub struct PremakeCodes {
    /// Who does it.
    pub operator: Operator,
    /// How many.
    pub count: NonZero<u32>,
    /// The name of the account that alone may bind them; `None` for anybody who has one.
    pub account: Option<String>,
}

/// Why no codes are made beforehand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PremakeFault {
    /// More than [`MOST_PREMADE`].
    #[error("{0} codes are too many at once, the limit is {MOST_PREMADE}")]
    TooMany(NonZero<u32>),
    /// No account has that name.
    #[error("no account `{0}`")]
    UnknownAccount(String),
    /// A subject of that account is on the blacklist: it gets no codes.
    #[error("a subject of the account `{0}` is on the blacklist")]
    Blacklisted(String),
}

impl Desk {
    /// Makes codes beforehand. They take no place in a quota until they are bound.
    pub async fn premake_codes(
        &self,
        ask: PremakeCodes,
        key: IdempotencyKey,
    ) -> Result<Told<Vec<IssuedCode>>, Failure<PremakeFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for PremakeCodes {
    const WORD: &'static str = "premake-codes";
    type Ready = Vec<Made>;
    type Answer = Vec<IssuedCode>;
    type Fault = PremakeFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.operator.clone())
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<Vec<Made>, DeskError> {
        make_all(self.count.min(MOST_PREMADE).get(), setting, draw)
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, made: &Vec<Made>) -> Done<Self> {
        if self.count > MOST_PREMADE {
            return Err(Failed::Because(Failure::Because(PremakeFault::TooMany(self.count))));
        }
        setting.ground.check(tx).await?;
        let (owner, followed) = self.owner(tx).await?;
        let at = following(setting.now, followed)?.as_microsecond();
        let new = |made: &Made| {
            let illegal = |error: Illegal| Damage::Code { id: made.issued.id, fault: error.to_string() };
            let init = apply(None::<Stored>, Move::Premake).map_err(illegal)?;
            Ok(NewCode::new(StoredCode { owner, ..made.row(init, at) }))
        };
        let codes = made.iter().map(new).collect::<Result<Vec<_>, Damage>>()?;
        let entry = Entry {
            ids: made.iter().map(|made| ours("code", made.issued.id.uuid())).collect(),
            decided: Some(decided(self, &(), Vec::new())?),
            ..entry(at, &self.actor(), "code.made")
        };
        let entry = row(setting.entry, &entry)?;
        let writes: Vec<_> = codes.iter().map(NewCode::adding).chain([entries::adding(&entry)]).collect();
        tx.together(&writes).await?;
        Ok(made.iter().map(|made| made.issued.clone()).collect())
    }

    async fn again(&self, tx: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        let opened = open_all(tx, setting, entry).await?;
        opened.map_err(|fault| damaged(setting.entry, &fault).into())
    }
}

impl PremakeCodes {
    /// Whose they are, and when it last got codes again, in microseconds since 1970.
    async fn owner(
        &self,
        tx: &mut Tx<'_>,
    ) -> Result<(Option<AccountId>, Option<i64>), Failed<Failure<PremakeFault>>> {
        let because = |fault| Failed::Because(Failure::Because(fault));
        let Some(name) = &self.account else { return Ok((None, None)) };
        let found = accounts::by_name(tx, name).await?;
        let owner = found.ok_or_else(|| because(PremakeFault::UnknownAccount(name.clone())))?;
        let blocked = blacklist::blocked(tx, owner.id).await?;
        if blocked.since.is_some() {
            return Err(because(PremakeFault::Blacklisted(name.clone())));
        }
        Ok((Some(owner.id), blocked.ended))
    }
}
