//! The conditions of a row: those below it, less those dropped, with those written here.

use super::{
    stated::RowReader,
    tree::{Fields, Node, Noted},
    unsure::Unsure,
};
use crate::{
    edition::{Condition, Months, Row, Stated, Word, words},
    fault::FaultKind,
};
use std::fmt;

/// A hundred years: nobody sells a longer term, and months stay far from the end of the calendar.
const MAX_MONTHS: u32 = 1200;

/// The keys under which rulebooks set conditions, in the order of reporting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ConditionKey {
    Billing,
    PublicBandwidth,
    PublicIp,
    PurchasedMonths,
    RemainingMonths,
    FirstPurchaseMonths,
    OrderAmount,
    Quota,
}

words! {
    pub(super) ConditionKey {
        Billing = "billing",
        PublicBandwidth = "public_bandwidth",
        PublicIp = "public_ip",
        PurchasedMonths = "min_purchased_months",
        RemainingMonths = "min_remaining_months",
        FirstPurchaseMonths = "min_first_purchase_months",
        OrderAmount = "min_order_amount",
        Quota = "quota"
    }
}

impl ConditionKey {
    /// The key that sets `condition`; `None` for the one that none writes down.
    pub(super) const fn of(condition: Condition) -> Option<Self> {
        Some(match condition {
            Condition::Subscription => Self::Billing,
            Condition::PublicBandwidth => Self::PublicBandwidth,
            Condition::PublicIp => Self::PublicIp,
            Condition::PurchasedMonths(_) => Self::PurchasedMonths,
            Condition::RemainingMonths(_) => Self::RemainingMonths,
            Condition::FirstPurchaseMonths(_) => Self::FirstPurchaseMonths,
            Condition::OrderAmount(_) => Self::OrderAmount,
            Condition::Quota(_) => Self::Quota,
            Condition::InTerm => return None,
        })
    }

    fn sets(self, stated: &Stated<Condition>) -> bool {
        Self::of(stated.value) == Some(self)
    }
}

/// What a row writes under the key of a condition.
enum Written {
    /// The condition counts.
    Asked(Stated<Condition>),
    /// It does not (`public_ip = false`).
    NotAsked,
}

impl RowReader<'_> {
    pub(super) fn conditions(
        &self,
        fields: &mut Fields<'_, '_>,
        noted: &mut Noted<'_>,
        base: Option<&Row>,
        unsure: &mut Unsure,
    ) -> Vec<Stated<Condition>> {
        let mut conditions = base.map(|base| base.conditions.clone()).unwrap_or_default();
        for (word, node) in fields.get("confirms").map(|node| node.texts(noted)).unwrap_or_default() {
            let key = ConditionKey::from_word(word).filter(|key| !fields.has(key.word()));
            match (key, key.and_then(|key| conditions.iter_mut().find(|stated| key.sets(stated)))) {
                (Some(_), Some(stated)) => {
                    stated.source = self.source.to_vec();
                    stated.assumed |= self.assumed;
                }
                (Some(key), None) if unsure.about(key.word()) => {}
                _ => node.note(noted, FaultKind::NothingToConfirm(word.into())),
            }
        }
        for key in ConditionKey::ALL.iter().copied() {
            let Some(node) = fields.get(key.word()) else { continue };
            let before = noted.times();
            if let Some(written) = self.condition(key, &node, noted) {
                conditions.retain(|stated| !key.sets(stated));
                if let Written::Asked(stated) = written {
                    conditions.push(stated);
                }
            }
            unsure.written(key.word(), noted.times() == before);
        }
        conditions
    }

    fn condition(&self, key: ConditionKey, node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Option<Written> {
        match key {
            ConditionKey::Billing => {
                let read = |node: &Node<'_, '_>, noted: &mut Noted<'_>| {
                    node.word(noted, &["subscription"], |word| (word == "subscription").then_some(()))
                };
                let stated = self.stated(node, noted, read)?;
                Some(Written::Asked(stated.map(|()| Condition::Subscription)))
            }
            ConditionKey::PublicBandwidth => self.flag(node, noted, Condition::PublicBandwidth),
            ConditionKey::PublicIp => self.flag(node, noted, Condition::PublicIp),
            ConditionKey::PurchasedMonths => {
                self.months(node, noted, Condition::PurchasedMonths).map(Written::Asked)
            }
            ConditionKey::RemainingMonths => {
                self.months(node, noted, Condition::RemainingMonths).map(Written::Asked)
            }
            ConditionKey::FirstPurchaseMonths => {
                self.months(node, noted, Condition::FirstPurchaseMonths).map(Written::Asked)
            }
            ConditionKey::OrderAmount => {
                let amount = self.stated(node, noted, Node::amount)?;
                Some(Written::Asked(amount.map(Condition::OrderAmount)))
            }
            ConditionKey::Quota => {
                self.quota(node, noted).map(|quota| Written::Asked(quota.map(Condition::Quota)))
            }
        }
    }

    fn flag(&self, node: &Node<'_, '_>, noted: &mut Noted<'_>, condition: Condition) -> Option<Written> {
        let stated = self.stated(node, noted, Node::truth)?;
        Some(if stated.value { Written::Asked(stated.map(|_| condition)) } else { Written::NotAsked })
    }

    fn months(
        &self,
        node: &Node<'_, '_>,
        noted: &mut Noted<'_>,
        condition: fn(Months) -> Condition,
    ) -> Option<Stated<Condition>> {
        let months = self.stated(node, noted, |node, noted| node.whole(noted, MAX_MONTHS))?;
        Some(months.map(condition))
    }
}
