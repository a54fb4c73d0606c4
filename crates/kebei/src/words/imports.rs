//! What the program says of imports.

use super::{imports_en, imports_zh};
use app::instances::{ImportError, ImportLine, ImportReport};
use rulebook::Lang;
use std::{io, path::Path};

/// Something that is said of an import.
#[derive(Debug)]
pub(crate) enum ImportSay<'a> {
    /// What it would do.
    Report(&'a ImportReport),
    /// One row of it, and what is to be known of that.
    Line(&'a ImportLine),
    /// So many more were rejected.
    More(u64),
    /// It was to be told only.
    OnlyTold,
    /// So many instances would be gone that somebody has to say so.
    NeedsConsent(&'a ImportReport),
    /// Nobody said that it is to be applied.
    NotConfirmed,
    /// The question whether it is to be applied.
    Confirm,
    /// It was applied.
    Done(&'a ImportReport),
    /// None is open.
    NothingOpen,
    /// It was given up.
    Abandoned,
    /// It was interrupted before all was read, and is given up.
    WasBeingRead,
    /// It cannot be made.
    Failed(&'a ImportError),
    /// The file of the report cannot be made.
    CannotMake { file: &'a Path, error: &'a io::Error },
}

impl ImportSay<'_> {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => imports_zh::say(self),
            Lang::En => imports_en::say(self),
        }
    }
}

/// The headings of the file with rejected records.
pub(crate) fn report_columns(lang: Lang) -> [&'static str; 5] {
    match lang {
        Lang::Zh => ["文件", "行", "实例ID", "原因代码", "说明"],
        Lang::En => ["file", "line", "instance", "reason", "message"],
    }
}
