//! What else the owner of an order does with it: another website, one less, giving it up, correcting it after the bureau rejected it.

use super::{
    named, own, to_order,
    words::{self, Words},
};
use crate::{
    caller::{Customer, OwnOrders},
    console::{Frame, filled::Filled, told::to},
    idempotency::soon,
    problem::{Kind as Problems, OrTold, Problem},
    site::Site,
};
use app::{
    Asker,
    orders::{CorrectOrder, Order, SavePart, WithdrawOrder},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use filing::orders::{Form, Part, Website};

/// Another website, with nothing filled in.
pub(super) async fn add_website(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path(id): Path<String>,
    _: Filled,
) -> Result<Response, Problem> {
    let order = own(&site, &asker, &id, frame.lang).await?;
    let mut form = order.form.clone().unwrap_or_default();
    // The first one is asked for before anything of it is filled in.
    let there = form.websites.len().max(order.kind.needs().websites.0);
    if there < order.kind.needs().websites.1 {
        form.websites.resize_with(there.saturating_add(1), Website::default);
    }
    saved(&site, &frame, asker, &order, form).await
}

/// A website is taken out of the order.
pub(super) async fn remove_website(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let order = own(&site, &asker, &id, frame.lang).await?;
    let mut form = order.form.clone().unwrap_or_default();
    let nth = filled.text("website").parse::<usize>().ok().and_then(|nth| nth.checked_sub(1));
    if let Some(nth) = nth.filter(|nth| *nth < form.websites.len()) {
        form.websites.remove(nth);
    }
    saved(&site, &frame, asker, &order, form).await
}

async fn saved(
    site: &Site,
    frame: &Frame,
    asker: Asker,
    order: &Order,
    form: Form,
) -> Result<Response, Problem> {
    let save = SavePart { asker, order: order.id, part: Part::Websites, form, seen: Some(order.version) };
    Box::pin(site.desk.save_part(save)).await.or_told(frame.lang)?;
    Ok(to_order(order.id))
}

#[derive(Template)]
#[template(path = "orders/withdraw.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    kind: &'static str,
    order: String,
}

/// What is lost when the order is given up.
pub(super) async fn ask_to_withdraw(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let order = own(&site, &asker, &id, lang).await?;
    let page = Page { f: &frame, w, kind: order.kind.label(lang), order: order.id.to_string() };
    Ok(frame.page(w.withdraw_title, &page))
}

/// The order is given up.
pub(super) async fn withdraw(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let order = named(&id, lang)?;
    let key = filled.key().ok_or_else(|| Problem::new(Problems::Unreadable, lang))?;
    let ask = WithdrawOrder { asker, order };
    soon(lang, true, Box::pin(async move { site.desk.withdraw_order(ask, key).await.or_told(lang) })).await?;
    Ok(to_order(order))
}

/// A rejected order becomes a new draft with everything that it had.
pub(super) async fn correct(
    State(site): State<Site>,
    Customer(asker, _): Customer<OwnOrders>,
    frame: Frame,
    Path(id): Path<String>,
    filled: Filled,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let order = named(&id, lang)?;
    let key = filled.key().ok_or_else(|| Problem::new(Problems::Unreadable, lang))?;
    let ask = CorrectOrder { asker, order };
    let told =
        soon(lang, true, Box::pin(async move { site.desk.correct_order(ask, key).await.or_told(lang) }));
    Ok(to(&format!("/orders/{}", told.await?.answer.order)))
}
