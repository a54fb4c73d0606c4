//! Random lives on one desk: several accounts, staff and the bureau do at random what may be done and what may not, partly at the
//! same time and partly for what is another's. Orders are of every kind, for one website or two, behind codes and behind hosts; numbers
//! end, by their owners and by authority, and companies come on the blacklist and off it. After each step the rows are held against
//! what SPEC 4 to 7 promises, and after a command that was refused they are what they were.
//!
//! `KEBEI_WALK` says how many commands are given, where it should be more than in every run of the tests.

use crate::{
    Story, codes,
    filers::{filled, operator, reviewer, text},
    key, rand_chacha_of, server,
    verifying::{PASSWORD, host},
};
use app::{
    Asker, Failure,
    codes::{GrantCode, ReleaseCode, Which, WithdrawGrant},
    orders::{
        CorrectOrder, OpenOrder, SavePart, SubmitOrder, WithdrawOrder,
        bureau::{ConfirmSms, FileOrder, RejectOrder, SendOrder},
        review::{ApproveOrder, ReturnOrder, Said, SayRemark},
    },
    two_people::{Agree, Extent, Off, Propose, Thing, WhyListed, WhyUnlisted, Wish},
    verification::{Proof, VerifyProduct},
};
use filing::orders::{Cancellation, Certificate, FiledNumber, Form, Kind, Part, Subject, Website};
use futures_util::future::join_all;
use jiff::SignedDuration;
use rand_chacha::{ChaCha20Rng, rand_core::Rng};
use rulebook::{ALIYUN, Facts};
use std::collections::{BTreeMap, BTreeSet};
use store::{BlacklistId, CodeId, CommitHook, OrderId};
use testbed::{ENGINES, PROMISES};

/// Commands in a run, and thrice as many until each has been done.
const COMMANDS: u64 = 1_500;
const PEOPLE: usize = 4;
/// Commands given at the same time at most.
const AT_ONCE: usize = 4;
/// Kinds of orders that start from a number.
const ABOUT: [Kind; 6] = [
    Kind::AddWebsite,
    Kind::AddAccess,
    Kind::Change,
    Kind::CancelWebsite,
    Kind::CancelAccess,
    Kind::CancelSubject,
];
/// The business licence of an enterprise.
const LICENCE: u16 = 1;

/// The rules under which a host has two places only, so that they run out.
fn rules() -> String {
    let five = "quota = { codes = 5, per = \"instance\", source = [\"001\"] }";
    assert_eq!(ALIYUN.matches(five).count(), 1);
    ALIYUN.replace(five, &five.replace('5', "2"))
}

/// What commands can change, as rows.
const STANDING: [&str; 8] = [
    "SELECT state || ' ' || CAST(version AS TEXT) || ' ' || CAST(round AS TEXT) AS what FROM orders ORDER BY id",
    "SELECT state || ' ' || CAST(counted AS TEXT) || CASE WHEN grantee IS NULL THEN '' ELSE ' granted' END AS what
     FROM codes ORDER BY id",
    "SELECT CAST(taken AS TEXT) || ' ' || CAST(used AS TEXT) AS what FROM quota_places ORDER BY owner, product",
    "SELECT COALESCE(CAST(used_at AS TEXT), '-') AS what FROM verifications ORDER BY id",
    "SELECT number || ' ' || state || ' ' || CAST(changed_at AS TEXT) AS what FROM subjects ORDER BY number",
    "SELECT number || ' ' || state || ' ' || CAST(changed_at AS TEXT) AS what FROM websites ORDER BY number",
    "SELECT domain AS what FROM website_domains ORDER BY domain",
    "SELECT kind AS what FROM blacklist ORDER BY id",
];

/// The numbers that are cancelled.
const ENDED: &str = "SELECT number FROM subjects WHERE state = 'cancelled' UNION ALL
                     SELECT number FROM websites WHERE state = 'cancelled'";

#[derive(Clone, Debug)]
enum Command {
    Buy { who: usize },
    BuyHost { who: usize },
    Issue { who: usize, instance: String },
    Release { code: CodeId },
    Grant { who: usize, code: CodeId, to: usize },
    TakeBack { who: usize, code: CodeId },
    Verify { who: usize, code: String },
    Prove { who: usize, host: String },
    Open { who: usize, websites: u16, licence: Option<String> },
    About { who: usize, kind: Kind, number: String, together: bool },
    Name { who: usize, order: OrderId, verifications: Vec<String> },
    Submit { who: usize, order: OrderId },
    Withdraw { who: usize, order: OrderId },
    Claim { order: OrderId },
    Approve { order: OrderId },
    GiveBack { order: OrderId },
    Send { order: OrderId },
    Answer { order: OrderId },
    File { order: OrderId, kind: Kind },
    Reject { order: OrderId },
    Correct { who: usize, order: OrderId },
    List { licence: String },
    Unlist { entry: BlacklistId },
    Force { number: String, serious: bool },
    Wait { minutes: i64 },
}

