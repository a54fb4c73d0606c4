//! The queue as people look at it: who files what, masked, and how many orders wait since when.

use super::{
    MOST_QUEUED, Queued,
    queue::{List, place, queued},
};
use crate::{
    Desk, accounts,
    failure::{DeskError, Failed},
    ground::Ground,
    orders::filled,
    personal::Vault,
};
use filing::{
    orders::{Kind, State},
    tables::regions,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use std::sync::Arc;
use store::{
    OrderId, Tx, Unit,
    orders::{self, Order},
};

/// How far the days of Shanghai are ahead of those of UTC, in microseconds: no order is from before 1992.
const AHEAD: i64 = 8 * 3600 * 1_000_000;
/// Days that are told at most, the oldest: a queue with more is not read by its days.
const MOST_DAYS: i64 = 400;

/// Which part of the queue is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardAsked {
    /// Where the orders stand.
    pub state: State,
    /// Of which kind alone.
    pub kind: Option<Kind>,
    /// Behind which deadline and order.
    pub after: Option<(Option<Timestamp>, OrderId)>,
    /// How many orders at most, and never more than [`MOST_QUEUED`].
    pub most: u32,
}

/// A part of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// The orders, nearest deadline first and those of which none is known last.
    pub orders: Vec<Shown>,
    /// How many orders of all kinds stand there since which day in Shanghai, oldest first; days without any are left out.
    pub days: Vec<(Date, u32)>,
}

/// An order of the queue, with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Where it stands.
    pub queued: Queued,
    /// The account whose it is, by its id in inventories.
    pub account: String,
    /// What it is about; `None` once it was erased.
    pub glimpse: Option<Glimpse>,
}

/// What an order is about, with personal data masked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glimpse {
    /// The number that it starts from.
    pub number: Option<String>,
    /// The name of the subject.
    pub subject: Option<String>,
    /// The province of the subject.
    pub province: Option<&'static str>,
    /// The names of its websites and their first domains.
    pub websites: Vec<(Option<String>, Option<String>)>,
}

impl Desk {
    /// A part of the queue.
    pub async fn order_board(&self, asked: BoardAsked) -> Result<Board, DeskError> {
        self.read(|ground| Ok(Look { ground, asked })).await
    }
}

struct Look {
    ground: Arc<Ground>,
    asked: BoardAsked,
}

impl Unit for Look {
    type Output = Board;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Board, Self::Error> {
        self.ground.check(tx).await?;
        let BoardAsked { state, kind, after, most } = self.asked;
        let list = List { state, kind, after: place(after), most: most.min(MOST_QUEUED).into() };
        let mut shown = Vec::new();
        for order in list.rows(tx).await? {
            let account = accounts::name_of(tx, order.account).await?;
            let glimpse = self.glimpse(tx, &order).await?;
            shown.push(Shown { queued: queued(order), account, glimpse });
        }
        let days = orders::days_in_state(tx, state, AHEAD, MOST_DAYS).await?;
        Ok(Board { orders: shown, days: days.into_iter().filter_map(dated).collect() })
    }
}

impl Look {
    async fn glimpse(&self, tx: &mut Tx<'_>, order: &Order) -> Result<Option<Glimpse>, DeskError> {
        let Some(vault) = Vault::find(tx, &self.ground, order.subject_key).await?.vault() else {
            return Ok(None);
        };
        let form = filled::submitted(tx, &vault, order).await?.masked();
        let region = form.subject.as_ref().and_then(|subject| subject.region.as_ref()?.parse().ok());
        let websites = form.websites.into_iter();
        Ok(Some(Glimpse {
            number: form.target.and_then(|target| target.number),
            subject: form.subject.and_then(|subject| subject.name),
            province: region.and_then(regions::province).map(|province| province.name),
            websites: websites.map(|site| (site.name, site.domains.into_iter().next())).collect(),
        }))
    }
}

/// A day that is counted from 1970.
fn dated((day, count): (i64, i64)) -> Option<(Date, u32)> {
    let since = SignedDuration::from_hours(day.checked_mul(24)?);
    Some((Date::constant(1970, 1, 1).checked_add(since).ok()?, u32::try_from(count).ok()?))
}
