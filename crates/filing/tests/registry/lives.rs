//! Whole lives of filing numbers at random: filed, taken over, changed, dropped, hosted again, cancelled in the four ways, closed by
//! force with all their websites, and filed anew. They are held against SPEC 7 as it is written here a second time, without the tables.

use filing::registry::{
    Duty, Event, Machine, NotServed, Reason, Risk, Serving, State, WatchRule, Watched, Weight, Who, risks,
    serving, step_of,
};
use jiff::{SignedDuration, Timestamp};
use proptest::{
    collection::vec,
    num::u64::ANY,
    test_runner::{Config, TestRunner},
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use State::{AccessDropped, Active, Cancelled};

/// Histories, and what happens in each at most.
const HISTORIES: u32 = if cfg!(debug_assertions) { 100_000 } else { 1_000_000 };
const LONGEST: usize = 32;
/// Domains, and subjects of one history: few, so that they meet again.
const DOMAINS: usize = 3;
const SUBJECTS: usize = 3;

/// Where it comes to when that happens, as the law says it; `None` where it must not happen.
fn law(machine: Machine, from: Option<State>, by: Event, why: Option<Reason>, who: Who) -> Option<State> {
    let is_website = machine == Machine::Website;
    let Some(from) = from else {
        return match (by, why, who) {
            (Event::File, None, Who::Bureau) | (Event::Import, None, Who::Operator) => Some(Active),
            (Event::ImportDropped, None, Who::Operator) if is_website => Some(AccessDropped),
            (Event::ImportCancelled, None, Who::Operator) => Some(Cancelled),
            _ => None,
        };
    };
    let (to, may) = match (by, why) {
        // A slip of the keyboard is mended wherever it stands.
        (Event::Correct, None) => (from, who == Who::Operator),
        // Cancelled is for ever.
        _ if from == Cancelled => return None,
        (Event::Change, None) => (from, who == Who::Bureau),
        (Event::AddAccess, None) => (Active, is_website && who == Who::Bureau),
        (Event::HostElsewhere | Event::LeaveElsewhere, None) => {
            (AccessDropped, from == AccessDropped && matches!(who, Who::Owner | Who::Operator))
        }
        (Event::EndAccess, Some(Reason::InstanceExpired | Reason::InstanceReleased)) => {
            (Active, is_website && from == Active && who == Who::Desk)
        }
        (Event::DropAccess, Some(why)) => (AccessDropped, is_website && from == Active && ends(why, who)),
        (Event::Cancel, Some(why)) => (Cancelled, cancels(is_website, from, why, who)),
        _ => return None,
    };
    may.then_some(to)
}

/// Why an access ends, and who says so.
fn ends(why: Reason, who: Who) -> bool {
    match why {
        Reason::ByOwner => matches!(who, Who::Bureau | Who::Operator),
        Reason::InstanceExpired | Reason::InstanceReleased => matches!(who, Who::Desk | Who::Operator),
        Reason::InformationUntrue | Reason::ByAuthority => who == Who::Operator,
        Reason::ByNewDomainHolder | Reason::AccessDroppedTooLong => false,
    }
}

/// The four ways in which a number is cancelled.
fn cancels(is_website: bool, from: State, why: Reason, who: Who) -> bool {
    match why {
        Reason::ByOwner => matches!(who, Who::Bureau | Who::Operator),
        Reason::ByNewDomainHolder => is_website && who == Who::Operator,
        Reason::AccessDroppedTooLong => who == Who::Operator && !(is_website && from == Active),
        Reason::ByAuthority => who == Who::TwoPeople,
        Reason::InstanceExpired | Reason::InstanceReleased | Reason::InformationUntrue => false,
    }
}

/// Where a number can stand before something happens.
const FROM: [Option<State>; 4] = [None, Some(Active), Some(AccessDropped), Some(Cancelled)];

/// Everything that could be tried with a number, and by whom.
fn tries() -> impl Iterator<Item = (Machine, Option<State>, Event, Option<Reason>, Who)> {
    let reasons = || Reason::ALL.into_iter().map(Some).chain([None]);
    let whats = move || Event::ALL.into_iter().flat_map(move |by| reasons().map(move |why| (by, why)));
    let ways = move || whats().flat_map(|(by, why)| Who::ALL.map(|who| (by, why, who)));
    let all =
        move |machine| FROM.into_iter().flat_map(move |from| ways().map(move |way| (machine, from, way)));
    Machine::ALL
        .into_iter()
        .flat_map(all)
        .map(|(machine, from, (by, why, who))| (machine, from, by, why, who))
}

#[test]
fn the_tables_allow_what_the_law_says_and_nothing_else() {
    for (machine, from, by, why, who) in tries() {
        // The number of a subject never stands there.
        if (machine, from) != (Machine::Subject, Some(AccessDropped)) {
            let found = step_of(machine, from, by, why, who).ok().map(|step| step.to);
            assert_eq!(
                found,
                law(machine, from, by, why, who),
                "{machine:?} {from:?} {by:?} {why:?} {who:?}"
            );
        }
    }
}

/// What is drawn for one thing that happens.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        let most = u64::try_from(most).unwrap();
        let drawn = self.0 % most;
        self.0 /= most;
        usize::try_from(drawn).unwrap()
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

struct Subject {
    number: u32,
    state: State,
    websites: Vec<Website>,
}

struct Website {
    number: u32,
    state: State,
    /// On how many instances it is hosted here.
    open: u32,
    domain: usize,
    dropped_at: Option<Timestamp>,
}

/// How often each thing happened, and was refused: by whose number, where it stood, and what was tried.
#[derive(Default)]
struct Tally {
    done: [[[u64; Event::ALL.len()]; 4]; 2],
    refused: [[[u64; Event::ALL.len()]; 4]; 2],
    /// Reasons for which websites and subjects were cancelled, and accesses ended.
    reasons: BTreeMap<(&'static str, &'static str), u64>,
    /// What else is to be seen.
    seen: BTreeMap<&'static str, u64>,
}

impl Tally {
    fn count(&mut self, machine: Machine, from: Option<State>, by: Event, is_done: bool) {
        let of = if is_done { &mut self.done } else { &mut self.refused };
        of[machine as usize][from.map_or(0, |from| from as usize + 1)][by as usize] += 1;
    }

    fn sees(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }
}

/// What must be seen in many histories.
const SEEN: [&str; 16] = [
    "a domain is taken",
    "a listed domain is not filed",
    "a number is told its four duties",
    "a website is closed with its subject by force",
    "a website is filed anew and gets another number",
    "a website is hosted again",
    "a website is hosted nowhere for long and stays",
    "a website is listed and served no more",
    "a website is served",
    "a website that was cancelled is not served",
    "a website that was dropped is not served",
    "an ended instance ends an access by itself",
    "an ended instance ends the last access by itself",
    "of a cancelled subject nothing is filed",
    "of a subject that is hosted here it is not said that it is hosted nowhere",
    "what is over is ended again",
];

/// The registry in one history.
struct Registry<'t> {
    tally: &'t mut Tally,
    now: Timestamp,
    subjects: Vec<Subject>,
    /// Domains of websites that are not cancelled, by subject and website.
    domains: [Option<(usize, usize)>; DOMAINS],
    /// Domains whose website was cancelled, and that were not filed anew.
    closed: [bool; DOMAINS],
    listed: [bool; DOMAINS],
    /// Numbers that the bureau gave.
    given: u32,
    numbers: BTreeSet<u32>,
    cancelled: BTreeSet<u32>,
}

