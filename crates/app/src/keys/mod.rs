//! The keys of the desk: listed, replaced by new ones, and wrapped under another master key.

mod list;
mod master;
mod rotate;

pub use list::ListedKey;
pub use master::{ChangeMasterKey, MasterKeyChange, MasterKeyChangeError};
pub use rotate::{RotateKeys, RotateKeysError, Rotated};

use crate::{
    failure::Failed,
    ground::{CODE_LOOKUP, CODES, Ground, LEDGER, SUBJECTS, USERS},
};
use keys::{Purpose, StoredKey};
use std::{marker::PhantomData, sync::Arc};
use store::{Tx, Unit, data_keys};

/// What the keys are for that are replaced by new ones. A new one for `code-lookup` always comes with a new one for `code`.
pub const PURPOSES: [Purpose; 5] = [CODES, CODE_LOOKUP, LEDGER, USERS, SUBJECTS];

/// Reads every key on one ground.
struct ReadKeys<E>(Arc<Ground>, PhantomData<fn() -> E>);

impl<E> ReadKeys<E> {
    fn on(ground: Arc<Ground>) -> Self {
        Self(ground, PhantomData)
    }
}

impl<E: Send + 'static> Unit for ReadKeys<E> {
    type Output = Vec<StoredKey>;
    type Error = Failed<E>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<StoredKey>, Failed<E>> {
        self.0.check::<E>(tx).await?;
        Ok(data_keys::all(tx).await?)
    }
}
