//! The white list and the ranges, for whoever manages them.

use super::{known::range, ranges::bytes};
use crate::{
    Desk,
    failure::{DeskError, Failed},
    orders::moment,
};
use filing::checks::registrable;
use gate::AddressRange;
use jiff::Timestamp;
use store::{
    GateRangeId, GateWindowId, Tx, Unit,
    gate_ranges::{self, GateRange},
    gate_windows::{self, GateWindow},
};
use uuid::Uuid;

/// Entries of a page at most.
pub const MOST_GATE_LISTED: u32 = 200;

/// An entry of the white list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedWindow {
    /// Its id.
    pub id: GateWindowId,
    /// The registrable domain, as ASCII in lower case.
    pub domain: String,
    /// From when on; `None` since it was made.
    pub from: Option<Timestamp>,
    /// Until before when; `None` until it is taken away.
    pub until: Option<Timestamp>,
    /// Why.
    pub reason: String,
    /// For which system; empty where a person asked.
    pub caller: String,
    /// Who made it, as the ledger names him.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
}

/// A page of the white list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowPage {
    /// Entries that are not over, the oldest first.
    pub windows: Vec<ListedWindow>,
    /// Where the next page begins; `None` behind the last.
    pub next: Option<GateWindowId>,
}

/// An entry of the white list with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowLine {
    /// The entry.
    pub listed: ListedWindow,
    /// Who ended it before its time, as the ledger names him, and when.
    pub ended: Option<(String, Timestamp)>,
}

/// How an entry of the white list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowStands {
    /// It holds now.
    InForce,
    /// Its time comes.
    ToCome,
    /// Its time is over.
    Over,
    /// It was ended before its time.
    Ended,
}

impl WindowLine {
    /// Whether it holds at that moment, or will.
    pub fn lives(&self, at: Timestamp) -> bool {
        matches!(self.stands(at), WindowStands::InForce | WindowStands::ToCome)
    }

    /// How it stands at that moment.
    pub fn stands(&self, at: Timestamp) -> WindowStands {
        let ListedWindow { from, until, .. } = &self.listed;
        match (&self.ended, from, until) {
            (Some(_), _, _) => WindowStands::Ended,
            (None, _, Some(until)) if *until <= at => WindowStands::Over,
            (None, Some(from), _) if *from > at => WindowStands::ToCome,
            (None, _, _) => WindowStands::InForce,
        }
    }
}

/// A range of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRange {
    /// Its id.
    pub id: GateRangeId,
    /// The range.
    pub range: AddressRange,
    /// Why.
    pub reason: String,
    /// For which system; empty where a person asked.
    pub caller: String,
    /// Who put it down, as the ledger names him.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
}

/// A page of the ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangePage {
    /// Ranges, the oldest first.
    pub ranges: Vec<ListedRange>,
    /// Where the next page begins; `None` behind the last.
    pub next: Option<GateRangeId>,
}

impl Desk {
    /// The white list behind an entry: at most [`MOST_GATE_LISTED`].
    pub async fn gate_windows(
        &self,
        after: Option<GateWindowId>,
        most: u32,
    ) -> Result<WindowPage, DeskError> {
        let (after, now) = (after.unwrap_or(GateWindowId::new(Uuid::nil())), self.now().as_microsecond());
        self.read(|_| Ok(Windows { after, now, most: most.clamp(1, MOST_GATE_LISTED) })).await
    }

    /// The entries of the white list of a name's registrable domain, those that are over left out; none where it is no name.
    pub async fn gate_windows_of(&self, name: &str) -> Result<Vec<ListedWindow>, DeskError> {
        let Ok(domain) = registrable(name) else { return Ok(Vec::new()) };
        let now = self.now().as_microsecond();
        self.read(|_| Ok(WindowsOf { domain: domain.clone(), now })).await
    }

    /// The white list before an entry, the newest first, at most [`MOST_GATE_LISTED`]: the entries that are over, or those that are not.
    pub async fn gate_windows_back(
        &self,
        over: bool,
        before: Option<GateWindowId>,
        most: u32,
    ) -> Result<Vec<WindowLine>, DeskError> {
        let (before, now) = (before.unwrap_or(GateWindowId::new(Uuid::max())), self.now().as_microsecond());
        self.read(|_| Ok(Back { over, before, now, most: most.clamp(1, MOST_GATE_LISTED) })).await
    }

