//! The command line: what can be asked, in English, a file for each group of commands. `help_zh.rs` gives the same in
//! Chinese.

pub(crate) mod check;
pub(crate) mod check_filing;
pub(crate) mod desk;
pub(crate) mod gate;
pub(crate) mod import;
pub(crate) mod keys;
pub(crate) mod ledger;
pub(crate) mod mcp;
pub(crate) mod retention;
pub(crate) mod rulebook;
pub(crate) mod user;
pub(crate) mod user_key;

use self::{
    check::Check,
    check_filing::CheckFiling,
    desk::{Backup, Demo, Doctor, Init, Restore, Serve},
    gate::GateCommands,
    import::ImportCommands,
    keys::KeysCommands,
    ledger::LedgerCommands,
    mcp::Mcp,
    retention::RetentionCommands,
    rulebook::{RulebookCommands, Where},
    user::UserCommands,
};
use crate::help_zh;
use ::rulebook::Lang;
use clap::{ArgAction, Args, Command, CommandFactory, Parser, Subcommand, ValueEnum};

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
    /// Check filing orders in files: everything that is wrong with them at once
    CheckFiling(CheckFiling),
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
    /// Serve people's assistants (Model Context Protocol): they ask a running desk with one key
    Mcp(Mcp),
    /// May this name be served? Keep a copy of what may, and answer from it without the desk
    #[command(subcommand)]
    Gate(GateCommands),
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
    /// See what is kept for how long, and forget what is over
    #[command(subcommand)]
    Retention(RetentionCommands),
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
pub(crate) struct Completions {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub(crate) shell: clap_complete::Shell,
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

/// The command line, with its help in `lang`.
pub(crate) fn command(lang: Lang) -> Command {
    let command = Cli::command()
        .mut_subcommand("check", |check| check.after_help(check::EXAMPLES))
        .mut_subcommand("check-filing", |check| check.after_help(check_filing::EXAMPLES))
        .mut_subcommand("gate", |gate| gate.after_help(gate::EXAMPLES))
        .mut_subcommand("import", |import| import.after_help(import::EXAMPLES))
        .mut_subcommand("ledger", |ledger| ledger.after_help(ledger::EXAMPLES))
        .mut_subcommand("mcp", |mcp| mcp.after_help(mcp::EXAMPLES))
        .mut_subcommand("rulebook", |rulebook| rulebook.after_help(rulebook::EXAMPLES))
        .mut_subcommand("user", |user| user.after_help(user::EXAMPLES));
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
