//! A desk with a user of every role, for one story.

use app::{
    Actor, Asker, Chance, Clock, Desk, IdempotencyKey, OpenAccount, Operator, SetUp, Surroundings, Worker,
    access::{AddUser, KeysOf, MakeKey, Right, Role},
    gate::Follower,
};
use axum::Router;
use jiff::{SignedDuration, Timestamp};
use keys::MasterKey;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use rulebook::{ALIYUN, Billing, Facts};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use store::Store;
use testbed::{Database, Engine};
use web::{Settings, Site, service};

/// When the stories play: 09:00 on 1 November 2020 in Shanghai, under the newest edition.
const BEGIN: &str = "2020-11-01T01:00:00Z";

/// The clock of one story.
#[derive(Clone, Debug)]
pub(crate) struct HandClock(Arc<AtomicI64>);

impl HandClock {
    pub(crate) fn pass(&self, time: SignedDuration) {
        self.0.fetch_add(i64::try_from(time.as_micros()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// One served desk.
pub(crate) struct Given {
    /// Kept until the story is over.
    database: Database,
    pub(crate) clock: HandClock,
    /// For what no use case does yet.
    pub(crate) store: Store,
    pub(crate) desk: Desk,
    pub(crate) service: Router,
    follower: Follower,
    /// A bearer key for each role; a customer's is that of `acc-7`.
    keys: BTreeMap<Role, String>,
}

impl Given {
    pub(crate) async fn on(engine: Engine) -> Self {
        let database = Database::new(engine).await;
        let clock = HandClock(Arc::new(AtomicI64::new(BEGIN.parse::<Timestamp>().unwrap().as_microsecond())));
        let store = database.open().await;
        let surroundings = |seed: u8| Surroundings {
            clock: Box::new(clock.clone()),
            chance: Chance::new([seed; 32]),
            master: MasterKey::generate(&mut ChaCha20Rng::from_seed([255; 32])),
            outside: None,
        };
        let set_up = SetUp { rulebook: ALIYUN.as_bytes(), ledger_name: "kebei.example/ledger" };
        set_up.run(&store, &surroundings(0)).await.unwrap();
        let desk = Desk::open(store.clone(), surroundings(1)).await.unwrap();
        let follower = Follower::new(desk.clone());
        let service = service(Site::new(desk.clone(), Settings::default()));
        let mut given = Self { database, clock, store, desk, service, follower, keys: BTreeMap::new() };
        given.gate_follows().await;
        given.customer("acc-7", 7).await;
        for role in Role::ALL {
            let account = (role == Role::Customer).then_some("acc-7");
            let key = given.user(role.word(), role, account).await;
            given.keys.insert(role, key);
        }
        given
    }

    /// A folder that goes with the story.
    pub(crate) fn folder(&self) -> &Path {
        self.database.folder()
    }

    /// Another process on the same store.
    pub(crate) async fn another_desk(&self) -> Desk {
        let surroundings = Surroundings {
            clock: Box::new(self.clock.clone()),
            chance: Chance::new([9; 32]),
            master: MasterKey::generate(&mut ChaCha20Rng::from_seed([255; 32])),
            outside: None,
        };
        Desk::open(self.store.clone(), surroundings).await.unwrap()
    }

    /// Lets the gate see all that has changed.
    pub(crate) async fn gate_follows(&self) {
        while self.follower.step(self.desk.now()).await.is_some_and(|next| next <= self.desk.now()) {}
    }

    /// The bearer key of that role.
    pub(crate) fn key(&self, role: Role) -> &str {
        &self.keys[&role]
    }

    /// An account with an instance `i-…` of its number that may back five filings until the end of 2021.
    pub(crate) async fn customer(&self, name: &str, number: i64) -> Asker {
        let open = OpenAccount { number: Some(number), name: name.to_owned() };
        let asker = self.desk.open_account(open).await.unwrap();
        self.desk.record_instance(server(&format!("i-{number}"), name)).await.unwrap();
        asker
    }

    /// A user with that role, and a bearer key of his that may do all that he may.
    pub(crate) async fn user(&self, name: &str, role: Role, account: Option<&str>) -> String {
        self.scoped(name, role, account, None).await
    }

    /// The same with a key that may do no more than that.
    pub(crate) async fn scoped(
        &self,
        name: &str,
        role: Role,
        account: Option<&str>,
        scopes: Option<BTreeSet<Right>>,
    ) -> String {
        let by = Actor::Staff(Operator::parse("wei").unwrap());
        let add = AddUser {
            by: by.clone(),
            name: name.to_owned(),
            system: false,
            roles: vec![role],
            account: account.map(str::to_owned),
            email: None,
        };
        self.desk.add_user(add, None).await.unwrap();
        let of = KeysOf::User { by, name: name.to_owned() };
        let asked = MakeKey { of, label: "story".to_owned(), scopes, expires_at: None };
        let key = IdempotencyKey::parse(&format!("key-{name}")).unwrap();
        let made = self.desk.make_key(asked, Some(key)).await.unwrap().answer;
        made.secret.unwrap().reveal().to_owned()
    }
}

/// A server of that account that may back five filings.
pub(crate) fn server(name: &str, account: &str) -> Facts {
    Facts {
        id: name.to_owned(),
        product: "ecs".to_owned(),
        account: Some(account.to_owned()),
        region: Some("cn-hangzhou".to_owned()),
        billing: Some(Billing::Subscription),
        public_bandwidth_mbps: Some(5),
        public_ips: Some(vec!["203.0.113.7".parse().unwrap()]),
        purchased_at: Some("2020-10-01T10:00:00+08:00".parse().unwrap()),
        expires_at: Some("2021-12-31T00:00:00+08:00".parse().unwrap()),
        ..Facts::default()
    }
}
