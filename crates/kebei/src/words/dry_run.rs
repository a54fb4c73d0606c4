//! What a dry run of an edition says to whoever runs it.

use rulebook::{Lang, Tally};

/// Something that a dry run says.
#[derive(Debug)]
pub(crate) enum SayOfDryRun<'a> {
    /// Instances change that the table does not name.
    MoreChange { count: u64 },
    /// Findings that the draft takes away.
    Gone { labels: &'a [&'static str] },
    /// Findings that it adds.
    Added { labels: &'a [&'static str] },
    /// How many become eligible because a finding goes.
    GainedBy { label: &'static str, count: u64 },
    /// How many are no longer eligible by a finding.
    LostBy { label: &'static str, count: u64 },
    /// What was counted of all.
    Total(&'a Tally),
    /// What could not be read.
    Bad { records: u64, files: u64 },
}

impl SayOfDryRun<'_> {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => super::dry_run_zh::say(self),
            Lang::En => super::dry_run_en::say(self),
        }
    }
}

/// The headings of the table of instances that change.
pub(crate) fn change_columns(lang: Lang) -> [&'static str; 5] {
    match lang {
        Lang::Zh => ["实例", "产品", "影响", "结论", "原因"],
        Lang::En => ["Instance", "Product", "Effect", "Verdict", "Why"],
    }
}

/// The headings of the table of products of which instances change.
pub(crate) fn product_columns(lang: Lang) -> [&'static str; 6] {
    match lang {
        Lang::Zh => ["产品", "实例数", "变为可备案", "不再可备案", "其他变化", "原因"],
        Lang::En => ["Product", "Instances", "Become eligible", "No longer eligible", "Other changes", "Why"],
    }
}
