//! Names of websites.

use crate::{
    builders::{of_a_person, of_an_organisation},
    only, only_warned,
};
use filing::{
    checks::{Known, WebsiteNameFault, What},
    orders::{Form, Kind, PreApproval},
};
use rulebook::Lang;

fn named(mut form: Form, name: &str) -> Form {
    form.websites[0].pre_approvals.clear();
    form.websites[0].name = Some(name.to_owned());
    form
}

fn codes(form: &Form) -> Vec<String> {
    let faults = only("website-name-", Kind::FirstFiling, form, &Known::default());
    let code = |fault: &String| fault.strip_prefix("websites[0].name: website-name-").unwrap().to_owned();
    faults.iter().map(code).collect()
}

#[test]
fn every_fault_of_an_organisations_website_is_told() {
    let long = "茶".repeat(31);
    let cases: &[(&str, &[&str])] = &[
        ("远山茶业", &[]),
        ("远山茶业（深圳）有限公司-官网", &[]),
        ("格力中央空调", &[]),
        ("茶业", &["short"]),
        ("QQ茶", &["few-chinese"]),
        (&long, &["long"]),
        ("example.com", &["domain"]),
        ("例子.中国", &["domain"]),
        ("Yuanshan Tea 2", &["only-latin"]),
        ("12345", &["only-latin"]),
        ("远山★茶业", &["sign"]),
        ("远山茶业！", &["sign"]),
        ("中国茶业", &["national"]),
        ("远山国家茶业", &["national"]),
        ("全民反腐茶业", &["sensitive"]),
        ("远山新闻论坛", &["needs-approval", "needs-approval"]),
        ("远山医疗器械药品", &["needs-approval", "needs-approval"]),
    ];
    for (name, expected) in cases {
        assert_eq!(codes(&named(of_an_organisation(), name)), *expected, "{name}");
    }
}

#[test]
fn an_individuals_website_has_no_words_of_organisations_and_not_just_his_name() {
    let cases: &[(&str, &[&str])] = &[
        ("林晓的茶", &[]),
        ("林晓茶叶公司", &["of-organisations"]),
        ("远山集团企业", &["of-organisations"]),
        ("林晓工作室", &["unwelcome"]),
        ("林 晓", &["short", "own-name"]),
        ("林晓", &["short", "own-name"]),
    ];
    for (name, expected) in cases {
        assert_eq!(codes(&named(of_a_person(), name)), *expected, "{name}");
    }
}

#[test]
fn words_of_the_state_are_for_its_bodies_and_for_those_that_have_them_in_their_own_names() {
    let mut form = named(of_an_organisation(), "中国远山茶业");
    assert_eq!(codes(&form), ["national"]);
    form.subject.as_mut().unwrap().name = Some("中国远山茶业有限公司".to_owned());
    assert_eq!(codes(&form), Vec::<String>::new());
    let mut form = named(of_an_organisation(), "中国远山茶业");
    form.subject.as_mut().unwrap().nature = Some(2);
    assert_eq!(codes(&form), Vec::<String>::new());
}

#[test]
fn a_word_in_the_midst_of_a_name_or_of_a_subject_that_is_not_known_is_only_warned_of() {
    let known = Known::default();
    let begins = named(of_an_organisation(), "中国茶业");
    assert!(!only_warned("website-name-national", Kind::FirstFiling, &begins, &known));
    assert!(only_warned("website-name-national", Kind::AddWebsite, &begins, &known));
    let within = named(of_an_organisation(), "远山中国茶业");
    assert!(only_warned("website-name-national", Kind::FirstFiling, &within, &known));
}

#[test]
fn whoever_enters_the_approval_is_not_told_of_it() {
    let mut form = named(of_an_organisation(), "远山新闻");
    assert_eq!(codes(&form), ["needs-approval"]);
    form.websites[0].pre_approvals =
        vec![PreApproval { kind: Some(1), number: Some("44120260001".to_owned()) }];
    assert_eq!(codes(&form), Vec::<String>::new());
}

#[test]
fn a_quotation_mark_is_told_so_that_it_can_be_seen() {
    let told = WebsiteNameFault::Sign('“');
    assert_eq!(What::from(told).message(Lang::Zh), "网站名称里不能有特殊符号「“」。");
}
