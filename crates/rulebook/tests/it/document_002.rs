//! The document of 2018 on applying for service codes (002), statement by statement, against the edition 2018-05-21.

use crate::desk::{EDITIONS, aliyun, ask, boundary, day, decided, edition, good, quota, term};
use rulebook::{Billing, Code, CodeMade, OnAbandon, RestoreOnCancel, Verdict, VerifiedBy};

const E: &str = "2018-05-21";

#[test]
fn servers_light_servers_elastic_hosting_and_built_sites_are_verified_by_a_service_code() {
    for product in ["ecs", "swas", "elastic-web", "site-builder"] {
        let row = edition(E).row(product).unwrap();
        assert_eq!(row.verified_by.value, VerifiedBy::ServiceCode, "{product}");
    }
}

#[test]
fn a_virtual_host_needs_no_code_but_its_user_name_and_password_from_its_console() {
    let told = ask(E, "web-hosting", |_| ());
    assert_eq!(told.json["verified_by"], "host-password");
    assert!(told.summary[0].contains("不需要备案服务号"), "{}", told.summary[0]);
    for word in ["云虚拟主机控制台", "管理", "账号信息", "用户名和密码", "重置"] {
        assert!(told.summary[0].contains(word), "{word}: {}", told.summary[0]);
    }
}

#[test]
fn a_premium_host_needs_no_code_but_host_name_and_password_from_after_sales_or_a_ticket() {
    let told = ask(E, "premium-hosting", |_| ());
    assert_eq!(told.json["verified_by"], "host-password");
    for word in ["不需要备案服务号", "主机名和密码", "95187 转 2", "工单"] {
        assert!(told.summary[0].contains(word), "{word}: {}", told.summary[0]);
    }
}

#[test]
fn a_premium_host_is_never_asked_for_a_user_name() {
    let told = ask(E, "premium-hosting", |_| ());
    assert!(!told.summary[0].contains("用户名"), "{}", told.summary[0]);
    assert!(!told.summary[1].contains("user name"), "{}", told.summary[1]);
}

#[test]
fn both_kinds_of_premium_host_and_of_virtual_host_are_known_by_name() {
    for (name, product) in [
        ("锋云主机", "premium-hosting"),
        ("翔云主机", "premium-hosting"),
        ("独享云虚机", "web-hosting"),
        ("共享云虚机", "web-hosting"),
    ] {
        assert_eq!(aliyun().product_id(name), Some(product), "{name}");
    }
}

#[test]
fn a_server_must_stand_in_the_mainland() {
    assert_eq!(ask(E, "ecs", |_| ()).verdict, Verdict::Eligible);
    assert_eq!(ask(E, "ecs", |f| f.region = Some("us-west-1".into())).verdict, Verdict::NotRequired);
}

#[test]
fn an_ecs_instance_is_bought_for_three_months_or_more() {
    boundary(
        E,
        "ecs",
        |f| term(f, "2020-11-01", "2021-02-01"),
        |f| term(f, "2020-11-01", "2021-01-31"),
        &[Code::PurchasedTermShort, Code::RemainingTermShort],
    );
}

#[test]
fn renewals_count_towards_the_three_months_of_an_ecs_instance() {
    // First bought for one month, since renewed: only the whole term matters.
    let told = ask(E, "ecs", |f| {
        f.first_purchase_months = Some(1);
        term(f, "2020-11-01", "2021-02-01");
    });
    assert_eq!(told.verdict, Verdict::Eligible);
}

#[test]
fn an_ecs_instance_needs_public_bandwidth() {
    boundary(
        E,
        "ecs",
        |f| f.public_bandwidth_mbps = Some(1),
        |f| f.public_bandwidth_mbps = Some(0),
        &[Code::NoPublicBandwidth],
    );
}

#[test]
fn a_pay_as_you_go_instance_cannot_apply_for_a_code() {
    boundary(
        E,
        "ecs",
        |f| f.billing = Some(Billing::Subscription),
        |f| f.billing = Some(Billing::PayAsYouGo),
        &[Code::PayAsYouGo],
    );
}

#[test]
fn the_rule_for_light_servers_counts_from_the_21st_of_may_2018() {
    let rules = aliyun().in_force(crate::desk::at("2018-05-21T00:00:00+08:00")).unwrap();
    assert_eq!((rules.id.as_str(), rules.is_estimated_for("swas")), (E, false));
}

#[test]
fn a_light_server_is_bought_for_three_months_or_more() {
    boundary(
        E,
        "swas",
        |f| term(f, "2020-11-01", "2021-02-01"),
        |f| term(f, "2020-11-01", "2021-01-31"),
        &[Code::PurchasedTermShort, Code::RemainingTermShort],
    );
}

