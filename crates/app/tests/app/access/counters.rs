//! Counters: a key that was presented before is recognised without a look into the database, and gives no moment longer what it
//! gives nowhere else any more.

use super::{labelled, make, of, tries, user, wang, who};
use crate::{
    Story, codes, key,
    logged::{logged, statements},
};
use app::{
    Asker, Desk, DeskError, Failure,
    access::{AddUser, ChangeRoles, Counter, Credential, MadeKey, MakeKey, Role, Unrecognised},
    codes::{IssueFault, Question},
    verification::{Proof, VerifyProduct},
};
use jiff::SignedDuration;
use rulebook::ALIYUN;
use testbed::ENGINES;

const NAME: &str = "web-shop";

/// A customer with an instance `i-7`, and a key of his user that is good for an hour.
async fn customer(story: &Story) -> (Asker, MadeKey, String) {
    let li = story.customer(7).await;
    let account = Some(li.name().to_owned());
    story.desk.add_user(AddUser { account, ..user(NAME, &[Role::Customer]) }, None).await.unwrap();
    let expires_at = Some(story.desk.now() + SignedDuration::from_hours(1));
    let (made, secret) = make(story, MakeKey { expires_at, ..labelled(of(NAME)) }).await;
    (li, made, secret)
}

async fn counter(desk: &Desk, token: &str) -> Result<Counter, Unrecognised> {
    desk.counter(&Credential::parse(token).unwrap()).await
}

async fn checked(at: &Counter, li: &Asker, instance: &str) -> Result<Question, Failure<IssueFault>> {
    at.check_codes(codes(li, instance, 1)).await
}

