//! Excel workbooks: unpacked once through a counter before anything believes them, then read cell by cell on a thread
//! of their own, which also keeps a fault of the reader from being ours.

use crate::{
    fault::{Fault, OpenError, Warning, WorkbookFault, shown},
    limits::Limits,
    products::ProductIds,
    step::{Spot, Step},
    table::{Cell, Headings, Rows},
};
use calamine::{DataRef, ExcelDateTime, NumberFormat, Reader, XlsxCellReader};
use jiff::{ToSpan, civil::DateTime};
use rulebook::Facts;
use std::{
    io::{self, Cursor, Read},
    ops::RangeInclusive,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread, vec,
};
use zip::ZipArchive;

/// Rows handed over at a time.
const BATCH: usize = 64;
/// Batches that wait.
const WAITING: usize = 2;
/// A cell of an instance holds a few words or addresses; batches of cells of this size still fit in memory.
const CELL_BYTES: usize = 8 << 10;
/// The styles of a workbook are held in memory, each much larger than its text.
const STYLE_BYTES: u64 = 4 << 20;
/// An honest workbook shrinks to a tenth; one that shrinks to less than this part is refused...
const MOST_INFLATION: u64 = 200;
/// ...unless it is small anyway.
const ALWAYS_INFLATED: u64 = 16 << 20;

type Workbook = calamine::Xlsx<Cursor<Vec<u8>>>;
type Sheet<'w> = XlsxCellReader<'w, Cursor<Vec<u8>>>;

pub(crate) struct Xlsx<'r> {
    rows: Rows<'r>,
    sheet: Arc<str>,
    batches: Receiver<Batch>,
    batch: vec::IntoIter<SheetRow>,
    last: Last,
    /// The row read last.
    line: u64,
}

/// A row with those cells that are in columns of ours and not empty.
struct SheetRow {
    number: u64,
    cells: Vec<(usize, Cell)>,
}

struct Batch {
    rows: Vec<SheetRow>,
    last: Last,
}

/// What follows a batch.
enum Last {
    /// Another one.
    More,
    /// Nothing.
    End,
    /// A fault behind which nothing can be read.
    Fault(Fault),
}

/// The sheet that was found.
struct Found {
    name: Arc<str>,
    headings: Headings,
}

impl<'r> Xlsx<'r> {
    pub(crate) fn open(
        input: impl Read,
        products: ProductIds<'r>,
        limits: Limits,
    ) -> Result<Self, OpenError> {
        let mut bytes = Vec::new();
        let limit = limits.workbook_bytes;
        input.take(limit as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > limit {
            return Err(OpenError::Workbook(WorkbookFault::TooLarge(limit)));
        }
        weigh(&bytes, limits)?;
        let (to_us, opened) = sync_channel(1);
        let (give, batches) = sync_channel(WAITING);
        thread::Builder::new().name("workbook".to_owned()).spawn(move || {
            // Whoever listened may be gone; then there is nobody to tell.
            let _ = read(bytes, limits.rows, &to_us, &give);
        })?;
        let found = opened.recv().unwrap_or_else(|_| Err(damaged("the reader gave up")))?;
        Ok(Self {
            rows: Rows::new(found.headings, products, Vec::new()),
            sheet: found.name,
            batches,
            batch: Vec::new().into_iter(),
            last: Last::More,
            line: 1,
        })
    }

    pub(crate) fn warnings(&self) -> &[Warning] {
        self.rows.warnings()
    }

    pub(crate) fn step(&mut self, facts: &mut Facts) -> Step {
        self.rows.begin(facts);
        let row = match self.next_row() {
            Ok(row) => row,
            Err(None) => return Step::End,
            Err(Some(fault)) => return Step::Last(self.spot(), fault),
        };
        self.line = row.number;
        for (at, cell) in &row.cells {
            if let Some(column) = self.rows.headings().column(*at) {
                self.rows.cell(column, cell, facts);
            }
        }
        Step::Record(self.spot(), self.rows.end(facts))
    }

    fn spot(&self) -> Spot {
        Spot { line: self.line, sheet: Some(Arc::clone(&self.sheet)) }
    }

    /// The next row; at the end the fault that ended the sheet, if one did.
    fn next_row(&mut self) -> Result<SheetRow, Option<Fault>> {
        loop {
            if let Some(row) = self.batch.next() {
                return Ok(row);
            }
            match std::mem::replace(&mut self.last, Last::End) {
                Last::More => {}
                Last::End => return Err(None),
                Last::Fault(fault) => return Err(Some(fault)),
            }
            let gave_up = || Fault::DamagedSheet { said: "the reader gave up".to_owned() };
            let Batch { rows, last } = self.batches.recv().map_err(|_| Some(gave_up()))?;
            self.batch = rows.into_iter();
            self.last = last;
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "so that it stands in a `map_err`")]
fn damaged(said: impl ToString) -> OpenError {
    OpenError::Workbook(WorkbookFault::Damaged(shown(&said.to_string())))
}

/// Unpacks every part of the archive into nothing, and refuses it as soon as it comes to more than is read.
fn weigh(bytes: &[u8], limits: Limits) -> Result<(), OpenError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if !archive.file_names().flatten().any(|name| name.eq_ignore_ascii_case("xl/workbook.xml")) {
        return Err(OpenError::Workbook(WorkbookFault::NoWorkbook));
    }
    let all = limits.inflated_bytes.min((bytes.len() as u64 * MOST_INFLATION).max(ALWAYS_INFLATED));
    let mut left = all;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_ascii_lowercase();
        let most = match name.rsplit('/').next() {
            Some("sharedstrings.xml") => left.min(limits.shared_text_bytes),
            Some("styles.xml") => left.min(STYLE_BYTES),
            _ => left,
        };
        let inflated = io::copy(&mut part.take(most + 1), &mut io::sink()).map_err(damaged)?;
        if inflated > most {
            return Err(OpenError::Workbook(WorkbookFault::Inflates(if most < left { most } else { all })));
        }
        left -= inflated;
    }
    Ok(())
}

