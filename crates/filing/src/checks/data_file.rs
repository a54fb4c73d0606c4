//! Reading the dated data that operators replace: TOML, taken whole or not at all, every fault told with its line.

use jiff::civil::Date;
use rulebook::{Lang, Text};
use std::ops::Range;
use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

/// Bytes of such a file: hundreds of times what ships.
const MOST_BYTES: usize = 1 << 20;

/// One fault of a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub wrong: Wrong,
}

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The file is larger than any that is read, in bytes.
    TooLarge(usize),
    /// It is no TOML here; what the parser says, in English.
    Syntax(String),
    /// A key that must be there.
    Missing(&'static str),
    /// A key that means nothing here.
    UnknownKey(String),
    /// The value of a key is none of those that it can have.
    Value {
        /// The key.
        key: &'static str,
        /// What it can be.
        expected: Expected,
    },
    /// Something that stands in the file twice.
    Twice(String),
}

/// What a key can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A day, `2026-06-01`.
    Day,
    /// A text that is not empty.
    Text,
    /// A table with the keys `zh` and `en`.
    BothLanguages,
    /// A list of texts.
    Texts,
    /// A list of tables.
    Tables,
    /// A table.
    Table,
    /// A whole number from 1.
    Number,
    /// A suffix of domains, without the dot before it.
    Suffix,
    /// The six digits of a province whose bureau files, or 0 for all of them.
    Province,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A key of the table `sources`.
    Source,
}

/// The faults as they are found.
pub(super) struct Noted<'t> {
    text: &'t str,
    faults: Vec<FileFault>,
}

/// A table whose keys are asked for one by one; what nobody asked for is an unknown key.
pub(super) struct Fields<'t, 'i> {
    table: &'t DeTable<'i>,
    at: Range<usize>,
    known: Vec<&'static str>,
}

/// Reads a file with `read`, which gives nothing only where it noted a fault.
pub(super) fn read<T>(
    text: &str,
    read: impl FnOnce(Fields<'_, '_>, &mut Noted<'_>) -> Option<T>,
) -> Result<T, Vec<FileFault>> {
    let mut noted = Noted { text, faults: Vec::new() };
    if text.len() > MOST_BYTES {
        noted.note(0..0, Wrong::TooLarge(text.len()));
        return Err(noted.faults);
    }
    let (file, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = error.span().unwrap_or(text.len()..text.len());
        noted.note(at, Wrong::Syntax(error.message().to_owned()));
    }
    if !errors.is_empty() {
        return Err(noted.faults);
    }
    let fields = Fields { table: file.get_ref(), at: 0..0, known: Vec::new() };
    match read(fields, &mut noted) {
        Some(value) if noted.faults.is_empty() => Ok(value),
        _ => {
            noted.faults.sort_by_key(|fault| fault.line);
            Err(noted.faults)
        }
    }
}

impl Noted<'_> {
    /// Notes what is wrong there.
    pub(super) fn note(&mut self, at: Range<usize>, wrong: Wrong) {
        let before = self.text.get(..self.text.floor_char_boundary(at.start)).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        self.faults.push(FileFault { line, wrong });
    }
}

impl<'t, 'i> Fields<'t, 'i> {
    /// The value of a key that may be missing.
    pub(super) fn get(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.known.push(key);
        let key: &Spanned<DeString<'_>> = &Spanned::new(0..0, DeString::Borrowed(key));
        self.table.get(key)
    }

    /// What `of` makes of the value of a key that must be there.
    pub(super) fn need<T>(
        &mut self,
        noted: &mut Noted<'_>,
        key: &'static str,
        expected: Expected,
        of: impl FnOnce(&'t DeValue<'i>) -> Option<T>,
    ) -> Option<T> {
        if self.get(key).is_none() {
            noted.note(self.at.clone(), Wrong::Missing(key));
            return None;
        }
        self.may(noted, key, expected, of)
    }

    /// What `of` makes of the value of a key, where it is there.
    pub(super) fn may<T>(
        &mut self,
        noted: &mut Noted<'_>,
        key: &'static str,
        expected: Expected,
        of: impl FnOnce(&'t DeValue<'i>) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let made = of(value.get_ref());
        if made.is_none() {
            noted.note(value.span(), Wrong::Value { key, expected });
        }
        made
    }

    /// A text in both languages.
    pub(super) fn both_languages(&mut self, noted: &mut Noted<'_>, key: &'static str) -> Option<Text> {
        self.need(noted, key, Expected::BothLanguages, both_languages)
    }

    /// The tables of a list, each with its place.
    pub(super) fn tables(&mut self, noted: &mut Noted<'_>, key: &'static str) -> Vec<Fields<'t, 'i>> {
        let all = self.need(noted, key, Expected::Tables, |value| match value {
            DeValue::Array(list) => list.iter().map(fields).collect::<Option<Vec<_>>>(),
            _ => None,
        });
        all.unwrap_or_default()
    }

