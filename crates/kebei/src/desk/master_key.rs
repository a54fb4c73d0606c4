//! The master key: read from a file that nobody else may read, or from the environment; made once.

use crate::{chance, settings::Settings};
use keys::{MasterKey, MasterKeyError};
use std::{
    env,
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The variable that may hold the key itself.
pub(crate) const VARIABLE: &str = "KEBEI_MASTER_KEY";
/// Bytes read of a file at most: a key with much white space around it.
const MOST: usize = 4096;
/// What others than the owner may do with the file: nothing.
const OTHERS: u32 = 0o077;

/// Why there is no master key. Never says what was found in its place.
#[derive(Debug)]
pub(crate) enum NoMasterKey {
    /// The file cannot be opened, read or made.
    File(PathBuf, io::Error),
    /// It is a folder, a pipe or a device.
    NotAFile(PathBuf),
    /// Others may read it; its mode.
    Open(PathBuf, u32),
    /// It belongs to somebody else.
    Foreign(PathBuf),
    /// What it has is no key.
    Wrong(PathBuf, MasterKeyError),
    /// What the variable has is no key.
    Variable(MasterKeyError),
    /// The operating system gives no randomness.
    NoChance,
}

/// The file of the master key, when the key is in one.
pub(crate) fn file_of(settings: &Settings) -> Option<PathBuf> {
    match &settings.master_key_file {
        Some(file) => Some(file.clone()),
        None if env::var_os(VARIABLE).is_some() => None,
        None => Some(settings.data.join("master.key")),
    }
}

/// The master key that was given.
pub(crate) fn of(settings: &Settings) -> Result<MasterKey, NoMasterKey> {
    if let Some(file) = file_of(settings) {
        return read(&file);
    }
    let text = Zeroizing::new(env::var(VARIABLE).unwrap_or_default());
    text.parse().map_err(NoMasterKey::Variable)
}

/// Reads the key in `file`, which must be a plain file of ours, or of root, that nobody else may use.
pub(crate) fn read(file: &Path) -> Result<MasterKey, NoMasterKey> {
    let failed = |error| NoMasterKey::File(file.to_owned(), error);
    // Asked before it is opened: opening a pipe would wait.
    if !fs::metadata(file).map_err(failed)?.is_file() {
        return Err(NoMasterKey::NotAFile(file.to_owned()));
    }
    let open = File::open(file).map_err(failed)?;
    let found = open.metadata().map_err(failed)?;
    if found.mode() & OTHERS != 0 {
        return Err(NoMasterKey::Open(file.to_owned(), found.mode() & 0o7777));
    }
    if ![0, rustix::process::geteuid().as_raw()].contains(&found.uid()) {
        return Err(NoMasterKey::Foreign(file.to_owned()));
    }
    // Of its full size from the start, so that no copy is left behind by growing.
    let mut text = Zeroizing::new(String::with_capacity(MOST));
    open.take(MOST as u64).read_to_string(&mut text).map_err(failed)?;
    text.parse().map_err(|error| NoMasterKey::Wrong(file.to_owned(), error))
}

/// Makes a key and keeps it in `file`, which must not be there; it is on the disk when this returns.
pub(crate) fn make(file: &Path) -> Result<MasterKey, NoMasterKey> {
    let failed = |error| NoMasterKey::File(file.to_owned(), error);
    let key = generated()?;
    let mut to = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map_err(failed)?;
    let written = (|| {
        to.write_all(key.to_hex().as_bytes())?;
        to.write_all(b"\n")?;
        to.sync_all()?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    })();
    written.map_err(failed)?;
    Ok(key)
}

fn generated() -> Result<MasterKey, NoMasterKey> {
    let seed = chance::seed().map_err(|_| NoMasterKey::NoChance)?;
    let hex = Zeroizing::new(seed.iter().fold(String::with_capacity(64), |mut hex, byte| {
        for digit in [byte >> 4, byte & 15] {
            hex.extend(char::from_digit(digit.into(), 16));
        }
        hex
    }));
    hex.parse().map_err(NoMasterKey::Variable)
}
