//! The instances of the demo: every product of the rules in every condition that makes a difference to it.
//!
//! Facts are relative to the day on which the demo is made. Addresses are those that are set aside for documentation.

use super::{ACCOUNT, OTHER_ACCOUNT};
use ::rulebook::{Billing, Code, Edition, Facts, Fen, Rulebook, Verdict, calendar, decide};
use jiff::{Span, Timestamp};
use std::net::Ipv4Addr;

/// The edition before the one in force, which asks for a remaining term too: it explains old refusals.
pub(crate) const EARLIER: &str = "2020-01-01";
/// A product that no edition lets back a filing.
const NOT_FILEABLE: &str = "object-storage";
/// Products of which one instance has no codes left, and whose it is: a quota that counts for an account is used up for all of
/// its instances, so that it must not be the account of the printed calls.
const USED_UP: [(&str, &str); 4] =
    [("ecs", ACCOUNT), ("swas", ACCOUNT), ("iot-package", ACCOUNT), ("elastic-web", OTHER_ACCOUNT)];

/// What is the matter with an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Condition {
    Good,
    PayAsYouGo,
    NoBandwidth,
    NoAddress,
    TermShort,
    /// Long since bought, and soon over.
    SoonOver,
    Expired,
    FirstShort,
    AmountLow,
    Abroad,
    HongKong,
    Unknown,
    /// Several things at once.
    AllWrong,
    UsedUp,
}

impl Condition {
    const ALL: [Self; 14] = [
        Self::Good,
        Self::PayAsYouGo,
        Self::NoBandwidth,
        Self::NoAddress,
        Self::TermShort,
        Self::SoonOver,
        Self::Expired,
        Self::FirstShort,
        Self::AmountLow,
        Self::Abroad,
        Self::HongKong,
        Self::Unknown,
        Self::AllWrong,
        Self::UsedUp,
    ];

    /// As it stands in the id of the instance.
    const fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::PayAsYouGo => "pay-as-you-go",
            Self::NoBandwidth => "no-bandwidth",
            Self::NoAddress => "no-address",
            Self::TermShort => "term-short",
            Self::SoonOver => "soon-over",
            Self::Expired => "expired",
            Self::FirstShort => "first-short",
            Self::AmountLow => "amount-low",
            Self::Abroad => "abroad",
            Self::HongKong => "hong-kong",
            Self::Unknown => "unknown",
            Self::AllWrong => "all-wrong",
            Self::UsedUp => "used-up",
        }
    }
}

/// One instance of the demo.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    /// What is known of it. `codes_issued` says how many codes are to be issued beforehand.
    pub(crate) facts: Facts,
}

/// All of them, as of `now`.
pub(crate) fn instances(rulebook: &Rulebook, now: Timestamp) -> Vec<Instance> {
    let editions: Vec<&Edition> = [rulebook.in_force(now), rulebook.edition(EARLIER)]
        .into_iter()
        .filter_map(|edition| edition.ok().map(AsRef::as_ref))
        .collect();
    let Some(newest) = editions.first() else { return Vec::new() };
    let products = newest.rows().iter().map(|row| row.product.as_str()).chain([NOT_FILEABLE]);
    let mut found = Vec::new();
    for product in products {
        let good = facts(product, Condition::Good, now, found.len());
        for condition in Condition::ALL {
            let mut facts = facts(product, condition, now, found.len());
            if condition == Condition::UsedUp {
                let Some((_, account)) = USED_UP.iter().find(|(known, _)| *known == product) else {
                    continue;
                };
                let quota = newest.row(product).and_then(::rulebook::Row::quota);
                facts.account = Some((*account).to_owned());
                facts.codes_issued = quota.map_or(0, |quota| quota.codes.get());
            }
            let differs =
                editions.iter().any(|edition| told(edition, &facts, now) != told(edition, &good, now));
            if condition == Condition::Good || differs {
                found.push(Instance { facts });
            }
        }
    }
    let facts = Facts {
        id: "demo-ecs-of-somebody-else".to_owned(),
        account: Some(OTHER_ACCOUNT.to_owned()),
        ..facts("ecs", Condition::Good, now, found.len())
    };
    found.push(Instance { facts });
    found
}

/// What an edition makes of an instance, as the customer of the printed calls asks.
fn told(edition: &Edition, facts: &Facts, now: Timestamp) -> (Verdict, Vec<Code>) {
    let decision = decide(edition, facts, now, facts.account.as_deref());
    (decision.verdict(), Code::ALL.into_iter().filter(|code| decision.has(*code)).collect())
}

