//! The town under siege: its accounts and instances, and what its clients ask for, all of it from a seed.

use crate::life::Life;
use app::{Desk, OpenAccount, SetUp};
use futures_util::future::join_all;
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};
use rulebook::{ALIYUN, Billing, Facts};
use serde::{Deserialize, Serialize};
use store::Store;

/// Servers of each account; five codes each, by themselves.
const SERVERS: u64 = 10;
/// Web hostings of each account; five codes for all of them together.
const HOSTINGS: u64 = 3;
/// Accounts that are asked about at the same time, so that clients meet.
const NEIGHBOURS: u64 = 4;
/// The name of its ledger.
const LEDGER: &str = "kebei.test/siege";
/// The address of every instance: the checks of orders take none that is set aside for documentation.
pub(crate) const ADDRESS: &str = "47.96.0.1";
/// Most codes in one ask.
const MOST: u64 = 3;

/// Accounts with their instances, and the order in which they are asked about.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Town {
    /// How many accounts; ten servers and three web hostings each.
    pub accounts: u64,
    /// After how many asks the next account is asked about: 20 leave places free, 200 take all of them.
    pub asks_each: u64,
}

/// One ask; its number says all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Who asks.
    pub account: String,
    /// About which instance.
    pub instance: String,
    /// For how many codes.
    pub codes: u32,
    /// Under which idempotency key.
    pub key: String,
}

/// Randomness of that purpose.
pub fn dice(purpose: u64, nth: u64) -> ChaCha20Rng {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&purpose.to_be_bytes());
    seed[8..16].copy_from_slice(&nth.to_be_bytes());
    ChaCha20Rng::from_seed(seed)
}

impl Town {
    /// The ask of that number.
    pub fn ask(&self, nth: u64) -> Ask {
        let mut dice = dice(0xa5c, nth);
        let mut below = |bound: u64| dice.next_u64() % bound;
        let account = (nth / self.asks_each + below(NEIGHBOURS)) % self.accounts;
        let which = below(SERVERS + HOSTINGS);
        Ask {
            account: account_name(account),
            instance: instance_name(account, which),
            codes: u32::try_from(1 + below(MOST)).unwrap(),
            key: format!("k-{nth}"),
        }
    }

    /// The account and the server that a case is about: each server has codes for five of them.
    pub(crate) fn of_case(&self, case: u64) -> (String, String) {
        let account = case % self.accounts;
        (account_name(account), instance_name(account, case / self.accounts % SERVERS))
    }

    /// The number of the ask with that key.
    pub fn nth(key: &str) -> Option<u64> {
        key.strip_prefix("k-")?.parse().ok()
    }

    /// Sets up the desk with all accounts and instances in an empty database.
    pub async fn build(&self, store: Store) {
        let founding = Life::founding(*self);
        let set_up = SetUp { rulebook: ALIYUN.as_bytes(), ledger_name: LEDGER };
        set_up.run(&store, &founding.surroundings()).await.unwrap();
        let desk = Desk::open(store, Life { nth: 1, ..founding }.surroundings()).await.unwrap();
        let numbers: Vec<u64> = (0..self.accounts).collect();
        // A few at a time: in tables that are nearly empty, many writers share few pages, and PostgreSQL lets only one of them through.
        for some in numbers.chunks(4) {
            join_all(some.iter().map(|number| settle(&desk, *number))).await;
        }
    }
}

async fn settle(desk: &Desk, account: u64) {
    let name = account_name(account);
    let number = i64::try_from(account).unwrap();
    desk.open_account(OpenAccount { number: Some(number), name: name.clone() }).await.unwrap();
    let instances = (0..SERVERS + HOSTINGS).map(|which| Facts {
        id: instance_name(account, which),
        product: if which < SERVERS { "ecs" } else { "elastic-web" }.to_owned(),
        account: Some(name.clone()),
        region: Some("cn-hangzhou".to_owned()),
        billing: Some(Billing::Subscription),
        public_bandwidth_mbps: Some(5),
        public_ips: Some(vec![ADDRESS.parse().unwrap()]),
        purchased_at: Some("2020-10-01T10:00:00+08:00".parse().unwrap()),
        expires_at: Some("2021-12-31T00:00:00+08:00".parse().unwrap()),
        ..Facts::default()
    });
    for recorded in join_all(instances.map(|facts| desk.record_instance(facts))).await {
        recorded.unwrap();
    }
}

fn account_name(account: u64) -> String {
    format!("acc-{account}")
}

fn instance_name(account: u64, which: u64) -> String {
    format!("i-{account}-{which}")
}
