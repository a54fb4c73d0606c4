//! Lists, a page at a time: a cursor behind the last item, and the address of the next page.

use crate::{
    answer::Answer,
    problem::{Kind, Problem},
    words::Say,
};
use axum::{
    http::{HeaderValue, header::LINK},
    response::{IntoResponse, Response},
};
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::{IntoParams, ToSchema};

/// Items of a page where nothing is said.
const USUAL: u32 = 50;
/// Items of a page at most.
const MOST: u32 = 100;

/// Which page of a list is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageAsked {
    /// The cursor of the page before, as `next` gave it; the first page without it.
    cursor: Option<String>,
    /// How many items, up to 100.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u32>,
}

impl PageAsked {
    /// How many items the page has at most.
    pub(crate) fn most(&self) -> u32 {
        self.limit.unwrap_or(USUAL).clamp(1, MOST)
    }

    /// The item after which it begins.
    pub(crate) fn after<T: FromStr>(&self, lang: Lang) -> Result<Option<T>, Problem> {
        let read = self.cursor.as_deref().map(str::parse).transpose();
        read.map_err(|_| Problem::new(Kind::Unreadable, lang).saying(Say::BadCursor.to_text(lang)))
    }
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// The items.
    items: Vec<T>,
    /// The cursor of the next page; null on the last one.
    next: Option<String>,
    #[serde(skip)]
    link: Option<String>,
    #[serde(skip)]
    lang: Lang,
    #[serde(skip)]
    secret: bool,
}

impl<T> Page<T> {
    /// The same, which has service codes in it: nobody on the way keeps a copy.
    pub(crate) const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// The page of `found`, which has one item more than was asked for where there is another page.
    pub(crate) fn of(
        mut found: Vec<T>,
        asked: &PageAsked,
        address: &str,
        cursor: impl Fn(&T) -> String,
        lang: Lang,
    ) -> Self {
        let most = asked.most() as usize;
        let more = found.len() > most;
        found.truncate(most);
        let next = found.last().filter(|_| more).map(cursor);
        let link = next.as_ref().map(|next| format!("<{address}?cursor={next}&limit={most}>; rel=\"next\""));
        Self { items: found, next, link, lang, secret: false }
    }
}

impl<T: Serialize> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        let link = self.link.as_deref().and_then(|link| HeaderValue::from_str(link).ok());
        let secret = self.secret;
        let answer = Answer::ok(self.lang, self);
        let mut response = if secret { answer.secret() } else { answer }.into_response();
        if let Some(link) = link {
            response.headers_mut().insert(LINK, link);
        }
        response
    }
}
