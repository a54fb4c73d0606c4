//! An operator takes the second factor of a user away who has lost it.

use crate::{
    Actor, Desk, Failure, IdempotencyKey, Told,
    access::{
        UserFault,
        add_user::known_name,
        change::{Change, ChangeUser},
    },
};

impl Desk {
    /// Takes the second factor of somebody else away, with its recovery codes, and ends his sessions; his keys stay. He signs in
    /// with his password, and sets one up anew where he must have one. Nobody does it for himself: he gives his own up with his
    /// password ([`Desk::remove_second_factor`]).
    pub async fn reset_second_factor(
        &self,
        by: Actor,
        name: String,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<()>, Failure<UserFault>> {
        self.reset_factor(by, name, key, true).await
    }

    /// The same at the machine of the desk, for anybody: the last operator may have lost his own.
    pub async fn reset_second_factor_of_anybody(
        &self,
        by: Actor,
        name: String,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<()>, Failure<UserFault>> {
        self.reset_factor(by, name, key, false).await
    }

    async fn reset_factor(
        &self,
        by: Actor,
        name: String,
        key: Option<IdempotencyKey>,
        of_others: bool,
    ) -> Result<Told<()>, Failure<UserFault>> {
        let (name, change) = (known_name(name), Change::ResetSecondFactor);
        self.once(key, ChangeUser { by, name, change, since: None, of_others }).await
    }
}
