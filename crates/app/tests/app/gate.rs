//! What may be served, as the gate answers from memory: each story on both engines. What the registry says of a domain is asked beside it.

use crate::{
    Story,
    filed_before::{FIRST, NONE, Numbers, SECOND},
    filers::operator,
    key, rand_chacha_of,
};
use app::{
    Actor, Failure, Worker,
    gate::{
        AddRange, AddWindow, DeltaFault, EndWindow, Ended, Follower, RangeFault, RemoveRange, Trust,
        WhenStale, WindowFault,
    },
    two_people::Thing,
};
use filing::registry::{NotServed, Reason, Serving};
use gate::{Builder, Index, Limits, Position, read_delta, read_snapshot};
use jiff::{SignedDuration, Timestamp};
use rand_core::Rng;
use std::fs;
use testbed::{ENGINES, Engine};

/// The word with which a name is answered.
fn said(story: &Story, name: &str) -> &'static str {
    let standing = story.desk.gate_standing().expect("all of it was read");
    let answer = standing.answer(name, story.desk.now());
    assert_eq!(
        answer.serve,
        ["filed", "white-listed", "address-range"].contains(&answer.why.word()),
        "{name}"
    );
    answer.why.word()
}

fn by() -> Actor {
    Actor::Staff(operator())
}

impl Story {
    /// Lets the worker do all that there is to do now.
    async fn follows(&self, worker: &Follower) {
        loop {
            let now = self.desk.now();
            let next = worker.step(now).await.unwrap();
            if next > now {
                return;
            }
        }
    }

    async fn white_lists(&self, name: &str, from: Option<&str>, until: Option<&str>, key_text: &str) {
        let at = |text: Option<&str>| text.map(|text| text.parse::<Timestamp>().unwrap());
        let ask = AddWindow {
            by: by(),
            caller: String::new(),
            names: vec![name.to_owned()],
            from: at(from),
            until: at(until),
            reason: "搬迁期间".to_owned(),
        };
        self.desk.add_window(ask, Some(key(key_text))).await.unwrap();
    }

