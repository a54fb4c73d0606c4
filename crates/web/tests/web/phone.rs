//! An authenticator app on somebody's phone: a second, plain reading of RFC 6238.

use app::Desk;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

pub(crate) struct Phone(Vec<u8>);

impl Phone {
    /// With that secret, as people type it.
    pub(crate) fn knowing(secret: &str) -> Self {
        let symbols = secret.bytes().filter(|symbol| *symbol != b' ');
        let known = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let values = symbols.map(|symbol| known.iter().position(|known| *known == symbol).unwrap());
        let bits: Vec<usize> =
            values.flat_map(|value| (0..5).rev().map(move |bit| value >> bit & 1)).collect();
        let byte = |eight: &[usize]| eight.iter().fold(0, |byte, bit| byte << 1 | bit);
        Self(bits.chunks_exact(8).map(|eight| u8::try_from(byte(eight)).unwrap()).collect())
    }

    /// What it shows now.
    pub(crate) fn shows(&self, desk: &Desk) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).unwrap();
        mac.update(&(desk.now().as_second() / 30).to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let at = usize::from(digest[19] & 15);
        let number = u32::from_be_bytes(digest[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    }

    /// Something else.
    pub(crate) fn never_shows(&self, desk: &Desk) -> String {
        let shown: u32 = self.shows(desk).parse().unwrap();
        format!("{:06}", (shown + 1) % 1_000_000)
    }
}
