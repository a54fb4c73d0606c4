//! The decision, promise by promise: which finding fires, not one step too early, in which order, with which figures.

use crate::desk::{EDITIONS, EXAMPLE_HOST, NOW, Outcome, aliyun, ask, at, day, decided, edition, good, term};
use rulebook::{
    Billing, Code, Edition, Fact, FactSet, Facts, Fen, Lang, Locality, NoEdition, Products, Regions,
    Rulebook, Verdict, decide,
};
use serde_json::{Value, json};

const E: &str = "2020-10-16";
/// The last edition in which the remaining term counts.
const R: &str = "2020-01-01";

fn zoned(facts: &mut Facts, from: &str, to: &str) {
    facts.purchased_at = Some(at(from));
    facts.expires_at = Some(at(to));
}

/// The invented provider with the rows of a test in the place of its own.
fn invented(rows: &str) -> Edition {
    let head = EXAMPLE_HOST.split("[[editions]]").next().unwrap();
    let text = format!(
        "{head}\n[[editions]]\nid = \"v1\"\neffective = 2015-01-01\nsource = [\"terms\"]\n\
         restore_on_cancel = \"never\"\non_abandon = \"release\"\ncode_use = \"granted\"\n{rows}"
    );
    Rulebook::parse(&text).unwrap_or_else(|faults| panic!("{faults}")).editions.remove(0)
}

fn by(edition: &Edition, facts: &Facts, now: &str) -> Outcome {
    Outcome::of(&decide(edition, facts, at(now), Some("acc-7")))
}

mod months {
    use super::*;

    fn purchased(from: &str, to: &str) -> Vec<Code> {
        ask(E, "swas", |f| zoned(f, from, to)).codes
    }

    const SHORT: [Code; 1] = [Code::PurchasedTermShort];

    #[test]
    fn the_same_day_of_the_month_suffices_and_the_day_before_does_not() {
        assert_eq!(purchased("2020-08-15T10:00:00+08:00", "2020-11-15T10:00:00+08:00"), []);
        assert_eq!(purchased("2020-08-15T10:00:00+08:00", "2020-11-14T23:59:59+08:00"), SHORT);
    }

    #[test]
    fn the_time_of_day_does_not_count() {
        assert_eq!(purchased("2020-08-15T23:59:59+08:00", "2020-11-15T00:00:00+08:00"), []);
    }

    #[test]
    fn a_day_begins_at_midnight_in_shanghai() {
        assert_eq!(purchased("2020-08-15T00:00:00+08:00", "2020-11-15T00:00:00+08:00"), []);
        assert_eq!(purchased("2020-08-14T23:59:59+08:00", "2020-11-14T00:00:00+08:00"), []);
        assert_eq!(purchased("2020-08-15T00:00:00+08:00", "2020-11-14T23:59:59+08:00"), SHORT);
    }

    #[test]
    fn an_instant_that_is_the_day_before_in_greenwich_counts_by_its_day_in_shanghai() {
        // Both are the 14th in UTC; the expiry is the 15th in Shanghai.
        assert_eq!(purchased("2020-08-14T17:00:00Z", "2020-11-14T16:00:00Z"), []);
        assert_eq!(purchased("2020-08-14T17:00:00Z", "2020-11-14T15:59:59Z"), SHORT);
    }

    #[test]
    fn months_end_on_the_last_day_where_the_day_of_purchase_does_not_exist() {
        assert_eq!(purchased("2020-11-30T10:00:00+08:00", "2021-02-28T00:00:00+08:00"), []);
        assert_eq!(purchased("2020-11-30T10:00:00+08:00", "2021-02-27T23:59:59+08:00"), SHORT);
        assert_eq!(purchased("2019-11-30T10:00:00+08:00", "2021-02-28T00:00:00+08:00"), []);
    }

    #[test]
    fn a_leap_day_counts() {
        let now = "2020-01-02T00:00:00+08:00";
        let told = |to| {
            let mut facts = good("swas");
            zoned(&mut facts, "2019-11-30T10:00:00+08:00", to);
            decided(E, &facts, now, None).codes
        };
        assert_eq!(told("2020-02-29T00:00:00+08:00"), []);
        assert_eq!(told("2020-02-28T23:59:59+08:00"), SHORT);
    }

    #[test]
    fn months_are_counted_from_the_start_and_not_chained_through_a_short_month() {
        // 31 January + 3 months is 30 April; chained through 28 February it would be the 28th.
        let told = |to| {
            let mut facts = good("swas");
            zoned(&mut facts, "2021-01-31T10:00:00+08:00", to);
            decided(E, &facts, "2021-02-01T00:00:00+08:00", None).codes
        };
        assert_eq!(told("2021-04-30T00:00:00+08:00"), []);
        assert_eq!(told("2021-04-29T23:59:59+08:00"), SHORT);
    }

