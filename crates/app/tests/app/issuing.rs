//! Issuing service codes: all or none, never beyond the quota, once for each key, and in the ledger.

use crate::{Story, codes, key, reasons, refused, server, texts};
use app::{
    Failure, Told,
    codes::{IssueFault, Issuing},
};
use futures_util::future::join_all;
use jiff::SignedDuration;
use rulebook::{Facts, Fen};
use std::collections::HashSet;
use testbed::ENGINES;

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_gets_his_codes_and_the_fifth_is_the_last() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let first = story.desk.issue_codes(codes(&li, "i-7", 3), key("k-1")).await.unwrap();
        assert_eq!((texts(&first).len(), refused(&first)), (3, vec![]), "{engine:?}");
        let too_many = story.desk.issue_codes(codes(&li, "i-7", 3), key("k-2")).await.unwrap();
        assert_eq!(
            (texts(&too_many).len(), refused(&too_many)),
            (0, vec!["not-enough-places"]),
            "{engine:?}"
        );
        let rest = story.desk.issue_codes(codes(&li, "i-7", 2), key("k-3")).await.unwrap();
        let none_left = story.desk.issue_codes(codes(&li, "i-7", 1), key("k-4")).await.unwrap();
        assert_eq!(refused(&none_left), ["quota-exhausted"], "{engine:?}");
        let all: HashSet<String> = texts(&first).into_iter().chain(texts(&rest)).collect();
        assert_eq!(all.len(), 5, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_gives_the_same_answer_whatever_happened_since() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let first = story.desk.issue_codes(codes(&li, "i-7", 5), key("k-1")).await.unwrap();
        let refusal = story.desk.issue_codes(codes(&li, "i-7", 1), key("k-2")).await.unwrap();
        story.clock.pass(SignedDuration::from_hours(24 * 600));
        let again = story.desk.issue_codes(codes(&li, "i-7", 5), key("k-1")).await.unwrap();
        assert_eq!(
            (again.entry, again.before, texts(&again)),
            (first.entry, true, texts(&first)),
            "{engine:?}"
        );
        assert_eq!(again.answer.question.at(), first.answer.question.at(), "{engine:?}");
        let refused_again = story.desk.issue_codes(codes(&li, "i-7", 1), key("k-2")).await.unwrap();
        assert_eq!(refused(&refused_again), refused(&refusal), "{engine:?}");
        let other = story.desk.issue_codes(codes(&li, "i-7", 4), key("k-1")).await.unwrap_err();
        assert!(matches!(other, Failure::KeyUsed), "{engine:?} {other}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_says_what_issuing_would_and_changes_nothing() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        for _ in 0..3 {
            let question = story.desk.check_codes(codes(&li, "i-7", 5)).await.unwrap();
            assert!(question.judge(|_, answer| answer.is_ok()), "{engine:?}");
        }
        let question = story.desk.check_codes(codes(&li, "i-7", 6)).await.unwrap();
        assert_eq!(reasons(&question), ["not-enough-places"], "{engine:?}");
        let answer = story.desk.issue_codes(codes(&li, "i-7", 5), key("k-1")).await.unwrap();
        assert_eq!(texts(&answer).len(), 5, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_instance_is_told_like_one_that_does_not_exist() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (_li, wang) = (story.customer(7).await, story.customer(8).await);
        for name in ["i-7", "i-9", "i\0", &"i".repeat(10_000)] {
            let told = story.desk.issue_codes(codes(&wang, name, 1), key("k-1")).await.unwrap_err();
            let unknown =
                |fault: &IssueFault| matches!(fault, IssueFault::UnknownInstance(told) if told == name);
            assert!(matches!(told, Failure::Because(ref fault) if unknown(fault)), "{engine:?} {told}");
        }
        let told = story.desk.issue_codes(codes(&wang, "i-8", 1), key("k-1")).await.unwrap();
        assert_eq!(texts(&told).len(), 1, "{engine:?}: the key is free again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quota_per_account_counts_all_instances_of_the_product() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        for name in ["w-1", "w-2"] {
            let web = rulebook::Facts { product: "elastic-web".to_owned(), ..server(name, &li) };
            story.desk.record_instance(web).await.unwrap();
        }
        let first = story.desk.issue_codes(codes(&li, "w-1", 3), key("k-1")).await.unwrap();
        assert_eq!(texts(&first).len(), 3, "{engine:?}");
        let second = story.desk.issue_codes(codes(&li, "w-2", 3), key("k-2")).await.unwrap();
        assert_eq!(refused(&second), ["not-enough-places"], "{engine:?}");
        let third = story.desk.issue_codes(codes(&li, "w-2", 2), key("k-3")).await.unwrap();
        assert_eq!(texts(&third).len(), 2, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_share_the_quota_and_no_more() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let second = story.another_process().await;
        let asks = (0..24).map(|at| {
            let desk = if at % 2 == 0 { &story.desk } else { &second };
            desk.issue_codes(codes(&li, "i-7", 1), key(&format!("k-{at}")))
        });
        let answers: Vec<Told<Issuing>> = join_all(asks).await.into_iter().map(Result::unwrap).collect();
        let issued: HashSet<String> = answers.iter().flat_map(texts).collect();
        assert_eq!(issued.len(), 5, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_twenty_at_once_are_refused_and_none_is_made() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let before = story.snapshot().await;
        let told = story.issue(&li, "i-7", 21, "k-1").await.unwrap();
        assert_eq!(refused(&told), ["too-many-at-once", "not-enough-places"], "{engine:?}");
        let twenty = story.issue(&li, "i-7", 20, "k-2").await.unwrap();
        assert_eq!(refused(&twenty), ["not-enough-places"], "{engine:?}");
        let after = story.snapshot().await;
        assert_eq!((after.codes, &after.places), (0, &before.places), "{engine:?}");
        let most = story.issue(&li, "i-7", u32::MAX, "k-3").await.unwrap();
        assert_eq!(refused(&most), ["too-many-at-once", "not-enough-places"], "{engine:?}");
    }
}

/// An instance and the words for which a code on it is refused.
fn refusals(li: &app::Asker) -> Vec<(Facts, &'static [&'static str])> {
    let of = |product: &str| Facts { product: product.to_owned(), ..server(product, li) };
    vec![
        (of("web-hosting"), &["no-code-needed"]),
        (
            Facts {
                first_purchase_months: Some(12),
                first_order_amount: Some(Fen::new(9_900)),
                ..of("site-builder")
            },
            &["made-on-purchase"],
        ),
        (of("jushita-ecs"), &["made-elsewhere"]),
        (of("shop"), &["filed-elsewhere"]),
        (of("toaster"), &["product-not-fileable"]),
        (Facts { region: Some("cn-hongkong".to_owned()), ..server("i-hk", li) }, &["outside-mainland"]),
        (Facts { billing: None, ..server("i-unknown", li) }, &["unknown-fact"]),
        (
            Facts { public_ips: Some(vec![]), public_bandwidth_mbps: Some(0), ..server("i-dark", li) },
            &["no-public-bandwidth", "no-public-ip"],
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_against_codes_is_told_in_the_words_of_the_rules_by_check_and_issue_alike() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.account(7).await;
        for (facts, words) in refusals(&li) {
            let name = facts.id.clone();
            story.desk.record_instance(facts).await.unwrap();
            let question = story.desk.check_codes(codes(&li, &name, 1)).await.unwrap();
            assert_eq!(reasons(&question), words, "{engine:?} {name}");
            let told = story.issue(&li, &name, 1, &name).await.unwrap();
            assert_eq!(refused(&told), words, "{engine:?} {name}");
            assert_eq!(told.answer.codes, None, "{engine:?} {name}");
        }
        let after = story.snapshot().await;
        assert_eq!(after.codes, 0, "{engine:?}");
        assert_eq!(after.taken(), 0, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_is_gone_is_told_like_one_that_never_was() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        story.mark_gone("i-7").await;
        let before = story.snapshot().await;
        let told = story.issue(&li, "i-7", 1, "k-1").await.unwrap_err();
        assert!(matches!(told, Failure::Because(IssueFault::UnknownInstance(_))), "{engine:?} {told}");
        let told = story.desk.check_codes(codes(&li, "i-7", 1)).await.unwrap_err();
        assert!(matches!(told, Failure::Because(IssueFault::UnknownInstance(_))), "{engine:?} {told}");
        assert_eq!(story.snapshot().await, before, "{engine:?}");
        story.desk.record_instance(server("i-7", &li)).await.unwrap();
        let back = story.issue(&li, "i-7", 1, "k-1").await.unwrap();
        assert_eq!(texts(&back).len(), 1, "{engine:?}: it was recorded again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_first_edition_nothing_can_be_asked_and_nothing_is_kept() {
    for engine in ENGINES {
        let story = Story::at(engine, "2018-05-20T15:59:59Z").await;
        let li = story.customer(7).await;
        let before = story.snapshot().await;
        let told = story.issue(&li, "i-7", 1, "k-1").await.unwrap_err();
        assert!(matches!(told, Failure::Because(IssueFault::NoEdition(_))), "{engine:?} {told}");
        let told = story.desk.check_codes(codes(&li, "i-7", 1)).await.unwrap_err();
        assert!(matches!(told, Failure::Because(IssueFault::NoEdition(_))), "{engine:?} {told}");
        assert_eq!(story.snapshot().await, before, "{engine:?}");
        story.clock.pass(SignedDuration::from_secs(1));
        let told = story.issue(&li, "i-7", 1, "k-1").await.unwrap();
        assert_eq!(told.answer.question.edition().id, "2018-05-21", "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_leaves_the_places_alone_and_a_check_leaves_everything_alone() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        story.issue(&li, "i-7", 2, "k-1").await.unwrap();
        let before = story.snapshot().await;
        for count in [3, 4, 21] {
            story.desk.check_codes(codes(&li, "i-7", count)).await.unwrap();
        }
        assert_eq!(story.snapshot().await, before, "{engine:?}");
        story.clock.pass(SignedDuration::from_mins(1));
        story.issue(&li, "i-7", 4, "k-2").await.unwrap();
        let after = story.snapshot().await;
        assert_eq!((after.codes, &after.places), (before.codes, &before.places), "{engine:?}");
        assert_eq!((after.entries, after.requests), (before.entries + 1, before.requests + 1), "{engine:?}");
    }
}
