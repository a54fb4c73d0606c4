//! Processes that share a desk: each follows the keys, the rulebook and the times of the others.

use crate::{Story, codes, key, refused, server, texts};
use app::{
    Desk, DeskError, Failure, MOST_SKEW, Operator,
    codes::{IssueFault, ReleaseCode, Which},
};
use jiff::{SignedDuration, Timestamp};
use rulebook::{ALIYUN, Billing, Facts};
use testbed::ENGINES;

/// One microsecond: what a change is later than what it follows.
const TICK: SignedDuration = SignedDuration::from_micros(1);

#[tokio::test(flavor = "multi_thread")]
async fn every_process_issues_by_the_rulebook_and_the_keys_that_are_in_force() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let second = story.another_process().await;
        let li = story.customer(7).await;
        story.issue(&li, "i-7", 1, "k-1").await.unwrap();
        story
            .publish(&ALIYUN.replace("codes = 5, per = \"instance\"", "codes = 3, per = \"instance\""))
            .await;
        for (nth, desk) in [&story.desk, &second].into_iter().enumerate() {
            let question = desk.check_codes(codes(&li, "i-7", 3)).await.unwrap();
            assert_eq!(crate::reasons(&question), ["not-enough-places"], "{engine:?}");
            let told = desk.issue_codes(codes(&li, "i-7", 3), key(&format!("many-{nth}"))).await.unwrap();
            assert_eq!(refused(&told), ["not-enough-places"], "{engine:?}");
        }
        let under: Vec<Vec<u8>> = story
            .look::<(Vec<u8>,)>("SELECT sealed FROM codes")
            .await
            .into_iter()
            .map(|(sealed,)| sealed)
            .collect();
        story.rotate(&["code", "code-lookup"]).await;
        let rotated = second.issue_codes(codes(&li, "i-7", 1), key("k-2")).await.unwrap();
        let told = story.issue(&li, "i-7", 1, "k-2").await.unwrap();
        assert_eq!((texts(&told), told.before), (texts(&rotated), true), "{engine:?}");
        let sealed = story.look::<(Vec<u8>,)>("SELECT sealed FROM codes ORDER BY changed_at").await;
        let keys: Vec<_> = sealed.iter().map(|(sealed,)| keys::key_id_of(sealed).unwrap()).collect();
        assert_eq!(keys.len(), 2, "{engine:?}");
        assert_eq!(keys::key_id_of(&under[0]).unwrap(), keys[0], "{engine:?}");
        assert_ne!(keys[0], keys[1], "{engine:?}: the second is sealed under the new key");
        assert_eq!(format!("{second:?}"), "Desk(generation 3)", "{engine:?}");
    }
}

