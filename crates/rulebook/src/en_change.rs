//! What changed about an instance, in English. `zh_change.rs` says the same in Chinese; the matches are exhaustive in both.

use crate::{
    calendar::shanghai,
    change::{Change, Known},
    facts::{Billing, Fact},
};
use jiff::civil::Date;

/// A change with its day.
pub(crate) fn change(change: &Change, day: Date) -> String {
    match change {
        Change::Gone => format!("The instance was released on {day}."),
        Change::Back => format!("The instance was restored on {day}."),
        Change::Product { before, after } => {
            format!("The product was changed on {day} from \"{before}\" to \"{after}\".")
        }
        Change::Fact { fact, before, after } => {
            let (name, verb) = name(*fact);
            format!("The {name} {verb} changed on {day} from {} to {}.", value(before), value(after))
        }
    }
}

/// A fact, and the verb that agrees with it.
pub(crate) const fn name(fact: Fact) -> (&'static str, &'static str) {
    match fact {
        Fact::Account => ("buying account", "was"),
        Fact::Region => ("region", "was"),
        Fact::Billing => ("billing method", "was"),
        Fact::PublicBandwidth => ("public bandwidth", "was"),
        Fact::PublicIps => ("public IP addresses", "were"),
        Fact::PurchasedAt => ("purchase time", "was"),
        Fact::ExpiresAt => ("expiry time", "was"),
        Fact::FirstPurchaseMonths => ("length of the first order", "was"),
        Fact::FirstOrderAmount => ("amount of the first order", "was"),
        Fact::CodesIssued => ("number of service codes issued", "was"),
    }
}

pub(crate) fn value(known: &Known) -> String {
    match known {
        Known::Unknown => "unknown".to_owned(),
        Known::Word(word) => format!("\"{word}\""),
        Known::Billing(Billing::Subscription) => "subscription".to_owned(),
        Known::Billing(Billing::PayAsYouGo) => "pay-as-you-go".to_owned(),
        Known::Mbps(0) => "0".to_owned(),
        Known::Mbps(mbps) => format!("{mbps} Mbit/s"),
        Known::Addresses(addresses) if addresses.is_empty() => "none".to_owned(),
        Known::Addresses(addresses) => {
            addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        Known::Time(at) => {
            let at = shanghai(*at);
            format!("{} {:02}:{:02} (+08:00)", at.date(), at.hour(), at.minute())
        }
        Known::Months(1) => "1 month".to_owned(),
        Known::Months(months) => format!("{months} months"),
        Known::Amount(amount) => format!("CNY {amount}"),
        Known::Codes(codes) => codes.to_string(),
    }
}
