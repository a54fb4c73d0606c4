//! Files that appear under their names whole, and on the disk, or not at all.

use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process,
};

/// A file that is being made under another name beside its own; gone if it never appears.
#[derive(Debug)]
pub(crate) struct NewFile {
    beside: PathBuf,
    target: PathBuf,
}

impl NewFile {
    /// Empty, for `target`, which must not be there. `mode` says who may do what with it.
    pub(crate) fn new(target: &Path, mode: u32) -> io::Result<Self> {
        if fs::symlink_metadata(target).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        Self::instead_of(target, mode)
    }

    /// The same beside a `target` that may be there.
    pub(crate) fn instead_of(target: &Path, mode: u32) -> io::Result<Self> {
        let beside = target.with_added_extension(format!("part-{}", process::id()));
        OpenOptions::new().write(true).create_new(true).mode(mode).open(&beside)?;
        Ok(Self { beside, target: target.to_owned() })
    }

    /// Where it is for now.
    pub(crate) fn path(&self) -> &Path {
        &self.beside
    }

    /// Gives it its name, if nobody else has taken that meanwhile.
    pub(crate) fn appear(self) -> io::Result<()> {
        File::open(&self.beside)?.sync_all()?;
        if fs::symlink_metadata(&self.target).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(&self.beside, &self.target)?;
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // It has appeared, or is of no use.
        let _ = fs::remove_file(&self.beside);
    }
}
