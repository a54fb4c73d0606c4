//! A run: every rule once, a piece at a time.

use super::{
    Rule, What,
    documents::Documents,
    idle_orders::IdleOrders,
    in_force,
    piece::{Kept, Piece},
    rows::{Jobs, Keys, Lines, Requests, Sessions, Tries},
};
use crate::{
    Actor, Desk,
    clock::following,
    deed::decided,
    failure::{Damage, DeskError, Failed},
    ledger_entry::{entry, row},
};
use jiff::{SignedDuration, Timestamp};
use ledger::Entry;
use rulebook::calendar::shanghai;
use serde::Serialize;
use std::collections::BTreeMap;
use store::{
    EntryId, OperationId, Tx, Unit, entries,
    operations::{self, Operation, State},
};

/// The kind of these operations.
pub(super) const KIND: &str = "retention";
/// The entry of the ledger.
const RAN: &str = "retention.ran";
/// How long whoever runs may be silent before a worker goes on in his stead: a piece takes a fraction of it.
const HOLD: SignedDuration = SignedDuration::from_secs(30);

/// How many things were forgotten, by the words of what they are.
pub(super) type Counts = BTreeMap<String, u64>;

/// What a run came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// Whether it only told.
    pub dry_run: bool,
    /// As of when it asked what is over.
    pub at: Timestamp,
    /// How many things were forgotten, or would be, in the order of the table, and by which rules.
    pub counts: Vec<(Rule, u64)>,
}

/// A run that is under way.
#[derive(Debug)]
pub struct RetentionRun {
    desk: Desk,
    /// Who runs it; without somebody it only tells.
    held: Option<Held>,
    actor: Actor,
    at: Timestamp,
    /// The rules of its day.
    rules: Vec<Rule>,
    /// The one that comes next.
    next: usize,
    told: Counts,
}

/// The operation that a run is, as somebody holds it.
#[derive(Clone, Debug)]
pub(super) struct Held {
    id: OperationId,
    holder: String,
    pub(super) now: Timestamp,
}

impl Desk {
    /// Forgets what is over, or, where `dry_run` is said, tells what would be forgotten at this moment.
    pub async fn run_retention(&self, actor: Actor, dry_run: bool) -> Result<Ran, DeskError> {
        let mut run = self.begin_retention(actor, dry_run).await?;
        loop {
            if let Some(ran) = run.step().await? {
                return Ok(ran);
            }
        }
    }

    /// Begins a run, or goes on with the one that is open.
    pub async fn begin_retention(&self, actor: Actor, dry_run: bool) -> Result<RetentionRun, DeskError> {
        let now = self.now();
        let (at, held) = if dry_run {
            (now, None)
        } else {
            let mut draw = self.chance().draw();
            let holder = format!("{:032x}", u128::from_le_bytes(draw.bytes()));
            let begun = Begin { id: draw.id(now), holder: holder.clone(), actor: actor.to_string(), now };
            let open = self.write::<_, DeskError>(|_| Ok(begun.clone())).await?;
            let at = Timestamp::from_microsecond(open.made_at).unwrap_or(now);
            (at, Some(Held { id: open.id, holder, now }))
        };
        let rules = in_force(shanghai(at).date());
        Ok(RetentionRun { desk: self.clone(), held, actor, at, rules, next: 0, told: Counts::new() })
    }
}

impl RetentionRun {
    /// Goes through the next rule; at the end, what the run came to.
    pub async fn step(&mut self) -> Result<Option<Ran>, DeskError> {
        if let Some(held) = &mut self.held {
            held.now = self.desk.now();
        }
        let Some(rule) = self.rules.get(self.next).copied() else { return self.finish().await.map(Some) };
        self.next += 1;
        let ended = match rule.what {
            What::IdleOrders => self.through::<IdleOrders>(&rule).await,
            What::Documents => self.through::<Documents>(&rule).await,
            What::Requests => self.through::<Requests>(&rule).await,
            What::Tries => self.through::<Tries>(&rule).await,
            What::Sessions => self.through::<Sessions>(&rule).await,
            What::Keys => self.through::<Keys>(&rule).await,
            What::AccessLog => self.through::<Lines>(&rule).await,
            What::Jobs => self.through::<Jobs>(&rule).await,
        }?;
        Ok(ended.map(|counts| self.ran(&counts)))
    }

    /// Goes through one rule; the counts of the run where somebody else has ended it meanwhile.
    async fn through<K: Kept>(&mut self, rule: &Rule) -> Result<Option<Counts>, DeskError> {
        let until = self.at.saturating_sub(rule.kept).unwrap_or(Timestamp::MIN).as_microsecond();
        let word = rule.what.word();
        let mut after = K::beginning();
        loop {
            let run = self.held.clone().map(|held| Held { now: self.desk.now(), ..held });
            let make = |_| Ok(Piece::<K> { until, after: after.clone(), word, run: run.clone() });
            let went = match run {
                Some(_) => self.desk.write::<_, DeskError>(make).await?,
                None => self.desk.read::<_, DeskError>(make).await?,
            };
            if went.ended.is_some() {
                return Ok(went.ended);
            }
            *self.told.entry(word.to_owned()).or_default() += went.things;
            match went.upto {
                Some(upto) => after = upto,
                None => return Ok(None),
            }
        }
    }

