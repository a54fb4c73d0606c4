//! The one place where the program asks the operating system for randomness.

use zeroize::Zeroizing;

/// 32 bytes that nobody can guess, to seed what codes and keys are drawn from.
pub(crate) fn seed() -> Result<Zeroizing<[u8; 32]>, getrandom::Error> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut())?;
    Ok(seed)
}
