//! A dry run of an edition in process, and an edition compiled to SQL, both against the rules as a `CASE` written by hand for
//! PostgreSQL (`by_hand/`), over the same instances.

use crate::{
    cluster::Cluster,
    desks::connected,
    instances::{ASKER, Instances, moment},
    rounds::{ROUNDS, Rounds},
    table::{Line, Unit},
};
use anyhow::{Context, Result, ensure};
use fastrand::Rng;
use rulebook::{
    DryRun, Edition, Facts, Rulebook, Verdict,
    sql::{self, Columns, Inquiry},
};
use std::{
    collections::BTreeMap,
    fmt::Display,
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    time::Instant,
};
use tokio_postgres::Client;

/// Goals of the issue: seconds for a million instances, and how many times longer the scan takes.
const SECONDS_A_MILLION: f64 = 0.5;
const TIMES_FASTER: f64 = 5.0;
/// And how many times longer than the scan the compiled rules may take.
const OF_BY_HAND: f64 = 1.3;

const IN_FORCE: &str = "2020-01-01";
const DRAFT: &str = "2020-10-16";
const IN_FORCE_BY_HAND: &str = include_str!("by_hand/2020-01-01.sql");
const DRAFT_BY_HAND: &str = include_str!("by_hand/2020-10-16.sql");

/// One core for all, and the days of the rules written by hand. Compiling to machine code took longer than it saved.
const SESSION: &str =
    "SET timezone = 'Asia/Shanghai'; SET max_parallel_workers_per_gather = 0; SET jit = off";

const TABLE: &str =
    "CREATE UNLOGGED TABLE instances (id text, product text, account text, region text, billing text,
    public_bandwidth_mbps integer, public_ips inet[], purchased_at timestamptz, expires_at timestamptz,
    first_purchase_months integer, first_order_amount numeric(14, 2), codes_issued integer)";

/// How much is measured.
pub(crate) struct Amount {
    /// Instances, at least a few thousand.
    pub(crate) instances: u32,
}

/// How many instances of a product go from a verdict to a verdict.
type Moves = BTreeMap<(String, String, String), u64>;

pub(crate) async fn run(folder: &Path, amount: &Amount) -> Result<Vec<Line>> {
    let book = Rulebook::aliyun().map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let (before, after) = (book.edition(IN_FORCE)?, book.edition(DRAFT)?);
    let facts = draw(after, amount.instances);
    let cluster = Cluster::start(folder)?;
    let client = connected(&cluster.database("inventory", "template0").await?).await?;
    load(&client, &folder.join("instances.tsv"), &facts).await?;
    let inquiry = Inquiry { at: moment(), asker: Some(ASKER), columns: Columns::default(), names: None };
    let compiled = sql::verdict(after, &inquiry);
    agree(&client, &sql::verdict(before, &inquiry), IN_FORCE_BY_HAND).await?;
    agree(&client, &compiled, DRAFT_BY_HAND).await?;
    let [mut ours, mut both, mut by_sql, mut by_hand]: [Rounds; 4] = Default::default();
    for round in 0..=ROUNDS {
        let (moves, in_process) = dry_run(before, after, &facts)?;
        let (theirs, scanned) = timed(moves_by_hand(&client)).await?;
        ensure!(moves == theirs, "the dry run says {moves:?}, the scan {theirs:?}");
        let (verdicts, compiled) = timed(verdicts(&client, &compiled)).await?;
        let (theirs, written) = timed(self::verdicts(&client, DRAFT_BY_HAND)).await?;
        ensure!(verdicts == theirs, "the compiled rules say {verdicts:?}, those by hand {theirs:?}");
        // The first brings everything into memory.
        if round > 0 {
            let turns = [
                (&mut ours, in_process),
                (&mut both, scanned),
                (&mut by_sql, compiled),
                (&mut by_hand, written),
            ];
            turns.into_iter().for_each(|(rounds, took)| rounds.0.push(took));
        }
    }
    let count = amount.instances;
    let limit = SECONDS_A_MILLION * f64::from(count) / 1e6;
    let psql = "psql -c 'SET max_parallel_workers_per_gather = 0' -c";
    Ok(vec![
        Line::under(
            &format!("dry run of an edition over {count} instances, one core"),
            &ours,
            limit,
            Unit::Seconds,
        ),
        Line::faster(
            "  against a CASE by hand in PostgreSQL, one core",
            &ours,
            &both,
            Unit::Seconds,
            Some(TIMES_FASTER),
        )
        .run_as(format!("{psql} \"{}\"", by_hand_in_short("product, CASE …, CASE …"))),
        Line::faster(
            "an edition compiled to SQL, against a CASE by hand",
            &by_sql,
            &by_hand,
            Unit::Seconds,
            Some(1.0 / OF_BY_HAND),
        )
        .run_as(format!("{psql} \"{}\"", by_hand_in_short("CASE …"))),
    ])
}

