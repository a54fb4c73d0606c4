//! A form that was filled in, sent by a page of ours.

use super::{
    cookies::{self, VISIT},
    form_token,
};
use crate::{
    language::spoken,
    limit::bearer,
    problem::{Kind, Problem},
    site::Site,
};
use app::IdempotencyKey;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use rulebook::Lang;
use std::fmt;
use url::form_urlencoded;

/// Fields that the frame gives to every form.
pub(crate) const OF_THE_FRAME: [&str; 2] = ["token", "key"];

/// What was filled in, by the names of the fields. It may have passwords in it, and is not shown.
#[derive(Clone, Default)]
pub(crate) struct Filled(Vec<(String, String)>);

impl fmt::Debug for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Filled({} fields)", self.0.len())
    }
}

/// Why a form is not read.
#[derive(Debug)]
pub(crate) enum Unfilled {
    /// It is from a page of an earlier session; nothing is done before whoever sent it says so again. To who is no browser, that is a
    /// problem like another.
    Old(Problem),
    /// It is no form.
    Problem(Problem),
}

/// Says, in the extensions of an answer, that a form was [old](Unfilled::Old).
#[derive(Clone, Copy, Debug)]
pub(crate) struct OldForm;

impl Unfilled {
    /// An old form, told in `lang`.
    pub(crate) fn old(lang: Lang) -> Self {
        Self::Old(Problem::new(Kind::Forbidden, lang))
    }
}

impl IntoResponse for Unfilled {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => problem.into_response(),
            Self::Old(problem) => {
                let mut response = problem.into_response();
                response.extensions_mut().insert(OldForm);
                response
            }
        }
    }
}

impl FromRequest<Site> for Filled {
    type Rejection = Unfilled;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Unfilled> {
        let headers = request.headers().clone();
        let lang = spoken(&headers);
        if !is_form(&headers) {
            return Err(Unfilled::Problem(Problem::new(Kind::Unreadable, lang)));
        }
        let bytes = Bytes::from_request(request, site).await.map_err(|rejection| {
            let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
            let kind = if too_large { Kind::TooLarge } else { Kind::Unreadable };
            Unfilled::Problem(Problem::new(kind, lang))
        })?;
        let filled = Self::read(&bytes);
        if is_ours(&headers, filled.text("token")) { Ok(filled) } else { Err(Unfilled::old(lang)) }
    }
}

/// Whether a form with that token was sent by a page of ours, to whoever sends these headers.
pub(crate) fn is_ours(headers: &HeaderMap, token: &str) -> bool {
    let secrets = [bearer(headers), cookies::brought(headers, VISIT)];
    secrets.into_iter().flatten().any(|secret| form_token::is_of(secret, token))
}

/// Whether the headers say that a form comes.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).map(axum::http::HeaderValue::as_bytes).unwrap_or_default();
    kind.starts_with(b"application/x-www-form-urlencoded")
}

/// What is known beforehand, as if it had been filled in.
impl FromIterator<(&'static str, String)> for Filled {
    fn from_iter<I: IntoIterator<Item = (&'static str, String)>>(fields: I) -> Self {
        Self(fields.into_iter().map(|(name, text)| (name.to_owned(), text)).collect())
    }
}

impl Filled {
    /// The fields as browsers write them.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// What stands in the field, without blanks around it; empty where there is no such field.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.exact(name).trim()
    }

    /// The same as it was typed: blanks may belong to a password.
    pub(crate) fn exact(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map(|(_, text)| &**text).unwrap_or_default()
    }

    /// Everything that is filled in under that name.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, text)| text.trim())
    }

    /// All fields but those of the frame.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.iter().filter(|(name, _)| !OF_THE_FRAME.contains(&&**name))
    }

    /// The key of the form: sent twice, it is done once.
    pub(crate) fn key(&self) -> Option<IdempotencyKey> {
        IdempotencyKey::parse(self.text("key")).ok()
    }
}
