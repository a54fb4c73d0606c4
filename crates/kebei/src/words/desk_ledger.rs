//! What the program says of the ledger of a desk and of its backups.

use super::{desk_ledger_en, desk_ledger_zh};
use crate::desk::place::Place;
use app::ledger::{Conflict, LedgerReport, Mistake, Undecided};
use keys::Fingerprint;
use ledger::ExportError;
use rulebook::Lang;
use std::{
    io,
    path::{Path, PathBuf},
};

/// Something that is said of a ledger.
#[derive(Debug)]
pub(crate) enum LedgerSay<'a> {
    /// How much of it was looked at, in a database; whether decisions were decided again.
    Looked { report: &'a LedgerReport, decide: bool },
    /// How much of an export was looked at: its entries, those after which it begins, and how many were decided again.
    LookedAtExport { entries: u64, opening: u64, closing: u64, decided: Option<u64> },
    /// It is what it should be.
    Sound,
    /// It is not, in that.
    Mistake(&'a Mistake),
    /// A decision in an export is not found again.
    Undecided { place: u64, fault: &'a Undecided },
    /// The export is not what it should be.
    BadExport { file: &'a str, fault: &'a ExportError },
    /// So many more mistakes are not named.
    More(u64),
    /// `--key` is none.
    BadKey { why: &'a str },
    /// There is no checkpoint yet.
    NoCheckpoint,
    /// There is no checkpoint of that size to begin an export with.
    NoCheckpointOf(u64),
    /// It was exported, up to that many entries.
    Exported { file: &'a str, size: u64 },
    /// What was given is the id of no entry.
    BadEntry { found: &'a str },
    /// There is no entry with that id.
    UnknownEntry { found: &'a str },
    /// The entry has no place yet.
    EntryWaits { found: &'a str },
    /// So many entries got places, and so many have one in all.
    Sealed { placed: u64, size: u64 },
    /// The database is what its checkpoint outside tells of.
    NothingToAccept,
    /// What would be accepted, and what is lost by it.
    WouldAccept { conflict: &'a Conflict, checkpoint: &'a Path },
    /// It was accepted; where the superseded checkpoint is kept, unless it was missing.
    Accepted { kept: Option<&'a Path> },
    /// It contradicts itself and is not accepted.
    NotAcceptable { fault: &'a str },
    /// The checkpoint outside was changed meanwhile.
    ChangedMeanwhile,
}

/// Something that is said of a backup.
#[derive(Debug)]
pub(crate) enum BackupSay<'a> {
    /// The file is there and is not overwritten.
    FileThere { file: &'a Path },
    /// A file cannot be made or written.
    CannotMake { file: &'a Path, error: &'a io::Error },
    /// Databases on a server are backed up with their own tools.
    OnServer { place: &'a Place },
    /// So they are restored.
    RestoreOnServer,
    /// A backup was made; the checkpoint beside it, if there is one; the master key that it needs.
    Made { file: &'a Path, checkpoint: Option<PathBuf>, fingerprint: Fingerprint },
    /// The copy was checked and is sound.
    Checked { entries: u64, waiting: u64 },
    /// The ledger in the copy is of an older schema, and was not looked at.
    NotChecked { found: i64, known: i64 },
    /// The copy is not sound, in that.
    Fault { file: &'a Path, fault: &'a str },
    /// It is sound, but the note that `doctor` reads cannot be written.
    NotNoted { note: &'a Path, error: &'a io::Error },
    /// It does not serve as a backup.
    Unsound { file: &'a Path },
    /// There is a desk where one was to be restored.
    DeskThere { place: &'a Place },
    /// The backup was put in place; where the database is kept that was there.
    Restored { place: &'a Place, kept: Option<&'a Path> },
    /// Nothing was put in place.
    NotRestored { file: &'a Path },
}

impl LedgerSay<'_> {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => desk_ledger_zh::ledger(self),
            Lang::En => desk_ledger_en::ledger(self),
        }
    }
}

impl BackupSay<'_> {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => desk_ledger_zh::backup(self),
            Lang::En => desk_ledger_en::backup(self),
        }
    }
}
