//! `kebei ledger …`: verifying, exporting and proving the ledger, sealing it, and accepting another database.

use super::{Call, cannot_read, open, read_rulebook, shown};
use crate::{
    cli::ledger::{LedgerAccept, LedgerCommands, LedgerExport, LedgerOptions, LedgerProof, LedgerVerify},
    desk,
    files::NewFile,
    terminal::tell,
    words::{
        Told,
        desk::DeskSay,
        desk_ledger::{BackupSay, LedgerSay},
    },
};
use ::ledger::{ExportError, VerifyingKey};
use ::rulebook::ALIYUN;
use anyhow::Result;
use app::{
    Desk, DeskError, hex,
    ledger::{
        AcceptError, ExportLedgerError, ExportReport, Inclusion, Kept, LedgerReport, ProveError, Rulebooks,
        Sequenced, VerifyLedger, verify_export,
    },
};
use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Write},
    path::Path,
    process::ExitCode,
};

/// Mistakes were found, or nothing was accepted.
const MISTAKES: u8 = 1;
/// Mistakes that are named; the rest is counted.
pub(super) const MOST_MISTAKES: usize = 100;
/// How often the outside checkpoint is tried again when another process writes it meanwhile.
const TRIES: u32 = 8;
/// Who may do what with an export: everyone may read it, as far as the folder lets them.
const READABLE: u32 = 0o644;

pub(crate) fn run(command: &LedgerCommands, call: Call) -> Result<ExitCode> {
    match command {
        LedgerCommands::Verify(verify) => match &verify.export {
            None => desk::wait(verified(verify, call)),
            Some(file) => desk::wait(verified_export(verify, file, call)),
        },
        LedgerCommands::Export(export) => desk::wait(exported(export, call)),
        LedgerCommands::Proof(proof) => desk::wait(proven(proof, call)),
        LedgerCommands::Key(options) => desk::wait(key(options, call)),
        LedgerCommands::Checkpoint(options) => desk::wait(checkpoint(options, call)),
        LedgerCommands::Seal(options) => desk::wait(sealed(options, call)),
        LedgerCommands::Accept(accept) => desk::wait(accepted(accept, call)),
    }
}

async fn verified(verify: &LedgerVerify, call: Call) -> Result<ExitCode> {
    desk::with_reading(&verify.desk, call, async |place, desk| {
        let how = VerifyLedger { decide: verify.decide, most_mistakes: MOST_MISTAKES };
        let report = desk.verify_ledger(how).await;
        let report = report.map_err(|error| call.desk(&DeskSay::Desk { place, error: &error }))?;
        writeln!(
            io::stdout(),
            "{}",
            say(&LedgerSay::Looked { report: &report, decide: verify.decide }, call)
        )?;
        tell_mistakes(&report, call)
    })
    .await
}

/// Tells every mistake in a sentence of its own, or that there is none.
fn tell_mistakes(report: &LedgerReport, call: Call) -> Result<ExitCode> {
    let mut to = io::stdout().lock();
    for mistake in &report.mistakes {
        writeln!(to, "{}", say(&LedgerSay::Mistake(mistake), call))?;
    }
    ended(report.is_sound(), report.more, to, call)
}

fn ended(sound: bool, more: u64, mut to: impl Write, call: Call) -> Result<ExitCode> {
    if sound {
        writeln!(to, "{}", say(&LedgerSay::Sound, call))?;
        return Ok(ExitCode::SUCCESS);
    }
    if more > 0 {
        writeln!(to, "{}", say(&LedgerSay::More(more), call))?;
    }
    Ok(ExitCode::from(MISTAKES))
}

async fn verified_export(verify: &LedgerVerify, path: &Path, call: Call) -> Result<ExitCode> {
    let file = shown(path);
    let (key, rulebooks) = if let Some(key) = &verify.key {
        (parsed(key, call)?, given_rulebooks(verify, call)?)
    } else {
        desk::with_reading(&verify.desk, call, async |place, desk| {
            let rulebooks = desk.published_rulebooks().await;
            let failed = |error| call.desk(&DeskSay::Desk { place, error: &error });
            Ok((desk.ledger_key(), rulebooks.map_err(failed)?))
        })
        .await?
    };
    let reader = open(path).map_err(|error| call.told(&cannot_read(&file, &error)))?;
    let rulebooks = verify.decide.then_some(&rulebooks);
    match verify_export(BufReader::new(reader), &key, None, rulebooks, MOST_MISTAKES) {
        Ok(report) => tell_export(&report, verify.decide, call),
        Err(ExportError::Read(error)) => Err(call.told(&cannot_read(&file, &error)).into()),
        Err(fault) => {
            writeln!(io::stdout(), "{}", say(&LedgerSay::BadExport { file: &file, fault: &fault }, call))?;
            Ok(ExitCode::from(MISTAKES))
        }
    }
}

