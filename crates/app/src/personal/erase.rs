//! Erasing what is personal for ever: the keys are destroyed under which it is sealed, wherever it was copied to.
//!
//! What was decided stays: orders with their states, numbers, and the ledger, whose commitments tell nothing without the keys. A copy
//! of the database that was made before has the keys still, and so has what an engine keeps of former rows: `docs/backup.*.md` tells
//! operators where, and how it goes.

use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told, by_text,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{DeskError, Failed},
    ledger_entry::{entry, ours, row, theirs},
};
use filing::orders::State;
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::{
    OrderId, SubjectKeyId, Tx, accounts, attachments, entries,
    orders::{self, Order},
    subject_keys,
    subjects::{self, Subject},
};

/// The entry of the ledger.
const ERASED: &str = "personal-data.erased";
/// Keys that are destroyed at once at most: an account with more orders is a reseller's, whose customers are erased one by one.
const MOST_KEYS: usize = 1000;
/// Orders under one key: the one that was opened, and its corrections.
const MOST_UNDER_KEY: i64 = 1000;
/// Subjects of one account.
const MOST_SUBJECTS: i64 = 10_000;

/// Whose personal data is to be erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// That of all orders and subjects of an account, by its id in inventories.
    Account(String),
    /// That of a filed subject and of all orders by which it was filed and changed, by its number: `浙ICP备12345678号`.
    Subject(String),
    /// That of an order and of its corrections; and of the subject that it filed or changed, where it did.
    Order(#[serde(with = "by_text")] OrderId),
}

/// Personal data is to be erased.
#[derive(Clone, Debug, Serialize)]
pub struct ErasePersonalData {
    /// Who does it.
    pub operator: Operator,
    /// Whose.
    pub whose: Whose,
}

/// Why nothing is erased. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EraseFault {
    /// There is no such account, subject or order.
    #[error("there is no such account, subject or order")]
    Unknown,
    /// Reviewer or bureau are at an order of it: they would be left with nothing to decide on, and the bureau's answer, which comes
    /// whatever we do, could not be recorded. One that waits for its owner is no hindrance: it ends by itself when it is left alone.
    #[error("{} orders are with reviewer or bureau", .0.len())]
    InProgress(Vec<OrderId>),
    /// It is filed still. As long as a number is active its information must be true, and mended where it is not, for which
    /// it is needed. It is cancelled first.
    #[error("`{}` is filed", .0.join("`, `"))]
    Filed(Vec<String>),
    /// There are too many keys.
    #[error("more than {MOST_KEYS} keys are to be destroyed at once")]
    TooMany,
}

/// What was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Whose it was.
    pub whose: Whose,
    /// How many keys were destroyed; none where all were destroyed before.
    pub keys: usize,
    /// How many orders can be read no more.
    pub orders: usize,
    /// How many filed subjects can be read no more.
    pub subjects: usize,
}

impl Desk {
    /// Erases personal data. Nothing brings it back.
    pub async fn erase_personal_data(
        &self,
        ask: ErasePersonalData,
        key: IdempotencyKey,
    ) -> Result<Told<Erased>, Failure<EraseFault>> {
        self.once(Some(key), ask).await
    }
}

