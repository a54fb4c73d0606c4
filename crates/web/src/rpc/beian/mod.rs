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
    asked::{Asked, not_offered},
    fault::Refusal,
};
use app::{
    access::Right,
    gate::{Answer, Standing, WhenStale, Why, check_caller},
};
use rulebook::Lang;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The version of the interface.
pub(super) const VERSION: &str = "2016-08-10";
/// Names that are taken at once, at most.
const MOST_NAMES: usize = 100;

/// Does what is asked.
pub(super) async fn told(asked: &Asked) -> Told {
    let action = asked.sent.action.as_str();
    asked.may(if action.starts_with("Manage") { Right::ManageGate } else { Right::AskGate })?;
    if asked.maybe("Caller").is_some_and(|caller| check_caller(caller).is_err()) {
        return Err(Refusal::Unfit { name: "Caller", expected: "1 to 64 of A-Z, a-z, 0-9, -, _ and ." });
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
        "SubmitAccessorFullDomainsOssList"
        | "InsertUnbeianIpCheckType"
        | "DeleteUnbeianIpCheckType"
        | "ListUnbeianIpCheckType" => not_offered(),
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

/// What may be served now.
fn standing(asked: &Asked) -> Result<Arc<Standing>, Refusal> {
    asked.site.desk.gate_standing().ok_or(Refusal::NotReady)
}

/// What is to be done with something: whether it is put there.
fn is_put(asked: &Asked) -> Result<bool, Refusal> {
    match asked.text("Operation")?.trim().to_ascii_lowercase().as_str() {
        "add" => Ok(true),
        "delete" => Ok(false),
        _ => Err(Refusal::Unfit { name: "Operation", expected: "add, delete" }),
    }
}

/// An answer of the gate about a name, as the interface tells it.
fn status(name: &str, answer: Answer<'_>, lang: Lang) -> Value {
    json!({
        "Domain": name,
        "Status": if answer.serve { "valid" } else { "invalid" },
        "Reason": reason(answer.why, lang),
        "ReasonCode": number(answer.why),
    })
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

/// The reason in words.
fn reason(why: Why<'_>, lang: Lang) -> String {
    crate::gate::reason(why, lang)
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
