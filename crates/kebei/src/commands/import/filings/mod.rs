//! `kebei import filings`: what is filed already, one subject after the other. What is applied stays, so that an import that was
//! interrupted is simply made again: what is known already changes nothing.

mod line;
mod lines;
mod seen;

use super::{REJECTED, SHOWN};
use crate::{
    cli::import::ImportFilings,
    commands::{Call, cannot_read, open, shown},
    desk::{self, place::Place},
    progress::Progress,
    terminal::tell,
    words::{desk::DeskSay, filings::FiledSay},
};
use anyhow::Result;
use app::{
    Desk, DeskError, Operator,
    registry::{FiledBefore, FilingCameTo},
};
use futures_util::{StreamExt, stream};
use lines::{Lines, MOST_BYTES};
use seen::Seen;
use std::{
    io::{self, Write},
    pin::pin,
    process::ExitCode,
};

/// Subjects that are written at once on `SQLite`, where their transactions share commits.
const AT_ONCE: usize = 16;
/// The same on `PostgreSQL`, where two of them collide nearly always and are no faster than one after the other.
const AT_ONCE_ON_POSTGRES: usize = 1;

/// What a line came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) line: u64,
    /// The subject's number, where it could be read.
    pub(crate) number: Option<String>,
    pub(crate) came_to: Result<FilingCameTo, Unread>,
}

/// Why a line is not held against the desk.
#[derive(Debug)]
pub(crate) enum Unread {
    /// What is wrong with its form.
    Form(Vec<String>),
    /// It is longer than so many bytes.
    TooLong(usize),
    /// A line before it has the same number, domain or certificate.
    Repeated { path: String, line: u64 },
    /// The desk failed.
    Desk(DeskError),
}

/// How many lines came to what.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) read: u64,
    pub(crate) new: u64,
    pub(crate) grown: u64,
    pub(crate) unchanged: u64,
    pub(crate) differs: u64,
    pub(crate) conflicting: u64,
    pub(crate) rejected: u64,
}

pub(super) async fn run(import: &ImportFilings, call: Call) -> Result<ExitCode> {
    let operator = desk::operator(import.operator.as_deref(), call)?;
    let work = async |place: &Place, desk: &Desk| imported(import, &operator, place, desk, call).await;
    if import.apply {
        desk::with(&import.desk, call, work).await
    } else {
        desk::with_reading(&import.desk, call, work).await
    }
}

async fn imported(
    import: &ImportFilings,
    operator: &Operator,
    place: &Place,
    desk: &Desk,
    call: Call,
) -> Result<ExitCode> {
    let file = shown(&import.file);
    let progress = Progress::new(std::slice::from_ref(&import.file), call.lang);
    let input = open(&import.file).map_err(|error| call.told(&cannot_read(&file, &error)))?;
    let mut seen = Seen::default();
    let mut failed = None;
    let lines =
        Lines::of(progress.watch(input)).map_while(|line| line.map_err(|error| failed = Some(error)).ok());
    let each = lines.map(|(line, bytes)| {
        let read = bytes.map_or(Err(Unread::TooLong(MOST_BYTES)), |bytes| {
            line::read(&bytes, call.lang).map_err(Unread::Form)
        });
        let number = read.as_ref().ok().map(|filing| filing.number.clone());
        let read = read.and_then(|filing| seen.first(line, filing));
        one(desk, operator, import.apply, line, number, read)
    });
    let at_once = if place.is_postgres() { AT_ONCE_ON_POSTGRES } else { AT_ONCE };
    let mut counts = Counts::default();
    let mut broke = None;
    {
        let mut outcomes = pin!(stream::iter(each).buffered(at_once));
        while let Some(outcome) = outcomes.next().await {
            if let Err(Unread::Desk(error)) = outcome.came_to {
                broke = Some(error);
                break;
            }
            counts.add(&outcome);
            if outcome.is_noted() && counts.noted() <= SHOWN.into() {
                progress.print(&FiledSay::Line { file: &file, outcome: &outcome }.to_text(call.lang));
            }
        }
    }
    progress.finish();
    if broke.is_some() || failed.is_some() {
        tell(&FiledSay::Interrupted { counts, applies: import.apply }.to_text(call.lang));
    }
    if let Some(error) = &broke {
        return Err(call.desk(&DeskSay::Desk { place, error }).into());
    }
    if let Some(error) = &failed {
        return Err(call.told(&cannot_read(&file, error)).into());
    }
    writeln!(io::stdout(), "{}", FiledSay::Done { counts, applies: import.apply }.to_text(call.lang))?;
    let more = counts.noted().saturating_sub(SHOWN.into());
    if more > 0 {
        tell(&FiledSay::More(more).to_text(call.lang));
    }
    Ok(if counts.noted() > 0 { ExitCode::from(REJECTED) } else { ExitCode::SUCCESS })
}

async fn one(
    desk: &Desk,
    operator: &Operator,
    applies: bool,
    line: u64,
    number: Option<String>,
    read: Result<FiledBefore, Unread>,
) -> Outcome {
    let came_to = match read {
        Err(unread) => Err(unread),
        Ok(filing) if applies => desk.import_filing(operator, filing).await.map_err(Unread::Desk),
        Ok(filing) => desk.check_filing_import(operator, filing).await.map_err(Unread::Desk),
    };
    Outcome { line, number, came_to }
}

impl Outcome {
    /// Whether somebody has to look at it.
    const fn is_noted(&self) -> bool {
        !matches!(
            self.came_to,
            Ok(FilingCameTo::New { .. } | FilingCameTo::Grown { .. } | FilingCameTo::Unchanged)
        )
    }
}

impl Counts {
    fn add(&mut self, outcome: &Outcome) {
        self.read += 1;
        let count = match outcome.came_to {
            Ok(FilingCameTo::New { .. }) => &mut self.new,
            Ok(FilingCameTo::Grown { .. }) => &mut self.grown,
            Ok(FilingCameTo::Unchanged) => &mut self.unchanged,
            Ok(FilingCameTo::Differs { .. }) => &mut self.differs,
            Ok(FilingCameTo::Conflicting(_)) => &mut self.conflicting,
            Ok(FilingCameTo::Rejected(_)) | Err(_) => &mut self.rejected,
        };
        *count += 1;
    }

    /// Lines that somebody has to look at.
    const fn noted(&self) -> u64 {
        self.differs + self.conflicting + self.rejected
    }
}
