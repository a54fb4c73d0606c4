//! The watch of filing numbers: what threatens each, that its owner is told once, and that nothing is ever cancelled by it.

use crate::{
    Story,
    filed_before::{FIRST, NONE, pairs},
    filers::{Filer, SUBJECT, operator},
    key, server,
    why_not::principal,
};
use ::rulebook::Facts;
use app::{
    Actor, Desk, Failure,
    access::{Right, Role},
    personal::{Purpose, SeeFault},
    registry::{
        CancelNumber, DomainTermFault, DropAccess, Dropped, HowEnded, NumberFault, RecordDomainTerm,
        RecordMended, RecordUntrue, UntrueFault,
    },
    watch::{Asking, Outside, Reading},
    why_not::{WhyNot, WhyNotAsked},
};
use filing::registry::{Answer, Coming, Event, Reason, Risk, State, WatchRule, Weight};
use jiff::{SignedDuration, Timestamp, civil::date};
use ledger::{ActorKind, EntryRef};
use rand_chacha::rand_core::Rng;
use serde_json::json;
use std::{
    net::IpAddr,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use testbed::{ENGINES, Engine, PROMISES};
use uuid::Uuid;

/// Where the websites of the stories are, and where not.
const OURS: [u8; 4] = [47, 96, 0, 1];
const OTHER: [u8; 4] = [47, 96, 0, 99];

/// What is outside, as a story wants it.
#[derive(Default)]
struct Sky {
    answers: Mutex<Vec<Answer>>,
    page: Mutex<Option<String>>,
    own: Mutex<Vec<IpAddr>>,
    /// How many home pages were asked for.
    pages: AtomicUsize,
    /// What happens while somebody looks.
    meanwhile: Mutex<Option<Meanwhile>>,
}

type Meanwhile = Box<dyn Fn() -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

impl Sky {
    /// Each of those resolvers says that every domain leads there.
    fn leading(to: &[[u8; 4]]) -> Self {
        let sky = Self::default();
        sky.lead(to);
        sky
    }

    fn lead(&self, to: &[[u8; 4]]) {
        self.say(to.iter().map(|to| Answer::Leads(vec![(*to).into()])).collect());
    }

    fn say(&self, answers: Vec<Answer>) {
        *self.answers.lock().unwrap() = answers;
    }

    fn show(&self, page: &str) {
        *self.page.lock().unwrap() = Some(format!("<p>{}</p>{page}", "远山茶业的产品和服务".repeat(40)));
    }
}

impl Outside for Sky {
    fn domain<'a>(&'a self, _: &'a [String]) -> Asking<'a> {
        Box::pin(async {
            let meanwhile = self.meanwhile.lock().unwrap().as_ref().map(|happens| happens());
            if let Some(meanwhile) = meanwhile {
                meanwhile.await;
            }
            self.answers.lock().unwrap().clone()
        })
    }

    fn is_own(&self, address: IpAddr) -> bool {
        self.own.lock().unwrap().contains(&address)
    }

    fn page<'a>(&'a self, home_page: &'a str, domains: &'a [String]) -> Reading<'a> {
        assert_eq!((home_page, domains), ("www.example.com", &["example.com".to_owned()][..]));
        self.pages.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { self.page.lock().unwrap().clone().map(String::into_bytes) })
    }
}

impl Story {
    /// One pass through all websites: how many warnings it came to.
    async fn pass(&self, sky: &Sky) -> usize {
        let (mut told, mut looked) = (0, 0);
        loop {
            let round = self.desk.watch_numbers(sky).await.unwrap();
            (told, looked) = (told + round.told, looked + round.looked);
            if round.next.is_some() {
                assert!(looked > 0, "no pass was due");
                return told;
            }
        }
    }

    /// The same after so many hours.
    async fn pass_after(&self, hours: i64, sky: &Sky) -> usize {
        self.clock.pass(SignedDuration::from_hours(hours));
        self.pass(sky).await
    }

    /// What threatens a number, to its owner.
    pub(crate) async fn risks(&self, of: &Filer, number: &str) -> Vec<Risk> {
        let found = self.desk.own_number(&of.asker, number).await.unwrap().unwrap();
        found.risks.into_iter().map(|told| told.risk).collect()
    }

