//! The table of products and editions, cell by cell, written down here once more by hand.

use crate::desk::{EDITIONS, aliyun, at, edition};
use rulebook::{
    Code, CodeMade, CodeUse, Condition, OnAbandon, Quota, RestoreOnCancel, Row, Scope, VerifiedBy,
};
use std::num::NonZero;

/// One cell: what a product is asked in an edition. Months of 0 are not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    subscription: bool,
    bandwidth: bool,
    ip: bool,
    purchased: u32,
    remaining: u32,
    first: u32,
    amount: &'static str,
    quota: Option<(u32, Scope)>,
    verified_by: VerifiedBy,
    code_made: CodeMade,
}

const NOTHING: Cell = Cell {
    subscription: false,
    bandwidth: false,
    ip: false,
    purchased: 0,
    remaining: 0,
    first: 0,
    amount: "",
    quota: None,
    verified_by: VerifiedBy::ServiceCode,
    code_made: CodeMade::OnRequest,
};

/// A subscription with the purchased and remaining months, and a quota for each instance.
#[expect(clippy::unnecessary_wraps, reason = "the table reads in columns of cells that may be missing")]
const fn sub(purchased: u32, remaining: u32, codes: u32) -> Option<Cell> {
    Some(Cell { subscription: true, purchased, remaining, quota: Some((codes, Scope::Instance)), ..NOTHING })
}

#[expect(clippy::unnecessary_wraps, reason = "the table reads in columns of cells that may be missing")]
const fn ecs(remaining: u32) -> Option<Cell> {
    Some(Cell {
        subscription: true,
        bandwidth: true,
        ip: true,
        purchased: 3,
        remaining,
        quota: Some((5, Scope::Instance)),
        ..NOTHING
    })
}

#[expect(clippy::unnecessary_wraps, reason = "the table reads in columns of cells that may be missing")]
const fn elastic(remaining: u32, per: Scope) -> Option<Cell> {
    Some(Cell { subscription: true, purchased: 6, remaining, quota: Some((5, per)), ..NOTHING })
}

#[expect(clippy::unnecessary_wraps, reason = "the table reads in columns of cells that may be missing")]
const fn host(purchased: u32, remaining: u32) -> Option<Cell> {
    Some(Cell {
        subscription: purchased > 0,
        purchased,
        remaining,
        quota: Some((5, Scope::Instance)),
        verified_by: VerifiedBy::HostPassword,
        ..NOTHING
    })
}

const PASSWORD: Option<Cell> = Some(Cell { verified_by: VerifiedBy::HostPassword, ..NOTHING });
const SITE: Option<Cell> = Some(Cell {
    first: 12,
    amount: "99.00",
    quota: Some((1, Scope::Instance)),
    code_made: CodeMade::OnPurchase,
    ..NOTHING
});
const JUSHITA: Option<Cell> =
    Some(Cell { quota: Some((5, Scope::Instance)), code_made: CodeMade::Elsewhere, ..NOTHING });
const IOT: Option<Cell> = Some(Cell {
    subscription: true,
    purchased: 6,
    amount: "90.00",
    quota: Some((1, Scope::Instance)),
    ..NOTHING
});
const SHOP: Option<Cell> = Some(Cell { verified_by: VerifiedBy::Elsewhere, ..NOTHING });

