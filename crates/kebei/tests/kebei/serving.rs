//! `kebei serve`: starting, stopping, what it is told and what it tells.

use crate::{
    desk::on,
    kebei, said,
    served::{Served, answer, call, get},
};
use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
};
use tempfile::TempDir;

fn set_up() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(on(folder.path(), &["init"]).status, 0);
    folder
}

fn serve(folder: &Path, more: &[&str]) -> Served {
    Served::by(Served::desk(folder, more), "is served at")
}

#[test]
fn a_desk_is_served_until_it_is_told_to_stop() {
    let folder = set_up();
    let served = serve(folder.path(), &["--log-format", "json"]);
    let ready = served.get("/readyz");
    assert_eq!(
        (ready.status, ready.body.as_str()),
        (200, r#"{"ready":true,"missing":[],"message":"服务运行正常。"}"#)
    );
    assert_eq!(served.get("/healthz").status, 200);
    let asked = served.get("/api/v1/codes");
    assert_eq!(asked.status, 401);
    assert!(
        asked.head.to_ascii_lowercase().contains("ratelimit-policy: \"minute\";q=600;w=60"),
        "{}",
        asked.head
    );
    served.signal("TERM");
    let (status, log) = served.ended();
    assert_eq!(status.code(), Some(0), "{log:#?}");
    let events = ["serve.listening", "web.request", "serve.stopping", "serve.stopped"];
    assert!(
        events.iter().all(|event| log.iter().any(|line| line.contains(&format!("\"event\":\"{event}\"")))),
        "{log:#?}"
    );
    assert!(log.iter().any(|line| line.contains("\"route\":\"/api/v1/codes\"")), "{log:#?}");
}

/// A request that runs: of a customer, with all of its body but the last byte, which is given back.
fn half_a_request(folder: &Path, more: &[&str]) -> (Served, TcpStream, &'static [u8]) {
    on(folder, &["user", "account", "acc-7"]);
    on(folder, &["user", "add", "li", "--role", "customer", "--account", "acc-7"]);
    let made = on(folder, &["user", "key", "add", "li", "--label", "story"]).out;
    let key = made.split_whitespace().find(|word| word.starts_with("kbk_")).unwrap();
    let served = serve(folder, more);
    let body: &[u8] = br#"{"instance":"i-7"}"#;
    let mut running = TcpStream::connect(&served.address).unwrap();
    let head = format!(
        "POST /api/v1/codes/check HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    running.write_all(head.as_bytes()).unwrap();
    // The desk asks for the body when it has come to that: now the request runs.
    let mut asked = [0; 25];
    running.read_exact(&mut asked).unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    let (most, last) = body.split_at(body.len() - 1);
    running.write_all(most).unwrap();
    (served, running, last)
}

#[test]
fn what_runs_is_finished_and_nothing_more_is_accepted_when_it_is_told_to_stop() {
    let folder = set_up();
    let (served, mut running, last) = half_a_request(folder.path(), &[]);
    served.signal("TERM");
    served.logged("serve.stopping");
    while TcpStream::connect(&served.address).is_ok() {
        std::thread::yield_now();
    }
    running.write_all(last).unwrap();
    let answered = answer(running);
    assert!(answered.status == 404 && answered.body.contains("i-7"), "{answered:?}");
    assert_eq!(served.ended().0.code(), Some(0));
}

#[test]
fn staff_is_asked_for_a_second_factor_unless_it_is_turned_off() {
    let folder = set_up();
    for (name, more, must) in [("wang", &[][..], true), ("li", &["--second-factor", "off"], false)] {
        let added = on(folder.path(), &["user", "add", name, "--role", "operator"]);
        let (_, rest) = added.out.split_once("One-time password: ").unwrap();
        let password = rest.split_whitespace().next().unwrap();
        let served = serve(folder.path(), more);
        let body = format!(r#"{{"name":"{name}","password":"{password}"}}"#);
        let more = format!(
            "Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let answer = call(&served.address, "POST", "/api/v1/sessions", &more);
        let says = format!("\"must_set_up_second_factor\":{must}");
        assert!(answer.status == 201 && answer.body.contains(&says), "{answer:?}");
        served.signal("TERM");
        served.ended();
    }
}

#[test]
fn the_second_signal_ends_it_at_once() {
    let folder = set_up();
    let (served, _running, _) = half_a_request(folder.path(), &["--drain-seconds", "3600"]);
    served.signal("INT");
    served.logged("serve.stopping");
    served.signal("TERM");
    let (status, log) = served.ended();
    assert_eq!(status.code(), Some(130), "{log:#?}");
}

#[test]
fn what_takes_too_long_is_cut_and_it_ends_all_the_same() {
    let folder = set_up();
    let (served, _running, _) = half_a_request(folder.path(), &["--drain-seconds", "0"]);
    served.signal("TERM");
    let (status, log) = served.ended();
    assert_eq!(status.code(), Some(0));
    assert!(log.iter().any(|line| line.contains("serve.cut")), "{log:#?}");
}

#[test]
fn the_second_process_on_a_file_says_so_and_one_that_was_killed_starts_again() {
    let folder = set_up();
    let first = serve(folder.path(), &[]);
    let second = said(Served::desk(folder.path(), &[]).output().unwrap());
    assert_eq!(second.status, 2);
    assert!(second.err.contains("in use by another process"), "{second:?}");
    first.signal("KILL");
    first.ended();
    assert_eq!(serve(folder.path(), &[]).get("/readyz").status, 200);
}

#[test]
fn an_address_that_is_taken_is_told_with_the_setting_that_changes_it() {
    let folder = set_up();
    let first = serve(folder.path(), &[]);
    let other = set_up();
    let taken = said(
        kebei(&["serve", "--lang", "en", "--listen", &first.address, "--data"])
            .arg(other.path().join("desk"))
            .output()
            .unwrap(),
    );
    assert_eq!(taken.status, 2);
    assert!(
        taken.err.contains(&format!("cannot serve on {}", first.address))
            && taken.err.contains("with listen"),
        "{taken:?}"
    );
}

#[test]
fn settings_come_from_the_file_the_environment_and_the_call_in_rising_order() {
    let folder = set_up();
    let file = folder.path().join("desk/kebei.toml");
    fs::write(&file, "requests_per_minute = 7\nlog_format = \"json\"\nlog_level = \"error\"\n").unwrap();
    let policy = |served: &Served| {
        let head = served.get("/api/v1/codes").head.to_ascii_lowercase();
        head.lines().find(|line| line.starts_with("ratelimit-policy")).map(str::to_owned)
    };
    let q = |most: u32| Some(format!("ratelimit-policy: \"minute\";q={most};w=60"));
    assert_eq!(policy(&serve(folder.path(), &[])), q(7));
    let mut by_variable = Served::desk(folder.path(), &[]);
    by_variable.env("KEBEI_REQUESTS_PER_MINUTE", "8");
    assert_eq!(policy(&Served::by(by_variable, "is served at")), q(8));
    let mut by_option = Served::desk(folder.path(), &["--requests-per-minute", "9"]);
    by_option.env("KEBEI_REQUESTS_PER_MINUTE", "8");
    assert_eq!(policy(&Served::by(by_option, "is served at")), q(9));
    assert_eq!(policy(&serve(folder.path(), &["--requests-per-minute", "0"])), None);
    let doctor = on(folder.path(), &["doctor"]);
    let from = format!("7  ({}:1:23)", file.display());
    assert!(doctor.status == 0 && doctor.out.contains(&from), "{doctor:?}");
}

#[test]
fn every_fault_of_a_file_is_told_at_once_by_serve_and_doctor_and_any_command() {
    let folder = set_up();
    let file = folder.path().join("desk/kebei.toml");
    fs::write(
        &file,
        "litsen = \"127.0.0.1:0\"\ndrain_seconds = \"x\"\ntrusted_proxies = [\"10/8\", \"::x\"]\n",
    )
    .unwrap();
    let at = |line: &str| format!("{}:{line}", file.display());
    let served = said(Served::desk(folder.path(), &[]).output().unwrap());
    let doctor = on(folder.path(), &["doctor"]);
    let listed = on(folder.path(), &["keys", "list"]);
    assert_eq!((served.status, doctor.status, listed.status), (2, 1, 2));
    for text in [&served.err, &doctor.out, &listed.err] {
        for words in [
            at("1:1: there is no setting litsen; did you mean listen?"),
            at("2:17: drain_seconds"),
            at("3:19: trusted_proxies"),
            "10/8".to_owned(),
            "::x".to_owned(),
        ] {
            assert!(text.contains(&words), "{words}: {text}");
        }
    }
}

#[test]
fn too_many_requests_are_told_when_to_come_again_and_health_is_still_answered() {
    let folder = set_up();
    let served = serve(folder.path(), &["--requests-per-minute", "2"]);
    let statuses: Vec<u16> = (0..4).map(|_| served.get("/api/v1/codes").status).collect();
    assert_eq!(statuses, [401, 401, 429, 429]);
    let many = served.get("/api/docs");
    assert!(many.status == 429 && many.head.to_ascii_lowercase().contains("retry-after: "), "{many:?}");
    assert_eq!(served.get("/readyz").status, 200);
}

#[test]
fn a_desk_whose_checkpoint_outside_is_gone_is_served_for_reading_only() {
    let folder = set_up();
    assert_eq!(on(folder.path(), &["ledger", "seal"]).status, 0);
    let file = folder.path().join("desk/ledger.checkpoint");
    fs::remove_file(&file).unwrap();
    let served = serve(folder.path(), &["--log-format", "json"]);
    for (lang, words) in [("zh", "库外检查点缺失"), ("en", "checkpoint outside the database is missing")]
    {
        let head = format!("Accept-Language: {lang}\r\n");
        let ready = call(&served.address, "GET", "/readyz", &head);
        assert!(ready.status == 503 && ready.body.contains(words), "{ready:?}");
        assert!(
            ready.body.contains("kebei ledger accept") && ready.body.contains("[\"writable\"]"),
            "{ready:?}"
        );
    }
    served.signal("TERM");
    let (_, log) = served.ended();
    assert!(log.iter().any(|line| line.contains("\"event\":\"desk.read_only\"")), "{log:#?}");
    assert!(!file.exists(), "a new one would hide what was rewritten");
}

#[test]
fn a_made_up_method_comes_into_no_log_and_no_metric() {
    let folder = set_up();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let served = serve(folder.path(), &["--log-format", "json", "--metrics-listen", &free]);
    assert_eq!(call(&served.address, "BREW-K4FFEE", "/healthz", "").status, 405);
    let page = get(&free, "/metrics").body;
    let counted = "kebei_http_requests_total{route=\"/healthz\",method=\"other\",status=\"405\"} 1";
    assert!(page.contains(counted) && !page.contains("K4FFEE"), "{page}");
    served.signal("TERM");
    let (_, log) = served.ended();
    assert!(log.iter().any(|line| line.contains("\"method\":\"other\"")), "{log:#?}");
    assert!(!log.iter().any(|line| line.contains("K4FFEE")), "{log:#?}");
}

#[test]
fn metrics_are_served_on_a_listener_of_their_own() {
    let folder = set_up();
    // A port that was free a moment ago; the desk itself tells when it no longer is.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let served = serve(folder.path(), &["--metrics-listen", &free]);
    assert_eq!(served.get("/metrics").status, 404);
    served.get("/healthz");
    let page = get(&free, "/metrics");
    assert_eq!(page.status, 200);
    for line in [
        "kebei_http_requests_total{route=\"/healthz\",method=\"GET\",status=\"200\"} 1",
        "kebei_http_request_seconds_bucket{route=\"/healthz\",le=\"30\"} 1",
        "kebei_build_info{version=\"",
        "kebei_store_retries_total 0",
        "kebei_database_up 1",
        "kebei_read_only 0",
        "# HELP kebei_ledger_waiting ",
    ] {
        assert!(page.body.contains(line), "{line}\n{}", page.body);
    }
}

#[test]
fn an_address_that_has_all_its_connections_is_refused_and_counted_but_no_trusted_proxy() {
    let folder = set_up();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let one = ["--most-connections-per-address", "1", "--metrics-listen", &free];
    let served = serve(folder.path(), &one);
    let mut held = TcpStream::connect(&served.address).unwrap();
    held.write_all(b"GET /healthz HTTP/1.1\r\nHost: desk\r\n\r\n").unwrap();
    held.read_exact(&mut [0; 15]).unwrap();
    let mut refused = TcpStream::connect(&served.address).unwrap();
    // The end of the connection, however it is told.
    assert_eq!(refused.read(&mut [0; 1]).unwrap_or(0), 0);
    let page = get(&free, "/metrics").body;
    assert!(page.contains("kebei_connections_refused_total 1\n"), "{page}");
    drop(served);
    let trusted = serve(folder.path(), &[&one[..], &["--trusted-proxies", "127.0.0.0/8"]].concat());
    let _held = [0; 2].map(|_| {
        let mut held = TcpStream::connect(&trusted.address).unwrap();
        held.write_all(b"GET /healthz HTTP/1.1\r\nHost: desk\r\n\r\n").unwrap();
        held.read_exact(&mut [0; 15]).unwrap();
        held
    });
}
