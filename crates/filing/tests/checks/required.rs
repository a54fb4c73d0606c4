//! What must be there for each kind of order.

use crate::{
    builders::of_an_organisation,
    codes_of_people,
    filled::{cancelling, enterprise, filed, filed_elsewhere, individual, subject, text, website},
    found, of_people, only, speaks_both,
};
use filing::{
    checks::{Known, RequiredFault, What},
    orders::{FiledNumber, Form, Kind, MOST_ADDRESSES, MOST_DOMAINS, Person, PreApproval, Subject, Website},
    tables::INDIVIDUAL,
};
use rulebook::Lang;

/// The places at which something is missing.
fn missing(kind: Kind, form: &Form, known: &Known) -> Vec<String> {
    let all = found(kind, form, known);
    speaks_both(&all);
    let of_this = all.into_iter().filter(|fault| matches!(fault.what, What::Required(_)));
    of_this.map(|fault| fault.path).collect()
}

fn starting_from(number: &str, form: Form) -> Form {
    Form { target: Some(FiledNumber { number: text(number) }), ..form }
}

const PERSON: [&str; 7] =
    ["name", "certificate.kind", "certificate.number", "mobile", "office_phone", "email", "emergency_phone"];

#[test]
fn nothing_is_missing_where_all_is_there() {
    let unknown = Known::default();
    let only_website = Form { subject: None, ..enterprise() };
    let subject_number = starting_from("浙ICP备12345678号", only_website.clone());
    let mut change = subject_number.clone();
    change.websites[0].number = text("浙ICP备12345678号-1");
    for (kind, form) in [
        (Kind::FirstFiling, enterprise()),
        (Kind::FirstFiling, individual()),
        (Kind::AddWebsite, subject_number.clone()),
        (Kind::AddAccess, starting_from("浙ICP备12345678号-1", only_website)),
        (Kind::Change, change),
        (Kind::CancelSubject, cancelling("浙ICP备12345678号")),
        (Kind::CancelWebsite, cancelling("浙ICP备12345678号-1")),
        (Kind::CancelAccess, cancelling("浙ICP备12345678号-1")),
    ] {
        assert_eq!(codes_of_people(kind, &form), Vec::<String>::new(), "{}", kind.word());
        assert_eq!(missing(kind, &form, &unknown), Vec::<String>::new(), "{}", kind.word());
    }
}

#[test]
fn everything_of_an_organisation_is_asked_for_and_blanks_do_not_count() {
    let mut form = enterprise();
    let blank = Person { name: text("  "), mobile: text("　"), ..Person::default() };
    form.subject =
        Some(Subject { nature: Some(4), address: text(" "), person: blank.clone(), ..Subject::default() });
    form.websites = vec![Website { person: blank, ..Website::default() }];
    let of_subject = [
        "name",
        "certificate.kind",
        "certificate.number",
        "certificate_address",
        "region",
        "address",
        "investor",
    ];
    let of_website = ["verification", "name", "domains", "home_page", "services", "languages"];
    let mut expected: Vec<String> = of_subject.map(|key| format!("subject.{key}")).to_vec();
    expected.extend(PERSON.map(|key| format!("subject.person.{key}")));
    expected.extend(of_website.map(|key| format!("websites[0].{key}")));
    expected.extend(PERSON.map(|key| format!("websites[0].person.{key}")));
    expected.extend(["addresses", "access_methods"].map(|key| format!("websites[0].{key}")));
    assert_eq!(missing(Kind::FirstFiling, &form, &Known::default()), expected);
}

#[test]
fn somebody_who_files_for_himself_has_no_investor_and_is_the_person_in_charge() {
    let mut form = Form { subject: Some(Subject::default()), ..individual() };
    subject(&mut form).nature = Some(INDIVIDUAL);
    let missing = missing(Kind::FirstFiling, &form, &Known::default());
    let expected = [
        "name",
        "certificate.kind",
        "certificate.number",
        "certificate_address",
        "region",
        "address",
        "person.mobile",
        "person.email",
        "person.emergency_phone",
    ];
    assert_eq!(missing, expected.map(|key| format!("subject.{key}")));
}

#[test]
fn an_empty_form_is_told_all_that_does_not_depend_on_the_nature() {
    let all = missing(Kind::FirstFiling, &Form::default(), &Known::default());
    let expected = [
        "nature",
        "name",
        "certificate.kind",
        "certificate.number",
        "certificate_address",
        "region",
        "address",
        "person.mobile",
        "person.email",
        "person.emergency_phone",
    ];
    let mut expected = expected.map(|key| format!("subject.{key}")).to_vec();
    expected.push("websites".to_owned());
    assert_eq!(all, expected);
}

