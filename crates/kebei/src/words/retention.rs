//! What the program says of a run of retention.

use jiff::civil::Date;
use rulebook::Lang;

/// Something that is said of it.
#[derive(Debug)]
pub(crate) enum RetentionSay {
    /// For how many days something is kept, by a rule that is in force from that day on.
    Days { days: i64, from: Date },
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
            Self::Days { days, from } => format!("保留 {days} 天（{from} 起的规则）"),
            Self::Ran { things, dry_run: true } => {
                format!("现在执行将删除 {things} 项；未做任何更改。")
            }
            Self::Ran { things, dry_run: false } => {
                format!("已删除 {things} 项，并记入台账。")
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Days { days: 1, from } => format!("kept for 1 day (rule of {from})"),
            Self::Days { days, from } => format!("kept for {days} days (rule of {from})"),
            Self::Ran { things, dry_run: true } => {
                format!("{things} would be forgotten now; nothing was changed.")
            }
            Self::Ran { things, dry_run: false } => {
                format!("{things} forgotten; the ledger says so.")
            }
        }
    }
}