fn facts(product: &str, condition: Condition, now: Timestamp, nth: usize) -> Facts {
    let months = |months: i32| moved(now, Span::new().months(months));
    let days = |days: i32| moved(now, Span::new().days(days));
    // Never 0 and never 255.
    let last = u8::try_from(nth % 254).unwrap_or(0).saturating_add(1);
    let good = Facts {
        id: format!("demo-{product}-{}", condition.word()),
        product: product.to_owned(),
        account: Some(ACCOUNT.to_owned()),
        region: Some("cn-hangzhou".to_owned()),
        billing: Some(Billing::Subscription),
        public_bandwidth_mbps: Some(5),
        public_ips: Some(vec![Ipv4Addr::new(47, 96, 0, last).into()]),
        purchased_at: months(-2),
        expires_at: months(11),
        first_purchase_months: Some(12),
        first_order_amount: Some(Fen::new(129_900)),
        ..Facts::default()
    };
    match condition {
        Condition::Good | Condition::UsedUp => good,
        Condition::PayAsYouGo => Facts { billing: Some(Billing::PayAsYouGo), expires_at: None, ..good },
        Condition::NoBandwidth => Facts { public_bandwidth_mbps: Some(0), ..good },
        Condition::NoAddress => Facts { public_ips: Some(Vec::new()), ..good },
        Condition::TermShort => Facts { purchased_at: days(-5), expires_at: days(15), ..good },
        Condition::SoonOver => Facts { purchased_at: months(-11), expires_at: days(15), ..good },
        Condition::Expired => Facts { purchased_at: months(-14), expires_at: days(-3), ..good },
        Condition::FirstShort => Facts { first_purchase_months: Some(1), ..good },
        Condition::AmountLow => Facts { first_order_amount: Some(Fen::new(990)), ..good },
        Condition::Abroad => Facts { region: Some("ap-southeast-1".to_owned()), ..good },
        Condition::HongKong => Facts { region: Some("cn-hongkong".to_owned()), ..good },
        Condition::Unknown => {
            let Facts { id, product, account, .. } = good;
            Facts { id, product, account, ..Facts::default() }
        }
        Condition::AllWrong => Facts {
            public_bandwidth_mbps: Some(0),
            public_ips: Some(Vec::new()),
            purchased_at: days(-20),
            expires_at: days(-1),
            first_purchase_months: Some(1),
            first_order_amount: Some(Fen::new(990)),
            ..good
        },
    }
}

/// The same hour on another day in Shanghai.
fn moved(now: Timestamp, by: Span) -> Option<Timestamp> {
    let at = calendar::shanghai(now).checked_add(by).ok()?;
    let at = calendar::instant(at)?;
    Timestamp::from_second(at.as_second()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::rulebook::ALIYUN;
    use std::collections::BTreeSet;

    /// Days on which months are short, long, and change the year.
    const DAYS: [&str; 5] = [
        "2026-11-21T09:00:00+08:00",
        "2027-01-31T23:59:59+08:00",
        "2028-02-29T00:00:00+08:00",
        "2027-03-30T12:00:00+08:00",
        "2030-12-31T08:00:00+08:00",
    ];

    #[test]
    fn every_finding_occurs_whatever_the_day() {
        let rulebook = Rulebook::parse(ALIYUN).unwrap();
        for day in DAYS {
            let now: Timestamp = day.parse().unwrap();
            let (newest, earlier) = (rulebook.in_force(now).unwrap(), rulebook.edition(EARLIER).unwrap());
            let mut found: BTreeSet<&str> = BTreeSet::new();
            for Instance { facts } in instances(&rulebook, now) {
                for edition in [newest, earlier] {
                    let decision = decide(edition, &facts, now, Some(ACCOUNT));
                    found.extend(decision.findings().map(|finding| finding.code.word()));
                }
            }
            let missing: Vec<_> =
                Code::ALL.map(Code::word).into_iter().filter(|word| !found.contains(word)).collect();
            assert!(missing.is_empty(), "{day}: {missing:?}");
            // Only the remaining term is asked for by no edition that is in force.
            let today: BTreeSet<_> = instances(&rulebook, now)
                .iter()
                .flat_map(|Instance { facts }| {
                    let decision = decide(newest, facts, now, Some(ACCOUNT));
                    Code::ALL
                        .into_iter()
                        .filter(|code| decision.has(*code))
                        .map(Code::word)
                        .collect::<Vec<_>>()
                })
                .collect();
            assert_eq!(found.difference(&today).collect::<Vec<_>>(), [&"remaining-term-short"], "{day}");
        }
    }

    #[test]
    fn every_product_is_there_and_every_condition_is_what_it_is_called() {
        let rulebook = Rulebook::parse(ALIYUN).unwrap();
        let now: Timestamp = DAYS[0].parse().unwrap();
        let newest = rulebook.in_force(now).unwrap();
        let instances = instances(&rulebook, now);
        for row in newest.rows() {
            assert!(
                instances.iter().any(|one| one.facts.id == format!("demo-{}-good", row.product)),
                "{}",
                row.product
            );
        }
        for (id, code) in [
            ("demo-ecs-pay-as-you-go", "pay-as-you-go"),
            ("demo-ecs-no-bandwidth", "no-public-bandwidth"),
            ("demo-ecs-no-address", "no-public-ip"),
            ("demo-swas-term-short", "purchased-term-short"),
            ("demo-site-builder-first-short", "first-purchase-short"),
            ("demo-site-builder-amount-low", "order-amount-low"),
            ("demo-elastic-web-used-up", "quota-exhausted"),
            ("demo-ens-expired", "expired"),
            ("demo-ecs-hong-kong", "outside-mainland"),
            ("demo-nat-gateway-unknown", "unknown-fact"),
            ("demo-shop-good", "filed-elsewhere"),
            ("demo-object-storage-good", "product-not-fileable"),
        ] {
            let one = instances.iter().find(|one| one.facts.id == id).unwrap_or_else(|| panic!("{id}"));
            let codes = told(newest, &one.facts, now).1;
            assert!(codes.iter().any(|found| found.word() == code), "{id}: {codes:?}");
        }
        let ids: BTreeSet<_> = instances.iter().map(|one| &one.facts.id).collect();
        assert_eq!(ids.len(), instances.len());
    }
}
