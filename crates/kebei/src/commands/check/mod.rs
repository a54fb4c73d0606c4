//! `kebei check`: every instance of the inventories decided, streaming, in the format asked for (SPEC 3.4).

mod ahead;

use super::{Call, cannot_read, open, shown};
use crate::{
    cli::{Check, Format},
    output::{Output, Tally, output},
    progress::Progress,
    terminal,
    words::Say,
};
use anyhow::Result;
use inventory::{Inventory, OpenError, Options};
use rulebook::{Case, Edition, Moment, Rulebook};
use std::{
    io::{self, BufWriter},
    path::Path,
    process::ExitCode,
};

/// Lines are gathered to this many bytes before they are written.
const WRITTEN_AT_ONCE: usize = 256 << 10;

pub(crate) fn run(check: &Check, call: Call) -> Result<ExitCode> {
    let rulebook = call.rulebook(check.rulebook.as_deref())?;
    let at = call.at(check.at.as_deref())?;
    let edition = call.edition(&rulebook, check.edition.as_deref(), at)?;
    if edition.estimated && check.format == Format::Table {
        eprintln!("{}", Say::Estimated { edition: &edition.id, day: edition.effective }.to_text(call.lang));
    }
    let to = BufWriter::with_capacity(WRITTEN_AT_ONCE, io::stdout().lock());
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
    for file in &check.files {
        run.file(file)?;
    }
    run.output.finish(&run.tally)?;
    run.progress.finish();
    if run.tally.bad > 0 && check.format != Format::Table {
        let verdicts = run.tally.verdicts();
        let say = Say::Tally { decided: run.tally.decided(), verdicts: &verdicts, bad: run.tally.bad };
        eprintln!("{}", say.to_text(call.lang));
    }
    Ok(ExitCode::from(run.tally.exit_code()))
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
    /// Decides every record of a file. What cannot be read is told and counted, and the next file is read.
    fn file(&mut self, path: &Path) -> io::Result<()> {
        let file = shown(path);
        let input = match open(path) {
            Ok(input) => self.progress.watch(input),
            Err(error) => {
                self.bad(&cannot_read(&file, &error).to_text(self.call.lang));
                return Ok(());
            }
        };
        let options = Options { owner: self.check.owner.clone(), ..Options::default() };
        let mut inventory = match Inventory::open(input, self.rulebook, options) {
            Ok(inventory) => inventory,
            Err(OpenError::Unreadable(error)) => {
                self.bad(&cannot_read(&file, &error).to_text(self.call.lang));
                return Ok(());
            }
            Err(error) => {
                self.bad(&format!("{file}: {}", error.message(self.call.lang)));
                return Ok(());
            }
        };
        for warning in inventory.warnings() {
            let warning = warning.message(self.call.lang);
            self.progress.print(&Say::Warning { file: &file, warning: &warning }.to_text(self.call.lang));
        }
        self.records(&file, &mut inventory)
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
                self.bad(&format!("{file}: {}", bad.message(self.call.lang)));
                Ok(())
            }
        })
    }

    fn bad(&mut self, message: &str) {
        self.tally.bad += 1;
        self.progress.print(message);
    }
}
