//! What the README tells newcomers to run.

use crate::{project, run};
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

#[test]
fn both_readmes_name_the_same_two_commands_first() {
    for name in ["README.md", "README.zh-CN.md"] {
        let commands = commands(name);
        assert!(commands[0].starts_with("cargo run --release -- check "), "{name}: {}", commands[0]);
        assert!(commands[0].contains("examples/"), "{name}");
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
            let Some(words) = words else { continue };
            let said = run(&words.split_whitespace().collect::<Vec<_>>());
            assert!(said.status < 2, "{name}: {command}: {}", said.err);
            assert!(!said.out.is_empty(), "{name}: {command}");
            tried += 1;
        }
    }
    assert!(tried >= 4, "{tried}");
}

#[test]
fn what_the_readme_shows_is_what_the_first_command_prints() {
    for name in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(project().join(name)).unwrap();
        let first = &commands(name)[0];
        let said = run(&first.split_whitespace().skip(4).collect::<Vec<_>>());
        let shown = text.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        for line in shown.lines().filter(|line| !line.trim().is_empty() && line.trim() != "…") {
            assert!(said.out.contains(line.trim()), "{name}: {line}\n{}", said.out);
        }
    }
}
