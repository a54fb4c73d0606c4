//! Somebody begins to set up a second factor: he gets what his app makes codes of. It does not count before he showed a code.

use super::{BEGUN_GOOD, SecondFactorError, TotpSecret, in_session};
use crate::{
    Desk,
    access::Principal,
    failure::Failed,
    ground::{Ground, Kept, USERS},
};
use std::sync::Arc;
use store::{Tx, Unit, UserId, second_factors};

impl Desk {
    /// Begins to set up the second factor of whoever is signed in, in the place of one that he began before and that never
    /// counted. It can be finished for [`BEGUN_GOOD`].
    pub async fn begin_second_factor(&self, principal: &Principal) -> Result<(), SecondFactorError> {
        in_session(principal)?;
        self.have_key(&USERS).await?;
        let (user, at) = (principal.user, self.now().as_microsecond());
        let secret = TotpSecret::new(self.chance().draw().bytes());
        self.write(|ground| {
            let rng = &mut self.chance().draw().0;
            let sealed = ground.secrets.seal_kept(Kept::SecondFactors, user.uuid(), secret.bytes(), rng)?;
            Ok(Begin { ground, user, sealed, at })
        })
        .await
    }
}

struct Begin {
    ground: Arc<Ground>,
    user: UserId,
    sealed: Vec<u8>,
    at: i64,
}

impl Unit for Begin {
    type Output = ();
    type Error = Failed<SecondFactorError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        let Self { ground, user, sealed, at } = self;
        ground.check::<SecondFactorError>(tx).await?;
        if second_factors::begin(tx, *user, sealed, *at).await? {
            Ok(())
        } else {
            Err(Failed::Because(SecondFactorError::IsOn))
        }
    }
}

/// Whether what was begun then can still be finished at `now`, both in microseconds since 1970.
pub(super) fn is_fresh(made_at: i64, now: i64) -> bool {
    now.saturating_sub(made_at) < crate::access::tries::micros(BEGUN_GOOD)
}
