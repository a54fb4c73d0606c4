//! What a code is now, with the instance behind it.

use crate::desk::{BUYER, NOW, at, but, edition, good, stored};
use filing::codes::{Cause, Instance, Reader, Shown, Standing, State, Stored};
use jiff::Timestamp;
use rulebook::{Billing, Code, Fact, FactSet, Facts, Fen, Lang, Purchaser, Verdict, decide};

const BOUND: (State, bool) = (State::Bound, true);

fn here(facts: &Facts, at: Timestamp) -> Instance<'_> {
    Instance::Here { edition: edition(), facts, at }
}

fn shown((state, counted): (State, bool), facts: &Facts) -> Shown {
    Standing::of(stored(state, counted), here(facts, at(NOW))).shown()
}

#[test]
fn a_bound_code_expires_with_its_instance_and_is_good_again_once_it_is_renewed() {
    let facts = good("ecs");
    let code = stored(State::Bound, true);
    let before = Standing::of(code, here(&facts, at("2022-10-01T09:59:59+08:00")));
    assert!(before.is_usable() && before.causes().next().is_none());
    let purchaser = before.decision().map(|decision| decision.case().purchaser);
    assert_eq!(purchaser, Some(Purchaser::Asker), "the rulebook is asked as the buyer");
    let expired = Standing::of(code, here(&facts, at("2022-10-01T10:00:00+08:00")));
    assert_eq!(expired.shown(), Shown::Expired);
    assert_eq!(expired.stored(), code);
    let message = expired.message(Reader::Owner, Lang::Zh);
    assert!(message.contains("已失效") && message.contains("2022-10-01 10:00"), "{message}");
    let next = expired.what_to_do(Reader::Owner, Lang::Zh);
    assert!(next.contains("请至少续费 1 个月") && next.contains("自动恢复"), "{next}");
    let renewed = but("ecs", |facts| facts.expires_at = Some(at("2022-11-01T10:00:00+08:00")));
    assert!(Standing::of(code, here(&renewed, at("2022-10-01T10:00:00+08:00"))).is_usable());
}

#[test]
fn only_codes_that_wait_for_a_filing_can_expire() {
    let abroad = but("ecs", |facts| facts.region = Some("us-west-1".into()));
    let ended = but("ecs", |facts| facts.expires_at = Some(at("2020-10-20T00:00:00+08:00")));
    for row in Stored::ALL {
        let can = matches!(row.state(), State::Bound | State::Recording);
        for instance in [here(&abroad, at(NOW)), here(&ended, at(NOW)), Instance::Gone] {
            let standing = Standing::of(row, instance);
            let wanted = if can { Shown::Expired } else { Shown::Stored(row.state()) };
            assert_eq!(standing.shown(), wanted, "{row:?}");
            assert_eq!(standing.causes().count() > 0, can, "{row:?}");
        }
    }
}

#[test]
fn whatever_blocks_a_filing_expires_a_code_but_an_exhausted_quota() {
    let spoiled: [(Code, Facts); 11] = [
        (Code::ProductNotFileable, but("oss", |_| ())),
        (Code::OutsideMainland, but("ecs", |facts| facts.region = Some("cn-hongkong".into()))),
        (Code::PayAsYouGo, but("ecs", |facts| facts.billing = Some(Billing::PayAsYouGo))),
        (Code::NoPublicBandwidth, but("ecs", |facts| facts.public_bandwidth_mbps = Some(0))),
        (Code::NoPublicIp, but("ecs", |facts| facts.public_ips = Some(vec![]))),
        (
            Code::PurchasedTermShort,
            but("ecs", |facts| facts.expires_at = Some(at("2020-12-01T10:00:00+08:00"))),
        ),
        (Code::FirstPurchaseShort, but("site-builder", |facts| facts.first_purchase_months = Some(6))),
        (Code::OrderAmountLow, but("site-builder", |facts| facts.first_order_amount = Some(Fen::new(1)))),
        (Code::Expired, but("swas", |facts| facts.expires_at = Some(at("2020-11-01T12:00:00+08:00")))),
        (Code::QuotaExhausted, but("ecs", |facts| facts.codes_issued = 5)),
        (Code::UnknownFact, but("ecs", |facts| facts.billing = None)),
    ];
    for (code, facts) in spoiled {
        let asked = decide(edition(), &facts, at(NOW), Some(BUYER));
        assert!(asked.has(code), "{code}");
        let kept = matches!(code, Code::QuotaExhausted | Code::UnknownFact);
        for state in [State::Bound, State::Recording] {
            let wanted = if kept { Shown::Stored(state) } else { Shown::Expired };
            assert_eq!(shown((state, true), &facts), wanted, "{code}");
        }
        let standing = Standing::of(stored(State::Bound, true), here(&facts, at(NOW)));
        let told =
            standing.causes().any(|cause| matches!(cause, Cause::Finding(finding) if finding.code == code));
        assert_eq!(told, !kept, "{code}");
    }
}

#[test]
fn unknown_facts_never_expire_a_code() {
    let nothing = Facts { id: "i-1".into(), product: "ecs".into(), ..Facts::default() };
    assert_eq!(shown(BOUND, &nothing), Shown::Stored(State::Bound));
    let mut facts = good("ecs");
    (facts.expires_at, facts.region, facts.account) = (None, None, None);
    facts.derived = [Fact::PurchasedAt].into_iter().collect::<FactSet>();
    assert_eq!(shown(BOUND, &facts), Shown::Stored(State::Bound));
}

