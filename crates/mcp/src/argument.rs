//! The arguments of tools: what each is called and what it may be.

use crate::{
    given::{LONGEST_TEXT, MOST_CODES, MOST_INSTANCES},
    words::{Say, say},
};
use rulebook::{Code, Lang};
use serde_json::{Value, json};

/// Something that a tool is asked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Argument {
    /// What is known of instances.
    Instances,
    /// What is known of one.
    Instance,
    /// The id of an instance that the desk knows.
    InstanceId,
    /// Who asks.
    Account,
    /// As of when.
    At,
    /// By which edition.
    Edition,
    /// The code of a finding.
    Finding,
    /// A product, by its id.
    Product,
    /// What is looked up.
    Query,
    /// The id of an order.
    Order,
    /// Where the next page begins.
    Cursor,
    /// The edition before.
    From,
    /// The edition after.
    To,
    /// How many codes.
    Count,
    /// Only tell what would happen.
    DryRun,
    /// What makes a repeated request one.
    IdempotencyKey,
}

impl Argument {
    /// Its name in the protocol, which never changes.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Instances => "instances",
            Self::Instance => "facts",
            Self::InstanceId => "instance",
            Self::Account => "account",
            Self::At => "at",
            Self::Edition => "edition",
            Self::Finding => "finding",
            Self::Product => "product",
            Self::Query => "query",
            Self::Order => "order",
            Self::Cursor => "cursor",
            Self::From => "from",
            Self::To => "to",
            Self::Count => "count",
            Self::DryRun => "dry_run",
            Self::IdempotencyKey => "idempotency_key",
        }
    }

    /// What it may be, for whoever asks.
    pub(crate) fn schema(self, lang: Lang) -> Value {
        let mut schema = match self {
            Self::Instances => {
                json!({ "type": "array", "minItems": 1, "maxItems": MOST_INSTANCES, "items": facts() })
            }
            Self::Instance => facts(),
            Self::Finding => {
                json!({ "type": "string", "enum": Code::ALL.map(Code::word) })
            }
            Self::Count => json!({ "type": "integer", "minimum": 1, "maximum": MOST_CODES }),
            Self::DryRun => json!({ "type": "boolean" }),
            Self::InstanceId
            | Self::Account
            | Self::At
            | Self::Edition
            | Self::Product
            | Self::Query
            | Self::Order
            | Self::Cursor
            | Self::From
            | Self::To
            | Self::IdempotencyKey => {
                json!({ "type": "string", "minLength": 1, "maxLength": LONGEST_TEXT })
            }
        };
        if let Some(members) = schema.as_object_mut() {
            members.insert("description".to_owned(), json!(say(&Say::Argument(self), lang)));
        }
        schema
    }
}

/// The facts of an instance, as the API takes them: everything but id and product may be missing, and is then unknown.
fn facts() -> Value {
    json!({
        "type": "object",
        "properties": {
            "id": { "type": "string" },
            "product": { "type": "string" },
            "account": { "type": "string" },
            "region": { "type": "string" },
            "billing": { "type": "string", "enum": ["subscription", "pay-as-you-go"] },
            "public_bandwidth_mbps": { "type": "integer", "minimum": 0 },
            "public_ips": { "type": "array", "items": { "type": "string" } },
            "purchased_at": { "type": "string", "format": "date-time" },
            "expires_at": { "type": "string", "format": "date-time" },
            "first_purchase_months": { "type": "integer", "minimum": 0 },
            "first_order_amount": { "type": "string" },
            "codes_issued": { "type": "integer", "minimum": 0 },
        },
        "required": ["id", "product"],
    })
}
