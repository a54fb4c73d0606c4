//! Who calls the compatible RPC interfaces how often, and where they are served.

use crate::{
    Given,
    rpc::{Key, MAIN, Older, joined},
};
use app::access::Right;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use jiff::SignedDuration;
use metrics::{Counter, CounterFn, Gauge, Histogram, KeyName, Metadata, Recorder, SharedString, Unit};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    net::IpAddr,
    num::NonZero,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};
use testbed::Engine;
use tower::ServiceExt;
use web::{Peer, Settings, Site, rpc_service, service};

const PARTNER: &str = "203.0.113.1";
const PARTNERS_OTHER: &str = "203.0.113.2";
const STRANGER: &str = "198.51.100.1";

/// The code of an answer, and after how many seconds to ask again, as far as it says so.
type Told = (String, Option<u64>);

async fn called(service: &Router, from: &str, call: &BTreeMap<String, String>) -> Told {
    let mut request = Request::get(format!("/?{}", joined(call))).body(Body::empty()).unwrap();
    request.extensions_mut().insert(Peer(from.parse::<IpAddr>().unwrap()));
    let response = service.clone().oneshot(request).await.unwrap();
    let again = response.headers().get("retry-after").map(|again| again.to_str().unwrap().parse().unwrap());
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let said: Value = serde_json::from_slice(&body).unwrap();
    (said["Code"].as_str().unwrap_or("200").to_owned(), again)
}

/// A desk that answers three calls a minute.
fn three_a_minute(given: &Given) -> Router {
    let settings = Settings { requests_per_minute: NonZero::new(3), ..Settings::default() };
    service(Site::new(given.desk.clone(), settings))
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_knows_the_id_of_a_key_uses_up_nothing_of_what_its_holder_may_ask() {
    let given = Given::on(Engine::Sqlite).await;
    let service = three_a_minute(&given);
    let key = given.signing("slb", &[Right::AskGate]).await;
    let wrong = Key { secret: "guessed".to_owned(), ..key.clone() };
    let call = |by: &Key| Older::of(&given, &key, &MAIN).signed(by);
    let good = || ("200".to_owned(), None);
    let heard = call(&key);
    assert_eq!(called(&service, PARTNER, &heard).await, good());
    // The key has been good; now somebody guesses, and sends again what he has heard.
    for expected in ["SignatureDoesNotMatch", "SignatureDoesNotMatch"] {
        assert_eq!(called(&service, STRANGER, &call(&wrong)).await.0, expected);
    }
    assert_eq!(called(&service, STRANGER, &heard).await.0, "SignatureNonceUsed");
    assert_eq!(called(&service, STRANGER, &call(&wrong)).await, ("Throttling".to_owned(), Some(60)));
    assert_eq!(called(&service, STRANGER, &heard).await.0, "Throttling");
    // Its holder has as much as before, from all his addresses together.
    given.clock.pass(SignedDuration::from_secs(5));
    assert_eq!(called(&service, PARTNER, &call(&key)).await, good());
    assert_eq!(called(&service, PARTNERS_OTHER, &call(&key)).await, good());
    for from in [PARTNER, PARTNERS_OTHER] {
        assert_eq!(called(&service, from, &call(&key)).await, ("Throttling".to_owned(), Some(55)), "{from}");
    }
    // Another key at the same address has a minute of its own.
    let other = given.signing("cdn", &[Right::AskGate]).await;
    let others = || Older::of(&given, &other, &MAIN).signed(&other);
    for _ in 0..3 {
        assert_eq!(called(&service, PARTNER, &others()).await, good());
    }
    assert_eq!(called(&service, PARTNER, &others()).await.0, "Throttling");
    given.clock.pass(SignedDuration::from_secs(60));
    assert_eq!(called(&service, PARTNER, &call(&key)).await, good());
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_are_none_are_counted_by_the_address_from_which_they_are_tried() {
    let given = Given::on(Engine::Sqlite).await;
    let service = three_a_minute(&given);
    let key = given.signing("slb", &[Right::AskGate]).await;
    let mut all = Vec::new();
    for nth in 0..4 {
        let invented = Key { id: format!("kbi_none{nth}"), ..key.clone() };
        let call = Older::of(&given, &invented, &MAIN).signed(&invented);
        all.push(called(&service, STRANGER, &call).await.0);
    }
    let none = "InvalidAccessKeyId.NotFound";
    assert_eq!(all, [none, none, none, "Throttling"]);
    let call = Older::of(&given, &key, &MAIN).signed(&key);
    assert_eq!(called(&service, PARTNER, &call).await.0, "200");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_listener_of_its_own_answers_calls_and_has_nothing_else() {
    let given = Given::on(Engine::Sqlite).await;
    let key = given.signing("slb", &[Right::AskGate]).await;
    let service = rpc_service(Site::new(given.desk.clone(), Settings::default()));
    let call = joined(&Older::of(&given, &key, &MAIN).signed(&key));
    for path in ["/api/v1/codes", "/gate/v1/domains/a.cn", "/healthz", "/index", "//"] {
        let request = Request::get(format!("{path}?{call}")).body(Body::empty()).unwrap();
        let response = service.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 404, "{path}");
    }
    // The call was none there: its nonce is good still.
    let request = Request::get(format!("/?{call}")).body(Body::empty()).unwrap();
    let response = service.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.headers().contains_key("x-request-id"));
    for request in [Request::get("/"), Request::post("/"), Request::get("/?Format=JSON")] {
        let response = service.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), 400, "who calls without anything is told what is missing");
    }
}

