//! Connections: who reads nothing, and who has too many.

use axum::{Router, routing::get};
use std::{
    net::{Ipv4Addr, SocketAddr},
    num::NonZero,
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    time::timeout,
};
use web::{Bounds, serve};

/// How long anything may take before a story gives up; nothing is asserted of times.
const GIVE_UP: Duration = Duration::from_mins(1);
/// More than the system takes for somebody who reads nothing.
const LARGE: usize = 64 << 20;
const HERE: Ipv4Addr = Ipv4Addr::LOCALHOST;
const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

const USUAL: Bounds = Bounds {
    connections: NonZero::new(16).unwrap(),
    per_address: None,
    trusted_proxies: Vec::new(),
    patience: GIVE_UP,
    drain: Duration::ZERO,
};

/// A server with those bounds, for as long as the story runs.
async fn served(bounds: Bounds) -> SocketAddr {
    let listener = TcpListener::bind((HERE, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let large = get(async || vec![0; LARGE]);
    let service = Router::new().route("/", get(async || "here")).route("/large", large);
    tokio::spawn(serve(listener, service, bounds, std::future::pending()));
    address
}

async fn connected(from: Ipv4Addr, to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((from, 0).into()).unwrap();
    socket.connect(to).await.unwrap()
}

/// Asks on a connection and reads until it ends. Nothing where it was closed at once.
async fn asked(mut on: TcpStream) -> String {
    let mut told = Vec::new();
    let asking = async {
        on.write_all(b"GET / HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n").await?;
        on.read_to_end(&mut told).await
    };
    // A connection that was closed at once may be told as reset.
    let _ = timeout(GIVE_UP, asking).await.expect("it is answered or closed");
    String::from_utf8(told).unwrap()
}

/// A connection on which something was answered, and which is kept open.
async fn held(from: Ipv4Addr, to: SocketAddr) -> TcpStream {
    let mut on = connected(from, to).await;
    on.write_all(b"GET / HTTP/1.1\r\nHost: desk\r\n\r\n").await.unwrap();
    let mut first = [0; 15];
    timeout(GIVE_UP, on.read_exact(&mut first)).await.unwrap().unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    on
}

#[tokio::test]
async fn whoever_does_not_take_his_answer_makes_room_for_others() {
    let bounds =
        Bounds { connections: NonZero::<u32>::MIN, patience: Duration::from_millis(20), ..USUAL.clone() };
    let address = served(bounds).await;
    let mut idle = connected(HERE, address).await;
    idle.write_all(b"GET /large HTTP/1.1\r\nHost: desk\r\n\r\n").await.unwrap();
    // The answer has begun.
    idle.read_u8().await.unwrap();
    assert!(asked(connected(HERE, address).await).await.ends_with("here"));
    let mut rest = Vec::new();
    // Cut: the end of the answer never comes.
    let _ = timeout(GIVE_UP, idle.read_to_end(&mut rest)).await.expect("it ends");
    assert!(rest.len() < LARGE, "{}", rest.len());
}

#[tokio::test]
async fn an_address_that_has_all_its_connections_is_refused_and_no_other() {
    let address = served(Bounds { per_address: NonZero::new(1), ..USUAL.clone() }).await;
    let first = held(HERE, address).await;
    assert_eq!(asked(connected(HERE, address).await).await, "");
    assert!(asked(connected(ELSEWHERE, address).await).await.ends_with("here"));
    drop(first);
    // When the first has ended, is for the server to notice.
    while asked(connected(HERE, address).await).await.is_empty() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_trusted_proxy_has_as_many_connections_as_it_needs() {
    let trusted_proxies = vec!["127.0.0.2".parse().unwrap()];
    let address = served(Bounds { per_address: NonZero::new(1), trusted_proxies, ..USUAL.clone() }).await;
    let _proxys = [held(ELSEWHERE, address).await, held(ELSEWHERE, address).await];
    let _own = held(HERE, address).await;
    assert_eq!(asked(connected(HERE, address).await).await, "");
}
