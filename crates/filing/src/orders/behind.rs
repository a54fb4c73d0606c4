//! What stands behind the ids in a form, so that people read a product and a picture where a program reads an id.

use jiff::civil::Date;
use rulebook::{Lang, Text};
use std::collections::HashMap;

/// Something that a form names by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A product that was verified.
    Product {
        /// What it is called; `None` where no edition has it.
        name: Option<Text>,
        /// The instance, as its seller names it.
        instance: String,
        /// The day in Shanghai on which it was verified.
        day: Date,
    },
    /// A picture, as reviewers see it.
    Picture {
        /// In pixels.
        width: i64,
        /// In pixels.
        height: i64,
        /// How large its file is.
        bytes: i64,
    },
}

/// The things that are known, by their ids as they are filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behind(HashMap<String, Thing>);

impl Behind {
    /// Adds what has that id.
    pub fn add(&mut self, id: String, thing: Thing) {
        self.0.insert(id, thing);
    }

    /// The thing with that id in words; the id itself where nothing is known of it.
    pub(super) fn words(&self, id: &str, lang: Lang) -> String {
        let words = |thing: &Thing| match lang {
            Lang::Zh => super::zh::thing(thing),
            Lang::En => super::en::thing(thing),
        };
        self.0.get(id).map_or_else(|| id.to_owned(), words)
    }
}

impl Thing {
    /// The size of a file in KiB, rounded up so that none is empty.
    pub(super) const fn kib(bytes: i64) -> i64 {
        bytes.saturating_add(1023) >> 10
    }
}
