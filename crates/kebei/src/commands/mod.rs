//! What the program does, one command a file.

pub(crate) mod backup;
pub(crate) mod check;
pub(crate) mod check_filing;
pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod doctor;
mod dry_run;
pub(crate) mod gate;
pub(crate) mod import;
pub(crate) mod init;
mod inventories;
pub(crate) mod keys;
pub(crate) mod ledger;
pub(crate) mod mcp;
mod publish;
pub(crate) mod restore;
pub(crate) mod retention;
pub(crate) mod rulebook;
pub(crate) mod serve;
pub(crate) mod user;
mod user_key;
pub(crate) mod where_to_file;

use crate::words::{Say, Told};
use ::rulebook::{Edition, Lang, NoEdition, Rulebook};
use jiff::Timestamp;
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    sync::Arc,
};

/// How a command was called, beside its own arguments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    pub(crate) lang: Lang,
    pub(crate) now: Timestamp,
}

impl Call {
    /// The time asked about, or now.
    pub(crate) fn at(&self, option: Option<&str>) -> Result<Timestamp, Told> {
        match option {
            // Whole seconds: nobody is helped by more, and every decision repeats it.
            None => Ok(Timestamp::from_second(self.now.as_second()).unwrap_or(self.now)),
            Some(text) => crate::time::read(text).ok_or_else(|| self.told(&Say::BadTime { found: text })),
        }
    }

    pub(crate) fn told(&self, say: &Say<'_>) -> Told {
        Told(say.to_text(self.lang))
    }

    /// The rulebook of that file, or the built-in one. The faults of a file are printed.
    pub(crate) fn rulebook(&self, file: Option<&Path>) -> Result<Rulebook, Told> {
        let (name, bytes) = match file {
            None => ("aliyun.toml".to_owned(), ::rulebook::ALIYUN.as_bytes().to_vec()),
            Some(path) => {
                let name = shown(path);
                let bytes = read_rulebook(path).map_err(|error| self.told(&cannot_read(&name, &error)))?;
                (name, bytes)
            }
        };
        Rulebook::parse_bytes(&bytes).map_err(|faults| {
            rulebook::print_faults(&name, &faults.0, self.lang);
            self.told(&Say::FaultyRulebook { file: &name, faults: faults.0.len() })
        })
    }

    /// The edition asked for, or the one in force at `at`.
    pub(crate) fn edition<'r>(
        &self,
        rulebook: &'r Rulebook,
        id: Option<&str>,
        at: Timestamp,
    ) -> Result<&'r Arc<Edition>, Told> {
        rulebook
            .edition_or_in_force(id, at)
            .map_err(|error| Told(format!("{} [{}]", error.message(self.lang), NoEdition::CODE)))
    }
}

/// The bytes of a rulebook file, no more than show that it is too large.
pub(crate) fn read_rulebook(path: &Path) -> io::Result<Vec<u8>> {
    let most = u64::try_from(::rulebook::MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file, or standard input for `-`.
pub(crate) fn open(path: &Path) -> io::Result<Box<dyn Read + Send>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    Ok(Box::new(file))
}

pub(crate) fn cannot_read<'a>(file: &'a str, error: &'a io::Error) -> Say<'a> {
    if error.kind() == io::ErrorKind::IsADirectory {
        Say::IsFolder { file }
    } else {
        Say::CannotRead { file, error }
    }
}

/// A path as people read it.
pub(crate) fn shown(path: &Path) -> String {
    if path == Path::new("-") { "<stdin>".to_owned() } else { path.display().to_string() }
}
