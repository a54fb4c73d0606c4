//! The rulebook as it stands in memory: documents, regions, editions, and the rows that say what a product must meet.

use crate::{
    decision::{Code, CodeSet},
    facts::{Fact, FactSet},
    money::Fen,
    region::Regions,
    text::{Lang, Text, folded},
};
use jiff::{Timestamp, civil::Date};
use std::{fmt, num::NonZero, sync::Arc};

/// The dated rules of one provider (规则集): what may back a filing there.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// The file's own short id: `aliyun`.
    pub id: String,
    /// Whose rules these are.
    pub name: Text,
    /// What a reader must know before trusting them, such as who published them and who did not.
    pub notice: Option<Text>,
    /// The documents in which the rules are stated.
    pub documents: Vec<Document>,
    /// The editions, oldest first; never empty. Shared, so that a decision can be kept longer than its rulebook.
    pub editions: Vec<Arc<Edition>>,
}

/// A document in which rules are stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The id by which rows name it.
    pub id: DocumentId,
    /// Its title.
    pub title: Text,
    /// Which version of it was read, where it has one.
    pub version: Option<String>,
}

/// A short id of a document, such as `000`.
pub type DocumentId = String;

/// One dated state of the rules (版本), with everything that it inherits worked in.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its id, unique in the rulebook.
    pub id: String,
    /// In force from 00:00 of this day in Asia/Shanghai.
    pub effective: Date,
    /// Whether that day is an estimate, for want of a document that states it.
    pub estimated: bool,
    /// Products for which the day is stated although it is an estimate for the rest.
    pub stated_for: Vec<ProductId>,
    /// The edition whose rows stand where this one says nothing.
    pub based_on: Option<String>,
    /// The documents from which it comes.
    pub source: Vec<DocumentId>,
    /// What holds for every product.
    pub policy: Policy,
    /// Shared by all editions of a rulebook.
    pub regions: Arc<Regions>,
    /// One row a product, in the order of the file.
    rows: Vec<Row>,
    /// Places in `rows`, by length and text of the product id: lengths are compared sooner than texts.
    by_id: Vec<u16>,
}

/// An id of a product, such as `ecs`.
pub type ProductId = String;

/// What holds for every product of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What a cancelled website gives back.
    pub restore_on_cancel: Stated<RestoreOnCancel>,
    /// What becomes of the code of an abandoned order.
    pub on_abandon: Stated<OnAbandon>,
    /// Who may use a code.
    pub code_use: Stated<CodeUse>,
}

/// Whether the quota place of a cancelled website is given back. The code itself never is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RestoreOnCancel {
    /// Nothing is given back.
    Never,
    /// The quota place is.
    Restore,
}

/// What becomes of the code of an order that was withdrawn or rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnAbandon {
    /// It can be used again.
    Release,
    /// It is void and stays counted.
    Burn,
}

/// Who may use a service code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodeUse {
    /// Its owner and the account it was granted to.
    Granted,
    /// Whoever knows it.
    Anyone,
}

/// A value of the rulebook together with where it is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// The documents that state it.
    pub source: Vec<DocumentId>,
    /// Whether no document states it: shown as assumed.
    pub assumed: bool,
    /// What a reader should know about how it was read.
    pub note: Option<Text>,
}

/// What one edition says of one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The product's id.
    pub product: ProductId,
    /// Its name.
    pub name: Text,
    /// Other names under which inventories list it.
    pub aliases: Vec<String>,
    /// The documents that speak of the product.
    pub source: Vec<DocumentId>,
    /// Whether no document does: shown as assumed.
    pub assumed: bool,
    /// The number by which the compatible RPC interface knows the product, from 1 to 255; `None` where it does not know it. Several products
    /// may have the same.
    pub rpc_resource_type: Option<u8>,
    /// What an instance must meet, in the order of [`Condition`], each kind at most once.
    /// [`Condition::InTerm`] is always there.
    pub conditions: Vec<Stated<Condition>>,
    /// How the customer proves that an instance is his.
    pub verified_by: Stated<VerifiedBy>,
    /// Where its codes come from.
    pub code_made: Stated<CodeMade>,
    /// Which system files it or makes its codes, and by which steps.
    pub place: Option<Stated<Text>>,
    /// Where user name and password of the host are seen or reset.
    pub credentials_from: Option<Stated<Text>>,
    /// The conditions once more, side by side as decisions compare them.
    pub(crate) limits: Limits,
    /// The facts that the conditions need, with those that every decision needs.
    pub(crate) needed: FactSet,
}

