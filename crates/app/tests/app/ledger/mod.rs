//! The ledger: a desk to look at it with. Its stories are in a file for each topic.

mod outside;
mod placing;
mod proving;
mod tampering;

use crate::{HandClock, codes, key, server, surroundings};
use app::{
    Asker, Clock, Desk, DeskError, Failure, OpenAccount, SetUp, Surroundings, Told,
    codes::Issuing,
    ledger::{Conflict, LedgerReport, Outside, Sequenced, VerifyLedger},
};
use futures_util::future::join_all;
use rulebook::ALIYUN;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};
use store::Store;
use testbed::{Database, Engine};

/// A desk whose newest checkpoint is kept in a file beside its database, or wherever a story wants it.
struct Book {
    engine: Engine,
    database: Database,
    clock: HandClock,
    store: Store,
    desk: Desk,
    asker: Asker,
    asked: AtomicU64,
}

impl Book {
    async fn on(engine: Engine) -> Self {
        let database = Database::new(engine).await;
        let clock = HandClock::starting(crate::BEGIN);
        let store = database.open().await;
        let set_up = SetUp { rulebook: ALIYUN.as_bytes(), ledger_name: "kebei.example/ledger" };
        set_up.run(&store, &surroundings(&clock, 0)).await.unwrap();
        let outside = Outside::file(database.folder().join("checkpoint"));
        let around = Surroundings { outside: Some(outside), ..surroundings(&clock, 1) };
        let desk = Desk::open(store.clone(), around).await.unwrap();
        let name = "acc-7".to_owned();
        let asker = desk.open_account(OpenAccount { number: Some(7), name }).await.unwrap();
        for instance in 0..8 {
            desk.record_instance(server(&format!("i-{instance}"), &asker)).await.unwrap();
        }
        Self { engine, database, clock, store, desk, asker, asked: AtomicU64::new(0) }
    }

    fn outside(&self) -> Outside {
        Outside::file(self.database.folder().join("checkpoint"))
    }

    /// The same database opened by a process that was started with `seed`, and with another file or none.
    async fn opened(&self, seed: u8, outside: Option<Outside>) -> Desk {
        let around = Surroundings { outside, ..surroundings(&self.clock, seed) };
        Desk::open(self.store.clone(), around).await.unwrap()
    }

    /// `times` requests for a code, one entry each, whatever they come to.
    async fn ask(&self, desk: &Desk, times: u64) -> Vec<Told<Issuing>> {
        let first = self.asked.fetch_add(times, Ordering::SeqCst);
        let asks = (first..first + times).map(|nth| {
            desk.issue_codes(codes(&self.asker, &format!("i-{}", nth % 8), 1), key(&format!("k-{nth}")))
        });
        join_all(asks).await.into_iter().map(Result::unwrap).collect()
    }

    /// Asks, and gives all that waits its places.
    async fn grow(&self, times: u64) -> Vec<Told<Issuing>> {
        let answers = self.ask(&self.desk, times).await;
        let placed = self.desk.sequence_ledger(self.clock.now()).await.unwrap();
        assert!(matches!(placed, Sequenced::Placed { more: false, .. }), "{placed:?}");
        answers
    }

    async fn verify(&self) -> LedgerReport {
        self.desk.verify_ledger(VerifyLedger { decide: true, most_mistakes: 4 }).await.unwrap()
    }

    /// Somebody with the rights of the database's owner.
    async fn tamper(&self, sql: &str) {
        match self.database.postgres() {
            None => rusqlite::Connection::open(self.database.file()).unwrap().execute_batch(sql).unwrap(),
            Some(options) => {
                let (client, connection) =
                    tokio_postgres::connect(&options.url, tokio_postgres::NoTls).await.unwrap();
                let connection = tokio::spawn(connection);
                client.batch_execute(sql).await.unwrap();
                drop(client);
                connection.await.unwrap().unwrap();
            }
        }
    }

    /// Bytes as the engine writes them.
    fn literal(&self, bytes: &[u8]) -> String {
        let hex = std::fmt::from_fn(|f| bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}")));
        match self.engine {
            Engine::Sqlite => format!("x'{hex}'"),
            Engine::Postgres => format!("'\\x{hex}'::bytea"),
        }
    }

    /// Takes away all that came after the first `size` entries, as an older copy has it.
    async fn cut_back(&self, size: u64) {
        self.tamper(&format!(
            "DELETE FROM ledger_nodes WHERE ((idx + 1) << CAST(level AS INTEGER)) > {size};
             DELETE FROM ledger_checkpoints WHERE size > {size};
             DELETE FROM requests WHERE entry IN (SELECT id FROM ledger_entries WHERE place IS NULL OR place >= {size});
             DELETE FROM ledger_entries WHERE place IS NULL OR place >= {size};
             UPDATE ledger_head SET size = {size}"
        ))
        .await;
    }

    /// Whether a customer is told that nothing is written.
    async fn refuses(&self, desk: &Desk) -> Option<Conflict> {
        match desk.issue_codes(codes(&self.asker, "i-1", 1), key("k-refused")).await {
            Err(Failure::Desk(DeskError::ReadOnly(conflict))) => Some(conflict),
            _ => None,
        }
    }
}

/// A destination that can be looked at afterwards.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

async fn exported(desk: &Desk, since: Option<u64>) -> Vec<u8> {
    let out = Shared::default();
    desk.export_ledger(out.clone(), since).await.unwrap();
    out.0.lock().unwrap().clone()
}
