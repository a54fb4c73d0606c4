//! The ways in which decisions are written.

mod behind;
pub(crate) mod csv;
mod json;
mod table;

use crate::cli::check::Format;
use rulebook::{Decision, Lang, Verdict};
use std::io::{self, Write};

/// Where decisions go, one after another.
pub(crate) trait Output {
    /// Writes one decision.
    fn decision(&mut self, decision: &Decision<'_>) -> io::Result<()>;

    /// Writes what comes after the last one.
    fn finish(&mut self, tally: &Tally) -> io::Result<()>;
}

/// An output of that format.
pub(crate) fn output<'w>(
    format: Format,
    lang: Lang,
    to: impl Write + 'w,
    width: Option<usize>,
) -> Box<dyn Output + 'w> {
    match format {
        Format::Table => Box::new(table::Table::new(to, lang, width)),
        Format::Json => Box::new(json::Json::array(to, lang)),
        Format::Jsonl => Box::new(json::Json::lines(to, lang)),
        Format::Csv => Box::new(csv::Csv::new(to, lang)),
    }
}

pub(crate) use behind::Behind;
pub(crate) use table::{Column, layout};

/// What came of a call so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    verdicts: [u64; Verdict::ALL.len()],
    /// Records that were bad and not decided.
    pub(crate) bad_records: u64,
    /// Files that could not be read.
    pub(crate) bad_files: u64,
}

impl Tally {
    pub(crate) fn count(&mut self, verdict: Verdict) {
        for (counted, n) in Verdict::ALL.into_iter().zip(&mut self.verdicts) {
            *n += u64::from(counted == verdict);
        }
    }

    pub(crate) fn decided(&self) -> u64 {
        self.verdicts.iter().sum()
    }

    /// The verdicts that were given at all, with how often.
    pub(crate) fn verdicts(&self) -> Vec<(Verdict, u64)> {
        Verdict::ALL.into_iter().zip(self.verdicts).filter(|(_, n)| *n > 0).collect()
    }

    /// 0 all eligible or not required, 1 some are not, 2 something was bad (SPEC 3.4).
    pub(crate) fn exit_code(&self) -> u8 {
        let fine = |verdict: &Verdict| matches!(verdict, Verdict::Eligible | Verdict::NotRequired);
        let all_fine = self.verdicts().iter().all(|(verdict, _)| fine(verdict));
        match (self.is_bad(), all_fine) {
            (false, true) => 0,
            (false, false) => 1,
            (true, _) => 2,
        }
    }

    pub(crate) fn is_bad(&self) -> bool {
        self.bad_records + self.bad_files > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(verdicts: &[Verdict], bad_records: u64) -> Tally {
        let mut tally = Tally { bad_records, ..Tally::default() };
        for verdict in verdicts {
            tally.count(*verdict);
        }
        tally
    }

    #[test]
    fn the_exit_code_tells_whether_all_may_be_filed_or_need_not() {
        assert_eq!(tally(&[Verdict::Eligible, Verdict::NotRequired], 0).exit_code(), 0);
        for verdict in [Verdict::Ineligible, Verdict::Undetermined, Verdict::Elsewhere] {
            assert_eq!(tally(&[Verdict::Eligible, verdict], 0).exit_code(), 1);
        }
        assert_eq!(tally(&[Verdict::Eligible], 1).exit_code(), 2);
        assert_eq!(tally(&[Verdict::Ineligible], 1).exit_code(), 2);
        assert_eq!(tally(&[], 0).exit_code(), 0);
        assert_eq!(Tally { bad_files: 1, ..Tally::default() }.exit_code(), 2);
    }
}
