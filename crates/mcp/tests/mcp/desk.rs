//! A desk that answers what a test wants it to, and notes what it was asked.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// Something that it was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Method, path and query.
    pub(crate) what: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// What it answers to whatever begins so.
#[derive(Clone, Debug)]
pub(crate) struct Says {
    pub(crate) to: &'static str,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) body: String,
}

pub(crate) fn says(to: &'static str, status: u16, body: &Value) -> Says {
    Says { to, status, headers: Vec::new(), body: body.to_string() }
}

/// The desk.
pub(crate) struct FakeDesk {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

#[derive(Clone)]
struct Shared {
    asked: Arc<Mutex<Vec<Asked>>>,
    says: Arc<Vec<Says>>,
}

impl FakeDesk {
    pub(crate) async fn new(says: Vec<Says>) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let shared = Shared { asked: Arc::clone(&asked), says: Arc::new(says) };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(shared);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, asked }
    }

    /// What it was asked since it was asked for this.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    /// The same, without headers and bodies.
    pub(crate) fn whats(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.what).collect()
    }
}

async fn answer(
    State(shared): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let what = format!("{method} {uri}");
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    shared.asked.lock().unwrap().push(Asked { what: what.clone(), headers, body });
    let Some(says) = shared.says.iter().find(|says| what.starts_with(says.to)) else {
        return (StatusCode::NOT_FOUND, "no such page").into_response();
    };
    let mut response = (StatusCode::from_u16(says.status).unwrap(), says.body.clone()).into_response();
    response.headers_mut().insert(CONTENT_TYPE, "application/json".parse().unwrap());
    for (name, value) in &says.headers {
        response.headers_mut().insert(*name, value.parse().unwrap());
    }
    response
}
