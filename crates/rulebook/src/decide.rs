//! How a decision is reached: facts become a case, the case is held against its row (SPEC 3.3).

use crate::{
    calendar::{Renewal, months_after, renewal, shanghai, whole_months},
    decision::{Code, CodeSet, Decision, Verdict},
    edition::{Condition, Edition, Limits, Row, VerifiedBy},
    facts::{Billing, Fact, FactSet, Facts},
    money::Fen,
    region::Locality,
};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use std::sync::Arc;

/// Decides whether the instance of `facts` may back a filing at `at`, as asked by the account `asker`, if one asks.
///
/// Total: whatever the facts, there is a decision.
pub fn decide<'a>(
    edition: &'a Edition,
    facts: &'a Facts,
    at: Timestamp,
    asker: Option<&'a str>,
) -> Decision<'a> {
    Case::new(edition, facts, &Moment::new(at), asker).judge()
}

/// An instant and its day, so that a batch reads the calendar once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    at: Timestamp,
    today: Date,
}

impl Moment {
    /// The moment `at`, with its day in Asia/Shanghai.
    pub fn new(at: Timestamp) -> Self {
        Self { at, today: shanghai(at).date() }
    }

    /// The instant.
    pub const fn at(&self) -> Timestamp {
        self.at
    }
}

/// The facts of one instance as the rules look at them: product and region looked up, terms counted in whole months.
#[derive(Clone, Copy, Debug)]
// On a cache line of its own: copied across two, a case cost up to half as much again, as the stack happened to lie.
#[repr(align(64))]
pub struct Case<'a> {
    /// The edition that looked product and region up, and that judges.
    pub(crate) edition: &'a Edition,
    /// What it was made from.
    pub facts: &'a Facts,
    /// Who asks.
    pub asker: Option<&'a str>,
    /// The moment asked about.
    pub moment: Moment,
    /// What the edition says of the product; `None` when it does not know it.
    pub(crate) row: Option<&'a Row>,
    /// Whether the asking account is the buyer.
    pub purchaser: Purchaser,
    /// Where the instance runs; `None` when unknown.
    pub locality: Option<Locality>,
    /// How it is paid for.
    pub billing: Option<Billing>,
    /// Outbound public bandwidth in Mbit/s.
    pub public_bandwidth_mbps: Option<u32>,
    /// How many public addresses it has.
    pub public_ips: Option<usize>,
    /// The day of purchase.
    pub purchased: Option<Date>,
    /// The expiry, by the calendar and clock of Asia/Shanghai.
    pub expires: Option<DateTime>,
    /// The expiry as an instant.
    pub expires_at: Option<Timestamp>,
    /// Whole months from purchase to expiry.
    pub purchased_months: Option<u32>,
    /// Whole months from today to expiry.
    pub remaining_months: Option<u32>,
    /// Whole months of the first order.
    pub first_purchase_months: Option<u32>,
    /// What the first order cost.
    pub first_order_amount: Option<Fen>,
    /// Codes issued so far in the quota's scope.
    pub codes_issued: u32,
}

/// Whether the account that asks is the one that bought the instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purchaser {
    /// No account asks.
    NotAsked,
    /// It is.
    Asker,
    /// Another account bought it.
    Other,
    /// Who bought it is not known.
    Unknown,
}

impl<'a> Case<'a> {
    /// Looks up what `edition` says of the product and the region, and counts the terms in months.
    pub fn new(edition: &'a Edition, facts: &'a Facts, moment: &Moment, asker: Option<&'a str>) -> Self {
        Self::of_row(edition, edition.row(&facts.product), facts, moment, asker)
    }

    /// The same where the row of the product is at hand.
    pub(crate) fn of_row(
        edition: &'a Edition,
        row: Option<&'a Row>,
        facts: &'a Facts,
        moment: &Moment,
        asker: Option<&'a str>,
    ) -> Self {
        let purchased = facts.purchased_at.map(|at| shanghai(at).date());
        let expires = facts.expires_at.map(shanghai);
        Self {
            edition,
            facts,
            asker,
            moment: *moment,
            row,
            purchaser: match (asker, facts.account.as_deref()) {
                (None, _) => Purchaser::NotAsked,
                (Some(_), None) => Purchaser::Unknown,
                (Some(asker), Some(buyer)) if asker == buyer => Purchaser::Asker,
                (Some(_), Some(_)) => Purchaser::Other,
            },
            locality: edition.regions.of(facts),
            billing: facts.billing,
            public_bandwidth_mbps: facts.public_bandwidth_mbps,
            public_ips: facts.public_ips.as_ref().map(Vec::len),
            purchased,
            expires,
            expires_at: facts.expires_at,
            purchased_months: purchased.zip(expires).map(|(from, to)| whole_months(from, to.date())),
            remaining_months: expires.map(|to| whole_months(moment.today, to.date())),
            first_purchase_months: facts.first_purchase_months,
            first_order_amount: facts.first_order_amount,
            codes_issued: facts.codes_issued,
        }
    }

    /// The same instance under another edition: its terms are not counted again, nor is its region looked up where both
    /// editions know the same regions.
    pub(crate) fn turn_to(&mut self, edition: &'a Edition, row: Option<&'a Row>) {
        if !Arc::ptr_eq(&self.edition.regions, &edition.regions) {
            self.locality = edition.regions.of(self.facts);
        }
        self.edition = edition;
        self.row = row;
    }

    /// The same instance with another number of codes issued, where the edition counts them elsewhere.
    pub(crate) const fn counted(&mut self, codes_issued: u32) {
        self.codes_issued = codes_issued;
    }

