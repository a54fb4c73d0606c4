//! The filing number that an order starts from.

use crate::{
    builders::{from_number, known, of_a_person, of_an_organisation},
    found, only, only_warned,
};
use filing::{
    checks::{Checking, Filed, FilingNumber, Known, TargetFault, Weight, check},
    orders::{Cancellation, Form, Kind},
};
use jiff::civil::date;
use rulebook::Lang;

fn filed() -> Filed {
    Filed {
        nature: Some(4),
        region: Some(440_305),
        cancelled: false,
        domains: vec!["example.com".to_owned()],
        hosted_here: false,
        websites: 1,
    }
}

fn codes(kind: Kind, number: &str) -> Vec<String> {
    let form = from_number(number, Form::default());
    let faults = only("filing-number-", kind, &form, &Known::default());
    faults
        .iter()
        .map(|fault| fault.strip_prefix("target.number: filing-number-").unwrap().to_owned())
        .collect()
}

#[test]
fn a_number_says_which_bureau_gave_it_to_whom() {
    let read = FilingNumber::read("浙ICP备2021000001号-12").unwrap();
    assert_eq!(
        (read.province, read.subject.as_str(), read.website),
        (330_000, "浙ICP备2021000001号", Some(12))
    );
    let read = FilingNumber::read("粤B2-20090059-1").unwrap();
    assert_eq!((read.province, read.subject.as_str(), read.website), (440_000, "粤B2-20090059", Some(1)));
    let read = FilingNumber::read("京ICP证030173号").unwrap();
    assert_eq!((read.province, read.website), (110_000, None));
    assert_eq!(FilingNumber::read("港ICP备12345678号"), Err(TargetFault::Province('港')));
    assert_eq!(FilingNumber::read(""), Err(TargetFault::Form));
}

#[test]
fn each_kind_of_order_starts_from_its_sort_of_number() {
    let cases: &[(Kind, &str, &[&str])] = &[
        (Kind::AddWebsite, "粤ICP备12345678号", &[]),
        (Kind::AddWebsite, " 粤icp备１２３４５６７８号 ", &[]),
        (Kind::CancelWebsite, "粤ICP备12345678号—1", &[]),
        (Kind::AddWebsite, "粤ICP备12345678号-1", &["not-a-subject"]),
        (Kind::CancelSubject, "粤ICP备12345678号-1", &["not-a-subject"]),
        (Kind::CancelAccess, "粤ICP备12345678号", &["not-a-website"]),
        (Kind::AddAccess, "粤ICP备12345678号-0", &["form"]),
        (Kind::AddAccess, "粤ICP备12345678号-", &["form"]),
        (Kind::AddAccess, "粤ICP备12345678号-1a", &["form"]),
        (Kind::AddAccess, "粤ICP备12345678-1", &["form"]),
        (Kind::AddAccess, "粤ICP备12345678号-9999", &[]),
        (Kind::AddAccess, "粤ICP备12345678号-10000", &["form"]),
        (Kind::Change, "粤ICP备2021000001号", &[]),
        (Kind::Change, "粤ICP备123456789号", &["form"]),
        (Kind::Change, "粤ICP备123456号", &["form"]),
        (Kind::Change, "京ICP证030173号", &[]),
        (Kind::Change, "京ICP证03017号", &["form"]),
        (Kind::Change, "粤B2-20090059", &[]),
        (Kind::Change, "粤B2-2009005", &["form"]),
        (Kind::Change, "粤ICP备12345678号号", &["form"]),
        (Kind::Change, "粤ICP备123号", &["form"]),
        (Kind::Change, "粤ICP备1234567890123号", &["form"]),
        (Kind::Change, "粤ICP备1234567X号", &["form"]),
        (Kind::Change, "粤", &["form"]),
        (Kind::Change, "台ICP备12345678号", &["province"]),
        (Kind::FirstFiling, "nonsense", &[]),
    ];
    for (kind, number, expected) in cases {
        assert_eq!(codes(*kind, number), *expected, "{kind:?} {number}");
    }
}

