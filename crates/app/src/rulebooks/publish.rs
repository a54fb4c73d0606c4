//! Publishing a rulebook: from then on every process decides by it. What was published once is never changed. Whoever has the machine and
//! its master key does it at once; over HTTP two people do (`proposed/`), by what is written here.

use crate::{
    Actor, Desk, Operator,
    clock::following,
    failure::{Damage, DeskError, Failed},
    ground::{Ground, Published},
    ledger_entry::{entry, ours, row, theirs},
};
use jiff::{Timestamp, civil::Date};
use ledger::{Entry, MAX_IDS};
use rulebook::{Edition, Faults, Rulebook};
use std::sync::Arc;
use store::{EntryId, RulebookProposalId, Tx, Unit, desk, entries, rulebooks};

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
            let publication = Publication {
                ground,
                digest,
                text: &ask.text,
                added: &added,
                by: &ask.operator,
                agreed: None,
            };
            publication.write(tx, *id, at).await?;
        }
        Ok(PublishedRulebook { digest, same: false, added })
    }
}

/// A rulebook that may be published, as it is written.
pub(super) struct Publication<'p> {
    pub(super) ground: &'p Ground,
    pub(super) digest: [u8; 32],
    pub(super) text: &'p [u8],
    /// The editions that it adds.
    pub(super) added: &'p [(String, Date)],
    /// Who publishes it, or agrees that it is.
    pub(super) by: &'p Operator,
    /// The proposal that was agreed to, and who made it; `None` for whoever has the machine.
    pub(super) agreed: Option<(RulebookProposalId, &'p str)>,
}

impl Publication<'_> {
    /// Writes it with its entry: from then on every process decides by it. `at` is in microseconds since 1970.
    pub(super) async fn write(&self, tx: &mut Tx<'_>, entry_id: EntryId, at: i64) -> Result<(), DeskError> {
        let Self { ground, digest, text, added, by, agreed } = self;
        rulebooks::add(tx, digest, text, at).await?;
        desk::next_generation(tx, ground.generation, at, digest).await?;
        let proposal = agreed.iter().flat_map(|(proposal, proposed_by)| {
            [ours("rulebook_proposal", proposal.uuid()), theirs("proposed_by", proposed_by)]
        });
        // The digest says all of it; ids beyond what an entry holds are left to it.
        let editions = added.iter().map(|(edition, _)| theirs("edition", edition));
        let done = Entry {
            ids: proposal.chain(editions).take(MAX_IDS).collect(),
            rulebook: Some(*digest),
            ..entry(at, &Actor::Staff((*by).clone()), "rulebook.published")
        };
        tx.together(&[entries::adding(&row(entry_id, &done)?)]).await?;
        Ok(())
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