    #[test]
    fn the_remaining_term_is_counted_from_today_whatever_the_hour() {
        let told = |now, to| {
            let mut facts = good("swas");
            zoned(&mut facts, "2019-01-01T00:00:00+08:00", to);
            decided(R, &facts, now, None).codes
        };
        assert_eq!(told("2020-11-01T23:59:59+08:00", "2021-02-01T00:00:00+08:00"), []);
        assert_eq!(
            told("2020-11-01T00:00:00+08:00", "2021-01-31T23:59:59+08:00"),
            [Code::RemainingTermShort]
        );
        assert_eq!(
            told("2020-11-02T00:00:00+08:00", "2021-02-01T23:59:59+08:00"),
            [Code::RemainingTermShort]
        );
        assert_eq!(told("2020-11-01T15:59:59Z", "2021-02-01T00:00:00+08:00"), []);
        assert_eq!(told("2020-11-01T16:00:00Z", "2021-02-01T00:00:00+08:00"), [Code::RemainingTermShort]);
    }

    #[test]
    fn the_actual_months_are_the_whole_ones_reached() {
        let actual = |from, to| {
            ask(E, "swas", |f| zoned(f, from, to)).finding(Code::PurchasedTermShort)["actual"].clone()
        };
        assert_eq!(actual("2020-08-15T10:00:00+08:00", "2020-11-14T10:00:00+08:00"), 2);
        assert_eq!(actual("2020-10-15T10:00:00+08:00", "2020-11-14T10:00:00+08:00"), 0);
        assert_eq!(actual("2020-10-15T10:00:00+08:00", "2020-11-15T10:00:00+08:00"), 1);
    }

    #[test]
    fn a_purchase_in_the_future_is_decided_as_given() {
        assert_eq!(purchased("2020-12-01T00:00:00+08:00", "2021-03-01T00:00:00+08:00"), []);
        assert_eq!(purchased("2021-12-01T00:00:00+08:00", "2021-03-01T00:00:00+08:00"), SHORT);
    }
}

mod expiry {
    use super::*;

    fn told(expires: &str, now: &str) -> Vec<Code> {
        let mut facts = good("swas");
        facts.purchased_at = Some(day("2019-01-01"));
        facts.expires_at = Some(at(expires));
        decided(E, &facts, now, None).codes
    }

    #[test]
    fn an_expiry_at_this_very_instant_has_expired() {
        assert_eq!(told("2020-11-01T12:00:00+08:00", "2020-11-01T12:00:00+08:00"), [Code::Expired]);
    }

    #[test]
    fn an_expiry_a_second_from_now_has_not() {
        assert_eq!(told("2020-11-01T12:00:01+08:00", "2020-11-01T12:00:00+08:00"), []);
    }

    #[test]
    fn an_expiry_a_nanosecond_from_now_has_not() {
        assert_eq!(told("2020-11-01T12:00:00.000000001+08:00", "2020-11-01T12:00:00+08:00"), []);
    }

    #[test]
    fn instants_are_compared_and_not_clocks() {
        assert_eq!(told("2020-11-01T05:00:00Z", "2020-11-01T12:00:00+08:00"), []);
        assert_eq!(told("2020-11-01T04:00:00Z", "2020-11-01T12:00:00+08:00"), [Code::Expired]);
    }

    #[test]
    fn what_has_expired_is_not_also_told_to_have_nothing_left() {
        let told = ask(R, "swas", |f| term(f, "2019-01-01", "2020-10-01"));
        assert_eq!(told.codes, [Code::Expired]);
    }

    #[test]
    fn what_has_expired_is_also_told_to_have_been_bought_for_too_short() {
        let told = ask(R, "swas", |f| term(f, "2020-09-01", "2020-10-01"));
        assert_eq!(told.codes, [Code::PurchasedTermShort, Code::Expired]);
    }

    #[test]
    fn what_expires_later_today_has_less_than_a_month_left_and_has_not_expired() {
        let mut facts = good("swas");
        zoned(&mut facts, "2019-01-01T00:00:00+08:00", "2020-11-01T23:00:00+08:00");
        assert_eq!(decided(R, &facts, NOW, None).codes, [Code::RemainingTermShort]);
    }

    #[test]
    fn an_expired_instance_shows_the_instant_in_shanghai() {
        let told = ask(E, "swas", |f| f.expires_at = Some(at("2020-10-31T17:00:00Z")));
        let finding = told.finding(Code::Expired);
        assert_eq!(
            (&finding["required"], &finding["actual"]),
            (&Value::Null, &json!("2020-11-01T01:00:00+08:00"))
        );
    }

    #[test]
    fn an_instance_of_a_row_without_any_condition_must_not_have_expired_either() {
        let told = ask(E, "premium-hosting", |f| f.expires_at = Some(day("2020-10-31")));
        assert_eq!(told.codes, [Code::Expired]);
    }
}

