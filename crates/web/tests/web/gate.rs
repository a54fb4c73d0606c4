//! The gate over HTTP: names, the white list, ranges, and what edges fetch.

use crate::{Called, Given};
use app::{
    access::{Right, Role},
    gate::Follower,
};
use axum::{Router, body::Body, http::Request};
use gate::{Limits, Position, read_delta, read_snapshot};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::{collections::BTreeSet, num::NonZero};
use store::{Sql, StoreError, Tx, Unit};
use testbed::{ENGINES, Engine};
use tower::ServiceExt;
use web::{Settings, Site, service};

impl Given {
    async fn at_gate(&self, name: &str) -> Value {
        let called = self.seen(Role::Operator, &format!("/gate/v1/domains/{name}")).await;
        assert_eq!(called.status, 200, "{called:?}");
        called.body()
    }

    async fn windowed(&self, body: Value) -> Called {
        self.change(Role::Operator, "POST", "/api/v1/gate/windows", "w", body).await
    }
}

/// The code and the place of what is wrong.
fn wrong(called: &Called) -> (u16, String, String) {
    let errors = called.body()["errors"].clone();
    let text = |name: &str| errors[0][name].as_str().unwrap_or_default().to_owned();
    (called.status.as_u16(), text("path"), text("code"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_answered_with_why_and_from_when_that_is_known() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        given.gate_follows().await;
        let number = given.number(Role::Customer, crate::two_people::WEBSITE).await.body();
        let domain =
            number["domains"][0].as_str().or(number["domains"][0]["domain"].as_str()).unwrap().to_owned();
        let told = given.at_gate(&format!("www.{domain}")).await;
        assert_eq!(
            (&told["serve"], &told["why"], &told["until"]),
            (&json!(true), &json!("filed"), &Value::Null)
        );
        assert_eq!(told["reason"], "该域名已备案，并接入在本服务商。", "{engine:?}");
        assert_eq!((&told["age_seconds"], &told["name"]), (&json!(0), &json!(format!("www.{domain}"))));
        for (name, word) in [("other.cn", "not-filed"), ("com", "no-domain"), ("10.0.0.1", "no-domain")] {
            assert_eq!((&given.at_gate(name).await["why"], name), (&json!(word), name), "{engine:?}");
        }
        let body = json!({ "names": [domain, "other.cn", "com"] });
        let many = given.change(Role::Operator, "POST", "/gate/v1/domains", "k", body).await.body();
        let words: Vec<_> = many["answers"].as_array().unwrap().iter().map(|answer| &answer["why"]).collect();
        assert_eq!(words, ["filed", "not-filed", "no-domain"], "{engine:?}");
        for names in [json!([]), json!(vec!["a.cn"; 1001])] {
            let body = json!({ "names": names });
            let told = given.change(Role::Operator, "POST", "/gate/v1/domains", "k", body).await;
            assert_eq!(told.status, 422, "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_keep_the_white_list_and_the_ranges_and_are_told_what_is_wrong() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let until = "2020-11-02T09:00:00+08:00";
        let made =
            given.windowed(json!({ "names": ["www.a.cn", "b.cn"], "until": until, "reason": "搬迁" })).await;
        assert_eq!(made.status, 201, "{made:?}");
        let ids = made.body()["ids"].clone();
        given.gate_follows().await;
        let told = given.at_gate("x.a.cn").await;
        assert_eq!((&told["why"], &told["until"]), (&json!("white-listed"), &json!(until)), "{engine:?}");
        let listed = given.seen(Role::Operator, "/api/v1/gate/windows?limit=1").await.body();
        assert_eq!((listed["items"].as_array().unwrap().len(), listed["next"].is_string()), (1, true));
        let path = format!("/api/v1/gate/windows/{}", ids[0].as_str().unwrap());
        assert_eq!(
            given.change(Role::Operator, "DELETE", &path, "e", json!({})).await.status,
            200,
            "{engine:?}"
        );
        assert_eq!(
            given.change(Role::Operator, "DELETE", &path, "f", json!({})).await.status,
            404,
            "{engine:?}"
        );
        given.gate_follows().await;
        assert_eq!(given.at_gate("a.cn").await["why"], "not-filed", "{engine:?}");
        for (body, expected) in [
            (json!({ "names": ["a.cn", "com"], "reason": "r" }), (422, "names[1]", "no-domain")),
            (
                json!({ "names": ["a.cn"], "until": "2020-10-01T00:00:00Z", "reason": "r" }),
                (422, "until", "over"),
            ),
            (json!({ "names": ["a.cn"], "until": "soon", "reason": "r" }), (422, "until", "malformed")),
            (json!({ "names": ["a.cn"], "reason": " " }), (422, "reason", "reason-length")),
        ] {
            let told = wrong(&given.change(Role::Operator, "POST", "/api/v1/gate/windows", "x", body).await);
            assert_eq!((told.0, &*told.1, &*told.2), expected, "{engine:?}");
        }
        let range = |key: &'static str, range: &str| {
            given.change(
                Role::Operator,
                "POST",
                "/api/v1/gate/ranges",
                key,
                json!({ "range": range, "reason": "自有" }),
            )
        };
        assert_eq!(range("r1", "10.0.0.0/8").await.body()["range"], "10.0.0.0/8", "{engine:?}");
        assert_eq!(
            wrong(&range("r2", "10.0.0.0/8").await),
            (409, "range".to_owned(), "range-there".to_owned())
        );
        assert_eq!(
            wrong(&range("r3", "10.0.0.0/99").await),
            (422, "range".to_owned(), "no-range".to_owned())
        );
        given.gate_follows().await;
        assert_eq!(given.at_gate("10.1.2.3").await["why"], "address-range", "{engine:?}");
        assert_eq!(given.at_gate("[::ffff:10.1.2.3]").await["why"], "address-range", "{engine:?}");
        let path = "/api/v1/gate/ranges/10.0.0.0%2F8";
        assert_eq!(
            given.change(Role::Operator, "DELETE", path, "d", json!({})).await.status,
            200,
            "{engine:?}"
        );
        assert_eq!(
            given.change(Role::Operator, "DELETE", path, "d2", json!({})).await.status,
            404,
            "{engine:?}"
        );
        given.gate_follows().await;
        assert_eq!(given.at_gate("10.1.2.3").await["why"], "no-domain", "{engine:?}");
        assert_eq!(given.seen(Role::Operator, "/api/v1/gate/ranges").await.body()["items"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edge_fetches_a_snapshot_and_what_changed_and_is_told_when_it_needs_another() {
    let given = Given::on(Engine::Sqlite).await;
    while given.desk.sequence_ledger(given.desk.now()).await.unwrap() != app::ledger::Sequenced::Nothing {}
    given.gate_follows().await;
    let key = given.seen(Role::Operator, "/gate/v1/key").await.body()["key"].as_str().unwrap().to_owned();
    let key = key.parse().unwrap();
    let bytes = |called: &Called| called.bytes.clone();
    let snapshot = given.seen(Role::Operator, "/gate/v1/snapshot").await;
    assert_eq!(snapshot.header("content-type"), Some("application/octet-stream"));
    let edge = read_snapshot(&mut bytes(&snapshot).as_slice(), &key, &Limits::default()).unwrap();
    given.windowed(json!({ "names": ["a.cn"], "reason": "搬迁" })).await;
    given.gate_follows().await;
    let changes = format!("/gate/v1/changes?from={}", edge.position());
    let delta = given.seen(Role::Operator, &changes).await;
    let delta = read_delta(&mut bytes(&delta).as_slice(), &key, &Limits::default()).unwrap();
    let edge = edge.applied(&delta).unwrap();
    assert_eq!(edge.answer("a.cn", given.desk.now()).why.word(), "white-listed");
    let never = Position { size: 999_999, last: 7 }.to_string();
    for (from, status, code) in [(never.as_str(), 409, "elsewhere"), ("41", 422, "no-position")] {
        let told = given.seen(Role::Operator, &format!("/gate/v1/changes?from={from}")).await;
        assert_eq!(wrong(&told), (status, "from".to_owned(), code.to_owned()));
    }
    // What changed has its place, and is forgotten.
    while given.desk.sequence_ledger(given.desk.now()).await.unwrap() != app::ledger::Sequenced::Nothing {}
    given.clock.pass(SignedDuration::from_hours(7 * 24));
    given.gate_follows().await;
    let told = given.seen(Role::Operator, &changes).await;
    assert_eq!(wrong(&told), (409, "from".to_owned(), "too-old".to_owned()));
    assert_eq!(given.seen(Role::Operator, "/gate/v1/changes").await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_with_an_address_is_told_as_everywhere() {
    let given = Given::on(Engine::Sqlite).await;
    for path in ["/gate/v1/domains/a.cn", "/gate/v1/domains", "/gate/v1/key", "/gate/v1/snapshot"] {
        let called = given.call("TRACE", path).token(given.key(Role::Operator)).sent().await;
        assert_eq!(called.status, 405, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_ask_of_names_may_not_copy_them_all() {
    let given = Given::on(Engine::Sqlite).await;
    let right = |right| Some(BTreeSet::from([right]));
    let asks = given.scoped("asks", Role::Operator, None, right(Right::AskGate)).await;
    let copies = given.scoped("copies", Role::Operator, None, right(Right::CopyGate)).await;
    for (path, asked, copied) in [
        ("/gate/v1/domains/a.cn", 200, 403),
        ("/gate/v1/key", 200, 200),
        ("/gate/v1/snapshot", 403, 200),
        ("/gate/v1/changes?from=0-00000000000000000000000000000000", 403, 200),
    ] {
        let status = async |token: &str| given.get(path).token(token).sent().await.status.as_u16();
        assert_eq!((status(&asks).await, status(&copies).await), (asked, copied), "{path}");
        assert_eq!(status(given.key(Role::Support)).await, asked, "{path}: support may ask as well");
    }
}

async fn status(service: &Router, token: Option<&str>) -> u16 {
    let mut request = Request::get("/gate/v1/domains/a.cn");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let request = request.body(Body::empty()).unwrap();
    service.clone().oneshot(request).await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_a_good_key_asks_as_much_as_he_likes_and_strangers_are_counted() {
    let given = Given::on(Engine::Sqlite).await;
    let settings = Settings { requests_per_minute: NonZero::new(3), ..Settings::default() };
    let service = service(Site::new(given.desk.clone(), settings));
    let good = given.key(Role::Operator);
    for _ in 0..20 {
        assert_eq!(status(&service, Some(good)).await, 200);
    }
    let mut all = Vec::new();
    for token in [Some("kbk_none"), None, Some("kbk_none"), None] {
        all.push(status(&service, token).await);
    }
    // The good key was a stranger once.
    assert_eq!(all, [401, 401, 429, 429]);
    assert_eq!(status(&service, Some(good)).await, 200);
    assert_eq!(status(&service, Some(given.key(Role::Customer))).await, 429, "it was never seen to be good");
}

#[tokio::test(flavor = "multi_thread")]
async fn until_all_was_read_nobody_is_told_that_a_name_is_not_filed() {
    let given = Given::on(Engine::Sqlite).await;
    let other = given.another_desk().await;
    let service = service(Site::new(other.clone(), Settings::default()));
    assert_eq!(status(&service, Some(given.key(Role::Operator))).await, 503);
    let follower = Follower::new(other.clone());
    while app::Worker::step(&follower, other.now()).await.is_some_and(|next| next <= other.now()) {}
    assert_eq!(status(&service, Some(given.key(Role::Operator))).await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn snapshots_and_deltas_are_counted_and_answers_are_not() {
    let given = Given::on(Engine::Sqlite).await;
    let settings = Settings { requests_per_minute: NonZero::new(3), ..Settings::default() };
    let service = service(Site::new(given.desk.clone(), settings));
    let good = given.key(Role::Operator);
    assert_eq!(status(&service, Some(good)).await, 200);
    let mut all = Vec::new();
    for _ in 0..3 {
        let request = Request::get("/gate/v1/snapshot").header("authorization", format!("Bearer {good}"));
        let answer = service.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let after = answer.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
        all.push((answer.status().as_u16(), after));
    }
    // It was counted once as a stranger's, and once when it was seen to be good.
    assert_eq!(all, [(200, None), (200, None), (429, Some("60".to_owned()))]);
    assert_eq!(status(&service, Some(good)).await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_database_is_away_a_key_that_was_good_is_believed_as_long_as_what_is_known_may_be_old() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let good = given.key(Role::Operator);
        assert_eq!(status(&given.service, Some(good)).await, 200, "{engine:?}");
        given.store.close().await;
        let away = |seconds| given.clock.pass(SignedDuration::from_secs(seconds));
        for seconds in [11, 1, 11, 24 * 3600 - 23] {
            away(seconds);
            assert_eq!(status(&given.service, Some(good)).await, 200, "{engine:?}: after {seconds} s more");
            let never_seen = given.key(Role::Support);
            assert_eq!(status(&given.service, Some(never_seen)).await, 503, "{engine:?}");
        }
        away(1);
        assert_eq!(status(&given.service, Some(good)).await, 503, "{engine:?}: longer than is answered for");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_revoked_is_believed_no_longer() {
    let given = Given::on(Engine::Sqlite).await;
    let good = given.key(Role::Operator);
    assert_eq!(status(&given.service, Some(good)).await, 200);
    given.store.write(Revoke).await.unwrap();
    given.clock.pass(SignedDuration::from_secs(11));
    assert_eq!(status(&given.service, Some(good)).await, 401);
    given.store.close().await;
    assert_eq!(status(&given.service, Some(good)).await, 503, "nor while nobody can be asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_believed_also_after_others_were_revoked() {
    let given = Given::on(Engine::Sqlite).await;
    let good = given.key(Role::Operator);
    assert_eq!(status(&given.service, Some(good)).await, 200);
    // Another process revokes a key, and this one takes no notice.
    given.store.write(NextGeneration).await.unwrap();
    given.clock.pass(SignedDuration::from_secs(11));
    assert_eq!(status(&given.service, Some(good)).await, 200);
    assert_eq!(status(&given.service, Some(given.key(Role::Support))).await, 200);
    given.store.close().await;
    given.clock.pass(SignedDuration::from_secs(11));
    assert_eq!(status(&given.service, Some(good)).await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_a_key_that_was_revoked_is_a_stranger_again() {
    let given = Given::on(Engine::Sqlite).await;
    let settings = Settings { requests_per_minute: NonZero::new(3), ..Settings::default() };
    let service = service(Site::new(given.desk.clone(), settings));
    let good = given.key(Role::Operator);
    assert_eq!(status(&service, Some(good)).await, 200);
    given.store.write(Revoke).await.unwrap();
    given.clock.pass(SignedDuration::from_secs(61));
    let mut all = Vec::new();
    for _ in 0..5 {
        all.push(status(&service, Some(good)).await);
    }
    assert_eq!(all, [401, 401, 401, 401, 429], "the first was not counted yet");
}

/// Begins a new generation of the desk past it.
struct NextGeneration;

impl Unit for NextGeneration {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let text = "UPDATE desk SET generation = generation + 1";
        tx.execute(&Sql { name: "NEXT_GENERATION", sqlite: text, postgres: text }, &[]).await?;
        Ok(())
    }
}

/// Revokes every key past the desk.
struct Revoke;

impl Unit for Revoke {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let text = "UPDATE api_keys SET revoked_at = 1";
        tx.execute(&Sql { name: "REVOKE", sqlite: text, postgres: text }, &[]).await?;
        Ok(())
    }
}
