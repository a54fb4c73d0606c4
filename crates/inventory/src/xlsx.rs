//! Excel workbooks: unpacked once through a counter before anything believes them, then read cell by cell on a thread
//! of their own, which also keeps a fault of the reader from being ours.

use crate::{
    csv::HeadingRow,
    fault::{Fault, OpenError, Warning, WorkbookFault, shown},
    limits::Limits,
    metered::Metered,
    products::ProductIds,
    step::{Spot, Step},
    table::{Cell, Column, Headings, Rows},
};
use calamine::{DataRef, ExcelDateTime, NumberFormat, Reader, SheetType, XlsxCellReader};
use jiff::{ToSpan, civil::DateTime};
use rulebook::Facts;
use std::{
    collections::{HashSet, VecDeque},
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

/// People keep a sheet for each product, account or month; thousands are made to keep us busy.
const MOST_SHEETS: usize = 256;
/// Headings stand above everything else, below a few rows at most that hold nothing but a colour.
const CELLS_BEFORE_ROWS: usize = 1 << 16;

type Workbook = calamine::Xlsx<Metered>;
type Sheet<'w> = XlsxCellReader<'w, Metered>;

pub(crate) struct Xlsx<'r> {
    rows: Rows<'r>,
    sent: Receiver<Sent>,
    /// What is wrong with sheets before the first that is read.
    faults: VecDeque<(Spot, Fault)>,
    batch: vec::IntoIter<SheetRow>,
    sheet: Arc<str>,
    /// The row read last.
    line: u64,
}

/// A row with those cells that are in columns of ours and not empty.
struct SheetRow {
    number: u64,
    cells: Vec<(usize, Cell)>,
    /// Columns of which another cell stands in a row of the same number.
    repeated: Vec<usize>,
}

/// What the reading thread sends, sheet by sheet.
enum Sent {
    /// The workbook is not read at all.
    Refused(OpenError),
    /// A sheet is not read; on which row that was seen, and why.
    Unread(Arc<str>, u64, OpenError),
    /// A sheet with headings, on that row. Its rows follow.
    Sheet(Arc<str>, u64, Headings),
    Rows(Vec<SheetRow>),
    /// From that row on the rest of the sheet is not read.
    Broken(u64, Fault),
    /// There are no more sheets.
    End,
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
        let (give, sent) = sync_channel(WAITING);
        thread::Builder::new().name("workbook".to_owned()).spawn(move || {
            // Whoever listened may be gone; then there is nobody to tell.
            let _ = read(bytes, limits.rows, &give);
        })?;
        Self::up_to_headings(sent, products)
    }

    /// Goes past sheets that are not read to the first that is; where there is none, that is why the first is not.
    fn up_to_headings(sent: Receiver<Sent>, products: ProductIds<'r>) -> Result<Self, OpenError> {
        let mut warnings = Vec::new();
        let mut faults = VecDeque::new();
        let mut first = None;
        loop {
            match sent.recv().map_err(|_| damaged(GAVE_UP))? {
                Sent::Refused(error) => return Err(error),
                Sent::Unread(sheet, line, error) => {
                    match unread(&sheet, &error) {
                        Ok(fault) => faults.push_back((Spot { line, sheet: Some(sheet) }, fault)),
                        Err(warning) => warnings.push(warning),
                    }
                    first.get_or_insert(error);
                }
                Sent::Sheet(sheet, line, headings) => {
                    let rows = Rows::new(headings, products, warnings);
                    return Ok(Self { rows, sent, faults, batch: Vec::new().into_iter(), sheet, line });
                }
                Sent::Rows(_) | Sent::Broken(..) => {}
                Sent::End => return Err(first.unwrap_or(OpenError::Workbook(WorkbookFault::NothingInIt))),
            }
        }
    }

    pub(crate) fn warnings(&self) -> &[Warning] {
        self.rows.warnings()
    }

    pub(crate) fn step(&mut self, facts: &mut Facts) -> Step {
        self.rows.begin(facts);
        if let Some((spot, fault)) = self.faults.pop_front() {
            return Step::Record(spot, vec![fault]);
        }
        if let Some(row) = self.batch.next() {
            return self.row(&row, facts);
        }
        match self.sent.recv() {
            Ok(Sent::Rows(rows)) => self.batch = rows.into_iter(),
            Ok(Sent::Sheet(sheet, line, headings)) => {
                self.rows.under(headings);
                (self.sheet, self.line) = (sheet, line);
            }
            Ok(Sent::Unread(sheet, line, error)) => match unread(&sheet, &error) {
                Ok(fault) => return Step::Record(Spot { line, sheet: Some(sheet) }, vec![fault]),
                Err(warning) => self.rows.warn(warning),
            },
            Ok(Sent::Broken(line, fault)) => {
                self.line = line;
                return Step::Record(self.spot(), vec![fault]);
            }
            Ok(Sent::End) => return Step::End,
            Ok(Sent::Refused(_)) | Err(_) => {
                return Step::Last(self.spot(), Fault::DamagedSheet { said: GAVE_UP.to_owned() });
            }
        }
        Step::On
    }

    fn row(&mut self, row: &SheetRow, facts: &mut Facts) -> Step {
        self.line = row.number;
        for (at, cell) in &row.cells {
            if let Some(column) = self.rows.headings().column(*at) {
                self.rows.cell(column, cell, facts);
            }
        }
        for at in &row.repeated {
            if let Some(column) = self.rows.headings().column(*at) {
                self.rows.repeated(column);
            }
        }
        Step::Record(self.spot(), self.rows.end(facts))
    }

    fn spot(&self) -> Spot {
        Spot { line: self.line, sheet: Some(Arc::clone(&self.sheet)) }
    }
}

