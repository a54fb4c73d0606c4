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
        error.message(Lang::En).starts_with("The heading row cannot be read. line 1: The record is longer")
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
