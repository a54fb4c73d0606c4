//! An operator gives a user other roles.

use super::{
    Role, UserFault,
    add_user::known_name,
    change::{Change, ChangeUser},
};
use crate::{Actor, Desk, Failure, IdempotencyKey, Told};

/// A user gets other roles.
#[derive(Clone, Debug)]
pub struct ChangeRoles {
    /// Who gives them.
    pub by: Actor,
    /// The user's name.
    pub name: String,
    /// All roles that he has from then on.
    pub roles: Vec<Role>,
}

impl Desk {
    /// Gives a user other roles, in the place of those that he had. They count from his next request on, also in sessions that
    /// are open and for keys; a customer stays one.
    pub async fn change_roles(
        &self,
        ask: ChangeRoles,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<()>, Failure<UserFault>> {
        let ChangeRoles { by, name, roles } = ask;
        let change = Change::Roles(roles.into_iter().collect());
        self.once(key, ChangeUser { by, name: known_name(name), change, since: None, of_others: false }).await
    }
}
