//! `kebei init`: makes a desk where there is none.

use super::{Call, cannot_read, read_rulebook, shown};
use crate::{
    cli::desk::Init,
    desk::{self, master_key, place::Place},
    words::{Told, desk::DeskSay},
};
use ::rulebook::ALIYUN;
use anyhow::Result;
use app::{Desk, DeskError, SetUp, SetUpError};
use std::{
    fs::DirBuilder,
    io::{self, Write},
    os::unix::fs::DirBuilderExt,
    process::ExitCode,
};

pub(crate) fn run(init: &Init, call: Call) -> Result<ExitCode> {
    desk::wait(set_up(init, call))
}

async fn set_up(init: &Init, call: Call) -> Result<ExitCode> {
    let rulebook = call.rulebook(init.rulebook.as_deref())?;
    let text = match &init.rulebook {
        None => ALIYUN.as_bytes().to_vec(),
        Some(path) => {
            let name = shown(path);
            read_rulebook(path).map_err(|error| call.told(&cannot_read(&name, &error)))?
        }
    };
    let settings = init.desk.settings(call)?;
    let place = Place::of(&settings);
    let store_failed = |error| call.desk(&DeskSay::Store { place: &place, error: &error });
    // Before anything is made: a desk that is there stays as it is, key and all.
    let store = if place.exists() { Some(place.open().await.map_err(store_failed)?) } else { None };
    if let Some(store) = &store
        && Desk::is_set_up(store).await.map_err(|error| failed(&place, &error, call))?
    {
        return Err(call.desk(&DeskSay::DeskThere { place: &place }).into());
    }
    let folder = place.folder();
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| call.desk(&DeskSay::Folder { folder, error: &error }))?;
    let file = master_key::file_of(&settings);
    // One that is there was given, or was made by a call that was cut short.
    let new = file.as_deref().filter(|file| !file.exists());
    let master = new.map_or_else(|| master_key::of(&settings), master_key::make);
    let master = master.map_err(|fault| call.desk(&DeskSay::MasterKey(&fault)))?;
    let fingerprint = master.fingerprint();
    let store = match store {
        Some(store) => store,
        None => place.open().await.map_err(store_failed)?,
    };
    let set_up = SetUp { rulebook: &text, ledger_name: &init.ledger_name };
    let done = set_up.run(&store, &desk::surroundings(&place, master, call)?).await;
    store.close().await;
    done.map_err(|error| match error {
        SetUpError::Already => call.desk(&DeskSay::DeskThere { place: &place }),
        SetUpError::Desk(error) => failed(&place, &error, call),
        error => call.desk(&DeskSay::Other { why: &error.to_string() }),
    })?;
    let key = file.as_deref().map(|file| (file, new.is_some()));
    let rulebook = rulebook.name.in_lang(call.lang);
    let say = DeskSay::SetUp { place: &place, key, fingerprint, rulebook };
    writeln!(io::stdout(), "{}", say.to_text(call.lang))?;
    Ok(ExitCode::SUCCESS)
}

fn failed(place: &Place, error: &DeskError, call: Call) -> Told {
    call.desk(&DeskSay::Desk { place, error })
}
