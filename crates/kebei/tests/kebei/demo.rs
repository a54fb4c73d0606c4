//! `kebei demo`: a newcomer pastes its lines as they stand.

use crate::{kebei, run, served::Served};
use filing::orders::{Move, STEPS, State};
use serde_json::Value;
use std::{collections::BTreeSet, process::Command};

/// Runs one printed line as a shell would, and gives the status of the answer.
fn pasted(line: &str) -> u16 {
    let line = format!("{line} -o /dev/null -w '%{{http_code}}'");
    let done = Command::new("sh").args(["-c", &line]).output().unwrap();
    assert!(done.status.success(), "{line}: {done:?}");
    String::from_utf8(done.stdout).unwrap().parse().unwrap()
}

#[test]
fn every_printed_line_works_as_it_stands_in_both_languages() {
    for (lang, banner) in [("zh", "这是演示"), ("en", "This is a demo")] {
        let demo = Served::by(kebei(&["demo", "--port", "0", "--lang", lang]), "/api/docs");
        assert!(
            demo.printed.contains(banner) && demo.printed.contains("kebei-demo-password"),
            "{}",
            demo.printed
        );
        assert!(demo.address.starts_with("127.0.0.1:"), "{}", demo.address);
        let lines: Vec<&str> = demo.printed.lines().collect();
        let mut pasted_lines = 0;
        for (nth, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with("curl ")) {
            let (_, expected) = lines[nth - 1].rsplit_once("→ ").unwrap();
            assert_eq!(pasted(line), expected.parse::<u16>().unwrap(), "{line}");
            pasted_lines += 1;
        }
        assert!(pasted_lines >= 20, "{}", demo.printed);
        for host in ["demo-web-user", "demo-premium-host", "bad-credentials"] {
            assert!(demo.printed.contains(host), "{host} in {}", demo.printed);
        }
        let folder = demo
            .printed
            .split(['：', ':', ' ', '\n'])
            .find(|word| word.contains("kebei-demo-") && word.starts_with('/'));
        let folder = std::path::PathBuf::from(folder.unwrap());
        assert!(folder.join("kebei.db").exists());
        demo.signal("INT");
        assert_eq!(demo.ended().0.code(), Some(0));
        assert!(!folder.exists(), "the temporary folder stays behind");
    }
}

/// What the curl of a printed line gives, asked of another address of the same desk.
fn told(line: &str, from: &str, to: &str) -> Value {
    let line = line.replacen(from, to, 1);
    let told = Command::new("sh").args(["-c", &line]).output().unwrap().stdout;
    serde_json::from_slice(&told).unwrap_or_else(|error| panic!("{line}: {error}"))
}

#[test]
fn orders_have_made_every_move_of_the_table_and_one_stands_in_every_state() {
    let demo = Served::by(kebei(&["demo", "--port", "0"]), "/api/docs");
    let mine = |line: &&str| line.starts_with("curl ") && line.contains("/api/v1/orders -H");
    let line = demo.printed.lines().find(mine).unwrap();
    let orders = told(line, "/api/v1/orders", "/api/v1/orders?limit=100")["items"].take();
    let (mut states, mut made) = (BTreeSet::new(), BTreeSet::new());
    for order in orders.as_array().unwrap() {
        let id = order["id"].as_str().unwrap();
        let order = told(line, "/api/v1/orders", &format!("/api/v1/orders/{id}"));
        states.insert(State::from_word(order["state"].as_str().unwrap()).unwrap());
        let mut from = None;
        for stage in order["stages"].as_array().unwrap() {
            let word = |key: &str| stage[key].as_str().unwrap();
            let to = State::from_word(word("state")).unwrap();
            made.insert((from, Move::from_word(word("move")).unwrap(), to));
            from = Some(to);
        }
    }
    for state in State::ALL {
        assert!(states.contains(&state), "no order is {}", state.word());
    }
    // What is saved is no stage: whoever reads an order is not told how often it was saved.
    for step in STEPS.iter().filter(|step| step.by != Move::Save) {
        assert!(made.contains(&(step.from, step.by, step.to)), "no order has made {step:?}");
    }
}

#[test]
fn a_folder_that_is_given_stays_and_must_be_empty() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("tried");
    let data = data.to_str().unwrap();
    let demo = Served::by(kebei(&["demo", "--port", "0", "--data", data]), "/api/docs");
    demo.signal("TERM");
    assert_eq!(demo.ended().0.code(), Some(0));
    assert_eq!(run(&["doctor", "--data", data]).status, 0);
    for (lang, words) in [("zh", "不是空的"), ("en", "is not empty")] {
        let again = run(&["demo", "--port", "0", "--lang", lang, "--data", data]);
        assert!(again.status == 2 && again.err.contains(words), "{again:?}");
    }
}

#[test]
fn a_demo_knows_no_other_address_and_takes_nothing_from_the_environment() {
    assert_eq!(run(&["demo", "--listen", "0.0.0.0:8080"]).status, 2);
    let mut command = kebei(&["demo", "--port", "0"]);
    command.env("KEBEI_LISTEN", "0.0.0.0:0").env("KEBEI_DATABASE", "postgres://db.example/kebei");
    let demo = Served::by(command, "/api/docs");
    assert!(demo.address.starts_with("127.0.0.1:"));
    assert_eq!(demo.get("/readyz").status, 200);
}
