//! Bodies and parameters as they come in: JSON of the one form that the API document gives, and nothing beside it; rulebooks, lists
//! and pictures as they are.

mod form;
mod held;
mod query;
mod repeats;
mod tree;

pub(crate) use query::Query;

use crate::{
    api::schemas_of_document,
    language::spoken,
    problem::{Fault, Kind, Problem},
    words::Say,
};
use app::orders::attachments::{AddFault, MOST_PICTURE_BYTES, PictureFault};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request, rejection::BytesRejection},
    http::{
        HeaderMap, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
        request::Parts,
    },
};
use held::Held;
use rulebook::Lang;
use serde::de::{DeserializeOwned, IgnoredAny};
use tree::Tree;
use utoipa::{
    ToSchema,
    openapi::{Ref, RefOr},
};

/// A body of JSON.
#[derive(Debug)]
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + ToSchema> FromRequest<S> for Body<T> {
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

/// `bytes` as what the endpoint expects. What is no JSON is unreadable; what is other JSON than the document says is told with
/// everything that is wrong.
pub(crate) fn read<T: DeserializeOwned + ToSchema>(bytes: &[u8], lang: Lang) -> Result<T, Problem> {
    let schema = RefOr::Ref(Ref::from_schema_name(T::name()));
    let mut held = Held::new(Kind::Invalid, schemas_of_document(), lang);
    held.value(&schema, &Tree::read(bytes).map_err(|error| no_tree(bytes, &error, lang))?, "");
    held.all()?;
    let mut from = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut from).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { "" } else { &path };
        Problem::invalid(lang, path, "unexpected", Say::BadField, Say::CompareWithDocument)
    })
}

/// Whether `bytes` are JSON to their end, one value or one after another; a problem with the place where they are not.
pub(crate) fn all_json(bytes: &[u8], lang: Lang) -> Result<(), Problem> {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<IgnoredAny>();
    values.try_for_each(|value| value.map(drop)).map_err(|error| no_tree(bytes, &error, lang))
}

fn no_tree(bytes: &[u8], error: &serde_json::Error, lang: Lang) -> Problem {
    if error.is_data() {
        return Problem::invalid(lang, "", "too-deep", Say::TooDeep, Say::CompareWithDocument);
    }
    let say = if bytes.trim_ascii().is_empty() {
        Say::NoBody
    } else {
        Say::NoJson { line: error.line(), column: error.column() }
    };
    Problem::new(Kind::Unreadable, lang).saying(say.to_text(lang))
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

/// A picture, as it is. Of which format it is, its content says and not its type: phones name it as they like.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(crate) struct Picture(pub(crate) Vec<u8>);

impl<S: Send + Sync> FromRequest<S> for Picture {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let lang = spoken(request.headers());
        let named = media_type(request.headers());
        if !named.starts_with("image/") && named != "application/octet-stream" {
            return Err(Problem::new(Kind::NotJson, lang).saying(Say::SendPicture.to_text(lang)));
        }
        let announced =
            request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        let bytes = Bytes::from_request(request, state).await;
        bytes.map(|bytes| Self(bytes.into())).map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                let bytes = announced.unwrap_or(MOST_PICTURE_BYTES + 1);
                AddFault::Picture(PictureFault::TooLarge { bytes }).problem(lang)
            }
            _ => unread(&rejection, lang),
        })
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

/// A part of the path, of a type that is read from text.
#[derive(Debug)]
pub(crate) struct Named<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let lang = spoken(&parts.headers);
        let read = Path::<T>::from_request_parts(parts, state).await;
        let other = |_| Problem::new(Kind::Unreadable, lang).saying(Say::BadPath.to_text(lang));
        read.map(|Path(read)| Self(read)).map_err(other)
    }
}