mod renewal {
    use super::*;

    fn renewals(told: &Outcome) -> Vec<Value> {
        let findings = told.json["findings"].as_array().unwrap();
        let remedies = findings.iter().map(|finding| finding["remedy"].clone());
        remedies.filter(|remedy| remedy["action"] == "renew").collect()
    }

    fn renew(months: u32, until: &str) -> Value {
        json!({ "action": "renew", "months": months, "until": until })
    }

    #[test]
    fn a_renewal_is_the_fewest_months_that_make_up_the_purchased_term() {
        let told = ask(E, "swas", |f| term(f, "2020-10-15", "2020-11-15"));
        assert_eq!(renewals(&told), [renew(2, "2021-01-15T10:00:00+08:00")]);
    }

    #[test]
    fn a_day_short_takes_a_whole_month() {
        let told = ask(E, "swas", |f| term(f, "2020-08-15", "2020-11-14"));
        assert_eq!(renewals(&told), [renew(1, "2020-12-14T10:00:00+08:00")]);
    }

    #[test]
    fn a_renewal_makes_up_the_remaining_term() {
        let told = ask(R, "swas", |f| term(f, "2019-01-01", "2020-12-01"));
        assert_eq!(renewals(&told), [renew(2, "2021-02-01T10:00:00+08:00")]);
    }

    #[test]
    fn every_renewal_of_a_decision_is_the_same_and_serves_all_of_them() {
        // The purchased term alone would take one month, the remaining term two.
        let told = ask(R, "swas", |f| term(f, "2020-09-20", "2020-12-10"));
        assert_eq!(told.codes, [Code::PurchasedTermShort, Code::RemainingTermShort]);
        let both = renew(2, "2021-02-10T10:00:00+08:00");
        assert_eq!(renewals(&told), [both.clone(), both]);
    }

    #[test]
    fn renewing_an_expired_instance_makes_its_terms_good_as_well() {
        // One month would revive it, but three must remain.
        let told = ask(R, "swas", |f| term(f, "2019-01-01", "2020-10-15"));
        assert_eq!(renewals(&told), [renew(4, "2021-02-15T10:00:00+08:00")]);
    }

    #[test]
    fn where_only_the_expiry_counts_a_renewal_reaches_beyond_now() {
        let told = ask(E, "premium-hosting", |f| f.expires_at = Some(day("2020-08-15")));
        assert_eq!(renewals(&told), [renew(3, "2020-11-15T10:00:00+08:00")]);
    }

    #[test]
    fn a_renewal_that_would_end_this_very_instant_takes_a_month_more() {
        let told = ask(E, "premium-hosting", |f| f.expires_at = Some(at("2020-10-01T12:00:00+08:00")));
        assert_eq!(renewals(&told), [renew(2, "2020-12-01T12:00:00+08:00")]);
    }

    #[test]
    fn a_renewal_that_would_end_a_second_from_now_suffices() {
        let told = ask(E, "premium-hosting", |f| f.expires_at = Some(at("2020-10-01T12:00:01+08:00")));
        assert_eq!(renewals(&told), [renew(1, "2020-11-01T12:00:01+08:00")]);
    }

    #[test]
    fn an_instance_that_expired_today_is_renewed_by_one_month_at_least() {
        let told = ask(E, "premium-hosting", |f| f.expires_at = Some(at(NOW)));
        assert_eq!(renewals(&told), [renew(1, "2020-12-01T12:00:00+08:00")]);
    }

    #[test]
    fn months_are_added_to_the_old_expiry_in_one_go() {
        // 31 October + 4 months = 28 February; chained through November it would be lost sooner.
        let told = ask(R, "swas", |f| term(f, "2019-01-01", "2020-10-31"));
        assert_eq!(renewals(&told), [renew(4, "2021-02-28T10:00:00+08:00")]);
    }

    #[test]
    fn a_term_whose_purchase_is_unknown_is_left_out_of_the_renewal() {
        let told = ask(E, "swas", |f| {
            f.purchased_at = None;
            f.expires_at = Some(day("2020-10-15"));
        });
        assert_eq!(told.codes, [Code::Expired, Code::UnknownFact]);
        assert_eq!(renewals(&told), [renew(1, "2020-11-15T10:00:00+08:00")]);
    }

    #[test]
    fn the_new_expiry_keeps_the_clock_of_shanghai() {
        let told = ask(E, "premium-hosting", |f| f.expires_at = Some(at("2020-10-30T16:30:15Z")));
        assert_eq!(renewals(&told), [renew(1, "2020-11-30T00:30:15+08:00")]);
    }
}

mod conditions {
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
}

