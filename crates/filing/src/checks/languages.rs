//! The languages of a website: those that the bureau knows, each once.

use super::{
    Checking, Found, Told,
    listed::{Listed, wrong},
};
use crate::tables::{LANGUAGES, entry};
use rulebook::Lang;

/// What is wrong with a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LanguageFault {
    /// None has that number.
    Unknown(u16),
    /// It is there already.
    Twice(u16),
}

/// Checks them at every website.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, website) in asked.websites() {
        for (at, id, listed) in wrong(&website.languages, LANGUAGES) {
            let fault = match listed {
                Listed::Unknown => LanguageFault::Unknown(id),
                Listed::Twice => LanguageFault::Twice(id),
            };
            found.push(format!("{path}.languages[{at}]"), fault);
        }
    }
}

impl Told for LanguageFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "language-unknown",
            Self::Twice(_) => "language-twice",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let label = |id: u16| entry(LANGUAGES, id).map_or("", |entry| entry.label(lang));
        match (lang, self) {
            (Lang::Zh, Self::Unknown(id)) => format!("没有编号为 {id} 的语言类别。"),
            (Lang::Zh, Self::Twice(id)) => format!("语言类别“{}”重复了。", label(*id)),
            (Lang::En, Self::Unknown(id)) => format!("There is no language with the number {id}."),
            (Lang::En, Self::Twice(id)) => format!("The language `{}` is there already.", label(*id)),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Unknown(_)) => "请从列表中重新选择。",
            (Lang::Zh, Self::Twice(_)) => "请删去一处。",
            (Lang::En, Self::Unknown(_)) => "Choose from the list again.",
            (Lang::En, Self::Twice(_)) => "Remove one of the two.",
        }
        .to_owned()
    }
}
