//! The gate over HTTP, against a server that says hello to the same clients. How fast names are looked up in memory, at 10,000,000 domains,
//! `cargo run --release -p gate --example lookups` says.

use crate::{
    desks::Site,
    http::{Amount, HELLO, answered, asked, served},
    rounds::{ROUNDS, Rounds},
    table::{Line, Unit},
};
use anyhow::{Context, Result, ensure};
use app::{
    Actor, Desk, Operator, Worker,
    access::{AddUser, KeysOf, MakeKey, Role},
    gate::{AddWindow, Follower},
};
use axum::{Router, routing::get};
use std::{net::SocketAddr, path::Path};
use tokio::net::TcpStream;
use web::{Settings, service};

/// Goal of the issue.
const OF_HELLO: f64 = 0.7;
/// Names that are asked about; half of them may be served.
const NAMES: usize = 100;

/// The comparison.
pub(crate) async fn run(folder: &Path, amount: &Amount) -> Result<Vec<Line>> {
    let site = Site::Sqlite(folder.join("gate.db"));
    site.found(amount.accounts).await?;
    let (desk, store) = site.desk().await?;
    let token = furnished(&desk).await?;
    let ours = served(service(web::Site::new(desk, Settings::default()))).await?;
    let hello = served(Router::new().route("/", get(async || "Hello, World!"))).await?;
    let requests: Vec<_> = (0..NAMES * 2).map(|nth| request(nth, &token)).collect();
    for (nth, request) in requests.iter().enumerate() {
        let expected = if nth < NAMES { "\"white-listed\"" } else { "\"not-filed\"" };
        ensure!(said(ours, request).await?.contains(expected), "name {nth} is not {expected}");
    }
    let [mut told, mut greeted] = [const { Rounds(Vec::new()) }; 2];
    for round in 1..=ROUNDS {
        told.0.push(asked(ours, &requests, "200", amount.each).await?);
        greeted.0.push(asked(hello, &[HELLO.to_vec()], "200", amount.each).await?);
        let last = |rounds: &Rounds| rounds.0.last().copied().unwrap_or(f64::NAN);
        eprintln!("gate: round {round} of {ROUNDS}: {:.1} µs, hello {:.1} µs", last(&told), last(&greeted));
    }
    store.close().await;
    let line = Line::faster(
        "may this name be served, over HTTP, with its key",
        &told,
        &greeted,
        Unit::Microseconds,
        Some(OF_HELLO),
    );
    Ok(vec![line.run_as("axum 0.8, one route that answers \"Hello, World!\", the same clients")])
}

fn request(nth: usize, token: &str) -> Vec<u8> {
    format!(
        "GET /gate/v1/domains/www.name-{nth}.cn HTTP/1.1\r\nhost: kebei\r\nauthorization: Bearer {token}\r\n\r\n"
    )
    .into_bytes()
}

/// A key that may ask, and domains that may be served.
async fn furnished(desk: &Desk) -> Result<String> {
    let by = Actor::Staff(Operator::parse("bench")?);
    let names = (0..NAMES).map(|nth| format!("name-{nth}.cn")).collect();
    let reason = "bench".to_owned();
    let ask = AddWindow { by: by.clone(), caller: String::new(), names, from: None, until: None, reason };
    desk.add_window(ask, None).await?;
    let follower = Follower::new(desk.clone());
    while follower.step(desk.now()).await.is_some_and(|next| next <= desk.now()) {}
    let name = "edge".to_owned();
    let add = AddUser {
        by: by.clone(),
        name: name.clone(),
        system: true,
        roles: vec![Role::Operator],
        account: None,
        email: None,
    };
    desk.add_user(add, None).await?;
    let of = KeysOf::User { by, name };
    let make = MakeKey { of, label: "bench".to_owned(), scopes: None, expires_at: None };
    let made = desk.make_key(make, None).await?.answer;
    Ok(made.secret.context("a key is shown once")?.reveal().to_owned())
}

/// The answer to a request.
async fn said(address: SocketAddr, request: &[u8]) -> Result<String> {
    let (mut stream, mut answer) = (TcpStream::connect(address).await?, Vec::new());
    answered(&mut stream, request, &mut answer, "200").await?;
    Ok(String::from_utf8(answer)?)
}
