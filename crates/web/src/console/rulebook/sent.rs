//! A draft that was pasted or uploaded, as a browser sends it.

use crate::{
    console::filled::{self, Unfilled},
    problem::{Kind, Problem},
    site::Site,
};
use axum::{
    extract::{FromRequest, Multipart, Request},
    http::StatusCode,
};

/// Bytes of a draft at most: the form that publishes it may write each in three, and [a form](crate::MOST_BYTES) has to hold it.
pub(super) const MOST_BYTES: usize = 256 << 10;

/// A draft, sent by a page of ours.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pub(super) pasted: String,
    /// As it was uploaded: what is no UTF-8 is a fault of a line.
    pub(super) file: Vec<u8>,
    /// The edition that is held against the one in force, where one was chosen.
    pub(super) edition: Option<String>,
}

impl FromRequest<Site> for Sent {
    type Rejection = Unfilled;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Unfilled> {
        let headers = request.headers().clone();
        let lang = crate::language::spoken(&headers);
        let unread = |kind| Unfilled::Problem(Problem::new(kind, lang));
        let form = Multipart::from_request(request, site).await;
        let mut form = form.map_err(|_| unread(Kind::Unreadable))?;
        let (mut token, mut sent) = (String::new(), Self::default());
        while let Some(field) = form.next_field().await.map_err(|_| unread(Kind::Incomplete))? {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| match error.status() {
                StatusCode::PAYLOAD_TOO_LARGE => unread(Kind::TooLarge),
                _ => unread(Kind::Incomplete),
            })?;
            let text = || String::from_utf8_lossy(&bytes).into_owned();
            match &*name {
                "token" => token = text(),
                "text" => sent.pasted = text(),
                "file" => sent.file = bytes.to_vec(),
                "edition" => sent.edition = Some(text()).filter(|edition| !edition.is_empty()),
                _ => {}
            }
        }
        if filled::is_ours(&headers, &token) { Ok(sent) } else { Err(Unfilled::old(lang)) }
    }
}

/// The text with lines that end as those of published files do. Browsers send others, and the same rules would have another digest.
pub(super) fn plain(text: Vec<u8>) -> Vec<u8> {
    match String::from_utf8(text) {
        Ok(text) => text.replace("\r\n", "\n").into_bytes(),
        Err(none) => none.into_bytes(),
    }
}
