//! Decisions as a table for spreadsheet programs: with a byte order mark, headings in the language of the call, and
//! no cell that a spreadsheet would run as a formula.

use super::{Output, Tally};
use crate::words::sheet_columns;
use rulebook::{Decision, Lang, calendar};
use std::{
    borrow::Cow,
    io::{self, Write},
};

/// Without it spreadsheet programs take UTF-8 for the encoding of their country.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

pub(super) struct Csv<W: Write> {
    to: csv::Writer<W>,
    lang: Lang,
    started: bool,
}

impl<W: Write> Csv<W> {
    pub(super) fn new(to: W, lang: Lang) -> Self {
        Self { to: csv::Writer::from_writer(to), lang, started: false }
    }

    fn start(&mut self) -> io::Result<()> {
        if self.started {
            return Ok(());
        }
        self.started = true;
        let mut columns = sheet_columns(self.lang).map(|name| name.as_bytes().to_vec());
        if let Some(first) = columns.first_mut() {
            first.splice(0..0, BYTE_ORDER_MARK.iter().copied());
        }
        self.to.write_record(columns).map_err(io::Error::from)
    }
}

impl<W: Write> Output for Csv<W> {
    fn decision(&mut self, decision: &Decision<'_>) -> io::Result<()> {
        self.start()?;
        let case = decision.case();
        let quota = decision.quota();
        let count = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        let name = decision.row().map(|row| row.name.in_lang(self.lang));
        let record = [
            inert(&case.facts.id),
            inert(&case.facts.product),
            inert(name.unwrap_or_default()),
            Cow::Borrowed(decision.edition().id.as_str()),
            calendar::rfc3339(case.moment.at()).to_string().into(),
            decision.verdict().label(self.lang).into(),
            decision.verified_by().map(|by| by.label(self.lang)).unwrap_or_default().into(),
            count(quota.map(|quota| quota.limit)).into(),
            quota.map(|quota| quota.per.label(self.lang)).unwrap_or_default().into(),
            count(quota.map(|quota| quota.used)).into(),
            count(quota.map(|quota| quota.left)).into(),
            inert(&decision.explanation(self.lang).join("\n")).into_owned().into(),
        ];
        self.to.write_record(record.iter().map(|cell| cell.as_bytes())).map_err(io::Error::from)
    }

    fn finish(&mut self, _: &Tally) -> io::Result<()> {
        self.start()?;
        self.to.flush()
    }
}

/// `cell`, so that no spreadsheet program takes it for a formula.
pub(crate) fn inert(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_looks_like_a_formula_is_made_inert() {
        assert_eq!(inert("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(inert("@cmd"), "'@cmd");
        assert_eq!(inert("i-bp1=2"), "i-bp1=2");
    }
}