mod unknown {
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
        let wanted = [
            "account",
            "region",
            "billing",
            "public_bandwidth_mbps",
            "public_ips",
            "purchased_at",
            "expires_at",
        ];
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
        assert_eq!(
            facts_of(&decided(E, &nothing_known("premium-hosting"), NOW, None)),
            ["region", "expires_at"]
        );
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
}

mod verdicts {
    use super::*;

    fn abroad(f: &mut Facts) {
        f.region = Some("us-west-1".into());
    }

    #[test]
    fn not_required_comes_before_elsewhere() {
        let told = ask(E, "shop", abroad);
        assert_eq!((told.verdict, told.codes), (Verdict::NotRequired, vec![Code::OutsideMainland]));
    }

    #[test]
    fn not_required_comes_before_ineligible() {
        let told = ask(E, "ecs", |f| {
            abroad(f);
            f.billing = Some(Billing::PayAsYouGo);
            f.public_bandwidth_mbps = Some(0);
            f.codes_issued = 9;
        });
        assert_eq!((told.verdict, told.codes), (Verdict::NotRequired, vec![Code::OutsideMainland]));
    }

    #[test]
    fn not_required_comes_before_undetermined() {
        let told = ask(E, "ecs", |f| {
            abroad(f);
            f.expires_at = None;
            f.billing = None;
        });
        assert_eq!((told.verdict, told.codes), (Verdict::NotRequired, vec![Code::OutsideMainland]));
    }

    #[test]
    fn not_required_comes_before_eligible() {
        assert_eq!(ask(E, "ecs", abroad).verdict, Verdict::NotRequired);
    }

    #[test]
    fn elsewhere_comes_before_ineligible() {
        let told = ask(E, "shop", |f| f.expires_at = Some(day("2020-10-01")));
        assert_eq!((told.verdict, told.codes), (Verdict::Elsewhere, vec![Code::FiledElsewhere]));
    }

    #[test]
    fn elsewhere_comes_before_undetermined() {
        let told = ask(E, "shop", |f| {
            f.region = None;
            f.expires_at = None;
        });
        assert_eq!((told.verdict, told.codes), (Verdict::Elsewhere, vec![Code::FiledElsewhere]));
    }

    #[test]
    fn ineligible_comes_before_undetermined() {
        let told = ask(E, "ecs", |f| {
            f.public_ips = None;
            f.codes_issued = 5;
        });
        assert_eq!(
            (told.verdict, told.codes),
            (Verdict::Ineligible, vec![Code::QuotaExhausted, Code::UnknownFact])
        );
    }

    #[test]
    fn undetermined_comes_before_eligible() {
        assert_eq!(ask(E, "ecs", |f| f.public_ips = None).verdict, Verdict::Undetermined);
    }

    #[test]
    fn another_account_stays_beside_not_required_without_changing_it() {
        let mut facts = good("ecs");
        abroad(&mut facts);
        let told = decided(E, &facts, NOW, Some("acc-8"));
        assert_eq!(
            (told.verdict, told.codes),
            (Verdict::NotRequired, vec![Code::OtherAccount, Code::OutsideMainland])
        );
    }

    #[test]
    fn another_account_stays_beside_elsewhere_without_changing_it() {
        let told = decided(E, &good("shop"), NOW, Some("acc-8"));
        assert_eq!(
            (told.verdict, told.codes),
            (Verdict::Elsewhere, vec![Code::OtherAccount, Code::FiledElsewhere])
        );
    }

    #[test]
    fn an_unknown_buyer_is_not_told_beside_not_required_or_elsewhere() {
        let told = ask(E, "shop", |f| f.account = None);
        assert_eq!(told.codes, [Code::FiledElsewhere]);
        let told = ask(E, "ecs", |f| {
            abroad(f);
            f.account = None;
        });
        assert_eq!(told.codes, [Code::OutsideMainland]);
    }

    #[test]
    fn an_unknown_product_is_ineligible_whatever_the_region() {
        for region in [None, Some("us-west-1"), Some("mars-1"), Some("cn-hangzhou")] {
            let told = ask(E, "toaster", |f| f.region = region.map(Into::into));
            assert_eq!(
                (told.verdict, told.codes),
                (Verdict::Ineligible, vec![Code::ProductNotFileable]),
                "{region:?}"
            );
        }
    }

    #[test]
    fn an_unknown_product_has_only_another_account_beside_it() {
        let mut facts = good("toaster");
        facts.expires_at = None;
        facts.billing = Some(Billing::PayAsYouGo);
        facts.codes_issued = 99;
        let told = decided(E, &facts, NOW, Some("acc-8"));
        assert_eq!(told.codes, [Code::ProductNotFileable, Code::OtherAccount]);
        facts.account = None;
        assert_eq!(decided(E, &facts, NOW, Some("acc-8")).codes, [Code::ProductNotFileable]);
    }

