//! `pgbench` running the statements of issuing one code, at its best: what does not differ from one code to the next stands in
//! the prepared statements and never travels, and nothing is decided, encrypted or encoded.

use crate::{
    desks::{CLIENTS, INSTANCES, QUOTA, STRIDE, Site, connected},
    statements::{SAMPLE, Sample, hex, statements, with_values},
};
use anyhow::{Context, Result, bail, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// As the store's connections are set, but for being read-only outside transactions.
const SESSION: &str = "-c enable_seqscan=off -c jit=off -c default_transaction_isolation=serializable";

/// A script for `pgbench`, on one database.
pub(crate) struct Pgbench {
    script: PathBuf,
    url: String,
}

/// What a run said.
pub(crate) struct Run {
    /// How long it took by its own account, in seconds, connecting left out.
    pub(crate) seconds: f64,
    /// Transactions that were run again.
    pub(crate) retried: u32,
}

impl Pgbench {
    /// A transaction of the same statements.
    pub(crate) async fn statements(folder: &Path, site: &Site, accounts: u32) -> Result<Self> {
        let statements = calls(site).await?.join(";\n");
        let text = format!("BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE;\n{statements};\nCOMMIT;\n");
        Self::new(folder, "statements.pgbench", site, accounts, &text)
    }

    /// One statement that does all of it.
    pub(crate) async fn at_once(folder: &Path, site: &Site, accounts: u32) -> Result<Self> {
        let calls = calls(site).await?;
        let names = ["request", "asked", "own", "of_account", "code", "entry"];
        let parts: Vec<_> =
            names.iter().zip(calls).map(|(name, call)| format!("{name} AS ({call})")).collect();
        let text = format!("WITH {}\nSELECT COUNT(*) FROM asked;\n", parts.join(",\n"));
        Self::new(folder, "at_once.pgbench", site, accounts, &text)
    }

    fn new(folder: &Path, name: &str, site: &Site, accounts: u32, text: &str) -> Result<Self> {
        let Site::Postgres(url) = site else { bail!("pgbench measures PostgreSQL") };
        let own = accounts / CLIENTS;
        // As `desks::instance` counts.
        let place = format!(
            "\\set account {CLIENTS} * (:nth * {STRIDE} % {own}) + :client_id\n\
             \\set instance :account * {INSTANCES} + :nth / {own} % {INSTANCES}\n\
             \\set id :nth * {CLIENTS} + :client_id\n"
        );
        let script = folder.join(name);
        fs::write(&script, format!("{place}{text}\\set nth :nth + 1\n"))?;
        Ok(Self { script, url: url.clone() })
    }

    /// Its command line, as it is printed.
    pub(crate) fn command(&self) -> String {
        let script = self.script.file_name().unwrap_or_default().to_string_lossy();
        format!("PGOPTIONS='{SESSION}' pgbench -n -M prepared -c {CLIENTS} -j 2 --max-tries=1000 -f {script}")
    }

    /// Lets every client do `each` transactions, from its number `first` on.
    pub(crate) fn run(&self, first: u32, each: u32) -> Result<Run> {
        let output = Command::new("pgbench")
            .env("PGOPTIONS", SESSION)
            .args(["-n", "-M", "prepared", "-j", "2", "--max-tries=1000"])
            .args(["-c", &CLIENTS.to_string(), "-t", &each.to_string(), "-D", &format!("nth={first}")])
            .arg("-f")
            .args([self.script.as_os_str(), self.url.as_ref()])
            .output()
            .context("pgbench is missing: install it with: apt-get install postgresql-contrib")?;
        let (told, failed) = (String::from_utf8(output.stdout)?, String::from_utf8(output.stderr)?);
        ensure!(output.status.success(), "pgbench: {failed}{told}");
        let figure = |name: &str| {
            let line = told.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|line| line.split([' ', '/']).next()).with_context(|| format!("`{name}` in {told}"))
        };
        let all = CLIENTS * each;
        let done: u32 = figure("number of transactions actually processed: ")?.parse()?;
        ensure!(done == all, "pgbench did {done} of {all} transactions: {failed}{told}");
        let rate: f64 = figure("tps = ")?.parse()?;
        Ok(Run {
            seconds: f64::from(done) / rate,
            retried: figure("number of transactions retried: ")?.parse()?,
        })
    }
}

/// The statements with their values.
async fn calls(site: &Site) -> Result<Vec<String>> {
    let Site::Postgres(url) = site else { bail!("pgbench measures PostgreSQL") };
    let row = connected(url).await?.query_one(SAMPLE, &[]).await?;
    let Sample { digest, entry, sealed, at } =
        Sample { digest: row.get(0), entry: row.get(1), sealed: row.get(2), at: row.get(3) };
    let bytes = |bytes: &[u8]| format!("CAST('\\x{}' AS BYTEA)", hex(bytes));
    let uuid =
        |kind: char, number: &str| format!("CAST('{kind}' || lpad(to_hex({number}), 31, '0') AS UUID)");
    let number = |name: &str| format!("CAST(:{name} AS BIGINT)");
    let text = |before: &str, name: &str| format!("'{before}' || CAST(:{name} AS TEXT)");
    let [instance, account, id] = ["instance", "account", "id"].map(|name| number(name));
    let (instance_id, account_id) = (uuid('1', &instance), uuid('2', &account));
    let (entry_id, at, one) = (uuid('4', &id), at.to_string(), "1".to_owned());
    let lookup = format!("sha256(CAST(CAST({id} AS TEXT) AS BYTEA))");
    let take = |scope: String, product: &str, limit: u64| {
        vec![scope, format!("'{product}'"), one.clone(), limit.to_string(), at.clone()]
    };
    let values: [Vec<String>; 6] = [
        vec![
            // pgbench takes what follows a colon for a variable, even here.
            format!("U&{}", text("account\\003Aacc-", "account")),
            text("p-", "id"),
            bytes(&digest),
            entry_id.clone(),
            at.clone(),
        ],
        vec![text("i-", "instance")],
        take(instance_id.clone(), "", QUOTA.into()),
        take(account_id.clone(), "ecs", 1 << 40),
        vec![
            uuid('3', &id),
            instance_id,
            account_id,
            "NULL".to_owned(),
            "'ecs'".to_owned(),
            "'bound'".to_owned(),
            one.clone(),
            lookup,
            bytes(&sealed),
            at.clone(),
        ],
        vec![entry_id, at.clone(), bytes(&entry)],
    ];
    statements()?.iter().zip(values).map(|(sql, values)| with_values(sql.postgres, &values)).collect()
}
