//! An assistant that speaks with the server over two streams.

use mcp::{Key, NoConversation, Server, Settings, serve_streams};
use rulebook::Lang;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines},
    task::JoinHandle,
};

/// A key of which nothing may ever be told.
pub(crate) const KEY: &str = "kbk_canary0123456789";

pub(crate) fn server(url: &str, lang: Lang, may_write: bool) -> Server {
    Server::new(Settings { url, key: Key::parse(KEY).unwrap(), lang, may_write }).unwrap()
}

pub(crate) struct Conversation {
    to: DuplexStream,
    from: Lines<BufReader<DuplexStream>>,
    running: JoinHandle<Result<(), NoConversation>>,
    last_id: u64,
    /// What the server said of itself.
    pub(crate) initialized: Value,
}

impl Conversation {
    pub(crate) async fn begin(url: &str, lang: Lang, may_write: bool) -> Self {
        let (to, input) = tokio::io::duplex(1 << 16);
        let (output, from) = tokio::io::duplex(1 << 16);
        let running = tokio::spawn(serve_streams(server(url, lang, may_write), input, output));
        let from = BufReader::new(from).lines();
        let mut begun = Self { to, from, running, last_id: 0, initialized: Value::Null };
        let hello = json!({
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": { "name": "story", "version": "1" },
        });
        begun.initialized = begun.ask("initialize", &hello).await["result"].take();
        begun.say(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string()).await;
        begun
    }

    pub(crate) async fn say(&mut self, line: &str) {
        self.to.write_all(format!("{line}\n").as_bytes()).await.unwrap();
    }

    pub(crate) async fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        let request = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.say(&request.to_string()).await;
        self.hear(id).await
    }

    /// Whatever comes is the protocol, and never has the key in it.
    async fn hear(&mut self, id: u64) -> Value {
        loop {
            let line = self.from.next_line().await.unwrap().unwrap();
            assert!(!line.contains("canary"), "{line}");
            let told: Value = serde_json::from_str(&line).unwrap();
            assert_eq!(told["jsonrpc"], "2.0", "{line}");
            if told["id"] == id {
                return told;
            }
        }
    }

    pub(crate) async fn call(&mut self, tool: &str, arguments: &Value) -> Told {
        let told = self.ask("tools/call", &json!({ "name": tool, "arguments": arguments })).await;
        let result = &told["result"];
        assert!(result.is_object(), "{told}");
        Told {
            is_error: result["isError"].as_bool().unwrap(),
            text: result["content"][0]["text"].as_str().unwrap().to_owned(),
            structured: result["structuredContent"].clone(),
        }
    }

    /// Hangs up; how it ended.
    pub(crate) async fn end(self) -> Result<(), NoConversation> {
        drop(self.to);
        drop(self.from);
        self.running.await.unwrap()
    }
}

/// What a tool told.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) is_error: bool,
    pub(crate) text: String,
    pub(crate) structured: Value,
}

impl Told {
    /// What is in the block of data.
    pub(crate) fn data(&self) -> &str {
        let (before, rest) =
            self.text.split_once("\n<desk-data>\n").unwrap_or_else(|| panic!("{}", self.text));
        assert!(!before.is_empty());
        rest.rsplit_once("</desk-data>").unwrap().0
    }
}
