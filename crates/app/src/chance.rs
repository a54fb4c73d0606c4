//! Randomness as it is handed to the desk: codes, nonces, keys, ids.

use jiff::Timestamp;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::Id;
use uuid::{Builder, Uuid};

/// The source of all that is random in the desk. The program seeds it from the operating system; tests seed it with a number
/// of theirs.
#[derive(Debug)]
pub struct Chance {
    source: Mutex<ChaCha20Rng>,
    /// The last id that was made in order, as a number.
    last: Mutex<u128>,
}

/// Bits of an id behind its time.
const BEHIND_TIME: u32 = 64;

impl Chance {
    /// The source of that seed. Codes and keys come from it: a real desk needs 32 bytes that nobody can guess.
    pub fn new(seed: [u8; 32]) -> Self {
        Self { source: Mutex::new(ChaCha20Rng::from_seed(seed)), last: Mutex::new(0) }
    }

    /// A stream of its own for one use, so that nobody waits while another draws.
    pub(crate) fn draw(&self) -> Draw {
        Draw(ChaCha20Rng::from_rng(&mut *held(&self.source)))
    }

    /// An id made at `at` that sorts by it to the microsecond, and after those that this process made in order at the same
    /// microsecond: for rows that are read in the order in which they came.
    pub(crate) fn id_in_order<Of>(&self, at: Timestamp) -> Id<Of> {
        let made = self.draw().id_to_the_microsecond(at).as_u128();
        let mut last = held(&self.last);
        *last = if made >> BEHIND_TIME == *last >> BEHIND_TIME { last.saturating_add(1) } else { made };
        Id::new(Uuid::from_u128(*last))
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// A UUID of version 7 that has the microseconds of its millisecond where others have their first random bits (RFC 9562, 6.2,
    /// method 3).
    fn id_to_the_microsecond(&mut self, at: Timestamp) -> Uuid {
        let micros = u64::try_from(at.as_microsecond()).unwrap_or_default();
        let mut behind: [u8; 10] = self.bytes();
        let [high, low] = u16::try_from(micros % 1000).unwrap_or_default().to_be_bytes();
        let [first, second, ..] = &mut behind;
        (*first, *second) = (high, low);
        Builder::from_unix_timestamp_millis(micros / 1000, &behind).into_uuid()
    }
}
