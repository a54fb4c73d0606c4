//! What is filled in as people read it, so that whoever judges an order needs no table beside it.

use super::{Behind, Form, Value, fields};
use rulebook::Lang;

/// Something that is filled in, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InWords {
    /// Where.
    pub path: String,
    /// What the place is called: `第 1 个网站的服务内容`.
    pub label: String,
    /// What stands there: numbers of tables by their names, a region from the province down, the product and the picture behind an id,
    /// anything else as it is.
    pub words: String,
}

impl Form {
    /// Everything that is filled in, in words and in the order of the form. How many websites, approvals and pictures there are is
    /// seen from what stands in them.
    pub fn in_words(&self, behind: &Behind, lang: Lang) -> Vec<InWords> {
        let filled = self.values().into_iter().filter(|(_, value)| !matches!(value, Value::Count(_)));
        let told = filled.filter_map(|(path, value)| {
            let place = fields::field(&path)?;
            let words = value.words(place.field.holds, behind, lang)?;
            Some(InWords { label: place.label(lang), path, words })
        });
        told.collect()
    }
}
