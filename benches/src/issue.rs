//! Issuing service codes durably: against the same statements run bare, and on a large desk against a small one.

use crate::{
    cluster::Cluster,
    desks::{self, CLIENTS, INSTANCES, Site, capacity},
    pgbench::Pgbench,
    rounds::{ROUNDS, Rounds},
    sqlite_loop,
    table::{Line, Unit},
};
use anyhow::{Result, ensure};
use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    time::Instant,
};

/// Goals of the issue.
const OF_PGBENCH: f64 = 0.8;
const TIMES_THE_LOOP: f64 = 2.5;
const GROWTH_ON_POSTGRES: f64 = 1.25;
const GROWTH_ON_SQLITE: f64 = 1.75;

/// Codes of each client before anything is timed: connections open and prepare.
const WARM: u32 = 30;

/// How much is measured.
pub(crate) struct Amount {
    /// Accounts of the desk on which peers are measured, ten instances each.
    pub(crate) accounts: u32,
    /// Codes of each client in a round.
    pub(crate) each: u32,
    /// Accounts of the small and of the large desk.
    pub(crate) growth: [u32; 2],
}

/// What one forced write costs here, and both comparisons on both engines.
pub(crate) async fn run(folder: &Path, amount: &Amount) -> Result<Vec<Line>> {
    let sync = syncs(folder)?;
    let mut lines = vec![Line::alone("4 KiB appended and synced, once", &sync, Unit::Microseconds)];
    let cluster = Cluster::start(folder)?;
    lines.extend(against_pgbench(folder, &cluster, amount).await?);
    lines.push(against_the_loop(folder, amount).await?);
    Ok(lines)
}

/// How a large desk compares with a small one.
pub(crate) async fn growth(folder: &Path, amount: &Amount) -> Result<Vec<Line>> {
    let cluster = Cluster::start(folder)?;
    let mut on_postgres = Vec::new();
    for (name, accounts) in ["small", "large"].into_iter().zip(amount.growth) {
        on_postgres.push((Site::Postgres(cluster.database(name, "template1").await?), accounts));
    }
    let on_sqlite = ["small.db", "large.db"].map(|name| Site::Sqlite(folder.join(name)));
    let on_sqlite: Vec<_> = on_sqlite.into_iter().zip(amount.growth).collect();
    Ok(vec![
        grown(&on_postgres, Some(&cluster), GROWTH_ON_POSTGRES).await?,
        grown(&on_sqlite, None, GROWTH_ON_SQLITE).await?,
    ])
}

/// Microseconds that a small write takes until it is on the disk.
fn syncs(folder: &Path) -> Result<Rounds> {
    let path = folder.join("sync");
    let mut file = File::create(&path)?;
    let mut rounds = Rounds::default();
    for _ in 0..ROUNDS {
        let started = Instant::now();
        for _ in 0..100 {
            file.write_all(&[7; 4096])?;
            file.sync_data()?;
        }
        rounds.0.push(started.elapsed().as_secs_f64() * 1e6 / 100.0);
    }
    fs::remove_file(path)?;
    Ok(rounds)
}

/// Microseconds from one of so many codes to the next.
fn micros(seconds: f64, codes: u32) -> f64 {
    seconds * 1e6 / f64::from(codes)
}

/// Lets the desk issue codes, and counts them afterwards.
async fn ours(site: &Site, accounts: u32, first: u32, each: u32) -> Result<f64> {
    let (before, rolled_back) = (site.written().await?, site.rolled_back().await?);
    let (desk, store) = site.desk().await?;
    desks::issue(&desk, accounts, first, WARM).await?;
    let seconds = desks::issue(&desk, accounts, first + WARM, each).await?;
    store.close().await;
    site.written().await?.ensure_since(before, CLIENTS * (WARM + each), "the desk")?;
    // What only reads is rolled back as well: one for each ask, to know the account.
    let again = site.rolled_back().await? - rolled_back - i64::from(CLIENTS * (WARM + each));
    if again > 0 {
        eprintln!("the desk: {again} transactions run again");
    }
    Ok(micros(seconds, CLIENTS * each))
}

