//! What every test needs: the built-in rulebook, an instance that nothing stands against, and a seeded generator.

use filing::{
    Refusal, Refused,
    codes::{Move, State, Stored},
};
use jiff::Timestamp;
use rulebook::{Billing, Decision, Edition, Facts, Fen, Rulebook, decide};
use std::{num::NonZero, sync::LazyLock};

/// The account that bought every instance of these tests.
pub(crate) const BUYER: &str = "acc-7";

/// The moment at which a test asks unless it says otherwise.
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
        expires_at: Some(at("2022-10-01T10:00:00+08:00")),
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

/// Today's decision, asked by the buyer.
pub(crate) fn today(facts: &Facts) -> Decision<'_> {
    decide(edition(), facts, at(NOW), Some(BUYER))
}

pub(crate) fn n(codes: u32) -> NonZero<u32> {
    NonZero::new(codes).unwrap()
}

pub(crate) fn stored(state: State, counted: bool) -> Stored {
    Stored::new(state, counted).unwrap()
}

pub(crate) fn words<R: Refusal>(refused: &Refused<R>) -> Vec<&'static str> {
    refused.reasons().iter().map(Refusal::word).collect()
}

/// A code after these moves, each of which must be legal.
pub(crate) fn after(moves: &[Move]) -> Stored {
    let made = moves.iter().fold(None, |stored, by| Some(filing::codes::apply(stored, *by).unwrap()));
    made.unwrap()
}

/// A small seeded generator (splitmix64), so that a failing walk can be walked again.
#[derive(Clone, Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.throw() % u64::try_from(end).unwrap()).unwrap()
    }

    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}
