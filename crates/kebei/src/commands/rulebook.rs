//! `kebei rulebook lint|show|diff|docs|sql`: the rules, for those who keep them and those who follow them; `publish` and
//! `dry-run` have files of their own.

use super::{Call, cannot_read, read_rulebook, shown};
use crate::{
    cli::rulebook::{Diff, Docs, Lint, RulebookCommands, Show, Sql, Which},
    output::{Column, layout},
    terminal::{self, tell},
    words::{Say, rule_columns},
};
use ::rulebook::{
    Code, Fault, Lang, Row, Rulebook,
    sql::{self, Columns, Inquiry},
};
use anyhow::Result;
use std::{
    io::{self, Write},
    process::ExitCode,
};

pub(crate) fn run(command: &RulebookCommands, call: Call) -> Result<ExitCode> {
    match command {
        RulebookCommands::Lint(lint) => lint_files(lint, call),
        RulebookCommands::Show(Show { which }) => show(which, call),
        RulebookCommands::Diff(diff) => difference(diff, call),
        RulebookCommands::Docs(Docs { which }) => docs(which, call),
        RulebookCommands::DryRun(dry_run) => super::dry_run::run(dry_run, call),
        RulebookCommands::Sql(sql) => in_sql(sql, call),
        RulebookCommands::Publish(publish) => super::publish::run(publish, call),
    }
}

/// Prints each fault as `file:line:column: path: what`, as editors read it.
pub(crate) fn print_faults(file: &str, faults: &[Fault], lang: Lang) {
    for fault in faults {
        let path = if fault.path.is_empty() { String::new() } else { format!("{}: ", fault.path) };
        tell(&format!("{file}:{}:{}: {path}{}", fault.line, fault.column, fault.message(lang)));
    }
}

fn lint_files(lint: &Lint, call: Call) -> Result<ExitCode> {
    let mut worst = 0;
    for path in &lint.files {
        let file = shown(path);
        let bytes = match read_rulebook(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                tell(&cannot_read(&file, &error).to_text(call.lang));
                worst = 2;
                continue;
            }
        };
        match Rulebook::parse_bytes(&bytes) {
            Ok(rulebook) => {
                let products = rulebook.editions.last().map_or(0, |edition| edition.rows().len());
                let say = Say::SoundRulebook { file: &file, editions: rulebook.editions.len(), products };
                writeln!(io::stdout(), "{}", say.to_text(call.lang))?;
            }
            Err(faults) => {
                print_faults(&file, &faults.0, call.lang);
                let say = Say::FaultyRulebook { file: &file, faults: faults.0.len() };
                tell(&say.to_text(call.lang));
                worst = worst.max(1);
            }
        }
    }
    Ok(ExitCode::from(worst))
}

fn show(which: &Which, call: Call) -> Result<ExitCode> {
    let rulebook = call.rulebook(which.rulebook.as_deref())?;
    let edition = call.edition(&rulebook, which.edition.as_deref(), call.at(which.at.as_deref())?)?;
    let lang = call.lang;
    let mut to = io::stdout().lock();
    let newest = rulebook.editions.last().is_some_and(|newest| newest.id == edition.id);
    let (name, day) = (rulebook.name.in_lang(lang), edition.effective);
    let estimate = edition.estimate(lang);
    let head = Say::Edition { name, edition: &edition.id, day, estimate: &estimate, newest };
    writeln!(to, "{}\n", head.to_text(lang))?;
    let rows = edition.rows().iter().map(|row| shown_row(row, lang)).collect();
    layout(&mut to, rule_columns(lang).map(Column), rows, terminal::width())?;
    writeln!(to, "\n{}", Say::EveryRow.to_text(lang))?;
    for sentence in edition.policy.sentences(lang) {
        writeln!(to, "{sentence}")?;
    }
    let texts = edition.rows().iter().flat_map(|row| row.notes(lang).into_iter().chain(where_to(row, lang)));
    for (at, text) in texts.enumerate() {
        writeln!(to, "{}- {text}", if at == 0 { "\n" } else { "" })?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Where a product is filed or its codes are made, and where its credentials are found.
fn where_to(row: &Row, lang: Lang) -> Vec<String> {
    let texts = row.place.iter().chain(&row.credentials_from);
    let said = |text: &::rulebook::Stated<::rulebook::Text>| {
        let text = text.marked(text.value.in_lang(lang).to_owned(), lang);
        Say::OfProduct { name: row.name.in_lang(lang), text: &text }.to_text(lang)
    };
    texts.map(said).collect()
}

fn shown_row(row: &Row, lang: Lang) -> (Vec<String>, Vec<String>) {
    let phrase = |stated: &::rulebook::Stated<::rulebook::Condition>| {
        stated.marked(stated.value.phrase(row, lang), lang)
    };
    let quota = row.condition(Code::QuotaExhausted).map_or_else(|| "–".to_owned(), phrase);
    let mut asks: Vec<String> = row.asks().map(phrase).collect();
    if asks.is_empty() {
        asks.push("–".to_owned());
    }
    let name = format!("{} {}", row.product, row.name.in_lang(lang));
    (vec![name, quota, row.handling(lang), row.sources().join(" ")], asks)
}

fn difference(diff: &Diff, call: Call) -> Result<ExitCode> {
    let rulebook = call.rulebook(diff.rulebook.as_deref())?;
    let before = call.edition(&rulebook, Some(&diff.before), call.now)?;
    let after = call.edition(&rulebook, Some(&diff.after), call.now)?;
    let mut to = io::stdout().lock();
    let head = Say::Between { before: &before.id, after: &after.id };
    writeln!(to, "{}\n", head.to_text(call.lang))?;
    let changes = ::rulebook::diff(before, after);
    if changes.is_empty() {
        writeln!(to, "{}", Say::NoDifference.to_text(call.lang))?;
    }
    for change in changes {
        writeln!(to, "- {}", change.message(call.lang))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn docs(which: &Which, call: Call) -> Result<ExitCode> {
    let rulebook = call.rulebook(which.rulebook.as_deref())?;
    let edition = call.edition(&rulebook, which.edition.as_deref(), call.at(which.at.as_deref())?)?;
    io::stdout().write_all(::rulebook::page(&rulebook, edition, call.lang).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn in_sql(args: &Sql, call: Call) -> Result<ExitCode> {
    let rulebook = call.rulebook(args.rulebook.as_deref())?;
    let at = call.at(args.at.as_deref())?;
    let edition = call.edition(&rulebook, args.edition.as_deref(), at)?;
    let names = args.names.then_some(&rulebook);
    let inquiry = Inquiry { at, asker: args.account.as_deref(), columns: Columns::default(), names };
    let expression =
        if args.findings { sql::findings(edition, &inquiry) } else { sql::verdict(edition, &inquiry) };
    writeln!(io::stdout(), "{expression}")?;
    Ok(ExitCode::SUCCESS)
}
