//! [`crate::Regions::locality`] as SQL.

use super::{fold::folding, literal};
use crate::region::{Locality, Pattern, Regions};
use std::{cmp::Reverse, collections::BTreeSet, fmt::Write};

/// How many letters after a beginning are looked at to tell that nothing longer matches.
const LETTERS: usize = 2;

/// A range of regions, by their bytes, that lie on the same side for certain. Two of them share none.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    /// The first of them.
    from: String,
    /// The first that is none of them. `None` where there is but one.
    to: Option<String>,
    /// Where they lie: a weight.
    place: u32,
}

/// Where the instance runs, as a number: that of `weight`.
///
/// Nearly all regions are written as patterns are, and nearly all are told by their first letters: so what is certain is
/// looked for in the column as it stands, and only the rest is folded, which takes some fifty times longer.
pub(super) fn locality(regions: &Regions, column: &str, weight: fn(Option<Locality>) -> u32) -> String {
    let all = regions.patterns();
    let kept: Vec<&Pattern> = all.iter().filter(|pattern| matters(pattern, all)).collect();
    // Most instances have an id of the mainland, and ids begin shorter than names.
    let mainland = kept.iter().filter(|pattern| !pattern.whole && pattern.locality == Locality::Mainland);
    let likely = mainland.min_by_key(|pattern| pattern.text.len());
    let searched = |likely_ones: bool| {
        let these =
            kept.iter().filter(|pattern| likely.is_some_and(|likely| *likely == **pattern) == likely_ones);
        let mut spans: Vec<_> = these.flat_map(|pattern| certain(pattern, &kept, weight)).collect();
        spans.sort();
        search(&spans, column, false)
    };
    let (likely, others) = (searched(true), searched(false));
    let unknown = weight(None);
    let folded = folding(column, kept.iter().map(|pattern| pattern.text.as_str()));
    let tree = of_folded(&kept, weight);
    format!(
        "COALESCE({likely},\n    {others},\n    CASE WHEN {column} IS NULL THEN {unknown} ELSE (SELECT {tree}\n      \
         FROM (SELECT {folded} AS name OFFSET 0) AS folded) END)"
    )
}

/// The place of the span in which `column` is, halving them; null where it is in none. `reached` when it is known not to be
/// before the first of them.
fn search(spans: &[Span], column: &str, reached: bool) -> String {
    let (before, after) = spans.split_at(spans.len() / 2);
    match (before, after) {
        (_, []) => "NULL".to_owned(),
        ([], [Span { from, to, place }, ..]) => {
            let from = literal::quoted(from);
            match to.as_deref().map(literal::quoted) {
                None => format!("CASE WHEN {column} = {from} THEN {place} END"),
                Some(to) if reached => format!("CASE WHEN {column} < {to} THEN {place} END"),
                Some(to) => format!("CASE WHEN {column} >= {from} AND {column} < {to} THEN {place} END"),
            }
        }
        (before, [first, ..]) => format!(
            "CASE WHEN {column} < {} THEN {}\n    ELSE {} END",
            literal::quoted(&first.from),
            search(before, column, reached),
            search(after, column, true)
        ),
    }
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

/// The regions, written as patterns are, that belong to this pattern and to no longer one.
fn certain(pattern: &Pattern, kept: &[&Pattern], weight: fn(Option<Locality>) -> u32) -> Vec<Span> {
    let place = weight(Some(pattern.locality));
    if pattern.text.contains('\0') {
        return Vec::new();
    }
    if pattern.whole {
        return vec![Span { from: pattern.text.clone(), to: None, place }];
    }
    let longer = kept.iter().filter(|other| **other != pattern && within(other, pattern));
    let longer: Vec<&str> = longer.map(|other| other.text.as_str()).collect();
    let ranges = if longer.is_empty() {
        after_all(&pattern.text).map(|end| (pattern.text.clone(), end)).into_iter().collect()
    } else {
        ranges(&pattern.text, &longer, LETTERS)
    };
    ranges.into_iter().map(|(from, to)| Span { from, to: Some(to), place }).collect()
}

/// The first text after all that begin with `beginning`; `None` where nothing comes after them.
fn after_all(beginning: &str) -> Option<String> {
    let last = beginning.chars().next_back()?;
    let next = (last..=char::MAX).nth(1)?;
    let before = beginning.strip_suffix(last)?;
    Some(format!("{before}{next}"))
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
