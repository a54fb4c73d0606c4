//! The page on which a customer sees fifty products with their decisions: against a server that says hello to the same clients, and against
//! the same products as JSON.

use crate::{
    desks::{INSTANCES, Site, server},
    http::{Amount, Customer, HELLO, answered, asked, customers, served},
    rounds::{ROUNDS, Rounds},
    table::{Line, Unit},
};
use anyhow::{Result, ensure};
use app::Desk;
use axum::{Router, routing::get};
use rulebook::Facts;
use std::{net::SocketAddr, path::Path};
use tokio::net::TcpStream;
use web::{Settings, service};

/// Goals of the issue.
const OF_HELLO: f64 = 0.12;
const OF_JSON: f64 = 0.5;

/// Products on a page.
const ROWS: u32 = 50;

/// Both comparisons.
pub(crate) async fn run(folder: &Path, amount: &Amount) -> Result<Vec<Line>> {
    let site = Site::Sqlite(folder.join("pages.db"));
    site.found(amount.accounts).await?;
    let (desk, store) = site.desk().await?;
    let customers = customers(&desk).await?;
    for (nth, customer) in (0..).zip(&customers) {
        fill(&desk, customer, nth).await?;
    }
    let ours = served(service(web::Site::new(desk, Settings::default()))).await?;
    let hello = served(Router::new().route("/", get(async || "Hello, World!"))).await?;
    let pages: Vec<_> = customers.iter().map(page).collect();
    let lists: Vec<_> = customers.iter().map(list).collect();
    for request in pages.iter().chain(&lists) {
        ensure!(named(ours, request).await? == ROWS as usize, "an answer has not all products");
    }
    let [mut shown, mut listed, mut said] = [const { Rounds(Vec::new()) }; 3];
    for round in 1..=ROUNDS {
        shown.0.push(asked(ours, &pages, "200", amount.each).await?);
        listed.0.push(asked(ours, &lists, "200", amount.each).await?);
        said.0.push(asked(hello, &[HELLO.to_vec()], "200", amount.each * 4).await?);
        let last = |rounds: &Rounds| rounds.0.last().copied().unwrap_or(f64::NAN);
        let (page, list, peer) = (last(&shown), last(&listed), last(&said));
        eprintln!(
            "pages: round {round} of {ROUNDS}: page {page:.0} µs, JSON {list:.0} µs, hello {peer:.0} µs"
        );
    }
    store.close().await;
    Ok(vec![
        Line::faster(
            "a page of 50 products with decisions, SQLite",
            &shown,
            &said,
            Unit::Microseconds,
            Some(OF_HELLO),
        )
        .run_as("axum 0.8, one route that answers \"Hello, World!\", the same clients"),
        Line::faster("the same page against JSON", &shown, &listed, Unit::Microseconds, Some(OF_JSON))
            .run_as("GET /api/v1/instances?limit=50 of the same desk, the same clients"),
    ])
}

/// Gives a customer as many instances as are on a page.
async fn fill(desk: &Desk, customer: &Customer, nth: u32) -> Result<()> {
    for more in INSTANCES..ROWS {
        let facts = Facts { id: format!("i-{nth}-more-{more}"), ..server(&customer.asker) };
        desk.record_instance(facts).await?;
    }
    Ok(())
}

fn page(customer: &Customer) -> Vec<u8> {
    let token = &customer.token;
    format!(
        "GET /products HTTP/1.1\r\nhost: kebei\r\naccept-language: zh\r\ncookie: __Host-kebei={token}\r\n\r\n"
    )
    .into_bytes()
}

fn list(customer: &Customer) -> Vec<u8> {
    let token = &customer.token;
    format!(
        "GET /api/v1/instances?limit={ROWS} HTTP/1.1\r\nhost: kebei\r\nauthorization: Bearer {token}\r\n\r\n"
    )
    .into_bytes()
}

/// How many products an answer names.
async fn named(address: SocketAddr, request: &[u8]) -> Result<usize> {
    let (mut stream, mut answer) = (TcpStream::connect(address).await?, Vec::new());
    answered(&mut stream, request, &mut answer, "200").await?;
    let text = String::from_utf8(answer)?;
    Ok(text.matches("<th scope=\"row\">").count() + text.matches("\"codes_counted\":").count())
}
