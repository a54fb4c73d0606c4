//! Forms: one that is filled in whole, and any at all.

use filing::orders::{
    Cancellation, Certificate, FiledNumber, Form, Kind, Material, Person, PreApproval, Subject, Website,
};
use proptest::{collection::vec, option, prelude::*, strategy::BoxedStrategy};

#[expect(clippy::unnecessary_wraps, reason = "what is typed may be missing; a form has it so")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn person() -> Person {
    Person {
        name: some("张三丰"),
        certificate: Certificate { kind: Some(2), number: some("11010519491231002X") },
        mobile: some("13812345678"),
        office_phone: some("0571-88886666"),
        email: some("zhangsf@example.com"),
        emergency_phone: some("13987654321"),
    }
}

fn site(name: &str, domain: &str) -> Website {
    Website {
        verification: some("0190a5b2"),
        number: None,
        name: some(name),
        domains: vec![domain.to_owned(), format!("www.{domain}")],
        home_page: Some(format!("www.{domain}")),
        services: vec![6, 16],
        pre_approvals: vec![PreApproval { kind: Some(3), number: some("浙教 2026-1") }],
        languages: vec![1],
        addresses: vec!["47.96.0.1".to_owned()],
        access_methods: vec![5],
        person: person(),
        remark: some("个人学习笔记，不含经营内容"),
    }
}

/// A form in which everything is filled in, with two websites.
pub(crate) fn whole() -> Form {
    Form {
        target: Some(FiledNumber { number: some("浙ICP备12345678号") }),
        subject: Some(Subject {
            nature: Some(5),
            name: some("张三丰"),
            certificate: Certificate { kind: Some(2), number: some("11010519491231002X") },
            certificate_address: some("浙江省杭州市西湖区文三路 90 号"),
            region: some("330106"),
            address: some("文三路 90 号 1 幢 201 室"),
            investor: some("张三丰"),
            person: person(),
            remark: some("手机 13812345678"),
        }),
        websites: vec![site("三丰的笔记", "example.com"), site("三丰的相册", "example.cn")],
        materials: vec![
            Material { attachment: some("a-1"), purpose: Some(2), website: None },
            Material { attachment: some("a-2"), purpose: Some(4), website: Some(1) },
        ],
        cancellation: Some(Cancellation { reason: some("不再需要"), confirmation: some("12345678") }),
    }
}

/// The whole form, changed.
pub(crate) fn but(change: impl FnOnce(&mut Form)) -> Form {
    let mut form = whole();
    change(&mut form);
    form
}

fn text() -> BoxedStrategy<Option<String>> {
    option::of(prop_oneof!["[0-9A-Za-z@.\\- ]{1,20}", "\\PC{1,12}", "[一-龥]{1,12}"]).boxed()
}

fn number() -> impl Strategy<Value = Option<u16>> {
    option::of(0..50u16)
}

fn any_certificate() -> BoxedStrategy<Certificate> {
    (number(), text()).prop_map(|(kind, number)| Certificate { kind, number }).boxed()
}

fn any_person() -> BoxedStrategy<Person> {
    (text(), any_certificate(), text(), text(), text(), text())
        .prop_map(|(name, certificate, mobile, office_phone, email, emergency_phone)| Person {
            name,
            certificate,
            mobile,
            office_phone,
            email,
            emergency_phone,
        })
        .boxed()
}

fn any_subject() -> BoxedStrategy<Subject> {
    let of = (number(), text(), any_certificate(), text(), text());
    (of, text(), text(), any_person(), text())
        .prop_map(
            |(
                (nature, name, certificate, certificate_address, region),
                address,
                investor,
                person,
                remark,
            )| {
                Subject {
                    nature,
                    name,
                    certificate,
                    certificate_address,
                    region,
                    address,
                    investor,
                    person,
                    remark,
                }
            },
        )
        .boxed()
}

fn any_site() -> BoxedStrategy<Website> {
    let approval = (number(), text()).prop_map(|(kind, number)| PreApproval { kind, number });
    let names = (text(), text(), text(), vec("[a-z]{1,5}\\.cn", 0..3), text());
    let lists = (
        vec(0..40u16, 0..3),
        vec(approval, 0..3),
        vec(0..20u16, 0..3),
        vec("[0-9.]{1,9}", 0..3),
        vec(0..6u16, 0..2),
    );
    (names, lists, any_person(), text())
        .prop_map(
            |(
                (verification, number, name, domains, home_page),
                (services, pre_approvals, languages, addresses, access_methods),
                person,
                remark,
            )| Website {
                verification,
                number,
                name,
                domains,
                home_page,
                services,
                pre_approvals,
                languages,
                addresses,
                access_methods,
                person,
                remark,
            },
        )
        .boxed()
}

/// Any form.
pub(crate) fn any_form() -> BoxedStrategy<Form> {
    let material = (text(), number(), number()).prop_map(|(attachment, purpose, website)| Material {
        attachment,
        purpose,
        website,
    });
    let cancellation =
        (text(), text()).prop_map(|(reason, confirmation)| Cancellation { reason, confirmation });
    (
        option::of(text().prop_map(|number| FiledNumber { number })),
        option::of(any_subject()),
        vec(any_site(), 0..3),
        vec(material, 0..3),
        option::of(cancellation),
    )
        .prop_map(|(target, subject, websites, materials, cancellation)| Form {
            target,
            subject,
            websites,
            materials,
            cancellation,
        })
        .boxed()
}

/// Any two forms, of which one often differs from the other in a few places only.
pub(crate) fn two_forms() -> BoxedStrategy<(Form, Form)> {
    (any_form(), any_form(), any::<[bool; 5]>())
        .prop_map(|(before, other, takes)| {
            let after = Form {
                target: if takes[0] { other.target } else { before.target.clone() },
                subject: if takes[1] { other.subject } else { before.subject.clone() },
                websites: if takes[2] { other.websites } else { before.websites.clone() },
                materials: if takes[3] { other.materials } else { before.materials.clone() },
                cancellation: if takes[4] { other.cancellation } else { before.cancellation.clone() },
            };
            (before, after)
        })
        .boxed()
}

/// A kind that has all of those parts that the tests look at: subject, websites, pictures, number.
pub(crate) const KIND: Kind = Kind::Change;
