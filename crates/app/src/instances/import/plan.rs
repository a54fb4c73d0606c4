//! Reading an import: its records are held against what the desk knows and written down, a chunk at a time. No instance is
//! changed by it.

use super::{
    CHUNK, ImportCounts, ImportError, ImportNote, ImportReport, ImportState, KIND, advance, counts_of,
    counts_text, importer, is_dead, missing, report,
};
use crate::{
    Actor, Desk, RecordError, Recorded,
    accounts::is_name,
    clock::following,
    failure::{DeskError, Failed},
    ground::Ground,
    instances::record::Recordable,
};
use jiff::Timestamp;
use rulebook::Facts;
use sha2::{Digest, Sha256};
use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};
use store::{
    Tx, Unit,
    import_rows::{self, ImportRow, NewRow},
    instances::{self, Instance},
    operations::{self, Operation},
};

/// Characters that are kept of a sentence about a bad record: enough for every fault of one, too little for a page.
const LONGEST_SENTENCE: usize = 500;
/// Characters that are kept of where a record stood: a file name, and the sheet in it.
const LONGEST_SOURCE: usize = 300;

/// An import is begun.
#[derive(Clone, Debug)]
pub struct PlanImport {
    /// Who does it: staff, another system, or Kebei itself. Never a customer.
    pub actor: Actor,
    /// The buyer of records that do not say.
    pub owner: Option<String>,
    /// Whether the list is complete, so that instances which it does not name are gone.
    pub complete: bool,
}

/// One record of a list of instances.
#[derive(Clone, Debug)]
pub struct ImportRecord {
    /// Where it stood, such as the name of a file; empty where there is nothing to tell.
    pub source: String,
    /// On which line there, from 1.
    pub line: u64,
    /// What it says.
    pub read: Result<Facts, Unread>,
}

/// A record that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The instance that it seems to be about, so that this one is not taken to be gone.
    pub instance: Option<String>,
    /// What is wrong with it, in Chinese.
    pub zh: String,
    /// What is wrong with it, in English.
    pub en: String,
}

/// An import that is being read.
#[derive(Debug)]
pub struct Importing {
    desk: Desk,
    owner: Option<String>,
    operation: Operation,
    digest: Sha256,
    waiting: Vec<Heard>,
}

/// A record, ready to be held against what is known.
#[derive(Debug)]
struct Heard {
    source: String,
    line: i64,
    name: Option<String>,
    read: Result<Recordable, ImportNote>,
}

impl Desk {
    /// Begins to read an import. Refused while another is open, unless that is only being read, or waits to be applied, and
    /// has been silent for long.
    pub async fn begin_import(&self, plan: PlanImport) -> Result<Importing, ImportError> {
        let actor = importer(&plan.actor)?;
        self.tidy_imports().await?;
        let now = self.now();
        let at = now.as_microsecond();
        let operation = Operation {
            id: self.chance().draw().id(now),
            kind: KIND.to_owned(),
            state: ImportState::Staging,
            actor,
            complete: plan.complete,
            cursor: 0,
            counts: counts_text(&ImportCounts::default())?,
            digest: None,
            holder: String::new(),
            held_until: 0,
            rows_left: true,
            made_at: at,
            changed_at: at,
        };
        let operation = self.write(|_| Ok(Begin { operation: operation.clone(), now })).await?;
        // What was abandoned just now.
        self.tidy_imports().await?;
        let desk = self.clone();
        Ok(Importing { desk, owner: plan.owner, operation, digest: Sha256::new(), waiting: Vec::new() })
    }

    /// Reads a whole import and tells what it would do. Nothing is applied.
    pub async fn plan_import(
        &self,
        plan: PlanImport,
        records: impl IntoIterator<Item = ImportRecord>,
    ) -> Result<ImportReport, ImportError> {
        let mut importing = self.begin_import(plan).await?;
        for record in records {
            importing.add(record).await?;
        }
        importing.report().await
    }
}

impl Importing {
    /// The import's id.
    pub const fn id(&self) -> store::OperationId {
        self.operation.id
    }

    /// One more record.
    pub async fn add(&mut self, record: ImportRecord) -> Result<(), ImportError> {
        let heard = self.heard(record)?;
        self.digest.update(heard.read.as_ref().map(|heard| heard.bytes.as_slice()).unwrap_or_default());
        self.digest.update(b"\n");
        self.waiting.push(heard);
        if self.waiting.len() >= CHUNK { self.flush().await } else { Ok(()) }
    }

