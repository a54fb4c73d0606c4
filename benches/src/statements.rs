//! The statements of issuing one code, as the store has them, with the values that a peer gives them: those of a code that
//! the desk itself issued before, with other ids.

use anyhow::{Context, Result};
use std::fmt::Write;
use store::Sql;

/// In the order in which a unit runs them; `TAKE` once for each scope.
pub(crate) const STATEMENTS: [&str; 6] =
    ["requests::REMEMBER", "instances::ASKED", "quotas::TAKE", "quotas::TAKE", "codes::ADD", "entries::ADD"];

/// The statements themselves.
pub(crate) fn statements() -> Result<[&'static Sql; STATEMENTS.len()]> {
    let mut found = Vec::new();
    for name in STATEMENTS {
        found.push(store::statement(name).with_context(|| format!("`{name}` is no statement"))?);
    }
    found.try_into().ok().context("as many as were looked for")
}

/// What the code that was issued first left behind.
pub(crate) struct Sample {
    /// Of its request.
    pub(crate) digest: Vec<u8>,
    /// Its ledger entry.
    pub(crate) entry: Vec<u8>,
    /// The code, encrypted.
    pub(crate) sealed: Vec<u8>,
    /// When, in microseconds since 1970.
    pub(crate) at: i64,
}

/// Reads them.
pub(crate) const SAMPLE: &str =
    "SELECT r.digest, e.bytes, c.sealed, e.at FROM requests r JOIN ledger_entries e ON e.id = r.entry
                                 JOIN codes c ON c.changed_at = e.at WHERE r.key = 'k-sample'";

/// A statement with `values` in the places of its parameters.
pub(crate) fn with_values(text: &str, values: &[String]) -> Result<String> {
    let mut parts = text.split('$');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        let number: usize = number.parse()?;
        let value = number.checked_sub(1).and_then(|at| values.get(at));
        write!(out, "{}{rest}", value.with_context(|| format!("no value for ${number}"))?)?;
    }
    Ok(out)
}

/// Bytes as both engines write them.
pub(crate) fn hex(bytes: &[u8]) -> String {
    std::fmt::from_fn(|f| bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))).to_string()
}
