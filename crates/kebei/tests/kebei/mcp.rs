//! `kebei mcp`: an assistant that asks a served desk, as the real binary lets it. What `docs/mcp.md` shows is read out of it and run.

use crate::{
    kebei, project, run, said,
    served::{Answered, Served, answer},
};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader, Lines, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};
use tempfile::TempDir;

fn demo() -> Served {
    Served::by(kebei(&["demo", "--port", "0", "--lang", "en"]), "/api/docs")
}

/// The key of a user of the demo.
fn key_of(demo: &Served, user: &str) -> String {
    let line = demo.printed.lines().find(|line| line.split_whitespace().next() == Some(user)).unwrap();
    line.split_whitespace().find(|word| word.starts_with("kbk_")).unwrap().to_owned()
}

fn url(demo: &Served) -> String {
    format!("http://{}", demo.address)
}

/// What the desk itself answers.
fn asked(demo: &Served, user: &str, path: &str) -> Value {
    let head = format!("Authorization: Bearer {}\r\n", key_of(demo, user));
    let answer = crate::served::call(&demo.address, "GET", path, &head);
    assert_eq!(answer.status, 200, "{answer:?}");
    serde_json::from_str(&answer.body).unwrap()
}

/// An assistant that started the program and speaks with it.
struct Assistant {
    child: Child,
    to: ChildStdin,
    from: Lines<BufReader<ChildStdout>>,
    last_id: u64,
}

impl Assistant {
    fn start(mut command: Command, key: &str) -> Self {
        command.env("KEBEI_KEY", key).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let to = child.stdin.take().unwrap();
        let from = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut assistant = Self { child, to, from, last_id: 0 };
        let hello = json!({
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "story", "version": "1" },
        });
        let told = assistant.ask("initialize", &hello);
        assert_eq!(told["result"]["serverInfo"]["name"], "kebei", "{told}");
        assistant.say(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        assistant
    }

    fn of(demo: &Served, user: &str, more: &[&str]) -> Self {
        let mut command = kebei(&["mcp", "--lang", "en", "--url", &url(demo)]);
        command.args(more);
        Self::start(command, &key_of(demo, user))
    }

    fn say(&mut self, message: &Value) {
        writeln!(self.to, "{message}").unwrap();
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        self.say(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            // Every line is the protocol: nothing else is ever printed there.
            let line = self.from.next().unwrap().unwrap();
            assert!(!line.contains("kbk_"), "{line}");
            let told: Value = serde_json::from_str(&line).unwrap();
            if told["id"] == id {
                return told;
            }
        }
    }

    fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        self.ask("tools/call", &json!({ "name": tool, "arguments": arguments }))["result"].take()
    }

    /// Hangs up; how the program ended.
    fn end(self) -> Option<i32> {
        let Self { mut child, to, from, .. } = self;
        drop(to);
        drop(from);
        child.wait().unwrap().code()
    }
}

fn text(result: &Value) -> &str {
    result["content"][0]["text"].as_str().unwrap()
}

/// An order that its owner could submit now.
fn order_to_submit(demo: &Served) -> String {
    let orders = asked(demo, "demo-customer", "/api/v1/orders?limit=100");
    let can = |order: &&Value| order["moves"].as_array().unwrap().contains(&json!("submit"));
    orders["items"].as_array().unwrap().iter().find(can).unwrap()["id"].as_str().unwrap().to_owned()
}

/// A block of a document: the words behind its fence, and what is in it.
fn blocks(document: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(project().join("docs").join(document)).unwrap();
    let mut found: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(words) if !inside => {
                inside = true;
                found.push((words.to_owned(), String::new()));
            }
            Some(_) => inside = false,
            None if inside => {
                let (_, block) = found.last_mut().unwrap();
                block.push_str(line);
                block.push('\n');
            }
            None => {}
        }
    }
    found
}

/// Whether everything that is expected is there: members of objects, and items of lists in any order.
fn holds(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            expected.iter().all(|(name, value)| found.get(name).is_some_and(|found| holds(value, found)))
        }
        (Value::Array(expected), Value::Array(found)) => {
            expected.iter().all(|value| found.iter().any(|found| holds(value, found)))
        }
        _ => expected == found,
    }
}

