//! The sentences: whole, with their figures, each in its own language, and a dozen decisions for people to read.

use crate::desk::{EDITIONS, NOW, aliyun, at, day, edition, example_host, good, term};
use crate::wild::question;
use proptest::{prelude::*, test_runner::Config};
use rulebook::{
    Billing, Code, Decision, Edition, Fact, Facts, Fen, Finding, Lang, Remedy, Value, Verdict, decide,
};
use std::{collections::BTreeSet, fmt::Write as _};

/// What no sentence may hold.
const DEBRIS: [&str; 16] = [
    "None", "null", "Some(", "{", "}", "Ok(", "Err(", "\\", "  ", "..", "。。", "，。", "NaN", "::", "()",
    "（）",
];

/// Latin words that a Chinese customer reads in the console every day.
const LATIN: [&str; 10] = ["IP", "Mbps", "ECS", "Web", "NAT", "IPv6", "ENS", "v1", "v2", "IoT"];

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// What a test instance brings into a sentence itself.
fn own_words(decision: &Decision<'_>) -> Vec<String> {
    let facts = decision.case().facts;
    let asker = decision.case().asker.unwrap_or_default();
    [facts.region.as_deref().unwrap_or_default(), &facts.product, asker]
        .into_iter()
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn without_own_words(decision: &Decision<'_>, message: &str) -> String {
    own_words(decision).iter().fold(message.to_owned(), |text, word| text.replace(word.as_str(), "一"))
}

/// Latin words of a sentence that are none of its product names.
fn stray_latin(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.chars().any(|c| c.is_ascii_alphabetic()) && !LATIN.contains(word)).collect()
}

/// Half-width marks with a Chinese character on either side.
fn half_width_marks(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(3).any(|w| ",;:?!.()\"".contains(w[1]) && (is_han(w[0]) || is_han(w[2])))
}

/// Figures that a sentence must show, as it shows them.
fn figures(finding: &Finding<'_>) -> Vec<String> {
    let mut figures = Vec::new();
    for value in [&finding.required, &finding.actual] {
        match value {
            // A term of less than a month is told in words around a 1.
            Value::Number(0) if finding.code != Code::NoPublicBandwidth => {}
            Value::Number(1) if finding.code == Code::NoPublicBandwidth => {}
            Value::Number(n) if finding.code != Code::NoPublicIp => figures.push(n.to_string()),
            Value::Amount(fen) => figures.push(fen.to_string()),
            Value::Time(at) => figures.push(on_the_clock(*at)),
            Value::Null | Value::Number(_) | Value::Word(_) => {}
        }
    }
    match &finding.remedy {
        Remedy::Renew { months, until } => {
            figures.push(months.to_string());
            figures.extend(until.map(on_the_clock));
        }
        Remedy::ConvertToSubscription { months } => figures.push(months.to_string()),
        Remedy::Buy { months, amount, .. } => {
            figures.extend(months.map(|months| months.to_string()));
            figures.extend(amount.map(|amount| amount.to_string()));
        }
        _ => {}
    }
    figures
}

/// Day and minute in Shanghai.
fn on_the_clock(at: jiff::Timestamp) -> String {
    at.to_zoned(crate::desk::SHANGHAI).strftime("%Y-%m-%d %H:%M").to_string()
}

/// What a sentence says of what to do, in Chinese and English.
const fn deed(finding: &Finding<'_>) -> [&'static str; 2] {
    match finding.remedy {
        Remedy::Buy { .. } if matches!(finding.code, Code::ProductNotFileable) => ["请改用", "Use one of"],
        Remedy::Buy { .. } => ["请另购", "Buy "],
        Remedy::SignInAsPurchaser => ["登录", "Sign in"],
        Remedy::NoneNeeded => ["无需备案", "no filing"],
        Remedy::FileAt { .. } => ["备案系统", "filing system"],
        Remedy::ConvertToSubscription { .. } => ["请转为包年包月", "Convert it"],
        Remedy::AddPublicBandwidth => ["弹性公网 IP", "elastic IP"],
        Remedy::Renew { .. } => ["续费", "Renew it"],
        Remedy::UseAnotherAccount { .. } => ["换一个账号", "another account"],
        Remedy::ProvideFact { .. } => ["请", "."],
    }
}

