//! Whoever goes through a case: its customer, its reviewer, its operator, all in one.

use super::{Step, asks, form, key_of};
use crate::{
    clients::{Clients, worth_again},
    line::Told,
};
use app::{
    Asker, Failure, IdempotencyKey, Operator,
    codes::{CodesAsked, GrantCode, Which, WithdrawGrant},
    orders::{
        Moved, OpenOrder, OrderId, SavePart, SubmitOrder, WithdrawOrder,
        bureau::{ConfirmSms, FileOrder, SendOrder},
        review::{ApproveOrder, ReturnOrder, Said, SayRemark},
    },
    two_people::{Agree, ProposalId, Propose, Thing, WhyListed, Wish},
    verification::{Proof, VerifyProduct},
};
use filing::{
    codes::ServiceCode,
    orders::{Form, Kind, Part},
};
use std::{fmt::Debug, num::NonZero};
use uuid::Uuid;

/// Goes through a case to its end. What has no key is asked only where it was not answered yet.
pub(crate) async fn goes_through(clients: &Clients, case: u64) {
    let (account, instance) = clients.life.town.of_case(case);
    let asker = loop {
        match clients.asker(&account).await {
            Ok(asker) => break asker,
            Err(error) => drop(worth_again(&error)),
        }
    };
    let mut clerk = Clerk { clients, case, asker, instance, known: Known::default() };
    for (nth, step) in asks(case) {
        let done = !step.has_key() && clients.life.acknowledged.contains(&nth);
        if done {
            // Whatever has no key makes the order one version newer.
            clerk.known.version += 1;
        } else {
            let told = clients.insist(nth, || Box::pin(clerk.does(nth, step))).await;
            clerk.known.learn(step, &told);
        }
    }
}

/// What was told so far.
#[derive(Debug, Default)]
struct Known {
    order: Option<OrderId>,
    version: i64,
    code: String,
    verification: String,
    proposal: Option<ProposalId>,
}

impl Known {
    fn learn(&mut self, step: Step, told: &Told) {
        let last = told.words.last().unwrap();
        match step {
            Step::Issue => self.code.clone_from(last),
            Step::Verify => self.verification.clone_from(last),
            Step::Propose => self.proposal = Some(last.parse().unwrap()),
            Step::Agree | Step::Grant | Step::TakeBack | Step::Carry => {}
            _ => self.version = last.parse().unwrap(),
        }
        if step == Step::Open {
            self.order = Some(told.words[0].parse().unwrap());
        }
    }
}

struct Clerk<'c> {
    clients: &'c Clients,
    case: u64,
    asker: Asker,
    instance: String,
    known: Known,
}

