//! A list that was pasted or uploaded, as a browser sends it.

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
};
use std::{future::poll_fn, pin::Pin};

/// Bytes of a form at most: a thousand instances are a third of it in any format.
pub(super) const MOST_BYTES: usize = 1 << 20;
/// Bytes that are read at most only to be thrown away: browsers show no answer before they have sent everything.
const MOST_IGNORED: usize = 64 << 20;

/// What was pasted, and what was uploaded.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pub(super) pasted: String,
    pub(super) file: Bytes,
}

/// Why there is nothing to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unsent {
    /// It is larger than [`MOST_BYTES`].
    TooLarge,
    /// It did not arrive whole, or is no such form.
    Broken,
}

impl From<MultipartError> for Unsent {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::Broken }
    }
}

impl Sent {
    /// What the form has in it.
    pub(super) async fn of(request: Request) -> Result<Self, Unsent> {
        let (parts, body) = request.into_parts();
        let whole = Request::from_parts(parts, Body::from(all(body).await?));
        let mut form = Multipart::from_request(whole, &()).await.map_err(|_| Unsent::Broken)?;
        let mut sent = Self::default();
        while let Some(field) = form.next_field().await? {
            match field.name() {
                Some("list") => sent.pasted = field.text().await?,
                Some("file") => sent.file = field.bytes().await?,
                _ => {}
            }
        }
        Ok(sent)
    }
}

/// All of a body that is not too large. Of one that is, the rest is thrown away first.
async fn all(mut body: Body) -> Result<Vec<u8>, Unsent> {
    let (mut all, mut ignored) = (Vec::new(), 0_usize);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.map_err(|_| Unsent::Broken)?.into_data() else { continue };
        if all.len().saturating_add(data.len()) > MOST_BYTES || ignored > 0 {
            ignored = ignored.saturating_add(data.len());
        } else {
            all.extend_from_slice(&data);
        }
        if ignored > MOST_IGNORED {
            break;
        }
    }
    if ignored > 0 { Err(Unsent::TooLarge) } else { Ok(all) }
}
