//! Lists as files, CSV and XLSX: what a list page shows, row by row, and nothing that it does not show. Every cell is text: an id stays
//! the id that it is, and nothing that somebody typed is a formula to the spreadsheet that opens it.

use super::words::either;
use crate::{
    problem::{Kind, Problem},
    site::Site,
};
use askama::{Template, filters::HtmlSafe};
use axum::{
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use csv::{QuoteStyle, WriterBuilder};
use jiff::Timestamp;
use rulebook::Lang;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use serde::Deserialize;
use tokio::task::spawn_blocking;

/// Rows of a file at most: what makes one stays within a moment and a few megabytes.
pub(super) const MOST_ROWS: usize = 10_000;
/// What Excel needs in front of a CSV to read it as UTF-8.
const BOM: &str = "\u{feff}";
/// Characters with which spreadsheets begin formulas, full-width ones as well, which some of them take for the others. A line feed or a
/// tab in front hides them.
const FORMULAS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
/// Characters of a cell at most, as XLSX has it.
const LONGEST_CELL: usize = 32_767;
/// Pixels of a column at most.
const WIDEST: u32 = 400;
const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// As what a list is wanted.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Wanted {
    r#as: FileKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum FileKind {
    Csv,
    Xlsx,
}

/// The links on a list page.
#[derive(Debug, Template)]
#[template(path = "export.html")]
pub(super) struct Export {
    says: &'static str,
    at_most: String,
    address: String,
    joint: char,
}

impl HtmlSafe for Export {}

impl Export {
    /// Of the list at that address, which may have a query.
    pub(super) fn of(address: impl Into<String>, lang: Lang) -> Self {
        let address = address.into();
        let joint = if address.contains('?') { '&' } else { '?' };
        Self { says: words(lang).export, at_most: at_most(lang), address, joint }
    }
}

struct Words {
    export: &'static str,
}

const fn words(lang: Lang) -> &'static Words {
    either(lang, &Words { export: "导出" }, &Words { export: "Export as" })
}

fn at_most(lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("最多 {MOST_ROWS} 行"),
        Lang::En => format!("{MOST_ROWS} rows at most"),
    }
}

/// What the last row says where there was more.
fn cut(lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("只导出了前 {MOST_ROWS} 行，后面还有，没有导出。"),
        Lang::En => format!("These are the first {MOST_ROWS} rows. There are more, which were not exported."),
    }
}

/// A list.
#[derive(Debug)]
pub(super) struct Table {
    /// What the file is called.
    name: &'static str,
    rows: Vec<Vec<String>>,
    /// Whether there was more than a file has.
    is_cut: bool,
}

impl Table {
    /// A list with those columns.
    pub(super) fn new(name: &'static str, heads: &[&str]) -> Self {
        Self { name, rows: vec![heads.iter().map(|head| (*head).to_owned()).collect()], is_cut: false }
    }

    /// One row more, in the order of the columns. Beyond [`MOST_ROWS`] it is only told that there is more.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        if self.is_full() {
            self.is_cut = true;
        } else {
            self.rows.push(cells.into_iter().collect());
        }
    }

    /// Whether there is no need to look for more rows.
    pub(super) const fn is_cut(&self) -> bool {
        self.is_cut
    }

    const fn is_full(&self) -> bool {
        self.rows.len() > MOST_ROWS
    }

    /// The file.
    pub(super) async fn answer(self, wanted: &Wanted, site: &Site, lang: Lang) -> Result<Response, Problem> {
        let (kind, name, now) = (wanted.r#as, self.name, site.desk.now());
        let whole = self.ended(lang);
        let made = spawn_blocking(move || match kind {
            FileKind::Csv => Some(whole.csv()),
            FileKind::Xlsx => whole.xlsx(now).ok(),
        });
        let bytes = made.await.ok().flatten().ok_or_else(|| Problem::new(Kind::Fault, lang))?;
        let (kind, ending) = if kind == FileKind::Csv { (CSV, "csv") } else { (XLSX, "xlsx") };
        let file = format!("attachment; filename=\"{name}-{}.{ending}\"", super::shown::day(now));
        let file = HeaderValue::try_from(file).unwrap_or(HeaderValue::from_static("attachment"));
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static(kind)),
            (CONTENT_DISPOSITION, file),
            (CACHE_CONTROL, crate::answer::NEVER_KEPT),
        ];
        Ok((headers, bytes).into_response())
    }

    /// The same, whose last row says so where it is cut.
    fn ended(mut self, lang: Lang) -> Self {
        if self.is_cut {
            self.rows.push(vec![cut(lang)]);
        }
        self
    }

    /// Every cell is quoted, and what would be a formula has an apostrophe in front.
    fn csv(&self) -> Vec<u8> {
        let mut bytes = BOM.as_bytes().to_vec();
        let mut out =
            WriterBuilder::new().quote_style(QuoteStyle::Always).flexible(true).from_writer(&mut bytes);
        for row in &self.rows {
            // Nothing fails that is written to memory.
            let _written = out.write_record(row.iter().map(|cell| harmless(cell)));
        }
        drop(out);
        bytes
    }

    /// Every cell is written as a string, which is never a formula and never a number.
    fn xlsx(&self, now: Timestamp) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let made = ExcelDateTime::from_timestamp(now.as_second())?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let sheet = book.add_worksheet();
        sheet.set_freeze_panes(1, 0)?;
        let head = Format::new().set_bold();
        for (place, row) in (0..).zip(&self.rows) {
            for (column, cell) in (0..).zip(row) {
                let text: String = cell.chars().take(LONGEST_CELL).collect();
                if place == 0 {
                    sheet.write_string_with_format(place, column, text, &head)?;
                } else {
                    sheet.write_string(place, column, text)?;
                }
            }
        }
        sheet.set_autofit_max_width(WIDEST);
        sheet.autofit();
        book.save_to_buffer()
    }
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULAS) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_spreadsheets_take_for_a_formula_has_an_apostrophe_in_front() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"]
        {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        for text in ["", "1234567890123456789", "i-7", "a=b", "'=1", "京ICP备12345678号-1"] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn a_list_that_is_cut_says_so_and_one_that_just_fits_does_not() {
        let mut table = Table::new("list", &["id"]);
        for nth in 0..MOST_ROWS {
            table.row([nth.to_string()]);
        }
        assert!(!table.is_cut());
        table = table.ended(Lang::Zh);
        let whole = String::from_utf8(table.csv()).unwrap();
        assert_eq!(whole.lines().count(), MOST_ROWS + 1);
        table.row(["more".to_owned()]);
        assert!(table.is_cut());
        let file = String::from_utf8(table.ended(Lang::Zh).csv()).unwrap();
        assert!(file.ends_with("\"9999\"\n\"只导出了前 10000 行，后面还有，没有导出。\"\n"), "{file}");
    }
}
