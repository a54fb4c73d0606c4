//! Beian 2016-08-10: may this domain be served here? For load balancers, CDN and edges of the provider.

mod get_main_domain;
mod manage_accessor_domain;
mod manage_accessor_domain_white_list;
mod manage_accessor_ip;
mod query_accessor_domain;
mod query_accessor_domain_list;
mod query_accessor_domain_status;
mod query_accessor_domain_white_list;
mod query_accessor_domains_status;
mod query_accessor_ip;

use super::{
    Told,
    asked::Asked,
    fault::{Expected, Refusal},
};
use crate::answer::time;
use app::{
    access::Right,
    gate::{Answer, Standing, WhenStale, Why, is_caller},
};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The version of the interface.
pub(super) const VERSION: &str = "2016-08-10";
/// Names that are taken at once, at most.
const MOST_NAMES: usize = 100;

/// What is offered.
pub(super) const ACTIONS: [&str; 10] = [
    "GetMainDomain",
    "ManageAccessorDomain",
    "ManageAccessorDomainWhiteList",
    "ManageAccessorIp",
    "QueryAccessorDomain",
    "QueryAccessorDomainList",
    "QueryAccessorDomainStatus",
    "QueryAccessorDomainWhiteList",
    "QueryAccessorDomainsStatus",
    "QueryAccessorIp",
];
/// What is not, of what the interface has.
pub(super) const NOT_OFFERED: [&str; 4] = [
    "DeleteUnbeianIpCheckType",
    "InsertUnbeianIpCheckType",
    "ListUnbeianIpCheckType",
    "SubmitAccessorFullDomainsOssList",
];

/// Does what is asked.
pub(super) async fn told(asked: &Asked) -> Told {
    let action = asked.sent.action.as_str();
    asked.may(if action.starts_with("Manage") { Right::ManageGate } else { Right::AskGate })?;
    if asked.maybe("Caller").is_some_and(|caller| !is_caller(caller)) {
        return Err(Refusal::Unfit { name: "Caller", expected: Expected::Caller });
    }
    match action {
        "GetMainDomain" => get_main_domain::told(asked),
        "QueryAccessorDomain" => query_accessor_domain::told(asked),
        "QueryAccessorDomainStatus" => query_accessor_domain_status::told(asked),
        "QueryAccessorDomainsStatus" => query_accessor_domains_status::told(asked),
        "QueryAccessorDomainList" => query_accessor_domain_list::told(asked).await,
        "QueryAccessorDomainWhiteList" => query_accessor_domain_white_list::told(asked).await,
        "QueryAccessorIp" => query_accessor_ip::told(asked),
        "ManageAccessorDomain" => manage_accessor_domain::told(asked).await,
        "ManageAccessorDomainWhiteList" => manage_accessor_domain_white_list::told(asked).await,
        "ManageAccessorIp" => manage_accessor_ip::told(asked).await,
        action if NOT_OFFERED.contains(&action) => Err(Refusal::NotOffered),
        _ => Err(Refusal::UnknownAction),
    }
}

/// It was done, or this is known.
fn good(data: Option<Value>) -> Value {
    let mut body = Map::new();
    body.insert("Code".to_owned(), json!(200));
    body.insert("Message".to_owned(), json!("OK"));
    body.extend(data.map(|data| ("Data".to_owned(), data)));
    Value::Object(body)
}

/// What may be served now, and what is answered from it.
struct Gate<'a> {
    standing: Arc<Standing>,
    now: Timestamp,
    asked: &'a Asked,
}

impl<'a> Gate<'a> {
    fn of(asked: &'a Asked) -> Result<Self, Refusal> {
        let desk = &asked.site.desk;
        let standing = desk.gate_standing().ok_or(Refusal::NotReady)?;
        Ok(Self { standing, now: desk.now(), asked })
    }

    /// The answers about names, in their order; each is counted as those of the gate are.
    fn answers(&self, names: &[&str]) -> Vec<Answer<'_>> {
        let answers = self.standing.answers(names, self.now);
        for answer in &answers {
            metrics::counter!("kebei_gate_answers_total", "why" => answer.why.word()).increment(1);
        }
        answers
    }

    /// The answer about one name.
    fn answer(&self, name: &str) -> Result<Answer<'_>, Refusal> {
        self.answers(&[name]).pop().ok_or(Refusal::Fault)
    }

    /// A good answer with that, with further fields, and with when what is known was right. The published libraries read none but `Data`.
    fn told(&self, data: Value, further: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
        let mut body = good(Some(data));
        if let Value::Object(fields) = &mut body {
            fields.extend(further.into_iter().map(|(name, value)| (name.to_owned(), value)));
            fields.insert("AsOf".to_owned(), Value::String(time(self.standing.as_of())));
        }
        body
    }

    /// Why a name may be served, or may not, in words and as a number.
    fn why(&self, why: Why<'_>) -> [(&'static str, Value); 2] {
        let reason = crate::gate::reason(why, self.asked.lang);
        [("Reason", Value::String(reason)), ("ReasonCode", json!(number(why)))]
    }

    /// The answer about a name, as the interface tells it.
    fn status(&self, name: &str, answer: &Answer<'_>) -> Value {
        let word = if answer.serve { "valid" } else { "invalid" };
        let fields =
            [("Domain", json!(name)), ("Status", json!(word))].into_iter().chain(self.why(answer.why));
        Value::Object(fields.map(|(field, value)| (field.to_owned(), value)).collect())
    }
}

/// What is to be done with something: whether it is put there.
fn is_put(asked: &Asked) -> Result<bool, Refusal> {
    match asked.text("Operation")?.trim().to_ascii_lowercase().as_str() {
        "add" => Ok(true),
        "delete" => Ok(false),
        _ => Err(Refusal::Unfit { name: "Operation", expected: Expected::Just("add, delete") }),
    }
}

/// Reasons as numbers; those of names that may be served are below 10.
const fn number(why: Why<'_>) -> u8 {
    match why {
        Why::Filed => 0,
        Why::WhiteListed { .. } => 1,
        Why::AddressRange { .. } => 2,
        Why::Stale(WhenStale::Open) => 3,
        Why::NoDomain => 10,
        Why::Listed => 11,
        Why::NotHostedHere => 12,
        Why::Cancelled => 13,
        Why::NotFiled => 14,
        Why::Stale(WhenStale::Closed) => 15,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use filing::registry::NotServed;

    #[test]
    fn every_refusal_of_the_registry_has_its_number_at_the_gate() {
        let words =
            [Why::NoDomain, Why::Listed, Why::NotHostedHere, Why::Cancelled, Why::NotFiled].map(Why::word);
        for refused in NotServed::ALL {
            assert!(words.contains(&refused.word()), "{}", refused.word());
        }
    }
}
