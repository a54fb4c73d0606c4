//! Where a desk is: a folder, and a file in it or a database on a server.

use crate::settings::Settings;
use std::{
    fmt,
    path::{Path, PathBuf},
};
use store::{PostgresOptions, Store, StoreError};

/// Connections of one command: it does one thing after the other, and a little beside it.
const CONNECTIONS: usize = 4;

/// Where a desk is.
#[derive(Debug)]
pub(crate) struct Place {
    folder: PathBuf,
    postgres: Option<PostgresOptions>,
}

impl Place {
    /// For a command, which waits for nobody.
    pub(crate) fn of(settings: &Settings) -> Self {
        Self::with(settings, CONNECTIONS, false)
    }

    /// Whether it is a database on a server.
    pub(crate) const fn is_postgres(&self) -> bool {
        self.postgres.is_some()
    }

    /// For the server, whose workers are woken by other processes.
    pub(crate) fn served(settings: &Settings) -> Self {
        Self::with(settings, settings.database_connections, true)
    }

    /// A folder with a file.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), postgres: None }
    }

    fn with(settings: &Settings, connections: usize, notify: bool) -> Self {
        let postgres = settings.database.clone().map(|url| PostgresOptions {
            url,
            connections,
            ca_file: settings.database_ca.clone(),
            accept_not_durable: false,
            notify,
        });
        Self { folder: settings.data.clone(), postgres }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file of the database, when it is one.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join("kebei.db")
    }

    /// Where the newest checkpoint of the ledger is kept, apart from the database.
    pub(crate) fn checkpoint(&self) -> PathBuf {
        self.folder.join("ledger.checkpoint")
    }

    /// Whether there may be a desk: a database on a server has to be asked.
    pub(crate) fn exists(&self) -> bool {
        self.postgres.is_some() || self.file().exists()
    }

    /// Where it is noted when the last backup was made, and which file it is.
    pub(crate) fn last_backup(&self) -> PathBuf {
        self.folder.join("last-backup")
    }

    /// Whether it is a database on a server.
    pub(crate) fn is_on_server(&self) -> bool {
        self.postgres.is_some()
    }

    /// Opens it; only for reading where another process writes the file.
    pub(crate) async fn open_to_read(&self) -> Result<Store, StoreError> {
        match self.open().await {
            Err(StoreError::InUse(file)) => Store::sqlite_read_only(&file),
            opened => opened,
        }
    }

    pub(crate) async fn open(&self) -> Result<Store, StoreError> {
        match &self.postgres {
            None => Store::sqlite(&self.file()),
            Some(options) => Store::postgres(options).await,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.postgres {
            None => self.file().display().fmt(f),
            Some(options) => f.write_str(&redacted(&options.url)),
        }
    }
}

/// An address without user and password. Where it is not plain what is which, nothing of it is shown.
pub(crate) fn redacted(url: &str) -> String {
    const HIDDEN: &str = "postgres://…";
    let Some((_, rest)) = url.split_once("://") else { return HIDDEN.to_owned() };
    let shown = match rest.split('@').collect::<Vec<_>>()[..] {
        // An `@` after a `?` may stand in a password that is given behind it.
        [user, host] if !user.contains(['?', '/']) => host.split('?').next(),
        // Without `@` what follows a colon may be a password that lost its host.
        [host] => host.split(['?', ':', '/']).next(),
        _ => None,
    };
    shown.map_or_else(|| HIDDEN.to_owned(), |shown| format!("postgres://{shown}"))
}

#[cfg(test)]
mod tests {
    use super::redacted;

    #[test]
    fn no_part_of_a_password_is_ever_shown() {
        for url in [
            "postgres://wang:secret@db.example:5432/kebei?sslmode=require",
            "postgres://wang:sec@ret@db.example/kebei",
            "postgres://wang:sec?ret@db.example/kebei",
            "postgres://wang:secret",
            "postgres://db.example/kebei?password=secret",
            "postgres://db.example/kebei?password=x@secret",
            "host=db.example password=secret",
        ] {
            let shown = redacted(url);
            assert!(!["sec", "ret"].iter().any(|part| shown.contains(part)), "{shown}");
        }
        assert_eq!(
            redacted("postgres://wang:secret@db.example:5432/kebei"),
            "postgres://db.example:5432/kebei"
        );
    }
}
