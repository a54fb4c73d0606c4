//! Sessions: how they end, and what is left of them.

use super::{ELSEWHERE, HOME, OWN, labelled, make, of, settled, sign_in, tries, who};
use crate::{Story, surroundings};
use app::{
    Actor, Desk, DeskError, Surroundings,
    access::{MOST_SESSIONS, Right, Role, SignInError, Unrecognised},
    ledger::Outside,
};
use jiff::SignedDuration;
use testbed::ENGINES;

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_by_signing_out_by_idling_and_after_a_week() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let out = settled(&story, "li", &[Role::Support]).await;
        let principal = who(&story.desk, &out).await.unwrap();
        story.desk.sign_out(&principal).await.unwrap();
        assert!(matches!(who(&story.desk, &out).await, Err(Unrecognised::SignedOut)), "{engine:?}");
        let idle = sign_in(&story.desk, "li", OWN, HOME).await.unwrap();
        let busy = sign_in(&story.desk, "li", OWN, HOME).await.unwrap();
        story.clock.pass(SignedDuration::from_hours(11));
        who(&story.desk, busy.token.reveal()).await.unwrap();
        assert_eq!(story.desk.note_uses().await.unwrap(), 1, "{engine:?}");
        story.clock.pass(SignedDuration::from_hours(1));
        assert!(
            matches!(who(&story.desk, idle.token.reveal()).await, Err(Unrecognised::Expired)),
            "{engine:?}"
        );
        while story.desk.now() < busy.expires_at - SignedDuration::from_secs(1) {
            who(&story.desk, busy.token.reveal()).await.unwrap();
            story.desk.note_uses().await.unwrap();
            let left = busy.expires_at.duration_since(story.desk.now()) - SignedDuration::from_secs(1);
            story.clock.pass(left.min(SignedDuration::from_hours(11)));
        }
        assert!(who(&story.desk, busy.token.reveal()).await.is_ok(), "{engine:?}");
        story.clock.pass(SignedDuration::from_secs(1));
        assert!(
            matches!(who(&story.desk, busy.token.reveal()).await, Err(Unrecognised::Expired)),
            "{engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_session_more_than_anybody_has_ends_the_oldest() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let oldest = settled(&story, "li", &[Role::Support]).await;
        let mut newer = Vec::new();
        for _ in 0..MOST_SESSIONS {
            assert!(who(&story.desk, &oldest).await.is_ok(), "{engine:?}");
            story.clock.pass(SignedDuration::from_secs(1));
            newer.push(sign_in(&story.desk, "li", OWN, HOME).await.unwrap());
        }
        assert!(matches!(who(&story.desk, &oldest).await, Err(Unrecognised::SignedOut)), "{engine:?}");
        assert!(who(&story.desk, newer[0].token.reveal()).await.is_ok(), "{engine:?}");
    }
}

/// How many things a run of retention forgets.
async fn forgotten(story: &Story) -> u64 {
    let ran = story.desk.run_retention(Actor::Kebei, false).await.unwrap();
    ran.counts.iter().map(|(_, things)| things).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_is_forgotten_and_what_is_not_is_not() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let old = settled(&story, "li", &[Role::Support]).await;
        sign_in(&story.desk, "li", "a wrong password", ELSEWHERE).await.unwrap_err();
        assert_eq!(forgotten(&story).await, 0, "{engine:?}");
        story.clock.pass(SignedDuration::from_hours(24));
        let new = sign_in(&story.desk, "li", OWN, HOME).await.unwrap();
        assert!(tries(&story).await >= 2, "{engine:?}");
        forgotten(&story).await;
        assert_eq!(tries(&story).await, 1, "{engine:?}: the address that was just used");
        assert!(matches!(who(&story.desk, &old).await, Err(Unrecognised::Expired)), "{engine:?}");
        story.clock.pass(SignedDuration::from_hours(13 * 24));
        forgotten(&story).await;
        assert!(matches!(who(&story.desk, &old).await, Err(Unrecognised::Unknown)), "{engine:?}");
        assert!(
            matches!(who(&story.desk, new.token.reveal()).await, Err(Unrecognised::Expired)),
            "{engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_token_is_unknown_and_costs_no_write() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        for kind in ["kbs_", "kbk_"] {
            let told = who(&story.desk, &format!("{kind}{}", "a".repeat(52))).await;
            assert!(matches!(told, Err(Unrecognised::Unknown)), "{engine:?}");
        }
        assert_eq!(story.desk.note_uses().await.unwrap(), 0, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_desk_recognises_and_notes_nothing() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        settled(&story, "li", &[Role::Support]).await;
        let (_, secret) = make(&story, labelled(of("li"))).await;
        let file = story.database.folder().join("checkpoint");
        std::fs::write(&file, "no checkpoint").unwrap();
        let outside = Some(Outside::file(file));
        let around = Surroundings { outside, ..surroundings(&story.clock, 9) };
        let desk = Desk::open(story.store.clone(), around).await.unwrap();
        assert!(desk.conflict().is_some(), "{engine:?}");
        assert!(who(&desk, &secret).await.unwrap().may(Right::LookUp), "{engine:?}");
        assert_eq!(desk.note_uses().await.unwrap(), 0, "{engine:?}");
        let refused = sign_in(&desk, "li", OWN, HOME).await;
        assert!(matches!(refused, Err(SignInError::Desk(DeskError::ReadOnly(_)))), "{engine:?}: {refused:?}");
    }
}
