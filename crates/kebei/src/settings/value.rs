//! Values of settings, as they are read.

use super::table::Kind;
use outbound::{BadNetwork, Network};
use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

/// A value as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Raw {
    /// In a variable or an option: everything is text there, and lists have commas.
    Plain(String),
    /// A text in a file.
    Text(String),
    /// A number in a file.
    Number(String),
    /// A list of texts in a file.
    List(Vec<String>),
    /// Something else in a file.
    Other,
}

/// A value that is what its setting asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Path(PathBuf),
    Text(String),
    Address(SocketAddr),
    Networks(Vec<Network>),
    Resolvers(Resolvers),
    Number(u64),
}

/// Which resolvers the watch asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Resolvers {
    /// None: it does not look where domains lead.
    #[default]
    None,
    /// Those that the system asks.
    System,
    /// Those at these addresses.
    At(Vec<SocketAddr>),
}

impl Resolvers {
    /// The port of DNS.
    const PORT: u16 = 53;

    fn parse(texts: &[String]) -> Result<Self, Vec<BadValue>> {
        match texts {
            [word] if word == "none" => return Ok(Self::None),
            [word] if word == "system" => return Ok(Self::System),
            _ => {}
        }
        let (mut at, mut bad) = (Vec::new(), Vec::new());
        for text in texts.iter().filter(|text| !text.is_empty()) {
            let whole = text.parse::<SocketAddr>().ok();
            match whole.or_else(|| Some(SocketAddr::new(text.parse::<IpAddr>().ok()?, Self::PORT))) {
                Some(address) => at.push(address),
                None => bad.push(BadValue::NotOne(text.clone())),
            }
        }
        if bad.is_empty() { Ok(Self::At(at)) } else { Err(bad) }
    }

    /// As it is written.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::None => "none".to_owned(),
            Self::System => "system".to_owned(),
            Self::At(at) => at.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        }
    }
}

/// Why something is no value of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BadValue {
    /// It is not of the type that a file needs there.
    WrongType,
    /// It cannot be that.
    NotOne(String),
    /// A network is none because bits after its prefix are set.
    BitsAfterPrefix(String),
}

/// What `raw` says, where a `kind` is wanted; `folder` is that of the file. Of a list, everything that is wrong with it.
pub(super) fn read(kind: Kind, raw: Raw, folder: &Path) -> Result<Value, Vec<BadValue>> {
    let texts = match (raw, kind) {
        (Raw::Plain(text), Kind::Networks) | (Raw::Plain(text) | Raw::Text(text), Kind::Resolvers) => {
            commas(&text)
        }
        (Raw::List(list), Kind::Networks | Kind::Resolvers) => list,
        (Raw::Number(text), Kind::Number(..)) | (Raw::Plain(text), _) => vec![text],
        (Raw::Text(text), kind) if !matches!(kind, Kind::Networks | Kind::Number(..)) => vec![text],
        _ => return Err(vec![BadValue::WrongType]),
    };
    if kind == Kind::Networks {
        return networks(&texts);
    }
    if kind == Kind::Resolvers {
        return Resolvers::parse(&texts).map(Value::Resolvers);
    }
    let text = texts.into_iter().next().unwrap_or_default();
    let value = match kind {
        Kind::Path => Some(Value::Path(folder.join(&text))).filter(|_| !text.is_empty()),
        Kind::Database => Some(Value::Text(text.clone())).filter(|_| !text.trim().is_empty()),
        Kind::Address => text.parse().ok().map(Value::Address),
        Kind::Url => Some(Value::Text(text.clone())).filter(|_| is_url(&text)),
        Kind::Line => Some(Value::Text(text.trim().to_owned())).filter(|_| is_line(&text)),
        Kind::Word(words) => Some(Value::Text(text.clone())).filter(|_| words.contains(&text.as_str())),
        Kind::Number(from, to) => {
            text.parse().ok().filter(|number| (from..=to).contains(number)).map(Value::Number)
        }
        Kind::Networks | Kind::Resolvers => None,
    };
    value.ok_or_else(|| vec![BadValue::NotOne(text)])
}

fn commas(text: &str) -> Vec<String> {
    text.split(',').map(|part| part.trim().to_owned()).collect()
}

fn networks(texts: &[String]) -> Result<Value, Vec<BadValue>> {
    let (mut networks, mut bad) = (Vec::new(), Vec::new());
    for text in texts.iter().filter(|text| !text.is_empty()) {
        match text.parse() {
            Ok(network) => networks.push(network),
            Err(BadNetwork::Malformed) => bad.push(BadValue::NotOne(text.clone())),
            Err(BadNetwork::Inside(_)) => bad.push(BadValue::BitsAfterPrefix(text.clone())),
        }
    }
    if bad.is_empty() { Ok(Value::Networks(networks)) } else { Err(bad) }
}

/// Characters of a line at most: more is no line on a phone.
const LONGEST_LINE: usize = 200;

/// Whether it is one line that people can read.
fn is_line(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().count() <= LONGEST_LINE && !text.contains(char::is_control)
}

/// Whether links can begin with it: `http` or `https`, a host, perhaps a path, and no slash at the end.
fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    let host = rest.split('/').next().unwrap_or_default();
    let in_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let in_path = |c: char| c.is_ascii_graphic() && !matches!(c, '?' | '#' | '@' | '"' | '<' | '>' | '\\');
    !host.is_empty() && host.chars().all(in_host) && rest.chars().all(in_path) && !rest.ends_with('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolvers_are_those_of_the_system_or_none_or_listed_with_or_without_a_port() {
        let read = |raw| read(Kind::Resolvers, raw, Path::new(""));
        let plain = |text: &str| read(Raw::Plain(text.to_owned()));
        assert_eq!(plain("system"), Ok(Value::Resolvers(Resolvers::System)));
        assert_eq!(plain("none"), Ok(Value::Resolvers(Resolvers::None)));
        let two = ["223.5.5.5:53", "[2400:3200::1]:5353"].map(|text| text.parse().unwrap());
        let two = Ok(Value::Resolvers(Resolvers::At(two.to_vec())));
        assert_eq!(plain("223.5.5.5, [2400:3200::1]:5353"), two);
        let list = ["223.5.5.5", "[2400:3200::1]:5353"].map(str::to_owned).to_vec();
        assert_eq!(read(Raw::List(list)), two);
        let bad = |text: &str| Err(vec![BadValue::NotOne(text.to_owned())]);
        assert_eq!(plain("dns.example"), bad("dns.example"));
        assert_eq!(plain("223.5.5.5, system"), bad("system"));
    }

    #[test]
    fn a_public_address_is_one_that_links_can_begin_with() {
        for text in ["https://beian.example.com", "http://[2001:db8::1]:8080", "https://example.com/kebei"] {
            assert!(is_url(text), "{text}");
        }
        for text in [
            "beian.example.com",
            "https://",
            "https:///x",
            "https://example.com/",
            "https://a b",
            "ftp://example.com",
            "https://u@example.com",
            "https://example.com?x",
        ] {
            assert!(!is_url(text), "{text}");
        }
    }
}
