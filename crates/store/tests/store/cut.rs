//! Stories of connections that are cut, by a proxy that reads along, and of a BEGIN that fails.

use crate::{
    given::{Add, Alone, End, kept},
    postgres,
};
use std::sync::{Arc, Mutex};
use store::{PostgresOptions, Store, StoreError};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

/// What the proxy does, once, with the next simple query that begins with a word.
#[derive(Clone, Copy)]
enum Act {
    /// Cuts the connection instead of handing it on.
    CutBefore(&'static str),
    /// Hands it on, waits for the answer, and cuts the connection instead of handing that on.
    CutAfter(&'static str),
    /// Spoils its first letter.
    Spoil(&'static str),
    /// Cuts the connection instead of handing on the next message that has this letter, whatever it says.
    CutAt(u8),
}

type Next = Arc<Mutex<Option<Act>>>;

/// A store that reaches its database through a proxy, and one that reaches it directly.
async fn through_a_proxy() -> (Store, Store, Next) {
    let options = postgres().await;
    let direct = Store::postgres(&options).await.unwrap();
    let server: tokio_postgres::Config = options.url.parse().unwrap();
    let server = server.get_ports()[0];
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let next = Next::default();
    let told = Arc::clone(&next);
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(("127.0.0.1", server)).await.unwrap();
            tokio::spawn(hand_on(client, server, Arc::clone(&told)));
        }
    });
    let url = options.url.replace(&format!(":{server}/"), &format!(":{port}/"));
    let store = Store::postgres(&PostgresOptions { url, connections: 1, ..options }).await.unwrap();
    (store, direct, next)
}

async fn hand_on(client: TcpStream, server: TcpStream, next: Next) {
    let ((from_client, mut to_client), (mut from_server, to_server)) =
        (client.into_split(), server.into_split());
    let swallow = Arc::new(Mutex::new(false));
    let swallowing = Arc::clone(&swallow);
    let back = async move {
        let mut bytes = vec![0; 1 << 16];
        while let Ok(read @ 1..) = from_server.read(&mut bytes).await {
            if *swallowing.lock().unwrap() || to_client.write_all(&bytes[..read]).await.is_err() {
                break;
            }
        }
    };
    // Whichever ends first takes the other with it.
    tokio::select! {
        () = back => {}
        _ = there(from_client, to_server, &next, &swallow) => {}
    }
}

async fn there(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    next: &Next,
    swallow: &Mutex<bool>,
) -> std::io::Result<()> {
    // The first message has no letter.
    let length = from.read_u32().await?;
    let mut rest = vec![0; length as usize - 4];
    from.read_exact(&mut rest).await?;
    to.write_all(&[&length.to_be_bytes()[..], &rest].concat()).await?;
    loop {
        let (letter, length) = (from.read_u8().await?, from.read_u32().await?);
        let mut rest = vec![0; length as usize - 4];
        from.read_exact(&mut rest).await?;
        let meant = |word: &str| letter == b'Q' && rest.starts_with(word.as_bytes());
        let act = next.lock().unwrap().take_if(|act| match act {
            Act::CutBefore(word) | Act::CutAfter(word) | Act::Spoil(word) => meant(word),
            Act::CutAt(of) => letter == *of,
        });
        match act {
            Some(Act::CutBefore(_) | Act::CutAt(_)) => return Ok(()),
            Some(Act::CutAfter(_)) => *swallow.lock().unwrap() = true,
            Some(Act::Spoil(_)) => rest[0] = b'X',
            None => {}
        }
        to.write_all(&[&[letter][..], &length.to_be_bytes(), &rest].concat()).await?;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_cut_at_commit_leaves_the_outcome_unknown_whichever_it_was() {
    for (act, is_kept) in [(Act::CutBefore("COMMIT"), false), (Act::CutAfter("COMMIT"), true)] {
        let (store, direct, next) = through_a_proxy().await;
        *next.lock().unwrap() = Some(act);
        let error = store.write(Add::one(1)).await.unwrap_err();
        assert!(error.outcome_unknown(), "{error}");
        assert_eq!(kept(&direct, 1).await, is_kept);
        store.write(Add::one(2)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_cut_at_rollback_leaves_the_units_own_answer() {
    let (store, direct, next) = through_a_proxy().await;
    *next.lock().unwrap() = Some(Act::CutBefore("ROLLBACK"));
    let error = store.write(Add::ending(1, End::Refused)).await.unwrap_err();
    assert!(matches!(error, StoreError::Closed), "{error}");
    store.write(Add::one(2)).await.unwrap();
    assert!(!kept(&direct, 1).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_cut_at_begin_is_replaced() {
    let (store, direct, next) = through_a_proxy().await;
    *next.lock().unwrap() = Some(Act::CutBefore("BEGIN"));
    store.write(Add::one(1)).await.unwrap();
    assert!(next.lock().unwrap().is_none());
    assert!(kept(&direct, 1).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_cut_at_a_statement_that_stands_by_itself_is_replaced() {
    let (store, _direct, next) = through_a_proxy().await;
    store.write(Add::one(1)).await.unwrap();
    // When the statement is prepared, and when it is run again.
    for letter in [b'P', b'B'] {
        *next.lock().unwrap() = Some(Act::CutAt(letter));
        assert!(store.read(Alone::Find(1)).await.unwrap().is_some());
        assert!(next.lock().unwrap().is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_outside_a_transaction_when_begin_fails() {
    let (store, direct, next) = through_a_proxy().await;
    *next.lock().unwrap() = Some(Act::Spoil("BEGIN"));
    store.write(Add::one(1)).await.unwrap_err();
    assert!(!kept(&direct, 1).await);
    store.write(Add::one(1)).await.unwrap();
}
