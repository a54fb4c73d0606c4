//! The address that a request comes from: the peer's, or what proxies that are trusted say of it.

use crate::site::Site;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, request::Parts},
};
use outbound::Network;
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

/// What proxies note addresses in, each at the right end.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// Addresses of the header that are looked at: nobody has so many proxies of his own.
const MOST_HOPS: usize = 32;

/// The address at the other end of the connection, put among the extensions of each request by whoever accepted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// The address that stands for whoever has this one. Of IPv6 it is the first of its network of 64 bits: whoever has one address
/// there has all of them. An IPv4 address that is written as IPv6 is an IPv4 address.
pub(crate) fn holder(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

/// Who asks, by his address: what tries are counted by. It is never what a stranger says of himself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl FromRequestParts<Site> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Infallible> {
        let peer = parts.extensions.get().copied();
        Ok(Self(client_address(peer, &parts.headers, &site.settings.trusted_proxies)))
    }
}

/// The address of the peer, unless that is a proxy that is trusted: then the right-most address of `X-Forwarded-For` that is
/// no such proxy. What stands further to the left was written by strangers. An entry that is no address ends the search: the
/// proxy that noted it is all that is known. Without a peer (a request that came over no connection) nothing is trusted.
pub(crate) fn client_address(peer: Option<Peer>, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let Some(Peer(peer)) = peer else { return IpAddr::V4(Ipv4Addr::UNSPECIFIED) };
    let mut address = peer.to_canonical();
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let lines = headers.get_all(FORWARDED_FOR);
    // Several lines are one list.
    let lines: Vec<&str> = lines.into_iter().map(|line| line.to_str().unwrap_or("?")).collect();
    let hops = lines.iter().rev().flat_map(|line| line.rsplit(','));
    for hop in hops.take(MOST_HOPS) {
        if !is_trusted(address) {
            break;
        }
        match noted(hop.trim_matches([' ', '\t'])) {
            Some(before) => address = before,
            None => break,
        }
    }
    address
}

/// One entry of the header: an address, which some proxies write with its port.
fn noted(text: &str) -> Option<IpAddr> {
    let bare = || text.parse().ok();
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok().map(IpAddr::V6);
    bare().or_else(with_port).or_else(bracketed).map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn networks(texts: &[&str]) -> Vec<Network> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn asked(peer: &str, lines: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        client_address(Some(Peer(peer.parse().unwrap())), &headers, &networks(trusted)).to_string()
    }

    #[test]
    fn a_stranger_says_nothing_of_his_address() {
        assert_eq!(asked("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
        assert_eq!(asked("203.0.113.9", &["198.51.100.1"], &["10.0.0.0/8"]), "203.0.113.9");
    }

    #[test]
    fn the_right_most_that_is_no_trusted_proxy_is_the_client() {
        let trusted = ["10.0.0.0/8", "2001:db8:1::/48"];
        for (lines, client) in [
            (&["198.51.100.1"][..], "198.51.100.1"),
            (&["192.0.2.66, 198.51.100.1, 10.2.0.1"], "198.51.100.1"),
            (&["192.0.2.66", "198.51.100.1,2001:db8:1::5"], "198.51.100.1"),
            (&["198.51.100.1:4711"], "198.51.100.1"),
            (&["[2001:db8:2::7]:4711"], "2001:db8:2::7"),
            (&["::ffff:198.51.100.1"], "198.51.100.1"),
            (&["10.9.9.9, 10.8.8.8"], "10.9.9.9"),
            (&["198.51.100.1, unknown, 10.2.0.1"], "10.2.0.1"),
            (&["198.51.100.1, 010.2.0.1"], "10.0.0.1"),
            (&[""], "10.0.0.1"),
            (&[], "10.0.0.1"),
        ] {
            assert_eq!(asked("10.0.0.1", lines, &trusted), client, "{lines:?}");
            assert_eq!(asked("::ffff:10.0.0.1", lines, &trusted), client, "{lines:?}");
        }
    }

    fn address() -> impl Strategy<Value = IpAddr> {
        let v4 = prop_oneof![Just([10, 0, 0, 1]), Just([10, 1, 2, 3]), any::<[u8; 4]>()];
        prop_oneof![
            3 => v4.prop_map(IpAddr::from),
            1 => any::<[u8; 16]>().prop_map(|bytes| IpAddr::from(bytes).to_canonical()),
        ]
    }

    proptest! {
        #[test]
        fn what_strangers_write_to_the_left_changes_nothing(
            peer in address(),
            hops in prop::collection::vec(address(), 0..6),
            left in "[ -~]{0,60}",
        ) {
            let trusted = networks(&["10.0.0.0/8"]);
            let is_trusted = |address: &IpAddr| trusted[0].contains(*address);
            // The naive reading: the peer and what proxies noted, from the nearest on.
            let mut near = vec![peer];
            near.extend(hops.iter().rev());
            let client = near.iter().find(|address| !is_trusted(address));
            let hops: Vec<String> = hops.iter().map(ToString::to_string).collect();
            let line = if client.is_some() {
                format!("{left},{}", hops.join(","))
            } else {
                hops.join(",")
            };
            let line = if hops.is_empty() && client.is_some() { left } else { line };
            let mut headers = HeaderMap::new();
            headers.append(FORWARDED_FOR, line.parse().unwrap());
            let found = client_address(Some(Peer(peer)), &headers, &trusted);
            prop_assert_eq!(found, *client.unwrap_or(near.last().unwrap()));
        }

        #[test]
        fn any_header_gives_an_address(peer in address(), line in "[ -~]{0,80}") {
            let mut headers = HeaderMap::new();
            headers.append(FORWARDED_FOR, line.parse().unwrap());
            let trusted = networks(&["0.0.0.0/0", "::/0"]);
            client_address(Some(Peer(peer)), &headers, &trusted);
        }
    }
}
