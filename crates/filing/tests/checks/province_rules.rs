//! What single provinces want: the file, which of its rows stand on a day, and each rule.

use crate::{
    TODAY,
    builders::{OTHER_CARD, of_a_person, of_an_organisation, somebody},
    only, only_warned,
};
use filing::{
    checks::{Checking, Expected, FileFault, Filed, Known, Provinces, Rule, Wrong, check},
    orders::{Certificate, Form, Kind},
    tables::PROVINCES,
};
use jiff::civil::date;
use rulebook::Lang;

const CARD_OF_HANGZHOU: &str = "330106199003071236";
const CARD_OF_A_CHILD: &str = "430102201001011238";
/// 港澳居民居住证: a number of [`filing::tables::CERTIFICATES`].
const HONG_KONG_RESIDENCE_PERMIT: u16 = 41;
const CARD_OF_A_CHILD_FROM_HONG_KONG: &str = "810000201101011238";
const CARD_OF_29_FEBRUARY: &str = "430102200802290017";
const CARD_OF_ONE_OF_18_TODAY: &str = "430102200806010019";

/// A file with one rule for Guangdong.
fn rule(rule: &str) -> Known {
    let file = format!(
        "[sources]\nnowhere = {{ zh = \"某处\", en = \"somewhere\" }}\n[[rules]]\nregion = 440000\n{rule}\nwhom = \"everybody\"\nfrom = 2026-01-01\nsource = \"nowhere\"\n"
    );
    Known { provinces: Provinces::parse(&file).unwrap(), ..Known::default() }
}

fn told(kind: Kind, form: &Form, known: &Known) -> Vec<String> {
    only("province-", kind, form, known)
}

fn holder(card: &str, address: Option<&str>) -> Form {
    let mut form = of_a_person();
    let subject = form.subject.as_mut().unwrap();
    subject.certificate.number = Some(card.to_owned());
    subject.certificate_address = address.map(str::to_owned);
    form
}

#[test]
fn the_rules_that_ship_can_be_read_and_each_is_of_a_province_with_its_day_and_source() {
    let shipped = Provinces::parse(include_str!("../../data/provinces.toml")).unwrap();
    assert_eq!(shipped, Provinces::default());
    for row in shipped.rows() {
        assert!(row.region == 0 || PROVINCES.iter().any(|province| province.region == row.region));
        assert!(row.from <= TODAY && !row.source.in_lang(Lang::Zh).is_empty());
    }
    assert_eq!(shipped.in_force(130_000, TODAY).filter(|row| row.region != 0).count(), 4);
    assert_eq!(shipped.in_force(130_000, date(2025, 12, 30)).filter(|row| row.region != 0).count(), 0);
}

#[test]
fn a_newer_row_takes_the_place_of_an_older_and_a_provinces_that_of_the_countrys() {
    let row = |region: u32, years: u32, from: &str| {
        format!(
            "[[rules]]\nregion = {region}\nrule = \"min-age\"\nwhom = \"individuals\"\nyears = {years}\nfrom = {from}\nsource = \"a\"\n"
        )
    };
    let rows = [row(0, 16, "2026-03-01"), row(440_000, 17, "2026-01-01"), row(440_000, 18, "2026-06-01")];
    let file = format!("[sources]\na = {{ zh = \"某处\", en = \"somewhere\" }}\n{}", rows.concat());
    let provinces = Provinces::parse(&file).unwrap();
    let years =
        |province, day| -> Vec<Rule> { provinces.in_force(province, day).map(|row| row.rule).collect() };
    assert_eq!(years(440_000, date(2026, 5, 31)), [Rule::MinAge { years: 17 }]);
    assert_eq!(years(440_000, date(2026, 6, 1)), [Rule::MinAge { years: 18 }]);
    assert_eq!(years(330_000, date(2026, 6, 1)), [Rule::MinAge { years: 16 }]);
    assert_eq!(years(330_000, date(2026, 2, 1)), []);
}

#[test]
fn a_row_stands_until_its_last_day() {
    let known = rule("until = 2026-06-01\nrule = \"same-city\"");
    assert_eq!(known.provinces.in_force(440_000, date(2026, 5, 31)).count(), 1);
    assert_eq!(known.provinces.in_force(440_000, date(2026, 6, 1)).count(), 0);
}

#[test]
fn every_fault_of_a_file_is_told_at_once_with_its_line() {
    let file = "[sources]\na = { zh = \"某处\" }\n[[rules]]\nregion = 440300\nrule = \"min-age\"\nwhom = \"nobody\"\nfrom = 2026-01-01T00:00:00\nsource = \"b\"\norders = [\"order\"]\ncolour = 1\n";
    let faults = Provinces::parse(file).unwrap_err();
    let value = |key, expected| Wrong::Value { key, expected };
    assert_eq!(faults[0], FileFault { line: 2, wrong: value("sources", Expected::BothLanguages) });
    assert_eq!(faults[1], FileFault { line: 3, wrong: Wrong::Missing("years") });
    assert_eq!(faults[2], FileFault { line: 4, wrong: value("region", Expected::Province) });
    assert!(matches!(faults[3], FileFault { line: 6, wrong: Wrong::Value { key: "whom", .. } }));
    assert_eq!(faults[4], FileFault { line: 7, wrong: value("from", Expected::Day) });
    assert_eq!(faults[5], FileFault { line: 8, wrong: value("source", Expected::Source) });
    assert!(matches!(faults[6], FileFault { line: 9, wrong: Wrong::Value { key: "orders", .. } }));
    assert_eq!(faults[7], FileFault { line: 10, wrong: Wrong::UnknownKey("colour".to_owned()) });
    assert_eq!(faults.len(), 8);
}