    async fn finish(&self) -> Result<Ran, DeskError> {
        let Some(held) = &self.held else { return Ok(self.ran(&self.told)) };
        let id = self.desk.chance().draw().id(held.now);
        let make =
            |_| Ok(Finish { held: held.clone(), actor: self.actor.clone(), rules: self.rules.clone(), id });
        Ok(self.ran(&self.desk.write::<_, DeskError>(make).await?))
    }

    fn ran(&self, counts: &Counts) -> Ran {
        let count = |rule: &Rule| (*rule, counts.get(rule.what.word()).copied().unwrap_or_default());
        Ran { dry_run: self.held.is_none(), at: self.at, counts: self.rules.iter().map(count).collect() }
    }
}

impl Held {
    /// The operation as it stands.
    pub(super) async fn read(&self, tx: &mut Tx<'_>) -> Result<Before, DeskError> {
        let found = operations::by_id(tx, self.id).await?;
        let missing = || Damage::Operation { id: self.id, fault: "it is gone".to_owned() };
        Ok(Before(found.ok_or_else(missing)?))
    }

    /// Counts what was forgotten in this transaction.
    pub(super) async fn counted(
        &self,
        tx: &mut Tx<'_>,
        before: Before,
        word: &str,
        things: u64,
    ) -> Result<(), DeskError> {
        let mut counts = before.counts()?;
        *counts.entry(word.to_owned()).or_default() += things;
        self.moves(tx, &before.0, State::Applying, &counts).await.map(drop)
    }

    async fn moves(
        &self,
        tx: &mut Tx<'_>,
        before: &Operation,
        state: State,
        counts: &Counts,
    ) -> Result<i64, DeskError> {
        let until = self.now.saturating_add(HOLD).unwrap_or(Timestamp::MAX);
        let after = Operation {
            state,
            cursor: before.cursor.saturating_add(1),
            counts: serde_json::to_string(counts).map_err(|error| DeskError::unwritable(&error))?,
            holder: self.holder.clone(),
            held_until: until.as_microsecond(),
            changed_at: following(self.now, [before.changed_at])?.as_microsecond(),
            ..before.clone()
        };
        // It was read in this transaction: nobody can have moved it.
        if operations::advance(tx, before, &after).await? {
            Ok(after.changed_at)
        } else {
            let fault = "it moved within one transaction".to_owned();
            Err(Damage::Operation { id: before.id, fault }.into())
        }
    }
}

/// An operation as it was read.
pub(super) struct Before(pub(super) Operation);

impl Before {
    pub(super) fn counts(&self) -> Result<Counts, Damage> {
        let damaged =
            |error: serde_json::Error| Damage::Operation { id: self.0.id, fault: error.to_string() };
        serde_json::from_str(&self.0.counts).map_err(damaged)
    }

    /// Its counts, where it has ended.
    pub(super) fn ended(&self) -> Result<Option<Counts>, Damage> {
        if self.0.state.is_open() { Ok(None) } else { self.counts().map(Some) }
    }
}

/// Opens a run, or finds the one that is open.
#[derive(Clone)]
struct Begin {
    id: OperationId,
    holder: String,
    actor: String,
    now: Timestamp,
}

impl Unit for Begin {
    type Output = Operation;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Operation, Self::Error> {
        if let Some(open) = operations::open(tx, KIND).await? {
            return Ok(open);
        }
        let at = self.now.as_microsecond();
        let operation = Operation {
            id: self.id,
            kind: KIND.to_owned(),
            state: State::Applying,
            actor: self.actor.clone(),
            complete: true,
            cursor: 0,
            counts: "{}".to_owned(),
            digest: None,
            holder: self.holder.clone(),
            held_until: self.now.saturating_add(HOLD).unwrap_or(Timestamp::MAX).as_microsecond(),
            rows_left: false,
            made_at: at,
            changed_at: at,
        };
        operations::add(tx, &operation).await?;
        Ok(operation)
    }
}

/// Ends a run with its entry, unless somebody else has.
struct Finish {
    held: Held,
    actor: Actor,
    rules: Vec<Rule>,
    id: EntryId,
}

/// What the entry says.
#[derive(Serialize)]
struct Said<'a> {
    /// The rules that it went by: what they are about, and the day from which they are in force.
    rules: BTreeMap<&'static str, String>,
    /// The words of the rules with how many things each let go.
    forgotten: &'a Counts,
}

impl Unit for Finish {
    type Output = Counts;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Counts, Self::Error> {
        let before = self.held.read(tx).await?;
        if let Some(ended) = before.ended()? {
            return Ok(ended);
        }
        let mut counts = before.counts()?;
        for rule in &self.rules {
            counts.entry(rule.what.word().to_owned()).or_default();
        }
        let at = self.held.moves(tx, &before.0, State::Done, &counts).await?;
        let rules = self.rules.iter().map(|rule| (rule.what.word(), rule.from.to_string())).collect();
        let said = decided(&Said { rules, forgotten: &counts }, &(), Vec::new())?;
        let ran = Entry { decided: Some(said), ..entry(at, &self.actor, RAN) };
        tx.together(&[entries::adding(&row(self.id, &ran)?)]).await?;
        Ok(counts)
    }
}