/// All that has to be done in a run, or it has shown nothing; and each kind of order opened and filed.
const WORDS: [&str; 22] = [
    "answer",
    "approve",
    "buy",
    "buy host",
    "claim",
    "correct",
    "force",
    "give back",
    "grant",
    "issue",
    "list",
    "name",
    "prove",
    "reject",
    "release",
    "send",
    "submit",
    "take back",
    "unlist",
    "verify",
    "wait",
    "withdraw",
];

/// What a command came to.
enum Came {
    Nothing,
    Bought { who: usize, instance: String },
    BoughtHost { who: usize, host: String },
    Issued { who: usize, code: CodeId, typed: String },
    Granted { who: usize, code: CodeId },
    Verified { who: usize, id: String },
    Opened { who: usize, order: OrderId, kind: Kind, form: Box<Form> },
    Filed { order: OrderId, subject: Option<String>, websites: Vec<String> },
}

/// Why a command did nothing.
#[derive(Debug)]
enum Refused {
    Why(String),
    /// Others were in the way too often; nobody knows better than to ask again.
    Busy,
}

type Done = Result<Came, Refused>;

fn told<T, E: std::fmt::Debug>(answer: Result<T, Failure<E>>) -> Result<T, Refused> {
    answer.map_err(|failure| match failure {
        Failure::Because(fault) => Refused::Why(format!("{fault:?}")),
        Failure::KeyUsed => panic!("a key was used twice"),
        Failure::Desk(error) if error.trouble() == app::Trouble::Busy => Refused::Busy,
        Failure::Desk(error) => panic!("{error}"),
    })
}

fn refused(why: &str) -> Done {
    Err(Refused::Why(why.to_owned()))
}

struct Walk<'s> {
    story: &'s Story,
    rng: ChaCha20Rng,
    people: Vec<Asker>,
    instances: Vec<(usize, String)>,
    hosts: Vec<(usize, String)>,
    /// Whose each is.
    codes: Vec<(usize, CodeId, String)>,
    granted: Vec<(usize, CodeId)>,
    verifications: Vec<(usize, String)>,
    orders: Vec<(usize, OrderId)>,
    /// What was last done with each order, as far as the walk knows.
    last: BTreeMap<OrderId, &'static str>,
    forms: BTreeMap<OrderId, (Kind, Form)>,
    /// The licences of companies that filed or tried to.
    licences: Vec<String>,
    subjects: Vec<(usize, String)>,
    websites: Vec<(usize, String)>,
    /// Numbers that were cancelled.
    ended: BTreeSet<String>,
    given: u64,
}