#[test]
fn an_age_is_reached_on_the_birthday() {
    let eighteen = rule("rule = \"min-age\"\nyears = 18");
    let nineteen = rule("rule = \"min-age\"\nyears = 19");
    let born_18_years_ago = holder(CARD_OF_ONE_OF_18_TODAY, None);
    assert!(told(Kind::FirstFiling, &born_18_years_ago, &eighteen).is_empty());
    assert_eq!(
        told(Kind::FirstFiling, &born_18_years_ago, &nineteen),
        ["subject.certificate.number: province-age"]
    );
    let child = holder(CARD_OF_A_CHILD, None);
    assert_eq!(told(Kind::FirstFiling, &child, &eighteen), ["subject.certificate.number: province-age"]);
}

#[test]
fn an_age_is_told_by_every_number_that_says_a_day_of_birth_and_counted_alike() {
    let eighteen = rule("rule = \"min-age\"\nyears = 18");
    let mut child = holder(CARD_OF_A_CHILD_FROM_HONG_KONG, None);
    child.subject.as_mut().unwrap().certificate.kind = Some(HONG_KONG_RESIDENCE_PERMIT);
    assert_eq!(told(Kind::FirstFiling, &child, &eighteen), ["subject.certificate.number: province-age"]);
    // Whoever was born on 29 February 2008 is 18 on the last day of February 2026.
    let leap = holder(CARD_OF_29_FEBRUARY, None).tidied();
    let on = |today, code| {
        let all = check(Checking { kind: Kind::FirstFiling, form: &leap, known: &eighteen, today });
        all.iter().any(|fault| fault.what.code() == code)
    };
    for code in ["province-age", "certificate-minor"] {
        assert!(on(date(2026, 2, 27), code) && !on(date(2026, 2, 28), code), "{code}");
    }
}

#[test]
fn another_person_in_charge_of_a_website_is_told_where_ones_own_certificate_is_left_blank() {
    let mut form = of_a_person();
    form.subject.as_mut().unwrap().person.certificate = Certificate::default();
    form.websites[0].person = somebody("周明", OTHER_CARD, "13712345678");
    let expected = ["websites[0].person.certificate.number: province-person"];
    assert_eq!(told(Kind::FirstFiling, &form, &rule("rule = \"same-person\"")), expected);
    let expected = ["websites[0].person.certificate.number: certificate-not-himself"];
    let no_rule = Known::default();
    assert_eq!(only("certificate-not-himself", Kind::FirstFiling, &form, &no_rule), expected);
    assert!(only_warned("certificate-not-himself", Kind::FirstFiling, &form, &no_rule));
    form.websites[0].person.certificate = Certificate::default();
    assert!(only("certificate-not-himself", Kind::FirstFiling, &form, &no_rule).is_empty());
}

#[test]
fn the_certificate_is_of_the_same_city_where_it_names_one() {
    let same_city = rule("rule = \"same-city\"");
    let cases = [
        ("广东省深圳市福田区深南大道1号", true),
        ("深圳市福田区深南大道1号", true),
        ("福田区深南大道1号", true),
        ("广东省广州市天河路1号", false),
        ("广州市天河路1号", false),
        ("北京市朝阳区建国路1号", false),
    ];
    for (address, same) in cases {
        let faults = told(Kind::FirstFiling, &holder(CARD_OF_HANGZHOU, Some(address)), &same_city);
        let expected = if same { vec![] } else { vec!["subject.certificate_address: province-city"] };
        assert_eq!(faults, expected, "{address}");
    }
}

#[test]
fn somebody_from_elsewhere_is_refused_for_his_address_and_only_warned_for_his_number() {
    let local = rule("rule = \"local-id-card\"");
    let moved = holder(CARD_OF_HANGZHOU, Some("广东省深圳市福田区深南大道1号"));
    assert!(told(Kind::FirstFiling, &moved, &local).is_empty());
    let elsewhere = holder(CARD_OF_HANGZHOU, Some("浙江省杭州市文三路1号"));
    assert_eq!(told(Kind::FirstFiling, &elsewhere, &local), ["subject.certificate_address: province-local"]);
    assert!(!only_warned("province-", Kind::FirstFiling, &elsewhere, &local));
    let unsaid = holder(CARD_OF_HANGZHOU, Some("文三路1号院"));
    assert_eq!(told(Kind::FirstFiling, &unsaid, &local), ["subject.certificate.number: province-local"]);
    assert!(only_warned("province-", Kind::FirstFiling, &unsaid, &local));
    let permit = rule("rule = \"residence-permit\"");
    assert_eq!(
        told(Kind::FirstFiling, &elsewhere, &permit),
        ["subject.certificate_address: province-permit"]
    );
    assert!(only_warned("province-", Kind::FirstFiling, &elsewhere, &permit));
}

