//! `kebei rulebook dry-run`: an edition held against another over inventories, streaming, before anybody publishes it.

use super::{Call, inventories::Inventories};
use crate::{
    cli::rulebook::{DryRun as Args, DryRunFormat},
    output::{Column, layout},
    terminal::{self, tell},
    words::{
        Say,
        dry_run::{SayOfDryRun, change_columns, product_columns},
    },
};
use anyhow::Result;
use jiff::Timestamp;
use rulebook::{Code, CodeSet, DryRun, Edition, Effect, Facts, Lang, Shift, Stand, Tally, calendar};
use serde_json::{Value, json};
use std::{
    io::{self, BufWriter, Write},
    process::ExitCode,
};

/// A table names no more instances than this: they are held in memory to find the widths of its columns.
const MOST_NAMED: u64 = 200;

pub(super) fn run(args: &Args, call: Call) -> Result<ExitCode> {
    let rulebook = call.rulebook(args.rulebook.as_deref())?;
    let at = call.at(args.at.as_deref())?;
    let after = call.edition(&rulebook, Some(&args.edition), at)?;
    let before = call.edition(&rulebook, args.against.as_deref(), at)?;
    let mut inventories = Inventories::new(&args.files, args.owner.as_deref(), &rulebook, call.lang);
    let mut run = DryRun::new(before, after, at);
    let mut to = BufWriter::new(io::stdout().lock());
    match args.format {
        DryRunFormat::Table => table(args, call.lang, (before, after), &mut inventories, &mut run, &mut to)?,
        DryRunFormat::Json => json_object(args, (before, after, at), &mut inventories, &mut run, &mut to)?,
    }
    to.flush()?;
    inventories.finish();
    if inventories.are_bad() {
        let (records, files) = (inventories.bad_records, inventories.bad_files);
        tell(&SayOfDryRun::Bad { records, files }.to_text(call.lang));
        return Ok(ExitCode::from(2));
    }
    let total = run.total();
    Ok(ExitCode::from(u8::from(total.of(Effect::Same) < total.held())))
}

fn table(
    args: &Args,
    lang: Lang,
    (before, after): (&Edition, &Edition),
    inventories: &mut Inventories<'_>,
    run: &mut DryRun<'_>,
    to: &mut impl Write,
) -> io::Result<()> {
    let (mut changed, mut named) = (0, Vec::new());
    inventories.each(|facts| {
        let shift = run.hold(facts, args.account.as_deref());
        if shift.effect() != Effect::Same {
            changed += 1;
            if changed <= MOST_NAMED {
                named.push(change(facts, &shift, after, lang));
            }
        }
        Ok(())
    })?;
    writeln!(to, "{}\n", Say::Between { before: &before.id, after: &after.id }.to_text(lang))?;
    if changed > 0 {
        layout(to, change_columns(lang).map(Column), named, terminal::width())?;
        if changed > MOST_NAMED {
            writeln!(to, "{}", SayOfDryRun::MoreChange { count: changed - MOST_NAMED }.to_text(lang))?;
        }
        let products = run.by_product().filter(|(_, tally)| tally.of(Effect::Same) < tally.held());
        let rows = products.map(|(id, tally)| product_row(id, tally, (before, after), lang)).collect();
        writeln!(to)?;
        layout(to, product_columns(lang).map(Column), rows, terminal::width())?;
        writeln!(to)?;
    }
    writeln!(to, "{}", SayOfDryRun::Total(&run.total()).to_text(lang))
}

/// A row of the table of instances: what becomes of one, and by which findings.
fn change(facts: &Facts, shift: &Shift, after: &Edition, lang: Lang) -> (Vec<String>, Vec<String>) {
    let name = after.row(&facts.product).map_or(facts.product.as_str(), |row| row.name.in_lang(lang));
    let verdicts = format!("{} → {}", shift.before.verdict.label(lang), shift.after.verdict.label(lang));
    let cells = vec![facts.id.clone(), name.to_owned(), shift.effect().label(lang).to_owned(), verdicts];
    let labels = |codes: CodeSet| codes.iter().map(|code| code.label(lang)).collect::<Vec<_>>();
    let (gone, added) = (labels(shift.gone()), labels(shift.added()));
    let gone = (!gone.is_empty()).then(|| SayOfDryRun::Gone { labels: &gone }.to_text(lang));
    let added = (!added.is_empty()).then(|| SayOfDryRun::Added { labels: &added }.to_text(lang));
    (cells, gone.into_iter().chain(added).collect())
}