/// The limits of a row's conditions. One that the row does not set has no meaning: `asked` says which are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) asked: CodeSet,
    pub(crate) purchased_months: u32,
    pub(crate) remaining_months: u32,
    pub(crate) first_purchase_months: u32,
    pub(crate) amount: Fen,
    pub(crate) codes: u32,
}

/// A number of months, at least one.
pub type Months = NonZero<u32>;

/// Something that an instance must meet before it may back a filing.
///
/// The variants stand in the order in which decisions report them. To add one: the variant here, then follow the
/// compiler through every `match` on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// Paid by subscription (`billing = "subscription"`).
    Subscription,
    /// Outbound public bandwidth above 0.
    PublicBandwidth,
    /// At least one public address.
    PublicIp,
    /// At least so many months from purchase to expiry, renewals included.
    PurchasedMonths(Months),
    /// At least so many months from today to expiry.
    RemainingMonths(Months),
    /// A first order of at least so many months.
    FirstPurchaseMonths(Months),
    /// A first (or single) order of at least this amount.
    OrderAmount(Fen),
    /// Not expired: every row asks it, none writes it down.
    InTerm,
    /// No more than so many codes.
    Quota(Quota),
}

/// How many codes an instance, or an account with all its instances of that product, may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quota {
    /// How many.
    pub codes: NonZero<u32>,
    /// For what.
    pub per: Scope,
}

/// What a quota counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Each instance by itself.
    Instance,
    /// All instances of that product that one account bought, together.
    Account,
}

/// How a customer proves that an instance is his.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum VerifiedBy {
    /// By a service code (备案服务号).
    #[default]
    ServiceCode,
    /// By the user name and password of the host; no code is needed.
    HostPassword,
    /// Not here: another system files it.
    Elsewhere,
}

/// Where the codes of a product come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CodeMade {
    /// The desk issues them when asked.
    #[default]
    OnRequest,
    /// They exist from the purchase on and are viewed, not applied for.
    OnPurchase,
    /// Another system makes them.
    Elsewhere,
}

/// A plain enum whose values stand in rulebooks as words.
pub(crate) trait Word: Copy + 'static {
    /// The word of every value.
    const WORDS: &'static [&'static str];

    /// The value with that word.
    fn from_word(word: &str) -> Option<Self>;
}

/// Gives each value of a plain enum the word under which files carry it.
macro_rules! words {
    ($($vis:vis $type:ident { $($value:ident = $word:literal),+ })+) => {$(
        impl $type {
            /// Every value.
            $vis const ALL: &[Self] = &[$(Self::$value),+];

            /// The word under which rulebooks and answers carry it.
            $vis const fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }

        impl crate::edition::Word for $type {
            const WORDS: &'static [&'static str] = &[$($word),+];

            fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$value),)+ _ => None }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    )+};
}

pub(crate) use words;

words! {
    pub RestoreOnCancel { Never = "never", Restore = "restore" }
    pub OnAbandon { Release = "release", Burn = "burn" }
    pub CodeUse { Granted = "granted", Anyone = "anyone" }
    pub Scope { Instance = "instance", Account = "account" }
    pub VerifiedBy { ServiceCode = "service-code", HostPassword = "host-password", Elsewhere = "elsewhere" }
    pub CodeMade { OnRequest = "on-request", OnPurchase = "on-purchase", Elsewhere = "elsewhere" }
}

impl<T> Stated<T> {
    /// The same statement about another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Stated<U> {
        Stated { value: f(self.value), source: self.source, assumed: self.assumed, note: self.note }
    }
}

impl Condition {
    /// The finding that tells that the condition is not met.
    pub const fn code(self) -> Code {
        match self {
            Self::Subscription => Code::PayAsYouGo,
            Self::PublicBandwidth => Code::NoPublicBandwidth,
            Self::PublicIp => Code::NoPublicIp,
            Self::PurchasedMonths(_) => Code::PurchasedTermShort,
            Self::RemainingMonths(_) => Code::RemainingTermShort,
            Self::FirstPurchaseMonths(_) => Code::FirstPurchaseShort,
            Self::OrderAmount(_) => Code::OrderAmountLow,
            Self::InTerm => Code::Expired,
            Self::Quota(_) => Code::QuotaExhausted,
        }
    }

