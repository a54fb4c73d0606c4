//! `kebei check`: every instance of the inventories decided, streaming, in the format asked for (SPEC 3.4).

use super::{Call, inventories::Inventories};
use crate::{
    cli::check::{Check, Format},
    output::{Behind, Output, Tally, output},
    terminal::{self, tell},
    words::Say,
};
use anyhow::Result;
use rulebook::{Case, Edition, Moment};
use std::{io, process::ExitCode, thread};

pub(crate) fn run(check: &Check, call: Call) -> Result<ExitCode> {
    let rulebook = call.rulebook(check.rulebook.as_deref())?;
    let at = call.at(check.at.as_deref())?;
    let edition = call.edition(&rulebook, check.edition.as_deref(), at)?;
    if edition.estimated {
        let estimate = edition.estimate(call.lang);
        let say = Say::Estimated { edition: &edition.id, day: edition.effective, estimate: &estimate };
        tell(&say.to_text(call.lang));
    }
    let mut inventories = Inventories::new(&check.files, check.owner.as_deref(), &rulebook, call.lang);
    let tally = thread::scope(|scope| {
        let to = Behind::new(scope, io::stdout());
        let mut output = output(check.format, call.lang, to, terminal::width());
        decide(check, edition, &Moment::new(at), &mut inventories, output.as_mut())
    })?;
    if tally.is_bad() && check.format != Format::Table {
        tell(&Say::Tally(&tally).to_text(call.lang));
    }
    Ok(ExitCode::from(tally.exit_code()))
}

fn decide(
    check: &Check,
    edition: &Edition,
    moment: &Moment,
    inventories: &mut Inventories<'_>,
    output: &mut dyn Output,
) -> io::Result<Tally> {
    let mut tally = Tally::default();
    inventories.each(|facts| {
        let decision = Case::new(edition, facts, moment, check.account.as_deref()).judge();
        tally.count(decision.verdict());
        output.decision(&decision)
    })?;
    tally.bad_records = inventories.bad_records;
    tally.bad_files = inventories.bad_files;
    output.finish(&tally)?;
    inventories.finish();
    Ok(tally)
}
