//! One subject is filed once: what a check told when the order was submitted is asked again when the bureau's answer is recorded.

use super::{bureau::FileFault, marks};
use crate::{
    failure::{Failed, Failure},
    ground::Ground,
};
use filing::{
    checks::{Wanted, lookups},
    orders::{Form, Kind},
};
use store::{Tx, orders::Order, subjects};

/// Refuses an order that would file a subject a second time: the certificate is that of another one which is not cancelled.
pub(super) async fn check(
    tx: &mut Tx<'_>,
    ground: &Ground,
    order: &Order,
    form: &Form,
) -> Result<(), Failed<Failure<FileFault>>> {
    if !matches!(order.kind, Kind::FirstFiling | Kind::Change) {
        return Ok(());
    }
    let about = form.target.as_ref().and_then(|target| target.number.as_deref());
    for lookup in lookups(order.kind, form) {
        if !matches!(lookup.wanted, Wanted::Certificate { .. }) {
            continue;
        }
        let (kind, mark) = marks::of(ground, &lookup.wanted);
        let found = subjects::marked(tx, kind, &mark).await?;
        if found.iter().any(|other| !other.state.is_final() && Some(other.number.as_str()) != about) {
            return Err(Failed::Because(Failure::Because(FileFault::SubjectFiled)));
        }
    }
    Ok(())
}
