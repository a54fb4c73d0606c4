//! Ranges of addresses that are the provider's own: a name that is such an address may be served.

use super::{
    known::range,
    reason::is_reason,
    whose::{LONGEST_CALLER, is_caller_or_none, may_end},
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Told, by_text,
    chance::Draw,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{DeskError, Failed},
    ledger_entry::{entry, ours, row},
};
use gate::{AddressRange, MAX_RANGES};
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use store::{
    GateRangeId, Tx, entries, gate_changes,
    gate_ranges::{self, GateRange},
};

/// A range is to be put down.
#[derive(Clone, Debug)]
pub struct AddRange {
    /// Who does it.
    pub by: Actor,
    /// The system of the provider for which it is asked; empty where a person does.
    pub caller: String,
    /// The range.
    pub range: AddressRange,
    /// Why; it goes into the ledger and to every edge, and must name nobody.
    pub reason: String,
}

/// A range is to be taken away.
#[derive(Clone, Debug)]
pub struct RemoveRange {
    /// Who does it.
    pub by: Actor,
    /// The range, by both its ends.
    pub range: AddressRange,
}

/// Why nothing is changed. Nothing is in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RangeFault {
    /// The system has no name by which a system may call itself.
    #[error("a system's name has 1 to {LONGEST_CALLER} letters, digits, `-`, `_` and `.`")]
    Caller,
    /// There is no reason, or it is longer than it may be, or more than a line that everybody sees.
    #[error("a reason has 1 to {} characters in one line", super::LONGEST_REASON)]
    Reason,
    /// The very range is there.
    #[error("that range is there already")]
    Already,
    /// There is no such range.
    #[error("there is no such range")]
    Unknown,
    /// Others put it down, and whoever asks may only take away his own.
    #[error("others have put it down")]
    MadeByOthers,
    /// There are as many ranges as there may be.
    #[error("there are {MAX_RANGES} ranges, which is all that there may be")]
    TooMany,
}

/// A range that was put down or taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangeKept {
    /// Its id.
    #[serde(with = "by_text")]
    pub id: GateRangeId,
    /// Its first address.
    pub first: IpAddr,
    /// Its last.
    pub last: IpAddr,
    /// Why it was put down.
    pub reason: String,
}

impl Desk {
    /// Puts a range of addresses down.
    pub async fn add_range(
        &self,
        ask: AddRange,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<RangeKept>, Failure<RangeFault>> {
        let AddRange { by, caller, range, reason } = ask;
        let reason = reason.trim().to_owned();
        if !is_caller_or_none(&caller) {
            return Err(Failure::Because(RangeFault::Caller));
        }
        if !is_reason(&reason) {
            return Err(Failure::Because(RangeFault::Reason));
        }
        self.once(key, Adding { by, caller, first: range.first(), last: range.last(), reason }).await
    }

    /// Takes a range of addresses away.
    pub async fn remove_range(
        &self,
        ask: RemoveRange,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<RangeKept>, Failure<RangeFault>> {
        let RemoveRange { by, range } = ask;
        self.once(key, Removing { by, first: range.first(), last: range.last() }).await
    }
}

/// An address as rows have it.
pub(super) fn bytes(address: IpAddr) -> Vec<u8> {
    let address = match address {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => address,
    };
    address.octets().to_vec()
}

#[derive(Debug, Serialize)]
struct Adding {
    by: Actor,
    caller: String,
    first: IpAddr,
    last: IpAddr,
    reason: String,
}

impl Deed for Adding {
    const WORD: &'static str = "add-gate-range";
    type Ready = GateRangeId;
    type Answer = RangeKept;
    type Fault = RangeFault;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    fn prepare(&self, setting: &Setting, draw: &mut Draw) -> Result<GateRangeId, DeskError> {
        Ok(draw.id(setting.now))
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, id: &GateRangeId) -> Done<Self> {
        setting.ground.check(tx).await?;
        let most = i64::try_from(MAX_RANGES).unwrap_or(i64::MAX);
        if gate_ranges::count(tx).await? >= most {
            return Err(because(RangeFault::TooMany));
        }
        let at = setting.now.as_microsecond();
        let new = GateRange {
            id: *id,
            first: bytes(self.first),
            last: bytes(self.last),
            reason: self.reason.clone(),
            caller: self.caller.clone(),
            made_by: self.by.to_string(),
            made_at: at,
            ended: None,
        };
        if tx.together(&[new.adding()]).await?.contains(&0) {
            return Err(because(RangeFault::Already));
        }
        written(tx, setting, (&self.by, "gate.range-added"), &new, at).await
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

#[derive(Debug, Serialize)]
struct Removing {
    by: Actor,
    first: IpAddr,
    last: IpAddr,
}

impl Deed for Removing {
    const WORD: &'static str = "remove-gate-range";
    type Ready = ();
    type Answer = RangeKept;
    type Fault = RangeFault;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        setting.ground.check(tx).await?;
        let found = gate_ranges::exactly(tx, &bytes(self.first), &bytes(self.last)).await?;
        let found = found.ok_or_else(|| because(RangeFault::Unknown))?;
        if !may_end(&self.by, &found.made_by) {
            return Err(because(RangeFault::MadeByOthers));
        }
        let at = crate::clock::following(setting.now, [found.made_at])?;
        let (at, by) = (at.as_microsecond(), self.by.to_string());
        tx.together(&[gate_ranges::ending(&found.id, &by, &at)]).await?;
        written(tx, setting, (&self.by, "gate.range-removed"), &found, at).await
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

/// Writes the entry about a range, and that the ranges changed.
async fn written(
    tx: &mut Tx<'_>,
    setting: &Setting,
    (by, kind): (&Actor, &'static str),
    about: &GateRange,
    at: i64,
) -> Result<RangeKept, Failed<Failure<RangeFault>>> {
    let of = range(about)?;
    let kept = RangeKept { id: about.id, first: of.first(), last: of.last(), reason: about.reason.clone() };
    let entry = Entry {
        ids: vec![ours("range", about.id.uuid())],
        decided: Some(decided(&kept, &(), Vec::new())?),
        ..entry(at, by, kind)
    };
    let (entry, ranges) = (row(setting.entry, &entry)?, String::new());
    tx.together(&[gate_changes::adding(&setting.entry, &ranges, &at), entries::adding(&entry)]).await?;
    Ok(kept)
}

fn because(fault: RangeFault) -> Failed<Failure<RangeFault>> {
    Failed::Because(Failure::Because(fault))
}
