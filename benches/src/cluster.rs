//! A PostgreSQL cluster of its own that syncs what it commits, started by `scripts/postgres`.

use crate::desks::connected;
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

/// Settings beside PostgreSQL's own: memory for the tables of a million instances, as a server that has them would have, and
/// checkpoints no more often than by time.
const SETTINGS: [&str; 2] = ["shared_buffers=1GB", "max_wal_size=8GB"];

/// A cluster; stopped when this is dropped.
pub(crate) struct Cluster {
    folder: PathBuf,
    url: String,
}

impl Cluster {
    pub(crate) fn start(folder: &Path) -> Result<Self> {
        // The server runs as another user where this is root.
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
        let folder = folder.join("cluster");
        let path = folder.to_str().context("a folder whose name is a text")?;
        let url = script(&[&["start", path], SETTINGS.as_slice()].concat())?;
        Ok(Self { folder, url: url.trim().to_owned() })
    }

    /// Makes a database that is a copy of `template`; its URL.
    pub(crate) async fn database(&self, name: &str, template: &str) -> Result<String> {
        let text = format!("CREATE DATABASE {name} TEMPLATE {template}");
        connected(&self.url).await?.batch_execute(&text).await?;
        Ok(self.url.replace("/postgres?", &format!("/{name}?")))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(folder) = self.folder.to_str()
            && let Err(error) = script(&["stop", folder, "immediate"])
        {
            eprintln!("the cluster does not stop: {error:#}");
        }
    }
}

fn script(arguments: &[&str]) -> Result<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/postgres");
    let output = Command::new(path).args(arguments).output()?;
    ensure!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}
