//! Fields of a task: made of the table of fields and of what is filled in, with what is wrong at each.

use super::{region, task::Task, tree::Tree, words};
use crate::{
    api::orders::shapes::FaultBody,
    console::{
        field::{Faults, Field, Kind, sentences},
        filled::Filled,
    },
};
use filing::{
    orders::{Holds, Kind as OrderKind, Remark},
    tables::{CERTIFICATES, CertificateKind, NATURES},
};
use rulebook::Lang;
use serde_json::{Map, Value};

/// One field of the form, as a page asks for it.
pub(super) struct Slot {
    path: String,
    label: String,
    hint: &'static str,
    known_as: &'static str,
    holds: Holds,
    /// What can be chosen: what is sent, how it is called.
    choices: Vec<(String, String)>,
    /// What is chosen or typed now.
    value: String,
    /// Whether it was not given back with the order.
    locked: bool,
}

/// More rows of prior approvals than are filled in, so that another can be added.
const MORE_ROWS: usize = 1;

impl Slot {
    /// The fields of a task, with what is filled in.
    pub(super) fn all(
        task: Task,
        kind: OrderKind,
        tree: &Tree,
        opened: Option<&[String]>,
        lang: Lang,
    ) -> Vec<Self> {
        let mut slots = Vec::new();
        for (path, field) in task.paths(kind) {
            if field.holds == Holds::Groups {
                let rows = tree.len(&path).saturating_add(MORE_ROWS);
                for nth in 0..rows {
                    for below in ["kind", "number"] {
                        slots.extend(Self::of(format!("{path}[{nth}].{below}"), tree, opened, lang));
                    }
                }
            } else {
                slots.extend(Self::of(path, tree, opened, lang));
            }
        }
        slots
    }

    fn of(path: String, tree: &Tree, opened: Option<&[String]>, lang: Lang) -> Option<Self> {
        let field = filing::orders::field(&path)?.field;
        let named = |entry: &filing::tables::Entry| (entry.id.to_string(), entry.label(lang).to_owned());
        let mut choices: Vec<_> = field
            .holds
            .table()
            .into_iter()
            .flat_map(|table| table.entries().into_iter().map(named))
            .collect();
        if field.holds == Holds::Certificate {
            choices = certificates(&path, tree, lang);
        }
        if !field.is_list() && !choices.is_empty() {
            choices.insert(0, (String::new(), words::choose(lang).to_owned()));
        }
        let value = tree.text(&path);
        let value = if field.holds == Holds::Region { region::shown(&value) } else { value };
        Some(Self {
            label: words::label(&path, field, lang),
            hint: words::hint(field.pattern, lang),
            known_as: words::known_as(field.pattern),
            holds: field.holds,
            choices,
            value,
            locked: opened.is_some_and(|opened| !opened.iter().any(|open| is_at_or_below(&path, open))),
            path,
        })
    }

    /// As the page has it.
    pub(super) fn field<'s>(&'s self, faults: &Faults<'s>, remarks: &[Remark], lang: Lang) -> Field<'s> {
        let kind = match self.holds {
            _ if self.locked => Kind::Fixed,
            Holds::Services | Holds::Languages | Holds::AccessMethods => Kind::Many(&self.choices),
            Holds::Nature | Holds::Certificate | Holds::PreApproval => Kind::OneOf(&self.choices),
            Holds::Texts => Kind::Lines(3),
            _ if self.path.ends_with("remark") || self.path.ends_with("reason") => Kind::Lines(4),
            _ => Kind::Line,
        };
        let value = match kind {
            // What stays as it is is told in words.
            Kind::Fixed => self.in_words(),
            _ => self.value.clone(),
        };
        Field::new(&self.path, &self.label)
            .hinted(self.hint)
            .known_as(self.known_as)
            .of(kind)
            .valued(value)
            .remarked(self.remark(remarks, lang))
            .faulted(faults)
    }

    /// What a reviewer says of it.
    fn remark(&self, remarks: &[Remark], lang: Lang) -> String {
        let own = remarks.iter().filter(|remark| remark.path == self.path);
        let says: Vec<_> = own
            .map(|remark| words::remark(&sentences(&[&remark.problem, &remark.suggestion]), lang))
            .collect();
        says.join(" ")
    }

    fn in_words(&self) -> String {
        if self.choices.is_empty() {
            return self.value.clone();
        }
        let chosen = self.choices.iter().filter(|(sent, _)| self.value.lines().any(|line| line == sent));
        chosen.map(|(_, called)| called.as_str()).collect::<Vec<_>>().join("、")
    }
}

