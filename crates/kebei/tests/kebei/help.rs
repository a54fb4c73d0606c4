//! Help, completions, the manual page, and calls that are wrong.

use crate::{kebei, run};

#[test]
fn help_is_chinese_by_default_and_english_by_option_or_environment() {
    assert!(run(&["check", "--help"]).out.contains("用法：kebei check"));
    assert!(run(&["check", "--help", "--lang", "en"]).out.contains("Usage: kebei check"));
    let output = kebei(&["check", "--help"]).env("LANG", "en_US.UTF-8").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("Usage: kebei check"));
}

#[test]
fn help_shows_examples() {
    assert!(run(&["check", "--help"]).out.contains("kebei check - < instances.csv"));
    assert!(
        run(&["rulebook", "--help", "--lang", "en"])
            .out
            .contains("kebei rulebook diff 2020-01-01 2020-10-16")
    );
}

#[test]
fn a_wrong_call_says_what_is_wrong_in_the_language_of_the_call() {
    let chinese = run(&["check", "--format", "pdf", "x"]);
    assert_eq!(chinese.status, 2);
    assert!(chinese.err.contains("“pdf”无效，可选：table、json、jsonl、csv"), "{}", chinese.err);
    let english = run(&["chekc", "--lang", "en"]);
    assert_eq!(english.status, 2);
    assert!(english.err.contains("unrecognized subcommand 'chekc'"), "{}", english.err);
}

#[test]
fn completions_and_the_manual_come_from_the_program_itself() {
    for shell in ["bash", "zsh", "fish"] {
        let said = run(&["completions", shell]);
        assert!(said.out.contains("rulebook"), "{shell}");
    }
    let manual = run(&["man", "--lang", "en"]).out;
    for word in [".TH kebei", "kebei\\-check", "\\-\\-rulebook", "kebei\\-rulebook\\-lint"] {
        assert!(manual.contains(word), "{word}");
    }
}
