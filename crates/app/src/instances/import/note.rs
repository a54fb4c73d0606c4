//! What is to be known of a row of an import: why it is rejected, or what is odd about it.

use super::{en, zh};
use rulebook::Lang;
use serde::{Deserialize, Serialize};

/// What is to be known of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "kebab-case")]
pub enum ImportNote {
    /// The record could not be read; the reader's own sentences.
    Unread {
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
    },
    /// Its id or its product cannot be a name here.
    BadName,
    /// Its buyer cannot be the name of an account.
    BadAccount,
    /// More is said of it than the ledger can repeat with every decision.
    TooLong {
        /// How many bytes its facts take, as JSON.
        bytes: usize,
    },
    /// An earlier row is about the same instance, and counts.
    Repeated {
        /// Where that stood.
        source: String,
        /// On which line.
        line: u64,
    },
    /// No edition of the rulebook knows its product. The row is applied.
    UnknownProduct {
        /// The product.
        product: String,
    },
}

impl ImportNote {
    /// Its word, for programs.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Unread { .. } => "unread",
            Self::BadName => "bad-name",
            Self::BadAccount => "bad-account",
            Self::TooLong { .. } => "too-long",
            Self::Repeated { .. } => "repeated",
            Self::UnknownProduct { .. } => "unknown-product",
        }
    }

    /// A sentence for whoever imports.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::note(self),
            Lang::En => en::note(self),
        }
    }
}
