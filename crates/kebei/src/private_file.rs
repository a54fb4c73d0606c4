//! Files with a secret in them: plain files of ours, or of root, that nobody else may use.

use std::{
    fs::{self, File},
    io::{self, Read},
    os::unix::fs::MetadataExt,
    path::Path,
};
use zeroize::Zeroizing;

/// Bytes read of a file at most: a secret with much white space around it.
const MOST: usize = 4096;
/// What others than the owner may do with the file: nothing.
const OTHERS: u32 = 0o077;

/// Why a secret is not read. Never says what was found.
#[derive(Debug)]
pub(crate) enum NoSecret {
    /// The file cannot be opened or read.
    File(io::Error),
    /// It is a folder, a pipe or a device.
    NotAFile,
    /// Others may read it; its mode.
    Open(u32),
    /// It belongs to somebody else.
    Foreign,
}

/// The text in `file`.
pub(crate) fn read(file: &Path) -> Result<Zeroizing<String>, NoSecret> {
    // Asked before it is opened: opening a pipe would wait.
    if !fs::metadata(file).map_err(NoSecret::File)?.is_file() {
        return Err(NoSecret::NotAFile);
    }
    let open = File::open(file).map_err(NoSecret::File)?;
    let found = open.metadata().map_err(NoSecret::File)?;
    if found.mode() & OTHERS != 0 {
        return Err(NoSecret::Open(found.mode() & 0o7777));
    }
    if ![0, rustix::process::geteuid().as_raw()].contains(&found.uid()) {
        return Err(NoSecret::Foreign);
    }
    // Of its full size from the start, so that no copy is left behind by growing.
    let mut text = Zeroizing::new(String::with_capacity(MOST));
    open.take(MOST as u64).read_to_string(&mut text).map_err(NoSecret::File)?;
    Ok(text)
}