/// Counters by their names and labels; nothing else is kept.
#[derive(Clone, Default)]
struct Counted(Arc<Mutex<BTreeMap<String, Arc<AtomicU64>>>>);

impl Counted {
    fn of(&self, labels: &str) -> u64 {
        self.0.lock().unwrap().get(labels).map_or(0, |count| count.load(Ordering::SeqCst))
    }
}

struct Count(Arc<AtomicU64>);

impl CounterFn for Count {
    fn increment(&self, value: u64) {
        self.0.fetch_add(value, Ordering::SeqCst);
    }

    fn absolute(&self, value: u64) {
        self.0.store(value, Ordering::SeqCst);
    }
}

impl Recorder for Counted {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &metrics::Key, _: &Metadata<'_>) -> Counter {
        let labels: Vec<_> = key.labels().map(metrics::Label::value).collect();
        let name = format!("{} {}", key.name(), labels.join(" "));
        let count = Arc::clone(self.0.lock().unwrap().entry(name).or_default());
        Counter::from_arc(Arc::new(Count(count)))
    }

    fn register_gauge(&self, _: &metrics::Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _: &metrics::Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

#[tokio::test]
async fn answers_are_counted_by_action_and_code_and_what_the_gate_said_by_why() {
    let counted = Counted::default();
    // For this thread alone, on which all of this story runs.
    let _until_its_end = metrics::set_default_local_recorder(&counted);
    let given = Given::on(Engine::Sqlite).await;
    let key = given.signing("slb", &[Right::AskGate]).await;
    let asked = async |pairs: &[(&str, &str)]| {
        called(&given.service, PARTNER, &Older::of(&given, &key, pairs).signed(&key)).await.0
    };
    let domain = [("Action", "QueryAccessorDomain"), ("Caller", "slb"), ("Domain", "a.cn")];
    let many = [
        ("Action", "QueryAccessorDomainsStatus"),
        ("Caller", "slb"),
        ("Domains.1", "b.cn"),
        ("Domains.2", "com"),
    ];
    assert_eq!((asked(&domain).await, asked(&many).await), ("200".to_owned(), "200".to_owned()));
    assert_eq!(asked(&[("Action", "DropEverything")]).await, "InvalidAction.NotFound");
    assert_eq!(asked(&[("Action", "DropMore")]).await, "InvalidAction.NotFound");
    assert_eq!(asked(&[("Action", "ListUnbeianIpCheckType")]).await, "UnsupportedOperation");
    for (labels, times) in [
        ("kebei_rpc_answers_total QueryAccessorDomain OK", 1),
        ("kebei_rpc_answers_total QueryAccessorDomainsStatus OK", 1),
        ("kebei_rpc_answers_total other InvalidAction.NotFound", 2),
        ("kebei_rpc_answers_total ListUnbeianIpCheckType UnsupportedOperation", 1),
        ("kebei_gate_answers_total not-filed", 2),
        ("kebei_gate_answers_total no-domain", 1),
    ] {
        assert_eq!(counted.of(labels), times, "{labels}: {:?}", counted.0.lock().unwrap().keys());
    }
}
