//! The primitives: a secret of 32 bytes, XChaCha20-Poly1305 and the keys derived with HMAC-SHA-256.

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hmac::{Hmac, Mac};
use rand_core::CryptoRng;
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

pub(crate) const SECRET_LEN: usize = 32;
pub(crate) const NONCE_LEN: usize = 24;
/// HMAC pads its key with zeros to a block of the hash.
const SHA256_BLOCK_LEN: usize = 64;
pub(crate) const TAG_LEN: usize = 16;

/// 32 secret bytes, wiped when dropped and never shown.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<[u8; SECRET_LEN]>);

impl Secret {
    pub(crate) fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; SECRET_LEN]);
        rng.fill_bytes(bytes.as_mut());
        Self(bytes)
    }

    /// `None` unless there are exactly 32 bytes.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut secret = Zeroizing::new([0; SECRET_LEN]);
        (bytes.len() == SECRET_LEN).then(|| secret.copy_from_slice(bytes))?;
        Some(Self(secret))
    }

    pub(crate) fn bytes(&self) -> &[u8; SECRET_LEN] {
        &self.0
    }

    /// A key for one use, told apart by `label`: the first block of HKDF-Expand (RFC 5869) over this secret, which is
    /// uniformly random and therefore needs no extraction.
    pub(crate) fn derive(&self, label: &str) -> Self {
        Self(Zeroizing::new(self.mac(&[label.as_bytes(), &[1]])))
    }

    /// HMAC-SHA-256 (RFC 2104) under this secret of the parts one after the other.
    pub(crate) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut block = Zeroizing::new([0; SHA256_BLOCK_LEN]);
        for (to, from) in block.iter_mut().zip(self.bytes()) {
            *to = *from;
        }
        let mut mac = Hmac::<Sha256>::new((&*block).into());
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// Ciphertext followed by its tag; `None` when `plain` is longer than the cipher can take (256 GiB).
    pub(crate) fn encrypt(&self, nonce: &[u8; NONCE_LEN], aad: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
        let payload = Payload { msg: plain, aad };
        self.cipher().encrypt(&XNonce::from(*nonce), payload).ok()
    }

    /// The plaintext; `None` when key, nonce, `aad` or any byte of `body` differ from what was encrypted.
    pub(crate) fn decrypt(
        &self,
        nonce: &[u8; NONCE_LEN],
        aad: &[u8],
        body: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let payload = Payload { msg: body, aad };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).ok().map(Zeroizing::new)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.bytes().into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// A fresh nonce. 24 random bytes do not repeat in practice: 2⁸⁰ values per key before the chance reaches 2⁻³³.
pub(crate) fn nonce(rng: &mut impl CryptoRng) -> [u8; NONCE_LEN] {
    let mut nonce = [0; NONCE_LEN];
    rng.fill_bytes(&mut nonce);
    nonce
}

/// Appends `part` with its length before it, so that parts put together can be cut in one way only.
pub(crate) fn push_part(out: &mut Vec<u8>, part: &[u8]) {
    out.extend_from_slice(&(part.len() as u64).to_be_bytes());
    out.extend_from_slice(part);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unhex(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    }

    #[test]
    fn the_published_vector_of_xchacha20_poly1305_comes_out() {
        // draft-irtf-cfrg-xchacha-03, appendix A.3.1.
        let secret = Secret::from_slice(&(0x80..=0x9f).collect::<Vec<u8>>()).unwrap();
        let nonce: [u8; NONCE_LEN] = (0x40..=0x57).collect::<Vec<u8>>().try_into().unwrap();
        let aad = unhex("50515253c0c1c2c3c4c5c6c7");
        let plain =
            b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
                      sunscreen would be it.";
        let expected = unhex(concat!(
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39",
            "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9",
            "21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49",
        ));
        assert_eq!(secret.encrypt(&nonce, &aad, plain).unwrap(), expected);
        assert_eq!(**secret.decrypt(&nonce, &aad, &expected).unwrap(), *plain);
    }

    #[test]
    fn a_derived_key_is_the_first_block_of_hkdf_expand() {
        // RFC 5869, appendix A.1, cut to the first 32 bytes of its output.
        let prk =
            Secret::from_slice(&unhex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"))
                .unwrap();
        let info = unhex("f0f1f2f3f4f5f6f7f8f9");
        let okm = unhex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
        assert_eq!(prk.mac(&[&info, &[1]]).to_vec(), okm);
        assert_eq!(prk.derive("label").bytes(), &prk.mac(&[b"label", &[1]]));
    }

    #[test]
    fn a_secret_has_32_bytes_and_is_not_shown() {
        assert!(Secret::from_slice(&[7; 31]).is_none());
        assert!(Secret::from_slice(&[7; 33]).is_none());
        assert_eq!(format!("{:?}", Secret::from_slice(&[7; 32]).unwrap()), "(secret)");
    }
}
