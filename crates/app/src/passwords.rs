//! Passwords: hashed and compared with Argon2id, a few at a time, off the threads that answer.

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash,
};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// How many are worked on at a time: each takes some 20 MiB, and the time of one core.
const AT_A_TIME: usize = 2;
/// How many may wait for their turn: a second or two of work. More are turned away at once.
const MOST_WAITING: usize = 64;
/// Memory of a hash that the desk makes, in KiB, with its passes and lanes: what OWASP recommends.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// The most memory, in KiB, that comparing with a hash made elsewhere may take.
const MOST_MEMORY: u32 = 256 * 1024;
/// The most passes over it.
const MOST_PASSES: u32 = 10;
/// The most lanes.
const MOST_LANES: u32 = 4;
/// Longest PHC string: salt and hash of 64 bytes each take less.
const LONGEST_PHC: usize = 300;
/// Longest password, in bytes: more is no password, and costs time to look at.
const LONGEST: usize = 1024;
/// What is compared with where there is nothing to compare with: so that it takes as long.
const DUMMY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$S2ViZWkga25vd3Mgbm8$EqdS8OaEHK9LxMvgdTSuXhYCbALvbCEs8HDfbXpwyHk";

/// A password as it was typed. It is not shown, and is wiped when it is no longer needed.
#[derive(Clone)]
pub struct Password(Arc<Zeroizing<String>>);

/// A text that is no password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a password has 1 to {LONGEST} bytes")]
pub struct BadPassword;

impl Password {
    /// The password of that text, to the last space.
    pub fn new(text: impl Into<Zeroizing<String>>) -> Result<Self, BadPassword> {
        let text = text.into();
        if (1..=LONGEST).contains(&text.len()) { Ok(Self(Arc::new(text))) } else { Err(BadPassword) }
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(•••)")
    }
}

/// A password hash in the form of a PHC string, that may be compared with: Argon2id, and not too costly.
#[derive(Clone, PartialEq, Eq)]
pub struct Phc(String);

/// Why a text is no [`Phc`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPhc {
    /// It is no PHC string, or salt or hash are missing or too short.
    #[error("it is not a whole PHC string")]
    Malformed,
    /// It was made by another function, or an older version.
    #[error("it is not of argon2id, version 19")]
    OtherFunction,
    /// Comparing with it would take too much.
    #[error("it takes more than {MOST_MEMORY} KiB of memory, {MOST_PASSES} passes or {MOST_LANES} lanes")]
    TooCostly,
}

impl Phc {
    /// Shortest salt and hash, in bytes.
    const SHORTEST: (usize, usize) = (8, 16);

    /// The hash that `text` is.
    pub fn parse(text: &str) -> Result<Self, BadPhc> {
        if text.len() > LONGEST_PHC {
            return Err(BadPhc::Malformed);
        }
        let hash = PasswordHash::new(text).map_err(|_| BadPhc::Malformed)?;
        if hash.algorithm != Algorithm::Argon2id.ident() || hash.version != Some(Version::V0x13.into()) {
            return Err(BadPhc::OtherFunction);
        }
        let whole = hash.salt.is_some_and(|salt| salt.len() >= Self::SHORTEST.0)
            && hash.hash.is_some_and(|output| output.len() >= Self::SHORTEST.1);
        let cost = Params::try_from(&hash).map_err(|_| BadPhc::Malformed)?;
        if !whole {
            return Err(BadPhc::Malformed);
        }
        let dear = cost.m_cost() > MOST_MEMORY || cost.t_cost() > MOST_PASSES || cost.p_cost() > MOST_LANES;
        if dear { Err(BadPhc::TooCostly) } else { Ok(Self(text.to_owned())) }
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Phc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phc(•••)")
    }
}

/// Why a password was not worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordsError {
    /// Too many wait for their turn. Trying again later helps.
    #[error("too many passwords wait to be compared")]
    Busy,
    /// The work broke off, or the process is ending.
    #[error("the password could not be worked on")]
    Failed,
}

/// Where passwords are worked on. Clones share the queue.
#[derive(Clone)]
pub struct Passwords(Arc<Inner>);

struct Inner {
    turns: Semaphore,
    waiting: AtomicUsize,
    worked: AtomicU64,
}

impl Default for Passwords {
    fn default() -> Self {
        let turns = Semaphore::new(AT_A_TIME);
        Self(Arc::new(Inner { turns, waiting: AtomicUsize::new(0), worked: AtomicU64::new(0) }))
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Passwords({} hashes)", self.hashes())
    }
}

