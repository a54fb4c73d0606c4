//! Random instances of which everything is known, and the few numbers of each that the peers decide on.

use fastrand::Rng;
use jiff::{Timestamp, ToSpan, civil, tz};
use rulebook::{Billing, Case, Condition, Edition, Facts, Fen, Locality, Purchaser, Row};
use std::net::{IpAddr, Ipv4Addr};

/// The account that asks.
pub(crate) const ASKER: &str = "acc-7";

/// Regions with their share in 32 of the instances.
const REGIONS: [(&str, u32); 10] = [
    ("cn-hangzhou", 9),
    ("cn-shanghai", 6),
    ("cn-beijing", 6),
    ("cn-shenzhen", 5),
    ("华东1（杭州）", 1),
    ("华北2（北京）", 1),
    ("ap-southeast-1", 1),
    ("us-west-1", 1),
    ("cn-hongkong", 1),
    ("中国香港", 1),
];

/// The moment asked about: 1 November 2020, 00:00 in Asia/Shanghai, when the newest edition is in force.
pub(crate) fn moment() -> Timestamp {
    instant(civil::date(2020, 11, 1).at(0, 0, 0, 0))
}

/// What all five are given: terms counted in whole months, everything else reduced to what the rules look at.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "the peers' languages know truth values, not Rust's enums")]
pub(crate) struct Known<'a> {
    pub(crate) product: &'a str,
    pub(crate) outside: bool,
    pub(crate) other_account: bool,
    pub(crate) subscription: bool,
    pub(crate) bandwidth: i64,
    pub(crate) ips: i64,
    pub(crate) purchased_months: i64,
    pub(crate) remaining_months: i64,
    pub(crate) first_purchase_months: i64,
    pub(crate) amount: i64,
    pub(crate) expired: bool,
    pub(crate) codes_issued: i64,
}

/// A value of a [`Known`], for peers that take values by name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Scalar {
    Truth(bool),
    Number(i64),
}

impl<'a> Known<'a> {
    /// The numbers of `case`, of which everything must be known.
    pub(crate) fn of(case: &Case<'a>) -> Option<Self> {
        Some(Self {
            product: &case.facts.product,
            outside: case.locality? == Locality::Outside,
            other_account: case.purchaser == Purchaser::Other,
            subscription: case.billing? == Billing::Subscription,
            bandwidth: case.public_bandwidth_mbps?.into(),
            ips: i64::try_from(case.public_ips?).ok()?,
            purchased_months: case.purchased_months?.into(),
            remaining_months: case.remaining_months?.into(),
            first_purchase_months: case.first_purchase_months?.into(),
            amount: case.first_order_amount?.get(),
            expired: case.expires_at? <= case.moment.at(),
            codes_issued: case.codes_issued.into(),
        })
    }

    /// The names of [`Self::named`].
    pub(crate) const NAMES: [&'static str; 11] = [
        "outside",
        "other_account",
        "subscription",
        "bandwidth",
        "ips",
        "purchased_months",
        "remaining_months",
        "first_purchase_months",
        "amount",
        "expired",
        "codes_issued",
    ];

    /// Every value but the product, by the name that the peers' rules use.
    pub(crate) fn named(&self) -> [(&'static str, Scalar); 11] {
        let [
            outside,
            other_account,
            subscription,
            bandwidth,
            ips,
            purchased,
            remaining,
            first,
            amount,
            expired,
            codes,
        ] = Self::NAMES;
        [
            (outside, Scalar::Truth(self.outside)),
            (other_account, Scalar::Truth(self.other_account)),
            (subscription, Scalar::Truth(self.subscription)),
            (bandwidth, Scalar::Number(self.bandwidth)),
            (ips, Scalar::Number(self.ips)),
            (purchased, Scalar::Number(self.purchased_months)),
            (remaining, Scalar::Number(self.remaining_months)),
            (first, Scalar::Number(self.first_purchase_months)),
            (amount, Scalar::Number(self.amount)),
            (expired, Scalar::Truth(self.expired)),
            (codes, Scalar::Number(self.codes_issued)),
        ]
    }
}

/// Draws instances of `edition`: six in ten have no fault, the rest one to three.
pub(crate) struct Instances<'e> {
    edition: &'e Edition,
    rng: Rng,
}