const GAVE_UP: &str = "the reader gave up";

/// What it means beside other sheets that one is not read: a fault where it is a list of ids, or cannot be known not
/// to be one; else a warning.
fn unread(sheet: &str, error: &OpenError) -> Result<Fault, Warning> {
    match error {
        OpenError::MissingColumns { missing, .. } if missing.contains(&Column::Id) => {
            Err(Warning::SheetNotRead { sheet: shown(sheet) })
        }
        OpenError::MissingColumns { missing, .. } => Ok(Fault::MissingColumns { missing: missing.clone() }),
        OpenError::RepeatedColumn { column, headings } => {
            Ok(Fault::RepeatedColumn { column: *column, headings: headings.clone() })
        }
        OpenError::Workbook(WorkbookFault::Damaged(said)) => Ok(Fault::DamagedSheet { said: said.clone() }),
        other => Ok(Fault::DamagedSheet { said: other.to_string() }),
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

/// Reads a workbook sheet by sheet.
fn read(bytes: Vec<u8>, most_rows: u64, to_us: &SyncSender<Sent>) -> Result<(), Gone> {
    let send = |sent| to_us.send(sent).map_err(|_| Gone);
    let mut workbook = match Workbook::new(Metered::new(bytes)) {
        Ok(workbook) => workbook,
        Err(error) => return send(Sent::Refused(damaged(error))),
    };
    let sheets = match sheets(&workbook) {
        Ok(sheets) => sheets,
        Err(error) => return send(Sent::Refused(error)),
    };
    for sheet in sheets {
        read_sheet(&mut workbook, &sheet, most_rows, &send)?;
    }
    send(Sent::End)
}

/// The names of the sheets that have rows.
fn sheets(workbook: &Workbook) -> Result<Vec<Arc<str>>, OpenError> {
    let sheets = workbook.sheets_metadata();
    if sheets.len() > MOST_SHEETS {
        return Err(OpenError::Workbook(WorkbookFault::TooManySheets(MOST_SHEETS)));
    }
    // Sheets are found by their names.
    let mut names = HashSet::new();
    if let Some(second) = sheets.iter().find(|sheet| !names.insert(&sheet.name)) {
        return Err(damaged(format!("two sheets are called {}", second.name)));
    }
    let with_rows = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    Ok(with_rows.map(|sheet| Arc::from(sheet.name.as_str())).collect())
}

fn read_sheet(
    workbook: &mut Workbook,
    name: &Arc<str>,
    most_rows: u64,
    send: &impl Fn(Sent) -> Result<(), Gone>,
) -> Result<(), Gone> {
    let unread = |line, error| send(Sent::Unread(Arc::clone(name), line, error));
    let mut sheet = match workbook.worksheet_cells_reader(name).map(SheetRows::new) {
        Ok(sheet) => sheet,
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return unread(1, damaged(error)),
    };
    let (line, headings) = match sheet.headings() {
        Ok(Some(headings)) => headings,
        Ok(None) => return Ok(()),
        Err(error) => return unread(sheet.line, error),
    };
    let ours: Vec<bool> = (0..headings.len()).map(|at| headings.column(at).is_some()).collect();
    send(Sent::Sheet(Arc::clone(name), line, headings))?;
    let mut read = 0;
    loop {
        let mut rows = Vec::with_capacity(BATCH);
        let mut broken = None;
        let mut ended = false;
        while rows.len() < BATCH && broken.is_none() && !ended {
            match sheet.next(|column| ours.get(column).copied().unwrap_or(false)) {
                Ok(Some(row)) if read == most_rows => {
                    broken = Some(Sent::Broken(row.number, Fault::TooManyRows { limit: most_rows }));
                }
                Ok(Some(row)) => {
                    read += 1;
                    rows.push(row);
                }
                Ok(None) => ended = true,
                Err(error) => {
                    let said = shown(&error.to_string());
                    broken = Some(Sent::Broken(sheet.line, Fault::DamagedSheet { said }));
                }
            }
        }
        send(Sent::Rows(rows))?;
        if let Some(broken) = broken {
            return send(broken);
        }
        if ended {
            return Ok(());
        }
    }
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
    /// The number of the row that is being read.
    line: u64,
    /// How many more cells are looked at for headings.
    left: usize,
    /// How many rows were begun, and for each column the last in which it had a cell.
    begun: u32,
    seen: Vec<u32>,
    /// Of each style of the workbook whether it shows a time of day.
    timed: Vec<bool>,
}

/// The columns of a sheet of Excel.
const MOST_COLUMNS: usize = 1 << 14;

impl<'w> SheetRows<'w> {
    fn new(cells: Sheet<'w>) -> Self {
        let timed =
            cells.styles().iter().map(|style| style.number_format.as_ref().is_some_and(shows_time)).collect();
        let seen = vec![0; MOST_COLUMNS];
        Self { cells, next: None, ended: false, line: 1, left: CELLS_BEFORE_ROWS, begun: 0, seen, timed }
    }

    /// The first row that is not empty, as headings, and its number.
    fn headings(&mut self) -> Result<Option<(u64, Headings)>, OpenError> {
        let Some(row) = self.next(|_| true).map_err(damaged)? else {
            if self.left > 0 {
                return Ok(None);
            }
            let missing = vec![Column::Id, Column::Product];
            return Err(OpenError::MissingColumns { missing, headings: Vec::new() });
        };
        self.left = usize::MAX;
        if !row.repeated.is_empty() {
            return Err(damaged(format!("two rows have the number {}", row.number)));
        }
        headings(&row).map(|headings| Some((row.number, headings)))
    }

    /// The next row that has a cell in the columns that are `wanted`.
    fn next(&mut self, wanted: impl Fn(usize) -> bool) -> Result<Option<SheetRow>, calamine::XlsxError> {
        let Some((number, column, cell)) = self.cell(&wanted)? else { return Ok(None) };
        self.line = u64::from(number) + 1;
        self.begun += 1;
        let mut row = SheetRow { number: self.line, cells: Vec::new(), repeated: Vec::new() };
        self.add(&mut row, column, cell);
        while let Some((at, column, cell)) = self.cell(&wanted)? {
            if at != number {
                self.next = Some((at, column, cell));
                break;
            }
            self.add(&mut row, column, cell);
        }
        Ok(Some(row))
    }

    /// Of cells that stand twice the first counts, so that a row is never longer than a sheet is wide.
    fn add(&mut self, row: &mut SheetRow, column: usize, cell: Cell) {
        match self.seen.get_mut(column) {
            Some(seen) if *seen != self.begun => {
                *seen = self.begun;
                row.cells.push((column, cell));
            }
            _ if row.repeated.contains(&column) || row.repeated.len() >= MOST_REPEATED => {}
            _ => row.repeated.push(column),
        }
    }

    /// The next cell that is not empty, with the numbers of its row and column from 0.
    fn cell(
        &mut self,
        wanted: impl Fn(usize) -> bool,
    ) -> Result<Option<(u32, usize, Cell)>, calamine::XlsxError> {
        if let Some(next) = self.next.take() {
            return Ok(Some(next));
        }
        while !self.ended && self.left > 0 {
            let Some((cell, style)) = self.cells.next_cell_with_style_id()? else {
                self.ended = true;
                break;
            };
            self.left -= 1;
            let (row, column) = cell.get_position();
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            let timed = self.timed.get(style).copied().unwrap_or(false);
            if column < MOST_COLUMNS
                && wanted(column)
                && let Some(cell) = read_cell(cell.get_value(), timed)
            {
                return Ok(Some((row, column, cell)));
            }
        }
        Ok(None)
    }
}

/// So many columns are told to stand twice; lists have a dozen.
const MOST_REPEATED: usize = 20;

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
