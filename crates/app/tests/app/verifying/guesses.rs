//! Guesses at codes and logins: slowed down, forgiven by what is right alone, and no quicker by asking with one key.

use super::{PASSWORD, Panel, USER, ask, code, host, told};
use crate::{Story, key, server, surroundings};
use app::{
    Asker, Desk, Failure, Told,
    verification::{PanelAnswer, PanelUnavailable, VerifyFault, Verifying},
};
use futures_util::future::join_all;
use jiff::SignedDuration;
use rulebook::Facts;
use std::sync::{Arc, Mutex};
use testbed::ENGINES;

/// How many tries are counted against an account, in all and at each host or code: the narrow ones in the order of their sizes.
async fn counted(story: &Story) -> (Vec<i64>, i64) {
    let counts =
        "SELECT scope, failures FROM tries WHERE scope IN ('verify', 'verify-account') ORDER BY failures";
    let counts: Vec<(String, i64)> = story.look(counts).await;
    let (narrow, wide): (Vec<_>, Vec<_>) = counts.into_iter().partition(|(scope, _)| scope == "verify");
    (narrow.into_iter().map(|(_, count)| count).collect(), wide.into_iter().map(|(_, count)| count).sum())
}

impl Story {
    async fn try_login(
        &self,
        desk: &Desk,
        asker: &Asker,
        password: &str,
        with: Option<&str>,
    ) -> Result<Told<Verifying>, Failure<VerifyFault>> {
        desk.verify_product(ask(asker, "web-hosting", host(USER, password)), with.map(key)).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_is_slowed_down_and_nobody_else() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.account(7).await, story.account(8).await);
        story.host(&li, "h-1", "web-hosting", &[USER]).await;
        for _ in 0..6 {
            assert_eq!(
                story.cause(&wang, "web-hosting", host(USER, "guess")).await.0,
                "bad-credentials",
                "{engine:?}"
            );
        }
        let many = story.verify(&wang, "web-hosting", host(USER, PASSWORD)).await.unwrap_err();
        let Failure::Because(VerifyFault::TooMany { retry_after }) = many else {
            panic!("{engine:?} {many}")
        };
        assert!(retry_after.is_positive(), "{engine:?}");
        assert_eq!(story.cause(&li, "web-hosting", host(USER, PASSWORD)).await.0, "verified", "{engine:?}");
        story.clock.pass(retry_after);
        assert_eq!(story.cause(&wang, "web-hosting", host(USER, PASSWORD)).await.0, "verified", "{engine:?}");
        assert_eq!(
            story.cause(&wang, "web-hosting", host(USER, "guess")).await.0,
            "bad-credentials",
            "{engine:?}"
        );
        let none = "00000-00000-00000-00000";
        for _ in 0..6 {
            assert_eq!(story.cause(&wang, "ecs", code(none)).await.0, "unknown-code", "{engine:?}");
        }
        let many = story.verify(&wang, "ecs", code(none)).await.unwrap_err();
        assert!(matches!(many, Failure::Because(VerifyFault::TooMany { .. })), "{engine:?} {many}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_right_forgives_and_a_panel_that_does_not_answer_counts_nothing() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.account(7).await;
        let facts = Facts { product: "web-hosting".to_owned(), ..server("h-1", &li) };
        story.desk.record_instance(facts).await.unwrap();
        let panel = Arc::new(Panel(Mutex::new(Ok(PanelAnswer::No))));
        let around = surroundings(&story.clock, 77);
        let desk = Desk::open_with_panel(story.store.clone(), around, Some(panel.clone())).await.unwrap();
        let mut seen = Vec::new();
        for answer in [
            Ok(PanelAnswer::No),
            Ok(PanelAnswer::No),
            Err(PanelUnavailable { retry_after: None }),
            Ok(PanelAnswer::Host { instance: "h-unknown".to_owned() }),
            Ok(PanelAnswer::Host { instance: "h-1".to_owned() }),
        ] {
            *panel.0.lock().unwrap() = answer;
            let answer = story.try_login(&desk, &li, PASSWORD, None).await.unwrap().answer;
            seen.push((told(&answer).1, counted(&story).await));
        }
        let expected = [
            ("bad-credentials", (vec![1], 1)),
            ("bad-credentials", (vec![2], 2)),
            ("upstream-unavailable", (vec![2], 2)),
            ("upstream-unavailable", (vec![2], 2)),
            ("verified", (vec![], 2)),
        ];
        assert_eq!(seen, expected, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_again_with_its_key_a_login_is_neither_counted_nor_forgiven_nor_compared() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.account(7).await;
        story.host(&li, "h-1", "web-hosting", &[USER]).await;
        let first = story.try_login(&story.desk, &li, PASSWORD, Some("right")).await.unwrap();
        for wrong in ["guess", "another"] {
            story.try_login(&story.desk, &li, wrong, Some(wrong)).await.unwrap();
        }
        let before = (counted(&story).await, story.desk.passwords_hashed());
        assert_eq!(before.0, (vec![2], 2), "{engine:?}");
        for _ in 0..3 {
            let again = story.try_login(&story.desk, &li, PASSWORD, Some("right")).await.unwrap();
            assert_eq!((again.before, again.answer.passed()), (true, first.answer.passed()), "{engine:?}");
            let again = story.try_login(&story.desk, &li, "guess", Some("guess")).await.unwrap();
            assert_eq!((again.before, told(&again.answer).0), (true, "bad-credentials"), "{engine:?}");
        }
        let after = (counted(&story).await, story.desk.passwords_hashed());
        assert_eq!(after, before, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_login_asked_many_times_at_once_with_one_key_is_one_try() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.account(7).await;
        story.host(&li, "h-1", "web-hosting", &[USER]).await;
        let asks = (0..4).map(|_| story.try_login(&story.desk, &li, "guess", Some("k-1")));
        for told in join_all(asks).await {
            assert_eq!(super::told(&told.unwrap().answer).0, "bad-credentials", "{engine:?}");
        }
        assert_eq!(counted(&story).await, (vec![1], 1), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_used_tells_no_more_about_a_password_than_any_other_guess() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.account(7).await;
        story.host(&li, "h-1", "web-hosting", &[USER]).await;
        story.try_login(&story.desk, &li, PASSWORD, Some("k-1")).await.unwrap();
        let hashed = story.desk.passwords_hashed();
        for nth in 0..6 {
            let guess = format!("guess {nth}");
            let other = story.try_login(&story.desk, &li, &guess, Some("k-1")).await.unwrap_err();
            assert!(matches!(other, Failure::KeyUsed), "{engine:?} {other}");
        }
        assert_eq!(story.desk.passwords_hashed(), hashed, "{engine:?}: none is compared");
        for guess in ["guess 7", PASSWORD] {
            let many = story.try_login(&story.desk, &li, guess, Some("k-1")).await.unwrap_err();
            let slowed = matches!(many, Failure::Because(VerifyFault::TooMany { .. }));
            assert!(slowed, "{engine:?} {many}: right or wrong");
        }
        story.clock.pass(SignedDuration::from_secs(1));
        let again = story.try_login(&story.desk, &li, PASSWORD, Some("k-1")).await.unwrap();
        assert!(again.before && again.answer.passed().is_some(), "{engine:?}");
    }
}
