//! Random lives on one desk: several accounts, staff and the bureau do at random what may be done and what may not, partly at the
//! same time and partly for what is another's. Orders are of every kind, for one website or two, behind codes and behind hosts; numbers
//! end, by their owners and by authority, and companies come on the blacklist and off it. After each step nothing that was cancelled is
//! back, every so often the rows are held against what SPEC 4 to 7 promises, and after a command that was refused they are what they were.
//!
//! `KEBEI_WALK` says how many commands are given, where it should be more than in every run of the tests.

mod choosing;
mod commands;
mod doing;
mod forms;

use crate::{Story, rand_chacha_of};
use app::Asker;
use choosing::ABOUT;
use commands::{Came, Command, Refused, WORDS, counted_as, order_of, word};
use filing::orders::{Form, Kind};
use futures_util::future::join_all;
use rand_chacha::ChaCha20Rng;
use rulebook::ALIYUN;
use std::collections::{BTreeMap, BTreeSet};
use store::{CodeId, CommitHook, OrderId};
use testbed::{ENGINES, PROMISES};

/// Commands in a run, and thrice as many until each has been done.
const COMMANDS: u64 = 2_400;

/// Customers.
const PEOPLE: usize = 4;

/// Kinds of orders of which one is filed at least.
const MOST_KINDS: usize = 4;
/// Commands given at the same time at most.
const AT_ONCE: usize = 4;
/// Steps from one look at all promises to the next: what breaks one stays broken, and looking takes longer than a step.
const STEPS: usize = 20;

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

/// The rules under which a host has two places only, so that they run out.
fn rules() -> String {
    let five = "quota = { codes = 5, per = \"instance\", source = [\"001\"] }";
    assert_eq!(ALIYUN.matches(five).count(), 1);
    ALIYUN.replace(five, &five.replace('5', "2"))
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
            // What is in its way now ends some time.
            Command::Submit { .. } if !self.once_in(8) => {}
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
            Came::Renamed { from, to } => {
                // What is cancelled stays so under the number that it has in truth.
                if self.ended.remove(&from) {
                    self.ended.insert(to.clone());
                }
                let mut all = self.websites.iter_mut();
                if let Some((_, number)) = all.find(|(_, number)| *number == from) {
                    *number = to;
                }
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

    async fn keeps_its_promises(&self, after: &[Command]) {
        for (promise, broken) in PROMISES {
            let broken = self.story.look::<(i64,)>(broken).await[0].0;
            assert_eq!(broken, 0, "{promise}, but not after some of {after:?}");
        }
    }

    async fn restores_nothing(&mut self, after: &[Command]) {
        let ended: BTreeSet<_> =
            self.story.look::<(String,)>(ENDED).await.into_iter().map(|(number,)| number).collect();
        let again: Vec<_> = self.ended.difference(&ended).collect();
        assert!(again.is_empty(), "what is cancelled stays cancelled, but not {again:?} after {after:?}");
        self.ended = ended;
    }
}

/// What has not been done yet, of all that has to be.
fn missing(tally: &BTreeMap<String, [u64; 3]>) -> Vec<String> {
    let done = |word: &str| tally.get(word).is_some_and(|of| of[0] > 0);
    let kinds = || ABOUT.into_iter().chain([Kind::FirstFiling]).map(Kind::word);
    let opened = kinds().map(|kind| format!("open {kind}"));
    let mut missing: Vec<_> = opened.chain(WORDS.map(str::to_owned)).filter(|word| !done(word)).collect();
    // Orders about one number keep each other from the bureau: which of the kinds come through in one walk is chance.
    if kinds().filter(|kind| done(&format!("file {kind}"))).count() < MOST_KINDS {
        missing.push("file most kinds".to_owned());
    }
    missing
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_several_accounts_do_at_once_no_promise_is_broken() {
    let most = std::env::var("KEBEI_WALK").ok().map_or(COMMANDS, |most| most.parse().unwrap());
    for (engine, seed) in ENGINES.into_iter().zip(1..) {
        let story = Story::under(engine, CommitHook::default(), &rules()).await;
        let mut walk = Walk::on(&story, seed).await;
        let (mut tally, mut unchecked) = (BTreeMap::<String, [u64; 3]>::new(), Vec::new());
        while walk.given < most || (walk.given < 3 * most && !missing(&tally).is_empty()) {
            let together = walk.below(AT_ONCE) + 1;
            let mut commands = Vec::new();
            for _ in 0..together {
                commands.extend(walk.next().await);
            }
            // Time passes before the others begin: no clock is minutes behind what others of its desk just did.
            commands.sort_by_key(|command| !matches!(command, Command::Wait { .. }));
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
            walk.restores_nothing(&commands).await;
            unchecked.push(commands);
            if unchecked.len() == STEPS {
                walk.keeps_its_promises(&unchecked.concat()).await;
                unchecked.clear();
            }
        }
        walk.keeps_its_promises(&unchecked.concat()).await;
        println!("{engine:?}, {} commands, [done, refused, busy]: {tally:?}", walk.given);
        let missing = missing(&tally);
        assert!(missing.is_empty(), "{engine:?}: never done: {missing:?} of {tally:?}");
        assert!(story.is_sound().await, "{engine:?}");
    }
}
