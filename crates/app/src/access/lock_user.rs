//! An operator locks a user out, or lets him in again.

use super::{
    UserFault,
    add_user::known_name,
    change::{Change, ChangeUser},
};
use crate::{Actor, Desk, Failure, IdempotencyKey, Told};

impl Desk {
    /// Locks a user: his sessions end, and neither password nor keys let him in, from the next request on.
    pub async fn lock_user(
        &self,
        by: Actor,
        name: String,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<()>, Failure<UserFault>> {
        self.once(
            key,
            ChangeUser { by, name: known_name(name), change: Change::Lock, since: None, of_others: false },
        )
        .await
    }

    /// Lets a locked user in again: he signs in anew, and his keys are good as before.
    pub async fn unlock_user(
        &self,
        by: Actor,
        name: String,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<()>, Failure<UserFault>> {
        self.once(
            key,
            ChangeUser { by, name: known_name(name), change: Change::Unlock, since: None, of_others: false },
        )
        .await
    }
}
