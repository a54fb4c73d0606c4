//! Keys that were found good: remembered for one generation of the desk, so that recognising them again asks no database. Where
//! this is relied on is the [`Counter`](super::Counter), and the gate, which goes on while the database is away.

use super::{Credential, Principal, tries::micros};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

/// How long a key is remembered at most, also where no generation ends: a database that was put right by hand, or whose last
/// changes were lost with a server, is believed soon.
const LONGEST: SignedDuration = SignedDuration::from_secs(10);
/// Keys remembered at most; with one more all are forgotten. Each takes some hundred bytes.
const MOST: usize = 10_000;

/// The keys that are remembered.
#[derive(Debug, Default)]
pub(crate) struct KnownKeys(RwLock<Keys>);

#[derive(Debug, Default)]
struct Keys {
    generation: i64,
    by_digest: HashMap<[u8; 32], Arc<Good>>,
}

/// A key that was found good in one generation of the desk. It is good until the next one, or until it expires.
#[derive(Debug)]
pub(crate) struct Good {
    pub(super) credential: Credential,
    pub(super) principal: Principal,
    pub(super) generation: i64,
    pub(super) read_at: Timestamp,
    /// When it was last believed although the database did not say so, in microseconds since 1970.
    pub(super) believed_at: AtomicI64,
    /// Until when, in microseconds since 1970.
    pub(super) expires_at: Option<i64>,
    /// When its last use was noted, or was left to be noted.
    pub(super) used_at: AtomicI64,
}

impl Good {
    /// When its use was last noted; from now on, where that is due again, now.
    pub(super) fn noted(&self, now: Timestamp) -> i64 {
        let (before, now) = (self.used_at.load(Ordering::Relaxed), now.as_microsecond());
        if now.saturating_sub(before) >= micros(super::NOTED_EVERY) {
            self.used_at.store(now, Ordering::Relaxed);
        }
        before
    }

    /// Whether it was believed a moment ago, so that the database need not be asked again yet.
    pub(super) fn was_believed(&self, now: Timestamp) -> bool {
        let since = now.as_microsecond().saturating_sub(self.believed_at.load(Ordering::Relaxed));
        (0..=micros(LONGEST)).contains(&since)
    }

    pub(super) fn believe(&self, now: Timestamp) {
        self.believed_at.store(now.as_microsecond(), Ordering::Relaxed);
    }
}

impl KnownKeys {
    /// The key, if it was found good in that generation and has not expired since.
    pub(super) fn find(&self, credential: &Credential, generation: i64, now: Timestamp) -> Option<Arc<Good>> {
        self.lately(credential, (generation, LONGEST), now)
    }

    /// The same, where it was found good no longer than that ago.
    pub(super) fn lately(
        &self,
        credential: &Credential,
        (generation, longest): (i64, SignedDuration),
        now: Timestamp,
    ) -> Option<Arc<Good>> {
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let good = keys.by_digest.get(&credential.digest).filter(|good| good.generation == generation)?;
        let expired = good.expires_at.is_some_and(|expires_at| now.as_microsecond() >= expires_at);
        let old = now.duration_since(good.read_at) > longest;
        (!expired && !old).then(|| Arc::clone(good))
    }

    /// Remembers a key, and no longer those of an older generation.
    pub(super) fn keep(&self, good: &Arc<Good>) {
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if good.generation > keys.generation || keys.by_digest.len() >= MOST {
            keys.by_digest.clear();
        }
        keys.generation = keys.generation.max(good.generation);
        if good.generation == keys.generation {
            keys.by_digest.insert(good.credential.digest, Arc::clone(good));
        }
    }
}
