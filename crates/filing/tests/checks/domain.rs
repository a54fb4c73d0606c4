//! Domains.

use crate::{builders::of_an_organisation, only, only_warned};
use filing::{
    checks::{DomainFault, Host, Known, What, registrable},
    orders::Kind,
};
use proptest::{prelude::*, test_runner::Config};
use rulebook::Lang;

fn codes(domain: &str) -> Vec<String> {
    let mut form = of_an_organisation();
    form.websites[0].domains = vec![domain.to_owned()];
    let faults = only("domain-", Kind::FirstFiling, &form, &Known::default());
    faults
        .iter()
        .map(|fault| fault.strip_prefix("websites[0].domains[0]: domain-").unwrap().to_owned())
        .collect()
}

#[test]
fn every_fault_of_a_domain_is_found_and_told_at_its_place() {
    let label = format!("{}.com", "a".repeat(64));
    let name = format!("{}com", "abcdefgh.".repeat(30));
    let cases: &[(&str, &[&str])] = &[
        ("example.com", &[]),
        ("EXAMPLE.com", &[]),
        ("ｅｘａｍｐｌｅ．ｃｏｍ", &[]),
        ("example。com", &[]),
        ("example.com.", &[]),
        ("example.gov.cn", &[]),
        ("www.com", &[]),
        ("例.公司.cn", &[]),
        ("例子1.中国", &[]),
        ("xn--fsqu00a.xn--55qx5d", &[]),
        ("http://example.com", &["scheme"]),
        ("https://www.example.com:8443/index", &["scheme", "path", "port"]),
        ("example.com/", &["path"]),
        ("user@example.com", &["path"]),
        ("example.com:80", &["port"]),
        ("*.example.com", &["wildcard"]),
        ("47.96.0.1", &["address"]),
        ("47.96.0.1:80", &["port", "address"]),
        ("2408:4000::1", &["address"]),
        ("[2408:4000::1]", &["address"]),
        ("exa mple.com", &["symbol"]),
        ("exa_mple.com", &["symbol"]),
        ("exa　mple.com", &["symbol"]),
        ("example.com，example.cn", &["symbol"]),
        ("https：//example.com", &["scheme"]),
        ("example.com。", &[]),
        ("example..com", &["label"]),
        (".com", &["label"]),
        ("-example.com", &["label"]),
        ("example-.com", &["label"]),
        ("xn--a.com", &["label"]),
        (&label, &["long"]),
        (&name, &["long"]),
        ("com", &["only-suffix"]),
        ("com.cn", &["only-suffix"]),
        ("中国", &["only-suffix"]),
        ("localhost", &["unknown-suffix"]),
        ("example.invalid", &["unknown-suffix"]),
        ("www.example.com", &["below"]),
        ("a.b.example.com.cn", &["below"]),
        ("name.github.io", &["given-out", "suffix-not-approved"]),
        ("www.name.github.io", &["given-out", "suffix-not-approved"]),
        ("github.io", &["suffix-not-approved"]),
        ("example.org", &["suffix-not-approved"]),
        ("example.co.uk", &["suffix-not-approved"]),
    ];
    for (domain, expected) in cases {
        assert_eq!(codes(domain), *expected, "{domain}");
    }
}

#[test]
fn a_character_that_no_domain_has_is_called_as_people_do_with_what_to_do_about_it() {
    let separate = "每栏只填一个域名，多个域名请分开填写。";
    let half = "请改用半角字符，并且只填写域名本身，例如“example.com”。";
    let cases = [
        ("exa mple.com", "域名里不能有空格。", "A space cannot", "请去掉；多个域名请分开填写，每栏一个。"),
        (
            "exa　mple.com",
            "域名里不能有全角空格。",
            "A full-width space cannot",
            "请去掉；多个域名请分开填写，每栏一个。",
        ),
        ("exa\tmple.com", "域名里不能有制表符。", "A tab cannot", "请去掉；多个域名请分开填写，每栏一个。"),
        ("a.com，b.com", "域名里不能有全角的“，”。", "A full-width `,` cannot", separate),
        ("a.com、b.com", "域名里不能有全角的“、”。", "A full-width `,` cannot", separate),
        ("a.com,b.com", "域名里不能有“,”。", "`,` cannot", separate),
        ("example.com：8080", "域名里不能有全角的“：”。", "A full-width `:` cannot", half),
        ("exa_mple.com", "域名里不能有“_”。", "`_` cannot", "请对照域名证书核对后重新填写。"),
    ];
    for (domain, zh, en, suggestion) in cases {
        let mut faults = registrable(domain).unwrap_err();
        let fault = What::from(faults.remove(0));
        assert_eq!(faults, [], "{domain}");
        assert_eq!(fault.message(Lang::Zh), zh, "{domain}");
        assert_eq!(fault.message(Lang::En), format!("{en} stand in a domain."), "{domain}");
        assert_eq!(fault.suggestion(Lang::Zh), suggestion, "{domain}");
        assert!(fault.suggestion(Lang::En).is_ascii(), "{domain}");
    }
}

