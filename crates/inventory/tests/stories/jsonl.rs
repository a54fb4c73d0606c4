//! Kebei's own records.

use crate::{at, ips, read, read_with};
use inventory::{Format, Inventory, Options};
use rulebook::{Billing, Fact, Fen};

const WHOLE: &str = r#"{"id":"i-1","product":"云服务器 ECS","account":"acc-7","region":"cn-hangzhou","billing":"subscription","public_bandwidth_mbps":5,"public_ips":["47.96.0.1"],"purchased_at":"2020-07-01T10:00:00+08:00","expires_at":"2021-07-02T00:00:00+08:00","first_purchase_months":12,"first_order_amount":"199.00","codes_issued":2,"derived":["purchased_at"]}"#;

#[test]
fn a_record_with_every_key_becomes_facts() {
    let facts = read(WHOLE).one();
    assert_eq!((facts.id.as_str(), facts.product.as_str()), ("i-1", "ecs"));
    assert_eq!((facts.account.as_deref(), facts.region.as_deref()), (Some("acc-7"), Some("cn-hangzhou")));
    assert_eq!((facts.billing, facts.public_bandwidth_mbps), (Some(Billing::Subscription), Some(5)));
    assert_eq!(facts.public_ips, Some(ips(&["47.96.0.1"])));
    assert_eq!(facts.purchased_at, Some(at("2020-07-01T02:00:00Z")));
    assert_eq!(facts.expires_at, Some(at("2021-07-01T16:00:00Z")));
    assert_eq!((facts.first_purchase_months, facts.first_order_amount), (Some(12), Some(Fen::new(19900))));
    assert_eq!(facts.codes_issued, 2);
    assert_eq!(facts.derived.iter().collect::<Vec<_>>(), [Fact::PurchasedAt]);
}

