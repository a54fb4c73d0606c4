//! Stories of the desk, each on both engines, with a clock that is moved by hand and randomness from a seed.
#![cfg(test)]

mod importing;
mod instances;
mod issuing;

use app::{Asker, Chance, Clock, Desk, IdempotencyKey, OpenAccount, SetUp, Surroundings, codes::CodesAsked};
use jiff::{SignedDuration, Timestamp};
use keys::MasterKey;
use rulebook::{ALIYUN, Billing, Facts};
use std::{
    num::NonZero,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU8, Ordering},
    },
};
use store::CommitHook;
use testbed::{Database, Engine};

/// When the stories play, unless they move on: 09:00 on 1 November 2020 in Shanghai, under the newest edition.
const BEGIN: &str = "2020-11-01T01:00:00Z";

/// The clock of all processes of one story.
#[derive(Clone, Debug)]
struct HandClock(Arc<AtomicI64>);

impl HandClock {
    fn pass(&self, time: SignedDuration) {
        self.0.fetch_add(i64::try_from(time.as_micros()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// One desk for one story.
struct Story {
    database: Database,
    clock: HandClock,
    /// Each process draws from a seed of its own.
    processes: AtomicU8,
    desk: Desk,
}

impl Story {
    async fn on(engine: Engine) -> Self {
        Self::with(engine, CommitHook::default()).await
    }

    /// The same, with a hook around each commit of the first process.
    async fn with(engine: Engine, hook: CommitHook) -> Self {
        Self::under(engine, hook, ALIYUN).await
    }

    /// The same, under another rulebook.
    async fn under(engine: Engine, hook: CommitHook, rulebook: &str) -> Self {
        let database = Database::new(engine).await;
        let begin: Timestamp = BEGIN.parse().unwrap();
        let clock = HandClock(Arc::new(AtomicI64::new(begin.as_microsecond())));
        let store = database.open_with(hook).await;
        SetUp { rulebook: rulebook.as_bytes() }.run(&store, &surroundings(&clock, 0)).await.unwrap();
        let desk = Desk::open(store, surroundings(&clock, 1)).await.unwrap();
        Self { database, clock, processes: AtomicU8::new(2), desk }
    }

    /// Another process on the same database; on PostgreSQL only.
    async fn another_process(&self) -> Desk {
        let seed = self.processes.fetch_add(1, Ordering::SeqCst);
        Desk::open(self.database.open().await, surroundings(&self.clock, seed)).await.unwrap()
    }

    /// An account, and an instance of it that may back filings until the end of 2021.
    async fn customer(&self, number: i64) -> Asker {
        let name = format!("acc-{number}");
        let asker = self.desk.open_account(OpenAccount { number, name }).await.unwrap();
        self.desk.record_instance(server(&format!("i-{number}"), &asker)).await.unwrap();
        asker
    }
}

fn surroundings(clock: &HandClock, seed: u8) -> Surroundings {
    let master = MasterKey::generate(&mut rand_chacha_of(255));
    Surroundings { clock: Box::new(clock.clone()), chance: Chance::new([seed; 32]), master }
}

fn rand_chacha_of(seed: u8) -> rand_chacha::ChaCha20Rng {
    <rand_chacha::ChaCha20Rng as rand_chacha::rand_core::SeedableRng>::from_seed([seed; 32])
}

/// A server that `asker` bought and that may back five filings.
fn server(name: &str, asker: &Asker) -> Facts {
    Facts {
        id: name.to_owned(),
        product: "ecs".to_owned(),
        account: Some(asker.name().to_owned()),
        region: Some("cn-hangzhou".to_owned()),
        billing: Some(Billing::Subscription),
        public_bandwidth_mbps: Some(5),
        public_ips: Some(vec!["203.0.113.7".parse().unwrap()]),
        purchased_at: Some("2020-10-01T10:00:00+08:00".parse().unwrap()),
        expires_at: Some("2021-12-31T00:00:00+08:00".parse().unwrap()),
        ..Facts::default()
    }
}

/// `count` codes for `asker` on an instance.
fn codes(asker: &Asker, instance: &str, count: u32) -> CodesAsked {
    CodesAsked { asker: asker.clone(), instance: instance.to_owned(), count: NonZero::new(count).unwrap() }
}

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::parse(text).unwrap()
}
