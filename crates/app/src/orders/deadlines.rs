//! What the desk does by itself when time passes: it reminds, gives orders back whose text message was not answered, and withdraws those
//! that were left idle.
//!
//! A reminder is an event in the outbox, in the same transaction in which the order goes on to wait for the next: each is sent once.

use super::{
    course, held,
    moving::{Moving, Names},
    read::moment,
    reminder::Reminder,
    withdraw::{Ending, ended},
};
use crate::{
    Actor, Desk, Worker,
    deed::Setting,
    failure::{DeskError, Failed, Failure},
};
use filing::orders::{Move, Waiting, Who};
use jiff::{SignedDuration, Timestamp};
use store::{
    OrderId, StoreError, Tx, Unit,
    jobs::{self, NewJob},
    orders::{self, Change, Order},
};

/// The kind of the events in the outbox that remind of an order.
pub const REMINDER: &str = "order.reminder";
/// Orders that are looked at in one step.
const AT_ONCE: i64 = 100;
/// Between two looks, for what other processes add meanwhile.
const PERIOD: SignedDuration = SignedDuration::from_mins(1);

/// What was done about one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Woken {
    /// Its owner is reminded.
    Reminded,
    /// It made that move.
    Moved(Move),
    /// Nothing: it has changed meanwhile.
    Nothing,
}

impl Desk {
    /// Does what is due about orders now, a bounded piece of it. What was done, and when to look again.
    pub async fn watch_deadlines(&self) -> Result<(Vec<(OrderId, Woken)>, Option<Timestamp>), DeskError> {
        let now = self.now();
        let (due, next) = self.read::<_, DeskError>(|_| Ok(Due { now })).await?;
        let (mut woken, mut failed) = (Vec::with_capacity(due.len()), false);
        for order in due {
            match self.wake_order(order, now).await {
                Ok(done) => woken.push((order, done)),
                Err(error @ DeskError::Damaged(_)) => {
                    // One order that cannot be read must not keep all others waiting.
                    tracing::error!(event = "orders.not_woken", %order, %error);
                    failed = true;
                }
                Err(error) => return Err(error),
            }
        }
        Ok((woken, next.filter(|_| !failed)))
    }

    async fn wake_order(&self, order: OrderId, now: Timestamp) -> Result<Woken, DeskError> {
        let entry = self.chance().draw().id(now);
        let job = self.chance().draw().id(now);
        let done = self.write::<_, Failure<held::OrderFault>>(|ground| {
            Ok(Wake { order, job, setting: Setting { ground, now, entry, unsure: false } })
        });
        match done.await {
            Ok(woken) => Ok(woken),
            Err(Failure::Desk(error)) => Err(error),
            Err(Failure::Because(_) | Failure::KeyUsed) => Ok(Woken::Nothing),
        }
    }
}

struct Due {
    now: Timestamp,
}

impl Unit for Due {
    type Output = (Vec<OrderId>, Option<Timestamp>);
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let due = orders::waking(tx, self.now.as_microsecond(), AT_ONCE).await?;
        let next = if due.is_empty() { orders::next_wake(tx).await?.map(moment) } else { Some(self.now) };
        Ok((due.iter().map(|order| order.id).collect(), next))
    }
}

struct Wake {
    order: OrderId,
    job: store::JobId,
    setting: Setting,
}

impl Unit for Wake {
    type Output = Woken;
    type Error = Failed<Failure<held::OrderFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Woken, Self::Error> {
        self.setting.ground.check(tx).await?;
        let order = held::any(tx, self.order).await?;
        let now = self.setting.now;
        if order.wake_at.is_none_or(|at| at > now.as_microsecond()) {
            return Ok(Woken::Nothing);
        }
        let waiting = course::of(&order);
        let over = waiting.iter().find_map(|one| one.then().filter(|_| one.is_over(now)));
        match over {
            Some(by) => self.moves(tx, &order, by).await,
            None => self.reminds(tx, order, &waiting).await,
        }
    }
}

impl Wake {
    async fn moves(&self, tx: &mut Tx<'_>, order: &Order, by: Move) -> held::Held<Woken> {
        let step = held::step(order, by, Who::Desk)?;
        if by == Move::Lapse {
            ended(tx, &self.setting, order, step, Ending::by(&Actor::Kebei)).await?;
        } else {
            let moving = Moving {
                actor: &Actor::Kebei,
                by,
                before: Some(order),
                after: Order { state: step.to, ..order.clone() },
                followed: Vec::new(),
                names: Names::default(),
            };
            moving.write(tx, &self.setting, Vec::new()).await?;
        }
        Ok(Woken::Moved(by))
    }

    /// Reminds of what comes first, and goes on to wait for the next.
    async fn reminds(&self, tx: &mut Tx<'_>, order: Order, waiting: &[Waiting]) -> held::Held<Woken> {
        let now = self.setting.now;
        // Nothing changed for whoever has it open: its version stays.
        let after = course::timed(order.clone(), now);
        let change = Change::new(order.version, &after);
        let due = waiting.iter().find(|one| one.reminders.iter().any(|reminder| *reminder <= now));
        let Some(due) = due else {
            tx.together(&[change.changing()]).await?;
            return Ok(Woken::Nothing);
        };
        let until = due.until.end();
        let reminder = Reminder {
            order: order.id.to_string(),
            awaited: due.awaited.word().to_owned(),
            until: until.map(|at| at.to_string()),
        };
        let passed = due.reminders.iter().filter(|reminder| **reminder <= now).count();
        let job = NewJob {
            id: self.job,
            kind: REMINDER.to_owned(),
            payload: serde_json::to_vec(&reminder).map_err(|error| DeskError::unwritable(&error))?,
            dedupe: Some(format!("{REMINDER} {} {} {passed} {until:?}", order.id, due.awaited.word())),
            due_at: now.as_microsecond(),
            made_at: now.as_microsecond(),
        };
        tx.together(&[change.changing(), jobs::adding(&job)]).await?;
        Ok(Woken::Reminded)
    }
}

/// The worker that watches the deadlines of orders.
#[derive(Debug)]
pub struct Deadlines {
    desk: Desk,
}

impl Deadlines {
    /// Of that desk.
    pub const fn new(desk: Desk) -> Self {
        Self { desk }
    }
}

impl Worker for Deadlines {
    fn name(&self) -> &'static str {
        "orders.deadlines"
    }

    async fn step(&self, now: Timestamp) -> Option<Timestamp> {
        let later = now.saturating_add(PERIOD).unwrap_or(now);
        if self.desk.conflict().is_some() {
            return Some(later);
        }
        match self.desk.watch_deadlines().await {
            Ok((_, next)) => Some(next.map_or(later, |next| next.min(later))),
            Err(DeskError::ReadOnly(_) | DeskError::Store(StoreError::ReadOnly)) => Some(later),
            Err(error) => {
                tracing::warn!(event = "orders.deadlines_not_watched", %error);
                Some(later)
            }
        }
    }
}
