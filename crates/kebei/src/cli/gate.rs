//! `kebei gate`: may this name be served, from a copy that goes on without the desk.

use clap::{Args, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum GateCommands {
    /// Bring a copy of what may be served up to date, from a running desk
    Fetch(Fetch),
    /// Answer from a copy, without the desk: may these names be served now?
    Check(CheckNames),
}

/// The copy, and by what it is verified.
#[derive(Debug, Args)]
pub(crate) struct CopyOptions {
    /// The file of the copy; what changed since lies beside it, with .changes at the end
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The desk's key for the gate, as GET /gate/v1/key tells it
    #[arg(long, value_name = "KEY")]
    pub(crate) key: String,
}

#[derive(Debug, Args)]
pub(crate) struct Fetch {
    #[command(flatten)]
    pub(crate) copy: CopyOptions,
    /// The desk: its https: address, or http: on this machine
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) url: String,
    /// The file with the key that the desk is asked with, which nobody else may read [default: the variable `KEBEI_KEY`]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) key_file: Option<PathBuf>,
    /// Do it again after so many seconds, until it is told to stop
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) every: Option<u64>,
}

/// What is answered by a copy that is too old.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum WhenStaleOption {
    Closed,
    Open,
}

#[derive(Debug, Args)]
pub(crate) struct CheckNames {
    #[command(flatten)]
    pub(crate) copy: CopyOptions,
    /// How old the copy may be, in seconds [default: 86400]
    #[arg(long, value_name = "SECONDS", default_value_t = 86_400, hide_default_value = true)]
    pub(crate) max_age: u32,
    /// What is answered when it is older: closed (not served) or open (served, but for the blacklist) [default: closed]
    #[arg(long, value_name = "WORD", value_enum, default_value_t = WhenStaleOption::Closed, hide_default_value = true, hide_possible_values = true)]
    pub(crate) when_stale: WhenStaleOption,
    /// Names of hosts, or addresses; - reads them from standard input, one a line
    #[arg(value_name = "NAME", required = true)]
    pub(crate) names: Vec<String>,
}

pub(super) const EXAMPLES: &str = "\
Examples:
  KEBEI_KEY=… kebei gate fetch --url https://filing.example.com --key 'filing.example.com/ledger/gate+…' --file gate.snapshot
  kebei gate fetch --every 1 --url https://filing.example.com --key-file ~/.kebei-key --key '…' --file gate.snapshot
  kebei gate check --key '…' --file gate.snapshot www.example.com 203.0.113.7

One line a name: the name, yes or no, a word, and that in words. docs/gate.md says what
the words are.

Exit status of check: 0 all may be served, 1 some may not, 2 the call was wrong or the
copy cannot be read.";