    /// The facts that must be known to tell whether the condition is met.
    pub const fn needs(self) -> &'static [Fact] {
        match self {
            Self::Subscription => &[Fact::Billing],
            Self::PublicBandwidth => &[Fact::PublicBandwidth],
            Self::PublicIp => &[Fact::PublicIps],
            Self::PurchasedMonths(_) => &[Fact::PurchasedAt, Fact::ExpiresAt],
            Self::RemainingMonths(_) | Self::InTerm => &[Fact::ExpiresAt],
            Self::FirstPurchaseMonths(_) => &[Fact::FirstPurchaseMonths],
            Self::OrderAmount(_) => &[Fact::FirstOrderAmount],
            Self::Quota(_) => &[Fact::CodesIssued],
        }
    }
}

impl Limits {
    pub(crate) fn of(conditions: &[Stated<Condition>]) -> Self {
        let mut limits = Self::default();
        for Stated { value, .. } in conditions {
            limits.asked.insert(value.code());
            match *value {
                Condition::PurchasedMonths(n) => limits.purchased_months = n.get(),
                Condition::RemainingMonths(n) => limits.remaining_months = n.get(),
                Condition::FirstPurchaseMonths(n) => limits.first_purchase_months = n.get(),
                Condition::OrderAmount(least) => limits.amount = least,
                Condition::Quota(quota) => limits.codes = quota.codes.get(),
                Condition::Subscription
                | Condition::PublicBandwidth
                | Condition::PublicIp
                | Condition::InTerm => {}
            }
        }
        limits
    }
}

/// The facts that `conditions` need, and the two that every decision needs: whose the instance is, and where.
pub(crate) fn needed(conditions: &[Stated<Condition>]) -> FactSet {
    let of_conditions = conditions.iter().flat_map(|condition| condition.value.needs());
    [Fact::Account, Fact::Region].iter().chain(of_conditions).copied().collect()
}

impl Row {
    /// The condition that `code` is about, where the row sets it.
    pub fn condition(&self, code: Code) -> Option<&Stated<Condition>> {
        self.conditions.iter().find(|condition| condition.value.code() == code)
    }

    /// The quota, where the row sets one.
    pub fn quota(&self) -> Option<Quota> {
        self.conditions.iter().find_map(|condition| match condition.value {
            Condition::Quota(quota) => Some(quota),
            _ => None,
        })
    }

    /// Months to buy so that the purchased and the remaining term suffice: the larger of the two, at least 1.
    pub fn months_to_buy(&self) -> u32 {
        let months = self.conditions.iter().filter_map(|condition| match condition.value {
            Condition::PurchasedMonths(n) | Condition::RemainingMonths(n) => Some(n.get()),
            _ => None,
        });
        months.max().unwrap_or(1)
    }
}

impl Edition {
    /// An edition of these rows. Products are looked up by id; of two rows with the same id the first counts.
    pub(crate) fn new(head: EditionHead, regions: Arc<Regions>, rows: Vec<Row>) -> Self {
        let mut by_id: Vec<u16> = (0..rows.len()).filter_map(|at| u16::try_from(at).ok()).collect();
        by_id
            .sort_by_key(|at| rows.get(usize::from(*at)).map(|row| (row.product.len(), row.product.clone())));
        let EditionHead { id, effective, estimated, stated_for, based_on, source, policy } = head;
        Self { id, effective, estimated, stated_for, based_on, source, policy, regions, rows, by_id }
    }

    /// The rows, in the order of the file.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What the edition says of `product`, an id.
    pub fn row(&self, product: &str) -> Option<&Row> {
        let at = self.by_id.binary_search_by(|at| {
            let here = self.rows.get(usize::from(*at)).map_or("", |row| row.product.as_str());
            here.len().cmp(&product.len()).then_with(|| here.cmp(product))
        });
        at.ok().and_then(|at| self.by_id.get(at)).and_then(|at| self.rows.get(usize::from(*at)))
    }

