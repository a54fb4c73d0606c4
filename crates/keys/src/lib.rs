//! The keyring: how values that must stay secret are stored, and how they are found again.
//!
//! A [`MasterKey`] lives outside the database and does nothing but wrap other keys. Those, one or more for each
//! [`Purpose`], are stored wrapped beside the data as [`StoredKey`]s, so that a stolen database opens nothing and a new
//! master key costs a handful of rows instead of all of them.
//!
//! - A [`Keyring`] seals values and opens them. Every value is bound to its [`Place`], so that what was sealed for one row
//!   is refused in another.
//! - An [`OwnKey`] seals what belongs to one owner, so that destroying it erases all of that.
//! - A [`Lookup`] hashes values under a key, so that a row can be found by a value that the database does not know.
//!
//! Rotation is made of pure steps; the caller stores what they give. For values: [`Keyring::next_key`], then
//! [`Keyring::reseal`] row by row until [`key_id_of`] names the retired key nowhere, then the retired key is deleted. For
//! hashes: [`Lookup::next_key`], then the rows are hashed anew while [`Lookup::hashes`] finds both kinds. For the master
//! key: [`rewrap`].
//!
//! Nothing here reads a file, an environment or a clock; randomness is handed in. No error and no `Debug` carries a secret.
//!
//! ```
//! # use keys::{Keyring, MasterKey, Place, Purpose};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let mut rng = <rand_chacha::ChaCha20Rng as rand_chacha::rand_core::SeedableRng>::from_seed([7; 32]);
//! const CODES: Purpose = Purpose::new("code");
//! let master = MasterKey::generate(&mut rng);
//! let first = Keyring::next_key(&master, &CODES, &[], &mut rng)?.added;
//!
//! let keyring = Keyring::unlock(&master, &CODES, &[first])?;
//! let place = Place { table: "code", column: "text", row: b"018f-42" };
//! let sealed = keyring.seal(place, b"01234-56789-ABCDE-FGHJW", &mut rng)?;
//! assert_eq!(**keyring.open(place, &sealed)?, *b"01234-56789-ABCDE-FGHJW");
//! # Ok(())
//! # }
//! ```

mod cipher;
mod keyring;
mod lookup;
mod master;
mod own;
mod sealed;
mod stored;

pub use keyring::{Keyring, OpenError, ResealError, SealError};
pub use lookup::{Hashes, Lookup, LookupError};
pub use master::{Fingerprint, MasterKey, MasterKeyError};
pub use own::{OWN_OVERHEAD, OwnKey, OwnOpenError};
pub use sealed::{HeaderError, MAX_PLAINTEXT, OVERHEAD, Place, key_id_of, sealed_prefix};
pub use stored::{
    KeyId, KeyState, Purpose, RotateError, Rotation, StoredKey, UnlockError, UnwrapError, WRAPPED_LEN, rewrap,
};
