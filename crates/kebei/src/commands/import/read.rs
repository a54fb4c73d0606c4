//! Reading lists of instances into an import.

use super::At;
use crate::{
    commands::{cannot_read, open, shown},
    progress::Progress,
    words::Say,
};
use anyhow::Result;
use app::instances::{ImportRecord, ImportReport, Importing, PlanImport, Unread};
use inventory::{Inventory, OpenError, Options};
use rulebook::{Facts, Lang, Rulebook};
use std::path::{Path, PathBuf};

/// Reads all files into one import; where one cannot be read, nothing comes of it.
pub(super) async fn all(at: &At<'_>, files: &[PathBuf], plan: PlanImport) -> Result<ImportReport> {
    let rulebook = at.desk.rulebook_in_force();
    let importing = at.desk.begin_import(plan).await.map_err(|error| at.failed(&error))?;
    let id = importing.id();
    match read(at, files, &rulebook, importing).await {
        Ok(report) => Ok(report),
        Err(error) => {
            // Told is what went wrong first.
            let _ = at.desk.abandon_import(id).await;
            Err(error)
        }
    }
}

async fn read(
    at: &At<'_>,
    files: &[PathBuf],
    rulebook: &Rulebook,
    mut importing: Importing,
) -> Result<ImportReport> {
    let progress = Progress::new(files, at.call.lang);
    for file in files {
        of_file(at, file, rulebook, &progress, &mut importing).await?;
    }
    progress.finish();
    importing.report().await.map_err(|error| at.failed(&error))
}

async fn of_file(
    at: &At<'_>,
    path: &Path,
    rulebook: &Rulebook,
    progress: &Progress,
    importing: &mut Importing,
) -> Result<()> {
    let (file, lang) = (shown(path), at.call.lang);
    let input = open(path).map_err(|error| at.call.told(&cannot_read(&file, &error)))?;
    let opened = Inventory::open(progress.watch(input), rulebook, Options::default());
    let mut inventory = opened.map_err(|error| match error {
        OpenError::Unreadable(error) => at.call.told(&cannot_read(&file, &error)),
        error => at.call.told(&Say::OfFile { file: &file, message: &error.message(lang) }),
    })?;
    let mut facts = Facts::default();
    while let Some(read) = inventory.next(&mut facts) {
        let (place, read) = match read {
            Ok(place) => (place, Ok(facts.clone())),
            Err(bad) => {
                let said =
                    |lang| -> Vec<String> { bad.faults.iter().map(|fault| fault.message(lang)).collect() };
                let instance = Some(facts.id.clone()).filter(|id| !id.is_empty());
                let unread = Unread { instance, zh: said(Lang::Zh).concat(), en: said(Lang::En).join(" ") };
                (bad.place, Err(unread))
            }
        };
        let source = place.sheet.map_or_else(|| file.clone(), |sheet| format!("{file} [{sheet}]"));
        let record = ImportRecord { source, line: place.line, read };
        importing.add(record).await.map_err(|error| at.failed(&error))?;
    }
    for warning in inventory.warnings() {
        progress.print(&Say::OfFile { file: &file, message: &warning.message(lang) }.to_text(lang));
    }
    Ok(())
}
