//! Accepting connections: bounded in number and for each address, in what is read before a request is known, and in the time for
//! asking and for taking the answer.

mod seats;
mod steady;

use crate::address::Peer;
use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use outbound::Network;
use seats::Seats;
use std::{future::Future, num::NonZero, sync::Arc, time::Duration};
use steady::Steady;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tower::ServiceExt;

/// How long the head of a request may take, from the first byte on or from the end of the one before: longer than proxies keep
/// connections that are not used, and short enough that idle ones do not fill the desk.
const HEAD_TIME: Duration = Duration::from_secs(75);
/// Bytes of the head of a request: tokens and cookies are a tenth of it.
const HEAD_BYTES: usize = 32 << 10;
/// Header lines of a request.
const MOST_HEADERS: usize = 64;
/// How long to wait when no connection can be accepted, as when there are no file descriptors left.
const AFTER_REFUSAL: Duration = Duration::from_millis(100);

/// How connections are served.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// Connections at a time; further ones wait until one ends.
    pub connections: NonZero<u32>,
    /// Connections of one address at a time, or of one IPv6 network of 64 bits; further ones are closed at once. `None`: as many
    /// as it likes.
    pub per_address: Option<NonZero<u32>>,
    /// Proxies, whose connections are not counted: they are one address for all behind them.
    pub trusted_proxies: Vec<Network>,
    /// How long the other side may take too little of an answer; [`Bounds::PATIENCE`] outside stories.
    pub patience: Duration,
    /// How long requests that run may go on after the server is stopped.
    pub drain: Duration,
}

impl Bounds {
    /// Longer than a mobile phone is in a tunnel. Shorter would cut slow lines: the system tells that bytes were taken only when
    /// it has sent a third of what it holds.
    pub const PATIENCE: Duration = Duration::from_mins(1);
}

/// Serves what comes in on `listener` until `stop`. Then nothing more is accepted, what runs is finished within the time for it,
/// and the rest is cut. Returns whether all was finished.
pub async fn serve(
    listener: TcpListener,
    service: Router,
    bounds: Bounds,
    stop: impl Future<Output = ()>,
) -> bool {
    let room = Arc::new(Semaphore::new(bounds.connections.get().try_into().unwrap_or(usize::MAX >> 3)));
    let seats = Seats::new(bounds.per_address, &bounds.trusted_proxies);
    let running = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&room).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            biased;
            () = &mut stop => break,
            next = next => next,
        };
        match accepted {
            Ok((stream, peer)) => {
                let Some(seat) = seats.take(peer.ip()) else {
                    metrics::counter!("kebei_connections_refused_total").increment(1);
                    continue;
                };
                // Answers are small and whole: waiting for more to send helps nobody.
                let _ = stream.set_nodelay(true);
                let stream = Steady::new(stream, bounds.patience, not_taken);
                let one = connection(stream, Peer(peer.ip()), service.clone(), &running);
                tokio::spawn(async move {
                    one.await;
                    drop((seat, place));
                });
            }
            Err(error) => {
                tracing::warn!(event = "web.not_accepted", %error);
                tokio::time::sleep(AFTER_REFUSAL).await;
            }
        }
    }
    drop(listener);
    tokio::time::timeout(bounds.drain, running.shutdown()).await.is_ok()
}

/// An answer is not taken: what the system still holds of it is thrown away with the connection.
fn not_taken(stream: &TcpStream) {
    metrics::counter!("kebei_connections_stalled_total").increment(1);
    let _ = stream.set_zero_linger();
}

/// Serves one connection to its end. What goes wrong with it is the client's affair.
fn connection(
    stream: Steady<TcpStream>,
    peer: Peer,
    service: Router,
    running: &GracefulShutdown,
) -> impl Future<Output = ()> + Send + use<> {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        service.clone().oneshot(request.map(Body::new))
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    http.max_buf_size(HEAD_BYTES).max_headers(MOST_HEADERS);
    let connection = running.watch(http.serve_connection(TokioIo::new(stream), service));
    async move {
        let _ = connection.await;
    }
}
