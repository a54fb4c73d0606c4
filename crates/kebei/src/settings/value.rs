//! Values of settings, as they are read.

use super::table::Kind;
use outbound::{BadNetwork, Network};
use std::{
    net::SocketAddr,
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
    Number(u64),
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
        (Raw::Plain(text), Kind::Networks) => text.split(',').map(|part| part.trim().to_owned()).collect(),
        (Raw::List(list), Kind::Networks) => list,
        (Raw::Number(text), Kind::Number(..)) | (Raw::Plain(text), _) => vec![text],
        (Raw::Text(text), kind) if !matches!(kind, Kind::Networks | Kind::Number(..)) => vec![text],
        _ => return Err(vec![BadValue::WrongType]),
    };
    if kind == Kind::Networks {
        return networks(&texts);
    }
    let text = texts.into_iter().next().unwrap_or_default();
    let value = match kind {
        Kind::Path => Some(Value::Path(folder.join(&text))).filter(|_| !text.is_empty()),
        Kind::Database => Some(Value::Text(text.clone())).filter(|_| !text.trim().is_empty()),
        Kind::Address => text.parse().ok().map(Value::Address),
        Kind::Url => Some(Value::Text(text.clone())).filter(|_| is_url(&text)),
        Kind::Word(words) => Some(Value::Text(text.clone())).filter(|_| words.contains(&text.as_str())),
        Kind::Number(from, to) => {
            text.parse().ok().filter(|number| (from..=to).contains(number)).map(Value::Number)
        }
        Kind::Networks => None,
    };
    value.ok_or_else(|| vec![BadValue::NotOne(text)])
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
