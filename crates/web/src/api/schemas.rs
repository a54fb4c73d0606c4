//! Forms of what other crates read and write by themselves, for the API document. A test holds real answers against them.

#![expect(dead_code, reason = "their forms are used, and never a value of them")]
use app::access::Role;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the rules say about one instance.
#[derive(Serialize, ToSchema)]
pub(crate) struct Decision {
    /// The instance.
    instance: String,
    /// Its product.
    product: String,
    /// The edition by which it was decided.
    edition: String,
    /// The moment as of which it was decided.
    #[schema(format = DateTime)]
    at: String,
    /// What it comes to.
    verdict: Verdict,
    /// How the product is verified; null where it cannot back a filing.
    verified_by: Option<VerifiedBy>,
    /// The quota of codes; null where there is none.
    quota: Option<Quota>,
    /// Facts that were derived and not told.
    derived: Vec<String>,
    /// Every reason, in the order in which they are told.
    findings: Vec<Finding>,
}

/// What a decision comes to.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Verdict {
    /// It may back a filing (可备案).
    Eligible,
    /// It may not (不可备案).
    Ineligible,
    /// A fact that is needed is unknown (信息不足).
    Undetermined,
    /// It needs no filing (无需备案).
    NotRequired,
    /// It is filed in another system (在其他系统备案).
    Elsewhere,
}

/// How a product is verified.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum VerifiedBy {
    /// By a service code.
    ServiceCode,
    /// By user name and password of the host.
    HostPassword,
    /// In another system.
    Elsewhere,
}

/// A quota and what is left of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Quota {
    /// How many codes there may be.
    limit: u32,
    /// In which scope: one instance, or all of one account's with that product.
    per: Per,
    /// How many there are.
    used: u32,
    /// How many more there may be.
    left: u32,
}

/// The scope of a quota.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Per {
    /// One instance.
    Instance,
    /// One account with that product.
    Account,
}

/// One reason.
#[derive(Serialize, ToSchema)]
pub(crate) struct Finding {
    /// Which.
    #[schema(example = "purchased-term-short")]
    code: String,
    /// Whether it alone makes the instance ineligible.
    blocking: bool,
    /// What is required: a number of months, Mbit/s or codes; an amount or a word; null where nothing is to be named.
    required: Option<Measure>,
    /// What is; null when it is unknown.
    actual: Option<Measure>,
    /// What to do.
    remedy: Remedy,
    /// The documents that say so.
    source: Vec<String>,
    /// All of it as a sentence, in the language asked for.
    message: String,
}

/// A number, or a word or an amount.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Measure {
    /// Months, Mbit/s or codes.
    Number(u32),
    /// A word, or an amount in CNY.
    Text(String),
}

/// What to do about a finding. Which further members there are depends on `action`.
#[derive(Serialize, ToSchema)]
pub(crate) struct Remedy {
    /// What to do.
    #[schema(example = "renew")]
    action: String,
}

/// What is known of an instance. Every member but `id` and `product` may be missing or null: it is then unknown.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facts {
    /// The instance, as its seller names it.
    #[schema(example = "i-bp1a2b3c4d")]
    id: String,
    /// Its product.
    #[schema(example = "ecs")]
    product: String,
    /// Its buyer.
    #[schema(required = false)]
    account: Option<String>,
    /// Its region.
    #[schema(required = false, example = "cn-hangzhou")]
    region: Option<String>,
    /// How it is paid for.
    #[schema(required = false)]
    billing: Option<Billing>,
    /// Outbound public bandwidth, Mbit/s.
    #[schema(required = false)]
    public_bandwidth_mbps: Option<u32>,
    /// Public addresses; an empty list means that there are none.
    #[schema(required = false)]
    public_ips: Option<Vec<IpAddress>>,
    /// When the present subscription began.
    #[schema(required = false, format = DateTime)]
    purchased_at: Option<String>,
    /// When it expires.
    #[schema(required = false, format = DateTime)]
    expires_at: Option<String>,
    /// Months of the first order.
    #[schema(required = false)]
    first_purchase_months: Option<u32>,
    /// Amount of the first order, CNY.
    #[schema(required = false, format = "amount", example = "199.00")]
    first_order_amount: Option<String>,
    /// Codes issued so far in the scope of the quota.
    #[schema(required = false)]
    codes_issued: Option<u32>,
    /// Facts that were derived and not told.
    #[schema(required = false)]
    derived: Vec<String>,
}

/// An IPv4 or IPv6 address.
#[derive(Serialize, ToSchema)]
#[schema(format = "ip", example = "203.0.113.7")]
pub(crate) struct IpAddress(String);

/// How an instance is paid for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Billing {
    /// In advance (包年包月).
    Subscription,
    /// As it is used (按量付费).
    PayAsYouGo,
}

/// A role. None includes another.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RoleWord {
    /// A site owner, for the account that he signs in for.
    Customer,
    /// Answers why something is not possible.
    Support,
    /// Looks at filing orders before the bureau does (初审).
    Reviewer,
    /// Keeps rules, inventory, users and codes.
    Operator,
    /// Reads the ledger and the access log.
    Auditor,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Customer => Self::Customer,
            RoleWord::Support => Self::Support,
            RoleWord::Reviewer => Self::Reviewer,
            RoleWord::Operator => Self::Operator,
            RoleWord::Auditor => Self::Auditor,
        }
    }
}
