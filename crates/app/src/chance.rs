//! Randomness as it is handed to the desk: codes, nonces, keys, ids.

use jiff::Timestamp;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use std::sync::{Mutex, PoisonError};
use store::Id;
use uuid::Builder;

/// The source of all that is random in the desk. The program seeds it from the operating system; tests seed it with a number
/// of theirs.
#[derive(Debug)]
pub struct Chance(Mutex<ChaCha20Rng>);

impl Chance {
    /// The source of that seed. Codes and keys come from it: a real desk needs 32 bytes that nobody can guess.
    pub fn new(seed: [u8; 32]) -> Self {
        Self(Mutex::new(ChaCha20Rng::from_seed(seed)))
    }

    /// A stream of its own for one use, so that nobody waits while another draws.
    pub(crate) fn draw(&self) -> Draw {
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Draw(ChaCha20Rng::from_rng(&mut *source))
    }
}

/// A stream of random numbers.
pub(crate) struct Draw(pub(crate) ChaCha20Rng);

impl Draw {
    /// The stream of that seed.
    pub(crate) fn of(seed: [u8; 32]) -> Self {
        Self(ChaCha20Rng::from_seed(seed))
    }

    /// So many random bytes.
    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    /// The same stream from where it is, for a unit that may run again.
    pub(crate) fn again(&self) -> Self {
        Self(self.0.clone())
    }

    /// An id made at `at`: later ids sort after earlier ones, so that rows of one time lie together.
    pub(crate) fn id<Of>(&mut self, at: Timestamp) -> Id<Of> {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
        Id::new(Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid())
    }
}
