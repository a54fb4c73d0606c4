//! Orders are made as people make them, through the use cases of the desk: its customer, its reviewer and its operator.

use super::{
    super::ACCOUNT,
    filers::{ADDRESS, Filer, text},
};
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
use filing::orders::{Cancellation, FiledNumber, Form, Kind};
use futures_util::future::try_join_all;
use jiff::{Span, Timestamp};
use std::{net::Ipv4Addr, num::NonZero};

/// Who makes orders, and of what.
pub(super) struct Making<'a> {
    pub(super) desk: &'a Desk,
    pub(super) asker: Asker,
    pub(super) reviewer: Operator,
    pub(super) operator: Operator,
    pub(super) now: Timestamp,
    /// The picture that stands for every certificate and photo.
    pub(super) picture: Vec<u8>,
}

impl Making<'_> {
    pub(super) async fn open(&self, kind: Kind) -> Result<OrderId> {
        let ask = OpenOrder { asker: self.asker.clone(), kind, from: None };
        Ok(self.desk.open_order(ask, None).await?.answer.order)
    }

    pub(super) async fn save(&self, order: OrderId, form: &Form) -> Result<()> {
        for part in form.parts() {
            let (asker, form) = (self.asker.clone(), form.clone());
            self.desk.save_part(SavePart { asker, order, part, form, seen: None }).await?;
        }
        Ok(())
    }

    /// A draft with that filled in.
    pub(super) async fn draft(&self, kind: Kind, form: &Form) -> Result<OrderId> {
        let order = self.open(kind).await?;
        self.save(order, form).await?;
        Ok(order)
    }

    /// A product of an instance of its own, verified with a code of it.
    pub(super) async fn verified(&self, order: OrderId) -> Result<String> {
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

    pub(super) async fn add_pictures(
        &self,
        order: OrderId,
        fields: impl IntoIterator<Item = PictureField>,
    ) -> Result<()> {
        // Side by side: each is copied on a thread of its own, and they are committed together.
        let adding = fields.into_iter().map(|field| {
            let (asker, bytes) = (self.asker.clone(), self.picture.clone());
            self.desk.add_picture(AddPicture { asker, order, field, bytes }, None)
        });
        try_join_all(adding).await?;
        Ok(())
    }

    /// Submits an order for the `nth` time.
    pub(super) async fn submit(&self, order: OrderId, nth: u32) -> Result<()> {
        let ask = SubmitOrder { asker: self.asker.clone(), order, seen: None };
        self.desk.submit_order(ask, key(&format!("submit-{nth}"), order)?).await?;
        Ok(())
    }

    pub(super) async fn withdraw(&self, order: OrderId) -> Result<()> {
        let withdraw = WithdrawOrder { asker: self.asker.clone(), order };
        self.desk.withdraw_order(withdraw, key("withdraw", order)?).await?;
        Ok(())
    }

    /// A first filing that waits for its review.
    pub(super) async fn submitted(&self, filer: &Filer) -> Result<OrderId> {
        let order = self.open(Kind::FirstFiling).await?;
        let verification = self.verified(order).await?;
        self.save(order, &filer.form(Some(verification))).await?;
        self.add_pictures(order, filer.pictures()).await?;
        self.submit(order, 1).await?;
        Ok(order)
    }

    /// An order that ends what is filed under that number, meant as its digits say, waiting for its review.
    pub(super) async fn ending(&self, kind: Kind, (number, digits): (&str, &str)) -> Result<OrderId> {
        let ends = Cancellation { reason: text("网站不再开办。"), confirmation: text(digits) };
        let order = self.draft(kind, &Form { cancellation: Some(ends), ..about(number) }).await?;
        self.submit(order, 1).await?;
        Ok(order)
    }

    pub(super) async fn approve(&self, order: OrderId) -> Result<()> {
        self.desk.claim_order(&self.reviewer, order).await?;
        let approve = ApproveOrder { reviewer: self.reviewer.clone(), order, seen: None };
        self.desk.approve_order(approve, None).await?;
        Ok(())
    }

    /// Gives an order back with one remark: the field, what is wrong with it, and what to do.
    pub(super) async fn give_back(&self, order: OrderId, (path, problem, mend): Remark) -> Result<()> {
        self.desk.claim_order(&self.reviewer, order).await?;
        let said = Said::Mend { problem: problem.to_owned(), suggestion: mend.to_owned() };
        let (reviewer, path) = (self.reviewer.clone(), path.to_owned());
        self.desk.say_remark(SayRemark { reviewer: reviewer.clone(), order, path, said }).await?;
        self.desk.return_order(ReturnOrder { reviewer, order, seen: None }, None).await?;
        Ok(())
    }

    /// Approves an order and hands it to the bureau, where it waits for its text message.
    pub(super) async fn send(&self, order: OrderId) -> Result<()> {
        self.approve(order).await?;
        let send = SendOrder { operator: self.operator.clone(), order };
        self.desk.send_order(send, key("send", order)?).await?;
        Ok(())
    }

    /// The same, and its text message is answered.
    pub(super) async fn send_and_answer(&self, order: OrderId) -> Result<()> {
        self.send(order).await?;
        let confirm = ConfirmSms { operator: self.operator.clone(), order };
        self.desk.confirm_sms(confirm, key("sms", order)?).await?;
        Ok(())
    }

    /// The same, and the bureau files it under these numbers.
    pub(super) async fn file(&self, order: OrderId, subject: Option<&str>, website: &str) -> Result<()> {
        self.send_and_answer(order).await?;
        let file = FileOrder {
            operator: self.operator.clone(),
            order,
            subject_number: subject.map(str::to_owned),
            website_numbers: vec![website.to_owned()],
        };
        self.desk.file_order(file, key("file", order)?).await?;
        Ok(())
    }

    /// The same, but the bureau rejects it.
    pub(super) async fn reject(&self, order: OrderId, reason: &str) -> Result<()> {
        self.send_and_answer(order).await?;
        let reject = RejectOrder { operator: self.operator.clone(), order, reason: reason.to_owned() };
        self.desk.reject_order(reject, key("reject", order)?).await?;
        Ok(())
    }
}

/// The field, what is wrong with it, and what to do.
pub(super) type Remark = (&'static str, &'static str, &'static str);

/// What an order about that number begins with.
pub(super) fn about(number: &str) -> Form {
    Form { target: Some(FiledNumber { number: text(number) }), ..Form::default() }
}

fn key(what: &str, order: OrderId) -> Result<IdempotencyKey> {
    Ok(IdempotencyKey::parse(&format!("set-up-{what}-{order}"))?)
}

/// A server that may back a filing, with the address of the websites.
pub(super) fn instance(id: &str, now: Timestamp) -> Facts {
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
