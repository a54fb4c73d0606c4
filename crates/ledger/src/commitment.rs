//! What stands in an entry for personal data.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

const HMAC_BLOCK_LEN: usize = 64;

/// The commitment to `value` under the name that it has in the entry: HMAC-SHA-256 under `key` of the length of the name
/// (eight bytes, big endian), the name and the value.
///
/// `key` is 32 random bytes, new for every person or row and stored beside the data. Whoever is shown key and value can check
/// them against the entry. Once the key is erased, the commitment says nothing, however easily the value may be guessed; the
/// entry and its place in the tree stay as they are.
pub fn commitment(key: &[u8; 32], name: &str, value: &[u8]) -> [u8; 32] {
    let mut block = Zeroizing::new([0; HMAC_BLOCK_LEN]);
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    mac.update(&(name.len() as u64).to_be_bytes());
    mac.update(name.as_bytes());
    mac.update(value);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_tells_key_name_and_value_apart() {
        let of = commitment(&[1; 32], "domain", b"example.com");
        assert_eq!(commitment(&[1; 32], "domain", b"example.com"), of);
        assert_ne!(commitment(&[2; 32], "domain", b"example.com"), of);
        assert_ne!(commitment(&[1; 32], "name", b"example.com"), of);
        assert_ne!(commitment(&[1; 32], "domain", b"example.net"), of);
        assert_ne!(commitment(&[1; 32], "domaine", b"xample.com"), of);
    }
}
