//! The file outside the database that keeps the newest checkpoint. The only file that the desk itself reads and writes.

use ledger::MAX_NOTE_LEN;
use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Where the newest checkpoint of the ledger is kept outside the database. Processes of one machine may share a file; whoever
/// restores the database must not restore it as well.
#[derive(Clone, Debug)]
pub struct Outside {
    file: Arc<Path>,
}

/// The checkpoint outside the database cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the checkpoint outside the database, `{}`: {source}", .file.display())]
pub struct OutsideError {
    /// The file.
    pub file: PathBuf,
    /// Why.
    pub source: io::Error,
}

impl Outside {
    /// In that file, whose folder is there; the file itself is made when there is something to keep.
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self { file: path.as_ref().into() }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// What it says; `None` when it is missing. What is no text is given as some text that is no checkpoint either.
    pub(crate) async fn read(&self) -> Result<Option<String>, OutsideError> {
        self.blocking(read).await
    }

    /// Writes `note`, unless the file does not say `expected` any more: another process wrote it meanwhile.
    pub(crate) async fn replace(&self, expected: Option<String>, note: String) -> Result<bool, OutsideError> {
        self.blocking(move |file| {
            let _lock = lock(file)?;
            if read(file)? != expected {
                return Ok(false);
            }
            write(file, &note)?;
            Ok(true)
        })
        .await
    }

    /// Keeps what the file says beside it, under its name with `suffix`, and writes `note` or leaves no file. Nothing is done
    /// when it does not say `expected` any more.
    pub(crate) async fn supersede(
        &self,
        expected: String,
        suffix: String,
        note: Option<String>,
    ) -> Result<bool, OutsideError> {
        self.blocking(move |file| {
            let _lock = lock(file)?;
            if read(file)?.as_ref() != Some(&expected) {
                return Ok(false);
            }
            fs::copy(file, file.with_added_extension(&suffix))
                .and_then(|_| File::open(file.with_added_extension(&suffix))?.sync_all())?;
            match note {
                Some(note) => write(file, &note)?,
                None => fs::remove_file(file).and_then(|()| sync_folder(file))?,
            }
            Ok(true)
        })
        .await
    }

    /// Runs what waits for a disk where that disturbs nobody.
    async fn blocking<T: Send + 'static>(
        &self,
        run: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
    ) -> Result<T, OutsideError> {
        let file = Arc::clone(&self.file);
        let done = tokio::task::spawn_blocking(move || run(&file)).await;
        done.unwrap_or_else(|error| Err(io::Error::other(error)))
            .map_err(|source| OutsideError { file: self.file.to_path_buf(), source })
    }
}

/// Reads no more than any note has, and one byte more, by which it is seen to be none.
fn read(file: &Path) -> io::Result<Option<String>> {
    let open = match File::open(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        open => open?,
    };
    let mut bytes = Vec::new();
    open.take(MAX_NOTE_LEN as u64 + 1).read_to_end(&mut bytes)?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Writes the file so that, whenever the power fails, it says the old or the new and never a part.
fn write(file: &Path, note: &str) -> io::Result<()> {
    let beside = file.with_added_extension("new");
    let mut new = File::create(&beside)?;
    new.write_all(note.as_bytes())?;
    new.sync_all()?;
    fs::rename(&beside, file)?;
    sync_folder(file)
}

fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Held while the file is compared and replaced.
fn lock(file: &Path) -> io::Result<File> {
    let beside = file.with_added_extension("lock");
    let lock = File::options().create(true).truncate(false).write(true).open(beside)?;
    lock.lock()?;
    Ok(lock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_another_process_wrote_meanwhile_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let outside = Outside::file(folder.path().join("checkpoint"));
        let (old, new) = (|| "old".to_owned(), || "new".to_owned());
        assert_eq!(outside.read().await.unwrap(), None);
        assert!(outside.replace(None, old()).await.unwrap());
        assert!(!outside.replace(None, new()).await.unwrap());
        assert!(!outside.supersede(new(), "kept".to_owned(), None).await.unwrap());
        assert_eq!(outside.read().await.unwrap(), Some(old()));
        assert!(outside.replace(Some(old()), new()).await.unwrap());
        assert!(outside.supersede(new(), "kept".to_owned(), None).await.unwrap());
        assert_eq!(outside.read().await.unwrap(), None);
        assert_eq!(fs::read_to_string(folder.path().join("checkpoint.kept")).unwrap(), "new");
    }
}
