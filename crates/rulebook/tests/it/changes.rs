//! What changed about an instance, and the sentences that say it.

use jiff::{Timestamp, civil::date};
use rulebook::{Billing, Change, Fact, Facts, Fen, Known, Lang};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn before() -> Facts {
    Facts {
        id: "i-1".into(),
        product: "ecs".into(),
        account: Some("acc-7".into()),
        region: Some("cn-hangzhou".into()),
        billing: Some(Billing::Subscription),
        public_bandwidth_mbps: Some(5),
        public_ips: Some(vec!["203.0.113.7".parse().unwrap(), "203.0.113.8".parse().unwrap()]),
        purchased_at: Some(at("2020-10-01T10:00:00+08:00")),
        expires_at: Some(at("2021-10-01T10:00:00+08:00")),
        first_purchase_months: Some(1),
        first_order_amount: Some(Fen::new(19_900)),
        ..Facts::default()
    }
}

fn after() -> Facts {
    Facts {
        id: "i-1".into(),
        product: "swas".into(),
        account: None,
        region: Some("us-west-1".into()),
        billing: Some(Billing::PayAsYouGo),
        public_bandwidth_mbps: Some(0),
        public_ips: Some(vec![]),
        purchased_at: Some(at("2020-11-03T10:00:00+08:00")),
        expires_at: None,
        first_purchase_months: Some(12),
        first_order_amount: Some(Fen::new(9_900)),
        codes_issued: 2,
        ..Facts::default()
    }
}

fn told(changes: impl Iterator<Item = Change>, lang: Lang) -> Vec<String> {
    changes.map(|change| change.message(date(2020, 11, 3), lang)).collect()
}

#[test]
fn every_change_is_told_in_chinese_with_its_day() {
    let (before, after) = (before(), after());
    assert_eq!(
        told(before.changes_to(&after), Lang::Zh),
        [
            "产品类型于 2020年11月3日 由“ecs”改为“swas”。",
            "购买账号于 2020年11月3日 由“acc-7”改为未知。",
            "地域于 2020年11月3日 由“cn-hangzhou”改为“us-west-1”。",
            "计费方式于 2020年11月3日 由包年包月改为按量付费。",
            "公网带宽于 2020年11月3日 由 5 Mbit/s 改为 0。",
            "公网 IP 于 2020年11月3日 由 203.0.113.7、203.0.113.8 改为无。",
            "购买时间于 2020年11月3日 由 2020-10-01 10:00（北京时间）改为 2020-11-03 10:00（北京时间）。",
            "到期时间于 2020年11月3日 由 2021-10-01 10:00（北京时间）改为未知。",
            "首次购买时长于 2020年11月3日 由 1 个月改为 12 个月。",
            "首单金额于 2020年11月3日 由 199.00 元改为 99.00 元。",
            "已申请的备案服务号于 2020年11月3日 由 0 个改为 2 个。",
        ]
    );
}

#[test]
fn every_change_is_told_in_english_with_its_day() {
    let (before, after) = (before(), after());
    assert_eq!(
        told(before.changes_to(&after), Lang::En),
        [
            "The product was changed on 2020-11-03 from \"ecs\" to \"swas\".",
            "The buying account was changed on 2020-11-03 from \"acc-7\" to unknown.",
            "The region was changed on 2020-11-03 from \"cn-hangzhou\" to \"us-west-1\".",
            "The billing method was changed on 2020-11-03 from subscription to pay-as-you-go.",
            "The public bandwidth was changed on 2020-11-03 from 5 Mbit/s to 0.",
            "The public IP addresses were changed on 2020-11-03 from 203.0.113.7, 203.0.113.8 to none.",
            "The purchase time was changed on 2020-11-03 from 2020-10-01 10:00 (+08:00) to 2020-11-03 10:00 (+08:00).",
            "The expiry time was changed on 2020-11-03 from 2021-10-01 10:00 (+08:00) to unknown.",
            "The length of the first order was changed on 2020-11-03 from 1 month to 12 months.",
            "The amount of the first order was changed on 2020-11-03 from CNY 199.00 to CNY 99.00.",
            "The number of service codes issued was changed on 2020-11-03 from 0 to 2.",
        ]
    );
}

#[test]
fn going_and_coming_back_are_told_too() {
    let gone = [Change::Gone, Change::Back];
    assert_eq!(
        told(gone.clone().into_iter(), Lang::Zh),
        ["该实例于 2020年11月3日 释放。", "该实例于 2020年11月3日 恢复。"]
    );
    assert_eq!(
        told(gone.into_iter(), Lang::En),
        ["The instance was released on 2020-11-03.", "The instance was restored on 2020-11-03."]
    );
}

#[test]
fn the_same_facts_have_no_change_between_them_and_a_mark_of_derivation_is_none() {
    let derived = Facts { derived: [Fact::PurchasedAt].into_iter().collect(), ..before() };
    assert_eq!(before().changes_to(&derived).count(), 0);
}

#[test]
fn coming_to_know_a_fact_or_losing_it_is_told_apart_from_its_change() {
    let fact = |before, after| Change::Fact { fact: Fact::PublicBandwidth, before, after };
    assert!(fact(Known::Mbps(5), Known::Mbps(0)).is_between_known());
    assert!(!fact(Known::Unknown, Known::Mbps(0)).is_between_known());
    assert!(!fact(Known::Mbps(5), Known::Unknown).is_between_known());
    assert!(fact(Known::Mbps(5), Known::Mbps(0)).is_of(Fact::PublicBandwidth));
    assert!(
        !fact(Known::Mbps(5), Known::Mbps(0)).is_of(Fact::PublicIps) && !Change::Gone.is_of(Fact::PublicIps)
    );
}
