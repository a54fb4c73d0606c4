//! Recording what is known of an instance (产品实例), with its history.

use crate::{
    Desk,
    accounts::is_name,
    clock::following,
    failure::{DeskError, Failed},
};
use jiff::Timestamp;
use rulebook::Facts;
use store::{
    AccountId, InstanceId, Tx, Unit, accounts,
    instances::{self, Instance},
    quotas::{self, Scope},
};

/// What recording an instance came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// Nothing was known of it.
    New,
    /// Something changed, or it is back after it was gone, and what was known before is kept.
    Changed,
    /// Nothing changed, and nothing was written.
    Same,
}

/// The longest facts, as JSON: some hundred addresses, and an entry of the ledger holds them four times.
const LONGEST_FACTS: usize = 16 << 10;

/// Why an instance is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Its id or its product is empty, too long or has control characters.
    #[error(
        "an instance or a product is named with 1 to {} bytes without control characters, not `{name}`",
        ledger::MAX_ID_LEN
    )]
    BadName {
        /// The id.
        name: String,
    },
    /// More is said of it than the ledger can repeat with every decision.
    #[error("the facts of instance `{instance}` take {bytes} bytes, the limit is {LONGEST_FACTS}")]
    TooLong {
        /// The instance.
        instance: String,
        /// How many bytes its facts take, as JSON.
        bytes: usize,
    },
    /// Its buyer is no account of the desk.
    #[error("instance `{instance}` was bought by `{account}`, which is no account here")]
    UnknownAccount {
        /// The instance.
        instance: String,
        /// Its buyer.
        account: String,
    },
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Records what is known of an instance. What `facts` says of issued codes is not looked at: the desk counts its own.
    pub async fn record_instance(&self, mut facts: Facts) -> Result<Recorded, RecordError> {
        if let Some(name) = [&facts.id, &facts.product].into_iter().find(|name| !is_name(name)) {
            return Err(RecordError::BadName { name: name.clone() });
        }
        facts.codes_issued = 0;
        let now = self.now();
        let id = self.chance().draw().id(now);
        let bytes = serde_json::to_vec(&facts).map_err(|error| DeskError::unwritable(&error))?;
        if bytes.len() > LONGEST_FACTS {
            return Err(RecordError::TooLong { instance: facts.id, bytes: bytes.len() });
        }
        self.write(|_| Ok(Record { id, facts: facts.clone(), bytes: bytes.clone(), now })).await
    }
}

struct Record {
    id: InstanceId,
    facts: Facts,
    bytes: Vec<u8>,
    now: Timestamp,
}

impl Unit for Record {
    type Output = Recorded;
    type Error = Failed<RecordError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Recorded, Self::Error> {
        let account = self.account(tx).await?;
        let Facts { id: name, product, .. } = &self.facts;
        let known = instances::by_name(tx, name).await?;
        let instance = Instance {
            id: known.as_ref().map_or(self.id, |known| known.id),
            name: name.clone(),
            account,
            product: product.clone(),
            facts: self.bytes.clone(),
            changed_at: following(self.now, known.as_ref().map(|known| known.changed_at))?.as_microsecond(),
            gone_at: None,
        };
        let recorded = match known {
            None => {
                instances::add(tx, &instance).await?;
                Recorded::New
            }
            Some(known) if known.facts == instance.facts && known.gone_at.is_none() => {
                return Ok(Recorded::Same);
            }
            Some(_) => {
                instances::change(tx, &instance).await?;
                Recorded::Changed
            }
        };
        let own = Scope::of_instance(instance.id);
        let of_account = account.map(|account| Scope::of_account(account, product));
        let scopes: Vec<_> = std::iter::once(&own).chain(&of_account).map(quotas::opening).collect();
        tx.together(&scopes).await?;
        Ok(recorded)
    }
}

impl Record {
    async fn account(&self, tx: &mut Tx<'_>) -> Result<Option<AccountId>, Failed<RecordError>> {
        let Some(name) = &self.facts.account else { return Ok(None) };
        let found = accounts::by_name(tx, name).await?;
        let unknown =
            || RecordError::UnknownAccount { instance: self.facts.id.clone(), account: name.clone() };
        found.map(|account| Some(account.id)).ok_or_else(|| Failed::Because(unknown()))
    }
}