impl<'t> Registry<'t> {
    fn new(tally: &'t mut Tally) -> Self {
        Self {
            tally,
            now: "2020-11-01T01:00:00Z".parse().unwrap(),
            subjects: Vec::new(),
            domains: [None; DOMAINS],
            closed: [false; DOMAINS],
            listed: [false; DOMAINS],
            given: 0,
            numbers: BTreeSet::new(),
            cancelled: BTreeSet::new(),
        }
    }

    /// Asks the tables, and holds what they say against the law.
    fn asks(
        &mut self,
        machine: Machine,
        from: Option<State>,
        by: Event,
        why: Option<Reason>,
        who: Who,
    ) -> Option<State> {
        let found = step_of(machine, from, by, why, who).ok().map(|step| step.to);
        assert_eq!(found, law(machine, from, by, why, who), "{machine:?} {from:?} {by:?} {why:?} {who:?}");
        self.tally.count(machine, from, by, found.is_some());
        if let (Some(_), Some(why)) = (found, why) {
            let key = (if by == Event::Cancel { machine.word() } else { "access" }, why.word());
            *self.tally.reasons.entry(key).or_default() += 1;
        }
        found
    }

    /// A number that nothing had before.
    fn gives(&mut self) -> u32 {
        self.given += 1;
        assert!(self.numbers.insert(self.given), "a number is given once");
        self.given
    }

