//! What actions of the compatible RPC interfaces answer, beyond what the published libraries look at.

use crate::{
    Given,
    orders::card,
    rpc::{Key, Older, Said, answered, code, got, joined},
    two_people::list,
};
use app::access::{Right, Role};
use axum::{body::Body, http::Request};
use jiff::Timestamp;
use serde_json::{Value, json};
use testbed::{ENGINES, Engine};

impl Given {
    /// What an action answers.
    async fn acts(&self, key: &Key, action: &str, pairs: &[(&str, &str)]) -> Said {
        let pairs = [&[("Action", action)], pairs].concat();
        got(self, &Older::of(self, key, &pairs).signed(key)).await
    }

    async fn sells(&self, key: &Key, action: &str, pairs: &[(&str, &str)]) -> Said {
        self.acts(key, action, &[&[("Version", "2015-05-12")], pairs].concat()).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_about_what_may_be_served_say_why_and_from_when_that_is_known() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let key = given.signing("slb", &[Right::AskGate]).await;
        let asked = async |action: &str, name: (&str, &str)| {
            let said = given.acts(&key, action, &[("Caller", "slb"), name]).await.1;
            let at: Timestamp = said["AsOf"].as_str().unwrap_or_else(|| panic!("{said}")).parse().unwrap();
            assert!(at <= given.desk.now() && said["Code"] == 200, "{engine:?} {said}");
            said
        };
        let one = asked("QueryAccessorDomain", ("Domain", "www.a.cn")).await;
        assert_eq!(
            (&one["Data"], &one["ReasonCode"], &one["Reason"]),
            (&json!(false), &json!(14), &json!("该域名没有在本服务商备案。")),
            "{engine:?}"
        );
        let status = asked("QueryAccessorDomainStatus", ("Domain", "a.cn")).await;
        assert_eq!(status["Data"]["ReasonCode"], 14, "{engine:?}");
        let many = asked("QueryAccessorDomainsStatus", ("Domains.1", "com")).await;
        assert_eq!(many["Data"][0]["ReasonCode"], 10, "{engine:?}");
        assert_eq!(asked("QueryAccessorIp", ("Ip", "10.0.0.1")).await["Data"], false, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_takes_away_what_it_put_there_and_is_told_that_the_rest_is_others() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let slb = given.signing("slb", &[Right::ManageGate]).await;
        let cdn = given.signing("cdn", &[Right::ManageGate]).await;
        let cases: [(&str, &[(&str, &str)]); 3] = [
            ("ManageAccessorDomainWhiteList", &[("Domains.1", "a.cn"), ("Remark", "搬迁")]),
            ("ManageAccessorIp", &[("Ip", "10.0.0.0/8"), ("Remark", "自有")]),
            ("ManageAccessorDomain", &[("Domain", "www.a.cn")]),
        ];
        for (action, what) in cases {
            let with = |operation| [&[("Caller", "slb"), ("Operation", operation)], what].concat();
            assert_eq!(code(&given.acts(&slb, action, &with("add")).await), "200", "{engine:?} {action}");
            let others = given.acts(&cdn, action, &with("delete")).await;
            assert_eq!(
                (others.0.as_u16(), code(&others)),
                (403, "Forbidden".to_owned()),
                "{engine:?} {action}"
            );
            assert_eq!(
                others.1["Message"], "这是其他密钥登记的，本密钥不能移除，请联系登记方或操作员。",
                "{engine:?}"
            );
            assert_eq!(code(&given.acts(&slb, action, &with("delete")).await), "200", "{engine:?} {action}");
        }
        // The same over the API, where an operator takes anything away.
        let put = [("Caller", "slb"), ("Operation", "add"), ("Domains.1", "a.cn"), ("Remark", "搬迁")];
        assert_eq!(code(&given.acts(&slb, "ManageAccessorDomainWhiteList", &put).await), "200", "{engine:?}");
        let listed = given.seen(Role::Operator, "/api/v1/gate/windows").await.body();
        assert_eq!(listed["items"][0]["made_by"], "key:slb", "{engine:?}");
        let path = format!("/api/v1/gate/windows/{}", listed["items"][0]["id"].as_str().unwrap());
        let ended = given.change(Role::Operator, "DELETE", &path, "e", json!({})).await;
        assert_eq!(ended.status, 200, "{engine:?} {ended:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_that_were_bound_are_told_as_they_are_listed_afterwards() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let key = given.signing("shop", &[Right::ActForAccounts]).await;
        let of = [("aliuid", "7"), ("resourceType", "1"), ("resourceId", "i-7")];
        let made = given.sells(&key, "ProductBindBsn", &[&of[..], &[("num", "3")]].concat()).await;
        let listed = given.sells(&key, "GetBsnByResource", &of).await;
        let codes =
            |said: &Said| said.1["datas"]["bsnDO"].as_array().unwrap_or_else(|| panic!("{said:?}")).clone();
        let sorted = |said: &Said| {
            let mut all: Vec<_> = codes(said).iter().map(Value::to_string).collect();
            all.sort();
            all
        };
        assert_eq!((codes(&made).len(), sorted(&made)), (3, sorted(&listed)), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_with_a_subject_on_the_blacklist_is_refused_by_the_number_of_that() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.website().await;
        let key = given.signing("shop", &[Right::ActForAccounts]).await;
        let id = given.proposed(list(&card(1))).await;
        assert_eq!(given.agreed(Role::Operator, &id, "a", json!({})).await.status, 200, "{engine:?}");
        let ask = [("aliuid", "7"), ("resourceType", "1"), ("resourceId", "i-7"), ("num", "1")];
        let told = given.sells(&key, "ProductBindBsn", &ask).await;
        assert_eq!((told.0.as_u16(), code(&told)), (400, "408".to_owned()), "{engine:?} {told:?}");
        assert!(!told.1["Message"].as_str().unwrap().contains(&card(1)), "{engine:?} {told:?}");
    }
}

/// Parameters of a call.
type Parameters = &'static [(&'static str, &'static str)];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_expected_of_a_parameter_is_said_in_the_language_of_whoever_asks() {
    let given = Given::on(Engine::Sqlite).await;
    let key = given.signing("slb", &[Right::AskGate, Right::ManageGate]).await;
    let white = "ManageAccessorDomainWhiteList";
    let cases: [(&str, Parameters, &str, &str); 6] = [
        (
            "QueryAccessorIp",
            &[("Ip", "x")],
            "参数 Ip 不正确，应为：一个 IP 地址。",
            "The parameter Ip is not right; expected: an address.",
        ),
        (
            white,
            &[("Operation", "add"), ("Domains.1", "a.cn"), ("Remark", "a\u{2028}b")],
            "参数 Remark 不正确，应为：一行文字，1 到 60 个字，不含不可见字符。",
            "The parameter Remark is not right; expected: 1 to 60 characters in one line, without invisible ones.",
        ),
        (
            white,
            &[("Operation", "delete"), ("Domains.1", "a.cn")],
            "参数 Domains 不正确，应为：白名单中的域名。",
            "The parameter Domains is not right; expected: domains on the white list.",
        ),
        (
            white,
            &[("Operation", "delete"), ("Domains.2", "a.cn"), ("Domains.1", "b.cn"), ("Domains.4", "c.cn")],
            "参数 Domains 不正确，应为：从 1 开始连续编号的值。",
            "The parameter Domains is not right; expected: values that are numbered from 1 on, without a gap.",
        ),
        (
            "QueryAccessorDomainList",
            &[("Domain", "a.cn"), ("PageSize", "1001")],
            "参数 PageSize 不正确，应为：1 到 1000 的整数。",
            "The parameter PageSize is not right; expected: a whole number from 1 to 1000.",
        ),
        (
            "ManageAccessorIp",
            &[("Operation", "drop"), ("Ip", "10.0.0.1")],
            "参数 Operation 不正确，应为：add, delete。",
            "The parameter Operation is not right; expected: add, delete.",
        ),
    ];
    for (action, pairs, zh, en) in cases {
        for (lang, expected) in [("zh-CN", zh), ("en", en)] {
            let pairs = [&[("Action", action), ("Caller", "slb")], pairs].concat();
            let call = joined(&Older::of(&given, &key, &pairs).signed(&key));
            let request = Request::get(format!("/?{call}")).header("accept-language", lang);
            let told = answered(&given, request.body(Body::empty()).unwrap()).await;
            assert_eq!(
                (code(&told), told.1["Message"].as_str()),
                ("InvalidParameter".to_owned(), Some(expected))
            );
        }
    }
}
