//! `kebei retention …`: what is kept for a time, and forgetting it.

use crate::settings::DeskOptions;
use clap::{Args, Subcommand, ValueEnum, builder::NonEmptyStringValueParser};

#[derive(Debug, Subcommand)]
pub(crate) enum RetentionCommands {
    /// Forget what was kept for as long as it is to be; a desk that is served does it once a day by itself
    Run(RetentionRun),
    /// Print the page about how long things are kept (Markdown); it needs no desk
    Docs,
}

#[derive(Debug, Args)]
pub(crate) struct RetentionRun {
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Only count what would be forgotten
    #[arg(long)]
    pub(crate) dry_run: bool,
    // As `help`, where the values need no explanation of their own.
    #[arg(
        long,
        help = "How it is written: table or json [default: table]",
        value_name = "FORMAT",
        value_enum,
        default_value = "table",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(crate) format: RetentionFormat,
    /// Who does it, for the ledger [default: the user logged in]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) operator: Option<String>,
}

/// How `retention run` tells what it came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RetentionFormat {
    Table,
    Json,
}
