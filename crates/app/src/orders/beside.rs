//! The orders that are under way beside one: that ask for the same domain, are about the same certificate, or about the same number.

use super::marks;
use crate::{failure::DeskError, ground::Ground};
use filing::{
    checks::{FilingNumber, FoundHere, Wanted, lookups, numbers},
    orders::{Form, Kind, State, contradict},
};
use store::{
    OrderId, Tx,
    orders::{self, Marked, Order},
};

/// Orders that are told of for one domain, certificate or number: one is enough to be stopped by, and nobody reads more.
const MOST_ORDERS: i64 = 50;

/// Another order that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// By what of the order it was found.
    pub path: String,
    /// Its id.
    pub order: OrderId,
    /// Whether it is of the same account.
    pub own: bool,
    /// What it asks for.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// What stands against the order because of it; `None` where the two can go on at once.
    pub against: Option<FoundHere>,
}

/// Finds them all, in the order of the form. Names are not unique: two websites may be called alike, and two orders name one subject.
pub(super) async fn beside(
    tx: &mut Tx<'_>,
    ground: &Ground,
    order: &Order,
    form: &Form,
) -> Result<Vec<Beside>, DeskError> {
    let mut all = Looking { order, all: Vec::new() };
    for lookup in lookups(order.kind, form) {
        let against = match lookup.wanted {
            Wanted::Domain(_) => Some(FoundHere::InAnotherOrder),
            Wanted::Certificate { .. } => {
                (order.kind == Kind::FirstFiling).then_some(FoundHere::InAnotherOrder)
            }
            Wanted::SubjectName(_) | Wanted::WebsiteName(_) => continue,
        };
        let (kind, mark) = marks::of(ground, &lookup.wanted);
        all.add(&lookup.path, orders::under_way(tx, kind, &mark, MOST_ORDERS).await?, |_| against);
    }
    for named in numbers(order.kind, form) {
        let of_website = match marks::of_website(ground, &named.number) {
            Some((kind, mark)) => orders::under_way(tx, kind, &mark, MOST_ORDERS).await?,
            None => Vec::new(),
        };
        let (kind, mark) = marks::of_subject(ground, &named.number);
        let found = orders::under_way(tx, kind, &mark, MOST_ORDERS).await?;
        all.add(&named.path, found, |other| {
            let same = of_website.iter().any(|website| website.order == other.order);
            // Of the subject it is told once, at the number from which the order starts.
            let told = named.path != "target.number" && contradict(order.kind, other.kind, false);
            let against = !told && contradict(order.kind, other.kind, same);
            against.then_some(FoundHere::Contradicted { by: other.kind })
        });
    }
    Ok(all.all)
}

struct Looking<'a> {
    order: &'a Order,
    all: Vec<Beside>,
}

impl Looking<'_> {
    fn add(&mut self, path: &str, found: Vec<Marked>, against: impl Fn(&Marked) -> Option<FoundHere>) {
        let others = found.into_iter().filter(|other| other.order != self.order.id);
        self.all.extend(others.map(|other| Beside {
            path: path.to_owned(),
            order: other.order,
            own: other.account == self.order.account,
            kind: other.kind,
            state: other.state,
            against: against(&other),
        }));
    }
}

/// The orders under way that name a number, or with that of a subject one of its websites.
pub(crate) async fn naming(
    tx: &mut Tx<'_>,
    ground: &Ground,
    number: &FilingNumber,
) -> Result<Vec<OrderId>, DeskError> {
    let (kind, mark) = marks::of_website(ground, number).unwrap_or_else(|| marks::of_subject(ground, number));
    let found = orders::under_way(tx, kind, &mark, MOST_ORDERS).await?;
    Ok(found.into_iter().map(|found| found.order).collect())
}
