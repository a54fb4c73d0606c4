//! What is known of one instance: the facts that the rules look at (SPEC 3.2).

use crate::money::Fen;
use jiff::Timestamp;
use std::net::IpAddr;

/// What is known of one instance (产品实例). What is `None` is unknown, and stays unknown: it is never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The instance's own id, as the seller names it. Shown, never decided on.
    pub id: String,
    /// The id of the product, as rulebooks name it. One that no edition knows is decided, not refused.
    pub product: String,
    /// The account that bought the instance.
    pub account: Option<String>,
    /// The region in which it runs, as an id (`cn-hangzhou`) or a name (`华东1（杭州）`).
    pub region: Option<String>,
    /// How it is paid for.
    pub billing: Option<Billing>,
    /// Outbound public bandwidth in Mbit/s, its own or its elastic address's, whichever is larger.
    pub public_bandwidth_mbps: Option<u32>,
    /// Its public addresses. `Some` of an empty list means that it has none.
    pub public_ips: Option<Vec<IpAddr>>,
    /// When the present subscription began; for a converted instance, the conversion.
    pub purchased_at: Option<Timestamp>,
    /// When the present subscription ends, renewals included.
    pub expires_at: Option<Timestamp>,
    /// Whole months of the first order.
    pub first_purchase_months: Option<u32>,
    /// What the first (or single) order cost.
    pub first_order_amount: Option<Fen>,
    /// Codes issued so far in the quota's scope: the instance's, or for a per-account product the whole account's.
    /// For products with a code made on purchase, codes used; for host-password products, websites submitted or filed.
    pub codes_issued: u32,
    /// Facts that an importer derived rather than read: they are used, and the decision repeats the mark.
    pub derived: FactSet,
}

impl Facts {
    /// Forgets everything but keeps the memory, so that a reader can fill the same record again and again.
    pub fn clear(&mut self) {
        self.id.clear();
        self.product.clear();
        self.account = None;
        self.region = None;
        self.billing = None;
        self.public_bandwidth_mbps = None;
        self.public_ips = None;
        self.purchased_at = None;
        self.expires_at = None;
        self.first_purchase_months = None;
        self.first_order_amount = None;
        self.codes_issued = 0;
        self.derived = FactSet::EMPTY;
    }
}

/// How an instance is paid for (计费方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Billing {
    /// Paid in advance for a term (包年包月).
    Subscription,
    /// Paid as it is used (按量付费); may not back a filing where the row asks for a subscription.
    PayAsYouGo,
}

impl Billing {
    /// As it stands in files and answers: `subscription`, `pay-as-you-go`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Subscription => "subscription",
            Self::PayAsYouGo => "pay-as-you-go",
        }
    }
}

/// The name of one fact, in the order in which SPEC 3.2 lists them and decisions report them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Fact {
    /// [`Facts::account`].
    Account,
    /// [`Facts::region`].
    Region,
    /// [`Facts::billing`].
    Billing,
    /// [`Facts::public_bandwidth_mbps`].
    PublicBandwidth,
    /// [`Facts::public_ips`].
    PublicIps,
    /// [`Facts::purchased_at`].
    PurchasedAt,
    /// [`Facts::expires_at`].
    ExpiresAt,
    /// [`Facts::first_purchase_months`].
    FirstPurchaseMonths,
    /// [`Facts::first_order_amount`].
    FirstOrderAmount,
    /// [`Facts::codes_issued`].
    CodesIssued,
}

impl Fact {
    /// Every fact, in order.
    pub const ALL: [Self; 10] = [
        Self::Account,
        Self::Region,
        Self::Billing,
        Self::PublicBandwidth,
        Self::PublicIps,
        Self::PurchasedAt,
        Self::ExpiresAt,
        Self::FirstPurchaseMonths,
        Self::FirstOrderAmount,
        Self::CodesIssued,
    ];

    /// The key under which files and answers carry the fact (SPEC 3.2).
    pub const fn key(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Region => "region",
            Self::Billing => "billing",
            Self::PublicBandwidth => "public_bandwidth_mbps",
            Self::PublicIps => "public_ips",
            Self::PurchasedAt => "purchased_at",
            Self::ExpiresAt => "expires_at",
            Self::FirstPurchaseMonths => "first_purchase_months",
            Self::FirstOrderAmount => "first_order_amount",
            Self::CodesIssued => "codes_issued",
        }
    }

    /// The fact with that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.key() == key)
    }
}

/// A set of facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FactSet(u16);

impl FactSet {
    /// No fact.
    pub const EMPTY: Self = Self(0);

    /// The set whose bits are `bits`, counted as the facts are. Bits of no fact are left out.
    pub(crate) const fn from_bits(bits: u16) -> Self {
        Self(bits & ((1 << Fact::ALL.len()) - 1))
    }

    /// Adds `fact`.
    pub const fn insert(&mut self, fact: Fact) {
        self.0 |= 1 << fact as u16;
    }

    pub(crate) const fn insert_if(&mut self, fact: Fact, known: bool) {
        self.0 |= (known as u16) << fact as u16;
    }

    /// The set of these facts.
    pub(crate) fn of(facts: &[Fact]) -> Self {
        facts.iter().copied().collect()
    }

    /// The facts of this set that are not in `other`.
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether `fact` is in the set.
    pub const fn contains(self, fact: Fact) -> bool {
        self.0 & (1 << fact as u16) != 0
    }

    /// Whether the set holds nothing.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many facts the set holds.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The facts in order.
    pub fn iter(self) -> impl Iterator<Item = Fact> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let fact = Fact::ALL.get(left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(*fact)
        })
    }
}

impl Extend<Fact> for FactSet {
    fn extend<I: IntoIterator<Item = Fact>>(&mut self, facts: I) {
        for fact in facts {
            self.insert(fact);
        }
    }
}

impl FromIterator<Fact> for FactSet {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> Self {
        let mut set = Self::EMPTY;
        set.extend(facts);
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_found_by_its_key_and_sets_keep_the_order() {
        for fact in Fact::ALL {
            assert_eq!(Fact::from_key(fact.key()), Some(fact));
        }
        let set: FactSet = [Fact::ExpiresAt, Fact::Account].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [Fact::Account, Fact::ExpiresAt]);
        assert_eq!(set.len(), 2);
        assert!(!set.contains(Fact::Region));
    }

    #[test]
    fn a_cleared_record_is_as_new() {
        let mut facts = Facts {
            id: "i-1".into(),
            product: "ecs".into(),
            codes_issued: 3,
            public_ips: Some(vec![]),
            derived: Fact::ALL.into_iter().collect(),
            ..Facts::default()
        };
        facts.clear();
        assert_eq!(facts, Facts::default());
    }
}
