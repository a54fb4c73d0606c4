//! What is known of one domain, and of the ranges: read from the tables, as the index keeps it.

use crate::{
    failure::{Damage, DeskError},
    ground::Ground,
    orders::{mark_of, moment},
};
use filing::{checks::Wanted, registry::State};
use gate::{AddressRange, Change, MAX_RANGES, MAX_REASON, MAX_WINDOWS, Record, Standing, Window};
use jiff::Timestamp;
use std::{collections::BTreeMap, net::Ipv6Addr};
use store::{
    GateRangeId, Tx, blacklist,
    gate_ranges::{self, GateRange},
    gate_windows::{self, GateWindow},
    websites,
};
use uuid::Uuid;

/// Ranges that are read at once.
const RANGES_TOGETHER: i64 = 1000;

/// Where a website stands, as the gate says it. Of a cancelled one nothing but a hash of its domains is kept, so that it is not there.
pub(super) const fn standing(state: State) -> Standing {
    match state {
        State::Active => Standing::Active,
        State::AccessDropped => Standing::AccessDropped,
        State::Cancelled => Standing::None,
    }
}

/// A window as the gate keeps it.
pub(super) fn window(window: &GateWindow) -> Window {
    let reason = cut(&window.reason, MAX_REASON).to_owned();
    Window { from: window.from_at.map(moment), until: window.until_at.map(moment), reason }
}

/// As much of a text as fits into so many bytes.
fn cut(text: &str, most: usize) -> &str {
    let end = (0..=text.len().min(most)).rev().find(|end| text.is_char_boundary(*end));
    end.and_then(|end| text.get(..end)).unwrap_or_default()
}

/// All that is known of a domain at `now`.
pub(super) async fn of_domain(
    tx: &mut Tx<'_>,
    ground: &Ground,
    domain: &str,
    now: Timestamp,
) -> Result<Record, DeskError> {
    let website = websites::by_domain(tx, domain).await?;
    let (kind, mark) = mark_of(ground, &Wanted::Domain(domain.to_owned()));
    let listed = blacklist::find(tx, kind, &mark).await?.is_some();
    let most = i64::try_from(MAX_WINDOWS).unwrap_or(i64::MAX);
    let windows = gate_windows::of_domain(tx, domain, now.as_microsecond(), most).await?;
    Ok(Record {
        standing: website.map_or(Standing::None, |website| standing(website.state)),
        listed,
        windows: windows.iter().map(window).collect(),
    })
}

/// The range of a row.
pub(super) fn range(row: &GateRange) -> Result<AddressRange, DeskError> {
    let damage = |fault: &str| Damage::Sealed { row: row.id.uuid(), fault: fault.to_owned() };
    let address = |bytes: &[u8]| {
        let bytes: Result<[u8; 16], _> = bytes.try_into();
        bytes.map(|bytes| Ipv6Addr::from(bytes).to_canonical())
    };
    let first = address(&row.first).map_err(|_| damage("no address"))?;
    let last = address(&row.last).map_err(|_| damage("no address"))?;
    Ok(AddressRange::between(first, last).map_err(|error| damage(&error.to_string()))?)
}

/// Every range, with its reason.
pub(super) async fn ranges(tx: &mut Tx<'_>) -> Result<BTreeMap<AddressRange, String>, DeskError> {
    let (mut all, mut after) = (BTreeMap::new(), GateRangeId::new(Uuid::nil()));
    loop {
        let found = gate_ranges::now(tx, after, RANGES_TOGETHER).await?;
        let Some(last) = found.last() else { return Ok(all) };
        after = last.id;
        for row in &found {
            if all.len() >= MAX_RANGES {
                tracing::error!(
                    event = "gate.left_out",
                    error = "there are more address ranges than can be kept"
                );
                return Ok(all);
            }
            all.insert(range(row)?, cut(&row.reason, MAX_REASON).to_owned());
        }
    }
}

/// What has to change in an index that has the ranges `before`, so that it has those `after`.
pub(super) fn changed_ranges(
    before: impl Iterator<Item = AddressRange>,
    after: BTreeMap<AddressRange, String>,
) -> Vec<Change> {
    let gone = before.filter(|range| !after.contains_key(range));
    let gone: Vec<_> = gone.map(|range| Change::Range { range, reason: None }).collect();
    let there = after.into_iter().map(|(range, reason)| Change::Range { range, reason: Some(reason) });
    gone.into_iter().chain(there).collect()
}
