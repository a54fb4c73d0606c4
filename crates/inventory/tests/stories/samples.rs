//! The samples that come with Kebei are read without a fault.

use crate::read;
use rulebook::{Billing, Facts};
use std::{fs, path::Path};

fn sample(name: &str) -> Vec<Facts> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    read(fs::read(path).unwrap()).facts()
}

#[test]
fn the_answers_of_both_products_are_read() {
    let ecs = sample("ecs-describe-instances.json");
    assert_eq!(ecs.len(), 9);
    assert!(ecs.iter().any(|facts| facts.billing == Some(Billing::PayAsYouGo) && facts.expires_at.is_none()));
    assert!(ecs.iter().any(|facts| facts.public_bandwidth_mbps == Some(0)));
    assert_eq!(sample("swas-list-instances.json").len(), 5);
}

#[test]
fn the_json_lines_are_read() {
    assert_eq!(sample("instances.jsonl").len(), 18);
}

#[test]
fn the_tables_all_say_the_same() {
    let utf8 = sample("instances-zh.csv");
    assert_eq!(utf8.len(), 19);
    assert_eq!(sample("instances-gbk.csv"), utf8);
    assert_eq!(sample("instances.xlsx"), utf8);
}
