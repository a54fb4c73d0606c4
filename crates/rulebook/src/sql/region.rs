//! [`crate::Regions::locality`] as SQL.

use super::{fold::folding, literal};
use crate::region::{Locality, Pattern, Regions};
use std::{cmp::Reverse, collections::BTreeSet, fmt::Write};

/// How many letters after a beginning are looked at to tell that nothing longer matches.
const LETTERS: usize = 2;

/// Where the instance runs, as a number: that of `weight`.
///
/// Nearly all regions are written as patterns are, and nearly all are told by their first letters: so what is certain is
/// looked for in the column as it stands, and only the rest is folded, which takes a hundred times longer.
pub(super) fn locality(regions: &Regions, column: &str, weight: fn(Option<Locality>) -> u32) -> String {
    let all = regions.patterns();
    let mut kept: Vec<&Pattern> = all.iter().filter(|pattern| matters(pattern, all)).collect();
    // Ids before names: they begin shorter.
    kept.sort_by_key(|pattern| pattern.text.len());
    let mut sql = "CASE".to_owned();
    let mut when = |test: String, place: Option<Locality>| {
        // Writing into a text does not fail.
        let _ = write!(sql, "\n    WHEN {test} THEN {}", weight(place));
    };
    for place in [Locality::Mainland, Locality::Outside] {
        let here = || kept.iter().filter(move |pattern| pattern.locality == place);
        let certain =
            here().filter(|pattern| !pattern.whole).flat_map(|pattern| certain(pattern, &kept, column));
        certain.for_each(|test| when(test, Some(place)));
        let whole =
            literal::list(here().filter(|pattern| pattern.whole).map(|pattern| pattern.text.as_str()));
        if !whole.is_empty() {
            when(format!("{column} IN ({whole})"), Some(place));
        }
    }
    when(format!("{column} IS NULL"), None);
    let folded = folding(column, kept.iter().map(|pattern| pattern.text.as_str()));
    let tree = of_folded(&kept, weight);
    format!("{sql}\n    ELSE (SELECT {tree}\n      FROM (SELECT {folded} AS name OFFSET 0) AS folded)\n  END")
}

/// Whether anything lies elsewhere for this pattern: one within another of the same side says nothing new.
fn matters(pattern: &Pattern, all: &[Pattern]) -> bool {
    let wider = all.iter().filter(|other| !other.whole && **other != *pattern && within(pattern, other));
    wider.max_by_key(|other| other.text.len()).is_none_or(|wider| wider.locality != pattern.locality)
}

/// Whether every region of `pattern` begins as `beginning` does.
fn within(pattern: &Pattern, beginning: &Pattern) -> bool {
    pattern.text.starts_with(&beginning.text)
}

/// The tests by which regions that are written as patterns are belong to this beginning and to no longer pattern.
fn certain(pattern: &Pattern, kept: &[&Pattern], column: &str) -> Vec<String> {
    let longer = kept.iter().filter(|other| !std::ptr::eq(**other, pattern) && within(other, pattern));
    let longer: Vec<&str> = longer.map(|other| other.text.as_str()).collect();
    if longer.is_empty() {
        return literal::text(&pattern.text)
            .map(|text| format!("starts_with({column}, {text})"))
            .into_iter()
            .collect();
    }
    ranges(&pattern.text, &longer, LETTERS)
        .iter()
        .filter_map(|(from, to)| {
            Some(format!("{column} >= {} AND {column} < {}", literal::text(from)?, literal::text(to)?))
        })
        .collect()
}

/// The ranges of texts that begin with `text` and go on with small letters as none of `longer` does.
fn ranges(text: &str, longer: &[&str], letters: usize) -> Vec<(String, String)> {
    let next = |other: &&str| other.strip_prefix(text).and_then(|rest| rest.bytes().next());
    let taken: BTreeSet<u8> = longer.iter().filter_map(next).filter(u8::is_ascii_lowercase).collect();
    let mut found = Vec::new();
    let mut from = b'a';
    for letter in taken.iter().copied().chain([b'z' + 1]) {
        if from < letter {
            found.push((format!("{text}{}", char::from(from)), format!("{text}{}", char::from(letter))));
        }
        from = letter + 1;
    }
    if letters > 1 {
        for letter in taken {
            let text = format!("{text}{}", char::from(letter));
            // A pattern that ends here takes all that follows.
            if !longer.contains(&text.as_str()) {
                found.extend(ranges(&text, longer, letters - 1));
            }
        }
    }
    found
}

/// The search of [`Regions`], on the folded name: whole names first, then beginnings, the longest first.
fn of_folded(kept: &[&Pattern], weight: fn(Option<Locality>) -> u32) -> String {
    let mut sql = "CASE".to_owned();
    for place in [Locality::Mainland, Locality::Outside] {
        let here = kept.iter().filter(|pattern| pattern.whole && pattern.locality == place);
        let whole = literal::list(here.map(|pattern| pattern.text.as_str()));
        if !whole.is_empty() {
            let _ = write!(sql, "\n        WHEN folded.name IN ({whole}) THEN {}", weight(Some(place)));
        }
    }
    let mut beginnings: Vec<_> = kept.iter().filter(|pattern| !pattern.whole).collect();
    beginnings.sort_by_key(|pattern| Reverse(pattern.text.len()));
    for pattern in beginnings {
        if let Some(text) = literal::text(&pattern.text) {
            let place = weight(Some(pattern.locality));
            let _ = write!(sql, "\n        WHEN starts_with(folded.name, {text}) THEN {place}");
        }
    }
    format!("{sql}\n        ELSE {}\n      END", weight(None))
}