/// Somebody stopped listening.
struct Gone;

/// Reads a workbook from its first sheet that has headings: what was found, then rows in batches.
fn read(
    bytes: Vec<u8>,
    most_rows: u64,
    opened: &SyncSender<Result<Found, OpenError>>,
    batches: &SyncSender<Batch>,
) -> Result<(), Gone> {
    let mut workbook = match Workbook::new(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(error) => return opened.send(Err(damaged(error))).map_err(|_| Gone),
    };
    let found = match find_sheet(&mut workbook) {
        Ok(found) => found,
        Err(error) => return opened.send(Err(error)).map_err(|_| Gone),
    };
    let name = Arc::clone(&found.name);
    // Past the headings again: the reader goes one way only.
    let mut sheet = match workbook.worksheet_cells_reader(&name).map(SheetRows::new) {
        Ok(sheet) => sheet,
        Err(error) => return opened.send(Err(damaged(error))).map_err(|_| Gone),
    };
    let ours: Vec<bool> = (0..found.headings.len()).map(|at| found.headings.column(at).is_some()).collect();
    opened.send(Ok(found)).map_err(|_| Gone)?;
    let unreadable = |error: calamine::XlsxError| Fault::DamagedSheet { said: shown(&error.to_string()) };
    let mut last = sheet.next(|_| true).map_or_else(|error| Last::Fault(unreadable(error)), |_| Last::More);
    let mut read = 0;
    loop {
        let mut rows = Vec::with_capacity(BATCH);
        while rows.len() < BATCH && matches!(last, Last::More) {
            match sheet.next(|column| ours.get(column).copied().unwrap_or(false)) {
                Ok(Some(_)) if read == most_rows => {
                    last = Last::Fault(Fault::TooManyRows { limit: most_rows });
                }
                Ok(Some(row)) => {
                    read += 1;
                    rows.push(row);
                }
                Ok(None) => last = Last::End,
                Err(error) => last = Last::Fault(unreadable(error)),
            }
        }
        let more = matches!(last, Last::More);
        batches.send(Batch { rows, last }).map_err(|_| Gone)?;
        if !more {
            return Ok(());
        }
        last = Last::More;
    }
}

/// The first sheet whose first row that is not empty has headings. Where none has, what is wrong with the first one.
fn find_sheet(workbook: &mut Workbook) -> Result<Found, OpenError> {
    let mut error = None;
    for name in workbook.sheet_names() {
        let mut sheet = match workbook.worksheet_cells_reader(&name).map(SheetRows::new) {
            Ok(sheet) => sheet,
            // A sheet of another kind: a chart.
            Err(calamine::XlsxError::WorksheetNotFound(_) | calamine::XlsxError::NotAWorksheet(_)) => {
                continue;
            }
            Err(other) => {
                error.get_or_insert(damaged(other));
                continue;
            }
        };
        match sheet.next(|_| true).map_err(damaged) {
            Ok(None) => {}
            Ok(Some(row)) => match headings(&row) {
                Ok(headings) => return Ok(Found { name: Arc::from(name), headings }),
                Err(wrong) => {
                    error.get_or_insert(wrong);
                }
            },
            Err(wrong) => {
                error.get_or_insert(wrong);
            }
        }
    }
    Err(error.unwrap_or(OpenError::Workbook(WorkbookFault::NothingInIt)))
}

fn headings(row: &SheetRow) -> Result<Headings, OpenError> {
    let last = row.cells.iter().map(|(at, _)| *at).max().unwrap_or_default();
    let mut texts = vec![""; last + 1];
    for (at, cell) in &row.cells {
        if let (Cell::Text(text), Some(heading)) = (cell, texts.get_mut(*at)) {
            *heading = text;
        }
    }
    Headings::read(texts)
}

