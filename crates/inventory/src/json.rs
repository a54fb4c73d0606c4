//! One JSON value in memory, with what `serde_json::Value` forgets: keys that stand twice.

use crate::fault::{self, Expected, Fault, Found, NoJson, shown};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use std::{borrow::Cow, fmt};

/// A JSON value, borrowing its texts where they have no escapes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Boolean(bool),
    Whole(u64),
    /// Negative, or with a fraction.
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// The value that `text` is, or why it is none; `line` is the one on which `text` begins.
    pub(crate) fn read(text: &'a str, line: u64) -> Result<Self, Fault> {
        serde_json::from_str(text).map_err(|error| {
            let said = error.to_string();
            let said = said.split(" at line ").next().unwrap_or_default().to_owned();
            let line = line + (error.line() as u64).saturating_sub(1);
            Fault::Syntax { line, column: error.column() as u64, kind: kind(&error), said }
        })
    }

    /// The value, as a message names it.
    pub(crate) fn found(&self) -> Found {
        match self {
            Self::Null => Found::Null,
            Self::Boolean(boolean) => Found::Boolean(*boolean),
            Self::Whole(number) => Found::Number(number.to_string()),
            Self::Number(number) => Found::Number(fault::number(*number)),
            Self::Text(text) => Found::text(text),
            Self::List(_) => Found::List,
            Self::Object(_) => Found::Object,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn list(&self) -> Option<&[Json<'a>]> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    /// A whole number that a fact can hold.
    pub(crate) fn count(&self) -> Option<u32> {
        match self {
            Self::Whole(number) => u32::try_from(*number).ok(),
            _ => None,
        }
    }

    /// The member called `key`, unless it is null; the first where it stands twice.
    pub(crate) fn member(&self, key: &str) -> Option<&Json<'a>> {
        let Self::Object(members) = self else { return None };
        let member = members.iter().find(|(name, _)| name == key).map(|(_, value)| value);
        member.filter(|value| **value != Self::Null)
    }
}

fn kind(error: &serde_json::Error) -> NoJson {
    match error.classify() {
        Category::Syntax => NoJson::Syntax,
        Category::Eof => NoJson::End,
        Category::Data | Category::Io => NoJson::Data,
    }
}

/// What a fact is read from, and where the faults go.
pub(crate) struct Reading<'f> {
    pub(crate) faults: &'f mut Vec<Fault>,
}

/// So many faults of one record are told; a record with more is no record of anybody.
const MOST_FAULTS: usize = 20;

impl Reading<'_> {
    pub(crate) fn fault(&mut self, fault: Fault) {
        if !self.has_enough() {
            self.faults.push(fault);
        }
    }

    /// Whether no more faults are told.
    pub(crate) fn has_enough(&self) -> bool {
        self.faults.len() >= MOST_FAULTS
    }

    /// What `read` makes of `value`; a fault where it makes nothing.
    pub(crate) fn value<'j, 'a, T>(
        &mut self,
        field: &'static str,
        value: &'j Json<'a>,
        expected: Expected,
        read: impl FnOnce(&'j Json<'a>) -> Option<T>,
    ) -> Option<T> {
        let read = read(value);
        if read.is_none() {
            self.fault(Fault::value(field, value.found(), expected));
        }
        read
    }

    /// Every element of a list that `read` makes something of; a fault for each of which it makes nothing.
    pub(crate) fn each<T>(
        &mut self,
        field: &'static str,
        list: &[Json<'_>],
        expected: Expected,
        read: impl Fn(&Json<'_>) -> Option<T>,
        into: &mut Vec<T>,
    ) {
        for (at, value) in list.iter().enumerate() {
            match read(value) {
                Some(read) => into.push(read),
                None => self.fault(Fault::Value {
                    field: Cow::Owned(format!("{field}[{at}]")),
                    found: value.found(),
                    expected,
                }),
            }
        }
    }
}

/// The key of `keys` that `key` is probably meant to be.
pub(crate) fn nearest(key: &str, keys: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    /// Longer than any key could be misspelt.
    const LONGEST: usize = 40;
    /// Slips of the keyboard in one key.
    const SLIPS: usize = 3;

    let plain = |key: &str| -> Vec<char> {
        key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    if key.len() > LONGEST {
        return None;
    }
    let wrong = plain(key);
    let near = keys.into_iter().map(|key| (distance(&wrong, &plain(key)), key));
    near.filter(|(slips, key)| *slips <= SLIPS.min(key.len() / 2))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, key)| key)
}

/// How many characters must be put in, left out or changed.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.iter().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        let mut next = vec![left];
        for (b, above) in other.iter().zip(row.iter().skip(1)) {
            left = (left + 1).min(above + 1).min(diagonal + usize::from(a != b));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// A key or text of the input, its beginning where it is long.
pub(crate) fn name(key: &str) -> Cow<'static, str> {
    Cow::Owned(shown(key))
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, boolean: bool) -> Result<Json<'de>, E> {
        Ok(Json::Boolean(boolean))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(Json::Whole(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "a negative number is shown in a fault and never used")]
    fn visit_i64<E>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Json<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = from.next_element()? {
            list.push(value);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Json<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = from.next_key::<Json<'de>>()? {
            let value = from.next_value()?;
            if let Json::Text(key) = key {
                members.push((key, value));
            }
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_stand_twice_are_both_kept() {
        let Ok(Json::Object(members)) = Json::read(r#"{"a":1,"a":[null,-1,0.5,"x\n"]}"#, 1) else { panic!() };
        assert_eq!(members.len(), 2);
    }

    #[test]
    fn a_fault_says_on_which_line_of_the_input_it_is() {
        let Err(Fault::Syntax { line, column, said, .. }) = Json::read("{\"a\":1\n,}", 10) else { panic!() };
        assert_eq!((line, column, said.as_str()), (11, 2, "trailing comma"));
    }

    #[test]
    fn the_key_that_was_meant_is_guessed_only_when_it_is_near() {
        let keys = ["public_ips", "region", "id"];
        assert_eq!(nearest("publicIp", keys), Some("public_ips"));
        assert_eq!(nearest("reigon", keys), Some("region"));
        assert_eq!(nearest("Id", keys), Some("id"));
        assert_eq!(nearest("remark", keys), None);
        assert_eq!(nearest("x", keys), None);
    }
}
