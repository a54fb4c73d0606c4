//! The master key: read from a file that nobody else may read, or from the environment; made once.

use crate::{
    chance,
    private_file::{self, NoSecret},
    settings::Settings,
};
use keys::{MasterKey, MasterKeyError};
use std::{
    env,
    fs::{File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The variable that may hold the key itself.
pub(crate) const VARIABLE: &str = "KEBEI_MASTER_KEY";

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
    let text = private_file::read(file).map_err(|fault| match fault {
        NoSecret::File(error) => NoMasterKey::File(file.to_owned(), error),
        NoSecret::NotAFile => NoMasterKey::NotAFile(file.to_owned()),
        NoSecret::Open(mode) => NoMasterKey::Open(file.to_owned(), mode),
        NoSecret::Foreign => NoMasterKey::Foreign(file.to_owned()),
    })?;
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