    fn happens(&mut self, mut dice: Dice) {
        match dice.below(16) {
            0 | 1 => self.first_filing(&mut dice),
            2 => self.takes_over(&mut dice),
            3 => self.add_website(&mut dice),
            4 | 5 => self.add_access(&mut dice),
            6 | 7 => self.ends_access(&mut dice),
            8 => self.cancels_website(&mut dice),
            9 => self.cancels_subject(&mut dice),
            10 => self.closes_by_force(&mut dice),
            11 => self.changes(&mut dice),
            12 => self.corrects(&mut dice),
            13 => self.time_passes(&mut dice),
            14 => self.lists(&mut dice),
            _ => self.tries(&mut dice),
        }
    }

    fn first_filing(&mut self, dice: &mut Dice) {
        if self.subjects.len() == SUBJECTS {
            return;
        }
        let state = self.asks(Machine::Subject, None, Event::File, None, Who::Bureau).unwrap();
        let number = self.gives();
        self.subjects.push(Subject { number, state, websites: Vec::new() });
        let subject = self.subjects.len() - 1;
        for _ in 0..=dice.below(2) {
            self.files(subject, dice.below(DOMAINS), Event::File);
        }
    }

    /// It was filed before this desk kept it.
    fn takes_over(&mut self, dice: &mut Dice) {
        if self.subjects.len() == SUBJECTS {
            return;
        }
        let by = dice.of(&[Event::Import, Event::Import, Event::ImportDropped, Event::ImportCancelled]);
        let Some(state) = self.asks(Machine::Subject, None, by, None, Who::Operator) else { return };
        let number = self.gives();
        self.subjects.push(Subject { number, state, websites: Vec::new() });
        let by = dice.of(&[Event::Import, Event::ImportDropped, Event::ImportCancelled]);
        self.files(self.subjects.len() - 1, dice.below(DOMAINS), by);
    }

    fn add_website(&mut self, dice: &mut Dice) {
        if let Some(subject) = self.subject(dice) {
            self.files(subject, dice.below(DOMAINS), Event::File);
        }
    }

    /// A website becomes known here, under a new number.
    fn files(&mut self, subject: usize, domain: usize, by: Event) {
        if self.subjects[subject].state == Cancelled {
            return self.tally.sees("of a cancelled subject nothing is filed");
        }
        let who = if by == Event::File { Who::Bureau } else { Who::Operator };
        let is_cancelled = by == Event::ImportCancelled;
        if !is_cancelled && self.domains[domain].is_some() {
            return self.tally.sees("a domain is taken");
        }
        if by == Event::File && self.listed[domain] {
            return self.tally.sees("a listed domain is not filed");
        }
        let state = self.asks(Machine::Website, None, by, None, who).unwrap();
        let number = self.gives();
        let open = u32::from(state == Active);
        let dropped_at = (state == AccessDropped).then_some(self.now);
        if !is_cancelled {
            self.domains[domain] = Some((subject, self.subjects[subject].websites.len()));
            if std::mem::take(&mut self.closed[domain]) {
                self.tally.sees("a website is filed anew and gets another number");
            }
        }
        self.subjects[subject].websites.push(Website { number, state, open, domain, dropped_at });
    }

    fn subject(&self, dice: &mut Dice) -> Option<usize> {
        (!self.subjects.is_empty()).then(|| dice.below(self.subjects.len()))
    }

    fn website(&self, dice: &mut Dice) -> Option<(usize, usize)> {
        let subject = self.subject(dice)?;
        let websites = self.subjects[subject].websites.len();
        (websites > 0).then(|| (subject, dice.below(websites)))
    }

