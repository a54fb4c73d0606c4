//! Home pages.

use crate::{builders::of_an_organisation, only};
use filing::{checks::Known, orders::Kind};

fn codes(page: &str, domains: &[&str]) -> Vec<String> {
    let mut form = of_an_organisation();
    form.websites[0].domains = domains.iter().map(|domain| (*domain).to_owned()).collect();
    form.websites[0].home_page = Some(page.to_owned());
    only("home-page-", Kind::FirstFiling, &form, &Known::default())
}

#[test]
fn a_home_page_is_under_one_of_the_websites_domains() {
    let cases: &[(&str, Option<&str>)] = &[
        ("example.com", None),
        ("www.example.com", None),
        ("HTTPS://WWW.EXAMPLE.COM/start?x=1#y", None),
        ("http://shop.例子.中国:8080", None),
        ("http://xn--fsqu00a.xn--fiqs8s/", None),
        ("ftp://example.com", Some("home-page-scheme")),
        ("https://", Some("home-page-host")),
        ("首页", Some("home-page-host")),
        ("http://47.96.0.1/", Some("home-page-host")),
        ("https://user@example.com/", Some("home-page-host")),
        ("www.example.net", Some("home-page-elsewhere")),
        ("www.notexample.com", Some("home-page-elsewhere")),
        ("example.com.cn", Some("home-page-elsewhere")),
    ];
    for (page, expected) in cases {
        let expected: Vec<String> =
            expected.iter().map(|code| format!("websites[0].home_page: {code}")).collect();
        assert_eq!(codes(page, &["example.com", "例子.中国"]), expected, "{page}");
    }
}

#[test]
fn where_no_domain_can_be_read_nothing_is_said_of_its_home_page() {
    assert!(codes("www.example.com", &["example..com"]).is_empty());
    assert!(codes("www.example.com", &[]).is_empty());
}

#[test]
fn a_name_below_a_domain_in_its_place_is_told_there_and_not_at_the_home_page_too() {
    assert!(codes("example.com", &["www.example.com"]).is_empty());
}
