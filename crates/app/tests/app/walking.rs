//! Random lives on one desk: several accounts, staff and the bureau do at random what may be done and what may not, partly at the
//! same time and partly for what is another's. After each step the rows are held against what SPEC 4 to 6 promises, and after a
//! command that was refused they are what they were.
//!
//! `KEBEI_WALK` says how many commands are given, where it should be more than in every run of the tests.

use crate::{
    Story, codes,
    filers::{filled, operator, reviewer, text},
    key, rand_chacha_of, server,
};
use app::{
    Asker, Failure,
    codes::{GrantCode, ReleaseCode, Which, WithdrawGrant},
    orders::{
        CorrectOrder, OpenOrder, SavePart, SubmitOrder, WithdrawOrder,
        bureau::{ConfirmSms, FileOrder, RejectOrder, SendOrder},
        review::{ApproveOrder, ReturnOrder, Said, SayRemark},
    },
    verification::{Proof, VerifyProduct},
};
use filing::orders::{Certificate, Form, Kind, Part};
use futures_util::future::join_all;
use jiff::SignedDuration;
use rand_chacha::{ChaCha20Rng, rand_core::Rng};
use rulebook::Facts;
use std::collections::BTreeMap;
use store::{CodeId, OrderId};
use testbed::{ENGINES, PROMISES};

const COMMANDS: u64 = 1_500;
const PEOPLE: usize = 4;
/// Commands given at the same time at most.
const AT_ONCE: usize = 4;

/// What commands can change, as rows.
const STANDING: [&str; 4] = [
    "SELECT state || ' ' || CAST(version AS TEXT) || ' ' || CAST(round AS TEXT) AS what FROM orders ORDER BY id",
    "SELECT state || ' ' || CAST(counted AS TEXT) || CASE WHEN grantee IS NULL THEN '' ELSE ' granted' END AS what
     FROM codes ORDER BY id",
    "SELECT CAST(taken AS TEXT) || ' ' || CAST(used AS TEXT) AS what FROM quota_places ORDER BY owner, product",
    "SELECT COALESCE(CAST(used_at AS TEXT), '-') AS what FROM verifications ORDER BY id",
];

#[derive(Clone, Debug)]
enum Command {
    Buy { who: usize },
    Issue { who: usize, instance: String },
    Release { code: CodeId },
    Grant { who: usize, code: CodeId, to: usize },
    TakeBack { who: usize, code: CodeId },
    Verify { who: usize, code: String },
    Open { who: usize },
    Name { who: usize, order: OrderId, verification: String },
    Submit { who: usize, order: OrderId },
    Withdraw { who: usize, order: OrderId },
    Claim { order: OrderId },
    Approve { order: OrderId },
    GiveBack { order: OrderId },
    Send { order: OrderId },
    Answer { order: OrderId },
    File { order: OrderId },
    Reject { order: OrderId },
    Correct { who: usize, order: OrderId },
    Wait { minutes: i64 },
}

/// All that has to be done in a run, or it has shown nothing.
const WORDS: [&str; 19] = [
    "answer",
    "approve",
    "buy",
    "claim",
    "correct",
    "file",
    "give back",
    "grant",
    "issue",
    "name",
    "open",
    "reject",
    "release",
    "send",
    "submit",
    "take back",
    "verify",
    "wait",
    "withdraw",
];

