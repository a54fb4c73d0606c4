//! How soon a desk is open again after its process was killed.

use crate::{
    cluster::Cluster,
    desks::{self, CLIENTS, Site, connected, surroundings},
    rounds::{ROUNDS, Rounds},
    table::{Line, Unit},
};
use anyhow::{Context, Result, ensure};
use app::Desk;
use std::{
    env,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

/// Goal of the issue, in seconds.
const READY: f64 = 1.0;

/// How the program is called to issue codes until it is killed.
pub(crate) const VICTIM: &str = "--issue-until-killed";

/// Codes of each client between two signs of life.
const SOME: u32 = 10;

/// How much is measured.
pub(crate) struct Amount {
    pub(crate) codes: u32,
    pub(crate) accounts: u32,
}

pub(crate) async fn run(folder: &Path, amount: &Amount) -> Result<Vec<Line>> {
    let cluster = Cluster::start(folder)?;
    let postgres = Site::Postgres(cluster.database("ready", "template1").await?);
    let mut lines = Vec::new();
    for site in [postgres, Site::Sqlite(folder.join("ready.db"))] {
        site.found(amount.accounts).await?;
        add_codes(&site, amount.codes).await?;
        let mut took = Rounds::default();
        for round in 0..ROUNDS {
            kill_one(&site, amount.accounts, round as u32)?;
            let started = Instant::now();
            let store = site.store().await?;
            Desk::open(store.clone(), surroundings()).await?;
            took.0.push(started.elapsed().as_secs_f64());
            store.close().await;
        }
        ensure!(site.written().await?.codes > i64::from(amount.codes), "the codes are there");
        let what = format!("open after a kill, {} codes, {}", amount.codes, site.engine());
        lines.push(Line::under(&what, &took, READY, Unit::Seconds));
    }
    Ok(lines)
}

/// Adds codes like the first one.
async fn add_codes(site: &Site, codes: u32) -> Result<()> {
    let columns = "instance, owner, grantee, product, state, counted";
    match site {
        Site::Postgres(url) => {
            let text = format!(
                "INSERT INTO codes (id, {columns}, lookup, sealed, changed_at)
                 SELECT CAST('3' || lpad(to_hex(n), 31, '0') AS UUID), {columns}, sha256(CAST(CAST(n AS TEXT) AS BYTEA)), sealed,
                        changed_at
                 FROM codes, generate_series(1, {codes}) n"
            );
            connected(url).await?.batch_execute(&text).await?;
        }
        Site::Sqlite(file) => {
            let text = format!(
                "INSERT INTO codes (id, {columns}, lookup, sealed, changed_at)
                 WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {codes})
                 SELECT unhex('3' || printf('%031x', n)), {columns}, randomblob(32), sealed, changed_at FROM codes, s"
            );
            rusqlite::Connection::open(file)?.execute_batch(&text)?;
        }
    }
    Ok(())
}

/// Lets another process issue codes, and kills it.
fn kill_one(site: &Site, accounts: u32, round: u32) -> Result<()> {
    let (engine, place) = match site {
        Site::Sqlite(file) => ("sqlite", file.to_str().context("a path that is a text")?),
        Site::Postgres(url) => ("postgres", url.as_str()),
    };
    let mut child = Command::new(env::current_exe()?)
        .args([VICTIM, engine, place, &accounts.to_string(), &round.to_string()])
        .stdout(Stdio::piped())
        .spawn()?;
    let told = child.stdout.take().context("its output")?;
    let signs = BufReader::new(told).lines().take(3).count();
    child.kill()?;
    child.wait()?;
    ensure!(signs == 3, "it issued codes until it was killed");
    Ok(())
}

/// Issues codes until it is killed, or there are no more places.
pub(crate) async fn victim(mut args: impl Iterator<Item = String>) -> Result<()> {
    let mut next = || args.next().context("engine, place, accounts and round");
    let (engine, place) = (next()?, next()?);
    let (accounts, round): (u32, u32) = (next()?.parse()?, next()?.parse()?);
    let site = if engine == "sqlite" { Site::Sqlite(place.into()) } else { Site::Postgres(place) };
    let (desk, _) = site.desk().await?;
    let all = desks::capacity(accounts) / ROUNDS as u32;
    for some in 0..all / SOME {
        desks::issue(&desk, accounts, round * all + some * SOME, SOME).await?;
        writeln!(std::io::stdout(), "{} codes more", SOME * CLIENTS)?;
    }
    Ok(())
}
