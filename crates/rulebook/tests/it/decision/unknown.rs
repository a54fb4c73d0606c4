//! What is unknown stays unknown.

use super::*;

fn facts_of(told: &Outcome) -> Vec<String> {
    let findings = told.json["findings"].as_array().unwrap();
    let unknown = findings.iter().filter(|finding| finding["code"] == "unknown-fact");
    unknown.map(|finding| finding["remedy"]["fact"].as_str().unwrap().to_owned()).collect()
}

fn nothing_known(product: &str) -> Facts {
    Facts { id: "i-0".into(), product: product.into(), ..Facts::default() }
}

#[test]
fn every_fact_that_an_ecs_instance_needs_is_asked_for_once_and_in_order() {
    let told = decided(R, &nothing_known("ecs"), NOW, Some("acc-7"));
    let wanted =
        ["account", "region", "billing", "public_bandwidth_mbps", "public_ips", "purchased_at", "expires_at"];
    assert_eq!(facts_of(&told), wanted);
    assert_eq!(told.verdict, Verdict::Undetermined);
}

#[test]
fn every_fact_that_a_built_site_needs_is_asked_for_once_and_in_order() {
    let told = decided(E, &nothing_known("site-builder"), NOW, Some("acc-7"));
    let wanted = ["account", "region", "expires_at", "first_purchase_months", "first_order_amount"];
    assert_eq!(facts_of(&told), wanted);
}

#[test]
fn a_premium_host_needs_to_be_known_by_region_and_expiry_only() {
    assert_eq!(facts_of(&decided(E, &nothing_known("premium-hosting"), NOW, None)), ["region", "expires_at"]);
}

#[test]
fn the_buyer_is_not_asked_for_when_nobody_asks() {
    assert!(!facts_of(&decided(E, &nothing_known("ecs"), NOW, None)).contains(&"account".to_owned()));
}

#[test]
fn an_unknown_fact_is_told_as_null_with_what_to_provide() {
    let told = ask(E, "ecs", |f| f.public_ips = None);
    assert_eq!(told.verdict, Verdict::Undetermined);
    let mut finding = told.finding(Code::UnknownFact).clone();
    finding["message"].take();
    let wanted = json!({
        "code": "unknown-fact", "blocking": false, "required": null, "actual": null,
        "remedy": { "action": "provide-fact", "fact": "public_ips" }, "source": ["004"], "message": null,
    });
    assert_eq!(finding, wanted);
}

#[test]
fn an_empty_list_of_addresses_is_known_to_be_empty() {
    assert_eq!(ask(E, "ecs", |f| f.public_ips = Some(vec![])).codes, [Code::NoPublicIp]);
}

#[test]
fn unknown_billing_counts_as_a_subscription_for_the_terms() {
    let told = ask(R, "ecs", |f| {
        f.billing = None;
        term(f, "2020-10-15", "2020-11-15");
    });
    assert_eq!(told.codes, [Code::PurchasedTermShort, Code::RemainingTermShort, Code::UnknownFact]);
    assert_eq!(facts_of(&told), ["billing"]);
}

#[test]
fn unknown_billing_counts_as_a_subscription_for_the_expiry() {
    let told = ask(E, "premium-hosting", |f| {
        f.billing = None;
        f.expires_at = Some(day("2020-10-01"));
    });
    assert_eq!(told.codes, [Code::Expired]);
}

#[test]
fn unknown_billing_is_not_asked_for_where_the_row_does_not_mind() {
    assert_eq!(ask(E, "site-builder", |f| f.billing = None).verdict, Verdict::Eligible);
}

#[test]
fn an_unknown_purchase_does_not_hide_a_short_remaining_term() {
    let told = ask(R, "ecs", |f| {
        f.purchased_at = None;
        f.expires_at = Some(day("2020-12-01"));
    });
    assert_eq!(told.codes, [Code::RemainingTermShort, Code::UnknownFact]);
    assert_eq!(told.verdict, Verdict::Ineligible);
}

#[test]
fn an_unknown_expiry_is_asked_for_once_although_three_conditions_need_it() {
    assert_eq!(facts_of(&ask(R, "ecs", |f| f.expires_at = None)), ["expires_at"]);
}

#[test]
fn a_fact_that_no_condition_needs_is_not_asked_for() {
    let told = ask(E, "swas", |f| {
        f.public_bandwidth_mbps = None;
        f.public_ips = None;
        f.first_purchase_months = None;
        f.first_order_amount = None;
    });
    assert_eq!(told.verdict, Verdict::Eligible);
}

#[test]
fn an_unlisted_region_is_shown_as_it_was_written() {
    let told = ask(E, "ecs", |f| f.region = Some("Mars-1".into()));
    assert_eq!(told.verdict, Verdict::Undetermined);
    assert_eq!(told.finding(Code::UnknownFact)["actual"], "Mars-1");
    assert!(told.message(Code::UnknownFact).contains("Mars-1"));
}

#[test]
fn a_missing_region_is_null() {
    let told = ask(E, "ecs", |f| f.region = None);
    assert_eq!(told.finding(Code::UnknownFact)["actual"], Value::Null);
}