    /// Whether the instance has expired; an expiry at this very instant counts.
    fn expired(&self) -> Option<bool> {
        self.expires_at.map(|expires| expires <= self.moment.at)
    }

    /// The conditions of `row` that are known not to be met. Compared without a branch: which conditions a row sets and
    /// which of them fail is what no processor can guess.
    fn unmet(&self, row: &Row) -> CodeSet {
        let Limits { asked, purchased_months, remaining_months, first_purchase_months, amount, codes } =
            row.limits;
        let short = |known: Option<u32>, least: u32| known.is_some_and(|months| months < least);
        // An instance that is paid as it is used has no term, whether the row minds that or not.
        let on_demand = self.billing == Some(Billing::PayAsYouGo);
        let expired = self.expired() == Some(true);
        let mut unmet = CodeSet::default();
        unmet.insert_if(Code::PayAsYouGo, on_demand);
        unmet.insert_if(Code::NoPublicBandwidth, self.public_bandwidth_mbps == Some(0));
        unmet.insert_if(Code::NoPublicIp, self.public_ips == Some(0));
        unmet
            .insert_if(Code::PurchasedTermShort, !on_demand & short(self.purchased_months, purchased_months));
        // What has expired is told so, and not also that nothing remains.
        let remains_short = !expired & short(self.remaining_months, remaining_months);
        unmet.insert_if(Code::RemainingTermShort, !on_demand & remains_short);
        unmet.insert_if(Code::FirstPurchaseShort, short(self.first_purchase_months, first_purchase_months));
        unmet.insert_if(Code::OrderAmountLow, self.first_order_amount.is_some_and(|paid| paid < amount));
        unmet.insert_if(Code::Expired, !on_demand & expired);
        unmet.insert_if(Code::QuotaExhausted, self.codes_issued >= codes);
        unmet.both(asked)
    }

    /// The facts that `row` needs and that are unknown.
    fn unknown(&self, row: &Row) -> FactSet {
        let of_terms = FactSet::of(&[Fact::PurchasedAt, Fact::ExpiresAt]);
        let on_demand = self.billing == Some(Billing::PayAsYouGo);
        let needed = if on_demand { row.needed.without(of_terms) } else { row.needed };
        needed.without(self.known())
    }

    fn known(&self) -> FactSet {
        let mut known = FactSet::of(&[Fact::CodesIssued]);
        known.insert_if(Fact::Account, self.purchaser != Purchaser::Unknown);
        known.insert_if(Fact::Region, self.locality.is_some());
        known.insert_if(Fact::Billing, self.billing.is_some());
        known.insert_if(Fact::PublicBandwidth, self.public_bandwidth_mbps.is_some());
        known.insert_if(Fact::PublicIps, self.public_ips.is_some());
        known.insert_if(Fact::PurchasedAt, self.purchased.is_some());
        known.insert_if(Fact::ExpiresAt, self.expires.is_some());
        known.insert_if(Fact::FirstPurchaseMonths, self.first_purchase_months.is_some());
        known.insert_if(Fact::FirstOrderAmount, self.first_order_amount.is_some());
        known
    }

    /// The renewal that makes the instance meet every term of `row` whose facts are known.
    fn renewal(&self, row: &Row) -> Option<Renewal> {
        let expires = self.expires?;
        let lasting = row.conditions.iter().filter_map(|condition| match condition.value {
            Condition::PurchasedMonths(n) => months_after(self.purchased?, n.get()),
            Condition::RemainingMonths(n) => months_after(self.moment.today, n.get()),
            _ => None,
        });
        Some(renewal(expires, self.moment.at, lasting.max()))
    }

    /// Holds the case against its row: the second half of [`decide`], for callers that keep the cases of a batch.
    pub fn judge(self) -> Decision<'a> {
        let Told { verdict, codes, unknown } = told(&self);
        let terms = [Code::PurchasedTermShort, Code::RemainingTermShort, Code::Expired];
        let renewal = match self.row {
            Some(row) if terms.into_iter().any(|code| codes.contains(code)) => self.renewal(row),
            _ => None,
        };
        Decision { edition: self.edition, case: self, verdict, codes, unknown, renewal }
    }
}

/// What is found of a case, before what to do about it.
pub(crate) struct Told {
    pub(crate) verdict: Verdict,
    pub(crate) codes: CodeSet,
    pub(crate) unknown: FactSet,
}

pub(crate) fn told(case: &Case<'_>) -> Told {
    let mut codes = CodeSet::default();
    codes.insert_if(Code::OtherAccount, case.purchaser == Purchaser::Other);
    let mut alone = |code, verdict| {
        codes.insert(code);
        Told { verdict, codes, unknown: FactSet::EMPTY }
    };
    let Some(row) = case.row else {
        return alone(Code::ProductNotFileable, Verdict::Ineligible);
    };
    if case.locality == Some(Locality::Outside) {
        return alone(Code::OutsideMainland, Verdict::NotRequired);
    }
    if row.verified_by.value == VerifiedBy::Elsewhere {
        return alone(Code::FiledElsewhere, Verdict::Elsewhere);
    }
    codes = codes.or(case.unmet(row));
    let unknown = case.unknown(row);
    codes.insert_if(Code::UnknownFact, !unknown.is_empty());
    let verdict = if codes.blocks() {
        Verdict::Ineligible
    } else if unknown.is_empty() {
        Verdict::Eligible
    } else {
        Verdict::Undetermined
    };
    Told { verdict, codes, unknown }
}
