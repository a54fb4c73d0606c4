//! A kill cannot show a missing sync, for the system keeps what a dead process wrote. The order of its calls does.

use crate::{BINARY, founded};
use siege::{Besieged, Call, Life, Line, Record, Site, Town, calls};
use std::{collections::HashMap, fs, path::Path, process::Command};
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
