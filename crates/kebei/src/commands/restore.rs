//! `kebei restore`: a backup in the place of the database. Nothing is deleted, and the checkpoint outside stays as it is, so
//! that an older database is seen to be one.

use super::{
    Call,
    backup::{OURS, fault, said, verified, whole},
    ledger::cannot_make,
};
use crate::{
    cli::desk::Restore,
    desk::{self, master_key, place::Place},
    files::NewFile,
    terminal::tell,
    words::{desk::DeskSay, desk_ledger::BackupSay},
};
use anyhow::Result;
use app::{Desk, DeskError};
use std::{
    fs::{self, DirBuilder},
    io::{self, Write},
    os::unix::fs::DirBuilderExt,
    process::ExitCode,
};
use store::{Store, copy_sqlite, replace_sqlite};

/// The backup is not sound.
const UNSOUND: u8 = 1;

pub(crate) fn run(restore: &Restore, call: Call) -> Result<ExitCode> {
    desk::wait(restored(restore, call))
}

async fn restored(restore: &Restore, call: Call) -> Result<ExitCode> {
    let settings = restore.desk.settings(call)?;
    let (place, file) = (Place::of(&settings), restore.file.as_path());
    if place.is_on_server() {
        return Err(said(&BackupSay::RestoreOnServer, call).into());
    }
    if place.exists() && !restore.replace {
        return Err(said(&BackupSay::DeskThere { place: &place }, call).into());
    }
    let master = master_key::of(&settings).map_err(|fault| call.desk(&DeskSay::MasterKey(&fault)))?;
    let folder = place.folder();
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| call.desk(&DeskSay::Folder { folder, error: &error }))?;
    // A copy of our own, so that the backup stays as it is, and is read whole before anything is moved.
    let target = place.file();
    let copy = NewFile::instead_of(&target, OURS).map_err(|error| cannot_make(&target, &error, call))?;
    copy_sqlite(file, copy.path()).map_err(|error| fault(file, &error, call))?;
    let sound = whole(copy.path(), call)? && {
        let store = Store::sqlite(copy.path()).map_err(|error| fault(file, &error, call))?;
        let report = verified(store.clone(), file, None, master.clone(), call).await;
        store.close().await;
        // What was only needed to open the copy.
        let _ = fs::remove_file(copy.path().with_added_extension("lock"));
        report?.is_some()
    };
    if !sound {
        tell(&BackupSay::NotRestored { file }.to_text(call.lang));
        return Ok(ExitCode::from(UNSOUND));
    }
    let kept = target.with_added_extension(format!("replaced-{}", call.now.strftime("%Y%m%dT%H%M%S%.6fZ")));
    let failed = |error| call.desk(&DeskSay::Store { place: &place, error: &error });
    let was_there = replace_sqlite(&target, copy.path(), &kept).map_err(failed)?;
    let kept = was_there.then_some(kept.as_path());
    writeln!(io::stdout(), "{}", BackupSay::Restored { place: &place, kept }.to_text(call.lang))?;
    let store = place.open().await.map_err(failed)?;
    let desk = Desk::open(store, desk::surroundings(&place, master, call)?).await;
    let desk = desk.map_err(|error| call.desk(&DeskSay::Desk { place: &place, error: &error }))?;
    if let Some(conflict) = desk.conflict() {
        let error = DeskError::ReadOnly(conflict);
        tell(&DeskSay::Desk { place: &place, error: &error }.to_text(call.lang));
    }
    Ok(ExitCode::SUCCESS)
}