    /// All were read: what the import would do.
    pub async fn report(mut self) -> Result<ImportReport, ImportError> {
        self.flush().await?;
        let Self { desk, mut operation, digest, .. } = self;
        if operation.complete {
            operation = missing::find(&desk, operation).await?;
        }
        let (now, digest) = (desk.now(), digest.finalize().to_vec());
        let unit = || Stand { before: operation.clone(), digest: digest.clone(), now };
        Ok(report(&desk.write(|_| Ok(unit())).await?).map_err(DeskError::from)?)
    }

    fn heard(&self, record: ImportRecord) -> Result<Heard, ImportError> {
        let ImportRecord { mut source, line, read } = record;
        cut(&mut source, LONGEST_SOURCE);
        let line = i64::try_from(line).unwrap_or(i64::MAX);
        let named = |name: &String| is_name(name).then(|| name.clone());
        let (name, read) = match read {
            Ok(mut facts) => {
                if facts.account.is_none() {
                    facts.account.clone_from(&self.owner);
                }
                (named(&facts.id), Recordable::new(facts).map_err(refused))
            }
            Err(Unread { instance, mut zh, mut en }) => {
                cut(&mut zh, LONGEST_SENTENCE);
                cut(&mut en, LONGEST_SENTENCE);
                (instance.as_ref().and_then(named), Err(Ok(ImportNote::Unread { zh, en })))
            }
        };
        let read = match read {
            Ok(heard) => Ok(heard),
            Err(Ok(note)) => Err(note),
            Err(Err(error)) => return Err(error.into()),
        };
        Ok(Heard { source, line, name, read })
    }

    async fn flush(&mut self) -> Result<(), ImportError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let heard = Arc::new(std::mem::take(&mut self.waiting));
        let (before, now) = (&self.operation, self.desk.now());
        let make = |ground| Ok(Stage { ground, before: before.clone(), heard: Arc::clone(&heard), now });
        self.operation = self.desk.write(make).await?;
        Ok(())
    }
}

/// Why facts are not recorded, as an import tells it; or what is wrong with the desk.
fn refused(error: RecordError) -> Result<ImportNote, DeskError> {
    match error {
        RecordError::BadName { .. } => Ok(ImportNote::BadName),
        RecordError::UnknownAccount { .. } => Ok(ImportNote::BadAccount),
        RecordError::TooLong { bytes, .. } => Ok(ImportNote::TooLong { bytes }),
        RecordError::Desk(error) => Err(error),
    }
}

/// The first characters of a text; PostgreSQL stores no NUL.
fn cut(text: &mut String, most: usize) {
    text.retain(|c| c != '\0');
    if let Some((at, _)) = text.char_indices().nth(most) {
        text.truncate(at);
    }
}

struct Begin {
    operation: Operation,
    now: Timestamp,
}

impl Unit for Begin {
    type Output = Operation;
    type Error = Failed<ImportError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Operation, Self::Error> {
        if let Some(open) = operations::open(tx, KIND).await? {
            if open.id == self.operation.id {
                return Ok(open);
            }
            if !is_dead(&open, self.now) {
                return Err(Failed::Because(ImportError::Busy(Box::new(report(&open)?))));
            }
            advance(tx, &open, &Operation { state: ImportState::Abandoned, ..open.clone() }).await?;
        }
        operations::add(tx, &self.operation).await?;
        Ok(self.operation.clone())
    }
}

/// Writes down a chunk of records with what each comes to.
struct Stage {
    ground: Arc<Ground>,
    before: Operation,
    heard: Arc<Vec<Heard>>,
    now: Timestamp,
}

impl Unit for Stage {
    type Output = Operation;
    type Error = Failed<ImportError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Operation, Self::Error> {
        let Self { ground, before, heard, now } = self;
        ground.check::<ImportError>(tx).await?;
        let known = self.known(tx).await?;
        let earlier = self.earlier(tx).await?;
        let mut counts = counts_of(before)?;
        let mut firsts = HashMap::new();
        let mut rows = Vec::with_capacity(heard.len());
        for (nth, ((heard, known), earlier)) in heard.iter().zip(&known).zip(&earlier).enumerate() {
            let number = before.cursor + 1 + i64::try_from(nth).unwrap_or_default();
            let repeated = match (&heard.read, earlier) {
                (Err(_), _) => None,
                (Ok(_), Some(row)) => Some((row.source.clone(), row.line)),
                (Ok(heard_facts), None) => match firsts.entry(heard_facts.facts.id.as_str()) {
                    Entry::Occupied(first) => {
                        Some(*first.get()).map(|first: &Heard| (first.source.clone(), first.line))
                    }
                    Entry::Vacant(place) => {
                        place.insert(heard);
                        None
                    }
                },
            };
            let row = row_of(heard, number, known.as_ref(), repeated, ground)?;
            count(&mut counts, &row);
            rows.push(NewRow::new(before.id, row));
        }
        let after = Operation {
            cursor: before.cursor + i64::try_from(rows.len()).unwrap_or_default(),
            counts: counts_text(&counts)?,
            changed_at: following(*now, [before.changed_at])?.as_microsecond(),
            ..before.clone()
        };
        advance(tx, before, &after).await?;
        let adding: Vec<_> = rows.iter().map(NewRow::adding).collect();
        tx.together(&adding).await?;
        Ok(after)
    }
}

