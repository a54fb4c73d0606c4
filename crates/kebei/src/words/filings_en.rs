//! What the program says of imports of filings, in English.

use super::filings::FiledSay;
use crate::commands::import::filings::{Counts, Outcome, Unread};
use app::registry::{FilingCameTo, Trouble};
use rulebook::Lang;

pub(super) fn say(say: &FiledSay<'_>) -> String {
    match say {
        FiledSay::NotText => "this is no text in UTF-8: save the file in that encoding".to_owned(),
        FiledSay::NotASubject => "expected one JSON object a line, a subject with its websites".to_owned(),
        FiledSay::NoState { path } => {
            format!("`{path}` must be one of active, access-dropped, cancelled")
        }
        FiledSay::Line { file, outcome } => {
            let Outcome { line, number, came_to } = outcome;
            let number = number.as_ref().map(|number| format!(" ({number})")).unwrap_or_default();
            format!("{file}, line {line}{number}: {}", told(came_to))
        }
        FiledSay::More(more) => format!("{more} more lines are left alone."),
        FiledSay::Done { counts, applies } => {
            let Counts { read, new, grown, unchanged, differs, conflicting, rejected } = counts;
            let text = format!(
                "{read} filings were read: {new} new, {grown} with new websites, {unchanged} unchanged, {differs} that differ, \
                 {conflicting} in conflict, {rejected} rejected."
            );
            if *applies {
                text
            } else {
                format!("{text}\nThis is a report only; nothing was changed. Apply it with --apply.")
            }
        }
        FiledSay::Interrupted { counts, applies: false } => {
            format!("The report stops after {} filings.", counts.read)
        }
        FiledSay::Interrupted { counts, applies: true } => format!(
            "The import stops after {} filings: {} new. They stay imported; run the same command again to finish.",
            counts.read, counts.new
        ),
    }
}

fn told(came_to: &Result<FilingCameTo, Unread>) -> String {
    match came_to {
        Ok(FilingCameTo::New { .. }) => "new.".to_owned(),
        Ok(FilingCameTo::Grown { websites }) => format!("new websites: {}.", websites.join(", ")),
        Ok(FilingCameTo::Unchanged) => "nothing changes.".to_owned(),
        Ok(FilingCameTo::Differs { paths }) => format!(
            "differs from what is filed here at {}, and is left alone. What is filed here changes by orders.",
            paths.join(", ")
        ),
        Ok(FilingCameTo::Conflicting(troubles)) => format!("in conflict. {}", all(troubles)),
        Ok(FilingCameTo::Rejected(troubles)) => format!("rejected. {}", all(troubles)),
        Err(Unread::Form(wrong)) => format!("rejected: {}.", wrong.join("; ")),
        Err(Unread::TooLong(most)) => format!("rejected: it has more than {most} bytes."),
        Err(Unread::Repeated { path, line }) => {
            format!("rejected. {path}: line {line} has the same; keep one of them.")
        }
        Err(Unread::Desk(error)) => format!("it could not be done: {error}."),
    }
}

fn all(troubles: &[Trouble]) -> String {
    let each = troubles.iter().map(|Trouble { path, what }| {
        format!("{path}: {} {}", what.message(Lang::En), what.suggestion(Lang::En))
    });
    each.collect::<Vec<_>>().join(" ")
}