    /// Whether `other` says the same of everything, sources and marks of what is assumed included. Regions, which all
    /// editions of a rulebook share and which grow with its provider, are not compared; [`Regions::keeps`] does.
    pub fn says_the_same(&self, other: &Self) -> bool {
        // Named one by one, so that a new field cannot be forgotten.
        let Self {
            id,
            effective,
            estimated,
            stated_for,
            based_on,
            source,
            policy,
            regions: _,
            rows,
            by_id: _,
        } = self;
        *id == other.id
            && *effective == other.effective
            && *estimated == other.estimated
            && *stated_for == other.stated_for
            && *based_on == other.based_on
            && *source == other.source
            && *policy == other.policy
            && *rows == other.rows
    }

    /// The rows whose instances can back a filing at this desk: all but those filed elsewhere.
    pub fn fileable(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.verified_by.value != VerifiedBy::Elsewhere)
    }

    /// Whether the day from which the edition counts for `product` is only an estimate.
    pub fn is_estimated_for(&self, product: &str) -> bool {
        self.estimated && !self.stated_for.iter().any(|stated| stated == product)
    }
}

/// What an edition is made of besides its rows.
#[derive(Clone, Debug)]
pub(crate) struct EditionHead {
    pub(crate) id: String,
    pub(crate) effective: Date,
    pub(crate) estimated: bool,
    pub(crate) stated_for: Vec<ProductId>,
    pub(crate) based_on: Option<String>,
    pub(crate) source: Vec<DocumentId>,
    pub(crate) policy: Policy,
}

/// Why no edition decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoEdition {
    /// The day asked about is before the first edition: nothing is decided.
    Before {
        /// The day asked about, in Asia/Shanghai.
        day: Date,
        /// The first edition's id.
        first: String,
        /// The day from which it counts.
        from: Date,
    },
    /// No edition has that id.
    Unknown {
        /// The id asked for.
        id: String,
        /// The ids that exist, oldest first.
        known: Vec<String>,
    },
}

impl fmt::Display for NoEdition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::en::no_edition(self))
    }
}

impl std::error::Error for NoEdition {}

impl NoEdition {
    /// The stable code of the error.
    pub const CODE: &'static str = "no-edition";

    /// The error as a person reads it.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => crate::zh::no_edition(self),
            Lang::En => crate::en::no_edition(self),
        }
    }
}

impl Rulebook {
    /// The edition in force at `at`: the newest whose day has come in Asia/Shanghai.
    pub fn in_force(&self, at: Timestamp) -> Result<&Arc<Edition>, NoEdition> {
        let day = crate::calendar::shanghai(at).date();
        let newest = self.editions.iter().rev().find(|edition| edition.effective <= day);
        newest.ok_or_else(|| NoEdition::Before {
            day,
            first: self.editions.first().map(|e| e.id.clone()).unwrap_or_default(),
            from: self.editions.first().map(|e| e.effective).unwrap_or_default(),
        })
    }

    /// The edition with that id, whatever the date.
    pub fn edition(&self, id: &str) -> Result<&Arc<Edition>, NoEdition> {
        self.editions.iter().find(|edition| edition.id == id).ok_or_else(|| NoEdition::Unknown {
            id: id.to_owned(),
            known: self.editions.iter().map(|edition| edition.id.clone()).collect(),
        })
    }

    /// The edition with that id, or without one the edition in force at `at`.
    pub fn edition_or_in_force(&self, id: Option<&str>, at: Timestamp) -> Result<&Arc<Edition>, NoEdition> {
        match id {
            Some(id) => self.edition(id),
            None => self.in_force(at),
        }
    }

    /// The id of the product that an inventory calls `name`: an id, a name or an alias of any edition, the newest
    /// first, compared without white space, case and width. `None` when no edition knows it.
    pub fn product_id(&self, name: &str) -> Option<&str> {
        let name = folded(name);
        let rows = || self.editions.iter().rev().flat_map(|edition| &edition.rows);
        let by_id = rows().find(|row| folded(&row.product) == name);
        let by_name = || rows().find(|row| folded(&row.name.zh) == name || folded(&row.name.en) == name);
        let by_alias = || rows().find(|row| row.aliases.iter().any(|alias| folded(alias) == name));
        by_id.or_else(by_name).or_else(by_alias).map(|row| row.product.as_str())
    }

    /// The document with that id.
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.id == id)
    }
}
