//! A bare loop over the statements of issuing one code, on one thread, each code committed by itself.

use crate::{
    desks::{CLIENTS, INSTANCES, QUOTA, Site, instance},
    statements::{SAMPLE, STATEMENTS, Sample, statements},
};
use anyhow::{Context, Result, bail, ensure};
use rusqlite::{Connection, types::Value};
use sha2::{Digest, Sha256};
use std::time::Instant;
use store::Sql;

/// What it is, for the table.
pub(crate) const CALL: &str =
    "rusqlite, WAL, synchronous=FULL: BEGIN IMMEDIATE, the same statements, COMMIT, again and again";

/// The values of one code, as many lists as statements.
type Values = [Vec<Value>; STATEMENTS.len()];

/// Issues `each` codes for every client, from their number `first` on; how many seconds that took.
pub(crate) fn run(site: &Site, accounts: u32, first: u32, each: u32) -> Result<f64> {
    let Site::Sqlite(file) = site else { bail!("the loop measures SQLite") };
    let conn = Connection::open(file)?;
    for (setting, value) in [("journal_mode", "wal"), ("synchronous", "FULL"), ("foreign_keys", "ON")] {
        conn.pragma_update(None, setting, value)?;
    }
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Sample { digest: row.get(0)?, entry: row.get(1)?, sealed: row.get(2)?, at: row.get(3)? })
    };
    let sample = conn.query_row(SAMPLE, [], read)?;
    // As the clients of the desk take turns.
    let codes: Vec<Values> = (first..first + each)
        .flat_map(|nth| (0..CLIENTS).map(move |client| (client, nth)))
        .map(|(client, nth)| values(&sample, nth * CLIENTS + client, instance(accounts, client, nth)))
        .collect();
    let statements = statements()?;
    let started = Instant::now();
    for values in &codes {
        conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        for (sql, values) in statements.iter().zip(values) {
            execute(&conn, sql, values)?;
        }
        conn.prepare_cached("COMMIT")?.execute([])?;
    }
    Ok(started.elapsed().as_secs_f64())
}

fn execute(conn: &Connection, sql: &Sql, values: &[Value]) -> Result<()> {
    let mut statement = conn.prepare_cached(sql.sqlite)?;
    for (number, value) in (1..).zip(values) {
        let at = statement.parameter_index(&format!("${number}"))?.context("a parameter of that number")?;
        statement.raw_bind_parameter(at, value)?;
    }
    if statement.column_count() == 0 {
        let changed = statement.raw_execute()?;
        ensure!(changed == 1, "`{}` changed {changed} rows", sql.name);
        return Ok(());
    }
    let mut rows = statement.raw_query();
    let row = rows.next()?.context("the instance is there")?;
    let facts = row.get_ref(4)?.as_blob()?;
    ensure!(!facts.is_empty(), "the instance has facts");
    Ok(())
}

fn values(Sample { digest, entry, sealed, at }: &Sample, id: u32, instance: u32) -> Values {
    let uuid =
        |kind: u128, number: u32| Value::Blob((kind << 124 | u128::from(number)).to_be_bytes().to_vec());
    let text = |text: String| Value::Text(text);
    let account = instance / INSTANCES;
    let (own, buyer) = (uuid(1, instance), uuid(2, account));
    let at = Value::Integer(*at);
    let one = Value::Integer(1);
    let take = |scope: &Value, product: &str, limit: i64| {
        vec![scope.clone(), text(product.to_owned()), one.clone(), Value::Integer(limit), at.clone()]
    };
    let lookup = Sha256::digest(id.to_string()).to_vec();
    [
        vec![
            text(format!("account:acc-{account}")),
            text(format!("p-{id}")),
            Value::Blob(digest.clone()),
            uuid(4, id),
            at.clone(),
        ],
        vec![text(format!("i-{instance}"))],
        take(&own, "", QUOTA.into()),
        take(&buyer, "ecs", 1 << 40),
        vec![
            uuid(3, id),
            own.clone(),
            buyer.clone(),
            Value::Null,
            text("ecs".to_owned()),
            text("bound".to_owned()),
            one.clone(),
            Value::Blob(lookup),
            Value::Blob(sealed.clone()),
            at.clone(),
        ],
        vec![uuid(4, id), at.clone(), Value::Blob(entry.clone())],
    ]
}
