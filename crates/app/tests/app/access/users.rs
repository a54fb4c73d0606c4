//! Users: added, locked, and listed.

use super::{HOME, OWN, add, labelled, make, of, settled, sign_in, user, wang, who};
use crate::{Story, key};
use app::{
    Actor, Desk, Failure, Operator, Told,
    access::{
        AddUser, AddUserFault, AddedUser, ChangeRoles, Role, RolesFault, SignInError, Unrecognised, UserFault,
    },
};
use futures_util::future::join;
use jiff::Timestamp;
use testbed::ENGINES;

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
