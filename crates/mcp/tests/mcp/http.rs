//! The server over HTTP: who is let in, and who is not.

use crate::{
    conversation::server,
    desk::{FakeDesk, says},
};
use mcp::{NotLoopback, PATH, Token, listen, serve_http};
use rulebook::Lang;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<std::io::Result<()>>,
}

async fn served(desk: &FakeDesk) -> Served {
    let listener = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let server = server(&desk.url, Lang::En, false);
    let stopped = async move {
        let _ = stopped.await;
    };
    let running = tokio::spawn(serve_http(server, listener, Token::parse(TOKEN).unwrap(), stopped));
    Served { address, stop, running }
}

impl Served {
    /// Sends a message with those lines of the head; status and body of the answer.
    async fn post(&self, head: &[String], body: &str) -> (u16, String) {
        self.send("POST", PATH, head, body).await
    }

    async fn send(&self, method: &str, path: &str, head: &[String], body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let head = head.join("\r\n");
        let request = format!(
            "{method} {path} HTTP/1.1\r\n{head}\r\nContent-Type: application/json\r\n\
             Accept: application/json, text/event-stream\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        // It may be refused before all of it is sent.
        let _ = stream.write_all(request.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer:?}"));
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    fn host(&self) -> String {
        format!("Host: {}", self.address)
    }
}

fn token(token: &str) -> String {
    format!("Authorization: Bearer {token}")
}

fn message(method: &str, params: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string()
}

async fn desk() -> FakeDesk {
    FakeDesk::new(vec![says("GET /api/v1/guidance", 200, &json!({ "situations": [] }))]).await
}

#[tokio::test]
async fn whoever_has_the_token_asks_over_http_as_over_streams() {
    let desk = desk().await;
    let served = served(&desk).await;
    let head = [served.host(), token(TOKEN)];
    let hello = json!({
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "story", "version": "1" },
    });
    let (status, body) = served.post(&head, &message("initialize", &hello)).await;
    assert!(status == 200 && body.contains("\"serverInfo\""), "{status} {body}");
    let (status, body) = served.post(&head, &message("tools/list", &json!({}))).await;
    assert!(status == 200 && body.contains("decide_inventory"), "{status} {body}");
    let call = json!({ "name": "where_to_file", "arguments": {} });
    let (status, body) = served.post(&head, &message("tools/call", &call)).await;
    assert!(status == 200 && body.contains("\"isError\":false"), "{status} {body}");
    assert_eq!(desk.whats(), ["GET /api/v1/guidance"]);
    let (status, _) = served.post(&head, &"x".repeat((1 << 20) + 1)).await;
    assert_eq!(status, 413);
    served.stop.send(()).unwrap();
    served.running.await.unwrap().unwrap();
}

#[tokio::test]
async fn another_name_or_page_or_token_is_not_let_in_and_the_desk_hears_nothing() {
    let desk = desk().await;
    let served = served(&desk).await;
    let port = served.address.port();
    let ask = message("tools/call", &json!({ "name": "where_to_file", "arguments": {} }));
    let host = |name: &str| format!("Host: {name}");
    let origin = |name: &str| format!("Origin: {name}");
    let right = served.host();
    let refused: Vec<(Vec<String>, u16)> = vec![
        (vec![host(&format!("rebound.example:{port}")), token(TOKEN)], 403),
        (vec![host("127.0.0.1"), token(TOKEN)], 403),
        (vec![host(&format!("127.0.0.1:{}", port ^ 1)), token(TOKEN)], 403),
        (vec![host(&format!("127.0.0.1:{port}@rebound.example")), token(TOKEN)], 403),
        (vec![host(&format!("localhost.example:{port}")), token(TOKEN)], 403),
        (vec![right.clone(), host("rebound.example"), token(TOKEN)], 403),
        (vec!["X-Nothing: 1".to_owned(), token(TOKEN)], 403),
        (vec![right.clone(), origin("https://rebound.example"), token(TOKEN)], 403),
        (vec![right.clone(), origin("http://localhost.example"), token(TOKEN)], 403),
        (vec![right.clone(), origin("null"), token(TOKEN)], 403),
        (vec![right.clone(), origin("file:///"), token(TOKEN)], 403),
        (vec![right.clone(), origin(&format!("http://127.0.0.1:{port}")), origin("null"), token(TOKEN)], 403),
        (vec![right.clone()], 401),
        (vec![right.clone(), token("0123456789abcdef0123456789abcdeX")], 401),
        (vec![right.clone(), token(&TOKEN[..31])], 401),
        (vec![right.clone(), format!("Authorization: Basic {TOKEN}")], 401),
        (vec![right.clone(), token(TOKEN), token(TOKEN)], 401),
    ];
    for (head, expected) in refused {
        let (status, body) = served.post(&head, &ask).await;
        assert_eq!(status, expected, "{head:?}: {body}");
        assert!(!body.contains(TOKEN) && !body.contains("canary"), "{body}");
        // It is the same for what is not there.
        assert_eq!(served.send("GET", "/other", &head, "").await.0, expected, "{head:?}");
    }
    assert_eq!(desk.whats(), Vec::<String>::new());
    for more in [
        vec![host(&format!("localhost:{port}"))],
        vec![host(&format!("LOCALHOST:{port}")), origin("http://localhost:6274")],
        vec![right.clone(), origin(&format!("http://127.0.0.1:{port}"))],
        vec![right, origin("http://[::1]:80")],
    ] {
        let head = [more, vec![token(TOKEN)]].concat();
        let (status, body) = served.post(&head, &ask).await;
        assert_eq!(status, 200, "{head:?}: {body}");
    }
}

#[tokio::test]
async fn nothing_is_served_where_others_could_reach_it() {
    for address in ["0.0.0.0:0", "10.0.0.1:0", "[::]:0", "192.0.2.1:80"] {
        let told = listen(address.parse().unwrap()).await.unwrap_err();
        assert!(matches!(told, NotLoopback::Elsewhere(_)), "{address}: {told}");
    }
    let taken = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let told = listen(taken.local_addr().unwrap()).await.unwrap_err();
    assert!(matches!(told, NotLoopback::NotBound(..)), "{told}");
}
