//! Inventories in files, read one after another: what cannot be read is told and counted, and the rest goes on.

mod ahead;

use super::{cannot_read, open, shown};
use crate::{progress::Progress, words::Say};
use inventory::{Inventory, OpenError, Options};
use rulebook::{Facts, Lang, Rulebook};
use std::{
    io,
    path::{Path, PathBuf},
};

pub(super) struct Inventories<'c> {
    files: &'c [PathBuf],
    /// The buyer of records that do not say.
    owner: Option<&'c str>,
    rulebook: &'c Rulebook,
    lang: Lang,
    progress: Progress,
    /// Records that were bad and not given out.
    pub(super) bad_records: u64,
    /// Files that could not be read.
    pub(super) bad_files: u64,
}

impl<'c> Inventories<'c> {
    pub(super) fn new(
        files: &'c [PathBuf],
        owner: Option<&'c str>,
        rulebook: &'c Rulebook,
        lang: Lang,
    ) -> Self {
        let progress = Progress::new(files, lang);
        Self { files, owner, rulebook, lang, progress, bad_records: 0, bad_files: 0 }
    }

    /// Gives out every record of every file. An error of `each` ends it.
    pub(super) fn each(&mut self, mut each: impl FnMut(&Facts) -> io::Result<()>) -> io::Result<()> {
        let files = self.files;
        files.iter().try_for_each(|file| self.file(file, &mut each))
    }

    /// Whether a file or a record could not be read.
    pub(super) fn are_bad(&self) -> bool {
        self.bad_records + self.bad_files > 0
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.progress.finish();
    }

    fn file(&mut self, path: &Path, each: &mut impl FnMut(&Facts) -> io::Result<()>) -> io::Result<()> {
        let file = shown(path);
        let input = match open(path) {
            Ok(input) => self.progress.watch(input),
            Err(error) => {
                self.bad_file(&cannot_read(&file, &error).to_text(self.lang));
                return Ok(());
            }
        };
        let options = Options { owner: self.owner.map(str::to_owned), ..Options::default() };
        let mut inventory = match Inventory::open(input, self.rulebook, options) {
            Ok(inventory) => inventory,
            Err(OpenError::Unreadable(error)) => {
                self.bad_file(&cannot_read(&file, &error).to_text(self.lang));
                return Ok(());
            }
            Err(error) => {
                self.bad_file(&self.of(&file, &error.message(self.lang)));
                return Ok(());
            }
        };
        self.records(&file, &mut inventory, each)?;
        for warning in inventory.warnings() {
            self.progress.print(&self.of(&file, &warning.message(self.lang)));
        }
        Ok(())
    }

    fn records(
        &mut self,
        file: &str,
        inventory: &mut Inventory<'_>,
        each: &mut impl FnMut(&Facts) -> io::Result<()>,
    ) -> io::Result<()> {
        ahead::read_ahead(inventory, |record| match record {
            Ok(facts) => {
                self.progress.decided();
                each(facts)
            }
            Err(bad) => {
                self.bad_records += 1;
                self.progress.print(&self.of(file, &bad.message(self.lang)));
                Ok(())
            }
        })
    }

    /// A message about a file, as people read it.
    fn of(&self, file: &str, message: &str) -> String {
        Say::OfFile { file, message }.to_text(self.lang)
    }

    fn bad_file(&mut self, message: &str) {
        self.bad_files += 1;
        self.progress.print(message);
    }
}