/// Why whoever asks is no longer recognised.
fn unrecognised<T, F>(answer: Result<T, Failure<F>>) -> Unrecognised {
    match answer {
        Err(Failure::Desk(DeskError::Unrecognised(why))) => *why,
        Err(Failure::Desk(error)) => panic!("{error}"),
        Err(Failure::KeyUsed | Failure::Because(_)) | Ok(_) => panic!("answered"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_presented_before_is_recognised_without_a_statement() {
    logged();
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, _, token) = customer(&story).await;
        let first = counter(&story.desk, &token).await.unwrap();
        checked(&first, &li, "i-7").await.unwrap();
        statements();
        let again = counter(&story.desk, &token).await.unwrap();
        assert_eq!(statements(), [""; 0], "{engine:?}");
        assert_eq!(again.principal(), &who(&story.desk, &token).await.unwrap(), "{engine:?}");
        statements();
        checked(&again, &li, "i-7").await.unwrap();
        assert_eq!(statements().len(), 1, "{engine:?}");
        story.clock.pass(SignedDuration::from_secs(11));
        counter(&story.desk, &token).await.unwrap();
        assert_eq!(statements().len(), 1, "{engine:?}: not remembered for long");
        // Its uses are noted once a minute all the same.
        story.clock.pass(SignedDuration::from_mins(1));
        counter(&story.desk, &token).await.unwrap();
        counter(&story.desk, &token).await.unwrap();
        assert_eq!(story.desk.note_uses().await.unwrap(), 1, "{engine:?}");
        counter(&story.desk, &token).await.unwrap();
        assert_eq!(story.desk.note_uses().await.unwrap(), 0, "{engine:?}");
        // It is remembered when its hour is over, and good no longer.
        story.clock.pass(SignedDuration::from_secs(59 * 60 - 15));
        counter(&story.desk, &token).await.unwrap();
        story.clock.pass(SignedDuration::from_secs(5));
        assert!(matches!(counter(&story.desk, &token).await, Err(Unrecognised::Expired)), "{engine:?}");
    }
}

/// A counter in each process, at which the key was recognised from memory.
async fn remembered(desks: [&Desk; 2], token: &str) -> [Counter; 2] {
    for desk in desks {
        let li = desk.account("acc-7").await.unwrap().unwrap();
        checked(&counter(desk, token).await.unwrap(), &li, "i-7").await.unwrap();
        counter(desk, token).await.unwrap();
    }
    [counter(desks[0], token).await.unwrap(), counter(desks[1], token).await.unwrap()]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_who_is_locked_in_one_process_is_answered_in_none_until_he_is_let_in_again() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let second = story.another_process().await;
        let (li, _, token) = customer(&story).await;
        let desks = [&story.desk, &second];
        let counters = remembered(desks, &token).await;
        story.desk.lock_user(wang(), NAME.to_owned(), None).await.unwrap();
        for (at, desk) in counters.iter().zip(desks) {
            let why = unrecognised(checked(at, &li, "i-7").await);
            assert!(matches!(why, Unrecognised::Locked), "{engine:?} {why}");
            assert!(matches!(counter(desk, &token).await, Err(Unrecognised::Locked)), "{engine:?}");
        }
        story.desk.unlock_user(wang(), NAME.to_owned(), None).await.unwrap();
        for at in remembered(desks, &token).await {
            checked(&at, &li, "i-7").await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_revoked_in_one_process_gives_nothing_in_another() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let second = story.another_process().await;
        let (li, made, token) = customer(&story).await;
        story.desk.revoke_key(of(NAME), make(&story, labelled(of(NAME))).await.0.id, None).await.unwrap();
        let [here, there] = remembered([&story.desk, &second], &token).await;
        story.desk.revoke_key(of(NAME), made.id, None).await.unwrap();
        // Not even that something is not there.
        let told = unrecognised(checked(&there, &li, "i-9").await);
        assert!(matches!(told, Unrecognised::Revoked), "{engine:?} {told}");
        let issued = unrecognised(here.issue_codes(codes(&li, "i-7", 1), key("k-1")).await);
        assert!(matches!(issued, Unrecognised::Revoked), "{engine:?} {issued}");
        let proof = Proof::Code("7ZQ4M-2X9K1-C8V5T-3B6NZ".to_owned());
        let ask = VerifyProduct { asker: li.clone(), product: "ecs".to_owned(), proof, address: None };
        let verified = unrecognised(here.verify_product(ask, None).await);
        assert!(matches!(verified, Unrecognised::Revoked), "{engine:?} {verified}");
        let written = story.look::<(i64,)>("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM codes").await;
        assert_eq!(written[0].0, 0, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_learns_nothing_by_asking_wrongly_and_counts_no_try() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, made, token) = customer(&story).await;
        let desks = [&story.desk, &story.desk];
        let [at, _] = remembered(desks, &token).await;
        at.issue_codes(codes(&li, "i-7", 1), key("k-1")).await.unwrap();
        story.desk.revoke_key(of(NAME), made.id, None).await.unwrap();
        let used = unrecognised(at.issue_codes(codes(&li, "i-7", 2), key("k-1")).await);
        assert!(matches!(used, Unrecognised::Revoked), "{engine:?} {used}");
        let login = Proof::Host { name: "somebody".to_owned(), password: "something".into() };
        for product in ["web-hosting", "ecs", "no such thing"] {
            let proof = login.clone();
            let ask = VerifyProduct { asker: li.clone(), product: product.to_owned(), proof, address: None };
            let verified = unrecognised(at.verify_product(ask, Some(key("k-2"))).await);
            assert!(matches!(verified, Unrecognised::Revoked), "{engine:?} {product} {verified}");
        }
        assert_eq!(tries(&story).await, 0, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_while_the_rules_change_is_looked_up_again_and_answered() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let second = story.another_process().await;
        let (li, _, token) = customer(&story).await;
        counter(&second, &token).await.unwrap();
        let remembered = counter(&second, &token).await.unwrap();
        story
            .publish(&ALIYUN.replace("codes = 5, per = \"instance\"", "codes = 3, per = \"instance\""))
            .await;
        let question = checked(&remembered, &li, "i-7").await.unwrap();
        assert!(
            question.judge(|_, answer| answer.is_ok_and(|issue| issue.left_after() == Some(2))),
            "{engine:?}"
        );
        assert_eq!(format!("{second:?}"), "Desk(generation 2)", "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_roles_give_what_they_give_at_once_and_who_asked_before_asks_again() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.desk.add_user(user("li", &[Role::Operator, Role::Support]), None).await.unwrap();
        let (_, token) = make(&story, labelled(of("li"))).await;
        let li = story.customer(7).await;
        counter(&story.desk, &token).await.unwrap();
        let remembered = counter(&story.desk, &token).await.unwrap();
        let roles = ChangeRoles { by: wang(), name: "li".to_owned(), roles: vec![Role::Support] };
        story.desk.add_user(user("zhao", &[Role::Operator]), None).await.unwrap();
        story.desk.change_roles(roles, None).await.unwrap();
        let asked = checked(&remembered, &li, "i-7").await;
        assert!(matches!(asked, Err(Failure::Desk(DeskError::Unsettled(1)))), "{engine:?}");
        let anew = counter(&story.desk, &token).await.unwrap();
        assert_eq!(anew.principal(), &who(&story.desk, &token).await.unwrap(), "{engine:?}");
        checked(&anew, &li, "i-7").await.unwrap();
    }
}
