//! One instance as the provider's own answers describe it: ECS `DescribeInstances` (2014-05-26), SWAS `ListInstances`
//! (2020-06-01). Fields that say nothing about filing are not looked at.

use crate::{
    fault::{Expected, Fault},
    json::{Json, Reading},
    jsonl::{address, addresses},
    limits::is_short,
    when::{NoTime, Written},
};
use jiff::{Timestamp, civil::Time};
use rulebook::{Billing, Fact, Facts};
use std::net::IpAddr;

/// Whose answer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Provider {
    Ecs,
    Swas,
}

/// A pay-as-you-go instance "expires" in this year or later, which means that it does not.
const NEVER: i16 = 2099;

/// Reads one element of the list of instances; gives everything that is wrong with it.
pub(crate) fn instance(provider: Provider, element: &Json<'_>, facts: &mut Facts) -> Vec<Fault> {
    if !matches!(element, Json::Object(_)) {
        return vec![Fault::NotAnObject { found: element.found() }];
    }
    let mut faults = Vec::new();
    let mut element = Element { element, reading: Reading { faults: &mut faults } };
    element.id(facts);
    facts.region = element.text("RegionId");
    match provider {
        Provider::Ecs => element.ecs(facts),
        Provider::Swas => element.swas(facts),
    }
    faults
}

struct Element<'j, 'f> {
    element: &'j Json<'j>,
    reading: Reading<'f>,
}

impl<'j> Element<'j, '_> {
    fn id(&mut self, facts: &mut Facts) {
        match self.text("InstanceId") {
            Some(id) => facts.id = id,
            None if self.reading.faults.is_empty() => {
                self.reading.faults.push(Fault::Missing { field: "InstanceId".into() });
            }
            None => {}
        }
    }

    fn ecs(&mut self, facts: &mut Facts) {
        facts.product.push_str("ecs");
        facts.account = self.owner();
        facts.billing = self.billing("InstanceChargeType");
        self.term(facts);
        let own = self.count(self.element, "InternetMaxBandwidthOut", "InternetMaxBandwidthOut");
        let own_addresses = self.object("PublicIpAddress").and_then(|object| self.own_addresses(object));
        let elastic = self.object("EipAddress");
        let bandwidth = elastic.and_then(|object| self.count(object, "Bandwidth", "EipAddress.Bandwidth"));
        let address = elastic.and_then(|object| self.address(object, "IpAddress", "EipAddress.IpAddress"));
        // An answer without an elastic address leaves its bandwidth out.
        let bandwidth = if address.as_deref() == Some(&[]) { bandwidth.or(Some(0)) } else { bandwidth };
        facts.public_bandwidth_mbps = match (own, bandwidth) {
            (Some(own), Some(elastic)) => Some(own.max(elastic)),
            (known, None) | (None, known) => known.filter(|known| *known > 0),
        };
        facts.public_ips = both(own_addresses, address);
    }

    fn swas(&mut self, facts: &mut Facts) {
        facts.product.push_str("swas");
        facts.billing = self.billing("ChargeType");
        self.term(facts);
        let spec = self.object("ResourceSpec");
        facts.public_bandwidth_mbps =
            spec.and_then(|spec| self.count(spec, "Bandwidth", "ResourceSpec.Bandwidth"));
        facts.public_ips = self.address(self.element, "PublicIpAddress", "PublicIpAddress");
    }

    /// Creation and expiry; the creation stands in for the purchase and is marked as derived.
    fn term(&mut self, facts: &mut Facts) {
        facts.purchased_at = self.time("CreationTime").map(|(at, _)| at);
        if facts.purchased_at.is_some() {
            facts.derived.insert(Fact::PurchasedAt);
        }
        let expires = self.time("ExpiredTime");
        let ends = |year| facts.billing != Some(Billing::PayAsYouGo) || year < NEVER;
        facts.expires_at = expires.filter(|(_, year)| ends(*year)).map(|(at, _)| at);
    }

    /// A text; one that is empty is unknown.
    fn text(&mut self, field: &'static str) -> Option<String> {
        let value = self.element.member(field)?;
        let text = self.reading.value(field, value, Expected::Text, Json::text)?.trim();
        if text.is_empty() {
            return None;
        }
        self.reading.value(field, value, Expected::Short, |_| is_short(text).then(|| text.to_owned()))
    }

    /// An account, which answers carry as a number.
    fn owner(&mut self) -> Option<String> {
        match self.element.member("OwnerId")? {
            Json::Whole(number) => Some(number.to_string()),
            _ => self.text("OwnerId"),
        }
    }

    fn billing(&mut self, field: &'static str) -> Option<Billing> {
        let value = self.element.member(field)?;
        self.reading.value(field, value, Expected::ChargeType, |value| match value.text()? {
            "PrePaid" => Some(Billing::Subscription),
            "PostPaid" => Some(Billing::PayAsYouGo),
            _ => None,
        })
    }

    /// An instant and its year; an empty text is unknown.
    fn time(&mut self, field: &'static str) -> Option<(Timestamp, i16)> {
        let value = self.element.member(field)?;
        if value.text() == Some("") {
            return None;
        }
        let read = value.text().ok_or(NoTime::Shape).and_then(Written::read).and_then(|written| {
            if written.offset.is_none() {
                return Err(NoTime::Shape);
            }
            Ok((written.instant(Time::midnight())?, written.date.year()))
        });
        let expected = if read == Err(NoTime::Year) { Expected::Year } else { Expected::ProviderTime };
        self.reading.value(field, value, expected, |_| read.ok())
    }

    fn count(&mut self, of: &Json<'_>, key: &str, field: &'static str) -> Option<u32> {
        self.reading.value(field, of.member(key)?, Expected::WholeNumber, Json::count)
    }

    fn object(&mut self, field: &'static str) -> Option<&'j Json<'j>> {
        let is_object = |value: &'j Json<'j>| matches!(value, Json::Object(_)).then_some(value);
        self.reading.value(field, self.element.member(field)?, Expected::Object, is_object)
    }

    fn own_addresses(&mut self, of: &Json<'_>) -> Option<Vec<IpAddr>> {
        const FIELD: &str = "PublicIpAddress.IpAddress";
        addresses(FIELD, of.member("IpAddress")?, &mut self.reading)
    }

    /// One address; an empty text is none.
    fn address(&mut self, of: &Json<'_>, key: &str, field: &'static str) -> Option<Vec<IpAddr>> {
        let value = of.member(key)?;
        if value.text() == Some("") {
            return Some(Vec::new());
        }
        self.reading.value(field, value, Expected::Address, address).map(|address| vec![address])
    }
}

/// The addresses of both lists, each once. Known to be none only where both are known.
fn both(own: Option<Vec<IpAddr>>, elastic: Option<Vec<IpAddr>>) -> Option<Vec<IpAddr>> {
    let known = own.is_some() && elastic.is_some();
    let mut addresses = own.unwrap_or_default();
    addresses.extend(elastic.into_iter().flatten());
    let mut seen = std::collections::HashSet::with_capacity(addresses.len());
    addresses.retain(|address| seen.insert(*address));
    (known || !addresses.is_empty()).then_some(addresses)
}