#[test]
fn a_light_server_that_was_renewed_counts_with_the_sum_of_its_terms() {
    let told = ask(E, "swas", |f| {
        f.first_purchase_months = Some(1);
        term(f, "2020-11-01", "2021-02-01");
    });
    assert_eq!(told.verdict, Verdict::Eligible);
}

#[test]
fn a_light_server_is_not_asked_for_bandwidth_or_an_address() {
    let told = ask(E, "swas", |f| {
        f.public_bandwidth_mbps = Some(0);
        f.public_ips = Some(vec![]);
    });
    assert_eq!(told.verdict, Verdict::Eligible);
}

#[test]
fn a_built_site_is_first_bought_for_twelve_months_or_more() {
    boundary(
        E,
        "site-builder",
        |f| f.first_purchase_months = Some(12),
        |f| f.first_purchase_months = Some(11),
        &[Code::FirstPurchaseShort],
    );
}

#[test]
fn renewing_does_not_make_up_for_a_short_first_purchase_of_a_built_site() {
    let told = ask(E, "site-builder", |f| {
        f.first_purchase_months = Some(11);
        term(f, "2018-01-01", "2030-01-01");
    });
    assert_eq!(told.codes, [Code::FirstPurchaseShort]);
}

#[test]
fn a_built_site_costs_99_yuan_or_more() {
    boundary(
        E,
        "site-builder",
        |f| f.first_order_amount = Some("99.00".parse().unwrap()),
        |f| f.first_order_amount = Some("98.99".parse().unwrap()),
        &[Code::OrderAmountLow],
    );
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
fn a_remaining_term_that_no_longer_suffices_is_renewed_assumed_to_be_the_purchased_term() {
    boundary(
        E,
        "ecs",
        |f| term(f, "2020-01-01", "2021-02-01"),
        |f| term(f, "2020-01-01", "2021-01-31"),
        &[Code::RemainingTermShort],
    );
    let told = ask(E, "ecs", |f| term(f, "2020-01-01", "2021-01-31"));
    assert_eq!(told.remedy(Code::RemainingTermShort)["action"], "renew");
}

#[test]
fn each_ecs_instance_may_have_five_codes() {
    quota(E, "ecs", 5, "instance");
}

#[test]
fn each_light_server_may_have_five_codes() {
    quota(E, "swas", 5, "instance");
}

#[test]
fn each_account_may_have_five_codes_through_elastic_hosting() {
    quota(E, "elastic-web", 5, "account");
}

#[test]
fn each_built_site_has_one_code() {
    quota(E, "site-builder", 1, "instance");
}

#[test]
fn five_elastic_hosts_of_one_account_have_no_more_codes_than_one() {
    // Each record carries the total of the account, so the fifth instance is as exhausted as the first.
    for id in ["w-1", "w-5"] {
        let told = ask(E, "elastic-web", |f| {
            f.id = id.into();
            f.codes_issued = 5;
        });
        assert_eq!(told.codes, [Code::QuotaExhausted], "{id}");
    }
}

#[test]
fn a_used_code_is_never_given_back_released_or_made_anew() {
    let policy = &edition(E).policy.restore_on_cancel;
    assert_eq!((policy.value, policy.assumed), (RestoreOnCancel::Never, false));
    assert_eq!(policy.source, ["002"]);
}

#[test]
fn the_code_of_an_abandoned_order_can_be_used_again_which_is_assumed() {
    let policy = &edition(E).policy.on_abandon;
    assert_eq!((policy.value, policy.assumed), (OnAbandon::Release, true));
}

#[test]
fn the_code_of_a_built_site_is_viewed_and_not_applied_for() {
    assert_eq!(edition(E).row("site-builder").unwrap().code_made.value, CodeMade::OnPurchase);
    let told = ask(E, "site-builder", |_| ());
    assert!(told.summary[0].contains("查看"), "{}", told.summary[0]);
}

#[test]
fn no_button_because_another_account_bought_the_server() {
    let told = decided(E, &good("ecs"), crate::desk::NOW, Some("acc-8"));
    assert_eq!(told.codes, [Code::OtherAccount]);
    assert_eq!(told.remedy(Code::OtherAccount)["action"], "sign-in-as-purchaser");
}

#[test]
fn no_button_because_of_pay_as_you_go_until_it_is_converted_for_three_months() {
    let told = ask(E, "ecs", |f| f.billing = Some(Billing::PayAsYouGo));
    let remedy = told.remedy(Code::PayAsYouGo);
    assert_eq!((&remedy["action"], &remedy["months"]), (&"convert-to-subscription".into(), &3.into()));
}

#[test]
fn no_button_because_an_ecs_instance_without_bandwidth_must_buy_some() {
    let told = ask(E, "ecs", |f| f.public_bandwidth_mbps = Some(0));
    assert_eq!(told.remedy(Code::NoPublicBandwidth)["action"], "add-public-bandwidth");
}

#[test]
fn no_button_because_the_server_has_expired() {
    boundary(
        E,
        "web-hosting",
        |f| f.expires_at = Some(day("2020-11-02")),
        |f| f.expires_at = Some(day("2020-11-01")),
        &[Code::Expired],
    );
}

#[test]
fn no_button_because_the_codes_of_a_server_are_used_up_so_another_one_is_bought() {
    for (product, limit) in [("ecs", 5), ("swas", 5), ("site-builder", 1)] {
        let told = ask(E, product, |f| f.codes_issued = limit);
        let remedy = told.remedy(Code::QuotaExhausted);
        assert_eq!(remedy["action"], "buy", "{product}");
        assert_eq!(remedy["products"], serde_json::json!([product]));
    }
}

#[test]
fn no_button_because_the_codes_of_an_account_are_used_up_so_another_account_buys_an_elastic_host() {
    let told = ask(E, "elastic-web", |f| f.codes_issued = 5);
    let remedy = told.remedy(Code::QuotaExhausted);
    assert_eq!(
        (&remedy["action"], &remedy["product"]),
        (&"use-another-account".into(), &"elastic-web".into())
    );
    assert!(
        told.message(Code::QuotaExhausted).contains("换一个账号"),
        "{}",
        told.message(Code::QuotaExhausted)
    );
}

#[test]
fn no_button_because_the_region_is_abroad_but_a_domain_pointed_at_the_mainland_is_filed() {
    let told = ask(E, "ecs", |f| f.region = Some("ap-southeast-1".into()));
    assert_eq!(told.verdict, Verdict::NotRequired);
    assert!(told.message(Code::OutsideMainland).contains("解析到中国内地"));
}

#[test]
fn a_site_on_a_server_in_hong_kong_is_not_filed() {
    for region in ["cn-hongkong", "中国香港"] {
        assert_eq!(
            ask(E, "ecs", |f| f.region = Some(region.into())).verdict,
            Verdict::NotRequired,
            "{region}"
        );
    }
}

#[test]
fn a_second_site_is_filed_as_long_as_codes_are_left() {
    let told = ask(E, "ecs", |f| f.codes_issued = 1);
    assert_eq!((told.verdict, &told.json["quota"]["left"]), (Verdict::Eligible, &4.into()));
}

#[test]
fn a_built_site_files_one_site_and_no_second() {
    assert_eq!(ask(E, "site-builder", |f| f.codes_issued = 1).codes, [Code::QuotaExhausted]);
}

#[test]
fn a_shop_needs_no_code_it_binds_its_domain_and_files_in_the_shop_filing_system() {
    let told = ask(E, "shop", |_| ());
    assert_eq!(told.verdict, Verdict::Elsewhere);
    let place = told.remedy(Code::FiledElsewhere)["where"].as_str().unwrap();
    for word in ["域名", "绑定", "企业官网", "旺铺备案系统"] {
        assert!(place.contains(word), "{word}: {place}");
    }
}

#[test]
fn an_ecs_instance_has_no_address_to_file_until_bandwidth_is_bought() {
    boundary(E, "ecs", |_| (), |f| f.public_ips = Some(vec![]), &[Code::NoPublicIp]);
    let told = ask(E, "ecs", |f| f.public_ips = Some(vec![]));
    assert_eq!(told.remedy(Code::NoPublicIp)["action"], "add-public-bandwidth");
}

#[test]
fn whoever_has_no_server_here_is_told_what_to_buy() {
    let told = ask(E, "domain-only", |_| ());
    let products = &told.remedy(Code::ProductNotFileable)["products"];
    let wanted =
        serde_json::json!(["ecs", "swas", "web-hosting", "premium-hosting", "elastic-web", "site-builder"]);
    assert_eq!(products, &wanted);
}

#[test]
fn a_virtual_host_is_bought_by_the_month_only_from_2020_on_and_then_overrides_this_document() {
    let short = |id| ask(id, "web-hosting", |f| term(f, "2020-10-31", "2020-11-30")).verdict;
    assert_eq!(
        EDITIONS.map(short),
        [Verdict::Eligible, Verdict::Eligible, Verdict::Ineligible, Verdict::Ineligible]
    );
}
