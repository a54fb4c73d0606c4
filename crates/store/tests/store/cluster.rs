//! A PostgreSQL cluster of a story's own, which goes with it.

use std::{
    ffi::OsStr,
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};
use store::PostgresOptions;
use tempfile::TempDir;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/postgres");

/// A folder in which the server, as another user where the tests run as root, finds its files.
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        Self(folder)
    }

    /// A file of the server's.
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// The same, and nobody else may read it.
    pub(crate) fn secret(&self, name: &str, text: &str) -> PathBuf {
        let path = self.file(name, text);
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        // PostgreSQL refuses to run as root: the script runs it as this user.
        if fs::metadata(&path).is_ok_and(|file| std::os::unix::fs::MetadataExt::uid(&file) == 0) {
            assert!(Command::new("chown").arg("postgres").arg(&path).status().unwrap().success());
        }
        path
    }
}

/// A cluster that runs until it is dropped.
pub(crate) struct Cluster {
    place: Place,
    pub(crate) url: String,
}

impl Cluster {
    /// Starts one in `place`.
    pub(crate) fn start(place: Place, settings: &[String]) -> Self {
        let folder = place.0.path().join("cluster");
        let url = script("start", &folder, settings);
        Self { place, url }
    }

    /// How it is reached.
    pub(crate) fn options(&self) -> PostgresOptions {
        PostgresOptions {
            url: self.url.clone(),
            connections: 4,
            ca_file: None,
            accept_not_durable: false,
            notify: false,
        }
    }

    /// Pulls the plug.
    pub(crate) fn crash(&self) {
        script("stop", &self.folder(), &["immediate"]);
    }

    pub(crate) fn again(&self) {
        script("again", &self.folder(), &[""; 0]);
    }

    fn folder(&self) -> PathBuf {
        self.place.0.path().join("cluster")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // It may be stopped already, and its log goes with its folder.
        let _ = Command::new(SCRIPT).arg("stop").arg(self.folder()).arg("immediate").output();
    }
}

fn script(what: &str, folder: &Path, more: &[impl AsRef<OsStr>]) -> String {
    let done = Command::new(SCRIPT).arg(what).arg(folder).args(more).output().unwrap();
    let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
    assert!(done.status.success(), "{}{log}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}
