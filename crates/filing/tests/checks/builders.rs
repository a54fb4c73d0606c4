//! First filings in which nothing is wrong, for cases to spoil. In Guangdong, because its bureau wants nothing of its own.

use filing::{
    checks::{Known, Product},
    orders::{Certificate, FiledNumber, Form, Material, Person, Subject, Website},
    tables::{INDIVIDUAL, RESIDENT_ID},
};

/// A number of the ID card of somebody from 深圳市南山区, and of somebody else from 宝安区.
pub(crate) const CARD: &str = "440305199003071236";
pub(crate) const OTHER_CARD: &str = "440306198808154567";
/// The credit code of a company of 深圳市.
pub(crate) const CREDIT_CODE: &str = "91440300MA27XDEM1N";
/// An enterprise, and its licence.
const ENTERPRISE: u16 = 4;
const LICENCE: u16 = 1;

/// Somebody in charge.
pub(crate) fn somebody(name: &str, card: &str, mobile: &str) -> Person {
    Person {
        name: Some(name.to_owned()),
        certificate: Certificate { kind: Some(RESIDENT_ID), number: Some(card.to_owned()) },
        mobile: Some(mobile.to_owned()),
        office_phone: Some("0755-26881234".to_owned()),
        email: Some("lin@example.com".to_owned()),
        emergency_phone: Some("13923456789".to_owned()),
    }
}

fn website(name: &str, domain: &str, person: Person) -> Website {
    Website {
        verification: Some("019e8f3a-0000-7000-8000-000000000001".to_owned()),
        name: Some(name.to_owned()),
        domains: vec![domain.to_owned()],
        home_page: Some(format!("www.{domain}")),
        services: vec![6],
        languages: vec![1],
        addresses: vec!["47.96.0.1".to_owned()],
        access_methods: vec![5],
        person,
        ..Website::default()
    }
}

fn materials(purposes: &[(u16, Option<u16>)]) -> Vec<Material> {
    let material = |(nth, (purpose, website)): (usize, &(u16, Option<u16>))| Material {
        attachment: Some(format!("picture-{nth}")),
        purpose: Some(*purpose),
        website: *website,
    };
    purposes.iter().enumerate().map(material).collect()
}

/// A person who files a website of his own.
pub(crate) fn of_a_person() -> Form {
    let person = somebody("林晓", CARD, "13812345678");
    let mut website = website("小林的摄影笔记", "example.com", person.clone());
    website.pre_approvals = vec![filing::orders::PreApproval {
        kind: Some(6),
        number: Some("粤电子公告2026-012号".to_owned()),
    }];
    Form {
        subject: Some(Subject {
            nature: Some(INDIVIDUAL),
            name: Some("林晓".to_owned()),
            certificate: person.certificate.clone(),
            certificate_address: Some("广东省深圳市南山区科技园路9号2栋301室".to_owned()),
            region: Some("440305".to_owned()),
            address: Some("科技园路9号2栋301室".to_owned()),
            person: person.clone(),
            ..Subject::default()
        }),
        websites: vec![website],
        materials: materials(&[(2, None), (3, None), (1, Some(0)), (4, Some(0)), (5, Some(0))]),
        ..Form::default()
    }
}

/// A company that files two websites.
pub(crate) fn of_an_organisation() -> Form {
    let person = somebody("林晓", CARD, "13812345678");
    let other = somebody("周明", OTHER_CARD, "13712345678");
    let mut shop = website("远山茶叶商城", "例子.中国", other);
    shop.services = vec![9];
    shop.home_page = Some("https://shop.例子.中国/start?from=1".to_owned());
    let mut home = website("远山茶业官方网站", "example.com.cn", person.clone());
    home.services = vec![8];
    Form {
        subject: Some(Subject {
            nature: Some(ENTERPRISE),
            name: Some("深圳市远山茶业有限公司".to_owned()),
            certificate: Certificate { kind: Some(LICENCE), number: Some(CREDIT_CODE.to_owned()) },
            certificate_address: Some("深圳市南山区科技园路9号2栋301室".to_owned()),
            region: Some("440305".to_owned()),
            address: Some("科技园路9号2栋301室".to_owned()),
            investor: Some("林晓".to_owned()),
            person,
            ..Subject::default()
        }),
        websites: vec![home, shop],
        materials: materials(&[
            (2, None),
            (3, None),
            (1, Some(0)),
            (4, Some(0)),
            (5, Some(0)),
            (1, Some(1)),
            (4, Some(1)),
            (5, Some(1)),
        ]),
        ..Form::default()
    }
}

/// The order of a subject or website that is filed, with what a first filing has.
pub(crate) fn from_number(number: &str, form: Form) -> Form {
    Form { target: Some(FiledNumber { number: Some(number.to_owned()) }), ..form }
}

/// What a desk knows of a first filing in which nothing is wrong.
pub(crate) fn known(form: &Form) -> Known {
    let product = Product { addresses: vec!["47.96.0.1".parse().unwrap()] };
    let pictures = form.materials.iter().filter_map(|material| material.attachment.clone());
    Known {
        products: Some(vec![Some(product); form.websites.len()]),
        hits: Some(Vec::new()),
        pictures: Some(pictures.collect()),
        ..Known::default()
    }
}
