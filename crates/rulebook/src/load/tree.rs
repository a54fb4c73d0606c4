//! Typed access to a parsed TOML file that notes every fault and goes on.

use crate::{
    edition::DocumentId,
    fault::{Expected, Fault, FaultKind, Shown},
    money::Fen,
    text::{Lang, Text},
};
use jiff::civil::Date;
use std::{collections::BTreeSet, ops::Range};
use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
    value::Datetime,
};

/// Faults that are kept. Nobody mends more at one reading, and what is kept is what a hostile file can make grow.
const MAX_FAULTS: usize = 200;

/// The faults found so far.
pub(super) struct Noted<'i> {
    text: &'i str,
    /// The first of the file, in its order.
    faults: Vec<Found>,
    /// How many more there are.
    more: usize,
    /// How often something was noted.
    times: usize,
}

/// A fault whose line and column are not counted yet.
struct Found {
    /// Where, in bytes from the start of the file.
    start: usize,
    path: String,
    kind: FaultKind,
}

impl<'i> Noted<'i> {
    pub(super) fn new(text: &'i str) -> Self {
        Self { text, faults: Vec::new(), more: 0, times: 0 }
    }

    pub(super) fn note(&mut self, span: Range<usize>, path: &str, kind: FaultKind) {
        self.times += 1;
        let start = span.start;
        let at = self.faults.partition_point(|fault| fault.start <= start);
        let here = self.faults.iter().take(at).rev().take_while(|fault| fault.start == start);
        if here.into_iter().any(|fault| fault.path == path && fault.kind == kind) {
            return;
        }
        if at < MAX_FAULTS {
            self.faults.insert(at, Found { start, path: path.to_owned(), kind });
        }
        if at >= MAX_FAULTS || self.faults.len() > MAX_FAULTS {
            self.faults.truncate(MAX_FAULTS);
            self.more += 1;
        }
    }

    /// Something that grows with every fault noted.
    pub(super) fn times(&self) -> usize {
        self.times
    }

    /// The text of the file there, its first line.
    fn shown(&self, span: Range<usize>) -> Shown {
        Shown::from(self.text.get(span).unwrap_or_default().lines().next().unwrap_or_default())
    }

    /// The faults in the order of the file. Lines and columns are counted in one go from fault to fault.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        let mut place = Place { at: 0, line: 1, column: 1 };
        let mut faults = Vec::with_capacity(self.faults.len() + 1);
        for Found { start, path, kind } in self.faults {
            place.advance(self.text, start);
            faults.push(Fault { line: place.line, column: place.column, path, kind });
        }
        if self.more > 0 {
            let kind = FaultKind::TooManyFaults { more: self.more };
            faults.push(Fault { line: place.line, column: place.column, path: String::new(), kind });
        }
        faults
    }
}

/// A place in a text: bytes before it, and its line and column from 1.
struct Place {
    at: usize,
    line: usize,
    column: usize,
}

impl Place {
    /// Moves on to the byte `to`, or to the character that it is part of.
    fn advance(&mut self, text: &str, to: usize) {
        let to = text.floor_char_boundary(to);
        let passed = text.get(self.at..to).unwrap_or_default();
        match passed.rsplit_once('\n') {
            Some((lines, last)) => {
                self.line += lines.bytes().filter(|b| *b == b'\n').count() + 1;
                self.column = last.chars().count() + 1;
            }
            None => self.column += passed.chars().count(),
        }
        self.at = to;
    }
}

/// One value of the file and the path that leads to it.
#[derive(Clone)]
pub(super) struct Node<'t, 'i> {
    value: &'t Spanned<DeValue<'i>>,
    pub(super) path: String,
}

impl<'t, 'i> Node<'t, 'i> {
    pub(super) fn span(&self) -> Range<usize> {
        self.value.span()
    }

    pub(super) fn note(&self, noted: &mut Noted<'_>, kind: FaultKind) {
        noted.note(self.span(), &self.path, kind);
    }

    /// Notes that the value is not what was expected.
    pub(super) fn unexpected(&self, noted: &mut Noted<'_>, expected: Expected) {
        let found = noted.shown(self.span());
        self.note(noted, FaultKind::Unexpected { found, expected });
    }