    async fn risk_words(&self, of: &Filer) -> Vec<&'static str> {
        self.risks(of, FIRST).await.iter().map(Risk::word).collect()
    }

    /// The warnings in the outbox, oldest first.
    async fn warnings(&self) -> Vec<serde_json::Value> {
        let rows: Vec<(Vec<u8>,)> =
            self.look("SELECT payload FROM jobs WHERE kind = 'number.at-risk' ORDER BY made_at, id").await;
        rows.iter().map(|(payload,)| serde_json::from_slice(payload).unwrap()).collect()
    }

    pub(crate) async fn untrue(
        &self,
        number: &str,
        mend_by: jiff::civil::Date,
        text: &str,
    ) -> Result<(), UntrueFault> {
        let (number, what) = (number.to_owned(), "主体负责人林晓的电话打不通".to_owned());
        let ask = RecordUntrue { operator: operator(), number, what, mend_by };
        match self.desk.record_untrue(ask, key(text)).await {
            Ok(_) => Ok(()),
            Err(Failure::Because(fault)) => Err(fault),
            Err(error) => panic!("{error}"),
        }
    }

    /// The instance of the first website, with another end.
    async fn instance_until(&self, of: &Filer, end: &str) {
        let facts = Facts {
            public_ips: Some(vec![OURS.into()]),
            expires_at: Some(end.parse().unwrap()),
            ..server("i-7", &of.asker)
        };
        self.desk.record_instance(facts).await.unwrap();
    }

    /// What the only entry of that kind says that it was decided from.
    async fn decided_from(&self, kind: &str) -> serde_json::Value {
        let entries: Vec<(Vec<u8>,)> = self.look("SELECT bytes FROM ledger_entries").await;
        let entries = entries.iter().map(|(bytes,)| EntryRef::decode(bytes).unwrap());
        let said: Vec<_> = entries.filter(|entry| entry.kind == kind).collect();
        assert_eq!(said.len(), 1, "{kind}");
        let decided: serde_json::Value = serde_json::from_slice(said[0].decided.unwrap()).unwrap();
        decided["found"].clone()
    }

    pub(crate) async fn keeps_promises(&self, engine: Engine) {
        for (promise, broken) in PROMISES {
            assert_eq!(self.look::<(i64,)>(broken).await, [(0,)], "{engine:?} {promise}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_leads_elsewhere_only_once_rounds_of_a_day_agree_and_its_owner_is_told_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OTHER, OTHER]);
        assert_eq!(story.pass(&sky).await, 0, "{engine:?}");
        for _ in 0..3 {
            assert_eq!(story.pass_after(6, &sky).await, 0, "{engine:?}");
            assert_eq!(story.risks(&lin, FIRST).await, [], "{engine:?}");
        }
        assert_eq!(story.pass_after(6, &sky).await, 1, "{engine:?}: the fifth, a day later");
        let expected = Risk::PointsElsewhere {
            domain: "example.com".to_owned(),
            since: date(2020, 11, 1),
            seen: vec![OTHER.into()],
        };
        assert_eq!(story.risks(&lin, FIRST).await, [expected], "{engine:?}");
        let warning = &story.warnings().await[0];
        assert_eq!(
            (&warning["number"], &warning["account"], &warning["risk"], &warning["next"], &warning["day"]),
            (
                &FIRST.into(),
                &lin.asker.name().into(),
                &"points-elsewhere".into(),
                &"bureau-may-cancel".into(),
                &"2020-11-01".into()
            ),
            "{engine:?}"
        );
        assert!(
            !warning.to_string().contains("example"),
            "{engine:?}: no domain leaves the desk in an event"
        );
        for _ in 0..27 {
            assert_eq!(story.pass_after(6, &sky).await, 0, "{engine:?}: told already");
        }
        assert_eq!(story.pass_after(6, &sky).await, 1, "{engine:?}: again after seven days");
        sky.lead(&[OTHER, OURS]);
        assert_eq!(story.pass_after(6, &sky).await, 0, "{engine:?}");
        assert_eq!(story.risks(&lin, FIRST).await, [], "{engine:?}: one address of ours is enough");
        assert_eq!(
            story.look::<(i64,)>("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM number_risks").await,
            [(0,)]
        );
        assert_eq!(story.websites().await, pairs(&[(FIRST, "active")]), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_failure_warns_nor_one_resolver_nor_an_address_of_the_provider() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let elsewhere = || Answer::Leads(vec![OTHER.into()]);
        let sky = Sky::default();
        for (answers, own) in [
            (vec![elsewhere(), Answer::Failed, Answer::Failed], false),
            (vec![elsewhere(), Answer::NoSuchName], false),
            (vec![Answer::Failed, Answer::Failed], false),
            (vec![], false),
            (vec![elsewhere(), elsewhere()], true),
        ] {
            sky.say(answers);
            *sky.own.lock().unwrap() = if own { vec![OTHER.into()] } else { vec![] };
            for _ in 0..6 {
                assert_eq!(story.pass_after(6, &sky).await, 0, "{engine:?}");
            }
            assert_eq!(story.risks(&lin, FIRST).await, [], "{engine:?}");
        }
        sky.say(vec![Answer::NoSuchName, Answer::Failed, Answer::NoSuchName]);
        for _ in 0..5 {
            story.pass_after(6, &sky).await;
        }
        assert_eq!(story.risk_words(&lin).await, ["domain-gone"], "{engine:?}: all that answered say so");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_is_not_at_the_foot_is_told_after_rounds_that_could_read_the_page() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        for _ in 0..6 {
            assert_eq!(story.pass_after(6, &sky).await, 0, "{engine:?}: it cannot be fetched");
        }
        sky.show("版权所有");
        let mut told = 0;
        for _ in 0..5 {
            told += story.pass_after(6, &sky).await;
        }
        assert_eq!((told, story.risk_words(&lin).await), (1, vec!["number-not-shown"]), "{engine:?}");
        sky.show("粤ICP备12345678号-1");
        story.pass_after(6, &sky).await;
        assert_eq!(story.risks(&lin, FIRST).await, [], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_untrue_is_told_with_its_day_and_again_once_it_has_passed_and_ends_nothing() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        let day = date(2020, 11, 10);
        assert_eq!(
            story.untrue(FIRST, date(2020, 10, 31), "k-1").await,
            Err(UntrueFault::Passed(date(2020, 10, 31)))
        );
        assert_eq!(story.untrue(FIRST, day, "k-2").await, Ok(()), "{engine:?}");
        assert_eq!(story.untrue(FIRST, day, "k-3").await, Err(UntrueFault::Already("2020-11-10".to_owned())));
        assert_eq!(story.untrue(SUBJECT, day, "k-4").await, Ok(()), "{engine:?}: the subject has its own");
        let told: Vec<_> = story.warnings().await.iter().map(|one| one["number"].clone()).collect();
        assert_eq!(told, [FIRST, SUBJECT], "{engine:?}: as soon as it is recorded");
        assert_eq!(story.pass(&sky).await, 0, "{engine:?}: told already");
        let own = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
        let told = &own.risks[0];
        assert_eq!((told.risk.word(), told.weight), ("information-untrue", Weight::Warning), "{engine:?}");
        assert_eq!(
            (told.next.what, told.next.on),
            (Coming::AccessMayBeDropped, Some(date(2020, 11, 11))),
            "{engine:?}"
        );
        let what = own.untrue[0].what.as_deref();
        assert_eq!(what, Some("主体负责人林晓的电话打不通"), "{engine:?}");
        story.clock.move_to("2020-11-10T15:59:00Z");
        assert_eq!(story.pass(&sky).await, 2, "{engine:?}: again after seven days");
        story.clock.move_to("2020-11-10T22:00:00Z");
        assert_eq!(story.pass(&sky).await, 2, "{engine:?}: its day has passed");
        let weights: Vec<_> = story.warnings().await.iter().map(|one| one["weight"].clone()).collect();
        assert_eq!(weights, ["warning", "warning", "warning", "warning", "urgent", "urgent"], "{engine:?}");
        assert_eq!(story.websites().await, pairs(&[(FIRST, "active")]), "{engine:?}: nothing ended");
        for (number, text) in [(FIRST, "k-m1"), (SUBJECT, "k-m2")] {
            let ask = RecordMended { operator: operator(), number: number.to_owned() };
            story.desk.record_mended(ask, key(text)).await.unwrap();
        }
        assert_eq!(story.risks(&lin, FIRST).await, [], "{engine:?}");
        let kept = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM number_risks";
        assert_eq!(story.look::<(i64,)>(kept).await, [(0,)], "{engine:?}: it threatens no more");
        story.untrue(FIRST, date(2020, 11, 30), "k-5").await.unwrap();
        assert_eq!(story.warnings().await.len(), 7, "{engine:?}: of what is found anew he is told anew");
        let again = RecordMended { operator: operator(), number: FIRST.to_owned() };
        story.desk.record_mended(again, key("k-m4")).await.unwrap();
        let twice = RecordMended { operator: operator(), number: FIRST.to_owned() };
        let twice = story.desk.record_mended(twice, key("k-m3")).await.unwrap_err();
        assert!(matches!(twice, Failure::Because(UntrueFault::Nothing)), "{engine:?} {twice}");
        let entries: Vec<(Vec<u8>,)> = story.look("SELECT bytes FROM ledger_entries").await;
        let says =
            |words: &str| entries.iter().any(|(bytes,)| String::from_utf8_lossy(bytes).contains(words));
        assert!(says("number.untrue") && says("number.mended") && !says("林晓"), "{engine:?}");
        let sealed: Vec<(Vec<u8>,)> = story.look("SELECT sealed FROM untrue_information").await;
        assert!(
            sealed.iter().all(|(sealed,)| !String::from_utf8_lossy(sealed).contains("林晓")),
            "{engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_ever_untrue_under_a_number_is_told_with_what_became_of_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        story.untrue(FIRST, date(2020, 11, 10), "k-first").await.unwrap();
        story.clock.pass(SignedDuration::from_hours(24));
        let mended = RecordMended { operator: operator(), number: FIRST.to_owned() };
        story.desk.record_mended(mended, key("k-mended")).await.unwrap();
        story.clock.pass(SignedDuration::from_hours(24));
        story.untrue(SUBJECT, date(2020, 11, 20), "k-subject").await.unwrap();
        story.clock.pass(SignedDuration::from_hours(24));
        story.untrue(FIRST, date(2020, 11, 30), "k-second").await.unwrap();
        story.clock.pass(SignedDuration::from_hours(24));
        story.cancel(FIRST, Reason::ByOwner, "12345678-1").await.unwrap();
        story.clock.pass(SignedDuration::from_hours(24));
        let again = RecordMended { operator: operator(), number: SUBJECT.to_owned() };
        story.desk.record_mended(again, key("k-again")).await.unwrap();
        story.untrue(SUBJECT, date(2020, 12, 10), "k-later").await.unwrap();
        let told = |number: &'static str| {
            let (story, asker) = (&story, &lin.asker);
            async move { story.desk.own_number(asker, number).await.unwrap().unwrap() }
        };
        let website = told(FIRST).await;
        let rows: Vec<_> = website
            .untrue
            .iter()
            .map(|one| (one.number.as_str(), one.mend_by.as_str(), one.ended.map(|ended| ended.how)))
            .collect();
        let expected = [
            (FIRST, "2020-11-10", Some(HowEnded::Mended)),
            (SUBJECT, "2020-11-20", Some(HowEnded::Mended)),
            (FIRST, "2020-11-30", Some(HowEnded::Cancelled)),
        ];
        assert_eq!(
            rows, expected,
            "{engine:?}: what was found after the website was cancelled is not its own"
        );
        let ended = website.untrue[2].ended.unwrap();
        let cancelled = website.history.last().unwrap();
        assert_eq!((ended.at, ended.entry), (cancelled.at, cancelled.entry), "{engine:?}");
        let text = "主体负责人林晓的电话打不通";
        assert!(website.untrue.iter().all(|one| one.what.as_deref() == Some(text)), "{engine:?}");
        let entries: Vec<(Vec<u8>,)> = story.look("SELECT bytes FROM ledger_entries ORDER BY at").await;
        let at = |kind: &str| {
            let read = entries.iter().map(|(bytes,)| EntryRef::decode(bytes).unwrap());
            read.filter(|entry| entry.kind == kind)
                .map(|entry| Timestamp::from_microsecond(entry.at).unwrap())
                .collect::<Vec<_>>()
        };
        let recorded: Vec<_> = website.untrue.iter().map(|one| one.recorded_at).collect();
        assert_eq!(recorded, at("number.untrue")[..3], "{engine:?}");
        let mended = [0, 1].map(|nth| website.untrue[nth].ended.unwrap().at);
        assert_eq!(mended[..], at("number.mended"), "{engine:?}");
        let by = principal(&story, "ming", Role::Support).await;
        let (what, at) = (FIRST.to_owned(), Some(recorded[0]));
        let then = story.desk.why_not(WhyNotAsked { by, what, at, edition: None }).await.unwrap();
        let WhyNot::Number(seen) = then else { panic!("{then:?}") };
        let standing: Vec<_> = seen.number.untrue.iter().map(|one| one.ended).collect();
        assert_eq!(standing, [None], "{engine:?}: as it stood on that day");
        let subject: Vec<_> = told(SUBJECT).await.untrue;
        assert_eq!((subject.len(), subject[1].ended), (2, None), "{engine:?}: it has its own alone");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_untrue_is_told_to_staff_in_clear_for_a_purpose_that_is_recorded_and_not_otherwise() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_a_website().await;
        story.untrue(FIRST, date(2020, 11, 10), "k-1").await.unwrap();
        let ming = principal(&story, "ming", Role::Support).await;
        let seen = story.desk.number_for(&ming, FIRST).await.unwrap().unwrap().untrue.remove(0);
        assert_eq!((seen.what, seen.mend_by.as_str()), (None, "2020-11-10"), "{engine:?}: not to staff");
        let refused = story.desk.number_in_clear(&ming, FIRST, Purpose::Customer).await.unwrap_err();
        let needed = SeeFault::NotAllowed(Right::ReadPersonalData);
        assert!(matches!(refused, Failure::Because(fault) if fault == needed), "{engine:?}");
        let wu = principal(&story, "wu", Role::Operator).await;
        let seen = story.desk.number_in_clear(&wu, FIRST, Purpose::Authority).await.unwrap().unwrap();
        assert_eq!(seen.untrue[0].what.as_deref(), Some("主体负责人林晓的电话打不通"), "{engine:?}");
        let audits = principal(&story, "zhao", Role::Auditor).await;
        let lines = story.desk.access_log(&audits, None, 9).await.unwrap();
        let line = (lines[0].who.as_str(), lines[0].number.as_deref(), lines[0].purpose.as_deref());
        assert_eq!(line, ("wu", Some(FIRST), Some("authority")), "{engine:?}");
        assert_eq!(lines.len(), 2, "{engine:?}: who was refused has seen nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_untrue_under_a_number_that_is_hosted_nowhere_threatens_no_access_but_the_number() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        story.untrue(SUBJECT, date(2020, 11, 1), "k-subject").await.unwrap();
        story.drop_untrue(FIRST).await;
        assert_eq!(story.pass(&sky).await, 2, "{engine:?}");
        for warning in story.warnings().await {
            let told = (&warning["risk"], &warning["next"], &warning["weight"]);
            let expected = (&"information-untrue".into(), &"bureau-may-cancel".into(), &"warning".into());
            assert_eq!(told, expected, "{engine:?} {warning}");
        }
        let ming = principal(&story, "ming", Role::Support).await;
        let listed = story.desk.numbers_at_risk(&ming, Some("information-untrue"), None, 9).await.unwrap();
        let expected = Risk::Untrue { mend_by: date(2020, 11, 1), hosted: false };
        let listed: Vec<_> = listed.into_iter().map(|one| one.risk).collect();
        assert_eq!(listed, [expected.clone(), expected.clone()], "{engine:?}");
        story.cancel(FIRST, Reason::ByOwner, "12345678-1").await.unwrap();
        assert_eq!(story.risks(&lin, SUBJECT).await, [expected], "{engine:?}: a subject without websites");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_is_a_risk_by_the_term_that_somebody_recorded() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        let record = async |domain: &str, expires_on| {
            let (number, domain) = (FIRST.to_owned(), domain.to_owned());
            let ask = RecordDomainTerm { by: Actor::Staff(operator()), number, domain, expires_on };
            story.desk.record_domain_term(ask, None).await
        };
        assert!(
            record("example.org", date(2020, 11, 20)).await.is_err(),
            "{engine:?}: not one of its domains"
        );
        record("www.EXAMPLE.com", date(2020, 11, 20)).await.unwrap();
        assert_eq!((story.pass(&sky).await, story.risk_words(&lin).await), (1, vec!["domain-ending"]));
        story.clock.move_to("2020-11-21T01:00:00Z");
        assert_eq!((story.pass(&sky).await, story.risk_words(&lin).await), (1, vec!["domain-ended"]));
        record("example.com", date(2021, 11, 20)).await.unwrap();
        assert_eq!(
            (story.pass_after(6, &sky).await, story.risk_words(&lin).await),
            (0, vec![]),
            "{engine:?}"
        );
        let cancel = CancelNumber {
            operator: operator(),
            number: FIRST.to_owned(),
            reason: Reason::ByNewDomainHolder,
            confirmation: "12345678-1".to_owned(),
        };
        story.desk.cancel_number(cancel, key("k-cancel")).await.unwrap();
        let terms = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM domain_terms";
        assert_eq!(story.look::<(i64,)>(terms).await, [(0,)], "{engine:?}: forgotten with its domains");
        story.keeps_promises(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_says_until_when_his_own_domain_is_registered_and_the_record_says_that_he_did() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let says = async |by: Actor, expires_on| {
            let (number, domain) = (FIRST.to_owned(), "example.com".to_owned());
            let ask = RecordDomainTerm { by, number, domain, expires_on };
            match story.desk.record_domain_term(ask, None).await {
                Ok(told) => Ok(told.entry),
                Err(Failure::Because(fault)) => Err(fault),
                Err(error) => panic!("{engine:?} {error}"),
            }
        };
        let own = || Actor::Account(lin.asker.clone());
        let li = story.account(8).await;
        let another = says(Actor::Account(li), date(2020, 11, 20)).await;
        let unknown = DomainTermFault::Number(NumberFault::Unknown);
        assert_eq!(another, Err(unknown), "{engine:?}: whose number it is is not said");
        let (first, last) = (date(2019, 11, 1), date(2040, 11, 1));
        for day in [date(2019, 10, 31), date(2040, 11, 2)] {
            assert_eq!(says(own(), day).await, Err(DomainTermFault::Day { first, last }), "{engine:?} {day}");
        }
        for day in [first, last] {
            says(own(), day).await.unwrap();
        }
        says(Actor::Staff(operator()), date(2021, 11, 20)).await.unwrap();
        let entry = says(own(), date(2020, 11, 20)).await.unwrap();
        let told = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
        let term = &told.domain_terms[0];
        assert_eq!((term.domain.as_str(), term.expires_on.as_str()), ("example.com", "2020-11-20"));
        assert_eq!((term.by.as_str(), told.domain_terms.len()), ("account:acc-7", 1), "{engine:?}");
        assert_eq!(
            (story.pass(&Sky::default()).await, story.risk_words(&lin).await),
            (1, vec!["domain-ending"])
        );
        let entries: Vec<(Vec<u8>,)> = story.look("SELECT bytes FROM ledger_entries").await;
        let said = entries.iter().map(|(bytes,)| EntryRef::decode(bytes).unwrap());
        let by: Vec<_> =
            said.filter(|entry| entry.kind == "number.domain-term").map(|entry| entry.actor.kind).collect();
        assert_eq!(by.iter().filter(|kind| **kind == ActorKind::Account).count(), 3, "{engine:?} {entry}");
        assert_eq!(by.len(), 4, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_what_is_untrue_an_owner_is_warned_though_all_websites_of_his_subject_are_cancelled() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let cancel = CancelNumber {
            operator: operator(),
            number: FIRST.to_owned(),
            reason: Reason::ByOwner,
            confirmation: "12345678-1".to_owned(),
        };
        story.desk.cancel_number(cancel, key("k-cancel")).await.unwrap();
        let round = async |hours| {
            story.clock.pass(SignedDuration::from_hours(hours));
            story.desk.watch_numbers(&Sky::default()).await.unwrap().told
        };
        assert_eq!(round(6).await, 0, "{engine:?}: nothing is wrong");
        story.untrue(SUBJECT, date(2020, 11, 10), "k-untrue").await.unwrap();
        assert_eq!((round(6).await, round(6).await), (1, 0), "{engine:?}: told once");
        let warning = &story.warnings().await[0];
        assert_eq!(
            (&warning["number"], &warning["account"], &warning["risk"]),
            (&SUBJECT.into(), &lin.asker.name().into(), &"information-untrue".into()),
            "{engine:?}"
        );
        let mended = RecordMended { operator: operator(), number: SUBJECT.to_owned() };
        story.desk.record_mended(mended, key("k-mended")).await.unwrap();
        assert_eq!(round(6).await, 0, "{engine:?}");
        let left = story.look::<(i64,)>("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM number_risks").await;
        assert_eq!(left, [(0,)], "{engine:?}: it threatens no more");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_is_not_known_on_which_addresses_a_website_is_hosted_none_is_a_strangers() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        assert_eq!(story.say("UPDATE accesses SET instance = NULL, addresses = ''", vec![]).await, 1);
        let sky = Sky::leading(&[OTHER, OTHER]);
        for _ in 0..6 {
            assert_eq!(story.pass_after(6, &sky).await, 0, "{engine:?}");
        }
        assert_eq!(story.risks(&lin, FIRST).await, [], "{engine:?}");
        sky.say(vec![Answer::NoSuchName, Answer::NoSuchName]);
        for _ in 0..5 {
            story.pass_after(6, &sky).await;
        }
        assert_eq!(story.risk_words(&lin).await, ["domain-gone"], "{engine:?}: that it is gone is seen");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_pass_begins_six_hours_after_the_last_began() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        let begun = story.desk.now();
        story.pass(&sky).await;
        let due = Some(begun + SignedDuration::from_hours(6));
        story.clock.pass(SignedDuration::from_hours(6) - SignedDuration::from_micros(1));
        let early = story.desk.watch_numbers(&sky).await.unwrap();
        assert_eq!((early.looked, early.next), (0, due), "{engine:?}");
        story.clock.pass(SignedDuration::from_micros(1));
        assert_eq!(story.desk.watch_numbers(&sky).await.unwrap().looked, 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_instance_on_which_a_website_is_hosted_twice_its_owner_is_told_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let twice = "INSERT INTO accesses (id, website, instance, verification, addresses, since_at)
                     SELECT $1, website, instance, NULL, addresses, since_at + 1 FROM accesses";
        assert_eq!(story.say(twice, vec![Box::new(Uuid::from_u128(9))]).await, 1, "{engine:?}");
        story.instance_until(&lin, "2020-11-21T00:00:00+08:00").await;
        story.clock.move_to("2020-11-22T01:00:00Z");
        assert_eq!(story.pass(&Sky::leading(&[OURS])).await, 1, "{engine:?}");
        assert_eq!(story.warnings().await.len(), 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_of_which_little_remains_is_not_called_unfit_for_that() {
    for engine in ENGINES {
        // Until October 2020 three months had to remain.
        let story = Story::at(engine, "2020-10-02T01:00:00Z").await;
        let lin = story.with_a_website().await;
        story.instance_until(&lin, "2021-01-10T00:00:00+08:00").await;
        story.clock.move_to("2020-10-12T01:00:00Z");
        assert_eq!(story.risk_words(&lin).await, [] as [&str; 0], "{engine:?}");
        let slow = Facts { public_bandwidth_mbps: Some(0), ..server("i-7", &lin.asker) };
        story.desk.record_instance(slow).await.unwrap();
        assert_eq!(story.risk_words(&lin).await, ["instance-unfit"], "{engine:?}: that is another thing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_home_page_of_a_website_that_is_hosted_nowhere_here_is_not_asked_for() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        story.pass(&sky).await;
        assert_eq!(sky.pages.load(Ordering::Relaxed), 1, "{engine:?}");
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        story.pass_after(6, &sky).await;
        assert_eq!(sky.pages.load(Ordering::Relaxed), 1, "{engine:?}: it is somebody else's");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lost_the_lease_while_he_looked_writes_nothing_of_what_he_saw() {
    for engine in ENGINES {
        let story = Arc::new(Story::on(engine).await);
        story.with_a_website().await;
        let sky = Sky::leading(&[OTHER, OTHER]);
        let beside = Arc::clone(&story);
        *sky.meanwhile.lock().unwrap() = Some(Box::new(move || {
            let story = Arc::clone(&beside);
            Box::pin(async move {
                story.say("UPDATE leases SET fence = fence + 1 WHERE name = 'watch.numbers'", vec![]).await;
            })
        }));
        let late = story.desk.watch_numbers(&sky).await;
        assert!(late.is_err(), "{engine:?} {late:?}");
        let kept: Vec<(i64,)> = story.look("SELECT COUNT(*) FROM watch_streaks").await;
        assert_eq!(kept, [(0,)], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subject_with_a_website_left_is_warned_of_by_that_alone() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_a_website().await;
        story.untrue(SUBJECT, date(2020, 11, 10), "k-untrue").await.unwrap();
        assert_eq!(story.pass(&Sky::leading(&[OURS])).await, 1, "{engine:?}: once, and not once more");
        assert_eq!(story.warnings().await.len(), 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_that_is_hosted_nowhere_is_told_after_the_days_and_is_still_not_cancelled() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OTHER, OTHER]);
        let drop = DropAccess { operator: operator(), number: FIRST.to_owned(), reason: Reason::ByOwner };
        story.desk.drop_access(drop, key("k-drop")).await.unwrap();
        assert_eq!((story.pass(&sky).await, story.risk_words(&lin).await), (0, vec!["hosted-nowhere"]));
        for _ in 0..29 {
            assert_eq!(story.pass_after(24, &sky).await, 0, "{engine:?}");
        }
        assert_eq!(story.pass_after(24, &sky).await, 1, "{engine:?}: thirty days");
        story.clock.pass(SignedDuration::from_hours(24 * 400));
        story.pass(&sky).await;
        assert_eq!(
            story.risk_words(&lin).await,
            ["hosted-nowhere"],
            "{engine:?}: where it leads is not ours"
        );
        story.desk.drop_ended_accesses().await.unwrap();
        assert_eq!(story.websites().await, pairs(&[(FIRST, "access-dropped")]), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_and_a_correction_of_a_website_that_is_hosted_nowhere_begin_no_new_thirty_days() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OTHER, OTHER]);
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        story.clock.pass(SignedDuration::from_hours(24 * 10));
        let change = story.moved(&lin).await;
        story.to_the_end(&change, NONE).await.unwrap();
        story.clock.pass(SignedDuration::from_hours(24 * 10));
        let corrected = "粤ICP备12345678号-3";
        story.correct(FIRST, corrected).await.unwrap();
        let steps = story.desk.own_number(&lin.asker, corrected).await.unwrap().unwrap().history;
        let events: Vec<_> = steps.iter().skip(1).map(|step| step.event).collect();
        assert_eq!(events, [Event::DropAccess, Event::Change, Event::Correct], "{engine:?}");
        let expected = [Risk::HostedNowhere { since: date(2020, 11, 1) }];
        assert_eq!(story.risks(&lin, corrected).await, expected, "{engine:?}");
        assert_eq!(story.pass(&sky).await, 0, "{engine:?}: twenty days");
        assert_eq!(story.pass_after(24 * 10, &sky).await, 1, "{engine:?}: thirty days");
        assert_eq!(story.warnings().await[0]["day"], "2020-11-01", "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_ends_is_told_and_its_access_dropped_by_the_desk_after_the_days_but_never_unwarned() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        story.instance_until(&lin, "2020-11-21T00:00:00+08:00").await;
        assert_eq!((story.pass(&sky).await, story.risk_words(&lin).await), (1, vec!["instance-expiring"]));
        story.clock.move_to("2020-11-14T01:00:00Z");
        assert_eq!(story.pass(&sky).await, 1, "{engine:?}: a week before");
        // Nobody watched for two months: the days are over, but nobody was told that it ended.
        story.clock.move_to("2021-01-20T01:00:00Z");
        assert_eq!(story.desk.drop_ended_accesses().await.unwrap(), [], "{engine:?}");
        assert_eq!((story.pass(&sky).await, story.risk_words(&lin).await), (1, vec!["instance-expired"]));
        assert_eq!(story.desk.drop_ended_accesses().await.unwrap(), [], "{engine:?}: told just now");
        // It is watched as always meanwhile, and not noticed anew each time.
        for _ in 0..3 {
            assert_eq!(story.pass_after(24, &sky).await, 0, "{engine:?}");
        }
        let never = WatchRule { drop_days: None, ..WatchRule::default() };
        let never = story.desk.clone().watching_by(never);
        assert_eq!(never.drop_ended_accesses().await.unwrap(), [], "{engine:?}: where it is not configured");
        let expected = Dropped {
            number: FIRST.to_owned(),
            instance: "i-7".to_owned(),
            event: Event::DropAccess,
            reason: Reason::InstanceExpired,
        };
        assert_eq!(story.desk.drop_ended_accesses().await.unwrap(), [expected], "{engine:?}");
        assert_eq!(story.desk.drop_ended_accesses().await.unwrap(), [], "{engine:?}");
        let number = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
        let last = number.history.last().unwrap();
        assert_eq!(
            (last.event, last.reason, last.state),
            (Event::DropAccess, Some(Reason::InstanceExpired), State::AccessDropped)
        );
        assert_eq!(last.actor, "system:kebei", "{engine:?}");
        let due = json!({
            "instance": "i-7",
            "ended_on": "2020-11-21",
            "warned_at": "2021-01-20T01:00:00Z",
            "drop_days": 30,
            "warned_days": 3,
        });
        assert_eq!(story.decided_from("number.access-dropped").await, due, "{engine:?}");
        story.pass_after(12, &sky).await;
        assert_eq!(story.risk_words(&lin).await, ["hosted-nowhere"], "{engine:?}");
        story.keeps_promises(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_domain_that_a_change_gave_up_nothing_is_known_any_more() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OTHER, OTHER]);
        for hours in [0, 13, 13] {
            story.pass_after(hours, &sky).await;
        }
        let by = Actor::Staff(operator());
        let (number, domain) = (FIRST.to_owned(), "example.com".to_owned());
        let ask = RecordDomainTerm { by, number, domain, expires_on: date(2020, 11, 20) };
        story.desk.record_domain_term(ask, None).await.unwrap();
        let known = "SELECT CAST((SELECT COUNT(*) FROM domain_terms) + (SELECT COUNT(*) FROM watch_streaks WHERE kind = 'domain') AS BIGINT) AS n";
        assert_eq!(story.look::<(i64,)>(known).await, [(2,)], "{engine:?}");
        let change = story.moved(&lin).await;
        story.to_the_end(&change, NONE).await.unwrap();
        assert_eq!(story.look::<(i64,)>(known).await, [(0,)], "{engine:?}: it has another domain now");
        assert_eq!(story.risks(&lin, FIRST).await, [], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_that_went_to_another_website_while_it_was_looked_at_threatens_nobody() {
    for engine in ENGINES {
        let story = Arc::new(Story::on(engine).await);
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OTHER, OTHER]);
        for hours in [0, 13, 13] {
            story.pass_after(hours, &sky).await;
        }
        assert_eq!(story.risk_words(&lin).await, ["points-elsewhere"], "{engine:?}");
        let beside = Arc::clone(&story);
        *sky.meanwhile.lock().unwrap() = Some(Box::new(move || {
            let story = Arc::clone(&beside);
            Box::pin(async move {
                story.say("DELETE FROM website_domains", vec![]).await;
            })
        }));
        story.pass_after(13, &sky).await;
        assert_eq!(story.risk_words(&lin).await, [] as [&str; 0], "{engine:?}");
        let kept: Vec<(i64,)> = story.look("SELECT COUNT(*) FROM watch_streaks").await;
        assert_eq!(kept, [(0,)], "{engine:?}: where it led is nobody's business here any more");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_is_renewed_at_the_last_moment_keeps_its_access() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        story.instance_until(&lin, "2020-11-21T00:00:00+08:00").await;
        story.clock.move_to("2020-11-22T01:00:00Z");
        story.pass(&sky).await;
        story.clock.move_to("2021-01-20T01:00:00Z");
        story.instance_until(&lin, "2021-11-21T00:00:00+08:00").await;
        assert_eq!(story.desk.drop_ended_accesses().await.unwrap(), [], "{engine:?}");
        assert_eq!(story.websites().await, pairs(&[(FIRST, "active")]), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_accesses_the_desk_ends_the_one_whose_instance_is_gone_and_the_number_stays_active() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        let second = Facts { public_ips: Some(vec![OURS.into()]), ..server("i-9", &lin.asker) };
        story.desk.record_instance(second).await.unwrap();
        // As an import brings it: an order for an access is only for websites that are hosted nowhere here.
        let second = "INSERT INTO accesses (id, website, instance, verification, addresses, since_at)
                      SELECT $1, website, (SELECT id FROM instances WHERE name = 'i-9'), NULL, addresses, since_at + 1
                      FROM accesses";
        story.say(second, vec![Box::new(Uuid::from_u128(9))]).await;
        story.instance_until(&lin, "2020-11-21T00:00:00+08:00").await;
        story.clock.move_to("2020-11-22T01:00:00Z");
        story.pass(&sky).await;
        story.clock.move_to("2020-12-21T01:00:00Z");
        let dropped = story.desk.drop_ended_accesses().await.unwrap();
        assert_eq!(dropped.iter().map(|one| one.event).collect::<Vec<_>>(), [Event::EndAccess], "{engine:?}");
        let due = json!({
            "instance": "i-7",
            "ended_on": "2020-11-21",
            "warned_at": "2020-11-22T01:00:00Z",
            "drop_days": 30,
            "warned_days": 3,
        });
        assert_eq!(story.decided_from("number.access-ended").await, due, "{engine:?}");
        let number = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
        assert_eq!(number.short.state, State::Active, "{engine:?}");
        let ends: Vec<_> = number
            .accesses
            .iter()
            .map(|one| (one.instance.as_deref(), one.ended.map(|(_, why)| why)))
            .collect();
        assert_eq!(ends, [(Some("i-7"), Some(Reason::InstanceExpired)), (Some("i-9"), None)], "{engine:?}");
        story.keeps_promises(engine).await;
    }
}

/// While it is asked, another process looks for something to do.
struct Busy {
    other: Desk,
    found: Mutex<Vec<usize>>,
}

impl Outside for Busy {
    fn domain<'a>(&'a self, _: &'a [String]) -> Asking<'a> {
        Box::pin(async {
            let round = self.other.watch_numbers(&Sky::default()).await.unwrap();
            self.found.lock().unwrap().push(round.looked);
            Vec::new()
        })
    }

    fn is_own(&self, _: IpAddr) -> bool {
        false
    }

    fn page<'a>(&'a self, _: &'a str, _: &'a [String]) -> Reading<'a> {
        Box::pin(async { None })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_processes_one_looks_at_a_time() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_a_website().await;
        let busy = Busy { other: story.another_process().await, found: Mutex::default() };
        let round = story.desk.watch_numbers(&busy).await.unwrap();
        assert_eq!((round.looked, busy.found.into_inner().unwrap()), (1, vec![0]), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_threatens_numbers_is_listed_by_its_day_a_page_at_a_time() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let sky = Sky::leading(&[OURS]);
        story.instance_until(&lin, "2020-11-21T00:00:00+08:00").await;
        story.untrue(FIRST, date(2020, 11, 15), "k-1").await.unwrap();
        story.untrue(SUBJECT, date(2020, 12, 15), "k-2").await.unwrap();
        story.pass(&sky).await;
        let ming = principal(&story, "ming", Role::Support).await;
        let first = story.desk.numbers_at_risk(&ming, None, None, 2).await.unwrap();
        let told = |list: &[app::watch::AtRisk]| -> Vec<_> {
            list.iter().map(|one| (one.number.clone(), one.risk.word(), one.account.clone())).collect()
        };
        let account = Some(lin.asker.name().to_owned());
        let [site, subject] = [FIRST, SUBJECT].map(str::to_owned);
        let expected = [
            (site.clone(), "information-untrue", account.clone()),
            (site, "instance-expiring", account.clone()),
        ];
        assert_eq!(told(&first), expected, "{engine:?}");
        let hosted = Risk::Untrue { mend_by: date(2020, 11, 15), hosted: true };
        assert_eq!(first[0].risk, hosted, "{engine:?}: it is the access that may be dropped");
        let behind = first.last().map(|one| one.behind.clone());
        let second = story.desk.numbers_at_risk(&ming, None, behind, 2).await.unwrap();
        assert_eq!(told(&second), [(subject, "information-untrue", account)], "{engine:?}");
        let one_kind = story.desk.numbers_at_risk(&ming, Some("instance-expiring"), None, 9).await.unwrap();
        assert_eq!(one_kind.len(), 1, "{engine:?}");
        assert_eq!(
            story.desk.risk_counts().await.unwrap(),
            [("information-untrue".to_owned(), 2), ("instance-expiring".to_owned(), 1)],
            "{engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_seen_outside_the_watch_changes_no_number() {
    let sky = Arc::new(Sky::default());
    for (seed, engine) in (0..6).zip(ENGINES.into_iter().cycle()) {
        let mut chance = crate::rand_chacha_of(seed);
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        story.untrue(FIRST, date(2020, 11, 20), "k-1").await.unwrap();
        story.instance_until(&lin, "2020-12-20T00:00:00+08:00").await;
        let steps = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM number_steps";
        let before = (story.websites().await, story.domains().await, story.look::<(i64,)>(steps).await);
        for _ in 0..25 {
            let answers = (0..chance.next_u32() % 4).map(|_| match chance.next_u32() % 4 {
                0 => Answer::Failed,
                1 => Answer::NoSuchName,
                2 => Answer::Leads(vec![OTHER.into()]),
                _ => Answer::Leads(vec![OURS.into()]),
            });
            sky.say(answers.collect());
            if chance.next_u32().is_multiple_of(3) {
                sky.show(if chance.next_u32().is_multiple_of(2) { "" } else { "粤ICP备12345678号" });
            }
            story.pass_after(i64::from(6 + chance.next_u32() % 60), &sky).await;
        }
        let after = (story.websites().await, story.domains().await, story.look::<(i64,)>(steps).await);
        assert_eq!(after, before, "{engine:?} seed {seed}");
        story.keeps_promises(engine).await;
    }
}
