//! Instances that go and come back, and the history of what changed about them.

use crate::{Story, codes, key, server};
use app::{Asker, Failure, Gone, InstanceChange, InstanceError, Recorded, changed_on, codes::IssueFault};
use jiff::{
    SignedDuration,
    civil::{Date, date},
};
use rulebook::{Billing, Change, Fact, Facts, Known, Lang};
use testbed::ENGINES;

fn told(history: &[InstanceChange]) -> Vec<String> {
    history.iter().map(|change| change.change.message(change.day(), Lang::Zh)).collect()
}

fn without_bandwidth(asker: &Asker) -> Facts {
    Facts { public_bandwidth_mbps: Some(0), ..server("i-7", asker) }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_is_gone_gets_no_codes_until_it_is_recorded_again() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        assert_eq!(story.desk.instance_gone("i-7").await.unwrap(), Gone::Now, "{engine:?}");
        assert_eq!(story.desk.instance_gone("i-7").await.unwrap(), Gone::Before, "{engine:?}");
        let refused = story.desk.issue_codes(codes(&li, "i-7", 1), key("k-1")).await.unwrap_err();
        let unknown = matches!(refused, Failure::Because(IssueFault::UnknownInstance(_)));
        assert!(unknown, "{engine:?} {refused}");
        story.clock.pass(SignedDuration::from_hours(48));
        let back = story.desk.record_instance(server("i-7", &li)).await.unwrap();
        assert_eq!(back, Recorded::Changed, "{engine:?}");
        let issued = story.desk.issue_codes(codes(&li, "i-7", 1), key("k-2")).await.unwrap();
        assert!(issued.answer.codes.is_some(), "{engine:?}");
        let history = story.desk.instance_history("i-7").await.unwrap();
        assert_eq!(
            told(&history),
            ["该实例于 2020年11月1日 释放。", "该实例于 2020年11月3日 恢复。"],
            "{engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_after_the_purchase_is_told_with_its_day_in_shanghai() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        // 23:30 on 2 November in Shanghai, then 00:30 on the 3rd, which in UTC is still the 2nd.
        story.clock.pass(SignedDuration::from_mins(38 * 60 + 30));
        let on_demand = Facts { billing: Some(Billing::PayAsYouGo), ..server("i-7", &li) };
        story.desk.record_instance(on_demand.clone()).await.unwrap();
        story.clock.pass(SignedDuration::from_hours(1));
        let less = Facts { public_bandwidth_mbps: Some(0), ..on_demand };
        story.desk.record_instance(less.clone()).await.unwrap();
        story.clock.pass(SignedDuration::from_hours(24));
        assert_eq!(story.desk.record_instance(less).await.unwrap(), Recorded::Same, "{engine:?}");
        let history = story.desk.instance_history("i-7").await.unwrap();
        assert_eq!(
            told(&history),
            [
                "计费方式于 2020年11月2日 由包年包月改为按量付费。",
                "公网带宽于 2020年11月3日 由 5 Mbit/s 改为 0。"
            ],
            "{engine:?}"
        );
        assert_eq!(changed_on(&history, Fact::Billing), Some(date(2020, 11, 2)), "{engine:?}");
        assert_eq!(changed_on(&history, Fact::PublicBandwidth), Some(date(2020, 11, 3)), "{engine:?}");
        assert_eq!(changed_on(&history, Fact::Region), None, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_change_of_a_fact_is_the_one_that_counts_and_hearing_of_a_fact_is_none() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let unknown = Facts { public_bandwidth_mbps: None, ..server("i-7", &li) };
        let mut days = Vec::new();
        for facts in [without_bandwidth(&li), server("i-7", &li), without_bandwidth(&li), unknown] {
            story.clock.pass(SignedDuration::from_hours(24));
            story.desk.record_instance(facts).await.unwrap();
            let history = story.desk.instance_history("i-7").await.unwrap();
            days.push(changed_on(&history, Fact::PublicBandwidth).map(Date::day));
        }
        assert_eq!(days, [Some(2), Some(3), Some(4), None], "{engine:?}");
        story.clock.pass(SignedDuration::from_hours(24));
        story.desk.record_instance(without_bandwidth(&li)).await.unwrap();
        let history = story.desk.instance_history("i-7").await.unwrap();
        assert_eq!(changed_on(&history, Fact::PublicBandwidth), None, "{engine:?}: when, nobody knows");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_one_moment_and_of_a_return_keep_their_order() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.customer(8).await);
        let on_demand = Facts { billing: Some(Billing::PayAsYouGo), ..server("i-7", &li) };
        story.desk.record_instance(on_demand).await.unwrap();
        story.desk.instance_gone("i-7").await.unwrap();
        let other = Facts {
            product: "swas".to_owned(),
            account: Some(wang.name().to_owned()),
            billing: Some(Billing::PayAsYouGo),
            public_ips: Some(vec![]),
            ..server("i-7", &li)
        };
        story.desk.record_instance(other).await.unwrap();
        let history = story.desk.instance_history("i-7").await.unwrap();
        let fact = |fact, before, after| Change::Fact { fact, before, after };
        let word = |word: &str| Known::Word(word.to_owned());
        let billing = Known::Billing;
        let expected = [
            fact(Fact::Billing, billing(Billing::Subscription), billing(Billing::PayAsYouGo)),
            Change::Gone,
            Change::Back,
            Change::Product { before: "ecs".to_owned(), after: "swas".to_owned() },
            fact(Fact::Account, word("acc-7"), word("acc-8")),
            fact(
                Fact::PublicIps,
                Known::Addresses(vec!["203.0.113.7".parse().unwrap()]),
                Known::Addresses(vec![]),
            ),
        ];
        let changes: Vec<_> = history.iter().map(|change| change.change.clone()).collect();
        assert_eq!(changes, expected, "{engine:?}");
        assert!(history.is_sorted_by_key(|change| change.at), "{engine:?}");
        assert!(
            history[0].at < history[1].at && history[1].at < history[2].at,
            "{engine:?}: although the clock stood still"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_instance_that_is_not_there_nothing_is_told() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        for name in ["i-9", "i\0", ""] {
            let gone = story.desk.instance_gone(name).await.unwrap_err();
            let history = story.desk.instance_history(name).await.unwrap_err();
            for told in [gone, history] {
                let unknown = matches!(&told, InstanceError::Unknown(unknown) if unknown == name);
                assert!(unknown, "{engine:?} {told}");
            }
        }
    }
}
