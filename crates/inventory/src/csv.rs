//! Tables as text. Rows are split here and not by a library because a bad row must cost one row: a quotation mark
//! that nothing closes, an endless line or bytes of another encoding are told with their line and reading goes on.

use crate::{
    fault::{BadRecord, Encoding, Fault, OpenError, Place, Warning},
    products::ProductIds,
    source::{Breaks, LineEnd, Source},
    step::{Spot, Step},
    table::{Headings, Rows},
};
use memchr::{memchr, memchr_iter};
use rulebook::Facts;
use std::io;

/// What may stand between cells; the one is taken that makes the most headings known.
const SEPARATORS: [u8; 3] = [b',', b'\t', b';'];

/// A quoted cell that goes on for more lines than this was never closed. It also bounds how often a line is read.
const MOST_LINES: u32 = 100;

pub(crate) struct Csv<'r> {
    source: Source<'r>,
    rows: Rows<'r>,
    encoding: Encoding,
    separator: u8,
    limit: usize,
    cells: Cells,
    /// How many rows were warned of.
    warned: u32,
}

impl<'r> Csv<'r> {
    pub(crate) fn open(
        source: Source<'r>,
        products: ProductIds<'r>,
        encoding: Encoding,
        limit: usize,
    ) -> Result<Self, OpenError> {
        let mut source = source.with(Breaks::Any);
        let mut cells = Cells::default();
        let (separator, headings) = headings::<Headings>(&mut source, encoding, limit, &mut cells)?;
        let rows = Rows::new(headings, products, Vec::new());
        Ok(Self { source, rows, encoding, separator, limit, cells, warned: 0 })
    }

    pub(crate) fn warnings(&self) -> &[Warning] {
        self.rows.warnings()
    }

    pub(crate) fn step(&mut self, facts: &mut Facts) -> Step {
        let spot = Spot::line(self.source.line());
        match self.row(spot.line, facts) {
            Ok(Read::End) => Step::End,
            Ok(Read::Blank) => Step::On,
            Ok(Read::Record(faults)) => Step::Record(spot, faults),
            Err(error) => Step::Last(spot, Fault::Unreadable { said: error.to_string() }),
        }
    }

    /// Reads a row and gives it up; of a bad one the first line, so that the next row is none of its cells.
    fn row(&mut self, line: u64, facts: &mut Facts) -> io::Result<Read> {
        let bytes = match row(&mut self.source, self.separator, self.limit)? {
            Row::End => return Ok(Read::End),
            Row::Bytes(bytes) => bytes,
            Row::Bad(fault) => {
                self.source.skip_line()?;
                return Ok(Read::Record(vec![fault]));
            }
        };
        let row = self.source.window().get(..bytes).unwrap_or_default();
        let read = read(row, self.separator, self.encoding, &mut self.cells, &mut self.rows, facts);
        let is_last = !row.ends_with(b"\n") && !row.ends_with(b"\r");
        if is_last && matches!(read, Read::Record(_)) && self.cells.len() < self.rows.headings().len() {
            self.rows.warn(Warning::PerhapsCut { line });
        }
        if self.cells.unquoted.is_some()
            && self.warned < MOST_WARNED
            && holds_rows(row, self.separator, self.rows.headings().len())
        {
            self.warned += 1;
            self.rows.warn(Warning::RowsInCell { line });
        }
        self.source.consume(bytes);
        Ok(read)
    }
}

/// Whether a line of `row` after its first looks like a row of so many cells. The end of a cell that goes on over
/// several lines does not: its quotation mark stands before the first separator.
fn holds_rows(row: &[u8], separator: u8, cells: usize) -> bool {
    let lines = row.trim_ascii_end().split(|byte| matches!(byte, b'\r' | b'\n')).skip(1);
    lines.into_iter().any(|line| {
        let before = line.split(|byte| *byte == b'"').next().unwrap_or_default();
        cells > 1
            && memchr_iter(separator, line).count() + 1 == cells
            && memchr(separator, before).is_some_and(|at| at > 0)
    })
}

/// Rows of which it is told that they seem to hold others; where there are more, this is how the table is written.
const MOST_WARNED: u32 = 20;

/// What became of a row.
enum Read {
    /// A record, with everything that is wrong with it.
    Record(Vec<Fault>),
    Blank,
    End,
}

/// A heading row of a kind of table.
pub(crate) trait HeadingRow: Sized {
    /// How many of `cells` are headings that are known.
    fn known<'h>(cells: impl IntoIterator<Item = &'h str>) -> usize;

    /// Reads a heading row.
    fn read<'h>(cells: impl IntoIterator<Item = &'h str>) -> Result<Self, OpenError>;
}

