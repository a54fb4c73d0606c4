//! How personal data is shown to whoever may not see it: enough to recognise what one knows already, too little to learn it.

use super::{Form, Value, fields, values::Slot};
use crate::tables::{INDIVIDUAL, regions};

/// How a kind of value is masked. Any text can be; the shorter it is the less is shown, and never the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mask {
    /// `张*`
    Name,
    /// The number of a certificate: `110*************2X`
    Number,
    /// `138****5678`
    Phone,
    /// `a***@b.com`
    Email,
    /// `浙江省杭州市西湖区***`: the county, which is shown beside it anyway, and nothing below
    Address,
    /// Words that may hold anything: `***`
    Words,
}

/// What stands for words of which nothing is shown, so that not even their length is.
const HIDDEN: &str = "***";

impl Mask {
    /// The value masked. Nothing stays nothing.
    pub fn of(self, value: &str) -> String {
        let chars: Vec<char> = value.chars().collect();
        match (self, chars.len()) {
            (_, 0) => String::new(),
            (Self::Name, 2..) => ends(&chars, 1, "*", 0),
            (Self::Name, _) => "*".to_owned(),
            (Self::Number, len @ 9..) => ends(&chars, 3, &"*".repeat(len - 5), 2),
            (Self::Number, 6..) => ends(&chars, 1, HIDDEN, 0),
            (Self::Phone, len @ 11..) => ends(&chars, 3, &"*".repeat(len - 7), 4),
            (Self::Phone, 7..) => ends(&chars, 0, HIDDEN, 2),
            (Self::Email, _) => email(value),
            (Self::Address, _) => format!("{}{HIDDEN}", regions::named_by(value)),
            (Self::Number | Self::Phone | Self::Words, _) => HIDDEN.to_owned(),
        }
    }
}

/// The first and the last of `chars`, as many as are told, around what stands for the others.
fn ends(chars: &[char], first: usize, between: &str, last: usize) -> String {
    let start = chars.iter().take(first).collect::<String>();
    let end = chars.iter().skip(chars.len().saturating_sub(last)).collect::<String>();
    format!("{start}{between}{end}")
}

/// A mailbox by its first letter, unless that is all of it; its host, which many share.
fn email(value: &str) -> String {
    match value.rsplit_once('@') {
        Some((mailbox, host)) if !mailbox.is_empty() => {
            let first = mailbox.chars().next().filter(|_| mailbox.chars().nth(1).is_some());
            format!("{}{HIDDEN}@{host}", first.map_or_else(String::new, String::from))
        }
        _ => HIDDEN.to_owned(),
    }
}

impl Form {
    /// The form as it is shown to whoever may not see personal data.
    #[must_use]
    pub fn masked(&self) -> Self {
        let mut form = self.clone();
        let individual = self.is_of_individual();
        form.walk(&mut |path, slot| {
            let mask = fields::field(path).and_then(|place| place.field.mask(individual));
            if let (Some(mask), Slot::Text(Some(text))) = (mask, slot) {
                *text = mask.of(text);
            }
        });
        form
    }

    /// Whether what the subject has on its certificate is personal data. It is taken to be as long as nobody said what the subject is.
    pub(super) fn is_of_individual(&self) -> bool {
        let nature = self.subject.as_ref().and_then(|subject| subject.nature);
        nature.is_none_or(|nature| nature == INDIVIDUAL)
    }
}

impl Value {
    /// The value masked.
    pub(super) fn masked(self, mask: Mask) -> Self {
        match self {
            Self::Text(text) => Self::Text(mask.of(&text)),
            Self::Nothing | Self::Texts(_) | Self::Number(_) | Self::Numbers(_) | Self::Count(_) => self,
        }
    }
}