    #[test]
    fn an_unknown_product_has_no_way_of_verification_no_quota_and_no_source() {
        let told = ask(E, "toaster", |_| ());
        assert_eq!((&told.json["verified_by"], &told.json["quota"]), (&Value::Null, &Value::Null));
        assert_eq!(told.finding(Code::ProductNotFileable)["source"], json!([]));
    }

    #[test]
    fn a_product_of_a_later_edition_is_not_fileable_yet() {
        assert_eq!(ask("2020-01-01", "iot-package", |_| ()).codes, [Code::ProductNotFileable]);
        assert_eq!(ask("2018-05-21", "nat-gateway", |_| ()).codes, [Code::ProductNotFileable]);
    }

    #[test]
    fn a_quota_is_told_beside_not_required_as_well() {
        assert_eq!(ask(E, "ecs", abroad).json["quota"]["limit"], 5);
    }

    #[test]
    fn exactly_three_findings_do_not_block() {
        let free: Vec<_> = Code::ALL.into_iter().filter(|code| !code.blocks()).collect();
        assert_eq!(free, [Code::OutsideMainland, Code::FiledElsewhere, Code::UnknownFact]);
    }

    #[test]
    fn outside_the_mainland_is_told_with_the_region_and_nothing_to_do() {
        let told = ask(E, "ecs", abroad);
        let finding = told.finding(Code::OutsideMainland);
        assert_eq!((&finding["actual"], &finding["blocking"]), (&json!("us-west-1"), &json!(false)));
        assert_eq!(finding["remedy"], json!({ "action": "none-needed" }));
    }

    #[test]
    fn another_account_does_not_hide_what_else_is_wrong() {
        let mut facts = good("ecs");
        facts.codes_issued = 5;
        assert_eq!(decided(E, &facts, NOW, Some("acc-8")).codes, [Code::OtherAccount, Code::QuotaExhausted]);
    }

    #[test]
    fn nobody_asking_is_not_another_account() {
        assert_eq!(decided(E, &good("ecs"), NOW, None).verdict, Verdict::Eligible);
    }

    #[test]
    fn the_buyer_is_not_named_to_another_account() {
        let told = decided(E, &good("ecs"), NOW, Some("acc-8"));
        assert!(!told.json.to_string().contains("acc-7"), "{}", told.json);
    }

    #[test]
    fn accounts_are_compared_to_the_letter() {
        assert_eq!(decided(E, &good("ecs"), NOW, Some("ACC-7")).codes, [Code::OtherAccount]);
    }
}

#[test]
fn all_findings_of_an_instance_come_at_once_and_in_order() {
    let rules = invented(
        "[editions.products.a]\nname = { zh = \"甲\", en = \"A\" }\nsource = [\"terms\"]\n\
         billing = \"subscription\"\npublic_bandwidth = true\npublic_ip = true\nmin_purchased_months = 3\n\
         min_remaining_months = 3\nmin_first_purchase_months = 12\nmin_order_amount = \"99.00\"\n\
         quota = { codes = 1, per = \"instance\" }\n",
    );
    let mut facts = good("a");
    facts.region = None;
    facts.billing = None;
    facts.public_bandwidth_mbps = Some(0);
    facts.public_ips = Some(vec![]);
    facts.first_purchase_months = Some(1);
    facts.first_order_amount = Some(Fen::new(1));
    facts.codes_issued = 1;
    term(&mut facts, "2020-10-15", "2020-11-15");
    let told = Outcome::of(&decide(&rules, &facts, at(NOW), Some("acc-8")));
    let wanted = [
        Code::OtherAccount,
        Code::NoPublicBandwidth,
        Code::NoPublicIp,
        Code::PurchasedTermShort,
        Code::RemainingTermShort,
        Code::FirstPurchaseShort,
        Code::OrderAmountLow,
        Code::QuotaExhausted,
        Code::UnknownFact,
        Code::UnknownFact,
    ];
    assert_eq!(told.codes, wanted);
    term(&mut facts, "2020-09-15", "2020-10-15");
    facts.billing = Some(Billing::Subscription);
    let told = Outcome::of(&decide(&rules, &facts, at(NOW), None));
    assert_eq!(
        told.codes[2..7],
        [
            Code::PurchasedTermShort,
            Code::FirstPurchaseShort,
            Code::OrderAmountLow,
            Code::Expired,
            Code::QuotaExhausted
        ]
    );
}

#[test]
fn the_order_of_the_codes_and_their_words_are_those_promised() {
    let words = Code::ALL.map(Code::word);
    let wanted = [
        "product-not-fileable",
        "other-account",
        "outside-mainland",
        "filed-elsewhere",
        "pay-as-you-go",
        "no-public-bandwidth",
        "no-public-ip",
        "purchased-term-short",
        "remaining-term-short",
        "first-purchase-short",
        "order-amount-low",
        "expired",
        "quota-exhausted",
        "unknown-fact",
    ];
    assert_eq!(words, wanted);
    assert_eq!(Code::ALL.map(|code| code.to_string()), wanted);
}