impl Stage {
    /// What is known of the instances of good records, in their order.
    async fn known(&self, tx: &mut Tx<'_>) -> Result<Vec<Option<Instance>>, DeskError> {
        let names: Vec<Option<&String>> = self.heard.iter().map(good).collect();
        let queries: Vec<_> = names.iter().flatten().map(|name| instances::called(name)).collect();
        let mut found = tx.each::<Instance>(&queries).await?.into_iter();
        Ok(names.iter().map(|name| name.and_then(|_| found.next()?.pop())).collect())
    }

    /// The earlier rows about the instances of good records, in their order.
    async fn earlier(&self, tx: &mut Tx<'_>) -> Result<Vec<Option<ImportRow>>, DeskError> {
        let names: Vec<Option<&String>> = self.heard.iter().map(good).collect();
        let operation = &self.before.id;
        let queries: Vec<_> =
            names.iter().flatten().map(|name| import_rows::naming(operation, name)).collect();
        let mut found = tx.each::<ImportRow>(&queries).await?.into_iter();
        Ok(names.iter().map(|name| name.and_then(|_| found.next()?.pop())).collect())
    }
}

fn good(heard: &Heard) -> Option<&String> {
    heard.read.as_ref().ok().map(|heard| &heard.facts.id)
}

/// A record as it is written down.
fn row_of(
    heard: &Heard,
    number: i64,
    known: Option<&Instance>,
    repeated: Option<(String, i64)>,
    ground: &Ground,
) -> Result<ImportRow, DeskError> {
    let repeated = repeated
        .map(|(source, line)| ImportNote::Repeated { source, line: u64::try_from(line).unwrap_or_default() });
    let (outcome, facts, note) = match (&heard.read, repeated) {
        (Err(note), _) => ("rejected", None, Some(note.clone())),
        (Ok(_), Some(note)) => ("rejected", None, Some(note)),
        (Ok(recordable), None) => {
            let product = &recordable.facts.product;
            let known_product = ground.rulebook.editions.iter().any(|edition| edition.row(product).is_some());
            let note = (!known_product).then(|| ImportNote::UnknownProduct { product: product.clone() });
            let recordable = recordable.keeping_buyer(known)?;
            match recordable.comes_to(known) {
                Recorded::New => ("new", Some(recordable.bytes.clone()), note),
                Recorded::Changed => ("changed", Some(recordable.bytes.clone()), note),
                Recorded::Same => ("same", None, note),
            }
        }
    };
    let text = note.as_ref().map(serde_json::to_string).transpose();
    Ok(ImportRow {
        number,
        source: heard.source.clone(),
        line: heard.line,
        name: heard.name.clone(),
        facts,
        outcome: outcome.to_owned(),
        noted: outcome != "rejected" && note.is_some(),
        note: text.map_err(|error| DeskError::unwritable(&error))?,
    })
}

fn count(counts: &mut ImportCounts, row: &ImportRow) {
    counts.read += 1;
    counts.unknown_products += u64::from(row.noted);
    match row.outcome.as_str() {
        "new" => counts.new += 1,
        "changed" => counts.changed += 1,
        "same" => counts.same += 1,
        _ => {
            counts.rejected += 1;
            counts.unnamed += u64::from(row.name.is_none());
        }
    }
}

/// All was read: from now on it can be applied.
struct Stand {
    before: Operation,
    digest: Vec<u8>,
    now: Timestamp,
}

impl Unit for Stand {
    type Output = Operation;
    type Error = Failed<ImportError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Operation, Self::Error> {
        let Self { before, digest, now } = self;
        let after = Operation {
            state: ImportState::Staged,
            digest: Some(digest.clone()),
            changed_at: following(*now, [before.changed_at])?.as_microsecond(),
            ..before.clone()
        };
        advance(tx, before, &after).await?;
        Ok(after)
    }
}
