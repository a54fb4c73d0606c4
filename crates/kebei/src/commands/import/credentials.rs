//! `kebei import credentials`: the logins of hosts, one row after the other. What is done stays, so that an import that was
//! interrupted is simply made again: rows that are recorded already change nothing.

use super::{REJECTED, SHOWN, at_terminal};
use crate::{
    cli::import::ImportCredentials,
    commands::{Call, cannot_read, open, shown},
    desk::{self, place::Place},
    files::NewFile,
    output::csv::{BYTE_ORDER_MARK, inert},
    terminal::tell,
    words::{
        Say, Told,
        credentials::{CredentialSay, login_columns},
        desk::DeskSay,
        imports::ImportSay,
    },
};
use anyhow::Result;
use app::{
    BadPhc, Desk, Phc,
    access::Password,
    verification::{HostPassword, LoginFault, LoginRecorded, RecordLogin},
};
use futures_util::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use inventory::{Fault, HostLogin, Limits, LoginRow, LoginSecret, Logins, OpenError};
use std::{
    collections::{HashMap, hash_map::Entry},
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    path::Path,
    pin::pin,
    process::ExitCode,
};

/// Rows that are recorded at once: as many as passwords are hashed at once.
const AT_ONCE: usize = 2;

/// What a row came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) line: u64,
    pub(crate) instance: Option<String>,
    pub(crate) came_to: Result<LoginRecorded, Rejected>,
}

/// Why a row is not recorded.
#[derive(Debug)]
pub(crate) enum Rejected {
    /// It cannot be read.
    Unread(Vec<Fault>),
    /// A row before it is about the same host, on this line.
    Repeated(u64),
    /// Its hash is none that can be compared with.
    BadPhc(BadPhc),
    /// The desk does not take it.
    Login(LoginFault),
}

/// How many rows came to what.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) read: u64,
    pub(crate) new: u64,
    pub(crate) changed: u64,
    pub(crate) same: u64,
    pub(crate) rejected: u64,
}

pub(super) async fn run(import: &ImportCredentials, call: Call) -> Result<ExitCode> {
    if import.dry_run {
        desk::with_reading(&import.desk, call, async |place, desk| imported(import, place, desk, call).await)
            .await
    } else {
        desk::with(&import.desk, call, async |place, desk| imported(import, place, desk, call).await).await
    }
}

async fn imported(import: &ImportCredentials, place: &Place, desk: &Desk, call: Call) -> Result<ExitCode> {
    let file = shown(&import.file);
    let input = open(&import.file).map_err(|error| call.told(&cannot_read(&file, &error)))?;
    let logins = Logins::open(input, Limits::default()).map_err(|error| match error {
        OpenError::Unreadable(error) => call.told(&cannot_read(&file, &error)),
        error => call.told(&Say::OfFile { file: &file, message: &error.message(call.lang) }),
    })?;
    for warning in logins.warnings() {
        tell(&Say::OfFile { file: &file, message: &warning.message(call.lang) }.to_text(call.lang));
    }
    let mut report = import.report.as_deref().map(|to| Report::new(to, &file, call)).transpose()?;
    let bar = bar(&import.file, call);
    let mut counts = Counts::default();
    let rows = each(logins).map(|(line, instance, read)| one(desk, import.dry_run, line, instance, read));
    let mut outcomes = pin!(stream::iter(rows).buffered(AT_ONCE));
    while let Some(outcome) = outcomes.next().await {
        bar.inc(1);
        if let Err(Rejected::Login(LoginFault::Desk(error))) = &outcome.came_to {
            bar.finish_and_clear();
            tell(&CredentialSay::Interrupted { counts, dry_run: import.dry_run }.to_text(call.lang));
            return Err(call.desk(&DeskSay::Desk { place, error }).into());
        }
        if outcome.came_to.is_err() && counts.rejected < SHOWN.into() {
            bar.suspend(|| tell(&CredentialSay::Row { file: &file, outcome: &outcome }.to_text(call.lang)));
        }
        counts.add(&outcome);
        if let Some(report) = &mut report {
            report.write(&outcome)?;
        }
    }
    bar.finish_and_clear();
    if let Some(report) = report {
        report.appear()?;
    }
    writeln!(io::stdout(), "{}", CredentialSay::Done { counts, dry_run: import.dry_run }.to_text(call.lang))?;
    let more = counts.rejected.saturating_sub(SHOWN.into());
    if more > 0 && import.report.is_none() {
        tell(&ImportSay::More(more).to_text(call.lang));
    }
    Ok(if counts.rejected > 0 { ExitCode::from(REJECTED) } else { ExitCode::SUCCESS })
}

