//! `kebei backup`: a copy of the database as of one moment, checked, with the checkpoint of its ledger beside it.

use super::{Call, ledger::cannot_make};
use crate::{
    cli::desk::Backup,
    desk::{self, place::Place},
    files::NewFile,
    terminal::tell,
    words::{
        Told,
        desk::DeskSay,
        desk_ledger::{BackupSay, LedgerSay},
    },
};
use anyhow::Result;
use app::{
    Desk,
    ledger::{LedgerReport, Outside, VerifyLedger},
};
use keys::MasterKey;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};
use store::{Store, StoreError, copy_sqlite, sqlite_faults};

/// The copy is not sound.
const UNSOUND: u8 = 1;
/// Nobody else is to read a backup.
pub(super) const OURS: u32 = 0o600;
/// Mistakes that are named of a copy.
const MOST_MISTAKES: usize = 20;

pub(crate) fn run(backup: &Backup, call: Call) -> Result<ExitCode> {
    desk::wait(backed_up(backup, call))
}

async fn backed_up(backup: &Backup, call: Call) -> Result<ExitCode> {
    let place = Place::of(&backup.desk.settings(call)?);
    if place.is_on_server() {
        return Err(said(&BackupSay::OnServer { place: &place }, call).into());
    }
    let (place, master) = desk::found(&backup.desk, call)?;
    let fingerprint = master.fingerprint();
    let file = &backup.file;
    let checkpoint = copied(&place, file, call)?;
    let made = BackupSay::Made { file, checkpoint: checkpoint.clone(), fingerprint };
    writeln!(io::stdout(), "{}", made.to_text(call.lang))?;
    if !checked(file, checkpoint, master, call).await? {
        tell(&BackupSay::Unsound { file }.to_text(call.lang));
        return Ok(ExitCode::from(UNSOUND));
    }
    // For `doctor` only: the backup is no worse when it cannot be noted.
    let noted = fs::write(place.last_backup(), format!("{} {}\n", call.now, absolute(file).display()));
    if let Err(error) = noted {
        tell(&BackupSay::NotNoted { note: &place.last_backup(), error: &error }.to_text(call.lang));
    }
    Ok(ExitCode::SUCCESS)
}

/// Copies the checkpoint outside, if there is one, and then the database, which so has all that the checkpoint says.
fn copied(place: &Place, file: &Path, call: Call) -> Result<Option<PathBuf>, Told> {
    let beside = file.with_added_extension("checkpoint");
    let copy = NewFile::new(file, OURS).map_err(|error| cannot_make(file, &error, call))?;
    let note = NewFile::new(&beside, OURS).map_err(|error| cannot_make(&beside, &error, call))?;
    let outside = place.checkpoint();
    let there = match fs::copy(&outside, note.path()) {
        Ok(_) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(cannot_make(&beside, &error, call)),
    };
    let failed = |error| call.desk(&DeskSay::Store { place, error: &error });
    copy_sqlite(&place.file(), copy.path()).map_err(failed)?;
    if there {
        note.appear().map_err(|error| cannot_make(&beside, &error, call))?;
    }
    copy.appear().map_err(|error| cannot_make(file, &error, call))?;
    Ok(there.then_some(beside))
}

/// Reads the copy again and tells what is wrong with it, if anything is.
async fn checked(file: &Path, checkpoint: Option<PathBuf>, master: MasterKey, call: Call) -> Result<bool> {
    if !whole(file, call)? {
        return Ok(false);
    }
    let store = match Store::sqlite_read_only(file) {
        Ok(store) => store,
        Err(StoreError::Older { found, known }) => {
            writeln!(io::stdout(), "{}", BackupSay::NotChecked { found, known }.to_text(call.lang))?;
            return Ok(true);
        }
        Err(error) => return Err(fault(file, &error, call).into()),
    };
    let Some(report) = verified(store, file, checkpoint, master, call).await? else { return Ok(false) };
    let checked = BackupSay::Checked { entries: report.entries, waiting: report.waiting };
    writeln!(io::stdout(), "{}", checked.to_text(call.lang))?;
    Ok(true)
}

/// Whether the pages, indexes and references of a database are whole; tells what is not.
pub(super) fn whole(file: &Path, call: Call) -> Result<bool, Told> {
    let faults = sqlite_faults(file).map_err(|error| fault(file, &error, call))?;
    for fault in &faults {
        tell(&BackupSay::Fault { file, fault }.to_text(call.lang));
    }
    Ok(faults.is_empty())
}

/// Opens the desk of a copy, and verifies its ledger; `None` when that is not sound, which is told.
pub(super) async fn verified(
    store: Store,
    file: &Path,
    checkpoint: Option<PathBuf>,
    master: MasterKey,
    call: Call,
) -> Result<Option<LedgerReport>, Told> {
    let surroundings = desk::surroundings_with(checkpoint.map(Outside::file), master, call)?;
    let how = VerifyLedger { decide: false, most_mistakes: MOST_MISTAKES };
    let report = match Desk::open(store.clone(), surroundings).await {
        Ok(desk) => desk.verify_ledger(how).await,
        Err(error) => Err(error),
    };
    store.close().await;
    let report = match report {
        Ok(report) => report,
        Err(error) => {
            let fault = DeskSay::DeskIn { file, error: &error }.to_text(call.lang);
            tell(&fault);
            return Ok(None);
        }
    };
    for mistake in &report.mistakes {
        let fault = LedgerSay::Mistake(mistake).to_text(call.lang);
        tell(&BackupSay::Fault { file, fault: &fault }.to_text(call.lang));
    }
    Ok(report.is_sound().then_some(report))
}

pub(super) fn said(say: &BackupSay<'_>, call: Call) -> Told {
    Told(say.to_text(call.lang))
}

/// A file cannot be opened as a database.
pub(super) fn fault(file: &Path, error: &StoreError, call: Call) -> Told {
    call.desk(&DeskSay::StoreIn { file, error })
}

fn absolute(file: &Path) -> PathBuf {
    std::path::absolute(file).unwrap_or_else(|_| file.to_owned())
}
