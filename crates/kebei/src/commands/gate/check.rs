//! `kebei gate check`: answers from a copy.

use super::{Call, copy};
use crate::{
    cli::gate::{CheckNames, WhenStaleOption},
    words::{Told, gate::GateSay},
};
use ::gate::{Trust, WhenStale};
use anyhow::Result;
use jiff::SignedDuration;
use std::{
    io::{self, BufRead, Write},
    process::ExitCode,
};

/// Names that are read from standard input at most, in bytes of a line.
const LONGEST_LINE: usize = 1024;

pub(super) fn run(command: &CheckNames, call: Call) -> Result<ExitCode> {
    let told = |say: &GateSay<'_>| Told(say.to_text(call.lang));
    let copy = copy(&command.copy, call)?;
    let known = copy.read().map_err(|fault| told(&GateSay::Unreadable(&fault)))?;
    let known = known.ok_or_else(|| told(&GateSay::NoCopy(&copy.file)))?;
    let when_stale = match command.when_stale {
        WhenStaleOption::Open => WhenStale::Open,
        WhenStaleOption::Closed => WhenStale::Closed,
    };
    let trust = Trust { max_age: SignedDuration::from_secs(command.max_age.into()), when_stale };
    let index = &known.index;
    if trust.is_stale(index.as_of(), call.now) {
        crate::tell(&GateSay::Stale { as_of: index.as_of(), when_stale }.to_text(call.lang));
    }
    let (mut to, mut all_served) = (io::stdout().lock(), true);
    let mut answer = |name: &str| -> io::Result<()> {
        let answer = trust.weigh(index.answer(name, call.now), index.as_of(), call.now);
        all_served &= answer.serve;
        let says = if answer.serve { "yes" } else { "no" };
        writeln!(to, "{name}\t{says}\t{}\t{}", answer.why.word(), web::gate_reason(answer.why, call.lang))
    };
    for name in &command.names {
        if name == "-" {
            for line in io::stdin().lock().lines() {
                let line = line?;
                let line = line.trim();
                if !line.is_empty() && line.len() <= LONGEST_LINE {
                    answer(line)?;
                }
            }
        } else {
            answer(name)?;
        }
    }
    Ok(if all_served { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
