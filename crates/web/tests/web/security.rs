//! What `docs/security.md` says of the repository is true as far as a test can tell: the files that it names are there, and so are the
//! tests. And what browsers are told to allow.

use crate::Given;
use axum::{body::Body, http::Request};
use std::{collections::BTreeSet, fs, path::PathBuf};
use testbed::Engine;
use tower::ServiceExt;
use web::{Settings, Site, service};

/// Requirements that are met and tested, at least.
const TESTED: usize = 60;
/// How files of the repository begin where the page names them.
const FOLDERS: [&str; 3] = ["crates/", "docs/", "scripts/"];

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page() -> String {
    fs::read_to_string(project().join("docs/security.md")).unwrap()
}

/// What stands in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// How a requirement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Met,
    NotMet,
    DoesNotApply,
}

impl State {
    const ALL: [Self; 3] = [Self::Met, Self::NotMet, Self::DoesNotApply];

    /// The state that a cell gives. What is not met, and what does not apply, says why.
    fn read(cell: &str) -> Option<Self> {
        match cell.split_once(": ") {
            None if cell == "met" => Some(Self::Met),
            Some(("not met", why)) if !why.is_empty() => Some(Self::NotMet),
            Some(("does not apply", why)) if !why.is_empty() => Some(Self::DoesNotApply),
            _ => None,
        }
    }
}

/// A requirement.
struct Row<'p> {
    number: &'p str,
    /// Each test with its file.
    tests: Vec<(&'p str, &'p str)>,
    state: State,
}

impl<'p> Row<'p> {
    fn read(line: &'p str) -> Self {
        let cells: Vec<_> = line.trim_matches(['|', ' ']).split(" | ").collect();
        let [number, _, _, tests, state] = cells[..] else { panic!("not five cells: {line}") };
        let state = State::read(state).unwrap_or_else(|| panic!("{number} is `{state}`"));
        let tests = tests.split("; ").filter(|test| *test != "–").map(|test| {
            let [name, file] = quoted(test).collect::<Vec<_>>()[..] else { panic!("{number}: {test}") };
            (name, file)
        });
        Self { number, tests: tests.collect(), state }
    }
}

fn rows(page: &str) -> Vec<Row<'_>> {
    page.lines().filter(|line| line.starts_with("| v5.0.0-")).map(Row::read).collect()
}

#[test]
fn every_test_that_the_page_names_stands_in_the_file_that_it_names() {
    let page = page();
    for Row { number, tests, .. } in rows(&page) {
        for (name, file) in tests {
            let source = fs::read_to_string(project().join(file)).unwrap_or_default();
            assert!(source.contains(&format!("fn {name}(")), "{number}: no `{name}` in `{file}`");
        }
    }
}

#[test]
fn every_file_that_the_page_names_is_there() {
    let page = page();
    let is_file = |name: &&str| {
        FOLDERS.iter().any(|folder| name.starts_with(folder))
            || [".toml", ".lock", ".md"].iter().any(|end| name.ends_with(end))
    };
    let named = quoted(&page).filter_map(|name| name.split(' ').next()).filter(is_file);
    let linked = page.split("](").skip(1).filter_map(|link| link.split(')').next());
    let linked = linked.filter(|link| !link.starts_with('#') && !link.contains("://"));
    let linked = linked.map(|link| format!("docs/{link}"));
    let all: BTreeSet<String> = named.map(str::to_owned).chain(linked).collect();
    assert!(all.len() > TESTED, "{all:?}");
    for file in all {
        assert!(project().join(&file).exists(), "there is no `{file}`");
    }
}

#[test]
fn the_page_counts_its_requirements_and_names_none_twice() {
    let page = page();
    let rows = rows(&page);
    let numbers: BTreeSet<_> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers.len(), rows.len());
    let [met, not_met, apart] = State::ALL.map(|state| rows.iter().filter(|row| row.state == state).count());
    let tested = rows.iter().filter(|row| row.state == State::Met && !row.tests.is_empty()).count();
    assert!(tested >= TESTED, "{tested}");
    let sum = format!(
        "Of {} requirements {met} are met ({tested} of them with a test), {not_met} are not, and {apart} do not apply.",
        rows.len()
    );
    assert!(page.contains(&sum), "the page should say: {sum}");
}

#[tokio::test]
async fn what_browsers_may_do_is_said_on_every_answer() {
    let given = Given::on(Engine::Sqlite).await;
    for (public_url, tls_alone) in [
        (None, None),
        (Some("http://127.0.0.1:8080"), None),
        (Some("https://beian.example.com"), Some("max-age=31536000")),
    ] {
        let settings = Settings { public_url: public_url.map(str::to_owned), ..Settings::default() };
        let served = service(Site::new(given.desk.clone(), settings));
        for path in ["/", "/sign-in", "/none", "/assets/none", "/healthz", "/api/v1/codes", "/api/docs/"] {
            let request = Request::get(path).header("origin", "https://elsewhere.example");
            let response = served.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            let header = |name| response.headers().get(name).map(|value| value.to_str().unwrap());
            assert_eq!(header("x-content-type-options"), Some("nosniff"), "{path}");
            assert_eq!(header("referrer-policy"), Some("same-origin"), "{path}");
            assert_eq!(header("cross-origin-opener-policy"), Some("same-origin"), "{path}");
            assert_eq!(header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
            assert_eq!(header("access-control-allow-origin"), None, "{path}");
            assert_eq!(header("strict-transport-security"), tls_alone, "{path} at {public_url:?}");
            let policy = header("content-security-policy").unwrap();
            for part in
                ["default-src 'none'", "script-src 'self';", "base-uri 'none'", "frame-ancestors 'none'"]
            {
                assert!(policy.contains(part), "{path}: {policy}");
            }
        }
    }
}
