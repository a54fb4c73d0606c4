//! Password hashes that were made elsewhere: what is bounded before anything is compared with them.

use argon2::{Algorithm, Params, Version, password_hash::phc::PasswordHash};
use std::fmt;

/// The most memory, in KiB, that comparing with a hash made elsewhere may take.
const MOST_MEMORY: u32 = 256 * 1024;
/// The most passes over it.
const MOST_PASSES: u32 = 10;
/// The most lanes.
const MOST_LANES: u32 = 4;
/// Longest PHC string: salt and hash of 64 bytes each take less.
const LONGEST_PHC: usize = 300;

/// A password hash in the form of a PHC string, that may be compared with: Argon2id, and not too costly.
#[derive(Clone, PartialEq, Eq)]
pub struct Phc(String);

/// Why a text is no [`Phc`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPhc {
    /// It is no PHC string, a parameter is missing or there twice, or salt or hash are missing or too short.
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
        // Of a parameter that stands there twice, readers take the one or the other.
        let once = |name: &str| hash.params.iter().filter(|(found, _)| found.as_str() == name).count() == 1;
        let whole = ["m", "t", "p"].into_iter().all(once)
            && hash.salt.is_some_and(|salt| salt.len() >= Self::SHORTEST.0)
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

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::{Argon2, password_hash::PasswordHasher};
    use proptest::prelude::*;

    const GOOD: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$S2ViZWkga25vd3Mgbm8$EqdS8OaEHK9LxMvgdTSuXhYCbALvbCEs8HDfbXpwyHk";

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
        for parameters in ["p=19456,t=2,p=1", "m=19456,t=2", "m=19456,m=19456,t=2,p=1"] {
            assert_eq!(of(&format!("$argon2id$v=19${parameters}")), Some(BadPhc::Malformed), "{parameters}");
        }
        for broken in
            ["", "$", "secret", "$argon2id$v=19$m=65536,t=2,p=1", "$2y$10$abcdefghijklmnopqrstuv", &long]
        {
            assert!(Phc::parse(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn a_hash_is_not_shown() {
        assert_eq!(format!("{:?}", Phc::parse(GOOD).unwrap()), "Phc(•••)");
    }
    /// A second, plain reading of a PHC string: what is accepted must look so.
    fn is_bounded(text: &str) -> bool {
        let parts: Vec<&str> = text.split('$').collect();
        let ["", "argon2id", "v=19", parameters, salt, hash] = parts[..] else { return false };
        let most = |name: &str| match name {
            "m" => MOST_MEMORY,
            "t" => MOST_PASSES,
            "p" => MOST_LANES,
            _ => 0,
        };
        let bounded = |parameter: &str| {
            let (name, value) = parameter.split_once('=').unwrap_or_default();
            // Key id and data are not compared with, whatever they are.
            matches!(name, "keyid" | "data") || value.parse::<u32>().is_ok_and(|value| value <= most(name))
        };
        // Base 64 has four symbols for three bytes.
        let bytes = |text: &str| text.len() * 3 / 4;
        text.len() <= LONGEST_PHC
            && parameters.split(',').all(bounded)
            && bytes(salt) >= Phc::SHORTEST.0
            && bytes(hash) >= Phc::SHORTEST.1
    }

    /// Hashes on both sides of every bound, most of them good but for one thing at most.
    fn whole() -> impl Strategy<Value = String> {
        let around =
            |most: u32| prop_oneof![8 => most - 2..=most, 1 => most + 1..most + 3, 1 => any::<u32>()];
        let symbol = prop::sample::select(b"ABCDwxyz0189+/".to_vec());
        // Whole groups of four: every one of them stands for three bytes.
        let text = prop::collection::vec(prop::array::uniform4(symbol), 2..30);
        let text = text.prop_map(|groups| String::from_utf8(groups.concat()).unwrap());
        let function = prop_oneof![9 => Just("argon2id"), 1 => prop::sample::select(vec!["argon2i", "argon2d", "scrypt"])];
        let version = prop_oneof![9 => Just("v=19$"), 1 => prop::sample::select(vec!["v=16$", "v=20$", ""])];
        (function, version, around(MOST_MEMORY), around(MOST_PASSES), around(MOST_LANES), text.clone(), text)
            .prop_map(|(function, version, m, t, p, salt, hash)| {
                format!("${function}${version}m={m},t={t},p={p}${salt}${hash}")
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn whatever_comes_is_refused_or_bounded(text in prop_oneof![
            "\\PC{0,80}",
            "[$]?argon2id[$]v=19[$]([mtp]=[0-9]{1,10},?){0,4}[$][A-Za-z0-9+/=]{0,90}[$][A-Za-z0-9+/=]{0,200}",
            whole(),
        ]) {
            if let Ok(phc) = Phc::parse(&text) {
                prop_assert!(is_bounded(&text), "{}", text);
                prop_assert_eq!(phc.as_str(), text);
            }
        }

        #[test]
        fn a_good_one_that_was_damaged_is_refused_or_bounded(at in 0_usize..94, with in any::<char>(), cut in any::<bool>()) {
            let mut text: Vec<char> = GOOD.chars().collect();
            if cut {
                text.remove(at);
            } else {
                text[at] = with;
            }
            let text: String = text.into_iter().collect();
            if Phc::parse(&text).is_ok() {
                prop_assert!(is_bounded(&text), "{}", text);
            }
        }

        #[test]
        fn what_a_hasher_within_the_bounds_writes_is_accepted(
            m in 32_u32..64, t in 1_u32..=3, p in 1_u32..=MOST_LANES, salt: [u8; 16], password in "\\PC{0,20}"
        ) {
            let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(m, t, p, None).unwrap());
            let hash = hasher.hash_password_with_salt(password.as_bytes(), &salt).unwrap().to_string();
            prop_assert_eq!(Phc::parse(&hash).map(|phc| phc.as_str().to_owned()), Ok(hash));
        }
    }
}
