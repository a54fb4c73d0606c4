//! The API over HTTP: against a server that says hello to the same clients, and against the same units in process.

use crate::{
    cluster::Cluster,
    desks::{INSTANCES, Site, connected},
    rounds::{ROUNDS, Rounds},
    table::{Line, Unit},
};
use anyhow::{Context, Result, ensure};
use app::{
    Actor, Asker, Desk, IdempotencyKey, Operator,
    access::{AddUser, KeysOf, MakeKey, Role},
    codes::CodesAsked,
    verification::{Proof, VerifyProduct},
};
use axum::{Router, routing::get};
use std::{future::Future, net::SocketAddr, num::NonZero, path::Path, sync::Arc, time::Instant};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Barrier,
    task::JoinSet,
};
use web::{Settings, service};

/// Goals of the issue.
const OF_HELLO: f64 = 0.2;
const OF_IN_PROCESS: f64 = 0.7;

/// Callers at once: as many as one commit of SQLite serves, so that the disk is not what is measured.
const CLIENTS: u32 = 128;
/// Requests of each client before anything is timed.
const WARM: u32 = 20;
/// Longest answer that a client reads.
const LONGEST: usize = 256 << 10;

/// How much is measured.
pub(crate) struct Amount {
    /// Accounts of the desk, ten instances each.
    pub(crate) accounts: u32,
    /// Requests of each client in a round.
    pub(crate) each: u32,
}

/// Both comparisons.
pub(crate) async fn run(folder: &Path, amount: &Amount) -> Result<Vec<Line>> {
    let cluster = Cluster::start(folder)?;
    let on_sqlite = Site::Sqlite(folder.join("http.db"));
    let on_postgres = Site::Postgres(cluster.database("http", "template1").await?);
    let mut lines = against_hello(&on_sqlite, amount).await?;
    lines.extend(against_in_process(&on_postgres, amount).await?);
    Ok(lines)
}

/// One customer with his key, and a code of his.
#[derive(Clone)]
pub(crate) struct Customer {
    pub(crate) asker: Asker,
    instance: String,
    pub(crate) token: String,
    code: String,
}

pub(crate) async fn customers(desk: &Desk) -> Result<Vec<Customer>> {
    let by = Actor::Staff(Operator::parse("bench")?);
    let mut customers = Vec::new();
    for client in 0..CLIENTS {
        let (name, account) = (format!("client-{client}"), format!("acc-{client}"));
        let asker = desk.account(&account).await?.context("the account is there")?;
        let add = AddUser {
            by: by.clone(),
            name: name.clone(),
            system: false,
            roles: vec![Role::Customer],
            account: Some(account),
            email: None,
        };
        desk.add_user(add, None).await?;
        let of = KeysOf::User { by: by.clone(), name };
        let make = MakeKey { of, label: "bench".to_owned(), scopes: None, expires_at: None };
        let made = desk.make_key(make, None).await?.answer;
        let token = made.secret.context("a key is shown once")?.reveal().to_owned();
        let instance = format!("i-{}", client * INSTANCES);
        let ask = CodesAsked { asker: asker.clone(), instance: instance.clone(), count: NonZero::<u32>::MIN };
        let issued = desk.issue_codes(ask, IdempotencyKey::parse(&format!("bench-{client}"))?).await?;
        let codes = issued.answer.codes.context("a code is issued")?;
        let code = codes.first().context("one code")?.code.to_string();
        customers.push(Customer { asker, instance, token, code });
    }
    Ok(customers)
}

impl Customer {
    fn check(&self) -> Vec<u8> {
        post("/api/v1/codes/check", &self.token, &format!("{{\"instance\":\"{}\"}}", self.instance))
    }

    fn verify(&self) -> Vec<u8> {
        let body = format!("{{\"product\":\"ecs\",\"code\":\"{}\"}}", self.code);
        post("/api/v1/verifications", &self.token, &body)
    }
}

