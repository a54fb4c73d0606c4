//! What of users is secret: sealed, sealed anew, and nowhere in plain.

use super::{EMAIL, HOME, OWN, labelled, make, of, sign_in, user, who};
use crate::{Story, key, sealed};
use app::{
    Desk, Operator,
    access::{AddUser, Email, Role},
    keys::{PURPOSES, RotateKeys},
};
use futures_util::future::join;
use keys::KeyState;
use testbed::ENGINES;

async fn add_with_email(desk: &Desk, name: &str, email: &str) {
    let email = Some(Email::parse(email).unwrap());
    desk.add_user(AddUser { email, ..user(name, &[Role::Support]) }, None).await.unwrap();
}

async fn emails(desk: &Desk) -> Vec<String> {
    let users = desk.users(None, 200).await.unwrap();
    users.iter().filter_map(|user| Some(user.email.as_ref()?.reveal().to_owned())).collect()
}

fn rotation() -> RotateKeys {
    RotateKeys { purpose: None, operator: Operator::parse("wang").unwrap() }
}

#[tokio::test(flavor = "multi_thread")]
async fn emails_and_signing_keys_open_after_a_rotation_under_new_keys_alone() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        for number in 0..3 {
            add_with_email(&story.desk, &format!("u-{number}"), &format!("u{number}@example.cn")).await;
        }
        let made = story.desk.make_signing_key(labelled(of("u-1")), None).await.unwrap().answer;
        let (public, secret) = (made.public_id.unwrap(), made.secret.unwrap());
        story.rotate(&["user"]).await;
        add_with_email(&story.desk, "u-3", "u3@example.cn").await;
        let left: Vec<_> = story.desk.keys().await.unwrap().into_iter().filter_map(|key| key.left).collect();
        assert_eq!(left, [4], "{engine:?}: three addresses and one secret need the old key");
        let begun = story.desk.rotate_keys(rotation()).await.unwrap();
        assert_eq!((begun.added.len(), begun.resealed, begun.deleted.len()), (0, 4, 1), "{engine:?}");
        let rotated = story.desk.rotate_keys(rotation()).await.unwrap();
        assert_eq!(
            (rotated.added.len(), rotated.resealed, rotated.deleted.len()),
            (PURPOSES.len(), 5, PURPOSES.len()),
            "{engine:?}"
        );
        let keys = story.desk.keys().await.unwrap();
        assert!(keys.iter().all(|key| key.state == KeyState::Active), "{engine:?}");
        let second = story.another_process().await;
        let expected: Vec<_> = (0..4).map(|number| format!("u{number}@example.cn")).collect();
        assert_eq!(
            (emails(&second).await, emails(&story.desk).await),
            (expected.clone(), expected),
            "{engine:?}"
        );
        let key = second.signing_key(&public).await.unwrap();
        assert_eq!(key.secret(), secret.reveal().as_bytes(), "{engine:?}");
        assert_eq!(key.accepted(&second).name(), "u-1", "{engine:?}");
        assert_eq!(second.note_uses().await.unwrap(), 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_from_before_there_were_users_gets_its_key_when_it_is_needed() {
    for engine in ENGINES {
        for rotates in [false, true] {
            let story = Story::on(engine).await;
            assert_eq!(story.say("DELETE FROM data_keys WHERE purpose = 'user'", vec![]).await, 1);
            let (desk, second) = (story.another_process().await, story.another_process().await);
            let purposes = async |desk: &Desk| desk.keys().await.unwrap().len();
            assert_eq!(purposes(&desk).await, PURPOSES.len() - 1, "{engine:?}: opening writes nothing");
            if rotates {
                assert_eq!(
                    desk.rotate_keys(rotation()).await.unwrap().added.len(),
                    PURPOSES.len(),
                    "{engine:?}"
                );
            }
            let (one, other) = (
                add_with_email(&desk, "li", "li@example.cn"),
                add_with_email(&second, "zhao", "zhao@example.cn"),
            );
            join(one, other).await;
            assert_eq!(purposes(&desk).await, PURPOSES.len(), "{engine:?}");
            assert_eq!(emails(&second).await, ["li@example.cn", "zhao@example.cn"], "{engine:?}");
            let made = desk.make_signing_key(labelled(of("li")), None).await.unwrap().answer;
            assert!(second.signing_key(&made.public_id.unwrap()).await.is_ok(), "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_password_token_or_email_stands_in_plain_anywhere() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let email = Some(Email::parse(EMAIL).unwrap());
        let ask = AddUser { email, ..user("li", &[Role::Support]) };
        let asked = format!("{ask:?}");
        let told = story.desk.add_user(ask, Some(key("k-in-plain"))).await.unwrap();
        let one_time = told.answer.one_time_password.as_ref().unwrap().reveal().to_owned();
        let signed_in = sign_in(&story.desk, "li", &one_time, HOME).await.unwrap();
        let principal = who(&story.desk, signed_in.token.reveal()).await.unwrap();
        story.desk.set_password(&principal, one_time.as_str().into(), OWN.into()).await.unwrap();
        sign_in(&story.desk, "li", "canary-wrong-password", HOME).await.unwrap_err();
        let (made, bearer) = make(&story, labelled(of("li"))).await;
        let signing = story.desk.make_signing_key(labelled(of("li")), None).await.unwrap().answer;
        let shown = [
            asked,
            format!("{told:?} {signed_in:?} {principal:?} {made:?} {signing:?}"),
            format!("{:?}", story.desk.users(None, 9).await.unwrap()),
            format!("{:?}", story.desk.signing_key(signing.public_id.as_ref().unwrap()).await.unwrap()),
        ];
        let all = sealed::kept(&story, engine).await;
        for known in ["k-in-plain", "user.added", "user.password-set"] {
            let found = sealed::hold(&all, known) || sealed::hold(&all, &sealed::hex(known));
            assert!(found, "{engine:?}: what is no secret is found");
        }
        let token = signed_in.token.reveal();
        let secret = signing.secret.as_ref().unwrap().reveal();
        for text in [EMAIL, "canary-address", &one_time, OWN, "canary-wrong", token, &bearer, secret, HOME] {
            assert!(
                !sealed::hold(&all, text) && !sealed::hold(&all, &sealed::hex(text)),
                "{engine:?}: {text}"
            );
            for shown in &shown {
                assert!(!shown.contains(text), "{engine:?}: {text} in {shown}");
            }
        }
        let octets = [203, 0, 113, 7];
        let digest = <sha2::Sha256 as sha2::Digest>::digest(octets);
        assert!(
            !all.windows(32).any(|found| found == digest.as_slice()),
            "{engine:?}: an address is not guessed at"
        );
    }
}
