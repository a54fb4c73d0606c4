//! The arguments as they were given, read one by one. What is none is told with what it should be, so that it can be asked again.

use crate::{argument::Argument, tool::Tool};
use rmcp::model::JsonObject;
use serde_json::Value;

/// Characters of a text at most: longer than any id, code, account, domain or cursor that the desk gives.
pub(crate) const LONGEST_TEXT: usize = 500;
/// Instances in one call at most: their decisions are as much as is read at once; whoever has more asks again.
pub(crate) const MOST_INSTANCES: usize = 200;
/// Codes in one call at most: no edition gives as many.
pub(crate) const MOST_CODES: u64 = 1000;

/// Why the arguments of a call are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The tool takes no such argument.
    Unknown { tool: Tool, name: String },
    /// It must be given.
    Missing(Argument),
    /// It is of another kind, or out of its bounds.
    Wrong(Argument),
    /// It is the code of no finding.
    NoFinding { found: String },
}

/// What a tool was asked with.
#[derive(Debug)]
pub(crate) struct Given(JsonObject);

impl Given {
    /// The arguments, if the tool takes all of them and has those that it needs. Null is as good as nothing.
    pub(crate) fn new(tool: Tool, arguments: Option<JsonObject>) -> Result<Self, Fault> {
        let (required, optional) = tool.arguments();
        let given: JsonObject =
            arguments.unwrap_or_default().into_iter().filter(|(_, value)| !value.is_null()).collect();
        let taken = |name: &str| required.iter().chain(optional).any(|argument| argument.name() == name);
        if let Some(name) = given.keys().find(|name| !taken(name)) {
            return Err(Fault::Unknown { tool, name: name.clone() });
        }
        match required.iter().find(|argument| !given.contains_key(argument.name())) {
            Some(missing) => Err(Fault::Missing(*missing)),
            None => Ok(Self(given)),
        }
    }

    fn get(&self, argument: Argument) -> Option<&Value> {
        self.0.get(argument.name())
    }

    /// A text that may be missing.
    pub(crate) fn text(&self, argument: Argument) -> Result<Option<&str>, Fault> {
        let Some(value) = self.get(argument) else { return Ok(None) };
        let text = value.as_str().map(str::trim).filter(|text| !text.is_empty());
        match text.filter(|text| text.chars().count() <= LONGEST_TEXT) {
            Some(text) => Ok(Some(text)),
            None => Err(Fault::Wrong(argument)),
        }
    }

    /// A text that must be there.
    pub(crate) fn needed(&self, argument: Argument) -> Result<&str, Fault> {
        self.text(argument)?.ok_or(Fault::Missing(argument))
    }

    /// A step of a path: an id, which leads nowhere else.
    pub(crate) fn step(&self, argument: Argument) -> Result<Option<&str>, Fault> {
        match self.text(argument)? {
            Some("." | "..") => Err(Fault::Wrong(argument)),
            text => Ok(text),
        }
    }

    /// What makes a repeated request one: it goes into a header.
    pub(crate) fn idempotency_key(&self) -> Result<&str, Fault> {
        let key = self.needed(Argument::IdempotencyKey)?;
        let visible = key.bytes().all(|byte| byte.is_ascii_graphic());
        if visible { Ok(key) } else { Err(Fault::Wrong(Argument::IdempotencyKey)) }
    }

    /// Whether only what would happen is asked for.
    pub(crate) fn dry_run(&self) -> Result<bool, Fault> {
        match self.get(Argument::DryRun) {
            None => Ok(false),
            Some(value) => value.as_bool().ok_or(Fault::Wrong(Argument::DryRun)),
        }
    }

    /// How many codes: one where nothing is said.
    pub(crate) fn count(&self) -> Result<u64, Fault> {
        match self.get(Argument::Count) {
            None => Ok(1),
            Some(value) => {
                let count = value.as_u64().filter(|count| (1..=MOST_CODES).contains(count));
                count.ok_or(Fault::Wrong(Argument::Count))
            }
        }
    }

    /// What is known of instances; the desk reads each of them.
    pub(crate) fn instances(&self) -> Result<&[Value], Fault> {
        let list = self.get(Argument::Instances).and_then(Value::as_array);
        let list = list.filter(|list| (1..=MOST_INSTANCES).contains(&list.len()));
        let list = list.filter(|list| list.iter().all(Value::is_object));
        list.map(Vec::as_slice).ok_or(Fault::Wrong(Argument::Instances))
    }

    /// What is known of one instance, where it is given.
    pub(crate) fn instance(&self) -> Result<Option<&Value>, Fault> {
        match self.get(Argument::Instance) {
            None => Ok(None),
            Some(value) if value.is_object() => Ok(Some(value)),
            Some(_) => Err(Fault::Wrong(Argument::Instance)),
        }
    }

    /// The arguments of that list that are given, as a query of the API, which calls them the same.
    pub(crate) fn query<'g>(&'g self, of: &[Argument]) -> Result<Vec<(&'static str, &'g str)>, Fault> {
        let mut query = Vec::new();
        for argument in of {
            query.extend(self.text(*argument)?.map(|text| (argument.name(), text)));
        }
        Ok(query)
    }
}
