//! Facts as JSON carries them (SPEC 3.2): how the desk stores them and how the ledger keeps what was decided on.

use crate::{
    calendar::rfc3339,
    facts::{Billing, Fact, FactSet, Facts},
    money::Fen,
};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::net::IpAddr;

/// The keys of SPEC 3.2, in its order. Absent and null are both unknown; unknown keys are refused.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    id: String,
    product: String,
    #[serde(default)]
    account: Option<String>,
    #[serde(default)]
    region: Option<String>,
    #[serde(default)]
    billing: Option<String>,
    #[serde(default)]
    public_bandwidth_mbps: Option<u32>,
    #[serde(default)]
    public_ips: Option<Vec<IpAddr>>,
    #[serde(default)]
    purchased_at: Option<String>,
    #[serde(default)]
    expires_at: Option<String>,
    #[serde(default)]
    first_purchase_months: Option<u32>,
    #[serde(default)]
    first_order_amount: Option<String>,
    #[serde(default)]
    codes_issued: Option<u32>,
    #[serde(default)]
    derived: Vec<String>,
}

impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let at = |time: Option<Timestamp>| time.map(|time| rfc3339(time).to_string());
        let record = Record {
            id: self.id.clone(),
            product: self.product.clone(),
            account: self.account.clone(),
            region: self.region.clone(),
            billing: self.billing.map(|billing| billing.word().to_owned()),
            public_bandwidth_mbps: self.public_bandwidth_mbps,
            public_ips: self.public_ips.clone(),
            purchased_at: at(self.purchased_at),
            expires_at: at(self.expires_at),
            first_purchase_months: self.first_purchase_months,
            first_order_amount: self.first_order_amount.map(|amount| amount.to_string()),
            codes_issued: Some(self.codes_issued),
            derived: self.derived.iter().map(|fact| fact.key().to_owned()).collect(),
        };
        record.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let record = Record::deserialize(from)?;
        let time = |text: Option<String>| {
            text.map(|text| text.parse::<Timestamp>().map_err(D::Error::custom)).transpose()
        };
        let billing = match record.billing.as_deref() {
            None => None,
            Some("subscription") => Some(Billing::Subscription),
            Some("pay-as-you-go") => Some(Billing::PayAsYouGo),
            Some(other) => return Err(D::Error::unknown_variant(other, &["subscription", "pay-as-you-go"])),
        };
        let known = |key: &String| {
            Fact::from_key(key).ok_or_else(|| D::Error::custom(format!("no fact is called `{key}`")))
        };
        let amount = |text: String| text.parse::<Fen>().map_err(D::Error::custom);
        Ok(Self {
            id: record.id,
            product: record.product,
            account: record.account,
            region: record.region,
            billing,
            public_bandwidth_mbps: record.public_bandwidth_mbps,
            public_ips: record.public_ips,
            purchased_at: time(record.purchased_at)?,
            expires_at: time(record.expires_at)?,
            first_purchase_months: record.first_purchase_months,
            first_order_amount: record.first_order_amount.map(amount).transpose()?,
            codes_issued: record.codes_issued.unwrap_or(0),
            derived: record.derived.iter().map(known).collect::<Result<FactSet, _>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = concat!(
        r#"{"id":"i-bp1","product":"ecs","account":"acc-7","region":"cn-hangzhou","billing":"subscription","#,
        r#""public_bandwidth_mbps":5,"public_ips":["47.96.0.1"],"purchased_at":"2020-07-01T10:00:00+08:00","#,
        r#""expires_at":"2021-07-02T00:00:00+08:00","first_purchase_months":12,"first_order_amount":"199.00","#,
        r#""codes_issued":2,"derived":["purchased_at"]}"#,
    );

    #[test]
    fn facts_are_written_as_they_were_read() {
        let facts: Facts = serde_json::from_str(WHOLE).unwrap();
        assert_eq!(facts.first_order_amount, Some(Fen::new(19_900)));
        assert!(facts.derived.contains(Fact::PurchasedAt));
        assert_eq!(serde_json::to_string(&facts).unwrap(), WHOLE);
    }

    #[test]
    fn what_is_absent_or_null_is_unknown() {
        let facts: Facts = serde_json::from_str(r#"{"id":"i-1","product":"ecs","region":null}"#).unwrap();
        assert_eq!(facts, Facts { id: "i-1".into(), product: "ecs".into(), ..Facts::default() });
    }

    #[test]
    fn what_is_no_fact_is_refused() {
        for bad in [
            r#"{"id":"i-1","product":"ecs","regoin":"x"}"#,
            r#"{"id":"i-1","product":"ecs","billing":"monthly"}"#,
            r#"{"id":"i-1","product":"ecs","expires_at":"soon"}"#,
            r#"{"id":"i-1","product":"ecs","first_order_amount":"1.005"}"#,
            r#"{"id":"i-1","product":"ecs","derived":["id"]}"#,
            r#"{"product":"ecs"}"#,
        ] {
            assert!(serde_json::from_str::<Facts>(bad).is_err(), "{bad}");
        }
    }
}
