//! Where a client may go.

use crate::{address::is_public, network::Network};
use std::net::IpAddr;

/// Which addresses may be talked to.
#[derive(Clone, Debug)]
pub enum Reach {
    /// Those of the public Internet alone, over `https:`: for servers that somebody else named.
    Public,
    /// Those of the public Internet alone, over `http:` too: for pages that anybody may read, of which nothing is believed that matters.
    Pages,
    /// Those that the operator listed alone, over `http:` too: for servers of his own, also inside his network.
    Listed(Vec<Network>),
    /// Whatever address the name leads to, over `https:` alone: for the one server that whoever runs the program named himself. Its
    /// certificate says that it is the one.
    Named,
}

impl Reach {
    /// Whether `address` may be talked to. An IPv4 address that is written as an IPv6 one is in a list as itself, and is never
    /// public: nobody who means well writes it so.
    pub fn allows(&self, address: IpAddr) -> bool {
        match self {
            Self::Public | Self::Pages => is_public(address),
            Self::Named => true,
            Self::Listed(networks) => {
                let plain = address.to_canonical();
                networks.iter().any(|network| network.contains(address) || network.contains(plain))
            }
        }
    }

    /// Whether it may be talked to unencrypted.
    pub(crate) const fn allows_plain(&self) -> bool {
        matches!(self, Self::Listed(_) | Self::Pages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_allows_what_is_in_it_and_nothing_else() {
        let listed = Reach::Listed(vec!["10.1.0.0/16".parse().unwrap(), "fd00:1::/32".parse().unwrap()]);
        for (address, allowed) in [
            ("10.1.2.3", true),
            ("::ffff:10.1.2.3", true),
            ("fd00:1::9", true),
            ("10.2.0.1", false),
            ("::ffff:10.2.0.1", false),
            ("8.8.8.8", false),
            ("127.0.0.1", false),
            ("::1", false),
        ] {
            assert_eq!(listed.allows(address.parse().unwrap()), allowed, "{address}");
        }
        assert!(!Reach::Listed(Vec::new()).allows("8.8.8.8".parse().unwrap()));
        assert!(!Reach::Public.allows("::ffff:8.8.8.8".parse().unwrap()));
        for inside in ["127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "::ffff:8.8.8.8"] {
            assert!(!Reach::Pages.allows(inside.parse().unwrap()), "{inside}");
        }
        assert!(Reach::Pages.allows("8.8.8.8".parse().unwrap()));
    }

    #[test]
    fn a_named_server_may_be_anywhere_and_is_never_talked_to_unencrypted() {
        for address in ["127.0.0.1", "10.0.0.1", "8.8.8.8", "::1"] {
            assert!(Reach::Named.allows(address.parse().unwrap()), "{address}");
        }
        assert!(!Reach::Named.allows_plain());
    }
}
