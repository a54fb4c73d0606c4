//! The compatible RPC interfaces, with calls that are signed here: what is refused, in which order, and what nobody can send twice. What the
//! published libraries make of the answers is tried by `rpc_clients`.

use crate::{Given, given::server};
use app::{
    Actor, Operator, Workers,
    access::{AddUser, KeysOf, MakeKey, Right, Role},
    gate::Follower,
    ledger::Sequencer,
};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};
use testbed::{ENGINES, Engine};
use tokio::net::TcpListener;
use tower::ServiceExt;

/// A key with which calls are signed.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
}

impl Given {
    /// A system of the provider with a signing key for those rights.
    pub(crate) async fn signing(&self, name: &str, scopes: &[Right]) -> Key {
        let by = Actor::Staff(Operator::parse("wei").unwrap());
        let add = AddUser {
            by: by.clone(),
            name: name.to_owned(),
            system: true,
            roles: vec![Role::Operator],
            account: None,
            email: None,
        };
        self.desk.add_user(add, None).await.unwrap();
        let of = KeysOf::User { by, name: name.to_owned() };
        let scopes: BTreeSet<_> = scopes.iter().copied().collect();
        let asked = MakeKey { of, label: "rpc".to_owned(), scopes: Some(scopes), expires_at: None };
        let made = self.desk.make_signing_key(asked, None).await.unwrap().answer;
        Key { id: made.public_id.unwrap(), secret: made.secret.unwrap().reveal().to_owned() }
    }
}

