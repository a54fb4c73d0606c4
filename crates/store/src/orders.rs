//! Filing orders: where each stands, what happened to it, by what it is found.

use crate::{
    AccountId, EntryId, OrderId, SubjectKeyId,
    error::{Result, unlike},
    sql::{Columns, Param, Row, statements},
    tx::{Tx, Write},
};
use filing::orders::{Kind, Move, State};

/// A filing order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Whose it is.
    pub account: AccountId,
    /// What it asks for.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Under which key what is filled in is sealed.
    pub subject_key: SubjectKeyId,
    /// The rejected order from whose content it was made.
    pub corrects: Option<OrderId>,
    /// Grows with whatever changes: what is written names the version that it was read in.
    pub version: i64,
    /// How often it was submitted.
    pub round: i64,
    /// Since when it is in its state, in microseconds since 1970.
    pub since_at: i64,
    /// When its owner last saved something, in microseconds since 1970.
    pub touched_at: i64,
    /// When the next deadline of whoever acts next ends, in microseconds since 1970; `None` where there is none, or it is not known.
    pub due_at: Option<i64>,
    /// When the desk does something about it by itself, in microseconds since 1970.
    pub wake_at: Option<i64>,
    /// When the bureau took it, in microseconds since 1970.
    pub taken_at: Option<i64>,
    /// When the text message of the bureau was answered, in microseconds since 1970.
    pub sms_at: Option<i64>,
    /// The reviewer who has claimed it, and until when, in microseconds since 1970.
    pub claimed: Option<(String, i64)>,
    /// When it was opened, in microseconds since 1970.
    pub opened_at: i64,
    /// When it last changed, in microseconds since 1970.
    pub changed_at: i64,
}

