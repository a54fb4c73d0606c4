//! What people type where a name is asked for: an address of the web is pasted as well, with its scheme, port and path.

use rulebook::half_width;
use std::net::IpAddr;

/// The name of a host, or an address, in what was typed; what is none is left for the gate to judge.
pub(super) fn host(typed: &str) -> String {
    let narrow: String = typed.chars().map(half_width).collect();
    let rest = narrow.split_once("://").map_or(&*narrow, |(_, rest)| rest).trim().trim_start_matches('/');
    let rest = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let rest = rest.rsplit('@').next().unwrap_or_default().trim();
    let host = without_port(rest);
    host.strip_prefix("*.").unwrap_or(host).to_owned()
}

/// Each of many, between blanks, commas or ends of lines.
pub(super) fn hosts(typed: &str) -> Vec<String> {
    let apart = |symbol: char| symbol.is_whitespace() || matches!(half_width(symbol), ',' | ';' | '、');
    typed.split(apart).map(host).filter(|host| !host.is_empty()).collect()
}

/// The address that a host is; `None` where it is a name.
pub(super) fn address(host: &str) -> Option<IpAddr> {
    let bare = host.strip_suffix('.').unwrap_or(host);
    bare.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((before, port))
            if host.parse::<IpAddr>().is_err() && port.bytes().all(|digit| digit.is_ascii_digit()) =>
        {
            before
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found_in_whatever_was_pasted() {
        for (typed, found) in [
            ("example.com", "example.com"),
            (" https://www.example.com:8443/a?b#c ", "www.example.com"),
            ("http://li:secret@example.com/", "example.com"),
            ("www.例子.中国。", "www.例子.中国。"),
            ("ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ：８０", "www.example.com"),
            ("//example.com/x", "example.com"),
            ("*.example.com", "example.com"),
            ("example.com.", "example.com."),
            ("10.0.0.1:8080", "10.0.0.1"),
            ("10.0.0.0/8", "10.0.0.0"),
            ("2001:db8::1", "2001:db8::1"),
            ("https://[2001:db8::1]:443/", "[2001:db8::1]"),
            ("", ""),
        ] {
            assert_eq!(host(typed), found, "{typed}");
        }
    }

    #[test]
    fn many_stand_between_blanks_commas_and_ends_of_lines() {
        let typed = "a.cn, https://b.cn/x\r\nc.cn、d.cn；e.cn，  f.cn";
        assert_eq!(hosts(typed), ["a.cn", "b.cn", "c.cn", "d.cn", "e.cn", "f.cn"]);
        assert!(hosts(" ,\n").is_empty());
    }

    #[test]
    fn addresses_are_told_from_names() {
        for host in ["10.0.0.1", "10.0.0.1.", "[2001:db8::1]", "2001:db8::1"] {
            assert!(address(host).is_some(), "{host}");
        }
        assert_eq!(address("example.com"), None);
    }
}
