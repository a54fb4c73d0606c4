//! What changed between two editions of a rulebook.

use crate::{
    edition::{CodeUse, Condition, Edition, OnAbandon, RestoreOnCancel, Row, Stated},
    text::Lang,
};

/// One change from an earlier edition to a later one.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference<'e> {
    /// A product may back a filing that could not.
    Added(&'e Row),
    /// A product may no longer back one.
    Removed(&'e Row),
    /// A condition of a product came, went, or has another figure.
    Condition {
        /// What the later edition says of the product.
        row: &'e Row,
        /// What it asked before.
        before: Option<&'e Stated<Condition>>,
        /// What it asks now.
        after: Option<&'e Stated<Condition>>,
    },
    /// Name, aliases, verification, where codes come from or where to go: what is not a figure.
    Handling {
        /// What the earlier edition says of the product.
        before: &'e Row,
        /// What the later one says.
        after: &'e Row,
        /// What of it.
        what: Handling,
    },
    /// A policy that holds for every product.
    Policy(PolicyChange),
}

/// What changed of a policy, from and to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyChange {
    /// What a cancelled website gives back.
    RestoreOnCancel(RestoreOnCancel, RestoreOnCancel),
    /// What becomes of the code of an abandoned order.
    OnAbandon(OnAbandon, OnAbandon),
    /// Who may use a code.
    CodeUse(CodeUse, CodeUse),
}

/// What changed of how a product is handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handling {
    /// [`Row::name`].
    Name,
    /// [`Row::aliases`].
    Aliases,
    /// [`Row::verified_by`].
    VerifiedBy,
    /// [`Row::code_made`].
    CodeMade,
    /// [`Row::place`].
    Place,
    /// [`Row::credentials_from`].
    CredentialsFrom,
}

impl<'e> Difference<'e> {
    /// The documents that state it; none where only the later edition as a whole does.
    pub fn sources(&self) -> Vec<&'e str> {
        match *self {
            Self::Added(row) => row.sources(),
            Self::Condition { after: Some(after), .. } if !after.source.is_empty() => {
                after.source.iter().map(String::as_str).collect()
            }
            Self::Condition { row, .. } | Self::Handling { after: row, .. } => {
                row.source.iter().map(String::as_str).collect()
            }
            Self::Removed(_) | Self::Policy(_) => Vec::new(),
        }
    }

    /// The change in words.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => crate::zh_page::difference(self),
            Lang::En => crate::en_page::difference(self),
        }
    }
}

/// What changed from `before` to `after`: policies first, then product by product in the order of `after`.
/// Where a rule is stated is not compared, only the rule.
pub fn diff<'e>(before: &'e Edition, after: &'e Edition) -> Vec<Difference<'e>> {
    let mut found = policies(before, after);
    for row in after.rows() {
        match before.row(&row.product) {
            None => found.push(Difference::Added(row)),
            Some(old) => of_row(old, row, &mut found),
        }
    }
    let gone = before.rows().iter().filter(|row| after.row(&row.product).is_none());
    found.extend(gone.map(Difference::Removed));
    found
}

fn policies<'e>(before: &Edition, after: &Edition) -> Vec<Difference<'e>> {
    let (old, new) = (&before.policy, &after.policy);
    let mut found = Vec::new();
    let mut note = |changed: bool, change| found.extend(changed.then_some(Difference::Policy(change)));
    let (from, to) = (old.restore_on_cancel.value, new.restore_on_cancel.value);
    note(from != to, PolicyChange::RestoreOnCancel(from, to));
    let (from, to) = (old.on_abandon.value, new.on_abandon.value);
    note(from != to, PolicyChange::OnAbandon(from, to));
    let (from, to) = (old.code_use.value, new.code_use.value);
    note(from != to, PolicyChange::CodeUse(from, to));
    found
}

fn of_row<'e>(old: &'e Row, new: &'e Row, found: &mut Vec<Difference<'e>>) {
    let value = |stated: Option<&Stated<Condition>>| stated.map(|stated| stated.value);
    for stated in &new.conditions {
        let before = old.condition(stated.value.code());
        if value(before) != Some(stated.value) {
            found.push(Difference::Condition { row: new, before, after: Some(stated) });
        }
    }
    for stated in &old.conditions {
        if new.condition(stated.value.code()).is_none() {
            found.push(Difference::Condition { row: new, before: Some(stated), after: None });
        }
    }
    let text = |stated: &Option<Stated<crate::Text>>| stated.as_ref().map(|stated| stated.value.clone());
    let handled = [
        (Handling::Name, old.name != new.name),
        (Handling::Aliases, old.aliases != new.aliases),
        (Handling::VerifiedBy, old.verified_by.value != new.verified_by.value),
        (Handling::CodeMade, old.code_made.value != new.code_made.value),
        (Handling::Place, text(&old.place) != text(&new.place)),
        (Handling::CredentialsFrom, text(&old.credentials_from) != text(&new.credentials_from)),
    ];
    let changed = handled.into_iter().filter(|(_, changed)| *changed);
    found.extend(changed.map(|(what, _)| Difference::Handling { before: old, after: new, what }));
}
