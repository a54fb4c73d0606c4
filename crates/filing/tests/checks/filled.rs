//! Forms with nothing missing and nothing wrong, from which the cases start. Everything in them is made up.

use crate::found;
use filing::{
    checks::{Filed, Known},
    orders::{Cancellation, Certificate, FiledNumber, Form, Kind, Person, Subject, Website},
    tables::{INDIVIDUAL, RESIDENT_ID},
};

pub(crate) const BUSINESS_LICENCE: u16 = 1;
pub(crate) const ENTERPRISE: u16 = 4;
/// The number of somebody who was born in 1949.
pub(crate) const ID_CARD: &str = "11010519491231002X";

#[expect(clippy::unnecessary_wraps, reason = "every field of a form may be missing")]
pub(crate) fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub(crate) fn certificate(kind: u16, number: &str) -> Certificate {
    Certificate { kind: Some(kind), number: text(number) }
}

pub(crate) fn someone() -> Person {
    Person {
        name: text("张三丰"),
        certificate: certificate(RESIDENT_ID, ID_CARD),
        mobile: text("13800138000"),
        office_phone: text("0571-88888888"),
        email: text("zhang@example.com"),
        emergency_phone: text("0571-86666666"),
    }
}

pub(crate) fn website() -> Website {
    Website {
        verification: text("v-1"),
        number: None,
        name: text("某某科技官网"),
        domains: vec!["example.com".to_owned()],
        home_page: text("www.example.com"),
        services: vec![8],
        languages: vec![1],
        addresses: vec!["47.96.0.1".to_owned()],
        access_methods: vec![5],
        person: someone(),
        ..Website::default()
    }
}

pub(crate) fn enterprise() -> Form {
    let subject = Subject {
        nature: Some(ENTERPRISE),
        name: text("杭州某某科技有限公司"),
        certificate: certificate(BUSINESS_LICENCE, "91110000600037341L"),
        certificate_address: text("浙江省杭州市西湖区文三路 100 号"),
        region: text("330106"),
        address: text("文三路 100 号 5 幢 301 室"),
        investor: text("李四光"),
        person: someone(),
        remark: None,
    };
    Form { subject: Some(subject), websites: vec![website()], ..Form::default() }
}

/// Somebody who files for himself and leaves blank what he need not say twice.
pub(crate) fn individual() -> Form {
    let mut form = enterprise();
    let own = subject(&mut form);
    own.nature = Some(INDIVIDUAL);
    own.name = text("张三丰");
    own.certificate = certificate(RESIDENT_ID, ID_CARD);
    own.investor = None;
    own.person.name = None;
    own.person.certificate = Certificate::default();
    own.person.office_phone = None;
    form.websites[0].person.office_phone = None;
    form
}

pub(crate) fn cancelling(number: &str) -> Form {
    Form {
        target: Some(FiledNumber { number: text(number) }),
        cancellation: Some(Cancellation {
            reason: text("网站不再使用"),
            confirmation: Some(number.chars().filter(char::is_ascii_digit).collect()),
        }),
        ..Form::default()
    }
}

pub(crate) fn subject(form: &mut Form) -> &mut Subject {
    form.subject.as_mut().unwrap()
}

/// The codes of what is found at one place of a first filing, after each was told in both languages.
pub(crate) fn codes_at(form: &Form, path: &str) -> Vec<&'static str> {
    let all = found(Kind::FirstFiling, form, &Known::default());
    crate::speaks_both(&all);
    all.iter().filter(|fault| fault.path == path).map(|fault| fault.what.code()).collect()
}

/// The codes of the number of somebody's own certificate of that kind.
pub(crate) fn of_person(kind: u16, number: &str) -> Vec<&'static str> {
    let mut form = individual();
    subject(&mut form).certificate = certificate(kind, number);
    codes_at(&form, "subject.certificate.number")
}

/// The codes of the number of an organisation's certificate of that kind.
pub(crate) fn of_organisation(nature: u16, kind: u16, number: &str) -> Vec<&'static str> {
    let mut form = enterprise();
    subject(&mut form).nature = Some(nature);
    subject(&mut form).certificate = certificate(kind, number);
    codes_at(&form, "subject.certificate.number")
}

/// A desk that knows the subject as filed with that nature.
pub(crate) fn filed(nature: u16) -> Known {
    known_as(Some(nature), Some(330_106))
}

/// A desk that knows no more of the subject than that it is filed: it was, through another provider.
pub(crate) fn filed_elsewhere() -> Known {
    known_as(None, None)
}

fn known_as(nature: Option<u16>, region: Option<u32>) -> Known {
    let filed =
        Filed { nature, region, cancelled: false, domains: Vec::new(), hosted_here: false, websites: 1 };
    Known { target: Some(Some(filed)), ..Known::default() }
}

/// Seventeen digits with the symbol of ISO 7064 MOD 11-2.
pub(crate) fn eighteen(digits: &str) -> String {
    let rest = digits.chars().fold(0, |rest, digit| (rest + digit.to_digit(10).unwrap()) * 2 % 11);
    let check = (12 - rest) % 11;
    format!("{digits}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
}
