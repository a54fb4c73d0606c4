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
    /// Publish a rulebook into the desk: from then on it decides by it
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

Exit status of lint: 0 no fault, 1 faults, 2 a file cannot be read.";
