//! What one row asks, as SQL: the conditions of [`crate::Condition`], unmet or not to be told.

use super::{ELIGIBLE, INELIGIBLE, Inquiry, UNDETERMINED, bit, column, literal, unknown_bit};
use crate::{
    calendar::{instant, months_after, shanghai},
    edition::{Condition, Months, Row},
    facts::{Billing, Fact},
};
use jiff::{Timestamp, civil::Time};
use std::fmt::Write;

/// No month is longer.
const LONGEST_MONTH: u32 = 31;

/// The columns, quoted, and what does not differ from row to row.
pub(super) struct RowTests {
    at: Timestamp,
    asker: Asker,
    /// As texts are compared.
    pub(super) region: String,
    account: String,
    billing: String,
    public_bandwidth_mbps: String,
    public_ips: String,
    purchased_at: String,
    expires_at: String,
    first_purchase_months: String,
    first_order_amount: String,
    codes_issued: String,
}

/// Who asks.
enum Asker {
    Nobody,
    /// As a literal.
    Account(String),
    /// Somebody whom no text of PostgreSQL can name.
    Nameless,
}

impl RowTests {
    pub(super) fn new(inquiry: &Inquiry<'_>) -> Self {
        let columns = &inquiry.columns;
        Self {
            at: inquiry.at,
            asker: match inquiry.asker {
                None => Asker::Nobody,
                Some(asker) => literal::text(asker).map_or(Asker::Nameless, Asker::Account),
            },
            region: column(columns.region),
            account: column(columns.account),
            billing: column(columns.billing),
            public_bandwidth_mbps: literal::name(columns.public_bandwidth_mbps),
            public_ips: literal::name(columns.public_ips),
            purchased_at: literal::name(columns.purchased_at),
            expires_at: literal::name(columns.expires_at),
            first_purchase_months: literal::name(columns.first_purchase_months),
            first_order_amount: literal::name(columns.first_order_amount),
            codes_issued: literal::name(columns.codes_issued),
        }
    }

    /// Whether the asking account is known not to be the buyer; `None` when nobody asks.
    pub(super) fn other_account(&self) -> Option<String> {
        match &self.asker {
            Asker::Nobody => None,
            Asker::Account(asker) => Some(format!("{} <> {asker}", self.account)),
            Asker::Nameless => Some(format!("{} IS NOT NULL", self.account)),
        }
    }

    /// What the row says of an instance in the mainland.
    pub(super) fn outcome(&self, row: &Row) -> String {
        let conditions = || row.conditions.iter().map(|stated| stated.value);
        let subscribed = conditions().any(|condition| condition == Condition::Subscription);
        // Counting months is dear, so it comes last. A remaining term that suffices has not expired.
        let lasts = conditions().any(|condition| matches!(condition, Condition::RemainingMonths(_)));
        let cheap = conditions().filter(|condition| match condition {
            Condition::PurchasedMonths(_) => false,
            Condition::InTerm => !lasts,
            _ => true,
        });
        let dear = conditions().filter(|condition| matches!(condition, Condition::PurchasedMonths(_)));
        let unmet = cheap.chain(dear).map(|condition| {
            let unmet = self.unmet(condition);
            // Where a subscription is asked, whoever has none is refused whatever else is found.
            if subscribed { unmet } else { self.unless_on_demand(condition, unmet) }
        });
        let unmet: Vec<_> = self.other_account().into_iter().chain(unmet).collect();
        let mut unknown: Vec<_> = self.asked_account().into_iter().collect();
        for fact in row.needed.iter() {
            match self.is_unknown(fact) {
                // Whoever pays as he goes has been refused before.
                Some(_) if subscribed && fact == Fact::Billing => {
                    unknown.push(format!(
                        "{} IS DISTINCT FROM '{}'",
                        self.billing,
                        Billing::Subscription.word()
                    ));
                }
                Some(test) if subscribed => unknown.push(test),
                Some(test) => unknown.push(self.unless_terms(fact, test)),
                None => {}
            }
        }
        let mut sql = String::new();
        for (tests, outcome) in [(unmet, INELIGIBLE), (unknown, UNDETERMINED)] {
            if !tests.is_empty() {
                // Writing into a text does not fail.
                let _ = write!(sql, "\n      WHEN {} THEN {outcome}", tests.join("\n        OR "));
            }
        }
        format!("CASE{sql}\n      ELSE {ELIGIBLE} END")
    }

