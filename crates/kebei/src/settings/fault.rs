//! What can be wrong with settings, and where they come from.

use super::{en, table::Kind, value::BadValue, zh};
use rulebook::Lang;
use std::path::PathBuf;

/// Where a value comes from, in rising order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody set it.
    Default,
    /// The file, at that place.
    File { path: PathBuf, line: usize, column: usize },
    /// A variable of the environment.
    Variable(String),
    /// An option of the call.
    Option(String),
}

/// Something that is wrong with a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Its name; empty where the fault is the file's.
    pub(crate) setting: String,
    pub(crate) origin: Origin,
    pub(crate) kind: FaultKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// The file cannot be read.
    Unreadable(String),
    /// The file is no TOML there; what the parser says, in English.
    Syntax(String),
    /// There is no such setting; the one that was probably meant.
    UnknownKey { nearest: Option<&'static str> },
    /// The value is not what is wanted. A secret one is not repeated.
    Value { wanted: Kind, bad: BadValue, secret: bool },
    /// The file in the folder of the desk names another folder.
    DataMoves,
}

impl Fault {
    /// The words, with the place.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::fault(self),
            Lang::En => en::fault(self),
        }
    }
}

impl Origin {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::origin(self),
            Lang::En => en::origin(self),
        }
    }
}
