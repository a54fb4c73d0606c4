//! What was filled in for an order, field by field: what stood there before, what the checks say of it, and what a reviewer says.

use super::{
    marks::{Mark, choices},
    words::{self, Words},
};
use crate::{api::orders::shapes::FaultBody, console::filled::Filled};
use app::orders::review::{Looked, SaidOf};
use filing::orders::{Behind, FIELDS, Form, Holds, Kind, Owner, Part, field, field_in};
use rulebook::Lang;

/// All of it.
pub(super) struct Sheet {
    pub(super) sections: Vec<Section>,
}

/// What belongs together.
pub(super) struct Section {
    pub(super) heading: String,
    pub(super) rows: Vec<Row>,
    /// What is not filled in, and the section as a whole.
    pub(super) others: Vec<Row>,
    /// Whether something is said of those.
    pub(super) is_open: bool,
}

/// A field.
pub(super) struct Row {
    pub(super) path: String,
    pub(super) name: String,
    pub(super) words: String,
    /// What stood there when it was last given back.
    pub(super) was: Option<String>,
    /// What is filed.
    pub(super) filed: Option<String>,
    /// What the checks find there, and whether it stops the order.
    pub(super) found: Vec<(String, bool)>,
    /// What was said of it: the words that its owner will read.
    pub(super) said: Option<String>,
    pub(super) mark: &'static str,
    pub(super) choices: Vec<(&'static str, String)>,
}

/// What a sheet is made of.
pub(super) struct Making<'a> {
    pub(super) kind: Kind,
    pub(super) form: &'a Form,
    pub(super) behind: &'a Behind,
    /// What whoever judges knows beside it.
    pub(super) looked: Option<&'a Looked>,
    pub(super) faults: &'a [FaultBody],
    /// What was chosen and is not kept yet.
    pub(super) typed: Option<&'a Filled>,
    /// Whether fields can be marked.
    pub(super) marks: bool,
    pub(super) w: &'static Words,
    pub(super) lang: Lang,
}

