//! `kebei check` from input to output and exit status.

use crate::{kebei, run, run_with};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

const ELIGIBLE: &str = r#"{"id":"i-ok","product":"swas","account":"acc-7","region":"cn-hangzhou","billing":"subscription","purchased_at":"2020-07-01T10:00:00+08:00","expires_at":"2021-07-02T00:00:00+08:00"}"#;
const SHORT: &str = r#"{"id":"i-bp1","product":"swas","account":"acc-7","region":"cn-hangzhou","billing":"subscription","purchased_at":"2020-10-15T00:00:00+08:00","expires_at":"2020-11-15T00:00:00+08:00"}"#;
const ABROAD: &str = r#"{"id":"i-hk","product":"ecs","account":"acc-7","region":"cn-hongkong"}"#;
const AT: [&str; 4] = ["check", "--at", "2020-11-01", "-"];

fn check(input: &str, more: &[&str]) -> crate::Said {
    run_with(&[&AT[..], more].concat(), input.as_bytes())
}

#[test]
fn a_line_of_jsonl_is_the_decision_key_by_key() {
    let said = check(SHORT, &["--format", "jsonl"]);
    let expected = concat!(
        r#"{"instance":"i-bp1","product":"swas","edition":"2020-10-16","at":"2020-11-01T00:00:00+08:00","#,
        r#""verdict":"ineligible","verified_by":"service-code","#,
        r#""quota":{"limit":5,"per":"instance","used":0,"left":5},"derived":[],"findings":["#,
        r#"{"code":"purchased-term-short","blocking":true,"required":3,"actual":1,"#,
        r#""remedy":{"action":"renew","months":2,"until":"2021-01-15T00:00:00+08:00"},"source":["004"],"message":""#,
    );
    assert!(said.out.starts_with(expected), "{}", said.out);
    assert_eq!(said.out.lines().count(), 1);
}

#[test]
fn the_exit_status_tells_whether_all_may_be_filed() {
    assert_eq!(check(&format!("{ELIGIBLE}\n{ABROAD}\n"), &[]).status, 0);
    assert_eq!(check(&format!("{ELIGIBLE}\n{SHORT}\n"), &[]).status, 1);
    assert_eq!(check(&format!("{ELIGIBLE}\n{{}}\n"), &[]).status, 2);
    assert_eq!(run(&["check", "no-such-file"]).status, 2);
    assert_eq!(run(&["check"]).status, 2);
}

#[test]
fn a_bad_record_is_told_with_file_and_line_and_the_rest_is_decided() {
    let said =
        check(&format!("{ELIGIBLE}\n{{\"id\":\"i-2\"}}\n{SHORT}\n"), &["--format", "jsonl", "--lang", "en"]);
    assert_eq!(said.out.lines().count(), 2);
    assert!(said.err.starts_with("<stdin>: line 2: "), "{}", said.err);
    assert!(said.err.contains("product"), "{}", said.err);
    assert!(said.err.contains("1 record bad and not decided"), "{}", said.err);
}

