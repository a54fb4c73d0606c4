//! A kill cannot show a missing sync, for the system keeps what a dead process wrote. The order of its calls does.

use crate::{BINARY, founded};
use siege::{Besieged, Call, Cluster, Life, Line, Record, Site, Town, calls};
use std::{
    collections::HashMap,
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use testbed::{Database, Engine};

const TOWN: Town = Town { accounts: 2, asks_each: 40 };
const ASKS: u64 = 60;

fn writes(call: &Call, file: &str) -> bool {
    call.name.starts_with("pwrite") && call.arguments.contains(file)
}

fn syncs(call: &Call, file: &str) -> bool {
    matches!(call.name.as_str(), "fsync" | "fdatasync") && call.arguments.contains(file)
}

/// The line that a call says, if it says one.
fn said(call: &Call) -> Option<Line> {
    let (_, text) = call.arguments.split_once('"').filter(|_| call.name == "write" && !call.ended)?;
    text.split_once("\\n\"")?.0.parse().ok()
}

/// Faults of a trace of the process: commits whose writes of the log were not synced before they were told as done, and
/// answers that were told before any sync that came after their ask.
fn faults(calls: &[Call]) -> (Vec<String>, u64) {
    let (mut faults, mut answers) = (Vec::new(), 0);
    let (mut unsynced, mut synced) = (HashMap::new(), 0);
    let mut asked = HashMap::new();
    for call in calls {
        if call.ended && syncs(call, "kebei.db-wal") {
            unsynced.insert(call.thread, 0);
            synced += 1;
        } else if call.ended && writes(call, "kebei.db-wal") {
            *unsynced.entry(call.thread).or_insert(0) += 1;
        }
        match said(call) {
            Some(Line::Committed(nth)) if unsynced.get(&call.thread) != Some(&0) => {
                faults.push(format!("commit {nth} was not synced"));
            }
            Some(Line::Ask(nth)) => {
                asked.insert(nth, synced);
            }
            Some(Line::Got(nth, _)) => {
                answers += 1;
                if asked[&nth] == synced {
                    faults.push(format!("answer {nth} was told before a sync"));
                }
            }
            _ => {}
        }
    }
    (faults, answers)
}

fn strace(out: &Path, calls: &str) -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-s", "256", "-e", &format!("trace={calls}"), "-o"]).arg(out);
    strace
}

#[tokio::test]
async fn on_sqlite_the_log_is_synced_before_anybody_is_answered() {
    let database = Database::new(Engine::Sqlite).await;
    let life = Life { until: ASKS, ..founded(TOWN, Site::Sqlite(database.file())).await };
    for (clients, from) in [(1, 0), (8, ASKS)] {
        let out = database.folder().join("trace");
        let mut traced = strace(&out, "write,pwrite64,pwritev,fsync,fdatasync");
        traced.arg(BINARY);
        let life = Life { nth: 5 + from, clients, from, until: from + ASKS, ..life.clone() };
        let mut record = Record::default();
        Besieged::start_by(traced, &life, &mut record).finish(&mut record);
        let calls = calls(&fs::read_to_string(&out).unwrap());
        let (faults, answers) = faults(&calls);
        let written = calls.iter().filter(|call| writes(call, "kebei.db-wal")).count();
        let synced = calls.iter().filter(|call| call.ended && syncs(call, "kebei.db-wal")).count();
        println!("{clients} clients: {answers} answers, {written} writes of the log, {synced} syncs of it");
        assert!(faults.is_empty(), "{faults:?}");
        assert!(answers == ASKS && synced > 0 && written > 0);
    }
}

/// A tracer of a server; ended when this is dropped.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Traces a server, all its processes, from here on.
fn watch(cluster: &Cluster, out: &Path) -> Watching {
    let server = cluster.process();
    let children = fs::read_to_string(format!("/proc/{server}/task/{server}/children")).unwrap();
    let mut strace = strace(out, "recvfrom,sendto,pwrite64,pwritev,fsync,fdatasync");
    let mut processes = vec![server.to_string()];
    processes.extend(children.split_whitespace().map(str::to_owned));
    for process in &processes {
        strace.args(["-p", process]);
    }
    let mut strace = Watching(strace.stderr(Stdio::piped()).spawn().unwrap());
    let mut said = BufReader::new(strace.0.stderr.take().unwrap()).lines();
    let attached = said.by_ref().map_while(Result::ok).filter(|line| line.contains("attached"));
    assert_eq!(attached.take(processes.len()).count(), processes.len(), "strace sees the server");
    // Whatever else it says is of processes that come later; somebody must read it.
    std::thread::spawn(move || said.count());
    strace
}

/// The trace up to now.
fn watched(mut strace: Watching, out: &Path) -> Vec<Call> {
    let ended = Command::new("kill").arg(strace.0.id().to_string()).status().unwrap();
    assert!(ended.success());
    strace.0.wait().unwrap();
    calls(&fs::read_to_string(out).unwrap())
}

/// Commits of units in a trace of the server, and how many of them were told as done before any sync of the log, by
/// whichever process, that came after they were asked for.
fn server_commits(calls: &[Call]) -> (u64, u64) {
    let (mut synced, mut commits, mut faults) = (0_u64, 0, 0);
    let (mut unit, mut asked) = (HashMap::new(), HashMap::new());
    for call in calls {
        let Call { thread, name, arguments, ended } = call;
        match (name.as_str(), ended) {
            ("recvfrom", true) if arguments.contains("BEGIN") => {
                unit.insert(*thread, arguments.contains("SERIALIZABLE"));
            }
            ("recvfrom", true) if arguments.contains("COMMIT\\0") && unit.get(thread) == Some(&true) => {
                asked.insert(*thread, synced);
            }
            ("sendto", false) if arguments.contains("COMMIT\\0") => {
                if let Some(before) = asked.remove(thread) {
                    commits += 1;
                    faults += u64::from(before == synced);
                }
            }
            (_, true) if syncs(call, "/pg_wal/") => synced += 1,
            _ => {}
        }
    }
    (commits, faults)
}

/// Commits of units under the eyes of the tracer, on a server with these settings, and how many were told too early.
async fn commits_of(settings: &[&str]) -> (u64, u64) {
    let cluster = Cluster::start(settings);
    let Site::Postgres { url, .. } = cluster.database("town").await else { unreachable!() };
    let site = Site::Postgres { url, connections: 4, throw_away: true };
    let life = Life { until: ASKS, clients: 4, ..founded(TOWN, site).await };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("trace");
    let strace = watch(&cluster, &out);
    let mut record = Record::default();
    Besieged::start(BINARY, &life, &mut record).finish(&mut record);
    let (commits, faults) = server_commits(&watched(strace, &out));
    println!("{settings:?}: {commits} commits, {faults} told before a sync");
    assert!(commits >= ASKS, "{commits}");
    (commits, faults)
}

#[tokio::test]
async fn on_postgresql_the_log_is_synced_before_a_commit_is_told_and_the_tracer_would_see_if_not() {
    assert_eq!(commits_of(&[]).await.1, 0);
    assert!(commits_of(&["synchronous_commit=off"]).await.1 > 0);
}
