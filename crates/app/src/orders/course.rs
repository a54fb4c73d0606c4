//! Where an order is in its course, and with it when somebody or something is to act.

use super::read::moment;
use filing::orders::{Course, State, Waiting, waiting};
use jiff::Timestamp;
use store::orders::Order;

/// What an order waits for.
pub(super) fn of(order: &Order) -> Vec<Waiting> {
    waiting(&Course {
        kind: order.kind,
        state: order.state,
        since: moment(order.taken_at.filter(|_| order.state == State::AtBureau).unwrap_or(order.since_at)),
        touched: moment(order.touched_at),
        sms_answered: order.sms_at.is_some(),
    })
}

/// The order with its deadlines as they are after `now`.
pub(super) fn timed(order: Order, now: Timestamp) -> Order {
    let waiting = of(&order);
    let due_at = due(&waiting).map(Timestamp::as_microsecond);
    let wake_at = waiting.iter().filter_map(|one| next(one, now)).min().map(Timestamp::as_microsecond);
    Order { due_at, wake_at, ..order }
}

/// When the next term of what is waited for ends, as far as the working days are known today.
pub(super) fn due(waiting: &[Waiting]) -> Option<Timestamp> {
    waiting.iter().find_map(|one| one.until.end())
}

/// When the desk does something by itself about what is waited for: reminds, or ends it.
fn next(waiting: &Waiting, now: Timestamp) -> Option<Timestamp> {
    let reminders = waiting.reminders.iter().copied().filter(|reminder| *reminder > now);
    reminders.chain(waiting.until.end().filter(|_| waiting.then().is_some())).min()
}
