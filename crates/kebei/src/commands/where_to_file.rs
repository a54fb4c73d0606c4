//! `kebei where`: where do I file? The path of questions for people without an instance that may back a filing.

use super::Call;
use crate::{
    cli::rulebook::{Where, WhereFormat, Which},
    terminal,
    words::Say,
};
use ::rulebook::{Edition, Lang, Rulebook, Situation, guidance};
use anyhow::Result;
use serde_json::{Value, json};
use std::{
    io::{self, Write},
    process::ExitCode,
};

pub(crate) fn run(Where { which, format }: &Where, call: Call) -> Result<ExitCode> {
    let Which { edition, at, rulebook } = which;
    let rulebook = call.rulebook(rulebook.as_deref())?;
    let edition = call.edition(&rulebook, edition.as_deref(), call.at(at.as_deref())?)?;
    let mut to = io::stdout().lock();
    match format {
        WhereFormat::Text => text(&mut to, &rulebook, edition, call.lang)?,
        WhereFormat::Json => writeln!(to, "{:#}", as_json(edition, call.lang))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn text(to: &mut impl Write, rulebook: &Rulebook, edition: &Edition, lang: Lang) -> io::Result<()> {
    let newest = rulebook.editions.last().is_some_and(|newest| newest.id == edition.id);
    let (name, day, estimate) = (rulebook.name.in_lang(lang), edition.effective, edition.estimate(lang));
    let head = Say::Edition { name, edition: &edition.id, day, estimate: &estimate, newest };
    writeln!(to, "{}", head.to_text(lang))?;
    for situation in guidance(edition) {
        let answer = situation.answer(lang);
        writeln!(to, "\n{}\n{}", situation.question(lang), below(&answer))?;
    }
    Ok(())
}

/// A paragraph below its heading.
fn below(text: &str) -> String {
    const INDENT: &str = "  ";
    match terminal::width() {
        Some(width) => {
            let options = textwrap::Options::new(width).initial_indent(INDENT).subsequent_indent(INDENT);
            textwrap::fill(text, options)
        }
        None => format!("{INDENT}{text}"),
    }
}

/// The same with the stable words, as the API has it.
fn as_json(edition: &Edition, lang: Lang) -> Value {
    let step = |situation: &Situation<'_>| {
        let product =
            |row: &&::rulebook::Row| json!({ "product": row.product, "name": row.name.in_lang(lang) });
        json!({
            "situation": situation.word(),
            "question": situation.question(lang),
            "answer": situation.answer(lang),
            "products": situation.products().iter().map(product).collect::<Vec<_>>(),
        })
    };
    json!({
        "edition": {
            "id": edition.id,
            "effective": edition.effective.to_string(),
            "estimated": edition.estimated,
        },
        "situations": guidance(edition).iter().map(step).collect::<Vec<_>>(),
    })
}
