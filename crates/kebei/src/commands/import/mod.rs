//! `kebei import`: lists of instances into the desk, with a report before anything is applied; the logins of hosts; and what is filed
//! already.

pub(crate) mod credentials;
pub(crate) mod filings;
mod read;
mod report_file;

use super::Call;
use crate::{
    cli::import::{ImportAbandon, ImportCommands, ImportInstances, ImportResume},
    desk::{self, place::Place},
    terminal::tell,
    words::{desk::DeskSay, imports::ImportSay},
};
use anyhow::Result;
use app::{
    Actor, Desk, Operator,
    instances::{ApplyImport, ImportError, ImportReport, ImportState, LinesOf, PlanImport},
};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{self, BufRead, IsTerminal, Write},
    path::Path,
    process::ExitCode,
};

/// Records were rejected; the rest was applied, or would be.
const REJECTED: u8 = 1;
/// Nothing was applied.
const NOT_APPLIED: u8 = 2;
/// Rejected records that are shown; a file has all of them.
const SHOWN: u32 = 20;

pub(crate) fn run(command: &ImportCommands, call: Call) -> Result<ExitCode> {
    match command {
        ImportCommands::Instances(instances) => desk::wait(imported(instances, call)),
        ImportCommands::Credentials(credentials) => desk::wait(credentials::run(credentials, call)),
        ImportCommands::Filings(filings) => desk::wait(filings::run(filings, call)),
        ImportCommands::Resume(resume) => desk::wait(resumed(resume, call)),
        ImportCommands::Abandon(abandon) => desk::wait(abandoned(abandon, call)),
    }
}

/// How an import is to be applied.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
struct How<'a> {
    operator: Operator,
    yes: bool,
    allow_gone: bool,
    dry_run: bool,
    report: Option<&'a Path>,
    /// Whether the answer to a question can be read from standard input.
    asks: bool,
}

async fn imported(import: &ImportInstances, call: Call) -> Result<ExitCode> {
    let operator = desk::operator(import.operator.as_deref(), call)?;
    desk::with(&import.desk, call, async |place, desk| {
        let at = At { place, desk, call };
        let plan = PlanImport {
            actor: Actor::Staff(operator.clone()),
            owner: import.owner.clone(),
            complete: import.complete,
        };
        let report = read::all(&at, &import.files, plan).await?;
        let how = How {
            operator: operator.clone(),
            yes: import.yes,
            allow_gone: import.allow_gone,
            dry_run: import.dry_run,
            report: import.report.as_deref(),
            asks: !import.files.iter().any(|file| file == Path::new("-")),
        };
        at.go_on(report, &how).await
    })
    .await
}

async fn resumed(resume: &ImportResume, call: Call) -> Result<ExitCode> {
    let operator = desk::operator(resume.operator.as_deref(), call)?;
    desk::with(&resume.desk, call, async |place, desk| {
        let at = At { place, desk, call };
        let (yes, allow_gone) = (resume.yes, resume.allow_gone);
        let how =
            How { operator: operator.clone(), yes, allow_gone, dry_run: false, report: None, asks: true };
        match at.open().await? {
            None => {
                at.say(&ImportSay::NothingOpen)?;
                Ok(ExitCode::SUCCESS)
            }
            Some(open) if open.state == ImportState::Staging => {
                at.abandon(&open).await?;
                tell(&ImportSay::WasBeingRead.to_text(call.lang));
                Ok(ExitCode::from(NOT_APPLIED))
            }
            Some(open) if open.state == ImportState::Applying => at.finish(open).await,
            Some(open) => at.go_on(open, &how).await,
        }
    })
    .await
}

