//! How the few pages for people look: one frame, in both languages, for screens and phones, light and dark.

use axum::{
    http::{
        HeaderMap,
        header::{ACCEPT, CONTENT_LANGUAGE},
    },
    response::{Html, IntoResponse, Response},
};
use rulebook::Lang;
use url::form_urlencoded;

/// How the pages look: system fonts, light and dark, and nothing that is loaded.
const STYLE: &str = include_str!("page.css");

/// The language of a page: the one that `?lang=` names, or the one that the browser prefers.
pub(crate) fn wanted(query: Option<&str>, spoken: Lang) -> Lang {
    let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let tag = pairs.find(|(name, _)| name == "lang").map(|(_, tag)| tag);
    [Lang::Zh, Lang::En].into_iter().find(|lang| tag.as_deref() == Some(lang.bcp47())).unwrap_or(spoken)
}

/// Whether whoever asks would rather have a page than JSON, as browsers say in `Accept`. Programs that take anything say nothing
/// of pages.
pub(crate) fn prefers_pages(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT).into_iter().filter_map(|line| line.to_str().ok());
    let (mut pages, mut json) = (0.0, 0.0);
    for range in lines.flat_map(|line| line.split(',')) {
        let mut parts = range.split(';').map(str::trim);
        let liked = match parts.next() {
            Some("text/html") => &mut pages,
            Some("application/json" | "application/problem+json") => &mut json,
            _ => continue,
        };
        let quality: f32 = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
        *liked = quality.max(*liked);
    }
    pages > json
}

/// What stands in the frame.
struct Words {
    problems: &'static str,
    document: &'static str,
    other: &'static str,
}

const fn words(lang: Lang) -> Words {
    match lang {
        Lang::Zh => Words { problems: "问题类型", document: "接口文档", other: "English" },
        Lang::En => Words { problems: "Kinds of problems", document: "API document", other: "中文" },
    }
}

/// A page at `address`, which is empty for wherever it was asked for. Nothing in it may come from outside.
pub(crate) fn page(title: &str, main: &str, address: &str, lang: Lang) -> Response {
    let Words { problems, document, other } = words(lang);
    let (tag, other_tag) = (lang.bcp47(), self::other(lang).bcp47());
    let html = format!(
        "<!doctype html><html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} · Kebei 可备</title>\
         <link rel=\"alternate\" hreflang=\"{other_tag}\" href=\"{address}?lang={other_tag}\"><style>{STYLE}</style></head>\
         <body><header><strong><a href=\"/?lang={tag}\">Kebei 可备</a></strong>\
         <a href=\"/problems?lang={tag}\">{problems}</a><a href=\"/api/docs\">{document}</a>\
         <a lang=\"{other_tag}\" hreflang=\"{other_tag}\" href=\"{address}?lang={other_tag}\">{other}</a></header>\
         <main>{main}</main></body></html>"
    );
    ([(CONTENT_LANGUAGE, tag)], Html(html)).into_response()
}

/// The same with a link to the document where that is named.
pub(crate) fn linked(text: &str) -> String {
    text.replace("/api/docs", "<a href=\"/api/docs\">/api/docs</a>")
}

const fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_prefer_pages_and_programs_do_not() {
        for (accept, pages) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true),
            ("application/json;q=0.5, text/html", true),
            ("text/html;q=0.2, application/json;q=0.9", false),
            ("text/html, application/problem+json", false),
            ("text/html;q=0", false),
            ("application/json", false),
            ("*/*", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT, accept.parse().unwrap())]);
            assert_eq!(prefers_pages(&headers), pages, "{accept}");
        }
        assert!(!prefers_pages(&HeaderMap::new()));
    }
}