/// Asserts all that must hold of one sentence.
fn check(decision: &Decision<'_>, finding: &Finding<'_>, lang: Lang) {
    let message = decision.message(finding, lang).to_string();
    let text = without_own_words(decision, &message);
    for debris in DEBRIS {
        assert!(!text.contains(debris), "{debris:?} in {message}");
    }
    // Beside a dead end nobody is told to pay for the instance, and so no figure of it either.
    let in_vain = finding.remedy.mends() && decision.findings().any(|finding| finding.code.is_dead_end());
    for figure in figures(finding).into_iter().filter(|_| !in_vain) {
        assert!(message.contains(&figure), "{figure} is missing in {message}");
    }
    assert!(message.ends_with(['。', '）', '.', ')']), "{message}");
    match lang {
        Lang::Zh => {
            assert_eq!(stray_latin(&text), Vec::<&str>::new(), "{message}");
            assert!(!half_width_marks(&text), "{message}");
            assert!(!["） ", " （", "。 ", "， ", "： "].iter().any(|gap| text.contains(gap)), "{message}");
            assert!(in_vain || message.contains(deed(finding)[0]), "{message}");
        }
        Lang::En => {
            let foreign = text.replace("备案许可号", "").replace("旺铺备案系统", "").replace('一', "");
            assert!(!foreign.chars().any(is_han), "{message}");
            assert!(in_vain || message.contains(deed(finding)[1]), "{message}");
            let first = message.chars().next().unwrap();
            assert!(first.is_uppercase() || !first.is_alphabetic(), "{message}");
        }
    }
}

fn check_summary(decision: &Decision<'_>) {
    let [zh, en] = Lang::ALL.map(|lang| decision.summary(lang).to_string());
    for debris in DEBRIS {
        assert!(!zh.contains(debris) && !en.contains(debris), "{debris:?} in {zh} {en}");
    }
    assert!(zh.ends_with(['。', '）']) && en.ends_with(['.', ')']), "{zh} {en}");
    assert!(!half_width_marks(&zh), "{zh}");
    assert_eq!(stray_latin(&zh), Vec::<&str>::new());
    if let Some(quota) = decision.quota().filter(|_| decision.verdict() == Verdict::Eligible) {
        let viewed = decision.row().unwrap().code_made.value != rulebook::CodeMade::OnRequest;
        let left = quota.left.to_string();
        assert!(viewed || (zh.contains(&left) && en.contains(&left)), "{zh} {en}");
    }
}

/// One way in which an instance falls short.
type Change = fn(&mut Facts);

/// Instances that between them have every finding, and every fact unknown once.
const CHANGES: [Change; 22] = [
    |_| (),
    |f| f.account = None,
    |f| f.region = None,
    |f| f.region = Some("mars-1".into()),
    |f| f.region = Some("us-west-1".into()),
    |f| f.region = Some("hk-1".into()),
    |f| f.billing = None,
    |f| f.billing = Some(Billing::PayAsYouGo),
    |f| f.public_bandwidth_mbps = None,
    |f| f.public_bandwidth_mbps = Some(0),
    |f| f.public_ips = None,
    |f| f.public_ips = Some(vec![]),
    |f| f.purchased_at = None,
    |f| f.expires_at = None,
    |f| term(f, "2020-10-15", "2020-11-05"),
    |f| term(f, "2020-10-01", "2020-12-02"),
    |f| term(f, "2019-10-15", "2020-10-15"),
    |f| f.first_purchase_months = None,
    |f| f.first_purchase_months = Some(7),
    |f| f.first_order_amount = None,
    |f| f.first_order_amount = Some(Fen::new(8850)),
    |f| f.codes_issued = 60,
];

