//! Inputs that are too long, too deep or that break off: what is read stays bounded.

use crate::{read, read_with};
use inventory::{Limits, Options};
use rulebook::Lang;
use std::io::{self, Read};

/// So many bytes of one kind, made as they are read.
fn endless(byte: u8, bytes: u64) -> impl Read + Send {
    io::repeat(byte).take(bytes)
}

fn small() -> Options {
    Options { limits: Limits { record_bytes: 4 << 10, ..Limits::default() }, ..Options::default() }
}

const LONG: u64 = 64 << 20;

#[test]
fn an_endless_line_of_json_is_skipped_and_the_next_one_is_read() {
    let input = b"{\"id\":\"a\",\"product\":\"ecs\"}\n"
        .chain(endless(b'a', LONG))
        .chain(&b"\n{\"id\":\"c\",\"product\":\"ecs\"}\n"[..]);
    let read = read_with(input, small()).unwrap();
    assert_eq!(read.ids(), ["a", "c"]);
    assert!(read.faults()[0].starts_with("line 2: The record is longer than 4096 bytes"));
}

#[test]
fn an_endless_row_is_skipped_and_the_next_one_is_read() {
    let input = b"id,product\na,ecs\n".chain(endless(b'"', LONG)).chain(&b"\nc,ecs\n"[..]);
    let read = read_with(input, small()).unwrap();
    assert_eq!(read.ids(), ["a", "c"]);
    assert!(read.faults()[0].starts_with("line 3: The record is longer than 4096 bytes"));
}

#[test]
fn an_endless_instance_is_skipped_and_the_next_one_is_read() {
    let input = b"{\"Instances\":[{\"InstanceId\":\"a\"},\n{\"x\":\""
        .chain(endless(b'a', LONG))
        .chain(&b"\"},\n{\"InstanceId\":\"c\"}]}"[..]);
    let read = read_with(input, small()).unwrap();
    assert_eq!(read.ids(), ["a", "c"]);
    assert!(read.faults()[0].starts_with("line 2: The record is longer than 4096 bytes"));
}

#[test]
fn an_endless_value_beside_the_instances_is_passed_over() {
    let input =
        b"{\"Next\":\"".chain(endless(b'a', LONG)).chain(&b"\",\"Instances\":[{\"InstanceId\":\"c\"}]}"[..]);
    assert_eq!(read_with(input, small()).unwrap().ids(), ["c"]);
}

#[test]
fn endless_headings_are_refused() {
    let Err(error) = read_with(endless(b'a', LONG), small()) else { panic!("it was opened") };
    assert!(
        error.message(Lang::En).starts_with("The heading row on line 1 cannot be read. The record is longer")
    );
}

#[test]
fn brackets_without_end_are_refused_and_not_followed() {
    let input = b"{\"Instances\":[".chain(endless(b'[', LONG));
    let read = read_with(input, Options::default()).unwrap();
    assert_eq!(read.faults().len(), 1);
    assert!(read.faults()[0].contains("More than 64 levels inside each other"));
    let line = format!("{{\"id\":{}", "[".repeat(100_000));
    assert!(crate::read(line).faults()[0].contains("recursion limit exceeded"));
}

/// Gives some bytes and fails.
struct Torn<'b>(&'b [u8]);

impl Read for Torn<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() { Err(io::Error::other("the cable was cut")) } else { self.0.read(into) }
    }
}

#[test]
fn an_input_that_fails_is_told_once_and_then_ends() {
    let lines = "i-1,ecs\n".repeat(20_000);
    let table = format!("id,product\n{lines}");
    let read = read_with(Torn(table.as_bytes()), Options::default()).unwrap();
    assert_eq!(read.ids().len(), 20_000);
    assert_eq!(read.faults(), ["line 20002: Reading failed (the cable was cut); the rest was not read."]);
}

#[test]
fn a_long_text_is_repeated_only_in_part() {
    let read = read(format!("id,product,billing\ni-1,ecs,{}\n", "月".repeat(10_000)));
    assert!(read.faults()[0].len() < 500);
}

/// Records of every format in which this text stands under `key`.
fn everywhere(key: &str, text: &str) -> Vec<crate::Outcome> {
    let json = serde_json::to_string(text).unwrap();
    let mut read = vec![read(match key {
        "id" | "product" => {
            let other = if key == "id" { "product" } else { "id" };
            format!("{{\"{key}\":{json},\"{other}\":\"x\"}}")
        }
        _ => format!("{{\"id\":\"i\",\"product\":\"x\",\"{key}\":{json}}}"),
    })];
    let quoted = format!("\"{text}\"");
    let cells: Vec<&str> = ["id", "product", "account", "region"]
        .map(|column| if column == key { quoted.as_str() } else { "x" })
        .into();
    read.push(crate::read(format!("id,product,account,region\n{}\n", cells.join(","))));
    let field = match key {
        "id" => "InstanceId",
        "account" => "OwnerId",
        "region" => "RegionId",
        _ => return read,
    };
    read.push(crate::read(format!(
        "{{\"Instances\":{{\"Instance\":[{{{}\"{field}\":{json}}}]}}}}",
        if key == "id" { "" } else { "\"InstanceId\":\"i\"," }
    )));
    read
}

#[test]
fn texts_that_are_kept_have_at_most_256_characters_in_every_format() {
    for key in ["id", "product", "account", "region"] {
        for read in everywhere(key, &"杭".repeat(256)) {
            assert_eq!((read.ids().len(), read.faults().len()), (1, 0), "{key}");
        }
        for read in everywhere(key, &"a".repeat(257)) {
            assert!(
                read.faults()[0].ends_with("expected at most 256 characters without control characters."),
                "{key}"
            );
        }
    }
}

#[test]
fn texts_that_are_kept_have_no_control_characters_in_any_format() {
    for key in ["id", "product", "account", "region"] {
        for control in ["a\nb", "a\tb", "a\u{7F}b", "a\u{85}b", "a\u{1B}[2Jb"] {
            for read in everywhere(key, control) {
                assert!(
                    read.faults()[0].ends_with("expected at most 256 characters without control characters."),
                    "{key}"
                );
            }
        }
    }
}

#[test]
fn an_instance_has_at_most_256_addresses() {
    let list = |n: u32| (0..n).map(|at| std::net::Ipv4Addr::from(0x2F60_0000 + at).to_string());
    for n in [256, 257] {
        let json = list(n).map(|ip| format!("\"{ip}\"")).collect::<Vec<_>>().join(",");
        let cells = list(n).collect::<Vec<_>>().join(";");
        for read in [
            read(format!("{{\"id\":\"i\",\"product\":\"ecs\",\"public_ips\":[{json}]}}")),
            read(format!("id,product,public_ips\ni,ecs,{cells}\n")),
            read(format!(
                "{{\"Instances\":{{\"Instance\":[{{\"InstanceId\":\"i\",\"PublicIpAddress\":{{\"IpAddress\":[{json}]}}}}]}}}}"
            )),
        ] {
            assert_eq!(read.ids().len(), usize::from(n == 256));
            assert!(read.faults().iter().all(|fault| fault.ends_with("expected at most 256 addresses.")));
        }
    }
}
