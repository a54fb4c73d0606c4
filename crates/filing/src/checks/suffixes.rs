//! The suffixes whose registries the ministry approved: only domains under them can be filed (互联网域名管理办法, 2017). The list is
//! dated data that an operator replaces; the one that ships is `data/suffixes.toml`.

use super::{
    Host,
    data_file::{self, Expected, Fields, FileFault, Noted, Wrong, day, text},
};
use idna::domain_to_ascii_strict;
use jiff::civil::Date;
use rulebook::{Lang, Text};
use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};
use toml::de::DeValue;

/// A dated list of approved suffixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suffixes(Arc<List>);

#[derive(Debug, PartialEq, Eq)]
struct List {
    as_of: Date,
    source: Text,
    /// As ASCII.
    approved: BTreeSet<String>,
}

static SHIPPED: LazyLock<Suffixes> = LazyLock::new(|| {
    // A test reads the file that ships.
    Suffixes::parse(include_str!("../../data/suffixes.toml")).unwrap_or_else(|_| Suffixes::none())
});

impl Suffixes {
    /// Reads a list. It is taken whole or not at all: any fault refuses it, and all are told together.
    pub fn parse(file: &str) -> Result<Self, Vec<FileFault>> {
        data_file::read(file, list).map(|list| Self(Arc::new(list)))
    }

    fn none() -> Self {
        let source = Text { zh: String::new(), en: String::new() };
        Self(Arc::new(List { as_of: Date::ZERO, source, approved: BTreeSet::new() }))
    }

    /// The day of the list.
    pub fn as_of(&self) -> Date {
        self.0.as_of
    }

    /// Where the list is from, as people read it.
    pub fn source(&self, lang: Lang) -> &str {
        self.0.source.in_lang(lang)
    }

    /// The suffixes, as ASCII.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.approved.iter().map(String::as_str)
    }

    /// Whether the suffix of a host is approved. `cn` stands for `com.cn` too.
    pub fn approves(&self, host: &Host) -> bool {
        let mut rest = Some(host.suffix());
        std::iter::from_fn(|| {
            let suffix = rest?;
            rest = suffix.split_once('.').map(|(_, below)| below);
            Some(suffix)
        })
        .any(|suffix| self.0.approved.contains(suffix))
    }
}

impl Default for Suffixes {
    /// The list that ships.
    fn default() -> Self {
        SHIPPED.clone()
    }
}

fn list(mut file: Fields<'_, '_>, noted: &mut Noted<'_>) -> Option<List> {
    let as_of = file.need(noted, "as_of", Expected::Day, day);
    let source = file.both_languages(noted, "source");
    let items = file.need(noted, "approved", Expected::Texts, |value| match value {
        DeValue::Array(items) if !items.is_empty() => Some(items),
        _ => None,
    });
    let mut approved = BTreeSet::new();
    for item in items.into_iter().flatten() {
        let suffix = text(item.get_ref()).and_then(|suffix| domain_to_ascii_strict(suffix).ok());
        match suffix.filter(|suffix| !suffix.is_empty()) {
            None => noted.note(item.span(), Wrong::Value { key: "approved", expected: Expected::Suffix }),
            Some(suffix) if approved.contains(&suffix) => noted.note(item.span(), Wrong::Twice(suffix)),
            Some(suffix) => {
                approved.insert(suffix);
            }
        }
    }
    file.finish(noted);
    Some(List { as_of: as_of?, source: source?, approved })
}