    /// The findings of the row on an instance in the mainland, as bits.
    pub(super) fn bits(&self, row: &Row) -> String {
        let unmet = row.conditions.iter().map(|stated| {
            let condition = stated.value;
            let mut test = self.unless_on_demand(condition, self.unmet(condition));
            if let Condition::RemainingMonths(_) = condition {
                // What has expired is told so, and not also that nothing remains.
                test = format!("({test}) AND {} > {}", self.expires_at, literal::instant(self.at));
            }
            (test, bit(condition.code()))
        });
        let account = self.asked_account().map(|test| (test, unknown_bit(Fact::Account)));
        let unknown = row
            .needed
            .iter()
            .filter_map(|fact| Some((self.unless_terms(fact, self.is_unknown(fact)?), unknown_bit(fact))));
        let told = unmet.chain(account).chain(unknown);
        let bits: Vec<_> =
            told.map(|(test, bits)| format!("CASE WHEN {test} THEN {bits} ELSE 0 END")).collect();
        if bits.is_empty() { "0".to_owned() } else { bits.join("\n      | ") }
    }

    /// Whether `condition` is known not to be met; not true where it cannot be told. How the instance is paid for is left
    /// to [`Self::unless_on_demand`], and that a remaining term is not told of what has expired, to [`Self::bits`].
    fn unmet(&self, condition: Condition) -> String {
        let Self { expires_at, .. } = self;
        match condition {
            Condition::Subscription => format!("{} = '{}'", self.billing, Billing::PayAsYouGo.word()),
            Condition::PublicBandwidth => format!("{} = 0", self.public_bandwidth_mbps),
            Condition::PublicIp => format!("cardinality({}) = 0", self.public_ips),
            Condition::PurchasedMonths(n) => self.purchased_short(n),
            Condition::RemainingMonths(n) => self.remaining_short(n),
            Condition::FirstPurchaseMonths(n) => format!("{} < {n}", self.first_purchase_months),
            Condition::OrderAmount(least) => format!("{} < {least}", self.first_order_amount),
            Condition::InTerm => format!("{expires_at} <= {}", literal::instant(self.at)),
            Condition::Quota(quota) => format!("{} >= {}", self.codes_issued, quota.codes),
        }
    }

    /// Days are compared in Asia/Shanghai, as [`crate::calendar`] counts them: `date + interval` counts from the start and
    /// ends on the last day of a shorter month. Where even the longest months fit, and a day more for changes of clocks,
    /// nothing is counted.
    fn purchased_short(&self, months: Months) -> String {
        let Self { purchased_at: from, expires_at: to, .. } = self;
        let enough = (u64::from(months.get()) * u64::from(LONGEST_MONTH) + 1) * 24;
        let day = |column: &str| format!("({column} AT TIME ZONE 'Asia/Shanghai')::date");
        format!(
            "CASE WHEN {to} >= {from} + interval '{enough} hours' THEN false ELSE {} < {} + interval '{months} months' END",
            day(to),
            day(from)
        )
    }

    /// The first instant of the day until which the instance must last is the same for all.
    fn remaining_short(&self, months: Months) -> String {
        let until = months_after(shanghai(self.at).date(), months.get());
        match until.and_then(|day| instant(day.to_datetime(Time::midnight()))) {
            Some(until) => format!("{} < {}", self.expires_at, literal::instant(until)),
            // Nothing lasts beyond the year 9999.
            None => format!("{} IS NOT NULL", self.expires_at),
        }
    }

    /// An instance that is paid as it is used has no term.
    fn unless_on_demand(&self, condition: Condition, test: String) -> String {
        match condition {
            Condition::PurchasedMonths(_) | Condition::RemainingMonths(_) | Condition::InTerm => {
                format!("{} AND {test}", self.has_terms())
            }
            _ => test,
        }
    }

    fn unless_terms(&self, fact: Fact, test: String) -> String {
        match fact {
            Fact::PurchasedAt | Fact::ExpiresAt => format!("{} AND {test}", self.has_terms()),
            _ => test,
        }
    }

    fn has_terms(&self) -> String {
        format!("{} IS DISTINCT FROM '{}'", self.billing, Billing::PayAsYouGo.word())
    }

    /// Whether the account is unknown, where one asks.
    fn asked_account(&self) -> Option<String> {
        match self.asker {
            Asker::Nobody => None,
            Asker::Account(_) | Asker::Nameless => Some(format!("{} IS NULL", self.account)),
        }
    }

    /// Whether a fact is unknown; `None` for those that are looked at elsewhere, or that have a default.
    fn is_unknown(&self, fact: Fact) -> Option<String> {
        let column = match fact {
            Fact::Account | Fact::Region | Fact::CodesIssued => return None,
            Fact::Billing => {
                let [one, other] = [Billing::Subscription, Billing::PayAsYouGo].map(Billing::word);
                return Some(format!("({} IN ('{one}', '{other}')) IS NOT TRUE", self.billing));
            }
            Fact::PublicBandwidth => &self.public_bandwidth_mbps,
            Fact::PublicIps => &self.public_ips,
            Fact::PurchasedAt => &self.purchased_at,
            Fact::ExpiresAt => &self.expires_at,
            Fact::FirstPurchaseMonths => &self.first_purchase_months,
            Fact::FirstOrderAmount => &self.first_order_amount,
        };
        Some(format!("{column} IS NULL"))
    }
}
