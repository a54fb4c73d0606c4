//! `kebei import …`: lists of instances, the logins of hosts, and what is filed already.

use crate::settings::DeskOptions;
use clap::{Args, Subcommand, ValueHint, builder::NonEmptyStringValueParser};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommands {
    /// Read lists of instances, tell what they change, and apply that
    Instances(ImportInstances),
    /// Read the logins of hosts from CSV: names, and passwords or their hashes
    Credentials(ImportCredentials),
    /// Read what is filed already, tell what is new, and apply that when told to
    Filings(ImportFilings),
    /// Go on with an import of instances that was interrupted
    Resume(ImportResume),
    /// Give up an import of instances of which nothing was applied
    Abandon(ImportAbandon),
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct ImportInstances {
    /// Inventories, all of them one import: the provider's JSON answers, JSON lines, CSV or XLSX, told by content; - reads standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// The buyer of records that do not say
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) owner: Option<String>,
    /// The files name every instance there is: all others are gone
    #[arg(long)]
    pub(crate) complete: bool,
    /// Only tell what would be changed
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Also when more than a fifth of the instances would be gone
    #[arg(long)]
    pub(crate) allow_gone: bool,
    /// Apply it without asking
    #[arg(long)]
    pub(crate) yes: bool,
    /// Write all rejected and noted records into this file (CSV), which must not be there
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) report: Option<PathBuf>,
    /// Who imports, for the ledger [default: the user logged in]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) operator: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportCredentials {
    // As `help`, where names of columns need no backticks.
    #[arg(
        help = "A CSV file with one row a host: instance, user_name or host_name or both, password or phc; - reads standard input",
        value_name = "FILE",
        value_hint = ValueHint::FilePath
    )]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Only tell what would be changed
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write what became of every row into this file (CSV), which must not be there
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) report: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportFilings {
    /// JSON lines, one subject a line with its websites; - reads standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Write what is new; otherwise it is only told
    #[arg(long)]
    pub(crate) apply: bool,
    /// Who imports, for the ledger [default: the user logged in]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) operator: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportResume {
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Also when more than a fifth of the instances would be gone
    #[arg(long)]
    pub(crate) allow_gone: bool,
    /// Apply it without asking
    #[arg(long)]
    pub(crate) yes: bool,
    /// Who imports, for the ledger [default: the user logged in]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) operator: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportAbandon {
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
}

/// What `kebei import --help` shows last.
pub(super) const EXAMPLES: &str = "\
Examples:
  kebei import instances --dry-run instances.csv
  kebei import instances --complete --yes ecs.json swas.json
  kebei import instances --owner acc-7 --report rejected.csv instances.xlsx
  kebei import resume
  kebei import credentials --dry-run hosts.csv
  kebei import filings --apply filings.jsonl

The logins of hosts need the columns instance, user_name or host_name or both, and password or phc. phc is a PHC string of argon2id, quoted or not;
passwords are hashed, which takes a while, and nothing else of them is kept. Delete the file afterwards.

The form of filings is in docs/import-filings.en.md. What is known already is never changed by an import.

Exit status: 0 all records were imported, 1 some were rejected, 2 nothing was imported, or it was interrupted.";
