//! The dated list of suffixes, and what is wrong with a file of it.

use filing::checks::{Expected, FileFault, Host, Suffixes, Wrong};
use jiff::civil::date;
use rulebook::Lang;

const GOOD: &str =
    "as_of = 2026-01-01\nsource = { zh = \"某处\", en = \"somewhere\" }\napproved = [\"com\", \"中国\"]\n";

#[test]
fn the_list_that_ships_can_be_read_and_says_of_which_day_and_whose_it_is() {
    let shipped = Suffixes::parse(include_str!("../../data/suffixes.toml")).unwrap();
    assert_eq!(shipped, Suffixes::default());
    assert!(shipped.iter().count() > 100);
    assert!(!shipped.source(Lang::Zh).is_empty() && !shipped.source(Lang::En).is_empty());
    let approved = |name| shipped.approves(&Host::read(name).unwrap());
    assert!(approved("a.com") && approved("a.com.cn") && approved("a.公益") && !approved("a.org"));
}

#[test]
fn a_list_that_an_operator_puts_in_its_place_is_the_one_that_counts() {
    let list = Suffixes::parse(GOOD).unwrap();
    assert_eq!((list.as_of(), list.source(Lang::Zh)), (date(2026, 1, 1), "某处"));
    let approved = |name| list.approves(&Host::read(name).unwrap());
    assert!(approved("a.com") && approved("a.中国") && !approved("a.cn"));
}

#[test]
fn every_fault_of_a_file_is_told_at_once_with_its_line() {
    let file = "as_of = \"soon\"\nsource = { zh = \"某处\" }\nlist = 1\napproved = [\n  \"com\",\n  \"a b\",\n  \"COM\",\n  3,\n]\n";
    let faults = Suffixes::parse(file).unwrap_err();
    let suffix = Wrong::Value { key: "approved", expected: Expected::Suffix };
    let expected = [
        (1, Wrong::Value { key: "as_of", expected: Expected::Day }),
        (2, Wrong::Value { key: "source", expected: Expected::BothLanguages }),
        (3, Wrong::UnknownKey("list".to_owned())),
        (6, suffix.clone()),
        (7, Wrong::Twice("com".to_owned())),
        (8, suffix),
    ];
    assert_eq!(faults, expected.map(|(line, wrong)| FileFault { line, wrong }));
    for fault in &faults {
        assert!(fault.message(Lang::Zh).starts_with("第") && fault.message(Lang::En).starts_with("line"));
    }
    let third = GOOD.replace("\"somewhere\"", "\"somewhere\", fr = \"quelque part\"");
    assert_eq!(Suffixes::parse(&third).unwrap_err().len(), 1);
    let missing = Suffixes::parse("").unwrap_err();
    let keys = ["as_of", "source", "approved"];
    assert_eq!(missing, keys.map(|key| FileFault { line: 1, wrong: Wrong::Missing(key) }));
    assert!(matches!(
        Suffixes::parse("as_of = ").unwrap_err()[..],
        [FileFault { line: 1, wrong: Wrong::Syntax(_) }]
    ));
    let large = format!("# {}\n{GOOD}", "x".repeat(1 << 20));
    assert!(matches!(
        Suffixes::parse(&large).unwrap_err()[..],
        [FileFault { wrong: Wrong::TooLarge(_), .. }]
    ));
}
