//! What the program says of a run of retention.

use app::retention::TABLE_OF;
use rulebook::Lang;

/// Something that is said of it.
#[derive(Debug)]
pub(crate) enum RetentionSay {
    /// For how many days something is kept.
    Days(i64),
    /// How many things were forgotten, or would be.
    Ran { things: u64, dry_run: bool },
}

impl RetentionSay {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::Days(days) => format!("保留 {days} 天"),
            Self::Ran { things, dry_run: true } => {
                format!("现在执行将删除 {things} 项（{TABLE_OF} 的期限表）；未做任何更改。")
            }
            Self::Ran { things, dry_run: false } => {
                format!("已删除 {things} 项（{TABLE_OF} 的期限表），并记入台账。")
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Days(1) => "kept for 1 day".to_owned(),
            Self::Days(days) => format!("kept for {days} days"),
            Self::Ran { things, dry_run: true } => {
                format!("{things} would be forgotten now, by the table of {TABLE_OF}; nothing was changed.")
            }
            Self::Ran { things, dry_run: false } => {
                format!("{things} forgotten, by the table of {TABLE_OF}; the ledger says so.")
            }
        }
    }
}