impl Making<'_> {
    /// The sheet.
    pub(super) fn sheet(&self) -> Sheet {
        let values = self.values();
        let heads = self.heads();
        let head_of = |path: &str| {
            let holds = heads.iter().filter(|head| path == **head || is_below(path, head));
            holds.max_by_key(|head| head.len()).cloned()
        };
        let sections = heads.iter().map(|head| {
            let of_head = |path: &str| head_of(path).as_deref() == Some(head);
            let rows: Vec<_> = values.iter().filter(|(path, ..)| of_head(path)).collect();
            let rows: Vec<_> =
                rows.into_iter().map(|(path, name, words)| self.row(path, name, words)).collect();
            let others = self.blank(head).into_iter().filter(|path| {
                of_head(path) && !rows.iter().any(|row| row.path == *path || is_below(&row.path, path))
            });
            let whole = self.row(head, self.w.whole, "");
            let blank = others.map(|path| self.row(&path, &name(&path, self.lang), ""));
            let others: Vec<_> = blank.chain([whole]).filter(|row| self.marks || row.is_changed()).collect();
            let is_open =
                others.iter().any(|row| !row.mark.is_empty() || !row.found.is_empty() || row.is_changed());
            Section { heading: label(head, self.lang), rows, others, is_open }
        });
        Sheet { sections: sections.collect() }
    }

    /// The groups under whose names the form is told.
    fn heads(&self) -> Vec<String> {
        let has = |part| self.kind.needs().has(part);
        let mut heads = Vec::new();
        if has(Part::Target) {
            heads.push("target".to_owned());
        }
        if has(Part::Subject) {
            heads.extend(["subject", "subject.person"].map(str::to_owned));
        }
        for nth in 0..self.form.websites.len() {
            heads.extend([format!("websites[{nth}]"), format!("websites[{nth}].person")]);
        }
        if has(Part::Materials) {
            heads.push("materials".to_owned());
        }
        if has(Part::Cancellation) {
            heads.push("cancellation".to_owned());
        }
        heads
    }

    /// Everything that is filled in: where, what it is called in its section, what stands there. A picture is one of these.
    fn values(&self) -> Vec<(String, String, String)> {
        let mut values: Vec<(String, String, String)> = Vec::new();
        for told in self.form.in_words(self.behind, self.lang) {
            let Some((picture, _)) =
                told.path.strip_prefix("materials[").and_then(|rest| rest.split_once(']'))
            else {
                let name = name(&told.path, self.lang);
                values.push((told.path, name, told.words));
                continue;
            };
            let path = format!("materials[{picture}]");
            match values.last_mut().filter(|(last, ..)| *last == path) {
                Some((.., words)) => words.extend([" · ", &told.words]),
                None => values.push((path.clone(), label(&path, self.lang), told.words)),
            }
        }
        values
    }

    /// Every field below `head` that the form could have.
    fn blank(&self, head: &str) -> Vec<String> {
        let nth = head.strip_prefix("websites[").and_then(|rest| rest.split_once(']')).map(|(nth, _)| nth);
        let plain = FIELDS.iter().filter(|field| !matches!(field.holds, Holds::Group | Holds::Groups));
        let paths = plain.filter_map(|field| {
            let path = match nth {
                Some(nth) => field.pattern.replacen("[]", &format!("[{nth}]"), 1),
                None => field.pattern.to_owned(),
            };
            (!path.contains("[]") && is_below(&path, head)).then_some(path)
        });
        paths.filter(|path| field_in(path, self.kind, self.form).is_some()).collect()
    }

    fn row(&self, path: &str, name: &str, words: &str) -> Row {
        let said = self.said(path);
        let typed = self.typed.filter(|_| self.marks).map(|typed| typed.text(path));
        let mark = typed.and_then(Mark::read).unwrap_or_else(|| Mark::of(said));
        let place = field(path).filter(|_| self.marks);
        let at =
            |fault: &&FaultBody| fault.path == path || (!words.is_empty() && is_below(&fault.path, path));
        let found = self.faults.iter().filter(at).map(|fault| (fault.message.clone(), fault.stops()));
        let mend = said.and_then(|said| said.mend.as_ref());
        Row {
            was: self.change(self.looked.and_then(|looked| Some(&looked.former.as_ref()?.changes)), path),
            filed: self.change(self.looked.and_then(|looked| looked.changes.as_ref()), path),
            found: found.collect(),
            said: mend.map(|mend| format!("{}{}", mend.problem, mend.suggestion)),
            mark: mark.word(),
            choices: place.map_or_else(Vec::new, |place| choices(place.field, self.w, self.lang)),
            path: path.to_owned(),
            name: name.to_owned(),
            words: words.to_owned(),
        }
    }

    /// What was said of a field since the order was submitted.
    fn said(&self, path: &str) -> Option<&SaidOf> {
        self.looked?.said.iter().find(|said| said.path == path)
    }

    /// What stood at a path before, where it is another now.
    fn change(&self, changes: Option<&Vec<filing::orders::Change>>, path: &str) -> Option<String> {
        let change = changes?.iter().find(|change| change.path == path)?;
        Some(change.was(self.behind, self.lang).unwrap_or_else(|| words::nothing(self.lang).to_owned()))
    }
}

impl Row {
    /// Whether that is chosen for it.
    pub(super) fn has(&self, choice: &str) -> bool {
        self.mark == choice
    }

    /// Whether it is another than it was, or than what is filed.
    pub(super) const fn is_changed(&self) -> bool {
        self.was.is_some() || self.filed.is_some()
    }
}

impl Sheet {
    /// Every field that can be marked.
    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sections.iter().flat_map(|section| section.rows.iter().chain(&section.others))
    }
}

/// Whether one path is below another.
fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.starts_with(['.', '[']))
}

fn label(path: &str, lang: Lang) -> String {
    field(path).map_or_else(|| path.to_owned(), |place| place.label(lang))
}

/// What a field is called where its section is known.
fn name(path: &str, lang: Lang) -> String {
    match field(path) {
        Some(place) if place.field.of != Owner::PreApproval && !place.field.label(lang).is_empty() => {
            place.field.label(lang).to_owned()
        }
        _ => label(path, lang),
    }
}
