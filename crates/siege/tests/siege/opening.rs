//! Opening a desk after a crash: no more work with 100,000 codes than with a thousand.

use crate::{BINARY, founded};
use siege::{Besieged, Call, Cluster, Life, Line, Record, Site, Town, calls};
use std::{fs, path::Path, process::Command, time::Instant};
use testbed::{Database, Engine};
use tokio_postgres::NoTls;

const TOWN: Town = Town { accounts: 200, asks_each: 40 };
/// Pages of the file that opening may read: schema, keys, rulebook, a few inner pages of each.
const PAGES: usize = 200;

/// As many codes, entries and requests as a desk has after years; they belong to nobody, and opening must not look.
const SQLITE_YEARS: &str = "
    WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
    INSERT INTO codes (id, state, counted, lookup, sealed, changed_at)
    SELECT randomblob(16), 'init', 0, randomblob(32), randomblob(65), i FROM n;
    WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
    INSERT INTO ledger_entries (id, at, bytes) SELECT randomblob(16), i, randomblob(900) FROM n;
    WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
    INSERT INTO requests (asker, key, digest, entry, at)
    SELECT 'account:acc-0', 'old-' || i, randomblob(32), randomblob(16), i FROM n;";

const POSTGRES_YEARS: &str = "
    INSERT INTO codes (id, state, counted, lookup, sealed, changed_at)
    SELECT gen_random_uuid(), 'init', 0, decode(md5(i::text), 'hex'), decode(repeat(md5(i::text), 2), 'hex'), i
    FROM generate_series(1, 100000) i;
    INSERT INTO ledger_entries (id, at, bytes)
    SELECT gen_random_uuid(), i, decode(repeat(md5(i::text), 28), 'hex') FROM generate_series(1, 100000) i;
    INSERT INTO requests (asker, key, digest, entry, at)
    SELECT 'account:acc-0', 'old-' || i, decode(md5(i::text), 'hex'), gen_random_uuid(), i
    FROM generate_series(1, 100000) i;";

/// Lives for a while and is killed, so that the next start has something to mend.
fn killed_at_work(life: &Life, nth: u64, record: &mut Record) {
    let life = Life { nth, clients: 8, from: record.next(), until: u64::MAX, ..life.clone() };
    let mut besieged = Besieged::start(BINARY, &life, record);
    besieged.hear(record, 600);
    besieged.kill(record);
}

/// Starts until the desk is open; how long it took is told, and asserted by nobody.
fn opened(command: Command, life: &Life, record: &mut Record) {
    let began = Instant::now();
    let mut besieged = Besieged::start_by(command, life, record);
    assert_eq!(besieged.hear_one(record), Line::Ready);
    println!("ready after {:?}", began.elapsed());
    besieged.finish(record);
}

/// Reads of the database file itself until the desk was open.
fn reads(trace: &Path) -> usize {
    let calls = calls(&fs::read_to_string(trace).unwrap());
    let ready = |call: &Call| call.name == "write" && call.arguments.contains("\"ready\\n\"");
    let until = calls.iter().position(ready).unwrap();
    let of_file =
        |call: &&Call| call.name == "pread64" && !call.ended && call.arguments.contains("kebei.db>");
    calls[..until].iter().filter(of_file).count()
}

#[tokio::test]
async fn on_sqlite_a_start_after_a_kill_reads_few_pages_however_many_codes_there_are() {
    let database = Database::new(Engine::Sqlite).await;
    let life = founded(TOWN, Site::Sqlite(database.file())).await;
    let mut record = Record::default();
    for (nth, years) in [(10, ""), (20, SQLITE_YEARS)] {
        let conn = rusqlite::Connection::open(database.file()).unwrap();
        conn.execute_batch(years).unwrap();
        drop(conn);
        killed_at_work(&life, nth, &mut record);
        let next = Life { nth: nth + 1, from: 0, until: 0, ..life.clone() };
        let trace = database.folder().join("trace");
        let mut command = Command::new("strace");
        command.args(["-f", "-y", "-e", "trace=pread64,write", "-o"]).arg(&trace).arg(BINARY);
        killed_at_work(&life, nth + 2, &mut record);
        opened(command, &next, &mut record);
        let pages = reads(&trace);
        println!("{pages} pages were read");
        assert!(0 < pages && pages < PAGES);
        killed_at_work(&life, nth + 3, &mut record);
        opened(Command::new(BINARY), &next, &mut record);
    }
}

/// Waits until the server has done with all other connections, and so counted what they read.
async fn alone(client: &tokio_postgres::Client) {
    let others =
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for _ in 0..100_000 {
        if client.query(others, &[]).await.unwrap().is_empty() {
            return;
        }
    }
    panic!("connections of the dead process stay");
}

#[tokio::test]
async fn on_postgresql_a_start_reads_no_row_of_the_tables_that_grow() {
    let cluster = Cluster::start(&[]);
    let life = founded(TOWN, cluster.database("town").await).await;
    let (client, connection) = tokio_postgres::connect(&cluster.url_of("town"), NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(POSTGRES_YEARS).await.unwrap();
    let mut record = Record::default();
    killed_at_work(&life, 10, &mut record);
    alone(&client).await;
    client.batch_execute("SELECT pg_stat_reset()").await.unwrap();
    opened(Command::new(BINARY), &Life { nth: 11, until: 0, ..life }, &mut record);
    alone(&client).await;
    let read =
        "SELECT relname::text, (seq_tup_read + COALESCE(idx_tup_fetch, 0))::bigint FROM pg_stat_user_tables
                WHERE seq_tup_read + COALESCE(idx_tup_fetch, 0) > 0";
    let rows = client.query(read, &[]).await.unwrap();
    let read: Vec<(String, i64)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    println!("rows read: {read:?}");
    let known = ["refinery_schema_history", "desk", "data_keys", "ledger_key", "rulebooks"];
    assert!(read.iter().all(|(table, rows)| known.contains(&table.as_str()) && *rows < 50), "{read:?}");
}
