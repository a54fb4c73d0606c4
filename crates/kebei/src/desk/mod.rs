//! The desk as commands find it: where it is, the key that opens it, and how both are opened.

pub(crate) mod master_key;
pub(crate) mod place;

use crate::{
    chance,
    clock::SystemClock,
    commands::Call,
    settings::{DeskOptions, Settings},
    words::{Told, desk::DeskSay},
};
use app::{Chance, Desk, Operator, Surroundings, ledger::Outside};
use keys::MasterKey;
use place::Place;
use std::{env, future::Future};
use store::Store;

/// Runs what waits for the desk to its end, on a runtime of its own.
pub(crate) fn wait<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

/// What the desk is handed.
pub(crate) fn surroundings(place: &Place, master: MasterKey, call: Call) -> Result<Surroundings, Told> {
    surroundings_with(Some(Outside::file(place.checkpoint())), master, call)
}

/// The same, with that checkpoint outside or none.
pub(crate) fn surroundings_with(
    outside: Option<Outside>,
    master: MasterKey,
    call: Call,
) -> Result<Surroundings, Told> {
    let seed = chance::seed();
    let seed = seed.map_err(|error| call.desk(&DeskSay::NoChance { why: &error.to_string() }))?;
    Ok(Surroundings { clock: Box::new(SystemClock), chance: Chance::new(*seed), master, outside })
}

/// Where the desk is, and its master key.
pub(crate) fn found(options: &DeskOptions, call: Call) -> Result<(Place, MasterKey), Told> {
    let settings = options.settings(call)?;
    let place = Place::of(&settings);
    let master = opening(&place, &settings, call)?;
    Ok((place, master))
}

/// The master key of the desk at `place`, if there is one.
pub(crate) fn opening(place: &Place, settings: &Settings, call: Call) -> Result<MasterKey, Told> {
    if !place.exists() {
        return Err(call.desk(&DeskSay::NoDesk { place }));
    }
    master_key::of(settings).map_err(|fault| call.desk(&DeskSay::MasterKey(&fault)))
}

/// The store and the master key of a desk that is there.
pub(crate) async fn parts(options: &DeskOptions, call: Call) -> Result<(Place, Store, MasterKey), Told> {
    let (place, master) = found(options, call)?;
    let store =
        place.open().await.map_err(|error| call.desk(&DeskSay::Store { place: &place, error: &error }))?;
    Ok((place, store, master))
}

/// Opens the desk, does `work` at it, and closes it whatever comes of that.
pub(crate) async fn with<T>(
    options: &DeskOptions,
    call: Call,
    work: impl AsyncFnOnce(&Place, &Desk) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let (place, store, master) = parts(options, call).await?;
    at(&place, store, master, call, work).await
}

/// The same, for reading at least: also while another process has it.
pub(crate) async fn with_reading<T>(
    options: &DeskOptions,
    call: Call,
    work: impl AsyncFnOnce(&Place, &Desk) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let (place, master) = found(options, call)?;
    let store = place.open_to_read().await;
    let store = store.map_err(|error| call.desk(&DeskSay::Store { place: &place, error: &error }))?;
    at(&place, store, master, call, work).await
}

async fn at<T>(
    place: &Place,
    store: Store,
    master: MasterKey,
    call: Call,
    work: impl AsyncFnOnce(&Place, &Desk) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let done = match Desk::open(store.clone(), surroundings(place, master, call)?).await {
        Ok(desk) => work(place, &desk).await,
        Err(error) => Err(call.desk(&DeskSay::Desk { place, error: &error }).into()),
    };
    store.close().await;
    done
}

/// Who works at the command line: the name given, else the user who is logged in.
pub(crate) fn operator(name: Option<&str>, call: Call) -> Result<Operator, Told> {
    let user = || {
        ["USER", "LOGNAME"].into_iter().find_map(|name| env::var(name).ok().filter(|name| !name.is_empty()))
    };
    let name = name.map(str::to_owned).or_else(user);
    let name = name.unwrap_or_else(|| format!("uid {}", rustix::process::geteuid().as_raw()));
    Operator::parse(&name).map_err(|_| call.desk(&DeskSay::BadOperator { name: &name }))
}

impl Call {
    /// What is said of a desk, as the failure that ends the program.
    pub(crate) fn desk(&self, say: &DeskSay<'_>) -> Told {
        Told(say.to_text(self.lang))
    }
}