/// Finds the heading row, the first that is not blank, and what separates its cells: what the line before it tells
/// Excel, or else what makes the most headings known.
pub(crate) fn headings<H: HeadingRow>(
    source: &mut Source<'_>,
    encoding: Encoding,
    limit: usize,
    cells: &mut Cells,
) -> Result<(u8, H), OpenError> {
    let mut told = None;
    loop {
        let line = source.line();
        let bad = |fault| {
            let place = Place { line, record: 0, sheet: None };
            OpenError::BadHeadings(BadRecord { place, faults: vec![fault] })
        };
        let mut best: Option<(usize, u8, usize)> = None;
        let mut fault = None;
        for separator in told.map_or_else(|| SEPARATORS.to_vec(), |told| vec![told]) {
            let bytes = match row(source, separator, limit)? {
                Row::Bytes(bytes) => bytes,
                Row::Bad(wrong) => {
                    fault.get_or_insert(wrong);
                    continue;
                }
                Row::End => return Err(OpenError::Empty),
            };
            let row = source.window().get(..bytes).unwrap_or_default();
            let Ok(text) = std::str::from_utf8(row) else {
                return Err(bad(Fault::NotText { encoding }));
            };
            cells.split(text, separator);
            let known = H::known(cells.iter(text));
            if best.is_none_or(|(most, _, _)| known > most) {
                best = Some((known, separator, bytes));
            }
        }
        let Some((_, separator, bytes)) = best else {
            return Err(bad(fault.unwrap_or(Fault::UnclosedQuote)));
        };
        let text =
            source.window().get(..bytes).and_then(|row| std::str::from_utf8(row).ok()).unwrap_or_default();
        if told.is_none() {
            told = told_separator(text);
            if told.is_some() {
                source.consume(bytes);
                continue;
            }
        }
        let read = (!text.trim().is_empty()).then(|| {
            cells.split(text, separator);
            H::read(cells.iter(text))
        });
        source.consume(bytes);
        if let Some(headings) = read {
            return Ok((separator, headings?));
        }
    }
}

/// The separator that a line `sep=;` tells Excel.
fn told_separator(line: &str) -> Option<u8> {
    let line = line.trim_end_matches(['\r', '\n']);
    let line = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).unwrap_or(line);
    match line.as_bytes() {
        [name @ .., b'=', separator @ (b'\t' | b' '..=b'~')]
            if name.eq_ignore_ascii_case(b"sep") && *separator != b'"' =>
        {
            Some(*separator)
        }
        _ => None,
    }
}

/// A row of the window.
pub(crate) enum Row {
    /// So many bytes, its line break included.
    Bytes(usize),
    /// None, because of what is wrong with it. The line with which the window begins is to be given up.
    Bad(Fault),
    End,
}

/// Finds where the row ends with which the window begins.
pub(crate) fn row(source: &mut Source<'_>, separator: u8, limit: usize) -> io::Result<Row> {
    let mut seen = 0;
    let mut state = Quotes::CellStart;
    for _ in 0..MOST_LINES {
        let (end, ended) = match source.line_end(seen, limit)? {
            LineEnd::At(end) => (end, false),
            LineEnd::Input(0) => return Ok(Row::End),
            LineEnd::Input(end) => (end, true),
            LineEnd::TooFar if seen == 0 => return Ok(Row::Bad(Fault::TooLong { limit })),
            LineEnd::TooFar => break,
        };
        let line = source.window().get(seen..end).unwrap_or_default();
        if seen == 0 && memchr(b'"', line).is_none() {
            return Ok(Row::Bytes(end));
        }
        state = line.iter().fold(state, |state, byte| state.after(*byte, separator));
        match state {
            Quotes::Quoted => {}
            Quotes::Broken => return Ok(Row::Bad(Fault::TextAfterQuote)),
            Quotes::CellStart | Quotes::Plain | Quotes::Quote => return Ok(Row::Bytes(end)),
        }
        if ended {
            break;
        }
        seen = end;
    }
    Ok(Row::Bad(Fault::UnclosedQuote))
}

/// Where in a row reading stands, as far as quotation marks go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quotes {
    CellStart,
    Plain,
    Quoted,
    /// After a quotation mark in a quoted cell: it closes the cell, or another one follows and it is part of it.
    Quote,
    /// A cell went on after it was closed: what belongs to it and what to the next is anybody's guess.
    Broken,
}

impl Quotes {
    fn after(self, byte: u8, separator: u8) -> Self {
        match (self, byte) {
            (Self::Broken, _) => Self::Broken,
            (Self::Quoted, b'"') => Self::Quote,
            (Self::CellStart | Self::Quote, b'"') | (Self::Quoted, _) => Self::Quoted,
            (_, b'\r' | b'\n') => Self::CellStart,
            (_, byte) if byte == separator => Self::CellStart,
            (Self::Quote, _) => Self::Broken,
            _ => Self::Plain,
        }
    }
}

