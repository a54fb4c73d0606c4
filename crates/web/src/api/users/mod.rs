//! Users (用户): people who sign in, and other systems, for whoever manages them.

pub(super) mod add;
pub(super) mod edit;
pub(super) mod list;
pub(super) mod one;
pub(super) mod reset_password;
pub(super) mod reset_second_factor;

use crate::{
    answer::time,
    api::schemas,
    problem::{Fault, Problem},
};
use app::access::{ListedUser, Role, UserFault};
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// A user. His e-mail address is personal data and not told here.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct User {
    /// His name.
    #[schema(example = "li.na")]
    name: String,
    /// Whether he is another system, which has no password and calls with keys only.
    system: bool,
    /// His roles.
    #[schema(value_type = Vec<schemas::RoleWord>)]
    roles: Vec<&'static str>,
    /// The account that a customer acts for.
    #[schema(example = "acc-7")]
    account: Option<String>,
    /// Whether an e-mail address of his is known.
    has_email: bool,
    /// Until when his one-time password is good, where he has not set one of his own.
    #[schema(format = DateTime)]
    one_time_until: Option<String>,
    /// Whether he is locked.
    locked: bool,
    /// When he was added.
    #[schema(format = DateTime, example = "2020-11-01T09:00:00+08:00")]
    made_at: String,
}

impl From<&ListedUser> for User {
    fn from(user: &ListedUser) -> Self {
        Self {
            name: user.name.clone(),
            system: user.system,
            roles: user.roles.iter().map(Role::word).collect(),
            account: user.account.clone(),
            has_email: user.email.is_some(),
            one_time_until: user.one_time_until.map(time),
            locked: user.locked_at.is_some(),
            made_at: time(user.made_at),
        }
    }
}

/// How the version of a user is called: by when he was last changed.
fn tag(user: &ListedUser) -> String {
    format!("\"{:x}\"", user.changed_at.as_microsecond())
}

fn unknown(name: String, lang: Lang) -> Problem {
    UserFault::Unknown(name).problem(lang)
}
