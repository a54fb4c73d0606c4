//! `kebei check`: every instance of the inventories decided, streaming, in the format asked for (SPEC 3.4).

mod ahead;

use super::{Call, cannot_read, open, shown};
use crate::{
    cli::check::{Check, Format},
    output::{Behind, Output, Tally, output},
    progress::Progress,
    terminal::{self, tell},
    words::Say,
};
use anyhow::Result;
use inventory::{Inventory, OpenError, Options};
use rulebook::{Case, Edition, Moment, Rulebook};
use std::{io, path::Path, process::ExitCode, thread};

pub(crate) fn run(check: &Check, call: Call) -> Result<ExitCode> {
    let rulebook = call.rulebook(check.rulebook.as_deref())?;
    let at = call.at(check.at.as_deref())?;
    let edition = call.edition(&rulebook, check.edition.as_deref(), at)?;
    if edition.estimated {
        let estimate = edition.estimate(call.lang);
        let say = Say::Estimated { edition: &edition.id, day: edition.effective, estimate: &estimate };
        tell(&say.to_text(call.lang));
    }
    let tally = thread::scope(|scope| {
        let to = Behind::new(scope, io::stdout());
        let mut run = Run {
            check,
            call,
            rulebook: &rulebook,
            edition,
            moment: Moment::new(at),
            output: output(check.format, call.lang, to, terminal::width()),
            progress: Progress::new(&check.files, call.lang),
            tally: Tally::default(),
        };
        run.whole()
    })?;
    if tally.is_bad() && check.format != Format::Table {
        tell(&Say::Tally(&tally).to_text(call.lang));
    }
    Ok(ExitCode::from(tally.exit_code()))
}

struct Run<'c, 'o> {
    check: &'c Check,
    call: Call,
    rulebook: &'c Rulebook,
    edition: &'c Edition,
    moment: Moment,
    output: Box<dyn Output + 'o>,
    progress: Progress,
    tally: Tally,
}

impl Run<'_, '_> {
    fn whole(&mut self) -> io::Result<Tally> {
        for file in &self.check.files {
            self.file(file)?;
        }
        self.output.finish(&self.tally)?;
        self.progress.finish();
        Ok(self.tally.clone())
    }

    /// Decides every record of a file. What cannot be read is told and counted, and the next file is read.
    fn file(&mut self, path: &Path) -> io::Result<()> {
        let file = shown(path);
        let input = match open(path) {
            Ok(input) => self.progress.watch(input),
            Err(error) => {
                self.bad_file(&cannot_read(&file, &error).to_text(self.call.lang));
                return Ok(());
            }
        };
        let options = Options { owner: self.check.owner.clone(), ..Options::default() };
        let mut inventory = match Inventory::open(input, self.rulebook, options) {
            Ok(inventory) => inventory,
            Err(OpenError::Unreadable(error)) => {
                self.bad_file(&cannot_read(&file, &error).to_text(self.call.lang));
                return Ok(());
            }
            Err(error) => {
                self.bad_file(&self.of(&file, &error.message(self.call.lang)));
                return Ok(());
            }
        };
        self.records(&file, &mut inventory)?;
        for warning in inventory.warnings() {
            self.progress.print(&self.of(&file, &warning.message(self.call.lang)));
        }
        Ok(())
    }

    fn records(&mut self, file: &str, inventory: &mut Inventory<'_>) -> io::Result<()> {
        ahead::read_ahead(inventory, |record| match record {
            Ok(facts) => {
                let case = Case::new(self.edition, facts, &self.moment, self.check.account.as_deref());
                let decision = case.judge();
                self.tally.count(decision.verdict());
                self.progress.decided();
                self.output.decision(&decision)
            }
            Err(bad) => {
                self.tally.bad_records += 1;
                self.progress.print(&self.of(file, &bad.message(self.call.lang)));
                Ok(())
            }
        })
    }

    /// A message about a file, as people read it.
    fn of(&self, file: &str, message: &str) -> String {
        Say::OfFile { file, message }.to_text(self.call.lang)
    }

    fn bad_file(&mut self, message: &str) {
        self.tally.bad_files += 1;
        self.progress.print(message);
    }
}