async fn abandoned(abandon: &ImportAbandon, call: Call) -> Result<ExitCode> {
    desk::with(&abandon.desk, call, async |place, desk| {
        let at = At { place, desk, call };
        match at.open().await? {
            None => at.say(&ImportSay::NothingOpen)?,
            Some(open) => {
                at.abandon(&open).await?;
                at.say(&ImportSay::Abandoned)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
    .await
}

/// Where an import is made, and in which language it is told.
struct At<'a> {
    place: &'a Place,
    desk: &'a Desk,
    call: Call,
}

impl At<'_> {
    fn say(&self, say: &ImportSay<'_>) -> io::Result<()> {
        writeln!(io::stdout(), "{}", say.to_text(self.call.lang))
    }

    /// What went wrong, as the failure that ends the program.
    fn failed(&self, error: &ImportError) -> anyhow::Error {
        let text = match error {
            ImportError::Desk(error) => DeskSay::Desk { place: self.place, error }.to_text(self.call.lang),
            error => ImportSay::Failed(error).to_text(self.call.lang),
        };
        crate::words::Told(text).into()
    }

    async fn open(&self) -> Result<Option<ImportReport>> {
        self.desk.open_import().await.map_err(|error| self.failed(&error.into()))
    }

    async fn abandon(&self, report: &ImportReport) -> Result<()> {
        self.desk.abandon_import(report.id).await.map(drop).map_err(|error| self.failed(&error))
    }

    /// Tells what an import would do, and does it if that is wanted.
    async fn go_on(&self, report: ImportReport, how: &How<'_>) -> Result<ExitCode> {
        self.tell(&report, how.report).await?;
        let refused = if how.dry_run {
            Some(ImportSay::OnlyTold)
        } else if report.counts.needs_consent() && !how.allow_gone {
            Some(ImportSay::NeedsConsent(&report))
        } else if report.counts.to_apply() > 0 && !how.yes && !self.confirmed(how)? {
            Some(ImportSay::NotConfirmed)
        } else {
            None
        };
        if let Some(why) = refused {
            self.abandon(&report).await?;
            tell(&why.to_text(self.call.lang));
            return Ok(if how.dry_run { code(&report) } else { ExitCode::from(NOT_APPLIED) });
        }
        let actor = Actor::Staff(how.operator.clone());
        let apply = ApplyImport { id: report.id, actor, allow_gone: how.allow_gone };
        let begun = self.desk.apply_import(apply).await.map_err(|error| self.failed(&error))?;
        self.finish(begun).await
    }

    /// Applies the rest.
    async fn finish(&self, mut report: ImportReport) -> Result<ExitCode> {
        let bar = bar(report.counts.to_apply());
        while report.state != ImportState::Done {
            report = self.desk.step_import(report.id).await.map_err(|error| self.failed(&error))?;
            bar.set_position(report.counts.applied);
        }
        bar.finish_and_clear();
        self.say(&ImportSay::Done(&report))?;
        Ok(code(&report))
    }

    /// What an import would do: counts, and the first records that are rejected.
    async fn tell(&self, report: &ImportReport, file: Option<&Path>) -> Result<()> {
        self.say(&ImportSay::Report(report))?;
        for (of, most) in [(LinesOf::Rejected, SHOWN), (LinesOf::Noted, SHOWN)] {
            let lines = self.desk.import_lines(report.id, of, 0, most).await;
            for line in &lines.map_err(|error| self.failed(&error))? {
                tell(&ImportSay::Line(line).to_text(self.call.lang));
            }
        }
        let more = report.counts.rejected.saturating_sub(SHOWN.into());
        if more > 0 {
            tell(&ImportSay::More(more).to_text(self.call.lang));
        }
        match file {
            Some(file) => report_file::write(self, report, file).await,
            None => Ok(()),
        }
    }

    /// Whether whoever sits at the terminal says that it is to be applied.
    fn confirmed(&self, how: &How<'_>) -> io::Result<bool> {
        if !how.asks || !io::stdin().is_terminal() {
            return Ok(false);
        }
        eprint!("{}", ImportSay::Confirm.to_text(self.call.lang));
        io::stderr().flush()?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer)?;
        Ok(["y", "yes", "是"].contains(&answer.trim().to_lowercase().as_str()))
    }
}

fn code(report: &ImportReport) -> ExitCode {
    if report.counts.rejected > 0 { ExitCode::from(REJECTED) } else { ExitCode::SUCCESS }
}

/// Whether somebody sees what is shown of the progress.
fn at_terminal() -> bool {
    io::stderr().is_terminal()
}

/// A bar over `total` rows, where somebody looks.
fn bar(total: u64) -> ProgressBar {
    if !at_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:20} {pos}/{len} {per_sec} {eta}");
    ProgressBar::new(total).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