    /// The entries of a table of texts in both languages.
    pub(super) fn texts_by_key(&mut self, noted: &mut Noted<'_>, key: &'static str) -> Vec<(&'t str, Text)> {
        let all = self.need(noted, key, Expected::Table, |value| match value {
            DeValue::Table(table) => Some(table),
            _ => None,
        });
        let mut texts = Vec::new();
        for (id, value) in all.into_iter().flatten() {
            match both_languages(value.get_ref()) {
                Some(text) => texts.push((&**id.get_ref(), text)),
                None => noted.note(value.span(), Wrong::Value { key, expected: Expected::BothLanguages }),
            }
        }
        texts
    }

    /// Notes a fault of the table as a whole.
    pub(super) fn note(&self, noted: &mut Noted<'_>, wrong: Wrong) {
        noted.note(self.at.clone(), wrong);
    }

    /// Notes every key that nobody asked for.
    pub(super) fn finish(self, noted: &mut Noted<'_>) {
        for key in self.table.keys() {
            if !self.known.iter().any(|known| *known == key.get_ref()) {
                noted.note(key.span(), Wrong::UnknownKey(key.get_ref().to_string()));
            }
        }
    }
}

fn fields<'t, 'i>(value: &'t Spanned<DeValue<'i>>) -> Option<Fields<'t, 'i>> {
    match value.get_ref() {
        DeValue::Table(table) => Some(Fields { table, at: value.span(), known: Vec::new() }),
        _ => None,
    }
}

/// A text that is not empty.
pub(super) fn text<'t>(value: &'t DeValue<'_>) -> Option<&'t str> {
    match value {
        DeValue::String(text) if !text.trim().is_empty() => Some(text),
        _ => None,
    }
}

/// A day.
pub(super) fn day(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::Datetime(day) if day.time.is_none() && day.offset.is_none() => {
            let date = day.date?;
            let part = |part: u8| i8::try_from(part).ok();
            Date::new(i16::try_from(date.year).ok()?, part(date.month)?, part(date.day)?).ok()
        }
        _ => None,
    }
}

/// A whole number.
pub(super) fn whole(value: &DeValue<'_>) -> Option<u32> {
    match value {
        DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}

fn both_languages(value: &DeValue<'_>) -> Option<Text> {
    let DeValue::Table(table) = value else { return None };
    let get = |key| table.get(&Spanned::new(0..0, DeString::Borrowed(key))).map(Spanned::get_ref);
    let (zh, en) = (text(get("zh")?)?, text(get("en")?)?);
    (table.len() == 2).then(|| Text { zh: zh.to_owned(), en: en.to_owned() })
}

impl FileFault {
    /// Where and what, as an operator reads it.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("第 {} 行：{}", self.line, self.wrong.zh()),
            Lang::En => format!("line {}: {}", self.line, self.wrong.en()),
        }
    }
}

impl Wrong {
    fn zh(&self) -> String {
        match self {
            Self::TooLarge(bytes) => format!("文件有 {bytes} 字节，最多 {MOST_BYTES} 字节。"),
            Self::Syntax(detail) => format!("不是有效的 TOML：{detail}。"),
            Self::Missing(key) => format!("缺少“{key}”。"),
            Self::UnknownKey(key) => format!("没有“{key}”这个键。"),
            Self::Value { key, expected } => format!("“{key}”应为{}。", expected.zh()),
            Self::Twice(what) => format!("“{what}”出现了两次。"),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::TooLarge(bytes) => format!("the file has {bytes} bytes, {MOST_BYTES} is the most"),
            Self::Syntax(detail) => format!("this is no TOML: {detail}"),
            Self::Missing(key) => format!("`{key}` is missing"),
            Self::UnknownKey(key) => format!("there is no key `{key}` here"),
            Self::Value { key, expected } => format!("`{key}` must be {}", expected.en()),
            Self::Twice(what) => format!("`{what}` stands here twice"),
        }
    }
}

impl Expected {
    fn zh(self) -> String {
        match self {
            Self::Day => "日期，例如 2026-06-01".to_owned(),
            Self::Text => "非空的文字".to_owned(),
            Self::BothLanguages => "中英文两种文字，即 { zh = \"…\", en = \"…\" }".to_owned(),
            Self::Texts => "文字的列表".to_owned(),
            Self::Tables => "表的列表".to_owned(),
            Self::Table => "表".to_owned(),
            Self::Number => "不小于 1 的整数".to_owned(),
            Self::Suffix => "不带点号开头的域名后缀".to_owned(),
            Self::Province => "省份的 6 位行政区划代码，0 表示全国".to_owned(),
            Self::OneOf(words) => format!("以下之一：{}", words.join("、")),
            Self::Source => "“sources”中的一个键".to_owned(),
        }
    }

    fn en(self) -> String {
        match self {
            Self::Day => "a day, such as 2026-06-01".to_owned(),
            Self::Text => "a text that is not empty".to_owned(),
            Self::BothLanguages => "a text in both languages, { zh = \"…\", en = \"…\" }".to_owned(),
            Self::Texts => "a list of texts".to_owned(),
            Self::Tables => "a list of tables".to_owned(),
            Self::Table => "a table".to_owned(),
            Self::Number => "a whole number from 1".to_owned(),
            Self::Suffix => "a suffix of domains, without the dot before it".to_owned(),
            Self::Province => "the six digits of a province, or 0 for all of them".to_owned(),
            Self::OneOf(words) => format!("one of {}", words.join(", ")),
            Self::Source => "a key of `sources`".to_owned(),
        }
    }
}
