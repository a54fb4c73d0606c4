//! What is here already, by kind of order.

use crate::{
    builders::{from_number, known, of_a_person, of_an_organisation},
    only, only_warned,
};
use filing::{
    checks::{Filed, FoundHere, Hit, Known},
    orders::{Form, Kind},
};

const DOMAIN: &str = "websites[0].domains[0]";
const CERTIFICATE: &str = "subject.certificate.number";
const SUBJECT: &str = "subject.name";
const TARGET: &str = "target.number";
const NUMBER: &str = "websites[0].number";
const WEBSITE: &str = "websites[0].name";

fn with(path: &str, found: FoundHere, form: &Form) -> Known {
    Known { hits: Some(vec![Hit { path: path.to_owned(), found }]), ..known(form) }
}

/// The codes of what is told of a hit, with `?` behind where it is only warned of.
fn told(kind: Kind, path: &str, found: FoundHere, form: &Form) -> Option<String> {
    let desk = with(path, found, form);
    let all = only("", kind, form, &desk);
    let without = only("", kind, form, &known(form));
    let mut new = all.into_iter().filter(|fault| !without.contains(fault));
    let fault = new.next()?;
    let code = fault.strip_prefix(path).unwrap().strip_prefix(": ").unwrap().to_owned();
    Some(if only_warned(&code, kind, form, &desk) { code + "?" } else { code })
}

#[test]
fn each_kind_of_order_meets_what_is_wrong_for_it() {
    use FoundHere::{Blacklisted, Contradicted, FiledByAnother, FiledByOneself, InAnotherOrder};
    use Kind::{AddAccess, AddWebsite, Change, FirstFiling};
    let cases: &[(Kind, &str, FoundHere, Option<&str>)] = &[
        (FirstFiling, DOMAIN, Blacklisted, Some("cannot-be-filed")),
        (FirstFiling, CERTIFICATE, Blacklisted, Some("cannot-be-filed")),
        (FirstFiling, SUBJECT, Blacklisted, Some("cannot-be-filed")),
        (AddAccess, WEBSITE, Blacklisted, Some("cannot-be-filed")),
        (AddWebsite, TARGET, Blacklisted, Some("cannot-be-filed")),
        (FirstFiling, DOMAIN, FiledByOneself, Some("domain-filed-by-yourself")),
        (AddWebsite, DOMAIN, FiledByOneself, Some("domain-filed-by-yourself")),
        (AddAccess, DOMAIN, FiledByOneself, None),
        (Change, DOMAIN, FiledByOneself, Some("domain-filed-by-yourself")),
        (FirstFiling, DOMAIN, FiledByAnother, Some("domain-filed")),
        (AddWebsite, DOMAIN, FiledByAnother, Some("domain-filed")),
        (AddAccess, DOMAIN, FiledByAnother, Some("domain-filed")),
        (Change, DOMAIN, FiledByAnother, Some("domain-filed")),
        (AddAccess, DOMAIN, InAnotherOrder, Some("domain-in-another-order")),
        (FirstFiling, CERTIFICATE, FiledByOneself, Some("subject-filed-by-yourself")),
        (Change, CERTIFICATE, FiledByOneself, Some("subject-filed-by-yourself")),
        (FirstFiling, CERTIFICATE, FiledByAnother, Some("subject-filed")),
        (Change, CERTIFICATE, FiledByAnother, Some("subject-filed")),
        (FirstFiling, CERTIFICATE, InAnotherOrder, Some("subject-in-another-order")),
        (FirstFiling, SUBJECT, FiledByAnother, Some("subject-name-filed?")),
        (FirstFiling, SUBJECT, FiledByOneself, None),
        (FirstFiling, SUBJECT, InAnotherOrder, None),
        (AddAccess, TARGET, Contradicted { by: Change }, Some("filing-number-in-another-order")),
        (Change, NUMBER, Contradicted { by: AddAccess }, Some("filing-number-in-another-order")),
        (FirstFiling, WEBSITE, FiledByAnother, Some("website-name-filed?")),
        (AddWebsite, WEBSITE, FiledByOneself, Some("website-name-filed?")),
        (Change, WEBSITE, FiledByOneself, None),
        (FirstFiling, WEBSITE, InAnotherOrder, None),
    ];
    let form = from_number("粤ICP备12345678号", of_an_organisation());
    for (kind, path, found, expected) in cases {
        assert_eq!(told(*kind, path, *found, &form).as_deref(), *expected, "{kind:?} {path} {found:?}");
    }
}

#[test]
fn people_have_the_same_names_as_others() {
    assert_eq!(told(Kind::FirstFiling, SUBJECT, FoundHere::FiledByAnother, &of_a_person()), None);
}

#[test]
fn a_domain_of_the_website_that_the_order_is_about_is_nobody_elses() {
    let form = from_number("粤ICP备12345678号-1", of_a_person());
    let filed = Filed {
        nature: Some(5),
        region: Some(440_305),
        cancelled: false,
        domains: vec!["example.com".to_owned()],
        hosted_here: false,
        websites: 1,
    };
    let desk = Known { target: Some(Some(filed)), ..with(DOMAIN, FoundHere::FiledByAnother, &form) };
    assert!(only("domain-filed", Kind::AddAccess, &form, &desk).is_empty());
}
