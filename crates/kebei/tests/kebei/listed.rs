//! What operators build upon is listed: every event of the log, every metric.

use crate::project;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use web::METRICS;

/// Every source file of the program, without the tests and tools beside it.
fn sources() -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                found.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(project().join("crates")).unwrap() {
        let path = entry.unwrap().path();
        let is_tool = ["siege", "testbed"].iter().any(|tool| path.ends_with(tool));
        if path.join("src").is_dir() && !is_tool {
            walk(&path.join("src"), &mut found);
        }
    }
    found
}

/// The fields of an event: what stands between its name and the end of the call, which may hold other calls.
fn fields(after: &str) -> BTreeSet<String> {
    let mut depth = 1;
    let mut parts = vec![String::new()];
    for c in after.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        match c {
            _ if depth == 0 => break,
            ',' if depth == 1 => parts.push(String::new()),
            c => parts.last_mut().unwrap().push(c),
        }
    }
    let names =
        parts.iter().map(|part| part.split('=').next().unwrap().trim().trim_start_matches(['%', '?']));
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn events() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources() {
        for after in source.split("event = \"").skip(1) {
            let (name, after) = after.split_once('"').unwrap();
            found.entry(name.to_owned()).or_default().extend(fields(after));
        }
    }
    found
}

/// The rows of a table whose first cell is in backticks: first and second cell.
fn rows(page: &str) -> Vec<(String, BTreeSet<String>)> {
    let text = fs::read_to_string(project().join("docs").join(page)).unwrap_or_default();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| {
        let mut cells = row.split(" | ");
        let name = cells.next().unwrap().trim_end_matches('`').to_owned();
        let words = cells.next().unwrap().split(',').map(|word| word.trim().trim_matches('`').to_owned());
        (name, words.filter(|word| !word.is_empty() && word != "–").collect())
    })
    .collect()
}

#[test]
fn every_event_of_the_log_is_listed_with_its_fields() {
    let listed = rows("logging.md");
    let names: Vec<&String> = listed.iter().map(|(name, _)| name).collect();
    let mut sorted = names.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(names, sorted, "in order, each once");
    let listed: BTreeMap<_, _> = listed.into_iter().collect();
    let found = events();
    assert!(found.len() > 20, "{found:#?}");
    assert_eq!(listed, found, "docs/logging.md is stale");
}

#[test]
fn every_metric_is_listed_described_and_counted() {
    let listed: Vec<String> = rows("metrics.md").into_iter().map(|(name, _)| name).collect();
    assert_eq!(listed, METRICS.map(|metric| metric.name), "docs/metrics.md is stale");
    let text = sources().join("\n");
    for metric in METRICS {
        let counted = ["counter", "gauge", "histogram"]
            .iter()
            .any(|kind| text.contains(&format!("metrics::{kind}!(\"{}\"", metric.name)));
        assert!(counted, "{} is never counted", metric.name);
    }
    for kind in ["counter", "gauge", "histogram"] {
        for after in text.split(&format!("metrics::{kind}!(\"")).skip(1) {
            let name = after.split('"').next().unwrap();
            assert!(METRICS.iter().any(|metric| metric.name == name && metric.kind == kind), "{name}");
        }
    }
}
