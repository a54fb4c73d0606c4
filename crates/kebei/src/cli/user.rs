//! `kebei user …`: who works at the desk.

use super::user_key::UserKeyCommands;
use crate::settings::DeskOptions;
use app::access::Role;
use clap::{
    Args, Subcommand,
    builder::{NonEmptyStringValueParser, PossibleValuesParser},
};

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
    /// Take the second factor of a user away who lost it, and end all his sessions
    ResetSecondFactor(UserNamed),
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

/// What `kebei user --help` shows last.
pub(super) const EXAMPLES: &str = "\
Examples:
  kebei user add wang --role operator
  kebei user account acc-7
  kebei user add li --role customer --account acc-7 --email li@example.cn
  kebei user add catalogue --system --role operator
  kebei user key add catalogue --label nightly --scope import-instances --expires 2030-01-01";
