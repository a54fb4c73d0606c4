//! Verifying the ledger in the database: every entry, every node, every checkpoint, and every decision again.

use super::{
    decided, en,
    export::PAGE,
    proofs::inclusion,
    standing::Conflict,
    stored::{self, NotRead},
    verify_export::{Rulebooks, Undecided},
    zh,
};
use crate::{
    Desk,
    failure::{DeskError, Failed},
};
use ledger::{
    Checkpoint, CheckpointError, DecodeError, EntryRef, Frontier, Hash, Node, SignedCheckpoint, TreeHead,
    VerifyingKey, leaf_hash,
};
use rulebook::Lang;
use std::collections::{HashMap, hash_map::Entry};
use store::{
    StoreError, Tx, Unit,
    checkpoints::{self, CheckpointRow},
    entries::{self, PlacedRow},
    tree,
};

/// How the ledger is verified.
#[derive(Clone, Copy, Debug)]
pub struct VerifyLedger {
    /// Whether every decision is decided again from its own facts.
    pub decide: bool,
    /// How many mistakes are named; the rest is counted.
    pub most_mistakes: usize,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct LedgerReport {
    /// Entries with places that were looked at.
    pub entries: u64,
    /// Entries that wait for their places.
    pub waiting: u64,
    /// Checkpoints that were looked at.
    pub checkpoints: u64,
    /// Entries that were decided again, and the same.
    pub decided: u64,
    /// The newest checkpoint.
    pub checkpoint: Option<Checkpoint>,
    /// The first mistakes, by place.
    pub mistakes: Vec<Mistake>,
    /// How many more there are.
    pub more: u64,
}

impl LedgerReport {
    /// Whether the ledger is what it should be.
    pub const fn is_sound(&self) -> bool {
        self.mistakes.is_empty() && self.more == 0
    }
}

/// Something in the database that is not as it was signed. Places are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// An entry is gone.
    #[error("entry {place} is missing")]
    Missing {
        /// Its place.
        place: u64,
    },
    /// An entry is not the one that took this place.
    #[error("entry {place} was changed")]
    Changed {
        /// Its place.
        place: u64,
    },
    /// An entry is the one that took another place.
    #[error("entry {place} is the one that belongs at {belongs}")]
    Moved {
        /// Where it stands.
        place: u64,
        /// Where it belongs.
        belongs: u64,
    },
    /// An entry that is none.
    #[error("entry {place} cannot be read: {fault}")]
    Unreadable {
        /// Its place.
        place: u64,
        /// What is wrong.
        fault: DecodeError,
    },
    /// The time beside an entry, by which it took its place, is not the time in it.
    #[error("entry {place} is stored under another time than its own")]
    OtherTime {
        /// Its place.
        place: u64,
    },
    /// A node of the tree is missing or is not what the entries under it give.
    #[error("node {index} of level {level} is not what its entries give")]
    Node {
        /// How far it is above the entries.
        level: u8,
        /// Which one of its level.
        index: u64,
    },
    /// Entries or nodes beyond the end of the tree.
    #[error("{entries} entries and {nodes} nodes are beyond the end of the tree")]
    Beyond {
        /// Entries too many.
        entries: u64,
        /// Nodes too many.
        nodes: u64,
    },
    /// A checkpoint that is none of this ledger.
    #[error("the checkpoint of {size} entries: {fault}")]
    Checkpoint {
        /// The size under which it is stored.
        size: u64,
        /// What is wrong.
        fault: CheckpointError,
    },
    /// A checkpoint that was signed over other entries.
    #[error("the entries are not those of the checkpoint of {size} entries")]
    OtherRoot {
        /// The size under which it is stored.
        size: u64,
    },
    /// There is no checkpoint of the whole tree.
    #[error("there is no checkpoint of all {size} entries")]
    NoCheckpoint {
        /// Entries of the tree.
        size: u64,
    },
    /// The database is not the one that its checkpoint outside tells of.
    #[error(transparent)]
    Outside(Conflict),
    /// A decision that is not found again.
    #[error("entry {place}: {fault}")]
    Undecided {
        /// Its place.
        place: u64,
        /// Why.
        fault: Undecided,
    },
}