/// Every row of every edition of both rulebooks, and a product that none has, with every change.
fn every_decision(mut told: impl FnMut(&Decision<'_>)) {
    let mainland = |edition: &Edition| match edition.regions.locality("bj-1") {
        Some(_) => "bj-1",
        None => "cn-hangzhou",
    };
    for edition in aliyun().editions.iter().chain(&example_host().editions) {
        for product in edition.rows().iter().map(|row| row.product.as_str()).chain(["toaster"]) {
            for change in CHANGES {
                for asker in [None, Some("acc-7"), Some("acc-8")] {
                    let mut facts = good(product);
                    facts.region = Some(mainland(edition).into());
                    facts.derived = [Fact::PurchasedAt].into_iter().collect();
                    change(&mut facts);
                    told(&decide(edition, &facts, at(NOW), asker));
                }
            }
        }
    }
}

#[test]
fn every_sentence_in_every_edition_is_whole_in_both_languages() {
    every_decision(|decision| {
        for finding in decision.findings() {
            for lang in Lang::ALL {
                check(decision, &finding, lang);
            }
        }
    });
}

#[test]
fn every_summary_in_every_edition_is_whole_in_both_languages() {
    every_decision(check_summary);
}

#[test]
fn every_finding_and_every_unknown_fact_was_among_those_sentences() {
    let (mut codes, mut facts) = (BTreeSet::new(), BTreeSet::new());
    every_decision(|decision| {
        codes.extend(decision.findings().map(|finding| finding.code));
        facts.extend(decision.unknown().iter());
    });
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), Code::ALL);
    // How many codes were issued is the one fact that has a default.
    assert_eq!(facts.into_iter().collect::<Vec<_>>(), Fact::ALL[..9]);
}

#[test]
fn no_two_unknown_facts_are_told_alike() {
    for lang in Lang::ALL {
        let mut told = BTreeSet::new();
        let facts = Facts { product: "ecs".into(), ..Facts::default() };
        let decision = decide(edition("2020-01-01"), &facts, at(NOW), Some("acc-7"));
        for finding in decision.findings() {
            assert!(told.insert(decision.message(&finding, lang).to_string()));
        }
        assert_eq!(told.len(), 7);
    }
}

proptest! {
    #![proptest_config(Config::with_cases(1_500))]

    #[test]
    fn sentences_stay_whole_for_any_instance(question in question()) {
        let decision = decide(question.edition, &question.facts, question.at, question.asker);
        for finding in decision.findings() {
            for lang in Lang::ALL {
                check(&decision, &finding, lang);
            }
        }
        check_summary(&decision);
    }
}

#[test]
fn before_the_first_edition_people_are_told_from_when_on_there_are_rules() {
    let error = aliyun().in_force(at("2018-01-01T00:00:00+08:00")).unwrap_err();
    insta::assert_snapshot!(error.message(Lang::Zh), @"2018-01-01 还没有可用的规则：最早的 2018-05-21 版自 2018-05-21 起生效。请改用该日或以后的日期。");
    insta::assert_snapshot!(error.message(Lang::En), @"there are no rules for 2018-01-01 yet: the first edition, 2018-05-21, counts from 2018-05-21; ask about that day or a later one");
}

#[test]
fn an_edition_that_does_not_exist_is_told_with_those_that_do() {
    let error = aliyun().edition("2021-01-01").unwrap_err();
    insta::assert_snapshot!(error.message(Lang::Zh), @"规则集里没有 2021-01-01 版。可选的版本：2018-05-21、2019-05-09、2020-01-01、2020-10-16。");
    insta::assert_snapshot!(error.message(Lang::En), @"the rulebook has no edition `2021-01-01`; it has 2018-05-21, 2019-05-09, 2020-01-01, 2020-10-16");
}

