//! What is seen of instances, codes and accounts, as answers carry it.

use crate::{
    answer::{raw, time},
    api::{
        orders::shapes::{CourseBody, OrderItem},
        rules::row::{Rule, RuleDocument},
        schemas,
    },
    problem::{Fine, fines},
};
use app::{
    instances::{CodesCounted, InstanceDecision},
    why_not::{self, EntriesSeen, EntrySeen},
};
use filing::{codes::Reader, registry::Serving};
use jiff::Timestamp;
use rulebook::Lang;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Copied {
    /// In Chinese.
    zh: String,
    /// In English.
    en: String,
}

impl Copied {
    pub(super) fn of(said: impl Fn(Lang) -> String) -> Self {
        Self { zh: said(Lang::Zh), en: said(Lang::En) }
    }
}

/// An instance as its customer sees it, with all that this rests on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InstanceLookedUp)]
pub(crate) struct InstanceSeen {
    /// The instance, as its seller names it.
    #[schema(example = "i-bp1a2b3c4d")]
    id: String,
    /// Since when it was gone at that moment; null while it was there.
    #[schema(format = DateTime)]
    gone_at: Option<String>,
    /// The decision, asked as whoever was its buyer at that moment: the very words that he sees.
    #[schema(value_type = schemas::Decision)]
    decision: Option<Box<RawValue>>,
    /// The same in paragraphs, those with the same remedy together.
    explanation: Vec<String>,
    /// Whether a code would be issued to its buyer.
    granted: bool,
    /// Why not: every reason, as the buyer who asks for a code is told; empty when one would be.
    reasons: Vec<Fine>,
    /// What the edition says of the product; null where it does not know it.
    rule: Option<Rule>,
    /// The documents that the rule rests on.
    documents: Vec<RuleDocument>,
    /// The facts that it was decided on.
    #[schema(value_type = schemas::Facts)]
    facts: Option<Box<RawValue>>,
    /// How well `codes_issued` among them is known.
    codes_counted: CountedAs,
    /// Its codes, oldest first.
    codes: Vec<CodeSeen>,
    /// Whether there are more of them.
    more_codes: bool,
    /// What changed about it up to that moment (变配), oldest first.
    changes: Vec<Changed>,
}

/// How well it is known how many codes had been issued.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CountedAs {
    /// They were counted as of that moment.
    Then,
    /// Some were made beforehand or changed since: it may have been another number.
    Unsure,
    /// Only today's number is known.
    Today,
    /// It is what was handed in.
    AsGiven,
}

impl From<CodesCounted> for CountedAs {
    fn from(counted: CodesCounted) -> Self {
        match counted {
            CodesCounted::Then => Self::Then,
            CodesCounted::Unsure => Self::Unsure,
            CodesCounted::Today => Self::Today,
            CodesCounted::AsGiven => Self::AsGiven,
        }
    }
}

/// Something that changed about an instance.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InstanceChanged)]
pub(crate) struct Changed {
    /// When the desk heard of it.
    #[schema(format = DateTime)]
    at: String,
    /// What changed, from what to what, with its day, as a sentence.
    #[schema(example = "计费方式于 2020年11月3日 由包年包月改为按量付费。")]
    message: String,
}

impl InstanceSeen {
    pub(super) fn of(seen: &why_not::InstanceSeen, lang: Lang) -> Self {
        let decided = &seen.decided;
        let reasons = seen.judge(|_, answer| answer.err().map(|refused| fines(&refused, lang)));
        let sources = seen.row().map(|row| row.sources()).unwrap_or_default();
        let documents = sources.into_iter().filter_map(|id| seen.document(id));
        let changes = seen.history.iter().map(|changed| Changed {
            at: time(changed.at),
            message: changed.change.message(changed.day(), lang),
        });
        Self {
            id: seen.id().to_owned(),
            gone_at: decided.gone_at().map(time),
            decision: raw(&decided.report(lang)),
            explanation: decided.decision().explanation(lang),
            granted: reasons.is_none() && decided.gone_at().is_none(),
            reasons: reasons.unwrap_or_default(),
            rule: seen.row().map(|row| Rule::of(row, lang)),
            documents: documents.map(|document| RuleDocument::of(document, lang)).collect(),
            facts: raw(decided.facts()),
            codes_counted: decided.codes_counted().into(),
            codes: seen.codes.iter().map(|code| CodeSeen::of(code, lang)).collect(),
            more_codes: seen.more_codes,
            changes: changes.collect(),
        }
    }
}

/// A service code as support sees it: never the code itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CodeLookedUp)]
pub(crate) struct CodeSeen {
    /// Its id.
    id: String,
    /// Its last group, with dots for the others.
    #[schema(example = "•••••-•••••-•••••-3B6NZ")]
    ending: String,
    /// When it was made.
    #[schema(format = DateTime)]
    made_at: String,
    /// What it is: `init`, `bound`, `recording`, `recorded`, `expired` or `void`.
    #[schema(example = "bound")]
    state: &'static str,
    /// Whether its own state, owner or grant changed after the moment asked about; they are told as of today.
    changed_since: bool,
    /// Whether it may back a filing.
    usable: bool,
    /// What that means, as its owner reads it.
    message: String,
    /// What to do, as its owner reads it.
    suggestion: String,
    /// The account that owns it.
    owner: Option<String>,
    /// The account that it was granted to.
    granted_to: Option<String>,
    /// The instance that it is bound to, where that was there.
    instance: Option<String>,
}

