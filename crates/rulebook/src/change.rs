//! What changed about an instance (变配): the difference between what was known of it before and after (SPEC 3.3).

use crate::{
    facts::{Billing, Fact, Facts},
    money::Fen,
    text::Lang,
};
use jiff::{Timestamp, civil::Date};
use std::net::IpAddr;

/// Something that changed about an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The instance was released.
    Gone,
    /// It is there again.
    Back,
    /// It became another product.
    Product {
        /// The id of the product until then.
        before: String,
        /// Its id since.
        after: String,
    },
    /// A fact became another.
    Fact {
        /// Which.
        fact: Fact,
        /// What it was.
        before: Known,
        /// What it is since.
        after: Known,
    },
}

/// What is known of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    Unknown,
    /// An account or a region, as the seller writes it.
    Word(String),
    /// How it is paid for.
    Billing(Billing),
    /// Mbit/s.
    Mbps(u32),
    /// Public addresses; none of them is known too.
    Addresses(Vec<IpAddr>),
    /// An instant.
    Time(Timestamp),
    /// Whole months.
    Months(u32),
    /// An amount in CNY.
    Amount(Fen),
    /// A number of service codes.
    Codes(u32),
}

impl Known {
    /// As people read it.
    pub fn told(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Word(word), _) => word.clone(),
            (known, Lang::Zh) => crate::zh_change::value(known),
            (known, Lang::En) => crate::en_change::value(known),
        }
    }
}

impl Fact {
    /// As people call it.
    pub const fn called(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => crate::zh_change::name(self).trim_ascii_end(),
            Lang::En => crate::en_change::name(self).0,
        }
    }
}

impl Facts {
    /// What is known of `fact`.
    pub fn known(&self, fact: Fact) -> Known {
        let word = |word: &Option<String>| word.clone().map(Known::Word);
        let known = match fact {
            Fact::Account => word(&self.account),
            Fact::Region => word(&self.region),
            Fact::Billing => self.billing.map(Known::Billing),
            Fact::PublicBandwidth => self.public_bandwidth_mbps.map(Known::Mbps),
            Fact::PublicIps => self.public_ips.clone().map(Known::Addresses),
            Fact::PurchasedAt => self.purchased_at.map(Known::Time),
            Fact::ExpiresAt => self.expires_at.map(Known::Time),
            Fact::FirstPurchaseMonths => self.first_purchase_months.map(Known::Months),
            Fact::FirstOrderAmount => self.first_order_amount.map(Known::Amount),
            Fact::CodesIssued => Some(Known::Codes(self.codes_issued)),
        };
        known.unwrap_or(Known::Unknown)
    }

    /// What changed from these facts to `after`: the product first, then facts in the order of [`Fact`].
    pub fn changes_to<'f>(&'f self, after: &'f Self) -> impl Iterator<Item = Change> + 'f {
        let product = (self.product != after.product)
            .then(|| Change::Product { before: self.product.clone(), after: after.product.clone() });
        let facts = Fact::ALL.into_iter().filter_map(move |fact| {
            let (before, after) = (self.known(fact), after.known(fact));
            (before != after).then_some(Change::Fact { fact, before, after })
        });
        product.into_iter().chain(facts)
    }
}

impl Change {
    /// Whether it is a change of that fact.
    pub fn is_of(&self, wanted: Fact) -> bool {
        matches!(self, Self::Fact { fact, .. } if *fact == wanted)
    }

    /// Whether it leads from something known to something known. That the desk came to know a fact, or no longer knows it,
    /// says nothing about the instance.
    pub const fn is_between_known(&self) -> bool {
        match self {
            Self::Fact { before, after, .. } => {
                !matches!(before, Known::Unknown) && !matches!(after, Known::Unknown)
            }
            Self::Gone | Self::Back | Self::Product { .. } => true,
        }
    }

    /// The change with its day, a calendar day in Asia/Shanghai, as staff and the buyer read it. It may name the buyer, so it
    /// is not for strangers to the instance.
    pub fn message(&self, day: Date, lang: Lang) -> String {
        match lang {
            Lang::Zh => crate::zh_change::change(self, day),
            Lang::En => crate::en_change::change(self, day),
        }
    }
}
