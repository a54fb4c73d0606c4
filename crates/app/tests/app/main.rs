//! Stories of the desk, each on both engines, with a clock that is moved by hand and randomness from a seed.
#![cfg(test)]
// Stories wait for stories that wait for the desk: futures within futures, deeper than the compiler follows them by itself.
#![recursion_limit = "256"]

mod access;
mod contradicting;
mod correcting;
mod dead_ends;
mod failing;
mod filed_again;
mod filed_before;
mod filed_once;
mod filers;
mod following;
mod gate;
mod gate_callers;
mod host_orders;
mod impact;
mod import_filings;
mod import_instances;
mod importing;
mod instance_decisions;
mod instances;
mod issuing;
mod job_simulation;
mod jobs;
mod keys;
mod ledger;
mod logged;
mod many_websites;
mod moved_away;
mod moving;
mod numbers;
mod orders;
mod past_the_desk;
mod personal;
mod pictures;
mod processes;
mod publishing;
mod quotas;
mod receipts;
mod replaying;
mod retention;
mod reviewing;
mod reviving;
mod rulebooks;
mod rules_in_sql;
mod sealed;
mod stopped;
mod two_people;
mod verifying;
mod walking;
mod watching;
mod why_not;
mod witnessed;
mod workers;

use ::keys::MasterKey;
use ::rulebook::{ALIYUN, Billing, Facts};
use app::{
    Asker, Chance, Clock, Desk, Failure, IdempotencyKey, OpenAccount, SetUp, Surroundings, Told,
    codes::{CodesAsked, IssueFault, Issuing, Question},
};
use filing::Refusal;
use jiff::{SignedDuration, Timestamp};
use std::{
    num::NonZero,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU8, Ordering},
    },
};
use store::{CommitHook, PostgresOptions, Store};
use testbed::{Database, Engine};

/// When the stories play, unless they move on: 09:00 on 1 November 2020 in Shanghai, under the newest edition.
const BEGIN: &str = "2020-11-01T01:00:00Z";

/// The clock of one story; that of each process may be behind it.
#[derive(Clone, Debug)]
struct HandClock {
    at: Arc<AtomicI64>,
    behind: SignedDuration,
}

impl HandClock {
    fn starting(at: &str) -> Self {
        let at: Timestamp = at.parse().unwrap();
        Self { at: Arc::new(AtomicI64::new(at.as_microsecond())), behind: SignedDuration::ZERO }
    }

    fn pass(&self, time: SignedDuration) {
        self.at.fetch_add(micros(time), Ordering::SeqCst);
    }

    fn move_to(&self, at: &str) {
        self.at.store(at.parse::<Timestamp>().unwrap().as_microsecond(), Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.at.load(Ordering::SeqCst) - micros(self.behind)).unwrap()
    }
}

fn micros(time: SignedDuration) -> i64 {
    i64::try_from(time.as_micros()).unwrap()
}

/// One desk for one story.
struct Story {
    database: Database,
    /// For looking past the desk.
    store: Store,
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
        Self::begun(Database::new(engine).await, BEGIN, hook, ALIYUN).await
    }

    /// The same, under another rulebook.
    async fn under(engine: Engine, hook: CommitHook, rulebook: &str) -> Self {
        Self::begun(Database::new(engine).await, BEGIN, hook, rulebook).await
    }

    /// The same, at another time.
    async fn at(engine: Engine, begin: &str) -> Self {
        Self::begun(Database::new(engine).await, begin, CommitHook::default(), ALIYUN).await
    }

    async fn begun(database: Database, begin: &str, hook: CommitHook, rulebook: &str) -> Self {
        let clock = HandClock::starting(begin);
        let store = database.open_with(hook).await;
        SetUp { rulebook: rulebook.as_bytes(), ledger_name: "kebei.example/ledger" }
            .run(&store, &surroundings(&clock, 0))
            .await
            .unwrap();
        let desk = Desk::open(store.clone(), surroundings(&clock, 1)).await.unwrap();
        Self { database, store, clock, processes: AtomicU8::new(2), desk }
    }

    /// Another process on the same database; on SQLite, which serves one process, another desk on the same store.
    async fn another_process(&self) -> Desk {
        self.another_process_behind(SignedDuration::ZERO).await
    }

    /// The same, with a clock that is behind.
    async fn another_process_behind(&self, behind: SignedDuration) -> Desk {
        let seed = self.processes.fetch_add(1, Ordering::SeqCst);
        let store =
            if self.database.postgres().is_some() { self.database.open().await } else { self.store.clone() };
        let clock = HandClock { behind, ..self.clock.clone() };
        Desk::open(store, surroundings(&clock, seed)).await.unwrap()
    }

    /// An account without anything.
    async fn account(&self, number: i64) -> Asker {
        let name = format!("acc-{number}");
        self.desk.open_account(OpenAccount { number: Some(number), name }).await.unwrap()
    }

    /// Asks for codes under a key.
    async fn issue(
        &self,
        asker: &Asker,
        instance: &str,
        count: u32,
        key_text: &str,
    ) -> Result<Told<Issuing>, Failure<IssueFault>> {
        self.desk.issue_codes(codes(asker, instance, count), key(key_text)).await
    }

    /// Another process, also on SQLite, where it shares the store of the first and `hook` does nothing. It hears of no
    /// notifications.
    async fn process(&self, hook: CommitHook) -> (Desk, Store) {
        let seed = self.processes.fetch_add(1, Ordering::SeqCst);
        let store = match self.database.postgres() {
            None => self.store.clone(),
            Some(options) => {
                let options = PostgresOptions { notify: false, ..options.clone() };
                Store::postgres_with(&options, hook).await.unwrap()
            }
        };
        (Desk::open(store.clone(), surroundings(&self.clock, seed)).await.unwrap(), store)
    }

    /// An account, and an instance of it that may back filings until the end of 2021.
    async fn customer(&self, number: i64) -> Asker {
        let asker = self.account(number).await;
        self.desk.record_instance(server(&format!("i-{number}"), &asker)).await.unwrap();
        asker
    }
}

fn surroundings(clock: &HandClock, seed: u8) -> Surroundings {
    Surroundings {
        clock: Box::new(clock.clone()),
        chance: Chance::new([seed; 32]),
        master: master(),
        outside: None,
    }
}

fn master() -> MasterKey {
    MasterKey::generate(&mut rand_chacha_of(255))
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

/// The codes that were told, as a customer reads them; none when they were refused.
fn texts(told: &Told<Issuing>) -> Vec<String> {
    told.answer.codes.iter().flatten().map(|issued| issued.code.to_string()).collect()
}

/// The words of the reasons for which codes were refused; none when they were not.
fn refused(told: &Told<Issuing>) -> Vec<&'static str> {
    reasons(&told.answer.question)
}

/// The words of the reasons for which codes would be refused.
fn reasons(question: &Question) -> Vec<&'static str> {
    question.judge(|_, answer| match answer {
        Ok(_) => Vec::new(),
        Err(refused) => refused.reasons().iter().map(Refusal::word).collect(),
    })
}