/// Reads one row into `facts`. Cells that it lacks at its end are empty: Excel leaves them out.
fn read(
    row: &[u8],
    separator: u8,
    encoding: Encoding,
    cells: &mut Cells,
    rows: &mut Rows<'_>,
    facts: &mut Facts,
) -> Read {
    let Ok(row) = std::str::from_utf8(row) else {
        return Read::Record(vec![Fault::NotText { encoding }]);
    };
    cells.split(row, separator);
    let expected = rows.headings().len();
    rows.begin(facts);
    if cells.len() != expected || cells.first(row).is_empty() {
        if cells.iter(row).all(|cell| cell.trim().is_empty()) {
            return Read::Blank;
        }
        if cells.iter(row).skip(expected).any(|cell| !cell.trim().is_empty()) {
            return Read::Record(vec![Fault::Cells { found: cells.len(), expected }]);
        }
    }
    for (at, cell) in cells.iter(row).enumerate().take(expected) {
        if let Some(column) = rows.headings().column(at) {
            rows.text(column, cell, facts);
        }
    }
    Read::Record(rows.end(facts))
}

/// The cells of one row: parts of the row, or of a copy without quotation marks where it has some.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    ends: Vec<usize>,
    unquoted: Option<String>,
    spare: String,
}

impl Cells {
    pub(crate) fn split(&mut self, row: &str, separator: u8) {
        let row = row.trim_end_matches(['\r', '\n']);
        self.ends.clear();
        if let Some(unquoted) = self.unquoted.take() {
            self.spare = unquoted;
        }
        if memchr(b'"', row.as_bytes()).is_none() {
            self.ends.extend(memchr_iter(separator, row.as_bytes()));
            self.ends.push(row.len());
        } else {
            self.unquote(row, separator);
        }
    }

    /// Cells that begin with a quotation mark lose it and the one that closes them; two inside are one.
    fn unquote(&mut self, row: &str, separator: u8) {
        let mut unquoted = std::mem::take(&mut self.spare);
        unquoted.clear();
        let mut state = Quotes::CellStart;
        for c in row.chars() {
            // What is not ASCII is neither a quotation mark nor a separator.
            let after = state.after(u8::try_from(c).unwrap_or(0x80), separator);
            match (state, after) {
                (Quotes::CellStart, Quotes::Quoted) | (Quotes::Quoted, Quotes::Quote) => {}
                (_, Quotes::CellStart) if c == char::from(separator) => {
                    self.ends.push(unquoted.len());
                    // Keeps cells one byte apart, as in a row without quotation marks.
                    unquoted.push('\0');
                }
                _ => unquoted.push(c),
            }
            state = after;
        }
        self.ends.push(unquoted.len());
        self.unquoted = Some(unquoted);
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn iter<'c>(&'c self, row: &'c str) -> impl Iterator<Item = &'c str> {
        let text = self.unquoted.as_deref().unwrap_or(row);
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let cell = text.get(start..*end).unwrap_or_default();
            start = end + 1;
            cell
        })
    }

    fn first<'c>(&'c self, row: &'c str) -> &'c str {
        self.iter(row).next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(row: &str) -> Vec<String> {
        let mut cells = Cells::default();
        cells.split(row, b',');
        cells.iter(row).map(str::to_owned).collect()
    }

    #[test]
    fn quotation_marks_are_those_of_rfc_4180() {
        assert_eq!(split("a,b,,\r\n"), ["a", "b", "", ""]);
        assert_eq!(split("\"a,b\",\"c\"\"d\",\"e\nf\"\n"), ["a,b", "c\"d", "e\nf"]);
        assert_eq!(split("5\" disk,x"), ["5\" disk", "x"]);
        assert_eq!(split("\"地，域\",é"), ["地，域", "é"]);
    }

    #[test]
    fn the_separator_that_excel_is_told_is_any_but_a_quotation_mark() {
        for (line, separator) in
            [("sep=;\r\n", b';'), ("SEP=,\n", b','), ("sep=\t", b'\t'), ("\"sep=|\"\r", b'|')]
        {
            assert_eq!(told_separator(line), Some(separator), "{line}");
        }
        for line in ["sep=", "sep", "id,sep=;", "sep=\"", "sep=，", "sep=;;"] {
            assert_eq!(told_separator(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn rows_are_split_as_the_csv_library_splits_them(rows in prop::collection::vec(
            prop::collection::vec("[a\",;\n\r 地é]{0,6}", 1..5), 1..8)) {
            let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let written = writer.into_inner().unwrap();
            let mut source = Source::new(Box::new(&written[..])).with(Breaks::Any);
            let mut read = Vec::new();
            while let Row::Bytes(bytes) = row(&mut source, b',', 1 << 20).unwrap() {
                read.push(split(std::str::from_utf8(&source.window()[..bytes]).unwrap()));
                source.consume(bytes);
            }
            prop_assert_eq!(read, rows);
        }
    }
}
