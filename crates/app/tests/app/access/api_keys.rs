//! Keys: what they give, how they end, and when they were used.

use super::{add, labelled, make, of, scopes, settled, wang, who};
use crate::{Story, key};
use app::{
    Failure, Worker,
    access::{ChangeRoles, KeyFault, KeysOf, LastUses, MOST_KEYS, MakeKey, Right, Role, Unrecognised},
};
use jiff::SignedDuration;
use testbed::ENGINES;

#[tokio::test(flavor = "multi_thread")]
async fn a_key_gives_what_its_scopes_and_the_roles_of_its_user_both_give() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        settled(&story, "li", &[Role::Operator, Role::Support]).await;
        add(&story, "zhao", &[Role::Operator]).await;
        let (_, narrow) = make(
            &story,
            MakeKey { scopes: Some(scopes(&[Right::ImportInstances, Right::LookUp])), ..labelled(of("li")) },
        )
        .await;
        let (_, whole) = make(&story, labelled(of("li"))).await;
        let may = async |token: &str, right| who(&story.desk, token).await.unwrap().may(right);
        assert!(
            may(&narrow, Right::ImportInstances).await && may(&narrow, Right::LookUp).await,
            "{engine:?}"
        );
        assert!(
            !may(&narrow, Right::ManageUsers).await && may(&whole, Right::ManageUsers).await,
            "{engine:?}"
        );
        let roles = ChangeRoles { by: wang(), name: "li".to_owned(), roles: vec![Role::Support] };
        story.desk.change_roles(roles, None).await.unwrap();
        assert!(
            !may(&narrow, Right::ImportInstances).await && may(&narrow, Right::LookUp).await,
            "{engine:?}"
        );
        assert!(!may(&whole, Right::ManageUsers).await && may(&whole, Right::LookUp).await, "{engine:?}");
        for (scopes, fault) in [
            (scopes(&[Right::ReadLedger]), KeyFault::BeyondRoles(Right::ReadLedger)),
            (scopes(&[]), KeyFault::NoScope),
        ] {
            let refused =
                story.desk.make_key(MakeKey { scopes: Some(scopes), ..labelled(of("li")) }, None).await;
            assert!(matches!(refused, Err(Failure::Because(found)) if found == fault), "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_ends_with_its_revocation_and_its_time_and_makes_no_others() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        settled(&story, "li", &[Role::Support]).await;
        settled(&story, "zhao", &[Role::Support]).await;
        let expires_at = Some(story.desk.now() + SignedDuration::from_hours(1));
        let (made, secret) = make(&story, MakeKey { expires_at, ..labelled(of("li")) }).await;
        let principal = who(&story.desk, &secret).await.unwrap();
        let own = KeysOf::Own(principal);
        let child = story.desk.make_key(labelled(own.clone()), None).await;
        assert!(matches!(child, Err(Failure::Because(KeyFault::NotAllowed))), "{engine:?}");
        let past =
            story.desk.make_key(MakeKey { expires_at: Some(story.desk.now()), ..labelled(of("li")) }, None);
        assert!(matches!(past.await, Err(Failure::Because(KeyFault::ExpiresInThePast))), "{engine:?}");
        story.clock.pass(SignedDuration::from_hours(1));
        assert!(matches!(who(&story.desk, &secret).await, Err(Unrecognised::Expired)), "{engine:?}");
        let foreign = story.desk.revoke_key(of("zhao"), made.id, None).await;
        assert!(matches!(foreign, Err(Failure::Because(KeyFault::UnknownKey))), "{engine:?}");
        let told = story.desk.revoke_key(own, made.id, None).await.unwrap();
        assert_eq!(story.entry(told.entry).await.kind, "user.key-revoked", "{engine:?}");
        assert!(matches!(who(&story.desk, &secret).await, Err(Unrecognised::Revoked)), "{engine:?}");
        assert!(story.desk.my_keys(of("li")).await.unwrap().is_empty(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_has_no_more_keys_than_the_limit_and_is_shown_each_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        settled(&story, "li", &[Role::Support]).await;
        let ask = || labelled(of("li"));
        let first = story.desk.make_key(ask(), Some(key("k-1"))).await.unwrap();
        let again = story.desk.make_key(ask(), Some(key("k-1"))).await.unwrap();
        assert!(first.answer.secret.is_some() && again.answer.secret.is_none(), "{engine:?}");
        assert_eq!((again.answer.id, again.before), (first.answer.id, true), "{engine:?}");
        for _ in 1..MOST_KEYS {
            make(&story, ask()).await;
        }
        let one_more = story.desk.make_key(ask(), None).await;
        assert!(matches!(one_more, Err(Failure::Because(KeyFault::TooMany))), "{engine:?}");
        story.desk.revoke_key(of("li"), first.answer.id, None).await.unwrap();
        make(&story, ask()).await;
        assert_eq!(story.desk.my_keys(of("li")).await.unwrap().len(), MOST_KEYS, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_use_is_noted_at_most_once_a_minute_and_by_one_process() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        settled(&story, "li", &[Role::Support]).await;
        let (_, secret) = make(&story, labelled(of("li"))).await;
        let second = story.another_process().await;
        let noted = async || story.desk.my_keys(of("li")).await.unwrap()[0].used_at;
        assert_eq!(noted().await, None, "{engine:?}");
        let first = story.desk.now();
        for desk in [&story.desk, &story.desk, &second] {
            who(desk, &secret).await.unwrap();
        }
        assert_eq!(
            (story.desk.note_uses().await.unwrap(), second.note_uses().await.unwrap()),
            (1, 0),
            "{engine:?}"
        );
        story.clock.pass(SignedDuration::from_secs(59));
        who(&story.desk, &secret).await.unwrap();
        assert_eq!(story.desk.note_uses().await.unwrap(), 0, "{engine:?}");
        assert_eq!(noted().await, Some(first), "{engine:?}");
        story.clock.pass(SignedDuration::from_secs(1));
        who(&story.desk, &secret).await.unwrap();
        let worker = LastUses::new(story.desk.clone());
        assert!(worker.step(story.desk.now()).await > Some(story.desk.now()), "{engine:?}");
        assert_eq!(noted().await, Some(story.desk.now()), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signing_key_that_is_revoked_or_none_opens_nothing() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        settled(&story, "li", &[Role::Support]).await;
        let made = story.desk.make_signing_key(labelled(of("li")), None).await.unwrap().answer;
        let public = made.public_id.unwrap();
        let bearer = make(&story, labelled(of("li"))).await.0;
        let listed = story.desk.my_keys(of("li")).await.unwrap();
        assert_eq!(
            (listed[0].public_id.as_ref(), &listed[1].public_id),
            (Some(&public), &None),
            "{engine:?}"
        );
        assert_eq!(listed[1].id, bearer.id, "{engine:?}");
        story.desk.revoke_key(of("li"), made.id, None).await.unwrap();
        assert!(matches!(story.desk.signing_key(&public).await, Err(Unrecognised::Revoked)), "{engine:?}");
        let other = format!("kbi_{}", "a".repeat(26));
        assert!(matches!(story.desk.signing_key(&other).await, Err(Unrecognised::Unknown)), "{engine:?}");
        assert!(matches!(story.desk.signing_key("kbi_a").await, Err(Unrecognised::Malformed)), "{engine:?}");
    }
}