    /// Something is asked about a website, by the tables.
    fn asks_of(
        &mut self,
        (subject, website): (usize, usize),
        by: Event,
        why: Option<Reason>,
        who: Who,
    ) -> bool {
        let from = self.subjects[subject].websites[website].state;
        let Some(to) = self.asks(Machine::Website, Some(from), by, why, who) else { return false };
        let now = self.now;
        let website = &mut self.subjects[subject].websites[website];
        website.state = to;
        match by {
            Event::AddAccess => website.open += 1,
            Event::EndAccess => website.open -= 1,
            Event::DropAccess | Event::Cancel => website.open = 0,
            _ => {}
        }
        match by {
            Event::AddAccess => website.dropped_at = None,
            Event::DropAccess => website.dropped_at = Some(now),
            Event::Cancel => {
                self.domains[website.domain] = None;
                self.closed[website.domain] = true;
                self.cancelled.insert(website.number);
            }
            _ => {}
        }
        true
    }

    fn add_access(&mut self, dice: &mut Dice) {
        let Some(at) = self.website(dice) else { return };
        let before = self.subjects[at.0].websites[at.1].state;
        if self.asks_of(at, Event::AddAccess, None, Who::Bureau) && before == AccessDropped {
            self.tally.sees("a website is hosted again");
        }
    }

    fn ends_access(&mut self, dice: &mut Dice) {
        let Some(at) = self.website(dice) else { return };
        let open = self.subjects[at.0].websites[at.1].open;
        let by = if open > 1 { Event::EndAccess } else { Event::DropAccess };
        let (why, who) = (dice.of(&Reason::ALL), dice.of(&Who::ALL));
        self.asks_of(at, by, Some(why), who);
    }

    fn cancels_website(&mut self, dice: &mut Dice) {
        let Some(at) = self.website(dice) else { return };
        let was = self.subjects[at.0].websites[at.1].state;
        let (why, who) = (dice.of(&FOUR), dice.of(&Who::ALL));
        let is_done = self.asks_of(at, Event::Cancel, Some(why), who);
        if was == Cancelled {
            assert!(!is_done);
            self.tally.sees("what is over is ended again");
        }
    }

    /// A subject is cancelled with all its websites, or nothing is.
    fn cancels_subject(&mut self, dice: &mut Dice) {
        let Some(subject) = self.subject(dice) else { return };
        let (why, who) = (dice.of(&FOUR), dice.of(&Who::ALL));
        let is_hosted = self.subjects[subject].websites.iter().any(|website| website.state == Active);
        if why == Reason::AccessDroppedTooLong && is_hosted {
            return self
                .tally
                .sees("of a subject that is hosted here it is not said that it is hosted nowhere");
        }
        self.closes(subject, why, who);
    }

    fn closes_by_force(&mut self, dice: &mut Dice) {
        let Some(subject) = self.subject(dice) else { return };
        let living = |of: &Subject| of.websites.iter().filter(|one| one.state != Cancelled).count();
        let before = living(&self.subjects[subject]);
        if !self.closes(subject, Reason::ByAuthority, Who::TwoPeople) {
            return;
        }
        assert_eq!(living(&self.subjects[subject]), 0, "force takes every website");
        if before > 0 {
            self.tally.sees("a website is closed with its subject by force");
        }
        if dice.below(2) == 0 {
            let domains = self.subjects[subject].websites.iter().map(|website| website.domain);
            for domain in domains.collect::<Vec<_>>() {
                self.listed[domain] = true;
            }
        }
    }

    /// A domain comes on the blacklist, or off it.
    fn lists(&mut self, dice: &mut Dice) {
        let domain = dice.below(DOMAINS);
        self.listed[domain] = !self.listed[domain];
    }

    /// Whether a subject was cancelled. Where it may be, each of its websites may be, so that none is left.
    fn closes(&mut self, subject: usize, why: Reason, who: Who) -> bool {
        let from = self.subjects[subject].state;
        let Some(to) = self.asks(Machine::Subject, Some(from), Event::Cancel, Some(why), who) else {
            return false;
        };
        for website in 0..self.subjects[subject].websites.len() {
            if self.subjects[subject].websites[website].state != Cancelled {
                assert!(self.asks_of((subject, website), Event::Cancel, Some(why), who), "{why:?} {who:?}");
            }
        }
        let subject = &mut self.subjects[subject];
        subject.state = to;
        self.cancelled.insert(subject.number);
        true
    }

