//! Publishing a rulebook: from then on every process decides by it. What was published once is never changed.

use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    clock::following,
    failure::{Damage, DeskError, Failed},
    ground::{Ground, Published},
    ledger_entry::{entry, row, theirs},
    repeatable::{Again, Remembered, Repeatable},
};
use jiff::{Timestamp, civil::Date};
use ledger::{Entry, EntryRef, IdRef, MAX_IDS};
use rulebook::{Edition, Faults, Rulebook};
use std::sync::Arc;
use store::{EntryId, Tx, Unit, desk, entries, rulebooks};

/// A rulebook is published.
#[derive(Clone, Debug)]
pub struct PublishRulebook {
    /// Its text.
    pub text: Vec<u8>,
    /// Who publishes it.
    pub operator: Operator,
    /// Whether it is only looked at: everything is told as it would be, and nothing is written.
    pub dry_run: bool,
}

/// What publishing came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRulebook {
    /// SHA-256 of its text, as the ledger names it.
    pub digest: [u8; 32],
    /// Whether it was the one in force already, to the last byte; then nothing was changed.
    pub same: bool,
    /// The editions that it adds, with the days from which they are in force, oldest first. A day that has come already is
    /// in force at once, for what is decided from now on.
    pub added: Vec<(String, Date)>,
}

/// What a rulebook would change of what was published before it.
#[derive(Clone, Debug)]
pub enum Broken {
    /// It has no edition of that id.
    Missing(Arc<Edition>),
    /// An edition says something else.
    Changed {
        /// As it was published.
        before: Arc<Edition>,
        /// As it would be.
        after: Arc<Edition>,
    },
    /// A region would lie elsewhere, or be unknown.
    Region(String),
}

/// Why a rulebook is not published. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// It has faults; the linter tells the same.
    #[error("the rulebook has faults")]
    Faulty(Faults),
    /// It changes what was published, by which things were decided; an edition can only be added.
    #[error("the rulebook changes what was published before")]
    Breaks(Vec<Broken>),
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Publishes a rulebook, or tells why it cannot be. The same text again changes nothing.
    pub async fn publish_rulebook(
        &self,
        publish: PublishRulebook,
    ) -> Result<PublishedRulebook, PublishError> {
        let published = Arc::new(read(&publish.text)?);
        let now = self.now();
        let id = self.chance().draw().id(now);
        let publish = Arc::new(publish);
        let unit = |ground| {
            let (ask, published) = (Arc::clone(&publish), Arc::clone(&published));
            Ok(Publish { ground, ask, published, now, id })
        };
        if publish.dry_run { self.read(unit).await } else { self.write(unit).await }
    }

    /// The same under a key: sent again it is told again. What is only looked at is not remembered.
    pub async fn publish_rulebook_once(
        &self,
        publish: PublishRulebook,
        key: IdempotencyKey,
    ) -> Result<Told<PublishedRulebook>, Failure<PublishError>> {
        let published = Arc::new(read(&publish.text).map_err(Failure::Because)?);
        let (now, by) = (self.now(), Actor::Staff(publish.operator.clone()));
        let id = self.chance().draw().id(now);
        if publish.dry_run {
            let answer = self.publish_rulebook(publish).await.map_err(Failure::Because)?;
            return Ok(Told { entry: id, before: false, answer });
        }
        let request = Repeatable::new(&self.ground(), &by, key, "publish-rulebook", published.digest())?;
        let publish = Arc::new(publish);
        let make = |ground| {
            let (ask, published) = (Arc::clone(&publish), Arc::clone(&published));
            let unit = Publish { ground, ask, published, now, id };
            Ok(Remembered { request: request.clone(), entry: id, now, unit })
        };
        self.write(make).await
    }
}