impl Mistake {
    /// As people read it.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::mistake(self),
            Lang::En => en::mistake(self),
        }
    }
}

impl Desk {
    /// Verifies the ledger in the database, as it is when this begins. A page of entries is in memory at a time.
    pub async fn verify_ledger(&self, how: VerifyLedger) -> Result<LedgerReport, DeskError> {
        let key = self.ledger_key();
        let standing = self.look_outside().await?;
        let missing =
            standing.as_ref().zip(self.outside()).and_then(|(found, file)| found.missing(file.path()));
        let (begin, outside) = self.begin(&key, standing.and_then(|standing| standing.note)).await?;
        let (size, trusted) = (begin.size, begin.newest.as_ref());
        let mut verifying = Verifying {
            how,
            key,
            outside,
            trusted: trusted.map(|signed| signed.checkpoint().head).filter(|head| head.size == size),
            tree: Frontier::new(),
            rulebooks: Rulebooks::default(),
            strangers: Vec::new(),
            report: LedgerReport::default(),
        };
        if let Some(missing) = missing {
            verifying.note(Mistake::Outside(missing));
        }
        verifying.begin(&begin);
        while verifying.tree.size() < size {
            let from = verifying.tree.size();
            let to = size.min(from + PAGE);
            let page = self.store().read(ReadPage { from, to }).await.map_err(DeskError::from)?;
            verifying.page(self, from, to, page).await?;
        }
        Ok(verifying.finished())
    }

    /// Reads where the ledger ends, and how that stands to the checkpoint outside.
    async fn begin(
        &self,
        key: &VerifyingKey,
        note: Option<String>,
    ) -> Result<(Begin, Option<Result<TreeHead, CheckpointError>>), DeskError> {
        let outside = note.map(|note| key.open(&note).map(|signed| signed.checkpoint().head));
        let begin = self.store().read(ReadBegin(key.clone())).await?;
        Ok((begin, outside))
    }
}

/// Where the ledger ends.
struct Begin {
    size: u64,
    entries: u64,
    placed: u64,
    nodes: u64,
    /// The size under which the newest checkpoint is stored; 0 when there is none.
    newest_size: u64,
    /// The newest checkpoint, unless it is none of this ledger: that is told when the tree has grown to its size.
    newest: Option<SignedCheckpoint>,
}

struct ReadBegin(VerifyingKey);

impl Unit for ReadBegin {
    type Output = Begin;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Begin, StoreError> {
        let counted = |number: i64| u64::try_from(number).unwrap_or_default();
        let (entries, placed) = entries::count(tx).await?;
        let newest = checkpoints::newest(tx).await?;
        let newest_size = counted(newest.as_ref().map_or(0, |row| row.size));
        let newest = newest.and_then(|row| stored::opened(&self.0, &row.note, row.size).ok());
        Ok(Begin {
            size: counted(tree::size(tx).await?),
            entries: counted(entries),
            placed: counted(placed),
            nodes: counted(tree::count(tx).await?),
            newest_size,
            newest,
        })
    }
}

/// What is stored for the entries from one place to another.
struct StoredPage {
    entries: HashMap<u64, PlacedRow>,
    nodes: HashMap<Node, Hash>,
    checkpoints: HashMap<u64, CheckpointRow>,
}

struct ReadPage {
    from: u64,
    to: u64,
}

impl Unit for ReadPage {
    type Output = StoredPage;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<StoredPage, StoreError> {
        let &Self { from, to } = self;
        let [first, last] = [from, to].map(|place| i64::try_from(place).unwrap_or(i64::MAX));
        let place = |number: i64| u64::try_from(number).ok();
        let rows = entries::placed(tx, first, last).await?;
        let entries = rows.into_iter().filter_map(|row| Some((place(row.place?)?, row))).collect();
        let mut nodes = HashMap::new();
        // The nodes that these entries complete: of each level those that end among them.
        for level in (0..=62_u8).take_while(|level| to >> level > 0) {
            if from >> level < to >> level {
                nodes.extend(tree::level(tx, level, from >> level, to >> level).await?);
            }
        }
        let rows = checkpoints::after(tx, first, last).await?;
        let checkpoints = rows.into_iter().filter_map(|row| Some((place(row.size)?, row))).collect();
        Ok(StoredPage { entries, nodes, checkpoints })
    }
}