/// A row of the table of products: how many, and by which findings.
fn product_row(
    id: Option<&str>,
    tally: &Tally,
    (before, after): (&Edition, &Edition),
    lang: Lang,
) -> (Vec<String>, Vec<String>) {
    let row = id.and_then(|id| after.row(id).or_else(|| before.row(id)));
    let name = row.map_or("–", |row| row.name.in_lang(lang)).to_owned();
    let others = tally.held()
        - [Effect::Gains, Effect::Loses, Effect::Same].map(|of| tally.of(of)).iter().sum::<u64>();
    let counts =
        [tally.held(), tally.of(Effect::Gains), tally.of(Effect::Loses), others].map(|n| n.to_string());
    let causes = Code::ALL.into_iter().flat_map(|code| {
        let label = code.label(lang);
        let gained = SayOfDryRun::GainedBy { label, count: tally.gained_by(code) };
        let lost = SayOfDryRun::LostBy { label, count: tally.lost_by(code) };
        let told = [(tally.gained_by(code), gained), (tally.lost_by(code), lost)];
        told.into_iter().filter(|(count, _)| *count > 0).map(|(_, say)| say.to_text(lang))
    });
    ([vec![name], counts.to_vec()].concat(), causes.collect())
}

/// One object: instances that change as they are found, and what was counted at its end.
fn json_object(
    args: &Args,
    (before, after, at): (&Edition, &Edition, Timestamp),
    inventories: &mut Inventories<'_>,
    run: &mut DryRun<'_>,
    to: &mut impl Write,
) -> io::Result<()> {
    let at = calendar::rfc3339(at).to_string();
    let head = [json!(before.id), json!(after.id), json!(at)];
    let [old, new, at] = &head;
    write!(to, "{{\"before\":{old},\"after\":{new},\"at\":{at},\"changes\":[")?;
    let mut between = "\n";
    inventories.each(|facts| {
        let shift = run.hold(facts, args.account.as_deref());
        if shift.effect() == Effect::Same {
            return Ok(());
        }
        let change = json!({
            "instance": facts.id,
            "product": facts.product,
            "effect": shift.effect().word(),
            "before": stand(shift.before),
            "after": stand(shift.after),
        });
        write!(to, "{between}{change}")?;
        between = ",\n";
        Ok(())
    })?;
    let products: Vec<Value> = run
        .by_product()
        .filter(|(_, tally)| tally.held() > 0)
        .map(|(id, tally)| counted(id, tally))
        .collect();
    writeln!(to, "],\n\"products\":{},\n\"total\":{}}}", json!(products), counted(None, &run.total()))
}

fn stand(stand: Stand) -> Value {
    json!({
        "verdict": stand.verdict.word(),
        "verified_by": stand.verified_by.map(rulebook::VerifiedBy::word),
        "code_made": stand.code_made.map(rulebook::CodeMade::word),
        "findings": stand.codes.iter().map(Code::word).collect::<Vec<_>>(),
        "unknown": stand.unknown.iter().map(rulebook::Fact::key).collect::<Vec<_>>(),
    })
}

/// The counts of a product; without an id of those that no edition knows, or of all.
fn counted(product: Option<&str>, tally: &Tally) -> Value {
    let by = |count: &dyn Fn(Code) -> u64| -> Value {
        let counts = Code::ALL.into_iter().map(|code| (code.word().to_owned(), count(code)));
        counts
            .filter(|(_, n)| *n > 0)
            .map(|(code, n)| (code, json!(n)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let effects: serde_json::Map<_, _> = Effect::ALL
        .into_iter()
        .map(|effect| (effect.word().replace('-', "_"), json!(tally.of(effect))))
        .collect();
    json!({
        "product": product,
        "held": tally.held(),
        "effects": effects,
        "gained_by": by(&|code| tally.gained_by(code)),
        "lost_by": by(&|code| tally.lost_by(code)),
    })
}
