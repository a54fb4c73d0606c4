//! Passwords: hashed with argon2id, few at a time, away from the threads that serve.

use super::{
    ShownOnce,
    token::{base32, grouped},
};
use crate::{
    chance::Draw,
    failure::DeskError,
    turns::{Turn, Turns},
};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use zeroize::Zeroizing;

/// Memory of one hash in KiB: the second choice of OWASP's password storage cheat sheet (19 MiB, 2 passes, 1 lane), so that
/// two at once stay within the memory that an idle desk may use.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over that memory.
const PASSES: u32 = 2;
/// Lanes: more would need threads of their own.
const LANES: u32 = 1;
/// Bytes of a salt (RFC 9106).
const SALT_BYTES: usize = 16;

/// Hashes that run at once: a desk on two cores still serves while people sign in.
const AT_ONCE: usize = 2;
/// Hashes that run or wait: at some 30 ms each the last waits about a second. More are told to come again.
const MOST_WAITING: usize = 64;

/// The fewest characters of a password: what OWASP asks of one that nothing else is asked of.
pub const SHORTEST_PASSWORD: usize = 10;
/// The most: a sentence, or what a password manager makes, with room.
pub const LONGEST_PASSWORD: usize = 1000;

/// What an unknown user's password is compared with, so that it takes the same work. Nobody knows what it is the hash of.
const DUMMY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$a2ViZWkgZHVtbXkgc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Words of a one-time password: groups of symbols with 80 bits in all, for it is good for days only.
const ONE_TIME_BYTES: usize = 10;

/// A password as somebody typed it. `Debug` does not show it, and it is wiped when dropped.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// That password.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// What was typed: for hashing it, and for sending it to whoever has to compare it. Nothing of it may be kept or shown.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Password {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// The hash of a password as a PHC string. `Debug` does not show it: it can be tried against.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Hashed(pub(crate) String);

impl fmt::Debug for Hashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hashed(…)")
    }
}

/// Hashes passwords, in turn.
#[derive(Debug)]
pub(crate) struct Passwords {
    turns: Turns,
    done: Arc<AtomicU64>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { turns: Turns::new(AT_ONCE, MOST_WAITING), done: Arc::default() }
    }
}

impl Passwords {
    /// A place in the queue, before anything else is done; [`DeskError::Busy`] when it is full.
    pub(crate) fn turn(&self) -> Result<Turn, DeskError> {
        self.turns.turn()
    }

    /// How many hashes were computed.
    pub(crate) fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// The hash of a password.
    pub(crate) async fn hash(&self, password: Password, draw: &mut Draw) -> Result<Hashed, DeskError> {
        let turn = self.turn()?;
        let salt = draw.bytes::<SALT_BYTES>();
        let hash = move || {
            let hash = hasher()?.hash_password_with_salt(password.text().as_bytes(), &salt);
            hash.map(|hash| Hashed(hash.to_string())).map_err(|error| fault(&error))
        };
        self.in_turn(turn, hash).await?
    }

    /// Whether the password is the one of that hash. Without a hash the answer is no, after the same work.
    pub(crate) async fn verify(
        &self,
        turn: Turn,
        password: Password,
        hash: Option<String>,
    ) -> Result<bool, DeskError> {
        let known = hash.is_some() && password.text().chars().count() <= LONGEST_PASSWORD;
        let verify = move || {
            let hash = hash.as_deref().unwrap_or(DUMMY);
            let same = hasher()?.verify_password(password.text().as_bytes(), hash).is_ok();
            Ok(same && known)
        };
        self.in_turn(turn, verify).await?
    }

    /// Runs `work` when it is its turn, and counts it.
    async fn in_turn<T: Send + 'static>(
        &self,
        turn: Turn,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, DeskError> {
        let done = Arc::clone(&self.done);
        let counted = move || {
            done.fetch_add(1, Ordering::Relaxed);
            work()
        };
        self.turns.take(turn, counted).await
    }
}

fn hasher() -> Result<Argon2<'static>, DeskError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| fault(&error))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn fault(fault: &dyn fmt::Display) -> DeskError {
    DeskError::Password(fault.to_string())
}

/// A new one-time password, such as `mzxw-6ytb-oi3a-5dkq`.
pub(crate) fn one_time(draw: &mut Draw) -> ShownOnce {
    ShownOnce::new(grouped(&base32(&draw.bytes::<ONE_TIME_BYTES>()), '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dummy_takes_the_work_of_a_real_hash() {
        let real = hasher().unwrap().hash_password_with_salt(b"a password", &[7; SALT_BYTES]).unwrap();
        let shape = |hash: &str| {
            let parts: Vec<String> = hash.split('$').map(str::to_owned).collect();
            (parts[1].clone(), parts[2].clone(), parts[3].clone(), parts[4].len(), parts[5].len())
        };
        assert_eq!(shape(DUMMY), shape(&real.to_string()));
        assert!(hasher().unwrap().verify_password(b"a password", DUMMY).is_err());
        assert!(hasher().unwrap().verify_password(b"a password", real.to_string().as_str()).is_ok());
        let parsed = argon2::password_hash::phc::PasswordHash::new(DUMMY).unwrap();
        assert!(parsed.hash.is_some(), "it is read, so that it is compared with");
    }
}
