//! What the lines of a file said before: no two may have the same number, domain or certificate. Of each thing a fingerprint is kept, not
//! the thing, so that a file of a million filings takes some tens of megabytes.

use super::Unread;
use app::registry::FiledBefore;
use std::{
    collections::{HashMap, hash_map::RandomState},
    hash::BuildHasher,
};

/// The lines by fingerprints of what they have. Two things share one by chance once in 2^63 pairs.
#[derive(Debug, Default)]
pub(super) struct Seen {
    lines: HashMap<u64, u64>,
    hashing: RandomState,
}

impl Seen {
    /// The filing of that line, where no line before it has anything that it has.
    pub(super) fn first(&mut self, line: u64, filing: FiledBefore) -> Result<FiledBefore, Unread> {
        let claims: Vec<_> = filing
            .claims()
            .into_iter()
            .map(|claim| (self.hashing.hash_one(&claim.what), claim.path))
            .collect();
        for (print, path) in &claims {
            if let Some(before) = self.lines.get(print) {
                return Err(Unread::Repeated { path: path.clone(), line: *before });
            }
        }
        self.lines.extend(claims.into_iter().map(|(print, _)| (print, line)));
        Ok(filing)
    }
}
