//! Domains of which something changed, for whoever keeps an index of what may be served. They are read by the places of the entries of the
//! ledger that say so: a change has a place once it is kept, and no later one has a lower place.

use crate::{
    EntryId, WebsiteId,
    error::Result,
    sql::statements,
    tx::{Tx, Write},
};

statements! {
    ADD = "INSERT INTO gate_changes (entry, domain, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    ADD_OF_WEBSITE = "INSERT INTO gate_changes (entry, domain, at) SELECT $1, d.domain, CAST($3 AS BIGINT) FROM website_domains d WHERE d.website = $2
                      ON CONFLICT DO NOTHING";
    ADD_OF_MARK = "INSERT INTO gate_changes (entry, domain, at) SELECT $1, d.domain, CAST($3 AS BIGINT) FROM website_domains d WHERE d.mark = $2
                   ON CONFLICT DO NOTHING";
    ADD_WINDOWED = "INSERT INTO gate_changes (entry, domain, at) SELECT $1, w.domain, CAST($3 AS BIGINT) FROM gate_windows w
                    WHERE w.mark = $2 AND w.ended_at IS NULL ON CONFLICT DO NOTHING";
    BETWEEN = "SELECT DISTINCT c.domain FROM ledger_entries e JOIN gate_changes c ON c.entry = e.id
               WHERE e.place >= $1 AND e.place < $2 ORDER BY c.domain LIMIT $3";
    UNPLACED = "SELECT c.domain FROM ledger_entries e JOIN gate_changes c ON c.entry = e.id WHERE e.place IS NULL ORDER BY e.at, e.id LIMIT $1";
    FORGET = "DELETE FROM gate_changes WHERE at <= $1 AND entry IN (SELECT id FROM ledger_entries WHERE place IS NOT NULL)";
}

/// Notes that something about a domain changes; an empty one stands for the ranges of addresses. `at` is in microseconds since 1970.
pub fn adding<'a>(entry: &'a EntryId, domain: &'a String, at: &'a i64) -> Write<'a> {
    Write::new(&ADD, vec![entry, domain, at])
}

/// Notes that something about the domains that a website has at this moment changes. How many these are does not matter.
pub fn of_website<'a>(entry: &'a EntryId, website: &'a WebsiteId, at: &'a i64) -> Write<'a> {
    Write::new(&ADD_OF_WEBSITE, vec![entry, website, at])
}

/// Notes that something about the domain of a keyed hash changes, where it is filed or on the white list. How many rows these are does
/// not matter.
pub fn of_mark<'a>(entry: &'a EntryId, mark: &'a Vec<u8>, at: &'a i64) -> [Write<'a>; 2] {
    [Write::new(&ADD_OF_MARK, vec![entry, mark, at]), Write::new(&ADD_WINDOWED, vec![entry, mark, at])]
}

/// What changed by entries with places from the first to before the second, each once and no more than `most`: domains, and `None` for the
/// ranges.
pub async fn between(tx: &mut Tx<'_>, (from, to): (i64, i64), most: i64) -> Result<Vec<Option<String>>> {
    Ok(named(tx.all(&BETWEEN, &[&from, &to, &most]).await?))
}

/// The same of entries that have no place yet.
pub async fn unplaced(tx: &mut Tx<'_>, most: i64) -> Result<Vec<Option<String>>> {
    Ok(named(tx.all(&UNPLACED, &[&most]).await?))
}

fn named(found: Vec<(String,)>) -> Vec<Option<String>> {
    found.into_iter().map(|(domain,)| Some(domain).filter(|domain| !domain.is_empty())).collect()
}

/// Forgets what was noted at `until` or before, in microseconds since 1970, by entries that have their places; how much that was.
pub async fn forget(tx: &mut Tx<'_>, until: i64) -> Result<u64> {
    tx.execute(&FORGET, &[&until]).await
}
