//! What is wrong, as `application/problem+json` (RFC 9457), and the pages that explain each kind.

mod en;
mod faults;
mod faults_of_gate;
mod faults_of_orders;
mod faults_of_proposed_rulebooks;
mod faults_of_two_people;
mod faults_of_watch;
mod kind;
mod nowhere;
mod zh;

pub(crate) use faults::{Fault, OrTold, no_inventory};
pub(crate) use faults_of_orders::no_picture;
pub use kind::Kind;
pub(crate) use nowhere::{in_our_words, no_such_method, no_such_page, panicked};

use crate::words::Say;
use axum::{
    body::{Body, HttpBody},
    http::{
        HeaderValue, StatusCode,
        header::{
            CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, LINK, RETRY_AFTER,
            WWW_AUTHENTICATE,
        },
    },
    response::{IntoResponse, Response},
};
use filing::{Refusal, Refused};
use rulebook::Lang;
use serde::Serialize;
use serde_json::value::RawValue;
use std::sync::Arc;
use utoipa::ToSchema;

/// How a refusal is served.
const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Where the API document is, for whoever asked in another way than it says.
const DOCUMENT: HeaderValue = HeaderValue::from_static("</api/openapi.json>; rel=\"service-desc\"");

/// What is wrong with a request, or with the desk. It is told in one language.
#[derive(Debug)]
pub(crate) struct Problem {
    kind: Kind,
    lang: Lang,
    detail: String,
    errors: Vec<Fine>,
    /// Seconds after which to ask again.
    retry_after: Option<u64>,
    decision: Option<Box<RawValue>>,
    verification: Option<Box<NotVerified>>,
    illegal_move: Option<Box<IllegalMove>>,
}

/// One thing that is wrong.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProblemError)]
pub(crate) struct Fine {
    /// Which part of the request it is about: the name of a field, with dots between parts and `[0]` for the first of a list, or
    /// of a header or a parameter; empty for the whole body.
    #[schema(example = "instance")]
    path: String,
    /// Which error it is: a stable word for programs.
    #[schema(example = "purchased-term-short")]
    code: String,
    /// What is wrong, in the language asked for.
    message: String,
    /// What to do about it, in the language asked for.
    suggestion: String,
    /// The line of a text that was sent, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// The column in that line, in characters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

/// As it is served.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody<'p> {
    /// Which kind of problem. The address explains it, in both languages; it is relative to this server where the operator has
    /// not said how it is reached.
    #[schema(example = "/problems/refused")]
    r#type: String,
    /// The kind in a few words, in the language asked for.
    title: &'p str,
    /// The HTTP status once more.
    #[schema(example = 409)]
    status: u16,
    /// What is wrong this time, in the language asked for.
    detail: &'p str,
    /// Everything that is wrong, at once; empty where `detail` says all of it.
    errors: &'p [Fine],
    /// The decision on the instance, where the refusal rests on one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<crate::api::schemas::Decision>)]
    decision: &'p Option<Box<RawValue>>,
    /// Why a product was not verified, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    verification: &'p Option<Box<NotVerified>>,
    /// What cannot be done with an order, where that was asked, and what can.
    #[serde(skip_serializing_if = "Option::is_none")]
    illegal_move: &'p Option<Box<IllegalMove>>,
}

/// A move that an order cannot make where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IllegalMove {
    /// Where it stands.
    #[schema(value_type = crate::api::orders::words::OrderState)]
    pub(crate) state: Option<&'static str>,
    /// The move that was tried.
    #[schema(value_type = crate::api::orders::words::OrderMove)]
    pub(crate) tried: &'static str,
    /// The moves that the caller could make.
    #[schema(value_type = Vec<crate::api::orders::words::OrderMove>)]
    pub(crate) legal: Vec<&'static str>,
}

/// A product that was not verified: one of three failures, with exactly one cause.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotVerified {
    /// `invalid-product-info`, `subject-limit-reached` or `interface-exception`. Its fixed text is `detail`.
    pub(crate) failure: String,
    /// Why: a stable word for programs.
    #[schema(example = "code-recorded")]
    pub(crate) cause: String,
    /// What to do.
    pub(crate) remedy: WhatToDo,
    /// The findings on the instance, where the cause is that it cannot back a filing now.
    pub(crate) findings: Vec<RefusedFinding>,
}

/// What to do about a product that was not verified. What belongs to another action is null.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct WhatToDo {
    /// What to do: a stable word for programs.
    #[schema(example = "use-another-code")]
    pub(crate) action: String,
    /// The product to choose.
    pub(crate) product: Option<String>,
    /// Where user name and password are found.
    pub(crate) place: Option<String>,
    /// By how many months to renew.
    pub(crate) months: Option<u32>,
    /// The expiry that this gives.
    #[schema(format = DateTime)]
    pub(crate) until: Option<String>,
    /// When to try again.
    #[schema(format = DateTime)]
    pub(crate) at: Option<String>,
}

/// A finding, as whoever asks may know it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefusedFinding {
    /// Which.
    #[schema(example = "purchased-term-short")]
    pub(crate) code: String,
    /// The sentence.
    pub(crate) message: String,
}

impl Problem {
    /// That problem, with the advice of its kind for a detail.
    pub(crate) fn new(kind: Kind, lang: Lang) -> Self {
        let detail = kind.says(lang).advice.to_owned();
        Self {
            kind,
            lang,
            detail,
            errors: Vec::new(),
            retry_after: None,
            decision: None,
            verification: None,
            illegal_move: None,
        }
    }

    /// Whether it is of that kind.
    pub(crate) fn is(&self, kind: Kind) -> bool {
        self.kind == kind
    }

