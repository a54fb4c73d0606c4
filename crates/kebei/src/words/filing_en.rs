//! What the program says of filing orders in files, in English.

use super::filing::{FilingSay, Form};

pub(super) fn say(say: FilingSay<'_>) -> String {
    match say {
        FilingSay::FaultyData { file, faults } => {
            format!("{file} has {faults} fault{} and is not used", plural(faults))
        }
        FilingSay::NotJson { line, column } => {
            format!(
                "this is no JSON from line {line}, column {column} on: look at quotes, commas and brackets"
            )
        }
        FilingSay::NotAnOrder => "expected one JSON object with `kind` and what is filled in".to_owned(),
        FilingSay::NoKind { words } => format!("`kind` is missing or unknown: write one of {words}"),
        FilingSay::UnknownField { path } => format!("there is no field `{path}`: check how it is spelt"),
        FilingSay::Expected { path, expected } => format!(
            "`{path}` must be {}",
            match expected {
                Form::Text => "a text in quotes",
                Form::Number => "a number of its code table, without quotes",
                Form::Group => "an object, { … }",
                Form::List => "a list, [ … ]",
            }
        ),
        FilingSay::Order { file, kind } => format!("{file}: {kind}"),
        FilingSay::Fault { weight, place, message, suggestion } => {
            format!("  [{weight}] {place}: {message}\n      {suggestion}")
        }
        FilingSay::Found { errors: 0, warnings: 0 } => "Nothing is wrong with it.".to_owned(),
        FilingSay::Found { errors: 0, warnings } => {
            format!("Nothing must be corrected; {warnings} place{} to look at.", plural(warnings))
        }
        FilingSay::Found { errors, warnings: 0 } => {
            format!("{errors} place{} to correct.", plural(errors))
        }
        FilingSay::Found { errors, warnings } => {
            format!("{errors} place{} to correct, and {warnings} more to look at.", plural(errors))
        }
        FilingSay::NotLookedAt => {
            "Verified products, pictures, the blacklist and what is filed already are looked at \
                                   when it is submitted at a desk."
                .to_owned()
        }
    }
}

const fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
