//! The token that every form of the console carries, so that only a page of ours can have it sent: made from the token of the session,
//! or from the cookie of a visit, and written differently each time, because pages are compressed.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Bytes of a token: nobody guesses 128 bits.
const BYTES: usize = 16;

/// The token for forms of whoever has that secret, written with `mask`.
pub(crate) fn made(secret: &str, mask: [u8; BYTES]) -> String {
    let mut written = [0; 2 * BYTES];
    let (first, second) = written.split_at_mut(BYTES);
    first.copy_from_slice(&mask);
    for (to, (mask, plain)) in second.iter_mut().zip(mask.into_iter().zip(plain(secret))) {
        *to = mask ^ plain;
    }
    BASE64_URL_SAFE_NO_PAD.encode(written)
}

/// Whether `written` is such a token. It takes as long however much of it is right.
pub(crate) fn is_of(secret: &str, written: &str) -> bool {
    let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(written) else { return false };
    let Some((mask, masked)) = bytes.split_at_checked(BYTES).filter(|(_, masked)| masked.len() == BYTES)
    else {
        return false;
    };
    let pairs = masked.iter().zip(mask.iter().zip(plain(secret)));
    pairs.fold(0, |unlike, (masked, (mask, plain))| unlike | (masked ^ mask ^ plain)) == 0
}

fn plain(secret: &str) -> [u8; BYTES] {
    let digest: [u8; 32] = Sha256::new().chain_update("kebei form\0").chain_update(secret).finalize().into();
    let mut plain = [0; BYTES];
    for (to, from) in plain.iter_mut().zip(digest) {
        *to = from;
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_secret_alone_and_never_written_alike() {
        let (one, other) = (made("kbs_a", [7; 16]), made("kbs_a", [8; 16]));
        assert_ne!(one, other);
        assert!(is_of("kbs_a", &one) && is_of("kbs_a", &other));
        assert!(!is_of("kbs_b", &one));
        let mut changed = one.clone().into_bytes();
        changed[30] = if changed[30] == b'A' { b'B' } else { b'A' };
        for wrong in ["", "A", &one[..42], &format!("{one}{one}"), &String::from_utf8(changed).unwrap()] {
            assert!(!is_of("kbs_a", wrong), "{wrong}");
        }
    }
}