/// What a command came to.
enum Came {
    Nothing,
    Bought { who: usize, instance: String },
    Issued { who: usize, code: CodeId, typed: String },
    Granted { who: usize, code: CodeId },
    Verified { who: usize, id: String },
    Opened { who: usize, order: OrderId, form: Box<Form> },
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
    /// Whose each is.
    codes: Vec<(usize, CodeId, String)>,
    granted: Vec<(usize, CodeId)>,
    verifications: Vec<(usize, String)>,
    orders: Vec<(usize, OrderId)>,
    /// What was last done with each order, as far as the walk knows.
    last: BTreeMap<OrderId, &'static str>,
    forms: BTreeMap<OrderId, Form>,
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
            codes: Vec::new(),
            granted: Vec::new(),
            verifications: Vec::new(),
            orders: Vec::new(),
            last: BTreeMap::new(),
            forms: BTreeMap::new(),
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
    fn next(&mut self) -> Option<Command> {
        Some(match self.below(30) {
            0 => Command::Buy { who: self.person() },
            1..=3 => {
                let (owner, instance) = self.one_of(&self.instances.clone())?;
                Command::Issue { who: self.mostly(owner), instance }
            }
            4 => Command::Release { code: self.one_of(&self.codes.clone())?.1 },
            5 => {
                let (owner, code, _) = self.one_of(&self.codes.clone())?;
                Command::Grant { who: self.mostly(owner), code, to: self.person() }
            }
            6 => {
                let (owner, code) = self.one_of(&self.granted.clone())?;
                Command::TakeBack { who: self.mostly(owner), code }
            }
            7..=9 => {
                let (owner, _, code) = self.one_of(&self.codes.clone())?;
                Command::Verify { who: self.mostly(owner), code }
            }
            10 => Command::Open { who: self.person() },
            11..=13 => {
                let (who, order) = self.order(&["open", "correct", "give back"])?;
                let of = self.mostly(who);
                let his: Vec<_> =
                    self.verifications.iter().filter(|(owner, _)| *owner == of).cloned().collect();
                let (_, verification) =
                    if self.once_in(4) { self.one_of(&his)? } else { his.last()?.clone() };
                Command::Name { who, order, verification }
            }
            14 | 15 => self.order(&["name", "send"]).map(|(who, order)| Command::Submit { who, order })?,
            16 if self.once_in(3) => {
                self.order(&["submit", "approve"]).map(|(who, order)| Command::Withdraw { who, order })?
            }
            16..=19 => Command::Claim { order: self.order(&["submit"])?.1 },
            20..=22 => Command::Approve { order: self.order(&["claim"])?.1 },
            23 => Command::GiveBack { order: self.order(&["claim"])?.1 },
            24 | 25 => Command::Send { order: self.order(&["approve"])?.1 },
            26 => Command::Answer { order: self.order(&["send"])?.1 },
            27 if self.once_in(3) => Command::Reject { order: self.order(&["answer", "send"])?.1 },
            27 => Command::File { order: self.order(&["answer"])?.1 },
            28 => self.order(&["reject"]).map(|(who, order)| Command::Correct { who, order })?,
            // A claim lasts longer than most waits, and an unanswered text message not so long as some.
            _ if self.once_in(10) => Command::Wait { minutes: 60 * 25 },
            _ => Command::Wait { minutes: i64::try_from(self.below(10)).unwrap() },
        })
    }

