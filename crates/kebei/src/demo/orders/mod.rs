//! The filing orders of the demo: one at least in every state, made as people make them, through the use cases of the desk.

mod filers;
mod picture;

use super::ACCOUNT;
use ::rulebook::{Billing, Facts, Fen, calendar};
use anyhow::{Context, Result};
use app::{
    Asker, Desk, IdempotencyKey, Operator,
    codes::CodesAsked,
    orders::{
        OpenOrder, OrderId, SavePart, SubmitOrder, WithdrawOrder,
        attachments::{AddPicture, PictureField},
        bureau::{ConfirmSms, FileOrder, RejectOrder, SendOrder},
        review::{ApproveOrder, ReturnOrder, Said, SayRemark},
    },
    verification::{Proof, VerifyProduct},
};
use filers::{ADDRESS, Filer, text};
use filing::orders::{Cancellation, FiledNumber, Form, Kind};
use jiff::{Span, Timestamp};
use std::{net::Ipv4Addr, num::NonZero};

/// The number of the subject that is filed.
const NUMBER: &str = "粤ICP备12345678号";
/// That of its website, and its digits as they are typed to confirm that it ends.
const WEBSITE: (&str, &str) = ("粤ICP备12345678号-1", "123456781");
/// Who looks at orders, and who speaks with the bureau: people of the demo.
const STAFF: (&str, &str) = ("demo-reviewer", "demo-operator");

/// Orders that the printed calls are about.
pub(crate) struct Orders {
    /// One that came back with a remark.
    pub(crate) returned: OrderId,
    /// One that waits for its review, so that it cannot be submitted.
    pub(crate) submitted: OrderId,
}

/// Makes all of them.
pub(crate) async fn add(desk: &Desk, now: Timestamp) -> Result<Orders> {
    let asker = desk.account(ACCOUNT).await?.context("the account of the demo is there")?;
    let (reviewer, operator) = (Operator::parse(STAFF.0)?, Operator::parse(STAFF.1)?);
    let at = Making { desk, asker, reviewer, operator, now, picture: picture::drawn()? };
    at.filed(&Filer::FILED).await?;
    let approved = at.submitted(&Filer::APPROVED).await?;
    at.approve(approved).await?;
    at.at_bureau(&Filer::AT_BUREAU).await?;
    at.rejected(&Filer::REJECTED).await?;
    at.withdrawn(&Filer::WITHDRAWN).await?;
    at.after_the_filing().await?;
    let returned = at.returned(&Filer::RETURNED).await?;
    let submitted = at.submitted(&Filer::SUBMITTED).await?;
    Ok(Orders { returned, submitted })
}

/// Who makes orders, and of what.
struct Making<'a> {
    desk: &'a Desk,
    asker: Asker,
    reviewer: Operator,
    operator: Operator,
    now: Timestamp,
    picture: Vec<u8>,
}

