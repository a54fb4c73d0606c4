//! Who stands before the desk, and what he may do there.

use super::{Right, Role, Roles, add_user::user_name};
use crate::{Actor, Asker, BadOperator, Operator, failure::Damage};
use std::collections::BTreeSet;
use store::{ApiKeyId, SessionId, UserId, sessions::Holder};

/// By what somebody was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Through {
    /// He signed in.
    Session(SessionId),
    /// He presented a key.
    Key(ApiKeyId),
}

/// Somebody who was recognised: a person by his session, a person or another system by a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    pub(crate) user: UserId,
    pub(crate) name: String,
    pub(crate) system: bool,
    pub(crate) roles: Roles,
    pub(crate) account: Option<Asker>,
    pub(crate) scopes: Option<BTreeSet<Right>>,
    pub(crate) through: Through,
    pub(crate) one_time: bool,
    /// Whether he must have a second factor and has none.
    pub(crate) owes_second_factor: bool,
}

impl Principal {
    /// The user as he was read, recognised by that, within those scopes.
    pub(crate) fn read(
        holder: Holder,
        through: Through,
        scopes: Option<BTreeSet<Right>>,
    ) -> Result<Self, Damage> {
        let Holder { id: user, name, system, roles, account, one_time, .. } = holder;
        let roles =
            read_roles(&roles).ok_or(Damage::User { id: user, fault: "its roles are none".to_owned() })?;
        let account = account.map(|(id, name)| Asker { id, name });
        // A key does not need its user's password, and so does not wait for a new one.
        let one_time = one_time && matches!(through, Through::Session(_));
        let owes_second_factor = false;
        Ok(Self { user, name, system, roles, account, scopes, through, one_time, owes_second_factor })
    }

    /// The id of the user.
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// The name with which he signs in, or by which the system is known.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether whoever typed that name means this user.
    pub fn is_named(&self, typed: &str) -> bool {
        user_name(typed).is_some_and(|name| name == self.name)
    }

    /// His roles.
    pub const fn roles(&self) -> Roles {
        self.roles
    }

    /// The account for which a customer acts.
    pub const fn account(&self) -> Option<&Asker> {
        self.account.as_ref()
    }

    /// By what he was recognised.
    pub const fn through(&self) -> Through {
        self.through
    }

    /// Whether he signed in with a one-time password: until he has set one of his own he may do nothing but that, and sign
    /// out.
    pub const fn must_change_password(&self) -> bool {
        self.one_time
    }

    /// Whether he signed in without the second factor that he must have: until he has set one up he may do nothing but that, and
    /// sign out.
    pub const fn must_set_up_second_factor(&self) -> bool {
        self.owes_second_factor
    }

    /// Whether he may do that: by one of his roles, and within the scopes of the key that he used.
    pub fn may(&self, right: Right) -> bool {
        !self.one_time
            && !self.owes_second_factor
            && right.roles().iter().any(|role| self.roles.has(*role))
            && self.scopes.as_ref().is_none_or(|scopes| scopes.contains(&right))
    }

    /// As the ledger names him when he does something: a customer as his account.
    pub fn actor(&self) -> Result<Actor, BadOperator> {
        match &self.account {
            Some(account) => Ok(Actor::Account(account.clone())),
            None if self.system => Ok(Actor::Partner(self.name.clone())),
            None => Operator::parse(&self.name).map(Actor::Staff),
        }
    }
}

/// Roles as their row has them.
pub(crate) fn read_roles(words: &str) -> Option<Roles> {
    let roles: Option<Roles> = words.split(' ').map(Role::from_word).collect();
    roles.filter(|roles| !roles.is_empty())
}

/// Roles as their row has them.
pub(crate) fn role_words(roles: Roles) -> String {
    roles.iter().map(Role::word).collect::<Vec<_>>().join(" ")
}

/// Scopes as their row has them. A right that this program does not know, from a newer one, gives nothing.
pub(crate) fn read_scopes(words: &str) -> BTreeSet<Right> {
    words.split(' ').filter_map(Right::from_word).collect()
}

/// Scopes as their row has them.
pub(crate) fn scope_words(scopes: &BTreeSet<Right>) -> String {
    scopes.iter().map(|right| right.word()).collect::<Vec<_>>().join(" ")
}
