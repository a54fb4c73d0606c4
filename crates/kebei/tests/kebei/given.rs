//! A desk with an account, instances and codes, made in this process as `serve` would make it.

use app::{
    Asker, Chance, Clock, Desk, IdempotencyKey, Operator, SetUp, Surroundings,
    codes::{CodesAsked, GrantCode, MyCode, ReleaseCode, Which},
};
use jiff::Timestamp;
use rulebook::{ALIYUN, Billing, Facts};
use std::{fs, num::NonZero, os::unix::fs::PermissionsExt, path::Path};
use store::{AccountId, Store, StoreError, Tx, Unit, accounts};
use tokio::runtime::Runtime;

/// How often codes were asked for in [`desk_in`]: issued twice and refused once.
pub(crate) const DECISIONS: usize = 3;
/// The codes of `acc-7` in [`desk_in`], of which one is granted and one void.
pub(crate) const CODES: usize = 4;
/// The master key of these desks: anyone may know it.
const MASTER: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const BEGIN: &str = "2020-11-01T01:00:00Z";

#[derive(Debug)]
struct At(Timestamp);

impl Clock for At {
    fn now(&self) -> Timestamp {
        self.0
    }
}

fn surroundings(seed: u8) -> Surroundings {
    let (clock, master) = (Box::new(At(BEGIN.parse().unwrap())), MASTER.parse().unwrap());
    Surroundings { clock, chance: Chance::new([seed; 32]), master, outside: None }
}

pub(crate) fn runtime() -> Runtime {
    Runtime::new().unwrap()
}

/// Writes the master key into the folder, as only its owner may read it.
pub(crate) fn master_key_in(folder: &Path) {
    let file = folder.join("master.key");
    fs::write(&file, format!("{MASTER}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
}

pub(crate) fn open_store(folder: &Path) -> Store {
    Store::sqlite(&folder.join("kebei.db")).unwrap()
}

/// The desk in a store, as another process opens it.
pub(crate) async fn opened(store: Store, seed: u8) -> Desk {
    Desk::open(store, surroundings(seed)).await.unwrap()
}

/// The same on every call with one seed; no entry of its ledger has its place yet.
pub(crate) fn desk_in(folder: &Path, seed: u8) {
    fs::create_dir(folder).unwrap();
    master_key_in(folder);
    runtime().block_on(async {
        let store = open_store(folder);
        let set_up = SetUp { rulebook: ALIYUN.as_bytes(), ledger_name: "kebei/ledger" };
        set_up.run(&store, &surroundings(seed)).await.unwrap();
        let desk = Desk::open(store.clone(), surroundings(seed + 1)).await.unwrap();
        let [li, wang] =
            [7, 8].map(|number| app::OpenAccount { number: Some(number), name: format!("acc-{number}") });
        let (li, _) = (desk.open_account(li).await.unwrap(), desk.open_account(wang).await.unwrap());
        desk.record_instance(server("i-7", &li)).await.unwrap();
        desk.record_instance(server("i-8", &li)).await.unwrap();
        let issued = ask(&desk, &li, "i-7", 3, "first").await;
        ask(&desk, &li, "i-8", 1, "second").await;
        assert!(desk.issue_codes(asked(&li, "i-7", 99), key("many")).await.unwrap().answer.codes.is_none());
        let grant = GrantCode { asker: li.clone(), code: Which::Id(issued[0]), to: "acc-8".to_owned() };
        desk.grant_code(grant, None).await.unwrap();
        let operator = Operator::parse("wang").unwrap();
        let release =
            ReleaseCode { operator, code: Which::Id(issued[1]), reason: "asked for twice".to_owned() };
        desk.release_code(release, key("release")).await.unwrap();
        store.close().await;
    });
}

/// One more code, and so one more entry of the ledger.
pub(crate) fn issue(folder: &Path, name: &str) {
    runtime().block_on(async {
        let store = open_store(folder);
        let desk = Desk::open(store.clone(), surroundings(77)).await.unwrap();
        let li = desk.account("acc-7").await.unwrap().unwrap();
        ask(&desk, &li, "i-8", 1, name).await;
        store.close().await;
    });
}

/// The codes of `acc-7`.
pub(crate) fn codes_in(folder: &Path) -> Vec<MyCode> {
    runtime().block_on(async {
        let store = open_store(folder);
        let desk = Desk::open(store.clone(), surroundings(78)).await.unwrap();
        let li = desk.account("acc-7").await.unwrap().unwrap();
        let codes = desk.my_codes(&li, None, 100).await.unwrap();
        store.close().await;
        codes
    })
}

async fn ask(desk: &Desk, asker: &Asker, instance: &str, count: u32, name: &str) -> Vec<store::CodeId> {
    let told = desk.issue_codes(asked(asker, instance, count), key(name)).await.unwrap();
    told.answer.codes.unwrap().iter().map(|issued| issued.id).collect()
}

fn asked(asker: &Asker, instance: &str, count: u32) -> CodesAsked {
    CodesAsked { asker: asker.clone(), instance: instance.to_owned(), count: NonZero::new(count).unwrap() }
}

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::parse(text).unwrap()
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

/// Something that another process writes meanwhile: an account of that number.
pub(crate) struct AddAccount(pub(crate) i64);

impl Unit for AddAccount {
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        let id: AccountId = format!("{:032x}", self.0).parse().unwrap();
        let account =
            accounts::Account { id, number: Some(self.0), name: format!("new-{}", self.0), created_at: 7 };
        accounts::add(tx, &account).await
    }
}
