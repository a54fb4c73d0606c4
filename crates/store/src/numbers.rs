//! What happened to filing numbers (备案号), each step with the entry of the ledger that says it.

use crate::{
    EntryId, OrderId,
    error::{Result, unlike},
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};
use filing::registry::{Event, Reason, State};

/// Steps of one number that are told at most, the last ones.
const MOST_STEPS: i64 = 1000;

/// Something that happened to a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberStep {
    /// The number of a subject or a website.
    pub number: String,
    /// When, in microseconds since 1970; later than the step before.
    pub at: i64,
    /// What.
    pub event: Event,
    /// Why, where an access ended or the number was cancelled.
    pub reason: Option<Reason>,
    /// Where the number came to.
    pub state: State,
    /// The number under which it had been recorded, where this corrected it.
    pub was: Option<String>,
    /// Who did it, as the ledger names him.
    pub actor: String,
    /// The order by which it happened.
    pub order: Option<OrderId>,
    /// The edition of the rules, where they decided what became of codes and quotas.
    pub edition: Option<String>,
    /// The entry of the ledger that says it.
    pub entry: EntryId,
}

impl Row for NumberStep {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (event, reason): (String, Option<String>) = (columns.get(2)?, columns.get(3)?);
        let state: String = columns.get(4)?;
        let reason =
            reason.map(|word| Reason::from_word(&word).ok_or_else(|| unlike("number_steps.reason", &word)));
        Ok(Self {
            number: columns.get(0)?,
            at: columns.get(1)?,
            event: Event::from_word(&event).ok_or_else(|| unlike("number_steps.event", &event))?,
            reason: reason.transpose()?,
            state: State::from_word(&state).ok_or_else(|| unlike("number_steps.state", &state))?,
            actor: columns.get(5)?,
            order: columns.get(6)?,
            edition: columns.get(7)?,
            entry: columns.get(8)?,
            was: columns.get(9)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO number_steps (number, at, event, reason, state, actor, order_id, edition, entry, was)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    OF_NUMBER = "SELECT number, at, event, reason, state, actor, order_id, edition, entry, was FROM number_steps
                 WHERE number = $1 ORDER BY at DESC LIMIT $2";
    RENAME_SUBJECT = "UPDATE subjects SET number = $1, changed_at = $2 WHERE number = $3";
    RENAME_WEBSITE = "UPDATE websites SET number = $1, changed_at = $2 WHERE number = $3";
    RENAME_STEPS = "UPDATE number_steps SET number = $1 WHERE number = $2";
    RENAME_RISKS = "UPDATE number_risks SET number = $1 WHERE number = $2";
    RENAME_UNTRUE = "UPDATE untrue_information SET number = $1 WHERE number = $2";
    BY_ORDER = "SELECT number, at, event, reason, state, actor, order_id, edition, entry, was FROM number_steps
                WHERE order_id = $1 ORDER BY number";
    OF_ENTRY = "SELECT number, at, event, reason, state, actor, order_id, edition, entry, was,
                (SELECT c.was FROM number_steps c WHERE c.number = s.number AND c.at > s.at AND c.was IS NOT NULL ORDER BY c.at LIMIT 1) AS known_as
                FROM number_steps s WHERE entry = $1 ORDER BY number";
    NAMED = "SELECT number FROM number_steps s WHERE entry = $1 AND (number = $2 OR EXISTS
             (SELECT 1 FROM number_steps c WHERE c.number = s.number AND c.was = $2)) LIMIT 1";
    ENDED_AS = "SELECT s.number FROM number_steps s WHERE s.was = $1 AND s.state = 'cancelled' ORDER BY s.at LIMIT 100";
    CORRECTED = "SELECT number FROM number_steps WHERE was = $1 ORDER BY at DESC, number LIMIT 100";
    CANCELLED = "SELECT at, number FROM number_steps WHERE state = 'cancelled' AND event <> 'correct' AND (at, number) > ($1, $2) AND at <= $3 ORDER BY at, number LIMIT $4";
}

/// A step, and the number under which it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepThen {
    /// The step, under the number that it stands under now.
    pub step: NumberStep,
    /// The number that it stood under when it happened, where that was corrected since.
    pub then: Option<String>,
}

impl Row for StepThen {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self { step: NumberStep::read(columns)?, then: columns.get(10)? })
    }
}

