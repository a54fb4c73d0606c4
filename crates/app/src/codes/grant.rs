//! Granting a code to one other account, so that it may file with it.

use super::{
    CodeFault,
    held::{self, Happening, HeldThen, Which, words},
};
use crate::{
    Actor, Asker, Desk, Failure, IdempotencyKey, Told,
    accounts::LONGEST_NAME,
    chance::Draw,
    deed::{Deed, Done, Setting, decided},
    failure::DeskError,
};
use filing::{
    Refused,
    codes::{GrantRefusal, Grantee, Granter, grant},
};
use ledger::EntryRef;
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    accounts::{self, Account},
    blacklist,
    codes::StoredCode,
    instances::Blocked,
};

/// A code is to be granted.
#[derive(Clone, Debug, Serialize)]
pub struct GrantCode {
    /// Who asks.
    pub asker: Asker,
    /// Which code.
    pub code: Which,
    /// The name of the account that is to have it.
    pub to: String,
}

/// A code is to be granted in the name of its owner.
#[derive(Clone, Debug, Serialize)]
pub struct GrantCodeBy {
    /// Who acts in his name.
    pub by: Actor,
    /// What is granted.
    pub grant: GrantCode,
}

/// May this code be granted to that account? With all that the answer rests on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Granting {
    held: HeldThen,
    asker: String,
    to: To,
    /// Whether a subject of whoever asks, and of that account, was on the blacklist.
    #[serde(default)]
    blacklisted: [bool; 2],
}

/// Who is to have it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum To {
    Account(String),
    /// No account has that name. The ledger keeps that it was so, and not the name: it may be a person's.
    Unknown {
        #[serde(skip)]
        typed: String,
    },
    Nobody,
}

impl To {
    fn of(account: Option<&Account>, typed: &str) -> Self {
        match (account, typed.trim()) {
            (Some(account), _) => Self::Account(account.name.clone()),
            (None, "") => Self::Nobody,
            (None, typed) => Self::Unknown { typed: bounded(typed) },
        }
    }

    fn account(&self) -> &str {
        match self {
            Self::Account(name) | Self::Unknown { typed: name } => name,
            Self::Nobody => "",
        }
    }
}

impl Granting {
    /// The answer.
    pub fn judge(&self) -> Result<Grantee<'_>, Refused<GrantRefusal<'_>>> {
        let [by, to] = self.blacklisted;
        let by = Granter { account: &self.asker, blacklisted: by };
        let exists = matches!(self.to, To::Account(_));
        let to = Grantee { account: self.to.account(), exists, blacklisted: to };
        grant(Some(&self.held.as_held()), by, to)
    }
}

impl Desk {
    /// The same in the name of its owner.
    pub async fn grant_code_for(
        &self,
        ask: GrantCodeBy,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<Granting>, Failure<CodeFault>> {
        self.once(key, ask).await
    }

    /// Grants a code to another account, or refuses with every reason.
    pub async fn grant_code(
        &self,
        ask: GrantCode,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<Granting>, Failure<CodeFault>> {
        self.once(key, ask).await
    }
}

/// What was typed for an account that there is not, as far as a name of one can be long.
fn bounded(typed: &str) -> String {
    typed.chars().take(LONGEST_NAME).collect()
}

impl Deed for GrantCode {
    const WORD: &'static str = "grant-code";
    type Ready = ();
    type Answer = Granting;
    type Fault = CodeFault;

    fn actor(&self) -> Actor {
        Actor::Account(self.asker.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        self.granted(tx, setting, self.actor()).await
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        self.told_again(setting, entry)
    }
}

impl Deed for GrantCodeBy {
    const WORD: &'static str = "grant-code-for";
    type Ready = ();
    type Answer = Granting;
    type Fault = CodeFault;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        self.grant.granted(tx, setting, self.actor()).await
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        self.grant.told_again(setting, entry)
    }
}

impl GrantCode {
    /// Grants it, or refuses, for its owner or for whoever acts in his name.
    async fn granted(&self, tx: &mut Tx<'_>, setting: &Setting, actor: Actor) -> Done<Self> {
        let found = held::known(tx, setting, &self.code, &self.asker).await?;
        let to = accounts::by_name(tx, self.to.trim()).await?;
        let own = blacklist::blocked(tx, self.asker.id()).await?;
        let theirs = match &to {
            Some(account) => blacklist::blocked(tx, account.id).await?,
            None => Blocked::default(),
        };
        let granting = Granting {
            held: HeldThen::now(&found),
            asker: self.asker.name().to_owned(),
            to: To::of(to.as_ref(), &self.to),
            blacklisted: [own, theirs].map(|blocked| blocked.since.is_some()),
        };
        let judged = granting.judge();
        let refused = judged.as_ref().err();
        let grantee = to.map(|account| account.id).filter(|_| refused.is_none());
        let happening = Happening {
            actor,
            kinds: ["code.granted", "code.grant-refused"],
            before: &found.code,
            after: grantee.map(|grantee| StoredCode { grantee: Some(grantee), ..found.code.clone() }),
            record: decided(&granting, &(), words(refused))?,
            followed: own.changed().chain(theirs.changed()).collect(),
        };
        happening.write(tx, setting).await?;
        Ok(granting)
    }

    fn told_again(&self, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        let mut granting: Granting = held::again(setting, entry)?;
        if let To::Unknown { typed } = &mut granting.to {
            *typed = bounded(&self.to);
        }
        Ok(granting)
    }
}
