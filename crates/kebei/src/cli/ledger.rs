//! `kebei ledger …`: verifying, exporting, proving, sealing, accepting.

use crate::settings::DeskOptions;
use clap::{Args, Subcommand, ValueHint, builder::NonEmptyStringValueParser};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum LedgerCommands {
    /// Verify every entry, every node and every checkpoint, in the database or in an export
    Verify(LedgerVerify),
    /// Write the ledger into a file that anyone can verify without the database
    Export(LedgerExport),
    /// Print the proof that an entry is in the ledger, as JSON
    Proof(LedgerProof),
    /// Print the public key by which checkpoints, exports and proofs are verified
    Key(LedgerOptions),
    /// Print the newest checkpoint
    Checkpoint(LedgerOptions),
    /// Give waiting entries their places, sign a checkpoint and write it outside the database
    Seal(LedgerOptions),
    /// Go on with a database that is not the one its checkpoint outside tells of
    Accept(LedgerAccept),
}

#[derive(Debug, Args)]
pub(crate) struct LedgerOptions {
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
}

#[derive(Debug, Args)]
pub(crate) struct LedgerVerify {
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Also decide every decision again from its own facts
    #[arg(long)]
    pub(crate) decide: bool,
    /// Verify this export instead of the database
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) export: Option<PathBuf>,
    /// The public key of the export, as `kebei ledger key` prints it; no desk is needed then
    #[arg(long, value_name = "KEY", requires = "export", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) key: Option<String>,
    /// A rulebook file besides the built-in one, to decide an export by without its desk
    #[arg(long, value_name = "FILE", requires = "key", value_hint = ValueHint::FilePath)]
    pub(crate) rulebook: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct LedgerExport {
    /// The file, which must not be there
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Only what came after the checkpoint of so many entries
    #[arg(long, value_name = "SIZE")]
    pub(crate) since: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct LedgerProof {
    /// The id of the entry
    #[arg(value_name = "ENTRY")]
    pub(crate) entry: String,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
}

#[derive(Debug, Args)]
pub(crate) struct LedgerAccept {
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Accept it; without this it is only told what would be accepted and what is lost
    #[arg(long)]
    pub(crate) yes: bool,
    /// Who accepts it, for the ledger [default: the user logged in]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) operator: Option<String>,
}

/// What `kebei ledger --help` shows last.
pub(super) const EXAMPLES: &str = "\
Examples:
  kebei ledger verify --decide
  kebei ledger export ledger-2026.kebei
  kebei ledger verify --export ledger-2026.kebei --key 'kebei/ledger+…'
  kebei ledger accept --yes

Exit status of verify: 0 sound, 1 mistakes, 2 it could not be looked at. Places of entries are counted from 0.";
