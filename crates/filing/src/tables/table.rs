//! The tables by their names, for whoever reads them: what each is called, what its rows are, which values of forms are its numbers.

use super::{
    ACCESS_METHODS, CERTIFICATES, Entry, LANGUAGES, NATURES, PRE_APPROVALS, PURPOSES, SERVICES, entry,
};
use crate::orders::{FIELDS, Field};
use rulebook::Lang;

/// One of the bureau's tables. Regions are none of them: they are found one below the other ([`super::regions`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    /// [`NATURES`].
    Natures,
    /// [`CERTIFICATES`].
    Certificates,
    /// [`SERVICES`].
    Services,
    /// [`PRE_APPROVALS`].
    PreApprovals,
    /// [`LANGUAGES`].
    Languages,
    /// [`ACCESS_METHODS`].
    AccessMethods,
    /// [`PURPOSES`].
    Purposes,
}

impl Table {
    /// Every table, in the order in which a form asks for its numbers.
    pub const ALL: [Self; 7] = [
        Self::Natures,
        Self::Certificates,
        Self::Services,
        Self::PreApprovals,
        Self::Languages,
        Self::AccessMethods,
        Self::Purposes,
    ];

    /// As addresses name it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Natures => "natures",
            Self::Certificates => "certificates",
            Self::Services => "services",
            Self::PreApprovals => "pre-approvals",
            Self::Languages => "languages",
            Self::AccessMethods => "access-methods",
            Self::Purposes => "purposes",
        }
    }

    /// The table of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.word() == word)
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        let [zh, en] = match self {
            Self::Natures => ["单位性质", "Natures of subjects"],
            Self::Certificates => ["证件类型", "Kinds of certificates"],
            Self::Services => ["服务内容", "Service contents"],
            Self::PreApprovals => ["前置审批或专项审批", "Prior approvals"],
            Self::Languages => ["网站语言", "Languages of websites"],
            Self::AccessMethods => ["接入方式", "Access methods"],
            Self::Purposes => ["附件用途", "Purposes of pictures"],
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Its rows.
    pub fn entries(self) -> Vec<&'static Entry> {
        match self {
            Self::Natures => NATURES.iter().collect(),
            Self::Certificates => CERTIFICATES.iter().map(|kind| &kind.entry).collect(),
            Self::Services => SERVICES.iter().collect(),
            Self::PreApprovals => PRE_APPROVALS.iter().collect(),
            Self::Languages => LANGUAGES.iter().collect(),
            Self::AccessMethods => ACCESS_METHODS.iter().collect(),
            Self::Purposes => PURPOSES.iter().map(|purpose| &purpose.entry).collect(),
        }
    }

    /// The row of that number.
    pub fn entry(self, id: u16) -> Option<&'static Entry> {
        match self {
            Self::Natures => entry(NATURES, id),
            Self::Certificates => super::certificate(id).map(|kind| &kind.entry),
            Self::Services => entry(SERVICES, id),
            Self::PreApprovals => entry(PRE_APPROVALS, id),
            Self::Languages => entry(LANGUAGES, id),
            Self::AccessMethods => entry(ACCESS_METHODS, id),
            Self::Purposes => PURPOSES.iter().map(|purpose| &purpose.entry).find(|purpose| purpose.id == id),
        }
    }

    /// The fields of a form whose values are its numbers.
    pub fn fields(self) -> impl Iterator<Item = &'static Field> {
        FIELDS.iter().filter(move |field| field.holds.table() == Some(self))
    }
}
