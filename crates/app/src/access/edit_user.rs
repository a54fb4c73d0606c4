//! An operator changes a user as he knows him: not where somebody else changed him meanwhile.

use super::{
    Role, UserFault,
    add_user::known_name,
    change::{Change, ChangeUser},
};
use crate::{Actor, Desk, Failure, IdempotencyKey, Told};
use jiff::Timestamp;

/// A user is to be changed in one thing.
#[derive(Clone, Debug)]
pub struct EditUser {
    /// Who changes him.
    pub by: Actor,
    /// The user's name.
    pub name: String,
    /// In what.
    pub edit: Edit,
    /// When he was last changed, as whoever asks knows him ([`ListedUser::changed_at`](super::ListedUser::changed_at)): any of
    /// these; `None` to change him in any case.
    pub since: Option<Vec<Timestamp>>,
}

/// In what a user is changed.
#[derive(Clone, Debug)]
pub enum Edit {
    /// All roles that he has from then on; see [`Desk::change_roles`]. Nobody gives them to himself.
    Roles(Vec<Role>),
    /// Whether he is locked; see [`Desk::lock_user`] and [`Desk::unlock_user`].
    Locked(bool),
}

impl Desk {
    /// Changes a user, unless somebody else did since `since` ([`UserFault::Changed`]), or it is himself to whom he gives other
    /// roles ([`UserFault::OwnRoles`]).
    pub async fn edit_user(
        &self,
        ask: EditUser,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<()>, Failure<UserFault>> {
        let EditUser { by, name, edit, since } = ask;
        let change = match edit {
            Edit::Roles(roles) => Change::Roles(roles.into_iter().collect()),
            Edit::Locked(true) => Change::Lock,
            Edit::Locked(false) => Change::Unlock,
        };
        let since = since.map(|any| any.into_iter().map(Timestamp::as_microsecond).collect());
        let name = known_name(name);
        self.once(key, ChangeUser { by, name, change, since, of_others: true }).await
    }
}