async fn against_pgbench(folder: &Path, cluster: &Cluster, amount: &Amount) -> Result<Vec<Line>> {
    let Amount { accounts, each, .. } = *amount;
    let desk = Site::Postgres(cluster.database("ours", "template1").await?);
    desk.found(accounts).await?;
    let (site, at_once) =
        (desk.copy(Some(cluster), "bare").await?, desk.copy(Some(cluster), "at_once").await?);
    let peers = [
        (Pgbench::statements(folder, &site, accounts).await?, site),
        (Pgbench::at_once(folder, &at_once, accounts).await?, at_once),
    ];
    let (mut took, mut theirs) = (Rounds::default(), [Rounds::default(), Rounds::default()]);
    let mut first = 0;
    for round in 1..=ROUNDS {
        took.0.push(ours(&desk, accounts, first, each).await?);
        for ((peer, site), took) in peers.iter().zip(&mut theirs) {
            let before = site.written().await?;
            let warm = peer.run(first, WARM)?;
            let run = peer.run(first + WARM, each)?;
            site.written().await?.ensure_since(before, CLIENTS * (WARM + each), "pgbench")?;
            took.0.push(micros(run.seconds, CLIENTS * each));
            eprintln!("pgbench: {} run again, {} while warming up", run.retried, warm.retried);
        }
        first += WARM + each;
        let load = fs::read_to_string("/proc/loadavg")?;
        eprintln!(
            "issue, PostgreSQL: round {round} of {ROUNDS}: {:.0} µs, pgbench {:.0} µs, one statement {:.0} µs, load {}",
            took.0[round - 1],
            theirs[0].0[round - 1],
            theirs[1].0[round - 1],
            load.trim()
        );
    }
    let what = "a code issued, 32 clients, PostgreSQL";
    let [(bare, _), (at_once, _)] = &peers;
    Ok(vec![
        Line::faster(what, &took, &theirs[0], Unit::Microseconds, Some(OF_PGBENCH)).run_as(bare.command()),
        Line::faster("  one data-modifying CTE instead", &took, &theirs[1], Unit::Microseconds, None)
            .run_as(at_once.command()),
    ])
}

async fn against_the_loop(folder: &Path, amount: &Amount) -> Result<Line> {
    let Amount { accounts, each, .. } = *amount;
    let desk = Site::Sqlite(folder.join("ours.db"));
    desk.found(accounts).await?;
    let bare = desk.copy(None, "bare.db").await?;
    let (mut took, mut theirs, mut first) = (Rounds::default(), Rounds::default(), 0);
    for round in 1..=ROUNDS {
        took.0.push(ours(&desk, accounts, first, each).await?);
        let before = bare.written().await?;
        // A commit each: a quarter is enough.
        let fewer = each.div_ceil(4);
        let seconds = sqlite_loop::run(&bare, accounts, first, fewer)?;
        bare.written().await?.ensure_since(before, CLIENTS * fewer, "the loop")?;
        theirs.0.push(micros(seconds, CLIENTS * fewer));
        first += WARM + each;
        let load = fs::read_to_string("/proc/loadavg")?;
        eprintln!(
            "issue, SQLite: round {round} of {ROUNDS}: {:.0} µs, bare loop {:.0} µs, load {}",
            took.0[round - 1],
            theirs.0[round - 1],
            load.trim()
        );
    }
    let what = "a code issued, 32 clients, SQLite";
    Ok(Line::faster(what, &took, &theirs, Unit::Microseconds, Some(TIMES_THE_LOOP)).run_as(sqlite_loop::CALL))
}

/// The large desk against the small one, of which each round has a fresh copy: it has few places.
async fn grown(sites: &[(Site, u32)], cluster: Option<&Cluster>, goal: f64) -> Result<Line> {
    let [(small, few), (large, many)] = sites else { anyhow::bail!("two sites are compared") };
    small.found(*few).await?;
    large.found(*many).await?;
    let each = capacity(*few) - WARM;
    ensure!(capacity(*many) >= ROUNDS as u32 * capacity(*few), "the large desk has places for all rounds");
    let (mut on_small, mut on_large) = (Rounds::default(), Rounds::default());
    for round in 1..=ROUNDS {
        let copy = small.copy(cluster, &format!("small_{round}")).await?;
        on_small.0.push(ours(&copy, *few, 0, each).await?);
        let first = capacity(*few) * (round as u32 - 1);
        on_large.0.push(ours(large, *many, first, each).await?);
        let load = fs::read_to_string("/proc/loadavg")?;
        eprintln!(
            "growth, {}: round {round} of {ROUNDS}: {:.0} µs, small {:.0} µs, load {}",
            small.engine(),
            on_large.0[round - 1],
            on_small.0[round - 1],
            load.trim()
        );
    }
    let (many, few) = (many * INSTANCES, few * INSTANCES);
    let what = format!("a code issued, {many} instances, {}", small.engine());
    Ok(Line::faster(&what, &on_large, &on_small, Unit::Microseconds, Some(1.0 / goal))
        .run_as(format!("the same with {few} instances")))
}
