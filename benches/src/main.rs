//! Measures Kebei against peers and limits, and prints one table. `scripts/bench` builds what it needs and calls it.
//!
//! Times are never asserted, effects are: verdicts equal, lines written as many as rows read.

mod decide;
mod instances;
mod peers;
mod rounds;
mod table;

use anyhow::{Result, bail};
use table::Table;

fn main() -> Result<()> {
    let mut amount = decide::Amount { oracle: 1_000_000, batches: 16 };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--quick" => amount = decide::Amount { oracle: 20_000, batches: 2 },
            "--oracle" => amount.oracle = args.next().unwrap_or_default().parse()?,
            _ => bail!("unknown argument `{arg}`"),
        }
    }
    let mut table = Table::default();
    table.0.extend(decide::run(&amount)?);
    print!("{table}");
    Ok(())
}
