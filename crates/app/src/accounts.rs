//! Opening an account (账号).

use crate::{
    Asker, Desk,
    failure::{DeskError, Failed},
};
use store::{
    Tx, Unit,
    accounts::{self, Account},
};

/// Longest name of an account, in bytes: as an inventory, and the ledger, may name it.
const LONGEST_NAME: usize = ledger::MAX_ID_LEN;

/// An account is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        if !is_name(&open.name) {
            return Err(OpenAccountError::BadName(open.name));
        }
        let now = self.now();
        let account = Account {
            id: self.chance().draw().id(now),
            number: open.number,
            name: open.name,
            created_at: now.as_microsecond(),
        };
        self.write(|_| Ok(Open(account.clone()))).await
    }

    /// What is known of the account that inventories call `name`.
    pub async fn known_account(&self, name: &str) -> Result<Option<OpenAccount>, DeskError> {
        self.read(|_| Ok(Know(name.to_owned()))).await
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

struct Find(String);

impl Unit for Find {
    type Output = Option<Asker>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = accounts::by_name(tx, &self.0).await?;
        Ok(found.map(|Account { id, name, .. }| Asker { id, name }))
    }
}

struct Know(String);

impl Unit for Know {
    type Output = Option<OpenAccount>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = accounts::by_name(tx, &self.0).await?;
        Ok(found.map(|Account { number, name, .. }| OpenAccount { number, name }))
    }
}
