//! One line of a list of filings: a subject with its websites, as JSON. Everything that is wrong with its form is told at once, each thing
//! with its path.

use crate::{
    commands::check_filing::written::look,
    words::{
        filing::{FilingSay, Form as Shape},
        filings::FiledSay,
    },
};
use ::rulebook::Lang;
use app::registry::{AccessBefore, FiledBefore, WebsiteBefore};
use filing::{
    orders::{Subject, Website},
    registry::State,
};
use serde_json::{Map, Value};

/// What stands on a line; everything that is wrong with its form otherwise.
pub(super) fn read(line: &[u8], lang: Lang) -> Result<FiledBefore, Vec<String>> {
    let mut reading = Reading { lang, wrong: Vec::new() };
    let text = std::str::from_utf8(line).map_err(|_| vec![FiledSay::NotText.to_text(lang)])?;
    let value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| vec![FilingSay::NotJson { line: 1, column: error.column() }.to_text(lang)])?;
    let Value::Object(fields) = value else { return Err(vec![FiledSay::NotASubject.to_text(lang)]) };
    let read = reading.filing(fields);
    if reading.wrong.is_empty() { Ok(read) } else { Err(reading.wrong) }
}

struct Reading {
    lang: Lang,
    wrong: Vec<String>,
}

impl Reading {
    fn filing(&mut self, mut fields: Map<String, Value>) -> FiledBefore {
        let number = self.text("number", fields.remove("number")).unwrap_or_default();
        let state = self.state("state", fields.remove("state"));
        let account = self.text("account", fields.remove("account")).unwrap_or_default();
        let subject = fields.remove("subject").filter(|value| !value.is_null());
        let subject = subject
            .map(|value| self.filled("subject", value, serde_json::from_value::<Subject>))
            .unwrap_or_default();
        let websites = self.list("websites", fields.remove("websites"));
        let websites =
            websites.into_iter().enumerate().map(|(nth, value)| self.website(nth, value)).collect();
        self.unknown(None, &fields);
        FiledBefore { number, state, account, subject, websites }
    }

    fn website(&mut self, nth: usize, value: Value) -> WebsiteBefore {
        let path = format!("websites[{nth}]");
        let Value::Object(mut fields) = value else {
            self.expected(&path, Shape::Group);
            return WebsiteBefore { state: State::Active, site: Website::default(), accesses: Vec::new() };
        };
        let state = self.state(&format!("{path}.state"), fields.remove("state"));
        let accesses = self.list(&format!("{path}.accesses"), fields.remove("accesses"));
        let accesses = accesses.into_iter().enumerate();
        let accesses =
            accesses.map(|(at, value)| self.access(&format!("{path}.accesses[{at}]"), value)).collect();
        // Where it is hosted is told by its accesses, and nothing of it was verified here.
        for elsewhere in ["addresses", "verification"] {
            if fields.remove(elsewhere).is_some() {
                self.say(FilingSay::UnknownField { path: &format!("{path}.{elsewhere}") });
            }
        }
        let site = self.filled(&path, Value::Object(fields), serde_json::from_value::<Website>);
        WebsiteBefore { state, site, accesses }
    }

    fn access(&mut self, path: &str, value: Value) -> AccessBefore {
        let Value::Object(mut fields) = value else {
            self.expected(path, Shape::Group);
            return AccessBefore::default();
        };
        let instance = self.text(&format!("{path}.instance"), fields.remove("instance"));
        let list = format!("{path}.addresses");
        let addresses = self.list(&list, fields.remove("addresses")).into_iter().enumerate();
        let addresses =
            addresses.filter_map(|(at, value)| self.text(&format!("{list}[{at}]"), Some(value))).collect();
        self.unknown(Some(path), &fields);
        AccessBefore { instance: instance.filter(|name| !name.is_empty()), addresses }
    }

    /// A part that has the form of the same part of an order.
    fn filled<T: Default>(
        &mut self,
        path: &str,
        value: Value,
        read: impl FnOnce(Value) -> serde_json::Result<T>,
    ) -> T {
        let before = self.wrong.len();
        look(path, &value, self.lang, &mut self.wrong);
        match read(value) {
            Ok(filled) => filled,
            // Nothing that was looked at is wrong, and yet it is none: that is not foreseen, and is said as it is.
            Err(error) if self.wrong.len() == before => {
                self.wrong.push(error.to_string());
                T::default()
            }
            Err(_) => T::default(),
        }
    }

    fn text(&mut self, path: &str, value: Option<Value>) -> Option<String> {
        match value {
            Some(Value::String(text)) => Some(text),
            None | Some(Value::Null) => None,
            Some(_) => {
                self.expected(path, Shape::Text);
                None
            }
        }
    }

    fn list(&mut self, path: &str, value: Option<Value>) -> Vec<Value> {
        match value {
            Some(Value::Array(items)) => items,
            None | Some(Value::Null) => Vec::new(),
            Some(_) => {
                self.expected(path, Shape::List);
                Vec::new()
            }
        }
    }

    /// Where a number stands: active, where nothing is said.
    fn state(&mut self, path: &str, value: Option<Value>) -> State {
        let Some(word) = self.text(path, value) else { return State::Active };
        State::from_word(&word).unwrap_or_else(|| {
            self.wrong.push(FiledSay::NoState { path }.to_text(self.lang));
            State::Active
        })
    }

    fn unknown(&mut self, within: Option<&str>, rest: &Map<String, Value>) {
        for name in rest.keys() {
            let path = within.map_or_else(|| name.clone(), |within| format!("{within}.{name}"));
            self.say(FilingSay::UnknownField { path: &path });
        }
    }

    fn expected(&mut self, path: &str, expected: Shape) {
        self.say(FilingSay::Expected { path, expected });
    }

    fn say(&mut self, say: FilingSay<'_>) {
        self.wrong.push(say.to_text(self.lang));
    }
}