#[test]
fn every_example_of_the_documents_works_as_it_is_printed() {
    let demo = demo();
    let order = order_to_submit(&demo);
    for document in ["mcp.md", "mcp.zh.md"] {
        let blocks = blocks(document);
        let (_, settings) = blocks.iter().find(|(words, _)| words == "json settings").unwrap();
        let settings: Value = serde_json::from_str(settings).unwrap();
        let settings = &settings["mcpServers"]["kebei"];
        assert_eq!(settings["command"], "kebei");
        assert_eq!(settings["env"].as_object().unwrap().keys().collect::<Vec<_>>(), ["KEBEI_KEY"]);
        let arguments: Vec<String> = settings["args"]
            .as_array()
            .unwrap()
            .iter()
            .map(|word| word.as_str().unwrap().replace("http://127.0.0.1:8080", &url(&demo)))
            .collect();
        let start = |user: &str, more: &[&str]| {
            let mut command = kebei(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
            command.args(more);
            Assistant::start(command, &key_of(&demo, user))
        };
        let (mut customer, mut support) = (start("demo-customer", &[]), start("demo-support", &[]));
        let mut writing = start("demo-customer", &["--allow-writes"]);
        let mut tools = Vec::new();
        for pair in blocks.windows(2).filter(|pair| pair[0].0.starts_with("json call")) {
            let [(words, call), (answers, answer)] = pair else { unreachable!() };
            assert_eq!(answers, "json answer", "{document}: {call}");
            let [call, answer] = [call, answer].map(|block| {
                serde_json::from_str::<Value>(&block.replace("ID-OF-AN-ORDER", &order)).unwrap()
            });
            let assistant = match words.as_str() {
                "json call" => &mut customer,
                "json call support" => &mut support,
                "json call writes" => &mut writing,
                other => panic!("{document}: {other}"),
            };
            let told = assistant.ask("tools/call", &call);
            assert!(holds(&answer, &told["result"]), "{document}: {call}: {told:#}");
            tools.push(call["name"].as_str().unwrap().to_owned());
        }
        tools.dedup();
        let listed = customer.ask("tools/list", &json!({}));
        let names = listed["result"]["tools"].as_array().unwrap().iter().map(|tool| &tool["name"]);
        assert_eq!(
            names.filter_map(Value::as_str).collect::<Vec<_>>(),
            tools,
            "{document} has each tool once, in their order"
        );
        over_http(&demo, &blocks);
    }
}

/// The two lines of the document that are for a shell.
fn over_http(demo: &Served, blocks: &[(String, String)]) {
    let lines: Vec<&str> =
        blocks.iter().filter(|(words, _)| words == "sh").map(|(_, block)| block.trim()).collect();
    let [start, ask] = lines[..] else { panic!("{lines:?}") };
    let folder = tempfile::tempdir().unwrap();
    let file = secret_file(&folder, "kebei.key", &key_of(demo, "demo-customer"), 0o600);
    let arguments: Vec<String> = start
        .strip_prefix("kebei ")
        .unwrap()
        .split(' ')
        .map(|word| match word {
            "http://127.0.0.1:8080" => url(demo),
            "127.0.0.1:8090" => "127.0.0.1:0".to_owned(),
            "kebei.key" => file.display().to_string(),
            other => other.to_owned(),
        })
        .collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let served = Served::by(without_key(kebei(&arguments)), "/mcp");
    let ask = ask.replace("127.0.0.1:8090", &served.address);
    let told = Command::new("sh").args(["-c", &ask]).env("TOKEN", token_of(&served)).output().unwrap();
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(told["result"]["tools"].as_array().unwrap().len(), 8, "{told}");
    served.signal("INT");
    assert_eq!(served.ended().0.code(), Some(0));
}

fn without_key(mut command: Command) -> Command {
    command.env_remove("KEBEI_KEY");
    command
}

fn secret_file(folder: &TempDir, name: &str, text: &str, mode: u32) -> PathBuf {
    let file = folder.path().join(name);
    fs::write(&file, format!("{text}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    file
}

fn token_of(served: &Served) -> String {
    let (_, rest) = served.printed.split_once("Bearer ").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

#[test]
fn codes_are_issued_only_where_that_is_allowed_and_once_for_one_key() {
    let demo = demo();
    let count =
        || asked(&demo, "demo-customer", "/api/v1/codes?limit=100")["items"].as_array().unwrap().len();
    let before = count();
    let arguments = json!({ "instance": "demo-ecs-good", "idempotency_key": "story-1" });
    let mut reading = Assistant::of(&demo, "demo-customer", &[]);
    let told = reading.call("issue_codes", &arguments);
    assert!(text(&told).starts_with("Nothing was done: this server only reads."), "{told}");
    assert_eq!((&told["structuredContent"]["done"], count()), (&json!(false), before));
    assert_eq!(reading.end(), Some(0));
    let mut writing = Assistant::of(&demo, "demo-customer", &["--allow-writes"]);
    let tried = json!({ "instance": "demo-ecs-good", "idempotency_key": "story-1", "dry_run": true });
    let told = writing.call("issue_codes", &tried);
    assert!(text(&told).starts_with("Dry run: nothing was done."), "{told}");
    assert_eq!(count(), before);
    for _ in 0..2 {
        let told = writing.call("issue_codes", &arguments);
        assert_eq!(told["structuredContent"]["done"], true, "{told}");
        assert_eq!(count(), before + 1);
    }
    // What the desk refuses is told with every reason, and nothing is issued.
    let told = writing
        .call("issue_codes", &json!({ "instance": "demo-ecs-all-wrong", "idempotency_key": "story-2" }));
    assert_eq!(told["isError"], true);
    let errors = told["structuredContent"]["answer"]["errors"].as_array().unwrap();
    assert!(errors.len() > 2, "{told}");
    for error in errors {
        assert!(text(&told).contains(error["message"].as_str().unwrap()), "{error}: {told}");
    }
    assert_eq!(count(), before + 1);
    // An order that was given back is submitted again, and then waits.
    let order = order_to_submit(&demo);
    let state = || asked(&demo, "demo-customer", &format!("/api/v1/orders/{order}"))["state"].take();
    let submit = json!({ "order": order, "idempotency_key": "story-4" });
    assert_eq!(state(), "returned");
    let mut reading = Assistant::of(&demo, "demo-customer", &[]);
    let told = reading.call("submit_order", &submit);
    assert!(told["structuredContent"]["answer"]["passes"] == true && state() == "returned", "{told}");
    let told = writing.call("submit_order", &submit);
    assert!(told["structuredContent"]["done"] == true && state() == "submitted", "{told}");
    // An order that waits for review cannot be submitted again, and what can be done is told.
    let orders = asked(&demo, "demo-customer", "/api/v1/orders?limit=100");
    let waits =
        orders["items"].as_array().unwrap().iter().find(|order| order["state"] == "submitted").unwrap();
    let told = writing.call("submit_order", &json!({ "order": waits["id"], "idempotency_key": "story-3" }));
    assert!(
        told["isError"] == true && told["structuredContent"]["answer"]["illegal_move"].is_object(),
        "{told}"
    );
    assert_eq!(writing.end(), Some(0));
}

#[test]
fn an_assistant_may_what_its_key_may_and_looks_are_recorded() {
    let demo = demo();
    let mut customer = Assistant::of(&demo, "demo-customer", &[]);
    let told = customer.call("why_not", &json!({ "query": "demo-ecs-good" }));
    assert!(told["isError"] == true && text(&told).contains("needs the right look-up"), "{told}");
    let mut support = Assistant::of(&demo, "demo-support", &[]);
    // Whoever reads the log is in it as well.
    let looks = || {
        let log = asked(&demo, "demo-auditor", "/api/v1/access-log?limit=100");
        let is_it = |line: &&Value| line["who"] == "demo-support" && line["instance"] == "demo-ecs-good";
        log["items"].as_array().unwrap().iter().filter(is_it).count()
    };
    let before = looks();
    let told = support.call("why_not", &json!({ "query": "demo-ecs-good" }));
    assert!(told["isError"] == false && text(&told).contains("<desk-data>"), "{told}");
    assert_eq!(looks(), before + 1);
    let told = support.call("order_state", &json!({}));
    assert!(told["isError"] == true && text(&told).contains("own-orders"), "{told}");
    let command = kebei(&["mcp", "--lang", "zh", "--url", &url(&demo)]);
    let mut stranger = Assistant::start(command, "kbk_nobody-has-this-one");
    let told = stranger.call("order_state", &json!({}));
    assert!(told["isError"] == true && text(&told).contains("服务台不接受此服务的密钥"), "{told}");
    // The desk is not there any more.
    let url = url(&demo);
    drop(demo);
    let told = customer.call("where_to_file", &json!({}));
    assert!(told["isError"] == true && text(&told).contains(&url), "{told}");
}

/// A request as it stands, to a server on the loopback.
fn sent(served: &Served, head: &str) -> Answered {
    let body = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#;
    let mut stream = TcpStream::connect(&served.address).unwrap();
    write!(
        stream,
        "POST /mcp HTTP/1.1\r\n{head}Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    answer(stream)
}

#[test]
fn over_http_only_whoever_has_the_token_and_comes_from_this_machine_is_let_in() {
    let folder = tempfile::tempdir().unwrap();
    let key = secret_file(&folder, "key", "kbk_story", 0o600);
    let call = ["mcp", "--lang", "en", "--url", "http://127.0.0.1:9", "--http", "127.0.0.1:0", "--key-file"];
    let command = || {
        let mut command = without_key(kebei(&call));
        command.arg(&key);
        command
    };
    let served = Served::by(command(), "/mcp");
    let (host, token) = (&served.address, token_of(&served));
    let head = |host: &str, more: &str, token: &str| {
        format!("Host: {host}\r\n{more}Authorization: Bearer {token}\r\n")
    };
    let right = sent(&served, &head(host, "", &token));
    assert!(right.status == 200 && right.body.contains("rule_differences"), "{right:?}");
    assert_eq!(sent(&served, &head("desk.example", "", &token)).status, 403);
    assert_eq!(sent(&served, &head(host, "Origin: https://desk.example\r\n", &token)).status, 403);
    assert_eq!(sent(&served, &head(host, "", &token.replace(|c| c != '0', "0"))).status, 401);
    assert_eq!(sent(&served, &format!("Host: {host}\r\n")).status, 401);
    served.signal("TERM");
    let (status, log) = served.ended();
    assert_eq!((status.code(), log), (Some(0), Vec::new()));
    // A token of its own is never printed.
    let own = "one-that-somebody-chose-0123456789";
    let file = secret_file(&folder, "token", own, 0o600);
    let mut with_file = command();
    with_file.arg("--token-file").arg(file);
    let served = Served::by(with_file, "/mcp");
    assert!(!served.printed.contains(own), "{}", served.printed);
    assert_eq!(sent(&served, &head(&served.address, "", own)).status, 200);
}

#[test]
fn a_call_that_is_wrong_says_what_is_right_and_never_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let canary = "kbk_canary";
    let open = secret_file(&folder, "open", canary, 0o644);
    let good = secret_file(&folder, "good", canary, 0o600);
    let spaced = secret_file(&folder, "spaced", "kbk_canary and more", 0o600);
    let short = secret_file(&folder, "short", "canary", 0o600);
    let desk = "http://127.0.0.1:9";
    let path = |file: &Path| file.display().to_string();
    let (open, good, spaced, short) = (path(&open), path(&good), path(&spaced), path(&short));
    let wrong: [(&[&str], &str); 10] = [
        (&["--url", desk], "KEBEI_KEY"),
        (&["--url", desk, "--key-file", &open], "chmod 600"),
        (&["--url", desk, "--key-file", "/none/at/all"], "/none/at/all"),
        (&["--url", desk, "--key-file", &spaced], "kbk_"),
        (&["--url", "desk", "--key-file", &good], "--url"),
        (&["--url", "http://10.0.0.1", "--key-file", &good], "https:"),
        (&["--url", "https://user:canary@desk.example", "--key-file", &good], "--url"),
        (&["--url", desk, "--key-file", &good, "--http", "0.0.0.0:8090"], "127.0.0.1:8090"),
        (&["--url", desk, "--key-file", &good, "--http", "127.0.0.1:0", "--token-file", &short], "32"),
        (&["--url", desk, "--key-file", &good, "--token-file", &short], "--http"),
    ];
    for lang in ["zh", "en"] {
        for (arguments, words) in wrong {
            let mut command = without_key(kebei(&["mcp", "--lang", lang]));
            let told = said(command.args(arguments).stdin(Stdio::null()).output().unwrap());
            assert_eq!(told.status, 2, "{arguments:?}: {told:?}");
            assert!(told.err.contains(words) && told.out.is_empty(), "{arguments:?}: {told:?}");
            let canary = told.err.replace(&arguments.join(" "), "").replace(&short, "").contains("canary");
            assert!(!canary, "{arguments:?}: {told:?}");
        }
    }
    // Whoever hangs up before he has said anything wanted nothing; whoever speaks something else is told.
    let mut quiet = kebei(&["mcp", "--url", desk, "--key-file", &good]);
    assert_eq!(said(quiet.stdin(Stdio::null()).output().unwrap()).status, 0);
    let help = run(&["mcp", "--help", "--lang", "en"]);
    assert!(help.out.contains("KEBEI_KEY=… kebei mcp"), "{help:?}");
}
