//! An order as a file has it: JSON with its kind and the fields of the form. Everything that is wrong with it is told at once, each
//! thing with its path.

use crate::words::filing::{FilingSay, Form as Shape};
use ::rulebook::Lang;
use filing::orders::{Field, Form, Holds, Kind, field};
use serde_json::Value;

/// An order that was read.
pub(super) struct Order {
    pub(super) kind: Kind,
    /// Tidied, as a desk keeps it.
    pub(super) form: Form,
}

impl Order {
    /// What the text says; everything that is wrong with its form otherwise.
    pub(super) fn read(text: &str, lang: Lang) -> Result<Self, Vec<String>> {
        let one = |say: FilingSay<'_>| vec![say.to_text(lang)];
        let value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| one(FilingSay::NotJson { line: error.line(), column: error.column() }))?;
        let Value::Object(mut fields) = value else { return Err(one(FilingSay::NotAnOrder)) };
        let mut wrong = Vec::new();
        let kind = fields.remove("kind");
        let known = kind.as_ref().and_then(Value::as_str).and_then(Kind::from_word);
        if known.is_none() {
            let words = Kind::ALL.map(Kind::word).join(", ");
            wrong.push(FilingSay::NoKind { words: &words }.to_text(lang));
        }
        for (name, value) in &fields {
            look(name, value, lang, &mut wrong);
        }
        let form = serde_json::from_value::<Form>(Value::Object(fields));
        match (known, form) {
            (Some(kind), Ok(form)) if wrong.is_empty() => Ok(Self { kind, form: form.tidied() }),
            // Nothing that was looked at is wrong, and yet it is no form: that is not foreseen, and is said as it is.
            (_, Err(error)) if wrong.is_empty() => Err(vec![error.to_string()]),
            _ => Err(wrong),
        }
    }
}

/// Notes what is wrong with the form of `value`, which stands at `path`.
pub(in crate::commands) fn look(path: &str, value: &Value, lang: Lang, wrong: &mut Vec<String>) {
    let Some(place) = field(path) else {
        wrong.push(FilingSay::UnknownField { path }.to_text(lang));
        return;
    };
    let is_item = path.ends_with(']');
    let shape = shape(place.field, is_item);
    match (shape, value) {
        (Shape::Group, Value::Object(fields)) => {
            for (name, value) in fields {
                look(&format!("{path}.{name}"), value, lang, wrong);
            }
        }
        (Shape::List, Value::Array(items)) => {
            for (nth, item) in items.iter().enumerate() {
                look(&format!("{path}[{nth}]"), item, lang, wrong);
            }
        }
        // What is null was not filled in.
        (Shape::Text, Value::String(_)) | (Shape::Text | Shape::Number, Value::Null) => {}
        (Shape::Number, Value::Number(number))
            if number.as_u64().is_some_and(|number| u16::try_from(number).is_ok()) => {}
        (expected, _) => wrong.push(FilingSay::Expected { path, expected }.to_text(lang)),
    }
}

/// What must stand in a field, or in an item of it.
const fn shape(field: &Field, is_item: bool) -> Shape {
    match field.holds {
        Holds::Group => Shape::Group,
        Holds::Text | Holds::Region | Holds::Verification | Holds::Picture => Shape::Text,
        Holds::Texts if is_item => Shape::Text,
        Holds::Services | Holds::Languages | Holds::AccessMethods if is_item => Shape::Number,
        Holds::Groups | Holds::Texts | Holds::Services | Holds::Languages | Holds::AccessMethods => {
            Shape::List
        }
        Holds::Nature | Holds::Certificate | Holds::PreApproval | Holds::Purpose | Holds::Website => {
            Shape::Number
        }
    }
}
