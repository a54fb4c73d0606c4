//! What two people decide, over HTTP: proposals, the blacklist, and a number that an authority cancels.

use crate::{
    Called, Given,
    orders::{Filer, card},
};
use app::access::Role;
use serde_json::{Value, json};
use testbed::{ENGINES, Engine};

pub(crate) const SUBJECT: &str = "粤ICP备12345678号";
pub(crate) const WEBSITE: &str = "粤ICP备12345678号-1";

impl Given {
    /// The id of a proposal that the reviewer makes.
    pub(crate) async fn proposed(&self, body: Value) -> String {
        let key = body.to_string().bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(byte));
        let made = self.change(Role::Reviewer, "POST", "/api/v1/proposals", &format!("p-{key}"), body).await;
        assert_eq!(made.status, 201, "{made:?}");
        let id = made.body()["id"].as_str().unwrap().to_owned();
        assert_eq!(made.header("location"), Some(&*format!("/api/v1/proposals/{id}")));
        id
    }

    pub(crate) async fn agreed(&self, role: Role, id: &str, key: &str, body: Value) -> Called {
        self.change(role, "POST", &format!("/api/v1/proposals/{id}/agree"), key, body).await
    }

    /// A website that is filed, of a customer with that token.
    pub(crate) async fn website(&self) {
        let lin = self.filled(self.key(Role::Customer), "i-7", 1).await;
        self.filed_under(&lin).await;
    }

    /// An order is filed under [`SUBJECT`] and [`WEBSITE`].
    pub(crate) async fn filed_under(&self, lin: &Filer) {
        self.sent_to_bureau(lin).await;
        let operator = self.key(Role::Operator);
        assert_eq!(self.moved(operator, &lin.bureau("/confirm-sms"), None).await.status, 200);
        let numbers = json!({ "subject_number": SUBJECT, "website_numbers": [WEBSITE] });
        assert_eq!(self.moved(operator, &lin.bureau("/file"), Some(&numbers)).await.status, 200);
    }

    /// Why the customer gets no code on his instance.
    async fn refused(&self) -> Vec<String> {
        let body = json!({ "instance": "i-7" });
        let checked = self.change(Role::Customer, "POST", "/api/v1/codes/check", "c", body).await.body();
        let reasons = checked["reasons"].as_array().unwrap().iter();
        reasons.map(|reason| reason["code"].as_str().unwrap().to_owned()).collect()
    }
}

pub(crate) fn list(number: &str) -> Value {
    json!({ "list": {
        "thing": "certificate", "certificate_kind": 2, "value": number, "reason": "unlawful-content", "note": "来函",
    } })
}

