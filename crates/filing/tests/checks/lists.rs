//! What is chosen from the bureau's tables: services, approvals, languages, ways of hosting.

use crate::{
    builders::{of_a_person, of_an_organisation},
    only, only_warned,
};
use filing::{
    checks::Known,
    orders::{Form, Kind, PreApproval},
};

fn codes(prefix: &str, form: &Form) -> Vec<String> {
    only(prefix, Kind::FirstFiling, form, &Known::default())
}

fn offering(mut form: Form, services: &[u16]) -> Form {
    form.websites[0].pre_approvals.clear();
    form.websites[0].services = services.to_vec();
    form
}

#[test]
fn services_are_known_and_there_once_and_those_that_need_an_approval_have_it() {
    let cases: &[(&[u16], &[&str])] = &[
        (&[8, 9], &[]),
        (&[99], &["websites[0].services[0]: service-unknown"]),
        (&[8, 8], &["websites[0].services[1]: service-twice"]),
        (&[8, 5], &["websites[0].services[1]: service-needs-approval"]),
        (
            &[29, 15],
            &[
                "websites[0].services[0]: service-needs-approval",
                "websites[0].services[1]: service-needs-approval",
            ],
        ),
    ];
    for (services, expected) in cases {
        assert_eq!(codes("service-", &offering(of_an_organisation(), services)), *expected, "{services:?}");
    }
    let mut news = offering(of_an_organisation(), &[5]);
    assert!(!only_warned("service-", Kind::FirstFiling, &news, &Known::default()));
    news.websites[0].pre_approvals = vec![PreApproval { kind: Some(1), number: None }];
    assert!(codes("service-", &news).is_empty());
    assert!(only_warned(
        "service-",
        Kind::FirstFiling,
        &offering(of_an_organisation(), &[13]),
        &Known::default()
    ));
}

#[test]
fn an_individual_offers_nothing_that_takes_an_organisation() {
    assert!(codes("service-not", &offering(of_a_person(), &[6, 16])).is_empty());
    for service in [5, 8, 9, 29] {
        let faults = codes("service-", &offering(of_a_person(), &[service]));
        assert_eq!(faults, ["websites[0].services[0]: service-not-for-individuals"], "{service}");
    }
}

#[test]
fn approvals_are_known_and_there_once_with_a_number_that_can_be_one() {
    let cases = [
        (vec![(1, "国新网许可证44120260001号"), (3, "粤教2026-1")], None),
        (vec![(7, "粤教2026-1")], Some("websites[0].pre_approvals[0].kind: pre-approval-unknown")),
        (
            vec![(3, "粤教2026-1"), (3, "粤教2026-2")],
            Some("websites[0].pre_approvals[1].kind: pre-approval-twice"),
        ),
        (vec![(3, "没有文号")], Some("websites[0].pre_approvals[0].number: pre-approval-number")),
        (vec![(3, "1")], Some("websites[0].pre_approvals[0].number: pre-approval-number")),
    ];
    for (approvals, expected) in cases {
        let mut form = of_an_organisation();
        form.websites[0].pre_approvals = approvals
            .iter()
            .map(|(kind, number)| PreApproval { kind: Some(*kind), number: Some((*number).to_owned()) })
            .collect();
        assert_eq!(codes("pre-approval-", &form), Vec::from_iter(expected), "{approvals:?}");
    }
}

#[test]
fn languages_and_ways_of_hosting_are_known_and_there_once() {
    let mut form = of_an_organisation();
    form.websites[1].languages = vec![1, 12, 1, 40];
    form.websites[1].access_methods = vec![5, 6, 5];
    assert_eq!(
        codes("language-", &form),
        ["websites[1].languages[2]: language-twice", "websites[1].languages[3]: language-unknown"]
    );
    assert_eq!(
        codes("access-method-", &form),
        [
            "websites[1].access_methods[1]: access-method-unknown",
            "websites[1].access_methods[2]: access-method-twice"
        ]
    );
}