/// A step that is to be written.
#[derive(Debug)]
pub struct NewNumberStep<'a> {
    step: &'a NumberStep,
    event: &'static str,
    reason: Option<&'static str>,
    state: &'static str,
}

impl NumberStep {
    /// Adds it.
    pub fn write(&self) -> NewNumberStep<'_> {
        let (event, reason) = (self.event.word(), self.reason.map(Reason::word));
        NewNumberStep { step: self, event, reason, state: self.state.word() }
    }
}

impl NewNumberStep<'_> {
    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        let Self { step, event, reason, state } = self;
        let NumberStep { number, at, actor, order, edition, entry, was, .. } = step;
        Write::new(&ADD, vec![number, at, event, reason, state, actor, order, edition, entry, was])
    }
}

/// A number that was recorded wrongly, and as it is now.
#[derive(Clone, Copy, Debug)]
pub struct Renamed<'a> {
    from: &'a String,
    to: &'a String,
    at: i64,
}

impl<'a> Renamed<'a> {
    /// At `at`, in microseconds since 1970.
    pub const fn new(from: &'a String, to: &'a String, at: i64) -> Self {
        Self { from, to, at }
    }

    /// The subject that has it.
    pub fn subject(&self) -> Write<'_> {
        Write::new(&RENAME_SUBJECT, vec![self.to, &self.at, self.from])
    }

    /// The website that has it.
    pub fn website(&self) -> Write<'_> {
        Write::new(&RENAME_WEBSITE, vec![self.to, &self.at, self.from])
    }

    /// What happened to it, what threatens it, and what of it is untrue, or was.
    pub fn below(&self) -> [Write<'_>; 3] {
        [&RENAME_STEPS, &RENAME_RISKS, &RENAME_UNTRUE].map(|sql| Write::new(sql, vec![self.to, self.from]))
    }
}

/// The word of a state, as a parameter.
pub(crate) const fn word_of(state: State) -> &'static &'static str {
    match state {
        State::Active => const { &State::Active.word() },
        State::AccessDropped => const { &State::AccessDropped.word() },
        State::Cancelled => const { &State::Cancelled.word() },
    }
}

/// What happened to a number last, oldest first.
pub async fn of_number(tx: &mut Tx<'_>, number: &str) -> Result<Vec<NumberStep>> {
    let mut steps: Vec<NumberStep> = tx.all(&OF_NUMBER, &[&number, &MOST_STEPS]).await?;
    steps.reverse();
    Ok(steps)
}

/// All that happened to numbers by an order, by their numbers: no more than one transaction wrote.
pub async fn by_order(tx: &mut Tx<'_>, order: OrderId) -> Result<Vec<NumberStep>> {
    tx.all(&BY_ORDER, &[&order]).await
}

/// All that one entry of the ledger says of numbers, by their numbers: no more than one transaction wrote.
pub async fn of_entry(tx: &mut Tx<'_>, entry: EntryId) -> Result<Vec<StepThen>> {
    tx.all(&OF_ENTRY, &[&entry]).await
}

/// The number of which that entry says something and that is `number`, or was recorded as that before it was corrected; `None` where it
/// says nothing of such a one.
pub async fn named(tx: &mut Tx<'_>, entry: EntryId, number: &str) -> Result<Option<String>> {
    let found: Option<(String,)> = tx.optional(&NAMED, &[&entry, &number]).await?;
    Ok(found.map(|(number,)| number))
}

/// The numbers under which those stand now that were cancelled while they were recorded as `number`, and were corrected since.
pub async fn ended_as(tx: &mut Tx<'_>, number: &str) -> Result<Vec<String>> {
    Ok(tx.all::<(String,)>(&ENDED_AS, &[&number]).await?.into_iter().map(|(number,)| number).collect())
}

/// The numbers that those have now that were recorded as `number` before they were corrected, the last corrected first.
pub async fn corrected_to(tx: &mut Tx<'_>, number: &str) -> Result<Vec<String>> {
    Ok(tx.all::<(String,)>(&CORRECTED, &[&number]).await?.into_iter().map(|(number,)| number).collect())
}

/// The numbers that were cancelled at `until` or before, behind the time and number of `after`, the longest ago first, no more than
/// `most`: when each was, in microseconds since 1970, and the number.
pub async fn cancelled(
    tx: &mut Tx<'_>,
    until: i64,
    after: &(i64, String),
    most: i64,
) -> Result<Vec<(i64, String)>> {
    tx.all(&CANCELLED, &[&after.0, &after.1, &until, &most]).await
}
