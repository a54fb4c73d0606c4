//! Stories of jobs and named leases: added with the change that asks for them, claimed for a while, fenced by what is written.

use crate::{ground, postgres};
use std::{future::Future, pin::Pin};
use store::{
    CommitHook, Fate, Id, Isolation, JobClaim, JobId, Point, PostgresOptions, Store, StoreError, Tx, Unit,
    jobs::{self, Claimed, Claiming, Count, Failing, Job, NewJob, State},
    leases::{self, Held},
};
use testbed::ENGINES;
use uuid::Uuid;

const NOW: i64 = 1_604_160_000_000_000;
const SECOND: i64 = 1_000_000;
/// When a claim made at `NOW` runs out.
const UNTIL: i64 = NOW + 60 * SECOND;

type Answer<'t, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 't>>;

/// A unit made of a function.
struct Do<F>(F);

fn unit<T, F>(run: F) -> Do<F>
where
    F: for<'t, 'c> Fn(&'t mut Tx<'c>) -> Answer<'t, T>,
{
    Do(run)
}

impl<F, T> Unit for Do<F>
where
    F: for<'t, 'c> Fn(&'t mut Tx<'c>) -> Answer<'t, T> + Send + Sync + 'static,
    T: Send + 'static,
{
    type Output = T;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<T, StoreError> {
        (self.0)(tx).await
    }
}

/// Runs what it says as one unit: `done!(store, tx => jobs::dead(tx, 9))`; what it uses of its surroundings stands before.
macro_rules! done {
    ($store:expr, $($kept:ident),*; $tx:ident => $what:expr) => {{
        $(let $kept = $kept.clone();)*
        $store.write(unit(move |$tx| { $(let $kept = $kept.clone();)* Box::pin(async move { $what.await }) })).await
    }};
    ($store:expr, $tx:ident => $what:expr) => { done!($store, ; $tx => $what) };
}

fn id(number: u128) -> JobId {
    Id::new(Uuid::from_u128(number))
}

fn job(number: u128, kind: &str, due_at: i64) -> NewJob {
    let payload = number.to_be_bytes().to_vec();
    NewJob { id: id(number), kind: kind.to_owned(), payload, dedupe: None, due_at, made_at: NOW }
}

async fn added(store: &Store, job: &NewJob) -> bool {
    done!(store, job; tx => tx.together(&[jobs::adding(&job)])).unwrap() == [1]
}

/// Claims jobs as the queue does.
struct Claim(Claiming);

impl Unit for Claim {
    type Output = Vec<Claimed>;
    type Error = StoreError;
    const ISOLATION: Isolation = Isolation::EachStatement;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<Claimed>, StoreError> {
        jobs::claim(tx, &self.0).await
    }
}

async fn claim(store: &Store, claim: u128, now: i64, most: i64) -> Vec<Claimed> {
    let claim: JobClaim = Id::new(Uuid::from_u128(claim));
    let until = now + 60 * SECOND;
    store.write(Claim(Claiming { kind: "mail".to_owned(), now, claim, until, most })).await.unwrap()
}

async fn found(store: &Store, number: u128) -> Option<Job> {
    done!(store, tx => jobs::by_id(tx, id(number))).unwrap()
}

fn numbers(claimed: &[Claimed]) -> Vec<u128> {
    let mut numbers: Vec<u128> = claimed.iter().map(|job| job.id.uuid().as_u128()).collect();
    numbers.sort_unstable();
    numbers
}

