//! `kebei check-filing`: what the checks of a desk find in filing orders, without one.

pub(super) mod written;

use super::{Call, cannot_read, open, shown};
use crate::{
    cli::check_filing::{CheckFiling, FilingFormat},
    terminal::tell,
    words::{
        Say, Told,
        filing::{FilingSay, weight},
    },
};
use ::rulebook::calendar::shanghai;
use anyhow::Result;
use filing::{
    checks::{Checking, Fault, FileFault, Known, Provinces, Suffixes, Weight, check},
    orders::{Part, field},
};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::{
    io::{self, Read, Write},
    path::Path,
    process::ExitCode,
};
use written::Order;

/// Bytes of one order: many times what a person types.
const MOST_BYTES: u64 = 1 << 20;

pub(crate) fn run(asked: &CheckFiling, call: Call) -> Result<ExitCode> {
    let today = match &asked.at {
        None => shanghai(call.now).date(),
        Some(text) => text.parse().map_err(|_| call.told(&Say::BadTime { found: text }))?,
    };
    let known = Known {
        suffixes: data(asked.suffixes.as_deref(), Suffixes::parse, call)?,
        provinces: data(asked.provinces.as_deref(), Provinces::parse, call)?,
        ..Known::default()
    };
    let all: Vec<_> = asked.files.iter().map(|file| Checked::of(file, &known, today, call)).collect();
    let mut to = io::stdout().lock();
    match asked.format {
        FilingFormat::Text => all.iter().try_for_each(|checked| checked.text(&mut to, call))?,
        FilingFormat::Json => {
            let all: Vec<_> = all.iter().map(|checked| checked.json(call)).collect();
            writeln!(to, "{:#}", Value::from(all))?;
        }
    }
    Ok(ExitCode::from(all.iter().map(Checked::status).max().unwrap_or_default()))
}

/// What an operator put in the place of the built-in data.
fn data<T: Default>(
    file: Option<&Path>,
    parse: impl Fn(&str) -> Result<T, Vec<FileFault>>,
    call: Call,
) -> Result<T, Told> {
    let Some(path) = file else { return Ok(T::default()) };
    let name = shown(path);
    let text = read(path).map_err(|error| call.told(&cannot_read(&name, &error)))?;
    parse(&text).map_err(|faults| {
        for fault in &faults {
            tell(&Say::OfFile { file: &name, message: &fault.message(call.lang) }.to_text(call.lang));
        }
        Told(FilingSay::FaultyData { file: &name, faults: faults.len() }.to_text(call.lang))
    })
}

fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    open(path)?.take(MOST_BYTES).read_to_string(&mut text)?;
    Ok(text)
}

/// One file, and what was found in it.
struct Checked {
    file: String,
    found: Result<(Order, Vec<Fault>), Vec<String>>,
}

impl Checked {
    fn of(path: &Path, known: &Known, today: Date, call: Call) -> Self {
        let file = shown(path);
        let found = read(path)
            .map_err(|error| vec![cannot_read(&file, &error).to_text(call.lang)])
            .and_then(|text| Order::read(&text, call.lang))
            .map(|order| {
                let asked = Checking { kind: order.kind, form: &order.form, known, today };
                let mut faults = check(asked);
                faults.retain(|fault| !order.is_for_the_desk(fault));
                (order, faults)
            });
        Self { file, found }
    }

    fn text(&self, to: &mut impl Write, call: Call) -> io::Result<()> {
        match &self.found {
            Err(faults) => {
                for message in faults {
                    tell(&Say::OfFile { file: &self.file, message }.to_text(call.lang));
                }
                Ok(())
            }
            Ok((order, faults)) => {
                let head = FilingSay::Order { file: &self.file, kind: order.kind.label(call.lang) };
                writeln!(to, "{}", head.to_text(call.lang))?;
                for fault in faults {
                    let (place, what) = (label(fault, call), &fault.what);
                    let (message, suggestion) = (what.message(call.lang), what.suggestion(call.lang));
                    let told = FilingSay::Fault {
                        weight: weight(what.weight(), call.lang),
                        place: &place,
                        message: &message,
                        suggestion: &suggestion,
                    };
                    writeln!(to, "{}", told.to_text(call.lang))?;
                }
                let errors = faults.iter().filter(|fault| fault.what.weight() == Weight::Error).count();
                let end = FilingSay::Found { errors, warnings: faults.len().saturating_sub(errors) };
                writeln!(to, "{}", end.to_text(call.lang))?;
                writeln!(to, "{}", FilingSay::NotLookedAt.to_text(call.lang))
            }
        }
    }

    /// The same with the stable words, as the API has it.
    fn json(&self, call: Call) -> Value {
        match &self.found {
            Err(faults) => json!({ "file": self.file, "unreadable": faults }),
            Ok((order, faults)) => {
                let told = |fault: &Fault| {
                    json!({
                        "path": fault.path,
                        "field": label(fault, call),
                        "code": fault.what.code(),
                        "weight": match fault.what.weight() {
                            Weight::Error => "error",
                            Weight::Warning => "warning",
                        },
                        "message": fault.what.message(call.lang),
                        "suggestion": fault.what.suggestion(call.lang),
                    })
                };
                let faults: Vec<_> = faults.iter().map(told).collect();
                json!({ "file": self.file, "kind": order.kind.word(), "faults": faults })
            }
        }
    }

    /// As the program ends for it alone.
    fn status(&self) -> u8 {
        match &self.found {
            Err(_) => 2,
            Ok((_, faults)) => faults.iter().any(|fault| fault.what.weight() == Weight::Error).into(),
        }
    }
}

/// What people call the place of a fault.
fn label(fault: &Fault, call: Call) -> String {
    field(&fault.path).map_or_else(|| fault.path.clone(), |place| place.label(call.lang))
}

impl Order {
    /// Whether a fault is about what is only done at a desk: products are verified and pictures are added there.
    fn is_for_the_desk(&self, fault: &Fault) -> bool {
        let verification =
            field(&fault.path).is_some_and(|place| place.field.pattern == "websites[].verification");
        verification || (fault.part() == Some(Part::Materials) && self.form.materials.is_empty())
    }
}
