//! The console (控制台): the desk as pages, for people. Made on the server, complete without a script, in both languages, a page a
//! folder: what it does (`mod.rs`), what it says (`words.rs`), how it looks (`page.html`). Pages call the use cases that the API calls.
//!
//! `products` is a list, `apply` a form that does something, `password` a form about oneself: the examples to copy.

mod access_log;
mod apply;
mod assets;
mod blacklist;
mod check;
mod check_instances;
mod codes;
mod cookies;
mod document;
mod entrance;
mod export;
mod failures;
mod field;
mod filled;
mod form_token;
mod frame;
mod gate;
mod guard;
mod home;
mod import;
mod ledger;
mod me;
mod numbers;
mod orders;
mod password;
mod problems;
mod products;
mod proposals;
mod retention;
mod review;
mod rulebook;
mod rules;
mod second_factor;
mod sessions;
mod shown;
mod sign_in;
mod sign_out;
mod status;
mod told;
mod users;
mod why_not;
mod words;

pub(crate) use entrance::entered;
pub(crate) use field::sentences;
pub(crate) use frame::Frame;
pub(crate) use guard::{guarded, of_our_pages};
pub(crate) use told::told;

use crate::site::Site;
use axum::{
    Router,
    routing::{get, post},
};
use tower_http::{CompressionLevel, compression::CompressionLayer};

/// Every page.
pub(crate) fn router() -> Router<Site> {
    Router::new()
        .merge(gate::router())
        .merge(import::router())
        .merge(ledger::router())
        .merge(numbers::router())
        .merge(orders::router())
        .merge(proposals::router())
        .merge(review::router())
        .merge(rulebook::router())
        .merge(users::router())
        .route("/", get(home::home))
        .route("/assets/{name}", get(assets::asset))
        .route("/sign-in", get(sign_in::page).post(sign_in::sign_in))
        .route("/sign-in/code", get(sign_in::code).post(sign_in::finish))
        .route("/sign-out", post(sign_out::sign_out))
        .route("/password", get(password::page).post(password::set))
        .route("/me", get(me::me))
        .route("/me/second-factor", get(second_factor::page))
        .route("/me/second-factor/begin", post(second_factor::begin))
        .route("/me/second-factor/qr.svg", get(second_factor::qr))
        .route("/me/second-factor/confirm", post(second_factor::confirm))
        .route("/me/second-factor/recovery-codes", post(second_factor::renew))
        .route("/me/second-factor/remove", post(second_factor::remove))
        .route("/me/sessions", get(sessions::page))
        .route("/me/sessions/end", post(sessions::end))
        .route("/me/sessions/end-others", post(sessions::end_others))
        .route("/access-log", get(access_log::page))
        .route("/access-log/export", get(access_log::export))
        .route("/products", get(products::products))
        .route("/products/export", get(products::export))
        .route("/products/{id}/apply", get(apply::page).post(apply::apply))
        .route("/codes", get(codes::codes))
        .route("/codes/export", get(codes::export))
        .route("/codes/bind", get(codes::bind_page).post(codes::bind))
        .route("/codes/{id}", get(codes::one))
        .route("/codes/{id}/grant", post(codes::grant))
        .route("/codes/{id}/withdraw", post(codes::withdraw))
        .route("/check", get(check::check))
        .route("/check/instances", get(check_instances::page).post(check_instances::decide))
        .route("/rules", get(rules::in_force))
        .route("/rules/changes", get(rules::changes))
        .route("/rules/{edition}", get(rules::edition))
        .route("/failures", get(failures::failures))
        .route("/status", get(status::status))
        .route("/blacklist", get(blacklist::page))
        .route("/retention", get(retention::page))
        .route("/why-not", get(why_not::page).post(why_not::look))
        .route("/problems", get(problems::all))
        .route("/problems/{word}", get(problems::one))
        // What forms carry is written differently each time, so that nothing is learned from how well a page compresses.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
}