async fn issued_at(desk: &Desk, li: &app::Asker, nth: u8) -> Timestamp {
    let told = desk.issue_codes(codes(li, "i-7", 1), key(&format!("at-{nth}"))).await.unwrap();
    told.answer.question.at()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_a_minute_behind_tells_no_change_before_its_cause() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let slow = story.another_process_behind(SignedDuration::from_mins(1)).await;
        let li = story.customer(7).await;
        let begun = story.desk.now();
        assert_eq!(issued_at(&slow, &li, 0).await, begun + TICK, "{engine:?}: after the instance");
        story.clock.pass(SignedDuration::from_secs(10));
        let first = issued_at(&story.desk, &li, 1).await;
        assert_eq!(first, story.desk.now(), "{engine:?}: nothing is later than now");
        assert_eq!(issued_at(&slow, &li, 2).await, first + TICK, "{engine:?}: after the places");
        assert_eq!(issued_at(&story.desk, &li, 3).await, first + TICK + TICK, "{engine:?}");
        story.clock.pass(SignedDuration::from_secs(10));
        let dearer = Facts { public_bandwidth_mbps: Some(9), ..server("i-7", &li) };
        story.desk.record_instance(dearer.clone()).await.unwrap();
        let question = slow.check_codes(codes(&li, "i-7", 1)).await.unwrap();
        assert_eq!(question.at(), story.desk.now() + TICK, "{engine:?}: after the facts");
        story.clock.pass(SignedDuration::from_secs(10));
        story.rotate(&["code"]).await;
        assert_eq!(issued_at(&slow, &li, 4).await, story.desk.now() + TICK, "{engine:?}: after the keys");
        story.clock.pass(SignedDuration::from_secs(10));
        story.desk.record_instance(server("i-7", &li)).await.unwrap();
        slow.record_instance(dearer).await.unwrap();
        let changed: Vec<(i64,)> = story.look("SELECT changed_at FROM instances").await;
        assert_eq!(changed, [((story.desk.now() + TICK).as_microsecond(),)], "{engine:?}: after the record");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn places_of_the_account_and_of_the_instance_are_both_followed() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let slow = story.another_process_behind(SignedDuration::from_mins(1)).await;
        let li = story.customer(7).await;
        for (nth, changed) in [
            "UPDATE quota_places SET changed_at = $1 WHERE product = ''",
            "UPDATE quota_places SET changed_at = $1 WHERE product = 'ecs'",
        ]
        .into_iter()
        .enumerate()
        {
            story.clock.pass(SignedDuration::from_secs(10));
            let now = story.desk.now();
            story.say(changed, vec![Box::new(now.as_microsecond())]).await;
            let nth = u8::try_from(nth).unwrap();
            assert_eq!(issued_at(&slow, &li, nth).await, now + TICK, "{engine:?} {changed}");
        }
        let entries: Vec<(i64,)> = story.look("SELECT at FROM ledger_entries ORDER BY at").await;
        assert!(entries.is_sorted_by(|one, other| one.0 < other.0), "{engine:?} {entries:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_too_far_behind_is_an_error_and_nothing_is_kept() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let slow = story.another_process_behind(MOST_SKEW).await;
        let before = story.snapshot().await;
        let told = slow.issue_codes(codes(&li, "i-7", 1), key("k-1")).await.unwrap_err();
        let behind =
            |error: &DeskError| matches!(error, DeskError::ClockBehind { now, .. } if *now == slow.now());
        assert!(matches!(&told, Failure::<IssueFault>::Desk(error) if behind(error)), "{engine:?} {told}");
        let told = slow.check_codes(codes(&li, "i-7", 1)).await.unwrap_err();
        assert!(matches!(&told, Failure::Desk(error) if behind(error)), "{engine:?} {told}");
        let cheaper = Facts { billing: Some(Billing::PayAsYouGo), ..server("i-7", &li) };
        let told = slow.record_instance(cheaper).await.unwrap_err();
        assert!(matches!(&told, app::RecordError::Desk(error) if behind(error)), "{engine:?} {told}");
        assert_eq!(story.snapshot().await, before, "{engine:?}");
        let barely = story.another_process_behind(MOST_SKEW - TICK).await;
        let told = barely.issue_codes(codes(&li, "i-7", 1), key("k-1")).await.unwrap();
        assert_eq!(told.answer.question.at(), story.desk.now() + TICK, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_made_void_follows_the_places_that_it_gives_back() {
    for engine in ENGINES {
        for (take, look) in [
            (
                "UPDATE quota_places SET changed_at = $1 WHERE product = ''",
                "SELECT changed_at FROM quota_places WHERE product = ''",
            ),
            (
                "UPDATE quota_places SET changed_at = $1 WHERE product = 'ecs'",
                "SELECT changed_at FROM quota_places WHERE product = 'ecs'",
            ),
        ] {
            let story = Story::on(engine).await;
            let slow = story.another_process_behind(SignedDuration::from_mins(1)).await;
            let li = story.customer(7).await;
            let issued = story.issue(&li, "i-7", 1, "k-1").await.unwrap().answer.codes.unwrap().remove(0);
            story.clock.pass(SignedDuration::from_secs(10));
            let later = story.desk.now();
            story.say(take, vec![Box::new(later.as_microsecond())]).await;
            let operator = Operator::parse("wei").unwrap();
            let code = Which::Id(issued.id);
            let ask = ReleaseCode { operator, code, reason: "requested by mistake".to_owned() };
            slow.release_code(ask, key("r-1")).await.unwrap();
            let at: Vec<(i64,)> = story.look("SELECT MAX(at) FROM ledger_entries").await;
            assert_eq!(at, [((later + TICK).as_microsecond(),)], "{engine:?} {take}");
            let changed: Vec<(i64,)> = story.look(look).await;
            assert_eq!(changed, at, "{engine:?} {take}: never backwards");
        }
    }
}
