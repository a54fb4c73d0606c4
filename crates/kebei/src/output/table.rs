//! Decisions as a table for people, aligned by display width: a Chinese character is two columns wide.

use super::{Output, Tally};
use crate::words::{Say, decision_columns};
use rulebook::{Decision, Lang};
use std::io::{self, Write};
use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr;

/// So many rows are held back to find the widths of the columns; later ones that are wider stick out.
const MEASURED: usize = 500;
/// Columns but the last are not made wider than this: a long id sticks out by itself.
const WIDEST: usize = 40;
/// Where less room than this is left for the last column, it stands below the row instead: it would be a strip.
const NARROWEST: usize = 40;
/// By how much it is then indented.
const BELOW: usize = 4;
/// Between two columns.
const GAP: usize = 2;

/// A row: its cells, and the paragraphs of its last column.
struct Row {
    cells: Vec<String>,
    last: Vec<String>,
}

pub(super) struct Table<W> {
    to: W,
    lang: Lang,
    width: Option<usize>,
    waiting: Vec<Row>,
    widths: Option<Vec<usize>>,
}

impl<W: Write> Table<W> {
    /// `width` is that of the terminal; without one nothing is wrapped.
    pub(super) fn new(to: W, lang: Lang, width: Option<usize>) -> Self {
        let (cells, last) = headings(decision_columns(lang));
        Self { to, lang, width, waiting: vec![Row { cells, last }], widths: None }
    }

    /// Writes the rows held back, in columns as wide as the widest cell.
    fn release(&mut self) -> io::Result<()> {
        let widths = self.widths.get_or_insert_with(|| widths(&self.waiting, WIDEST));
        for row in self.waiting.drain(..) {
            write_row(&mut self.to, &row, widths, self.width)?;
        }
        Ok(())
    }
}

impl<W: Write> Output for Table<W> {
    fn decision(&mut self, decision: &Decision<'_>) -> io::Result<()> {
        self.waiting.push(row(decision, self.lang));
        if self.widths.is_some() || self.waiting.len() > MEASURED { self.release() } else { Ok(()) }
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        if tally.decided() > 0 {
            self.release()?;
            writeln!(self.to)?;
        }
        writeln!(self.to, "{}", Say::Tally(tally).to_text(self.lang))?;
        self.to.flush()
    }
}

fn row(decision: &Decision<'_>, lang: Lang) -> Row {
    let facts = decision.case().facts;
    let product = decision.row().map_or(facts.product.as_str(), |row| row.name.in_lang(lang));
    let quota =
        decision.quota().map_or_else(|| "–".to_owned(), |quota| format!("{}/{}", quota.used, quota.limit));
    let cells = [&facts.id, product, decision.verdict().label(lang), &quota].map(visible).to_vec();
    let last = decision.explanation(lang).iter().map(|text| visible(text)).collect();
    Row { cells, last }
}

/// `text` without characters that would move the cursor or colour the terminal.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

fn headings<const N: usize>(columns: [&str; N]) -> (Vec<String>, Vec<String>) {
    let mut cells: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
    let last = cells.pop().into_iter().collect();
    (cells, last)
}

fn widths(rows: &[Row], widest: usize) -> Vec<usize> {
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let of = |at: usize| rows.iter().filter_map(move |row| row.cells.get(at)).map(|cell| cell.width());
    (0..columns).map(|at| of(at).max().unwrap_or(0).min(widest)).collect()
}

fn write_row(to: &mut impl Write, row: &Row, widths: &[usize], terminal: Option<usize>) -> io::Result<()> {
    let mut line = String::new();
    for (cell, width) in row.cells.iter().zip(widths) {
        let pad = width.saturating_sub(cell.width());
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', pad + GAP));
    }
    let start = widths.iter().map(|width| width + GAP).sum();
    let below = terminal.is_some_and(|all| all < start + NARROWEST);
    let start = if below { BELOW } else { start };
    let room = terminal.map(|all| all.saturating_sub(start));
    if below {
        writeln!(to, "{}", line.trim_end())?;
        line.clear();
    }
    for text in row.last.iter().flat_map(|paragraph| wrapped(paragraph, room)) {
        let indent = if line.is_empty() { start } else { 0 };
        writeln!(to, "{line}{:indent$}{text}", "")?;
        line.clear();
    }
    if line.is_empty() { Ok(()) } else { writeln!(to, "{}", line.trim_end()) }
}

fn wrapped(paragraph: &str, room: Option<usize>) -> Vec<String> {
    let Some(room) = room else { return vec![paragraph.to_owned()] };
    let options = Options::new(room.max(1)).word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(paragraph, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// A column of a table that is laid out whole.
pub(crate) struct Column(pub(crate) &'static str);

/// Writes a small table whose rows are all at hand; the paragraphs of the last column stand below each other.
pub(crate) fn layout<const N: usize>(
    to: &mut impl Write,
    columns: [Column; N],
    rows: Vec<(Vec<String>, Vec<String>)>,
    terminal: Option<usize>,
) -> io::Result<()> {
    let (cells, last) = headings(columns.map(|column| column.0));
    let mut all = vec![Row { cells, last }];
    let shown = |texts: Vec<String>| texts.iter().map(|text| visible(text)).collect();
    all.extend(rows.into_iter().map(|(cells, last)| Row { cells: shown(cells), last: shown(last) }));
    let widths = widths(&all, usize::MAX);
    for row in &all {
        write_row(to, row, &widths, terminal)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(rows: &[Row], terminal: Option<usize>) -> String {
        let widths = widths(rows, WIDEST);
        let mut text = Vec::new();
        for row in rows {
            write_row(&mut text, row, &widths, terminal).unwrap();
        }
        String::from_utf8(text).unwrap()
    }

    fn row_of(cells: &[&str], last: &[&str]) -> Row {
        let owned = |list: &[&str]| list.iter().map(|cell| (*cell).to_owned()).collect();
        Row { cells: owned(cells), last: owned(last) }
    }

    #[test]
    fn chinese_cells_count_two_columns_each() {
        let rows = vec![row_of(&["i-1", "云服务器"], &["甲"]), row_of(&["i-22", "ecs"], &["乙"])];
        assert_eq!(written(&rows, None), "i-1   云服务器  甲\ni-22  ecs       乙\n");
    }

    #[test]
    fn further_paragraphs_and_wrapped_lines_stand_below_the_first() {
        let rows = vec![row_of(&["i-1"], &["一二三四五六七八九十一二三四五六七八九十一二三四", "乙"])];
        let expected = "i-1  一二三四五六七八九十一二三四五六七八九十\n     一二三四\n     乙\n";
        assert_eq!(written(&rows, Some(45)), expected);
    }

    #[test]
    fn on_a_narrow_terminal_the_last_column_stands_below_the_row() {
        let rows = vec![row_of(&["i-1"], &["一二三四五六七八九十", "乙"])];
        assert_eq!(written(&rows, Some(20)), "i-1\n    一二三四五六七八\n    九十\n    乙\n");
    }

    #[test]
    fn escape_sequences_from_an_inventory_do_not_reach_the_terminal() {
        assert_eq!(visible("i-1\u{1b}[31m\n"), "i-1\u{FFFD}[31m\u{FFFD}");
    }
}
