//! The two rulebooks that come with the program.

use rulebook::Rulebook;

const EXAMPLE_HOST: &str = include_str!("../../../rulebooks/example-host.toml");

#[test]
fn both_shipped_rulebooks_have_no_fault() {
    for text in [rulebook::ALIYUN, EXAMPLE_HOST] {
        if let Err(faults) = Rulebook::parse(text) {
            panic!("{faults}");
        }
    }
}
