//! `kebei rulebook …` and `kebei where`: the rules, and what follows from them.

use crate::settings::DeskOptions;
use clap::{Args, Subcommand, ValueEnum, ValueHint, builder::NonEmptyStringValueParser};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum RulebookCommands {
    /// Check rulebook files: every fault with line, column and what was expected
    Lint(Lint),
    /// Show an edition: products, conditions, quotas, sources
    Show(Show),
    /// What changed from edition A to edition B, in words
    Diff(Diff),
    /// Write the page that explains an edition to customers, as Markdown
    Docs(Docs),
    /// What an edition changes for the instances of inventories: who gains, who loses, and why
    DryRun(DryRun),
    /// Write an edition as one SQL expression that decides inside PostgreSQL
    Sql(Sql),
    /// Publish a rulebook alone, to set up and in emergencies; in the console and the API two people do
    Publish(Publish),
}

#[derive(Debug, Args)]
pub(crate) struct Lint {
    /// Rulebook files (TOML); - reads standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) which: Which,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The earlier edition
    #[arg(value_name = "A")]
    pub(crate) before: String,
    /// The later edition
    #[arg(value_name = "B")]
    pub(crate) after: String,
    /// A rulebook file instead of the built-in one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) rulebook: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Docs {
    #[command(flatten)]
    pub(crate) which: Which,
}

/// Which edition of which rulebook.
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// This edition [default: the one in force]
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) edition: Option<String>,
    /// The edition in force at this time: 2020-11-01 or RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", conflicts_with = "edition")]
    pub(crate) at: Option<String>,
    /// A rulebook file instead of the built-in one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) rulebook: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct DryRun {
    /// Inventories: the provider's JSON answers, JSON lines, CSV or XLSX, told by content; - reads standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// The edition that is tried
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) edition: String,
    /// The edition that it is held against [default: the one in force]
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) against: Option<String>,
    /// Decide as of this time: 2020-11-01 or RFC 3339 [default: now]
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// The account that asks: instances bought by another one are refused
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) account: Option<String>,
    /// The buyer of records that do not say
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) owner: Option<String>,
    /// A rulebook file instead of the built-in one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) rulebook: Option<PathBuf>,
    /// Output: table, or json, which names every instance that changes [default: table]
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "table",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(crate) format: DryRunFormat,
}

/// How a dry run is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DryRunFormat {
    Table,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Sql {
    /// This edition [default: the one in force]
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) edition: Option<String>,
    /// Decide as of this time: 2020-11-01 or RFC 3339 [default: now]
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// The account that asks: instances bought by another one are refused
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) account: Option<String>,
    /// The findings as bits of an integer instead of the verdict
    #[arg(long)]
    pub(crate) findings: bool,
    /// The column of products has names and aliases, not ids
    #[arg(long)]
    pub(crate) names: bool,
    /// A rulebook file instead of the built-in one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) rulebook: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Publish {
    /// The rulebook file (TOML); - reads standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Only tell what would be published
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Who publishes it, for the ledger [default: the user logged in]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) operator: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Where {
    #[command(flatten)]
    pub(crate) which: Which,
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
    pub(crate) format: WhereFormat,
}

/// How `where` writes its answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum WhereFormat {
    Text,
    Json,
}

/// What `kebei rulebook --help` shows last.
pub(super) const EXAMPLES: &str = "\
Examples:
  kebei rulebook show --at 2019-06-01
  kebei rulebook diff 2020-01-01 2020-10-16
  kebei rulebook docs --lang en > faq.md
  kebei rulebook lint rulebooks/example-host.toml
  kebei rulebook dry-run instances.csv --edition 2020-10-16 --against 2020-01-01
  kebei rulebook sql --edition 2020-10-16 > verdict.sql

Exit status of lint: 0 no fault, 1 faults, 2 a file cannot be read; of dry-run: 0 nothing changes, 1 something does,
2 a record, a file or the call was bad.
The columns that the SQL reads have the names of the facts: product, account, region, billing, public_bandwidth_mbps,
public_ips (an array), purchased_at and expires_at (timestamptz), first_purchase_months, first_order_amount (yuan),
codes_issued. What is unknown is NULL.";