/// A ledger that is being verified.
struct Verifying {
    how: VerifyLedger,
    key: VerifyingKey,
    /// The checkpoint outside, if there is one.
    outside: Option<Result<TreeHead, CheckpointError>>,
    /// The checkpoint of the whole tree, if its signature is right: it tells a changed entry from a changed node.
    trusted: Option<TreeHead>,
    tree: Frontier,
    rulebooks: Rulebooks,
    /// Entries that are not those of their places: the place, their hash, and the hash that belongs there.
    strangers: Vec<(u64, Hash, Hash)>,
    report: LedgerReport,
}

impl Verifying {
    fn note(&mut self, mistake: Mistake) {
        if self.full() {
            self.report.more += 1;
        } else {
            self.report.mistakes.push(mistake);
        }
    }

    fn full(&self) -> bool {
        self.report.mistakes.len() >= self.how.most_mistakes
    }

    /// What can be said before any entry is read.
    fn begin(&mut self, begin: &Begin) {
        let &Begin { size, entries, placed, nodes, .. } = begin;
        self.report.waiting = entries.saturating_sub(placed);
        self.report.checkpoint = begin.newest.as_ref().map(|newest| newest.checkpoint().clone());
        if begin.newest_size != size {
            self.note(Mistake::NoCheckpoint { size });
        }
        match self.outside {
            Some(Err(fault)) => self.note(Mistake::Outside(Conflict::Foreign(fault))),
            Some(Ok(outside)) if outside.size > size => {
                let older = Conflict::Older { database: size, outside: outside.size };
                self.note(Mistake::Outside(older));
            }
            _ => {}
        }
        // A tree of so many entries has two nodes for each but for the ones in its binary size.
        let complete = (2 * size).saturating_sub(size.count_ones().into());
        let (entries, nodes) = (placed.saturating_sub(size), nodes.saturating_sub(complete));
        if entries > 0 || nodes > 0 {
            self.note(Mistake::Beyond { entries, nodes });
        }
    }

    async fn page(&mut self, desk: &Desk, from: u64, to: u64, page: StoredPage) -> Result<(), DeskError> {
        for place in from..to {
            let row = page.entries.get(&place);
            let known = page.nodes.get(&Node { level: 0, index: place }).copied();
            let leaf = self.leaf(desk, place, row, known).await?;
            if let Some(row) = row.filter(|row| leaf_hash(&row.entry.bytes) == leaf) {
                self.entry(desk, place, row).await?;
            }
            let mut wrong = Vec::new();
            self.tree.append(leaf, |node, hash| {
                if page.nodes.get(&node) != Some(&hash) {
                    wrong.push(Mistake::Node { level: node.level, index: node.index });
                }
            });
            for mistake in wrong {
                self.note(mistake);
            }
            self.report.entries += 1;
            self.checkpoint(page.checkpoints.get(&self.tree.size()));
        }
        Ok(())
    }

    /// The hash of the entry that took that place, as well as it can be told from what is stored.
    async fn leaf(
        &mut self,
        desk: &Desk,
        place: u64,
        row: Option<&PlacedRow>,
        known: Option<Hash>,
    ) -> Result<Hash, DeskError> {
        let found = row.map(|row| leaf_hash(&row.entry.bytes));
        match (found, known) {
            (Some(found), Some(known)) if found == known => return Ok(found),
            // The entry may be right and its node changed or gone: whoever signed the whole tree knows.
            (Some(found), _) if !self.full() && self.proven(desk, place, found).await? => return Ok(found),
            _ => {}
        }
        let Some(found) = found else {
            self.note(Mistake::Missing { place });
            return Ok(known.unwrap_or_else(Hash::of_nothing));
        };
        let belongs = known.unwrap_or(found);
        if !self.full() {
            self.strangers.push((place, found, belongs));
        }
        self.note(Mistake::Changed { place });
        Ok(belongs)
    }