/// The kinds of certificates that can be chosen: of somebody in charge those that a person has; of a subject all, those of the nature that it
/// has first. Many are called alike, so that each is told with whose it is.
fn certificates(path: &str, tree: &Tree, lang: Lang) -> Vec<(String, String)> {
    let is_person = path.contains(".person.");
    let nature = tree.text("subject.nature");
    let mut kinds: Vec<_> = CERTIFICATES.iter().filter(|kind| kind.personal || !is_person).collect();
    kinds.sort_by_key(|kind| kind.nature.to_string() != nature);
    let called = |kind: &CertificateKind| {
        let name = kind.entry.label(lang);
        let of = NATURES.iter().find(|of| of.id == kind.nature).filter(|_| !is_person);
        match of {
            Some(of) => words::certificate(of.label(lang), name, lang),
            None => name.to_owned(),
        }
    };
    kinds.into_iter().map(|kind| (kind.entry.id.to_string(), called(kind))).collect()
}

/// Whether `path` is `open`, or below it.
fn is_at_or_below(path: &str, open: &str) -> bool {
    path.strip_prefix(open).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Puts what was typed for a task into the form; tells what cannot be put as it was typed.
pub(super) fn put(
    task: Task,
    kind: OrderKind,
    tree: &mut Tree,
    filled: &Filled,
    opened: Option<&[String]>,
    lang: Lang,
) -> Vec<(String, String)> {
    let mut told = Vec::new();
    for (path, field) in task.paths(kind) {
        let is_open = opened.is_none_or(|opened| {
            opened.iter().any(|open| is_at_or_below(&path, open) || is_at_or_below(open, &path))
        });
        match field.holds {
            _ if !is_open => {}
            Holds::Groups => tree.put_rows(&path, rows(&path, filled)),
            Holds::Region => {
                let typed = filled.text(&path);
                let digits = match region::find(typed) {
                    region::Found::One(digits) => digits,
                    region::Found::Several(names) => {
                        told.push((path.clone(), words::several_regions(&names, lang)));
                        typed.to_owned()
                    }
                    region::Found::None => {
                        if !typed.is_empty() {
                            told.push((path.clone(), words::no_region(lang).to_owned()));
                        }
                        typed.to_owned()
                    }
                };
                tree.put(&path, field, std::iter::once(&*digits));
            }
            _ => tree.put(&path, field, filled.all(&path)),
        }
    }
    told
}

/// Prior approvals as they were typed.
fn rows(path: &str, filled: &Filled) -> Vec<Map<String, Value>> {
    let row = |nth: usize| {
        let [kind, number] = ["kind", "number"].map(|below| format!("{path}[{nth}].{below}"));
        let is_there = filled.fields().any(|(name, _)| *name == kind || *name == number);
        is_there.then(|| {
            let number = Some(filled.text(&number)).filter(|text| !text.is_empty());
            let kind = filled.text(&kind).parse::<u16>().ok();
            Map::from_iter([
                ("kind".to_owned(), kind.map_or(Value::Null, Value::from)),
                ("number".to_owned(), number.map_or(Value::Null, Value::from)),
            ])
        })
    };
    (0..).map_while(row).collect()
}

/// What is wrong with a task, at the fields where it is mended.
pub(super) fn faults<'s>(
    slots: &'s [Slot],
    task: Task,
    kind: OrderKind,
    found: &[FaultBody],
    told: &[(String, String)],
) -> Faults<'s> {
    let slot_of = |path: &str| -> &'s str {
        let at = slots.iter().find(|slot| is_at_or_below(path, &slot.path));
        let at = at.or_else(|| slots.iter().find(|slot| is_at_or_below(&slot.path, path)));
        at.map(|slot| slot.path.as_str()).unwrap_or_default()
    };
    let mut all: Vec<(&str, String)> =
        told.iter().map(|(path, text)| (slot_of(path), text.clone())).collect();
    for fault in found.iter().filter(|fault| fault.stops() && task.holds(&fault.path, kind)) {
        // What is wrong with how a region is written is told already, and better.
        if !told.iter().any(|(path, _)| *path == fault.path) {
            all.push((slot_of(&fault.path), sentences(&[&fault.message, &fault.suggestion])));
        }
    }
    // In the order of the fields; what is about none of them comes first.
    all.sort_by_key(|(at, _)| slots.iter().position(|slot| slot.path == *at));
    all.into_iter().fold(Faults::NONE, |faults, (at, text)| faults.and(at, text))
}

/// What is warned of, as sentences.
pub(super) fn warnings(task: Task, kind: OrderKind, found: &[FaultBody]) -> Vec<String> {
    let of_task = found.iter().filter(|fault| !fault.stops() && task.holds(&fault.path, kind));
    of_task.map(|fault| sentences(&[&fault.message, &fault.suggestion])).collect()
}
