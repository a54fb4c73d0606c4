//! Instances by the thousand: wild ones, and such as stand just at the edge of a rule.

use crate::desk::{SHANGHAI, aliyun, at, example_host};
use jiff::{
    Span, Timestamp,
    civil::{Date, Time},
};
use proptest::{option, prelude::*, sample::select};
use rulebook::{Billing, Edition, Fact, Facts, Fen};

/// An instance, who asks about it, when, and by which edition.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) edition: &'static Edition,
    pub(crate) facts: Facts,
    pub(crate) at: Timestamp,
    pub(crate) asker: Option<&'static str>,
}

/// The editions of both rulebooks.
pub(crate) fn editions() -> Vec<&'static Edition> {
    aliyun().editions.iter().chain(&example_host().editions).map(std::convert::AsRef::as_ref).collect()
}

/// The day `months` after `day`, by the calendar library.
pub(crate) fn add_months(day: Date, months: u32) -> Option<Date> {
    day.checked_add(Span::new().try_months(months).ok()?).ok()
}

fn moved(day: Date, months: i32, days: i32) -> Date {
    day.checked_add(Span::new().months(months))
        .and_then(|day| day.checked_add(Span::new().days(days)))
        .unwrap()
}

pub(crate) fn instant(day: Date, clock: Time) -> Timestamp {
    day.to_datetime(clock).to_zoned(SHANGHAI).unwrap().timestamp()
}

fn clock(now: Time) -> impl Strategy<Value = Time> {
    let second = Span::new().seconds(1);
    select(vec![
        Time::midnight(),
        Time::MAX.with().subsec_nanosecond(0).build().unwrap(),
        now,
        now.wrapping_add(second),
        now.wrapping_sub(second),
    ])
}

/// A moment between 2015 and 2035, often on the last days of a month.
fn moment() -> impl Strategy<Value = (Date, Time)> {
    let day = (2015i16..2035, 1i8..=12, prop_oneof![1i8..=31, 27i8..=31]);
    let day = day.prop_map(|(year, month, day)| {
        let first = Date::new(year, month, 1).unwrap();
        Date::new(year, month, day.min(first.days_in_month())).unwrap()
    });
    let clock = (0i8..24, 0i8..60, 0i8..60).prop_map(|(h, m, s)| Time::new(h, m, s, 0).unwrap());
    (day, prop_oneof![Just(Time::midnight()), clock])
}

/// When it was bought and until when, both near whole months from each other and from now.
fn terms((today, now): (Date, Time)) -> impl Strategy<Value = (Timestamp, Timestamp)> {
    (-4i32..=14, -1i32..=1, clock(now), 0i32..=14, -1i32..=1, clock(now)).prop_map(
        move |(left, by, expires, bought, off, purchased)| {
            let end = moved(today, left, by);
            (instant(moved(end, -bought, off), purchased), instant(end, expires))
        },
    )
}

fn region() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        8 => select(vec!["cn-hangzhou", "华东1（杭州）", "北京"]),
        1 => select(vec!["cn-hongkong", "us-west-1", "香港"]),
        1 => select(vec!["mars-1", ""]),
    ]
}

fn product() -> impl Strategy<Value = (&'static Edition, String)> {
    select(editions()).prop_flat_map(|edition| {
        let mut products: Vec<String> = edition.rows().iter().map(|row| row.product.clone()).collect();
        products.push("toaster".to_owned());
        (Just(edition), select(products))
    })
}

