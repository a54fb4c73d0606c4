//! `/numbers`: filing numbers (备案号). Its owner sees what threatens each and what to do, what happened to it and what would be lost; staff
//! see the same of every account, which is recorded.

mod deeds;
mod list;
mod one;
mod receipt;
mod says;
mod words;

use crate::site::Site;
use axum::{
    Router,
    routing::{get, post},
};
use url::form_urlencoded::byte_serialize;

/// The pages of filing numbers.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/numbers", get(list::list))
        .route("/numbers/export", get(list::export))
        .route("/numbers/{number}", get(one::one))
        .route("/numbers/{number}/deeds/{deed}", get(deeds::ask).post(deeds::record))
        .route("/numbers/{number}/domains", post(says::domain_term))
        .route("/numbers/{number}/elsewhere", post(says::elsewhere))
        .route("/numbers/{number}/receipts/{reference}", get(receipt::receipt))
        .route("/numbers/{number}/receipts/{reference}/pdf", get(receipt::pdf))
}

/// The page of a number.
fn at(number: &str) -> String {
    let number: String = byte_serialize(number.as_bytes()).collect();
    format!("/numbers/{number}")
}
