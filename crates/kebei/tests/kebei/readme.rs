//! What the README tells newcomers to run.

use crate::{desk::on, project, run};
use std::fs;

/// The lines that a README shows as commands, without their prompt.
fn commands(name: &str) -> Vec<String> {
    let text = fs::read_to_string(project().join(name)).unwrap();
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if inside && !line.is_empty() && !line.starts_with('#') {
            found.push(line.to_owned());
        }
    }
    found
}

/// How both READMEs make a first desk.
const FIRST_DESK: [&str; 3] = ["init", "user add wang --role operator", "serve"];

#[test]
fn the_first_desk_of_the_readmes_has_an_operator_who_can_sign_in() {
    for name in ["README.md", "README.zh-CN.md"] {
        let commands = commands(name);
        let desk = FIRST_DESK.map(|words| commands.iter().position(|line| *line == format!("kebei {words}")));
        assert!(desk.is_sorted() && desk[0].is_some(), "{name}: {desk:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let [made, added] = ["init", "user add wang --role operator"]
        .map(|words| on(folder.path(), &words.split_whitespace().collect::<Vec<_>>()));
    assert_eq!([made.status, added.status], [0, 0], "{made:?} {added:?}");
    assert!(added.out.contains("One-time password: "), "{added:?}");
    // Serving is told by `doctor` beforehand, and has stories of its own.
    assert_eq!(on(folder.path(), &["doctor"]).status, 0);
}

#[test]
fn both_readmes_name_the_same_two_commands_first() {
    for name in ["README.md", "README.zh-CN.md"] {
        let commands = commands(name);
        assert_eq!(commands[0], "cargo run --release -- demo", "{name}");
        assert_eq!(commands[1], "scripts/test", "{name}");
    }
}

#[test]
fn every_kebei_command_of_the_readmes_works_as_printed() {
    let mut tried = 0;
    for name in ["README.md", "README.zh-CN.md"] {
        for command in commands(name) {
            let words =
                command.strip_prefix("cargo run --release -- ").or_else(|| command.strip_prefix("kebei "));
            // The demo serves until it is stopped, and has stories of its own; the first desk is one below.
            let elsewhere = |words: &str| words == "demo" || FIRST_DESK.contains(&words);
            let Some(words) = words.filter(|words| !elsewhere(words)) else { continue };
            let said = run(&words.split_whitespace().collect::<Vec<_>>());
            assert!(said.status < 2, "{name}: {command}: {}", said.err);
            assert!(!said.out.is_empty(), "{name}: {command}");
            tried += 1;
        }
    }
    assert!(tried >= 4, "{tried}");
}

#[test]
fn what_the_readme_shows_is_what_its_first_check_prints() {
    for name in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(project().join(name)).unwrap();
        let commands = commands(name);
        let check = commands.iter().find_map(|line| line.strip_prefix("kebei check ")).unwrap();
        let said = run(&["check"].into_iter().chain(check.split_whitespace()).collect::<Vec<_>>());
        let shown = text.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        for line in shown.lines().filter(|line| !line.trim().is_empty() && line.trim() != "…") {
            assert!(said.out.contains(line.trim()), "{name}: {line}\n{}", said.out);
        }
    }
}