    fn as_table(&self) -> Option<&'t DeTable<'i>> {
        match self.value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => None,
        }
    }

    pub(super) fn is_table(&self) -> bool {
        self.as_table().is_some()
    }

    /// How many entries a table has; 0 where it is none.
    pub(super) fn len(&self) -> usize {
        self.as_table().map_or(0, DeTable::len)
    }

    /// An entry of a table, not asked for as a known key.
    pub(super) fn child(&self, key: &'static str) -> Option<Self> {
        let value = self.as_table()?.get(&Spanned::new(0..0, DeString::Borrowed(key)))?;
        Some(Node { value, path: join(&self.path, key) })
    }

    pub(super) fn as_text(&self) -> Option<&'t str> {
        match self.value.get_ref() {
            DeValue::String(text) => Some(text),
            _ => None,
        }
    }

    /// The entries of a table whose keys are known.
    pub(super) fn fields(&self, noted: &mut Noted<'_>, expected: Expected) -> Option<Fields<'t, 'i>> {
        let Some(table) = self.as_table() else {
            self.unexpected(noted, expected);
            return None;
        };
        Some(Fields { table, span: self.span(), path: self.path.clone(), known: Vec::new() })
    }

    /// The entries of a table whose keys are free ids.
    pub(super) fn entries(&self, noted: &mut Noted<'_>) -> Vec<(&'t str, Node<'t, 'i>)> {
        let Some(table) = self.as_table() else {
            self.unexpected(noted, Expected::Table);
            return Vec::new();
        };
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let node = Node { value, path: join(&self.path, key.get_ref()) };
            let id: &str = key.get_ref();
            if is_id(id) {
                entries.push((id, node));
            } else {
                let kind = FaultKind::Unexpected { found: noted.shown(key.span()), expected: Expected::Id };
                noted.note(key.span(), &self.path, kind);
            }
        }
        entries
    }

    pub(super) fn list(&self, noted: &mut Noted<'_>, expected: Expected) -> Vec<Node<'t, 'i>> {
        let DeValue::Array(list) = self.value.get_ref() else {
            self.unexpected(noted, expected);
            return Vec::new();
        };
        let one = |(at, value)| Node { value, path: format!("{}[{}]", self.path, at + 1) };
        list.iter().enumerate().map(one).collect()
    }

    pub(super) fn text(&self, noted: &mut Noted<'_>, expected: Expected) -> Option<&'t str> {
        match self.value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text),
            _ => {
                self.unexpected(noted, expected);
                None
            }
        }
    }

    pub(super) fn id(&self, noted: &mut Noted<'_>) -> Option<String> {
        let id = self.text(noted, Expected::Id)?;
        if is_id(id) {
            return Some(id.to_owned());
        }
        self.unexpected(noted, Expected::Id);
        None
    }

    pub(super) fn truth(&self, noted: &mut Noted<'_>) -> Option<bool> {
        let DeValue::Boolean(truth) = self.value.get_ref() else {
            self.unexpected(noted, Expected::Truth);
            return None;
        };
        Some(*truth)
    }

    pub(super) fn day(&self, noted: &mut Noted<'_>) -> Option<Date> {
        let day = match self.value.get_ref() {
            DeValue::Datetime(Datetime { date: Some(date), time: None, offset: None }) => {
                let (year, month, day) =
                    (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day));
                year.ok().zip(month.ok()).zip(day.ok()).and_then(|((y, m), d)| Date::new(y, m, d).ok())
            }
            _ => None,
        };
        if day.is_none() {
            self.unexpected(noted, Expected::Day);
        }
        day
    }

    /// A whole number from 1 to `most`.
    pub(super) fn whole(&self, noted: &mut Noted<'_>, most: u32) -> Option<std::num::NonZero<u32>> {
        let number = match self.value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|n| *n <= most).and_then(std::num::NonZero::new);
        if number.is_none() {
            self.unexpected(noted, Expected::WholeNumber(most));
        }
        number
    }

    pub(super) fn amount(&self, noted: &mut Noted<'_>) -> Option<Fen> {
        let amount = match self.value.get_ref() {
            DeValue::String(text) => text.parse::<Fen>().ok().filter(|fen| fen.get() > 0),
            _ => None,
        };
        if amount.is_none() {
            self.unexpected(noted, Expected::Amount);
        }
        amount
    }

    /// One of `words`; `of` gives the value of a word.
    pub(super) fn word<T>(
        &self,
        noted: &mut Noted<'_>,
        words: &[&'static str],
        of: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = match self.value.get_ref() {
            DeValue::String(text) => of(text),
            _ => None,
        };
        if value.is_none() {
            self.unexpected(noted, Expected::OneOf(words.to_vec()));
        }
        value
    }

    pub(super) fn texts(&self, noted: &mut Noted<'_>) -> Vec<(&'t str, Node<'t, 'i>)> {
        let items = self.list(noted, Expected::Texts);
        items.into_iter().filter_map(|node| Some((node.text(noted, Expected::Text)?, node))).collect()
    }

    pub(super) fn both_languages(&self, noted: &mut Noted<'_>) -> Option<Text> {
        let mut fields = self.fields(noted, Expected::BothLanguages)?;
        let text = fields.languages(noted);
        fields.finish(noted);
        text
    }

    /// Documents that must be listed in `[documents]`.
    pub(super) fn documents(&self, noted: &mut Noted<'_>, listed: &BTreeSet<&str>) -> Vec<DocumentId> {
        let mut documents = Vec::new();
        for (id, node) in self.texts(noted) {
            documents.push(id.to_owned());
            if !listed.contains(&id) {
                node.note(noted, FaultKind::UnknownDocument(id.into()));
            }
        }
        documents
    }
}