/// A decision as a customer reads it, in both languages.
fn page(edition_id: &str, facts: &Facts, asker: Option<&str>) -> String {
    let decision = decide(edition(edition_id), facts, at(NOW), asker);
    let mut page = String::new();
    for lang in Lang::ALL {
        let verdict = decision.verdict().label(lang);
        writeln!(page, "{} {}: {verdict}\n{}", facts.product, edition_id, decision.summary(lang)).unwrap();
        for finding in decision.findings() {
            writeln!(page, "- {}", decision.message(&finding, lang)).unwrap();
        }
        page.push('\n');
    }
    page
}

/// Reads as a customer of `product` reads it.
macro_rules! read {
    ($($name:ident: $edition:literal, $product:literal, $asker:expr, $change:expr;)+) => {$(
        #[test]
        fn $name() {
            let mut facts = good($product);
            let change: Change = $change;
            change(&mut facts);
            insta::assert_snapshot!(page($edition, &facts, $asker));
        }
    )+};
}

read! {
    reads_an_eligible_server: "2020-10-16", "ecs", Some("acc-7"), |f| f.codes_issued = 2;
    reads_a_server_with_everything_wrong: "2020-01-01", "ecs", Some("acc-8"), |f| {
        f.public_bandwidth_mbps = Some(0);
        f.public_ips = Some(vec![]);
        f.codes_issued = 5;
        f.derived = [Fact::PurchasedAt].into_iter().collect();
        term(f, "2020-10-15", "2020-11-15");
    };
    reads_a_pay_as_you_go_server: "2020-10-16", "ecs", None, |f| f.billing = Some(Billing::PayAsYouGo);
    reads_an_expired_light_server: "2020-10-16", "swas", None, |f| term(f, "2020-08-01", "2020-10-31");
    reads_a_light_server_with_little_left: "2020-01-01", "swas", None, |f| term(f, "2019-01-01", "2020-11-20");
    reads_a_virtual_host: "2020-10-16", "web-hosting", None, |f| f.codes_issued = 1;
    reads_a_virtual_host_with_all_sites_used: "2020-10-16", "web-hosting", None, |f| f.codes_issued = 5;
    reads_a_premium_host: "2020-10-16", "premium-hosting", None, |_| ();
    reads_an_exhausted_account: "2020-10-16", "elastic-web", None, |f| f.codes_issued = 5;
    reads_a_built_site_bought_too_cheap_and_too_short: "2020-10-16", "site-builder", None, |f| {
        f.first_purchase_months = Some(1);
        f.first_order_amount = Some(Fen::new(5900));
    };
    reads_a_built_site: "2020-10-16", "site-builder", None, |_| ();
    reads_a_built_site_that_was_used: "2020-10-16", "site-builder", None, |f| f.codes_issued = 1;
    reads_a_jushita_server: "2020-10-16", "jushita-ecs", None, |_| ();
    reads_a_shop: "2020-10-16", "shop", None, |_| ();
    reads_a_server_in_hong_kong: "2020-10-16", "ecs", None, |f| f.region = Some("cn-hongkong".into());
    reads_a_product_that_cannot_be_filed: "2020-10-16", "oss", None, |_| ();
    reads_a_server_of_which_nothing_is_known: "2020-01-01", "ecs", Some("acc-7"), |f| {
        *f = Facts { id: "i-1".into(), product: "ecs".into(), ..Facts::default() };
    };
    reads_a_server_in_an_unlisted_region: "2020-10-16", "ecs", None, |f| f.region = Some("火星 1".into());
    reads_a_light_server_whose_purchase_was_derived: "2020-10-16", "swas", None, |f| {
        f.derived = [Fact::PurchasedAt].into_iter().collect();
        f.expires_at = Some(day("2020-11-02"));
        f.purchased_at = Some(day("2020-08-02"));
    };
}

