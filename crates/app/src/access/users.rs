//! The users of the desk, for those who manage them.

use super::{Email, Role, Roles, add_user::known_name, principal::read_roles, recognise::moment};
use crate::{
    Desk,
    failure::{Damage, DeskError, Failed},
    ground::Ground,
};
use jiff::Timestamp;
use std::sync::Arc;
use store::{Tx, Unit, UserId, users};

/// How many users a page of a list has at most.
pub const MOST_USERS_LISTED: u32 = 200;

/// A user, as those who manage users see him.
#[derive(Clone, Debug)]
pub struct ListedUser {
    /// His id.
    pub id: UserId,
    /// His name.
    pub name: String,
    /// Whether it is another system.
    pub system: bool,
    /// His roles.
    pub roles: Roles,
    /// The account for which a customer acts.
    pub account: Option<String>,
    /// His e-mail address: personal data.
    pub email: Option<Email>,
    /// Until when his one-time password is good, where he has not set one of his own.
    pub one_time_until: Option<Timestamp>,
    /// Since when he is locked.
    pub locked_at: Option<Timestamp>,
    /// When he was added.
    pub made_at: Timestamp,
    /// When he was last changed: no two of his states have the same.
    pub changed_at: Timestamp,
}

impl ListedUser {
    /// Whether he has that role.
    pub const fn is(&self, role: Role) -> bool {
        self.roles.has(role)
    }
}

impl Desk {
    /// Users in the order of their names, after the name `after`, no more than `most` and [`MOST_USERS_LISTED`].
    pub async fn users(&self, after: Option<&str>, most: u32) -> Result<Vec<ListedUser>, DeskError> {
        let after = after.unwrap_or_default().to_owned();
        let most = most.min(MOST_USERS_LISTED).into();
        self.read(|ground| Ok(List { ground, after: after.clone(), most })).await
    }

    /// The user of that name.
    pub async fn user(&self, name: &str) -> Result<Option<ListedUser>, DeskError> {
        let name = known_name(name.to_owned());
        self.read(|ground| Ok(Find { ground, name: name.clone() })).await
    }
}

struct List {
    ground: Arc<Ground>,
    after: String,
    most: i64,
}

impl Unit for List {
    type Output = Vec<ListedUser>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        self.ground.check::<DeskError>(tx).await?;
        let found = users::listed(tx, &self.after, self.most).await?;
        Ok(found.into_iter().map(|user| listed(user, &self.ground)).collect::<Result<_, _>>()?)
    }
}

struct Find {
    ground: Arc<Ground>,
    name: String,
}

impl Unit for Find {
    type Output = Option<ListedUser>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        self.ground.check::<DeskError>(tx).await?;
        let found = users::by_name(tx, &self.name).await?;
        Ok(found.map(|user| listed(user, &self.ground)).transpose()?)
    }
}

fn listed(user: users::User, ground: &Ground) -> Result<ListedUser, Damage> {
    let damage = || Damage::User { id: user.id, fault: "its roles are none".to_owned() };
    let roles = read_roles(&user.roles).ok_or_else(damage)?;
    let email = user.email.as_deref().map(|sealed| ground.secrets.open_email(user.id, sealed)).transpose()?;
    Ok(ListedUser {
        id: user.id,
        name: user.name,
        system: user.system,
        roles,
        account: user.account_name,
        email,
        one_time_until: user.password_until.map(moment),
        locked_at: user.locked_at.map(moment),
        made_at: moment(user.made_at),
        changed_at: moment(user.changed_at),
    })
}