fn by_hand_in_short(what: &str) -> String {
    format!("SELECT {what}, count(*) FROM instances GROUP BY …")
}

/// Random instances, of every sixteenth of which one fact is not known.
fn draw(edition: &Edition, count: u32) -> Vec<Facts> {
    let mut instances = Instances::new(edition, 300);
    let mut rng = Rng::with_seed(301);
    let forget: [fn(&mut Facts); 9] = [
        |facts| facts.account = None,
        |facts| facts.region = None,
        |facts| facts.billing = None,
        |facts| facts.public_bandwidth_mbps = None,
        |facts| facts.public_ips = None,
        |facts| facts.purchased_at = None,
        |facts| facts.expires_at = None,
        |facts| facts.first_purchase_months = None,
        |facts| facts.first_order_amount = None,
    ];
    let one = |_| {
        let mut facts = instances.draw();
        if rng.u32(0..16) == 0 {
            forget[rng.usize(0..forget.len())](&mut facts);
        }
        facts
    };
    (0..count).map(one).collect()
}

/// Lets the server read them from a file.
async fn load(client: &Client, path: &Path, facts: &[Facts]) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for facts in facts {
        let ips = facts
            .public_ips
            .as_ref()
            .map(|ips| format!("{{{}}}", ips.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")));
        let cells = [
            facts.id.clone(),
            facts.product.clone(),
            cell(facts.account.as_ref()),
            cell(facts.region.as_ref()),
            cell(facts.billing.map(rulebook::Billing::word)),
            cell(facts.public_bandwidth_mbps),
            cell(ips),
            cell(facts.purchased_at),
            cell(facts.expires_at),
            cell(facts.first_purchase_months),
            cell(facts.first_order_amount),
            facts.codes_issued.to_string(),
        ];
        writeln!(file, "{}", cells.join("\t"))?;
    }
    file.into_inner()?;
    let path = path.to_str().context("a path that is a text")?;
    client.batch_execute(&format!("{SESSION}; {TABLE}; COPY instances FROM '{path}'")).await?;
    // Apart: it runs in no transaction.
    Ok(client.batch_execute("VACUUM ANALYZE instances").await?)
}

fn cell(value: Option<impl Display>) -> String {
    value.map_or_else(|| "\\N".to_owned(), |value| value.to_string())
}

/// Asserts that the two give the same verdict on each row.
async fn agree(client: &Client, compiled: &str, by_hand: &str) -> Result<()> {
    let text = format!("SELECT count(*) FROM instances WHERE {compiled} IS DISTINCT FROM {by_hand}");
    let differing: i64 = client.query_one(&text, &[]).await?.get(0);
    ensure!(differing == 0, "the compiled rules and those by hand differ on {differing} rows");
    Ok(())
}

/// A dry run in process, and how long it took.
fn dry_run(before: &Edition, after: &Edition, facts: &[Facts]) -> Result<(Moves, f64)> {
    let started = Instant::now();
    let mut run = DryRun::new(before, after, moment());
    for facts in facts {
        std::hint::black_box(run.hold(facts, Some(ASKER)));
    }
    let took = started.elapsed().as_secs_f64();
    ensure!(run.total().held() == facts.len() as u64, "every instance is held");
    let mut moves = Moves::new();
    for (product, tally) in run.by_product() {
        for (old, new) in Verdict::ALL.into_iter().flat_map(|old| Verdict::ALL.map(|new| (old, new))) {
            let key = (product.unwrap_or("rds").to_owned(), old.word().to_owned(), new.word().to_owned());
            if tally.verdicts(old, new) > 0 {
                moves.insert(key, tally.verdicts(old, new));
            }
        }
    }
    Ok((moves, took))
}

async fn timed<T>(work: impl Future<Output = Result<T>>) -> Result<(T, f64)> {
    let started = Instant::now();
    let done = work.await?;
    Ok((done, started.elapsed().as_secs_f64()))
}

/// The same counts by one scan that evaluates both editions, without causes.
async fn moves_by_hand(client: &Client) -> Result<Moves> {
    let text = format!(
        "SELECT product, {IN_FORCE_BY_HAND} AS before, {DRAFT_BY_HAND} AS after, count(*) FROM instances GROUP BY 1, 2, 3"
    );
    let counted = |row: tokio_postgres::Row| {
        Ok(((row.get(0), row.get(1), row.get(2)), u64::try_from(row.get::<_, i64>(3))?))
    };
    client.query(&text, &[]).await?.into_iter().map(counted).collect()
}

async fn verdicts(client: &Client, rules: &str) -> Result<BTreeMap<String, i64>> {
    let text = format!("SELECT {rules} AS verdict, count(*) FROM instances GROUP BY 1");
    Ok(client.query(&text, &[]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}
