//! What is chosen for a website from a table of the bureau: its languages and how it is hosted. Numbers that the table has, each once.

use super::{
    Checking, Found, Told,
    listed::{Listed, wrong},
};
use crate::tables::{ACCESS_METHODS, Entry, LANGUAGES, entry};
use rulebook::Lang;

/// A list of a website that is chosen from a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// Its languages (语言类别).
    Language,
    /// How it is hosted (接入方式).
    AccessMethod,
}

/// What is wrong with a number in such a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceFault {
    /// In which list.
    of: Choice,
    /// The number.
    id: u16,
    what: Listed,
}

/// Checks the languages of every website.
pub(super) fn languages(asked: Checking<'_>, found: &mut Found) {
    for (path, website) in asked.websites() {
        check(Choice::Language, &format!("{path}.languages"), &website.languages, found);
    }
}

/// Checks how every website is hosted.
pub(super) fn access_methods(asked: Checking<'_>, found: &mut Found) {
    for (path, website) in asked.websites() {
        check(Choice::AccessMethod, &format!("{path}.access_methods"), &website.access_methods, found);
    }
}

fn check(of: Choice, path: &str, chosen: &[u16], found: &mut Found) {
    for (at, id, what) in wrong(chosen, of.table()) {
        found.push(format!("{path}[{at}]"), ChoiceFault { of, id, what });
    }
}

impl Choice {
    const fn table(self) -> &'static [Entry] {
        match self {
            Self::Language => LANGUAGES,
            Self::AccessMethod => ACCESS_METHODS,
        }
    }

    const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Language, Lang::Zh) => "语言类别",
            (Self::Language, Lang::En) => "language",
            (Self::AccessMethod, Lang::Zh) => "接入方式",
            (Self::AccessMethod, Lang::En) => "access method",
        }
    }
}

impl Told for ChoiceFault {
    fn code(&self) -> &'static str {
        match (self.of, self.what) {
            (Choice::Language, Listed::Unknown) => "language-unknown",
            (Choice::Language, Listed::Twice) => "language-twice",
            (Choice::AccessMethod, Listed::Unknown) => "access-method-unknown",
            (Choice::AccessMethod, Listed::Twice) => "access-method-twice",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let Self { of, id, what } = *self;
        let (list, chosen) = (of.label(lang), entry(of.table(), id).map_or("", |entry| entry.label(lang)));
        match (lang, what) {
            (Lang::Zh, Listed::Unknown) => format!("没有编号为 {id} 的{list}。"),
            (Lang::Zh, Listed::Twice) => format!("{list}“{chosen}”重复了。"),
            (Lang::En, Listed::Unknown) => format!("There is no {list} with the number {id}."),
            (Lang::En, Listed::Twice) => format!("The {list} `{chosen}` is there already."),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self.what) {
            (Lang::Zh, Listed::Unknown) => "请从列表中重新选择。",
            (Lang::Zh, Listed::Twice) => "请删去一处。",
            (Lang::En, Listed::Unknown) => "Choose from the list again.",
            (Lang::En, Listed::Twice) => "Remove one of the two.",
        }
        .to_owned()
    }
}
