//! What the program says, in English.

use super::Say;
use rulebook::Lang;
use std::io;

pub(super) fn say(say: &Say<'_>) -> String {
    match say {
        Say::Failed { why } => format!("error: {why}"),
        Say::CannotRead { file, error } => format!("{file}: cannot be read: {}", reason(error)),
        Say::IsFolder { file } => format!("{file}: this is a folder; name a file in it"),
        Say::BadTime { found } => format!(
            "--at: `{found}` is no time; write 2020-11-01, \"2020-11-01 10:00\" (Beijing time) or \
             2020-11-01T10:00:00+08:00"
        ),
        Say::FaultyRulebook { file, faults } => {
            let noun = if *faults == 1 { "fault" } else { "faults" };
            format!("{file}: {faults} {noun}; the rules were not loaded")
        }
        Say::SoundRulebook { file, editions, products } => {
            format!("{file}: no fault; {editions} editions, {products} products in the newest")
        }
        Say::CannotWrite { error } => format!("the result cannot be written: {}", reason(error)),
        Say::Tally(tally) => {
            let verdicts = tally.verdicts();
            let parts: Vec<String> =
                verdicts.iter().map(|(verdict, n)| format!("{n} {}", verdict.label(Lang::En))).collect();
            let colon = if parts.is_empty() { "" } else { ": " };
            let decided =
                format!("{} decided{colon}{}", several(tally.decided(), "instance"), parts.join(", "));
            let bad = several(tally.bad_records, "record");
            let bad = (tally.bad_records > 0).then(|| format!("{bad} bad and not decided"));
            let unread =
                (tally.bad_files > 0).then(|| format!("{} not read", several(tally.bad_files, "file")));
            [Some(decided), bad, unread].into_iter().flatten().collect::<Vec<_>>().join("; ")
        }
        Say::Estimated { edition, day, estimate } => {
            format!("note: the start of edition {edition}, {day}, is not stated by a document{estimate}")
        }
        Say::NoDifference => "The two editions do not differ.".to_owned(),
        Say::Between { before, after } => format!("From edition {before} to {after}:"),
        Say::Edition { name, edition, day, estimate, newest } => {
            let newest = if *newest { ", the newest" } else { "" };
            format!("{name}, edition {edition}, from {day}{estimate}{newest}")
        }
        Say::EveryRow => {
            "Every product must also run in mainland China and must not have expired. What is marked \
             \"(assumed)\" is stated by no document."
                .to_owned()
        }
        Say::OfFile { file, message } => format!("{file}: {message}"),
        Say::OfProduct { name, text } => format!("{name}: {text}."),
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

fn several(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
