//! The examples of the documents about the API, the gate and the compatible interfaces: each is sent as it stands there, and answered
//! as it stands there.
//!
//! A block `http` is a request, a block `rpc` a call that is signed here, and the block `json` behind it the answer. In an answer `…`
//! stands for what is another each time: as a text, for anything; within a text, for any part of it; as the last of a list, for what
//! else is in it; as the name of a field, for further fields.

use crate::{
    Given,
    rpc::{Key, Older, answered, joined},
};
use app::access::{Right, Role};
use axum::{body::Body, http::Request};
use serde_json::Value;
use std::{fs, path::Path};
use testbed::Engine;
use url::form_urlencoded;

/// What stands in an answer for what is another each time.
const ANY: &str = "…";
/// Fields whose numbers are others each time.
const COUNTED: [&str; 2] = ["position", "age_seconds"];
/// Examples that a document has at least.
const FEWEST: usize = 3;

/// A block of a document.
struct Block<'d> {
    /// On which line it begins.
    line: usize,
    kind: &'d str,
    lines: Vec<&'d str>,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut all = Vec::new();
    let mut lines = text.lines().zip(1..);
    while let Some((line, at)) = lines.next() {
        let Some(kind) = line.strip_prefix("```") else { continue };
        let inside = lines.by_ref().map(|(line, _)| line).take_while(|line| *line != "```").collect();
        all.push(Block { line: at, kind, lines: inside });
    }
    all
}

/// Whether what was answered is what stands in the document.
fn fits(written: &Value, told: &Value) -> bool {
    match (written, told) {
        (Value::String(written), _) if written == ANY => true,
        (Value::String(written), Value::String(told)) => match written.split_once(ANY) {
            Some((before, after)) => {
                told.len() >= before.len() + after.len() && told.starts_with(before) && told.ends_with(after)
            }
            None => written == told,
        },
        (Value::Array(written), Value::Array(told)) => {
            let open = written.last().is_some_and(|last| last == ANY);
            let wanted = if open { &written[..written.len() - 1] } else { written };
            (told.len() == wanted.len() || open && told.len() > wanted.len())
                && wanted.iter().zip(told).all(|(written, told)| fits(written, told))
        }
        (Value::Object(written), Value::Object(told)) => {
            let open = written.contains_key(ANY);
            let each = written.iter().filter(|(name, _)| *name != ANY).all(|(name, written)| {
                told.get(name).is_some_and(|told| {
                    fits(written, told)
                        || COUNTED.contains(&name.as_str()) && written.is_number() && told.is_number()
                })
            });
            each && (open || written.len() == told.len())
        }
        _ => written == told,
    }
}

/// A desk of which the documents tell: a website is filed, and the gate has seen it.
struct Told {
    given: Given,
    lang: &'static str,
    /// The key with which calls are signed, for all that can be called.
    key: Key,
}

impl Told {
    async fn of(lang: &'static str) -> Self {
        let given = Given::on(Engine::Sqlite).await;
        given.website().await;
        let rights = [Right::ActForAccounts, Right::AskGate, Right::ManageGate];
        let key = given.signing("documented", &rights).await;
        Self { given, lang, key }
    }

    /// Sends what stands in a block `http`.
    async fn http(&self, lines: &[&str]) -> Value {
        let end = lines.iter().position(|line| line.is_empty()).unwrap_or(lines.len());
        let (head, body) = lines.split_at(end);
        let (mut role, mut asked, mut headers) = (Role::Operator, None, Vec::new());
        for line in head {
            match line.split_once(": ") {
                Some(("as", word)) => {
                    role = Role::ALL.into_iter().find(|role| role.word() == word).expect("a role");
                }
                Some(header) => headers.push(header),
                None => asked = line.split_once(' '),
            }
        }
        let (method, path) = asked.expect("a line such as GET /path");
        let methods = ["GET", "POST", "PUT", "DELETE"];
        let method = methods.into_iter().find(|known| *known == method).expect("a method");
        let mut call = self.given.call(method, path).token(self.given.key(role));
        call = call.header("accept-language", self.lang);
        for (name, value) in headers {
            call = call.header(&name.to_ascii_lowercase(), value);
        }
        let body = body.join("\n");
        if !body.trim().is_empty() {
            let body: Value = serde_json::from_str(&body).expect("a body that is JSON");
            call = call.json(&body);
        }
        call.sent().await.body()
    }