/// Product, its names, and its cell in each of the four editions.
type Line = (&'static str, &'static str, &'static str, [Option<Cell>; 4]);

const TABLE: [Line; 13] = [
    ("ecs", "云服务器 ECS", "Elastic Compute Service", [ecs(3), ecs(3), ecs(3), ecs(0)]),
    (
        "swas",
        "轻量应用服务器",
        "Simple Application Server",
        [sub(3, 3, 5), sub(3, 3, 5), sub(3, 3, 5), sub(3, 0, 5)],
    ),
    ("web-hosting", "云虚拟主机", "Cloud Web Hosting", [PASSWORD, host(0, 0), host(3, 3), host(3, 0)]),
    ("premium-hosting", "云享主机", "Premium Hosting", [PASSWORD, PASSWORD, PASSWORD, PASSWORD]),
    (
        "elastic-web",
        "弹性 Web 托管",
        "Elastic Web Hosting",
        [
            elastic(6, Scope::Account),
            elastic(6, Scope::Instance),
            elastic(6, Scope::Account),
            elastic(0, Scope::Account),
        ],
    ),
    ("site-builder", "建站市场（云市场）", "Site Builder Market", [SITE, SITE, SITE, SITE]),
    ("nat-gateway", "NAT 网关", "NAT Gateway", [None, sub(1, 1, 2), sub(1, 1, 2), sub(1, 0, 2)]),
    (
        "ipv6-translation",
        "IPv6 转换服务",
        "IPv6 Translation Service",
        [None, sub(1, 1, 2), sub(1, 1, 2), sub(1, 0, 2)],
    ),
    ("ens", "边缘节点服务 ENS", "Edge Node Service", [None, sub(3, 3, 5), sub(3, 3, 5), sub(3, 0, 5)]),
    ("jushita-ecs", "聚石塔 ECS", "Jushita ECS", [None, JUSHITA, JUSHITA, JUSHITA]),
    ("jushita-slb", "聚石塔负载均衡", "Jushita Load Balancer", [None, JUSHITA, JUSHITA, JUSHITA]),
    ("iot-package", "物联网套餐包", "IoT Package", [None, None, None, IOT]),
    ("shop", "诚信通旺铺", "Merchant Shop", [SHOP, SHOP, SHOP, SHOP]),
];

/// The conditions that a cell comes to, with the one that every row has.
fn conditions(cell: &Cell) -> Vec<Condition> {
    let mut all = Vec::new();
    all.extend(cell.subscription.then_some(Condition::Subscription));
    all.extend(cell.bandwidth.then_some(Condition::PublicBandwidth));
    all.extend(cell.ip.then_some(Condition::PublicIp));
    all.extend(NonZero::new(cell.purchased).map(Condition::PurchasedMonths));
    all.extend(NonZero::new(cell.remaining).map(Condition::RemainingMonths));
    all.extend(NonZero::new(cell.first).map(Condition::FirstPurchaseMonths));
    all.extend(cell.amount.parse().ok().map(Condition::OrderAmount));
    all.push(Condition::InTerm);
    all.extend(
        cell.quota.map(|(codes, per)| Condition::Quota(Quota { codes: NonZero::new(codes).unwrap(), per })),
    );
    all
}

fn loaded(row: &Row) -> Vec<Condition> {
    row.conditions.iter().map(|stated| stated.value).collect()
}

/// Every cell with the row that was loaded for it.
fn cells() -> impl Iterator<Item = (&'static str, &'static str, Option<Cell>, Option<&'static Row>)> {
    TABLE.into_iter().flat_map(|(product, _, _, cells)| {
        EDITIONS.into_iter().zip(cells).map(move |(id, cell)| (product, id, cell, edition(id).row(product)))
    })
}

#[test]
fn there_are_four_editions_and_no_more() {
    let ids: Vec<_> = aliyun().editions.iter().map(|edition| edition.id.as_str()).collect();
    assert_eq!(ids, EDITIONS);
}

#[test]
fn each_edition_has_the_products_of_the_table_and_no_other() {
    for (at, id) in EDITIONS.into_iter().enumerate() {
        let mut wanted: Vec<_> =
            TABLE.iter().filter(|line| line.3[at].is_some()).map(|(product, ..)| *product).collect();
        let mut here: Vec<_> = edition(id).rows().iter().map(|row| row.product.as_str()).collect();
        wanted.sort_unstable();
        here.sort_unstable();
        assert_eq!(here, wanted, "{id}");
    }
}

#[test]
fn each_cell_asks_what_the_table_says() {
    for (product, id, cell, row) in cells() {
        let wanted = cell.as_ref().map(conditions);
        assert_eq!(row.map(loaded), wanted, "{product} {id}");
    }
}

#[test]
fn each_cell_is_verified_as_the_table_says() {
    for (product, id, cell, row) in cells() {
        let wanted = cell.map(|cell| cell.verified_by);
        assert_eq!(row.map(|row| row.verified_by.value), wanted, "{product} {id}");
    }
}

#[test]
fn each_cell_has_its_codes_made_as_the_table_says() {
    for (product, id, cell, row) in cells() {
        let wanted = cell.map(|cell| cell.code_made);
        assert_eq!(row.map(|row| row.code_made.value), wanted, "{product} {id}");
    }
}

#[test]
fn each_product_has_its_names_in_every_edition() {
    for (product, zh, en, _) in TABLE {
        for id in EDITIONS {
            if let Some(row) = edition(id).row(product) {
                assert_eq!((row.name.zh.as_str(), row.name.en.as_str()), (zh, en), "{product} {id}");
            }
        }
    }
}

#[test]
fn each_product_is_found_by_its_id_and_names() {
    for (product, zh, en, _) in TABLE {
        for name in [product, zh, en, &zh.to_uppercase(), &en.to_lowercase()] {
            assert_eq!(aliyun().product_id(name), Some(product), "{name}");
        }
    }
}

#[test]
fn each_product_is_found_by_the_names_that_documents_use() {
    for (name, product) in [
        ("ECS实例", "ecs"),
        ("ECS 实例", "ecs"),
        ("独享云虚机", "web-hosting"),
        ("共享云虚机", "web-hosting"),
        ("锋云主机", "premium-hosting"),
        ("翔云主机", "premium-hosting"),
        ("弹性WEB托管", "elastic-web"),
        ("弹性 WEB 托管实例", "elastic-web"),
        ("弹性Web托管实例", "elastic-web"),
        ("NAT网关", "nat-gateway"),
        ("IPv6转换服务", "ipv6-translation"),
        ("ENS", "ens"),
        ("建站市场", "site-builder"),
        ("云市场", "site-builder"),
        ("轻量应用服务器实例", "swas"),
        ("物联网套餐包", "iot-package"),
        ("诚信通商铺", "shop"),
        ("诚信通旺铺", "shop"),
    ] {
        assert_eq!(aliyun().product_id(name), Some(product), "{name}");
    }
}

#[test]
fn exactly_the_values_that_no_document_states_are_marked_as_assumed() {
    for (product, id, cell, row) in cells() {
        let (Some(cell), Some(row)) = (cell, row) else { continue };
        for stated in &row.conditions {
            let wanted = match stated.value {
                Condition::RemainingMonths(_) => cell.remaining > 0,
                Condition::Quota(_) => matches!(product, "jushita-ecs" | "jushita-slb" | "iot-package"),
                _ => false,
            };
            assert_eq!(stated.assumed, wanted, "{product} {id} {:?}", stated.value);
        }
    }
}

#[test]
fn whatever_is_not_assumed_names_its_documents_and_they_are_listed() {
    for (product, id, _, row) in cells() {
        for stated in row.map(|row| row.conditions.as_slice()).unwrap_or_default() {
            assert!(stated.assumed || !stated.source.is_empty(), "{product} {id} {:?}", stated.value);
            for document in &stated.source {
                assert!(aliyun().document(document).is_some(), "{product} {id} {document}");
            }
        }
    }
}

#[test]
fn no_edition_rests_on_a_document_that_came_later() {
    for (id, later) in [
        ("2018-05-21", &["000", "001", "004"][..]),
        ("2019-05-09", &["000", "004"]),
        ("2020-01-01", &["004"]),
    ] {
        for row in edition(id).rows() {
            for stated in &row.conditions {
                let wrong = stated.source.iter().any(|source| later.contains(&source.as_str()));
                assert!(!wrong, "{id} {} {:?}", row.product, stated);
            }
        }
    }
}

#[test]
fn the_three_months_of_a_light_server_rest_on_the_last_document_since_2020_10_16() {
    let source = |id| &edition(id).row("swas").unwrap().condition(Code::PurchasedTermShort).unwrap().source;
    assert_eq!(EDITIONS.map(source), [&["002"], &["001"], &["000"], &["004"]]);
}

#[test]
fn since_2020_10_16_what_the_last_document_does_not_repeat_rests_on_the_one_before() {
    for (product, code) in [
        ("web-hosting", Code::PurchasedTermShort),
        ("elastic-web", Code::PurchasedTermShort),
        ("nat-gateway", Code::PurchasedTermShort),
        ("ipv6-translation", Code::PurchasedTermShort),
        ("ens", Code::PurchasedTermShort),
        ("site-builder", Code::FirstPurchaseShort),
        ("site-builder", Code::OrderAmountLow),
        ("swas", Code::QuotaExhausted),
    ] {
        let row = edition("2020-10-16").row(product).unwrap();
        assert_eq!(row.condition(code).unwrap().source, ["000"], "{product} {code}");
    }
}

#[test]
fn each_edition_counts_from_its_day() {
    for id in EDITIONS {
        assert_eq!(edition(id).effective.to_string(), id);
    }
}

#[test]
fn all_days_but_the_last_are_estimated() {
    assert_eq!(EDITIONS.map(|id| edition(id).estimated), [true, true, true, false]);
}

#[test]
fn the_day_of_the_first_edition_is_stated_for_light_servers_only() {
    let first = edition("2018-05-21");
    assert_eq!(first.stated_for, ["swas"]);
    assert!(!first.is_estimated_for("swas") && first.is_estimated_for("ecs"));
}

#[test]
fn that_light_servers_had_a_stated_day_once_does_not_carry_over() {
    for id in ["2019-05-09", "2020-01-01"] {
        assert!(edition(id).is_estimated_for("swas"), "{id}");
    }
}

#[test]
fn each_edition_comes_from_its_documents() {
    let source = |id| edition(id).source.as_slice();
    assert_eq!(EDITIONS.map(source), [&["002"][..], &["001"], &["000"], &["004", "000"]]);
}

#[test]
fn all_four_editions_have_the_same_policy() {
    for id in EDITIONS {
        let policy = &edition(id).policy;
        assert_eq!(policy.restore_on_cancel.value, RestoreOnCancel::Never, "{id}");
        assert_eq!(policy.on_abandon.value, OnAbandon::Release, "{id}");
        assert_eq!(policy.code_use.value, CodeUse::Granted, "{id}");
    }
}

#[test]
fn the_console_of_a_virtual_host_is_told_in_every_edition() {
    for id in EDITIONS {
        let from = edition(id).row("web-hosting").unwrap().credentials_from.as_ref().unwrap();
        for step in ["云虚拟主机控制台", "管理", "账号信息", "主机管理控制台用户名和密码", "重置"]
        {
            assert!(from.value.zh.contains(step), "{id} {step}");
        }
    }
}

#[test]
fn after_sales_of_a_premium_host_is_told_in_every_edition() {
    for id in EDITIONS {
        let from = edition(id).row("premium-hosting").unwrap().credentials_from.as_ref().unwrap();
        for step in ["主机名和密码", "95187 转 2", "工单"] {
            assert!(from.value.zh.contains(step), "{id} {step}");
        }
    }
}

#[test]
fn no_product_says_where_unless_its_codes_or_filings_are_elsewhere() {
    for (product, id, cell, row) in cells() {
        let (Some(cell), Some(row)) = (cell, row) else { continue };
        let wanted = cell.verified_by == VerifiedBy::Elsewhere || cell.code_made == CodeMade::Elsewhere;
        assert_eq!(row.place.is_some(), wanted, "{product} {id}");
    }
}

#[test]
fn every_text_of_the_rulebook_exists_in_both_languages() {
    for (product, id, _, row) in cells() {
        let Some(row) = row else { continue };
        let notes = row.conditions.iter().filter_map(|stated| stated.note.as_ref());
        let places = row.place.iter().chain(&row.credentials_from).map(|stated| &stated.value);
        for text in notes.chain(places).chain([&row.name]) {
            assert!(!text.zh.is_empty() && !text.en.is_empty(), "{product} {id}");
            assert!(
                text.en.is_ascii() || text.en.contains(['→', '（', '旺', '备']),
                "{product} {id} {}",
                text.en
            );
        }
    }
}

#[test]
fn an_edition_counts_from_midnight_in_shanghai_and_not_a_second_before() {
    for (before, id) in [
        ("2019-05-08T23:59:59+08:00", "2018-05-21"),
        ("2019-05-09T00:00:00+08:00", "2019-05-09"),
        ("2019-12-31T23:59:59+08:00", "2019-05-09"),
        ("2020-01-01T00:00:00+08:00", "2020-01-01"),
        ("2020-10-15T23:59:59+08:00", "2020-01-01"),
        ("2020-10-16T00:00:00+08:00", "2020-10-16"),
        ("2020-10-15T15:59:59Z", "2020-01-01"),
        ("2020-10-15T16:00:00Z", "2020-10-16"),
        ("2026-01-01T00:00:00+08:00", "2020-10-16"),
    ] {
        assert_eq!(aliyun().in_force(at(before)).unwrap().id, id, "{before}");
    }
}
