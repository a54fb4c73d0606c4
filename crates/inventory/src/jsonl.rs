//! Kebei's own records, one JSON object a line, with the keys of SPEC 3.2.

use crate::{
    fault::{Encoding, Expected, Fault},
    json::{Json, Reading, name, nearest},
    limits::{ADDRESSES, is_short},
    products::ProductIds,
    source::{LineEnd, Source},
    step::{Spot, Step},
    when::{NoTime, Written},
};
use jiff::{Timestamp, civil::Time};
use rulebook::{Billing, Fact, FactSet, Facts};
use std::{io, net::IpAddr};

const ID: &str = "id";
const PRODUCT: &str = "product";
const DERIVED: &str = "derived";

pub(crate) struct JsonLines<'r> {
    source: Source<'r>,
    products: ProductIds<'r>,
    encoding: Encoding,
    limit: usize,
}

impl<'r> JsonLines<'r> {
    pub(crate) fn new(
        source: Source<'r>,
        products: ProductIds<'r>,
        encoding: Encoding,
        limit: usize,
    ) -> Self {
        Self { source, products, encoding, limit }
    }

    pub(crate) fn step(&mut self, facts: &mut Facts) -> Step {
        let spot = Spot::line(self.source.line());
        match self.line(facts) {
            Ok(Line::Blank) => Step::On,
            Ok(Line::Record(faults)) => Step::Record(spot, faults),
            Ok(Line::End) => Step::End,
            Err(error) => Step::Last(spot, Fault::Unreadable { said: error.to_string() }),
        }
    }

    /// Reads one line and gives it up.
    fn line(&mut self, facts: &mut Facts) -> io::Result<Line> {
        let end = match self.source.line_end(0, self.limit)? {
            LineEnd::Input(0) => return Ok(Line::End),
            LineEnd::At(end) | LineEnd::Input(end) => end,
            LineEnd::TooFar => {
                self.source.skip_line()?;
                return Ok(Line::Record(vec![Fault::TooLong { limit: self.limit }]));
            }
        };
        let line = self.source.window().get(..end).unwrap_or_default().trim_ascii();
        let read = if line.is_empty() {
            Line::Blank
        } else {
            Line::Record(record(line, self.source.line(), self.encoding, &mut self.products, facts))
        };
        self.source.consume(end);
        Ok(read)
    }
}

enum Line {
    /// A record with everything that is wrong with it.
    Record(Vec<Fault>),
    Blank,
    End,
}

/// Reads one record into `facts`; gives everything that is wrong with it.
fn record(
    line: &[u8],
    number: u64,
    encoding: Encoding,
    products: &mut ProductIds<'_>,
    facts: &mut Facts,
) -> Vec<Fault> {
    let Ok(text) = std::str::from_utf8(line) else { return vec![Fault::NotText { encoding }] };
    let members = match Json::read(text, number) {
        Ok(Json::Object(members)) => members,
        Ok(other) => return vec![Fault::NotAnObject { found: other.found() }],
        Err(fault) => return vec![fault],
    };
    let mut faults = Vec::new();
    let mut reading = Reading { faults: &mut faults };
    for (at, (key, value)) in members.iter().enumerate() {
        if members.iter().take(at).any(|(earlier, _)| earlier == key) {
            reading.fault(Fault::Repeated { field: name(key) });
            // A record of a thousand keys is compared with itself no further.
            break;
        }
        if *value == Json::Null && is_key(key) {
            continue;
        }
        member(key, value, &mut reading, products, facts);
        if reading.has_enough() {
            break;
        }
    }
    for key in [ID, PRODUCT] {
        if !members.iter().any(|(name, value)| name == key && *value != Json::Null) {
            reading.fault(Fault::Missing { field: key.into() });
        }
    }
    faults
}

fn keys() -> impl Iterator<Item = &'static str> {
    [ID, PRODUCT].into_iter().chain(Fact::ALL.map(Fact::key)).chain([DERIVED])
}

fn is_key(key: &str) -> bool {
    keys().any(|known| known == key)
}

