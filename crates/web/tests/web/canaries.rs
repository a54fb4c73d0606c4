//! Canaries: personal data and secrets are planted everywhere, and a whole walk over the API leaves none of them in a line of
//! the log, in an address, or in an entry of the ledger.

use crate::{
    Called, Given,
    orders::{MOBILE, NAME, card},
};
use app::access::Role;
use serde_json::{Value, json};
use std::{
    fmt::{Debug, Write as _},
    io,
    sync::{Arc, Mutex, PoisonError},
};
use testbed::ENGINES;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

/// What was written, shared between writer and reader.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn add(&self, bytes: &[u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
    }

    fn all(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Takes every line of the log, of every level and every crate.
struct Log(Written);

/// The fields of one line.
#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        write!(self.0, " {}={value}", field.name()).unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut line = Line::default();
        attributes.record(&mut line);
        self.0.add(line.0.as_bytes());
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        let mut line = Line::default();
        values.record(&mut line);
        self.0.add(line.0.as_bytes());
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::default();
        event.record(&mut line);
        line.0.push('\n');
        self.0.add(line.0.as_bytes());
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// What was planted, and where addresses were gathered.
#[derive(Default)]
struct Walk {
    canaries: Vec<String>,
    addresses: Vec<String>,
}

impl Walk {
    fn plant(&mut self, canary: &str) -> String {
        self.canaries.push(canary.to_owned());
        canary.to_owned()
    }

    /// Whatever was answered: its addresses are gathered, and what it tells once is planted.
    fn told(&mut self, called: &Called) -> Value {
        assert!(called.status.is_success(), "{called:?}");
        self.addresses.extend(called.header("link").map(str::to_owned));
        self.addresses.extend(called.header("location").map(str::to_owned));
        if called.bytes.is_empty() { Value::Null } else { called.body() }
    }

    fn gather(&mut self, value: &Value) {
        match value {
            Value::String(text) if text.starts_with('/') || text.contains("://") => {
                self.addresses.push(text.clone());
            }
            Value::Array(items) => items.iter().for_each(|item| self.gather(item)),
            Value::Object(items) => items.values().for_each(|item| self.gather(item)),
            _ => {}
        }
    }

    /// Asserts that none of the canaries stands in `text`, in the form in which it was planted or without its dashes.
    fn none_in(&self, place: &str, text: &[u8]) {
        let text = String::from_utf8_lossy(text).to_lowercase();
        for canary in &self.canaries {
            for form in [canary.to_lowercase(), canary.to_lowercase().replace('-', "")] {
                assert!(!text.contains(&form), "`{canary}` is in the {place}");
            }
        }
    }
}

async fn people(given: &Given, walk: &mut Walk) {
    let email = walk.plant("canary.email@example.cn");
    let body = json!({ "name": "li.na", "roles": ["customer"], "account": "acc-7", "email": email });
    let added = given.change(Role::Operator, "POST", "/api/v1/users", "u", body).await;
    let first = walk.told(&added)["one_time_password"].as_str().unwrap().to_owned();
    walk.plant(&first);
    let wrong = walk.plant("canary wrong password");
    walk.gather(&given.sign_in("li.na", &wrong).await.body());
    // People type their passwords, and their addresses, where the name belongs.
    walk.gather(&given.sign_in(&wrong, &email).await.body());
    let token = walk.told(&given.sign_in("li.na", &first).await)["token"].as_str().unwrap().to_owned();
    walk.plant(&token);
    let own = walk.plant("canary own password");
    let body = json!({ "old": first, "new": own });
    let set = given.call("PUT", "/api/v1/sessions/current/password").token(&token).json(&body);
    walk.told(&set.sent().await);
    let body = json!({ "label": walk.plant("canary label") });
    let made = given.post("/api/v1/keys").token(&token).key("k").json(&body).sent().await;
    let made = walk.told(&made);
    let secret = walk.plant(made["secret"].as_str().unwrap());
    walk.told(&given.get("/api/v1/sessions/current").token(&secret).sent().await);
    walk.told(&given.get("/api/v1/users?limit=2").token(given.key(Role::Operator)).sent().await);
    let reset =
        given.change(Role::Operator, "POST", "/api/v1/users/li.na/password-reset", "r", Value::Null).await;
    let again = walk.told(&reset)["one_time_password"].as_str().unwrap().to_owned();
    walk.plant(&again);
}

async fn codes(given: &Given, walk: &mut Walk) {
    let body = json!({ "instance": "i-7", "count": 3 });
    let issued = given.change(Role::Customer, "POST", "/api/v1/codes", "c", body).await;
    let issued = walk.told(&issued);
    let premade =
        given.change(Role::Operator, "POST", "/api/v1/codes/premade", "p", json!({ "count": 2 })).await;
    let premade = walk.told(&premade);
    for code in [&issued, &premade].into_iter().flat_map(|told| told["codes"].as_array().unwrap()) {
        walk.plant(code["code"].as_str().unwrap());
    }
    let body = json!({ "code": premade["codes"][0]["code"], "instance": "i-7" });
    walk.told(&given.change(Role::Customer, "POST", "/api/v1/codes/bind", "b", body).await);
    let body = json!({ "code": premade["codes"][1]["code"], "instance": "i-9" });
    let refused = given.change(Role::Customer, "POST", "/api/v1/codes/bind", "b2", body).await;
    assert_eq!(refused.status, 404);
    walk.gather(&refused.body());
    walk.told(&given.seen(Role::Customer, "/api/v1/codes?limit=1").await);
    let id = issued["codes"][0]["id"].as_str().unwrap();
    let release = format!("/api/v1/codes/{id}/release");
    let body = json!({ "reason": "wrong instance" });
    walk.told(&given.change(Role::Operator, "POST", &release, "v", body).await);
    // People put anything into addresses, and neither the log nor an answer repeats it.
    let typed = issued["codes"][1]["code"].as_str().unwrap();
    for path in
        [format!("/api/v1/codes/{typed}"), format!("/api/v1/codes?cursor={typed}"), format!("/{typed}")]
    {
        walk.gather(&given.seen(Role::Customer, &path).await.body());
    }
}

async fn orders(given: &Given, walk: &mut Walk) {
    for canary in
        [MOBILE[0], NAME, &card(31), "lin@example.com", "科技园路", "小林的摄影笔记", "example31.com"]
    {
        walk.plant(canary);
    }
    given.customer("acc-20", 20).await;
    let owner = given.user("owner", Role::Customer, Some("acc-20")).await;
    let order = given.filled(&owner, "i-20", 31).await;
    walk.gather(&given.post(&order.at("/check")).token(&owner).sent().await.body());
    walk.told(&given.submitted(&order, "s").await);
    walk.told(&given.claimed(&order).await);
    walk.told(&given.remarked(&order).await);
    walk.told(&given.seen(Role::Reviewer, &order.review("")).await);
    walk.told(&given.moved(given.key(Role::Reviewer), &order.review("/return"), None).await);
    walk.told(&given.get("/api/v1/orders?limit=1").token(&owner).sent().await);
    walk.told(&given.submitted(&order, "s2").await);
    walk.told(&given.seen(Role::Reviewer, &order.review("")).await);
    walk.told(&given.moved(&owner, &order.at("/withdraw"), None).await);
}

async fn two_people(given: &Given, walk: &mut Walk) {
    let value = walk.plant("蓝鲸工作室");
    let note = walk.plant("来函第七号");
    let body = json!({ "list": { "thing": "subject-name", "value": value, "reason": "by-authority", "note": note } });
    let made = walk.told(&given.change(Role::Reviewer, "POST", "/api/v1/proposals", "tp", body).await);
    let path = format!("/api/v1/proposals/{}", made["id"].as_str().unwrap());
    assert_eq!(walk.told(&given.seen(Role::Operator, &path).await)["value"], json!("蓝鲸工作室"));
    let agree = format!("{path}/agree");
    walk.told(&given.change(Role::Operator, "POST", &agree, "ta", json!({})).await);
    walk.told(&given.seen(Role::Operator, "/api/v1/blacklist").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_canary_is_in_the_log_in_an_address_or_in_the_ledger() {
    let log = Written::default();
    tracing::subscriber::set_global_default(Log(log.clone())).unwrap();
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let mut walk = Walk::default();
        people(&given, &mut walk).await;
        codes(&given, &mut walk).await;
        orders(&given, &mut walk).await;
        two_people(&given, &mut walk).await;
        assert!(walk.canaries.len() >= 12 && walk.addresses.len() >= 5, "{:?}", walk.addresses);
        given.clock.pass(jiff::SignedDuration::from_mins(5));
        given.desk.sequence_ledger(given.desk.now()).await.unwrap();
        let ledger = Written::default();
        given.desk.export_ledger(ledger.clone(), None).await.unwrap();
        let ledger = ledger.all();
        assert!(ledger.windows(11).any(|window| window == b"code.issued"), "the ledger was not written");
        walk.none_in("ledger", &ledger);
        walk.none_in("addresses", walk.addresses.join("\n").as_bytes());
        let lines = log.all();
        assert!(String::from_utf8_lossy(&lines).contains("/api/v1/codes/{id}/release"), "nothing was logged");
        walk.none_in("log", &lines);
    }
}
