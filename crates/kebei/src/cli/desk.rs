//! `kebei init`, `serve`, `demo`, `doctor`, `backup` and `restore`: a desk as a whole.

use crate::settings::{DeskOptions, ServeOptions};
use clap::{Args, ValueHint, builder::NonEmptyStringValueParser};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct Init {
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// A rulebook file instead of the built-in one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) rulebook: Option<PathBuf>,
    /// The name of the ledger in its checkpoints, such as kebei.example/ledger; it stays for ever
    #[arg(long, value_name = "NAME", default_value = "kebei/ledger", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) ledger_name: String,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) settings: ServeOptions,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// An empty folder for the desk, which stays [default: a temporary one, which is removed at the end]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) data: Option<PathBuf>,
    /// The port on 127.0.0.1; 0 for any that is free [default: 8080]
    #[arg(long, value_name = "PORT", default_value_t = 8080, hide_default_value = true)]
    pub(crate) port: u16,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub(crate) settings: ServeOptions,
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file, which must not be there; the checkpoint is copied beside it as FILE.checkpoint
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Replace the database that is there, which is kept beside under a dated name
    #[arg(long)]
    pub(crate) replace: bool,
}
