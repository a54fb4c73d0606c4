//! Customers with orders that are filled in, and what happens to orders in many stories.

use crate::{Story, codes, key, server, texts};
use app::{
    Asker, Failure, Operator,
    orders::{
        Moved, OpenOrder, OrderFault, SaveFault, SavePart, SubmitFault, SubmitOrder, WithdrawOrder,
        bureau::SendOrder,
        review::{ApproveOrder, ReturnOrder, ReviewFault, Said, SayRemark},
    },
    verification::{Proof, VerifyProduct},
};
use filing::{
    codes::State as CodeState,
    orders::{Certificate, Form, Kind, Material, Part, Person, PreApproval, Subject, Website},
};
use rulebook::Facts;
use store::{AttachmentId, OrderId, StoreError, Tx, Unit, attachments::Attachment};
use uuid::Uuid;

pub(crate) const CARD: &str = "440305199003071236";
pub(crate) const SUBJECT: &str = "粤ICP备12345678号";

/// A customer with an instance, one code of it, and a draft with all of it filled in.
pub(crate) struct Filer {
    pub(crate) asker: Asker,
    pub(crate) order: OrderId,
    pub(crate) form: Form,
}

#[expect(clippy::unnecessary_wraps, reason = "a field of a form may be missing")]
pub(crate) fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// A person who files a website of his own, without product and pictures.
pub(crate) fn filled() -> Form {
    let card = Certificate { kind: Some(2), number: text(CARD) };
    let person = Person {
        name: text("林晓"),
        certificate: card.clone(),
        mobile: text("13812345678"),
        office_phone: text("0755-26881234"),
        email: text("lin@example.com"),
        emergency_phone: text("13923456789"),
    };
    Form {
        subject: Some(Subject {
            nature: Some(5),
            name: text("林晓"),
            certificate: card,
            certificate_address: text("广东省深圳市南山区科技园路9号2栋301室"),
            region: text("440305"),
            address: text("科技园路9号2栋301室"),
            person: person.clone(),
            ..Subject::default()
        }),
        websites: vec![Website {
            name: text("小林的摄影笔记"),
            domains: vec!["example.com".to_owned()],
            home_page: text("www.example.com"),
            services: vec![6],
            pre_approvals: vec![PreApproval { kind: Some(6), number: text("粤电子公告2026-012号") }],
            languages: vec![1],
            addresses: vec!["47.96.0.1".to_owned()],
            access_methods: vec![5],
            person,
            ..Website::default()
        }],
        ..Form::default()
    }
}

/// Adds pictures to an order, past the desk.
struct Pictures {
    order: OrderId,
    /// Where their ids begin, which no other pictures of the order have.
    first: u128,
    purposes: Vec<u16>,
}

impl Unit for Pictures {
    type Output = Vec<String>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
        let order = self.order;
        let pictures: Vec<Attachment> = (self.first..)
            .zip(&self.purposes)
            .map(|(nth, &purpose)| Attachment {
                id: AttachmentId::new(Uuid::from_u128(order.uuid().as_u128() ^ nth)),
                order,
                purpose: purpose.into(),
                size: (800, 600),
                bytes: (90_000, 60_000),
                added_at: 1,
                removed_at: None,
            })
            .collect();
        tx.together(&pictures.iter().map(Attachment::adding).collect::<Vec<_>>()).await?;
        Ok(pictures.iter().map(|picture| picture.id.to_string()).collect())
    }
}

impl Story {
    /// A customer with everything filled in.
    pub(crate) async fn filer(&self, number: i64) -> Filer {
        let asker = self.account(number).await;
        let instance = format!("i-{number}");
        let facts =
            Facts { public_ips: Some(vec!["47.96.0.1".parse().unwrap()]), ..server(&instance, &asker) };
        self.desk.record_instance(facts).await.unwrap();
        let filer = self.draft_of(&asker).await;
        self.verified(filer, number, "k-code").await
    }

    /// A first filing of an account with everything filled in but a product.
    pub(crate) async fn draft_of(&self, asker: &Asker) -> Filer {
        let opened = self
            .desk
            .open_order(OpenOrder { asker: asker.clone(), kind: Kind::FirstFiling, from: None }, None)
            .await;
        let order = opened.unwrap().answer.order;
        let mut form = filled();
        form.materials = self.pictures(order).await;
        Filer { asker: asker.clone(), order, form }
    }

    /// Pictures of an order with one website, for every purpose.
    pub(crate) async fn pictures(&self, order: OrderId) -> Vec<Material> {
        self.pictures_of(order, 1).await
    }

