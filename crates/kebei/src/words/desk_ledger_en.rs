//! What the program says of the ledger and of backups, in English.

use super::desk_ledger::{BackupSay, LedgerSay};
use app::ledger::Conflict;
use rulebook::Lang;
use std::io;

pub(super) fn ledger(say: &LedgerSay<'_>) -> String {
    match say {
        LedgerSay::Looked { report, decide } => {
            let decided =
                if *decide { format!("; {} decisions decided again", report.decided) } else { String::new() };
            let newest = match &report.checkpoint {
                Some(newest) => {
                    format!("Newest checkpoint: {} entries, root {}.", newest.head.size, newest.head.root)
                }
                None => "No checkpoint yet.".to_owned(),
            };
            let waiting = match report.waiting {
                0 => String::new(),
                waiting => format!(
                    "\n{waiting} entries wait for their places and are not covered; `kebei ledger seal` gives them."
                ),
            };
            format!(
                "{} entries and {} checkpoints verified{decided}.\n{newest}{waiting}",
                report.entries, report.checkpoints
            )
        }
        LedgerSay::LookedAtExport { entries, opening, closing, decided } => {
            let decided =
                decided.map(|decided| format!("; {decided} decisions decided again")).unwrap_or_default();
            let from =
                if *opening == 0 { "from the first one".to_owned() } else { format!("after {opening}") };
            format!("{} verified, {from} to the checkpoint of {closing}{decided}.", several(*entries))
        }
        LedgerSay::Sound => "The ledger is sound.".to_owned(),
        LedgerSay::Mistake(mistake) => mistake.message(Lang::En),
        LedgerSay::Undecided { place, fault } => fault.message(*place, Lang::En),
        LedgerSay::BadExport { file, fault } => format!("{file} is not what was exported: {fault}."),
        LedgerSay::More(more) => format!("There are {more} more mistakes."),
        LedgerSay::BadKey { why } => format!("--key: {why}; write it as `kebei ledger key` prints it"),
        LedgerSay::NoCheckpoint => {
            "the ledger has no checkpoint yet; sign one with `kebei ledger seal`".to_owned()
        }
        LedgerSay::NoCheckpointOf(size) => {
            format!(
                "--since: there is no checkpoint of {size} entries; give the size of an earlier export or checkpoint"
            )
        }
        LedgerSay::Exported { file, size } => format!(
            "{file}: the ledger up to its checkpoint of {size} entries. Whoever gets it verifies it with `kebei ledger verify \
             --export FILE --key KEY`; let them have the key, which `kebei ledger key` prints, by another way."
        ),
        LedgerSay::BadEntry { found } => format!("`{found}` is no id of an entry"),
        LedgerSay::UnknownEntry { found } => format!("there is no entry {found} in the ledger"),
        LedgerSay::EntryWaits { found } => {
            format!("entry {found} has no place in the ledger yet; `kebei ledger seal` gives it one")
        }
        LedgerSay::Sealed { placed, size } => {
            format!(
                "{} took their places; the signed checkpoint has {size} entries and is kept outside the database.",
                several(*placed)
            )
        }
        LedgerSay::NothingToAccept => {
            "There is nothing to accept: the database agrees with its checkpoint outside.".to_owned()
        }
        LedgerSay::WouldAccept { conflict: conflict @ Conflict::Missing { .. }, .. } => format!(
            "{}\nA new one is then written, and the ledger says who accepted it. Nothing was changed. If it is to be so: kebei \
             ledger accept --yes",
            lost(conflict)
        ),
        LedgerSay::WouldAccept { conflict, checkpoint } => format!(
            "{}\nThe checkpoint {} is then kept under another name, as the proof of what was lost, and the ledger says who \
             accepted it. Nothing was changed. If it is to be so: kebei ledger accept --yes",
            lost(conflict),
            checkpoint.display()
        ),
        LedgerSay::Accepted { kept: None } => {
            "Accepted; the desk can be written again, and a new checkpoint is kept outside the database."
                .to_owned()
        }
        LedgerSay::Accepted { kept: Some(kept) } => format!(
            "Accepted; the desk can be written again. The superseded checkpoint is kept as {}: keep it, it proves what was lost.",
            kept.display()
        ),
        LedgerSay::NotAcceptable { fault } => {
            format!(
                "the ledger in the database does not add up and cannot be accepted: {fault}; restore a backup"
            )
        }
        LedgerSay::ChangedMeanwhile => "the checkpoint outside was changed meanwhile; look again".to_owned(),
    }
}

