//! `kebei serve`: the desk over HTTP.

use super::Call;
use crate::{
    cli::desk::Serve,
    desk::{self, place::Place},
    panel::panel,
    serving::{self, Bound, Stop, logs},
    settings::Settings,
    words::{Told, desk::DeskSay, panel::no_panel, serving::ServeSay},
};
use anyhow::Result;
use app::Desk;
use std::{
    io::{self, Write},
    process::ExitCode,
};

pub(crate) fn run(serve: &Serve, call: Call) -> Result<ExitCode> {
    serving::with_little_memory();
    let settings = serve.settings.settings(call)?;
    logs::begin(&settings);
    serving::run(served(&settings, call))
}

async fn served(settings: &Settings, call: Call) -> Result<ExitCode> {
    let place = Place::served(settings);
    let master = desk::opening(&place, settings, call)?;
    let panel = panel(settings).map_err(|fault| Told(no_panel(&fault, call.lang)))?;
    // An address that is taken is told before anything is migrated.
    let bound = Bound::of(settings, call).await?;
    let store = place.open().await;
    let store = store.map_err(|error| call.desk(&DeskSay::Store { place: &place, error: &error }))?;
    let desk =
        match Desk::open_with_panel(store.clone(), desk::surroundings(&place, master, call)?, panel).await {
            Ok(desk) => desk,
            Err(error) => {
                store.close().await;
                return Err(call.desk(&DeskSay::Desk { place: &place, error: &error }).into());
            }
        };
    let stop = Stop::listen()?;
    let say = ServeSay::Serving { address: bound.main.local_addr()?, place: &place };
    writeln!(io::stdout(), "{}", say.to_text(call.lang))?;
    serving::serve(desk, store, settings, bound, stop).await?;
    Ok(ExitCode::SUCCESS)
}
