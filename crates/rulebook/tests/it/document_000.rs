//! The document of 2020 on product verification (000), statement by statement, against the edition 2020-01-01.

use crate::desk::{NOW, ask, boundary, decided, edition, good, quota, term};
use rulebook::{Billing, Code, CodeMade, Verdict};

const E: &str = "2020-01-01";

#[test]
fn servers_virtual_hosts_light_servers_and_edge_nodes_are_bought_for_three_months_or_more() {
    for product in ["ecs", "web-hosting", "swas", "ens"] {
        boundary(
            E,
            product,
            |f| term(f, "2020-11-01", "2021-02-01"),
            |f| term(f, "2020-11-01", "2021-01-31"),
            &[Code::PurchasedTermShort, Code::RemainingTermShort],
        );
    }
}

#[test]
fn an_elastic_host_is_bought_for_six_months_or_more() {
    boundary(
        E,
        "elastic-web",
        |f| term(f, "2020-11-01", "2021-05-01"),
        |f| term(f, "2020-11-01", "2021-04-30"),
        &[Code::PurchasedTermShort, Code::RemainingTermShort],
    );
}

#[test]
fn gateways_and_translation_services_are_bought_for_a_month_or_more() {
    for product in ["nat-gateway", "ipv6-translation"] {
        boundary(
            E,
            product,
            |f| term(f, "2020-11-01", "2020-12-01"),
            |f| term(f, "2020-11-01", "2020-11-30"),
            &[Code::PurchasedTermShort, Code::RemainingTermShort],
        );
    }
}

#[test]
fn an_ecs_instance_buys_public_bandwidth() {
    boundary(
        E,
        "ecs",
        |f| f.public_bandwidth_mbps = Some(1),
        |f| f.public_bandwidth_mbps = Some(0),
        &[Code::NoPublicBandwidth],
    );
}

#[test]
fn a_pay_as_you_go_instance_cannot_apply_and_is_converted_for_three_months() {
    let told = ask(E, "ecs", |f| f.billing = Some(Billing::PayAsYouGo));
    assert_eq!(
        (told.codes.as_slice(), &told.remedy(Code::PayAsYouGo)["months"]),
        (&[Code::PayAsYouGo][..], &3.into())
    );
}

#[test]
fn five_codes_for_each_ecs_instance() {
    quota(E, "ecs", 5, "instance");
}

#[test]
fn five_codes_for_each_virtual_host() {
    quota(E, "web-hosting", 5, "instance");
}

#[test]
fn a_virtual_host_is_still_verified_by_its_password_although_the_document_counts_codes_for_it() {
    assert_eq!(ask(E, "web-hosting", |_| ()).json["verified_by"], "host-password");
}

#[test]
fn five_codes_for_each_light_server() {
    quota(E, "swas", 5, "instance");
}

#[test]
fn five_codes_for_each_account_through_elastic_hosting_again() {
    quota(E, "elastic-web", 5, "account");
}

#[test]
fn one_code_for_a_built_site() {
    quota(E, "site-builder", 1, "instance");
}

#[test]
fn two_codes_for_gateways_and_translation_services() {
    quota(E, "nat-gateway", 2, "instance");
    quota(E, "ipv6-translation", 2, "instance");
}

#[test]
fn five_codes_for_an_edge_node() {
    quota(E, "ens", 5, "instance");
}

#[test]
fn a_built_site_is_first_bought_for_twelve_months() {
    boundary(
        E,
        "site-builder",
        |f| f.first_purchase_months = Some(12),
        |f| f.first_purchase_months = Some(11),
        &[Code::FirstPurchaseShort],
    );
}

#[test]
fn a_built_site_costs_99_yuan() {
    boundary(
        E,
        "site-builder",
        |f| f.first_order_amount = Some("99.00".parse().unwrap()),
        |f| f.first_order_amount = Some("98.99".parse().unwrap()),
        &[Code::OrderAmountLow],
    );
}

#[test]
fn no_server_to_choose_because_another_account_bought_it() {
    assert_eq!(decided(E, &good("ecs"), NOW, Some("acc-8")).codes, [Code::OtherAccount]);
}

#[test]
fn no_server_to_choose_because_it_has_no_bandwidth_although_its_term_suffices() {
    let told = ask(E, "ecs", |f| f.public_bandwidth_mbps = Some(0));
    assert_eq!(told.codes, [Code::NoPublicBandwidth]);
}

#[test]
fn no_server_to_choose_because_its_remaining_term_assumed_equal_to_the_purchased_one_is_short() {
    for (product, enough, short) in [
        ("ecs", "2021-02-01", "2021-01-31"),
        ("swas", "2021-02-01", "2021-01-31"),
        ("web-hosting", "2021-02-01", "2021-01-31"),
        ("ens", "2021-02-01", "2021-01-31"),
        ("elastic-web", "2021-05-01", "2021-04-30"),
        ("nat-gateway", "2020-12-01", "2020-11-30"),
        ("ipv6-translation", "2020-12-01", "2020-11-30"),
    ] {
        boundary(
            E,
            product,
            |f| term(f, "2019-01-01", enough),
            |f| term(f, "2019-01-01", short),
            &[Code::RemainingTermShort],
        );
    }
}

#[test]
fn no_server_to_choose_because_it_has_expired() {
    let told = ask(E, "elastic-web", |f| term(f, "2019-11-01", "2020-11-01"));
    assert_eq!(
        (told.codes.as_slice(), &told.remedy(Code::Expired)["action"]),
        (&[Code::Expired][..], &"renew".into())
    );
}

#[test]
fn no_server_to_choose_because_its_sites_are_used_up_so_another_server_is_taken() {
    let told = ask(E, "ecs", |f| f.codes_issued = 5);
    assert_eq!(told.remedy(Code::QuotaExhausted)["action"], "buy");
}

#[test]
fn no_server_to_choose_because_it_stands_outside_the_mainland_where_nothing_is_filed() {
    let told = ask(E, "ecs", |f| f.region = Some("me-east-1".into()));
    assert_eq!((told.verdict, told.codes), (Verdict::NotRequired, vec![Code::OutsideMainland]));
}

#[test]
fn what_the_document_does_not_mention_still_stands() {
    assert_eq!(ask(E, "premium-hosting", |_| ()).json["verified_by"], "host-password");
    assert_eq!(edition(E).row("jushita-ecs").unwrap().code_made.value, CodeMade::Elsewhere);
    assert_eq!(ask(E, "shop", |_| ()).verdict, Verdict::Elsewhere);
}
