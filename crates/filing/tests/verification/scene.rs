//! What every test needs: the built-in rulebook, an instance whose owner has secrets, and one question.

use filing::{
    codes::{Held, State, Stored},
    verification::{Asked, Behind, Proof, Typed},
};
use jiff::Timestamp;
use rulebook::{Billing, Edition, Facts, Fen, Rulebook};
use std::sync::LazyLock;

/// The account that bought every instance of these tests.
pub(crate) const BUYER: &str = "owner-4711";
/// The account that a code was granted to.
pub(crate) const GRANTEE: &str = "grantee";
/// An account that has nothing to do with any of it.
pub(crate) const STRANGER: &str = "stranger";

pub(crate) const NOW: &str = "2020-11-01T12:00:00+08:00";

pub(crate) fn edition() -> &'static Edition {
    static BOOK: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::aliyun().unwrap());
    BOOK.edition("2020-10-16").unwrap()
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// An instance of `product` that nothing stands against at [`NOW`].
pub(crate) fn good(product: &str) -> Facts {
    Facts {
        id: "i-1".into(),
        product: product.into(),
        account: Some(BUYER.into()),
        region: Some("cn-hangzhou".into()),
        billing: Some(Billing::Subscription),
        public_bandwidth_mbps: Some(5),
        public_ips: Some(vec!["47.96.0.1".parse().unwrap()]),
        purchased_at: Some(at("2020-10-01T10:00:00+08:00")),
        expires_at: Some(at("2022-10-20T08:30:00+08:00")),
        first_purchase_months: Some(24),
        first_order_amount: Some(Fen::new(100_000)),
        ..Facts::default()
    }
}

/// A good instance, changed.
pub(crate) fn but(product: &str, change: impl FnOnce(&mut Facts)) -> Facts {
    let mut facts = good(product);
    change(&mut facts);
    facts
}

pub(crate) fn here(facts: &Facts) -> Behind<'_> {
    Behind { facts, gone: false }
}

/// A code of the buyer, granted to the grantee.
pub(crate) fn held(state: State, counted: bool) -> Held<'static> {
    Held { stored: Stored::new(state, counted).unwrap(), owner: Some(BUYER), grantee: Some(GRANTEE) }
}

/// That code on that instance, with no other besides.
pub(crate) fn known<'a>(held: Held<'a>, instance: Behind<'a>) -> Proof<'a> {
    Proof::Code(Typed::Known { held, instance: Some(instance), spare: 0 })
}

pub(crate) fn asked<'a>(filer: &'a str, product: &'a str, proof: Proof<'a>) -> Asked<'a> {
    Asked { edition: edition(), at: at(NOW), filer, product, proof }
}
