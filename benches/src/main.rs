//! Measures Kebei against peers and limits, and prints one table. `scripts/bench` builds what it needs and calls it.
//!
//! Times are never asserted, effects are: verdicts equal, lines written as many as rows read.

mod check;
mod cluster;
mod decide;
mod desks;
mod dry_run;
mod gate;
mod http;
mod instances;
mod issue;
mod pages;
mod peers;
mod pgbench;
mod ready;
mod rounds;
mod sqlite_loop;
mod statements;
mod table;
mod verify;

use anyhow::{Context, Result, bail};
use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};
use table::Table;

const USAGE: &str = "\
usage: bench [--quick] [--large] [--oracle N] [--only decide|dry-run|check|issue|growth|ready|verify|http|pages|gate] --kebei PATH [--folder PATH] [--sink PATH]
  --quick     small numbers, to see that it works
  --large     also memory at 10,000,000 rows
  --oracle N  random instances on which all engines must agree (1,000,000)
  --only X    one benchmark
  --kebei     the binary under test
  --folder    where inventories are written, and removed
  --sink      where timed programs write: a file in that folder, or for instance /dev/null";

const NOTES: &str = "
Medians of five interleaved rounds. void: the baseline took over 1.5 times longer in one round than in another.
Rule engines give a verdict only, from the same numbers, with the edition in one program; reasons and remedies are ours
alone. At its best: the numbers were handed over before the clock started, and we picked that product's program.
";

/// What a call asks for.
struct Wanted {
    decide: Option<decide::Amount>,
    dry_run: Option<dry_run::Amount>,
    check: Option<check::Amount>,
    issue: Option<issue::Amount>,
    growth: Option<issue::Amount>,
    ready: Option<ready::Amount>,
    http: Option<http::Amount>,
    pages: Option<http::Amount>,
    gate: Option<http::Amount>,
    /// So many entries.
    verify: Option<u32>,
    kebei: PathBuf,
    folder: PathBuf,
    sink: PathBuf,
}

impl Wanted {
    fn read(mut args: impl Iterator<Item = String>) -> Result<Self> {
        let (mut quick, mut large, mut oracle, mut only) = (false, false, None, None);
        let (mut kebei, mut folder, mut sink) = (None, None, None);
        while let Some(arg) = args.next() {
            let mut value = || args.next().with_context(|| format!("`{arg}` needs a value"));
            match arg.as_str() {
                "--quick" => quick = true,
                "--large" => large = true,
                "--oracle" => oracle = Some(value()?.parse()?),
                "--only" => only = Some(value()?),
                "--kebei" => kebei = Some(value()?),
                "--folder" => folder = Some(value()?),
                "--sink" => sink = Some(value()?),
                _ => bail!("unknown argument `{arg}`\n{USAGE}"),
            }
        }
        let runs = |name| only.as_deref().is_none_or(|only| only == name);
        let (instances, batches, rows) = if quick { (20_000, 2, 20_000) } else { (1_000_000, 16, 1_000_000) };
        let decide = decide::Amount { oracle: oracle.unwrap_or(instances), batches };
        let dry_run = dry_run::Amount { instances: if quick { 20_000 } else { 1_000_000 } };
        let check = check::Amount { rows, large: large.then_some(rows * 10) };
        let issue = |quick: bool| match quick {
            true => issue::Amount { accounts: 1_000, each: 20, growth: [100, 1_000] },
            false => issue::Amount { accounts: 10_000, each: 200, growth: [100, 100_000] },
        };
        let ready = match quick {
            true => ready::Amount { codes: 1_000, accounts: 1_000 },
            false => ready::Amount { codes: 100_000, accounts: 10_000 },
        };
        let pages = match quick {
            true => http::Amount { accounts: 200, each: 5 },
            false => http::Amount { accounts: 2_000, each: 50 },
        };
        let gate = match quick {
            true => http::Amount { accounts: 10, each: 20 },
            false => http::Amount { accounts: 10, each: 1_000 },
        };
        let http = match quick {
            true => http::Amount { accounts: 200, each: 20 },
            false => http::Amount { accounts: 10_000, each: 150 },
        };
        let entries = if quick { 20_000 } else { 1_000_000 };
        let folder = folder.map_or_else(env::temp_dir, PathBuf::from);
        Ok(Self {
            decide: runs("decide").then_some(decide),
            dry_run: runs("dry-run").then_some(dry_run),
            check: runs("check").then_some(check),
            issue: runs("issue").then(|| issue(quick)),
            growth: runs("growth").then(|| issue(quick)),
            ready: runs("ready").then_some(ready),
            http: runs("http").then_some(http),
            pages: runs("pages").then_some(pages),
            gate: runs("gate").then_some(gate),
            verify: runs("verify").then_some(entries),
            kebei: kebei.unwrap_or_default().into(),
            sink: sink.map_or_else(|| folder.join("lines.jsonl"), PathBuf::from),
            folder,
        })
    }
}

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    if env::args().nth(1).as_deref() == Some(ready::VICTIM) {
        return runtime.block_on(ready::victim(env::args().skip(2)));
    }
    let wanted = Wanted::read(env::args().skip(1))?;
    let mut table = Table::default();
    table.0.extend(runtime.block_on(desks(&wanted))?);
    drop(runtime);
    if let Some(amount) = &wanted.decide {
        table.0.extend(decide::run(amount)?);
    }
    if let Some(amount) = &wanted.check {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let setting = check::Setting {
            kebei: wanted.kebei,
            floor: env::current_exe()?.with_file_name("floor"),
            script: here.join("check.py"),
            rulebook: here.join("../rulebooks/aliyun.toml"),
            folder: wanted.folder,
            sink: wanted.sink,
        };
        table.0.extend(check::run(&setting, amount)?);
    }
    print!("{table}{NOTES}");
    Ok(())
}

/// What is measured on desks that are set up for it, each in a folder of its own.
async fn desks(wanted: &Wanted) -> Result<Vec<table::Line>> {
    let mut lines = Vec::new();
    if let Some(amount) = &wanted.issue {
        lines.extend(issue::run(&Place::new(&wanted.folder, "issue")?.0, amount).await?);
    }
    if let Some(amount) = &wanted.growth {
        lines.extend(issue::growth(&Place::new(&wanted.folder, "growth")?.0, amount).await?);
    }
    if let Some(amount) = &wanted.ready {
        lines.extend(ready::run(&Place::new(&wanted.folder, "ready")?.0, amount).await?);
    }
    if let Some(amount) = &wanted.dry_run {
        lines.extend(dry_run::run(&Place::new(&wanted.folder, "dry-run")?.0, amount).await?);
    }
    if let Some(amount) = &wanted.pages {
        lines.extend(pages::run(&Place::new(&wanted.folder, "pages")?.0, amount).await?);
    }
    if let Some(amount) = &wanted.gate {
        lines.extend(gate::run(&Place::new(&wanted.folder, "gate")?.0, amount).await?);
    }
    if let Some(amount) = &wanted.http {
        lines.extend(http::run(&Place::new(&wanted.folder, "http")?.0, amount).await?);
    }
    if let Some(entries) = wanted.verify {
        lines.push(verify::run(&Place::new(&wanted.folder, "verify")?.0, entries).await?);
    }
    Ok(lines)
}

/// A folder that goes when it is no longer needed: databases are large.
struct Place(PathBuf);

impl Place {
    fn new(folder: &Path, name: &str) -> Result<Self> {
        // The server of PostgreSQL may run as another user.
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
        let place = folder.join(name);
        fs::create_dir(&place)?;
        Ok(Self(place))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("`{}` stays: {error}", self.0.display());
        }
    }
}
