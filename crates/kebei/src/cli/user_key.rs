//! `kebei user key …`: the keys with which people and systems call.

use crate::settings::DeskOptions;
use app::access::RIGHTS;
use clap::{
    Args, Subcommand,
    builder::{NonEmptyStringValueParser, PossibleValuesParser},
};

#[derive(Debug, Subcommand)]
pub(crate) enum UserKeyCommands {
    /// Make a key; it is shown once
    Add(UserKeyAdd),
    /// List the keys of a user that are not revoked
    List(UserKeyList),
    /// Revoke a key, for good
    Revoke(UserKeyRevoke),
}

/// The words of the rights.
fn rights() -> PossibleValuesParser {
    PossibleValuesParser::new(RIGHTS.iter().map(|(right, _)| right.word()))
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
