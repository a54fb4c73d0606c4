//! The command line: what can be asked, in English. `help_zh.rs` gives the same in Chinese.

use crate::help_zh;
use clap::{
    ArgAction, Args, Command, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint,
    builder::NonEmptyStringValueParser,
};
use rulebook::Lang;
use std::path::PathBuf;

/// The open ICP filing desk: which instances may back a filing, and if not, why and what to do.
#[derive(Debug, Parser)]
#[command(name = "kebei", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// Language: zh or en [default: that of the environment, else zh]
    #[arg(long, global = true, value_name = "LANG", hide_possible_values = true, display_order = 900)]
    pub(crate) lang: Option<LangOption>,
    #[command(subcommand)]
    pub(crate) command: Commands,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Commands {
    /// Decide every instance of inventories: may it back a filing, and if not, why and what to do
    Check(Check),
    /// Look at the rules: check a file, show an edition, compare two, write the page for customers
    #[command(subcommand)]
    Rulebook(RulebookCommands),
    /// Set up a desk: its folder, its master key, its database and its first rules
    Init(Init),
    /// Look at the keys of the desk, and put new ones to use
    #[command(subcommand)]
    Keys(KeysCommands),
    /// Examine the desk: database, keys and rules, with what to do about every fault
    Doctor(Doctor),
    /// Print the completions for a shell
    Completions(Completions),
    /// Print the manual page (roff)
    Man,
}

/// Where the desk is, and the key that opens it.
#[derive(Debug, Args)]
pub(crate) struct DeskOptions {
    // As `help`, where names of variables need no backticks.
    #[arg(
        long,
        help = "The folder of the desk [KEBEI_DATA; default: kebei-data]",
        value_name = "DIR",
        env = "KEBEI_DATA",
        default_value = "kebei-data",
        hide_env = true,
        hide_default_value = true,
        value_hint = ValueHint::DirPath
    )]
    pub(crate) data: PathBuf,
    #[arg(
        long,
        help = "A PostgreSQL database, postgres://…, instead of a file in the folder; a password is better given in KEBEI_DATABASE",
        value_name = "URL",
        env = "KEBEI_DATABASE",
        hide_env = true
    )]
    pub(crate) database: Option<String>,
    /// Certificates (PEM) that are trusted besides the system's when connecting to PostgreSQL
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) database_ca: Option<PathBuf>,
    #[arg(
        long,
        help = "The file of the master key [KEBEI_MASTER_KEY_FILE, or the key itself in KEBEI_MASTER_KEY; default: DIR/master.key]",
        value_name = "FILE",
        env = "KEBEI_MASTER_KEY_FILE",
        hide_env = true,
        value_hint = ValueHint::FilePath
    )]
    pub(crate) master_key_file: Option<PathBuf>,
}

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
    /// Only the keys for this purpose: code or code-lookup [default: all]
    #[arg(long, value_name = "PURPOSE", value_parser = NonEmptyStringValueParser::new(), conflicts_with = "master")]
    pub(crate) purpose: Option<String>,
    /// Wrap all keys under the master key in this file instead; it is made where there is none
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) master: Option<PathBuf>,
    /// Who does it, for the ledger [default: the user logged in]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) operator: Option<String>,
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
pub(crate) struct Doctor {
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
}

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
pub(crate) struct Completions {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub(crate) shell: clap_complete::Shell,
}

/// How `check` writes its decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangOption {
    Zh,
    En,
}

impl From<LangOption> for Lang {
    fn from(option: LangOption) -> Self {
        match option {
            LangOption::Zh => Self::Zh,
            LangOption::En => Self::En,
        }
    }
}

/// What `kebei check --help` shows last.
const CHECK_EXAMPLES: &str = "\
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

const RULEBOOK_EXAMPLES: &str = "\
Examples:
  kebei rulebook show --at 2019-06-01
  kebei rulebook diff 2020-01-01 2020-10-16
  kebei rulebook docs --lang en > faq.md
  kebei rulebook lint rulebooks/example-host.toml

Exit status of lint: 0 no fault, 1 faults, 2 a file cannot be read.";

/// The command line, with its help in `lang`.
pub(crate) fn command(lang: Lang) -> Command {
    let command = Cli::command()
        .mut_subcommand("check", |check| check.after_help(CHECK_EXAMPLES))
        .mut_subcommand("rulebook", |rulebook| rulebook.after_help(RULEBOOK_EXAMPLES));
    match lang {
        Lang::En => with_flags(command, "Print help", "Print version"),
        Lang::Zh => help_zh::translated(with_flags(command, "显示帮助", "显示版本"), ""),
    }
}

/// Help and version as arguments of our own, because the built-in ones cannot be translated.
fn with_flags(command: Command, help: &'static str, version: &'static str) -> Command {
    let version =
        clap::Arg::new("version").short('V').long("version").action(ArgAction::Version).help(version);
    let help = clap::Arg::new("help").short('h').long("help").action(ArgAction::Help).help(help).global(true);
    command.disable_help_flag(true).disable_version_flag(true).arg(help).arg(version)
}
