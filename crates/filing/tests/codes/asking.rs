//! Asking for codes on an instance, and binding one that was made beforehand.

use crate::desk::{BUYER, NOW, after, at, but, edition, good, n, stored, today, words};
use filing::{
    Refusal,
    codes::{Asking, BindRefusal, Held, IssueRefusal, Move, Obstacle, State, bind, issue},
};
use rulebook::{Billing, Facts, Lang, decide};

fn refused(facts: &Facts, codes: u32) -> Vec<&'static str> {
    let decision = today(facts);
    words(&issue(&Asking { decision: &decision, blacklisted: false }, n(codes)).unwrap_err())
}

/// What a refusal tells first, in Chinese: what is wrong and what to do.
fn told(facts: &Facts, codes: u32) -> [String; 2] {
    let decision = today(facts);
    let refused = issue(&Asking { decision: &decision, blacklisted: false }, n(codes)).unwrap_err();
    let first = &refused.reasons()[0];
    [first.message(Lang::Zh), first.suggestion(Lang::Zh)]
}

#[test]
fn a_buyer_gets_as_many_codes_as_there_are_places() {
    let facts = but("ecs", |facts| facts.codes_issued = 2);
    let decision = today(&facts);
    let asking = Asking { decision: &decision, blacklisted: false };
    let given = issue(&asking, n(3)).unwrap();
    assert_eq!((given.codes, given.left_after()), (n(3), Some(0)));
    assert_eq!(given.message(Lang::Zh), "可以申请 3 个备案服务号，申请后名额正好用完。");
    assert_eq!(refused(&facts, 4), ["not-enough-places"]);
    let [message, suggestion] = told(&facts, 4);
    assert_eq!(message, "名额不够：该实例还剩 3 个备案服务号的名额，您要申请 4 个。");
    assert_eq!(suggestion, "本次请申请 3 个以内；需要更多时，请另购一个“云服务器 ECS”实例申请。");
}

#[test]
fn where_the_quota_counts_for_the_account_another_instance_is_not_offered() {
    let facts = but("elastic-web", |facts| facts.codes_issued = 4);
    let [message, suggestion] = told(&facts, 2);
    assert!(message.contains("该账号下的全部") && message.contains("还剩 1 个"), "{message}");
    assert!(suggestion.contains("换一个账号") && !suggestion.contains("另购"), "{suggestion}");
}

#[test]
fn too_many_at_once_is_told_beside_everything_else() {
    let facts = but("ecs", |facts| {
        facts.billing = Some(Billing::PayAsYouGo);
        facts.public_bandwidth_mbps = Some(0);
        facts.public_ips = None;
    });
    assert_eq!(
        refused(&facts, 21),
        ["too-many-at-once", "pay-as-you-go", "no-public-bandwidth", "unknown-fact", "not-enough-places"]
    );
    assert!(!refused(&facts, 20).contains(&"too-many-at-once"));
    assert_eq!(told(&facts, 21)[0], "一次最多申请 20 个备案服务号，您要申请 21 个。");
}

#[test]
fn an_unknown_fact_is_no_yes() {
    for forget in [|facts: &mut Facts| facts.billing = None, |facts: &mut Facts| facts.account = None] {
        assert_eq!(refused(&but("ecs", forget), 1), ["unknown-fact"]);
    }
}

#[test]
fn no_place_left_is_a_finding_and_not_told_twice() {
    assert_eq!(refused(&but("ecs", |facts| facts.codes_issued = 5), 3), ["quota-exhausted"]);
    assert_eq!(refused(&but("ecs", |facts| facts.codes_issued = 9), 3), ["quota-exhausted"]);
}

#[test]
fn a_stranger_and_nobody_get_no_code() {
    let facts = good("ecs");
    let stranger = decide(edition(), &facts, at(NOW), Some("acc-8"));
    assert_eq!(
        words(&issue(&Asking { decision: &stranger, blacklisted: false }, n(1)).unwrap_err()),
        ["other-account"]
    );
    let nobody = decide(edition(), &facts, at(NOW), None);
    assert_eq!(
        words(&issue(&Asking { decision: &nobody, blacklisted: false }, n(1)).unwrap_err()),
        ["sign-in"]
    );
}

#[test]
fn an_account_with_a_blacklisted_subject_gets_no_code_on_any_instance() {
    for product in ["ecs", "shop", "web-hosting", "jushita-ecs", "oss"] {
        let facts = good(product);
        let decision = today(&facts);
        let refused = issue(&Asking { decision: &decision, blacklisted: true }, n(1)).unwrap_err();
        assert_eq!(words(&refused)[0], "account-blacklisted", "{product}");
    }
}

#[test]
fn a_virtual_host_needs_no_code_and_is_told_where_its_credentials_are() {
    assert_eq!(refused(&good("web-hosting"), 1), ["no-code-needed"]);
    let [message, suggestion] = told(&good("web-hosting"), 1);
    assert!(message.contains("“云虚拟主机”不需要备案服务号"), "{message}");
    assert!(suggestion.contains("账号信息") && suggestion.ends_with('。'), "{suggestion}");
    let ended = but("web-hosting", |facts| facts.expires_at = Some(at("2020-10-20T00:00:00+08:00")));
    assert_eq!(refused(&ended, 1), ["no-code-needed", "purchased-term-short", "expired"]);
}

#[test]
fn a_code_made_elsewhere_comes_with_the_steps_there() {
    assert_eq!(refused(&good("jushita-ecs"), 9), ["made-elsewhere"]);
    let [_, suggestion] = told(&good("jushita-ecs"), 1);
    assert!(suggestion.starts_with("获取方法：聚石塔控制台"), "{suggestion}");
}

