//! Fields of forms: a label, what helps to fill it in, what is wrong with it, and what was typed. Every form is made of these.

use super::{frame::Frame, words};
use crate::problem::Problem;
use askama::{Template, filters::HtmlSafe};
use axum::http::StatusCode;

/// One field, with what is wrong with it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "field.html")]
pub(crate) struct Field<'p> {
    /// Its name, which is also its id.
    pub(crate) name: &'p str,
    pub(crate) label: &'p str,
    /// What helps; empty where nothing has to be said.
    pub(crate) hint: &'p str,
    /// What browsers may fill in, as HTML has it; empty for nothing.
    pub(crate) autocomplete: &'p str,
    pub(crate) value: String,
    pub(crate) kind: Kind<'p>,
    /// What is wrong with it.
    pub(crate) wrong: Option<String>,
    /// What a reviewer says of it; empty where he says nothing.
    pub(crate) remark: String,
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Kind<'p> {
    /// A line.
    #[default]
    Line,
    /// A line that belongs to something short: so many characters wide.
    Short(u8),
    /// A password.
    Password,
    /// So many lines.
    Lines(u8),
    /// One of these: what is sent, and how it is called.
    OneOf(&'p [(String, String)]),
    /// Any of these. What is chosen stands in the value, a line each.
    Many(&'p [(String, String)]),
    /// Nothing can be filled in; the value is told.
    Fixed,
}

/// A field is HTML already.
impl HtmlSafe for Field<'_> {}

impl<'p> Field<'p> {
    /// What describes it, for who hears it.
    fn described(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let fault = self.wrong.as_ref().map(|_| format!("{}-fault", self.name));
        let remark = (!self.remark.is_empty()).then(|| format!("{}-remark", self.name));
        hint.into_iter().chain(remark).chain(fault).collect::<Vec<_>>().join(" ")
    }

    fn has(&self, choice: &str) -> bool {
        self.value.lines().any(|line| line == choice)
    }

    /// A field with that name and label.
    pub(crate) fn new(name: &'p str, label: &'p str) -> Self {
        Self { name, label, ..Self::default() }
    }

    /// The same with what helps to fill it in.
    pub(crate) fn hinted(self, hint: &'p str) -> Self {
        Self { hint, ..self }
    }

    /// The same of another kind.
    pub(crate) fn of(self, kind: Kind<'p>) -> Self {
        Self { kind, ..self }
    }

    /// The same, which browsers may fill in.
    pub(crate) fn known_as(self, autocomplete: &'p str) -> Self {
        Self { autocomplete, ..self }
    }

    /// The same with that value.
    pub(crate) fn valued(self, value: impl Into<String>) -> Self {
        Self { value: value.into(), ..self }
    }

    /// The same with what a reviewer says of it.
    pub(crate) fn remarked(self, remark: String) -> Self {
        Self { remark, ..self }
    }

    /// The same with what is said to be wrong with it.
    pub(crate) fn faulted(self, faults: &Faults<'_>) -> Self {
        Self { wrong: faults.at(self.name), ..self }
    }
}

/// What is wrong with a form, told at its top with links to the fields, and in the same words at each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults<'p>(Vec<Fault<'p>>);

#[derive(Clone, Debug)]
struct Fault<'p> {
    /// The field; empty for the form as a whole.
    name: &'p str,
    text: String,
}

impl<'p> Faults<'p> {
    /// Nothing.
    pub(crate) const NONE: Self = Self(Vec::new());

    /// One thing.
    pub(crate) fn one(name: &'p str, text: impl Into<String>) -> Self {
        Self(vec![Fault { name, text: text.into() }])
    }

    /// The same and one thing more.
    pub(crate) fn and(mut self, name: &'p str, text: impl Into<String>) -> Self {
        self.0.push(Fault { name, text: text.into() });
        self
    }

    /// The same and all that is wrong with others.
    pub(crate) fn chain(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// What a use case says is wrong; `field` knows in which field of the form that part of the request stands.
    pub(crate) fn of(problem: &Problem, field: impl Fn(&str) -> &'p str) -> Self {
        let mut faults = Self::NONE;
        for (path, message, suggestion) in problem.errors() {
            faults = faults.and(field(path), sentences(&[message, suggestion]));
        }
        if faults.0.is_empty() { Self::one("", problem.detail()) } else { faults }
    }

    /// The same of what stands in the way; anything else that went wrong is a page of its own.
    pub(crate) fn refused(problem: Problem, field: impl Fn(&str) -> &'p str) -> Result<Self, Problem> {
        match problem.kind().status() {
            StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::PRECONDITION_FAILED => {
                Ok(Self::of(&problem, field))
            }
            _ => Err(problem),
        }
    }

    /// What is wrong with that field.
    pub(crate) fn at(&self, name: &str) -> Option<String> {
        let wrong: Vec<_> =
            self.0.iter().filter(|fault| fault.name == name).map(|fault| &*fault.text).collect();
        (!wrong.is_empty()).then(|| wrong.join(" "))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The box at the top of the page.
    pub(crate) fn summary(&self, frame: &Frame) -> Summary<'_> {
        Summary { faults: &self.0, w: words::summary(frame.lang) }
    }
}

/// Sentences one after the other, as both languages write them.
pub(crate) fn sentences(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if text.ends_with(|last: char| last.is_ascii()) && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

/// Everything that is wrong with a form.
#[derive(Template)]
#[template(path = "faults.html")]
pub(crate) struct Summary<'p> {
    faults: &'p [Fault<'p>],
    w: &'static words::Summary,
}

impl HtmlSafe for Summary<'_> {}