impl Deed for ErasePersonalData {
    const WORD: &'static str = "erase-personal-data";
    type Ready = ();
    type Answer = Erased;
    type Fault = EraseFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.operator.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        setting.ground.check(tx).await?;
        let found = Found::of(tx, &self.whose).await?;
        found.may_be_erased()?;
        let followed = found.orders.iter().map(|order| order.changed_at);
        let followed = followed.chain(found.subjects.values().map(|subject| subject.changed_at));
        let at = following(setting.now, followed)?.as_microsecond();
        let erased = Erased {
            whose: self.whose.clone(),
            keys: found.erase(tx, at).await?,
            orders: found.orders.len(),
            subjects: found.subjects.len(),
        };
        let entry = Entry {
            ids: vec![match &self.whose {
                Whose::Account(name) => theirs("account", name),
                Whose::Subject(number) => theirs("subject", number),
                Whose::Order(order) => ours("order", order.uuid()),
            }],
            decided: Some(decided(&erased, &(), Vec::new())?),
            ..entry(at, &self.actor(), ERASED)
        };
        tx.together(&[entries::adding(&row(setting.entry, &entry)?)]).await?;
        Ok(erased)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

type Failing = Failed<Failure<EraseFault>>;

/// All that is erased together.
#[derive(Default)]
struct Found {
    keys: BTreeSet<SubjectKeyId>,
    orders: Vec<Order>,
    subjects: BTreeMap<store::SubjectId, Subject>,
}

impl Found {
    async fn of(tx: &mut Tx<'_>, whose: &Whose) -> Result<Self, Failing> {
        let mut found = Self::default();
        match whose {
            Whose::Account(name) => found.account(tx, name).await?,
            Whose::Subject(number) => {
                let subject = subjects::by_number(tx, number).await?;
                found.subject(tx, subject.ok_or_else(|| because(EraseFault::Unknown))?).await?;
            }
            Whose::Order(order) => {
                let order = orders::by_id(tx, *order).await?.ok_or_else(|| because(EraseFault::Unknown))?;
                found.keys.insert(order.subject_key);
                for subject in subjects::of_key(tx, order.subject_key, MOST_SUBJECTS).await? {
                    found.subject(tx, subject).await?;
                }
            }
        }
        if found.keys.len() > MOST_KEYS {
            return Err(because(EraseFault::TooMany));
        }
        for key in &found.keys {
            found.orders.extend(orders::under_key(tx, *key, MOST_UNDER_KEY).await?);
        }
        Ok(found)
    }

    async fn account(&mut self, tx: &mut Tx<'_>, name: &str) -> Result<(), Failing> {
        let account = accounts::by_name(tx, name).await?.ok_or_else(|| because(EraseFault::Unknown))?;
        let most = i64::try_from(MOST_KEYS).unwrap_or(i64::MAX).saturating_add(1);
        self.keys.extend(orders::keys_of_account(tx, account.id, most).await?);
        let nil = store::SubjectId::new(uuid::Uuid::nil());
        for subject in subjects::of_account(tx, account.id, nil, MOST_SUBJECTS).await? {
            self.subject(tx, subject).await?;
        }
        Ok(())
    }

    /// A subject with the keys of all orders by which it was filed and changed.
    async fn subject(&mut self, tx: &mut Tx<'_>, subject: Subject) -> Result<(), DeskError> {
        self.keys.insert(subject.subject_key);
        self.keys.extend(subjects::order_keys(tx, subject.id).await?);
        self.subjects.insert(subject.id, subject);
        Ok(())
    }

    fn may_be_erased(&self) -> Result<(), Failing> {
        let in_progress = |state| matches!(state, State::Submitted | State::Approved | State::AtBureau);
        let held: Vec<_> =
            self.orders.iter().filter(|order| in_progress(order.state)).map(|order| order.id).collect();
        if !held.is_empty() {
            return Err(because(EraseFault::InProgress(held)));
        }
        let filed = self.subjects.values().filter(|subject| !subject.state.is_final());
        let filed: Vec<_> = filed.map(|subject| subject.number.clone()).collect();
        if !filed.is_empty() {
            return Err(because(EraseFault::Filed(filed)));
        }
        Ok(())
    }

    /// Destroys the keys, and forgets by what orders and subjects are found and what takes room and opens no more. How many keys there
    /// were.
    async fn erase(&self, tx: &mut Tx<'_>, at: i64) -> Result<usize, DeskError> {
        let keys: Vec<_> = self.keys.iter().map(|key| subject_keys::erasing(key, &at)).collect();
        let destroyed = tx.together(&keys).await?.iter().filter(|rows| **rows == 1).count();
        let mut forgotten = Vec::new();
        for order in &self.orders {
            forgotten.push(orders::forgetting_marks(&order.id));
            forgotten.push(attachments::forgetting_all(&order.id));
        }
        forgotten.extend(self.subjects.keys().map(subjects::forgetting_marks));
        forgotten.extend(self.subjects.keys().map(subjects::forgetting_website_names));
        tx.together(&forgotten).await?;
        Ok(destroyed)
    }
}

fn because(fault: EraseFault) -> Failing {
    Failed::Because(Failure::Because(fault))
}
