//! What signed requests carry so that nobody sends one again: taken once for a key, and kept for longer than a request is good.

use crate::{
    Desk, Worker,
    failure::{DeskError, Failed},
};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::{ApiKeyId, Tx, Unit, nonces};

/// How far the time that a signed request says may be from the desk's, either way.
pub const MOST_APART: SignedDuration = SignedDuration::from_mins(15);
/// How long a nonce is kept: a request whose time lay ahead as far as it may is good for twice that long.
const KEPT: SignedDuration = SignedDuration::from_mins(30);
/// How long until it is looked again which are kept no longer.
const PERIOD: SignedDuration = SignedDuration::from_mins(1);

impl Desk {
    /// Takes a nonce for a key; `false` where it was taken before.
    pub async fn take_nonce(&self, key: ApiKeyId, nonce: &str) -> Result<bool, DeskError> {
        let (digest, at) = (Sha256::digest(nonce.as_bytes()).into(), self.now().as_microsecond());
        self.write::<_, DeskError>(|_| Ok(Take { key, digest, at })).await
    }

    /// Forgets the nonces that are kept no longer; how many these were.
    pub async fn forget_nonces(&self, now: Timestamp) -> Result<u64, DeskError> {
        let until = (now - KEPT).as_microsecond();
        self.write::<_, DeskError>(|_| Ok(Forget(until))).await
    }
}

struct Take {
    key: ApiKeyId,
    digest: [u8; 32],
    at: i64,
}

impl Unit for Take {
    type Output = bool;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, Self::Error> {
        Ok(nonces::take(tx, self.key, &self.digest, self.at).await?)
    }
}

struct Forget(i64);

impl Unit for Forget {
    type Output = u64;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64, Self::Error> {
        Ok(nonces::forget(tx, self.0).await?)
    }
}

/// The worker that forgets nonces.
#[derive(Clone, Debug)]
pub struct Nonces(Desk);

impl Nonces {
    /// Of that desk.
    pub const fn new(desk: Desk) -> Self {
        Self(desk)
    }
}

impl Worker for Nonces {
    fn name(&self) -> &'static str {
        "access.nonces"
    }

    async fn step(&self, now: Timestamp) -> Option<Timestamp> {
        if let Err(error) = self.0.forget_nonces(now).await {
            tracing::error!(event = "access.nonces_not_forgotten", %error);
        }
        now.checked_add(PERIOD).ok()
    }
}