    fn changes(&mut self, dice: &mut Dice) {
        let Some(subject) = self.subject(dice) else { return };
        let from = self.subjects[subject].state;
        self.asks(Machine::Subject, Some(from), Event::Change, None, Who::Bureau);
        if let Some(at) = self.website(dice) {
            self.asks_of(at, Event::Change, None, Who::Bureau);
        }
    }

    /// A number was recorded with a slip: it stands where it stood, under another.
    fn corrects(&mut self, dice: &mut Dice) {
        let Some((subject, website)) = self.website(dice) else { return };
        let from = self.subjects[subject].state;
        assert_eq!(self.asks(Machine::Subject, Some(from), Event::Correct, None, Who::Operator), Some(from));
        assert!(self.asks_of((subject, website), Event::Correct, None, Who::Operator));
        let number = self.gives();
        let website = &mut self.subjects[subject].websites[website];
        let was = std::mem::replace(&mut website.number, number);
        if self.cancelled.remove(&was) {
            self.cancelled.insert(number);
        }
    }

    /// Days pass. What the desk then does by itself about an instance that is gone ends an access; being hosted nowhere for however long is
    /// a warning, and nothing more.
    fn time_passes(&mut self, dice: &mut Dice) {
        self.now += SignedDuration::from_hours(24 * i64::try_from(dice.below(120)).unwrap());
        let rule = WatchRule::default();
        let Some(at) = self.website(dice) else { return };
        let website = &self.subjects[at.0].websites[at.1];
        let gone = Risk::Released {
            instance: "i-7".to_owned(),
            since: rulebook::calendar::shanghai(self.now).date(),
        };
        let later = gone.day().unwrap().saturating_add(jiff::Span::new().days(30));
        if let (Active, Some((by, why))) = (website.state, rule.drops(&gone, website.open as usize, later)) {
            let (is_last, ended) = (website.open == 1, self.asks_of(at, by, Some(why), Who::Desk));
            assert!(ended);
            let last = "an ended instance ends the last access by itself";
            self.tally.sees(if is_last { last } else { "an ended instance ends an access by itself" });
        } else if let (AccessDropped, dropped_at @ Some(_)) = (website.state, website.dropped_at) {
            let (state, now) = (website.state, self.now);
            let watched = Watched {
                state,
                bare: false,
                hosted: &[],
                dropped_at,
                domains: &[],
                mend_by: None,
                page: None,
                rule: &rule,
                now,
            };
            let told = risks(&watched);
            assert!(told.iter().all(|risk| rule.drops(risk, 0, later).is_none()), "{told:?}");
            let today = rulebook::calendar::shanghai(now).date();
            if told.iter().any(|risk| risk.weight(&rule, today) == Weight::Warning) {
                self.tally.sees("a website is hosted nowhere for long and stays");
            }
        }
    }

    /// Anything is tried by anybody: filed again, restored, ended without a reason.
    fn tries(&mut self, dice: &mut Dice) {
        let (by, who) = (dice.of(&Event::ALL), dice.of(&Who::ALL));
        let why = if dice.below(2) == 0 { None } else { Some(dice.of(&Reason::ALL)) };
        // What ends one of several accesses is another thing than what ends the last.
        let is_about = |open: u32| match by {
            Event::EndAccess => open > 1,
            Event::DropAccess => open <= 1,
            _ => true,
        };
        match dice.below(3) {
            0 => {
                let Some(at) = self.website(dice) else { return };
                let website = &self.subjects[at.0].websites[at.1];
                if website.state != Active || is_about(website.open) {
                    self.asks_of(at, by, why, who);
                }
            }
            1 => {
                let Some(subject) = self.subject(dice) else { return };
                let from = self.subjects[subject].state;
                let to = law(Machine::Subject, Some(from), by, why, who);
                // What cancels a subject takes its websites along, and is done elsewhere.
                if to.is_none() || by != Event::Cancel {
                    self.asks(Machine::Subject, Some(from), by, why, who);
                }
            }
            _ => {
                let machine = dice.of(&Machine::ALL);
                self.asks(machine, None, by, why, who);
            }
        }
    }