impl<'s> Walk<'s> {
    async fn on(story: &'s Story, seed: u8) -> Self {
        let mut people = Vec::new();
        for number in 1..=PEOPLE {
            people.push(story.account(i64::try_from(number).unwrap()).await);
        }
        Self {
            story,
            rng: rand_chacha_of(seed),
            people,
            instances: Vec::new(),
            hosts: Vec::new(),
            codes: Vec::new(),
            granted: Vec::new(),
            verifications: Vec::new(),
            orders: Vec::new(),
            last: BTreeMap::new(),
            forms: BTreeMap::new(),
            licences: Vec::new(),
            subjects: Vec::new(),
            websites: Vec::new(),
            ended: BTreeSet::new(),
            given: 0,
        }
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.rng.next_u64() % u64::try_from(most).unwrap()).unwrap()
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of those, more often one of the newest.
    fn one_of<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() {
            return None;
        }
        let recent = if self.once_in(4) { all.len() } else { all.len().min(6) };
        let back = self.below(recent);
        all.get(all.len() - 1 - back).cloned()
    }

    fn person(&mut self) -> usize {
        self.below(PEOPLE)
    }

    /// Mostly whose it is, and now and then anybody.
    fn mostly(&mut self, owner: usize) -> usize {
        if self.once_in(8) { self.person() } else { owner }
    }

    /// An order, with who does something with it: mostly one with which one of these was done last.
    fn order(&mut self, after: &[&str]) -> Option<(usize, OrderId)> {
        let fits = |order: &OrderId| self.last.get(order).is_some_and(|last| after.contains(last));
        let fitting: Vec<_> = self.orders.iter().filter(|(_, order)| fits(order)).copied().collect();
        let all = if self.once_in(8) { self.orders.clone() } else { fitting };
        let (owner, order) = self.one_of(&all)?;
        Some((self.mostly(owner), order))
    }

    /// The next command; `None` where what it would be about is not there yet.
    async fn next(&mut self) -> Option<Command> {
        Some(match self.below(50) {
            0 => Command::Buy { who: self.person() },
            1 => Command::BuyHost { who: self.person() },
            2..=5 => {
                let (owner, instance) = self.one_of(&self.instances.clone())?;
                Command::Issue { who: self.mostly(owner), instance }
            }
            6 => Command::Release { code: self.one_of(&self.codes.clone())?.1 },
            7 => {
                let (owner, code, _) = self.one_of(&self.codes.clone())?;
                Command::Grant { who: self.mostly(owner), code, to: self.person() }
            }
            8 => {
                let (owner, code) = self.one_of(&self.granted.clone())?;
                Command::TakeBack { who: self.mostly(owner), code }
            }
            9..=12 => {
                let (owner, _, code) = self.one_of(&self.codes.clone())?;
                Command::Verify { who: self.mostly(owner), code }
            }
            13 | 14 => {
                let (owner, host) = self.one_of(&self.hosts.clone())?;
                Command::Prove { who: self.mostly(owner), host }
            }
            15..=18 => return self.opens(),
            19..=23 => return self.names(),
            24..=27 => {
                let ready = ["name", "send", "give back"];
                self.order(&ready).map(|(who, order)| Command::Submit { who, order })?
            }
            28 if self.once_in(3) => {
                self.order(&["submit", "approve"]).map(|(who, order)| Command::Withdraw { who, order })?
            }
            28..=32 => Command::Claim { order: self.order(&["submit", "claim"])?.1 },
            33..=36 => Command::Approve { order: self.order(&["claim"])?.1 },
            37 => Command::GiveBack { order: self.order(&["claim"])?.1 },
            38..=40 => Command::Send { order: self.order(&["approve"])?.1 },
            41..=43 => Command::Answer { order: self.order(&["send"])?.1 },
            44 if self.once_in(3) => Command::Reject { order: self.order(&["answer", "send"])?.1 },
            44..=46 => {
                let order = self.order(&["answer"])?.1;
                Command::File { order, kind: self.forms.get(&order)?.0 }
            }
            47 => self.order(&["reject"]).map(|(who, order)| Command::Correct { who, order })?,
            48 => return self.decides().await,
            // A claim lasts longer than most waits, and an unanswered text message not so long as some.
            _ if self.once_in(10) => Command::Wait { minutes: 60 * 25 },
            _ => Command::Wait { minutes: i64::try_from(self.below(10)).unwrap() },
        })
    }

    /// An order is opened: of a company that files for the first time, or about something that is filed, or should be.
    fn opens(&mut self) -> Option<Command> {
        if self.once_in(3) {
            let websites = if self.once_in(3) { 2 } else { 1 };
            let licence = if self.once_in(6) { self.one_of(&self.licences.clone()) } else { None };
            return Some(Command::Open { who: self.person(), websites, licence });
        }
        let kinds = if self.once_in(3) { 6 } else { 5 };
        let kind = ABOUT[self.below(kinds)];
        let numbers = match kind {
            Kind::AddWebsite | Kind::Change | Kind::CancelSubject => self.subjects.clone(),
            _ => self.websites.clone(),
        };
        let (owner, number) = if kind == Kind::AddAccess && self.once_in(4) {
            // It was filed through another provider.
            (self.person(), format!("粤ICP备9{:07}号-1", self.given))
        } else {
            let ended = self.ended.clone();
            let living: Vec<_> =
                numbers.iter().filter(|(_, number)| !ended.contains(number)).cloned().collect();
            if self.once_in(8) { self.one_of(&numbers)? } else { self.one_of(&living)? }
        };
        Some(Command::About { who: self.mostly(owner), kind, number, together: self.once_in(2) })
    }

    /// Products are named for the websites of an order.
    fn names(&mut self) -> Option<Command> {
        let (who, order) = self.order(&["open", "correct", "give back"])?;
        let websites = self.forms.get(&order)?.1.websites.len();
        let of = self.mostly(who);
        let mut his: Vec<_> =
            self.verifications.iter().filter(|(owner, _)| *owner == of).map(|(_, id)| id.clone()).collect();
        let mut verifications = Vec::new();
        for _ in 0..websites {
            let some = if self.once_in(4) { self.one_of(&his)? } else { his.last()?.clone() };
            if !self.once_in(6) {
                his.retain(|id| *id != some);
            }
            verifications.push(some);
        }
        Some(Command::Name { who, order, verifications })
    }

    /// Two people decide something.
    async fn decides(&mut self) -> Option<Command> {
        let listed = self.story.desk.blacklist(None, 10).await.unwrap();
        if let Some(entry) = listed.first()
            && !self.once_in(4)
        {
            return Some(Command::Unlist { entry: entry.id });
        }
        match self.below(6) {
            0 => Some(Command::List { licence: self.one_of(&self.licences.clone())? }),
            1 => {
                let all: Vec<_> = self.subjects.iter().chain(&self.websites).cloned().collect();
                let (_, number) = self.one_of(&all)?;
                Some(Command::Force { number, serious: self.once_in(2) })
            }
            _ => None,
        }
    }

    /// Does a command that has that number.
    async fn does(&self, command: &Command, nth: u64) -> Done {
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
    async fn moves(&self, command: &Command, nth: u64) -> Done {
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
                let ask = ApproveOrder { reviewer: reviewer(), order: *order };
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
            Command::Wait { minutes } => {
                self.story.clock.pass(SignedDuration::from_mins(*minutes));
                desk.watch_deadlines().await.unwrap();
                Ok(Came::Nothing)
            }
            _ => unreachable!("{command:?} is about a product"),
        }
    }

    /// One proposes and another agrees.
    async fn agreed(&self, wish: Wish, confirmation: Option<String>, nth: u64) -> Done {
        let ask = Propose { by: reviewer(), wish, note: String::new() };
        let proposal = told(self.story.desk.propose(ask, key(&format!("k-{nth}"))).await)?.answer.id;
        let ask = Agree { by: operator(), proposal, confirmation };
        told(self.story.desk.agree_to_proposal(ask, key(&format!("k-{nth}-yes"))).await)
            .map(|_| Came::Nothing)
    }

    /// The bureau files an order, with numbers where it makes some.
    async fn file(&self, order: OrderId, kind: Kind, nth: u64) -> Done {
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
    async fn about(&self, kind: Kind, number: &str, together: bool, nth: u64) -> Form {
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
    async fn open(&self, who: usize, nth: u64, kind: Kind, mut form: Form) -> Done {
        let (desk, asker) = (&self.story.desk, self.people[who].clone());
        let ask = OpenOrder { asker: asker.clone(), kind };
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

    async fn give_back_any(&self, order: OrderId, key: app::IdempotencyKey) -> Done {
        let desk = &self.story.desk;
        let said =
            Said::Mend { problem: "填写有误。".to_owned(), suggestion: "请更正。".to_owned() };
        let verified = self.forms[&order].0.needs().verified;
        let path = if verified { "websites[0].verification" } else { "target.number" }.to_owned();
        let remark = SayRemark { reviewer: reviewer(), order, path, said };
        told(desk.say_remark(remark).await)?;
        told(desk.return_order(ReturnOrder { reviewer: reviewer(), order }, Some(key)).await)
            .map(|_| Came::Nothing)
    }

    /// Remembers what was done with an order: products that were named are mostly not named again. Of one whose owner is sent no text message there is none to be answered.
    fn did(&mut self, command: &Command) {
        if let Command::Name { verifications, .. } = command
            && !self.once_in(6)
        {
            self.verifications.retain(|(_, id)| !verifications.contains(id));
        }
        let Some(order) = order_of(command) else { return };
        let is_told = self.forms.get(&order).is_none_or(|(kind, _)| kind.needs().sms);
        let done = word(command);
        self.last.insert(order, if done == "send" && !is_told { "answer" } else { done });
    }

    /// Remembers that something could not be done with an order: other products are tried, and at times it is left alone.
    fn was_refused(&mut self, command: &Command) {
        let Some(order) = order_of(command) else { return };
        match command {
            Command::Submit { .. }
                if self.forms.get(&order).is_some_and(|(kind, _)| kind.needs().verified) =>
            {
                self.last.insert(order, "open");
            }
            _ if self.once_in(3) => {
                self.last.insert(order, "refused");
            }
            _ => {}
        }
    }

    fn note(&mut self, came: Came) {
        match came {
            Came::Nothing => {}
            Came::Bought { who, instance } => self.instances.push((who, instance)),
            Came::BoughtHost { who, host } => self.hosts.push((who, host)),
            Came::Issued { who, code, typed } => self.codes.push((who, code, typed)),
            Came::Granted { who, code } => self.granted.push((who, code)),
            Came::Verified { who, id } => self.verifications.push((who, id)),
            Came::Opened { who, order, kind, form } => {
                let licence = form.subject.as_ref().and_then(|subject| subject.certificate.number.clone());
                self.licences.extend(licence);
                self.last.insert(order, if kind.needs().verified { "open" } else { "name" });
                self.orders.push((who, order));
                self.forms.insert(order, (kind, *form));
            }
            Came::Filed { order, subject, websites } => {
                let owner = self.orders.iter().find(|(_, other)| *other == order).unwrap().0;
                self.subjects.extend(subject.map(|number| (owner, number)));
                self.websites.extend(websites.into_iter().map(|number| (owner, number)));
            }
        }
    }

    /// What commands can change.
    async fn standing(&self) -> Vec<(String,)> {
        let mut rows = Vec::new();
        for text in STANDING {
            rows.extend(self.story.look::<(String,)>(text).await);
        }
        rows
    }

    async fn keeps_its_promises(&mut self, after: &[Command]) {
        for (promise, broken) in PROMISES {
            let broken = self.story.look::<(i64,)>(broken).await[0].0;
            assert_eq!(broken, 0, "{promise}, but not after {after:?}");
        }
        let ended: BTreeSet<_> =
            self.story.look::<(String,)>(ENDED).await.into_iter().map(|(number,)| number).collect();
        let again: Vec<_> = self.ended.difference(&ended).collect();
        assert!(again.is_empty(), "what is cancelled stays cancelled, but not {again:?} after {after:?}");
        self.ended = ended;
    }
}

fn part(asker: Asker, order: OrderId, part: Part, form: Form) -> SavePart {
    SavePart { asker, order, part, form, seen: None }
}

/// A company that files websites, without products and pictures.
fn company(nth: u64, licence: &str, websites: u16) -> Form {
    let certificate = Certificate { kind: Some(LICENCE), number: text(licence) };
    let form = filled();
    let subject = Subject {
        nature: Some(4),
        name: text("深圳市远山茶业有限公司"),
        certificate,
        certificate_address: text("深圳市南山区科技园路9号2栋301室"),
        investor: text("林晓"),
        ..form.subject.unwrap()
    };
    let websites = (0..websites).map(|of| website(nth, of)).collect();
    Form { subject: Some(subject), websites, ..Form::default() }
}

/// A website of a company with a name and a domain that no other has.
fn website(nth: u64, of: u16) -> Website {
    let stems = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
    let digits = format!("{nth}{of}");
    let told: String = digits.bytes().map(|digit| stems[usize::from(digit - b'0')]).collect();
    let site = Website {
        name: text(&format!("远山{told}茶业网站")),
        services: vec![8],
        pre_approvals: vec![],
        ..filled().websites.remove(0)
    };
    served_as(site, Some(&format!("walk{nth}x{of}.com")))
}

/// The same website under another domain, where there is one.
fn served_as(site: Website, domain: Option<&String>) -> Website {
    let Some(domain) = domain else { return site };
    Website { domains: vec![domain.clone()], home_page: text(&format!("www.{domain}")), ..site }
}

/// A unified social credit code that no other company of the walk has (GB 32100, GB 11714).
fn licence(nth: u64) -> String {
    let organisation = format!("MA{nth:06}");
    let symbols = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let value = |of: u8| symbols.iter().position(|symbol| *symbol == of).unwrap();
    let sum: usize = organisation
        .bytes()
        .map(value)
        .zip([3, 7, 9, 10, 5, 8, 4, 2])
        .map(|(value, weight)| value * weight)
        .sum();
    let check = ["0", "X", "9", "8", "7", "6", "5", "4", "3", "2", "1"][sum % 11];
    let front = format!("91440300{organisation}{check}");
    let symbols = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = |of: u8| symbols.iter().position(|symbol| *symbol == of).unwrap();
    let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let sum: usize = front.bytes().map(value).zip(weights).map(|(value, weight)| value * weight).sum();
    format!("{front}{}", char::from(symbols[(31 - sum % 31) % 31]))
}

fn order_of(command: &Command) -> Option<OrderId> {
    match command {
        Command::Name { order, .. }
        | Command::Submit { order, .. }
        | Command::Withdraw { order, .. }
        | Command::Claim { order }
        | Command::Approve { order }
        | Command::GiveBack { order }
        | Command::Send { order }
        | Command::Answer { order }
        | Command::File { order, .. }
        | Command::Reject { order }
        | Command::Correct { order, .. } => Some(*order),
        _ => None,
    }
}

fn word(command: &Command) -> &'static str {
    match command {
        Command::Buy { .. } => "buy",
        Command::BuyHost { .. } => "buy host",
        Command::Issue { .. } => "issue",
        Command::Release { .. } => "release",
        Command::Grant { .. } => "grant",
        Command::TakeBack { .. } => "take back",
        Command::Verify { .. } => "verify",
        Command::Prove { .. } => "prove",
        Command::Open { .. } | Command::About { .. } => "open",
        Command::Name { .. } => "name",
        Command::Submit { .. } => "submit",
        Command::Withdraw { .. } => "withdraw",
        Command::Claim { .. } => "claim",
        Command::Approve { .. } => "approve",
        Command::GiveBack { .. } => "give back",
        Command::Send { .. } => "send",
        Command::Answer { .. } => "answer",
        Command::File { .. } => "file",
        Command::Reject { .. } => "reject",
        Command::Correct { .. } => "correct",
        Command::List { .. } => "list",
        Command::Unlist { .. } => "unlist",
        Command::Force { .. } => "force",
        Command::Wait { .. } => "wait",
    }
}

/// As it is counted: orders are opened and filed by their kinds.
fn counted_as(command: &Command) -> String {
    match command {
        Command::Open { .. } => format!("open {}", Kind::FirstFiling.word()),
        Command::About { kind, .. } => format!("open {}", kind.word()),
        Command::File { kind, .. } => format!("file {}", kind.word()),
        _ => word(command).to_owned(),
    }
}

/// What has not been done yet, of all that has to be.
fn missing(tally: &BTreeMap<String, [u64; 3]>) -> Vec<String> {
    let kinds = ABOUT.into_iter().chain([Kind::FirstFiling]);
    let of_kinds = kinds.flat_map(|kind| ["open", "file"].map(|word| format!("{word} {}", kind.word())));
    let mut missing: Vec<_> = of_kinds.chain(WORDS.map(str::to_owned)).collect();
    missing.retain(|word| tally.get(word).is_none_or(|of| of[0] == 0));
    missing
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_several_accounts_do_at_once_no_promise_is_broken() {
    let most = std::env::var("KEBEI_WALK").ok().map_or(COMMANDS, |most| most.parse().unwrap());
    for (engine, seed) in ENGINES.into_iter().zip(1..) {
        let story = Story::under(engine, CommitHook::default(), &rules()).await;
        let mut walk = Walk::on(&story, seed).await;
        let mut tally = BTreeMap::<String, [u64; 3]>::new();
        while walk.given < most || (walk.given < 3 * most && !missing(&tally).is_empty()) {
            let together = walk.below(AT_ONCE) + 1;
            let mut commands = Vec::new();
            for _ in 0..together {
                commands.extend(walk.next().await);
            }
            let before = if commands.len() == 1 { walk.standing().await } else { Vec::new() };
            let given = walk.given;
            let done = join_all((given..).zip(&commands).map(|(nth, command)| walk.does(command, nth))).await;
            walk.given += u64::try_from(commands.len()).unwrap();
            for (command, done) in commands.iter().zip(done) {
                let counted = tally.entry(counted_as(command)).or_default();
                match done {
                    Ok(came) => {
                        counted[0] += 1;
                        walk.did(command);
                        walk.note(came);
                    }
                    Err(Refused::Busy) => counted[2] += 1,
                    Err(Refused::Why(why)) => {
                        counted[1] += 1;
                        walk.was_refused(command);
                        if commands.len() == 1 {
                            assert_eq!(
                                walk.standing().await,
                                before,
                                "{engine:?} {command:?} was refused: {why}"
                            );
                        }
                    }
                }
            }
            walk.keeps_its_promises(&commands).await;
        }
        println!("{engine:?}, {} commands, [done, refused, busy]: {tally:?}", walk.given);
        let missing = missing(&tally);
        assert!(missing.is_empty(), "{engine:?}: never done: {missing:?} of {tally:?}");
        assert!(story.is_sound().await, "{engine:?}");
    }
}
