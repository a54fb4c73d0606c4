//! Applying an import, a piece at a time: each piece is one transaction that moves the cursor, so that none is applied twice
//! and whoever goes on knows where.

use super::{
    CHUNK, HOLD, ImportError, ImportReport, ImportState, KIND, abandon::FORGOTTEN_AT_ONCE, actor_of, advance,
    apply::imported, counts_of, counts_text, find, lines::LinesOf, report,
};
use crate::{
    Desk, Worker,
    accounts::{is_name, open_called},
    chance::Draw,
    clock::following,
    failure::{Damage, DeskError, Failed},
    instances::record::{Recordable, Recording, write_all},
};
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::{
    AccountId, EntryId, OperationId, Tx, Unit,
    accounts::{self, Account},
    entries,
    import_rows::{self, ImportRow},
    instances::{self, Instance},
    operations::{self, Operation},
};

/// Who applies an import that somebody waits for.
const FOREGROUND: &str = "foreground";
/// When the worker looks again after the database failed, or while another applies the import.
const LATER: jiff::SignedDuration = jiff::SignedDuration::from_secs(5);

impl Desk {
    /// Applies the next piece of an import that is being applied, and tells how far it is; of one that is not, nothing. For
    /// whoever waits for it: the worker leaves it to him for half a minute from each piece.
    pub async fn step_import(&self, id: OperationId) -> Result<ImportReport, ImportError> {
        let stepped = self.step_import_as(id, FOREGROUND, true).await;
        match stepped {
            // Where it was done, its cursor says so.
            Err(ImportError::Desk(error)) if error.outcome_unknown() => {
                self.step_import_as(id, FOREGROUND, true).await
            }
            stepped => stepped,
        }
    }

    async fn step_import_as(
        &self,
        id: OperationId,
        holder: &str,
        take_over: bool,
    ) -> Result<ImportReport, ImportError> {
        let now = self.now();
        let mut draw = self.chance().draw();
        let entry = draw.id(now);
        let unit = || Step { id, holder: holder.to_owned(), take_over, entry, draw: draw.again(), now };
        self.write(|_| Ok(unit())).await
    }
}

/// The worker that finishes imports which were begun, such as those of processes that ended.
#[derive(Debug)]
pub struct Importer {
    desk: Desk,
    /// Told from others by chance.
    holder: String,
}

impl Importer {
    /// Of that desk.
    pub fn new(desk: Desk) -> Self {
        let holder = format!("{:032x}", u128::from_le_bytes(desk.chance().draw().bytes()));
        Self { desk, holder }
    }

    /// Applies a piece of what is to be applied; when to look again.
    async fn piece(&self, now: Timestamp) -> Result<Option<Timestamp>, ImportError> {
        let Some(open) = self.desk.read::<_, ImportError>(|_| Ok(FindOpen)).await? else { return Ok(None) };
        let held = open.holder != self.holder && open.held_until > now.as_microsecond();
        if open.state != ImportState::Applying {
            return Ok(None);
        }
        if held {
            return Ok(Some(Timestamp::from_microsecond(open.held_until).unwrap_or(Timestamp::MAX)));
        }
        self.desk.step_import_as(open.id, &self.holder, false).await?;
        Ok(Some(now))
    }
}

impl Worker for Importer {
    fn name(&self) -> &'static str {
        "inventory.importer"
    }

    async fn step(&self, now: Timestamp) -> Option<Timestamp> {
        match self.piece(now).await {
            Ok(next) => next,
            Err(error) => {
                tracing::error!(event = "inventory.not_imported", %error);
                Some(now.saturating_add(LATER).unwrap_or(Timestamp::MAX))
            }
        }
    }
}

struct FindOpen;

impl Unit for FindOpen {
    type Output = Option<Operation>;
    type Error = Failed<ImportError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        Ok(operations::open(tx, KIND).await?)
    }
}

/// One piece.
struct Step {
    id: OperationId,
    holder: String,
    take_over: bool,
    entry: EntryId,
    draw: Draw,
    now: Timestamp,
}

