//! The last operator who is let in stays one: somebody has to keep users.

use super::{user, wang};
use crate::{Story, key};
use app::{
    Actor, Desk, Failure, Operator, Told,
    access::{AddUser, ChangeRoles, Edit, EditUser, Role, UserFault},
};
use futures_util::future::join;
use testbed::ENGINES;

async fn added(story: &Story, name: &str, roles: &[Role]) {
    story.desk.add_user(user(name, roles), None).await.unwrap();
}

async fn roles(desk: &Desk, name: &str, roles: &[Role]) -> Result<Told<()>, Failure<UserFault>> {
    let ask = ChangeRoles { by: wang(), name: name.to_owned(), roles: roles.to_vec() };
    desk.change_roles(ask, None).await
}

async fn locks(desk: &Desk, by: &str, name: &str) -> Result<Told<()>, Failure<UserFault>> {
    let by = Actor::Staff(Operator::parse(by).unwrap());
    let edit = EditUser { by, name: name.to_owned(), edit: Edit::Locked(true), since: None };
    desk.edit_user(edit, None).await
}

fn is_last<T>(told: &Result<T, Failure<UserFault>>) -> bool {
    matches!(told, Err(Failure::Because(UserFault::LastOperator(_))))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_operator_neither_loses_the_role_nor_is_locked() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        added(&story, "li", &[Role::Operator, Role::Support]).await;
        added(&story, "chen", &[Role::Support, Role::Reviewer, Role::Auditor]).await;
        let system = AddUser { system: true, ..user("catalogue", &[Role::Operator]) };
        story.desk.add_user(system, None).await.unwrap();
        assert!(is_last(&roles(&story.desk, "li", &[Role::Support]).await), "{engine:?}");
        assert!(is_last(&locks(&story.desk, "li", "li").await), "{engine:?}");
        let by_name = story.desk.lock_user(wang(), "li".to_owned(), Some(key("k-1"))).await;
        assert!(is_last(&by_name), "{engine:?}");
        roles(&story.desk, "li", &[Role::Operator]).await.unwrap();
        story.desk.lock_user(wang(), "chen".to_owned(), None).await.unwrap();
        story.desk.lock_user(wang(), "catalogue".to_owned(), None).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_another_operator_he_goes_until_that_one_is_the_last() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        added(&story, "li", &[Role::Operator]).await;
        added(&story, "zhao", &[Role::Operator, Role::Auditor]).await;
        locks(&story.desk, "wang", "zhao").await.unwrap();
        assert!(is_last(&locks(&story.desk, "wang", "li").await), "{engine:?}: the other is locked");
        story.desk.unlock_user(wang(), "zhao".to_owned(), None).await.unwrap();
        roles(&story.desk, "li", &[Role::Auditor]).await.unwrap();
        assert!(is_last(&roles(&story.desk, "zhao", &[Role::Auditor]).await), "{engine:?}");
        assert!(is_last(&locks(&story.desk, "wang", "zhao").await), "{engine:?}");
        roles(&story.desk, "li", &[Role::Operator]).await.unwrap();
        locks(&story.desk, "wang", "zhao").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_operators_who_lock_each_other_at_once_one_stays() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let second = story.another_process().await;
        for round in 0..8 {
            let (li, zhao) = (format!("li-{round}"), format!("zhao-{round}"));
            added(&story, &li, &[Role::Operator]).await;
            added(&story, &zhao, &[Role::Operator]).await;
            let left: Vec<_> = story.desk.users(None, 99).await.unwrap();
            for old in left.iter().filter(|user| ![&li, &zhao].contains(&&user.name)) {
                story.desk.lock_user(wang(), old.name.clone(), None).await.unwrap();
            }
            let (one, other) = join(locks(&story.desk, &li, &zhao), locks(&second, &zhao, &li)).await;
            let refused = [&one, &other].into_iter().filter(|told| is_last(told)).count();
            assert!(one.is_ok() != other.is_ok() && refused == 1, "{engine:?}: {one:?} {other:?}");
        }
    }
}