type Place = (Option<&'static str>, Option<&'static str>, Option<&'static str>, Option<Billing>);

fn place() -> impl Strategy<Value = Place> {
    let account = prop_oneof![6 => Just(Some("acc-7")), 1 => Just(None)];
    let asker = prop_oneof![2 => Just(None), 6 => Just(Some("acc-7")), 1 => Just(Some("acc-8"))];
    let billing = prop_oneof![
        6 => Just(Some(Billing::Subscription)),
        1 => Just(Some(Billing::PayAsYouGo)),
        1 => Just(None)
    ];
    (account, asker, prop_oneof![9 => region().prop_map(Some), 1 => Just(None)], billing)
}

type Figures = (Option<u32>, Option<usize>, Option<u32>, Option<i64>, u32);

fn figures() -> impl Strategy<Value = Figures> {
    let some = |none: u32| option::weighted(1.0 - f64::from(none) / 10.0, 0u8..1);
    let bandwidth = (some(1), select(vec![0, 1, 5, 100])).prop_map(|(known, n)| known.map(|_| n));
    let ips = (some(1), select(vec![0usize, 1, 1, 3])).prop_map(|(known, n)| known.map(|_| n));
    let months = (some(1), select(vec![0u32, 1, 11, 12, 13, 24])).prop_map(|(known, n)| known.map(|_| n));
    let amount = select(vec![0i64, 8_999, 9_000, 9_899, 9_900, 119_999, 120_000, 500_000]);
    let amount = (some(1), amount).prop_map(|(known, n)| known.map(|_| n));
    let codes = prop_oneof![6 => Just(0u32), 4 => select(vec![1, 2, 3, 4, 5, 6, 9, 10, 19, 20, 49, 50])];
    (bandwidth, ips, months, amount, codes)
}

/// The region as the rulebook of `edition` writes it.
fn region_of(edition: &Edition, region: &'static str) -> &'static str {
    match region {
        _ if is_aliyun(edition) => region,
        "cn-hangzhou" | "华东1（杭州）" => "bj-1",
        "cn-hongkong" | "us-west-1" => "hk-1",
        other => other,
    }
}

fn is_aliyun(edition: &Edition) -> bool {
    aliyun().editions.iter().any(|here| std::ptr::eq(here.as_ref(), edition))
}

/// Instances near the edges of the rules, in every edition of both rulebooks.
pub(crate) fn question() -> impl Strategy<Value = Question> {
    let terms = moment().prop_flat_map(|now| (Just(now), terms(now)));
    let known = (option::weighted(0.9, 0u8..1), option::weighted(0.9, 0u8..1));
    let derived = option::weighted(0.2, Just(Fact::PurchasedAt));
    (product(), place(), terms, known, figures(), derived).prop_map(
        |((edition, product), place, ((today, now), (bought, ends)), known, figures, derived)| {
            let (account, asker, region, billing) = place;
            let (bandwidth, ips, months, amount, codes_issued) = figures;
            let facts = Facts {
                id: "i-1".into(),
                product,
                account: account.map(Into::into),
                region: region.map(|region| region_of(edition, region).to_owned()),
                billing,
                public_bandwidth_mbps: bandwidth,
                public_ips: ips.map(|n| vec!["47.96.0.1".parse().unwrap(); n]),
                purchased_at: known.0.map(|_| bought),
                expires_at: known.1.map(|_| ends),
                first_purchase_months: months,
                first_order_amount: amount.map(Fen::new),
                codes_issued,
                derived: derived.into_iter().collect(),
            };
            Question { edition, facts, at: instant(today, now), asker }
        },
    )
}

/// The same with every fact known, and the region in the mainland of its own rulebook.
pub(crate) fn known_question() -> impl Strategy<Value = Question> {
    question().prop_map(|mut question| {
        let facts = &mut question.facts;
        facts.region = Some(region_of(question.edition, "cn-hangzhou").into());
        facts.account.get_or_insert_with(|| "acc-7".into());
        facts.billing.get_or_insert(Billing::Subscription);
        facts.public_bandwidth_mbps.get_or_insert(0);
        facts.public_ips.get_or_insert_with(Vec::new);
        facts.purchased_at.get_or_insert(question.at);
        facts.expires_at.get_or_insert(question.at);
        facts.first_purchase_months.get_or_insert(1);
        facts.first_order_amount.get_or_insert(Fen::new(1));
        question
    })
}

fn any_instant() -> impl Strategy<Value = Timestamp> {
    prop_oneof![
        Just(Timestamp::MIN),
        Just(Timestamp::MAX),
        Just(Timestamp::UNIX_EPOCH),
        Just(at("1991-09-15T00:00:00+08:00")),
        Just(at("9999-12-30T00:00:00Z")),
        (Timestamp::MIN.as_second()..=Timestamp::MAX.as_second())
            .prop_map(|second| Timestamp::from_second(second).unwrap()),
    ]
}

/// Facts that nobody would believe.
pub(crate) fn wild_question() -> impl Strategy<Value = Question> {
    let number = || prop_oneof![Just(None), Just(Some(0)), Just(Some(u32::MAX)), any::<u32>().prop_map(Some)];
    let text =
        || option::of(prop_oneof![Just(String::new()), Just("\u{0}\"{}\\".to_owned()), any::<String>()]);
    let product = prop_oneof![3 => product(), 1 => (select(editions()), any::<String>())];
    let billing = option::of(select(vec![Billing::Subscription, Billing::PayAsYouGo]));
    let amount = option::of(prop_oneof![Just(i64::MIN), Just(i64::MAX), any::<i64>()].prop_map(Fen::new));
    let asker = select(vec![None, Some(""), Some("acc-7"), Some("甲\u{202e}")]);
    let region = prop_oneof![text(), Just(Some("cn-hangzhou".to_owned())), Just(Some("bj-1".to_owned()))];
    (
        (product, text(), region, billing, number()),
        (0usize..3, option::of(any_instant()), option::of(any_instant()), number(), amount),
        (number(), any_instant(), asker, proptest::collection::vec(select(Fact::ALL.to_vec()), 0..3)),
    )
        .prop_map(
            |((product, account, region, billing, mbps), (ips, bought, ends, months, amount), rest)| {
                let (codes, at, asker, derived) = rest;
                let facts = Facts {
                    id: account.clone().unwrap_or_default(),
                    product: product.1,
                    account,
                    region,
                    billing,
                    public_bandwidth_mbps: mbps,
                    public_ips: (ips > 0).then(|| vec!["::1".parse().unwrap(); ips - 1]),
                    purchased_at: bought,
                    expires_at: ends,
                    first_purchase_months: months,
                    first_order_amount: amount,
                    codes_issued: codes.unwrap_or_default(),
                    derived: derived.into_iter().collect(),
                };
                Question { edition: product.0, facts, at, asker }
            },
        )
}