impl Clerk<'_> {
    /// The answer, or why there is none yet. What asking again cannot mend ends the process.
    async fn does(&self, nth: u64, step: Step) -> Result<Told, String> {
        let key = IdempotencyKey::parse(&key_of(nth)).unwrap();
        match step {
            Step::Open | Step::Carry | Step::Submit | Step::Withdraw => {
                Box::pin(self.as_filer(step, key)).await
            }
            Step::Issue => Box::pin(self.issues(key)).await,
            Step::Grant | Step::TakeBack => Box::pin(self.passes_on(step, key)).await,
            Step::Verify => Box::pin(self.verifies(key)).await,
            Step::Fill(_) | Step::Mend => Box::pin(self.fills_in(step)).await,
            Step::Claim | Step::Remark | Step::GiveBack | Step::Approve => {
                Box::pin(self.as_reviewer(step, key)).await
            }
            Step::Send | Step::Answer | Step::File => Box::pin(self.as_operator(step, key)).await,
            Step::Propose | Step::Agree => Box::pin(self.as_two_people(step, key)).await,
        }
    }

    fn order(&self) -> OrderId {
        self.known.order.unwrap()
    }

    async fn as_filer(&self, step: Step, key: IdempotencyKey) -> Result<Told, String> {
        let (desk, asker) = (&self.clients.desk, self.asker.clone());
        match step {
            Step::Open | Step::Carry => {
                let (kind, from) = match step {
                    Step::Open => (Kind::FirstFiling, None),
                    _ => (Kind::Change, Some(format!("{}-1", number(self.case)))),
                };
                let ask = OpenOrder { asker, kind, from };
                let told = answered(desk.open_order(ask, Some(key)).await)?;
                let words = vec![told.answer.order.to_string(), told.answer.version.to_string()];
                Ok(Told { entry: told.entry.uuid(), words })
            }
            Step::Submit => {
                let ask = SubmitOrder { asker, order: self.order(), seen: None };
                moved(desk.submit_order(ask, key).await)
            }
            _ => moved(desk.withdraw_order(WithdrawOrder { asker, order: self.order() }, key).await),
        }
    }

    async fn issues(&self, key: IdempotencyKey) -> Result<Told, String> {
        let (asker, instance) = (self.asker.clone(), self.instance.clone());
        let ask = CodesAsked { asker, instance, count: NonZero::<u32>::MIN };
        let told = answered(self.clients.desk.issue_codes(ask, key).await)?;
        let code = told.answer.codes.unwrap().remove(0).code;
        Ok(Told { entry: told.entry.uuid(), words: vec![code.to_string()] })
    }

    /// To the account of the next case, or back from it.
    async fn passes_on(&self, step: Step, key: IdempotencyKey) -> Result<Told, String> {
        let (desk, asker) = (&self.clients.desk, self.asker.clone());
        let code = Which::Typed(ServiceCode::parse(&self.known.code).unwrap());
        let (entry, is_done) = if step == Step::Grant {
            let (to, _) = self.clients.life.town.of_case(self.case + 1);
            let told = answered(desk.grant_code(GrantCode { asker, code, to }, Some(key)).await)?;
            (told.entry, told.answer.judge().is_ok())
        } else {
            let told = answered(desk.withdraw_grant(WithdrawGrant { asker, code }, Some(key)).await)?;
            (told.entry, told.answer.judge().is_ok())
        };
        assert!(is_done, "{step:?} is refused");
        Ok(Told { entry: entry.uuid(), words: vec![String::new()] })
    }

    async fn verifies(&self, key: IdempotencyKey) -> Result<Told, String> {
        let proof = Proof::Code(self.known.code.clone());
        let asker = self.asker.clone();
        let ask = VerifyProduct { asker, product: "ecs".to_owned(), proof, address: None };
        let told = answered(self.clients.desk.verify_product(ask, Some(key)).await)?;
        let id = told.answer.passed().unwrap().id.to_string();
        Ok(Told { entry: told.entry.uuid(), words: vec![id] })
    }

    /// Saves over the version that was told last: sent again, it is told as saved.
    async fn fills_in(&self, step: Step) -> Result<Told, String> {
        let (desk, order) = (&self.clients.desk, self.order());
        let mut form = form::filled(self.case, &self.known.verification);
        let part = if let Step::Fill(part) = step {
            part
        } else {
            form.websites[0].name = form::text("小林的风景摄影笔记");
            Part::Websites
        };
        if part == Part::Materials {
            let pictures = self.clients.store.write(form::Pictures(order)).await;
            let materials = pictures.map_err(|error| error.to_string())?;
            form = Form { materials, ..form };
        }
        let seen = Some(self.known.version);
        let save = SavePart { asker: self.asker.clone(), order, part, form, seen };
        Ok(version(answered(desk.save_part(save).await)?.version))
    }

    async fn as_reviewer(&self, step: Step, key: IdempotencyKey) -> Result<Told, String> {
        let (desk, order, reviewer) = (&self.clients.desk, self.order(), named("zhou"));
        match step {
            Step::Claim => Ok(version(answered(desk.claim_order(&reviewer, order).await)?.version)),
            Step::Remark => {
                let path = "websites[0].name".to_owned();
                let (problem, suggestion) = ("网站名称不规范。".to_owned(), "请重新填写。".to_owned());
                let said = Said::Mend { problem, suggestion };
                let say = SayRemark { reviewer, order, path, said };
                Ok(version(answered(desk.say_remark(say).await)?))
            }
            Step::GiveBack => {
                moved(desk.return_order(ReturnOrder { reviewer, order, seen: None }, Some(key)).await)
            }
            _ => moved(desk.approve_order(ApproveOrder { reviewer, order, seen: None }, Some(key)).await),
        }
    }

    async fn as_operator(&self, step: Step, key: IdempotencyKey) -> Result<Told, String> {
        let (desk, order, operator) = (&self.clients.desk, self.order(), named("wu"));
        match step {
            Step::Send => moved(desk.send_order(SendOrder { operator, order }, key).await),
            Step::Answer => moved(desk.confirm_sms(ConfirmSms { operator, order }, key).await),
            _ => {
                let number = number(self.case);
                let website_numbers = vec![format!("{number}-1")];
                let file = FileOrder { operator, order, subject_number: Some(number), website_numbers };
                moved(desk.file_order(file, key).await)
            }
        }
    }

    async fn as_two_people(&self, step: Step, key: IdempotencyKey) -> Result<Told, String> {
        let desk = &self.clients.desk;
        if step == Step::Propose {
            let thing = Thing::WebsiteName(form::listed(self.case));
            let wish = Wish::List { thing, reason: WhyListed::UnlawfulContent };
            let ask = Propose { by: named("zhou"), wish, note: String::new() };
            let told = answered(desk.propose(ask, key).await)?;
            return Ok(Told { entry: told.entry.uuid(), words: vec![told.answer.id.to_string()] });
        }
        let proposal = self.known.proposal.unwrap();
        let ask = Agree { by: named("wu"), proposal, confirmation: None };
        let told = answered(desk.agree_to_proposal(ask, key).await)?;
        let listed = told.answer.listed.iter().map(|listed| listed.entry.to_string());
        Ok(Told { entry: told.entry.uuid(), words: listed.collect() })
    }
}

/// The number that the bureau gives the subject of a case.
fn number(case: u64) -> String {
    format!("粤ICP备{case:08}号")
}

fn named(name: &str) -> Operator {
    Operator::parse(name).unwrap()
}

fn version(version: i64) -> Told {
    Told { entry: Uuid::nil(), words: vec![version.to_string()] }
}

/// Where the order came to, and its version.
fn moved<F: Debug>(answer: Result<app::Told<Moved>, Failure<F>>) -> Result<Told, String> {
    let told = answered(answer)?;
    let words = vec![told.answer.state.word().to_owned(), told.answer.version.to_string()];
    Ok(Told { entry: told.entry.uuid(), words })
}

fn answered<T, F: Debug>(answer: Result<T, Failure<F>>) -> Result<T, String> {
    answer.map_err(|failure| match failure {
        Failure::Desk(error) => worth_again(&error),
        Failure::Because(fault) => panic!("{fault:?}"),
        Failure::KeyUsed => panic!("a key was used twice"),
    })
}
