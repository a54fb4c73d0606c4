//! The bureau's code tables: what kinds of things there are, by number. They are those of interface V3.0 with the rows that providers'
//! forms have had since; a bureau that is connected sends its own.

mod certificates;
mod materials;
mod provinces;
pub mod regions;
mod table;
mod websites;

pub use certificates::{
    CERTIFICATES, CertificateKind, INDIVIDUAL, NATURES, NumberForm, RESIDENT_ID, certificate,
};
pub use materials::{PURPOSES, Purpose, is_proof};
pub use provinces::{PROVINCES, Province};
pub use table::Table;
pub use websites::{ACCESS_METHODS, LANGUAGES, PRE_APPROVALS, SERVICES};

use rulebook::Lang;

/// One row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, which messages to the bureau carry.
    pub id: u16,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// Its name in English.
    pub en: &'static str,
}

impl Entry {
    const fn new(id: u16, zh: &'static str, en: &'static str) -> Self {
        Self { id, zh, en }
    }

    /// As people read it.
    pub const fn label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// The row of that number.
pub fn entry(table: &'static [Entry], id: u16) -> Option<&'static Entry> {
    table.iter().find(|entry| entry.id == id)
}
