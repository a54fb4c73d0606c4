//! The second factor over the API: a code beside the password, staff that has none yet, and a reset; sessions listed and ended.

use crate::{Given, phone::Phone, sessions::OWN};
use app::access::{Code, Credential, Principal, Role, SecondFactor, SecondFactorRule};
use jiff::SignedDuration;
use serde_json::{Value, json};
use testbed::{ENGINES, Engine};
use web::{Settings, Site, service};

const STEP: SignedDuration = SignedDuration::from_secs(30);

impl Given {
    /// The same, with a desk that asks its staff for a second factor.
    pub(crate) fn asking_staff(mut self) -> Self {
        self.desk = self.desk.clone().asking_second_factor_by(SecondFactorRule::Staff);
        self.service = service(Site::new(self.desk.clone(), Settings::default()));
        self
    }

    /// A session of a new user, whose password is his own.
    pub(crate) async fn settled(&self, name: &str, roles: &[&str]) -> String {
        let first = self.added(name, roles).await;
        let token = self.sign_in(name, &first).await.body()["token"].as_str().unwrap().to_owned();
        assert_eq!(self.set_password(&token, &first, OWN).await.status, 204);
        token
    }

    pub(crate) async fn who(&self, token: &str) -> Principal {
        self.desk.recognise(&Credential::parse(token).unwrap()).await.unwrap()
    }

    /// Sets one up for whoever has that session; his phone, and a recovery code.
    pub(crate) async fn set_up_factor(&self, token: &str) -> (Phone, String) {
        let principal = self.who(token).await;
        self.desk.begin_second_factor(&principal).await.unwrap();
        let stands = self.desk.second_factor(&principal).await.unwrap();
        let SecondFactor::Begun(begun) = stands else { panic!("{stands:?}") };
        let phone = Phone::knowing(begun.secret().reveal());
        let code = Code::typed(&phone.shows(&self.desk));
        let codes = self.desk.confirm_second_factor(&principal, code).await.unwrap();
        self.clock.pass(STEP);
        (phone, codes[0].reveal().to_owned())
    }

    async fn sign_in_with(&self, name: &str, password: &str, code: &str) -> crate::Called {
        let body = json!({ "name": name, "password": password, "code": code });
        self.post("/api/v1/sessions").json(&body).sent().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_asked_once_the_password_was_right_and_taken_once() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let token = given.settled("li.na", &["auditor"]).await;
        let (phone, recovery) = given.set_up_factor(&token).await;
        let code = phone.shows(&given.desk);
        let wrong = given.sign_in_with("li.na", "a wrong password", &code).await;
        assert_eq!(
            (wrong.status.as_u16(), wrong.body()["type"].as_str()),
            (401, Some("/problems/not-signed-in"))
        );
        let asked = given.sign_in("li.na", OWN).await;
        assert_eq!(asked.body()["type"], "/problems/code-needed", "{engine:?}");
        assert_eq!((asked.status.as_u16(), asked.errors()), (401, vec!["no-code".to_owned()]), "{engine:?}");
        assert!(asked.header("www-authenticate").is_some(), "{engine:?}");
        let told = given.sign_in_with("li.na", OWN, &phone.never_shows(&given.desk)).await;
        assert_eq!((told.status.as_u16(), told.errors()), (401, vec!["wrong-code".to_owned()]), "{engine:?}");
        let signed_in = given.sign_in_with("li.na", OWN, &code).await;
        assert_eq!(signed_in.status, 201, "{engine:?} {signed_in:?}");
        assert_eq!(signed_in.body()["must_set_up_second_factor"], false, "{engine:?}");
        assert_eq!(given.sign_in_with("li.na", OWN, &code).await.status, 401, "{engine:?}");
        assert_eq!(
            given.sign_in_with("li.na", OWN, &recovery.to_uppercase()).await.status,
            201,
            "{engine:?}"
        );
        assert_eq!(given.sign_in_with("li.na", OWN, &recovery).await.status, 401, "{engine:?}");
    }
}

#[tokio::test]
async fn codes_that_are_guessed_are_slowed_down() {
    let given = Given::on(Engine::Sqlite).await;
    let token = given.settled("li.na", &["auditor"]).await;
    let (phone, _) = given.set_up_factor(&token).await;
    for _ in 0..6 {
        let told = given.sign_in_with("li.na", OWN, &phone.never_shows(&given.desk)).await;
        assert_eq!(told.status, 401);
    }
    let told = given.sign_in_with("li.na", OWN, &phone.shows(&given.desk)).await;
    assert_eq!((told.status.as_u16(), told.header("retry-after")), (429, Some("1")));
}