/// The faults that an instance may have. One that its product does not mind leaves it eligible.
const FAULTS: [fn(&mut Facts, &mut Rng); 9] = [
    |facts, _| facts.billing = Some(Billing::PayAsYouGo),
    |facts, _| facts.public_bandwidth_mbps = Some(0),
    |facts, _| facts.public_ips = Some(Vec::new()),
    short_term,
    |facts, rng| facts.expires_at = Some(moment() - rng.i64(0..60 * 24 * 60).minutes()),
    |facts, rng| facts.first_purchase_months = Some(rng.u32(1..12)),
    |facts, rng| facts.first_order_amount = Some(Fen::new(rng.i64(100..9_000))),
    |facts, rng| facts.codes_issued = rng.u32(5..8),
    |facts, rng| facts.account = Some(format!("acc-{}", rng.u32(8..99))),
];

fn short_term(facts: &mut Facts, rng: &mut Rng) {
    let bought = moment() - rng.i64(0..20 * 24 * 60).minutes();
    facts.purchased_at = Some(bought);
    facts.expires_at = Some(bought + rng.i64(21 * 24..180 * 24).hours());
}

impl<'e> Instances<'e> {
    pub(crate) fn new(edition: &'e Edition, seed: u64) -> Self {
        Self { edition, rng: Rng::with_seed(seed) }
    }

    /// The next instance.
    pub(crate) fn draw(&mut self) -> Facts {
        let rows = self.edition.rows();
        // One place more than there are rows: a product that the edition does not know, now and then.
        let row = match self.rng.u32(0..64) {
            0 => None,
            _ => self.rng.choice(rows),
        };
        let mut facts = self.faultless(row);
        if self.rng.u32(0..10) >= 6 {
            for _ in 0..self.rng.u32(1..=3) {
                let fault = self.rng.usize(0..FAULTS.len());
                FAULTS[fault](&mut facts, &mut self.rng);
            }
        }
        facts
    }

    fn faultless(&mut self, row: Option<&Row>) -> Facts {
        let rng = &mut self.rng;
        let ask = Asked::of(row);
        let purchased = civil::date(2020, 1, 1).at(0, 0, 0, 0) + rng.i64(0..300 * 24 * 3600).seconds();
        let months = ask.months.max(11) + rng.i64(0..24);
        let expires = purchased + months.months() + rng.i64(0..20).days();
        Facts {
            id: format!("i-bp{:012x}", rng.u64(0..1 << 48)),
            product: row.map_or("rds", |row| row.product.as_str()).to_owned(),
            account: Some(ASKER.to_owned()),
            region: Some(region(rng).to_owned()),
            billing: Some(Billing::Subscription),
            public_bandwidth_mbps: Some(rng.u32(1..=200)),
            public_ips: Some((0..rng.u32(1..=3)).map(|_| address(rng)).collect()),
            purchased_at: Some(instant(purchased)),
            expires_at: Some(instant(expires)),
            first_purchase_months: Some(ask.first + rng.u32(0..12)),
            first_order_amount: Some(Fen::new(ask.amount + rng.i64(0..100_000))),
            codes_issued: rng.u32(0..ask.codes),
            ..Facts::default()
        }
    }
}

/// What a row asks, as far as the generator must know it to draw an instance without fault.
struct Asked {
    months: i64,
    first: u32,
    amount: i64,
    codes: u32,
}

impl Asked {
    fn of(row: Option<&Row>) -> Self {
        let mut asked = Self { months: 1, first: 1, amount: 100, codes: 5 };
        for condition in row.into_iter().flat_map(|row| &row.conditions) {
            match condition.value {
                Condition::PurchasedMonths(n) => asked.months = n.get().into(),
                Condition::FirstPurchaseMonths(n) => asked.first = n.get(),
                Condition::OrderAmount(least) => asked.amount = least.get(),
                Condition::Quota(quota) => asked.codes = quota.codes.get(),
                Condition::Subscription
                | Condition::PublicBandwidth
                | Condition::PublicIp
                | Condition::RemainingMonths(_)
                | Condition::InTerm => {}
            }
        }
        asked
    }
}

fn region(rng: &mut Rng) -> &'static str {
    let mut left = rng.u32(0..REGIONS.iter().map(|(_, share)| share).sum());
    for (region, share) in REGIONS {
        match left.checked_sub(share) {
            Some(rest) => left = rest,
            None => return region,
        }
    }
    REGIONS[0].0
}

fn address(rng: &mut Rng) -> IpAddr {
    Ipv4Addr::from(rng.u32(0x2F60_0000..0x2F6F_FFFF)).into()
}

fn instant(at: civil::DateTime) -> Timestamp {
    tz::offset(8).to_timestamp(at).unwrap_or_default()
}