/// The rows of a sheet that are not empty, from its cells.
struct SheetRows<'w> {
    cells: Sheet<'w>,
    /// The first cell of the next row, which is read when a row ends.
    next: Option<(u32, usize, Cell)>,
    ended: bool,
    /// Of each style of the workbook whether it shows a time of day.
    timed: Vec<bool>,
}

/// The columns of a sheet of Excel.
const MOST_COLUMNS: usize = 1 << 14;

impl<'w> SheetRows<'w> {
    fn new(cells: Sheet<'w>) -> Self {
        let timed =
            cells.styles().iter().map(|style| style.number_format.as_ref().is_some_and(shows_time)).collect();
        Self { cells, next: None, ended: false, timed }
    }

    /// The next row that has a cell in the columns that are `wanted`.
    fn next(&mut self, wanted: impl Fn(usize) -> bool) -> Result<Option<SheetRow>, calamine::XlsxError> {
        let mut row: Option<SheetRow> = None;
        let mut at = None;
        loop {
            let (number, column, cell) = match self.next.take() {
                Some(next) => next,
                None if self.ended => return Ok(row),
                None => match self.cells.next_cell_with_style_id()? {
                    None => {
                        self.ended = true;
                        return Ok(row);
                    }
                    Some((cell, style)) => {
                        let (number, column) = cell.get_position();
                        let column = usize::try_from(column).unwrap_or(usize::MAX);
                        if column >= MOST_COLUMNS || !wanted(column) {
                            continue;
                        }
                        let timed = self.timed.get(style).copied().unwrap_or(false);
                        let Some(cell) = read_cell(cell.get_value(), timed) else { continue };
                        (number, column, cell)
                    }
                },
            };
            if at.is_some_and(|at| at != number) {
                self.next = Some((number, column, cell));
                return Ok(row);
            }
            at = Some(number);
            let row =
                row.get_or_insert_with(|| SheetRow { number: u64::from(number) + 1, cells: Vec::new() });
            // A cell that stands twice counts once, so that a row is never longer than the headings.
            if row.cells.iter().rev().all(|(earlier, _)| *earlier != column) {
                row.cells.push((column, cell));
            }
        }
    }
}

/// Whether cells of this format show hours: a date among them has a time of day even where that is midnight.
fn shows_time(format: &NumberFormat) -> bool {
    /// Excel's own formats with a time.
    const TIMES: [RangeInclusive<u32>; 2] = [18..=22, 45..=47];
    // Text in quotation marks is shown as it is; in brackets stand languages and colours.
    let shown = format.format_code.split('"').step_by(2);
    let hours = shown.flat_map(|part| part.split('[')).any(|part| {
        let code = part.split_once(']').map_or(part, |(_, code)| code);
        code.contains(['h', 'H'])
    });
    hours || format.format_id.is_some_and(|id| TIMES.iter().any(|times| times.contains(&id)))
}

/// The cell, `None` for an empty one; `timed` where it shows a time of day.
fn read_cell(cell: &DataRef<'_>, timed: bool) -> Option<Cell> {
    match cell {
        DataRef::Empty => None,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => self::text(text),
        DataRef::SharedString(text) => self::text(text),
        DataRef::Float(number) => Some(Cell::Number(*number)),
        #[expect(clippy::cast_precision_loss, reason = "numbers beyond are told as having lost digits")]
        DataRef::Int(number) => Some(Cell::Number(*number as f64)),
        DataRef::DateTime(serial) => Some(date(serial, timed)),
        DataRef::Bool(boolean) => Some(Cell::Boolean(*boolean)),
        DataRef::Error(error) => Some(Cell::Error(error.to_string())),
    }
}

fn text(text: &str) -> Option<Cell> {
    match text.trim() {
        "" => None,
        text if text.len() > CELL_BYTES => Some(Cell::TooLong),
        text => Some(Cell::Text(text.to_owned())),
    }
}

fn date(serial: &ExcelDateTime, timed: bool) -> Cell {
    let (year, month, day, hour, minute, second, milli) = serial.to_ymd_hms_milli();
    let part = |part: u8| i8::try_from(part).ok();
    let read = || {
        let at = DateTime::new(
            i16::try_from(year).ok()?,
            part(month)?,
            part(day)?,
            part(hour)?,
            part(minute)?,
            part(second)?,
            0,
        );
        // A serial number is seldom a whole second exactly.
        at.ok()?.checked_add(i64::from(milli >= 500).seconds()).ok()
    };
    let alone = !timed && serial.as_f64().fract() == 0.0;
    match if serial.is_datetime() { read() } else { None } {
        Some(at) => Cell::Date { at, alone },
        None => Cell::Number(serial.as_f64()),
    }
}