    /// What the law says of how things stand, whatever happened.
    fn keeps_the_law(&mut self) {
        for subject in &self.subjects {
            assert_ne!(subject.state, AccessDropped, "a subject is never without access");
            let numbers = subject.websites.iter().map(|website| (website.number, website.state));
            for (number, state) in numbers.chain([(subject.number, subject.state)]) {
                let was = self.cancelled.contains(&number);
                assert!(!was || state == Cancelled, "cancelled is for ever");
                assert_eq!(Duty::of(state).count(), if state == Cancelled { 0 } else { 4 });
                assert!(
                    subject.state != Cancelled || state == Cancelled,
                    "a subject takes its websites along"
                );
            }
            for website in &subject.websites {
                assert_eq!(website.open > 0, website.state == Active, "hosted here while it is active");
            }
        }
        if !self.subjects.is_empty() {
            self.tally.sees("a number is told its four duties");
        }
        for domain in 0..DOMAINS {
            self.serves_by_law(domain);
        }
    }

    fn serves_by_law(&mut self, domain: usize) {
        let at = self.domains[domain];
        let state = at.map(|(subject, website)| self.subjects[subject].websites[website].state);
        let listed = self.listed[domain];
        let told = serving(state, listed);
        let what = match told {
            Serving::May => {
                assert!(!listed && !self.closed[domain] && state == Some(Active));
                "a website is served"
            }
            Serving::MayNot(NotServed::Listed) if state == Some(Active) => {
                "a website is listed and served no more"
            }
            Serving::MayNot(_) if self.closed[domain] => "a website that was cancelled is not served",
            Serving::MayNot(NotServed::NotHostedHere) => "a website that was dropped is not served",
            Serving::MayNot(_) => return assert!(listed || state.is_none()),
        };
        self.tally.sees(what);
    }
}

/// The four ways in which numbers are cancelled.
const FOUR: [Reason; 4] =
    [Reason::ByOwner, Reason::ByNewDomainHolder, Reason::AccessDroppedTooLong, Reason::ByAuthority];

#[test]
fn whole_lives_keep_what_the_law_says() {
    let tally = RefCell::new(Tally::default());
    let config = Config { cases: HISTORIES, failure_persistence: None, ..Config::default() };
    let lives = TestRunner::new(config).run(&vec(ANY, 8..=LONGEST), |drawn| {
        let tally = &mut tally.borrow_mut();
        let mut registry = Registry::new(tally);
        for drawn in drawn {
            registry.happens(Dice(drawn));
            registry.keeps_the_law();
        }
        Ok(())
    });
    lives.unwrap();
    tally.into_inner().has_everything();
}

impl Tally {
    /// Nothing that can happen and nothing that is refused was left out.
    fn has_everything(&self) {
        let (mut done, mut refused) = (0, 0);
        for machine in Machine::ALL {
            for (at, from) in FROM.into_iter().enumerate() {
                if (machine, from) == (Machine::Subject, Some(AccessDropped)) {
                    continue;
                }
                for by in Event::ALL {
                    let counts =
                        |of: &[[[u64; Event::ALL.len()]; 4]; 2]| of[machine as usize][at][by as usize];
                    let can = tries().any(|(of, stands, event, why, who)| {
                        (of, stands, event) == (machine, from, by)
                            && law(of, stands, event, why, who).is_some()
                    });
                    let (was, was_not) = (counts(&self.done), counts(&self.refused));
                    assert_eq!(was > 0, can, "{machine:?} {from:?} {by:?}: done {was} times");
                    assert!(was_not > 0, "{machine:?} {from:?} {by:?} was never refused");
                    println!("{machine:?} {from:?} {by:?}: {was} done, {was_not} refused");
                    (done, refused) = (done + was, refused + was_not);
                }
            }
        }
        println!("{done} done, {refused} refused; {:?}; {:?}", self.reasons, self.seen);
        // Four ways to cancel a website, three to cancel a subject, and five to end an access.
        assert_eq!(self.reasons.len(), 4 + 3 + 5, "{:?}", self.reasons);
        assert_eq!(self.seen.keys().copied().collect::<Vec<_>>(), SEEN);
    }
}