/// What is to be recorded, row by row; of rows about one host the first.
fn each(logins: Logins<'_>) -> impl Iterator<Item = (u64, Option<String>, Result<RecordLogin, Rejected>)> {
    let mut lines: HashMap<String, u64> = HashMap::new();
    logins.map(move |LoginRow { place, instance, read }| {
        let line = place.line;
        let read = read.map_err(Rejected::Unread).and_then(|login| {
            match lines.entry(login.instance.clone()) {
                Entry::Occupied(before) => return Err(Rejected::Repeated(*before.get())),
                Entry::Vacant(first) => first.insert(line),
            };
            to_record(login)
        });
        (line, instance, read)
    })
}

fn to_record(login: HostLogin) -> Result<RecordLogin, Rejected> {
    let HostLogin { instance, names, secret } = login;
    let password = match secret {
        LoginSecret::Password(password) => HostPassword::Plain(Password::from(password.as_str())),
        LoginSecret::Phc(phc) => HostPassword::Hashed(Phc::parse(&phc).map_err(Rejected::BadPhc)?),
    };
    Ok(RecordLogin { instance, names, password })
}

async fn one(
    desk: &Desk,
    dry_run: bool,
    line: u64,
    instance: Option<String>,
    read: Result<RecordLogin, Rejected>,
) -> Outcome {
    let came_to = match read {
        Err(rejected) => Err(rejected),
        Ok(record) if dry_run => desk.check_login(record).await.map_err(Rejected::Login),
        Ok(record) => desk.record_login(record).await.map_err(Rejected::Login),
    };
    Outcome { line, instance, came_to }
}

impl Counts {
    fn add(&mut self, outcome: &Outcome) {
        self.read += 1;
        let count = match outcome.came_to {
            Ok(LoginRecorded::New) => &mut self.new,
            Ok(LoginRecorded::Changed) => &mut self.changed,
            Ok(LoginRecorded::Same) => &mut self.same,
            Err(_) => &mut self.rejected,
        };
        *count += 1;
    }
}

/// Every row and what it came to, as a table for spreadsheet programs.
struct Report<'a> {
    new: NewFile,
    to: csv::Writer<File>,
    target: &'a Path,
    source: &'a str,
    call: Call,
}

impl<'a> Report<'a> {
    fn new(target: &'a Path, source: &'a str, call: Call) -> Result<Self, Told> {
        let make = || {
            let new = NewFile::new(target, 0o600)?;
            let mut to = OpenOptions::new().append(true).open(new.path())?;
            to.write_all(BYTE_ORDER_MARK)?;
            let mut to = csv::Writer::from_writer(to);
            to.write_record(login_columns(call.lang))?;
            Ok((new, to))
        };
        let (new, to) = make().map_err(|error| cannot_make(target, &error, call))?;
        Ok(Self { new, to, target, source, call })
    }

    fn write(&mut self, outcome: &Outcome) -> Result<(), Told> {
        let say = CredentialSay::Outcome(&outcome.came_to).to_text(self.call.lang);
        let line = outcome.line.to_string();
        let instance = outcome.instance.as_deref().unwrap_or_default();
        let cells = [self.source, &line, instance, outcome.word(), &say];
        let written = self.to.write_record(cells.map(|cell| inert(cell).into_owned()));
        written.map_err(|error| cannot_make(self.target, &error.into(), self.call))
    }

    fn appear(mut self) -> Result<(), Told> {
        let flushed = self.to.flush();
        drop(self.to);
        flushed.and_then(|()| self.new.appear()).map_err(|error| cannot_make(self.target, &error, self.call))
    }
}

fn cannot_make(file: &Path, error: &io::Error, call: Call) -> Told {
    Told(ImportSay::CannotMake { file, error }.to_text(call.lang))
}

impl Outcome {
    /// What it came to, in one word for programs.
    fn word(&self) -> &'static str {
        match &self.came_to {
            Ok(LoginRecorded::New) => "new",
            Ok(LoginRecorded::Changed) => "changed",
            Ok(LoginRecorded::Same) => "same",
            Err(_) => "rejected",
        }
    }
}

/// A bar over the rows of a file, where somebody looks: passwords take their time.
fn bar(file: &Path, call: Call) -> ProgressBar {
    if !at_terminal() {
        return ProgressBar::hidden();
    }
    let style = |template: &str| {
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
    };
    let bar = match lines(file) {
        // The first is the heading row.
        Ok(Some(lines)) => ProgressBar::new(lines.saturating_sub(1))
            .with_style(style("{bar:20} {pos}/{len} {per_sec} {eta} {msg}")),
        _ => ProgressBar::new_spinner().with_style(style("{spinner} {pos} {per_sec} {msg}")),
    };
    bar.with_message(CredentialSay::Working.to_text(call.lang))
}

/// How many lines a file has; `None` where it can be read only once.
fn lines(file: &Path) -> io::Result<Option<u64>> {
    if !file.metadata()?.is_file() {
        return Ok(None);
    }
    let (mut input, mut buffer, mut lines) = (File::open(file)?, vec![0; 1 << 16], 0);
    loop {
        let read = input.read(&mut buffer)?;
        let bytes = buffer.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            return Ok(Some(lines));
        }
        lines += bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
    }
}
