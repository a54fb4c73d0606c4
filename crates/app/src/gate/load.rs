//! Reads all that may be served, a piece at a time. What fails is read again, and nothing before it.

use super::{
    follow::damage,
    known::{changed_ranges, of_domain, ranges, standing},
    places::newest,
};
use crate::{
    Desk,
    failure::{DeskError, Failed},
    ground::Ground,
};
use gate::{Builder, Change, Index, Position, Record};
use jiff::Timestamp;
use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};
use store::{
    GateWindowId, Tx, Unit, gate_windows,
    websites::{self, ServedDomain},
};
use uuid::Uuid;

/// Domains of a page: some milliseconds.
const PAGE: i64 = 2000;
/// Windows of a page.
const WINDOWS: i64 = 500;

/// An index that is being read.
pub(super) struct Loading {
    builder: Builder,
    /// From where on changes have to be followed: how far the ledger was before anything was read.
    from: Position,
    /// When reading began: what is known is no newer, whatever was read later.
    at: Timestamp,
    after: String,
}

impl std::fmt::Debug for Loading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Loading(behind {})", self.after)
    }
}

impl Desk {
    pub(super) async fn begin_loading(&self, at: Timestamp) -> Result<Loading, DeskError> {
        let from = self.read::<_, DeskError>(|_| Ok(Newest)).await?;
        Ok(Loading { builder: Builder::new(self.random(), 0), from, at, after: String::new() })
    }

    /// Reads one page more of it; the index, once that was the last.
    pub(super) async fn load_page(
        &self,
        loading: &mut Option<Loading>,
        now: Timestamp,
    ) -> Result<Option<Index>, DeskError> {
        let Some(reading) = loading.as_mut() else { return Ok(None) };
        let page = self.read::<_, DeskError>(|_| Ok(ReadPage(reading.after.clone()))).await?;
        for ServedDomain { domain, state, is_listed } in &page {
            let record = Record { standing: standing(*state), listed: *is_listed, windows: Vec::new() };
            reading.put(domain, &record);
        }
        if let Some(last) = page.last() {
            reading.after.clone_from(&last.domain);
            return Ok(None);
        }
        let beside = self.read::<_, DeskError>(|ground| Ok(ReadBeside { ground, now })).await?;
        loading.take().map(|reading| reading.finished(beside)).transpose()
    }
}

impl Loading {
    /// Takes what is known of a domain. One that cannot be kept is not served, and keeps no other from it.
    fn put(&mut self, domain: &str, record: &Record) {
        if let Err(error) = self.builder.put(domain, record) {
            tracing::error!(event = "gate.left_out", %error);
        }
    }

    fn finished(mut self, beside: Beside) -> Result<Index, DeskError> {
        for (domain, record) in &beside.windowed {
            self.put(domain, record);
        }
        for change in changed_ranges(std::iter::empty(), beside.ranges) {
            if let Change::Range { range, reason: Some(reason) } = change
                && let Err(error) = self.builder.put_range(range, &reason)
            {
                tracing::error!(event = "gate.left_out", %error);
            }
        }
        let index = self.builder.finish(self.from, self.at).map_err(|error| damage(&error))?;
        tracing::info!(event = "gate.loaded", domains = index.based(), position = %index.position());
        Ok(index)
    }
}

/// How far the ledger has come.
struct Newest;

impl Unit for Newest {
    type Output = Position;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Position, Self::Error> {
        Ok(newest(tx).await?)
    }
}

/// A page of what is filed.
struct ReadPage(String);

impl Unit for ReadPage {
    type Output = Vec<ServedDomain>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        Ok(websites::served(tx, &self.0, PAGE).await?)
    }
}

/// What stands beside it: domains of the white list, with all that is known of them, and ranges.
struct ReadBeside {
    ground: Arc<Ground>,
    now: Timestamp,
}

struct Beside {
    windowed: BTreeMap<String, Record>,
    ranges: BTreeMap<gate::AddressRange, String>,
}

impl Unit for ReadBeside {
    type Output = Beside;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Beside, Self::Error> {
        self.ground.check::<DeskError>(tx).await?;
        let (mut windowed, mut after) = (BTreeMap::new(), GateWindowId::new(Uuid::nil()));
        loop {
            let found = gate_windows::living(tx, after, self.now.as_microsecond(), WINDOWS).await?;
            let Some(last) = found.last() else { break };
            after = last.id;
            for row in found {
                if let Entry::Vacant(vacant) = windowed.entry(row.domain) {
                    let record = of_domain(tx, &self.ground, vacant.key(), self.now).await?;
                    vacant.insert(record);
                }
            }
        }
        Ok(Beside { windowed, ranges: ranges(tx).await? })
    }
}