#[test]
fn a_code_made_on_purchase_is_viewed() {
    assert_eq!(refused(&good("site-builder"), 1), ["made-on-purchase"]);
    assert!(told(&good("site-builder"), 1)[1].contains("“我的备案服务号”页面查看"));
}

#[test]
fn who_has_nothing_to_file_here_is_told_that_and_nothing_else() {
    let abroad = |facts: &mut Facts| facts.region = Some("ap-southeast-1".into());
    for product in ["ecs", "web-hosting", "jushita-ecs", "site-builder"] {
        assert_eq!(refused(&but(product, abroad), 9), ["outside-mainland"], "{product}");
    }
    assert_eq!(refused(&good("shop"), 9), ["filed-elsewhere"]);
    let nobody = but("ecs", abroad);
    let decision = decide(edition(), &nobody, at(NOW), None);
    assert_eq!(
        words(&issue(&Asking { decision: &decision, blacklisted: false }, n(1)).unwrap_err()),
        ["outside-mainland"]
    );
}

#[test]
fn a_refusal_names_the_remedy_for_programs_too() {
    let facts = but("ecs", |facts| facts.expires_at = Some(at("2020-10-20T00:00:00+08:00")));
    let decision = today(&facts);
    let refused = issue(&Asking { decision: &decision, blacklisted: false }, n(1)).unwrap_err();
    let IssueRefusal::Obstacle(obstacle @ Obstacle::Finding { .. }) = &refused.reasons()[0] else {
        panic!("{refused:?}")
    };
    assert_eq!((obstacle.word(), obstacle.action()), ("purchased-term-short", "renew"));
    assert_eq!(obstacle.suggestion(Lang::Zh), "请至少续费 3 个月，续到 2021-01-20 00:00（北京时间）或更晚。");
}

#[test]
fn no_reason_sends_to_pay_for_an_instance_that_another_reason_rules_out() {
    let facts = but("ecs", |facts| {
        facts.expires_at = Some(at("2020-10-20T00:00:00+08:00"));
        facts.public_bandwidth_mbps = Some(0);
        facts.codes_issued = 5;
    });
    let decision = today(&facts);
    let refused = issue(&Asking { decision: &decision, blacklisted: false }, n(1)).unwrap_err();
    assert_eq!(
        words(&refused),
        ["no-public-bandwidth", "purchased-term-short", "expired", "quota-exhausted"]
    );
    for (lang, advice, another) in [
        (Lang::Zh, ["请至少续费", "请升级"], "请另购一个“云服务器 ECS”实例"),
        (Lang::En, ["Renew it", "Upgrade"], "Buy a new"),
    ] {
        let said: Vec<_> =
            refused.reasons().iter().map(|reason| reason.message(lang) + &reason.suggestion(lang)).collect();
        assert!(!advice.iter().any(|advice| said.concat().contains(advice)), "{said:?}");
        let in_vain = if lang == Lang::Zh {
            "请不要为此续费或升级"
        } else {
            "Do not renew or upgrade it for this"
        };
        assert_eq!(said.iter().filter(|said| said.contains(in_vain)).count(), 3, "{said:?}");
        assert!(said[3].contains(another), "{said:?}");
    }
}

fn premade(owner: Option<&str>) -> Held<'_> {
    Held { stored: after(&[Move::Premake]), owner, grantee: None }
}

#[test]
fn a_premade_code_is_bound_by_the_buyer_and_takes_a_place() {
    let facts = but("ecs", |facts| facts.codes_issued = 4);
    let decision = today(&facts);
    let asking = Asking { decision: &decision, blacklisted: false };
    for owner in [None, Some(BUYER)] {
        assert_eq!(bind(&asking, Some(&premade(owner))).unwrap(), stored(State::Bound, true));
    }
    let full = but("ecs", |facts| facts.codes_issued = 5);
    let decision = today(&full);
    let refused =
        bind(&Asking { decision: &decision, blacklisted: false }, Some(&premade(None))).unwrap_err();
    assert_eq!(words(&refused), ["quota-exhausted"]);
}

#[test]
fn a_code_is_bound_once() {
    let facts = good("ecs");
    let decision = today(&facts);
    let asking = Asking { decision: &decision, blacklisted: false };
    let bound = Held { stored: after(&[Move::Issue]), owner: Some(BUYER), grantee: None };
    let refused = bind(&asking, Some(&bound)).unwrap_err();
    assert_eq!(words(&refused), ["illegal-move"]);
    let message = refused.reasons()[0].message(Lang::Zh);
    assert_eq!(message, "该备案服务号已经绑定了产品实例，不能再次绑定。");
}

#[test]
fn somebody_elses_code_is_told_exactly_like_none() {
    let facts = but("ecs", |facts| facts.public_bandwidth_mbps = Some(0));
    let decision = today(&facts);
    let asking = Asking { decision: &decision, blacklisted: false };
    let said = |code: Option<&Held<'_>>| {
        let refused = bind(&asking, code).unwrap_err();
        assert!(matches!(refused.reasons()[0], BindRefusal::UnknownCode));
        let all = refused.reasons().iter().flat_map(|reason| {
            Lang::ALL.map(|lang| [reason.word().to_owned(), reason.message(lang), reason.suggestion(lang)])
        });
        all.collect::<Vec<_>>()
    };
    let nothing = said(None);
    for state in [&[Move::Premake][..], &[Move::Issue], &[Move::Issue, Move::Submit, Move::File]] {
        assert_eq!(said(Some(&Held { stored: after(state), owner: Some("acc-8"), grantee: None })), nothing);
    }
    let nobodys = Held { stored: after(&[Move::Import]), owner: None, grantee: None };
    assert_eq!(said(Some(&nobodys)), nothing);
}
