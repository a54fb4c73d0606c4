//! Rotating keys while codes are issued, cut short anywhere, and another master key.

use crate::{HandClock, Story, codes, key, rand_chacha_of};
use app::{
    Chance, Clock, Desk, DeskError, Operator, Surroundings,
    keys::{ChangeMasterKey, MasterKeyChange, MasterKeyChangeError, PURPOSES, RotateKeys, RotateKeysError},
    ledger::Sequenced,
};
use filing::codes::{State, Stored};
use futures_util::future::join_all;
use keys::{KeyState, MasterKey, Purpose};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
    mpsc::{Receiver, Sender, channel},
};
use store::{
    CommitHook, Fate, Id, Point, StoreError, Tx, Unit,
    codes::{NewCode, StoredCode},
    ledger_key,
};
use testbed::{ENGINES, Engine};

fn wang() -> Operator {
    Operator::parse("wang").unwrap()
}

fn rotation() -> RotateKeys {
    RotateKeys { purpose: None, operator: wang() }
}

/// Every key as purpose, state and what is left under it.
async fn listed(desk: &Desk) -> Vec<(String, KeyState, Option<u64>)> {
    let keys = desk.keys().await.unwrap();
    keys.into_iter().map(|key| (key.purpose.word().to_owned(), key.state, key.left)).collect()
}

fn only_active() -> Vec<(String, KeyState, Option<u64>)> {
    ["code", "code-lookup", "ledger", "user", "subject"]
        .map(|purpose| (purpose.to_owned(), KeyState::Active, None))
        .to_vec()
}

/// Reads the hashes by which codes are found.
struct Lookups(Vec<store::CodeId>);

