//! Opening an account (账号).

use crate::{
    Actor, Asker, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    failure::{DeskError, Failed},
    repeatable::{Again, Remembered, Repeatable},
};
use jiff::Timestamp;
use serde::Serialize;
use store::{
    AccountId, EntryId, StoreError, Tx, Unit,
    accounts::{self, Account},
};

/// Longest name of an account, in bytes: as an inventory, and the ledger, may name it.
pub(crate) const LONGEST_NAME: usize = ledger::MAX_ID_LEN;

/// An account is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenAccount {
    /// The number by which the provider's other systems know it; `None` until the desk is told.
    pub number: Option<i64>,
    /// The id by which inventories name it as buyer.
    pub name: String,
}

/// Why an account is not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenAccountError {
    /// The name is empty, too long or has control characters.
    #[error("an account is named with 1 to {LONGEST_NAME} bytes without control characters, not `{0}`")]
    BadName(String),
    /// Another account has that name or that number.
    #[error("account `{name}` or its number is there already")]
    Taken {
        /// The name.
        name: String,
    },
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Opens an account.
    pub async fn open_account(&self, open: OpenAccount) -> Result<Asker, OpenAccountError> {
        let account = self.to_be_opened(open)?;
        self.write(|_| Ok(Open(account.clone()))).await
    }

    /// The same, asked by somebody under a key: sent again it is told again.
    pub async fn open_account_once(
        &self,
        open: OpenAccount,
        by: &Actor,
        key: IdempotencyKey,
    ) -> Result<Told<Asker>, Failure<OpenAccountError>> {
        let request = Repeatable::new(&self.ground(), by, key, "open-account", &open)?;
        let account = self.to_be_opened(open).map_err(Failure::Because)?;
        let (entry, now) = (EntryId::new(account.id.uuid()), self.now());
        let make = |_| {
            let (request, unit) = (request.clone(), Open(account.clone()));
            Ok(Remembered { request, entry, now, unit })
        };
        self.write(make).await
    }

    fn to_be_opened(&self, open: OpenAccount) -> Result<Account, OpenAccountError> {
        let OpenAccount { number, name } = open;
        if !is_name(&name) {
            return Err(OpenAccountError::BadName(name));
        }
        let now = self.now();
        let id = self.chance().draw().id(now);
        Ok(Account { id, number, name, created_at: now.as_microsecond() })
    }

    /// What is known of the account that inventories call `name`.
    pub async fn known_account(&self, name: &str) -> Result<Option<OpenAccount>, DeskError> {
        self.read(|_| Ok(Know(name.to_owned()))).await
    }

    /// The account that the provider's other systems know by that number.
    pub async fn account_numbered(&self, number: i64) -> Result<Option<Asker>, DeskError> {
        self.read(|_| Ok(FindNumbered(number))).await
    }

    /// The account that inventories call `name`.
    pub async fn account(&self, name: &str) -> Result<Option<Asker>, DeskError> {
        self.read(|_| Ok(Find(name.to_owned()))).await
    }
}

/// Whether the ledger and both engines can name something so.
pub(crate) fn is_name(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len()) && !name.contains(char::is_control)
}

/// Opens the account that an import names and the desk does not know. Its number is its name, if that is one and nobody else's; `None` where
/// an account of that name was opened meanwhile.
pub(crate) async fn open_called(
    tx: &mut Tx<'_>,
    name: &str,
    draw: &mut Draw,
    now: Timestamp,
) -> Result<Option<AccountId>, StoreError> {
    let number = name.parse().ok().filter(|number: &i64| *number > 0 && number.to_string() == name);
    let account =
        Account { id: draw.id(now), number, name: name.to_owned(), created_at: now.as_microsecond() };
    let without = Account { number: None, ..account.clone() };
    let opened = accounts::add(tx, &account).await? || accounts::add(tx, &without).await?;
    Ok(opened.then_some(account.id))
}

/// What inventories call the account with that id.
pub(crate) async fn name_of(tx: &mut Tx<'_>, id: AccountId) -> Result<String, StoreError> {
    Ok(accounts::by_id(tx, id).await?.map(|account| account.name).unwrap_or_default())
}

struct Open(Account);

impl Unit for Open {
    type Output = Asker;
    type Error = Failed<OpenAccountError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Asker, Self::Error> {
        let Account { id, ref name, .. } = self.0;
        if accounts::add(tx, &self.0).await? {
            Ok(Asker { id, name: name.clone() })
        } else {
            Err(Failed::Because(OpenAccountError::Taken { name: name.clone() }))
        }
    }
}

impl Again for Open {
    async fn again(&self, _: &mut Tx<'_>, entry: EntryId) -> Result<Asker, Self::Error> {
        Ok(Asker { id: AccountId::new(entry.uuid()), name: self.0.name.clone() })
    }
}

struct Find(String);

impl Unit for Find {
    type Output = Option<Asker>;
    type Error = Failed<DeskError>;

    const IS_BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = accounts::by_name(tx, &self.0).await?;
        Ok(found.map(|Account { id, name, .. }| Asker { id, name }))
    }
}

struct FindNumbered(i64);

impl Unit for FindNumbered {
    type Output = Option<Asker>;
    type Error = Failed<DeskError>;

    const IS_BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = accounts::by_number(tx, self.0).await?;
        Ok(found.map(|Account { id, name, .. }| Asker { id, name }))
    }
}

struct Know(String);

impl Unit for Know {
    type Output = Option<OpenAccount>;
    type Error = Failed<DeskError>;

    const IS_BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = accounts::by_name(tx, &self.0).await?;
        Ok(found.map(|Account { number, name, .. }| OpenAccount { number, name }))
    }
}
