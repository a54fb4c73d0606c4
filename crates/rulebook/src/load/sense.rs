//! What a row can say but not mean.

use super::{
    conditions::ConditionKey,
    tree::{Fields, Noted},
    unsure::Unsure,
};
use crate::{
    edition::{CodeMade, Condition, Row, Scope, VerifiedBy},
    fault::FaultKind,
};

/// Notes what makes no sense in a row, as far as it does not rest on keys that could not be read. A key found at fault
/// here is unsure from then on, so that the editions above do not tell it again.
pub(super) fn check(row: &Row, fields: &Fields<'_, '_>, noted: &mut Noted<'_>, unsure: &mut Unsure) {
    let mut found = Found { unsure, told: Vec::new() };
    found.terms(row);
    found.filed_elsewhere(row);
    found.codes(row);
    found.places(row);
    let Found { unsure, told } = found;
    for (keys, kind) in told {
        fields.note(noted, kind);
        for key in keys {
            unsure.doubt(key);
        }
    }
}

const VERIFIED: &str = "verified_by";
const MADE: &str = "code_made";
const PLACE: &str = "where";
const CREDENTIALS: &str = "credentials_from";
const QUOTA: &str = ConditionKey::Quota.word();

/// Faults with the keys on which they rest.
struct Found<'u> {
    unsure: &'u mut Unsure,
    told: Vec<(Vec<&'static str>, FaultKind)>,
}

impl Found<'_> {
    fn tell(&mut self, keys: &[&'static str], kind: FaultKind) {
        if !keys.iter().any(|key| self.unsure.about(key)) {
            self.told.push((keys.to_vec(), kind));
        }
    }

    fn contradiction(&mut self, keys: &[&'static str], one: &'static str, other: &'static str) {
        self.tell(keys, FaultKind::Contradiction { one, other });
    }

    fn needs(&mut self, keys: &[&'static str], one: &'static str, other: &'static str) {
        self.tell(keys, FaultKind::Needs { one, other });
    }

    /// The keys of the conditions that count for certain and are of that kind.
    fn certain(&self, row: &Row, of: impl Fn(ConditionKey) -> bool) -> Vec<&'static str> {
        let keys = row.conditions.iter().filter_map(|stated| ConditionKey::of(stated.value));
        keys.filter(|key| of(*key)).map(ConditionKey::word).filter(|key| !self.unsure.about(key)).collect()
    }

    fn terms(&mut self, row: &Row) {
        let is_term = |key| matches!(key, ConditionKey::PurchasedMonths | ConditionKey::RemainingMonths);
        let terms = self.certain(row, is_term);
        let subscription = row.conditions.iter().any(|stated| stated.value == Condition::Subscription);
        if !terms.is_empty() && !subscription {
            self.tell(&[ConditionKey::Billing.word()], FaultKind::TermWithoutBilling);
        }
    }

    fn filed_elsewhere(&mut self, row: &Row) {
        if row.verified_by.value != VerifiedBy::Elsewhere {
            return;
        }
        let one = "verified_by = \"elsewhere\"";
        if row.quota().is_some() {
            self.contradiction(&[VERIFIED, QUOTA], one, "quota");
        }
        let asked = self.certain(row, |key| key != ConditionKey::Quota);
        if !asked.is_empty() {
            self.contradiction(&[&[VERIFIED], asked.as_slice()].concat(), one, "billing, public_…, min_…");
        }
        if row.code_made.value != CodeMade::OnRequest {
            self.contradiction(&[VERIFIED, MADE], one, "code_made");
        }
        if row.place.is_none() {
            self.needs(&[VERIFIED, PLACE], one, "where");
        }
    }

    fn codes(&mut self, row: &Row) {
        if row.code_made.value != CodeMade::OnPurchase {
            return;
        }
        let one = "code_made = \"on-purchase\"";
        match row.quota() {
            Some(quota) if quota.per == Scope::Account => {
                self.contradiction(&[MADE, QUOTA], one, "quota.per = \"account\"");
            }
            Some(_) => {}
            None => self.needs(&[MADE, QUOTA], one, "quota"),
        }
    }

    fn places(&mut self, row: &Row) {
        let (verified, made) = (row.verified_by.value, row.code_made.value);
        let password = verified == VerifiedBy::HostPassword;
        if password && made != CodeMade::OnRequest {
            self.contradiction(&[VERIFIED, MADE], "verified_by = \"host-password\"", "code_made");
        }
        if password && row.credentials_from.is_none() {
            self.needs(&[VERIFIED, CREDENTIALS], "verified_by = \"host-password\"", "credentials_from");
        }
        if !password && row.credentials_from.is_some() {
            let other = "verified_by other than \"host-password\"";
            self.contradiction(&[VERIFIED, CREDENTIALS], "credentials_from", other);
        }
        let elsewhere = verified == VerifiedBy::Elsewhere || made == CodeMade::Elsewhere;
        if made == CodeMade::Elsewhere && row.place.is_none() {
            self.needs(&[MADE, PLACE], "code_made = \"elsewhere\"", "where");
        }
        if !elsewhere && row.place.is_some() {
            let other = "verified_by and code_made other than \"elsewhere\"";
            self.contradiction(&[VERIFIED, MADE, PLACE], "where", other);
        }
    }
}
