//! The websites that are watched, from when they are filed.

use crate::life::Life;
use app::{Desk, IdempotencyKey, Operator, registry::RecordUntrue};
use jiff::{SignedDuration, civil::date};
use rulebook::Facts;
use store::CommitHook;

/// The cases by which they are filed, all of one account and each on an instance of its own.
///
/// The first does not show its number and is found untrue, the second leads elsewhere, the third is gone; the instance of the fourth was
/// given back, and that of the fifth ends within hours.
pub const CASES: [u64; 5] = [0, 6, 12, 18, 24];

/// Once they are filed: what the desk is told of them.
pub async fn set(life: &Life) {
    let store = life.site.open(CommitHook::default()).await.unwrap();
    let desk = Desk::open(store.clone(), life.surroundings()).await.unwrap();
    let [untrue, _, _, released, ending] = CASES;
    let ask = RecordUntrue {
        operator: Operator::parse("wu").unwrap(),
        number: format!("粤ICP备{untrue:08}号-1"),
        what: "主体负责人的电话打不通".to_owned(),
        mend_by: date(2020, 11, 20),
    };
    desk.record_untrue(ask, IdempotencyKey::parse("untrue").unwrap()).await.unwrap();
    let (_, instance) = life.town.of_case(released);
    desk.instance_gone(&instance).await.unwrap();
    let (account, instance) = life.town.of_case(ending);
    let ends = desk.now() + SignedDuration::from_hours(20);
    let facts = Facts {
        id: instance,
        product: "ecs".to_owned(),
        account: Some(account),
        region: Some("cn-hangzhou".to_owned()),
        expires_at: Some(ends),
        ..Facts::default()
    };
    desk.record_instance(facts).await.unwrap();
    store.close().await;
}
