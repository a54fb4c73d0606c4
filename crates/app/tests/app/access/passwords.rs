//! Passwords: given for one time, set, and given anew.

use super::{ELSEWHERE, HOME, OWN, add, labelled, make, of, settled, sign_in, user, wang, who};
use crate::{Story, key};
use app::{
    Actor, Failure, Operator,
    access::{
        AddUser, KeyFault, KeysOf, Right, Role, SetPasswordError, SignInError, Unrecognised, UserFault,
    },
};
use futures_util::future::join;
use jiff::SignedDuration;
use testbed::ENGINES;

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_password_opens_nothing_but_its_replacement() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let one_time = add(&story, "li", &[Role::Operator]).await;
        let first = sign_in(&story.desk, " Li ", &one_time, HOME).await.unwrap();
        assert!(first.must_change_password, "{engine:?}");
        let principal = who(&story.desk, first.token.reveal()).await.unwrap();
        assert!(principal.must_change_password() && !principal.may(Right::ManageUsers), "{engine:?}");
        let key = story.desk.make_key(labelled(KeysOf::Own(principal.clone())), None).await;
        assert!(matches!(key, Err(Failure::Because(KeyFault::NotAllowed))), "{engine:?}");
        story.desk.set_password(&principal, one_time.as_str().into(), OWN.into()).await.unwrap();
        let principal = who(&story.desk, first.token.reveal()).await.unwrap();
        assert!(!principal.must_change_password() && principal.may(Right::ManageUsers), "{engine:?}");
        assert_eq!(principal.actor().unwrap(), Actor::Staff(Operator::parse("li").unwrap()));
        let again = sign_in(&story.desk, "li", &one_time, HOME).await;
        assert!(matches!(again, Err(SignInError::Wrong)), "{engine:?}");
        assert!(!sign_in(&story.desk, "li", OWN, HOME).await.unwrap().must_change_password, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_password_is_good_for_four_days_and_only_who_has_it_is_told() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let one_time = add(&story, "li", &[Role::Support]).await;
        let in_time = add(&story, "zhao", &[Role::Support]).await;
        story.clock.pass(SignedDuration::from_hours(96) - SignedDuration::from_secs(1));
        assert!(sign_in(&story.desk, "zhao", &in_time, HOME).await.is_ok(), "{engine:?}");
        story.clock.pass(SignedDuration::from_secs(1));
        let late = sign_in(&story.desk, "li", &one_time, HOME).await;
        assert!(matches!(late, Err(SignInError::OneTimeExpired)), "{engine:?}");
        let wrong = sign_in(&story.desk, "li", "something else", HOME).await;
        assert!(matches!(wrong, Err(SignInError::Wrong)), "{engine:?}");
        let told = story.desk.reset_password(wang(), "li".to_owned(), None).await.unwrap();
        let one_time = told.answer.unwrap();
        assert!(sign_in(&story.desk, "li", one_time.reveal(), HOME).await.is_ok(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_password_opens_one_session_also_when_two_sign_in_at_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let one_time = add(&story, "li", &[Role::Operator]).await;
        let second = story.another_process().await;
        let both =
            join(sign_in(&story.desk, "li", &one_time, HOME), sign_in(&second, "li", &one_time, ELSEWHERE))
                .await;
        let (opened, refused): (Vec<_>, Vec<_>) = [both.0, both.1].into_iter().partition(Result::is_ok);
        assert_eq!((opened.len(), refused.len()), (1, 1), "{engine:?} {opened:?} {refused:?}");
        assert!(matches!(refused[0], Err(SignInError::OneTimeUsed)), "{engine:?} {refused:?}");
        let again = sign_in(&story.desk, "li", &one_time, HOME).await;
        assert!(matches!(again, Err(SignInError::OneTimeUsed)), "{engine:?}");
        let wrong = sign_in(&story.desk, "li", "something else", HOME).await;
        assert!(matches!(wrong, Err(SignInError::Wrong)), "{engine:?}: only who has it is told");
        let told = story.desk.reset_password(wang(), "li".to_owned(), None).await.unwrap();
        let another = told.answer.unwrap();
        assert!(sign_in(&story.desk, "li", another.reveal(), HOME).await.is_ok(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_password_replaces_itself_in_its_time_and_not_after() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let in_time = add(&story, "li", &[Role::Support]).await;
        let late = add(&story, "zhao", &[Role::Support]).await;
        let mut sessions = Vec::new();
        for (name, one_time) in [("li", &in_time), ("zhao", &late)] {
            let signed_in = sign_in(&story.desk, name, one_time, HOME).await.unwrap();
            sessions.push(who(&story.desk, signed_in.token.reveal()).await.unwrap());
        }
        let set = async |nth: usize, old: &str| {
            story.desk.set_password(&sessions[nth], old.into(), OWN.into()).await
        };
        story.clock.pass(SignedDuration::from_hours(96) - SignedDuration::from_secs(1));
        assert!(set(0, &in_time).await.is_ok(), "{engine:?}");
        story.clock.pass(SignedDuration::from_secs(1));
        for old in [&*late, "something else"] {
            let told = set(1, old).await;
            assert!(matches!(told, Err(SetPasswordError::OneTimeExpired)), "{engine:?} {told:?}");
        }
        assert!(sign_in(&story.desk, "li", OWN, HOME).await.is_ok(), "{engine:?}: his own has no end");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_set_by_whoever_knows_the_old_one_and_not_to_anything() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let name = "a-rather-long-name";
        let token = settled(&story, name, &[Role::Support]).await;
        let principal = who(&story.desk, &token).await.unwrap();
        let set =
            async |old: &str, new: &str| story.desk.set_password(&principal, old.into(), new.into()).await;
        let long = "x".repeat(1001);
        for new in ["too short", &long] {
            assert!(matches!(set(OWN, new).await, Err(SetPasswordError::Length)), "{engine:?}");
        }
        assert!(matches!(set(OWN, "A-Rather-Long-Name").await, Err(SetPasswordError::IsName)), "{engine:?}");
        assert!(matches!(set(OWN, OWN).await, Err(SetPasswordError::Same)), "{engine:?}");
        for usual in [
            "password123",
            "1234567890",
            "qwertyuiop",
            "aaaaaaaaaaaa",
            "a-rather-long-name1",
            "beianbeian",
            "P@ssw0rd123",
        ] {
            let told = set(OWN, usual).await;
            assert!(matches!(told, Err(SetPasswordError::Guessable)), "{engine:?} {usual} {told:?}");
        }
        for _ in 0..6 {
            let wrong = set("a wrong password", "another good one").await;
            assert!(matches!(wrong, Err(SetPasswordError::WrongOld)), "{engine:?}");
        }
        let slowed = set(OWN, "another good one").await;
        assert!(matches!(slowed, Err(SetPasswordError::TooMany { .. })), "{engine:?}");
        story.clock.pass(SignedDuration::from_secs(1));
        set(OWN, "茶叶在山上慢慢长大了").await.unwrap();
        assert!(sign_in(&story.desk, name, "茶叶在山上慢慢长大了", HOME).await.is_ok(), "{engine:?}");
        let (_, secret) = make(&story, labelled(of(name))).await;
        let by_key = who(&story.desk, &secret).await.unwrap();
        let refused = story.desk.set_password(&by_key, OWN.into(), "another good one".into()).await;
        assert!(matches!(refused, Err(SetPasswordError::NotInSession)), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_one_time_password_ends_sessions_and_leaves_keys() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let token = settled(&story, "li", &[Role::Support]).await;
        let (_, secret) = make(&story, labelled(of("li"))).await;
        let told = story.desk.reset_password(wang(), "li".to_owned(), Some(key("k-1"))).await.unwrap();
        let again = story.desk.reset_password(wang(), "li".to_owned(), Some(key("k-1"))).await.unwrap();
        assert!(told.answer.is_some() && again.answer.is_none() && again.before, "{engine:?}");
        assert!(matches!(who(&story.desk, &token).await, Err(Unrecognised::SignedOut)), "{engine:?}");
        assert!(matches!(sign_in(&story.desk, "li", OWN, HOME).await, Err(SignInError::Wrong)), "{engine:?}");
        assert!(who(&story.desk, &secret).await.unwrap().may(Right::LookUp), "{engine:?}");
        let system = AddUser { system: true, ..user("catalogue", &[Role::Operator]) };
        story.desk.add_user(system, None).await.unwrap();
        let none = story.desk.reset_password(wang(), "catalogue".to_owned(), None).await;
        assert!(matches!(none, Err(Failure::Because(UserFault::System(_)))), "{engine:?}");
    }
}