impl Row for Order {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (kind, state): (String, String) = (columns.get(2)?, columns.get(3)?);
        let (reviewer, until): (Option<String>, Option<i64>) = (columns.get(14)?, columns.get(15)?);
        Ok(Self {
            id: columns.get(0)?,
            account: columns.get(1)?,
            kind: Kind::from_word(&kind).ok_or_else(|| unlike("orders.kind", &kind))?,
            state: State::from_word(&state).ok_or_else(|| unlike("orders.state", &state))?,
            subject_key: columns.get(4)?,
            corrects: columns.get(5)?,
            version: columns.get(6)?,
            round: columns.get(7)?,
            since_at: columns.get(8)?,
            touched_at: columns.get(9)?,
            due_at: columns.get(10)?,
            wake_at: columns.get(11)?,
            taken_at: columns.get(12)?,
            sms_at: columns.get(13)?,
            claimed: reviewer.zip(until),
            opened_at: columns.get(16)?,
            changed_at: columns.get(17)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO orders (id, account, kind, state, subject_key, corrects, version, round, since_at, touched_at, due_at, wake_at, taken_at, sms_at, reviewer, claimed_until, opened_at, changed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    BY_ID = "SELECT id, account, kind, state, subject_key, corrects, version, round, since_at, touched_at, due_at, wake_at, taken_at, sms_at, reviewer, claimed_until, opened_at, changed_at
             FROM orders WHERE id = $1";
    OF_ACCOUNT = "SELECT id, account, kind, state, subject_key, corrects, version, round, since_at, touched_at, due_at, wake_at, taken_at, sms_at, reviewer, claimed_until, opened_at, changed_at
                  FROM orders WHERE account = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    IN_STATE = "SELECT id, account, kind, state, subject_key, corrects, version, round, since_at, touched_at, due_at, wake_at, taken_at, sms_at, reviewer, claimed_until, opened_at, changed_at
                FROM orders WHERE state = $1 AND (due_at > $2 OR (due_at = $2 AND id > $3)) AND ($5 = '' OR kind = $5) ORDER BY due_at, id LIMIT $4";
    UNDATED_IN_STATE = "SELECT id, account, kind, state, subject_key, corrects, version, round, since_at, touched_at, due_at, wake_at, taken_at, sms_at, reviewer, claimed_until, opened_at, changed_at
                        FROM orders WHERE state = $1 AND due_at IS NULL AND id > $2 AND ($4 = '' OR kind = $4) ORDER BY id LIMIT $3";
    DAYS_IN_STATE = "SELECT (since_at + $2) / $3 AS day, CAST(COUNT(*) AS BIGINT) AS n FROM orders WHERE state = $1
                     GROUP BY 1 ORDER BY 1 LIMIT $4";
    WAKING = "SELECT id, account, kind, state, subject_key, corrects, version, round, since_at, touched_at, due_at, wake_at, taken_at, sms_at, reviewer, claimed_until, opened_at, changed_at
              FROM orders WHERE wake_at <= $1 ORDER BY wake_at, id LIMIT $2";
    NEXT_WAKE = "SELECT wake_at FROM orders WHERE wake_at IS NOT NULL ORDER BY wake_at LIMIT 1";
    CHANGE = "UPDATE orders SET state = $2, version = $3, round = $4, since_at = $5, touched_at = $6, due_at = CAST($7 AS BIGINT),
                     wake_at = CAST($8 AS BIGINT), taken_at = CAST($9 AS BIGINT), sms_at = CAST($10 AS BIGINT),
                     reviewer = CAST($11 AS TEXT), claimed_until = CAST($12 AS BIGINT), changed_at = $13, subject_key = $14
              WHERE id = $1 AND version = $15";
    UNDER_KEY = "SELECT id, account, kind, state, subject_key, corrects, version, round, since_at, touched_at, due_at, wake_at, taken_at, sms_at, reviewer, claimed_until, opened_at, changed_at
                 FROM orders WHERE subject_key = $1 ORDER BY id LIMIT $2";
    KEYS_OF_ACCOUNT = "SELECT DISTINCT subject_key FROM orders WHERE account = $1 ORDER BY subject_key LIMIT $2";
    GIVEN_UP = "SELECT o.since_at, o.id, o.subject_key,
                       CAST(CASE WHEN EXISTS (SELECT 1 FROM order_parts p WHERE p.order_id = o.id)
                              OR EXISTS (SELECT 1 FROM order_rounds r WHERE r.order_id = o.id)
                              OR EXISTS (SELECT 1 FROM attachments a JOIN attachment_pieces p ON p.attachment = a.id WHERE a.order_id = o.id)
                            THEN 1 ELSE 0 END AS BIGINT) AS holds
                FROM (SELECT since_at, id, subject_key FROM orders
                      WHERE state = 'withdrawn' AND (since_at, id) > ($1, $2) AND since_at <= $3 ORDER BY since_at, id LIMIT $4) o
                ORDER BY o.since_at, o.id";
    DRAFTS = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM
              (SELECT id FROM orders WHERE account = $1 AND state = 'draft' LIMIT $2) d";
    CORRECTING = "SELECT id FROM orders WHERE corrects = $1 AND state <> 'withdrawn'";
    ADD_STEP = "INSERT INTO order_steps (order_id, version, move, state, actor, at, entry) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    STEPS = "SELECT version, move, state, actor, at, entry FROM order_steps WHERE order_id = $1 ORDER BY version LIMIT $2";
    ADD_MARK = "INSERT INTO order_marks (kind, mark, order_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    FORGET_MARKS = "DELETE FROM order_marks WHERE order_id = $1";
    UNDER_WAY = "SELECT o.id, o.account, o.kind, o.state FROM order_marks m JOIN orders o ON o.id = m.order_id
              WHERE m.kind = $1 AND m.mark = $2 AND o.state IN ('submitted', 'returned', 'approved', 'at-bureau') ORDER BY o.id DESC LIMIT $3";
}

/// A day in microseconds.
const DAY: i64 = 86_400_000_000;
/// Steps of one order that are told at most: one that came and went a thousand times is not read to its end.
const MOST_STEPS: i64 = 1000;

impl Order {
    /// Adds it.
    pub fn adding(&self) -> NewOrder<'_> {
        NewOrder { order: self, kind: self.kind.word(), state: self.state.word(), claim: claim(self) }
    }
}

/// The columns of a claim.
fn claim(order: &Order) -> (Option<&str>, Option<i64>) {
    order.claimed.as_ref().map(|(reviewer, until)| (reviewer.as_str(), *until)).unzip()
}

/// An order that is to be added.
#[derive(Debug)]
pub struct NewOrder<'a> {
    order: &'a Order,
    kind: &'static str,
    state: &'static str,
    claim: (Option<&'a str>, Option<i64>),
}

impl NewOrder<'_> {
    /// Adds it.
    pub fn write(&self) -> Write<'_> {
        let Self { order, kind, state, claim: (reviewer, until) } = self;
        let Order { id, account, subject_key, corrects, version, round, since_at, touched_at, .. } = order;
        let Order { due_at, wake_at, taken_at, sms_at, opened_at, changed_at, .. } = order;
        let parameters: [&dyn Param; 18] = [
            id,
            account,
            kind,
            state,
            subject_key,
            corrects,
            version,
            round,
            since_at,
            touched_at,
            due_at,
            wake_at,
            taken_at,
            sms_at,
            reviewer,
            until,
            opened_at,
            changed_at,
        ];
        Write::new(&ADD, parameters.to_vec())
    }
}

