//! The problems of requests that reach no endpoint, or never come back from one.

use super::{Kind, Problem};
use crate::{
    api::methods,
    language::{Speaks, spoken},
    words::Say,
};
use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderMap, StatusCode, Uri, header::CONTENT_TYPE},
    middleware::Next,
    response::{IntoResponse, Response},
};
use rulebook::Lang;
use std::any::Any;

/// Nothing is served there.
pub(crate) async fn no_such_page(Speaks(lang): Speaks, _: Uri) -> Problem {
    Problem::new(Kind::NoSuchPage, lang)
}

/// Something is served there, but not so.
pub(crate) async fn no_such_method(Speaks(lang): Speaks, route: Option<MatchedPath>) -> Problem {
    let methods = methods(route.as_ref().map_or("", MatchedPath::as_str));
    let say = Say::OtherMethods { methods: &methods };
    Problem::new(Kind::NoSuchMethod, lang).saying(say.to_text(lang))
}

/// What the parts that we serve answer by themselves, without a body or in plain English, in our form and in the language of
/// whoever asks.
pub(crate) async fn in_our_words(request: Request, next: Next) -> Response {
    let lang = spoken(request.headers());
    said_by_us(next.run(request).await, lang)
}

fn said_by_us(response: Response, lang: Lang) -> Response {
    let kind = response.headers().get(CONTENT_TYPE);
    let plain = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    match response.status() {
        StatusCode::NOT_FOUND if plain => Problem::new(Kind::NoSuchPage, lang).into_response(),
        status if plain && status.is_client_error() => Problem::new(Kind::Unreadable, lang).into_response(),
        status if plain && status.is_server_error() => Problem::new(Kind::Fault, lang).into_response(),
        _ => response,
    }
}

/// A use case panicked; where, stands in the log.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
pub(crate) fn panicked(why: Box<dyn Any + Send + 'static>) -> Response {
    let why =
        why.downcast_ref::<&str>().copied().or_else(|| why.downcast_ref::<String>().map(String::as_str));
    tracing::error!(event = "web.panicked", why);
    Problem::new(Kind::Fault, spoken(&HeaderMap::new())).into_response()
}