    /// Whether the stored nodes around it lead from `leaf` to the checkpoint of the whole tree.
    async fn proven(&self, desk: &Desk, place: u64, leaf: Hash) -> Result<bool, DeskError> {
        let Some(head) = self.trusted else { return Ok(false) };
        let proven = desk.store().read(Prove { place, leaf, head }).await;
        proven.map_err(Failed::told)
    }

    /// An entry that is the one that took its place.
    async fn entry(&mut self, desk: &Desk, place: u64, row: &PlacedRow) -> Result<(), DeskError> {
        let entry = match EntryRef::decode(&row.entry.bytes) {
            Ok(entry) => entry,
            Err(fault) => {
                self.note(Mistake::Unreadable { place, fault });
                return Ok(());
            }
        };
        if entry.at != row.entry.at {
            self.note(Mistake::OtherTime { place });
        }
        if self.how.decide && decided::is_decision(entry.kind) {
            if let Some(digest) = entry.rulebook {
                self.fetch(desk, *digest).await?;
            }
            match self.rulebooks.again(&entry) {
                Ok(()) => self.report.decided += 1,
                Err(fault) => self.note(Mistake::Undecided { place, fault }),
            }
        }
        Ok(())
    }

    /// Reads a rulebook, once.
    async fn fetch(&mut self, desk: &Desk, digest: [u8; 32]) -> Result<(), DeskError> {
        if let Entry::Vacant(unread) = self.rulebooks.0.entry(digest) {
            let read = match desk.rulebook(digest).await {
                Ok(rulebook) => Some(rulebook),
                Err(DeskError::Damaged(_)) => None,
                Err(error) => return Err(error),
            };
            unread.insert(read);
        }
        Ok(())
    }

    /// Holds the tree as it has grown to here against the checkpoints of its size.
    fn checkpoint(&mut self, row: Option<&CheckpointRow>) {
        let head = self.tree.head();
        if let Some(row) = row {
            self.report.checkpoints += 1;
            match self.key.open(&row.note) {
                Err(fault) => self.note(Mistake::Checkpoint { size: head.size, fault }),
                Ok(signed) if signed.checkpoint().head != head => {
                    self.note(Mistake::OtherRoot { size: head.size });
                }
                Ok(_) => {}
            }
        }
        if let Some(Ok(outside)) = self.outside
            && outside.size == head.size
            && outside.root != head.root
        {
            let database = self.report.checkpoint.as_ref().map_or(head.size, |newest| newest.head.size);
            self.note(Mistake::Outside(Conflict::Rewritten { database, outside: outside.size }));
        }
    }

    /// The report, in which entries that changed places say so.
    fn finished(mut self) -> LedgerReport {
        let belongs: HashMap<Hash, u64> =
            self.strangers.iter().map(|(place, _, belongs)| (*belongs, *place)).collect();
        for (place, found, _) in &self.strangers {
            let changed = Mistake::Changed { place: *place };
            let named = self.report.mistakes.iter_mut().find(|mistake| **mistake == changed);
            if let (Some(named), Some(belongs)) = (named, belongs.get(found)) {
                *named = Mistake::Moved { place: *place, belongs: *belongs };
            }
        }
        self.report
    }
}

struct Prove {
    place: u64,
    leaf: Hash,
    head: TreeHead,
}

impl Unit for Prove {
    type Output = bool;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, Self::Error> {
        match inclusion(tx, self.place, self.head.size).await {
            Ok(proof) => Ok(proof.verify(self.leaf, self.place, self.head).is_ok()),
            Err(NotRead::Unsound(_)) => Ok(false),
            Err(NotRead::Store(error)) => Err(error.into()),
        }
    }
}
