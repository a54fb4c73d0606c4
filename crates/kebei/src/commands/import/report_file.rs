//! The rejected and noted records of an import as a table for spreadsheet programs.

use super::At;
use crate::{
    files::NewFile,
    output::csv::{BYTE_ORDER_MARK, inert},
    words::imports::{ImportSay, report_columns},
};
use anyhow::Result;
use app::instances::{ImportLine, ImportReport, LinesOf, MOST_LINES};
use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
};

pub(super) async fn write(at: &At<'_>, report: &ImportReport, file: &Path) -> Result<()> {
    let cannot =
        |error: &io::Error| crate::words::Told(ImportSay::CannotMake { file, error }.to_text(at.call.lang));
    let new = NewFile::new(file, 0o600).map_err(|error| cannot(&error))?;
    let mut to = OpenOptions::new().append(true).open(new.path()).map_err(|error| cannot(&error))?;
    to.write_all(BYTE_ORDER_MARK).map_err(|error| cannot(&error))?;
    let mut to = csv::Writer::from_writer(to);
    to.write_record(report_columns(at.call.lang))?;
    for of in [LinesOf::Rejected, LinesOf::Noted] {
        let mut after = 0;
        loop {
            let lines = at.desk.import_lines(report.id, of, after, MOST_LINES).await;
            let lines = lines.map_err(|error| at.failed(&error))?;
            let Some(last) = lines.last() else { break };
            after = last.number;
            for line in &lines {
                to.write_record(record(at, line).iter().map(|cell| inert(cell).into_owned()))?;
            }
        }
    }
    to.flush().map_err(|error| cannot(&error))?;
    drop(to);
    new.appear().map_err(|error| cannot(&error))?;
    Ok(())
}

fn record(at: &At<'_>, line: &ImportLine) -> [String; 5] {
    let note = line.note.as_ref();
    [
        line.source.clone(),
        line.line.to_string(),
        line.instance.clone().unwrap_or_default(),
        note.map(|note| note.word().to_owned()).unwrap_or_default(),
        note.map(|note| note.message(at.call.lang)).unwrap_or_default(),
    ]
}
