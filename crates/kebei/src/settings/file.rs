//! `kebei.toml`: what it sets, and every fault in it at its line and column.

use super::{
    fault::{Fault, FaultKind, Origin},
    table::{SETTINGS, Setting},
    value::Raw,
};
use std::{
    fs::File,
    io::{self, Read},
    ops::Range,
    path::Path,
};
use toml::de::{DeTable, DeValue};

/// Bytes of a file at most: a page of settings with many remarks is a tenth of it.
const MOST: u64 = 256 << 10;
/// A name that differs in a third of its letters is hardly a typing error any more.
const LETTERS_FOR_ONE_ERROR: usize = 3;

/// One setting as the file has it.
pub(super) type Written = (&'static Setting, Raw, Origin);

/// What the file sets, and what is wrong with it.
pub(super) fn read(path: &Path) -> (Vec<Written>, Vec<Fault>) {
    let text = match text(path) {
        Ok(text) => text,
        Err(error) => {
            let origin = Origin::File { path: path.to_owned(), line: 1, column: 1 };
            let kind = FaultKind::Unreadable(error.to_string());
            return (Vec::new(), vec![Fault { setting: String::new(), origin, kind }]);
        }
    };
    let at = |span: Range<usize>| {
        let (line, column) = place(&text, span.start);
        Origin::File { path: path.to_owned(), line, column }
    };
    let (table, errors) = DeTable::parse_recoverable(&text);
    let mut faults: Vec<Fault> = errors
        .iter()
        .map(|error| Fault {
            setting: String::new(),
            origin: at(error.span().unwrap_or(text.len()..text.len())),
            kind: FaultKind::Syntax(error.message().to_owned()),
        })
        .collect();
    let mut written = Vec::new();
    for (key, value) in table.get_ref() {
        let word: &str = key.get_ref();
        match Setting::named(word) {
            Some(setting) => written.push((setting, raw(value.get_ref()), at(value.span()))),
            None => faults.push(Fault {
                setting: word.to_owned(),
                origin: at(key.span()),
                kind: FaultKind::UnknownKey { nearest: nearest(word) },
            }),
        }
    }
    (written, faults)
}

fn text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(MOST.saturating_add(1)).read_to_string(&mut text)?;
    if text.len() as u64 > MOST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(text) }
}

fn raw(value: &DeValue<'_>) -> Raw {
    match value {
        DeValue::String(text) => Raw::Text(text.clone().into_owned()),
        DeValue::Integer(number) => {
            let read = i128::from_str_radix(number.as_str(), number.radix());
            Raw::Number(read.map_or_else(|_| number.as_str().to_owned(), |read| read.to_string()))
        }
        DeValue::Array(values) => {
            let texts = values.iter().map(|value| value.get_ref().as_str().map(str::to_owned));
            texts.collect::<Option<_>>().map_or(Raw::Other, Raw::List)
        }
        _ => Raw::Other,
    }
}

/// The setting that was probably meant.
fn nearest(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase().replace('-', "_");
    let distances =
        SETTINGS.iter().map(|setting| (strsim::damerau_levenshtein(&word, setting.word), setting.word));
    let (distance, nearest) = distances.min()?;
    (distance <= (nearest.len() / LETTERS_FOR_ONE_ERROR).max(1)).then_some(nearest)
}

/// Line and column of a byte, from 1.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..text.floor_char_boundary(at)).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before.rsplit('\n').next().unwrap_or_default().chars().count() + 1)
}