#[tokio::test]
async fn staff_without_one_is_told_to_set_one_up_and_keys_are_not() {
    let given = Given::on(Engine::Sqlite).await.asking_staff();
    let token = given.settled("li.na", &["auditor"]).await;
    let signed_in = given.sign_in("li.na", OWN).await;
    assert_eq!(signed_in.body()["must_set_up_second_factor"], true);
    let who = given.get("/api/v1/sessions/current").token(&token).sent().await.body();
    assert_eq!((&who["must_set_up_second_factor"], &who["rights"]), (&json!(true), &json!([])));
    for path in ["/api/v1/ledger/key", "/api/v1/sessions", "/api/v1/keys"] {
        let told = given.get(path).token(&token).sent().await;
        let body = told.body();
        assert_eq!(
            (told.status.as_u16(), &body["type"]),
            (403, &json!("/problems/set-up-second-factor")),
            "{path}"
        );
    }
    assert_eq!(given.seen(Role::Auditor, "/api/v1/ledger/key").await.status, 200);
    given.set_up_factor(&token).await;
    assert_eq!(given.get("/api/v1/ledger/key").token(&token).sent().await.status, 200);
    let out = given.call("DELETE", "/api/v1/sessions/current").token(&token).sent().await;
    assert_eq!(out.status, 204);
}

#[tokio::test]
async fn a_customer_may_have_one_and_need_not() {
    let given = Given::on(Engine::Sqlite).await.asking_staff();
    let body = json!({ "name": "ma", "roles": ["customer"], "account": "acc-7" });
    let added = given.change(Role::Operator, "POST", "/api/v1/users", "ma", body).await;
    let first = added.body()["one_time_password"].as_str().unwrap().to_owned();
    let signed_in = given.sign_in("ma", &first).await.body();
    assert_eq!(signed_in["must_set_up_second_factor"], false);
    let token = signed_in["token"].as_str().unwrap();
    given.set_password(token, &first, OWN).await;
    assert_eq!(given.get("/api/v1/codes").token(token).sent().await.status, 200);
    given.set_up_factor(token).await;
    assert_eq!(given.sign_in("ma", OWN).await.body()["type"], "/problems/code-needed");
}

#[tokio::test]
async fn an_operator_resets_that_of_somebody_else_once() {
    let given = Given::on(Engine::Sqlite).await;
    let token = given.settled("li.na", &["operator"]).await;
    given.set_up_factor(&token).await;
    let path = "/api/v1/users/li.na/second-factor-reset";
    let own = given.post(path).token(&token).key("own").sent().await;
    assert_eq!((own.status.as_u16(), own.errors()), (409, vec!["own-second-factor".to_owned()]));
    let reset = async |key: &str| given.change(Role::Operator, "POST", path, key, json!({})).await;
    assert_eq!(reset("r").await.status, 204);
    assert_eq!(given.get("/api/v1/sessions/current").token(&token).sent().await.status, 401);
    assert_eq!(reset("r").await.header("idempotent-replayed"), Some("true"));
    let none = reset("r2").await;
    assert_eq!((none.status.as_u16(), none.errors()), (409, vec!["no-second-factor".to_owned()]));
    assert_eq!(given.sign_in("li.na", OWN).await.status, 201);
    let nobody = given
        .change(Role::Operator, "POST", "/api/v1/users/nobody/second-factor-reset", "n", json!({}))
        .await;
    assert_eq!(nobody.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_and_ended_by_whose_they_are() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let token = given.settled("li.na", &["auditor"]).await;
        let stranger = given.settled("zhao", &["auditor"]).await;
        given.clock.pass(SignedDuration::from_secs(1));
        let other = given.sign_in("li.na", OWN).await.body()["token"].as_str().unwrap().to_owned();
        let listed = given.get("/api/v1/sessions").token(&token).sent().await.body();
        let current: Vec<_> =
            listed["items"].as_array().unwrap().iter().map(|item| &item["current"]).collect();
        assert_eq!(current, [&json!(false), &json!(true)], "{engine:?}");
        let path = format!("/api/v1/sessions/{}", listed["items"][0]["id"].as_str().unwrap());
        let end = async |token: &str| given.call("DELETE", &path).token(token).sent().await.status.as_u16();
        assert_eq!(end(&stranger).await, 404, "{engine:?}");
        assert_eq!((end(&token).await, end(&token).await), (204, 404), "{engine:?}");
        assert_eq!(given.get("/api/v1/sessions").token(&other).sent().await.status, 401, "{engine:?}");
        let with_key = given.seen(Role::Auditor, "/api/v1/sessions").await.body();
        assert_eq!(with_key["items"], json!([]), "{engine:?}: his own alone, and he has none");
        let scoped =
            given.scoped("sun", Role::Auditor, None, Some([app::access::Right::ReadLedger].into())).await;
        let told = given.get("/api/v1/sessions").token(&scoped).sent().await;
        assert_eq!((told.status.as_u16(), told.body()["items"].clone()), (403, Value::Null), "{engine:?}");
    }
}
