//! Keys that were found good: remembered for one generation of the desk, so that recognising them again asks no database. Where
//! this is relied on is the [`Counter`](super::Counter), and the gate, which goes on while the database is away.

use super::{Credential, Principal, tries::micros};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

/// How long a key is remembered at most, also where no generation ends: a database that was put right by hand, or whose last
/// changes were lost with a server, is believed soon.
const LONGEST: SignedDuration = SignedDuration::from_secs(10);
/// Keys remembered at most; with one more all are forgotten. Each takes some hundred bytes.
const MOST: usize = 10_000;

/// The keys that are remembered, by the digests of their tokens.
#[derive(Debug, Default)]
pub(crate) struct KnownKeys(RwLock<HashMap<[u8; 32], Arc<Good>>>);

/// A key that was found good in one generation of the desk. It is good until the next one, or until it expires.
#[derive(Debug)]
pub(crate) struct Good {
    pub(super) credential: Credential,
    pub(super) principal: Principal,
    pub(super) generation: i64,
    pub(super) read_at: Timestamp,
    /// When it was last believed although the database did not say so, in microseconds since 1970.
    pub(super) believed_at: AtomicI64,
    /// Whether that was because the database did not answer.
    pub(super) away: AtomicBool,
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

    pub(super) fn is_away(&self) -> bool {
        self.away.load(Ordering::Relaxed)
    }
}

impl KnownKeys {
    /// The key, if it was found good in that generation and has not expired since.
    pub(super) fn find(&self, credential: &Credential, generation: i64, now: Timestamp) -> Option<Arc<Good>> {
        self.lately(credential, LONGEST, now).filter(|good| good.generation == generation)
    }

    /// The key, if it was found good no longer than that ago, in whatever generation, and has not expired since.
    pub(super) fn lately(
        &self,
        credential: &Credential,
        longest: SignedDuration,
        now: Timestamp,
    ) -> Option<Arc<Good>> {
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let good = keys.get(&credential.digest)?;
        let expired = good.expires_at.is_some_and(|expires_at| now.as_microsecond() >= expires_at);
        let old = now.duration_since(good.read_at) > longest;
        (!expired && !old).then(|| Arc::clone(good))
    }

    /// Remembers a key, unless it is remembered from a later generation.
    pub(super) fn keep(&self, good: &Arc<Good>) {
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let there = keys.get(&good.credential.digest);
        if there.is_some_and(|there| there.generation > good.generation) {
            return;
        }
        if there.is_none() && keys.len() >= MOST {
            keys.clear();
        }
        keys.insert(good.credential.digest, Arc::clone(good));
    }

    /// Forgets a key that is not good any longer.
    pub(super) fn forget(&self, credential: &Credential) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&credential.digest);
    }
}