fn tell_export(report: &ExportReport, decide: bool, call: Call) -> Result<ExitCode> {
    let mut to = io::stdout().lock();
    let opening = report.verified.opening.as_ref().map_or(0, |opening| opening.head.size);
    let closing = report.verified.closing.head.size;
    let decided = decide.then_some(report.decided);
    let looked = LedgerSay::LookedAtExport { entries: report.entries, opening, closing, decided };
    writeln!(to, "{}", say(&looked, call))?;
    for (place, fault) in &report.undecided {
        writeln!(to, "{}", say(&LedgerSay::Undecided { place: *place, fault }, call))?;
    }
    ended(report.undecided.is_empty() && report.more == 0, report.more, to, call)
}

fn parsed(key: &str, call: Call) -> Result<VerifyingKey, Told> {
    key.trim()
        .parse()
        .map_err(|error: ::ledger::KeyError| Told(say(&LedgerSay::BadKey { why: &error.to_string() }, call)))
}

/// The built-in rulebook and those that were named.
fn given_rulebooks(verify: &LedgerVerify, call: Call) -> Result<Rulebooks, Told> {
    let mut rulebooks = Rulebooks::default();
    rulebooks.add(ALIYUN.as_bytes());
    for path in &verify.rulebook {
        let name = shown(path);
        let text = read_rulebook(path).map_err(|error| call.told(&cannot_read(&name, &error)))?;
        if !rulebooks.add(&text) {
            // Tells what is wrong with it.
            call.rulebook(Some(path))?;
        }
    }
    Ok(rulebooks)
}

async fn exported(export: &LedgerExport, call: Call) -> Result<ExitCode> {
    desk::with_reading(&export.desk, call, async |place, desk| {
        let file = &export.file;
        let new = NewFile::new(file, READABLE).map_err(|error| cannot_make(file, &error, call))?;
        let to = File::options().write(true).open(new.path());
        let to = to.map_err(|error| cannot_make(file, &error, call))?;
        let closing =
            desk.export_ledger(BufWriter::new(to), export.since).await.map_err(|error| match error {
                ExportLedgerError::Empty => told(&LedgerSay::NoCheckpoint, call),
                ExportLedgerError::NoCheckpoint(size) => told(&LedgerSay::NoCheckpointOf(size), call),
                ExportLedgerError::Desk(error) => call.desk(&DeskSay::Desk { place, error: &error }),
                error @ ExportLedgerError::Write(_) => call.desk(&DeskSay::Other { why: &error.to_string() }),
            })?;
        new.appear().map_err(|error| cannot_make(file, &error, call))?;
        let size = closing.checkpoint().head.size;
        writeln!(io::stdout(), "{}", say(&LedgerSay::Exported { file: &shown(file), size }, call))?;
        Ok(ExitCode::SUCCESS)
    })
    .await
}

async fn proven(proof: &LedgerProof, call: Call) -> Result<ExitCode> {
    let found = proof.entry.as_str();
    let id = found.parse().map_err(|_| told(&LedgerSay::BadEntry { found }, call))?;
    desk::with_reading(&proof.desk, call, async |place, desk| {
        let proven = desk.prove_inclusion(id).await.map_err(|error| match error {
            ProveError::UnknownEntry(_) => told(&LedgerSay::UnknownEntry { found }, call),
            ProveError::Waiting(_) => told(&LedgerSay::EntryWaits { found }, call),
            ProveError::Desk(error) => call.desk(&DeskSay::Desk { place, error: &error }),
            error @ ProveError::OutOfRange { .. } => call.desk(&DeskSay::Other { why: &error.to_string() }),
        })?;
        let Inclusion { entry, place, checkpoint, proof } = proven;
        let hashes: Vec<String> = proof.hashes().iter().map(ToString::to_string).collect();
        // The same in every language: it is read by programs.
        let json = serde_json::json!({
            "entry": found,
            "place": place,
            "bytes": hex(&entry),
            "hashes": hashes,
            "checkpoint": checkpoint.note(),
        });
        writeln!(io::stdout(), "{json:#}")?;
        Ok(ExitCode::SUCCESS)
    })
    .await
}