    /// Pictures of an order with so many websites, for every purpose.
    pub(crate) async fn pictures_of(&self, order: OrderId, websites: u16) -> Vec<Material> {
        let of_each_website = |purpose| (0..websites).map(move |nth| (purpose, Some(nth)));
        let of_all = [(2, None), (3, None)];
        let purposes: Vec<_> =
            of_each_website(1).chain(of_all).chain([4, 5].into_iter().flat_map(of_each_website)).collect();
        let of_each = purposes.iter().map(|(purpose, _)| *purpose).collect();
        let first = u128::from(websites) << 8;
        let pictures = self.store.write(Pictures { order, first, purposes: of_each }).await.unwrap();
        let of =
            |(id, (purpose, website))| Material { attachment: Some(id), purpose: Some(purpose), website };
        pictures.into_iter().zip(purposes).map(of).collect()
    }

    /// The same order with a product that was just verified.
    pub(crate) async fn verified(&self, mut filer: Filer, number: i64, issue: &str) -> Filer {
        filer.form.websites[0].verification = Some(self.verification(&filer.asker, number, issue).await);
        for part in [Part::Subject, Part::Websites, Part::Materials] {
            self.save(&filer, part).await.unwrap();
        }
        filer
    }

    /// A verification by a code that is issued for it on the instance of that number.
    pub(crate) async fn verification(&self, asker: &Asker, number: i64, issue: &str) -> String {
        let issued =
            self.desk.issue_codes(codes(asker, &format!("i-{number}"), 1), key(issue)).await.unwrap();
        let proof = Proof::Code(texts(&issued).remove(0));
        let ask = VerifyProduct { asker: asker.clone(), product: "ecs".to_owned(), proof, address: None };
        self.desk.verify_product(ask, None).await.unwrap().answer.passed().unwrap().id.to_string()
    }

    pub(crate) async fn save(&self, filer: &Filer, part: Part) -> Result<i64, Failure<SaveFault>> {
        let (asker, form) = (filer.asker.clone(), filer.form.clone());
        let save = SavePart { asker, order: filer.order, part, form, seen: None };
        self.desk.save_part(save).await.map(|saved| saved.version)
    }

    pub(crate) async fn submit(&self, filer: &Filer, key_text: &str) -> Result<Moved, Failure<SubmitFault>> {
        let ask = SubmitOrder { asker: filer.asker.clone(), order: filer.order, seen: None };
        self.desk.submit_order(ask, key(key_text)).await.map(|told| told.answer)
    }

    pub(crate) async fn give_up(&self, filer: &Filer) -> Result<Moved, Failure<OrderFault>> {
        let ask = WithdrawOrder { asker: filer.asker.clone(), order: filer.order };
        self.desk.withdraw_order(ask, key("k-withdraw")).await.map(|told| told.answer)
    }

    /// The states of the codes of an account, oldest first.
    pub(crate) async fn code_states(&self, asker: &Asker) -> Vec<CodeState> {
        let found = self.desk.my_codes(asker, None, 10).await.unwrap();
        found.iter().map(|code| code.standing().stored().state()).collect()
    }

    pub(crate) async fn approve(&self, order: OrderId) -> Result<Moved, Failure<ReviewFault>> {
        self.desk.claim_order(&reviewer(), order).await?;
        let approve = ApproveOrder { reviewer: reviewer(), order, seen: None };
        self.desk.approve_order(approve, None).await.map(|told| told.answer)
    }

    /// Returns an order with a remark on the name of its website.
    pub(crate) async fn give_back(&self, order: OrderId) {
        self.give_back_on(order, "websites[0].name").await;
    }

    /// Returns an order with a remark on what stands there.
    pub(crate) async fn give_back_on(&self, order: OrderId, path: &str) {
        self.desk.claim_order(&reviewer(), order).await.unwrap();
        let said = Said::Mend {
            problem: "填写不规范。".to_owned(), suggestion: "请重新填写。".to_owned()
        };
        let path = path.to_owned();
        self.desk.say_remark(SayRemark { reviewer: reviewer(), order, path, said }).await.unwrap();
        self.desk.return_order(ReturnOrder { reviewer: reviewer(), order, seen: None }, None).await.unwrap();
    }

    pub(crate) async fn send(&self, order: OrderId) -> Moved {
        let send = SendOrder { operator: operator(), order };
        self.desk.send_order(send, key(&format!("k-send-{order}"))).await.unwrap().answer
    }
}

pub(crate) fn reviewer() -> Operator {
    Operator::parse("zhou").unwrap()
}

pub(crate) fn operator() -> Operator {
    Operator::parse("wu").unwrap()
}
