//! A body held against its schema: everything that is wrong with it at once, each with its place.

use super::{
    form::{Form, More, Schemas, Written, is_open, shape},
    repeats::noting_repeats,
    tree::Tree,
};
use crate::{
    problem::{Kind, Problem},
    words::{Say, Shape},
};
use rulebook::Lang;
use serde_json::Value;
use std::borrow::Cow;
use utoipa::openapi::{
    RefOr,
    schema::{Object, Schema},
};

/// Faults that are told at most: whoever has more has misunderstood the whole.
const MOST_TOLD: usize = 20;
/// Characters of a name from outside that are told.
const LONGEST_NAME: usize = 60;

/// What is wrong, while it is looked for.
pub(super) struct Held<'d> {
    schemas: &'d Schemas,
    lang: Lang,
    problem: Problem,
    told: usize,
}

impl<'d> Held<'d> {
    /// Nothing is wrong yet; what will be is a problem of that kind.
    pub(super) fn new(kind: Kind, schemas: &'d Schemas, lang: Lang) -> Self {
        Self { schemas, lang, problem: Problem::new(kind, lang), told: 0 }
    }

    /// The problem, where anything is wrong.
    pub(super) fn all(self) -> Result<(), Problem> {
        if self.told == 0 { Ok(()) } else { Err(self.problem) }
    }

    /// Whether as much is told as ever is, so that nothing more need be looked for.
    pub(super) const fn is_full(&self) -> bool {
        self.told == MOST_TOLD
    }

    /// One thing more that is wrong.
    pub(super) fn tell(&mut self, path: &str, code: &str, says: [Say<'_>; 2]) {
        if self.is_full() {
            return;
        }
        let [message, suggestion] = says.map(|say| say.to_text(self.lang));
        let problem = std::mem::replace(&mut self.problem, Problem::new(Kind::Invalid, self.lang));
        self.problem = problem.with(path, code, message, suggestion);
        self.told += 1;
    }

    /// Holds `value`, which stands at `path`, against `schema`.
    pub(super) fn value(&mut self, schema: &'d RefOr<Schema>, value: &Tree<'_>, path: &str) {
        let Some(form) = Form::of(schema, self.schemas) else { return };
        match (&form.more, value) {
            (_, Tree::Null) if form.nullable => {}
            (More::Fields(object), Tree::Object(fields)) => self.fields(object, fields, path),
            (More::Items(schema), Tree::List(items)) => {
                for (nth, item) in items.iter().enumerate() {
                    if self.is_full() {
                        break;
                    }
                    self.value(schema, item, &format!("{path}[{nth}]"));
                }
            }
            (More::Text { words, written }, Tree::Text(text)) => self.text(*words, *written, text, path),
            (More::Between(least, most), Tree::Whole(whole)) => {
                if !(least..=most).contains(&whole) {
                    self.tell(path, "out-of-range", out_of_range(*least, *most));
                }
            }
            (More::Between(least, most), Tree::Number(number)) if is_huge(*number) => {
                self.tell(path, "out-of-range", out_of_range(*least, *most));
            }
            _ if form.shape == shape(value) => {}
            _ => self.wrong(&form, Some(shape(value)), path),
        }
    }

    /// Something of another kind; `found` is left out where everything is text.
    pub(super) fn wrong(&mut self, form: &Form<'_>, found: Option<Shape>, path: &str) {
        let example = form.example.map(Value::to_string);
        let wanted = form.shape;
        let says =
            [Say::WrongShape { wanted, found }, Say::WriteShape { wanted, example: example.as_deref() }];
        self.tell(path, "wrong-type", says);
    }

    fn text(&mut self, words: Option<&[Value]>, written: Option<&Written>, text: &str, path: &str) {
        if let Some(words) = words
            && !words.iter().any(|word| word == text)
        {
            let words: Vec<_> = words.iter().filter_map(Value::as_str).collect();
            let one_of = Say::OneOf { words: &words };
            self.tell(path, "no-such-word", [Say::NoSuchWord, one_of]);
        }
        if let Some(Written { is, says, .. }) = written
            && !is(text)
        {
            self.tell(path, "malformed", *says);
        }
    }

    fn fields(&mut self, object: &'d Object, fields: &[(Cow<'_, str>, Tree<'_>)], path: &str) {
        let names = noting_repeats(fields.iter().map(|(name, _)| &**name));
        for ((name, before), (_, value)) in names.zip(fields) {
            if self.is_full() {
                return;
            }
            let at = joined(path, &shown(name));
            if before {
                self.tell(&at, "twice", [Say::Twice { name: &shown(name) }, Say::KeepOne]);
            } else if let Some(schema) = object.properties.get(name) {
                self.value(schema, value, &at);
            } else if !is_open(object) {
                let names: Vec<_> = object.properties.keys().map(String::as_str).collect();
                self.unknown(&at, name, &names);
            }
        }
        for name in object.required.iter().filter(|name| !fields.iter().any(|(given, _)| given == *name)) {
            let form = object.properties.get(name).and_then(|schema| Form::of(schema, self.schemas));
            self.missing(&joined(path, name), name, form.as_ref());
        }
    }

    /// Something that has no place there, where these have one.
    pub(super) fn unknown(&mut self, path: &str, name: &str, known: &[&str]) {
        let says = [Say::UnknownField { name: &shown(name) }, Say::KnownFields { names: known }];
        self.tell(path, "unknown-field", says);
    }

    /// Something that is needed and not there.
    pub(super) fn missing(&mut self, path: &str, name: &str, form: Option<&Form<'_>>) {
        if let Some(More::Text { words: Some(words), .. }) = form.map(|form| &form.more) {
            let words: Vec<_> = words.iter().filter_map(Value::as_str).collect();
            self.tell(path, "missing", [Say::Missing { name }, Say::GiveOneOf { words: &words }]);
            return;
        }
        let example = form.and_then(|form| form.example).map(Value::to_string);
        let wanted = form.map_or(Shape::Text, |form| form.shape);
        let says = [Say::Missing { name }, Say::GiveShape { wanted, example: example.as_deref() }];
        self.tell(path, "missing", says);
    }
}

const fn out_of_range(least: i128, most: i128) -> [Say<'static>; 2] {
    [Say::OutOfRange, Say::Between { least, most }]
}

/// Whether a number is whole, and too large for any that is asked for.
fn is_huge(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() > 9e18
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A name from outside, no longer than names are.
pub(super) fn shown(name: &str) -> String {
    let mut shown: String = name.chars().take(LONGEST_NAME).collect();
    if shown.len() < name.len() {
        shown.push('…');
    }
    shown
}