impl Unit for Step {
    type Output = ImportReport;
    type Error = Failed<ImportError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<ImportReport, Self::Error> {
        let before = find(tx, self.id).await?;
        let anothers = before.holder != self.holder && before.held_until > self.now.as_microsecond();
        if before.state != ImportState::Applying || (anothers && !self.take_over) {
            return Ok(report(&before)?);
        }
        let most = i64::try_from(CHUNK).unwrap_or(i64::MAX);
        let rows = import_rows::to_apply(tx, before.id, before.cursor, most).await?;
        let mut after = self.moved(&before)?;
        if let Some(last) = rows.last() {
            let mut counts = counts_of(&before)?;
            counts.applied += rows.len() as u64;
            after = Operation { cursor: last.number, counts: counts_text(&counts)?, ..after };
            self.apply(tx, rows).await?;
        } else if !forgotten(tx, before.id).await? {
            after.state = ImportState::Done;
            let entry = imported(&after, &actor_of(&after)?, self.entry)?;
            tx.together(&[entries::adding(&entry)]).await?;
        }
        advance(tx, &before, &after).await?;
        Ok(report(&after)?)
    }
}

/// Forgets some of the rows of which nothing more is to be known; whether there were any.
async fn forgotten(tx: &mut Tx<'_>, id: OperationId) -> Result<bool, DeskError> {
    for of in [LinesOf::New, LinesOf::Changed, LinesOf::Same, LinesOf::Gone] {
        let outcome = of.word().unwrap_or_default();
        if import_rows::forget_settled(tx, id, outcome, FORGOTTEN_AT_ONCE).await? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Step {
    /// The operation, held by whoever applies it.
    fn moved(&self, before: &Operation) -> Result<Operation, DeskError> {
        let until = self.now.saturating_add(HOLD).unwrap_or(Timestamp::MAX);
        Ok(Operation {
            holder: self.holder.clone(),
            held_until: until.as_microsecond(),
            changed_at: following(self.now, [before.changed_at])?.as_microsecond(),
            ..before.clone()
        })
    }

    async fn apply(&self, tx: &mut Tx<'_>, rows: Vec<ImportRow>) -> Result<(), Failed<ImportError>> {
        let mut draw = self.draw.again();
        let names: Vec<String> = rows.iter().filter_map(|row| row.name.clone()).collect();
        let queries: Vec<_> = names.iter().map(instances::called).collect();
        let found = tx.each::<Instance>(&queries).await?.into_iter().flatten();
        let mut known: BTreeMap<String, Instance> =
            found.map(|instance| (instance.name.clone(), instance)).collect();
        let mut heard = Vec::new();
        let mut recordings = Vec::new();
        for row in rows {
            if let Some(facts) = &row.facts {
                heard.push(self.recordable(facts)?);
            } else {
                let known = row.name.and_then(|name| known.remove(&name));
                recordings.extend(known.map(|known| Recording::gone(known, self.now)).transpose()?.flatten());
            }
        }
        let buyers = self.buyers(tx, &heard, &mut draw).await?;
        for heard in &heard {
            let account = heard.facts.account.as_ref().and_then(|name| buyers.get(name)).copied();
            let known = known.get(&heard.facts.id);
            recordings.push(Recording::of(heard, known, account, draw.id(self.now), self.now)?);
        }
        Ok(write_all(tx, &recordings).await?)
    }

    fn recordable(&self, facts: &[u8]) -> Result<Recordable, Damage> {
        let damaged = |fault: String| Damage::Operation { id: self.id, fault };
        let read = serde_json::from_slice(facts).map_err(|error| damaged(error.to_string()))?;
        Recordable::new(read).map_err(|error| damaged(error.to_string()))
    }

    /// The accounts of buyers; those that the desk does not know are opened.
    async fn buyers(
        &self,
        tx: &mut Tx<'_>,
        heard: &[Recordable],
        draw: &mut Draw,
    ) -> Result<BTreeMap<String, AccountId>, Failed<ImportError>> {
        let names = heard.iter().filter_map(|heard| heard.facts.account.clone()).filter(|name| is_name(name));
        let mut names: Vec<String> = names.collect();
        names.sort();
        names.dedup();
        let queries: Vec<_> = names.iter().map(accounts::called).collect();
        let found = tx.each::<Account>(&queries).await?;
        let mut buyers = BTreeMap::new();
        for (name, found) in names.into_iter().zip(found) {
            let id = match found.into_iter().next() {
                Some(found) => found.id,
                None => self.open(tx, &name, draw).await?,
            };
            buyers.insert(name, id);
        }
        Ok(buyers)
    }

    /// Opens the account of a buyer.
    async fn open(
        &self,
        tx: &mut Tx<'_>,
        name: &str,
        draw: &mut Draw,
    ) -> Result<AccountId, Failed<ImportError>> {
        let opened = open_called(tx, name, draw, self.now).await?;
        let fault = || Damage::Operation { id: self.id, fault: "an account was opened meanwhile".to_owned() };
        Ok(opened.ok_or_else(fault)?)
    }
}
