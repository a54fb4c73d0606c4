//! Randomness as it is handed to the desk: codes, nonces, keys, ids.

use jiff::Timestamp;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use std::sync::{Mutex, PoisonError};
use store::Id;
use uuid::Builder;

/// One stream of random numbers, shared by all that the desk does. The program seeds it from the operating system; tests
/// seed it with a number of theirs.
#[derive(Debug)]
pub struct Chance(Mutex<ChaCha20Rng>);

impl Chance {
    /// The stream of that seed. Codes and keys are drawn from it: a real desk needs 32 bytes that nobody can guess.
    pub fn new(seed: [u8; 32]) -> Self {
        Self(Mutex::new(ChaCha20Rng::from_seed(seed)))
    }

    /// Lends the stream; whatever belongs together is drawn in one go.
    pub(crate) fn draw<T>(&self, from: impl FnOnce(&mut Draw<'_>) -> T) -> T {
        from(&mut Draw(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// The stream while it is lent.
pub(crate) struct Draw<'c>(pub(crate) &'c mut ChaCha20Rng);

impl Draw<'_> {
    /// So many random bytes.
    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    /// An id made at `at`: later ids sort after earlier ones, so that rows of one time lie together.
    pub(crate) fn id<Of>(&mut self, at: Timestamp) -> Id<Of> {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
        Id::new(Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid())
    }
}
