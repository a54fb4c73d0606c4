//! `/orders`: the filing orders of an account. One that can be edited is a list of tasks, each a page that is saved and checked by itself.
//!
//! `task` says which tasks there are and what belongs to each, `tree` reads and writes the form by its paths, `slots` makes fields of
//! both; `edit`, `product` and `materials` are the pages of tasks, `answers` is where everything is looked at and submitted.

mod acts;
mod answers;
mod edit;
mod form;
mod list;
mod materials;
mod one;
mod paper_words;
mod product;
mod receipt;
mod region;
mod slots;
mod start;
mod task;
mod tree;
mod way;
mod words;

use super::told::to;
use crate::{
    problem::{Fault as _, OrTold, Problem},
    site::Site,
};
use app::{
    Asker,
    orders::{Order, OrderFault, OrderId},
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    response::Response,
    routing::{get, post},
};
use filing::orders::{Move, Who};
use rulebook::Lang;

/// The pages of orders.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/orders", get(list::list))
        .route("/orders/new", get(start::page).post(start::start))
        .route("/orders/export", get(list::export))
        .route("/orders/{id}", get(one::one))
        .route("/orders/{id}/tasks/{task}", get(edit::page).post(edit::save))
        .route("/orders/{id}/products/{website}", get(product::page).post(product::verify))
        .route(
            "/orders/{id}/materials",
            get(materials::page).post(materials::add).layer(DefaultBodyLimit::max(materials::MOST_BYTES)),
        )
        .route("/orders/{id}/materials/remove", post(materials::remove))
        .route("/orders/{id}/pictures/{picture}", get(materials::picture))
        .route("/orders/{id}/websites", post(acts::add_website))
        .route("/orders/{id}/websites/remove", post(acts::remove_website))
        .route("/orders/{id}/answers", get(answers::page).post(answers::submit))
        .route("/orders/{id}/withdraw", get(acts::ask_to_withdraw).post(acts::withdraw))
        .route("/orders/{id}/correct", post(acts::correct))
        .route("/orders/{id}/receipt", get(receipt::page))
        .route("/orders/{id}/receipt/pdf", get(receipt::pdf))
        .route("/orders/{id}/verification-form/{website}", get(form::form))
}

/// The order of whoever asks with the id that stands in the path. What is no id names no order.
async fn own(site: &Site, asker: &Asker, id: &str, lang: Lang) -> Result<Order, Problem> {
    site.desk.order(asker, named(id, lang)?).await.or_told(lang)
}

fn named(id: &str, lang: Lang) -> Result<OrderId, Problem> {
    id.parse().map_err(|_| OrderFault::Unknown.problem(lang))
}

/// Whether its owner can fill in something of it now.
fn is_editable(order: &Order) -> bool {
    order.form.is_some() && order.moves(Who::Filer).any(|by| by == Move::Save)
}

/// To the page of the order.
fn to_order(order: OrderId) -> Response {
    to(&format!("/orders/{order}"))
}
