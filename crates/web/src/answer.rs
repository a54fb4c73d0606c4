//! Answers as they go out.

use app::Told;
use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header::CONTENT_LANGUAGE},
    response::{IntoResponse, Response},
};
use rulebook::{Lang, calendar};
use serde::Serialize;
use serde_json::value::RawValue;

/// Says that the answer was given before, to the same request.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// An answer in one language.
#[derive(Debug)]
pub(crate) struct Answer<T> {
    status: StatusCode,
    lang: Lang,
    replayed: bool,
    body: T,
}

impl<T> Answer<T> {
    /// That, as it is.
    pub(crate) const fn ok(lang: Lang, body: T) -> Self {
        Self { status: StatusCode::OK, lang, replayed: false, body }
    }

    /// That was made, now or before.
    pub(crate) const fn made<A>(lang: Lang, told: &Told<A>, body: T) -> Self {
        Self { status: StatusCode::CREATED, lang, replayed: told.before, body }
    }

    /// That was done, now or before.
    pub(crate) const fn done<A>(lang: Lang, told: &Told<A>, body: T) -> Self {
        Self { status: StatusCode::OK, lang, replayed: told.before, body }
    }
}

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let Self { status, lang, replayed, body } = self;
        let mut response = (status, [(CONTENT_LANGUAGE, lang.bcp47())], Json(body)).into_response();
        if replayed {
            response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}

/// Something that serialises by itself, kept as its JSON with the order of its keys.
pub(crate) fn raw(value: &impl Serialize) -> Option<Box<RawValue>> {
    serde_json::value::to_raw_value(value).ok()
}

/// A time as answers carry it: RFC 3339 with the offset of Asia/Shanghai.
pub(crate) fn time(at: jiff::Timestamp) -> String {
    calendar::rfc3339(at).to_string()
}
