//! Asking again with the same key: the first answer, whatever happened since, or the truth that it is lost.

use crate::{Story, codes, key, refused, server, texts};
use app::{Damage, DeskError, Failure, Told, codes::Issuing};
use futures_util::future::join_all;
use jiff::SignedDuration;
use rulebook::{ALIYUN, Billing, Facts};
use sha2::{Digest, Sha256};
use testbed::ENGINES;

/// Asserts that `again` is `first`, told again.
fn assert_same(first: &Told<Issuing>, again: &Told<Issuing>, when: &str) {
    assert_eq!((again.entry, again.before), (first.entry, true), "{when}");
    assert_eq!(again.answer.codes, first.answer.codes, "{when}");
    let (one, other) = (&first.answer.question, &again.answer.question);
    assert_eq!((one.at(), one.facts(), one.count()), (other.at(), other.facts(), other.count()), "{when}");
    assert_eq!((&one.edition().id, one.rulebook()), (&other.edition().id, other.rulebook()), "{when}");
    assert_eq!(refused(first), refused(again), "{when}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_from_two_processes_at_once_is_one_deed() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let before = story.snapshot().await;
        let second = story.another_process().await;
        let asks = (0..12).map(|at| {
            let desk = if at % 2 == 0 { &story.desk } else { &second };
            desk.issue_codes(codes(&li, "i-7", 2), key("k-1"))
        });
        let answers: Vec<Told<Issuing>> = join_all(asks).await.into_iter().map(Result::unwrap).collect();
        let (again, first): (Vec<_>, Vec<_>) = answers.iter().partition(|told| told.before);
        assert_eq!(first.len(), 1, "{engine:?}");
        for again in again {
            assert_same(first[0], again, &format!("{engine:?}"));
        }
        let after = story.snapshot().await;
        let more = (after.entries - before.entries, after.requests, after.codes, after.taken());
        assert_eq!(more, (1, 1, 2, 4), "{engine:?}: the places of the instance and of the account");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_again_is_what_was_told_whatever_became_of_instance_and_codes() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.account(8).await);
        let first = story.issue(&li, "i-7", 3, "k-1").await.unwrap();
        let refusal = story.issue(&li, "i-7", 3, "k-2").await.unwrap();
        assert_eq!(refused(&refusal), ["not-enough-places"], "{engine:?}");
        let before = story.snapshot().await;
        let told_again = async |when: &str| {
            let when = format!("{engine:?} {when}");
            assert_same(&first, &story.issue(&li, "i-7", 3, "k-1").await.unwrap(), &when);
            assert_same(&refusal, &story.issue(&li, "i-7", 3, "k-2").await.unwrap(), &when);
        };
        story.clock.pass(SignedDuration::from_hours(24 * 600));
        told_again("years later").await;
        assert_eq!(story.snapshot().await, before, "{engine:?}: nothing is written for it");
        let cheaper = Facts { billing: Some(Billing::PayAsYouGo), ..server("i-7", &li) };
        story.desk.record_instance(cheaper).await.unwrap();
        told_again("after the facts changed").await;
        story.desk.record_instance(server("i-7", &wang)).await.unwrap();
        told_again("after another bought it").await;
        story.mark_gone("i-7").await;
        told_again("after it was gone").await;
        story.say("UPDATE codes SET state = 'void', counted = 0, instance = NULL", vec![]).await;
        told_again("after the codes were made void").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_keeps_to_the_keys_and_the_rulebook_of_the_first_answer() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let first = story.issue(&li, "i-7", 2, "k-1").await.unwrap();
        let refusal = story.issue(&li, "i-7", 4, "k-2").await.unwrap();
        story.rotate(&["code", "code-lookup"]).await;
        let again = story.issue(&li, "i-7", 2, "k-1").await.unwrap();
        assert_same(&first, &again, &format!("{engine:?} under a new key"));
        story
            .publish(&ALIYUN.replace("codes = 5, per = \"instance\"", "codes = 9, per = \"instance\""))
            .await;
        let again = story.issue(&li, "i-7", 2, "k-1").await.unwrap();
        assert_same(&first, &again, &format!("{engine:?} under another rulebook"));
        let again = story.issue(&li, "i-7", 4, "k-2").await.unwrap();
        assert_same(&refusal, &again, &format!("{engine:?} refused under another rulebook"));
        let now = story.issue(&li, "i-7", 4, "k-3").await.unwrap();
        assert_eq!(texts(&now).len(), 4, "{engine:?}: today's rulebook allows nine");
        assert_ne!(now.answer.question.rulebook(), first.answer.question.rulebook(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_lost_is_told_as_damage_and_not_as_fewer_codes() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let first = story.issue(&li, "i-7", 3, "k-1").await.unwrap();
        let lost = first.answer.codes.as_ref().unwrap()[1].id;
        story.say("UPDATE codes SET sealed = lookup WHERE id = $1", vec![Box::new(lost)]).await;
        let told = story.issue(&li, "i-7", 3, "k-1").await.unwrap_err();
        let names_it = |damage: &Damage| matches!(damage, Damage::Code { id, .. } if *id == lost);
        assert!(
            matches!(&told, Failure::Desk(DeskError::Damaged(damage)) if names_it(damage)),
            "{engine:?} {told}"
        );
        assert_eq!(story.say("DELETE FROM codes WHERE id = $1", vec![Box::new(lost)]).await, 1);
        let told = story.issue(&li, "i-7", 3, "k-1").await.unwrap_err();
        let names_it = |damage: &Damage| matches!(damage, Damage::Entry { id, fault } if *id == first.entry && fault.contains(&lost.to_string()));
        assert!(
            matches!(&told, Failure::Desk(DeskError::Damaged(damage)) if names_it(damage)),
            "{engine:?} {told}"
        );
        story.say("DELETE FROM ledger_entries WHERE id = $1", vec![Box::new(first.entry)]).await;
        let told = story.issue(&li, "i-7", 3, "k-1").await.unwrap_err();
        let names_it = |damage: &Damage| matches!(damage, Damage::Entry { id, .. } if *id == first.entry);
        assert!(
            matches!(&told, Failure::Desk(DeskError::Damaged(damage)) if names_it(damage)),
            "{engine:?} {told}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_code_moved_to_another_row_is_told_as_damage() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let first = story.issue(&li, "i-7", 2, "k-1").await.unwrap();
        let swap = "UPDATE codes SET sealed = (SELECT o.sealed FROM codes o WHERE o.id <> codes.id)";
        assert_eq!(story.say(swap, vec![]).await, 2);
        let told = story.issue(&li, "i-7", 2, "k-1").await.unwrap_err();
        let id = first.answer.codes.as_ref().unwrap()[0].id;
        let names_it = |damage: &Damage| matches!(damage, Damage::Code { id: named, .. } if *named == id);
        assert!(
            matches!(&told, Failure::Desk(DeskError::Damaged(damage)) if names_it(damage)),
            "{engine:?} {told}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_its_accounts_own_and_stands_for_one_question() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.customer(8).await);
        story.desk.record_instance(server("i-77", &li)).await.unwrap();
        let first = story.issue(&li, "i-7", 2, "k-1").await.unwrap();
        let other = story.issue(&wang, "i-8", 2, "k-1").await.unwrap();
        assert!(!other.before && other.entry != first.entry, "{engine:?}: two accounts, two deeds");
        let before = story.snapshot().await;
        for (instance, count) in [("i-77", 2), ("i-7", 3), ("i-7", 1), ("i-9", 2)] {
            let told = story.issue(&li, instance, count, "k-1").await.unwrap_err();
            assert!(matches!(told, Failure::KeyUsed), "{engine:?} {instance} {count} {told}");
        }
        assert_eq!(story.snapshot().await, before, "{engine:?}");
        let again = story.issue(&li, "i-7", 2, "k-1").await.unwrap();
        assert_same(&first, &again, &format!("{engine:?}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_before_hashes_had_a_key_is_told_again() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let first = story.issue(&li, "i-7", 2, "k-1").await.unwrap();
        let asked = serde_json::to_vec(&codes(&li, "i-7", 2)).unwrap();
        let digest =
            Sha256::new().chain_update("issue-codes").chain_update([0]).chain_update(asked).finalize();
        let changed = story.say("UPDATE requests SET digest = $1", vec![Box::new(digest.to_vec())]).await;
        assert_eq!(changed, 1, "{engine:?}");
        assert_same(&first, &story.issue(&li, "i-7", 2, "k-1").await.unwrap(), &format!("{engine:?}"));
        let other = story.issue(&li, "i-7", 3, "k-1").await.unwrap_err();
        assert!(matches!(other, Failure::KeyUsed), "{engine:?} {other}");
    }
}
