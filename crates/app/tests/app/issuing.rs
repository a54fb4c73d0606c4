//! Issuing service codes: all or none, never beyond the quota, once for each key, and in the ledger.

use crate::{Story, codes, key, server};
use app::{
    Failure, Told,
    codes::{IssueFault, Issuing},
};
use filing::Refusal;
use futures_util::future::join_all;
use jiff::SignedDuration;
use std::collections::HashSet;
use testbed::{ENGINES, Engine};

/// The words of the reasons for which codes were refused; none when they were not.
fn refused(told: &Told<Issuing>) -> Vec<&'static str> {
    told.answer.question.judge(|_, judged| match judged {
        Ok(_) => Vec::new(),
        Err(refused) => refused.reasons().iter().map(Refusal::word).collect(),
    })
}

fn texts(told: &Told<Issuing>) -> Vec<String> {
    told.answer.codes.iter().flatten().map(|issued| issued.code.to_string()).collect()
}

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
        let words = question.judge(|_, answer| answer.unwrap_err().reasons()[0].word());
        assert_eq!(words, "not-enough-places", "{engine:?}");
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
        let second =
            if engine == Engine::Postgres { story.another_process().await } else { story.desk.clone() };
        let asks = (0..24).map(|at| {
            let desk = if at % 2 == 0 { &story.desk } else { &second };
            desk.issue_codes(codes(&li, "i-7", 1), key(&format!("k-{at}")))
        });
        let answers: Vec<Told<Issuing>> = join_all(asks).await.into_iter().map(Result::unwrap).collect();
        let issued: HashSet<String> = answers.iter().flat_map(texts).collect();
        assert_eq!(issued.len(), 5, "{engine:?}");
    }
}