/// What is lost when a database is accepted.
fn lost(conflict: &Conflict) -> String {
    match conflict {
        Conflict::Older { database, outside } => format!(
            "The database has {database} entries, the checkpoint outside it {outside}. By accepting it you give up {}: whatever was issued, granted or refused in them, customers may hold codes that the desk does not know.",
            several(outside.saturating_sub(*database))
        ),
        Conflict::Rewritten { database, outside } => format!(
            "The database has {database} entries, but not those of the checkpoint outside it, which has {outside}. By accepting \
             it what that checkpoint proves is given up."
        ),
        Conflict::Foreign(fault) => {
            format!(
                "The checkpoint outside is none of this ledger: {fault}. By accepting the database it is set aside."
            )
        }
        Conflict::Missing { file, since } => format!(
            "The checkpoint outside is missing: {} is not there, although one is kept since {}. By accepting the database it can \
             no longer be seen whether entries were rewritten or lost before now.",
            file.display(),
            rulebook::calendar::rfc3339(*since)
        ),
        Conflict::Unsound(fault) => format!("The ledger in the database does not add up: {fault}."),
    }
}

pub(super) fn backup(say: &BackupSay<'_>) -> String {
    match say {
        BackupSay::FileThere { file } => {
            format!("{} is there already and is not overwritten; name another file", file.display())
        }
        BackupSay::CannotMake { file, error } => format!("{} cannot be written: {}", file.display(), reason(error)),
        BackupSay::NotNoted { note, error } => format!(
            "The backup is sound, but {} cannot be written, so `kebei doctor` does not know of it: {}",
            note.display(),
            reason(error)
        ),
        BackupSay::OnServer { place } => format!(
            "{place} is backed up with the tools of PostgreSQL. First copy ledger.checkpoint from the folder of the desk, then run\n  \
             pg_dump --format=custom --file=kebei.dump \"$KEBEI_DATABASE\"\nor for the whole server, with everything to any moment:\n  \
             pg_basebackup --pgdata=DIR --wal-method=stream\nThe master key is in none of these; keep it apart"
        ),
        BackupSay::RestoreOnServer => "a database on a server is restored with the tools of PostgreSQL, into a new database:\n  \
             pg_restore --dbname=URL kebei.dump\nThen run `kebei ledger verify`. Leave ledger.checkpoint in the folder of the desk as it is"
            .to_owned(),
        BackupSay::Made { file, checkpoint, fingerprint } => {
            let beside = checkpoint.as_ref().map_or_else(
                || "\nThere is no checkpoint outside the database yet; `kebei ledger seal` writes one.".to_owned(),
                |beside| format!("\nThe checkpoint of the ledger: {}.", beside.display()),
            );
            format!(
                "Backup: {}.{beside}\nThe master key is NOT in it. Keep it ({fingerprint}) apart from the backup: without it nothing in \
                 there can be opened.",
                file.display()
            )
        }
        BackupSay::Checked { entries, waiting } => format!(
            "The copy was read again: its pages are whole, its ledger of {entries} entries is sound, {waiting} entries wait for places."
        ),
        BackupSay::NotChecked { found, known } => format!(
            "The pages of the copy are whole. Its ledger was not verified: it is of an older kebei (schema version {found}, this one reads \
             {known})."
        ),
        BackupSay::Fault { file, fault } => format!("{}: {fault}", file.display()),
        BackupSay::Unsound { file } => format!(
            "{} was written, but it is not sound, as is told above. Run `kebei doctor` and `kebei ledger verify`, and keep earlier backups",
            file.display()
        ),
        BackupSay::DeskThere { place } => format!(
            "there is a desk at {place}; nothing was changed. Name another folder with --data, or replace it with --replace, which keeps it \
             beside"
        ),
        BackupSay::Restored { place, kept } => {
            let kept = kept
                .map(|kept| format!("\nThe database that was there is kept as {}.", kept.display()))
                .unwrap_or_default();
            format!("Restored: {place}.{kept}")
        }
        BackupSay::NotRestored { file } => {
            format!("{} is not sound, as is told above; nothing was restored. Try an earlier backup", file.display())
        }
    }
}

/// So many entries.
fn several(entries: u64) -> String {
    if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}
