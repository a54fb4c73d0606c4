//! Measures Kebei against peers and limits, and prints one table. `scripts/bench` builds what it needs and calls it.
//!
//! Times are never asserted, effects are: verdicts equal, lines written as many as rows read.

mod check;
mod decide;
mod instances;
mod peers;
mod rounds;
mod table;

use anyhow::{Context, Result, bail};
use std::{env, path::Path, path::PathBuf};
use table::Table;

const USAGE: &str = "\
usage: bench [--quick] [--large] [--oracle N] [--only decide|check] --kebei PATH [--folder PATH] [--sink PATH]
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
    check: Option<check::Amount>,
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
        let check = check::Amount { rows, large: large.then_some(rows * 10) };
        let folder = folder.map_or_else(env::temp_dir, PathBuf::from);
        Ok(Self {
            decide: runs("decide").then_some(decide),
            check: runs("check").then_some(check),
            kebei: kebei.unwrap_or_default().into(),
            sink: sink.map_or_else(|| folder.join("lines.jsonl"), PathBuf::from),
            folder,
        })
    }
}

fn main() -> Result<()> {
    let wanted = Wanted::read(env::args().skip(1))?;
    let mut table = Table::default();
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