#[tokio::test(flavor = "multi_thread")]
async fn one_proposes_another_agrees_and_the_account_gets_no_codes() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        assert_eq!(given.refused().await, [] as [&str; 0], "{engine:?}");
        let id = given.proposed(list(&card(1))).await;
        let open = given.seen(Role::Operator, "/api/v1/proposals").await;
        assert_eq!(open.body()["items"][0]["proposed_by"], "reviewer", "{engine:?}");
        assert!(!String::from_utf8(open.bytes).unwrap().contains(&card(1)), "{engine:?}: no list tells it");
        let seen = given.seen(Role::Operator, &format!("/api/v1/proposals/{id}")).await;
        assert_eq!(seen.header("cache-control"), Some("private, no-store"), "{engine:?}");
        assert_eq!((&seen.body()["value"], &seen.body()["note"]), (&json!(card(1)), &json!("来函")));
        let lines = given.seen(Role::Auditor, "/api/v1/access-log").await.body();
        assert_eq!(
            (&lines["items"][0]["what"], &lines["items"][0]["proposal"]),
            (&json!("proposal"), &json!(id))
        );
        let own = given.agreed(Role::Reviewer, &id, "own", json!({})).await;
        assert_eq!((own.status.as_u16(), own.errors()), (409, vec!["own-proposal".to_owned()]), "{engine:?}");
        let agreed = given.agreed(Role::Operator, &id, "a", json!({})).await.body();
        assert_eq!(agreed["listed"][0]["thing"], "certificate", "{engine:?} {agreed}");
        assert_eq!(given.refused().await, ["account-blacklisted"], "{engine:?}");
        let again = given.agreed(Role::Operator, &id, "b", json!({})).await;
        assert_eq!((again.status.as_u16(), again.errors()), (409, vec!["decided".to_owned()]), "{engine:?}");
        let entries = given.seen(Role::Reviewer, "/api/v1/blacklist").await.body();
        assert_eq!(entries["items"][0]["id"], agreed["listed"][0]["entry"], "{engine:?}");
        let seen = given.seen(Role::Operator, &format!("/api/v1/proposals/{id}")).await.body();
        assert_eq!((&seen["outcome"], &seen["value"]), (&json!("agreed"), &Value::Null), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_of_the_same_person_is_no_second_person_and_a_system_is_none() {
    let given = Given::on(Engine::Sqlite).await;
    let session_of = |name: &'static str| {
        let given = &given;
        async move {
            let body = json!({ "label": "another" });
            let path = format!("/api/v1/users/{name}/keys");
            let made = given.change(Role::Operator, "POST", &path, "another", body).await;
            made.body()["secret"].as_str().unwrap().to_owned()
        }
    };
    let other = session_of("reviewer").await;
    let id = given.proposed(list(&card(1))).await;
    let path = format!("/api/v1/proposals/{id}/agree");
    let own = given.post(&path).token(&other).key("own").json(&json!({})).sent().await;
    assert_eq!((own.status.as_u16(), own.errors()), (409, vec!["own-proposal".to_owned()]));
    let body = json!({ "name": "robot", "system": true, "roles": ["operator"] });
    assert_eq!(given.change(Role::Operator, "POST", "/api/v1/users", "robot", body).await.status, 201);
    let body = json!({ "label": "robot" });
    let made = given.change(Role::Operator, "POST", "/api/v1/users/robot/keys", "robot-key", body).await;
    let robot = made.body()["secret"].as_str().unwrap().to_owned();
    let refused = given.post(&path).token(&robot).key("robot").json(&json!({})).sent().await;
    assert_eq!(refused.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_ends_only_once_its_digits_are_typed_and_its_owner_reads_why() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        let id = given.proposed(json!({ "cancel": { "number": WEBSITE, "serious": true } })).await;
        let seen = given.seen(Role::Operator, &format!("/api/v1/proposals/{id}")).await.body();
        assert_eq!(
            (&seen["loses"]["account"], &seen["loses"]["websites"]),
            (&json!("acc-7"), &json!([WEBSITE]))
        );
        let unsure = given.agreed(Role::Operator, &id, "a", json!({})).await;
        let told = unsure.body()["errors"][0].clone();
        assert_eq!(
            (unsure.status.as_u16(), &told["path"]),
            (422, &json!("confirmation")),
            "{engine:?} {told}"
        );
        let agreed =
            given.agreed(Role::Operator, &id, "b", json!({ "confirmation": "12345678-1" })).await.body();
        let path = format!("/api/v1/orders/{}", agreed["order"].as_str().unwrap());
        let order = given.seen(Role::Customer, &path).await.body();
        assert_eq!(
            (&order["kind"], &order["state"]),
            (&json!("cancel-subject"), &json!("filed")),
            "{engine:?}"
        );
        assert_eq!(order["stages"][0]["move"], "force", "{engine:?} {order:#}");
        assert_eq!(given.refused().await, ["account-blacklisted"], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_proposed_is_told_at_its_field_with_what_to_do() {
    let given = Given::on(Engine::Sqlite).await;
    let thing = |thing: &str, value: &str| json!({ "list": { "thing": thing, "value": value, "reason": "by-authority" } });
    let mut long = thing("subject-name", "某某公司");
    long["list"]["note"] = json!("长".repeat(501));
    for (nth, (body, status, path)) in [
        (json!({}), 422, ""),
        (thing("certificate", &card(1)), 422, "list.certificate_kind"),
        (thing("domain", "com.cn"), 422, "list.value"),
        (list("440305199003071237"), 422, "list.value"),
        (long, 422, "list.note"),
        (json!({ "unlist": { "reason": "mistake" } }), 422, "unlist"),
        (json!({ "unlist": { "reason": "mistake", "entry": "none" } }), 409, "unlist"),
        (
            json!({ "unlist": { "reason": "mistake", "thing": "domain", "value": "example.com" } }),
            409,
            "unlist",
        ),
        (json!({ "cancel": { "number": SUBJECT } }), 409, "cancel.number"),
        (json!({ "cancel": { "number": SUBJECT, "domains": true } }), 422, "cancel.domains"),
    ]
    .into_iter()
    .enumerate()
    {
        let told = given.change(Role::Reviewer, "POST", "/api/v1/proposals", &format!("k-{nth}"), body).await;
        let error = told.body()["errors"][0].clone();
        assert_eq!((told.status.as_u16(), error["path"].as_str()), (status, Some(path)), "{nth} {told:?}");
        assert!(error["suggestion"].as_str().is_some_and(|what| !what.is_empty()), "{nth} {error}");
    }
}

#[tokio::test]
async fn who_comes_too_late_reads_what_was_decided_by_the_clock_of_beijing() {
    let given = Given::on(Engine::Sqlite).await;
    for (nth, role, did) in [(1, Role::Reviewer, "撤回"), (2, Role::Operator, "否决")] {
        let id = given.proposed(list(&card(nth))).await;
        let path = format!("/api/v1/proposals/{id}/decline");
        let declined = given.change(role, "POST", &path, &format!("no-{nth}"), json!({})).await;
        assert_eq!(declined.status, 200, "{declined:?}");
        let late = given.agreed(Role::Operator, &id, &format!("late-{nth}"), json!({})).await;
        let message = late.body()["errors"][0]["message"].as_str().unwrap().to_owned();
        assert!(message.ends_with(&format!("（北京时间）{did}这项提议。")), "{message}");
        assert!(!message.contains('+'), "{message}");
    }
}
