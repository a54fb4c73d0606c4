//! A PostgreSQL cluster of its own, which may be stopped hard where it syncs what it commits.

use crate::life::Site;
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;
use tokio_postgres::NoTls;

/// Settings of a server that syncs nothing.
const THROW_AWAY: [&str; 3] = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"];

/// A cluster; stopped when this is dropped.
#[derive(Debug)]
pub struct Cluster {
    folder: TempDir,
    url: String,
    throw_away: bool,
}

impl Cluster {
    /// Starts one with these settings, `name=value`.
    pub fn start(settings: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // The server runs as another user where the test is root.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let mut cluster = Self { folder, url: String::new(), throw_away: false };
        let url = script(&[&["start", cluster.path().to_str().unwrap()], settings].concat());
        url.trim().clone_into(&mut cluster.url);
        cluster
    }

    /// Starts one that syncs nothing: for sieges that kill the desk and never the server, to whom that is the same.
    pub fn throw_away() -> Self {
        let mut cluster = Self::start(&THROW_AWAY);
        cluster.throw_away = true;
        cluster
    }

    /// A folder that goes with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("cluster")
    }

    /// Makes a database.
    pub async fn database(&self, name: &str) -> Site {
        self.copy("template1", name).await
    }

    /// Makes a database that is a copy of `template`, to which nobody is connected.
    pub async fn copy(&self, template: &str, name: &str) -> Site {
        self.run(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Site::Postgres { url: self.url_of(name), connections: 16, throw_away: self.throw_away }
    }

    /// Runs a statement as the owner of the server.
    pub async fn run(&self, sql: &str) {
        let (client, connection) = tokio_postgres::connect(&self.url, NoTls).await.unwrap();
        let connection = tokio::spawn(connection);
        client.batch_execute(sql).await.unwrap();
        drop(client);
        let _ = connection.await;
    }

    /// The address of a database.
    pub fn url_of(&self, name: &str) -> String {
        self.url.replace("/postgres?", &format!("/{name}?"))
    }

    /// Stops it without letting it finish anything, and starts it again.
    pub fn stop_hard_and_start(&self) {
        script(&["stop", self.path().to_str().unwrap(), "immediate"]);
        script(&["again", self.path().to_str().unwrap()]);
    }

    /// The process of the server, whose children serve the connections.
    pub fn process(&self) -> u32 {
        let file = fs::read_to_string(self.path().join("data/postmaster.pid")).unwrap();
        file.lines().next().unwrap().parse().unwrap()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = run(&["stop", self.path().to_str().unwrap(), "immediate"]);
    }
}

fn run(arguments: &[&str]) -> std::io::Result<std::process::Output> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/postgres");
    Command::new(script).args(arguments).output()
}

fn script(arguments: &[&str]) -> String {
    let output = run(arguments).expect("scripts/postgres runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