fn member(
    key: &str,
    value: &Json<'_>,
    reading: &mut Reading<'_>,
    products: &mut ProductIds<'_>,
    facts: &mut Facts,
) {
    match key {
        ID => {
            if let Some(id) = short(ID, value, reading) {
                id.clone_into(&mut facts.id);
            }
        }
        PRODUCT => {
            if let Some(product) = short(PRODUCT, value, reading) {
                products.resolve(product, &mut facts.product);
            }
        }
        DERIVED => {
            if let Some(list) = reading.value(DERIVED, value, Expected::FactNames, Json::list) {
                let mut names = Vec::new();
                reading.each(
                    DERIVED,
                    list,
                    Expected::FactName,
                    |name| Fact::from_key(name.text()?),
                    &mut names,
                );
                facts.derived = names.into_iter().collect::<FactSet>();
            }
        }
        _ => match Fact::from_key(key) {
            Some(fact) => self::fact(fact, value, reading, facts),
            None => reading
                .faults
                .push(Fault::UnknownKey { key: name(key).into(), nearest: nearest(key, keys()) }),
        },
    }
}

fn fact(fact: Fact, value: &Json<'_>, reading: &mut Reading<'_>, facts: &mut Facts) {
    let key = fact.key();
    match fact {
        Fact::Account => {
            facts.account = short(key, value, reading).map(str::to_owned);
        }
        Fact::Region => {
            facts.region = short(key, value, reading).map(str::to_owned);
        }
        Fact::Billing => facts.billing = reading.value(key, value, Expected::Billing, billing),
        Fact::PublicBandwidth => {
            facts.public_bandwidth_mbps = reading.value(key, value, Expected::WholeNumber, Json::count);
        }
        Fact::PublicIps => {
            facts.public_ips = addresses(key, value, reading);
        }
        Fact::PurchasedAt => facts.purchased_at = time(key, value, reading),
        Fact::ExpiresAt => facts.expires_at = time(key, value, reading),
        Fact::FirstPurchaseMonths => {
            facts.first_purchase_months = reading.value(key, value, Expected::WholeNumber, Json::count);
        }
        Fact::FirstOrderAmount => {
            facts.first_order_amount =
                reading.value(key, value, Expected::AmountText, |amount| amount.text()?.parse().ok());
        }
        Fact::CodesIssued => {
            facts.codes_issued =
                reading.value(key, value, Expected::WholeNumber, Json::count).unwrap_or_default();
        }
    }
}

/// A text that is not empty, short, and fit to be kept.
fn short<'j>(key: &'static str, value: &'j Json<'_>, reading: &mut Reading<'_>) -> Option<&'j str> {
    let some_text = |value: &'j Json<'_>| value.text().map(str::trim).filter(|text| !text.is_empty());
    let text = reading.value(key, value, Expected::SomeText, some_text)?;
    reading.value(key, value, Expected::Short, |_| is_short(text).then_some(text))
}

/// A list of addresses as JSON carries it.
pub(crate) fn addresses(
    key: &'static str,
    value: &Json<'_>,
    reading: &mut Reading<'_>,
) -> Option<Vec<IpAddr>> {
    let list = reading.value(key, value, Expected::AddressList, Json::list)?;
    let few = |_: &Json<'_>| (list.len() <= ADDRESSES).then_some(list);
    let list = reading.value(key, value, Expected::FewAddresses, few)?;
    let mut addresses = Vec::with_capacity(list.len());
    reading.each(key, list, Expected::Address, address, &mut addresses);
    Some(addresses)
}

fn billing(value: &Json<'_>) -> Option<Billing> {
    let word = value.text()?;
    [Billing::Subscription, Billing::PayAsYouGo].into_iter().find(|billing| billing.word() == word)
}

/// An IP address as JSON carries it.
pub(crate) fn address(value: &Json<'_>) -> Option<IpAddr> {
    value.text()?.parse().ok()
}

fn time(key: &'static str, value: &Json<'_>, reading: &mut Reading<'_>) -> Option<Timestamp> {
    let read = value.text().ok_or(NoTime::Shape).and_then(Written::read);
    let read =
        read.and_then(
            |written| {
                if written.rfc3339 { written.instant(Time::midnight()) } else { Err(NoTime::Shape) }
            },
        );
    let expected = if read == Err(NoTime::Year) { Expected::Year } else { Expected::Time };
    reading.value(key, value, expected, |_| read.ok())
}
