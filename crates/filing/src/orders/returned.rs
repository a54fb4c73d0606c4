//! What may be changed in an order that was given back: what was remarked on and nothing else, so that a reviewer looks at the rest
//! only once.

use super::{Change, Form, Remark, Value, difference};
use crate::tables::is_proof;

/// The paths that are open for changes, with all that is below them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened(Vec<String>);

impl Opened {
    /// What the remarks of a reviewer open.
    pub fn by_remarks(remarks: &[Remark]) -> Self {
        Self(remarks.iter().map(|remark| remark.path.clone()).collect())
    }

    /// What a missed text message opens: the phones that it may not have reached. Nothing needs to be changed.
    pub fn by_missed_sms(form: &Form) -> Self {
        let paths = form.values().into_iter().map(|(path, _)| path);
        Self(paths.filter(|path| path.ends_with(".person.mobile")).collect())
    }

    /// The same with other paths, which became wrong without anybody's remark.
    #[must_use]
    pub fn and(mut self, paths: Vec<String>) -> Self {
        self.0.extend(paths);
        self
    }

    /// The paths.
    pub fn paths(&self) -> &[String] {
        &self.0
    }

    /// Whether what stands at `path` may be changed.
    pub fn is_open(&self, path: &str) -> bool {
        self.0.iter().any(|open| is_at_or_below(path, open))
    }

    /// The paths of what was changed from `before` to `after` and is not open; none when the change is allowed.
    ///
    /// Adding or taking away a website, a picture, an approval or a domain changes their list: that must be open itself, so that
    /// nobody mends the first website by putting it behind a new one.
    ///
    /// Proof for the reviewer can always be added, and what was added last be taken away again: a remark asks for it on the field that
    /// it proves.
    pub fn locked(&self, before: &Form, after: &Form) -> Vec<String> {
        let common = before.materials.len().min(after.materials.len());
        let changes = difference(&without_new_proof(before, common), &without_new_proof(after, common));
        let paths = changes.iter().filter(|change| !is_told_by_its_list(change, &changes)).flat_map(
            |change| match (&change.before, &change.after) {
                // The order of numbers means nothing, so that a remark on one of them opens them all.
                (Value::Numbers(_), _) | (_, Value::Numbers(_)) if self.opens_some_of(&change.path) => {
                    Vec::new()
                }
                (Value::Texts(before), Value::Texts(after)) if before.len() == after.len() => {
                    let items =
                        before.iter().zip(after).enumerate().filter(|(_, (before, after))| before != after);
                    items.map(|(nth, _)| format!("{}[{nth}]", change.path)).collect()
                }
                _ => vec![change.path.clone()],
            },
        );
        paths.filter(|path| !self.is_open(path)).collect()
    }

    /// The open paths at which nothing changed from `before` to `after`: whoever hands in again may have overlooked them.
    pub fn untouched(&self, before: &Form, after: &Form) -> Vec<String> {
        let changes = difference(before, after);
        let touched = |open: &str| {
            changes
                .iter()
                .any(|change| is_at_or_below(&change.path, open) || is_at_or_below(open, &change.path))
        };
        self.0.iter().filter(|open| !touched(open)).cloned().collect()
    }

    fn opens_some_of(&self, list: &str) -> bool {
        self.0.iter().any(|open| is_at_or_below(open, list))
    }
}

/// The form without the pictures behind the first so many, where all of those are proof for the reviewer.
fn without_new_proof(form: &Form, common: usize) -> Form {
    let mut form = form.clone();
    let new = form.materials.get(common..).unwrap_or_default();
    if new.iter().all(|material| material.purpose.is_some_and(is_proof)) {
        form.materials.truncate(common);
    }
    form
}

/// Whether the change is in a group that came or went, of which its list tells.
fn is_told_by_its_list(change: &Change, changes: &[Change]) -> bool {
    changes.iter().any(|list| {
        let (Some(before), Some(after)) = (count(&list.before), count(&list.after)) else { return false };
        let rest = change.path.strip_prefix(list.path.as_str()).and_then(|rest| rest.strip_prefix('['));
        let nth = rest.and_then(|rest| rest.split_once(']')?.0.parse::<usize>().ok());
        nth.is_some_and(|nth| nth >= before.min(after))
    })
}

const fn count(value: &Value) -> Option<usize> {
    match value {
        Value::Nothing => Some(0),
        Value::Count(count) => Some(*count),
        Value::Text(_) | Value::Texts(_) | Value::Number(_) | Value::Numbers(_) => None,
    }
}

fn is_at_or_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
