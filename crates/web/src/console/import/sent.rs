//! The form with a list, as a browser sends it.

use super::words;
use crate::{
    console::filled::{self, Unfilled},
    language::spoken,
    problem::{Kind, Problem},
    site::Site,
};
use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request},
    http::StatusCode,
};

/// A list, and how it is to be read.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pub(super) owner: String,
    pub(super) complete: bool,
    pub(super) file: Bytes,
}

impl FromRequest<Site> for Sent {
    type Rejection = Unfilled;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Unfilled> {
        let headers = request.headers().clone();
        let lang = spoken(&headers);
        let unread = |kind| Unfilled::Problem(Problem::new(kind, lang));
        let broken =
            || Unfilled::Problem(Problem::new(Kind::Incomplete, lang).saying(words::words(lang).broken));
        let form = Multipart::from_request(request, site).await;
        let mut form = form.map_err(|_| unread(Kind::Unreadable))?;
        let (mut token, mut sent) = (String::new(), Self::default());
        while let Some(field) = form.next_field().await.map_err(|_| broken())? {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| match error.status() {
                StatusCode::PAYLOAD_TOO_LARGE => unread(Kind::TooLarge),
                _ => broken(),
            })?;
            let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
            match &*name {
                "token" => token = text(),
                "owner" => sent.owner = text(),
                "complete" => sent.complete = true,
                "file" => sent.file = bytes,
                _ => {}
            }
        }
        if filled::is_ours(&headers, &token) { Ok(sent) } else { Err(Unfilled::old(lang)) }
    }
}
