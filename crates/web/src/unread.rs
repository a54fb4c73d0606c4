//! How far bodies were read. Nothing can follow on a connection whose body was not read to its end, because the answer did not need
//! it, and the answer says so: otherwise a client would send his next request into a connection that is closed.

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderValue, header::CONNECTION},
    middleware::Next,
    response::Response,
};
use hyper::body::{Body as _, Frame, SizeHint};
use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

/// How far the body of a request was read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading(Arc<Flags>);

#[derive(Debug, Default)]
struct Flags {
    to_its_end: AtomicBool,
    awaited: AtomicBool,
}

impl Reading {
    /// Whether somebody reads it and waits for more. Whatever reads a body reads all of it before it begins anything.
    pub(crate) fn is_awaited(&self) -> bool {
        self.0.awaited.load(Ordering::Relaxed)
    }

    fn is_at_its_end(&self) -> bool {
        self.0.to_its_end.load(Ordering::Relaxed)
    }
}

/// Says with the answer that the connection ends, where the body was not read to its end.
pub(crate) async fn told(mut request: Request, next: Next) -> Response {
    let reading = Reading::default();
    reading.0.to_its_end.store(request.body().is_end_stream(), Ordering::Relaxed);
    request.extensions_mut().insert(reading.clone());
    let watched = request.map(|body| Body::new(Watched { body, reading: reading.clone() }));
    let mut response = next.run(watched).await;
    if !reading.is_at_its_end() {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

struct Watched {
    body: Body,
    reading: Reading,
}

impl hyper::body::Body for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        let Flags { to_its_end, awaited } = &*self.reading.0;
        awaited.store(polled.is_pending(), Ordering::Relaxed);
        if matches!(polled, Poll::Ready(None)) || self.body.is_end_stream() {
            to_its_end.store(true, Ordering::Relaxed);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
