//! `kebei demo`: a fresh desk with made-up data, served on this machine.

use super::Call;
use crate::{
    cli::desk::Demo,
    demo::{ACCOUNT, CODED, HOST_PASSWORD, HOSTS, OTHER_ACCOUNT, SetBack, inventory, orders, page, people},
    desk::{self, master_key, place::Place},
    serving::{self, Bound, Stop, bound, logs},
    settings::Settings,
    words::{Told, desk::DeskSay, serving::ServeSay},
};
use ::rulebook::{ALIYUN, Rulebook};
use anyhow::{Context, Result};
use app::{
    Desk, IdempotencyKey, OpenAccount, SetUp, Surroundings,
    codes::CodesAsked,
    verification::{HostPassword, RecordLogin},
};
use std::{
    fs::{self, DirBuilder},
    io::{self, Write},
    net::{Ipv4Addr, SocketAddr},
    num::NonZero,
    os::unix::fs::DirBuilderExt,
    path::Path,
    process::ExitCode,
};
use store::Store;

pub(crate) fn run(demo: &Demo, call: Call) -> Result<ExitCode> {
    serving::with_little_memory();
    // Removed when it is dropped, at the end.
    let temporary = match &demo.data {
        None => Some(tempfile::Builder::new().prefix("kebei-demo-").tempdir()?),
        Some(_) => None,
    };
    let folder = demo.data.as_deref().or(temporary.as_ref().map(tempfile::TempDir::path));
    let folder = folder.unwrap_or(Path::new("."));
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, demo.port));
    let settings = Settings::only(&[
        ("data", &folder.to_string_lossy()),
        ("listen", &address.to_string()),
        ("log_level", "warn"),
        ("log_format", "text"),
        // Whoever tries it has no app at hand for it.
        ("second_factor", "off"),
        // Its websites are made up: nobody outside is asked about them.
        ("watch_resolvers", "none"),
        ("watch_pages", "no"),
    ]);
    logs::begin(&settings);
    serving::run(served(folder, &settings, call))
}

async fn served(folder: &Path, settings: &Settings, call: Call) -> Result<ExitCode> {
    // Whoever would find the port taken had better know before the folder is filled.
    let main = bound::one(settings.listen, "--port", call).await?;
    let address = main.local_addr()?;
    empty(folder, call)?;
    let place = Place::in_folder(folder);
    let clock = SetBack::by(orders::BEGINNING);
    let (store, desk) = set_up(&place, folder, &clock, call).await?;
    let furnished = match furnished(&desk, &clock, call).await {
        Ok(furnished) => furnished,
        Err(error) => {
            store.close().await;
            return Err(Told(ServeSay::NoDemo { why: &error.to_string() }.to_text(call.lang)).into());
        }
    };
    let page = page::page(address, &furnished, &folder.display().to_string(), call.lang);
    let stop = Stop::listen()?;
    writeln!(io::stdout(), "{page}")?;
    io::stdout().flush()?;
    serving::serve(desk, store, settings, Bound { main, metrics: None, rpc: None }, stop).await?;
    Ok(ExitCode::SUCCESS)
}

/// Makes the folder where it is not there; one with something in it is refused.
fn empty(folder: &Path, call: Call) -> Result<(), Told> {
    let failed = |error: io::Error| call.desk(&DeskSay::Folder { folder, error: &error });
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    let mut inside = fs::read_dir(folder).map_err(failed)?;
    match inside.next() {
        None => Ok(()),
        Some(_) => Err(Told(ServeSay::NotEmpty { folder }.to_text(call.lang))),
    }
}

async fn set_up(place: &Place, folder: &Path, clock: &SetBack, call: Call) -> Result<(Store, Desk)> {
    let master = master_key::make(&folder.join("master.key"));
    let master = master.map_err(|fault| call.desk(&DeskSay::MasterKey(&fault)))?;
    let store = place.open().await;
    let store = store.map_err(|error| call.desk(&DeskSay::Store { place, error: &error }))?;
    let set_up = SetUp { rulebook: ALIYUN.as_bytes(), ledger_name: "kebei.example/demo" };
    let at = |master| {
        let surroundings = desk::surroundings(place, master, call)?;
        Ok::<_, Told>(Surroundings { clock: Box::new(clock.clone()), ..surroundings })
    };
    set_up.run(&store, &at(master.clone())?).await?;
    let desk = Desk::open(store.clone(), at(master)?).await;
    let desk = desk.map_err(|error| call.desk(&DeskSay::Desk { place, error: &error }))?;
    Ok((store, desk))
}

/// Fills the desk: accounts, filing orders, instances, people, and codes that are issued already, of which one is shown.
async fn furnished(desk: &Desk, clock: &SetBack, call: Call) -> Result<page::Furnished> {
    let rulebook = Rulebook::parse(ALIYUN).map_err(|faults| anyhow::anyhow!("{} faults", faults.0.len()))?;
    for (number, name) in [(1, ACCOUNT), (2, OTHER_ACCOUNT)] {
        desk.open_account(OpenAccount { number: Some(number), name: name.to_owned() }).await?;
    }
    // They begin long before the demo; from here on it is today.
    let orders = orders::add(desk, clock, call.now).await?;
    for (nth, instance) in inventory::instances(&rulebook, call.now).into_iter().enumerate() {
        let facts = instance.facts;
        let (id, account, issued) =
            (facts.id.clone(), facts.account.clone(), NonZero::new(facts.codes_issued));
        desk.record_instance(facts).await?;
        let Some(count) = issued else { continue };
        let asker = desk.account(&account.unwrap_or_default()).await?;
        let asker = asker.ok_or_else(|| anyhow::anyhow!("the account of {id} is not there"))?;
        let key = IdempotencyKey::parse(&format!("set-up-{nth}"))?;
        desk.issue_codes(CodesAsked { asker, instance: id, count }, key).await?;
    }
    for (instance, _, name) in HOSTS {
        let password = HostPassword::Plain(HOST_PASSWORD.into());
        let login = RecordLogin { instance: instance.to_owned(), names: vec![name.to_owned()], password };
        desk.record_login(login).await?;
    }
    let people = people::add(desk).await?;
    let code = coded(desk).await?;
    Ok(page::Furnished { people, code, orders })
}

/// A code of the customer who the printed calls are made as.
async fn coded(desk: &Desk) -> Result<String> {
    let asker = desk.account(ACCOUNT).await?.context("the account of the demo is there")?;
    let ask = CodesAsked { asker, instance: CODED.0.to_owned(), count: NonZero::<u32>::MIN };
    let told = desk.issue_codes(ask, IdempotencyKey::parse("set-up-code")?).await?;
    let issued = told.answer.codes.and_then(|codes| codes.into_iter().next());
    Ok(issued.context("a code is issued on an instance that qualifies")?.code.to_string())
}
