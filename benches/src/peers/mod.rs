//! The peers: rule engines that are given the same numbers and the newest edition's rules, each in its own language
//! and generated from the rows of the edition. They give a verdict; reasons and remedies are ours alone.

pub(crate) mod cedar;
pub(crate) mod cel;
pub(crate) mod rego;
pub(crate) mod zen;

use crate::instances::Known;
use anyhow::{Context, Result, ensure};
use rulebook::{Condition, Row, Verdict, VerifiedBy};
use serde_json::{Map, Value, json};

/// An engine with the rules compiled, in two ways of using it.
pub(crate) trait Peer {
    /// An instance in the engine's own form.
    type Input;

    /// The engine's name and what of it was called.
    const CALL: &'static str;

    /// Decides as a desk would: one program holds the whole edition, and the numbers are handed over, into what the
    /// engine allows to be used again.
    fn decide(&mut self, known: &Known<'_>) -> Result<Verdict>;

    /// Puts `known` into the engine's own form.
    fn prepare(&self, known: &Known<'_>) -> Result<Self::Input>;

    /// Decides in the engine's best case: the numbers were handed over beforehand, and the program, picked by us,
    /// holds the rules of that product alone.
    fn evaluate(&mut self, input: &Self::Input) -> Result<Verdict>;
}

/// The verdict that a peer gave as its word.
fn verdict(word: &str) -> Result<Verdict> {
    let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.word() == word);
    verdict.with_context(|| format!("no verdict: `{word}`"))
}

/// Whether the row's instances are filed in another system.
fn elsewhere(row: &Row) -> bool {
    row.verified_by.value == VerifiedBy::Elsewhere
}

/// Something that an instance must meet, said of the names of [`Known::named`].
#[derive(Clone, Copy)]
enum Claim {
    Is(&'static str),
    Not(&'static str),
    AtLeast(&'static str, i64),
    Below(&'static str, i64),
}

/// A claim, and whether it is made of subscriptions alone.
#[derive(Clone, Copy)]
struct Asked {
    claim: Claim,
    of_subscriptions: bool,
}

/// What `row` asks of an eligible instance.
fn asked(row: &Row) -> impl Iterator<Item = Asked> {
    let subscribed = row.conditions.iter().any(|condition| condition.value == Condition::Subscription);
    let asker = Asked { claim: Claim::Not("other_account"), of_subscriptions: false };
    let conditions = row.conditions.iter().map(move |condition| {
        let (claim, term) = match condition.value {
            Condition::Subscription => (Claim::Is("subscription"), false),
            Condition::PublicBandwidth => (Claim::AtLeast("bandwidth", 1), false),
            Condition::PublicIp => (Claim::AtLeast("ips", 1), false),
            Condition::PurchasedMonths(n) => (Claim::AtLeast("purchased_months", n.get().into()), true),
            Condition::RemainingMonths(n) => (Claim::AtLeast("remaining_months", n.get().into()), true),
            Condition::FirstPurchaseMonths(n) => {
                (Claim::AtLeast("first_purchase_months", n.get().into()), false)
            }
            Condition::OrderAmount(least) => (Claim::AtLeast("amount", least.get()), false),
            Condition::InTerm => (Claim::Not("expired"), true),
            Condition::Quota(quota) => (Claim::Below("codes_issued", quota.codes.get().into()), false),
        };
        // Where a subscription is asked anyway, the claim need not repeat it.
        Asked { claim, of_subscriptions: term && !subscribed }
    });
    std::iter::once(asker).chain(conditions)
}

/// What `row` asks, as data for an engine whose rules are written once for all products: where a row does not ask,
/// a limit that everything meets.
fn limits(row: &Row) -> Result<Map<String, Value>> {
    let everything_meets = json!({
        "elsewhere": elsewhere(row), "subscription": false, "bandwidth": 0, "ips": 0, "purchased_months": 0,
        "first_purchase_months": 0, "amount": 0, "codes_issued": u32::MAX,
    });
    let mut limits = everything_meets.as_object().cloned().unwrap_or_default();
    for Asked { claim, .. } in asked(row) {
        let (name, limit) = match claim {
            // Every product asks these: the rules say so themselves.
            Claim::Not("other_account" | "expired") => continue,
            Claim::Is(name) => (name, Value::from(true)),
            Claim::Not(name) => (name, Value::from(false)),
            Claim::AtLeast(name, limit) | Claim::Below(name, limit) => (name, Value::from(limit)),
        };
        let known = limits.insert(name.to_owned(), limit).is_some();
        ensure!(
            known,
            "the rules written for all products do not look at `{name}`, which `{}` asks",
            row.product
        );
    }
    Ok(limits)
}

/// How a language with infix operators writes claims.
struct Infix {
    and: &'static str,
    or: &'static str,
    not: &'static str,
    prefix: &'static str,
}

impl Infix {
    /// The verdict on an instance of `row` as a conditional expression.
    fn verdict(&self, row: &Row) -> String {
        if elsewhere(row) {
            return "outside ? 'not-required' : 'elsewhere'".to_owned();
        }
        format!("outside ? 'not-required' : ({}) ? 'eligible' : 'ineligible'", self.all(row))
    }

    /// The verdict on an instance of any of `rows`.
    fn verdict_on_any(&self, rows: &[Row]) -> String {
        let one = |row: &Row| format!("product == '{}' ? ({}) : ", row.product, self.verdict(row));
        rows.iter().map(one).chain(["'ineligible'".to_owned()]).collect()
    }

    /// Everything that `row` asks, as one condition.
    fn all(&self, row: &Row) -> String {
        asked(row).map(|asked| self.one(asked)).collect::<Vec<_>>().join(self.and)
    }

    fn one(&self, asked: Asked) -> String {
        let Self { or, not, prefix, .. } = self;
        let claim = match asked.claim {
            Claim::Is(name) => format!("{prefix}{name}"),
            Claim::Not(name) => format!("{not}{prefix}{name}"),
            Claim::AtLeast(name, n) => format!("{prefix}{name} >= {n}"),
            Claim::Below(name, n) => format!("{prefix}{name} < {n}"),
        };
        if asked.of_subscriptions { format!("({not}{prefix}subscription{or}{claim})") } else { claim }
    }
}
