//! Stories of the aggregates: quotas that the database guards, instances that keep their history, codes found by their
//! keyed hash, requests that are answered again.

use crate::ground;
use filing::codes::{State, Stored};
use ledger::{Hash, Node};
use store::{
    CommitHook, Id, Store, StoreError, Tx, Unit,
    accounts::{self, Account},
    checkpoints::{self, CheckpointRow},
    codes::{self, Held, NewCode, StoredCode},
    entries::{self, EntryRow, PlacedRow, Placing},
    instances,
    instances::{Change, Instance},
    quotas::{self, GiveBack, Scope, Take},
    requests::{self, Request},
    tree::{self, NodeRow},
};
use testbed::ENGINES;
use uuid::Uuid;

const NOW: i64 = 1_604_160_000_000_000;

/// One thing done to a quota.
enum Step {
    Take { places: u32, limit: u32 },
    GiveBack,
    Taken,
}

fn scope() -> Scope {
    Scope::of_instance(Id::new(Uuid::from_u128(1)))
}

impl Unit for Step {
    type Output = i64;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<i64, StoreError> {
        tx.together(&[quotas::opening(&scope())]).await?;
        match *self {
            Self::Take { places, limit } => {
                let take = Take::new(scope(), places, Some(limit), NOW);
                Ok(i64::try_from(tx.together(&[take.taking()]).await?[0]).unwrap())
            }
            Self::GiveBack => {
                let back = GiveBack::new(scope(), NOW);
                Ok(i64::try_from(tx.together(&[back.giving_back()]).await?[0]).unwrap())
            }
            Self::Taken => Ok(quotas::places(tx, &scope()).await?.map_or(0, |places| places.taken)),
        }
    }
}

async fn taken(store: &Store) -> i64 {
    store.write(Step::Taken).await.unwrap()
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
        assert_eq!(store.write(Step::GiveBack).await.unwrap(), 1);
        assert_eq!(store.write(Step::GiveBack).await.unwrap(), 1);
        assert_eq!(store.write(Step::GiveBack).await.unwrap(), 0, "{engine:?}");
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
        id: Id::new(Uuid::from_u128(2)),
        name: "i-bp1".to_owned(),
        account: Some(Id::new(Uuid::from_u128(3))),
        product: "ecs".to_owned(),
        facts: facts.as_bytes().to_vec(),
        changed_at,
        gone_at: None,
    }
}

fn account() -> Account {
    Account { id: Id::new(Uuid::from_u128(3)), number: Some(7), name: "acc-7".to_owned(), created_at: NOW }
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
        let gone = Instance { gone_at: Some(NOW + 2), ..instance("second", NOW + 2) };
        instances::change(tx, &gone).await?;
        instances::change(tx, &instance("third", NOW + 3)).await?;
        let found = instances::by_name(tx, "i-bp1").await?;
        Ok((found, instances::history(tx, Id::new(Uuid::from_u128(2))).await?))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_remembers_what_was_known_of_it_and_until_when() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        let (found, history) = store.write(Changes).await.unwrap();
        assert_eq!(found, Some(instance("third", NOW + 3)), "{engine:?}");
        let before = |at, facts: &str, gone_at| Change { at, before: facts.as_bytes().to_vec(), gone_at };
        let newest_first = [
            before(NOW + 3, "second", Some(NOW + 2)),
            before(NOW + 2, "second", None),
            before(NOW + 1, "first", None),
        ];
        assert_eq!(history, newest_first, "{engine:?}");
    }
}

fn code(id: u128, lookup: u8) -> StoredCode {
    StoredCode {
        id: Id::new(Uuid::from_u128(id)),
        instance: Some(Id::new(Uuid::from_u128(2))),
        owner: Some(Id::new(Uuid::from_u128(3))),
        grantee: None,
        product: Some("ecs".to_owned()),
        stored: Stored::new(State::Bound, true).unwrap(),
        lookup: vec![lookup; 32],
        sealed: vec![9; 40],
        changed_at: NOW,
    }
}

/// Adds codes to an instance, and finds what there then is by the first one's hash.
struct Codes(Vec<StoredCode>);

