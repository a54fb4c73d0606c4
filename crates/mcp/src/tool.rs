//! The tools: what each is called, what it is asked with, what its key must be allowed to, and whether it changes anything.

use crate::{
    argument::Argument,
    words::{Say, say},
};
use rmcp::model::{JsonObject, ToolAnnotations};
use rulebook::Lang;
use serde_json::{Value, json};
use std::sync::Arc;

/// Something that an assistant can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// May these instances back a filing?
    DecideInventory,
    /// What does a finding mean, and what is to be done?
    ExplainFinding,
    /// Why can a customer not do what he wants to?
    WhyNot,
    /// Where do I file?
    WhereToFile,
    /// Where does an order stand?
    OrderState,
    /// What changed between two editions of the rules?
    RuleDifferences,
    /// Ask for service codes.
    IssueCodes,
    /// Submit an order.
    SubmitOrder,
}

impl Tool {
    /// Every tool, in the order in which they are listed.
    pub const ALL: [Self; 8] = [
        Self::DecideInventory,
        Self::ExplainFinding,
        Self::WhyNot,
        Self::WhereToFile,
        Self::OrderState,
        Self::RuleDifferences,
        Self::IssueCodes,
        Self::SubmitOrder,
    ];

    /// Its name in the protocol, which never changes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DecideInventory => "decide_inventory",
            Self::ExplainFinding => "explain_finding",
            Self::WhyNot => "why_not",
            Self::WhereToFile => "where_to_file",
            Self::OrderState => "order_state",
            Self::RuleDifferences => "rule_differences",
            Self::IssueCodes => "issue_codes",
            Self::SubmitOrder => "submit_order",
        }
    }

    /// The tool of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.name() == name)
    }

    /// The right that its key needs, as `kebei user roles` names it; `None` where anybody may ask.
    pub const fn right(self) -> Option<&'static str> {
        match self {
            Self::DecideInventory | Self::ExplainFinding | Self::WhereToFile | Self::RuleDifferences => None,
            Self::WhyNot => Some("look-up"),
            Self::OrderState | Self::SubmitOrder => Some("own-orders"),
            Self::IssueCodes => Some("own-codes"),
        }
    }

    /// Whether it changes something, where that is allowed.
    pub const fn writes(self) -> bool {
        matches!(self, Self::IssueCodes | Self::SubmitOrder)
    }

    /// What it is asked with, those that must be given first.
    pub(crate) const fn arguments(self) -> (&'static [Argument], &'static [Argument]) {
        match self {
            Self::DecideInventory => {
                (&[Argument::Instances], &[Argument::Account, Argument::At, Argument::Edition])
            }
            Self::ExplainFinding => (
                &[Argument::Finding],
                &[Argument::Product, Argument::Instance, Argument::At, Argument::Edition],
            ),
            Self::WhyNot => (&[Argument::Query], &[Argument::At, Argument::Edition]),
            Self::WhereToFile => (&[], &[Argument::At, Argument::Edition]),
            Self::OrderState => (&[], &[Argument::Order, Argument::Cursor]),
            Self::RuleDifferences => (&[Argument::From, Argument::To], &[]),
            Self::IssueCodes => {
                (&[Argument::InstanceId, Argument::IdempotencyKey], &[Argument::Count, Argument::DryRun])
            }
            Self::SubmitOrder => (&[Argument::Order, Argument::IdempotencyKey], &[Argument::DryRun]),
        }
    }

    /// As the protocol lists it.
    pub(crate) fn listed(self, lang: Lang, may_write: bool) -> rmcp::model::Tool {
        let title = say(&Say::Title(self), lang);
        // What only tells what it would do changes nothing.
        let changes = self.writes() && may_write;
        let annotations = ToolAnnotations::from_raw(
            Some(title.clone()),
            Some(!changes),
            // An order that is submitted cannot be called back by who submitted it, unless he gives it up.
            Some(changes && matches!(self, Self::SubmitOrder)),
            Some(true),
            Some(false),
        );
        let about = say(&Say::About { tool: self, may_write }, lang);
        rmcp::model::Tool::new(self.name(), about, Arc::new(self.schema(lang)))
            .with_title(title)
            .with_annotations(annotations)
    }

    fn schema(self, lang: Lang) -> JsonObject {
        let (required, optional) = self.arguments();
        let properties: JsonObject = required
            .iter()
            .chain(optional)
            .map(|argument| (argument.name().to_owned(), argument.schema(lang)))
            .collect();
        let required: Vec<Value> = required.iter().map(|argument| json!(argument.name())).collect();
        JsonObject::from_iter([
            ("type".to_owned(), json!("object")),
            ("properties".to_owned(), Value::Object(properties)),
            ("required".to_owned(), Value::Array(required)),
            ("additionalProperties".to_owned(), json!(false)),
        ])
    }
}