#[test]
fn the_quota_and_other_causes_together_tell_only_what_expires() {
    let facts = but("ecs", |facts| {
        facts.codes_issued = 5;
        facts.public_bandwidth_mbps = Some(0);
        facts.billing = Some(Billing::PayAsYouGo);
    });
    let standing = Standing::of(stored(State::Recording, true), here(&facts, at(NOW)));
    let codes: Vec<_> = standing
        .causes()
        .map(|cause| match cause {
            Cause::Finding(finding) => finding.code,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(codes, [Code::PayAsYouGo, Code::NoPublicBandwidth]);
}

#[test]
fn an_instance_that_ended_expires_its_code_even_when_another_system_files_it() {
    let running = good("shop");
    assert_eq!(shown(BOUND, &running), Shown::Stored(State::Bound));
    let ended = but("shop", |facts| facts.expires_at = Some(at("2020-10-20T00:00:00+08:00")));
    assert_eq!(decide(edition(), &ended, at(NOW), None).verdict(), Verdict::Elsewhere);
    let standing = Standing::of(stored(State::Bound, true), here(&ended, at(NOW)));
    assert_eq!(standing.causes().collect::<Vec<_>>(), [Cause::Ended(at("2020-10-20T00:00:00+08:00"))]);
    assert!(standing.message(Reader::Owner, Lang::Zh).contains("2020-10-20 00:00"));
    let on_demand = but("shop", |facts| {
        facts.expires_at = Some(at("2020-10-20T00:00:00+08:00"));
        facts.billing = Some(Billing::PayAsYouGo);
    });
    assert_eq!(shown(BOUND, &on_demand), Shown::Stored(State::Bound));
}

#[test]
fn a_grantee_is_told_why_without_the_dates_amounts_and_account_of_the_owner() {
    let facts = but("site-builder", |facts| {
        facts.account = Some("owner-4711".into());
        facts.region = Some("cn-hangzhou".into());
        facts.expires_at = Some(at("2020-10-20T08:30:00+08:00"));
        facts.first_order_amount = Some(Fen::new(4_242));
        facts.first_purchase_months = Some(6);
    });
    let standing = Standing::of(stored(State::Bound, true), here(&facts, at(NOW)));
    assert_eq!(standing.causes().count(), 3);
    for lang in Lang::ALL {
        let owner = standing.message(Reader::Owner, lang);
        assert!(owner.contains("42.42") && owner.contains("2020-10-20"), "{owner}");
        for text in [standing.message(Reader::Grantee, lang), standing.what_to_do(Reader::Grantee, lang)] {
            assert!(!text.contains("owner-4711") && !text.contains(|c: char| c.is_ascii_digit()), "{text}");
        }
    }
    let told = standing.message(Reader::Grantee, Lang::Zh);
    assert!(
        told.contains("首次购买的时长不够") && told.contains("首单金额不够") && told.contains("已到期"),
        "{told}"
    );
}

#[test]
fn one_purchase_is_asked_to_meet_all_that_the_first_order_lacks() {
    let facts = but("site-builder", |facts| {
        facts.first_order_amount = Some(Fen::new(1));
        facts.first_purchase_months = Some(1);
    });
    let standing = Standing::of(stored(State::Bound, true), here(&facts, at(NOW)));
    let next = standing.what_to_do(Reader::Owner, Lang::Zh);
    assert_eq!(
        next,
        "请另购一个“建站市场（云市场）”实例，首次购买时长不少于 12 个月，首单金额不低于 99.00 元。"
    );
    assert_eq!((standing.causes().count(), standing.remedies().len()), (2, 1));
}

#[test]
fn paying_for_the_instance_is_told_only_where_it_makes_the_code_good_again() {
    let expired = |change: fn(&mut Facts)| {
        but("iot-package", |facts| {
            facts.expires_at = Some(at("2020-10-20T08:30:00+08:00"));
            change(facts);
        })
    };
    for (facts, helps) in [
        (expired(|facts| facts.codes_issued = 1), true),
        (expired(|facts| facts.first_order_amount = Some(Fen::new(1))), false),
    ] {
        let standing = Standing::of(stored(State::Bound, true), here(&facts, at(NOW)));
        for (lang, renew) in [(Lang::Zh, "请至少续费"), (Lang::En, "Renew it")] {
            for said in [standing.message(Reader::Owner, lang), standing.what_to_do(Reader::Owner, lang)] {
                assert_eq!(said.contains(renew), helps, "{said}");
            }
        }
    }
}

#[test]
fn a_code_whose_instance_is_gone_never_recovers_and_says_so() {
    let standing = Standing::of(stored(State::Bound, true), Instance::Gone);
    assert_eq!(standing.causes().collect::<Vec<_>>(), [Cause::Gone]);
    assert!(standing.decision().is_none());
    let next = standing.what_to_do(Reader::Owner, Lang::Zh);
    assert!(next.contains("申请新的备案服务号") && !next.contains("恢复"), "{next}");
}

#[test]
fn labels_are_those_of_the_specification() {
    let words: Vec<_> = Shown::ALL.iter().map(|shown| (shown.word(), shown.label(Lang::Zh))).collect();
    assert_eq!(
        words,
        [
            ("init", "未分配"),
            ("bound", "未使用"),
            ("recording", "备案中"),
            ("recorded", "已备案"),
            ("expired", "已失效"),
            ("void", "已作废"),
        ]
    );
}
