//! `ManageAccessorDomainWhiteList`: domains are put on the white list for a time, or taken off it.

use super::{
    super::{
        Told,
        asked::{Asked, failed},
        fault::{Expected, Refusal},
    },
    MOST_NAMES, good, is_put,
};
use app::{
    Failure,
    gate::{AddWindow, EndWindow, Ended, WindowFault},
};
use jiff::{Timestamp, civil::DateTime};
use rulebook::calendar;

pub(super) async fn told(asked: &Asked) -> Told {
    let caller = asked.text("Caller")?.to_owned();
    let names = asked.list("Domains", MOST_NAMES)?;
    let (by, desk) = (asked.actor()?, &asked.site.desk);
    if is_put(asked)? {
        let (from, until) = (time(asked, "StartTime")?, time(asked, "EndTime")?);
        let reason = asked.text("Remark")?.to_owned();
        desk.add_window(AddWindow { by, caller, names, from, until, reason }, None).await.map_err(refused)?;
    } else {
        desk.end_window(EndWindow { by, what: Ended::OfNames(names) }, None).await.map_err(refused)?;
    }
    Ok(good(None))
}

fn refused(error: Failure<WindowFault>) -> Refusal {
    let unfit = |name, expected| Refusal::Unfit { name, expected };
    match error {
        Failure::Because(WindowFault::Count) => unfit("Domains", Expected::Names),
        Failure::Because(WindowFault::NoDomain { name, .. }) => Refusal::NoDomain(name),
        Failure::Because(WindowFault::Caller) => unfit("Caller", Expected::Caller),
        Failure::Because(WindowFault::Time) => unfit("EndTime", Expected::LaterTime),
        Failure::Because(WindowFault::Reason) => unfit("Remark", Expected::Reason),
        Failure::Because(WindowFault::TooMany { .. }) => unfit("Domains", Expected::RoomForWindows),
        Failure::Because(WindowFault::Unknown) => unfit("Domains", Expected::Listed),
        Failure::Because(WindowFault::MadeByOthers) => Refusal::MadeByOthers,
        Failure::Because(WindowFault::Many) => unfit("Domains", Expected::FewerWindows),
        Failure::KeyUsed => Refusal::NonceUsed,
        Failure::Desk(error) => failed(&error),
    }
}

/// A time, as RFC 3339 or in Asia/Shanghai without a zone.
fn time(asked: &Asked, name: &'static str) -> Result<Option<Timestamp>, Refusal> {
    let Some(text) = asked.maybe(name) else { return Ok(None) };
    let bare = || text.trim().parse::<DateTime>().ok().and_then(calendar::instant);
    let read = text.trim().parse().ok().or_else(bare);
    let unfit = Refusal::Unfit {
        name,
        expected: Expected::Just("yyyy-MM-dd HH:mm:ss (UTC+8), yyyy-MM-ddTHH:mm:ssZ"),
    };
    read.ok_or(unfit).map(Some)
}