    /// An entry of the white list, also where it is over.
    pub async fn gate_window(&self, id: GateWindowId) -> Result<Option<WindowLine>, DeskError> {
        self.read(|_| Ok(OneWindow(id))).await
    }

    /// The range with these very ends, where it is put down.
    pub async fn gate_range(&self, wanted: AddressRange) -> Result<Option<ListedRange>, DeskError> {
        self.read(|_| Ok(OneRange(wanted))).await
    }

    /// The ranges behind one: at most [`MOST_GATE_LISTED`].
    pub async fn gate_ranges(&self, after: Option<GateRangeId>, most: u32) -> Result<RangePage, DeskError> {
        let after = after.unwrap_or(GateRangeId::new(Uuid::nil()));
        self.read(|_| Ok(Ranges { after, most: most.clamp(1, MOST_GATE_LISTED) })).await
    }
}

fn listed(row: GateWindow) -> ListedWindow {
    ListedWindow {
        id: row.id,
        domain: row.domain,
        from: row.from_at.map(moment),
        until: row.until_at.map(moment),
        reason: row.reason,
        caller: row.caller,
        made_by: row.made_by,
        made_at: moment(row.made_at),
    }
}

struct Windows {
    after: GateWindowId,
    now: i64,
    most: u32,
}

impl Unit for Windows {
    type Output = WindowPage;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<WindowPage, Self::Error> {
        let most = self.most as usize;
        let mut found = gate_windows::living(tx, self.after, self.now, i64::from(self.most) + 1).await?;
        let more = found.len() > most;
        found.truncate(most);
        let next = found.last().filter(|_| more).map(|last| last.id);
        Ok(WindowPage { windows: found.into_iter().map(listed).collect(), next })
    }
}

fn line(mut row: GateWindow) -> WindowLine {
    let ended = row.ended.take().map(|(by, at)| (by, moment(at)));
    WindowLine { listed: listed(row), ended }
}

struct Back {
    over: bool,
    before: GateWindowId,
    now: i64,
    most: u32,
}

impl Unit for Back {
    type Output = Vec<WindowLine>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let most = i64::from(self.most);
        let found = gate_windows::back(tx, self.over, self.before, self.now, most).await?;
        Ok(found.into_iter().map(line).collect())
    }
}

struct OneWindow(GateWindowId);

impl Unit for OneWindow {
    type Output = Option<WindowLine>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        Ok(gate_windows::by_id(tx, self.0).await?.map(line))
    }
}

struct WindowsOf {
    domain: String,
    now: i64,
}

impl Unit for WindowsOf {
    type Output = Vec<ListedWindow>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let most = i64::try_from(gate::MAX_WINDOWS).unwrap_or(i64::MAX);
        let found = gate_windows::of_domain(tx, &self.domain, self.now, most).await?;
        Ok(found.into_iter().map(listed).collect())
    }
}

struct Ranges {
    after: GateRangeId,
    most: u32,
}

impl Unit for Ranges {
    type Output = RangePage;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<RangePage, Self::Error> {
        let most = self.most as usize;
        let mut found = gate_ranges::now(tx, self.after, i64::from(self.most) + 1).await?;
        let more = found.len() > most;
        found.truncate(most);
        let next = found.last().filter(|_| more).map(|last| last.id);
        let ranges = found.into_iter().map(listed_range).collect::<Result<_, DeskError>>()?;
        Ok(RangePage { ranges, next })
    }
}

fn listed_range(row: GateRange) -> Result<ListedRange, DeskError> {
    Ok(ListedRange {
        id: row.id,
        range: range(&row)?,
        reason: row.reason,
        caller: row.caller,
        made_by: row.made_by,
        made_at: moment(row.made_at),
    })
}

struct OneRange(AddressRange);

impl Unit for OneRange {
    type Output = Option<ListedRange>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let found = gate_ranges::exactly(tx, &bytes(self.0.first()), &bytes(self.0.last())).await?;
        Ok(found.map(listed_range).transpose()?)
    }
}
