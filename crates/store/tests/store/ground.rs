//! Stories of the aggregates: quotas that the database guards, instances that keep their history, codes found by their
//! keyed hash, requests that are answered again.

use crate::{ENGINES, ground};
use store::{
    CommitHook, Store, StoreError, Tx, Unit,
    accounts::{self, Account},
    codes::{self, StoredCode},
    entries, instances,
    instances::{Change, Instance},
    quotas, requests,
    requests::Request,
};
use uuid::Uuid;

const NOW: i64 = 1_604_160_000_000_000;

/// One thing done to a quota.
enum Step {
    Take { places: i64, limit: i64 },
    GiveBack { places: i64 },
    Taken,
}

fn scope() -> quotas::Scope {
    quotas::Scope { owner: Uuid::from_u128(1), product: "ecs".to_owned() }
}

impl Unit for Step {
    type Output = i64;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<i64, StoreError> {
        match self {
            Self::Take { places, limit } => Ok(i64::from(quotas::take(tx, &scope(), *places, *limit).await?)),
            Self::GiveBack { places } => Ok(i64::from(quotas::give_back(tx, &scope(), *places).await?)),
            Self::Taken => quotas::taken(tx, &scope()).await,
        }
    }
}

async fn taken(store: &Store) -> i64 {
    store.read(Step::Taken).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quota_is_taken_up_to_its_limit_and_not_beyond() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        assert_eq!(store.write(Step::Take { places: 3, limit: 5 }).await.unwrap(), 1);
        assert_eq!(store.write(Step::Take { places: 3, limit: 5 }).await.unwrap(), 0, "{engine:?}");
        assert_eq!(taken(store).await, 3);
        assert_eq!(store.write(Step::Take { places: 2, limit: 5 }).await.unwrap(), 1);
        assert_eq!(taken(store).await, 5);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_places_are_given_back_than_were_taken() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        store.write(Step::Take { places: 2, limit: 5 }).await.unwrap();
        assert_eq!(store.write(Step::GiveBack { places: 3 }).await.unwrap(), 0, "{engine:?}");
        assert_eq!(store.write(Step::GiveBack { places: 2 }).await.unwrap(), 1);
        assert_eq!(taken(store).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_never_exceed_a_quota() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        let all = (0..24).map(|_| store.write(Step::Take { places: 1, limit: 5 }));
        let given: i64 = futures_util::future::join_all(all).await.into_iter().map(Result::unwrap).sum();
        assert_eq!((given, taken(store).await), (5, 5), "{engine:?}");
    }
}

fn instance(facts: &str, changed_at: i64) -> Instance {
    Instance {
        id: Uuid::from_u128(2),
        name: "i-bp1".to_owned(),
        account: Some(Uuid::from_u128(3)),
        product: "ecs".to_owned(),
        facts: facts.as_bytes().to_vec(),
        changed_at,
        gone_at: None,
    }
}

fn account() -> Account {
    Account { id: Uuid::from_u128(3), number: 7, name: "acc-7".to_owned(), created_at: NOW }
}

/// An instance is heard of, and then changes.
struct Changes;

impl Unit for Changes {
    type Output = (Option<Instance>, Vec<Change>);
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        accounts::add(tx, &account()).await?;
        instances::add(tx, &instance("first", NOW)).await?;
        instances::change(tx, &instance("second", NOW + 1)).await?;
        instances::change(tx, &instance("third", NOW + 2)).await?;
        let found = instances::by_name(tx, "i-bp1").await?;
        Ok((found, instances::history(tx, Uuid::from_u128(2)).await?))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_remembers_what_was_known_of_it_and_until_when() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        let (found, history) = store.write(Changes).await.unwrap();
        assert_eq!(found, Some(instance("third", NOW + 2)), "{engine:?}");
        let before = |at, facts: &str| Change { at, before: facts.as_bytes().to_vec() };
        assert_eq!(history, [before(NOW + 1, "first"), before(NOW + 2, "second")], "{engine:?}");
    }
}

fn code(id: u128, lookup: u8) -> StoredCode {
    StoredCode {
        id: Uuid::from_u128(id),
        instance: Some(Uuid::from_u128(2)),
        owner: Some(Uuid::from_u128(3)),
        grantee: None,
        state: "bound".to_owned(),
        counted: 1,
        lookup: vec![lookup; 32],
        sealed: vec![9; 40],
        changed_at: NOW,
    }
}

/// Adds codes to an instance, and finds what there then is by the first one's hash.
struct Codes(Vec<StoredCode>);

impl Unit for Codes {
    type Output = (Option<StoredCode>, usize);
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        accounts::add(tx, &account()).await?;
        instances::add(tx, &instance("", NOW)).await?;
        for code in &self.0 {
            codes::add(tx, code).await?;
        }
        let found = codes::by_lookup(tx, &[1; 32]).await?;
        Ok((found, codes::of_instance(tx, Uuid::from_u128(2), 10).await?.len()))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_found_by_its_keyed_hash_and_by_its_instance() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        let found = store.write(Codes(vec![code(10, 1), code(11, 2)])).await.unwrap();
        assert_eq!(found, (Some(code(10, 1)), 2), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_refuses_a_code_twice_and_a_state_that_cannot_be() {
    for engine in ENGINES {
        let unbound = StoredCode { instance: None, ..code(12, 3) };
        let unknown = StoredCode { state: "expired".to_owned(), ..code(12, 3) };
        for refused in [code(11, 1), unbound, unknown] {
            let store = &ground(engine, CommitHook::default()).await.store;
            assert!(
                store.write(Codes(vec![code(10, 1), refused.clone()])).await.is_err(),
                "{engine:?} {refused:?}"
            );
        }
    }
}

/// Remembers a request under a key, with an entry of the ledger beside it.
struct Ask;

impl Unit for Ask {
    type Output = (Option<Request>, Option<Request>, i64, bool);
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        let asker = account();
        accounts::add(tx, &asker).await?;
        let before = requests::find(tx, asker.id, "k-1").await?;
        let request = Request { digest: vec![1; 32], answer: vec![2] };
        requests::remember(tx, asker.id, "k-1", &request, NOW).await?;
        entries::add(tx, Uuid::from_u128(20), b"entry").await?;
        let waiting = entries::waiting(tx, 10).await?;
        let placed = entries::place(tx, Uuid::from_u128(20), 0).await?;
        let again = entries::place(tx, Uuid::from_u128(20), 1).await?;
        assert_eq!(waiting, [(Uuid::from_u128(20), b"entry".to_vec())]);
        assert!(entries::waiting(tx, 10).await?.is_empty());
        let after = requests::find(tx, asker.id, "k-1").await?;
        Ok((before, after, entries::count(tx).await?, placed && !again))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_remembered_with_its_answer_and_an_entry_takes_its_place_once() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        let (before, after, entries, placed_once) = store.write(Ask).await.unwrap();
        assert_eq!(before, None);
        assert_eq!(after, Some(Request { digest: vec![1; 32], answer: vec![2] }), "{engine:?}");
        assert_eq!((entries, placed_once), (1, true), "{engine:?}");
    }
}
