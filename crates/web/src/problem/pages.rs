//! The pages that explain each kind of problem, and the problems of requests that reach no endpoint.

use super::{Kind, Problem};
use crate::{
    language::{Speaks, spoken},
    site::Site,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, Uri, header::CONTENT_LANGUAGE},
    response::{Html, IntoResponse, Response},
};
use rulebook::Lang;
use std::{any::Any, fmt::Write as _};

/// Every kind of problem, explained in the language of whoever reads.
pub(crate) async fn explained_all(State(site): State<Site>, Speaks(lang): Speaks) -> Response {
    page(&site, Kind::all(), lang)
}

/// One kind of problem, explained.
pub(crate) async fn explained(
    State(site): State<Site>,
    Path(word): Path<String>,
    Speaks(lang): Speaks,
) -> Response {
    match Kind::from_word(&word) {
        Some(kind) => page(&site, [kind], lang),
        None => Problem::new(Kind::NoSuchPage, lang).into_response(),
    }
}

/// Nothing in it comes from outside.
fn page(site: &Site, kinds: impl IntoIterator<Item = Kind>, lang: Lang) -> Response {
    let server = site.settings.public_url.as_deref().unwrap_or_default();
    let mut html = format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>Kebei</title><style>body{{font:1rem/1.6 system-ui;max-width:42rem;\
         margin:2rem auto;padding:0 1rem}}code{{color:#555}}</style>",
        lang.bcp47()
    );
    for kind in kinds {
        for (told, level) in [(lang, "h1"), (other(lang), "h2")] {
            let says = kind.says(told);
            let (tag, title, advice) = (told.bcp47(), says.title, says.advice);
            // Writing to a string does not fail.
            let _ =
                write!(html, "<section lang=\"{tag}\"><{level}>{title}</{level}><p>{advice}</p></section>");
        }
        let _ =
            write!(html, "<p><code>{} · {server}{}</code></p><hr>", kind.status().as_u16(), kind.address());
    }
    ([(CONTENT_LANGUAGE, lang.bcp47())], Html(html)).into_response()
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
pub(crate) async fn no_such_method(Speaks(lang): Speaks) -> Problem {
    Problem::new(Kind::NoSuchMethod, lang)
}

/// A use case panicked; where, stands in the log.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
pub(crate) fn panicked(why: Box<dyn Any + Send + 'static>) -> Response {
    let why =
        why.downcast_ref::<&str>().copied().or_else(|| why.downcast_ref::<String>().map(String::as_str));
    tracing::error!(event = "web.panicked", why);
    Problem::new(Kind::Fault, spoken(&HeaderMap::new())).into_response()
}