    async fn places_entries(&self) {
        while self.desk.sequence_ledger(self.desk.now()).await.unwrap() != app::ledger::Sequenced::Nothing {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_becomes_of_a_website_is_known_at_the_gate_before_and_after_it_has_a_place_in_the_ledger() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let worker = Follower::new(story.desk.clone());
        assert!(story.desk.gate_standing().is_none(), "{engine:?}: nothing was read yet");
        story.follows(&worker).await;
        assert_eq!(said(&story, "example.com"), "not-filed", "{engine:?}");
        let lin = story.with_a_website().await;
        story.follows(&worker).await;
        for (name, word) in [
            ("WWW.Example.com", "filed"),
            ("example.com.", "filed"),
            ("example.org", "not-filed"),
            ("com", "no-domain"),
            ("47.96.0.1", "no-domain"),
        ] {
            assert_eq!(said(&story, name), word, "{engine:?} {name}");
        }
        let before = story.desk.gate_standing().unwrap().position();
        story.places_entries().await;
        story.follows(&worker).await;
        assert!(story.desk.gate_standing().unwrap().position().size > before.size, "{engine:?}");
        assert_eq!(said(&story, "example.com"), "filed", "{engine:?}");
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        story.follows(&worker).await;
        assert_eq!(said(&story, "example.com"), "not-hosted-here", "{engine:?}");
        let back = story.comes_again(&lin, "k-again").await;
        story.to_the_end(&back, NONE).await.unwrap();
        story.follows(&worker).await;
        assert_eq!(said(&story, "example.com"), "filed", "{engine:?}");
        story.list(Thing::Domain("example.com".to_owned()), "k-domain").await;
        story.follows(&worker).await;
        assert_eq!(said(&story, "example.com"), "listed", "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_website_is_gone_from_the_gate_and_what_is_new_under_its_domain_comes_to_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let worker = Follower::new(story.desk.clone());
        let lin = story.company().await;
        story.follows(&worker).await;
        assert_eq!(said(&story, "www.example.com"), "filed", "{engine:?}");
        story.cancel(FIRST, Reason::ByOwner, "12345678-1").await.unwrap();
        story.follows(&worker).await;
        assert_eq!(said(&story, "www.example.com"), "not-filed", "{engine:?}");
        let cancelled = story.desk.may_serve("www.example.com").await.unwrap();
        assert_eq!(cancelled.serving, Serving::MayNot(NotServed::Cancelled), "{engine:?}: asked in full");
        let mut again = story.second_website(&lin.asker).await;
        again.form.websites[0].domains = vec!["example.com".to_owned()];
        again.form.websites[0].home_page = Some("www.example.com".to_owned());
        let numbers = Numbers { subject: None, websites: &[SECOND] };
        story.to_the_end(&again, numbers).await.unwrap();
        story.follows(&worker).await;
        assert_eq!(said(&story, "www.example.com"), "filed", "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_white_list_counts_from_its_first_moment_to_before_its_last_and_never_against_the_blacklist() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let worker = Follower::new(story.desk.clone());
        story.follows(&worker).await;
        story
            .white_lists("www.moving.cn", Some("2020-11-01T06:00:00Z"), Some("2020-11-01T12:00:00Z"), "k-1")
            .await;
        story.follows(&worker).await;
        assert_eq!(said(&story, "moving.cn"), "not-filed", "{engine:?}: before");
        for (at, word) in [
            ("2020-11-01T05:59:59Z", "not-filed"),
            ("2020-11-01T06:00:00Z", "white-listed"),
            ("2020-11-01T11:59:59Z", "white-listed"),
            ("2020-11-01T12:00:00Z", "not-filed"),
        ] {
            story.clock.move_to(at);
            assert_eq!(said(&story, "a.moving.cn"), word, "{engine:?} {at}: nobody followed meanwhile");
        }
        story.white_lists("moving.cn", None, None, "k-2").await;
        story.follows(&worker).await;
        assert_eq!(said(&story, "moving.cn"), "white-listed", "{engine:?}");
        story.list(Thing::Domain("moving.cn".to_owned()), "k-list").await;
        story.follows(&worker).await;
        assert_eq!(said(&story, "moving.cn"), "listed", "{engine:?}: nobody has filed it");
        let end = EndWindow { by: by(), what: Ended::OfNames(vec!["moving.cn".to_owned()]) };
        let ended = story.desk.end_window(end.clone(), Some(key("k-end"))).await.unwrap();
        assert_eq!(ended.answer.ids().count(), 1, "{engine:?}: what is over is not ended once more");
        let again = story.desk.end_window(end.clone(), Some(key("k-end"))).await.unwrap();
        assert_eq!((again.before, &again.answer), (true, &ended.answer), "{engine:?}");
        let gone = story.desk.end_window(end, Some(key("k-end-2"))).await;
        assert!(matches!(gone, Err(Failure::Because(WindowFault::Unknown))), "{engine:?} {gone:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_stand_on_the_white_list_is_told_and_nothing_is_changed() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let ask = || AddWindow {
            by: by(),
            caller: "slb".to_owned(),
            names: vec!["a.cn".to_owned(), "b.cn".to_owned()],
            from: None,
            until: Some("2020-11-09T00:00:00Z".parse().unwrap()),
            reason: "搬迁".to_owned(),
        };
        // Shorter than anything that can be kept.
        let at_once = ask().until.map(|until| until + SignedDuration::from_nanos(1));
        let no_domain = WindowFault::NoDomain { name: "com.cn".to_owned(), at: 1 };
        let faults = [
            (AddWindow { names: Vec::new(), ..ask() }, WindowFault::Count),
            (AddWindow { names: vec!["a.cn".to_owned(); 101], ..ask() }, WindowFault::Count),
            (AddWindow { names: vec!["a.cn".to_owned(), "com.cn".to_owned()], ..ask() }, no_domain),
            (AddWindow { until: Some(story.desk.now()), ..ask() }, WindowFault::Time),
            (AddWindow { from: ask().until, ..ask() }, WindowFault::Time),
            (AddWindow { reason: " ".to_owned(), ..ask() }, WindowFault::Reason),
            (AddWindow { reason: "因".repeat(61), ..ask() }, WindowFault::Reason),
            (AddWindow { reason: "a\nb".to_owned(), ..ask() }, WindowFault::Reason),
            (AddWindow { reason: "a\u{2028}b".to_owned(), ..ask() }, WindowFault::Reason),
            (AddWindow { reason: "a\u{202e}b".to_owned(), ..ask() }, WindowFault::Reason),
            (AddWindow { from: ask().until, until: at_once, ..ask() }, WindowFault::Time),
        ];
        for (ask, expected) in faults {
            match story.desk.add_window(ask, None).await {
                Err(Failure::Because(fault)) => assert_eq!(fault, expected, "{engine:?}"),
                other => panic!("{engine:?} {expected:?}: {other:?}"),
            }
        }
        assert!(story.desk.gate_windows(None, 9).await.unwrap().windows.is_empty(), "{engine:?}");
        let hundred: Vec<_> = (0..100).map(|nth| format!("name-{nth}.cn")).collect();
        let told = story.desk.add_window(AddWindow { names: hundred.clone(), ..ask() }, None).await.unwrap();
        assert_eq!(told.answer.ids().count(), 100, "{engine:?}");
        let end = EndWindow { by: by(), what: Ended::OfNames(hundred) };
        assert_eq!(story.desk.end_window(end, None).await.unwrap().answer.ids().count(), 100, "{engine:?}");
        story.desk.add_window(AddWindow { reason: "因".repeat(60), ..ask() }, None).await.unwrap();
        let listed = story.desk.gate_windows(None, 1).await.unwrap();
        let rest = story.desk.gate_windows(listed.next, 9).await.unwrap();
        let all: Vec<_> = listed.windows.iter().chain(&rest.windows).collect();
        let mut domains: Vec<_> = all.iter().map(|window| (&*window.domain, &*window.caller)).collect();
        domains.sort_unstable();
        assert_eq!((domains, rest.next), (vec![("a.cn", "slb"), ("b.cn", "slb")], None), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_of_the_providers_own_are_served_as_long_as_they_are() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let worker = Follower::new(story.desk.clone());
        let ask = |range: &str| AddRange {
            by: by(),
            caller: String::new(),
            range: range.parse().unwrap(),
            reason: "负载均衡".to_owned(),
        };
        story.desk.add_range(ask("47.96.0.0/16"), None).await.unwrap();
        story.follows(&worker).await;
        story.desk.add_range(ask("2001:db8::/32"), None).await.unwrap();
        story.follows(&worker).await;
        for (name, word) in [
            ("47.96.255.255", "address-range"),
            ("47.97.0.0", "no-domain"),
            ("[2001:db8::1]", "address-range"),
            ("[::ffff:47.96.0.1]", "address-range"),
        ] {
            assert_eq!(said(&story, name), word, "{engine:?} {name}");
        }
        let again = story.desk.add_range(ask("47.96.0.0/16"), None).await;
        assert!(matches!(again, Err(Failure::Because(RangeFault::Already))), "{engine:?} {again:?}");
        let remove = |range: &str| RemoveRange { by: by(), range: range.parse().unwrap() };
        story.desk.remove_range(remove("47.96.0.0/16"), None).await.unwrap();
        let gone = story.desk.remove_range(remove("47.96.0.0/16"), None).await;
        assert!(matches!(gone, Err(Failure::Because(RangeFault::Unknown))), "{engine:?} {gone:?}");
        story.follows(&worker).await;
        assert_eq!(said(&story, "47.96.0.1"), "no-domain", "{engine:?}");
        assert_eq!(said(&story, "[2001:db8::1]"), "address-range", "{engine:?}");
        story.desk.add_range(ask("47.96.0.0/16"), None).await.unwrap();
        assert_eq!(story.desk.gate_ranges(None, 9).await.unwrap().ranges.len(), 2, "{engine:?}");
    }
}

/// Names that stories ask of, and what each index answers.
fn agree(name: &str, at: Timestamp, indices: [&Index; 2]) {
    let [one, other] = indices.map(|index| index.answer(name, at).why.word());
    assert_eq!(one, other, "{name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edge_goes_on_by_deltas_and_answers_for_an_hour_alone_as_the_desk_does() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let worker = Follower::new(story.desk.clone());
        story.with_a_website().await;
        story.places_entries().await;
        story.follows(&worker).await;
        let verifying = story.desk.gate_key().unwrap();
        assert_eq!(verifying.name(), "kebei.example/ledger/gate", "{engine:?}");
        let snapshot = story.desk.gate_snapshot().await.unwrap();
        let mut edge = read_snapshot(&mut snapshot.as_ref(), &verifying, &Limits::default()).unwrap();
        let mut rng = rand_chacha_of(7);
        let names = ["www.example.com", "moving.cn", "other.cn", "10.0.0.1", "com"];
        for round in 0..12 {
            let key_text = format!("k-{round}");
            match rng.next_u32() % 5 {
                0 => story.white_lists("moving.cn", None, Some("2020-11-01T03:00:00Z"), &key_text).await,
                1 => {
                    let end = EndWindow { by: by(), what: Ended::OfNames(vec!["moving.cn".to_owned()]) };
                    drop(story.desk.end_window(end, None).await);
                }
                2 => {
                    let range = "10.0.0.0/8".parse().unwrap();
                    let ask = AddRange { by: by(), caller: String::new(), range, reason: "own".to_owned() };
                    drop(story.desk.add_range(ask, None).await);
                }
                3 => {
                    let ask = RemoveRange { by: by(), range: "10.0.0.0/8".parse().unwrap() };
                    drop(story.desk.remove_range(ask, None).await);
                }
                _ => drop(story.drop(FIRST, Reason::ByOwner).await),
            }
            if rng.next_u32().is_multiple_of(2) {
                story.places_entries().await;
            }
            story.clock.pass(SignedDuration::from_secs(60));
            story.follows(&worker).await;
            let delta = story.desk.gate_delta(edge.position()).await.unwrap();
            let delta = read_delta(&mut delta.as_slice(), &verifying, &Limits::default()).unwrap();
            edge = edge.applied(&delta).unwrap();
            let fresh = story.desk.gate_snapshot().await.unwrap();
            let fresh = read_snapshot(&mut fresh.as_ref(), &verifying, &Limits::default()).unwrap();
            assert_eq!((edge.position(), edge.as_of()), (fresh.position(), fresh.as_of()), "{engine:?}");
            for later in [0, 1, 60, 119] {
                let at = story.desk.now() + SignedDuration::from_mins(later);
                for name in names {
                    agree(name, at, [&edge, &fresh]);
                }
            }
        }
        let alone = story.desk.now() + SignedDuration::from_hours(1);
        let trust = Trust { max_age: SignedDuration::from_mins(90), when_stale: WhenStale::Closed };
        let word = |at| trust.weigh(edge.answer("www.example.com", at), edge.as_of(), at).why.word();
        let registry = story.desk.may_serve("www.example.com").await.unwrap().serving;
        let expected = if registry == Serving::May { "filed" } else { "not-hosted-here" };
        assert_eq!(
            (word(alone), word(alone + SignedDuration::from_hours(1))),
            (expected, "stale-closed"),
            "{engine:?}"
        );
        let further = Position { size: edge.position().size + 1, ..edge.position() };
        let of_another = Position { last: 1, ..edge.position() };
        for never in [further, of_another] {
            let told = story.desk.gate_delta(never).await;
            assert!(
                matches!(told, Err(DeltaFault::Elsewhere { from }) if from == never),
                "{engine:?} {told:?}"
            );
        }
        // From the beginning it leads as far.
        let whole = story.desk.gate_delta(Position::default()).await.unwrap();
        let whole = read_delta(&mut whole.as_slice(), &verifying, &Limits::default()).unwrap();
        let from_nothing =
            Builder::new([5; 16], 0).finish(Position::default(), Timestamp::UNIX_EPOCH).unwrap();
        let led = from_nothing.applied(&whole).unwrap();
        assert_eq!(led.position(), edge.position(), "{engine:?}");
        for name in names {
            agree(name, story.desk.now(), [&led, &edge]);
        }
        // However long nothing happens, whoever has all of it needs no snapshot.
        story.clock.pass(SignedDuration::from_hours(7 * 24));
        story.follows(&worker).await;
        let heartbeat = story.desk.gate_delta(edge.position()).await.unwrap();
        let heartbeat = read_delta(&mut heartbeat.as_slice(), &verifying, &Limits::default()).unwrap();
        assert_eq!(edge.applied(&heartbeat).unwrap().as_of(), story.desk.now(), "{engine:?}");
        let snapshot = read_snapshot(&mut snapshot.as_ref(), &verifying, &Limits::default()).unwrap();
        let old = story.desk.gate_delta(snapshot.position()).await;
        assert!(matches!(old, Err(DeltaFault::TooOld)), "{engine:?} {old:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_starts_again_goes_on_from_its_snapshot_and_reads_all_where_that_is_damaged() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let trust = Trust { max_age: SignedDuration::from_hours(1), when_stale: WhenStale::Open };
        let start = async || {
            let desk = story.another_process().await.with_gate(Some(folder.path().to_owned()), trust);
            let worker = Follower::new(desk.clone());
            while worker.step(desk.now()).await.unwrap() <= desk.now() {}
            worker.finish().await;
            desk
        };
        let said =
            |desk: &app::Desk, name: &str| desk.gate_standing().unwrap().answer(name, desk.now()).why.word();
        story.with_a_website().await;
        story.places_entries().await;
        assert_eq!(said(&start().await, "example.com"), "filed", "{engine:?}");
        let file = folder.path().join("gate.snapshot");
        let kept = fs::read(&file).unwrap();
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        story.places_entries().await;
        assert_eq!(said(&start().await, "example.com"), "not-hosted-here", "{engine:?}: followed from there");
        // What only the snapshot says is believed, which shows that it was read; nothing noted that it changed.
        fs::write(&file, &kept).unwrap();
        let changes = "DELETE FROM gate_changes";
        story.say(changes, Vec::new()).await;
        assert_eq!(said(&start().await, "example.com"), "filed", "{engine:?}: from the snapshot");
        let mut damaged = kept.clone();
        *damaged.last_mut().unwrap() ^= 1;
        fs::write(&file, &damaged).unwrap();
        assert_eq!(said(&start().await, "example.com"), "not-hosted-here", "{engine:?}: read anew");
        fs::write(&file, &kept).unwrap();
        story.clock.pass(SignedDuration::from_hours(7 * 24));
        assert_eq!(
            said(&start().await, "example.com"),
            "not-hosted-here",
            "{engine:?}: the snapshot is too old"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_older_than_it_may_be_is_answered_as_the_operator_chose() {
    for (when_stale, word) in [(WhenStale::Open, "stale-open"), (WhenStale::Closed, "stale-closed")] {
        let story = Story::on(Engine::Sqlite).await;
        let trust = Trust { max_age: SignedDuration::from_mins(5), when_stale };
        let desk = story.desk.clone().with_gate(None, trust);
        story.follows(&Follower::new(desk)).await;
        story.clock.pass(SignedDuration::from_mins(5));
        let standing = story.desk.gate_standing().unwrap();
        assert_eq!(standing.answer("example.com", story.desk.now()).why.word(), "not-filed");
        story.clock.pass(SignedDuration::from_micros(1));
        let answers = standing.answers(&["example.com", "com"], story.desk.now());
        assert_eq!(answers.iter().map(|answer| answer.why.word()).collect::<Vec<_>>(), [word, "no-domain"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_whose_ledger_becomes_another_reads_all_anew_and_answers_meanwhile() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let worker = Follower::new(story.desk.clone());
        story.with_a_website().await;
        story.places_entries().await;
        story.follows(&worker).await;
        let before = story.desk.gate_standing().unwrap().position();
        // As long as it was, with another end, and nobody noted what else is different.
        let other = Box::new(store::EntryId::new(uuid::Uuid::from_u128(7)));
        let last = "UPDATE ledger_entries SET id = $1 WHERE place = (SELECT MAX(place) FROM ledger_entries)";
        assert_eq!(story.say(last, vec![other]).await, 1, "{engine:?}");
        story.say("UPDATE websites SET state = 'access-dropped'", Vec::new()).await;
        story.clock.pass(SignedDuration::from_secs(1));
        let now = story.desk.now();
        assert_eq!(worker.step(now).await, Some(now), "{engine:?}: there is more to do");
        assert_eq!(said(&story, "example.com"), "filed", "{engine:?}: as it was known before");
        story.follows(&worker).await;
        assert_eq!(said(&story, "example.com"), "not-hosted-here", "{engine:?}");
        let after = story.desk.gate_standing().unwrap();
        assert_eq!((after.position().size, after.position().last), (before.size, 7), "{engine:?}");
        assert!(
            matches!(story.desk.gate_delta(before).await, Err(DeltaFault::Elsewhere { .. })),
            "{engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_that_cannot_be_kept_is_not_served_and_keeps_no_other_from_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_a_website().await;
        story.white_lists("moving.cn", None, None, "k-1").await;
        let broken = "UPDATE website_domains SET domain = 'No Domain' WHERE domain = 'example.com'";
        assert_eq!(story.say(broken, Vec::new()).await, 1, "{engine:?}");
        let worker = Follower::new(story.desk.clone());
        story.follows(&worker).await;
        assert_eq!(said(&story, "moving.cn"), "white-listed", "{engine:?}");
        // It is noted again, and what comes with it is followed.
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        story.white_lists("other.cn", None, None, "k-2").await;
        story.places_entries().await;
        story.follows(&worker).await;
        assert_eq!(said(&story, "other.cn"), "white-listed", "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_is_shared_for_a_minute_and_no_more_than_three_are_in_memory() {
    let story = Story::on(Engine::Sqlite).await;
    let worker = Follower::new(story.desk.clone());
    let mut reading = Vec::new();
    for _ in 0..3 {
        story.follows(&worker).await;
        let first = story.desk.gate_snapshot().await.unwrap();
        story.clock.pass(SignedDuration::from_secs(59));
        story.follows(&worker).await;
        let second = story.desk.gate_snapshot().await.unwrap();
        assert!(std::ptr::eq(first.as_ref(), second.as_ref()), "one that is being read is read by others");
        story.clock.pass(SignedDuration::from_secs(1));
        reading.push(first);
    }
    story.follows(&worker).await;
    let fourth = story.desk.gate_snapshot().await.unwrap();
    assert!(std::ptr::eq(fourth.as_ref(), reading[2].as_ref()), "an older one is better than none");
    reading.truncate(2);
    drop(fourth);
    let fourth = story.desk.gate_snapshot().await.unwrap();
    let read = read_snapshot(&mut fourth.as_ref(), &story.desk.gate_key().unwrap(), &Limits::default());
    assert_eq!(read.unwrap().as_of(), story.desk.now(), "there is room again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_has_not_come_so_far_asks_for_a_moment() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (other, worker) = (story.another_process().await, Follower::new(story.desk.clone()));
        let others = Follower::new(other.clone());
        story.places_entries().await;
        while others.step(other.now()).await.unwrap() <= other.now() {}
        story.white_lists("moving.cn", None, None, "k-1").await;
        story.places_entries().await;
        story.follows(&worker).await;
        let ahead = story.desk.gate_standing().unwrap().position();
        assert!(matches!(other.gate_delta(ahead).await, Err(DeltaFault::Behind)), "{engine:?}");
        while others.step(other.now()).await.unwrap() <= other.now() {}
        assert!(other.gate_delta(ahead).await.is_ok(), "{engine:?}");
    }
}