#[test]
fn offers_are_the_same_when_their_products_are() {
    let (first, last) = (edition("2018-05-21"), edition(E));
    let [ecs, swas] = ["ecs", "swas"].map(|product| Products::Same(last.row(product).unwrap()));
    assert_eq!(ecs, Products::Same(first.row("ecs").unwrap()));
    assert_ne!(ecs, swas);
    assert_ne!(Products::AnyOf(first), Products::AnyOf(last));
}

#[test]
fn verdicts_read_as_promised() {
    let read = Verdict::ALL.map(|verdict| (verdict.word(), verdict.label(Lang::Zh)));
    let wanted = [
        ("eligible", "可备案"),
        ("ineligible", "不可备案"),
        ("undetermined", "信息不足"),
        ("not-required", "无需备案"),
        ("elsewhere", "在其他系统备案"),
    ];
    assert_eq!(read, wanted);
}

#[test]
fn facts_have_the_keys_of_the_files_in_their_order() {
    let wanted = [
        "account",
        "region",
        "billing",
        "public_bandwidth_mbps",
        "public_ips",
        "purchased_at",
        "expires_at",
        "first_purchase_months",
        "first_order_amount",
        "codes_issued",
    ];
    assert_eq!(Fact::ALL.map(Fact::key), wanted);
}

mod json {
    use super::*;

    fn line(edition_id: &str, facts: &Facts, now: &str, asker: Option<&str>) -> String {
        let decision = decide(edition(edition_id), facts, at(now), asker);
        serde_json::to_string(&decision.report(Lang::Zh)).unwrap()
    }

    #[test]
    fn a_decision_reads_as_the_promised_line_byte_for_byte() {
        let mut facts = good("swas");
        facts.id = "i-bp1…".into();
        zoned(&mut facts, "2020-10-15T00:00:00+08:00", "2020-11-15T00:00:00+08:00");
        let wanted = r#"{"instance":"i-bp1…","product":"swas","edition":"2020-10-16","at":"2020-11-01T00:00:00+08:00","verdict":"ineligible","verified_by":"service-code","quota":{"limit":5,"per":"instance","used":0,"left":5},"derived":[],"findings":[{"code":"purchased-term-short","blocking":true,"required":3,"actual":1,"remedy":{"action":"renew","months":2,"until":"2021-01-15T00:00:00+08:00"},"source":["004"],"message":""#;
        let line = line(E, &facts, "2020-11-01T00:00:00+08:00", None);
        assert_eq!(line.get(..wanted.len()), Some(wanted), "{line}");
        assert!(line.ends_with("\"}]}"), "{line}");
    }

    #[test]
    fn an_eligible_decision_is_whole_and_omits_nothing() {
        let wanted = r#"{"instance":"i-1","product":"premium-hosting","edition":"2020-10-16","at":"2020-11-01T12:00:00+08:00","verdict":"eligible","verified_by":"host-password","quota":null,"derived":[],"findings":[]}"#;
        assert_eq!(line(E, &good("premium-hosting"), NOW, None), wanted);
    }

    #[test]
    fn an_unknown_product_has_its_nulls() {
        let line = line(E, &good("toaster"), NOW, None);
        let wanted = r#"{"instance":"i-1","product":"toaster","edition":"2020-10-16","at":"2020-11-01T12:00:00+08:00","verdict":"ineligible","verified_by":null,"quota":null,"derived":[],"findings":[{"code":"product-not-fileable","blocking":true,"required":null,"actual":"toaster","remedy":{"action":"buy","products":["ecs",""#;
        assert_eq!(line.get(..wanted.len()), Some(wanted), "{line}");
    }

