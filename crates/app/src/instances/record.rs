//! Recording what is known of an instance (产品实例), with its history.

use crate::{
    Desk,
    accounts::is_name,
    clock::following,
    failure::{DeskError, Failed},
    instances::facts_of,
};
use jiff::Timestamp;
use rulebook::Facts;
use store::{
    AccountId, InstanceId, Tx, Unit, Write, accounts,
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

/// Facts that may be recorded, as they are stored.
#[derive(Clone, Debug)]
pub(super) struct Recordable {
    pub(super) facts: Facts,
    pub(super) bytes: Vec<u8>,
}

impl Recordable {
    /// What `facts` says of issued codes is not looked at: the desk counts its own.
    pub(super) fn new(mut facts: Facts) -> Result<Self, RecordError> {
        if let Some(name) = [&facts.id, &facts.product].into_iter().find(|name| !is_name(name)) {
            return Err(RecordError::BadName { name: name.clone() });
        }
        if let Some(account) = facts.account.as_ref().filter(|name| !is_name(name)) {
            return Err(RecordError::UnknownAccount { instance: facts.id, account: account.clone() });
        }
        facts.codes_issued = 0;
        let bytes = serde_json::to_vec(&facts).map_err(|error| DeskError::unwritable(&error))?;
        if bytes.len() > LONGEST_FACTS {
            return Err(RecordError::TooLong { instance: facts.id, bytes: bytes.len() });
        }
        Ok(Self { facts, bytes })
    }

    /// The same, bought by whoever bought it where nothing is said of that: a list without a column for buyers takes no instance
    /// from its customer.
    pub(super) fn keeping_buyer(&self, known: Option<&Instance>) -> Result<Self, DeskError> {
        let mut kept = self.clone();
        let Some(known) = known.filter(|known| known.account.is_some() && kept.facts.account.is_none())
        else {
            return Ok(kept);
        };
        kept.facts.account = facts_of(known)?.account;
        kept.bytes = serde_json::to_vec(&kept.facts).map_err(|error| DeskError::unwritable(&error))?;
        Ok(kept)
    }

    /// What recording it comes to, after what was known.
    pub(super) fn comes_to(&self, known: Option<&Instance>) -> Recorded {
        match known {
            None => Recorded::New,
            Some(known) if known.facts == self.bytes && known.gone_at.is_none() => Recorded::Same,
            Some(_) => Recorded::Changed,
        }
    }
}

/// What is to be written of one instance: the one place that says what recording, and going, does.
#[derive(Debug)]
pub(super) struct Recording {
    pub(super) recorded: Recorded,
    instance: Instance,
    scopes: Vec<Scope>,
}

impl Recording {
    /// What was heard of an instance, after what was known of it. One that is new takes `id`.
    pub(super) fn of(
        heard: &Recordable,
        known: Option<&Instance>,
        account: Option<AccountId>,
        id: InstanceId,
        now: Timestamp,
    ) -> Result<Self, DeskError> {
        let Facts { id: name, product, .. } = &heard.facts;
        let instance = Instance {
            id: known.map_or(id, |known| known.id),
            name: name.clone(),
            account,
            product: product.clone(),
            facts: heard.bytes.clone(),
            changed_at: following(now, known.map(|known| known.changed_at))?.as_microsecond(),
            gone_at: None,
        };
        let own = Scope::of_instance(instance.id);
        let of_account = account.map(|account| Scope::of_account(account, product));
        let scopes = std::iter::once(own).chain(of_account).collect();
        Ok(Self { recorded: heard.comes_to(known), instance, scopes })
    }

    /// That an instance is gone; `None` where it was gone before.
    pub(super) fn gone(known: Instance, now: Timestamp) -> Result<Option<Self>, DeskError> {
        if known.gone_at.is_some() {
            return Ok(None);
        }
        let at = following(now, [known.changed_at])?.as_microsecond();
        let instance = Instance { changed_at: at, gone_at: Some(at), ..known };
        Ok(Some(Self { recorded: Recorded::Changed, instance, scopes: Vec::new() }))
    }

    /// Adds what is new and remembers what was known before, of instances that differ.
    fn first(&self) -> Option<Write<'_>> {
        match self.recorded {
            Recorded::New => Some(instances::adding(&self.instance)),
            Recorded::Changed => Some(instances::remembering(&self.instance)),
            Recorded::Same => None,
        }
    }

    fn then(&self) -> impl Iterator<Item = Write<'_>> {
        let changing = (self.recorded == Recorded::Changed).then(|| instances::changing(&self.instance));
        let scopes = if self.recorded == Recorded::Same { &[][..] } else { &self.scopes };
        changing.into_iter().chain(scopes.iter().map(quotas::opening))
    }
}

/// Writes what was heard of instances that differ.
pub(super) async fn write_all(tx: &mut Tx<'_>, all: &[Recording]) -> Result<(), DeskError> {
    let first: Vec<_> = all.iter().filter_map(Recording::first).collect();
    tx.together(&first).await?;
    let then: Vec<_> = all.iter().flat_map(Recording::then).collect();
    tx.together(&then).await?;
    Ok(())
}

impl Desk {
    /// Records what is known of an instance. What `facts` says of issued codes is not looked at: the desk counts its own.
    pub async fn record_instance(&self, facts: Facts) -> Result<Recorded, RecordError> {
        let heard = Recordable::new(facts)?;
        let now = self.now();
        let id = self.chance().draw().id(now);
        self.write(|_| Ok(Record { id, heard: heard.clone(), now })).await
    }
}

struct Record {
    id: InstanceId,
    heard: Recordable,
    now: Timestamp,
}

impl Unit for Record {
    type Output = Recorded;
    type Error = Failed<RecordError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Recorded, Self::Error> {
        let account = self.account(tx).await?;
        let known = instances::by_name(tx, &self.heard.facts.id).await?;
        let recording = Recording::of(&self.heard, known.as_ref(), account, self.id, self.now)?;
        let recorded = recording.recorded;
        write_all(tx, &[recording]).await?;
        Ok(recorded)
    }
}

impl Record {
    async fn account(&self, tx: &mut Tx<'_>) -> Result<Option<AccountId>, Failed<RecordError>> {
        let Facts { id, account, .. } = &self.heard.facts;
        let Some(name) = account else { return Ok(None) };
        let found = accounts::by_name(tx, name).await?;
        let unknown = || RecordError::UnknownAccount { instance: id.clone(), account: name.clone() };
        found.map(|account| Some(account.id)).ok_or_else(|| Failed::Because(unknown()))
    }
}
