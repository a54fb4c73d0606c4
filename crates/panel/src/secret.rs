//! The secret that desk and panel share, and what is signed with it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// The fewest characters of a secret: 32 of a random text are more than anybody can try.
pub const SHORTEST_SECRET: usize = 32;

/// What desk and panel share. `Debug` does not show it, and it is wiped when dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// Why a text is no [`Secret`]. It does not say what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSecret {
    /// It is shorter than [`SHORTEST_SECRET`].
    #[error("the secret has fewer than {SHORTEST_SECRET} characters")]
    TooShort,
    /// It has white space or control characters inside, so that nobody can tell what belongs to it.
    #[error("the secret has spaces or control characters in it")]
    Spaced,
}

impl Secret {
    /// The secret in `text`, without white space around it. Its key is these characters as they stand, decoded from nothing.
    pub fn parse(text: &str) -> Result<Self, BadSecret> {
        let text = text.trim();
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(BadSecret::Spaced);
        }
        if text.chars().count() < SHORTEST_SECRET {
            return Err(BadSecret::TooShort);
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    /// The value of `Kebei-Signature` for a body that is sent at `timestamp`, in seconds since 1970.
    pub(crate) fn signature(&self, timestamp: i64, body: &[u8]) -> String {
        // HMAC takes keys of every length; what is not signed the panel refuses.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()) else { return String::new() };
        mac.update(timestamp.to_string().as_bytes());
        mac.update(b".");
        mac.update(body);
        let digits = mac.finalize().into_bytes().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
        "v1=".chars().chain(digits.filter_map(|digit| char::from_digit(digit.into(), 16))).collect()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_and_in_one_piece() {
        let long = "k".repeat(SHORTEST_SECRET);
        assert!(Secret::parse(&format!("  {long}\n")).is_ok());
        assert_eq!(Secret::parse(&long[1..]).unwrap_err(), BadSecret::TooShort);
        assert_eq!(Secret::parse("").unwrap_err(), BadSecret::TooShort);
        for spaced in [" ", "\n", "\u{0}", "\u{3000}"] {
            assert_eq!(Secret::parse(&format!("{long}{spaced}{long}")).unwrap_err(), BadSecret::Spaced);
        }
        assert_eq!(format!("{:?}", Secret::parse(&long).unwrap()), "Secret(…)");
    }

    /// The example in the two pages for whoever builds a panel, recomputed from what they say.
    #[test]
    fn the_worked_example_of_the_documentation_is_right() {
        for page in
            [include_str!("../../../docs/verify-url.zh.md"), include_str!("../../../docs/verify-url.en.md")]
        {
            let value = |name: &str| {
                let line = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
                line.unwrap_or_else(|| panic!("`{name}: …` is on the page")).to_owned()
            };
            let body =
                page.lines().find(|line| line.starts_with("{\"product\"")).expect("the body is on the page");
            let secret = Secret::parse(&value("verify_url_secret_file")).unwrap();
            let timestamp = value("Kebei-Timestamp").parse().unwrap();
            assert_eq!(value("Kebei-Signature"), secret.signature(timestamp, body.as_bytes()));
            let openssl = format!(
                "printf '%s' '{timestamp}.{body}' | openssl dgst -sha256 -hmac '{}'",
                value("verify_url_secret_file")
            );
            assert!(page.contains(&openssl), "the page shows how to recompute it: {openssl}");
        }
    }
}