    /// Of which kind it is.
    pub(crate) const fn kind(&self) -> Kind {
        self.kind
    }

    /// What is wrong, in a sentence.
    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    /// Everything that is wrong: the place in what was asked, what is wrong with it, and what to do.
    pub(crate) fn errors(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.errors.iter().map(|fine| (&*fine.path, &*fine.message, &*fine.suggestion))
    }

    /// The same, with what is wrong this time.
    pub(crate) fn saying(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    /// The same, to be tried again after so many seconds.
    pub(crate) fn again_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// The same, with one thing more that is wrong.
    pub(crate) fn with(
        mut self,
        path: &str,
        code: &str,
        message: impl Into<String>,
        suggestion: impl Into<String>,
    ) -> Self {
        let (path, code) = (path.to_owned(), code.to_owned());
        let (message, suggestion) = (message.into(), suggestion.into());
        self.errors.push(Fine { path, code, message, suggestion, line: None, column: None });
        self
    }

    /// The same, with something more to do about whatever is wrong where `about` says so of its path.
    pub(crate) fn advising(mut self, about: impl Fn(&str) -> bool, say: Say<'_>) -> Self {
        let more = say.to_text(self.lang);
        for fine in self.errors.iter_mut().filter(|fine| about(&fine.path)) {
            if self.lang == Lang::En {
                fine.suggestion.push(' ');
            }
            fine.suggestion.push_str(&more);
        }
        self
    }

    /// The same, with why a product was not verified.
    pub(crate) fn not_verified(self, why: NotVerified) -> Self {
        Self { verification: Some(Box::new(why)), ..self }
    }

    /// The same, with what cannot be done with an order, and what can.
    pub(crate) fn illegal_move(self, illegal: IllegalMove) -> Self {
        Self { illegal_move: Some(Box::new(illegal)), ..self }
    }

    /// The same, the last thing that is wrong being at that place of the text that was sent.
    pub(crate) fn at(mut self, line: usize, column: usize) -> Self {
        if let Some(last) = self.errors.last_mut() {
            (last.line, last.column) = (Some(line), Some(column));
        }
        self
    }

    /// The same, what is wrong being below that field.
    pub(crate) fn below(mut self, field: &str) -> Self {
        for fine in &mut self.errors {
            fine.path =
                if fine.path.is_empty() { field.to_owned() } else { format!("{field}.{}", fine.path) };
        }
        self
    }

    /// One thing that is wrong with what can be read.
    pub(crate) fn invalid(lang: Lang, path: &str, code: &str, message: Say<'_>, suggestion: Say<'_>) -> Self {
        Self::one(Kind::Invalid, lang, path, code, [message, suggestion])
    }

    /// One thing for which it was refused.
    pub(crate) fn against(lang: Lang, path: &str, code: &str, message: Say<'_>, suggestion: Say<'_>) -> Self {
        Self::one(Kind::Refused, lang, path, code, [message, suggestion])
    }

    fn one(kind: Kind, lang: Lang, path: &str, code: &str, says: [Say<'_>; 2]) -> Self {
        let [message, suggestion] = says.map(|say| say.to_text(lang));
        Self::new(kind, lang).with(path, code, message, suggestion)
    }

    /// As it is served, with its type at a server whose address that is.
    fn written(&self, server: &str) -> Vec<u8> {
        let body = ProblemBody {
            r#type: format!("{server}{}", self.kind.address()),
            title: self.kind.says(self.lang).title,
            status: self.kind.status().as_u16(),
            detail: &self.detail,
            errors: &self.errors,
            decision: &self.decision,
            verification: &self.verification,
            illegal_move: &self.illegal_move,
        };
        // Nothing of it can fail to be written.
        serde_json::to_vec(&body).unwrap_or_default()
    }

    /// The same answer; where it is a problem, its type is that of the server with that address.
    pub(crate) fn of_site(mut response: Response, server: &str) -> Response {
        let Some(problem) = response.extensions_mut().remove::<Arc<Self>>() else { return response };
        if response.body().is_end_stream() {
            // `HEAD` was asked.
            return response;
        }
        let body = problem.written(server);
        response.headers_mut().insert(CONTENT_LENGTH, body.len().into());
        response.map(|_| Body::from(body))
    }

    /// Something that was decided against, with every reason; the decision beside it, where it rests on one.
    pub(crate) fn refused<R: Refusal>(
        refused: &Refused<R>,
        decision: Option<Box<RawValue>>,
        lang: Lang,
    ) -> Self {
        Self { errors: fines(refused, lang), decision, ..Self::new(Kind::Refused, lang) }
    }
}

/// Every reason of a refusal, as answers carry them.
pub(crate) fn fines<R: Refusal>(refused: &Refused<R>, lang: Lang) -> Vec<Fine> {
    let fine = |reason: &R| Fine {
        path: reason.path().to_owned(),
        code: reason.word().to_owned(),
        message: reason.message(lang),
        suggestion: reason.suggestion(lang),
        line: None,
        column: None,
    };
    refused.reasons().iter().map(fine).collect()
}

impl Fine {
    /// What is wrong, and what to do, in one line.
    pub(crate) fn in_a_line(&self) -> String {
        crate::console::sentences(&[&self.message, &self.suggestion])
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self { kind, lang, retry_after, .. } = self;
        let mut response = (kind.status(), self.written("")).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, MEDIA_TYPE);
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(lang.bcp47()));
        if let Some(seconds) = retry_after {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        if kind.status() == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"kebei\""));
        }
        if kind.is_of_the_request() {
            headers.insert(LINK, DOCUMENT);
        }
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // For whoever knows how this server is reached.
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
