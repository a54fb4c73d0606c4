//! `kebei check-filing`: filing orders, checked before a desk sees them.

use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct CheckFiling {
    /// Filing orders, one in each file, as JSON; - reads standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// Check as of this day: 2026-06-01 [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) at: Option<String>,
    /// A list of the suffixes under which domains can be filed, instead of the built-in one (TOML)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) suffixes: Option<PathBuf>,
    /// What single provinces want, instead of the built-in rules (TOML)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) provinces: Option<PathBuf>,
    // As `help`, where the values need no explanation of their own.
    #[arg(
        long,
        help = "How it is written: text or json [default: text]",
        value_name = "FORMAT",
        value_enum,
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(crate) format: FilingFormat,
}

/// How `check-filing` writes what it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FilingFormat {
    Text,
    Json,
}

/// What `kebei check-filing --help` shows last.
pub(super) const EXAMPLES: &str = "\
Examples:
  kebei check-filing order.json
  kebei check-filing --format json --lang en - < order.json

An order says its kind and what is filled in, under the names that the API has:
  {\"kind\": \"first-filing\", \"subject\": {\"nature\": 5, \"name\": \"…\"}, \"websites\": [{\"name\": \"…\", \"domains\": [\"…\"]}]}
Kinds: first-filing, add-website, add-access, change, cancel-subject, cancel-website, cancel-access. See examples/order-zh.json.

What only a desk knows is not looked at: verified products, pictures, the blacklist, what is filed already.

Exit status: 0 nothing must be corrected; 1 something must; 2 a file or the call was bad.";
