//! What the program says of imports, in English.

use super::imports::ImportSay;
use app::instances::{ImportError, ImportLine, ImportReport, ImportState};
use std::io;

pub(super) fn say(say: &ImportSay<'_>) -> String {
    match say {
        ImportSay::Report(report) => self::report(report),
        ImportSay::Line(line) => self::line(line),
        ImportSay::More(more) => {
            format!("{more} more records were rejected; --report FILE writes all of them into a file.")
        }
        ImportSay::OnlyTold => "This is a report only; nothing was changed.".to_owned(),
        ImportSay::NeedsConsent(report) => format!(
            "By this list {} of {} instances would be gone; nothing was changed. Make sure that the list is complete, then add \
             --allow-gone.",
            report.counts.gone, report.counts.present
        ),
        ImportSay::NotConfirmed => {
            "Nobody confirmed it; nothing was changed. Add --yes to import without being asked.".to_owned()
        }
        ImportSay::Confirm => "Import this? [y/N] ".to_owned(),
        ImportSay::Done(report) => {
            let counts = &report.counts;
            format!(
                "Imported: {} new, {} changed, {} gone, {} unchanged.",
                counts.new, counts.changed, counts.gone, counts.same
            )
        }
        ImportSay::NothingOpen => "No import is unfinished.".to_owned(),
        ImportSay::Abandoned => "The unfinished import was abandoned; no instance was changed.".to_owned(),
        ImportSay::WasBeingRead => {
            "The last import was interrupted before its list was read; it is abandoned, and no instance was changed. Run kebei \
             import instances again."
                .to_owned()
        }
        ImportSay::Failed(error) => failed(error),
        ImportSay::CannotMake { file, error } if error.kind() == io::ErrorKind::AlreadyExists => {
            format!("{} is there already and is not overwritten; name another file with --report", file.display())
        }
        ImportSay::CannotMake { file, error } => format!("{} cannot be written: {error}", file.display()),
    }
}

fn report(report: &ImportReport) -> String {
    let counts = &report.counts;
    let mut text = format!(
        "{} records were read: {} new, {} changed, {} unchanged, {} rejected.",
        counts.read, counts.new, counts.changed, counts.same, counts.rejected
    );
    if report.complete {
        text = format!(
            "{text}\nOf {} instances that are there, {} are not in the list and will be gone.",
            counts.present, counts.gone
        );
    }
    if counts.unknown_products > 0 {
        text = format!("{text}\n{} are of products that are not in the rulebook.", counts.unknown_products);
    }
    text
}

fn line(line: &ImportLine) -> String {
    let note = line.note.as_ref().map(|note| note.message(rulebook::Lang::En)).unwrap_or_default();
    let instance = line.instance.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
    format!("{}, line {}{instance}: {note}", line.source, line.line)
}

fn failed(error: &ImportError) -> String {
    match error {
        ImportError::Busy(other) => {
            let (what, todo) = match other.state {
                ImportState::Staging => (
                    "is being read",
                    "wait until that has ended; if it was interrupted, run kebei import abandon",
                ),
                ImportState::Staged => (
                    "waits to be confirmed",
                    "run kebei import resume to go on with it, or kebei import abandon to give it up",
                ),
                ImportState::Applying | ImportState::Done | ImportState::Abandoned => {
                    ("is being applied", "wait until it is done, or run kebei import resume to go on with it")
                }
            };
            format!("another import, by {}, {what}; {todo}", other.by)
        }
        ImportError::Unknown(id) => format!("there is no import {id}"),
        ImportError::NotToBeApplied(_) => {
            "the import was abandoned, or never read to its end, and cannot be applied; import the list again"
                .to_owned()
        }
        ImportError::NeedsConsent(report) => say(&ImportSay::NeedsConsent(report)),
        ImportError::BeingApplied(_) => {
            "the import is being applied and cannot be abandoned; run kebei import resume to finish it"
                .to_owned()
        }
        ImportError::Overtaken(_) => "another process went on with this import; run it again".to_owned(),
        ImportError::NotForCustomers => "customers do not import instances".to_owned(),
        ImportError::Desk(error) => format!("it could not be done: {error}"),
    }
}
