//! What the program says of a desk to whoever keeps it.

use super::{desk_en, desk_zh};
use crate::desk::{master_key::NoMasterKey, place::Place};
use app::{DeskError, keys::ListedKey, rulebooks::Broken};
use jiff::{Timestamp, civil::Date};
use keys::Fingerprint;
use rulebook::Lang;
use std::{io, path::Path};
use store::StoreError;

/// Something that is said of a desk.
#[derive(Debug)]
pub(crate) enum DeskSay<'a> {
    /// There is none.
    NoDesk { place: &'a Place },
    /// There is one, where one was to be set up.
    DeskThere { place: &'a Place },
    /// The folder cannot be made.
    Folder { folder: &'a Path, error: &'a io::Error },
    /// There is no master key.
    MasterKey(&'a NoMasterKey),
    /// The database does not open.
    Store { place: &'a Place, error: &'a StoreError },
    /// The desk does not open, or fails.
    Desk { place: &'a Place, error: &'a DeskError },
    /// A file does not open as a database.
    StoreIn { file: &'a Path, error: &'a StoreError },
    /// The desk in a file does not open, or fails.
    DeskIn { file: &'a Path, error: &'a DeskError },
    /// Nothing could be done, for a reason that the operator can do nothing about.
    Other { why: &'a str },
    /// The operating system gives no randomness.
    NoChance { why: &'a str },
    /// The operator's name cannot be written into the ledger.
    BadOperator { name: &'a str },
    /// A desk was set up; the file of its master key, if it is in one, and whether that was made.
    SetUp { place: &'a Place, key: Option<(&'a Path, bool)>, fingerprint: Fingerprint, rulebook: &'a str },
    /// One key, when it was made.
    Key { key: &'a ListedKey, made: &'a str },
    /// Keys were rotated: how many are new, how many values were sealed anew, how many keys are gone.
    Rotated { added: usize, resealed: u64, deleted: usize },
    /// No keys are rotated for that purpose.
    UnknownPurpose { purpose: &'a str },
    /// Another master key was put to use.
    MasterChanged { file: &'a Path, keys: usize, fingerprint: Fingerprint },
    /// It was in use already.
    MasterSame { file: &'a Path },
    /// A rulebook was published, or would be.
    Published { digest: &'a str, dry_run: bool },
    /// It was the one in force already.
    PublishedBefore,
    /// An edition that it adds; whether its day has come.
    AddedEdition { id: &'a str, day: Date, now: bool },
    /// It would break what was published.
    Breaks { file: &'a str },
    /// What of it.
    Broken(&'a Broken),
    /// A part of the desk is sound.
    Sound { what: Examined<'a> },
    /// A part of the desk is not.
    Unsound { what: Examined<'a>, fault: &'a str },
    /// A setting is not.
    UnsoundSetting { fault: &'a str },
    /// Something is worth a look.
    Warning { what: &'a str },
}

/// What `doctor` examines, in its order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Examined<'a> {
    /// Where the desk is.
    Place(&'a Place),
    /// The master key.
    MasterKey,
    /// A database that cannot be read.
    Unreadable,
    /// The database, with its schema version.
    Database(i64),
    /// The keys, and how many.
    Keys(usize),
    /// A sample of the codes, and how many.
    Codes(usize),
    /// The rulebook in force.
    Rulebook,
    /// The ledger: entries that have places, and that wait for them.
    Ledger { placed: u64, waiting: u64 },
    /// The checkpoint outside the database.
    Outside,
    /// There is no checkpoint outside to compare it with, and never was one.
    NoOutside,
    /// The clock, as it stands.
    Clock(Timestamp),
    /// The last backup: when it was made, and which file it is.
    LastBackup(&'a str),
}

impl DeskSay<'_> {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => desk_zh::say(self),
            Lang::En => desk_en::say(self),
        }
    }
}