fn percent(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(byte);
    text.bytes()
        .map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

pub(crate) fn joined(pairs: &BTreeMap<String, String>) -> String {
    let pairs: Vec<_> =
        pairs.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
    pairs.join("&")
}

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

static NONCES: AtomicU32 = AtomicU32::new(0);

fn fresh() -> String {
    format!("nonce-{}", NONCES.fetch_add(1, Ordering::Relaxed))
}

/// A call that is signed by parameters.
pub(crate) struct Older {
    pairs: BTreeMap<String, String>,
}

impl Older {
    pub(crate) fn of(given: &Given, key: &Key, pairs: &[(&str, &str)]) -> Self {
        let usual = [
            ("AccessKeyId", key.id.clone()),
            ("Format", "JSON".to_owned()),
            ("SignatureMethod", "HMAC-SHA1".to_owned()),
            ("SignatureVersion", "1.0".to_owned()),
            ("SignatureNonce", fresh()),
            ("Timestamp", stamp(given.desk.now())),
            ("Version", "2016-08-10".to_owned()),
        ];
        let mut all: BTreeMap<_, _> = usual.map(|(name, value)| (name.to_owned(), value)).into();
        all.extend(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        Self { pairs: all }
    }

    pub(crate) fn signed(mut self, key: &Key) -> BTreeMap<String, String> {
        let text = format!("GET&%2F&{}", percent(&joined(&self.pairs)));
        let mac = Hmac::<Sha1>::new_from_slice(format!("{}&", key.secret).as_bytes()).unwrap();
        let signature = STANDARD.encode(mac.chain_update(text).finalize().into_bytes());
        self.pairs.insert("Signature".to_owned(), signature);
        self.pairs
    }
}

/// The status of an answer, and what it says.
pub(crate) type Said = (StatusCode, Value);

pub(crate) async fn answered(given: &Given, request: Request<Body>) -> Said {
    let response = given.service.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    (parts.status, serde_json::from_slice(&body).unwrap_or_else(|_| panic!("{body:?}")))
}

pub(crate) async fn got(given: &Given, pairs: &BTreeMap<String, String>) -> Said {
    answered(given, Request::get(format!("/?{}", joined(pairs))).body(Body::empty()).unwrap()).await
}

/// What an answer has as its code; 200 where it is good.
pub(crate) fn code((status, said): &Said) -> String {
    match &said["Code"] {
        Value::String(code) => code.clone(),
        Value::Number(number) => number.to_string(),
        _ => status.as_u16().to_string(),
    }
}

pub(crate) const MAIN: [(&str, &str); 2] = [("Action", "GetMainDomain"), ("Domain", "www.a.cn")];

#[tokio::test(flavor = "multi_thread")]
async fn a_call_counts_once_whoever_sends_it_again_and_however_it_is_signed() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let key = given.signing("slb", &[Right::AskGate]).await;
        let call = Older::of(&given, &key, &MAIN).signed(&key);
        let first = got(&given, &call).await;
        assert_eq!((code(&first), &first.1["Data"]), ("200".to_owned(), &Value::from("a.cn")), "{engine:?}");
        assert_eq!(code(&got(&given, &call).await), "SignatureNonceUsed", "{engine:?}");
        let nonce = call["SignatureNonce"].clone();
        let again = [MAIN.as_slice(), &[("SignatureNonce", &nonce)]].concat();
        let anew = Older::of(&given, &key, &again).signed(&key);
        assert_eq!(code(&got(&given, &anew).await), "SignatureNonceUsed", "{engine:?}: signed anew");
        let other = given.signing("cdn", &[Right::AskGate]).await;
        let others = Older::of(&given, &other, &again).signed(&other);
        assert_eq!(code(&got(&given, &others).await), "200", "{engine:?}: it is one key's");
        // Two at once: one of them is answered.
        let call = Older::of(&given, &key, &MAIN).signed(&key);
        let both = tokio::join!(got(&given, &call), got(&given, &call));
        let mut codes = [code(&both.0), code(&both.1)];
        codes.sort();
        assert_eq!(codes, ["200", "SignatureNonceUsed"], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nonces_are_kept_for_longer_than_any_call_is_good() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let key = given.signing("slb", &[Right::AskGate]).await;
        let count = async || given.desk.forget_nonces(given.desk.now()).await.unwrap();
        let ahead = stamp(given.desk.now() + SignedDuration::from_mins(15));
        let pairs = [MAIN.as_slice(), &[("Timestamp", &ahead)]].concat();
        let call = Older::of(&given, &key, &pairs).signed(&key);
        assert_eq!(code(&got(&given, &call).await), "200", "{engine:?}");
        given.clock.pass(SignedDuration::from_secs(30 * 60 - 1));
        assert_eq!(count().await, 0, "{engine:?}");
        assert_eq!(
            code(&got(&given, &call).await),
            "SignatureNonceUsed",
            "{engine:?}: its time is good still"
        );
        given.clock.pass(SignedDuration::from_secs(2));
        assert_eq!(code(&got(&given, &call).await), "InvalidTimeStamp.Expired", "{engine:?}");
        assert_eq!(count().await, 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_in_order_key_time_signature_nonce_and_only_then_what_is_asked() {
    let given = Given::on(Engine::Sqlite).await;
    let key = given.signing("slb", &[Right::AskGate]).await;
    let nobody = Key { id: "kbi_none".to_owned(), ..key.clone() };
    let wrong = Key { secret: "another".to_owned(), ..key.clone() };
    let late = stamp(given.desk.now() - SignedDuration::from_secs(15 * 60 + 1));
    let used = Older::of(&given, &key, &MAIN).signed(&key);
    assert_eq!(code(&got(&given, &used).await), "200");
    let nonce = used["SignatureNonce"].clone();
    let all_wrong = [("Action", "None"), ("Timestamp", &*late), ("SignatureNonce", &*nonce)];
    let said = async |key: &Key, by: &Key, pairs: &[(&str, &str)]| {
        code(&got(&given, &Older::of(&given, key, pairs).signed(by)).await)
    };
    assert_eq!(said(&nobody, &wrong, &all_wrong).await, "InvalidAccessKeyId.NotFound");
    assert_eq!(said(&key, &wrong, &all_wrong).await, "InvalidTimeStamp.Expired");
    assert_eq!(
        said(&key, &wrong, &[("Action", "None"), ("SignatureNonce", &nonce)]).await,
        "SignatureDoesNotMatch"
    );
    assert_eq!(
        said(&key, &key, &[("Action", "None"), ("SignatureNonce", &nonce)]).await,
        "SignatureNonceUsed"
    );
    assert_eq!(said(&key, &key, &[("Action", "None")]).await, "InvalidAction.NotFound");
    // Exactly a quarter of an hour is good, either way.
    for apart in [-900, 900] {
        let at = stamp(given.desk.now() + SignedDuration::from_secs(apart));
        assert_eq!(said(&key, &key, &[MAIN[0], MAIN[1], ("Timestamp", &at)]).await, "200", "{apart}");
    }
    let ahead = stamp(given.desk.now() + SignedDuration::from_secs(901));
    assert_eq!(
        said(&key, &key, &[MAIN[0], MAIN[1], ("Timestamp", &ahead)]).await,
        "InvalidTimeStamp.Expired"
    );
    let by_scope =
        [("Action", "ManageAccessorIp"), ("Caller", "slb"), ("Ip", "10.0.0.1"), ("Operation", "add")];
    assert_eq!(said(&key, &key, &by_scope).await, "Forbidden");
    assert_eq!(
        said(&key, &key, &[("Action", "GetBsnBySn"), ("Version", "2015-05-12"), ("sn", "x")]).await,
        "Forbidden"
    );
    assert_eq!(said(&key, &key, &[("Action", "GetMainDomain"), ("Version", "1")]).await, "InvalidVersion");
    // A bearer key is no signing key.
    let bearer = Key { id: given.key(Role::Operator).to_owned(), secret: String::new() };
    assert_eq!(said(&bearer, &bearer, &MAIN).await, "InvalidAccessKeyId.NotFound");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parameter_that_stands_twice_is_refused_wherever_it_stands() {
    let given = Given::on(Engine::Sqlite).await;
    let key = given.signing("slb", &[Right::AskGate]).await;
    let call = joined(&Older::of(&given, &key, &MAIN).signed(&key));
    let form = "application/x-www-form-urlencoded";
    for (uri, kind, body, expected) in [
        (format!("/?{call}&Domain=b.cn"), form, "", "InvalidParameter.Repeated"),
        (format!("/?{call}&Signature=x"), form, "", "InvalidParameter.Repeated"),
        (format!("/?{call}"), form, "Domain=b.cn", "InvalidParameter.Repeated"),
        (format!("/?{call}"), "application/json", "{}", "UnsupportedHTTPBody"),
        (format!("/?{call}"), form, "More=1", "SignatureDoesNotMatch"),
    ] {
        let request = Request::post(uri).header("content-type", kind).body(Body::from(body)).unwrap();
        assert_eq!(code(&answered(&given, request).await), expected, "{body}");
    }
    let large = Request::post(format!("/?{call}")).header("content-type", form);
    let large = large.body(Body::from("a".repeat(300 << 10))).unwrap();
    assert_eq!(code(&answered(&given, large).await), "RequestTooLarge");
    let no_key =
        Request::get("/?Action=GetMainDomain&Version=2016-08-10&Format=JSON").body(Body::empty()).unwrap();
    assert_eq!(code(&answered(&given, no_key).await), "MissingParameter");
}

/// A call that is signed by headers: the request, with a header in the place of one that is signed where that is given.
fn newer(given: &Given, key: &Key, query: &str, body: &str, leaves_out: Option<&str>) -> Request<Body> {
    let hash = app::hex(&Sha256::digest(body));
    let headers: BTreeMap<&str, String> = [
        ("host", "kebei.example".to_owned()),
        ("x-acs-action", "GetMainDomain".to_owned()),
        ("x-acs-content-sha256", hash.clone()),
        ("x-acs-date", stamp(given.desk.now())),
        ("x-acs-signature-nonce", fresh()),
        ("x-acs-version", "2016-08-10".to_owned()),
    ]
    .into();
    let signed: BTreeMap<_, _> = headers.iter().filter(|(name, _)| Some(**name) != leaves_out).collect();
    let lines: Vec<_> = signed.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let lines = lines.concat();
    let names = signed.keys().map(|name| **name).collect::<Vec<_>>().join(";");
    let canonical = format!("POST\n/\n{query}\n{lines}\n{names}\n{hash}");
    let text = format!("ACS3-HMAC-SHA256\n{}", app::hex(&Sha256::digest(canonical)));
    let mac = Hmac::<Sha256>::new_from_slice(key.secret.as_bytes()).unwrap();
    let signature = app::hex(&mac.chain_update(text).finalize().into_bytes());
    let authorization =
        format!("ACS3-HMAC-SHA256 Credential={},SignedHeaders={names},Signature={signature}", key.id);
    let mut request = Request::post(format!("/?{query}")).header("authorization", authorization);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    if !body.is_empty() {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

fn set(mut request: Request<Body>, name: &'static str, value: &str) -> Request<Body> {
    request.headers_mut().insert(name, value.parse().unwrap());
    request
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newer_signature_covers_headers_query_and_body() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let key = given.signing("slb", &[Right::AskGate]).await;
        let fine = || newer(&given, &key, "Domain=www.a.cn", "", None);
        assert_eq!(code(&answered(&given, fine()).await), "200", "{engine:?}");
        let by_form = newer(&given, &key, "", "Domain=www.a.cn", None);
        assert_eq!(code(&answered(&given, by_form).await), "200", "{engine:?}");
        let mut headers = HeaderMap::new();
        headers.insert("x-acs-more", "1".parse().unwrap());
        let mut other_query = fine();
        *other_query.uri_mut() = "/?Domain=www.b.cn".parse().unwrap();
        let mut other_body = newer(&given, &key, "", "Domain=www.a.cn", None);
        *other_body.body_mut() = Body::from("Domain=www.b.cn");
        let mut unsigned = fine();
        unsigned.headers_mut().extend(headers);
        let cases = [
            (other_query, "SignatureDoesNotMatch"),
            (other_body, "SignatureDoesNotMatch"),
            (unsigned, "IncompleteSignature"),
            (newer(&given, &key, "Domain=a.cn", "", Some("x-acs-signature-nonce")), "IncompleteSignature"),
            (newer(&given, &key, "Domain=a.cn", "", Some("host")), "IncompleteSignature"),
            (set(fine(), "x-acs-signature-nonce", "another"), "SignatureDoesNotMatch"),
            (set(fine(), "x-acs-action", "QueryAccessorDomain"), "SignatureDoesNotMatch"),
            (set(fine(), "x-acs-date", "2020-10-01T00:00:00Z"), "InvalidTimeStamp.Expired"),
            (set(fine(), "authorization", "ACS3-HMAC-SHA256 Signature=00"), "InvalidParameter"),
            (
                set(fine(), "authorization", &format!("ACS3-HMAC-SHA256 Credential={}", key.id)),
                "InvalidParameter",
            ),
            (set(fine(), "x-acs-date", "yesterday"), "InvalidParameter"),
        ];
        for (request, expected) in cases {
            assert_eq!(code(&answered(&given, request).await), expected, "{engine:?}");
        }
    }
}

/// A change to a request that was right.
type Tampering<'t> = &'t dyn Fn(Request<Body>) -> Request<Body>;

#[tokio::test(flavor = "multi_thread")]
async fn also_of_the_newer_signature_key_and_time_are_looked_at_before_anything_that_is_signed() {
    let given = Given::on(Engine::Sqlite).await;
    let key = given.signing("slb", &[Right::AskGate]).await;
    let nobody = Key { id: "kbi_none".to_owned(), ..key.clone() };
    let spoilt = |key: &Key, spoil: &dyn Fn(Request<Body>) -> Request<Body>, time: &str| {
        let request = spoil(newer(&given, key, "Domain=a.cn", "", None));
        if time.is_empty() { request } else { set(request, "x-acs-date", time) }
    };
    let body = |request| set(request, "x-acs-content-sha256", "00");
    let unsigned = |request| set(request, "x-acs-more", "1");
    let bare = |mut request: Request<Body>| {
        request.headers_mut().remove("x-acs-signature-nonce");
        request
    };
    let no_hex = |request: Request<Body>| {
        let line = request.headers()["authorization"].to_str().unwrap().to_owned();
        let (before, _) = line.split_once("Signature=").unwrap();
        set(request, "authorization", &format!("{before}Signature=none"))
    };
    let cases: [(Tampering<'_>, &str); 4] = [
        (&body, "SignatureDoesNotMatch"),
        (&unsigned, "IncompleteSignature"),
        (&bare, "MissingParameter"),
        (&no_hex, "SignatureDoesNotMatch"),
    ];
    for (spoil, expected) in cases {
        let said = async |key: &Key, time: &str| code(&answered(&given, spoilt(key, spoil, time)).await);
        assert_eq!(said(&nobody, "2020-10-01T00:00:00Z").await, "InvalidAccessKeyId.NotFound", "{expected}");
        assert_eq!(said(&key, "2020-10-01T00:00:00Z").await, "InvalidTimeStamp.Expired", "{expected}");
        assert_eq!(said(&key, "").await, expected);
    }
    // What was signed is told where something was, and nothing is said to have been where it was not.
    let message = async |spoil| answered(&given, spoilt(&key, spoil, "")).await.1["Message"].to_string();
    assert!(message(&no_hex as &dyn Fn(_) -> _).await.contains("server string to sign is:ACS3-HMAC-SHA256"));
    assert!(!message(&body as &dyn Fn(_) -> _).await.contains("server string"));
    // Of the older one, too.
    let method =
        [MAIN.as_slice(), &[("SignatureMethod", "HMAC-MD5"), ("Timestamp", "2020-10-01T00:00:00Z")]].concat();
    let call = |key: &Key| Older::of(&given, key, &method).signed(key);
    assert_eq!(code(&got(&given, &call(&nobody)).await), "InvalidAccessKeyId.NotFound");
    assert_eq!(code(&got(&given, &call(&key)).await), "InvalidTimeStamp.Expired");
    let mut call = Older::of(&given, &key, &MAIN).signed(&key);
    call.insert("Signature".to_owned(), "no base64".to_owned());
    let told = got(&given, &call).await;
    assert_eq!(code(&told), "SignatureDoesNotMatch");
    assert!(told.1["Message"].as_str().unwrap().contains("server string to sign is:GET&"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_carry_the_number_of_the_request_and_are_read_in_both_languages_and_as_xml() {
    let given = Given::on(Engine::Sqlite).await;
    let ask = |lang: &'static str, format: &str| {
        let uri = format!("/?Action=X&Version=2016-08-10&Format={format}");
        Request::get(uri)
            .header("accept-language", lang)
            .header("host", "kebei.example")
            .body(Body::empty())
            .unwrap()
    };
    let (_, zh) = answered(&given, ask("zh-CN", "JSON")).await;
    let (_, en) = answered(&given, ask("en", "JSON")).await;
    assert_eq!(
        (&zh["Code"], &zh["HostId"]),
        (&Value::from("MissingParameter"), &Value::from("kebei.example"))
    );
    assert_eq!(
        (&zh["Message"], &en["Message"]),
        (&Value::from("缺少参数 AccessKeyId。"), &Value::from("The parameter AccessKeyId is missing."))
    );
    let response = given.service.clone().oneshot(ask("en", "XML")).await.unwrap();
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    assert_eq!(response.headers()["content-type"], "text/xml;charset=utf-8");
    let xml = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let xml = String::from_utf8(xml.to_vec()).unwrap();
    assert!(xml.contains(&format!("<RequestId>{id}</RequestId>")), "{xml}");
    assert!(xml.contains("<Error>") && xml.contains("<Code>MissingParameter</Code>"), "{xml}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_at_the_page_at_the_same_address_finds_it() {
    let given = Given::on(Engine::Sqlite).await;
    for uri in ["/", "/?lang=en", "/?next=Action"] {
        let request = Request::get(uri).body(Body::empty()).unwrap();
        let response = given.service.clone().oneshot(request).await.unwrap();
        assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/html"), "{uri}");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the client libraries from the package index: run scripts/interop"]
async fn the_published_client_libraries_work_untouched() {
    let python = env::var_os("KEBEI_RPC_PYTHON")
        .expect("KEBEI_RPC_PYTHON names the interpreter that has the libraries");
    let given = Given::on(Engine::Sqlite).await;
    given.website().await;
    let filed = given.seen(Role::Customer, "/api/v1/codes").await.body();
    let filed = filed["items"][0]["code"].as_str().unwrap().to_owned();
    // The libraries sign with the clock of the machine.
    given.clock.pass(Timestamp::from_second(seconds()).unwrap().duration_since(given.desk.now()));
    given.customer("acc-8", 8).await;
    furnished(&given).await;
    let key = given.signing("shop", &[Right::ActForAccounts, Right::AskGate, Right::ManageGate]).await;
    let gate_key = given.signing("edge", &[Right::AskGate]).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = given.service.clone();
    let server = tokio::spawn(async move { axum::serve(listener, service).await });
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let workers = Workers::new(given.desk.clone())
        .with(Sequencer::new(given.desk.clone()))
        .with(Follower::new(given.desk.clone()));
    let workers = tokio::spawn(workers.run_until(async move { drop(stopped.await) }));
    let mut script = Command::new(python);
    script
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/interop-rpc.py"))
        .env("KEBEI_RPC_ENDPOINT", address.to_string())
        .envs([("KEBEI_RPC_KEY", &key.id), ("KEBEI_RPC_SECRET", &key.secret)])
        .envs([("KEBEI_RPC_GATE_KEY", &gate_key.id), ("KEBEI_RPC_GATE_SECRET", &gate_key.secret)])
        .env("KEBEI_RPC_FILED", filed)
        .env("KEBEI_RPC_NUMBER", crate::two_people::WEBSITE)
        .env("KEBEI_RPC_DOMAIN", given.first_domain().await);
    let done = tokio::task::spawn_blocking(move || script.output()).await.unwrap().unwrap();
    stop.send(()).unwrap();
    workers.await.unwrap();
    server.abort();
    let told = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{told}\n{}", String::from_utf8_lossy(&done.stderr));
    println!("{told}");
}

/// Seconds since 1970, by the clock of the machine.
#[expect(clippy::disallowed_methods, reason = "the libraries look at the same clock")]
fn seconds() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// Instances of the customer with which something can be tried.
async fn furnished(given: &Given) {
    let now = given.desk.now();
    let purchased = Some(now - SignedDuration::from_hours(24));
    let expires = Some(now + SignedDuration::from_hours(24 * 400));
    let fresh = |name: &str| rulebook::Facts {
        purchased_at: purchased,
        expires_at: expires,
        ..server(name, "acc-7")
    };
    for facts in [
        fresh("i-rpc"),
        rulebook::Facts { public_ips: Some(Vec::new()), ..fresh("i-without-address") },
        rulebook::Facts { billing: Some(rulebook::Billing::PayAsYouGo), ..fresh("i-hourly") },
        rulebook::Facts { region: Some("us-west-1".to_owned()), ..fresh("i-abroad") },
    ] {
        given.desk.record_instance(facts).await.unwrap();
    }
    given.gate_follows().await;
}

impl Given {
    /// The domain of the first website that was filed.
    async fn first_domain(&self) -> String {
        let number = self.number(Role::Customer, crate::two_people::WEBSITE).await.body();
        number["domains"][0]
            .as_str()
            .map_or_else(|| number["domains"][0]["domain"].as_str().unwrap().to_owned(), str::to_owned)
    }
}
