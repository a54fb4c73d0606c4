//! Stories of a server that restarts under a pool of connections.

use crate::{
    cluster::{Cluster, Place},
    given::{Add, account, kept},
};
use std::sync::{Mutex, mpsc};
use store::{Store, StoreError, Tx, Unit, accounts};

/// Adds an account, waits until the server is gone, and adds another.
struct Half {
    begun: mpsc::Sender<()>,
    gone: Mutex<mpsc::Receiver<()>>,
}

impl Unit for Half {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        accounts::add(tx, &account(100)).await?;
        self.begun.send(()).unwrap();
        tokio::task::block_in_place(|| self.gone.lock().unwrap().recv().unwrap());
        accounts::add(tx, &account(101)).await.map(drop)
    }
}

/// As many at once as there are connections, so that each of them is used.
async fn all_at_once(store: &Store, first: i64) {
    let all = (first..first + 8).map(|number| store.write(Add::one(number)));
    for answer in futures_util::future::join_all(all).await {
        answer.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_restarts_is_used_again_and_a_unit_that_it_cut_leaves_nothing() {
    let cluster = Cluster::start(Place::new(), &[]);
    let store = Store::postgres(&cluster.options()).await.unwrap();
    all_at_once(&store, 0).await;
    cluster.crash();
    cluster.again();
    all_at_once(&store, 10).await;

    cluster.crash();
    let error = store.write(Add::one(20)).await.unwrap_err();
    assert!(matches!(error, StoreError::NoConnection(_)), "{error}");
    cluster.again();
    all_at_once(&store, 20).await;

    let ((waiting, begun), (go, gone)) = (mpsc::channel(), mpsc::channel());
    let half = Half { begun: waiting, gone: Mutex::new(gone) };
    let cut = tokio::spawn({
        let store = store.clone();
        async move { store.write(half).await }
    });
    tokio::task::block_in_place(|| begun.recv().unwrap());
    cluster.crash();
    go.send(()).unwrap();
    let error = cut.await.unwrap().unwrap_err();
    assert!(matches!(error, StoreError::Engine(_)), "{error}");
    cluster.again();
    all_at_once(&store, 30).await;
    for (number, is_kept) in [(0, true), (17, true), (27, true), (100, false), (101, false)] {
        assert_eq!(kept(&store, number).await, is_kept, "{number}");
    }
}
