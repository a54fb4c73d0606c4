//! A form by its paths: what stands at one as text, and what was typed put there. So pages need not know the shape of the form.

use filing::orders::{Field, Form, Holds};
use serde_json::{Map, Value};

/// A form as a tree.
#[derive(Clone, Debug)]
pub(super) struct Tree(Value);

/// One step of a path.
enum Step<'p> {
    Name(&'p str),
    Nth(usize),
}

fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split(['.', '[']).filter(|step| !step.is_empty()).map(|step| {
        step.strip_suffix(']').and_then(|nth| nth.parse().ok()).map_or(Step::Name(step), Step::Nth)
    })
}

impl Tree {
    /// The tree of that form.
    pub(super) fn of(form: &Form) -> Self {
        // Nothing of a form can fail to be written.
        Self(serde_json::to_value(form).unwrap_or_default())
    }

    /// The form; `None` where something was put that it cannot have.
    pub(super) fn form(self) -> Option<Form> {
        serde_json::from_value(self.0).ok()
    }

    fn at(&self, path: &str) -> Option<&Value> {
        steps(path).try_fold(&self.0, |at, step| match step {
            Step::Name(name) => at.get(name),
            Step::Nth(nth) => at.get(nth),
        })
    }

    /// Puts `value` at `path`, with all above it that is not there yet.
    fn set(&mut self, path: &str, value: Value) {
        let mut at = Some(&mut self.0);
        for step in steps(path) {
            at = at.and_then(|at| below(at, &step));
        }
        if let Some(at) = at {
            *at = value;
        }
    }

    /// Whether nothing is filled in at `path`.
    pub(super) fn is_empty(&self, path: &str) -> bool {
        self.at(path).is_none_or(|value| match value {
            Value::Array(items) => items.is_empty(),
            value => value.is_null(),
        })
    }

    /// What stands at `path`, as a field shows it: the items of a list a line each.
    pub(super) fn text(&self, path: &str) -> String {
        let one = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        match self.at(path) {
            Some(Value::Array(items)) => items.iter().map(one).collect::<Vec<_>>().join("\n"),
            Some(value) => one(value),
            None => String::new(),
        }
    }

    /// Puts what was typed for a field at `path`.
    pub(super) fn put<'t>(&mut self, path: &str, field: &Field, mut typed: impl Iterator<Item = &'t str>) {
        let value = match field.holds {
            Holds::Texts => {
                let split = |c: char| c.is_whitespace() || [',', '，', '、', ';', '；'].contains(&c);
                let texts = typed.flat_map(|text| text.split(split)).filter(|text| !text.is_empty());
                texts.map(Value::from).collect()
            }
            Holds::Services | Holds::Languages | Holds::AccessMethods => {
                typed.filter_map(|text| text.parse::<u16>().ok()).map(Value::from).collect()
            }
            Holds::Nature | Holds::Certificate | Holds::PreApproval | Holds::Purpose | Holds::Website => {
                typed.next().and_then(|text| text.parse::<u16>().ok()).map_or(Value::Null, Value::from)
            }
            Holds::Text | Holds::Region | Holds::Verification | Holds::Picture => {
                typed.next().filter(|text| !text.is_empty()).map_or(Value::Null, Value::from)
            }
            Holds::Group | Holds::Groups => return,
        };
        self.set(path, value);
    }

    /// Puts rows of several fields at `path`, those that are blank left out.
    pub(super) fn put_rows(&mut self, path: &str, rows: Vec<Map<String, Value>>) {
        let filled = rows.into_iter().filter(|row| row.values().any(|value| !value.is_null()));
        self.set(path, filled.map(Value::Object).collect());
    }

    /// Puts what stands at `from` at `to` as well.
    pub(super) fn copy(&mut self, from: &str, to: &str) {
        if let Some(value) = self.at(from).cloned() {
            self.set(to, value);
        }
    }

    /// How many items the list at `path` has.
    pub(super) fn len(&self, path: &str) -> usize {
        self.at(path).and_then(Value::as_array).map_or(0, Vec::len)
    }
}

/// What is one step below, made where it is not there yet.
fn below<'v>(at: &'v mut Value, step: &Step<'_>) -> Option<&'v mut Value> {
    match step {
        Step::Name(name) => {
            if !at.is_object() {
                *at = Value::Object(Map::new());
            }
            Some(at.as_object_mut()?.entry(*name).or_insert(Value::Null))
        }
        Step::Nth(nth) => {
            if !at.is_array() {
                *at = Value::Array(Vec::new());
            }
            let items = at.as_array_mut()?;
            if items.len() <= *nth {
                items.resize_with(nth.saturating_add(1), || Value::Object(Map::new()));
            }
            items.get_mut(*nth)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use filing::orders::{FIELDS, field};

    fn put(tree: &mut Tree, path: &str, typed: &[&str]) {
        tree.put(path, field(path).unwrap().field, typed.iter().copied());
    }

    #[test]
    fn what_is_put_is_read_again_and_makes_a_form() {
        let mut tree = Tree::of(&Form::default());
        put(&mut tree, "subject.person.name", &["林晓"]);
        put(&mut tree, "subject.nature", &["5"]);
        put(&mut tree, "websites[1].domains", &["lin.example，www.lin.example"]);
        put(&mut tree, "websites[1].services", &["1", "4", "x"]);
        put(&mut tree, "websites[0].home_page", &[""]);
        let form = tree.clone().form().unwrap();
        assert_eq!(form.subject.as_ref().unwrap().person.name.as_deref(), Some("林晓"));
        assert_eq!(form.subject.unwrap().nature, Some(5));
        assert_eq!(form.websites.len(), 2);
        assert_eq!(form.websites[1].domains, ["lin.example", "www.lin.example"]);
        assert_eq!(form.websites[1].services, [1, 4]);
        assert_eq!(form.websites[0], filing::orders::Website::default());
        assert_eq!(tree.text("websites[1].domains"), "lin.example\nwww.lin.example");
        assert_eq!((tree.text("subject.nature"), tree.text("subject.name")), ("5".to_owned(), String::new()));
        assert!(tree.is_empty("websites[0].home_page") && !tree.is_empty("subject.nature"));
    }

    #[test]
    fn whatever_is_typed_in_whatever_field_makes_a_form() {
        for field in FIELDS {
            for typed in [&[][..], &[""], &["x", "70000", "-1"], &["<b>", "7"]] {
                let mut tree = Tree::of(&Form::default());
                tree.put(&field.pattern.replace("[]", "[0]"), field, typed.iter().copied());
                assert!(tree.form().is_some(), "{} {typed:?}", field.pattern);
            }
        }
    }
}
