//! How a command is given to the desk.

use super::{
    Walk,
    commands::{Came, Command, Done, Refused, refused, told},
    forms::{LICENCE, company, licence, part, served_as, website},
};
use crate::{
    codes,
    filers::{operator, reviewer, text},
    key, server,
    verifying::{PASSWORD, host},
};
use app::{
    IdempotencyKey,
    codes::{GrantCode, ReleaseCode, Which, WithdrawGrant},
    orders::{
        CorrectOrder, OpenOrder, SubmitOrder, WithdrawOrder,
        bureau::{ConfirmSms, FileOrder, RejectOrder, SendOrder},
        review::{ApproveOrder, ReturnOrder, Said, SayRemark},
    },
    registry::{CancelNumber, CorrectNumber, DropAccess},
    two_people::{Agree, Extent, Off, Propose, Thing, WhyListed, WhyUnlisted, Wish},
    verification::{Proof, VerifyProduct},
};
use filing::{
    orders::{Cancellation, FiledNumber, Form, Kind, Part, Website},
    registry::Reason,
};
use jiff::SignedDuration;
use rulebook::Facts;
use store::OrderId;

impl Walk<'_> {
    /// Does a command that has that number.
    pub(super) async fn does(&self, command: &Command, nth: u64) -> Done {
        let (desk, people) = (&self.story.desk, &self.people);
        let asker = |who: &usize| people[*who].clone();
        let key = key(&format!("k-{nth}"));
        match command {
            Command::Buy { who } => {
                let instance = format!("i-{nth}");
                let public_ips = Some(vec!["47.96.0.1".parse().unwrap()]);
                desk.record_instance(Facts { public_ips, ..server(&instance, &people[*who]) }).await.unwrap();
                Ok(Came::Bought { who: *who, instance })
            }
            Command::BuyHost { who } => {
                let name = format!("h-{nth}");
                self.story.host(&people[*who], &name, "web-hosting", &[&name]).await;
                let public_ips = Some(vec!["47.96.0.1".parse().unwrap()]);
                let product = "web-hosting".to_owned();
                let facts = Facts { product, public_ips, ..server(&name, &people[*who]) };
                desk.record_instance(facts).await.unwrap();
                Ok(Came::BoughtHost { who: *who, host: name })
            }
            Command::Issue { who, instance } => {
                let issued = told(desk.issue_codes(codes(&people[*who], instance, 1), key).await)?;
                let Some(issued) = issued.answer.codes.and_then(|mut codes| codes.pop()) else {
                    return refused("no code");
                };
                Ok(Came::Issued { who: *who, code: issued.id, typed: issued.code.to_string() })
            }
            Command::Release { code } => {
                let ask =
                    ReleaseCode { operator: operator(), code: Which::Id(*code), reason: "lost".to_owned() };
                let released = told(desk.release_code(ask, key).await)?.answer;
                released.judge().map(|_| Came::Nothing).or_else(|_| refused("not released"))
            }
            Command::Grant { who, code, to } => {
                let to = people[*to].name().to_owned();
                let ask = GrantCode { asker: asker(who), code: Which::Id(*code), to };
                let granted = told(desk.grant_code(ask, Some(key)).await)?.answer;
                let came = Came::Granted { who: *who, code: *code };
                if granted.judge().is_ok() { Ok(came) } else { refused("not granted") }
            }
            Command::TakeBack { who, code } => {
                let ask = WithdrawGrant { asker: asker(who), code: Which::Id(*code) };
                let taken = told(desk.withdraw_grant(ask, Some(key)).await)?.answer;
                taken.judge().map(|_| Came::Nothing).or_else(|_| refused("not withdrawn"))
            }
            Command::Verify { who, code } => {
                let proof = Proof::Code(code.clone());
                let ask =
                    VerifyProduct { asker: asker(who), product: "ecs".to_owned(), proof, address: None };
                let verified = told(desk.verify_product(ask, Some(key)).await)?.answer;
                let Some(passed) = verified.passed() else { return refused("not verified") };
                Ok(Came::Verified { who: *who, id: passed.id.to_string() })
            }
            Command::Prove { who, host: name } => {
                let proof = host(name, PASSWORD);
                let product = "web-hosting".to_owned();
                let ask = VerifyProduct { asker: asker(who), product, proof, address: None };
                let verified = told(desk.verify_product(ask, Some(key)).await)?.answer;
                let Some(passed) = verified.passed() else { return refused("not verified") };
                Ok(Came::Verified { who: *who, id: passed.id.to_string() })
            }
            _ => self.moves(command, nth).await,
        }
    }

    /// Does a command that is about an order, a number or time.
    pub(super) async fn moves(&self, command: &Command, nth: u64) -> Done {
        let (desk, people) = (&self.story.desk, &self.people);
        let asker = |who: &usize| people[*who].clone();
        let key = key(&format!("k-{nth}"));
        let moved = |answer: Result<(), Refused>| answer.map(|()| Came::Nothing);
        match command {
            Command::Open { who, websites, licence } => {
                let licence = licence.clone().unwrap_or_else(|| self::licence(nth));
                let form = company(nth, &licence, *websites);
                self.open(*who, nth, Kind::FirstFiling, form).await
            }
            Command::About { who, kind, number, together } => {
                let form = self.about(*kind, number, *together, nth).await;
                self.open(*who, nth, *kind, form).await
            }
            Command::Name { who, order, verifications } => {
                let mut form = self.forms[order].1.clone();
                for (website, verification) in form.websites.iter_mut().zip(verifications) {
                    website.verification = Some(verification.clone());
                }
                told(desk.save_part(part(asker(who), *order, Part::Websites, form)).await)
                    .map(|_| Came::Nothing)
            }
            Command::Submit { who, order } => {
                let ask = SubmitOrder { asker: asker(who), order: *order, seen: None };
                moved(told(desk.submit_order(ask, key).await).map(drop))
            }
            Command::Withdraw { who, order } => {
                let ask = WithdrawOrder { asker: asker(who), order: *order };
                moved(told(desk.withdraw_order(ask, key).await).map(drop))
            }
            Command::Claim { order } => moved(told(desk.claim_order(&reviewer(), *order).await).map(drop)),
            Command::Approve { order } => {
                let ask = ApproveOrder { reviewer: reviewer(), order: *order, seen: None };
                moved(told(desk.approve_order(ask, Some(key)).await).map(drop))
            }
            Command::GiveBack { order } => self.give_back_any(*order, key).await,
            Command::Send { order } => {
                let ask = SendOrder { operator: operator(), order: *order };
                moved(told(desk.send_order(ask, key).await).map(drop))
            }
            Command::Answer { order } => {
                let ask = ConfirmSms { operator: operator(), order: *order };
                moved(told(desk.confirm_sms(ask, key).await).map(drop))
            }
            Command::File { order, kind } => self.file(*order, *kind, nth).await,
            Command::Reject { order } => {
                let ask =
                    RejectOrder { operator: operator(), order: *order, reason: "证件已过期".to_owned() };
                moved(told(desk.reject_order(ask, key).await).map(drop))
            }
            Command::Correct { who, order } => {
                let ask = CorrectOrder { asker: asker(who), order: *order };
                let draft = told(desk.correct_order(ask, key).await)?.answer.order;
                let (kind, form) = self.forms[order].clone();
                Ok(Came::Opened { who: *who, order: draft, kind, form: Box::new(form) })
            }
            Command::List { licence } => {
                let thing = Thing::Certificate { kind: LICENCE, number: licence.clone() };
                let wish = Wish::List { thing, reason: WhyListed::FalseInformation };
                self.agreed(wish, None, nth).await
            }
            Command::Unlist { entry } => {
                let wish = Wish::Unlist { off: Off::Entry(*entry), reason: WhyUnlisted::Mistake };
                self.agreed(wish, None, nth).await
            }
            Command::Force { number, serious } => {
                let extent = if *serious { Extent::Serious { domains: true } } else { Extent::Number };
                self.agreed(Wish::Cancel { number: number.clone(), extent }, Some(number.clone()), nth).await
            }
            Command::Drop { .. } | Command::End { .. } | Command::Rename { .. } => {
                self.records(command, key).await
            }
            Command::Wait { minutes } => {
                self.story.clock.pass(SignedDuration::from_mins(*minutes));
                desk.watch_deadlines().await.unwrap();
                Ok(Came::Nothing)
            }
            _ => unreachable!("{command:?} is about a product"),
        }
    }

    /// An operator records what became of a number.
    async fn records(&self, command: &Command, key: IdempotencyKey) -> Done {
        let desk = &self.story.desk;
        let moved = |answer: Result<(), Refused>| answer.map(|()| Came::Nothing);
        match command {
            Command::Drop { number } => {
                let (operator, number) = (operator(), number.clone());
                let ask = DropAccess { operator, number, reason: Reason::ByOwner };
                moved(told(desk.drop_access(ask, key).await).map(drop))
            }
            Command::End { number } => {
                let (operator, number) = (operator(), number.clone());
                let confirmation = number.clone();
                let ask = CancelNumber { operator, number, reason: Reason::ByOwner, confirmation };
                moved(told(desk.cancel_number(ask, key).await).map(drop))
            }
            Command::Rename { number, to } => {
                let ask = CorrectNumber {
                    operator: operator(),
                    number: number.clone(),
                    to: to.clone(),
                    confirmation: Some(number.clone()),
                };
                told(desk.correct_number(ask, key).await)?;
                Ok(Came::Renamed { from: number.clone(), to: to.clone() })
            }
            _ => unreachable!("{command:?} is not recorded of a number"),
        }
    }

    /// One proposes and another agrees.
    pub(super) async fn agreed(&self, wish: Wish, confirmation: Option<String>, nth: u64) -> Done {
        let ask = Propose { by: reviewer(), wish, note: String::new() };
        let proposal = told(self.story.desk.propose(ask, key(&format!("k-{nth}"))).await)?.answer.id;
        let ask = Agree { by: operator(), proposal, confirmation };
        told(self.story.desk.agree_to_proposal(ask, key(&format!("k-{nth}-yes"))).await)
            .map(|_| Came::Nothing)
    }

    /// The bureau files an order, with numbers where it makes some.
    pub(super) async fn file(&self, order: OrderId, kind: Kind, nth: u64) -> Done {
        let form = &self.forms[&order].1;
        let target = form.target.as_ref().and_then(|target| target.number.clone());
        let new = format!("粤ICP备{nth:08}号");
        let (subject_number, website_numbers): (_, Vec<String>) = match kind {
            Kind::FirstFiling => {
                let websites = 1..=form.websites.len();
                (Some(new.clone()), websites.map(|website| format!("{new}-{website}")).collect())
            }
            Kind::AddWebsite => (None, vec![format!("{}-{}", target.clone().unwrap(), nth + 100)]),
            _ => (None, Vec::new()),
        };
        let (subject, websites) = match kind {
            Kind::AddAccess => {
                let subject =
                    target.as_deref().and_then(|number| number.strip_suffix("-1")).map(str::to_owned);
                (subject, target.into_iter().collect())
            }
            _ => (subject_number.clone(), website_numbers.clone()),
        };
        let ask = FileOrder { operator: operator(), order, subject_number, website_numbers };
        told(self.story.desk.file_order(ask, key(&format!("k-{nth}"))).await).map(|_| Came::Filed {
            order,
            subject,
            websites,
        })
    }

    /// What is filled in for an order about that number. `together`: a change swaps the domains of two websites.
    pub(super) async fn about(&self, kind: Kind, number: &str, together: bool, nth: u64) -> Form {
        let text_of = "SELECT w.number, d.domain FROM website_domains d JOIN websites w ON w.id = d.website ORDER BY w.number, d.domain";
        let filed: Vec<(String, String)> = self.story.look(text_of).await;
        let of_subject = format!("{number}-");
        let own: Vec<_> = filed.iter().filter(|(website, _)| website.starts_with(&of_subject)).collect();
        let target = Some(FiledNumber { number: text(number) });
        let (mut websites, mut cancellation) = (Vec::new(), None);
        match kind {
            Kind::FirstFiling => {}
            Kind::AddWebsite => websites.push(website(nth, 0)),
            Kind::AddAccess => {
                let domain = filed.iter().find(|(website, _)| website == number).map(|(_, domain)| domain);
                websites.push(served_as(website(nth, 0), domain));
            }
            Kind::Change => {
                let last = own.len().saturating_sub(1);
                let numbered = |site: Website, of: usize| Website {
                    number: own.get(of).map(|(number, _)| number.clone()),
                    ..site
                };
                if together && last > 0 {
                    websites.push(numbered(served_as(website(nth, 0), own.get(last).map(|(_, to)| to)), 0));
                    websites.push(numbered(served_as(website(nth, 1), own.first().map(|(_, to)| to)), last));
                } else {
                    websites.push(numbered(website(nth, 0), last));
                }
            }
            Kind::CancelSubject | Kind::CancelWebsite | Kind::CancelAccess => {
                cancellation =
                    Some(Cancellation { reason: text("网站不再使用"), confirmation: text(number) });
            }
        }
        Form { target, websites, cancellation, ..Form::default() }
    }

    /// Opens an order with all but its products and pictures filled in, and fills them in.
    pub(super) async fn open(&self, who: usize, nth: u64, kind: Kind, mut form: Form) -> Done {
        let (desk, asker) = (&self.story.desk, self.people[who].clone());
        let ask = OpenOrder { asker: asker.clone(), kind, from: None };
        let order = told(desk.open_order(ask, Some(key(&format!("k-{nth}")))).await)?.answer.order;
        let websites = u16::try_from(form.websites.len()).unwrap();
        if websites > 0 {
            form.materials = self.story.pictures_of(order, websites).await;
            form.materials.retain(|picture| match kind {
                Kind::FirstFiling => true,
                Kind::Change => matches!(picture.purpose, Some(1 | 4)),
                _ => picture.website.is_some(),
            });
        }
        for of in form.parts().collect::<Vec<_>>() {
            told(desk.save_part(part(asker.clone(), order, of, form.clone())).await)?;
        }
        Ok(Came::Opened { who, order, kind, form: Box::new(form) })
    }

    pub(super) async fn give_back_any(&self, order: OrderId, key: IdempotencyKey) -> Done {
        let desk = &self.story.desk;
        let said =
            Said::Mend { problem: "填写有误。".to_owned(), suggestion: "请更正。".to_owned() };
        let verified = self.forms[&order].0.needs().verified;
        let path = if verified { "websites[0].verification" } else { "target.number" }.to_owned();
        let remark = SayRemark { reviewer: reviewer(), order, path, said };
        told(desk.say_remark(remark).await)?;
        told(desk.return_order(ReturnOrder { reviewer: reviewer(), order, seen: None }, Some(key)).await)
            .map(|_| Came::Nothing)
    }
}