impl CodeSeen {
    pub(super) fn of(seen: &why_not::CodeSeen, lang: Lang) -> Self {
        let standing = seen.standing();
        Self {
            id: seen.id.to_string(),
            ending: seen.ending.clone(),
            made_at: time(seen.made_at),
            state: standing.shown().word(),
            changed_since: seen.changed_since,
            usable: standing.is_usable(),
            message: standing.message(Reader::Owner, lang),
            suggestion: standing.what_to_do(Reader::Owner, lang),
            owner: seen.owner.clone(),
            granted_to: seen.granted_to.clone(),
            instance: seen.instance().map(str::to_owned),
        }
    }
}

/// An account as its customer sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccountLookedUp)]
pub(crate) struct AccountSeen {
    /// Its id, as inventories name it.
    #[schema(example = "acc-7")]
    id: String,
    /// Whether a subject of it was on the blacklist at that moment: it got no codes then.
    blacklisted: bool,
    /// The first of the instances that it has today, in the order of their ids.
    instances: Vec<InstanceInShort>,
    /// Whether there are more of them.
    more_instances: bool,
    /// The first of its own codes and of those granted to it, oldest first.
    codes: Vec<CodeSeen>,
    /// Whether there are more of them.
    more_codes: bool,
}

/// An instance in short.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstanceInShort {
    /// The instance, as its seller names it.
    id: String,
    /// Since when it was gone at that moment; null while it was there.
    #[schema(format = DateTime)]
    gone_at: Option<String>,
    /// The decision, as its customer sees it.
    #[schema(value_type = schemas::Decision)]
    decision: Option<Box<RawValue>>,
}

impl InstanceInShort {
    fn of(decided: &InstanceDecision, lang: Lang) -> Self {
        let id = decided.facts().id.clone();
        Self { id, gone_at: decided.gone_at().map(time), decision: raw(&decided.report(lang)) }
    }
}

impl AccountSeen {
    pub(super) fn of(seen: &why_not::AccountSeen, lang: Lang) -> Self {
        Self {
            id: seen.name.clone(),
            blacklisted: seen.blacklisted,
            instances: seen.instances.iter().map(|decided| InstanceInShort::of(decided, lang)).collect(),
            more_instances: seen.more_instances,
            codes: seen.codes.iter().map(|code| CodeSeen::of(code, lang)).collect(),
            more_codes: seen.more_codes,
        }
    }
}

/// A domain, as whoever asks about it is told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DomainLookedUp)]
pub(crate) struct DomainSeen {
    /// What is registered of what was typed, as ASCII in small letters.
    #[schema(example = "example.cn")]
    domain: String,
    /// Whether a website may be served under it.
    may_be_served: bool,
    /// Why not; null where one may. That it is on the blacklist is told as of today.
    message: Option<String>,
    /// What to do.
    suggestion: Option<&'static str>,
}

impl DomainSeen {
    pub(super) fn of(seen: &why_not::DomainSeen, lang: Lang) -> Self {
        let why = match seen.serving {
            Serving::May => None,
            Serving::MayNot(why) => Some(why),
        };
        Self {
            domain: seen.domain.clone(),
            may_be_served: why.is_none(),
            message: why.map(|why| seen.message(why, lang)),
            suggestion: why.map(|why| why.suggestion(lang)),
        }
    }
}

/// An order with what happened to it, without what is filled in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrderLookedUp)]
pub(crate) struct OrderSeen {
    #[serde(flatten)]
    order: OrderItem,
    #[serde(flatten)]
    course: CourseBody,
    /// The account, as inventories name it.
    #[schema(example = "acc-7")]
    account: String,
}

impl OrderSeen {
    pub(super) fn of(seen: &why_not::OrderSeen, now: Timestamp, lang: Lang) -> Self {
        Self {
            order: OrderItem::seen(&seen.order, now, lang),
            course: CourseBody::of(&seen.order, lang),
            account: seen.account.clone(),
        }
    }
}

/// What the ledger says about something.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct LedgerEntries {
    /// The newest entries, the newest first.
    items: Vec<LedgerEntry>,
    /// Whether there are or may be more.
    more: bool,
}

/// One entry of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LedgerEntry {
    /// Its id.
    id: String,
    /// Its place in the tree, from 0; null as long as it waits for one.
    place: Option<u64>,
    /// When it was.
    #[schema(format = DateTime)]
    at: String,
    /// What kind of entry.
    #[schema(example = "code.refused")]
    kind: String,
    /// Who did it: `account`, `staff`, `key` or `system`, and his name.
    #[schema(example = "account:acc-7")]
    actor: String,
    /// The edition that was asked; null where none was.
    edition: Option<String>,
    /// What was decided on and how, with a version; null where nothing was.
    #[schema(value_type = Option<Object>)]
    decided: Option<Box<RawValue>>,
}

impl LedgerEntries {
    pub(super) fn of(seen: &EntriesSeen) -> Self {
        Self { items: seen.entries.iter().map(LedgerEntry::of).collect(), more: seen.more }
    }
}

impl LedgerEntry {
    fn of(seen: &EntrySeen) -> Self {
        let decided = seen.decided.as_deref().and_then(|bytes| serde_json::from_slice(bytes).ok());
        let (kind_of_actor, name) = &seen.actor;
        Self {
            id: seen.id.to_string(),
            place: seen.place,
            at: time(seen.at),
            kind: seen.kind.clone(),
            actor: format!("{kind_of_actor}:{name}"),
            edition: seen.edition.clone(),
            decided,
        }
    }
}
