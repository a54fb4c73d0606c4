//! Verifying an export, and deciding its decisions again, without any database.

use super::{decided, en, zh};
use crate::{Desk, codes::UnlikeDecided, failure::DeskError, ground::Published, hex};
use ledger::{EntryRef, ExportError, TreeHead, Verified, VerifyingKey};
use rulebook::Lang;
use std::{collections::HashMap, io::BufRead, sync::Arc};
use store::{Tx, Unit, rulebooks};

/// Rulebooks by their digests, as entries name them.
#[derive(Debug, Default)]
pub struct Rulebooks(pub(crate) HashMap<[u8; 32], Option<Arc<Published>>>);

impl Rulebooks {
    /// Adds the rulebook of that text; `false` when it is no sound one.
    pub fn add(&mut self, text: &[u8]) -> bool {
        let Some(published) = Published::read(text) else { return false };
        self.0.insert(*published.digest(), Some(Arc::new(published)));
        true
    }

    /// Decides an entry again.
    pub(crate) fn again(&self, entry: &EntryRef<'_>) -> Result<(), Undecided> {
        let digest = entry.rulebook.ok_or(Undecided::NamesNone)?;
        let rulebook = self.0.get(digest).and_then(Option::as_ref);
        let rulebook = rulebook.ok_or_else(|| Undecided::Missing { digest: hex(digest) })?;
        Ok(decided::again(entry, rulebook)?)
    }
}

impl Desk {
    /// Every rulebook that was published.
    pub async fn published_rulebooks(&self) -> Result<Rulebooks, DeskError> {
        let mut rulebooks = Rulebooks::default();
        for text in self.store().read(ReadTexts).await? {
            rulebooks.add(&text);
        }
        Ok(rulebooks)
    }
}

struct ReadTexts;

impl Unit for ReadTexts {
    type Output = Vec<Vec<u8>>;
    type Error = DeskError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, DeskError> {
        Ok(rulebooks::texts(tx).await?)
    }
}

/// Why the decision of an entry is not found again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undecided {
    /// It names no rulebook.
    #[error("it names no rulebook")]
    NamesNone,
    /// The rulebook that it names is not at hand.
    #[error("rulebook {digest} is not at hand")]
    Missing {
        /// Its SHA-256, in hex.
        digest: String,
    },
    /// It does not say what its own facts lead to.
    #[error(transparent)]
    Unlike(#[from] UnlikeDecided),
}

impl Undecided {
    /// As people read it, of the entry at `place`.
    pub fn message(&self, place: u64, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::undecided(place, self),
            Lang::En => en::undecided(place, self),
        }
    }
}

/// What an export was found to be.
#[derive(Clone, Debug)]
pub struct ExportReport {
    /// The checkpoints between which it is.
    pub verified: Verified,
    /// How many entries it has.
    pub entries: u64,
    /// How many of them were decided again, and the same.
    pub decided: u64,
    /// The first entries, by place, whose decision was not found again, and why.
    pub undecided: Vec<(u64, Undecided)>,
    /// How many more there are.
    pub more: u64,
}

/// Verifies an export by the key of its ledger, against what the caller knows of it from before. With `rulebooks`, decides
/// again what it says was decided, and names the first `most` entries for which that comes out otherwise.
pub fn verify_export(
    reader: impl BufRead,
    key: &VerifyingKey,
    known: Option<TreeHead>,
    rulebooks: Option<&Rulebooks>,
    most: usize,
) -> Result<ExportReport, ExportError> {
    let (mut entries, mut decided, mut undecided, mut more) = (0, 0, Vec::new(), 0);
    let verified = ledger::verify_export(reader, key, known, |place, entry| {
        entries += 1;
        let Some(rulebooks) = rulebooks.filter(|_| decided::is_decision(entry.kind)) else { return };
        match rulebooks.again(entry) {
            Ok(()) => decided += 1,
            Err(fault) if undecided.len() < most => undecided.push((place, fault)),
            Err(_) => more += 1,
        }
    })?;
    Ok(ExportReport { verified, entries, decided, undecided, more })
}
