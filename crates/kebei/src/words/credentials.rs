//! What the program says of imports of logins. Nothing of a password is in it.

use super::{credentials_en, credentials_zh};
use crate::commands::import::credentials::{Counts, Outcome, Rejected};
use app::verification::LoginRecorded;
use rulebook::Lang;

/// Something that is said of an import of logins.
#[derive(Debug)]
pub(crate) enum CredentialSay<'a> {
    /// One row, and what it came to.
    Row { file: &'a str, outcome: &'a Outcome },
    /// What a row came to.
    Outcome(&'a Result<LoginRecorded, Rejected>),
    /// All of it is done, or would be.
    Done { counts: Counts, dry_run: bool },
    /// It stopped in the middle.
    Interrupted { counts: Counts, dry_run: bool },
    /// It goes on.
    Working,
}

impl CredentialSay<'_> {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => credentials_zh::say(self),
            Lang::En => credentials_en::say(self),
        }
    }
}

/// The headings of the file with what became of every row.
pub(crate) fn login_columns(lang: Lang) -> [&'static str; 5] {
    match lang {
        Lang::Zh => ["文件", "行", "实例ID", "结果", "说明"],
        Lang::En => ["file", "line", "instance", "result", "message"],
    }
}