/// What became of an order.
#[derive(Debug)]
pub struct Change<'a> {
    was: i64,
    after: NewOrder<'a>,
}

impl<'a> Change<'a> {
    /// From the version `was` to `after`, whose version is a later one, or the same where nothing changed for whoever has it open.
    pub fn new(was: i64, after: &'a Order) -> Self {
        Self { was, after: after.adding() }
    }

    /// Writes it. It changes one row, or none when the order is no longer as it was read.
    pub fn changing(&self) -> Write<'_> {
        let Self { was, after: NewOrder { order, state, claim: (reviewer, until), .. } } = self;
        let Order { id, version, round, since_at, touched_at, due_at, wake_at, .. } = order;
        let Order { taken_at, sms_at, changed_at, subject_key, .. } = order;
        let parameters: [&dyn Param; 15] = [
            id,
            state,
            version,
            round,
            since_at,
            touched_at,
            due_at,
            wake_at,
            taken_at,
            sms_at,
            reviewer,
            until,
            changed_at,
            subject_key,
            was,
        ];
        Write::new(&CHANGE, parameters.to_vec())
    }
}

/// The order with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: OrderId) -> Result<Option<Order>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// The orders of an account before the order `before`, newest first, no more than `most`.
pub async fn of_account(
    tx: &mut Tx<'_>,
    account: AccountId,
    before: OrderId,
    most: i64,
) -> Result<Vec<Order>> {
    tx.all(&OF_ACCOUNT, &[&account, &before, &most]).await
}

/// The orders in a state, of one kind or of all, that are due behind the deadline and order of `after`, nearest deadline first, no
/// more than `most`.
pub async fn in_state(
    tx: &mut Tx<'_>,
    (state, kind): (State, Option<Kind>),
    after: (i64, OrderId),
    most: i64,
) -> Result<Vec<Order>> {
    tx.all(&IN_STATE, &[&state.word(), &after.0, &after.1, &most, &kind.map_or("", Kind::word)]).await
}

/// The orders in a state, of one kind or of all, of which no deadline is known, behind the order `after`, oldest first, no more than
/// `most`.
pub async fn undated_in_state(
    tx: &mut Tx<'_>,
    (state, kind): (State, Option<Kind>),
    after: OrderId,
    most: i64,
) -> Result<Vec<Order>> {
    tx.all(&UNDATED_IN_STATE, &[&state.word(), &after, &most, &kind.map_or("", Kind::word)]).await
}

/// How many orders came to stand in a state on each day, oldest first and no more days than `most`. Days are counted from 1970, and
/// begin `offset` microseconds before those of UTC.
pub async fn days_in_state(tx: &mut Tx<'_>, state: State, offset: i64, most: i64) -> Result<Vec<(i64, i64)>> {
    tx.all(&DAYS_IN_STATE, &[&state.word(), &offset, &DAY, &most]).await
}

/// The orders that the desk is to do something about at `now`, in microseconds since 1970; the longest overdue first.
pub async fn waking(tx: &mut Tx<'_>, now: i64, most: i64) -> Result<Vec<Order>> {
    tx.all(&WAKING, &[&now, &most]).await
}

/// When the desk is to do something about an order next, in microseconds since 1970.
pub async fn next_wake(tx: &mut Tx<'_>) -> Result<Option<i64>> {
    Ok(tx.optional::<(i64,)>(&NEXT_WAKE, &[]).await?.map(|(wake_at,)| wake_at))
}

/// The orders whose content is sealed under that key, oldest first, no more than `most`.
pub async fn under_key(tx: &mut Tx<'_>, key: SubjectKeyId, most: i64) -> Result<Vec<Order>> {
    tx.all(&UNDER_KEY, &[&key, &most]).await
}

/// The keys under which the orders of an account are sealed, no more than `most`.
pub async fn keys_of_account(tx: &mut Tx<'_>, account: AccountId, most: i64) -> Result<Vec<SubjectKeyId>> {
    let keys = tx.all::<(SubjectKeyId,)>(&KEYS_OF_ACCOUNT, &[&account, &most]).await?;
    Ok(keys.into_iter().map(|(key,)| key).collect())
}

/// An order that was given up, or lapsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenUp {
    /// Since when, in microseconds since 1970.
    pub since_at: i64,
    /// Its id.
    pub id: OrderId,
    /// Under which key what was filled in is sealed.
    pub subject_key: SubjectKeyId,
    /// Whether anything that was filled in or added is still there.
    pub holds: bool,
}