/// The entries of a table, asked for one by one; what nobody asked for is an unknown key.
pub(super) struct Fields<'t, 'i> {
    table: &'t DeTable<'i>,
    pub(super) span: Range<usize>,
    pub(super) path: String,
    known: Vec<&'static str>,
}

impl<'t, 'i> Fields<'t, 'i> {
    pub(super) fn root(file: &'t Spanned<DeTable<'i>>) -> Self {
        Self { table: file.get_ref(), span: 0..0, path: String::new(), known: Vec::new() }
    }

    pub(super) fn get(&mut self, key: &'static str) -> Option<Node<'t, 'i>> {
        self.known.push(key);
        let key_here: &Spanned<DeString<'_>> = &Spanned::new(0..0, DeString::Borrowed(key));
        let value = self.table.get(key_here)?;
        Some(Node { value, path: join(&self.path, key) })
    }

    pub(super) fn need(
        &mut self,
        noted: &mut Noted<'_>,
        key: &'static str,
        expected: Expected,
    ) -> Option<Node<'t, 'i>> {
        let node = self.get(key);
        if node.is_none() {
            self.note(noted, FaultKind::Missing { key, expected });
        }
        node
    }

    pub(super) fn has(&self, key: &'static str) -> bool {
        self.table.contains_key(&Spanned::new(0..0, DeString::Borrowed(key)))
    }

    pub(super) fn note(&self, noted: &mut Noted<'_>, kind: FaultKind) {
        noted.note(self.span.clone(), &self.path, kind);
    }

    /// The keys `zh` and `en`, both of which must be there.
    pub(super) fn languages(&mut self, noted: &mut Noted<'_>) -> Option<Text> {
        let (zh, en) = (self.get("zh"), self.get("en"));
        if zh.is_none() {
            self.note(noted, FaultKind::OneLanguage { missing: Lang::Zh });
        }
        if en.is_none() {
            self.note(noted, FaultKind::OneLanguage { missing: Lang::En });
        }
        let zh = zh?.text(noted, Expected::Text);
        let en = en?.text(noted, Expected::Text);
        Some(Text { zh: zh?.to_owned(), en: en?.to_owned() })
    }

    /// Notes every key that nobody asked for.
    pub(super) fn finish(self, noted: &mut Noted<'_>) {
        for key in self.table.keys() {
            if !self.known.iter().any(|known| *known == key.get_ref()) {
                let kind =
                    FaultKind::UnknownKey { found: Shown::from(&**key.get_ref()), known: self.known.clone() };
                noted.note(key.span(), &self.path, kind);
            }
        }
    }
}

fn join(path: &str, key: &str) -> String {
    let key = Shown::from(key);
    if path.is_empty() { key.to_string() } else { format!("{path}.{key}") }
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}
