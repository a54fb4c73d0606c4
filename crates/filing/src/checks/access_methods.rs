//! How a website is hosted: ways that the bureau knows, each once.

use super::{
    Checking, Found, Told,
    listed::{Listed, wrong},
};
use crate::tables::{ACCESS_METHODS, entry};
use rulebook::Lang;

/// What is wrong with an access method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessMethodFault {
    /// None has that number.
    Unknown(u16),
    /// It is there already.
    Twice(u16),
}

/// Checks them at every website.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, website) in asked.websites() {
        for (at, id, listed) in wrong(&website.access_methods, ACCESS_METHODS) {
            let fault = match listed {
                Listed::Unknown => AccessMethodFault::Unknown(id),
                Listed::Twice => AccessMethodFault::Twice(id),
            };
            found.push(format!("{path}.access_methods[{at}]"), fault);
        }
    }
}

impl Told for AccessMethodFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "access-method-unknown",
            Self::Twice(_) => "access-method-twice",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let label = |id: u16| entry(ACCESS_METHODS, id).map_or("", |entry| entry.label(lang));
        match (lang, self) {
            (Lang::Zh, Self::Unknown(id)) => format!("没有编号为 {id} 的接入方式。"),
            (Lang::Zh, Self::Twice(id)) => format!("接入方式“{}”重复了。", label(*id)),
            (Lang::En, Self::Unknown(id)) => format!("There is no access method with the number {id}."),
            (Lang::En, Self::Twice(id)) => format!("The access method `{}` is there already.", label(*id)),
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
