//! `kebei gate`: an edge keeps a copy of what a served desk says may be served, and goes on when the desk is away.

use crate::{
    Said, kebei, run, said,
    served::{Answered, Served, answer, call},
};
use serde_json::Value;
use std::{fs, io::Write, net::TcpStream, path::Path};
use tempfile::{TempDir, tempdir};

/// A desk that is served, and an edge with a folder of its own.
struct Edge {
    demo: Served,
    folder: TempDir,
    /// The desk's key for the gate.
    key: String,
}

impl Edge {
    fn new() -> Self {
        let demo = Served::by(kebei(&["demo", "--port", "0", "--lang", "en"]), "/api/docs");
        let edge = Self { demo, folder: tempdir().unwrap(), key: String::new() };
        // Until what may be served was read, the desk says that it is being read.
        let mut told = edge.asked("GET", "/gate/v1/key", "");
        while told.status == 503 {
            told = edge.asked("GET", "/gate/v1/key", "");
        }
        let told: Value = serde_json::from_str(&told.body).unwrap();
        Self { key: told["key"].as_str().unwrap().to_owned(), ..edge }
    }

    /// The key of the operator of the demo.
    fn operator(&self) -> String {
        let mut lines = self.demo.printed.lines();
        let line = lines.find(|line| line.split_whitespace().next() == Some("demo-operator")).unwrap();
        line.split_whitespace().find(|word| word.starts_with("kbk_")).unwrap().to_owned()
    }

    fn asked(&self, method: &str, path: &str, body: &str) -> Answered {
        let head = format!("Authorization: Bearer {}\r\n", self.operator());
        if body.is_empty() {
            return call(&self.demo.address, method, path, &head);
        }
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: kebei\r\nConnection: close\r\n{head}Content-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(&self.demo.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        answer(stream)
    }

    fn file(&self) -> String {
        self.folder.path().join("gate.snapshot").display().to_string()
    }

    fn fetch(&self) -> Said {
        let url = format!("http://{}", self.demo.address);
        let arguments =
            ["gate", "fetch", "--lang", "en", "--url", &url, "--key", &self.key, "--file", &self.file()];
        said(kebei(&arguments).env("KEBEI_KEY", self.operator()).output().unwrap())
    }

    fn check(&self, more: &[&str]) -> Said {
        let file = self.file();
        let arguments =
            [&["gate", "check", "--lang", "en", "--key", &self.key, "--file", &file], more].concat();
        run(&arguments)
    }

    /// The words with which names are answered.
    fn words(&self, names: &[&str]) -> Vec<String> {
        let told = self.check(names);
        told.out.lines().map(|line| line.split('\t').nth(2).unwrap().to_owned()).collect()
    }
}

fn white_list(edge: &Edge, name: &str) -> String {
    let body = format!("{{\"names\":[\"{name}\"],\"reason\":\"moving\"}}");
    let told = edge.asked("POST", "/api/v1/gate/windows", &body);
    assert_eq!(told.status, 201, "{told:?}");
    let told: Value = serde_json::from_str(&told.body).unwrap();
    told["ids"][0].as_str().unwrap().to_owned()
}

/// Fetches until the copy says so: a change is seen within a second.
fn until(edge: &Edge, name: &str, word: &str) {
    for _ in 0..400 {
        let told = edge.fetch();
        assert_eq!(told.status, 0, "{told:?}");
        if edge.words(&[name]) == [word] {
            return;
        }
    }
    panic!("{name} never came to be {word}");
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |found| found.len())
}

#[test]
fn an_edge_keeps_a_copy_in_step_and_goes_on_when_the_desk_is_gone() {
    let edge = Edge::new();
    let name = "moving-house.cn".to_owned();
    let told = edge.check(&[&name]);
    assert_eq!(told.status, 2, "{told:?}");
    assert!(told.err.contains("run kebei gate fetch first"), "{told:?}");
    assert_eq!(edge.fetch().status, 0);
    assert_eq!(edge.words(&[&name, "com", "10.9.9.9"]), ["not-filed", "no-domain", "no-domain"]);
    let id = white_list(&edge, &format!("www.{name}"));
    until(&edge, &name, "white-listed");
    // Nothing new many times over takes no room.
    let changes = Path::new(&format!("{}.changes", edge.file())).to_owned();
    // As soon as its place in the ledger is known, too.
    let settled = (0..400).any(|_| {
        let before = size(&changes);
        (0..5).for_each(|_| drop(edge.fetch()));
        size(&changes) == before
    });
    assert!(settled, "{}", size(&changes));
    let told = edge.asked("DELETE", &format!("/api/v1/gate/windows/{id}"), "");
    assert_eq!(told.status, 200, "{told:?}");
    until(&edge, &name, "not-filed");
    white_list(&edge, &name);
    until(&edge, &name, "white-listed");
    let Edge { demo, folder, key } = edge;
    let url = format!("http://{}", demo.address);
    drop(demo);
    let file = folder.path().join("gate.snapshot").display().to_string();
    let check = |more: &[&str]| {
        run(&[&["gate", "check", "--lang", "en", "--key", &key, "--file", &file], more].concat())
    };
    let told = check(&[&name]);
    assert_eq!((told.status, told.out.contains("\tyes\twhite-listed\t")), (0, true), "{told:?}");
    let gone = said(
        kebei(&["gate", "fetch", "--lang", "en", "--url", &url, "--key", &key, "--file", &file])
            .env("KEBEI_KEY", "kbk_x")
            .output()
            .unwrap(),
    );
    assert_eq!(gone.status, 2, "{gone:?}");
    assert!(gone.err.contains("goes on as it is") && !gone.err.contains("kbk_x"), "{gone:?}");
    // Older than it may be: as whoever asks chose, which is said.
    let closed = check(&["--max-age", "0", &name, "other.cn"]);
    assert_eq!(closed.status, 1, "{closed:?}");
    assert!(closed.out.contains("\tno\tstale-closed\t") && closed.err.contains("too old"), "{closed:?}");
    let open = check(&["--max-age", "0", "--when-stale", "open", &name, "other.cn"]);
    assert_eq!(open.status, 0, "{open:?}");
    assert!(open.out.contains("white-listed") && open.out.contains("stale-open"), "{open:?}");
    // What was cut short while it was written is left out; what was changed is refused.
    let whole = fs::read(&changes).unwrap();
    fs::write(&changes, &whole[..whole.len() - 7]).unwrap();
    assert_eq!(check(&["com"]).status, 1);
    let mut altered = fs::read(&file).unwrap();
    let last = altered.len() - 1;
    altered[last] ^= 1;
    fs::write(&file, altered).unwrap();
    let told = check(&[&name]);
    assert_eq!((told.status, told.out.as_str()), (2, ""), "{told:?}");
    assert!(told.err.contains("fetch it anew"), "{told:?}");
    let other = run(&["gate", "check", "--lang", "en", "--key", "nobody", "--file", &file, &name]);
    assert_eq!(other.status, 2, "{other:?}");
    assert!(other.err.contains("--key"), "{other:?}");
}
