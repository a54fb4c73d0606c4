//! The pages that explain each kind of problem, and the problems of requests that reach no endpoint.

use super::{Kind, Problem};
use crate::{
    api::methods,
    body::Named,
    language::{Speaks, spoken},
    site::Site,
    words::Say,
};
use axum::{
    extract::{MatchedPath, RawQuery, Request, State},
    http::{
        HeaderMap, StatusCode, Uri,
        header::{CONTENT_LANGUAGE, CONTENT_TYPE},
    },
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use rulebook::Lang;
use std::{
    any::Any,
    fmt::{self, Write as _},
};
use url::form_urlencoded;

/// How the pages look: system fonts, light and dark, and nothing that is loaded.
const STYLE: &str = include_str!("page.css");

/// The language of a page: the one that `?lang=` names, or the one that the browser prefers.
fn wanted(query: Option<&str>, spoken: Lang) -> Lang {
    let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let tag = pairs.find(|(name, _)| name == "lang").map(|(_, tag)| tag);
    [Lang::Zh, Lang::En].into_iter().find(|lang| tag.as_deref() == Some(lang.bcp47())).unwrap_or(spoken)
}

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

/// The same with a link to the document where that is named.
fn linked(text: &str) -> String {
    text.replace("/api/docs", "<a href=\"/api/docs\">/api/docs</a>")
}

/// What the pages say beside the kinds.
struct Words {
    all: &'static str,
    lead: &'static str,
    headings: [&'static str; 3],
    every_answer: &'static str,
    document: &'static str,
}

const fn words(lang: Lang) -> Words {
    match lang {
        Lang::Zh => Words {
            all: "问题类型",
            lead: "接口未能完成请求时，会在 type 中给出下列地址之一，在 errors 中逐条说明原因和处理方法。",
            headings: ["状态码", "问题", "说明与处理方法"],
            every_answer: "每次出错的具体原因见返回内容中的 detail 和 errors；联系客服时，请提供返回头 X-Request-Id 中的请求编号。",
            document: "接口文档",
        },
        Lang::En => Words {
            all: "Kinds of problems",
            lead: "When a request is not done, type in the answer is one of these addresses, and errors says what is wrong and what to do.",
            headings: ["Status", "Problem", "What it means and what to do"],
            every_answer: "What is wrong this time stands in detail and errors of the answer. If you ask support, tell them the request id in the header X-Request-Id.",
            document: "API document",
        },
    }
}

/// A page at `address`. Nothing in it comes from outside.
fn page(title: &str, main: &str, address: &str, lang: Lang) -> Response {
    let (tag, words, other) = (lang.bcp47(), words(lang), other(lang));
    let (other_tag, name) = (other.bcp47(), if other == Lang::Zh { "中文" } else { "English" });
    let all = words.all;
    let document = words.document;
    let html = format!(
        "<!doctype html><html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} · Kebei 可备</title>\
         <link rel=\"alternate\" hreflang=\"{other_tag}\" href=\"{address}?lang={other_tag}\"><style>{STYLE}</style></head>\
         <body><header><strong>Kebei 可备</strong><a href=\"/problems?lang={tag}\">{all}</a>\
         <a href=\"/api/docs\">{document}</a>\
         <a lang=\"{other_tag}\" hreflang=\"{other_tag}\" href=\"{address}?lang={other_tag}\">{name}</a></header>\
         <main>{main}</main></body></html>"
    );
    ([(CONTENT_LANGUAGE, tag)], Html(html)).into_response()
}

fn put(to: &mut String, what: fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = to.write_fmt(what);
}

const fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    }
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
/// whoever asks.
pub(crate) async fn in_our_words(request: Request, next: Next) -> Response {
    let lang = spoken(request.headers());
    let response = next.run(request).await;
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
