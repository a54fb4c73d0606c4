//! What changed between two forms, in words and in the order of the form: what a resubmission mended, what an order for a change
//! changes.

use super::{Behind, Form, Holds, Mask, Place, PreApproval, Value, fields};
use crate::tables::regions;
use rulebook::Lang;
use std::collections::HashMap;

/// One value that changed. Lists of plain items change as a whole; of websites, pictures and approvals first how many there are
/// changes, then what stands in each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub path: String,
    /// What stood there.
    pub before: Value,
    /// What stands there now.
    pub after: Value,
    place: Place,
    mask: Option<Mask>,
}

/// Every change from `before` to `after`; none when nothing changed.
pub fn difference(before: &Form, after: &Form) -> Vec<Change> {
    let individual = before.is_of_individual() || after.is_of_individual();
    let mut had: HashMap<_, _> = before.values().into_iter().collect();
    let mut has: HashMap<_, _> = after.values().into_iter().collect();
    let paths = with_room(before.clone(), after).values().into_iter().map(|(path, _)| path);
    let changes = paths.filter_map(|path| {
        let before = had.remove(&path).unwrap_or_default();
        let after = has.remove(&path).unwrap_or_default();
        let place = fields::field(&path).filter(|_| before != after)?;
        let mask = place.field.mask(individual);
        Some(Change { path, before, after, place, mask })
    });
    changes.collect()
}

/// `form` with a place for everything that `other` has a place for, so that its values name the places of both in one order.
fn with_room(mut form: Form, other: &Form) -> Form {
    form.target = form.target.or_else(|| other.target.clone());
    form.subject = form.subject.or_else(|| other.subject.clone());
    form.cancellation = form.cancellation.or_else(|| other.cancellation.clone());
    form.materials.extend(other.materials.iter().skip(form.materials.len()).cloned());
    form.websites.extend(other.websites.iter().skip(form.websites.len()).cloned());
    for (website, other) in form.websites.iter_mut().zip(&other.websites) {
        let approvals = website.pre_approvals.len().max(other.pre_approvals.len());
        website.pre_approvals.resize(approvals, PreApproval::default());
    }
    form
}

impl Change {
    /// What the place is called: `主体负责人的手机号码`.
    pub fn label(&self, lang: Lang) -> String {
        self.place.label(lang)
    }

    /// What stood there, in words; `None` for nothing.
    pub fn was(&self, behind: &Behind, lang: Lang) -> Option<String> {
        self.before.words(self.place.field.holds, behind, lang)
    }

    /// What stands there now, in words; `None` for nothing.
    pub fn is(&self, behind: &Behind, lang: Lang) -> Option<String> {
        self.after.words(self.place.field.holds, behind, lang)
    }

    /// The change as it is shown to whoever may not see personal data: that there is one is still told.
    #[must_use]
    pub fn masked(self) -> Self {
        match self.mask {
            Some(mask) => Self { before: self.before.masked(mask), after: self.after.masked(mask), ..self },
            None => self,
        }
    }
}

impl Value {
    /// The value as people read it: numbers by what the tables call them, ids by what stands behind them. `None` for nothing.
    pub fn words(&self, holds: Holds, behind: &Behind, lang: Lang) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Text(text) if holds == Holds::Region => Some(region(text)),
            Self::Text(id) if matches!(holds, Holds::Verification | Holds::Picture) => {
                Some(behind.words(id, lang))
            }
            Self::Text(text) => Some(text.clone()),
            Self::Texts(texts) => Some(joined(texts.iter().cloned(), lang)),
            Self::Number(number) => Some(named(*number, holds, lang)),
            Self::Numbers(numbers) => {
                Some(joined(numbers.iter().map(|number| named(*number, holds, lang)), lang))
            }
            Self::Count(count) => Some(count.to_string()),
        }
    }
}

fn joined(words: impl Iterator<Item = String>, lang: Lang) -> String {
    let comma = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    words.collect::<Vec<_>>().join(comma)
}

/// What the table calls that number; the number itself where the table does not have it.
fn named(number: u16, holds: Holds, lang: Lang) -> String {
    if holds == Holds::Website {
        return website(number, lang);
    }
    let entry = holds.table().and_then(|table| table.entry(number));
    entry.map_or_else(|| number.to_string(), |entry| entry.label(lang).to_owned())
}

fn website(number: u16, lang: Lang) -> String {
    let nth = u32::from(number) + 1;
    match lang {
        Lang::Zh => format!("第 {nth} 个网站"),
        Lang::En => format!("website {nth}"),
    }
}

/// A region by its names from the province down, with its digits; the digits alone where nothing is known of them.
fn region(digits: &str) -> String {
    let Some(code) = digits.parse().ok().filter(|_| digits.len() == 6) else { return digits.to_owned() };
    let found = [regions::province(code), regions::city(code), regions::find(code)];
    let mut names: Vec<_> = found.into_iter().flatten().filter(|region| region.is_written()).collect();
    names.dedup();
    if names.is_empty() {
        return digits.to_owned();
    }
    let names: String = names.iter().map(|region| region.name).collect();
    format!("{names} {digits}")
}