async fn key(options: &LedgerOptions, call: Call) -> Result<ExitCode> {
    desk::with_reading(&options.desk, call, async |_, desk| {
        writeln!(io::stdout(), "{}", desk.ledger_key())?;
        Ok(ExitCode::SUCCESS)
    })
    .await
}

async fn checkpoint(options: &LedgerOptions, call: Call) -> Result<ExitCode> {
    desk::with_reading(&options.desk, call, async |place, desk| {
        let newest = desk.checkpoint().await;
        let newest = newest.map_err(|error| call.desk(&DeskSay::Desk { place, error: &error }))?;
        let Some(newest) = newest else {
            tell(&say(&LedgerSay::NoCheckpoint, call));
            return Ok(ExitCode::from(MISTAKES));
        };
        write!(io::stdout(), "{}", newest.note())?;
        Ok(ExitCode::SUCCESS)
    })
    .await
}

async fn sealed(options: &LedgerOptions, call: Call) -> Result<ExitCode> {
    desk::with(&options.desk, call, async |place, desk| {
        let failed = |error: DeskError| call.desk(&DeskSay::Desk { place, error: &error });
        let placed = sequenced(desk).await.map_err(failed)?;
        kept(desk).await.map_err(failed)?;
        let newest = desk.checkpoint().await.map_err(failed)?;
        let size = newest.map_or(0, |newest| newest.checkpoint().head.size);
        writeln!(io::stdout(), "{}", say(&LedgerSay::Sealed { placed, size }, call))?;
        Ok(ExitCode::SUCCESS)
    })
    .await
}

/// Gives places until nothing waits; to how many.
async fn sequenced(desk: &Desk) -> Result<u64, DeskError> {
    let mut placed = 0;
    loop {
        match desk.sequence_ledger(desk.now()).await? {
            Sequenced::Nothing => return Ok(placed),
            Sequenced::Placed { entries, .. } => placed += entries,
            Sequenced::Overtaken => {}
        }
    }
}

/// Brings the checkpoint outside up to date.
async fn kept(desk: &Desk) -> Result<(), DeskError> {
    for _ in 0..TRIES {
        match desk.keep_checkpoint().await? {
            Kept::Overtaken => {}
            Kept::Same | Kept::Updated | Kept::First => return Ok(()),
            Kept::Conflict => break,
        }
    }
    match desk.conflict() {
        Some(conflict) => Err(DeskError::ReadOnly(conflict)),
        None => Err(DeskError::Unsettled(TRIES)),
    }
}

async fn accepted(accept: &LedgerAccept, call: Call) -> Result<ExitCode> {
    let operator = desk::operator(accept.operator.as_deref(), call)?;
    desk::with(&accept.desk, call, async |place, desk| {
        let nothing = || {
            writeln!(io::stdout(), "{}", say(&LedgerSay::NothingToAccept, call))?;
            Ok(ExitCode::SUCCESS)
        };
        let Some(conflict) = desk.conflict() else { return nothing() };
        if !accept.yes {
            let checkpoint = place.checkpoint();
            tell(&say(&LedgerSay::WouldAccept { conflict: &conflict, checkpoint: &checkpoint }, call));
            return Ok(ExitCode::from(MISTAKES));
        }
        match desk.accept_older_database(&operator).await {
            Ok(accepted) => {
                let kept = accepted.kept.as_deref();
                writeln!(io::stdout(), "{}", say(&LedgerSay::Accepted { kept }, call))?;
                Ok(ExitCode::SUCCESS)
            }
            Err(AcceptError::Nothing) => nothing(),
            Err(AcceptError::Unsound(fault)) => {
                Err(told(&LedgerSay::NotAcceptable { fault: &fault }, call).into())
            }
            Err(AcceptError::Changed) => Err(told(&LedgerSay::ChangedMeanwhile, call).into()),
            Err(AcceptError::Desk(error)) => Err(call.desk(&DeskSay::Desk { place, error: &error }).into()),
        }
    })
    .await
}

fn say(say: &LedgerSay<'_>, call: Call) -> String {
    say.to_text(call.lang)
}

fn told(failure: &LedgerSay<'_>, call: Call) -> Told {
    Told(say(failure, call))
}

/// A file that is to be new cannot be made, or is there.
pub(super) fn cannot_make(file: &Path, error: &io::Error, call: Call) -> Told {
    let say = match error.kind() {
        io::ErrorKind::AlreadyExists => BackupSay::FileThere { file },
        _ => BackupSay::CannotMake { file, error },
    };
    Told(say.to_text(call.lang))
}
