//! Bodies and parameters as they come in: JSON of the one form that the endpoint knows, and nothing beside it.

use crate::{
    language::spoken,
    problem::{Kind, Problem},
    words::Say,
};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query as AxumQuery, Request, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE, request::Parts},
};
use rulebook::Lang;
use serde::de::DeserializeOwned;

/// A body of JSON.
#[derive(Debug)]
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let lang = spoken(request.headers());
        if !is_json(request.headers()) {
            return Err(Problem::new(Kind::NotJson, lang));
        }
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|rejection| unread(&rejection, lang))?;
        read(&bytes, lang).map(Self)
    }
}

fn unread(rejection: &BytesRejection, lang: Lang) -> Problem {
    let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
    Problem::new(if too_large { Kind::TooLarge } else { Kind::Unreadable }, lang)
}

fn media_type(headers: &HeaderMap) -> String {
    let named = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    named.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether the headers say that the body is JSON.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let named = media_type(headers);
    named == "application/json" || (named.starts_with("application/") && named.ends_with("+json"))
}

/// `bytes` as what the endpoint expects. What is no JSON is unreadable; what is other JSON is told with its place.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8], lang: Lang) -> Result<T, Problem> {
    let mut from = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut from).map_err(|error| {
        let path = error.path().to_string();
        (error.into_inner(), path)
    });
    let read = read.and_then(|read| from.end().map(|()| read).map_err(|error| (error, String::new())));
    read.map_err(|(error, path)| {
        if error.is_data() {
            let message = Say::BadField { why: &plain(&error) }.to_text(lang);
            let path = if path == "." { "" } else { &path };
            return Problem::new(Kind::Invalid, lang).with(
                path,
                "unexpected",
                message,
                Say::CompareWithDocument.to_text(lang),
            );
        }
        let say = Say::NoJson { line: error.line(), column: error.column() };
        Problem::new(Kind::Unreadable, lang).saying(say.to_text(lang))
    })
}

/// What the reader says, without the place at the end, which is told beside it.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.as_str(), |(why, _)| why).to_owned()
}

/// A body of TOML, as it is.
#[derive(Debug)]
pub(crate) struct Toml(pub(crate) Vec<u8>);

impl<S: Send + Sync> FromRequest<S> for Toml {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let lang = spoken(request.headers());
        if !["application/toml", "text/toml"].contains(&&*media_type(request.headers())) {
            return Err(Problem::new(Kind::NotJson, lang).saying(Say::SendToml.to_text(lang)));
        }
        let bytes = Bytes::from_request(request, state).await;
        bytes.map(|bytes| Self(bytes.to_vec())).map_err(|rejection| unread(&rejection, lang))
    }
}

/// A body of whatever type.
#[derive(Debug)]
pub(crate) struct Raw(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let lang = spoken(request.headers());
        let bytes = Bytes::from_request(request, state).await;
        bytes.map(Self).map_err(|rejection| unread(&rejection, lang))
    }
}

/// The parameters behind the `?`.
#[derive(Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let lang = spoken(&parts.headers);
        let read = AxumQuery::<T>::try_from_uri(&parts.uri);
        read.map(|AxumQuery(read)| Self(read)).map_err(|rejection| malformed(&rejection.body_text(), lang))
    }
}

/// A part of the path, of a type that is read from text.
#[derive(Debug)]
pub(crate) struct Named<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let lang = spoken(&parts.headers);
        let read = Path::<T>::from_request_parts(parts, state).await;
        read.map(|Path(read)| Self(read)).map_err(|rejection| malformed(&rejection.body_text(), lang))
    }
}

fn malformed(why: &str, lang: Lang) -> Problem {
    Problem::new(Kind::Unreadable, lang).saying(Say::BadParameter { why }.to_text(lang))
}
