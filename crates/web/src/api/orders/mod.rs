//! Filing orders (备案订单) as their owners fill them in and follow them.

mod backing;
mod beside;
pub(super) mod check;
pub(super) mod correct;
mod form;
pub(super) mod mine;
pub(crate) mod numbers;
pub(super) mod one;
pub(super) mod open;
pub(super) mod pictures;
pub(super) mod receipt;
pub(super) mod save;
pub(crate) mod shapes;
pub(super) mod submit;
pub(super) mod withdraw;
pub(crate) mod words;

use crate::{
    answer::Answer,
    idempotency::soon,
    problem::{Fault, Kind, OrTold, Problem},
};
use app::{
    Told,
    orders::{Moved, OrderFault, OrderId},
};
use axum::http::{HeaderMap, header::IF_MATCH};
use rulebook::Lang;

/// Where orders are listed, and each is found below.
const ADDRESS: &str = "/api/v1/orders";

/// The order whose id stands in the path. What is no id names no order.
pub(super) fn named(id: &str, lang: Lang) -> Result<OrderId, Problem> {
    id.parse().map_err(|_| OrderFault::Unknown.problem(lang))
}

/// Where the order is found.
fn address(moved: &Moved) -> String {
    format!("{ADDRESS}/{}", moved.order)
}

/// How a version of an order is called.
pub(super) fn tag(version: i64) -> String {
    format!("\"{version}\"")
}

/// What becomes of an order by `doing`, under the version that it has then; `keyed` says whether the caller can ask again.
pub(super) fn moved<F: Fault>(
    lang: Lang,
    keyed: bool,
    doing: impl Future<Output = Result<Told<Moved>, F>> + Send + 'static,
) -> impl Future<Output = Result<Answer<shapes::MovedBody>, Problem>> {
    // On the heap: it holds the order more than once.
    let doing = Box::pin(doing);
    soon(lang, keyed, async move {
        let told = doing.await.or_told(lang)?;
        Ok(Answer::done(lang, &told, (&told.answer).into()).tagged(tag(told.answer.version)))
    })
}

/// The version that whoever asks has seen, where he says so. No other version than one that was given is ever right.
pub(super) fn seen(headers: &HeaderMap, lang: Lang) -> Result<Option<i64>, Problem> {
    let Some(tag) = headers.get(IF_MATCH).filter(|tag| *tag != "*") else { return Ok(None) };
    let version = tag.to_str().ok().and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"'));
    let version = version.and_then(|version| version.parse().ok());
    version.map(Some).ok_or_else(|| Problem::new(Kind::Changed, lang))
}