impl Row for GivenUp {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let holds: i64 = columns.get(3)?;
        let (since_at, id, subject_key) = (columns.get(0)?, columns.get(1)?, columns.get(2)?);
        Ok(Self { since_at, id, subject_key, holds: holds == 1 })
    }
}

/// The orders that were given up at `until` or before, behind the time and order of `after`, the longest ago first, no more than `most`.
pub async fn given_up(
    tx: &mut Tx<'_>,
    until: i64,
    after: &(i64, OrderId),
    most: i64,
) -> Result<Vec<GivenUp>> {
    tx.all(&GIVEN_UP, &[&after.0, &after.1, &until, &most]).await
}

/// How many drafts an account has, counted no further than `most`.
pub async fn drafts(tx: &mut Tx<'_>, account: AccountId, most: i64) -> Result<i64> {
    Ok(tx.optional::<(i64,)>(&DRAFTS, &[&account, &most]).await?.map_or(0, |(drafts,)| drafts))
}

/// The order that was made from the content of another, unless it was given up.
pub async fn correcting(tx: &mut Tx<'_>, rejected: OrderId) -> Result<Option<OrderId>> {
    Ok(tx.optional::<(OrderId,)>(&CORRECTING, &[&rejected]).await?.map(|(id,)| id))
}

/// Something that happened to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepTaken {
    /// The version that the order came to.
    pub version: i64,
    /// What happened.
    pub by: Move,
    /// Where the order came to.
    pub state: State,
    /// Who did it, as the ledger names him.
    pub actor: String,
    /// When, in microseconds since 1970.
    pub at: i64,
    /// The entry of the ledger that says it.
    pub entry: EntryId,
}

impl Row for StepTaken {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (by, state): (String, String) = (columns.get(1)?, columns.get(2)?);
        Ok(Self {
            version: columns.get(0)?,
            by: Move::from_word(&by).ok_or_else(|| unlike("order_steps.move", &by))?,
            state: State::from_word(&state).ok_or_else(|| unlike("orders.state", &state))?,
            actor: columns.get(3)?,
            at: columns.get(4)?,
            entry: columns.get(5)?,
        })
    }
}

/// A step that is to be written.
#[derive(Debug)]
pub struct NewStep<'a> {
    of: OrderId,
    step: &'a StepTaken,
    by: &'static str,
    state: &'static str,
}

impl StepTaken {
    /// Adds it to an order.
    pub const fn of(&self, order: OrderId) -> NewStep<'_> {
        NewStep { of: order, step: self, by: self.by.word(), state: self.state.word() }
    }
}

impl NewStep<'_> {
    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        let Self { of, step: StepTaken { version, actor, at, entry, .. }, by, state } = self;
        Write::new(&ADD_STEP, vec![of, version, by, state, actor, at, entry])
    }
}

/// What happened to an order, oldest first.
pub async fn steps(tx: &mut Tx<'_>, order: OrderId) -> Result<Vec<StepTaken>> {
    tx.all(&STEPS, &[&order, &MOST_STEPS]).await
}

/// A keyed hash by which an order is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Of what: `domain`, `certificate`, `subject-name`, `website-name`.
    pub kind: &'static str,
    /// The hash.
    pub mark: Vec<u8>,
    /// The order.
    pub order: OrderId,
}

impl Mark {
    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        Write::new(&ADD_MARK, vec![&self.kind, &self.mark, &self.order])
    }
}

/// Forgets all by which an order is found.
pub fn forgetting_marks(order: &OrderId) -> Write<'_> {
    Write::new(&FORGET_MARKS, vec![order])
}

/// An order that was found by a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Its id.
    pub order: OrderId,
    /// Whose it is.
    pub account: AccountId,
    /// What it asks for.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
}

impl Row for Marked {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (kind, state): (String, String) = (columns.get(2)?, columns.get(3)?);
        let kind = Kind::from_word(&kind).ok_or_else(|| unlike("orders.kind", &kind))?;
        let state = State::from_word(&state).ok_or_else(|| unlike("orders.state", &state))?;
        Ok(Self { order: columns.get(0)?, account: columns.get(1)?, kind, state })
    }
}

/// The orders that are found by a mark and hold their products (`State::holds_products`), newest first, no more than `most`.
pub async fn under_way(tx: &mut Tx<'_>, kind: &'static str, mark: &[u8], most: i64) -> Result<Vec<Marked>> {
    tx.all(&UNDER_WAY, &[&kind, &mark, &most]).await
}
