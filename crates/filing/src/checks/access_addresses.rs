//! The addresses under which a website is served here: public ones, each once, and those of the product that was verified for it.

use super::{Checking, Found, Told};
use rulebook::Lang;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessAddressFault {
    /// It is no address.
    Form,
    /// It is reached from inside a network only.
    NotPublic,
    /// It is there already.
    Twice,
    /// The product that was verified for the website does not have it.
    NotOfProduct,
}

/// Checks the addresses of every website.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (nth, (path, website)) in asked.websites().enumerate() {
        let product = asked.known.products.as_ref().and_then(|products| products.get(nth)?.as_ref());
        let mut before = Vec::new();
        for (at, typed) in website.addresses.iter().enumerate() {
            let path = format!("{path}.addresses[{at}]");
            let Ok(address) = typed.parse::<IpAddr>() else {
                found.push(path, AccessAddressFault::Form);
                continue;
            };
            if !is_public(address) {
                found.push(path, AccessAddressFault::NotPublic);
            } else if before.contains(&address) {
                found.push(path, AccessAddressFault::Twice);
            } else if product.is_some_and(|product| !product.addresses.contains(&address)) {
                found.push(path, AccessAddressFault::NotOfProduct);
            }
            before.push(address);
        }
    }
}

/// Whether an address is reached from everywhere (IANA's registries of special-purpose addresses).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let benchmarks = a == 198 && (b == 18 || b == 19);
    let protocols = (a, b, c) == (192, 0, 0);
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a >= 224
        || shared
        || benchmarks
        || protocols)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    // Global unicast is 2000::/3; 2001:db8::/32 and 3fff::/20 are for documents.
    (first & 0xe000) == 0x2000 && (first, second) != (0x2001, 0x0db8) && !(first == 0x3fff && second < 0x1000)
}

impl Told for AccessAddressFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Form => "access-address-form",
            Self::NotPublic => "access-address-not-public",
            Self::Twice => "access-address-twice",
            Self::NotOfProduct => "access-address-not-of-product",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Form) => "这不是一个 IP 地址。",
            (Lang::Zh, Self::NotPublic) => "这是内网或保留的地址，不是公网 IP 地址。",
            (Lang::Zh, Self::Twice) => "这个 IP 地址重复了。",
            (Lang::Zh, Self::NotOfProduct) => "这个 IP 地址不属于本网站所验证的产品实例。",
            (Lang::En, Self::Form) => "This is no IP address.",
            (Lang::En, Self::NotPublic) => "This address is private or reserved and no public one.",
            (Lang::En, Self::Twice) => "The address is there already.",
            (Lang::En, Self::NotOfProduct) => {
                "The product that was verified for this website does not have the address."
            }
        }
        .to_owned()
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Twice) => "请删去一处。",
            (Lang::Zh, Self::NotOfProduct) => "请填写该实例现在的公网 IP 地址。",
            (Lang::Zh, _) => "请填写所验证实例的公网 IP 地址。",
            (Lang::En, Self::Twice) => "Remove one of the two.",
            (Lang::En, Self::NotOfProduct) => "Enter a public address that the instance has now.",
            (Lang::En, _) => "Enter the public addresses of the verified instance.",
        }
        .to_owned()
    }
}
