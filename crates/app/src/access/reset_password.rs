//! An operator gives a user a new one-time password.

use super::{
    Password, ShownOnce, UserFault,
    add_user::known_name,
    change::{Change, ChangeUser},
    passwords::one_time,
};
use crate::{Actor, Desk, Failure, IdempotencyKey, Told};

impl Desk {
    /// Gives a user a one-time password in the place of the one that he has, and ends his sessions; his keys stay. The same
    /// request again is told nothing: of the password only a hash is kept.
    pub async fn reset_password(
        &self,
        by: Actor,
        name: String,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<Option<ShownOnce>>, Failure<UserFault>> {
        let mut draw = self.chance().draw();
        let password = one_time(&mut draw);
        let hash = self.passwords().hash(Password::from(password.reveal()), &mut draw).await?;
        let change = Change::ResetPassword { hash };
        let Told { entry, before, answer: () } = self
            .once(key, ChangeUser { by, name: known_name(name), change, since: None, of_others: false })
            .await?;
        Ok(Told { entry, before, answer: (!before).then_some(password) })
    }
}
