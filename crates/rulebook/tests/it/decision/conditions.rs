//! Each condition fires where it is missed, and not one step before.

use super::*;

#[test]
fn pay_as_you_go_shows_the_words_and_the_larger_of_both_terms() {
    let rows = "[editions.products.a]\nname = { zh = \"甲\", en = \"A\" }\nsource = [\"terms\"]\n\
                billing = \"subscription\"\nmin_purchased_months = 2\nmin_remaining_months = 7\n";
    let rules = invented(rows);
    let mut facts = good("a");
    facts.region = Some("bj-1".into());
    facts.billing = Some(Billing::PayAsYouGo);
    let told = by(&rules, &facts, NOW);
    let finding = told.finding(Code::PayAsYouGo);
    assert_eq!(finding["required"], "subscription");
    assert_eq!(finding["actual"], "pay-as-you-go");
    assert_eq!(finding["remedy"], json!({ "action": "convert-to-subscription", "months": 7 }));
}

#[test]
fn pay_as_you_go_without_terms_is_converted_for_one_month() {
    let rules = invented(
        "[editions.products.a]\nname = { zh = \"甲\", en = \"A\" }\nsource = [\"terms\"]\n\
         billing = \"subscription\"\n",
    );
    let mut facts = good("a");
    facts.region = Some("bj-1".into());
    facts.billing = Some(Billing::PayAsYouGo);
    assert_eq!(by(&rules, &facts, NOW).remedy(Code::PayAsYouGo)["months"], 1);
}

#[test]
fn the_conversion_of_a_gateway_takes_its_own_month() {
    let told = ask(R, "nat-gateway", |f| f.billing = Some(Billing::PayAsYouGo));
    assert_eq!(told.remedy(Code::PayAsYouGo)["months"], 1);
}

#[test]
fn pay_as_you_go_has_no_term_and_no_expiry() {
    let told = ask(R, "ecs", |f| {
        f.billing = Some(Billing::PayAsYouGo);
        term(f, "2020-10-01", "2020-10-02");
    });
    assert_eq!(told.codes, [Code::PayAsYouGo]);
}

#[test]
fn pay_as_you_go_has_no_unknown_term_either() {
    let told = ask(R, "ecs", |f| {
        f.billing = Some(Billing::PayAsYouGo);
        f.purchased_at = None;
        f.expires_at = None;
    });
    assert_eq!(told.codes, [Code::PayAsYouGo]);
}

#[test]
fn a_pay_as_you_go_instance_of_a_row_that_asks_no_subscription_does_not_expire() {
    for product in ["site-builder", "premium-hosting", "jushita-ecs"] {
        let told = ask(E, product, |f| {
            f.billing = Some(Billing::PayAsYouGo);
            f.expires_at = Some(day("2020-10-01"));
        });
        assert_eq!(told.verdict, Verdict::Eligible, "{product}");
    }
}

#[test]
fn a_pay_as_you_go_instance_of_such_a_row_needs_no_expiry() {
    for product in ["site-builder", "premium-hosting"] {
        let told = ask(E, product, |f| {
            f.billing = Some(Billing::PayAsYouGo);
            f.expires_at = None;
        });
        assert_eq!(told.verdict, Verdict::Eligible, "{product}");
    }
}

#[test]
fn the_first_order_counts_whatever_the_billing() {
    let told = ask(E, "site-builder", |f| {
        f.billing = Some(Billing::PayAsYouGo);
        f.first_purchase_months = Some(11);
        f.first_order_amount = Some(Fen::new(9899));
    });
    assert_eq!(told.codes, [Code::FirstPurchaseShort, Code::OrderAmountLow]);
}

#[test]
fn missing_bandwidth_is_told_in_megabits() {
    let told = ask(E, "ecs", |f| f.public_bandwidth_mbps = Some(0));
    let finding = told.finding(Code::NoPublicBandwidth);
    assert_eq!((&finding["required"], &finding["actual"]), (&json!(1), &json!(0)));
    assert_eq!(finding["remedy"], json!({ "action": "add-public-bandwidth" }));
}

#[test]
fn a_missing_address_is_told_as_a_count() {
    let told = ask(E, "ecs", |f| f.public_ips = Some(vec![]));
    let finding = told.finding(Code::NoPublicIp);
    assert_eq!((&finding["required"], &finding["actual"]), (&json!(1), &json!(0)));
    assert_eq!(finding["remedy"], json!({ "action": "add-public-bandwidth" }));
}

#[test]
fn a_short_first_purchase_is_told_in_months_and_bought_anew() {
    let told = ask(E, "site-builder", |f| f.first_purchase_months = Some(0));
    let finding = told.finding(Code::FirstPurchaseShort);
    assert_eq!((&finding["required"], &finding["actual"]), (&json!(12), &json!(0)));
    assert_eq!(finding["remedy"], json!({ "action": "buy", "products": ["site-builder"], "months": 12 }));
}

#[test]
fn a_low_amount_is_told_as_text_and_bought_anew() {
    let told = ask(E, "site-builder", |f| f.first_order_amount = Some(Fen::new(0)));
    let finding = told.finding(Code::OrderAmountLow);
    assert_eq!((&finding["required"], &finding["actual"]), (&json!("99.00"), &json!("0.00")));
    assert_eq!(
        finding["remedy"],
        json!({ "action": "buy", "products": ["site-builder"], "amount": "99.00" })
    );
}

#[test]
fn an_exhausted_quota_is_told_with_both_counts() {
    let told = ask(E, "ecs", |f| f.codes_issued = 7);
    let finding = told.finding(Code::QuotaExhausted);
    assert_eq!((&finding["required"], &finding["actual"]), (&json!(5), &json!(7)));
    assert_eq!(finding["remedy"], json!({ "action": "buy", "products": ["ecs"] }));
    assert_eq!(told.json["quota"], json!({ "limit": 5, "per": "instance", "used": 7, "left": 0 }));
}

#[test]
fn an_exhausted_account_is_sent_to_another_account() {
    let told = ask(E, "elastic-web", |f| f.codes_issued = 5);
    assert_eq!(
        told.remedy(Code::QuotaExhausted),
        &json!({ "action": "use-another-account", "product": "elastic-web" })
    );
}

#[test]
fn a_missing_count_of_codes_is_none() {
    let told = ask(E, "ecs", |f| f.codes_issued = Facts::default().codes_issued);
    assert_eq!(told.json["quota"]["used"], 0);
}

#[test]
fn a_row_without_a_quota_never_exhausts_it() {
    let told = ask(E, "premium-hosting", |f| f.codes_issued = u32::MAX);
    assert_eq!((told.verdict, &told.json["quota"]), (Verdict::Eligible, &Value::Null));
}

#[test]
fn every_term_finding_rests_on_the_documents_of_its_condition() {
    let told = ask(E, "swas", |f| term(f, "2020-10-15", "2020-11-15"));
    assert_eq!(told.finding(Code::PurchasedTermShort)["source"], json!(["004"]));
    let told = ask(E, "swas", |f| f.codes_issued = 5);
    assert_eq!(told.finding(Code::QuotaExhausted)["source"], json!(["000"]));
}