    #[test]
    fn the_moment_is_told_in_shanghai_however_it_was_asked() {
        assert!(
            line(E, &good("ecs"), "2020-11-01T04:00:00Z", None)
                .contains(r#""at":"2020-11-01T12:00:00+08:00""#)
        );
    }

    #[test]
    fn a_renewal_beyond_the_calendar_says_null_and_is_not_omitted() {
        let mut facts = good("swas");
        zoned(&mut facts, "9999-12-20T00:00:00+08:00", "9999-12-21T00:00:00+08:00");
        assert!(line(E, &facts, "9999-12-01T00:00:00+08:00", None).contains(r#""until":null}"#));
    }

    #[test]
    fn derived_facts_are_repeated_in_order() {
        let mut facts = good("ecs");
        facts.derived = [Fact::ExpiresAt, Fact::PurchasedAt].into_iter().collect::<FactSet>();
        assert!(line(E, &facts, NOW, None).contains(r#""derived":["purchased_at","expires_at"]"#));
    }

    #[test]
    fn the_place_of_a_filing_elsewhere_follows_the_language() {
        let facts = good("shop");
        let decision = decide(edition(E), &facts, at(NOW), None);
        let place = |lang| {
            serde_json::to_value(decision.report(lang)).unwrap()["findings"][0]["remedy"]["where"].clone()
        };
        assert!(place(Lang::Zh).as_str().unwrap().contains("旺铺备案系统"));
        assert!(place(Lang::En).as_str().unwrap().contains("shop filing system"));
    }

    #[test]
    fn quotation_marks_and_controls_in_facts_stay_inside_their_strings() {
        let mut facts = good("ecs");
        facts.id = "\"\\\n\u{7}".into();
        facts.region = Some("\"},{\"".into());
        let value: Value = serde_json::from_str(&line(E, &facts, NOW, None)).unwrap();
        assert_eq!(
            (&value["instance"], &value["findings"][0]["actual"]),
            (&json!("\"\\\n\u{7}"), &json!("\"},{\""))
        );
    }
}

mod derived {
    use super::*;

    const HINTS: [&str; 2] = ["可能更短", "may be shorter"];

    fn purchase(f: &mut Facts) {
        f.derived = [Fact::PurchasedAt].into_iter().collect();
    }

    #[test]
    fn a_derived_purchase_is_used_and_an_eligible_instance_may_really_have_a_shorter_term() {
        let told = ask(E, "swas", purchase);
        assert_eq!((told.verdict, &told.json["derived"]), (Verdict::Eligible, &json!(["purchased_at"])));
        for (summary, hint) in told.summary.iter().zip(HINTS) {
            assert!(summary.contains(hint), "{summary}");
        }
    }

    #[test]
    fn a_derived_purchase_is_told_with_a_short_term() {
        let told = ask(E, "swas", |f| {
            purchase(f);
            term(f, "2020-10-15", "2020-11-15");
        });
        assert!(told.message(Code::PurchasedTermShort).contains(HINTS[0]));
    }

    #[test]
    fn a_derived_purchase_is_told_once_whatever_else_stands_in_the_way() {
        for change in [
            (|f: &mut Facts| f.codes_issued = 5) as fn(&mut Facts),
            |f| f.region = None,
            |f| term(f, "2020-10-15", "2020-11-15"),
            |f| f.expires_at = Some(day("2020-11-01")),
        ] {
            let told = ask(E, "swas", |f| {
                purchase(f);
                change(f);
            });
            let all = format!("{}{}", told.summary[0], told.json);
            assert_eq!(all.matches(HINTS[0]).count(), 1, "{all}");
        }
    }

    #[test]
    fn a_derived_purchase_that_no_condition_looks_at_raises_no_doubt() {
        let hosts = ask(E, "premium-hosting", purchase);
        let abroad = ask(E, "swas", |f| {
            purchase(f);
            f.region = Some("us-west-1".into());
        });
        let on_demand = ask(E, "swas", |f| {
            purchase(f);
            f.billing = Some(Billing::PayAsYouGo);
        });
        for told in [hosts, abroad, on_demand] {
            assert_eq!(told.json["derived"], json!(["purchased_at"]));
            assert!(!told.summary[0].contains(HINTS[0]), "{}", told.summary[0]);
        }
    }
}

mod editions {
    use super::*;

    #[test]
    fn before_the_first_edition_nothing_is_decided() {
        let error = aliyun().in_force(at("2018-05-20T23:59:59+08:00")).unwrap_err();
        let wanted = NoEdition::Before {
            day: "2018-05-20".parse().unwrap(),
            first: "2018-05-21".into(),
            from: "2018-05-21".parse().unwrap(),
        };
        assert_eq!((error, NoEdition::CODE), (wanted, "no-edition"));
    }

    #[test]
    fn the_first_edition_counts_from_its_midnight_in_shanghai() {
        assert_eq!(aliyun().in_force(at("2018-05-20T16:00:00Z")).unwrap().id, "2018-05-21");
    }

    #[test]
    fn an_edition_named_explicitly_is_used_whatever_the_date() {
        for now in ["2000-01-01T00:00:00+08:00", NOW, "2099-01-01T00:00:00+08:00"] {
            for id in EDITIONS {
                assert_eq!(aliyun().edition_or_in_force(Some(id), at(now)).unwrap().id, id, "{now}");
            }
        }
    }

    #[test]
    fn no_edition_named_means_the_newest_in_force() {
        assert_eq!(aliyun().edition_or_in_force(None, at(NOW)).unwrap().id, "2020-10-16");
    }

    #[test]
    fn an_edition_that_does_not_exist_is_an_error_that_lists_the_others() {
        let error = aliyun().edition_or_in_force(Some("2020-10-17"), at(NOW)).unwrap_err();
        for lang in Lang::ALL {
            let message = error.message(lang);
            assert!(EDITIONS.into_iter().chain(["2020-10-17"]).all(|id| message.contains(id)), "{message}");
        }
    }

    #[test]
    fn the_same_instance_is_decided_by_the_edition_of_its_day() {
        let mut facts = good("swas");
        term(&mut facts, "2020-08-16", "2020-11-16");
        let on = |now| Outcome::of(&decide(aliyun().in_force(at(now)).unwrap(), &facts, at(now), None)).codes;
        assert_eq!(on("2020-10-15T23:59:59+08:00"), [Code::RemainingTermShort]);
        assert_eq!(on("2020-10-16T00:00:00+08:00"), []);
    }
}

mod regions {
    use super::*;

    fn verdict(region: &str) -> Verdict {
        ask(E, "swas", |f| f.region = Some(region.into())).verdict
    }

    #[test]
    fn mainland_regions_are_known_by_id_and_by_chinese_name() {
        for region in [
            "cn-hangzhou",
            "cn-qingdao",
            "cn-beijing",
            "cn-shanghai",
            "cn-wulanchabu",
            "CN-Hangzhou",
            "cn-hangzhou-b",
            "华东1（杭州）",
            "华东 1（杭州）",
            "华东1(杭州)",
            "华北2（北京）",
            "华南1（深圳）",
            "西南1（成都）",
        ] {
            assert_eq!(verdict(region), Verdict::Eligible, "{region}");
        }
    }

    #[test]
    fn regions_outside_the_mainland_are_known_by_id_and_by_name() {
        for region in [
            "cn-hongkong",
            "CN-HONGKONG",
            "cn-hongkong-b",
            "ap-southeast-1",
            "AP-northeast-1",
            "us-west-1",
            "eu-central-1",
            "me-east-1",
            "中国香港",
            "中国（香港）",
            "中国(香港)",
            "中国香港（可用区 B）",
            "新加坡",
            "China (Hong Kong)",
            "China (Hong Kong) Zone B",
            "China (Taiwan)",
            "China (Macao)",
        ] {
            assert_eq!(verdict(region), Verdict::NotRequired, "{region}");
        }
    }

    #[test]
    fn a_region_that_matches_nothing_is_unknown_and_never_abroad() {
        for region in ["", " ", "mars-1", "cn", "hangzhou-cn", "中国", "ap", "us", "全球", "xx-us-west-1"]
        {
            assert_eq!(verdict(region), Verdict::Undetermined, "{region:?}");
        }
    }

    #[test]
    fn the_longer_pattern_wins_and_a_whole_name_wins_over_both() {
        let regions = Regions::new(["a-*", "a-b-c"], ["a-b-*"]);
        assert_eq!(regions.locality("a-x"), Some(Locality::Mainland));
        assert_eq!(regions.locality("a-b-x"), Some(Locality::Outside));
        assert_eq!(regions.locality("a-b-c"), Some(Locality::Mainland));
        assert_eq!(regions.locality("a-b-cd"), Some(Locality::Outside));
    }

    #[test]
    fn many_names_and_patterns_are_all_found() {
        let names: Vec<String> = (0..50).map(|n| format!("r{n:02}")).collect();
        let regions = Regions::new(names.iter().map(String::as_str), ["s*", "sa*", "t*"]);
        assert!(names.iter().all(|name| regions.locality(name) == Some(Locality::Mainland)));
        assert_eq!(regions.locality("r5"), None);
        assert_eq!(regions.locality("t1"), Some(Locality::Outside));
    }
}

mod passwords {
    use super::*;

    #[test]
    fn an_eligible_virtual_host_says_that_no_code_is_needed_and_where_its_password_is() {
        for id in EDITIONS {
            let [zh, en] = ask(id, "web-hosting", |_| ()).summary;
            assert!(zh.contains("不需要备案服务号") && zh.contains("账号信息"), "{zh}");
            assert!(en.contains("No service code is needed") && en.contains("Account information"), "{en}");
        }
    }

    #[test]
    fn an_eligible_server_says_how_many_codes_are_left() {
        let [zh, en] = ask(E, "ecs", |f| f.codes_issued = 2).summary;
        assert!(zh.contains("3 个备案服务号"), "{zh}");
        assert!(en.contains("3 more service codes"), "{en}");
    }

    #[test]
    fn an_eligible_virtual_host_says_how_many_sites_are_left() {
        let [zh, en] = ask(E, "web-hosting", |f| f.codes_issued = 2).summary;
        assert!(zh.contains("还剩 3 个网站的名额"), "{zh}");
        assert!(en.contains("3 more websites"), "{en}");
    }

    #[test]
    fn an_eligible_jushita_instance_says_where_its_codes_are_made() {
        let [zh, en] = ask(E, "jushita-ecs", |_| ()).summary;
        assert!(zh.contains("创建备案许可号"), "{zh}");
        assert!(en.contains("Jushita console"), "{en}");
    }
}