#[test]
fn a_new_website_has_no_number_yet() {
    let with = |number: &str| {
        let mut form = from_number("粤ICP备12345678号-1", of_an_organisation());
        form.websites.truncate(1);
        form.websites[0].number = Some(number.to_owned());
        form
    };
    for (kind, number, told) in [
        (Kind::FirstFiling, "粤ICP备12345678号-1", true),
        (Kind::AddWebsite, "nonsense", true),
        (Kind::AddAccess, "粤ICP备12345678号-2", true),
        (Kind::AddAccess, "粤ICP备12345678号－1", false),
    ] {
        let faults = only("filing-number-not-asked", kind, &with(number), &Known::default());
        assert_eq!(faults.len(), usize::from(told), "{kind:?} {number}");
    }
}

#[test]
fn a_number_agrees_with_what_the_desk_knows() {
    let form = from_number("粤ICP备12345678号-1", Form::default());
    let of = |kind, target| {
        only("filing-number-", kind, &form, &Known { target: Some(target), ..Known::default() })
    };
    assert!(of(Kind::CancelWebsite, Some(filed())).is_empty());
    assert_eq!(of(Kind::CancelWebsite, None), ["target.number: filing-number-unknown"]);
    let cancelled = Filed { cancelled: true, ..filed() };
    assert_eq!(of(Kind::CancelWebsite, Some(cancelled)), ["target.number: filing-number-cancelled"]);
    let here = Filed { hosted_here: true, ..filed() };
    assert_eq!(of(Kind::AddAccess, Some(here.clone())), ["target.number: filing-number-hosted-here"]);
    assert!(of(Kind::CancelAccess, Some(here)).is_empty());
    assert_eq!(of(Kind::CancelAccess, Some(filed())), ["target.number: filing-number-not-hosted-here"]);
}

#[test]
fn who_starts_from_a_cancelled_number_is_led_to_what_he_needs_and_not_in_a_circle() {
    let form = from_number("粤ICP备12345678号-1", Form::default());
    let known = Known { target: Some(Some(Filed { cancelled: true, ..filed() })), ..Known::default() };
    for (kind, leads) in [
        (Kind::AddAccess, "请为该主体办理新增网站；主体也已注销的，请重新办理首次备案。"),
        (Kind::CancelWebsite, "不用再办理，请撤回这份订单。"),
        (Kind::CancelAccess, "不用再办理，请撤回这份订单。"),
    ] {
        let faults = found(kind, &form, &known);
        let fault = faults.iter().find(|fault| fault.what.code() == "filing-number-cancelled").unwrap();
        assert_eq!(fault.what.suggestion(Lang::Zh), leads, "{kind:?}");
    }
}

#[test]
fn whoever_ends_something_is_told_what_is_lost_before_he_confirms() {
    let desk =
        Known { target: Some(Some(Filed { websites: 3, hosted_here: true, ..filed() })), ..Known::default() };
    for (kind, number, code, words) in [
        (Kind::CancelSubject, "粤ICP备12345678号", "lost-for-ever", "该主体及其 3 个网站的备案号将永久注销"),
        (Kind::CancelWebsite, "粤ICP备12345678号-1", "lost-for-ever", "该网站的备案号将永久注销"),
        (Kind::CancelAccess, "粤ICP备12345678号-1", "access-ends", "本服务商不能再为该网站提供访问"),
    ] {
        let form = from_number(number, Form::default()).tidied();
        let all = check(Checking { kind, form: &form, known: &desk, today: date(2026, 3, 2) });
        let told = all.iter().find(|fault| fault.what.code() == code).unwrap();
        assert_eq!((told.path.as_str(), told.what.weight()), ("target.number", Weight::Warning), "{kind:?}");
        assert!(told.what.message(Lang::Zh).contains(words), "{kind:?}");
        let gone = Known { target: Some(Some(Filed { cancelled: true, ..filed() })), ..Known::default() };
        assert!(only(code, kind, &form, &gone).is_empty(), "{kind:?}: nothing more is lost");
    }
    let form = from_number("粤ICP备12345678号", Form::default());
    assert!(only("lost-", Kind::Change, &form, &desk).is_empty());
}

