//! Who guesses is slowed down, costs no more than anybody, and stands in nobody's way.

use super::{ELSEWHERE, HOME, OWN, add, settled, sign_in, tries, user};
use crate::Story;
use app::access::{AddUser, PER_NAME_AND_ADDRESS, Role, SignInError};
use futures_util::future::join_all;
use jiff::SignedDuration;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use store::{CommitHook, Fate};
use testbed::ENGINES;

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_an_unknown_name_and_a_system_cost_the_same() {
    for engine in ENGINES {
        let commits = Arc::new(AtomicU64::new(0));
        let counting = Arc::clone(&commits);
        let hook = CommitHook::new(move |at, _| {
            counting.store(at, Ordering::SeqCst);
            Fate::Proceed
        });
        let story = Story::with(engine, hook).await;
        add(&story, "li", &[Role::Support]).await;
        let system = AddUser { system: true, ..user("catalogue", &[Role::Operator]) };
        assert!(story.desk.add_user(system, None).await.unwrap().answer.one_time_password.is_none());
        let mut work = Vec::new();
        for (name, address) in
            [("li", "::1"), ("nobody", "::2:0:0:0:1"), ("catalogue", HOME), ("é\n", ELSEWHERE)]
        {
            let (hashed, committed) = (story.desk.passwords_hashed(), commits.load(Ordering::SeqCst));
            let tries = tries(&story).await;
            let wrong = sign_in(&story.desk, name, "a wrong password", address).await;
            assert!(matches!(wrong, Err(SignInError::Wrong)), "{engine:?} {name}");
            let hashed = story.desk.passwords_hashed() - hashed;
            work.push((
                hashed,
                commits.load(Ordering::SeqCst) - committed,
                self::tries(&story).await - tries,
            ));
        }
        assert_eq!(work, [(1, 1, 2); 4], "{engine:?}: a hash, a commit, two rows");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_is_slowed_down_and_nobody_else() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        settled(&story, "li", &[Role::Support]).await;
        for _ in 0..=PER_NAME_AND_ADDRESS.free {
            let wrong = sign_in(&story.desk, "li", "a wrong password", ELSEWHERE).await;
            assert!(matches!(wrong, Err(SignInError::Wrong)), "{engine:?}");
        }
        let hashed = story.desk.passwords_hashed();
        let wait = sign_in(&story.desk, "li", OWN, ELSEWHERE).await;
        let Err(SignInError::TooMany { retry_after }) = wait else { panic!("{engine:?}: {wait:?}") };
        assert_eq!(retry_after, SignedDuration::from_secs(1), "{engine:?}");
        assert_eq!(story.desk.passwords_hashed(), hashed, "{engine:?}: nothing is hashed for it");
        let second = story.another_process().await;
        let wait = sign_in(&second, "li", OWN, ELSEWHERE).await;
        assert!(matches!(wait, Err(SignInError::TooMany { .. })), "{engine:?}: in every process");
        assert!(sign_in(&story.desk, "li", OWN, HOME).await.is_ok(), "{engine:?}: the owner is let in");
        let other = sign_in(&story.desk, "nobody", OWN, ELSEWHERE).await;
        assert!(matches!(other, Err(SignInError::Wrong)), "{engine:?}: another name from there");
        story.clock.pass(retry_after);
        assert!(sign_in(&story.desk, "li", OWN, ELSEWHERE).await.is_ok(), "{engine:?}");
        let wrong = sign_in(&story.desk, "li", "a wrong password", ELSEWHERE).await;
        assert!(matches!(wrong, Err(SignInError::Wrong)), "{engine:?}: success begins anew");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_of_an_office_are_forgotten_after_a_day_however_busy_it_is() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        settled(&story, "li", &[Role::Support]).await;
        story.clock.pass(SignedDuration::from_hours(24));
        sign_in(&story.desk, "nobody", "a wrong password", HOME).await.unwrap_err();
        let many = "UPDATE tries SET failures = 104 WHERE scope = 'sign-in-address'";
        assert_eq!(story.say(many, vec![]).await, 1, "{engine:?}");
        let wait = sign_in(&story.desk, "li", OWN, HOME).await;
        assert!(matches!(wait, Err(SignInError::TooMany { .. })), "{engine:?}: {wait:?}");
        for hours in [1, 11, 11, 1] {
            story.clock.pass(SignedDuration::from_hours(hours));
            assert!(sign_in(&story.desk, "li", OWN, HOME).await.is_ok(), "{engine:?}");
        }
        assert!(sign_in(&story.desk, "li", OWN, HOME).await.is_ok(), "{engine:?}: nobody waits any more");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_guesses_at_once_do_not_all_pass_for_the_first() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        add(&story, "li", &[Role::Support]).await;
        let hashed = story.desk.passwords_hashed();
        let guesses = (0..16).map(|_| sign_in(&story.desk, "li", "a wrong password", ELSEWHERE));
        let told = join_all(guesses).await;
        let wrong = told.iter().filter(|told| matches!(told, Err(SignInError::Wrong))).count();
        assert_eq!(wrong, 6, "{engine:?}: {told:?}");
        assert_eq!(story.desk.passwords_hashed() - hashed, 6, "{engine:?}");
    }
}