impl Passwords {
    /// Hashes `password` with that salt, which must be random.
    pub async fn hash(&self, password: &Password, salt: [u8; 16]) -> Result<Phc, PasswordsError> {
        let password = password.clone();
        let work = move || {
            let (memory, passes, lanes) = COST;
            let cost = Params::new(memory, passes, lanes, None).ok()?;
            let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost);
            let hash = argon2.hash_password_with_salt(password.bytes(), &salt).ok()?;
            Some(Phc(hash.to_string()))
        };
        self.turn(work).await?.ok_or(PasswordsError::Failed)
    }

    /// Whether `password` is that of `hash`. Without a hash it is not, which takes as long.
    pub async fn matches(&self, password: &Password, hash: Option<&str>) -> Result<bool, PasswordsError> {
        let there = hash.is_some();
        let (password, hash) = (password.clone(), hash.unwrap_or(DUMMY).to_owned());
        let same = self.turn(move || Argon2::default().verify_password(password.bytes(), hash.as_str()));
        Ok(same.await?.is_ok() && there)
    }

    /// How many hashes were made so far, each of them the work of one comparison.
    pub fn hashes(&self) -> u64 {
        self.0.worked.load(Ordering::Relaxed)
    }

    /// Does `work` when it is its turn.
    async fn turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordsError> {
        let _place = Place::take(&self.0)?;
        let inner = Arc::clone(&self.0);
        // The permit goes with the work, which ends even when nobody waits for it any more.
        let turn = self.0.turns.acquire().await.map_err(|_| PasswordsError::Failed)?;
        turn.forget();
        let done = tokio::task::spawn_blocking(move || {
            let _turn = Turn(Arc::clone(&inner));
            inner.worked.fetch_add(1, Ordering::Relaxed);
            work()
        });
        done.await.map_err(|_| PasswordsError::Failed)
    }
}

/// A turn, given back when the work is done or broke off.
struct Turn(Arc<Inner>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.turns.add_permits(1);
    }
}

/// A place among those who wait.
struct Place<'p>(&'p Inner);

impl<'p> Place<'p> {
    fn take(inner: &'p Inner) -> Result<Self, PasswordsError> {
        let place = Self(inner);
        let before = inner.waiting.fetch_add(1, Ordering::Relaxed);
        if before < MOST_WAITING + AT_A_TIME { Ok(place) } else { Err(PasswordsError::Busy) }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::new(text.to_owned()).unwrap()
    }

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other() {
        let passwords = Passwords::default();
        let hash = passwords.hash(&password("hunter2 "), [7; 16]).await.unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_eq!(Phc::parse(hash.as_str()), Ok(hash.clone()));
        for (typed, same) in [("hunter2 ", true), ("hunter2", false), ("Hunter2 ", false)] {
            assert_eq!(passwords.matches(&password(typed), Some(hash.as_str())).await, Ok(same), "{typed}");
        }
        assert_eq!(passwords.hashes(), 4);
    }

    #[tokio::test]
    async fn without_a_hash_nothing_matches_and_the_same_work_is_done() {
        assert!(Phc::parse(DUMMY).is_ok(), "it costs what the desk's own hashes do");
        let passwords = Passwords::default();
        assert_eq!(passwords.matches(&password("anything"), None).await, Ok(false));
        assert_eq!(passwords.hashes(), 1);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_comes_to_a_full_queue_is_turned_away_and_the_queue_empties() {
        let passwords = Passwords::default();
        let anything = password("anything");
        let all = (0..MOST_WAITING + AT_A_TIME + 3).map(|_| passwords.matches(&anything, None));
        let all = futures_util::future::join_all(all).await;
        assert_eq!(all.iter().filter(|told| **told == Err(PasswordsError::Busy)).count(), 3);
        assert_eq!(passwords.matches(&anything, None).await, Ok(false));
        assert_eq!(passwords.0.turns.available_permits(), AT_A_TIME);
    }

    #[test]
    fn hashes_from_outside_are_bounded() {
        let salt_and_hash = "$S2ViZWkga25vd3Mgbm8$EqdS8OaEHK9LxMvgdTSuXhYCbALvbCEs8HDfbXpwyHk";
        let of = |head: &str| Phc::parse(&format!("{head}{salt_and_hash}")).err();
        assert_eq!(of("$argon2id$v=19$m=262144,t=10,p=4"), None);
        for dear in ["m=262145,t=10,p=4", "m=262144,t=11,p=4", "m=262144,t=10,p=5", "m=4294967295,t=1,p=1"] {
            assert_eq!(of(&format!("$argon2id$v=19${dear}")), Some(BadPhc::TooCostly), "{dear}");
        }
        for other in
            ["$argon2i$v=19$m=65536,t=2,p=1", "$argon2d$v=19$m=65536,t=2,p=1", "$scrypt$ln=15,r=8,p=1"]
        {
            assert_eq!(of(other), Some(BadPhc::OtherFunction), "{other}");
        }
        assert_eq!(of("$argon2id$v=16$m=65536,t=2,p=1"), Some(BadPhc::OtherFunction));
        let long = format!("$argon2id$v=19$m=65536,t=2,p=1$S2ViZWkga25vd3Mgbm8${}", "A".repeat(4000));
        for broken in
            ["", "$", "secret", "$argon2id$v=19$m=65536,t=2,p=1", "$2y$10$abcdefghijklmnopqrstuv", &long]
        {
            assert!(Phc::parse(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn neither_passwords_nor_hashes_are_shown() {
        let shown = format!("{:?} {:?}", password("hunter2"), Phc::parse(DUMMY).unwrap());
        assert_eq!(shown, "Password(•••) Phc(•••)");
        assert_eq!(Password::new(String::new()).unwrap_err(), BadPassword);
        assert_eq!(Password::new("x".repeat(1025)).unwrap_err(), BadPassword);
    }
}