    /// Signs and sends what stands in a block `rpc`.
    async fn rpc(&self, lines: &[&str]) -> Value {
        let [line] = lines else { panic!("one line is expected: {lines:?}") };
        let pairs = line.strip_prefix("GET ").expect("a line such as GET Action=…");
        let pairs: Vec<_> = form_urlencoded::parse(pairs.as_bytes()).collect();
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
        let call = Older::of(&self.given, &self.key, &pairs).signed(&self.key);
        let request = Request::get(format!("/?{}", joined(&call)))
            .header("accept-language", self.lang)
            .header("host", "filing.example.com")
            .body(Body::empty())
            .unwrap();
        answered(&self.given, request).await.1
    }
}

/// Sends every example of a document, one after another, to one desk.
async fn holds(name: &str, lang: &'static str) {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs")).join(name);
    let text = fs::read_to_string(path).unwrap();
    let told = Told::of(lang).await;
    let all = blocks(&text);
    let mut sent = 0;
    for (nth, block) in all.iter().enumerate() {
        if !["http", "rpc"].contains(&block.kind) {
            continue;
        }
        let place = format!("docs/{name}:{}", block.line);
        let written = all.get(nth + 1).filter(|next| next.kind == "json");
        let written = written.unwrap_or_else(|| panic!("{place} has no answer")).lines.join("\n");
        let written: Value =
            serde_json::from_str(&written).unwrap_or_else(|error| panic!("{place}: {error}"));
        told.given.gate_follows().await;
        let answer = match block.kind {
            "http" => told.http(&block.lines).await,
            _ => told.rpc(&block.lines).await,
        };
        assert!(fits(&written, &answer), "{place} says\n{written:#}\nand the desk\n{answer:#}");
        sent += 1;
    }
    assert!(sent >= FEWEST, "docs/{name} has {sent} examples");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_about_the_api_tells_what_the_desk_answers() {
    holds("api.md", "en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_about_the_gate_tells_in_both_languages_what_the_desk_answers() {
    holds("gate.md", "en").await;
    holds("gate.zh.md", "zh-CN").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_about_the_compatible_interfaces_tells_in_both_languages_what_the_desk_answers() {
    holds("rpc.md", "en").await;
    holds("rpc.zh.md", "zh-CN").await;
}

#[test]
fn an_example_is_held_against_every_field_but_those_that_are_left_open() {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    for (written, told, expected) in [
        (r#"{"a":1}"#, r#"{"a":1}"#, true),
        (r#"{"a":1}"#, r#"{"a":2}"#, false),
        (r#"{"a":1}"#, r#"{"a":1,"b":2}"#, false),
        (r#"{"a":1}"#, "{}", false),
        (r#"{"a":1,"…":"…"}"#, r#"{"a":1,"b":2}"#, true),
        (r#"{"a":"…"}"#, r#"{"a":{"b":[]}}"#, true),
        (r#"{"a":"k+…"}"#, r#"{"a":"k+7"}"#, true),
        (r#"{"a":"k+…"}"#, r#"{"a":"l+7"}"#, false),
        (r#"{"position":1}"#, r#"{"position":7}"#, true),
        (r#"{"position":1}"#, r#"{"position":"7"}"#, false),
        ("[1]", "[1,2]", false),
        (r#"[1,"…"]"#, "[1,2,3]", true),
        (r#"[1,"…"]"#, "[2]", false),
    ] {
        assert_eq!(fits(&read(written), &read(told)), expected, "{written} {told}");
    }
}
