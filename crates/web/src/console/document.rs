//! Documents to keep and to print, as PDF.

use crate::{
    answer::NEVER_KEPT,
    problem::{Kind, Problem},
    site::Site,
};
use axum::{
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use papers::{Block, Paper};
use rulebook::Lang;

/// A document for download, called `name` in ASCII. Where no font of the machine has Chinese, what to do instead is told.
pub(super) async fn pdf(site: &Site, lang: Lang, paper: Paper, name: &str) -> Result<Response, Problem> {
    let site = site.clone();
    let writing = tokio::task::spawn_blocking(move || {
        let fonts = site.fonts().map_err(|fault| {
            tracing::warn!(event = "documents.no_font", error = %fault);
            Problem::new(Kind::NoFont, lang)
        })?;
        paper.write(fonts).map_err(|fault| {
            tracing::error!(event = "documents.unwritten", error = %fault);
            Problem::new(Kind::Fault, lang)
        })
    });
    let written = writing.await.map_err(|_| Problem::new(Kind::Fault, lang))??;
    if !written.missing.is_empty() {
        let missing = written.missing.len();
        tracing::warn!(event = "documents.missing_characters", missing);
    }
    let called = format!("attachment; filename=\"{name}.pdf\"");
    let called = HeaderValue::try_from(called).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (CONTENT_DISPOSITION, called),
        (CACHE_CONTROL, NEVER_KEPT),
    ];
    Ok((headers, written.pdf).into_response())
}

/// A document in that language, with the name of the desk at its foot.
pub(super) fn paper(title: &str, lang: Lang, blocks: Vec<Block>) -> Paper {
    let foot = super::words::frame(lang).desk.to_owned();
    Paper { title: title.to_owned(), lang: lang.bcp47().to_owned(), blocks, foot }
}

/// The characters of an id or a number that names of files have everywhere.
pub(super) fn file_name(text: &str) -> String {
    text.chars().filter(|symbol| symbol.is_ascii_alphanumeric() || *symbol == '-').collect()
}
