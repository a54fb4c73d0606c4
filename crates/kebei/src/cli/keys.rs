//! `kebei keys …`: the keys under which the desk seals.

use crate::settings::DeskOptions;
use clap::{Args, Subcommand, ValueHint, builder::NonEmptyStringValueParser};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommands {
    /// List the keys: what for, since when, and what is still sealed under those that were replaced
    List(KeysList),
    /// Put new keys to use, seal everything anew while the desk goes on working, and delete the old keys
    Rotate(KeysRotate),
}

#[derive(Debug, Args)]
pub(crate) struct KeysList {
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
}

#[derive(Debug, Args)]
pub(crate) struct KeysRotate {
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Only the keys for this purpose: code, code-lookup, ledger or user [default: all]
    #[arg(long, value_name = "PURPOSE", value_parser = NonEmptyStringValueParser::new(), conflicts_with = "master")]
    pub(crate) purpose: Option<String>,
    /// Wrap all keys under the master key in this file instead; it is made where there is none
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) master: Option<PathBuf>,
    /// Who does it, for the ledger [default: the user logged in]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) operator: Option<String>,
}
