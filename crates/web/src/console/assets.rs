//! What pages load beside themselves: one stylesheet, one script, one picture. Their addresses name their content, so that browsers keep
//! them for ever and a new version is another address.

use crate::{
    language::Speaks,
    problem::{Kind, Problem},
};
use app::hex;
use axum::{
    extract::Path,
    http::{
        HeaderName, HeaderValue,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// Something that pages load.
pub(crate) struct Asset {
    content: &'static str,
    media_type: &'static str,
    /// The last part of its address.
    name: String,
}

/// How all pages look.
pub(crate) static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("kebei", "css", "text/css; charset=utf-8", include_str!("kebei.css")));
/// What is more comfortable with a script.
pub(crate) static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("kebei", "js", "text/javascript; charset=utf-8", include_str!("kebei.js")));
/// What browsers show beside the title.
pub(crate) static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("kebei", "svg", "image/svg+xml; charset=utf-8", include_str!("kebei.svg")));

impl Asset {
    fn new(stem: &str, ending: &str, media_type: &'static str, content: &'static str) -> Self {
        let digest = Sha256::digest(content);
        let name = format!("{stem}-{}.{ending}", hex(digest.get(..8).unwrap_or_default()));
        Self { content, media_type, name }
    }

    /// Where it is.
    pub(crate) fn address(&self) -> String {
        format!("/assets/{}", self.name)
    }
}

/// `GET /assets/{name}`. Of another version than this program's there is nothing.
pub(crate) async fn asset(Path(name): Path<String>, Speaks(lang): Speaks) -> Response {
    let all = [&*STYLE, &*SCRIPT, &*ICON];
    let Some(asset) = all.into_iter().find(|asset| asset.name == name) else {
        return Problem::new(Kind::NoSuchPage, lang).into_response();
    };
    let headers: [(HeaderName, HeaderValue); 2] = [
        (CONTENT_TYPE, HeaderValue::from_static(asset.media_type)),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, asset.content).into_response()
}