#[test]
fn domains_are_counted_by_order_by_website_and_by_what_is_filed() {
    let mut form = of_an_organisation();
    assert!(told(Kind::FirstFiling, &form, &rule("rule = \"most-domains\"\ncount = 2")).is_empty());
    let one = rule("rule = \"most-domains\"\ncount = 1");
    assert_eq!(told(Kind::FirstFiling, &form, &one), ["websites: province-domains"]);
    let elsewhere = rule("rule = \"most-domains\"\ncount = 1\norders = [\"add-website\"]");
    assert!(told(Kind::FirstFiling, &form, &elsewhere).is_empty());
    let single = rule("rule = \"one-domain-per-website\"");
    assert!(told(Kind::FirstFiling, &form, &single).is_empty());
    form.websites[1].domains.push("example.net".to_owned());
    assert_eq!(told(Kind::FirstFiling, &form, &single), ["websites[1].domains: province-one-domain"]);
    let filed = |websites| Filed {
        nature: Some(4),
        region: Some(440_305),
        cancelled: false,
        domains: Vec::new(),
        hosted_here: false,
        websites,
    };
    for (websites, faults) in [(7, 0), (8, 1)] {
        let known = Known {
            target: Some(Some(filed(websites))),
            ..rule("rule = \"most-domains\"\ncount = 1\nfiled_above = 7")
        };
        assert_eq!(told(Kind::AddWebsite, &form, &known).len(), faults, "{websites}");
    }
    for (websites, faults) in [(26, 0), (28, 1)] {
        let known =
            Known { target: Some(Some(filed(websites))), ..rule("rule = \"website-plan\"\nwebsites = 30") };
        let expected = vec!["websites: province-plan"; faults];
        assert_eq!(told(Kind::AddWebsite, &form, &known), expected, "{websites}");
    }
}

#[test]
fn the_domains_of_public_bodies_end_as_those_of_the_state_do() {
    let institution = |nature, domain: &str| {
        let mut form = of_an_organisation();
        form.websites.truncate(1);
        form.materials.truncate(5);
        form.subject.as_mut().unwrap().nature = Some(nature);
        form.websites[0].domains = vec![domain.to_owned()];
        told(Kind::FirstFiling, &form, &Known::default())
    };
    let fault = ["websites[0].domains[0]: province-suffix"];
    assert!(institution(3, "example.cn").is_empty() && institution(3, "例子.公益").is_empty());
    assert_eq!(institution(3, "example.com"), fault);
    assert!(institution(2, "example.gov.cn").is_empty() && institution(2, "例子.政务").is_empty());
    assert_eq!(institution(2, "example.cn"), fault);
    assert!(institution(4, "example.com").is_empty());
}

#[test]
fn what_is_wanted_of_people_is_told_at_them() {
    let first = Kind::FirstFiling;
    let form = of_an_organisation();
    assert_eq!(
        told(first, &form, &rule("rule = \"same-person\"")),
        ["websites[1].person.certificate.number: province-person"]
    );
    assert_eq!(
        told(first, &form, &rule("rule = \"legal-representative\"")),
        ["subject.person.name: province-legal-representative"]
    );
    assert_eq!(
        told(first, &form, &rule("rule = \"establishment-office\"")),
        ["subject.name: province-establishment-office"]
    );
    assert_eq!(told(first, &form, &rule("rule = \"local-mobile\"")).len(), 3);
    assert!(only_warned("province-", first, &form, &rule("rule = \"local-mobile\"")));
    assert!(told(first, &form, &rule("rule = \"mainland-person\"")).is_empty());
    let mut abroad = form.clone();
    abroad.websites[1].person = somebody("周明", OTHER_CARD, "13712345678");
    abroad.websites[1].person.certificate.kind = Some(14);
    assert_eq!(
        told(first, &abroad, &rule("rule = \"mainland-person\"")),
        ["websites[1].person.certificate.kind: province-mainland"]
    );
    let foreigners = rule("rule = \"no-foreigners\"");
    let mut guest = of_a_person();
    assert!(told(first, &guest, &foreigners).is_empty());
    guest.subject.as_mut().unwrap().certificate.kind = Some(7);
    assert_eq!(told(first, &guest, &foreigners), ["subject.certificate.kind: province-foreigner"]);
}

#[test]
fn a_rule_is_wanted_of_those_that_its_row_names() {
    let mut form = of_a_person();
    form.subject.as_mut().unwrap().region = Some("430102".to_owned());
    let faults = told(Kind::FirstFiling, &form, &Known::default());
    assert_eq!(
        faults,
        ["subject.person.mobile: province-mobile", "websites[0].person.mobile: province-mobile"]
    );
    form.subject.as_mut().unwrap().region = Some("340102".to_owned());
    assert!(told(Kind::FirstFiling, &form, &Known::default()).is_empty());
}
