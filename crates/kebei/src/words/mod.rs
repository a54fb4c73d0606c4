//! What the program itself says to whoever runs it, beside decisions and faults.

pub(crate) mod credentials;
mod credentials_en;
mod credentials_zh;
pub(crate) mod desk;
mod desk_en;
pub(crate) mod desk_ledger;
mod desk_ledger_en;
mod desk_ledger_zh;
mod desk_zh;
pub(crate) mod dry_run;
mod dry_run_en;
mod dry_run_zh;
mod en;
pub(crate) mod filing;
mod filing_en;
mod filing_zh;
pub(crate) mod filings;
mod filings_en;
mod filings_zh;
pub(crate) mod gate;
mod gate_en;
mod gate_zh;
pub(crate) mod imports;
mod imports_en;
mod imports_zh;
pub(crate) mod mcp;
mod mcp_en;
mod mcp_zh;
pub(crate) mod panel;
mod panel_en;
mod panel_zh;
pub(crate) mod retention;
pub(crate) mod serving;
mod serving_en;
mod serving_zh;
pub(crate) mod system_zh;
pub(crate) mod users;
mod users_en;
mod users_zh;
mod zh;

use crate::output::Tally;
use rulebook::Lang;
use std::{fmt, io};

/// Something that the program says.
#[derive(Debug)]
pub(crate) enum Say<'a> {
    /// Nothing more can be done.
    Failed { why: &'a str },
    /// A file cannot be opened or read.
    CannotRead { file: &'a str, error: &'a io::Error },
    /// A path leads to a folder.
    IsFolder { file: &'a str },
    /// `--at` is no time.
    BadTime { found: &'a str },
    /// A rulebook file has faults.
    FaultyRulebook { file: &'a str, faults: usize },
    /// A rulebook file has none.
    SoundRulebook { file: &'a str, editions: usize, products: usize },
    /// Nothing could be written.
    CannotWrite { error: &'a io::Error },
    /// How many instances were decided how.
    Tally(&'a Tally),
    /// An edition counts from an estimated day.
    Estimated { edition: &'a str, day: jiff::civil::Date, estimate: &'a str },
    /// Two editions do not differ.
    NoDifference,
    /// From which edition to which.
    Between { before: &'a str, after: &'a str },
    /// Which edition is shown.
    Edition { name: &'a str, edition: &'a str, day: jiff::civil::Date, estimate: &'a str, newest: bool },
    /// What the table of an edition does not say of every row.
    EveryRow,
    /// Something about a file.
    OfFile { file: &'a str, message: &'a str },
    /// Something about a product.
    OfProduct { name: &'a str, text: &'a str },
}

impl Say<'_> {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::say(self),
            Lang::En => en::say(self),
        }
    }
}

/// A failure that ends the program, told in the language of the call.
#[derive(Debug)]
pub(crate) struct Told(pub(crate) String);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Told {}

/// The headings of a table of decisions.
pub(crate) fn decision_columns(lang: Lang) -> [&'static str; 5] {
    match lang {
        Lang::Zh => ["实例", "产品", "结论", "已用/上限", "说明"],
        Lang::En => ["Instance", "Product", "Verdict", "Used/limit", "Why, and what to do"],
    }
}

/// The headings of a spreadsheet of decisions.
pub(crate) fn sheet_columns(lang: Lang) -> [&'static str; 12] {
    match lang {
        Lang::Zh => [
            "实例ID",
            "产品类型",
            "产品名称",
            "规则版本",
            "判定时间",
            "结论",
            "验证方式",
            "数量上限",
            "上限范围",
            "已用",
            "剩余",
            "说明",
        ],
        Lang::En => [
            "instance",
            "product",
            "product_name",
            "edition",
            "at",
            "verdict",
            "verified_by",
            "quota_limit",
            "quota_per",
            "quota_used",
            "quota_left",
            "message",
        ],
    }
}

/// The headings of a table of rules.
pub(crate) fn rule_columns(lang: Lang) -> [&'static str; 5] {
    match lang {
        Lang::Zh => ["产品", "数量限制", "如何验证", "出处", "购买要求"],
        Lang::En => ["Product", "How many", "How it is verified", "Source", "What it must meet"],
    }
}
