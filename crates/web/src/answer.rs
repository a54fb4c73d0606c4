//! Answers as they go out.

use app::Told;
use axum::{
    Json,
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, LOCATION},
    },
    response::{IntoResponse, Response},
};
use rulebook::{Lang, calendar};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// Says that the answer was given before, to the same request.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// No copy of it is kept anywhere.
pub(crate) const NEVER_KEPT: HeaderValue = HeaderValue::from_static("private, no-store");

/// An answer in one language.
#[derive(Debug)]
pub(crate) struct Answer<T> {
    status: StatusCode,
    lang: Lang,
    replayed: bool,
    secret: bool,
    tag: Option<String>,
    location: Option<String>,
    body: T,
}

impl<T> Answer<T> {
    /// That, as it is.
    pub(crate) const fn ok(lang: Lang, body: T) -> Self {
        Self { status: StatusCode::OK, lang, replayed: false, secret: false, tag: None, location: None, body }
    }

    /// That was made, now or before.
    pub(crate) fn made<A>(lang: Lang, told: &Told<A>, body: T) -> Self {
        Self { status: StatusCode::CREATED, replayed: told.before, ..Self::ok(lang, body) }
    }

    /// That was made just now.
    pub(crate) fn new(lang: Lang, body: T) -> Self {
        Self { status: StatusCode::CREATED, ..Self::ok(lang, body) }
    }

    /// That was begun, and goes on; how far it is, is told at that address.
    pub(crate) fn begun(lang: Lang, address: String, body: T) -> Self {
        Self { status: StatusCode::ACCEPTED, location: Some(address), ..Self::ok(lang, body) }
    }

    /// The same, which is found at that address from now on.
    pub(crate) fn found_at(self, address: String) -> Self {
        Self { location: Some(address), ..self }
    }

    /// That was done, now or before.
    pub(crate) fn done<A>(lang: Lang, told: &Told<A>, body: T) -> Self {
        Self { replayed: told.before, ..Self::ok(lang, body) }
    }

    /// The same, which was done before.
    pub(crate) const fn replayed(mut self) -> Self {
        self.replayed = true;
        self
    }

    /// The same, which has service codes or secrets in it: nobody on the way keeps a copy.
    pub(crate) const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// The same, whose version is called so.
    pub(crate) fn tagged(mut self, tag: String) -> Self {
        self.tag = Some(tag);
        self
    }
}

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let Self { status, lang, replayed, secret, tag, location, body } = self;
        let mut response = (status, [(CONTENT_LANGUAGE, lang.bcp47())], Json(body)).into_response();
        let headers = response.headers_mut();
        if replayed {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        if secret {
            headers.insert(CACHE_CONTROL, NEVER_KEPT);
        }
        if let Some(tag) = tag.and_then(|tag| HeaderValue::try_from(tag).ok()) {
            headers.insert(ETAG, tag);
        }
        if let Some(address) = location.and_then(|address| HeaderValue::try_from(address).ok()) {
            headers.insert(LOCATION, address);
        }
        response
    }
}

/// It was done, and there is nothing to say of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done {
    replayed: bool,
}

impl Done {
    /// Done just now.
    pub(crate) const NOW: Self = Self { replayed: false };

    /// Done, now or before.
    pub(crate) const fn told<A>(told: &Told<A>) -> Self {
        Self { replayed: told.before }
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        let mut response = StatusCode::NO_CONTENT.into_response();
        if self.replayed {
            response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}

/// A text that is no JSON, as it is.
#[derive(Debug)]
pub(crate) struct Plain<T> {
    kind: &'static str,
    text: T,
}

impl<T> Plain<T> {
    /// That text, of that media type.
    pub(crate) const fn new(kind: &'static str, text: T) -> Self {
        Self { kind, text }
    }
}

impl<T: IntoResponse> IntoResponse for Plain<T> {
    fn into_response(self) -> Response {
        let mut response = self.text.into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
        response
    }
}

/// A picture, which is somebody's certificate or face: nobody on the way keeps a copy.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(crate) struct Jpeg(pub(crate) Vec<u8>);

impl IntoResponse for Jpeg {
    fn into_response(self) -> Response {
        let jpeg = HeaderValue::from_static("image/jpeg");
        ([(CONTENT_TYPE, jpeg), (CACHE_CONTROL, NEVER_KEPT)], self.0).into_response()
    }
}

/// Something that serialises by itself, kept as its JSON with the order of its keys.
pub(crate) fn raw(value: &impl Serialize) -> Option<Box<RawValue>> {
    serde_json::value::to_raw_value(value).ok()
}

/// A time within a sentence, as a clock in Beijing shows it: `2026-11-29 21:40`.
pub(crate) fn minute(at: jiff::Timestamp) -> String {
    let at = calendar::shanghai(at);
    format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())
}

/// A time as answers carry it: RFC 3339 with the offset of Asia/Shanghai.
pub(crate) fn time(at: jiff::Timestamp) -> String {
    calendar::rfc3339(at).to_string()
}
