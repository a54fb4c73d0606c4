//! What is filled in for a case: a person who files a website of his own, whom no other case knows.

use crate::town::ADDRESS;
use filing::orders::{Certificate, Form, Material, Person, PreApproval, Subject, Website};
use store::{
    AttachmentId, OrderId, StoreError, Tx, Unit,
    attachments::{self, Attachment},
};
use uuid::Uuid;

/// The pictures of an order: purpose, and website.
const PICTURES: [(u16, Option<u16>); 5] = [(1, Some(0)), (2, None), (3, None), (4, Some(0)), (5, Some(0))];

/// All of it, but for the pictures.
pub(super) fn filled(case: u64, verification: &str) -> Form {
    let card = Certificate { kind: Some(2), number: Some(card(case)) };
    let person = Person {
        name: text("林晓"),
        certificate: card.clone(),
        mobile: text("13812345678"),
        office_phone: text("0755-26881234"),
        email: text("lin@example.com"),
        emergency_phone: text("13923456789"),
    };
    let subject = Subject {
        nature: Some(5),
        name: text("林晓"),
        certificate: card,
        certificate_address: text("广东省深圳市南山区科技园路9号2栋301室"),
        region: text("440305"),
        address: text("科技园路9号2栋301室"),
        person: person.clone(),
        ..Subject::default()
    };
    let website = Website {
        verification: text(verification),
        name: text("小林的摄影笔记"),
        domains: vec![format!("siege{case}.com")],
        home_page: Some(format!("www.siege{case}.com")),
        services: vec![6],
        pre_approvals: vec![PreApproval { kind: Some(6), number: text("粤电子公告2026-012号") }],
        languages: vec![1],
        addresses: vec![ADDRESS.to_owned()],
        access_methods: vec![5],
        person,
        ..Website::default()
    };
    Form { subject: Some(subject), websites: vec![website], ..Form::default() }
}

/// The name of a website that no checks like and no order has.
pub(super) fn listed(case: u64) -> String {
    format!("示例影视站{case}")
}

#[expect(clippy::unnecessary_wraps, reason = "a field of a form may be missing")]
pub(super) fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// The number of an ID card that no other case has (GB 11643).
fn card(case: u64) -> String {
    let born = 19_700_101 + case / 1000 % 28;
    let front = format!("440305{born}{:03}", case % 1000);
    let weighed = front.bytes().zip([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    let sum: u32 = weighed.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = b"10X98765432"[usize::try_from(sum % 11).unwrap()];
    format!("{front}{}", char::from(check))
}

/// The pictures of an order, put there past the desk where they are not there yet: reading pictures takes longer than all the rest.
pub(super) struct Pictures(pub(super) OrderId);

impl Unit for Pictures {
    type Output = Vec<Material>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<Material>, StoreError> {
        let Self(order) = *self;
        let id =
            |purpose: u16| AttachmentId::new(Uuid::from_u128(order.uuid().as_u128() ^ u128::from(purpose)));
        let pictures = PICTURES.map(|(purpose, _)| Attachment {
            id: id(purpose),
            order,
            purpose: purpose.into(),
            size: (800, 600),
            bytes: (90_000, 60_000),
            added_at: 1,
            removed_at: None,
        });
        if attachments::of_order(tx, order).await?.is_empty() {
            tx.together(&pictures.iter().map(Attachment::adding).collect::<Vec<_>>()).await?;
        }
        let material = |(purpose, website)| Material {
            attachment: Some(id(purpose).to_string()),
            purpose: Some(purpose),
            website,
        };
        Ok(PICTURES.map(material).to_vec())
    }
}