#[test]
fn a_name_is_registrable_below_the_suffixes_of_registries_and_never_below_those_of_companies() {
    let cases = [
        ("example.com", "example.com"),
        ("WWW.Example.COM", "example.com"),
        ("a.b.example.com.cn", "example.com.cn"),
        ("name.github.io", "github.io"),
        ("name.s3.amazonaws.com", "amazonaws.com"),
        ("shop.blogspot.co.uk", "blogspot.co.uk"),
        ("www.例子.中国", "xn--fsqu00a.xn--fiqs8s"),
        ("例.公司.cn", "xn--fsq.xn--55qx5d.cn"),
        ("www.city.kawasaki.jp", "city.kawasaki.jp"),
        ("a.b.kawasaki.jp", "a.b.kawasaki.jp"),
    ];
    for (host, expected) in cases {
        assert_eq!(registrable(host).as_deref(), Ok(expected), "{host}");
    }
    assert_eq!(registrable("github.io").as_deref(), Ok("github.io"));
    assert!(matches!(registrable("com").unwrap_err()[..], [DomainFault::OnlySuffix { .. }]));
}

#[test]
fn what_is_registrable_here_is_so_for_whoever_reads_names_without_these_checks() {
    let labels = [
        "a", "www", "例", "a、b", "ａ", "a_b", "-a", "xn--fsq", "xn--a", "", "*", "a:80", "a/b", "１",
        "a\u{a0}b", "a\u{ad}b",
    ];
    let suffixes = [
        "com",
        "com.cn",
        "中国",
        "公司.cn",
        "github.io",
        "ck",
        "1",
        "com.",
        "com..",
        "com。",
        "com.。",
        "com．",
        "com:80",
    ];
    for (label, suffix) in labels.iter().flat_map(|label| suffixes.map(|suffix| (label, suffix))) {
        for host in [format!("{label}.{suffix}"), format!("b.{label}.{suffix}")] {
            assert_eq!(registrable(&host).ok(), domains::registrable(&host).ok(), "{host}");
        }
    }
}

#[test]
fn a_name_is_within_a_domain_at_its_dots() {
    let host = Host::read("www.example.com").unwrap();
    assert!(host.within("example.com") && host.within("www.example.com"));
    assert!(!host.within("ample.com") && !host.within("a.www.example.com"));
}

#[test]
fn the_same_domain_stands_in_an_order_once_in_whatever_form() {
    let mut form = of_an_organisation();
    form.websites[1].domains =
        vec!["例子.中国".to_owned(), "XN--FSQU00A.中国".to_owned(), "example.com.cn".to_owned()];
    let faults = only("domain-", Kind::FirstFiling, &form, &Known::default());
    assert_eq!(faults, ["websites[1].domains[1]: domain-twice", "websites[1].domains[2]: domain-twice"]);
    form.websites[1].domains = vec!["www.example.com.cn".to_owned()];
    let faults = only("domain-twice", Kind::FirstFiling, &form, &Known::default());
    assert_eq!(faults, ["websites[1].domains[0]: domain-twice"]);
}

#[test]
fn a_suffix_that_is_not_in_the_list_is_only_warned_of_where_the_domain_is_filed_already() {
    let mut form = of_an_organisation();
    form.websites[0].domains = vec!["example.org".to_owned()];
    for (kind, warned) in [(Kind::FirstFiling, false), (Kind::Change, true), (Kind::AddAccess, true)] {
        assert_eq!(only("domain-suffix", kind, &form, &Known::default()).len(), 1, "{kind:?}");
        assert_eq!(only_warned("domain-suffix", kind, &form, &Known::default()), warned, "{kind:?}");
    }
}

proptest! {
    #![proptest_config(Config::with_cases(2_000))]

    #[test]
    fn the_form_in_which_domains_are_compared_is_its_own(host in "[a-zA-Z0-9例子.-]{1,20}\\.(com|com\\.cn|中国|github\\.io)") {
        if let Ok(domain) = registrable(&host) {
            prop_assert!(domain.is_ascii() && domain == domain.to_lowercase(), "{domain}");
            prop_assert_eq!(registrable(&domain), Ok(domain.clone()));
            prop_assert!(Host::read(&host).unwrap().within(&domain));
        }
    }

    #[test]
    fn nothing_that_is_typed_makes_it_panic(host in ".{0,60}") {
        let _ = registrable(&host);
    }
}