/// The rulebook that is to be published.
pub(super) fn read(text: &[u8]) -> Result<Published, PublishError> {
    Rulebook::parse_bytes(text).map_err(PublishError::Faulty)?;
    let damaged = || DeskError::from(Damage::Rulebook { digest: "to be published".to_owned() });
    Ok(Published::read(text).ok_or_else(damaged)?)
}

struct Publish {
    ground: Arc<Ground>,
    ask: Arc<PublishRulebook>,
    published: Arc<Published>,
    now: Timestamp,
    id: EntryId,
}

impl Unit for Publish {
    type Output = PublishedRulebook;
    type Error = Failed<PublishError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<PublishedRulebook, Self::Error> {
        let Self { ground, ask, published, now, id } = self;
        let desk = ground.check::<PublishError>(tx).await?;
        let digest = *published.digest();
        if digest == *ground.rulebook.digest() {
            return Ok(PublishedRulebook { digest, same: true, added: Vec::new() });
        }
        let broken = broken(&ground.rulebook, published);
        if !broken.is_empty() {
            return Err(Failed::Because(PublishError::Breaks(broken)));
        }
        let added = added(&ground.rulebook, published);
        if !ask.dry_run {
            let at = following(*now, [desk.changed_at])?.as_microsecond();
            rulebooks::add(tx, &digest, &ask.text, at).await?;
            desk::next_generation(tx, ground.generation, at, &digest).await?;
            // The digest says all of it; ids beyond what an entry holds are left to it.
            let ids = added.iter().take(MAX_IDS).map(|(edition, _)| theirs("edition", edition)).collect();
            let done = Entry {
                ids,
                rulebook: Some(digest),
                ..entry(at, &Actor::Staff(ask.operator.clone()), "rulebook.published")
            };
            tx.together(&[entries::adding(&row(*id, &done)?)]).await?;
        }
        Ok(PublishedRulebook { digest, same: false, added })
    }
}

impl Again for Publish {
    /// The editions stand in the entry; that there is none says that the rulebook was in force already.
    async fn again(&self, tx: &mut Tx<'_>, first: EntryId) -> Result<PublishedRulebook, Self::Error> {
        self.ground.check::<PublishError>(tx).await?;
        let digest = *self.published.digest();
        let Some(row) = entries::by_id(tx, first).await? else {
            return Ok(PublishedRulebook { digest, same: true, added: Vec::new() });
        };
        let said = EntryRef::decode(&row.bytes);
        let said = said.map_err(|error| Damage::Entry { id: first, fault: error.to_string() })?;
        let named = |edition: &&Arc<Edition>| {
            said.ids.named("edition").any(|id| matches!(id, IdRef::Text(text) if text == edition.id))
        };
        let added = self.published.editions.iter().filter(named);
        let added = added.map(|edition| (edition.id.clone(), edition.effective)).collect();
        Ok(PublishedRulebook { digest, same: false, added })
    }
}

/// What `after` changes of `before`. The rulebook in force has every edition that was ever published, as each keeps those of
/// the one before.
pub(super) fn broken(before: &Rulebook, after: &Rulebook) -> Vec<Broken> {
    let of_edition = |old: &Arc<Edition>| match after.edition(&old.id) {
        Err(_) => Some(Broken::Missing(Arc::clone(old))),
        Ok(new) if new.says_the_same(old) => None,
        Ok(new) => Some(Broken::Changed { before: Arc::clone(old), after: Arc::clone(new) }),
    };
    let mut broken: Vec<Broken> = before.editions.iter().filter_map(of_edition).collect();
    if let (Some(old), Some(new)) = (before.editions.first(), after.editions.first()) {
        broken.extend(new.regions.keeps(&old.regions).err().map(Broken::Region));
    }
    broken
}

pub(super) fn added(before: &Rulebook, after: &Rulebook) -> Vec<(String, Date)> {
    let new = after.editions.iter().filter(|edition| before.edition(&edition.id).is_err());
    new.map(|edition| (edition.id.clone(), edition.effective)).collect()
}
