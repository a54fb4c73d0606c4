//! The watch of filing numbers: what threatens each, that its owner is told once, and that nothing is ever cancelled by it.

mod terms;
mod untrue;

use crate::{
    Story,
    filed_before::{FIRST, NONE, Numbers, SECOND, pairs},
    filers::{Filer, SUBJECT, operator},
    key, server,
    why_not::principal,
};
use ::rulebook::Facts;
use app::{
    Desk, Failure,
    access::Role,
    registry::{DropAccess, RecordUntrue, UntrueFault},
    watch::{Asking, Outside, Reading},
};
use filing::registry::{Answer, Event, Reason, Risk};
use jiff::{SignedDuration, civil::date};
use ledger::EntryRef;
use rand_chacha::rand_core::Rng;
use std::{
    net::IpAddr,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use testbed::{ENGINES, Engine, PROMISES};

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

#[tokio::test(flavor = "multi_thread")]
async fn one_product_that_cannot_be_read_keeps_no_website_behind_it_waiting() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let second = story.second_website(&lin.asker).await;
        story.to_the_end(&second, Numbers { subject: None, websites: &[SECOND] }).await.unwrap();
        // Of what is hosted nowhere here no page is asked for.
        story.drop(SECOND, Reason::ByOwner).await.unwrap();
        story.untrue(SECOND, date(2020, 11, 10), "k-1").await.unwrap();
        let unreadable = "UPDATE instances SET facts = $1 WHERE name = 'i-7'";
        assert_eq!(story.say(unreadable, vec![Box::new(b"{".to_vec())]).await, 1);
        let sky = Sky::leading(&[OURS]);
        story.pass(&sky).await;
        assert_eq!(
            story.pass_after(24 * 7, &sky).await,
            1,
            "{engine:?}: of the other its owner is told again"
        );
    }
}
