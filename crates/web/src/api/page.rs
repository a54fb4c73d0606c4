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
use url::form_urlencoded;
use utoipa::{IntoParams, ToSchema};

/// Items of a page where nothing is said.
const USUAL: u32 = 50;
/// Items of a page at most.
const MOST: u32 = 100;

/// Which page of a list is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageAsked {
    /// The cursor of the page before, as `next` gave it; the first page without it.
    cursor: Option<String>,
    /// How many items, up to 100.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u32>,
}

impl PageAsked {
    /// How long the page is.
    pub(crate) fn paged(&self, lang: Lang) -> Paged {
        Paged::new(self.limit, lang)
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
    #[serde(skip)]
    tag: Option<String>,
}

impl<T> Page<T> {
    /// The same, which has service codes in it: nobody on the way keeps a copy.
    pub(crate) const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// The same, whose version is called so.
    pub(crate) fn tagged(self, tag: String) -> Self {
        Self { tag: Some(tag), ..self }
    }
}

/// How a page is cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paged {
    most: u32,
    lang: Lang,
}

impl Paged {
    /// Pages of so many items; [`USUAL`] where nothing is said. Whoever asks for more than the document allows was told so when
    /// his parameters were read.
    pub(crate) fn new(limit: Option<u32>, lang: Lang) -> Self {
        Self { most: limit.unwrap_or(USUAL).clamp(1, MOST), lang }
    }

    /// How many items the page has at most.
    pub(crate) const fn most(self) -> u32 {
        self.most
    }

    /// The page of `found`, which has one item more than was asked for where there is another page.
    pub(crate) fn of<T>(self, mut found: Vec<T>, address: &str, cursor: impl Fn(&T) -> String) -> Page<T> {
        let more = found.len() > self.most as usize;
        found.truncate(self.most as usize);
        let next = found.last().filter(|_| more).map(cursor);
        self.going_on(found, next, address, &[])
    }

    /// The page of those items, which goes on at `next` with the parameters `repeated`.
    pub(crate) fn going_on<T>(
        self,
        items: Vec<T>,
        next: Option<String>,
        address: &str,
        repeated: &[(&str, String)],
    ) -> Page<T> {
        let link = next.as_ref().map(|next| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query
                .extend_pairs(repeated)
                .append_pair("limit", &self.most.to_string())
                .append_pair("cursor", next);
            format!("<{address}?{}>; rel=\"next\"", query.finish())
        });
        Page { items, next, link, lang: self.lang, secret: false, tag: None }
    }
}

impl<T: Serialize> IntoResponse for Page<T> {
    fn into_response(mut self) -> Response {
        let link = self.link.as_deref().and_then(|link| HeaderValue::from_str(link).ok());
        let (secret, tag) = (self.secret, self.tag.take());
        let answer = Answer::ok(self.lang, self);
        let answer = if secret { answer.secret() } else { answer };
        let answer = if let Some(tag) = tag { answer.tagged(tag) } else { answer };
        let mut response = answer.into_response();
        if let Some(link) = link {
            response.headers_mut().insert(LINK, link);
        }
        response
    }
}