impl Making<'_> {
    async fn open(&self, kind: Kind) -> Result<OrderId> {
        let ask = OpenOrder { asker: self.asker.clone(), kind };
        Ok(self.desk.open_order(ask, None).await?.answer.order)
    }

    async fn save(&self, order: OrderId, form: &Form) -> Result<()> {
        for part in form.parts() {
            let (asker, form) = (self.asker.clone(), form.clone());
            self.desk.save_part(SavePart { asker, order, part, form, seen: None }).await?;
        }
        Ok(())
    }

    /// A product of an instance of its own, verified with a code of it.
    async fn verified(&self, order: OrderId) -> Result<String> {
        let facts = instance(&format!("demo-filing-{order}"), self.now);
        let (instance, product) = (facts.id.clone(), facts.product.clone());
        self.desk.record_instance(facts).await?;
        let ask = CodesAsked { asker: self.asker.clone(), instance, count: NonZero::<u32>::MIN };
        let issued = self.desk.issue_codes(ask, key("code", order)?).await?.answer.codes;
        let code = issued.and_then(|codes| codes.into_iter().next()).context("a code is issued")?;
        let proof = Proof::Code(code.code.to_string());
        let ask = VerifyProduct { asker: self.asker.clone(), product, proof, address: None };
        let told = self.desk.verify_product(ask, None).await?.answer;
        Ok(told.passed().context("its code verifies the product")?.id.to_string())
    }

    async fn submit(&self, order: OrderId) -> Result<()> {
        let ask = SubmitOrder { asker: self.asker.clone(), order, seen: None };
        self.desk.submit_order(ask, key("submit", order)?).await?;
        Ok(())
    }

    /// A first filing that waits for its review.
    async fn submitted(&self, filer: &Filer) -> Result<OrderId> {
        let order = self.open(Kind::FirstFiling).await?;
        let verification = self.verified(order).await?;
        self.save(order, &filer.form(Some(verification))).await?;
        for (purpose, website) in filer.pictures() {
            let field = PictureField { purpose, website };
            let (asker, bytes) = (self.asker.clone(), self.picture.clone());
            self.desk.add_picture(AddPicture { asker, order, field, bytes }, None).await?;
        }
        self.submit(order).await?;
        Ok(order)
    }

    async fn approve(&self, order: OrderId) -> Result<()> {
        self.desk.claim_order(&self.reviewer, order).await?;
        let approve = ApproveOrder { reviewer: self.reviewer.clone(), order };
        self.desk.approve_order(approve, None).await?;
        Ok(())
    }

    async fn returned(&self, filer: &Filer) -> Result<OrderId> {
        let order = self.submitted(filer).await?;
        self.desk.claim_order(&self.reviewer, order).await?;
        let path = "websites[0].name".to_owned();
        let said = Said::Mend {
            problem: "网站名称与网站内容不符。".to_owned(),
            suggestion: "请按网站的实际内容重新填写名称。".to_owned(),
        };
        let reviewer = self.reviewer.clone();
        self.desk.say_remark(SayRemark { reviewer: reviewer.clone(), order, path, said }).await?;
        self.desk.return_order(ReturnOrder { reviewer, order }, None).await?;
        Ok(order)
    }

    /// One that waits for its text message.
    async fn at_bureau(&self, filer: &Filer) -> Result<OrderId> {
        let order = self.submitted(filer).await?;
        self.approve(order).await?;
        let send = SendOrder { operator: self.operator.clone(), order };
        self.desk.send_order(send, key("send", order)?).await?;
        Ok(order)
    }

    async fn answered(&self, filer: &Filer) -> Result<OrderId> {
        let order = self.at_bureau(filer).await?;
        let confirm = ConfirmSms { operator: self.operator.clone(), order };
        self.desk.confirm_sms(confirm, key("sms", order)?).await?;
        Ok(order)
    }

    async fn filed(&self, filer: &Filer) -> Result<()> {
        let order = self.answered(filer).await?;
        let file = FileOrder {
            operator: self.operator.clone(),
            order,
            subject_number: text(NUMBER),
            website_numbers: vec![WEBSITE.0.to_owned()],
        };
        self.desk.file_order(file, key("file", order)?).await?;
        Ok(())
    }

    async fn rejected(&self, filer: &Filer) -> Result<()> {
        let order = self.answered(filer).await?;
        let reason = "核验照片中的人物与证件照片不一致。".to_owned();
        let reject = RejectOrder { operator: self.operator.clone(), order, reason };
        self.desk.reject_order(reject, key("reject", order)?).await?;
        Ok(())
    }

    async fn withdrawn(&self, filer: &Filer) -> Result<()> {
        let order = self.open(Kind::FirstFiling).await?;
        self.save(order, &filer.form(None)).await?;
        let withdraw = WithdrawOrder { asker: self.asker.clone(), order };
        self.desk.withdraw_order(withdraw, key("withdraw", order)?).await?;
        Ok(())
    }

    /// What the filed subject asks for next: two drafts, and the end of its website, which is submitted.
    async fn after_the_filing(&self) -> Result<()> {
        for kind in [Kind::AddWebsite, Kind::Change] {
            let order = self.open(kind).await?;
            self.save(order, &about(NUMBER)).await?;
        }
        let order = self.open(Kind::CancelWebsite).await?;
        let ends = Cancellation { reason: text("网站不再开办。"), confirmation: text(WEBSITE.1) };
        self.save(order, &Form { cancellation: Some(ends), ..about(WEBSITE.0) }).await?;
        self.submit(order).await
    }
}

fn about(number: &str) -> Form {
    Form { target: Some(FiledNumber { number: text(number) }), ..Form::default() }
}

fn key(what: &str, order: OrderId) -> Result<IdempotencyKey> {
    Ok(IdempotencyKey::parse(&format!("set-up-{what}-{order}"))?)
}

/// A server that may back a filing, with the address of the websites.
fn instance(id: &str, now: Timestamp) -> Facts {
    let months = |months: i32| {
        let at = calendar::shanghai(now).checked_add(Span::new().months(months)).ok()?;
        Timestamp::from_second(calendar::instant(at)?.as_second()).ok()
    };
    Facts {
        id: id.to_owned(),
        product: "ecs".to_owned(),
        account: Some(ACCOUNT.to_owned()),
        region: Some("cn-shenzhen".to_owned()),
        billing: Some(Billing::Subscription),
        public_bandwidth_mbps: Some(5),
        public_ips: Some(vec![Ipv4Addr::from(ADDRESS).into()]),
        purchased_at: months(-2),
        expires_at: months(11),
        first_purchase_months: Some(12),
        first_order_amount: Some(Fen::new(129_900)),
        ..Facts::default()
    }
}