#[test]
fn whether_a_website_of_a_filed_subject_needs_an_office_phone_is_known_by_what_is_filed() {
    let mut form = starting_from("浙ICP备12345678号", Form { subject: None, ..enterprise() });
    form.websites[0].person.office_phone = None;
    let phone = "websites[0].person.office_phone";
    assert_eq!(missing(Kind::AddWebsite, &form, &filed(4)), [phone]);
    assert_eq!(missing(Kind::AddWebsite, &form, &filed(INDIVIDUAL)), Vec::<String>::new());
    assert_eq!(missing(Kind::AddWebsite, &form, &Known::default()), Vec::<String>::new());
    assert_eq!(missing(Kind::AddWebsite, &form, &filed_elsewhere()), Vec::<String>::new());
}

#[test]
fn an_access_asks_only_how_the_website_is_hosted_here() {
    let form = starting_from(" ", Form { websites: vec![Website::default()], ..Form::default() });
    assert_eq!(
        missing(Kind::AddAccess, &form, &Known::default()),
        ["target.number", "websites[0].verification", "websites[0].addresses", "websites[0].access_methods"]
    );
}

#[test]
fn a_change_asks_for_nothing_that_it_leaves_out_and_empties_nothing_that_it_gives() {
    let number = "浙ICP备12345678号";
    let mut form = starting_from(number, Form { websites: Vec::new(), ..enterprise() });
    assert_eq!(missing(Kind::Change, &form, &Known::default()), Vec::<String>::new());
    subject(&mut form).person.mobile = text("");
    assert_eq!(missing(Kind::Change, &form, &Known::default()), ["subject.person.mobile"]);
    let mut site = website();
    (site.verification, site.addresses, site.access_methods) = (None, Vec::new(), Vec::new());
    let form = starting_from(number, Form { websites: vec![site], ..Form::default() });
    assert_eq!(missing(Kind::Change, &form, &Known::default()), ["websites[0].number"]);
}

#[test]
fn a_change_of_nothing_is_told() {
    let form = starting_from("浙ICP备12345678号", Form::default());
    assert_eq!(codes_of_people(Kind::Change, &form), ["subject: change-nothing"]);
}

#[test]
fn a_cancellation_asks_for_its_number_its_reason_and_its_digits() {
    for kind in [Kind::CancelSubject, Kind::CancelWebsite, Kind::CancelAccess] {
        assert_eq!(
            missing(kind, &Form::default(), &Known::default()),
            ["target.number", "cancellation.reason", "cancellation.confirmation"],
            "{}",
            kind.word()
        );
    }
}

#[test]
fn websites_are_neither_too_few_nor_too_many() {
    let with = |many| Form { websites: vec![website(); many], ..enterprise() };
    assert_eq!(codes_of_people(Kind::FirstFiling, &with(0)), ["websites: websites-few"]);
    assert_eq!(codes_of_people(Kind::FirstFiling, &with(10)), Vec::<String>::new());
    assert_eq!(codes_of_people(Kind::FirstFiling, &with(11)), ["websites: websites-many"]);
    let two = starting_from("浙ICP备12345678号", Form { subject: None, ..with(2) });
    assert_eq!(codes_of_people(Kind::AddWebsite, &two), ["websites: websites-many"]);
    speaks_both(&found(Kind::AddWebsite, &two, &Known::default()));
}

#[test]
fn an_approval_that_is_begun_is_finished() {
    let mut form = enterprise();
    form.websites[0].pre_approvals =
        vec![PreApproval { kind: Some(1), number: text("京新网备 2020001") }, PreApproval::default()];
    assert_eq!(
        missing(Kind::FirstFiling, &form, &Known::default()),
        ["websites[0].pre_approvals[1].kind", "websites[0].pre_approvals[1].number"]
    );
}

#[test]
fn it_is_told_with_the_name_that_people_know() {
    let mut form = enterprise();
    subject(&mut form).person.mobile = None;
    subject(&mut form).region = None;
    let told = |lang| {
        let all = of_people(Kind::FirstFiling, &form);
        all.iter().map(|fault| fault.what.message(lang)).collect::<Vec<_>>()
    };
    assert_eq!(told(Lang::Zh), ["没有选择主体所在的省、市、区县。", "没有填写主体负责人的手机号码。"]);
    assert_eq!(
        told(Lang::En),
        [
            "Missing: the region of the subject.",
            "Missing: the mobile number of the subject's person in charge."
        ]
    );
    assert!(matches!(of_people(Kind::FirstFiling, &form)[0].what, What::Required(RequiredFault::Missing(_))));
}

#[test]
fn a_website_has_no_more_domains_and_addresses_than_are_looked_up_one_by_one() {
    let mut form = of_an_organisation();
    let domains = |count: usize| (0..count).map(|nth| format!("example{nth}.com")).collect::<Vec<_>>();
    let of = |form: &Form| only("list-", Kind::FirstFiling, form, &Known::default());
    form.websites[1].domains = domains(MOST_DOMAINS);
    form.websites[1].addresses = vec!["47.96.0.1".to_owned(); MOST_ADDRESSES];
    assert!(of(&form).is_empty());
    form.websites[1].domains = domains(MOST_DOMAINS + 1);
    form.websites[1].addresses.push("47.96.0.1".to_owned());
    assert_eq!(of(&form), ["websites[1].domains: list-long", "websites[1].addresses: list-long"]);
}
