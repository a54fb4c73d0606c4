//! Which addresses are of the public Internet: by the registries of IANA, and on the safe side where these hesitate.

use crate::network::Network;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const fn v4(a: u8, b: u8, c: u8, bits: u8) -> Network {
    Network::new(IpAddr::V4(Ipv4Addr::new(a, b, c, 0)), bits)
}

const fn v6(a: u16, b: u16, bits: u8) -> Network {
    Network::new(IpAddr::V6(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0)), bits)
}

/// IANA IPv4 Special-Purpose Address Registry, with multicast.
const SPECIAL_V4: [Network; 15] = [
    v4(0, 0, 0, 8),       // this network, unspecified
    v4(10, 0, 0, 8),      // private
    v4(100, 64, 0, 10),   // shared, for carrier-grade NAT
    v4(127, 0, 0, 8),     // loopback
    v4(169, 254, 0, 16),  // link-local, where clouds keep their metadata
    v4(172, 16, 0, 12),   // private
    v4(192, 0, 0, 24),    // IETF protocol assignments
    v4(192, 0, 2, 24),    // documentation
    v4(192, 88, 99, 24),  // 6to4 relays, deprecated
    v4(192, 168, 0, 16),  // private
    v4(198, 18, 0, 15),   // benchmarking
    v4(198, 51, 100, 24), // documentation
    v4(203, 0, 113, 24),  // documentation
    v4(224, 0, 0, 4),     // multicast
    v4(240, 0, 0, 4),     // reserved, limited broadcast
];

/// Global unicast. Outside of it are `::`, `::1`, addresses that have an IPv4 address in them (`::ffff:0:0/96`, `64:ff9b::/96`,
/// `64:ff9b:1::/48`), unique-local, link-local, multicast, and what nobody was given.
const GLOBAL_V6: Network = v6(0x2000, 0, 3);

/// IANA IPv6 Special-Purpose Address Registry, inside global unicast.
const SPECIAL_V6: [Network; 4] = [
    v6(0x2001, 0, 23),      // IETF protocol assignments, Teredo
    v6(0x2001, 0x0DB8, 32), // documentation
    v6(0x2002, 0, 16),      // 6to4, which has an IPv4 address in it
    v6(0x3FFF, 0, 20),      // documentation
];

/// Whether `address` is one of the public Internet: none of a private network, of this machine, or one that leads to such.
pub fn is_public(address: IpAddr) -> bool {
    let special: &[Network] = if address.is_ipv4() { &SPECIAL_V4 } else { &SPECIAL_V6 };
    (address.is_ipv4() || GLOBAL_V6.contains(address))
        && !special.iter().any(|network| network.contains(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_last_address_of_every_special_range_are_refused_and_their_neighbours_are_public() {
        for (first, last) in [
            ("0.0.0.0", "0.255.255.255"),
            ("10.0.0.0", "10.255.255.255"),
            ("100.64.0.0", "100.127.255.255"),
            ("127.0.0.0", "127.255.255.255"),
            ("169.254.0.0", "169.254.255.255"),
            ("172.16.0.0", "172.31.255.255"),
            ("192.0.0.0", "192.0.0.255"),
            ("192.0.2.0", "192.0.2.255"),
            ("192.88.99.0", "192.88.99.255"),
            ("192.168.0.0", "192.168.255.255"),
            ("198.18.0.0", "198.19.255.255"),
            ("198.51.100.0", "198.51.100.255"),
            ("203.0.113.0", "203.0.113.255"),
            ("224.0.0.0", "255.255.255.255"),
        ] {
            let [first, last]: [Ipv4Addr; 2] = [first.parse().unwrap(), last.parse().unwrap()];
            assert!(!is_public(first.into()) && !is_public(last.into()), "{first} to {last}");
            let before = first.to_bits().checked_sub(1).map(Ipv4Addr::from_bits);
            let after = last.to_bits().checked_add(1).map(Ipv4Addr::from_bits);
            for beside in [before, after].into_iter().flatten() {
                assert!(is_public(beside.into()), "{beside}");
            }
        }
    }

    #[test]
    fn what_is_no_address_of_the_public_internet_is_refused_by_whatever_name() {
        for address in [
            "::",
            "::1",
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:8.8.8.8",
            "::ffff:0:8.8.8.8",
            "64:ff9b::10.0.0.1",
            "64:ff9b::8.8.8.8",
            "64:ff9b:1::a00:1",
            "100::1",
            "2001::1",
            "2001:1ff:ffff::1",
            "2001:db8::1",
            "2001:db8:ffff::1",
            "2002:7f00:1::1",
            "2002:a00:1::",
            "3fff::1",
            "3fff:fff::1",
            "5f00::1",
            "fc00::1",
            "fd00::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "ffff::1",
            "4000::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "8.8.8.8",
            "223.5.5.5",
            "1.1.1.1",
            "2400:3200::1",
            "2606:4700::1111",
            "2a00:1450::1",
            "2001:200::1",
            "3ffe::1",
            "3fff:1000::1",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }
}