#[test]
fn a_decision_names_each_edition_the_same_way() {
    for id in EDITIONS {
        let facts = good("oss");
        let decision = decide(edition(id), &facts, at(NOW), None);
        let finding = decision.findings().next().unwrap();
        assert!(Lang::ALL.into_iter().all(|lang| decision.message(&finding, lang).to_string().contains(id)));
    }
}

/// What a person reads of `facts`, in both languages.
fn read(facts: &Facts) -> [Vec<String>; 2] {
    Lang::ALL.map(|lang| decide(edition("2020-01-01"), facts, at(NOW), None).explanation(lang))
}

#[test]
fn reasons_with_the_same_remedy_are_told_together_and_the_remedy_once() {
    let mut facts = good("ecs");
    term(&mut facts, "2020-09-20", "2020-10-20");
    facts.public_bandwidth_mbps = Some(0);
    facts.public_ips = Some(vec![]);
    let [zh, en] = read(&facts);
    assert_eq!(zh.concat().matches("请至少续费").count(), 1, "{zh:?}");
    assert_eq!(zh.concat().matches("请升级公网带宽").count(), 1, "{zh:?}");
    assert_eq!(en.concat().matches("Renew it").count(), 1, "{en:?}");
    assert!(zh.concat().contains("购买时长") && zh.concat().contains("已于"), "{zh:?}");
}

#[test]
fn nobody_is_told_to_pay_for_an_instance_that_cannot_be_repaired() {
    let mut facts = good("ecs");
    term(&mut facts, "2020-09-20", "2020-10-20");
    facts.codes_issued = 5;
    let [zh, en] = read(&facts);
    assert!(zh[0].starts_with("请不要为了备案再为该实例付费"), "{zh:?}");
    assert!(!zh.concat().contains("请至少续费") && !en.concat().contains("Renew it"), "{zh:?} {en:?}");
    assert!(zh.concat().contains("请另购") && en.concat().contains("Buy"), "{zh:?} {en:?}");
}

#[test]
fn a_finding_alone_sends_nobody_to_pay_in_vain_either() {
    let mut facts = good("ecs");
    term(&mut facts, "2020-09-20", "2020-10-20");
    facts.public_bandwidth_mbps = Some(0);
    let said = |facts: &Facts| {
        let decision = decide(edition("2020-01-01"), facts, at(NOW), None);
        let messages = decision
            .findings()
            .flat_map(|finding| Lang::ALL.map(|lang| decision.message(&finding, lang).to_string()));
        messages.collect::<String>()
    };
    let advice = ["请至少续费", "请升级", "Renew it", "Upgrade its"];
    let mendable = said(&facts);
    assert!(advice.iter().all(|advice| mendable.contains(advice)), "{mendable}");
    facts.codes_issued = 5;
    let beyond = said(&facts);
    assert!(!advice.iter().any(|advice| beyond.contains(advice)), "{beyond}");
}

#[test]
fn a_dead_end_is_a_reason_whose_remedy_is_another_instance() {
    for edition in EDITIONS.map(edition) {
        for row in edition.rows() {
            let mut facts = good(&row.product);
            term(&mut facts, "2020-09-20", "2020-10-20");
            (facts.public_bandwidth_mbps, facts.public_ips) = (Some(0), Some(vec![]));
            (facts.first_purchase_months, facts.codes_issued) = (Some(1), 99);
            facts.first_order_amount = Some("0.01".parse().unwrap());
            for finding in decide(edition, &facts, at(NOW), None).findings() {
                let another = matches!(finding.remedy, Remedy::Buy { .. } | Remedy::UseAnotherAccount { .. });
                assert_eq!(finding.code.is_dead_end(), another, "{:?}", finding.code);
                assert!(!(another && finding.remedy.mends()), "{:?}", finding.code);
            }
        }
    }
}