#[test]
fn what_is_missing_or_null_is_unknown_and_nothing_is_left_of_the_record_before() {
    let null =
        WHOLE.replace(r#""subscription""#, "null").replace("12", "null").replace(r#"["47.96.0.1"]"#, "null");
    let facts = read([WHOLE, r#"{"id":"i-2","product":"oss"}"#, &null].join("\n")).facts();
    assert_eq!(
        facts[1],
        rulebook::Facts { id: "i-2".into(), product: "oss".into(), ..rulebook::Facts::default() }
    );
    assert_eq!((facts[2].billing, facts[2].first_purchase_months), (None, None));
    assert_eq!(facts[2].public_ips, None);
}

#[test]
fn a_product_that_nobody_knows_is_kept_as_it_stands() {
    assert_eq!(read(r#"{"id":"i-1","product":"对象存储 OSS"}"#).one().product, "对象存储 OSS");
}

#[test]
fn blank_lines_and_windows_line_ends_are_no_records() {
    let read =
        read("\u{FEFF}{\"id\":\"a\",\"product\":\"ecs\"}\r\n\r\n  \n{\"id\":\"b\",\"product\":\"ecs\"}");
    assert_eq!(read.ids(), ["a", "b"]);
    assert_eq!(read.read[1].as_ref().unwrap().0.line, 4);
    assert_eq!(read.read[1].as_ref().unwrap().0.record, 2);
}

#[test]
fn every_fault_of_a_record_is_told_at_once() {
    let read = read(
        r#"{"id":7,"billing":"monthly","public_bandwidth_mbps":-1,"public_ips":["1.2.3"],"purchased_at":"2020-07-01","first_order_amount":99.0,"codes_issued":1.5,"derived":["x"],"Region":"cn"}"#,
    );
    assert_eq!(
        read.faults(),
        ["line 1: `id` is the number 7; expected text that is not empty. \
          `billing` is the text \"monthly\"; expected subscription or pay-as-you-go. \
          `public_bandwidth_mbps` is the number -1; expected a whole number from 0. \
          `public_ips[0]` is the text \"1.2.3\"; expected an IP address such as 47.96.0.1. \
          `purchased_at` is the text \"2020-07-01\"; expected a time with its offset, such as 2020-07-01T10:00:00+08:00. \
          `first_order_amount` is the number 99; write the amount as text, in yuan with at most two decimals, such as \"99.00\". \
          `codes_issued` is the number 1.5; expected a whole number from 0. \
          `derived[0]` is the text \"x\"; expected a key such as \"purchased_at\". \
          The key `Region` is not known; is `region` meant? \
          `product` is missing; add it."]
    );
}

#[test]
fn a_key_that_nobody_knows_is_named_with_the_one_that_was_probably_meant() {
    let read = read(
        "{\"id\":\"i\",\"product\":\"ecs\",\"expired_at\":null}\n{\"id\":\"i\",\"product\":\"ecs\",\"remark\":\"x\"}",
    );
    assert_eq!(read.faults()[0], "line 1: The key `expired_at` is not known; is `expires_at` meant?");
    assert_eq!(read.faults()[1], "line 2: The key `remark` is not known; remove it.");
}

#[test]
fn a_key_that_stands_twice_is_a_fault() {
    let read = read(r#"{"id":"i","product":"ecs","region":"a","region":"b"}"#);
    assert_eq!(read.faults(), ["line 1: `region` stands twice; keep one."]);
}

#[test]
fn an_empty_id_or_product_is_a_fault() {
    let read = read("{\"id\":\" \",\"product\":\"ecs\"}\n{\"id\":\"i\",\"product\":null}");
    assert_eq!(read.faults()[0], "line 1: `id` is the text \" \"; expected text that is not empty.");
    assert_eq!(read.faults()[1], "line 2: `product` is missing; add it.");
}

#[test]
fn a_line_that_is_no_object_or_no_json_costs_only_itself() {
    let read = read("{}\n[1]\n{\"id\":\n{\"id\":\"i-4\",\"product\":\"ecs\"}\n{\"id\":\"i-5\",\"produ");
    assert_eq!(read.ids(), ["i-4"]);
    assert_eq!(read.faults().len(), 4);
    assert!(read.faults()[1].starts_with("line 2: The record is a list; expected a JSON object"));
    assert!(read.faults()[2].starts_with("line 3: The record is not JSON"));
}

#[test]
fn bytes_that_are_no_utf_8_are_told_with_their_line_and_the_rest_goes_on() {
    let mut bytes =
        b"{\"id\":\"a\",\"product\":\"ecs\"}\n{\"id\":\"\xB0\xA2\",\"product\":\"ecs\"}\n".to_vec();
    bytes.extend_from_slice(b"{\"id\":\"c\",\"product\":\"ecs\"}");
    let read = read(bytes);
    assert_eq!(read.ids(), ["a", "c"]);
    assert!(read.faults()[0].starts_with("line 2: There are bytes that are not UTF-8."));
}

#[test]
fn records_that_do_not_say_belong_to_the_owner_that_was_named() {
    let options = Options { owner: Some("acc-1".to_owned()), ..Options::default() };
    let lines =
        "{\"id\":\"a\",\"product\":\"ecs\"}\n{\"id\":\"b\",\"product\":\"ecs\",\"account\":\"acc-2\"}";
    let facts = read_with(lines.as_bytes(), options).unwrap().facts();
    let accounts: Vec<_> = facts.iter().map(|facts| facts.account.as_deref()).collect();
    assert_eq!(accounts, [Some("acc-1"), Some("acc-2")]);
}

#[test]
fn the_format_is_told() {
    let inventory = Inventory::open(WHOLE.as_bytes(), &crate::Shop, Options::default()).unwrap();
    assert_eq!(inventory.format(), Format::JsonLines);
}

#[test]
fn years_that_no_instance_lives_in_are_faults() {
    let read = read(WHOLE.replace("2021-07-02", "99999-07-02"));
    assert_eq!(
        read.faults(),
        [
            "line 1: `expires_at` is the text \"99999-07-02T00:00:00+08:00\"; the year must be between 1990 and 2999; \
          check the date."
        ]
    );
}

#[test]
fn of_a_record_with_thousands_of_faults_the_first_twenty_are_told() {
    let ips = "1,".repeat(200);
    let keys: Vec<String> = (0..10_000).map(|n| format!("\"k{n}\":1,")).collect();
    let read = read(format!("{{\"public_ips\":[{ips}1]}}\n{{{}\"id\":1}}", keys.concat()));
    let counts: Vec<_> = read.read.iter().map(|read| read.as_ref().unwrap_err().faults.len()).collect();
    assert_eq!(counts, [20, 20]);
}
