//! `kebei check`: inventories, decided.

use clap::{Args, ValueEnum, ValueHint, builder::NonEmptyStringValueParser};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Inventories: the provider's JSON answers, JSON lines, CSV or XLSX, told by content; - reads standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// The account that asks: instances bought by another one are refused
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) account: Option<String>,
    /// The buyer of records that do not say
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) owner: Option<String>,
    /// Decide by this edition, whatever the date
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) edition: Option<String>,
    /// Decide as of this time: 2020-11-01 or RFC 3339 [default: now]
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// A rulebook file instead of the built-in one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) rulebook: Option<PathBuf>,
    /// Output: table, json (one array), jsonl or csv [default: table]
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "table",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(crate) format: Format,
}

/// How `check` writes its decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
}

/// What `kebei check --help` shows last.
pub(super) const EXAMPLES: &str = "\
Examples:
  kebei check instances.csv
  kebei check --at 2020-11-01 --lang en ecs.json swas.json
  kebei check --account acc-7 --format jsonl instances.jsonl | jq 'select(.verdict==\"ineligible\")'
  kebei check - < instances.csv

A table has its column names in the first row. Needed: id, product. Known besides: account, region, billing,
public_bandwidth_mbps, public_ips, purchased_at, expires_at, first_purchase_months, first_order_amount, codes_issued (the
codes issued so far; for a quota that counts per account, those of the whole account). See examples/instances-zh.csv.

Exit status: 0 all may back a filing or need none; 1 some may not, are undetermined or are filed elsewhere;
2 a record, a file or the call was bad.
KEBEI_LANG, LC_ALL, LC_MESSAGES or LANG set the language where --lang does not.";
