//! `kebei rulebook publish`: a rulebook into the desk.

use super::{Call, cannot_read, read_rulebook, rulebook::print_faults, shown};
use crate::{
    cli::rulebook::Publish,
    desk,
    terminal::tell,
    words::{Say, Told, desk::DeskSay},
};
use ::rulebook::calendar;
use anyhow::Result;
use app::{
    hex,
    rulebooks::{PublishError, PublishRulebook},
};
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// The file has faults, or breaks what was published.
const REFUSED: u8 = 1;

pub(crate) fn run(publish: &Publish, call: Call) -> Result<ExitCode> {
    desk::wait(published(publish, call))
}

async fn published(publish: &Publish, call: Call) -> Result<ExitCode> {
    let file = shown(&publish.file);
    let text = read_rulebook(&publish.file);
    let text = text.map_err(|error| call.told(&cannot_read(&file, &error)))?;
    let operator = desk::operator(publish.operator.as_deref(), call)?;
    desk::with(&publish.desk, call, async |place, desk| {
        let dry_run = publish.dry_run;
        let done = match desk.publish_rulebook(PublishRulebook { text, operator, dry_run }).await {
            Ok(done) => done,
            Err(PublishError::Faulty(faults)) => {
                print_faults(&file, &faults.0, call.lang);
                tell(&Say::FaultyRulebook { file: &file, faults: faults.0.len() }.to_text(call.lang));
                return Ok(ExitCode::from(REFUSED));
            }
            Err(PublishError::Breaks(broken)) => {
                for broken in &broken {
                    tell(&DeskSay::Broken(broken).to_text(call.lang));
                }
                tell(&DeskSay::Breaks { file: &file }.to_text(call.lang));
                return Ok(ExitCode::from(REFUSED));
            }
            Err(PublishError::Desk(error)) => {
                let told: Told = call.desk(&DeskSay::Desk { place, error: &error });
                return Err(told.into());
            }
        };
        let mut to = io::stdout().lock();
        if done.same {
            writeln!(to, "{}", DeskSay::PublishedBefore.to_text(call.lang))?;
            return Ok(ExitCode::SUCCESS);
        }
        let digest = &hex(&done.digest);
        writeln!(to, "{}", DeskSay::Published { digest, dry_run }.to_text(call.lang))?;
        let today = calendar::shanghai(call.now).date();
        for (id, day) in &done.added {
            let say = DeskSay::AddedEdition { id, day: *day, now: *day <= today };
            writeln!(to, "{}", say.to_text(call.lang))?;
        }
        Ok(ExitCode::SUCCESS)
    })
    .await
}