impl Unit for Codes {
    type Output = (Option<Held>, usize);
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        accounts::add(tx, &account()).await?;
        instances::add(tx, &instance("", NOW)).await?;
        let new: Vec<_> = self.0.iter().cloned().map(NewCode::new).collect();
        tx.together(&new.iter().map(NewCode::adding).collect::<Vec<_>>()).await?;
        let found = codes::held_by_lookup(tx, &[[1; 32], [7; 32]]).await?;
        Ok((found, codes::of_instance(tx, Id::new(Uuid::from_u128(2)), 10).await?.len()))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_found_by_its_keyed_hash_and_by_its_instance() {
    for engine in ENGINES {
        let store = &ground(engine, CommitHook::default()).await.store;
        let found = store.write(Codes(vec![code(10, 1), code(11, 2)])).await.unwrap();
        let held = Held { code: code(10, 1), owner: Some("acc-7".to_owned()), grantee: None };
        assert_eq!(found, (Some(held), 2), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_refuses_a_code_twice_and_a_state_that_cannot_be() {
    for engine in ENGINES {
        let unbound = StoredCode { instance: None, ..code(12, 3) };
        let ownerless = StoredCode { owner: None, ..code(12, 3) };
        let nowhere_counted = StoredCode { product: None, ..code(12, 3) };
        for refused in [code(11, 1), unbound, ownerless, nowhere_counted] {
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
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let asker = "account:acc-7".to_owned();
        let entry = |id, at| EntryRow { id: Id::new(Uuid::from_u128(id)), at, bytes: b"entry".to_vec() };
        let (later, first) = (entry(20, NOW + 1), entry(21, NOW));
        let request = Request { digest: vec![1; 32], entry: first.id };
        assert!(requests::remember(tx, &asker, "k-1", &request, NOW).await?);
        let other = Request { digest: vec![2; 32], entry: later.id };
        assert!(!requests::remember(tx, &asker, "k-1", &other, NOW).await?);
        assert_eq!(requests::find(tx, &asker, "k-1").await?, Some(request));
        assert_eq!(requests::find(tx, &asker, "k-2").await?, None);
        tx.together(&[entries::adding(&later), entries::adding(&first)]).await?;
        assert_eq!(entries::waiting(tx, 10).await?, [first.clone(), later.clone()]);
        let [first_place, second_place] = [0, 1].map(|place| Placing { id: first.id, place });
        assert_eq!(tx.together(&[entries::placing(&first_place)]).await?, [1]);
        assert_eq!(tx.together(&[entries::placing(&second_place)]).await?, [0]);
        let placed = PlacedRow { entry: first.clone(), place: Some(0) };
        assert_eq!(entries::placed(tx, 0, 2).await?, std::slice::from_ref(&placed));
        assert_eq!(entries::placed(tx, 1, 2).await?, []);
        assert_eq!(entries::with_place(tx, first.id).await?, Some(placed));
        assert_eq!(entries::waiting(tx, 10).await?, [later]);
        assert_eq!(entries::by_id(tx, first.id).await?, Some(first));
        assert_eq!(entries::count(tx).await?, (2, 1));
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_remembered_once_and_entries_take_their_places_in_the_order_of_their_times() {
    for engine in ENGINES {
        ground(engine, CommitHook::default()).await.store.write(Ask).await.unwrap();
    }
}

/// Grows a tree by three entries, reads what is there, and keeps a checkpoint.
struct Grow;

impl Unit for Grow {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let node = |level, index| Node { level, index };
        let hash = |byte| Hash([byte; 32]);
        let known =
            [(node(0, 0), hash(1)), (node(0, 1), hash(2)), (node(1, 0), hash(3)), (node(0, 2), hash(4))];
        assert_eq!(tree::size(tx).await?, 0);
        assert!(tree::advance(tx, 0, 3).await?);
        assert!(!tree::advance(tx, 0, 4).await?);
        assert_eq!(tree::size(tx).await?, 3);
        let rows = known.map(|(node, hash)| NodeRow::new(node, hash));
        tx.together(&rows.each_ref().map(tree::adding)).await?;
        assert_eq!(tree::count(tx).await?, 4);
        assert_eq!(tree::level(tx, 0, 1, 3).await?, [known[1], known[3]]);
        let thirteen: Vec<Node> = (0..12).map(|index| node(2, index)).chain([node(1, 0)]).collect();
        assert_eq!(tree::nodes(tx, &thirteen).await?, [known[2]]);
        assert_eq!(tree::nodes(tx, &[]).await?, []);
        let checkpoint = |size| CheckpointRow { size, note: format!("note {size}"), at: NOW };
        assert_eq!(checkpoints::newest(tx).await?, None);
        let (first, second) = (checkpoint(2), checkpoint(3));
        tx.together(&[checkpoints::adding(&second), checkpoints::adding(&first)]).await?;
        assert_eq!(checkpoints::newest(tx).await?, Some(second.clone()));
        assert_eq!(checkpoints::of_size(tx, 2).await?, Some(first.clone()));
        assert_eq!(checkpoints::after(tx, 2, 3).await?, [second]);
        assert_eq!(checkpoints::after(tx, 0, 2).await?, [first]);
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tree_grows_from_the_size_it_has_and_its_nodes_are_found_again() {
    for engine in ENGINES {
        ground(engine, CommitHook::default()).await.store.write(Grow).await.unwrap();
    }
}
