//! Networks as an operator writes them.

use std::{fmt, net::IpAddr, str::FromStr};

/// A network: an address and how many of its first bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u8,
}

/// Why a text is no [`Network`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadNetwork {
    /// It is not of the form `10.1.0.0/16`, `10.1.2.3`, `fd00::/8` or `fd00::1`.
    #[error("it is no address, and no network such as 10.1.0.0/16")]
    Malformed,
    /// Bits behind those that count are set: perhaps the address is wrong, perhaps the length.
    #[error("`{0}` is inside that network and does not name it")]
    Inside(IpAddr),
}

impl Network {
    /// The network of the first `bits` bits of `base`, which says no more than that; for the tables of this crate.
    pub(crate) const fn new(base: IpAddr, bits: u8) -> Self {
        Self { base, bits }
    }

    /// Whether `address` is in it. An IPv4 address is in no IPv6 network.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.base, address) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                same(u128::from(base.to_bits()), u128::from(address.to_bits()), 32, self.bits)
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                same(base.to_bits(), address.to_bits(), 128, self.bits)
            }
            _ => false,
        }
    }
}

/// Whether the first `bits` of `width` bits are the same.
fn same(one: u128, other: u128, width: u8, bits: u8) -> bool {
    let rest = u32::from(width.saturating_sub(bits));
    (one ^ other).checked_shr(rest).unwrap_or_default() == 0
}

impl FromStr for Network {
    type Err = BadNetwork;

    fn from_str(text: &str) -> Result<Self, BadNetwork> {
        let (base, bits) = match text.split_once('/') {
            None => (text, None),
            Some((base, bits)) => (base, Some(bits)),
        };
        let base: IpAddr = base.parse().map_err(|_| BadNetwork::Malformed)?;
        let width = if base.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => width,
            // `+8` and `08` are numbers to Rust, and typing errors to everybody else.
            Some(bits)
                if bits.bytes().all(|byte| byte.is_ascii_digit())
                    && (bits == "0" || !bits.starts_with('0')) =>
            {
                bits.parse().ok().filter(|bits| *bits <= width).ok_or(BadNetwork::Malformed)?
            }
            Some(_) => return Err(BadNetwork::Malformed),
        };
        let host = match base {
            IpAddr::V4(base) => u128::from(base.to_bits()),
            IpAddr::V6(base) => base.to_bits(),
        };
        let rest = u32::from(width - bits);
        let named = host.checked_shr(rest).unwrap_or_default().checked_shl(rest).unwrap_or_default();
        if named == host { Ok(Self { base, bits }) } else { Err(BadNetwork::Inside(base)) }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn has(network: &str, address: &str) -> bool {
        network.parse::<Network>().unwrap().contains(address.parse().unwrap())
    }

    #[test]
    fn a_network_has_what_begins_like_it() {
        for (network, inside, outside) in [
            ("10.0.0.0/8", "10.255.255.255", "11.0.0.0"),
            ("172.16.0.0/12", "172.31.0.1", "172.32.0.0"),
            ("192.0.2.7", "192.0.2.7", "192.0.2.6"),
            ("192.0.2.8/31", "192.0.2.9", "192.0.2.10"),
            ("fd00::/8", "fd12::1", "fc00::1"),
            ("2400:3200::/32", "2400:3200:ffff::", "2400:3201::"),
            ("::1", "::1", "::2"),
        ] {
            assert!(has(network, inside), "{inside} in {network}");
            assert!(!has(network, outside), "{outside} not in {network}");
        }
        assert!(has("0.0.0.0/0", "203.0.113.9") && has("::/0", "fe80::1"));
        assert!(!has("0.0.0.0/0", "::1") && !has("::/0", "127.0.0.1"));
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in [
            "",
            "/",
            "10.0.0.0/",
            "10.0.0.0/33",
            "10.0.0.0/+8",
            "10.0.0.0/08",
            "a.example/8",
            "10.0.0.0/-1",
            "::/129",
            "example.cn",
            "10/8",
        ] {
            assert_eq!(text.parse::<Network>(), Err(BadNetwork::Malformed), "{text}");
        }
        for text in ["10.1.0.0/8", "fd00::1/64", "0.0.0.1/0", "::1/0"] {
            assert!(matches!(text.parse::<Network>(), Err(BadNetwork::Inside(_))), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_network_is_read_as_it_is_written_and_has_what_begins_like_it(bytes: [u8; 4], bits in 0_u8..=32, other: u32) {
            let mask = u32::MAX.checked_shl(u32::from(32 - bits)).unwrap_or_default();
            let base = std::net::Ipv4Addr::from_bits(u32::from_be_bytes(bytes) & mask);
            let network = Network::new(base.into(), bits);
            prop_assert_eq!(network.to_string().parse(), Ok(network));
            prop_assert!(network.contains(std::net::Ipv4Addr::from(bytes).into()));
            let begins = other & mask == u32::from_be_bytes(bytes) & mask;
            prop_assert_eq!(network.contains(std::net::Ipv4Addr::from_bits(other).into()), begins);
        }
    }
}
