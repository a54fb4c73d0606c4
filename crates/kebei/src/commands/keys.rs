//! `kebei keys list|rotate`: the keys of the desk, for those who keep it.

use super::Call;
use crate::{
    cli::keys::{KeysCommands, KeysRotate},
    desk::{self, master_key},
    settings::DeskOptions,
    words::desk::DeskSay,
};
use ::keys::Purpose;
use ::rulebook::calendar;
use anyhow::Result;
use app::{
    DeskError,
    keys::{ChangeMasterKey, MasterKeyChange, MasterKeyChangeError, RotateKeys, RotateKeysError},
};
use jiff::Timestamp;
use std::{
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

pub(crate) fn run(command: &KeysCommands, call: Call) -> Result<ExitCode> {
    match command {
        KeysCommands::List(list) => desk::wait(listed(&list.desk, call)),
        KeysCommands::Rotate(rotate) => match &rotate.master {
            None => desk::wait(rotated(rotate, call)),
            Some(file) => desk::wait(master_changed(rotate, file, call)),
        },
    }
}

async fn listed(options: &DeskOptions, call: Call) -> Result<ExitCode> {
    desk::with(options, call, async |place, desk| {
        let keys = desk.keys().await;
        let keys = keys.map_err(|error| call.desk(&DeskSay::Desk { place, error: &error }))?;
        let mut to = io::stdout().lock();
        for key in &keys {
            let made = calendar::shanghai(Timestamp::from_microsecond(key.made_at)?);
            let made = made.strftime("%Y-%m-%d %H:%M").to_string();
            writeln!(to, "{}", DeskSay::Key { key, made: &made }.to_text(call.lang))?;
        }
        Ok(ExitCode::SUCCESS)
    })
    .await
}

async fn rotated(rotate: &KeysRotate, call: Call) -> Result<ExitCode> {
    let operator = desk::operator(rotate.operator.as_deref(), call)?;
    desk::with(&rotate.desk, call, async |place, desk| {
        let purpose = rotate.purpose.clone().map(Purpose::from);
        let rotated =
            desk.rotate_keys(RotateKeys { purpose, operator }).await.map_err(|error| match error {
                RotateKeysError::UnknownPurpose(purpose) => {
                    call.desk(&DeskSay::UnknownPurpose { purpose: purpose.word() })
                }
                RotateKeysError::Desk(error) => call.desk(&DeskSay::Desk { place, error: &error }),
                error @ RotateKeysError::Key(_) => call.desk(&DeskSay::Other { why: &error.to_string() }),
            })?;
        let (added, deleted) = (rotated.added.len(), rotated.deleted.len());
        let say = DeskSay::Rotated { added, resealed: rotated.resealed, deleted };
        writeln!(io::stdout(), "{}", say.to_text(call.lang))?;
        Ok(ExitCode::SUCCESS)
    })
    .await
}

async fn master_changed(rotate: &KeysRotate, file: &Path, call: Call) -> Result<ExitCode> {
    let operator = desk::operator(rotate.operator.as_deref(), call)?;
    let (place, store, master) = desk::parts(&rotate.desk, call).await?;
    // On the disk before the database needs it.
    let to = if file.exists() { master_key::read(file) } else { master_key::make(file) };
    let to = to.map_err(|fault| call.desk(&DeskSay::MasterKey(&fault)))?;
    let fingerprint = to.fingerprint();
    let changed = match app::Desk::open(store.clone(), desk::surroundings(&place, master, call)?).await {
        Ok(desk) => desk.change_master_key(ChangeMasterKey { to, operator }).await,
        Err(error) => Err(error.into()),
    };
    store.close().await;
    let say = match &changed {
        Ok(MasterKeyChange::Changed { keys }) => DeskSay::MasterChanged { file, keys: *keys, fingerprint },
        Ok(MasterKeyChange::Same) => DeskSay::MasterSame { file },
        // Done by a call whose answer was lost, or that was cut short after it.
        Err(MasterKeyChangeError::Desk(DeskError::WrongMasterKey { needed, .. }))
            if *needed == fingerprint =>
        {
            DeskSay::MasterSame { file }
        }
        Err(MasterKeyChangeError::Desk(error)) => {
            return Err(call.desk(&DeskSay::Desk { place: &place, error }).into());
        }
        Err(error) => return Err(call.desk(&DeskSay::Other { why: &error.to_string() }).into()),
    };
    writeln!(io::stdout(), "{}", say.to_text(call.lang))?;
    Ok(ExitCode::SUCCESS)
}
