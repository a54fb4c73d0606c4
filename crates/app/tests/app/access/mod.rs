//! Who is let in, with what, from where, and for how long.

use crate::{Story, key, sealed, surroundings};
use app::{
    Actor, Desk, DeskError, Failure, Operator, Surroundings, Told, Worker,
    access::{
        AddUser, AddUserFault, AddedUser, ChangeRoles, Credential, Email, KeyFault, KeysOf, LastUses,
        MOST_KEYS, MOST_SESSIONS, MadeKey, MakeKey, PER_NAME_AND_ADDRESS, Password, Principal, Right, Role,
        RolesFault, SetPasswordError, SignIn, SignInError, SignedIn, Unrecognised, UserFault,
    },
    keys::{PURPOSES, RotateKeys},
    ledger::Outside,
};
use futures_util::future::{join, join_all};
use jiff::{SignedDuration, Timestamp};
use keys::KeyState;
use std::{
    collections::BTreeSet,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use store::{CommitHook, Fate};
use testbed::ENGINES;

const OWN: &str = "correct horse battery";
const EMAIL: &str = "canary-address@example.cn";
const HOME: &str = "203.0.113.7";
const ELSEWHERE: &str = "198.51.100.9";

fn wang() -> Actor {
    Actor::Staff(Operator::parse("wang").unwrap())
}

fn user(name: &str, roles: &[Role]) -> AddUser {
    AddUser {
        by: wang(),
        name: name.to_owned(),
        system: false,
        roles: roles.to_vec(),
        account: None,
        email: None,
    }
}

/// Adds somebody; his one-time password.
async fn add(story: &Story, name: &str, roles: &[Role]) -> String {
    let told = story.desk.add_user(user(name, roles), None).await.unwrap();
    told.answer.one_time_password.unwrap().reveal().to_owned()
}

async fn sign_in(desk: &Desk, name: &str, password: &str, from: &str) -> Result<SignedIn, SignInError> {
    let address: IpAddr = from.parse().unwrap();
    let password = Password::from(password);
    desk.sign_in(SignIn { name: name.to_owned(), password, address: Some(address) }).await
}

async fn who(desk: &Desk, token: &str) -> Result<Principal, Unrecognised> {
    desk.recognise(&Credential::parse(token).unwrap()).await
}

/// Adds somebody who has set a password of his own, `OWN`; the token of his session.
async fn settled(story: &Story, name: &str, roles: &[Role]) -> String {
    let one_time = add(story, name, roles).await;
    let signed_in = sign_in(&story.desk, name, &one_time, HOME).await.unwrap();
    let token = signed_in.token.reveal().to_owned();
    let principal = who(&story.desk, &token).await.unwrap();
    story.desk.set_password(&principal, one_time.as_str().into(), OWN.into()).await.unwrap();
    token
}

fn of(name: &str) -> KeysOf {
    KeysOf::User { by: wang(), name: name.to_owned() }
}

fn labelled(of: KeysOf) -> MakeKey {
    MakeKey { of, label: "nightly".to_owned(), scopes: None, expires_at: None }
}

async fn make(story: &Story, ask: MakeKey) -> (MadeKey, String) {
    let made = story.desk.make_key(ask, None).await.unwrap().answer;
    let secret = made.secret.as_ref().unwrap().reveal().to_owned();
    (made, secret)
}

fn scopes(rights: &[Right]) -> BTreeSet<Right> {
    rights.iter().copied().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_password_opens_nothing_but_its_replacement() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let one_time = add(&story, "li", &[Role::Operator]).await;
        let first = sign_in(&story.desk, " Li ", &one_time, HOME).await.unwrap();
        assert!(first.must_change_password, "{engine:?}");
        let second = sign_in(&story.desk, "li", &one_time, HOME).await.unwrap();
        let principal = who(&story.desk, first.token.reveal()).await.unwrap();
        assert!(principal.must_change_password() && !principal.may(Right::ManageUsers), "{engine:?}");
        let key = story.desk.make_key(labelled(KeysOf::Own(principal.clone())), None).await;
        assert!(matches!(key, Err(Failure::Because(KeyFault::NotAllowed))), "{engine:?}");
        story.desk.set_password(&principal, one_time.as_str().into(), OWN.into()).await.unwrap();
        let principal = who(&story.desk, first.token.reveal()).await.unwrap();
        assert!(!principal.must_change_password() && principal.may(Right::ManageUsers), "{engine:?}");
        assert_eq!(principal.actor().unwrap(), Actor::Staff(Operator::parse("li").unwrap()));
        let other = who(&story.desk, second.token.reveal()).await;
        assert!(matches!(other, Err(Unrecognised::SignedOut)), "{engine:?}: other sessions end");
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
        story.clock.pass(SignedDuration::from_hours(96) - SignedDuration::from_secs(1));
        assert!(sign_in(&story.desk, "li", &one_time, HOME).await.is_ok(), "{engine:?}");
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

/// How many rows of tries there are.
async fn tries(story: &Story) -> i64 {
    story.look::<(i64,)>("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM tries").await[0].0
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

#[tokio::test(flavor = "multi_thread")]
async fn a_key_gives_what_its_scopes_and_the_roles_of_its_user_both_give() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        settled(&story, "li", &[Role::Operator, Role::Support]).await;
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
async fn a_locked_user_is_out_at_once_with_everything_he_has() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let token = settled(&story, "li", &[Role::Support]).await;
        let (_, secret) = make(&story, labelled(of("li"))).await;
        let told = story.desk.lock_user(wang(), "LI".to_owned(), Some(key("k-1"))).await.unwrap();
        assert_eq!(story.entry(told.entry).await.kind, "user.locked", "{engine:?}");
        for token in [&token, &secret] {
            assert!(matches!(who(&story.desk, token).await, Err(Unrecognised::Locked)), "{engine:?}");
        }
        assert!(
            matches!(sign_in(&story.desk, "li", OWN, HOME).await, Err(SignInError::Locked)),
            "{engine:?}"
        );
        let wrong = sign_in(&story.desk, "li", "a wrong password", HOME).await;
        assert!(matches!(wrong, Err(SignInError::Wrong)), "{engine:?}: only who has the password is told");
        story.desk.unlock_user(wang(), "li".to_owned(), None).await.unwrap();
        assert!(matches!(who(&story.desk, &token).await, Err(Unrecognised::SignedOut)), "{engine:?}");
        assert!(who(&story.desk, &secret).await.is_ok(), "{engine:?}");
        assert!(sign_in(&story.desk, "li", OWN, HOME).await.is_ok(), "{engine:?}");
        let nobody = story.desk.lock_user(wang(), "nobody".to_owned(), None).await;
        assert!(matches!(nobody, Err(Failure::Because(UserFault::Unknown(_)))), "{engine:?}");
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
async fn of_two_who_add_the_same_name_at_once_one_succeeds() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let second = story.another_process().await;
        let add = |desk: &Desk, by: &str| {
            let desk = desk.clone();
            let by = Actor::Staff(Operator::parse(by).unwrap());
            async move { desk.add_user(AddUser { by, ..user("li", &[Role::Support]) }, None).await }
        };
        let (one, other) = join(add(&story.desk, "wang"), add(&second, "zhao")).await;
        let taken = |told: &Result<Told<AddedUser>, Failure<AddUserFault>>| {
            matches!(told, Err(Failure::Because(AddUserFault::Taken(_))))
        };
        assert!(
            one.is_ok() != other.is_ok() && (taken(&one) || taken(&other)),
            "{engine:?}: {one:?} {other:?}"
        );
        assert_eq!(story.desk.users(None, 10).await.unwrap().len(), 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_again_adds_nobody_and_shows_no_password() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let ask = || user("li", &[Role::Support]);
        let first = story.desk.add_user(ask(), Some(key("k-1"))).await.unwrap();
        let again = story.desk.add_user(ask(), Some(key("k-1"))).await.unwrap();
        assert_eq!(
            (again.before, again.answer.id, again.entry),
            (true, first.answer.id, first.entry),
            "{engine:?}"
        );
        assert!(again.answer.one_time_password.is_none(), "{engine:?}");
        let password = first.answer.one_time_password.unwrap();
        assert!(sign_in(&story.desk, "li", password.reveal(), HOME).await.is_ok(), "{engine:?}");
        let entry = story.entry(first.entry).await;
        assert_eq!((&*entry.kind, entry.ids.len()), ("user.added", 2), "{engine:?}");
        let other = story.desk.add_user(user("zhao", &[Role::Support]), Some(key("k-1"))).await;
        assert!(matches!(other, Err(Failure::KeyUsed)), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_acts_for_one_account_and_is_nothing_else() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.account(7).await;
        let customer = |roles: &[Role], account: Option<&str>| {
            let account = account.map(str::to_owned);
            AddUser { account, ..user("li", roles) }
        };
        for (roles, account, fault) in [
            (&[][..], None, RolesFault::None),
            (&[Role::Customer], None, RolesFault::CustomerNeedsAccount),
            (&[Role::Customer, Role::Support], Some("acc-7"), RolesFault::CustomerAlone),
            (&[Role::Support], Some("acc-7"), RolesFault::AccountWithoutCustomer),
        ] {
            let refused = story.desk.add_user(customer(roles, account), None).await;
            let refused = refused.map(drop).map_err(|failure| failure.to_string());
            assert_eq!(refused, Err(fault.to_string()), "{engine:?}");
        }
        let unknown = story.desk.add_user(customer(&[Role::Customer], Some("acc-8")), None).await;
        assert!(matches!(unknown, Err(Failure::Because(AddUserFault::UnknownAccount(_)))), "{engine:?}");
        let told = story.desk.add_user(customer(&[Role::Customer], Some("acc-7")), None).await.unwrap();
        let one_time = told.answer.one_time_password.unwrap();
        let signed_in = sign_in(&story.desk, "li", one_time.reveal(), HOME).await.unwrap();
        let principal = who(&story.desk, signed_in.token.reveal()).await.unwrap();
        assert_eq!(principal.account().unwrap().name(), "acc-7", "{engine:?}");
        assert_eq!(principal.actor().unwrap().to_string(), "account:acc-7", "{engine:?}");
        let roles = ChangeRoles { by: wang(), name: "li".to_owned(), roles: vec![Role::Auditor] };
        let stays = story.desk.change_roles(roles, None).await;
        assert!(matches!(stays, Err(Failure::Because(UserFault::Roles(_)))), "{engine:?}");
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
        for _ in 0..6 {
            let wrong = set("a wrong password", "another good one").await;
            assert!(matches!(wrong, Err(SetPasswordError::WrongOld)), "{engine:?}");
        }
        let slowed = set(OWN, "another good one").await;
        assert!(matches!(slowed, Err(SetPasswordError::TooMany { .. })), "{engine:?}");
        story.clock.pass(SignedDuration::from_secs(1));
        set(OWN, "密码密码密码密码密码").await.unwrap();
        assert!(sign_in(&story.desk, name, "密码密码密码密码密码", HOME).await.is_ok(), "{engine:?}");
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

#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_is_forgotten_and_what_is_not_is_not() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let old = settled(&story, "li", &[Role::Support]).await;
        sign_in(&story.desk, "li", "a wrong password", ELSEWHERE).await.unwrap_err();
        assert_eq!(story.desk.forget_what_is_over().await.unwrap(), 0, "{engine:?}");
        story.clock.pass(SignedDuration::from_hours(24));
        let new = sign_in(&story.desk, "li", OWN, HOME).await.unwrap();
        assert!(tries(&story).await >= 2, "{engine:?}");
        story.desk.forget_what_is_over().await.unwrap();
        assert_eq!(tries(&story).await, 1, "{engine:?}: the address that was just used");
        assert!(matches!(who(&story.desk, &old).await, Err(Unrecognised::Expired)), "{engine:?}");
        story.clock.pass(SignedDuration::from_hours(13 * 24));
        story.desk.forget_what_is_over().await.unwrap();
        assert!(matches!(who(&story.desk, &old).await, Err(Unrecognised::Unknown)), "{engine:?}");
        assert!(
            matches!(who(&story.desk, new.token.reveal()).await, Err(Unrecognised::Expired)),
            "{engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn users_are_listed_in_pages_by_their_names() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        for name in ["c", "a", "b"] {
            add(&story, name, &[Role::Auditor]).await;
        }
        let names = async |after: Option<&str>, most| {
            let page = story.desk.users(after, most).await.unwrap();
            page.into_iter().map(|user| user.name).collect::<Vec<_>>()
        };
        assert_eq!(names(None, 2).await, ["a", "b"], "{engine:?}");
        assert_eq!(names(Some("b"), 2).await, ["c"], "{engine:?}");
        let listed = story.desk.user("A").await.unwrap().unwrap();
        assert!(
            listed.is(Role::Auditor) && listed.one_time_until > Some(Timestamp::UNIX_EPOCH),
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