fn post(path: &str, token: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: kebei\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

pub(crate) const HELLO: &[u8] = b"GET / HTTP/1.1\r\nhost: kebei\r\n\r\n";

/// Serves `router` on a port of its own.
pub(crate) async fn served(router: Router) -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

/// Lets every client send its request `each` times, one after the other; microseconds from one answer to the next.
pub(crate) async fn asked(
    address: SocketAddr,
    requests: &[Vec<u8>],
    status: &'static str,
    each: u32,
) -> Result<f64> {
    let start = Arc::new(Barrier::new(CLIENTS as usize + 1));
    let mut clients = JoinSet::new();
    for nth in 0..CLIENTS as usize {
        let request = requests.get(nth % requests.len()).context("a request")?.clone();
        let start = Arc::clone(&start);
        clients.spawn(async move {
            let mut stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            let mut buffer = Vec::with_capacity(LONGEST);
            for _ in 0..WARM {
                answered(&mut stream, &request, &mut buffer, status).await?;
            }
            start.wait().await;
            for _ in 0..each {
                answered(&mut stream, &request, &mut buffer, status).await?;
            }
            Ok::<_, anyhow::Error>(())
        });
    }
    start.wait().await;
    let started = Instant::now();
    while let Some(done) = clients.join_next().await {
        done??;
    }
    Ok(started.elapsed().as_secs_f64() * 1e6 / f64::from(CLIENTS * each))
}

/// Sends a request and reads its whole answer, which must have that status.
pub(crate) async fn answered(
    stream: &mut TcpStream,
    request: &[u8],
    buffer: &mut Vec<u8>,
    status: &str,
) -> Result<()> {
    stream.write_all(request).await?;
    buffer.clear();
    loop {
        ensure!(buffer.len() < LONGEST, "an answer is longer than {LONGEST} bytes");
        ensure!(stream.read_buf(buffer).await? > 0, "the server hung up");
        let Some(head) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let headers = std::str::from_utf8(&buffer[..head])?;
        let length = headers.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.context("an answer says how long it is")?.parse()?;
        if buffer.len() == head + 4 + length {
            let found = headers.split(' ').nth(1).unwrap_or_default();
            ensure!(found == status, "answered {found}: {}", String::from_utf8_lossy(buffer));
            return Ok(());
        }
    }
}

async fn against_hello(site: &Site, amount: &Amount) -> Result<Vec<Line>> {
    site.found(amount.accounts).await?;
    let (desk, store) = site.desk().await?;
    let customers = customers(&desk).await?;
    let ours = served(service(web::Site::new(desk, Settings::default()))).await?;
    let hello = served(Router::new().route("/", get(async || "Hello, World!"))).await?;
    let checks: Vec<_> = customers.iter().map(Customer::check).collect();
    let verifies: Vec<_> = customers.iter().map(Customer::verify).collect();
    let [mut checked, mut verified, mut said] = [const { Rounds(Vec::new()) }; 3];
    for round in 1..=ROUNDS {
        checked.0.push(asked(ours, &checks, "200", amount.each).await?);
        let before = verifications(site).await?;
        verified.0.push(asked(ours, &verifies, "201", amount.each).await?);
        let made = verifications(site).await? - before;
        ensure!(made == i64::from(CLIENTS * (WARM + amount.each)), "{made} verifications were written");
        said.0.push(asked(hello, &[HELLO.to_vec()], "200", amount.each * 4).await?);
        tell("SQLite", round, &checked, &verified, &said);
    }
    store.close().await;
    let command = "axum 0.8, one route that answers \"Hello, World!\", the same clients";
    let line =
        |what, took| Line::faster(what, took, &said, Unit::Microseconds, Some(OF_HELLO)).run_as(command);
    Ok(vec![
        line("a code check over HTTP, SQLite", &checked),
        line("a durable verification over HTTP, SQLite", &verified),
    ])
}

async fn against_in_process(site: &Site, amount: &Amount) -> Result<Vec<Line>> {
    site.found(amount.accounts).await?;
    let (desk, store) = site.desk().await?;
    let customers = customers(&desk).await?;
    let ours = served(service(web::Site::new(desk.clone(), Settings::default()))).await?;
    let checks: Vec<_> = customers.iter().map(Customer::check).collect();
    let verifies: Vec<_> = customers.iter().map(Customer::verify).collect();
    let [mut checked, mut verified, mut check_units, mut verify_units] = [const { Rounds(Vec::new()) }; 4];
    for round in 1..=ROUNDS {
        checked.0.push(asked(ours, &checks, "200", amount.each).await?);
        check_units.0.push(in_process(&desk, &customers, amount.each, check_once).await?);
        let before = verifications(site).await?;
        verified.0.push(asked(ours, &verifies, "201", amount.each).await?);
        verify_units.0.push(in_process(&desk, &customers, amount.each, verify_once).await?);
        let made = verifications(site).await? - before;
        ensure!(made == 2 * i64::from(CLIENTS * (WARM + amount.each)), "{made} verifications were written");
        tell("PostgreSQL", round, &checked, &verified, &verify_units);
    }
    store.close().await;
    let line = |what, took, units| {
        Line::faster(what, took, units, Unit::Microseconds, Some(OF_IN_PROCESS))
            .run_as("the same unit in process, as many tasks")
    };
    Ok(vec![
        line("a code check over HTTP, PostgreSQL", &checked, &check_units),
        line("a durable verification over HTTP, PostgreSQL", &verified, &verify_units),
    ])
}

fn tell(engine: &str, round: usize, checked: &Rounds, verified: &Rounds, peer: &Rounds) {
    let last = |rounds: &Rounds| rounds.0.last().copied().unwrap_or(f64::NAN);
    let (check, verify, peer) = (last(checked), last(verified), last(peer));
    eprintln!(
        "http, {engine}: round {round} of {ROUNDS}: check {check:.0} µs, verify {verify:.0} µs, peer {peer:.0} µs"
    );
}

async fn check_once(desk: Desk, customer: Customer) -> Result<()> {
    let ask = CodesAsked { asker: customer.asker, instance: customer.instance, count: NonZero::<u32>::MIN };
    let question = desk.check_codes(ask).await?;
    ensure!(question.judge(|_, answer| answer.is_ok()), "a code would be refused");
    Ok(())
}

async fn verify_once(desk: Desk, customer: Customer) -> Result<()> {
    let proof = Proof::Code(customer.code);
    let ask = VerifyProduct { asker: customer.asker, product: "ecs".to_owned(), proof, address: None };
    let told = desk.verify_product(ask, None).await?;
    ensure!(told.answer.passed().is_some(), "a product was not verified");
    Ok(())
}

/// Lets every client do the same in process.
async fn in_process<F>(
    desk: &Desk,
    customers: &[Customer],
    each: u32,
    once: impl Fn(Desk, Customer) -> F + Copy + Send + 'static,
) -> Result<f64>
where
    F: Future<Output = Result<()>> + Send,
{
    let start = Arc::new(Barrier::new(CLIENTS as usize + 1));
    let mut clients = JoinSet::new();
    for customer in customers.iter().cloned() {
        let (desk, start) = (desk.clone(), Arc::clone(&start));
        clients.spawn(async move {
            for _ in 0..WARM {
                once(desk.clone(), customer.clone()).await?;
            }
            start.wait().await;
            for _ in 0..each {
                once(desk.clone(), customer.clone()).await?;
            }
            Ok::<_, anyhow::Error>(())
        });
    }
    start.wait().await;
    let started = Instant::now();
    while let Some(done) = clients.join_next().await {
        done??;
    }
    Ok(started.elapsed().as_secs_f64() * 1e6 / f64::from(CLIENTS * each))
}

/// How many verifications there are.
async fn verifications(site: &Site) -> Result<i64> {
    const COUNT: &str = "SELECT COUNT(*) FROM verifications";
    match site {
        Site::Sqlite(file) => Ok(rusqlite::Connection::open(file)?.query_row(COUNT, [], |row| row.get(0))?),
        Site::Postgres(url) => Ok(connected(url).await?.query_one(COUNT, &[]).await?.get(0)),
    }
}