fn failing(why: &str, again_at: Option<i64>) -> Failing {
    Failing { why: why.to_owned(), at: NOW, again_at }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_earliest_jobs_that_are_due_are_claimed_and_no_others() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        for (number, due_at) in [(1, NOW), (2, NOW - 2), (3, NOW + 1), (4, NOW - 1)] {
            assert!(added(store, &job(number, "mail", due_at)).await);
        }
        assert!(added(store, &job(5, "other", NOW - 9)).await);
        assert_eq!(numbers(&claim(store, 100, NOW, 2).await), [2, 4], "{engine:?}");
        let last = claim(store, 101, NOW, 2).await;
        assert_eq!(numbers(&last), [1], "{engine:?}");
        let expected = Claimed {
            id: id(1),
            claim: Id::new(Uuid::from_u128(101)),
            kind: "mail".to_owned(),
            payload: 1_u128.to_be_bytes().to_vec(),
            tries: 1,
            made_at: NOW,
            until: UNTIL,
        };
        assert_eq!(last, [expected], "{engine:?}");
        assert!(claim(store, 102, NOW, 9).await.is_empty(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_adds_one_job_and_jobs_without_a_key_are_all_added() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        let keyed = |number| NewJob { dedupe: Some("k".to_owned()), ..job(number, "mail", NOW) };
        assert!(added(store, &keyed(1)).await, "{engine:?}");
        assert!(!added(store, &keyed(2)).await, "{engine:?}");
        assert!(added(store, &job(3, "mail", NOW)).await && added(store, &job(4, "mail", NOW)).await);
        let claimed = claim(store, 100, NOW, 9).await;
        assert_eq!(numbers(&claimed), [1, 3, 4], "{engine:?}");
        // A job that is done keeps its key, until it is forgotten.
        for job in claimed {
            assert!(done!(store, job; tx => jobs::complete(tx, &job, NOW)).unwrap(), "{engine:?}");
        }
        assert!(!added(store, &keyed(5)).await, "{engine:?}");
        let first = (i64::MIN, JobId::new(Uuid::nil()));
        let before = done!(store, tx => jobs::done(tx, NOW - 1, &first, 9)).unwrap();
        assert!(before.is_empty(), "{engine:?}");
        let some = done!(store, tx => jobs::done(tx, NOW, &first, 2)).unwrap();
        let last = some[1];
        let rest = done!(store, tx => jobs::done(tx, NOW, &last, 2)).unwrap();
        assert_eq!((some.len(), rest.len()), (2, 1), "{engine:?}");
        for (_, id) in some.into_iter().chain(rest) {
            assert_eq!(done!(store, tx => tx.together(&[jobs::forgetting(&id)])).unwrap(), [1], "{engine:?}");
        }
        assert!(added(store, &keyed(6)).await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_that_lost_its_job_changes_nothing() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        assert!(added(store, &job(1, "mail", NOW)).await);
        let [late] = claim(store, 100, NOW, 1).await.try_into().unwrap();
        assert!(claim(store, 101, UNTIL - 1, 1).await.is_empty(), "{engine:?}");
        let [second] = claim(store, 102, UNTIL, 1).await.try_into().unwrap();
        assert_eq!((second.tries, &second.payload), (2, &late.payload), "{engine:?}");
        let before = found(store, 1).await;
        assert!(!done!(store, late; tx => jobs::complete(tx, &late, UNTIL)).unwrap(), "{engine:?}");
        assert!(!done!(store, late; tx => jobs::extend(tx, &late, UNTIL + SECOND)).unwrap(), "{engine:?}");
        for again_at in [None, Some(NOW)] {
            let failing = failing("late", again_at);
            assert!(
                !done!(store, late, failing; tx => jobs::fail(tx, &late, &failing)).unwrap(),
                "{engine:?}"
            );
        }
        let error = done!(store, late; tx => late.complete_with(tx, UNTIL)).unwrap_err();
        assert!(matches!(error, StoreError::LeaseLost(_)), "{engine:?} {error}");
        assert_eq!(found(store, 1).await, before, "{engine:?}");
        done!(store, second; tx => second.complete_with(tx, UNTIL)).unwrap();
        assert!(done!(store, second; tx => jobs::complete(tx, &second, UNTIL)).unwrap(), "again, the same");
        assert!(!done!(store, late; tx => jobs::complete(tx, &late, UNTIL)).unwrap(), "{engine:?}");
        let failing = failing("after all", None);
        assert!(
            !done!(store, second, failing; tx => jobs::fail(tx, &second, &failing)).unwrap(),
            "{engine:?}"
        );
        let ended = found(store, 1).await.unwrap();
        assert_eq!((ended.state, ended.ended_at), (State::Done, Some(UNTIL)), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_is_kept_longer_is_not_claimed_by_another() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        assert!(added(store, &job(1, "mail", NOW)).await);
        let [held] = claim(store, 100, NOW, 1).await.try_into().unwrap();
        assert!(done!(store, held; tx => jobs::extend(tx, &held, UNTIL + SECOND)).unwrap(), "{engine:?}");
        assert!(claim(store, 101, UNTIL, 1).await.is_empty(), "{engine:?}");
        assert_eq!(numbers(&claim(store, 102, UNTIL + SECOND, 1).await), [1], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_failed_is_put_off_given_up_listed_and_revived() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        for number in [1, 2] {
            assert!(added(store, &job(number, "mail", NOW)).await);
        }
        let [first, second] = claim(store, 100, NOW, 2).await.try_into().unwrap();
        let later = failing(&"长".repeat(999), Some(NOW + 5));
        assert!(done!(store, first, later; tx => jobs::fail(tx, &first, &later)).unwrap(), "{engine:?}");
        assert!(claim(store, 101, NOW + 4, 9).await.is_empty(), "{engine:?}");
        let kept = found(store, first.id.uuid().as_u128()).await.unwrap();
        assert_eq!(kept.last_error, Some("长".repeat(jobs::LONGEST_ERROR)), "{engine:?}");
        for job in claim(store, 102, NOW + 5, 9).await.into_iter().chain([second]) {
            let never = Failing { at: NOW + i64::from(job.tries == 1), ..failing("no such host", None) };
            assert!(done!(store, job, never; tx => jobs::fail(tx, &job, &never)).unwrap(), "{engine:?}");
        }
        let dead = done!(store, tx => jobs::dead(tx, 9)).unwrap();
        assert_eq!(dead.iter().map(|job| job.tries).collect::<Vec<_>>(), [1, 2], "{engine:?}");
        assert_eq!(dead[0].last_error.as_deref(), Some("no such host"), "{engine:?}");
        assert!(claim(store, 103, i64::MAX / 2, 9).await.is_empty(), "{engine:?}");
        let revived = dead[1].id;
        assert!(done!(store, tx => jobs::revive(tx, revived, NOW + 9)).unwrap(), "{engine:?}");
        assert!(!done!(store, tx => jobs::revive(tx, revived, NOW + 9)).unwrap(), "{engine:?}");
        assert!(claim(store, 104, NOW + 8, 9).await.is_empty(), "{engine:?}");
        let again = claim(store, 105, NOW + 9, 9).await;
        assert_eq!(again.iter().map(|job| (job.id, job.tries)).collect::<Vec<_>>(), [(revived, 1)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_and_counts_tell_what_is_waiting_and_what_was_given_up() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        assert_eq!(done!(store, tx => jobs::kinds(tx)).unwrap(), []);
        for (number, kind, due_at) in
            [(1, "mail", NOW), (2, "mail", NOW + 1), (3, "b", NOW + 2), (4, "a", NOW - 1)]
        {
            assert!(added(store, &job(number, kind, due_at)).await);
        }
        let [dead] = claim(store, 100, NOW, 1).await.try_into().unwrap();
        let never = failing("never", None);
        assert!(done!(store, dead, never; tx => jobs::fail(tx, &dead, &never)).unwrap());
        let kinds = done!(store, tx => jobs::kinds(tx)).unwrap();
        let expected = [("a", NOW - 1), ("mail", NOW + 1), ("b", NOW + 2)];
        assert_eq!(kinds, expected.map(|(kind, at)| (kind.to_owned(), at)), "{engine:?}");
        let count = |kind: &str, waiting, dead, earliest| Count {
            kind: kind.to_owned(),
            waiting,
            dead,
            earliest: Some(earliest),
        };
        let counts = done!(store, tx => jobs::counts(tx)).unwrap();
        let expected = [count("a", 1, 0, NOW - 1), count("b", 1, 0, NOW + 2), count("mail", 1, 1, NOW + 1)];
        assert_eq!(counts, expected, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_claim_at_the_same_time_share_the_jobs_and_none_gets_one_twice() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        for number in 0..60 {
            assert!(added(store, &job(number, "mail", NOW)).await);
        }
        let all = futures_util::future::join_all((100..112).map(|by| claim(store, by, NOW, 5))).await;
        let mut claimed = numbers(&all.concat());
        // Whoever saw all of the earliest locked went away with less: what is left is claimed next.
        claimed.extend(numbers(&claim(store, 200, NOW, 60).await));
        claimed.sort_unstable();
        assert_eq!(claimed, (0..60).collect::<Vec<u128>>(), "{engine:?}");
    }
}

async fn acquire(store: &Store, holder: &'static str, now: i64) -> Option<Held> {
    done!(store, tx => leases::acquire(tx, "sequencer", holder, now, now + 60 * SECOND)).unwrap()
}

/// Adds a job as only the holder of a lease may.
async fn add_as(store: &Store, held: &Held, number: u128) -> Result<(), StoreError> {
    let held = held.clone();
    let unit = unit(move |tx| {
        let held = held.clone();
        Box::pin(async move {
            tx.together(&[jobs::adding(&job(number, "mail", NOW))]).await?;
            leases::holds(tx, &held).await
        })
    });
    store.write(unit).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_passes_on_when_it_runs_out_and_its_late_holder_writes_nothing() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        let first = acquire(store, "one", NOW).await.unwrap();
        assert_eq!(acquire(store, "two", UNTIL - 1).await, None, "{engine:?}");
        add_as(store, &first, 1).await.unwrap();
        let second = acquire(store, "two", UNTIL).await.unwrap();
        assert!(second.fence > first.fence, "{engine:?}");
        let error = add_as(store, &first, 2).await.unwrap_err();
        assert!(matches!(error, StoreError::LeaseLost(_)), "{engine:?} {error}");
        assert_eq!(found(store, 2).await, None, "{engine:?}");
        assert!(!done!(store, first; tx => leases::renew(tx, &first, i64::MAX)).unwrap(), "{engine:?}");
        assert!(!done!(store, first; tx => leases::release(tx, &first)).unwrap(), "{engine:?}");
        add_as(store, &second, 3).await.unwrap();
        let holder = done!(store, tx => leases::holder(tx, "sequencer")).unwrap();
        assert_eq!(holder, Some(("two".to_owned(), UNTIL + 60 * SECOND)), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_is_kept_by_renewing_and_free_at_once_when_released() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        let held = acquire(store, "one", NOW).await.unwrap();
        assert!(done!(store, held; tx => leases::renew(tx, &held, UNTIL + SECOND)).unwrap(), "{engine:?}");
        assert_eq!(acquire(store, "two", UNTIL).await, None, "{engine:?}");
        assert!(done!(store, held; tx => leases::release(tx, &held)).unwrap(), "{engine:?}");
        let next = acquire(store, "two", NOW).await.unwrap();
        assert!(next.fence > held.fence, "{engine:?}");
        add_as(store, &held, 1).await.unwrap_err();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_that_want_a_lease_one_gets_it() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        for round in 0..5 {
            let now = NOW + round * 60 * SECOND;
            let all = futures_util::future::join_all((0..8).map(|_| acquire(store, "any", now))).await;
            assert_eq!(all.into_iter().flatten().count(), 1, "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_wakes_the_workers_of_its_process_once_it_is_kept() {
    for engine in ENGINES {
        let first = CommitHook::new(|nth, point| match (nth, point) {
            (1, Point::Before) => Fate::Fail,
            _ => Fate::Proceed,
        });
        let database = testbed::Database::new(engine).await;
        let store = &match database.postgres() {
            None => database.open_with(first).await,
            Some(options) => {
                Store::postgres_with(&PostgresOptions { notify: false, ..options.clone() }, first)
                    .await
                    .unwrap()
            }
        };
        let mut wakes = store.wakes();
        // A commit that fails, a unit that is rolled back, and one that adds no job wake nobody.
        let new = job(1, "mail", NOW);
        done!(store, new; tx => tx.together(&[jobs::adding(&new)])).unwrap_err();
        let nobody = Held { name: "none".to_owned(), fence: 1 };
        add_as(store, &nobody, 1).await.unwrap_err();
        assert_eq!(acquire(store, "one", NOW).await.map(|held| held.fence), Some(1));
        assert!(futures_util::poll!(Box::pin(wakes.woken())).is_pending(), "{engine:?}");
        assert!(added(store, &job(1, "mail", NOW)).await);
        wakes.woken().await;
        assert!(added(store, &job(2, "mail", NOW)).await);
        wakes.forget();
        assert!(futures_util::poll!(Box::pin(wakes.woken())).is_pending(), "{engine:?}");
        done!(store, tx => tx.wake()).unwrap();
        wakes.woken().await;
    }
}

/// Waits until `processes` listen, other than by the backends `gone`; which do.
async fn listening(client: &tokio_postgres::Client, processes: usize, gone: &[i32]) -> Vec<i32> {
    let who = "SELECT pid FROM pg_stat_activity
               WHERE datname = current_database() AND query = 'LISTEN kebei' AND state = 'idle'";
    loop {
        let rows = client.query(who, &[]).await.unwrap();
        let mut pids: Vec<i32> = rows.iter().map(|row| row.get(0)).collect();
        pids.retain(|pid| !gone.contains(pid));
        if pids.len() == processes {
            return pids;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_says_so_wakes_other_processes_also_after_their_connections_were_cut() {
    let options = postgres().await;
    let (one, other) = (Store::postgres(&options).await.unwrap(), Store::postgres(&options).await.unwrap());
    let (client, connection) = tokio_postgres::connect(&options.url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let mut wakes = other.wakes();
    let before = listening(&client, 2, &[]).await;
    // Coming to listen may ring as well: the second time it was the unit.
    for _ in 0..2 {
        done!(one, tx => tx.wake()).unwrap();
        wakes.woken().await;
    }
    for pid in &before {
        client.query("SELECT pg_terminate_backend($1)", &[pid]).await.unwrap();
    }
    listening(&client, 2, &before).await;
    for _ in 0..2 {
        done!(one, tx => tx.wake()).unwrap();
        wakes.woken().await;
    }
    drop((one, other));
    listening(&client, 0, &before).await;
}