    /// Does a command that has that number.
    async fn does(&self, command: &Command, nth: u64) -> Done {
        let (desk, people) = (&self.story.desk, &self.people);
        let asker = |who: &usize| people[*who].clone();
        let key = key(&format!("k-{nth}"));
        let moved = |answer: Result<(), Refused>| answer.map(|()| Came::Nothing);
        match command {
            Command::Buy { who } => {
                let instance = format!("i-{nth}");
                let public_ips = Some(vec!["47.96.0.1".parse().unwrap()]);
                desk.record_instance(Facts { public_ips, ..server(&instance, &people[*who]) }).await.unwrap();
                Ok(Came::Bought { who: *who, instance })
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
            Command::Open { who } => self.open(*who, nth).await,
            Command::Name { who, order, verification } => {
                let mut form = self.forms[order].clone();
                form.websites[0].verification = Some(verification.clone());
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
            Command::File { order } => {
                let number = format!("粤ICP备{nth:08}号");
                let website_numbers = vec![format!("{number}-1")];
                let subject_number = Some(number);
                let ask = FileOrder { operator: operator(), order: *order, subject_number, website_numbers };
                moved(told(desk.file_order(ask, key).await).map(drop))
            }
            Command::Reject { order } => {
                let ask =
                    RejectOrder { operator: operator(), order: *order, reason: "证件已过期".to_owned() };
                moved(told(desk.reject_order(ask, key).await).map(drop))
            }
            Command::Correct { who, order } => {
                let ask = CorrectOrder { asker: asker(who), order: *order };
                let draft = told(desk.correct_order(ask, key).await)?.answer.order;
                Ok(Came::Opened { who: *who, order: draft, form: Box::new(self.forms[order].clone()) })
            }
            Command::Wait { minutes } => {
                self.story.clock.pass(SignedDuration::from_mins(*minutes));
                desk.watch_deadlines().await.unwrap();
                Ok(Came::Nothing)
            }
        }
    }

    /// Opens an order of somebody who files for the first time, with all but its product.
    async fn open(&self, who: usize, nth: u64) -> Done {
        let (desk, asker) = (&self.story.desk, self.people[who].clone());
        let ask = OpenOrder { asker: asker.clone(), kind: Kind::FirstFiling };
        let order = told(desk.open_order(ask, Some(key(&format!("k-{nth}")))).await)?.answer.order;
        let mut form = filled();
        let card = Certificate { kind: Some(2), number: Some(card(nth)) };
        let subject = form.subject.as_mut().unwrap();
        subject.certificate = card.clone();
        subject.person.certificate = card.clone();
        form.websites[0].person.certificate = card;
        form.websites[0].domains = vec![format!("walk{nth}.com")];
        form.websites[0].home_page = text(&format!("www.walk{nth}.com"));
        form.materials = self.story.pictures(order).await;
        for of in [Part::Subject, Part::Websites, Part::Materials] {
            told(desk.save_part(part(asker.clone(), order, of, form.clone())).await)?;
        }
        Ok(Came::Opened { who, order, form: Box::new(form) })
    }

    async fn give_back_any(&self, order: OrderId, key: app::IdempotencyKey) -> Done {
        let desk = &self.story.desk;
        let said = Said::Mend {
            problem: "网站产品需要更换。".to_owned(), suggestion: "请更换。".to_owned()
        };
        let path = "websites[0].verification".to_owned();
        let remark = SayRemark { reviewer: reviewer(), order, path, said };
        told(desk.say_remark(remark).await)?;
        told(desk.return_order(ReturnOrder { reviewer: reviewer(), order }, Some(key)).await)
            .map(|_| Came::Nothing)
    }

    fn note(&mut self, came: Came) {
        match came {
            Came::Nothing => {}
            Came::Bought { who, instance } => self.instances.push((who, instance)),
            Came::Issued { who, code, typed } => self.codes.push((who, code, typed)),
            Came::Granted { who, code } => self.granted.push((who, code)),
            Came::Verified { who, id } => self.verifications.push((who, id)),
            Came::Opened { who, order, form } => {
                self.last.insert(order, "open");
                self.orders.push((who, order));
                self.forms.insert(order, *form);
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

    async fn keeps_its_promises(&self, after: &[Command]) {
        for (promise, broken) in PROMISES {
            let broken = self.story.look::<(i64,)>(broken).await[0].0;
            assert_eq!(broken, 0, "{promise}, but not after {after:?}");
        }
    }
}

fn part(asker: Asker, order: OrderId, part: Part, form: Form) -> SavePart {
    SavePart { asker, order, part, form, seen: None }
}

/// The number of an ID card that nobody else in the walk has (GB 11643).
fn card(nth: u64) -> String {
    let born = 19_700_101 + nth / 1000 % 10_000 / 28 * 10_000 + nth / 1000 % 28;
    let front = format!("440305{born}{:03}", nth % 1000);
    let weighed = front.bytes().zip([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    let sum: u32 = weighed.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = b"10X98765432"[usize::try_from(sum % 11).unwrap()];
    format!("{front}{}", char::from(check))
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
        | Command::File { order }
        | Command::Reject { order }
        | Command::Correct { order, .. } => Some(*order),
        _ => None,
    }
}

fn word(command: &Command) -> &'static str {
    match command {
        Command::Buy { .. } => "buy",
        Command::Issue { .. } => "issue",
        Command::Release { .. } => "release",
        Command::Grant { .. } => "grant",
        Command::TakeBack { .. } => "take back",
        Command::Verify { .. } => "verify",
        Command::Open { .. } => "open",
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
        Command::Wait { .. } => "wait",
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_several_accounts_do_at_once_no_promise_is_broken() {
    let most = std::env::var("KEBEI_WALK").ok().map_or(COMMANDS, |most| most.parse().unwrap());
    for (engine, seed) in ENGINES.into_iter().zip(1..) {
        let story = Story::on(engine).await;
        let mut walk = Walk::on(&story, seed).await;
        let mut tally = BTreeMap::<_, [u64; 3]>::new();
        while walk.given < most {
            let together = walk.below(AT_ONCE) + 1;
            let commands: Vec<Command> = (0..together).filter_map(|_| walk.next()).collect();
            let before = if commands.len() == 1 { walk.standing().await } else { Vec::new() };
            let given = walk.given;
            let done = join_all((given..).zip(&commands).map(|(nth, command)| walk.does(command, nth))).await;
            walk.given += u64::try_from(commands.len()).unwrap();
            for (command, done) in commands.iter().zip(done) {
                let counted = tally.entry(word(command)).or_default();
                match done {
                    Ok(came) => {
                        counted[0] += 1;
                        if let Some(order) = order_of(command) {
                            walk.last.insert(order, word(command));
                        }
                        walk.note(came);
                    }
                    Err(Refused::Busy) => counted[2] += 1,
                    Err(Refused::Why(why)) => {
                        counted[1] += 1;
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
        let missing: Vec<_> =
            WORDS.iter().filter(|word| tally.get(*word).is_none_or(|of| of[0] == 0)).collect();
        assert!(missing.is_empty(), "{engine:?}: never done: {missing:?} of {tally:?}");
        assert!(story.is_sound().await, "{engine:?}");
    }
}