#[test]
fn an_unknown_product_is_no_bad_record() {
    let said = check(r#"{"id":"b-1","product":"oss","region":"cn-hangzhou"}"#, &["--format", "jsonl"]);
    assert_eq!(said.status, 1);
    assert_eq!(said.err, "");
    assert!(said.out.contains(r#""code":"product-not-fileable""#), "{}", said.out);
}

#[test]
fn json_is_one_array_over_all_files_and_an_empty_one_for_nothing() {
    let said = check(&format!("{ELIGIBLE}\n{SHORT}\n"), &["--format", "json"]);
    let all: Vec<Value> = serde_json::from_str(&said.out).unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(all[1]["findings"][0]["remedy"]["months"], 2);
    assert_eq!(run(&["check", "no-such-file", "--format", "json"]).out, "[]\n");
}

#[test]
fn csv_is_read_back_by_a_spreadsheet_with_one_row_an_instance() {
    let said = check(&format!("{ELIGIBLE}\n{SHORT}\n"), &["--format", "csv", "--lang", "en"]);
    let text = said.out.strip_prefix('\u{FEFF}').unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap().get(5), Some("verdict"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows[0].get(5), Some("eligible"));
    assert_eq!(rows[1].get(5), Some("ineligible"));
    assert!(rows[1].get(11).unwrap().contains("2 months"));
}

#[test]
fn the_table_speaks_chinese_unless_told_otherwise() {
    let said = check(SHORT, &[]);
    assert!(said.out.contains("不可备案"), "{}", said.out);
    assert!(said.out.contains("请至少续费 2 个月"), "{}", said.out);
    assert!(said.out.contains("共判定 1 个实例：不可备案 1"), "{}", said.out);
    let english = check(SHORT, &["--lang", "en"]);
    assert!(english.out.contains("Renew it by at least 2 months"), "{}", english.out);
    assert!(english.out.is_ascii(), "{}", english.out);
    assert!(english.out.contains("ineligible"), "{}", english.out);
}

#[test]
fn who_asks_and_who_bought_can_be_said_at_the_call() {
    let unknown = r#"{"id":"i-1","product":"premium-hosting","region":"cn-hangzhou","expires_at":"2021-07-02T00:00:00+08:00"}"#;
    let codes = |more: &[&str]| check(unknown, &[&["--format", "jsonl"], more].concat()).out;
    assert!(codes(&[]).contains(r#""verdict":"eligible""#));
    assert!(codes(&["--account", "me"]).contains(r#""fact":"account""#));
    assert!(codes(&["--account", "me", "--owner", "you"]).contains(r#""code":"other-account""#));
    assert!(codes(&["--account", "me", "--owner", "me"]).contains(r#""verdict":"eligible""#));
}

#[test]
fn an_edition_can_be_named_and_before_the_first_nothing_is_decided() {
    let named =
        run_with(&["check", "-", "--edition", "2018-05-21", "--format", "jsonl"], ELIGIBLE.as_bytes());
    assert!(named.out.contains(r#""edition":"2018-05-21""#), "{}", named.out);
    let early = run_with(&["check", "-", "--at", "2018-05-20", "--lang", "en"], ELIGIBLE.as_bytes());
    assert_eq!((early.out.as_str(), early.status), ("", 2));
    assert!(early.err.contains("no-edition") && early.err.contains("2018-05-21"), "{}", early.err);
    let unknown = run_with(&["check", "-", "--edition", "2021", "--lang", "en"], ELIGIBLE.as_bytes());
    assert!(unknown.err.contains("2020-10-16"), "{}", unknown.err);
}

#[test]
fn another_rulebook_decides_by_its_own_products() {
    let vps = r#"{"id":"v-1","product":"VPS","region":"bj-1","billing":"subscription","public_ips":["203.0.113.5"],"purchased_at":"2024-08-01T00:00:00+08:00","expires_at":"2025-08-01T00:00:00+08:00"}"#;
    let call = [
        "check",
        "-",
        "--rulebook",
        "rulebooks/example-host.toml",
        "--at",
        "2024-09-01",
        "--format",
        "jsonl",
    ];
    let said = run_with(&call, vps.as_bytes());
    assert!(said.out.contains(r#""product":"vps","edition":"v2""#), "{}", said.out);
    assert_eq!(said.status, 0);
}

#[test]
fn a_faulty_rulebook_decides_nothing_and_tells_every_fault() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rules.toml");
    std::fs::write(&file, "id = 3\nnane = 1\n").unwrap();
    let said = run_with(&["check", "-", "--rulebook", file.to_str().unwrap()], ELIGIBLE.as_bytes());
    assert_eq!((said.out.as_str(), said.status), ("", 2));
    assert!(said.err.contains("rules.toml:1:6: id: "), "{}", said.err);
    assert!(said.err.contains("rules.toml:2:1: "), "{}", said.err);
}

#[test]
fn a_time_that_is_none_is_refused_with_an_example() {
    let said = run_with(&["check", "-", "--at", "yesterday", "--lang", "en"], ELIGIBLE.as_bytes());
    assert_eq!(said.status, 2);
    assert!(said.err.contains("yesterday") && said.err.contains("2020-11-01"), "{}", said.err);
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let mut command = kebei(&["check", "--at", "2020-11-01", "--format", "jsonl", "-"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        for _ in 0..200_000 {
            if writeln!(stdin, "{SHORT}").is_err() {
                break;
            }
        }
    });
    let mut first = String::new();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    reader.read_line(&mut first).unwrap();
    drop(reader);
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(first.contains("i-bp1"));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn where_nobody_reads_the_messages_the_work_goes_on() {
    let mut command = kebei(&["check", "--at", "2020-11-01", "--format", "jsonl", "-"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    let mut stdin = child.stdin.take().unwrap();
    write!(stdin, "{{}}\n{SHORT}\n").unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stdout).unwrap().contains("i-bp1"));
}

#[test]
fn that_a_purchase_was_derived_is_told_beside_other_reasons_too() {
    let derived = SHORT
        .replace("swas", "ecs")
        .replace('}', r#","public_bandwidth_mbps":0,"public_ips":[],"derived":["purchased_at"]}"#);
    let long = derived.replace("2020-11-15", "2021-11-15");
    let said = check(&long, &["--lang", "en"]);
    assert!(said.out.contains("no public bandwidth") && said.out.contains("may be shorter"), "{}", said.out);
}

#[test]
fn an_empty_account_is_no_account() {
    let said = run(&["check", "-", "--account", "", "--lang", "en"]);
    assert_eq!(said.status, 2);
}

#[test]
fn without_a_time_a_decision_is_of_now_in_whole_seconds() {
    let said = run_with(&["check", "-", "--format", "jsonl"], ELIGIBLE.as_bytes());
    let decision: Value = serde_json::from_str(&said.out).unwrap();
    let at = decision["at"].as_str().unwrap();
    assert_eq!(at.len(), "2020-11-01T00:00:00+08:00".len(), "{at}");
}

#[test]
fn files_that_cannot_be_read_are_counted_apart_from_bad_records() {
    let said =
        run(&["check", "no-such-file", "examples/instances.jsonl", "--at", "2020-11-01", "--lang", "en"]);
    assert!(said.out.contains("1 file not read") && !said.out.contains("record"), "{}", said.out);
}

#[test]
fn a_folder_is_refused_and_the_other_files_are_decided() {
    let said = run(&["check", "--at", "2020-11-01", "--lang", "en", "crates", "examples/instances.jsonl"]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("crates: this is a folder"), "{}", said.err);
    assert!(said.out.contains("decided"), "{}", said.out);
}

#[test]
fn every_example_is_read_to_its_end() {
    let examples = [
        ("ecs-describe-instances.json", 5),
        ("swas-list-instances.json", 2),
        ("instances.jsonl", 10),
        ("instances-zh.csv", 10),
        ("instances-gbk.csv", 10),
        ("instances.xlsx", 10),
    ];
    for (name, at_least) in examples {
        let said = run(&["check", "--at", "2020-11-01", "--format", "jsonl", &format!("examples/{name}")]);
        let told = said.err.lines().filter(|line| !line.contains("备注"));
        assert_eq!(told.count(), 0, "{name}: {}", said.err);
        assert!(said.out.lines().count() >= at_least, "{name}: {}", said.out.lines().count());
    }
}
