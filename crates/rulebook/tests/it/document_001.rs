//! The document of 2019 on product verification (001), statement by statement, against the edition 2019-05-09.

use crate::desk::{NOW, aliyun, ask, boundary, day, decided, edition, good, quota, term};
use rulebook::{Billing, Code, CodeMade, Verdict};

const E: &str = "2019-05-09";

#[test]
fn servers_light_servers_and_edge_nodes_are_bought_for_three_months_or_more() {
    for product in ["ecs", "swas", "ens"] {
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
fn an_ecs_instance_has_public_bandwidth() {
    boundary(
        E,
        "ecs",
        |f| f.public_bandwidth_mbps = Some(1),
        |f| f.public_bandwidth_mbps = Some(0),
        &[Code::NoPublicBandwidth],
    );
}

#[test]
fn five_sites_for_each_ecs_instance() {
    quota(E, "ecs", 5, "instance");
}

#[test]
fn five_sites_for_each_virtual_host() {
    quota(E, "web-hosting", 5, "instance");
}

#[test]
fn five_sites_for_each_elastic_host_and_no_longer_for_the_account() {
    quota(E, "elastic-web", 5, "instance");
}

#[test]
fn an_exhausted_elastic_host_is_replaced_by_another_in_the_same_account() {
    let told = ask(E, "elastic-web", |f| f.codes_issued = 5);
    assert_eq!(told.remedy(Code::QuotaExhausted)["action"], "buy");
}

#[test]
fn five_sites_for_each_light_server() {
    quota(E, "swas", 5, "instance");
}

#[test]
fn five_sites_for_each_edge_node() {
    quota(E, "ens", 5, "instance");
}

#[test]
fn one_code_for_each_built_site() {
    quota(E, "site-builder", 1, "instance");
}

#[test]
fn two_sites_for_each_gateway_and_translation_service() {
    quota(E, "nat-gateway", 2, "instance");
    quota(E, "ipv6-translation", 2, "instance");
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
        |f| f.first_order_amount = Some("99".parse().unwrap()),
        |f| f.first_order_amount = Some("98.99".parse().unwrap()),
        &[Code::OrderAmountLow],
    );
}

#[test]
fn whose_server_stands_with_another_provider_has_nothing_here_to_file_with() {
    let told = ask(E, "other-providers-server", |_| ());
    assert_eq!((told.verdict, told.codes), (Verdict::Ineligible, vec![Code::ProductNotFileable]));
}

#[test]
fn another_account_than_the_buyers_signs_in_as_the_buyer() {
    let told = decided(E, &good("ecs"), NOW, Some("acc-8"));
    assert_eq!(told.remedy(Code::OtherAccount)["action"], "sign-in-as-purchaser");
}

#[test]
fn a_pay_as_you_go_server_is_converted_for_three_months_or_more() {
    let told = ask(E, "ecs", |f| f.billing = Some(Billing::PayAsYouGo));
    assert_eq!(
        (told.codes.as_slice(), &told.remedy(Code::PayAsYouGo)["months"]),
        (&[Code::PayAsYouGo][..], &3.into())
    );
}

#[test]
fn a_remaining_term_that_no_longer_suffices_is_renewed_assumed_to_be_the_purchased_term() {
    for (product, enough, short) in [
        ("ecs", "2021-02-01", "2021-01-31"),
        ("swas", "2021-02-01", "2021-01-31"),
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
fn an_expired_server_is_renewed() {
    let told = ask(E, "swas", |f| f.expires_at = Some(day("2020-10-31")));
    assert_eq!(told.remedy(Code::Expired)["action"], "renew");
}

#[test]
fn a_server_outside_the_mainland_needs_no_filing() {
    assert_eq!(ask(E, "ecs", |f| f.region = Some("eu-central-1".into())).verdict, Verdict::NotRequired);
}

#[test]
fn a_server_in_hong_kong_needs_no_filing() {
    assert_eq!(ask(E, "ecs", |f| f.region = Some("中国香港".into())).verdict, Verdict::NotRequired);
}

#[test]
fn a_shop_needs_no_code() {
    assert_eq!(ask(E, "shop", |_| ()).verdict, Verdict::Elsewhere);
}

#[test]
fn a_jushita_code_is_made_in_its_own_console_step_by_step() {
    for product in ["jushita-ecs", "jushita-slb"] {
        let row = edition(E).row(product).unwrap();
        assert_eq!(row.code_made.value, CodeMade::Elsewhere, "{product}");
        let told = ask(E, product, |_| ()).summary;
        let steps = ["聚石塔控制台", "资源管理", "弹性计算", "续费/升级/弹性包/备案", "创建备案许可号"];
        let places: Vec<_> = steps.iter().map(|step| told[0].find(step)).collect();
        assert!(places.is_sorted() && places.iter().all(Option::is_some), "{product}: {}", told[0]);
    }
}

#[test]
fn a_jushita_instance_has_five_free_codes_each_usable_once() {
    for product in ["jushita-ecs", "jushita-slb"] {
        quota(E, product, 5, "instance");
        let told = ask(E, product, |_| ()).summary;
        assert!(told[0].contains("免费") && told[0].contains("只能使用一次"), "{}", told[0]);
    }
}

#[test]
fn whether_jushita_servers_and_balancers_share_their_five_codes_is_assumed_and_noted() {
    let row = edition(E).row("jushita-slb").unwrap();
    let quota = row.condition(Code::QuotaExhausted).unwrap();
    assert!(quota.assumed && quota.note.is_some());
}

#[test]
fn what_the_document_does_not_repeat_still_stands_from_the_one_before() {
    let row = edition(E).row("premium-hosting").unwrap();
    assert_eq!(row.source, ["002"]);
    assert_eq!(aliyun().edition(E).unwrap().based_on.as_deref(), Some("2018-05-21"));
}