impl Unit for Lookups {
    type Output = Vec<Vec<u8>>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        let mut found = Vec::new();
        for id in &self.0 {
            found.push(store::codes::held(tx, *id).await?.unwrap().code.lookup);
        }
        Ok(found)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_rotation_old_codes_open_under_new_keys_and_the_old_keys_are_gone() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let first = story.desk.issue_codes(codes(&li, "i-7", 3), key("k-1")).await.unwrap();
        let before = story.desk.keys().await.unwrap();
        let of_codes = first.answer.codes.iter().flatten().map(|issued| issued.id).collect::<Vec<_>>();
        let hashes = story.store.read(Lookups(of_codes.clone())).await.unwrap();
        let rotated = story.desk.rotate_keys(rotation()).await.unwrap();
        assert_eq!((rotated.added.len(), rotated.resealed), (PURPOSES.len(), 3), "{engine:?}");
        assert_eq!(rotated.deleted, before.iter().map(|key| key.id).collect::<Vec<_>>(), "{engine:?}");
        assert_eq!(listed(&story.desk).await, only_active(), "{engine:?}");
        let anew = story.store.read(Lookups(of_codes)).await.unwrap();
        assert!(hashes.iter().zip(&anew).all(|(before, after)| before != after), "{engine:?}");
        let again = story.desk.issue_codes(codes(&li, "i-7", 3), key("k-1")).await.unwrap();
        assert_eq!(again.answer.codes, first.answer.codes, "{engine:?}");
        let more = story.desk.issue_codes(codes(&li, "i-7", 2), key("k-2")).await.unwrap();
        assert_eq!(more.answer.codes.unwrap().len(), 2, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_alone_are_rotated_where_only_they_are_asked_for_and_hashes_never_alone() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let of = |purpose| RotateKeys { purpose: Some(Purpose::new(purpose)), operator: wang() };
        assert_eq!(story.desk.rotate_keys(of("code")).await.unwrap().added.len(), 1, "{engine:?}");
        assert_eq!(story.desk.rotate_keys(of("code-lookup")).await.unwrap().added.len(), 2, "{engine:?}");
        assert_eq!(story.desk.rotate_keys(of("ledger")).await.unwrap().added.len(), 1, "{engine:?}");
        let unknown = story.desk.rotate_keys(of("soup")).await.unwrap_err();
        assert!(matches!(unknown, RotateKeysError::UnknownPurpose(_)), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_issued_while_keys_are_rotated_all_open_afterwards() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let mut customers = Vec::new();
        for number in 1..=8 {
            customers.push(story.customer(number).await);
        }
        let second =
            if engine == Engine::Postgres { story.another_process().await } else { story.desk.clone() };
        let ask = |at: usize| {
            let desk = if at.is_multiple_of(2) { &story.desk } else { &second };
            let customer = &customers[at % 8];
            let instance = format!("i-{}", at % 8 + 1);
            desk.issue_codes(codes(customer, &instance, 1), key(&format!("k-{at}")))
        };
        let rotations = async {
            for _ in 0..3 {
                story.desk.rotate_keys(rotation()).await.unwrap();
            }
        };
        let issuing = join_all((0..40).map(ask));
        let (issued, ()) = futures_util::future::join(issuing, rotations).await;
        let issued: Vec<_> = issued.into_iter().map(Result::unwrap).collect();
        let again = join_all((0..40).map(ask)).await;
        for (first, again) in issued.iter().zip(again) {
            assert_eq!(again.unwrap().answer.codes, first.answer.codes, "{engine:?}");
        }
        assert_eq!(listed(&second).await, only_active(), "{engine:?}");
    }
}

/// A hook, how many commits it has seen, and from which one on they fail: from none at first.
fn failing_from() -> (CommitHook, Arc<AtomicU64>, Arc<AtomicU64>) {
    let seen = Arc::new(AtomicU64::new(0));
    let from = Arc::new(AtomicU64::new(u64::MAX));
    let (counting, limit) = (Arc::clone(&seen), Arc::clone(&from));
    let hook = CommitHook::new(move |at, point| {
        counting.store(at, Ordering::SeqCst);
        let fails = point == Point::Before && at >= limit.load(Ordering::SeqCst);
        if fails { Fate::Fail } else { Fate::Proceed }
    });
    (hook, seen, from)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_cut_short_at_any_commit_is_finished_by_the_next() {
    for engine in ENGINES {
        for nth in 1.. {
            let (counting, seen, from) = failing_from();
            let story = Story::with(engine, counting).await;
            let li = story.customer(7).await;
            let first = story.desk.issue_codes(codes(&li, "i-7", 2), key("k-1")).await.unwrap();
            from.store(seen.load(Ordering::SeqCst) + nth, Ordering::SeqCst);
            let cut = story.desk.rotate_keys(rotation()).await;
            from.store(u64::MAX, Ordering::SeqCst);
            let meanwhile = story.desk.issue_codes(codes(&li, "i-7", 1), key("k-2")).await.unwrap();
            assert_eq!(meanwhile.answer.codes.unwrap().len(), 1, "{engine:?} {nth}");
            if cut.is_ok() {
                assert!(nth > 3, "{engine:?}: a rotation has several commits");
                break;
            }
            story.desk.rotate_keys(rotation()).await.unwrap();
            assert_eq!(listed(&story.desk).await, only_active(), "{engine:?} {nth}");
            let again = story.desk.issue_codes(codes(&li, "i-7", 2), key("k-1")).await.unwrap();
            assert_eq!(again.answer.codes, first.answer.codes, "{engine:?} {nth}");
        }
    }
}

/// Stores the key of the ledger sealed like that.
struct SealAs(ledger_key::LedgerKeyRow);

impl Unit for SealAs {
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        ledger_key::reseal(tx, &self.0).await
    }
}

/// Reads the sealed key of the ledger.
struct Signer;

impl Unit for Signer {
    type Output = ledger_key::LedgerKeyRow;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        Ok(ledger_key::find(tx).await?.unwrap())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_is_signed_by_the_same_key_after_what_seals_it_was_rotated() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (public, sealed) = (story.desk.ledger_key(), story.store.read(Signer).await.unwrap());
        story.desk.rotate_keys(rotation()).await.unwrap();
        assert_ne!(story.store.read(Signer).await.unwrap().sealed, sealed.sealed, "{engine:?}");
        // A process that starts now has none but the new keys.
        let (desk, _) = story.process(CommitHook::default()).await;
        let placed = desk.sequence_ledger(story.clock.now()).await.unwrap();
        assert!(matches!(placed, Sequenced::Placed { .. }), "{engine:?}");
        assert_eq!(desk.ledger_key(), public, "{engine:?}");
        let checkpoint = desk.checkpoint().await.unwrap().unwrap();
        assert!(public.open(checkpoint.note()).is_ok(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_is_deleted_that_still_seals_the_key_of_the_ledger() {
    for engine in ENGINES {
        let (counting, seen, from) = failing_from();
        let story = Story::with(engine, counting).await;
        let before = story.store.read(Signer).await.unwrap();
        from.store(seen.load(Ordering::SeqCst) + 2, Ordering::SeqCst);
        story.desk.rotate_keys(rotation()).await.unwrap_err();
        from.store(u64::MAX, Ordering::SeqCst);
        let after = story.store.read(Signer).await.unwrap();
        assert!(story.store.write(SealAs(before)).await.unwrap(), "{engine:?}");
        let retired = ("ledger".to_owned(), KeyState::Retired, Some(1));
        assert_eq!(listed(&story.desk).await[2], retired, "{engine:?}");
        let unsettled = story.desk.rotate_keys(rotation()).await.unwrap_err();
        assert!(matches!(unsettled, RotateKeysError::Desk(DeskError::Unsettled(_))), "{engine:?}");
        assert_eq!(listed(&story.desk).await[2], retired, "{engine:?}");
        assert!(story.store.write(SealAs(after)).await.unwrap(), "{engine:?}");
        assert_eq!(
            story.desk.rotate_keys(rotation()).await.unwrap().deleted.len(),
            PURPOSES.len(),
            "{engine:?}"
        );
        assert_eq!(listed(&story.desk).await, only_active(), "{engine:?}");
    }
}

/// A unit that has seen the generation and waits, as a slow process does, before it writes a code under the key of then.
struct Straggler {
    seen: Mutex<Sender<()>>,
    go: Mutex<Receiver<()>>,
    code: NewCode,
    generation: i64,
}

impl Unit for Straggler {
    /// Whether it wrote the code.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        if store::desk::generation(tx).await?.unwrap().generation != self.generation {
            return Ok(false);
        }
        self.seen.lock().unwrap().send(()).unwrap();
        self.go.lock().unwrap().recv().unwrap();
        tx.together(&[self.code.adding()]).await?;
        Ok(true)
    }
}

/// The writer of SQLite is alone while it writes; so this can happen on PostgreSQL only.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_straggler_leaves_no_code_under_a_key_that_is_deleted() {
    let story = Story::on(Engine::Postgres).await;
    let ((seen, has_seen), (go, wait)) = (channel(), channel());
    let key = story.desk.keys().await.unwrap()[0].id;
    let sealed = [&keys::sealed_prefix(key)[..], &[7; 60]].concat();
    let code = NewCode::new(StoredCode {
        id: Id::new(uuid::Uuid::from_u128(7)),
        instance: None,
        owner: None,
        grantee: None,
        product: None,
        stored: Stored::new(State::Init, false).unwrap(),
        lookup: vec![7; 32],
        sealed,
        changed_at: 7,
    });
    let straggler = Straggler { seen: Mutex::new(seen), go: Mutex::new(wait), code, generation: 1 };
    let other = story.database.open().await;
    let straggler = tokio::spawn(async move { other.write(straggler).await });
    tokio::task::spawn_blocking(move || has_seen.recv().unwrap()).await.unwrap();
    let rotated = story.desk.rotate_keys(rotation()).await.unwrap();
    go.send(()).unwrap();
    assert_eq!(rotated.deleted.len(), PURPOSES.len());
    assert!(!straggler.await.unwrap().unwrap(), "it was run again on the new generation, and wrote nothing");
    assert_eq!(story.desk.keys().await.unwrap().len(), PURPOSES.len());
}

/// What a process is handed that has another master key.
fn with_master(clock: &HandClock, master: MasterKey) -> Surroundings {
    Surroundings { clock: Box::new(clock.clone()), chance: Chance::new([9; 32]), master, outside: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn under_another_master_key_the_old_one_opens_nothing_and_says_so() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let first = story.desk.issue_codes(codes(&li, "i-7", 2), key("k-1")).await.unwrap();
        let to = MasterKey::generate(&mut rand_chacha_of(77));
        let change = ChangeMasterKey { to: to.clone(), operator: wang() };
        let changed = story.desk.change_master_key(change.clone()).await.unwrap();
        assert_eq!(changed, MasterKeyChange::Changed { keys: PURPOSES.len() }, "{engine:?}");
        let old = story.desk.issue_codes(codes(&li, "i-7", 1), key("k-2")).await.unwrap_err();
        let wanted = format!("the database needs master key `{}`", to.fingerprint());
        assert!(old.to_string().starts_with(&wanted), "{engine:?} {old}");
        let twice = story.desk.change_master_key(change.clone()).await.unwrap_err();
        let wrong = MasterKeyChangeError::Desk(DeskError::WrongMasterKey {
            needed: to.fingerprint(),
            given: MasterKey::generate(&mut rand_chacha_of(255)).fingerprint(),
        });
        assert_eq!(twice.to_string(), wrong.to_string(), "{engine:?}");
        let Story { database, clock, store, desk, .. } = story;
        drop(desk);
        store.close().await;
        let desk = Desk::open(database.open().await, with_master(&clock, to)).await.unwrap();
        let again = desk.issue_codes(codes(&li, "i-7", 2), key("k-1")).await.unwrap();
        assert_eq!(again.answer.codes, first.answer.codes, "{engine:?}");
        let same = desk.change_master_key(change).await.unwrap();
        assert_eq!(same, MasterKeyChange::Same, "{engine:?}");
    }
}