#[test]
fn whoever_drops_an_access_is_not_told_that_a_number_is_cancelled() {
    let mut form = from_number("粤ICP备12345678号-1", Form::default());
    form.cancellation = Some(Cancellation { reason: None, confirmation: Some("1".to_owned()) });
    let form = form.tidied();
    let all = check(Checking {
        kind: Kind::CancelAccess,
        form: &form,
        known: &Known::default(),
        today: date(2026, 3, 2),
    });
    let said = |path: &str| {
        let fault = all.iter().find(|fault| fault.path == path).unwrap();
        [fault.what.message(Lang::Zh), fault.what.suggestion(Lang::Zh)].concat()
    };
    for path in ["cancellation.reason", "cancellation.confirmation"] {
        assert!(said(path).contains("取消接入") && !said(path).contains("注销"), "{path}");
    }
}

#[test]
fn what_is_filed_with_another_provider_is_only_warned_of_where_a_website_comes_here() {
    let unknown = Known { target: Some(None), ..Known::default() };
    for (kind, number, warned) in [
        (Kind::AddWebsite, "粤ICP备12345678号", true),
        (Kind::AddAccess, "粤ICP备12345678号-1", true),
        (Kind::Change, "粤ICP备12345678号", false),
        (Kind::CancelAccess, "粤ICP备12345678号-1", false),
    ] {
        let form = from_number(number, Form::default());
        assert_eq!(only("filing-number-unknown", kind, &form, &unknown).len(), 1, "{kind:?}");
        assert_eq!(only_warned("filing-number-unknown", kind, &form, &unknown), warned, "{kind:?}");
    }
}

#[test]
fn what_is_hosted_here_too_are_domains_that_the_website_has() {
    let mut form = from_number("粤ICP备12345678号-1", of_a_person());
    let desk = Known { target: Some(Some(filed())), ..known(&form) };
    assert!(only("domain-not-of", Kind::AddAccess, &form, &desk).is_empty());
    form.websites[0].domains.push("example.net".to_owned());
    let faults = only("domain-not-of", Kind::AddAccess, &form, &desk);
    assert_eq!(faults, ["websites[0].domains[1]: domain-not-of-website"]);
}

#[test]
fn the_websites_of_a_change_are_those_of_its_subject() {
    let mut form = from_number("粤ICP备12345678号", of_an_organisation());
    form.websites[0].number = Some("粤ICP备12345678号-1".to_owned());
    form.websites[1].number = Some("粤ICP备12345679号-1".to_owned());
    let of = |form: &Form| only("filing-number-", Kind::Change, form, &Known::default());
    assert_eq!(of(&form), ["websites[1].number: filing-number-of-another"]);
    form.websites[1].number = Some("粤ICP备12345678号".to_owned());
    assert_eq!(of(&form), ["websites[1].number: filing-number-not-a-website"]);
}

#[test]
fn whoever_ends_something_says_its_digits() {
    let confirmed = |typed: &str| {
        let mut form = from_number("粤ICP备12345678号-1", Form::default());
        form.cancellation = Some(Cancellation { reason: None, confirmation: Some(typed.to_owned()) });
        only("cancellation-", Kind::CancelWebsite, &form, &Known::default()).is_empty()
    };
    for typed in ["123456781", "12345678-1", "１２３４５６７８ 1", "粤ICP备12345678号-1"] {
        assert!(confirmed(typed), "{typed}");
    }
    for typed in ["12345678", "123456782", "是", "1"] {
        assert!(!confirmed(typed), "{typed}");
    }
}
