//! The pages that explain each kind of problem, and the problems of requests that reach no endpoint.

use super::{Kind, Problem};
use crate::{
    api::methods,
    body::Named,
    language::{Speaks, spoken},
    page::{linked, page, prefers_pages, wanted},
    site::Site,
    words::Say,
};
use axum::{
    extract::{MatchedPath, RawQuery, Request, State},
    http::{
        HeaderMap, HeaderValue, StatusCode, Uri,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use rulebook::Lang;
use std::{
    any::Any,
    fmt::{self, Write as _},
    sync::Arc,
};

/// Every kind of problem, explained in the language of whoever reads.
pub(crate) async fn explained_all(
    State(site): State<Site>,
    RawQuery(query): RawQuery,
    Speaks(lang): Speaks,
) -> Response {
    let (lang, server) = (wanted(query.as_deref(), lang), server(&site));
    let words = words(lang);
    let mut main = format!("<h1>{}</h1><p class=\"soft\">{}</p><table><thead><tr>", words.all, words.lead);
    for heading in words.headings {
        put(&mut main, format_args!("<th scope=\"col\">{heading}</th>"));
    }
    main.push_str("</tr></thead><tbody>");
    for kind in Kind::all() {
        let (says, status, address) = (kind.says(lang), kind.status().as_u16(), kind.address());
        let (title, advice, tag) = (says.title, linked(says.advice), lang.bcp47());
        put(
            &mut main,
            format_args!(
                "<tr><td>{status}</td><td><a href=\"{address}?lang={tag}\">{title}</a><code>{server}{address}</code></td>\
                 <td>{advice}</td></tr>"
            ),
        );
    }
    main.push_str("</tbody></table>");
    page(words.all, &main, "/problems", lang)
}

/// One kind of problem, explained.
pub(crate) async fn explained(
    State(site): State<Site>,
    Named(word): Named<String>,
    RawQuery(query): RawQuery,
    Speaks(lang): Speaks,
) -> Response {
    let Some(kind) = Kind::from_word(&word) else {
        return Problem::new(Kind::NoSuchPage, lang).into_response();
    };
    let (lang, server) = (wanted(query.as_deref(), lang), server(&site));
    let (says, status, address) = (kind.says(lang), kind.status().as_u16(), kind.address());
    let main = format!(
        "<h1>{}</h1><p class=\"soft\">HTTP {status} <code>{server}{address}</code></p><p class=\"lead\">{}</p>\
         <p class=\"soft\">{}</p>",
        says.title,
        linked(says.advice),
        words(lang).every_answer,
    );
    page(says.title, &main, &address, lang)
}

/// How this server is reached, in front of what types say of it.
fn server(site: &Site) -> &str {
    site.settings.public_url.as_deref().unwrap_or_default()
}

/// What the pages say beside the kinds.
struct Words {
    all: &'static str,
    lead: &'static str,
    headings: [&'static str; 3],
    every_answer: &'static str,
    begin: &'static str,
}

const fn words(lang: Lang) -> Words {
    match lang {
        Lang::Zh => Words {
            all: "问题类型",
            lead: "接口未能完成请求时，会在 type 中给出下列地址之一，在 errors 中逐条说明原因和处理方法。",
            headings: ["状态码", "问题", "说明与处理方法"],
            every_answer: "每次出错的具体原因见返回内容中的 detail 和 errors；联系客服时，请提供返回头 X-Request-Id 中的请求编号。",
            begin: "返回首页",
        },
        Lang::En => Words {
            all: "Kinds of problems",
            lead: "When a request is not done, type in the answer is one of these addresses, and errors says what is wrong and what to do.",
            headings: ["Status", "Problem", "What it means and what to do"],
            every_answer: "What is wrong this time stands in detail and errors of the answer. If you ask support, tell them the request id in the header X-Request-Id.",
            begin: "To the first page",
        },
    }
}

fn put(to: &mut String, what: fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = to.write_fmt(what);
}

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
/// whoever asks. Where nothing is served, browsers get a page.
pub(crate) async fn in_our_words(request: Request, next: Next) -> Response {
    let (lang, pages) = (spoken(request.headers()), prefers_pages(request.headers()));
    let uri = request.uri().clone();
    let response = said_by_us(next.run(request).await, lang);
    let nowhere =
        response.extensions().get::<Arc<Problem>>().is_some_and(|told| told.kind == Kind::NoSuchPage);
    if nowhere && pages { nothing_there(wanted(uri.query(), lang)) } else { response }
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

/// The page where nothing is served. It does not repeat the address: that comes from outside.
fn nothing_there(lang: Lang) -> Response {
    let (says, status, tag) = (Kind::NoSuchPage.says(lang), Kind::NoSuchPage.status(), lang.bcp47());
    let main = format!(
        "<h1>{}</h1><p class=\"soft\">HTTP {}</p><p class=\"lead\">{}</p><p><a href=\"/?lang={tag}\">{}</a></p>",
        says.title,
        status.as_u16(),
        linked(says.advice),
        words(lang).begin,
    );
    let never_kept = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (status, never_kept, page(says.title, &main, "", lang)).into_response()
}

/// A use case panicked; where, stands in the log.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
pub(crate) fn panicked(why: Box<dyn Any + Send + 'static>) -> Response {
    let why =
        why.downcast_ref::<&str>().copied().or_else(|| why.downcast_ref::<String>().map(String::as_str));
    tracing::error!(event = "web.panicked", why);
    Problem::new(Kind::Fault, spoken(&HeaderMap::new())).into_response()
}
