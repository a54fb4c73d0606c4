//! Stories of a panel that is asked: by a signed question, and with an answer that is right, or none at all.
#![cfg(test)]

use app::{
    Clock,
    verification::{HostPanel, PanelAnswer, PanelAsk, PanelUnavailable},
};
use jiff::{SignedDuration, Timestamp};
use outbound::{Limits, Reach, Setup};
use panel::{BadPanel, HttpPanel, Secret, Settings};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};

const SECRET: &str = "canary-secret-5d41402abc4b2a76b9719d911017c592";
const PASSWORD: &str = "Canary-Passw0rd-4711";
const PATIENT: Limits =
    Limits { connect: Duration::from_mins(1), whole: Duration::from_mins(1), bytes: 64 << 10 };
const SHORT: Limits =
    Limits { connect: Duration::from_millis(50), whole: Duration::from_millis(50), bytes: 64 << 10 };

#[derive(Debug)]
struct At(&'static str);

impl Clock for At {
    fn now(&self) -> Timestamp {
        self.0.parse().unwrap()
    }
}

/// A panel that says the same to everybody, or nothing; and the requests that it heard.
struct Panel {
    url: String,
    heard: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl Drop for Panel {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Panel {
    async fn saying(said: Option<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/verify", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let requests = Arc::clone(&heard);
        let serving = tokio::spawn(async move {
            let mut silent = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = Vec::new();
                // The body is the one object, and ends with it.
                while !request.ends_with(b"}") {
                    let mut more = [0; 4096];
                    let length = stream.read(&mut more).await.unwrap();
                    assert!(length > 0, "the request is whole");
                    request.extend_from_slice(&more[..length]);
                }
                requests.lock().unwrap().push(String::from_utf8(request).unwrap());
                match &said {
                    Some(said) => {
                        // A client that has read enough goes away.
                        let _ = stream.write_all(said.as_bytes()).await;
                        let _ = stream.shutdown().await;
                    }
                    None => silent.push(stream),
                }
            }
        });
        Self { url, heard, serving }
    }

    async fn answering(head: &str, body: &str) -> Self {
        let length = body.len();
        Self::saying(Some(format!(
            "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )))
        .await
    }
}

fn settings(url: &str) -> Settings {
    Settings {
        url: url.to_owned(),
        secret: Secret::parse(SECRET).unwrap(),
        addresses: vec!["127.0.0.0/8".to_owned()],
        ca_file: None,
    }
}

fn asked_with(url: &str, limits: Limits) -> HttpPanel {
    let reach = Reach::Listed(vec!["127.0.0.0/8".parse().unwrap()]);
    let setup = Setup { limits, ..Setup::new(reach) };
    HttpPanel::with_setup(&settings(url), setup, Arc::new(At("2020-11-01T01:00:00.5Z"))).unwrap()
}

fn ask() -> PanelAsk {
    PanelAsk { product: "web-hosting".to_owned(), name: "用户 \"1\"".into(), password: PASSWORD.into() }
}

async fn told(panel: &Panel) -> Result<PanelAnswer, PanelUnavailable> {
    asked_with(&panel.url, PATIENT).ask(ask()).await
}

const NOW: PanelUnavailable = PanelUnavailable { retry_after: None };

#[tokio::test]
async fn a_right_login_is_told_by_its_instance_and_a_wrong_one_by_none() {
    let right = Panel::answering("200 OK", "{\"instance\": \"h-1\"}").await;
    assert_eq!(told(&right).await, Ok(PanelAnswer::Host { instance: "h-1".to_owned() }));
    let wrong = Panel::answering("200 OK", "{\"instance\": null}").await;
    assert_eq!(told(&wrong).await, Ok(PanelAnswer::No));
}

#[tokio::test]
async fn a_question_is_signed_over_its_time_and_every_byte_of_its_body() {
    let panel = Panel::answering("200 OK", "{\"instance\": null}").await;
    told(&panel).await.unwrap();
    let request = panel.heard.lock().unwrap().join("\n");
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /verify HTTP/1.1\r\n"), "{head}");
    let expected = format!(
        "{{\"product\":\"web-hosting\",\"user_name\":\"用户 \\\"1\\\"\",\"password\":\"{PASSWORD}\",\"at\":\"2020-11-01T01:00:00.5Z\"}}"
    );
    assert_eq!(body, expected);
    let header = |name: &str| {
        let found = head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then(|| value.to_owned())
        });
        found.unwrap_or_else(|| panic!("{name} in {head}"))
    };
    assert_eq!(header("Content-Type"), "application/json");
    assert_eq!(header("Kebei-Timestamp"), "1604192400");
    // printf '%s' '1604192400.{"product":…}' | openssl dgst -sha256 -hmac canary-secret-…
    assert_eq!(
        header("Kebei-Signature"),
        "v1=47cd1579c81d7bee870e3a1920e8ef6d6df5e1be61f0b12df42b30946a41dac7"
    );
    assert!(!request.contains(SECRET));
}

#[tokio::test]
async fn whatever_is_no_right_answer_is_none() {
    let huge = format!("{{\"instance\": \"h-1\", \"more\": \"{}\"}}", "x".repeat(64 << 10));
    for (head, body) in [
        ("200 OK", "{}"),
        ("200 OK", "{\"instance\": \"\"}"),
        ("200 OK", "{\"instance\": true}"),
        ("200 OK", "<html>"),
        ("200 OK", ""),
        ("200 OK", &*huge),
        ("201 Created", "{\"instance\": \"h-1\"}"),
        ("401 Unauthorized", "{\"instance\": null}"),
        ("404 Not Found", "{\"instance\": null}"),
        ("500 Internal Server Error", "{\"instance\": \"h-1\"}"),
        ("302 Found\r\nLocation: http://127.0.0.1:1/", "{\"instance\": \"h-1\"}"),
    ] {
        let panel = Panel::answering(head, body).await;
        assert_eq!(told(&panel).await, Err(NOW), "{head} {}", body.chars().take(40).collect::<String>());
        assert_eq!(panel.heard.lock().unwrap().len(), 1, "it is asked once: {head}");
    }
    let broken = Panel::saying(Some("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"inst".to_owned())).await;
    assert_eq!(told(&broken).await, Err(NOW));
}

#[tokio::test]
async fn a_panel_that_is_busy_says_when_to_come_again() {
    let after = |seconds| PanelUnavailable { retry_after: Some(SignedDuration::from_secs(seconds)) };
    for (head, told) in [
        ("503 Service Unavailable\r\nRetry-After: 120", after(120)),
        ("429 Too Many Requests\r\nRetry-After: 5", after(5)),
        ("503 Service Unavailable", NOW),
        // More than any time has.
        ("503 Service Unavailable\r\nRetry-After: 18446744073709551615", NOW),
    ] {
        let panel = Panel::answering(head, "").await;
        assert_eq!(self::told(&panel).await, Err(told), "{head}");
    }
}

#[tokio::test]
async fn a_panel_that_is_silent_or_not_there_is_given_up() {
    let silent = Panel::saying(None).await;
    assert_eq!(asked_with(&silent.url, SHORT).ask(ask()).await, Err(NOW));
    let url = silent.url.clone();
    drop(silent);
    assert_eq!(asked_with(&url, SHORT).ask(ask()).await, Err(NOW));
}

#[tokio::test]
async fn no_more_questions_are_open_than_there_are_places() {
    let silent = Panel::saying(None).await;
    let panel = Arc::new(asked_with(&silent.url, PATIENT));
    let mut open: Vec<_> = (0..32).map(|_| Box::pin(panel.ask(ask()))).collect();
    for question in &mut open {
        assert!(futures_util::poll!(question.as_mut()).is_pending());
    }
    assert_eq!(panel.ask(ask()).await, Err(NOW), "it does not wait");
    drop(open);
    let mut one = panel.ask(ask());
    assert!(futures_util::poll!(one.as_mut()).is_pending(), "places are given back");
}

#[test]
fn settings_that_cannot_work_are_told_at_once_and_show_no_secret() {
    let clock: Arc<dyn Clock> = Arc::new(At("2020-11-01T01:00:00Z"));
    let with = |url: &str, addresses: &[&str]| {
        let addresses = addresses.iter().map(|text| (*text).to_owned()).collect();
        let settings = Settings { addresses, ..settings(url) };
        assert!(!format!("{settings:?}").contains(SECRET));
        HttpPanel::new(&settings, Arc::clone(&clock))
    };
    for (url, addresses) in [
        ("http://panel.example/verify", &[][..]),
        ("https://10.0.0.1/verify", &[]),
        ("https://wang:geheim@panel.example/", &[]),
        ("panel.example", &[]),
        ("http://10.0.0.1/verify", &["10.1.0.0/16"]),
    ] {
        let told = with(url, addresses).unwrap_err();
        assert!(matches!(told, BadPanel::Url(_)) && !told.to_string().contains("geheim"), "{url}: {told}");
    }
    let told = with("https://panel.example/", &["10.0.0.0/8", "panel.example"]).unwrap_err();
    assert!(told.to_string().contains("`panel.example`"), "{told}");
    let shown = with("https://panel.example/verify?token=geheim", &[]).unwrap();
    assert_eq!(format!("{shown:?}"), "HttpPanel(https://panel.example)");
    assert!(with("http://10.1.0.1/verify", &["10.1.0.0/16"]).is_ok());
}
