//! The document of 16 October 2020 (004), statement by statement, against the edition 2020-10-16.

use crate::desk::{NOW, aliyun, ask, boundary, day, decided, edition, good, quota, term};
use rulebook::{Billing, Code, RestoreOnCancel, Verdict};

const E: &str = "2020-10-16";

#[test]
fn the_document_is_the_version_of_its_day() {
    assert_eq!(aliyun().document("004").unwrap().version.as_deref(), Some("20201016"));
}

#[test]
fn an_iot_package_is_bought_for_six_months_or_more() {
    boundary(
        E,
        "iot-package",
        |f| term(f, "2020-11-01", "2021-05-01"),
        |f| term(f, "2020-11-01", "2021-04-30"),
        &[Code::PurchasedTermShort],
    );
}

#[test]
fn the_single_order_of_an_iot_package_is_90_yuan_or_more() {
    boundary(
        E,
        "iot-package",
        |f| f.first_order_amount = Some("90.00".parse().unwrap()),
        |f| f.first_order_amount = Some("89.99".parse().unwrap()),
        &[Code::OrderAmountLow],
    );
}

#[test]
fn an_iot_package_is_paid_by_the_month() {
    assert_eq!(ask(E, "iot-package", |f| f.billing = Some(Billing::PayAsYouGo)).codes, [Code::PayAsYouGo]);
}

#[test]
fn an_iot_package_has_one_code_which_is_assumed() {
    quota(E, "iot-package", 1, "instance");
    assert!(edition(E).row("iot-package").unwrap().condition(Code::QuotaExhausted).unwrap().assumed);
}

#[test]
fn whoever_bought_no_server_must_buy_one_that_can_be_filed() {
    let told = ask(E, "nothing", |_| ());
    let remedy = told.remedy(Code::ProductNotFileable);
    let products = remedy["products"].as_array().unwrap();
    assert_eq!(remedy["action"], "buy");
    assert_eq!(products.len(), 12);
    assert!(!products.contains(&"shop".into()));
}

#[test]
fn an_ecs_instance_with_an_address_to_file_is_a_subscription_with_bandwidth_in_the_mainland() {
    boundary(E, "ecs", |_| (), |f| f.billing = Some(Billing::PayAsYouGo), &[Code::PayAsYouGo]);
    boundary(E, "ecs", |_| (), |f| f.public_bandwidth_mbps = Some(0), &[Code::NoPublicBandwidth]);
    boundary(E, "ecs", |_| (), |f| f.public_ips = Some(vec![]), &[Code::NoPublicIp]);
}

#[test]
fn an_ecs_instance_without_an_address_buys_bandwidth() {
    let told = ask(E, "ecs", |f| f.public_ips = Some(vec![]));
    assert_eq!(told.remedy(Code::NoPublicIp)["action"], "add-public-bandwidth");
    assert_eq!(told.finding(Code::NoPublicIp)["source"], serde_json::json!(["004"]));
}

#[test]
fn no_button_because_another_account_bought_the_server() {
    assert_eq!(decided(E, &good("ecs"), NOW, Some("acc-8")).codes, [Code::OtherAccount]);
}

#[test]
fn no_button_because_of_pay_as_you_go_until_it_is_converted_for_three_months() {
    let told = ask(E, "ecs", |f| f.billing = Some(Billing::PayAsYouGo));
    assert_eq!(told.remedy(Code::PayAsYouGo)["months"], 3);
    assert!(told.message(Code::PayAsYouGo).contains("3 个月"));
}

#[test]
fn no_button_because_no_bandwidth_was_bought_although_the_purchased_term_suffices() {
    let told = ask(E, "ecs", |f| f.public_bandwidth_mbps = Some(0));
    assert_eq!(told.codes, [Code::NoPublicBandwidth]);
}

#[test]
fn no_button_because_the_purchased_term_is_less_than_three_months() {
    for product in ["ecs", "swas", "web-hosting", "ens"] {
        boundary(
            E,
            product,
            |f| term(f, "2020-08-10", "2020-11-10"),
            |f| term(f, "2020-08-10", "2020-11-09"),
            &[Code::PurchasedTermShort],
        );
    }
}

#[test]
fn the_remaining_term_no_longer_counts_for_any_product() {
    for row in edition(E).rows() {
        assert!(row.condition(Code::RemainingTermShort).is_none(), "{}", row.product);
    }
}

#[test]
fn the_figure_of_three_months_does_not_override_the_six_of_elastic_hosting_or_the_one_of_a_gateway() {
    boundary(
        E,
        "elastic-web",
        |f| term(f, "2020-05-10", "2020-11-10"),
        |f| term(f, "2020-05-10", "2020-11-09"),
        &[Code::PurchasedTermShort],
    );
    boundary(
        E,
        "nat-gateway",
        |f| term(f, "2020-10-10", "2020-11-10"),
        |f| term(f, "2020-10-10", "2020-11-09"),
        &[Code::PurchasedTermShort],
    );
}

#[test]
fn no_button_after_a_change_that_took_the_bandwidth_away() {
    assert_eq!(ask(E, "ecs", |f| f.public_bandwidth_mbps = Some(0)).verdict, Verdict::Ineligible);
}

#[test]
fn no_button_after_a_change_to_pay_as_you_go() {
    assert_eq!(ask(E, "ecs", |f| f.billing = Some(Billing::PayAsYouGo)).verdict, Verdict::Ineligible);
}

#[test]
fn no_button_because_the_server_has_expired_until_it_is_renewed() {
    let told = ask(E, "ecs", |f| f.expires_at = Some(day("2020-11-01")));
    assert_eq!(told.finding(Code::Expired)["remedy"]["action"], "renew");
}

#[test]
fn no_button_because_the_codes_are_used_up_so_another_server_is_bought() {
    let told = ask(E, "ecs", |f| f.codes_issued = 5);
    assert_eq!(
        (told.codes.as_slice(), &told.remedy(Code::QuotaExhausted)["action"]),
        (&[Code::QuotaExhausted][..], &"buy".into())
    );
}

#[test]
fn the_numbers_of_codes_are_those_of_the_document_before() {
    for (product, limit, per) in [
        ("ecs", 5, "instance"),
        ("swas", 5, "instance"),
        ("web-hosting", 5, "instance"),
        ("elastic-web", 5, "account"),
        ("site-builder", 1, "instance"),
        ("nat-gateway", 2, "instance"),
        ("ipv6-translation", 2, "instance"),
        ("ens", 5, "instance"),
    ] {
        quota(E, product, limit, per);
        let row = edition(E).row(product).unwrap();
        assert_eq!(row.condition(Code::QuotaExhausted).unwrap().source, ["000"], "{product}");
    }
}

#[test]
fn no_button_because_the_region_is_outside_the_mainland_where_nothing_is_filed() {
    let told = ask(E, "ecs", |f| f.region = Some("us-east-1".into()));
    assert_eq!((told.verdict, told.codes), (Verdict::NotRequired, vec![Code::OutsideMainland]));
}

#[test]
fn a_code_that_was_filed_with_is_not_used_again_nor_given_back_when_the_filing_is_cancelled() {
    let policy = &edition(E).policy.restore_on_cancel;
    assert_eq!((policy.value, policy.assumed), (RestoreOnCancel::Never, false));
    assert_eq!(policy.source, ["004"]);
}

#[test]
fn a_customer_with_no_code_left_reads_that_cancelling_gives_none_back() {
    let told = ask(E, "ecs", |f| f.codes_issued = 5);
    assert!(
        told.message(Code::QuotaExhausted).contains("注销备案"),
        "{}",
        told.message(Code::QuotaExhausted)
    );
}
