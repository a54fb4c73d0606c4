//! What the program says of imports of filings. Of what is personal it says where it stands, never what it is.

use super::{filings_en, filings_zh};
use crate::commands::import::filings::{Counts, Outcome};
use rulebook::Lang;

/// Something that is said of an import of filings.
#[derive(Debug)]
pub(crate) enum FiledSay<'a> {
    /// A line is no text.
    NotText,
    /// It is JSON, but no object.
    NotASubject,
    /// A state that is none.
    NoState { path: &'a str },
    /// One line, and what it came to.
    Line { file: &'a str, outcome: &'a Outcome },
    /// So many more were left alone.
    More(u64),
    /// All of it is done, or would be.
    Done { counts: Counts, applies: bool },
    /// It stopped in the middle.
    Interrupted { counts: Counts, applies: bool },
}

impl FiledSay<'_> {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => filings_zh::say(self),
            Lang::En => filings_en::say(self),
        }
    }
}
