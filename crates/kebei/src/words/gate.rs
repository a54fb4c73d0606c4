//! What `kebei gate` says.

use super::{gate_en, gate_zh};
use crate::{
    commands::gate::fetch::{NoClient, NotFetched},
    private_file::NoSecret,
};
use gate::WhenStale;
use jiff::Timestamp;
use ledger::KeyError;
use rulebook::Lang;
use std::{fmt::Display, path::Path};

/// Something that is said.
pub(crate) enum GateSay<'a> {
    /// The key of the gate is none.
    BadKey(&'a KeyError),
    /// There is no copy.
    NoCopy(&'a Path),
    /// A copy cannot be read.
    Unreadable(&'a dyn Display),
    /// A copy is older than it may be.
    Stale { as_of: Timestamp, when_stale: WhenStale },
    /// No key to ask the desk with.
    NoKey,
    /// The file with the key cannot be read.
    NoSecret { file: &'a Path, fault: &'a NoSecret },
    /// The desk cannot be asked.
    NoClient(&'a NoClient),
    /// The copy was not brought up to date.
    NotFetched {
        /// Why.
        fault: &'a NotFetched,
        /// Whether there is one from before.
        has_copy: bool,
    },
    /// It was.
    Fetched { at: Timestamp, domains: usize },
}

impl GateSay<'_> {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => gate_zh::say(self),
            Lang::En => gate_en::say(self),
        }
    }
}
