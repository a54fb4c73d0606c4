//! `kebei retention run|docs`: what is kept for a time is forgotten, or counted.

use super::Call;
use crate::{
    cli::retention::{RetentionCommands, RetentionFormat, RetentionRun},
    desk::{self, place::Place},
    words::{desk::DeskSay, retention::RetentionSay},
};
use ::rulebook::calendar;
use anyhow::Result;
use app::{
    Actor, Desk,
    retention::{Ran, page},
};
use serde_json::{Map, json};
use std::{
    io::{self, Write},
    process::ExitCode,
};
use unicode_width::UnicodeWidthStr;

pub(crate) fn run(command: &RetentionCommands, call: Call) -> Result<ExitCode> {
    match command {
        RetentionCommands::Run(run) => desk::wait(ran(run, call)),
        RetentionCommands::Docs => {
            write!(io::stdout(), "{}", page(call.lang))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn ran(run: &RetentionRun, call: Call) -> Result<ExitCode> {
    let actor = Actor::Staff(desk::operator(run.operator.as_deref(), call)?);
    let work = async |place: &Place, desk: &Desk| {
        let ran = desk.run_retention(actor, run.dry_run).await;
        let ran = ran.map_err(|error| call.desk(&DeskSay::Desk { place, error: &error }))?;
        match run.format {
            RetentionFormat::Table => table(&ran, call)?,
            RetentionFormat::Json => writeln!(io::stdout(), "{:#}", as_json(&ran))?,
        }
        Ok(ExitCode::SUCCESS)
    };
    // Counting is possible while the desk is served.
    if run.dry_run {
        desk::with_reading(&run.desk, call, work).await
    } else {
        desk::with(&run.desk, call, work).await
    }
}

fn table(ran: &Ran, call: Call) -> io::Result<()> {
    let rows: Vec<[String; 3]> = ran
        .counts
        .iter()
        .map(|(rule, things)| {
            let days = RetentionSay::Days { days: rule.kept.as_hours() / 24, from: rule.from };
            let days = days.to_text(call.lang);
            [rule.what.words(call.lang).what.to_owned(), things.to_string(), days]
        })
        .collect();
    let widest = |column: fn(&[String; 3]) -> &String| {
        rows.iter().map(|row| column(row).width()).max().unwrap_or_default()
    };
    let (wide, narrow) = (widest(|[what, ..]| what), widest(|[_, things, _]| things));
    let mut to = io::stdout().lock();
    for [what, things, days] in &rows {
        let gap = " ".repeat(wide.saturating_sub(what.width()));
        writeln!(to, "{what}{gap}  {things:>narrow$}  {days}")?;
    }
    let things = ran.counts.iter().map(|(_, things)| things).sum();
    writeln!(to, "{}", RetentionSay::Ran { things, dry_run: ran.dry_run }.to_text(call.lang))
}

fn as_json(ran: &Ran) -> serde_json::Value {
    let counts = ran.counts.iter().map(|(rule, things)| (rule.what.word().to_owned(), json!(things)));
    let rules =
        ran.counts.iter().map(|(rule, _)| (rule.what.word().to_owned(), json!(rule.from.to_string())));
    json!({
        "rules": rules.collect::<Map<_, _>>(),
        "at": calendar::rfc3339(ran.at).to_string(),
        "dry_run": ran.dry_run,
        "forgotten": counts.collect::<Map<_, _>>(),
    })
}
