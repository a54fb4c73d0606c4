//! What the program says of serving to whoever runs it.

use super::{serving_en, serving_zh};
use crate::desk::place::Place;
use rulebook::Lang;
use std::{io, net::SocketAddr, path::Path};

/// Something that is said of serving.
#[derive(Debug)]
pub(crate) enum ServeSay<'a> {
    /// An address cannot be served on; the name of its setting.
    NotBound { setting: &'a str, address: SocketAddr, error: &'a io::Error },
    /// Something is served on an address already, which may be this desk; the name of its setting.
    InUse { setting: &'a str, address: SocketAddr },
    /// The desk is served.
    Serving { address: SocketAddr, place: &'a Place },
    /// The folder for a demo has something in it.
    NotEmpty { folder: &'a Path },
    /// A demo could not be made.
    NoDemo { why: &'a str },
    /// `/metrics` would be served on the address of the desk itself.
    SameAddress { address: SocketAddr },
    /// A connection to a database elsewhere may not be encrypted.
    NoTls,
    /// Addresses in answers cannot be whole.
    NoPublicUrl,
    /// Anybody in the network may connect, and no proxy is named.
    OpenListen { address: SocketAddr },
    /// The clock stands before a day that is past.
    ClockBehind,
    /// A variable that looks like a setting and is none.
    UnknownVariable { name: &'a str },
}

impl ServeSay<'_> {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => serving_zh::say(self),
            Lang::En => serving_en::say(self),
        }
    }
}
