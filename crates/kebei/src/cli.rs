//! The command line: what can be asked, in English. `help_zh.rs` gives the same in Chinese.

use crate::{
    help_zh,
    settings::{DeskOptions, ServeOptions},
};
use app::access::{RIGHTS, Role};
use clap::{
    ArgAction, Args, Command, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint,
    builder::{NonEmptyStringValueParser, PossibleValuesParser},
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
    /// Where do I file? What to do without an instance that may back a filing
    Where(Where),
    /// Set up a desk: its folder, its master key, its database and its first rules
    Init(Init),
    /// Bring lists of instances and the logins of hosts into the desk, with a report
    #[command(subcommand)]
    Import(ImportCommands),
    /// Serve the desk over HTTP until it is told to stop
    Serve(Serve),
    /// Try a desk with made-up data: a fresh folder, and what to call as it stands
    Demo(Demo),
    /// Look at the keys of the desk, and put new ones to use
    #[command(subcommand)]
    Keys(KeysCommands),
    /// Manage who works at the desk: people, other systems, their roles and keys
    #[command(subcommand)]
    User(UserCommands),
    /// Verify, export and prove the ledger; accept a database that is not the one expected
    #[command(subcommand)]
    Ledger(LedgerCommands),
    /// Copy the database into a file while the desk goes on working, and check the copy
    Backup(Backup),
    /// Put a backup in the place of the database
    Restore(Restore),
    /// Examine the desk: database, keys, rules and ledger, with what to do about every fault
    Doctor(Doctor),
    /// Print the completions for a shell
    Completions(Completions),
    /// Print the manual page (roff)
    Man,
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

#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommands {
    /// Read lists of instances, tell what they change, and apply that
    Instances(ImportInstances),
    /// Read the logins of hosts from CSV: names, and passwords or their hashes
    Credentials(ImportCredentials),
    /// Go on with an import that was interrupted
    Resume(ImportResume),
    /// Give up an import of which nothing was applied
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

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommands {
    /// Add somebody who signs in, or another system
    Add(UserAdd),
    /// List the users
    List(UserList),
    /// Print the table of who may do what; it needs no desk
    Roles,
    /// Give a user other roles, in the place of those that he has
    Change(UserChange),
    /// Lock a user out: sessions end, and neither password nor keys let him in
    Lock(UserNamed),
    /// Let a locked user in again
    Unlock(UserNamed),
    /// Give a user a new one-time password; sessions end
    Reset(UserNamed),
    /// Open an account, for which a customer acts
    Account(UserAccount),
    /// Manage the keys with which people and systems call
    #[command(subcommand)]
    Key(UserKeyCommands),
}

/// The words of the roles.
fn roles() -> PossibleValuesParser {
    PossibleValuesParser::new(Role::ALL.map(Role::word))
}

/// The words of the rights.
fn rights() -> PossibleValuesParser {
    PossibleValuesParser::new(RIGHTS.iter().map(|(right, _)| right.word()))
}

#[derive(Debug, Args)]
pub(crate) struct UserAdd {
    /// The name to sign in with: lower-case letters, digits, . - and _
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// A role: customer, support, reviewer, operator or auditor; give it several times for several
    #[arg(long, required = true, value_name = "ROLE", value_parser = roles(), hide_possible_values = true)]
    pub(crate) role: Vec<String>,
    /// The account for which a customer acts
    #[arg(long, value_name = "ACCOUNT", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) account: Option<String>,
    /// It is another system: it has no password and calls with keys
    #[arg(long)]
    pub(crate) system: bool,
    /// The e-mail address, which is kept sealed
    #[arg(long, value_name = "ADDRESS", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) email: Option<String>,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Who does it, for the ledger [default: the user logged in]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) operator: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct UserList {
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
}

#[derive(Debug, Args)]
pub(crate) struct UserChange {
    /// The name of the user
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// A role: customer, support, reviewer, operator or auditor; give it several times for several
    #[arg(long, required = true, value_name = "ROLE", value_parser = roles(), hide_possible_values = true)]
    pub(crate) role: Vec<String>,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Who does it, for the ledger [default: the user logged in]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) operator: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct UserNamed {
    /// The name of the user
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Who does it, for the ledger [default: the user logged in]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) operator: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct UserAccount {
    /// The id by which inventories name it as buyer
    #[arg(value_name = "ACCOUNT")]
    pub(crate) name: String,
    /// The number by which other systems of the provider know it
    #[arg(long, value_name = "NUMBER")]
    pub(crate) number: Option<i64>,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UserKeyCommands {
    /// Make a key; it is shown once
    Add(UserKeyAdd),
    /// List the keys of a user that are not revoked
    List(UserKeyList),
    /// Revoke a key, for good
    Revoke(UserKeyRevoke),
}

#[derive(Debug, Args)]
pub(crate) struct UserKeyAdd {
    /// The name of the user
    #[arg(value_name = "USER")]
    pub(crate) user: String,
    /// What the key is called in lists
    #[arg(long, value_name = "LABEL", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) label: String,
    /// A right that the key is restricted to, as `kebei user roles` names it; give it several times for several [default: all
    /// that the roles of the user give]
    #[arg(long, value_name = "RIGHT", value_parser = rights(), hide_possible_values = true)]
    pub(crate) scope: Vec<String>,
    /// Until when it is good: 2030-01-01 or RFC 3339 [default: until it is revoked]
    #[arg(long, value_name = "TIME")]
    pub(crate) expires: Option<String>,
    /// Make a key that signs requests, with an id and a secret, for the compatible interfaces
    #[arg(long)]
    pub(crate) signing: bool,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Who does it, for the ledger [default: the user logged in]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) operator: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct UserKeyList {
    /// The name of the user
    #[arg(value_name = "USER")]
    pub(crate) user: String,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
}

#[derive(Debug, Args)]
pub(crate) struct UserKeyRevoke {
    /// The name of the user
    #[arg(value_name = "USER")]
    pub(crate) user: String,
    /// The id of the key, as the list shows it
    #[arg(value_name = "KEY")]
    pub(crate) key: String,
    #[command(flatten)]
    pub(crate) desk: DeskOptions,
    /// Who does it, for the ledger [default: the user logged in]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) operator: Option<String>,
}

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
    pub(crate) settings: ServeOptions,
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

const LEDGER_EXAMPLES: &str = "\
Examples:
  kebei ledger verify --decide
  kebei ledger export ledger-2026.kebei
  kebei ledger verify --export ledger-2026.kebei --key 'kebei/ledger+…'
  kebei ledger accept --yes

Exit status of verify: 0 sound, 1 mistakes, 2 it could not be looked at. Places of entries are counted from 0.";

const USER_EXAMPLES: &str = "\
Examples:
  kebei user add wang --role operator
  kebei user account acc-7
  kebei user add li --role customer --account acc-7 --email li@example.cn
  kebei user add catalogue --system --role operator
  kebei user key add catalogue --label nightly --scope import-instances --expires 2030-01-01";

const IMPORT_EXAMPLES: &str = "\
Examples:
  kebei import instances --dry-run instances.csv
  kebei import instances --complete --yes ecs.json swas.json
  kebei import instances --owner acc-7 --report rejected.csv instances.xlsx
  kebei import resume
  kebei import credentials --dry-run hosts.csv

The logins of hosts need the columns instance, user_name or host_name or both, and password or phc. phc is a PHC string of argon2id, quoted or not;
passwords are hashed, which takes a while, and nothing else of them is kept. Delete the file afterwards.

Exit status: 0 all records were imported, 1 some were rejected, 2 nothing was imported, or it was interrupted.";

/// The command line, with its help in `lang`.
pub(crate) fn command(lang: Lang) -> Command {
    let command = Cli::command()
        .mut_subcommand("check", |check| check.after_help(CHECK_EXAMPLES))
        .mut_subcommand("import", |import| import.after_help(IMPORT_EXAMPLES))
        .mut_subcommand("ledger", |ledger| ledger.after_help(LEDGER_EXAMPLES))
        .mut_subcommand("rulebook", |rulebook| rulebook.after_help(RULEBOOK_EXAMPLES))
        .mut_subcommand("user", |user| user.after_help(USER_EXAMPLES));
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
