//! The decision, promise by promise: which finding fires, not one step too early, in which order, with which figures.

mod conditions;
mod derived;
mod editions;
mod expiry;
mod json;
mod months;
mod passwords;
mod regions;
mod renewal;
mod unknown;
mod verdicts;

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
    Rulebook::parse(&text).unwrap_or_else(|faults| panic!("{faults}")).editions.remove(0).as_ref().clone()
}

fn by(edition: &Edition, facts: &Facts, now: &str) -> Outcome {
    Outcome::of(&decide(edition, facts, at(now), Some("acc-7")))
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
