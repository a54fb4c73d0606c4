//! What `kebei mcp` says to whoever starts it.

use super::{mcp_en, mcp_zh};
use crate::private_file::NoSecret;
use mcp::{BadSecret, NoClient, NoConversation, NotLoopback};
use rulebook::Lang;
use std::path::Path;

/// A secret that is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secret {
    /// The key that the desk is asked with.
    Key,
    /// The token that whoever asks over HTTP must present.
    Token,
}

impl Secret {
    /// The option that names its file.
    pub(super) const fn option(self) -> &'static str {
        match self {
            Self::Key => "--key-file",
            Self::Token => "--token-file",
        }
    }
}

/// Something that is said.
#[derive(Debug)]
pub(crate) enum McpSay<'a> {
    /// It is served, and the token where one was made.
    Ready { url: &'a str, token: Option<&'a str> },
    /// No key was given.
    NoKey,
    /// A file with a secret cannot be read.
    NoSecret { what: Secret, file: &'a Path, fault: &'a NoSecret },
    /// What was read is no secret; the file, where it was in one.
    BadSecret { what: Secret, file: Option<&'a Path>, fault: &'a BadSecret },
    /// The desk cannot be asked.
    NoClient(&'a NoClient),
    /// The address cannot be served on.
    NotLoopback(&'a NotLoopback),
    /// There was no conversation.
    NoConversation(&'a NoConversation),
}

impl McpSay<'_> {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => mcp_zh::say(self),
            Lang::En => mcp_en::say(self),
        }
    }
}
