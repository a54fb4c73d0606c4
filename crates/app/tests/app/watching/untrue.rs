//! What is filed was found untrue: its owner is told with the day by which it is to be mended, and what became of it.

use super::{OURS, Sky};
use crate::{
    Story,
    filed_before::{FIRST, pairs},
    filers::{SUBJECT, operator},
    key,
    why_not::principal,
};
use app::{
    Actor, Failure,
    access::{Right, Role},
    personal::{Purpose, SeeFault},
    registry::{CancelNumber, HowEnded, NumberFault, RecordDomainTerm, RecordMended, UntrueFault},
    why_not::{WhyNot, WhyNotAsked},
};
use filing::registry::{Coming, Reason, Risk, State, Weight};
use jiff::{SignedDuration, Timestamp, civil::date};
use ledger::EntryRef;
use std::collections::BTreeSet;
use testbed::ENGINES;

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
        // 180 days from the first of November at most.
        let (last, beyond) = (date(2021, 4, 30), date(2021, 5, 1));
        assert_eq!(story.untrue(FIRST, beyond, "k-6").await, Err(UntrueFault::TooFar(last)), "{engine:?}");
        assert_eq!(story.untrue(FIRST, day, "k-2").await, Ok(()), "{engine:?}");
        assert_eq!(story.untrue(FIRST, day, "k-3").await, Err(UntrueFault::Already("2020-11-10".to_owned())));
        assert_eq!(story.untrue(SUBJECT, day, "k-4").await, Ok(()), "{engine:?}: the subject has its own");
        let told: BTreeSet<_> = story.warnings().await.iter().map(|one| one["number"].to_string()).collect();
        let both = [SUBJECT, FIRST].map(|number| serde_json::json!(number).to_string());
        assert_eq!(told, BTreeSet::from(both), "{engine:?}: as soon as it is recorded");
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
            .map(|one| (one.number.as_str(), one.mend_by.as_str(), one.ended.as_ref().map(|ended| ended.how)))
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
        let ended = website.untrue[2].ended.as_ref().unwrap();
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
        let by: Vec<_> = website.untrue.iter().map(|one| one.by.as_str()).collect();
        assert_eq!(by, ["staff:wu"; 3], "{engine:?}");
        let ended_by = website.untrue.iter().map(|one| one.ended.as_ref().unwrap().by.as_str());
        assert_eq!(ended_by.collect::<Vec<_>>(), ["staff:wu"; 3], "{engine:?}");
        let recorded: Vec<_> = website.untrue.iter().map(|one| one.recorded_at).collect();
        assert_eq!(recorded, at("number.untrue")[..3], "{engine:?}");
        let mended = [0, 1].map(|nth| website.untrue[nth].ended.as_ref().unwrap().at);
        assert_eq!(mended[..], at("number.mended"), "{engine:?}");
        let by = principal(&story, "ming", Role::Support).await;
        let (what, at) = (FIRST.to_owned(), Some(recorded[0]));
        let then = story.desk.why_not(WhyNotAsked { by, what, at, edition: None }).await.unwrap();
        let WhyNot::Number(seen) = then else { panic!("{then:?}") };
        let standing: Vec<_> = seen.number.untrue.iter().map(|one| one.ended.clone()).collect();
        assert_eq!(standing, [None], "{engine:?}: as it stood on that day");
        let subject: Vec<_> = told(SUBJECT).await.untrue;
        assert_eq!((subject.len(), subject[1].ended.clone()), (2, None), "{engine:?}: it has its own alone");
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
        let before = story.warnings().await.len();
        assert_eq!(story.pass_after(24 * 7, &sky).await, 2, "{engine:?}: again after seven days");
        for warning in story.warnings().await.split_off(before) {
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
        let warning = &story.warnings().await[0];
        assert_eq!((round(6).await, round(6).await), (0, 0), "{engine:?}: told when it was recorded");
        assert_eq!(round(24 * 7).await, 1, "{engine:?}: again after seven days");
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
async fn a_subject_with_a_website_left_is_warned_of_by_that_alone() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_a_website().await;
        story.untrue(SUBJECT, date(2020, 11, 10), "k-untrue").await.unwrap();
        assert_eq!(story.pass(&Sky::leading(&[OURS])).await, 0, "{engine:?}: told when it was recorded");
        let again = story.pass_after(24 * 7, &Sky::leading(&[OURS])).await;
        assert_eq!(again, 1, "{engine:?}: again after seven days, and not once more for its website");
        assert_eq!(story.warnings().await.len(), 2, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_access_ends_for_what_its_owner_was_not_warned_of_as_something_kept_could_not_be_read() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let ends_in = |year, by| RecordDomainTerm {
            by,
            number: FIRST.to_owned(),
            domain: "example.com".to_owned(),
            expires_on: date(year, 1, 1),
        };
        story.desk.record_domain_term(ends_in(2025, Actor::Staff(operator())), None).await.unwrap();
        story.tries("UPDATE domain_terms SET expires_on = 'some day'").await.unwrap();
        story.untrue(FIRST, date(2020, 11, 10), "k-untrue").await.unwrap();
        let warnings = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM jobs WHERE kind = 'number.at-risk'";
        assert_eq!(story.look::<(i64,)>(warnings).await, [(0,)], "{engine:?}");
        let is_warned = async || {
            let number = story.desk.own_number(&lin.asker, FIRST).await;
            number.ok().flatten().and_then(|number| number.untrue[0].is_warned)
        };
        story.clock.move_to("2020-11-10T16:00:00Z");
        let refused = story.drop(FIRST, Reason::InformationUntrue).await.unwrap_err();
        assert!(matches!(refused, Failure::Because(NumberFault::NotWarned)), "{engine:?} {refused}");
        story.tries("UPDATE domain_terms SET expires_on = '2025-01-01'").await.unwrap();
        // What threatens the number is kept with what he says himself, of which he is not warned.
        story.desk.record_domain_term(ends_in(2026, Actor::Account(lin.asker.clone())), None).await.unwrap();
        let refused = story.drop(FIRST, Reason::InformationUntrue).await.unwrap_err();
        assert!(matches!(refused, Failure::Because(NumberFault::NotWarned)), "{engine:?} {refused}");
        assert_eq!(is_warned().await, Some(false), "{engine:?}");
        story.desk.watch_numbers(&Sky::leading(&[OURS])).await.unwrap();
        assert_eq!(is_warned().await, Some(true), "{engine:?}");
        assert_eq!(story.look::<(i64,)>(warnings).await, [(1,)], "{engine:?}: by the round of the watch");
        // Warned on the 11th, when the day that was given had passed, he has three days.
        story.clock.move_to("2020-11-14T15:59:59Z");
        let refused = story.drop(FIRST, Reason::InformationUntrue).await.unwrap_err();
        let late = NumberFault::Mendable(date(2020, 11, 14));
        assert!(matches!(&refused, Failure::Because(fault) if *fault == late), "{engine:?} {refused}");
        story.clock.move_to("2020-11-14T16:00:00Z");
        let dropped = story.drop(FIRST, Reason::InformationUntrue).await.unwrap().answer;
        assert_eq!(dropped.state, State::AccessDropped, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_another_day_by_which_it_is_to_be_mended_he_is_warned_anew_whatever_he_was_told_before() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        story.untrue(FIRST, date(2020, 11, 10), "k-1").await.unwrap();
        let (number, domain, expires_on) = (FIRST.to_owned(), "example.com".to_owned(), date(2025, 1, 1));
        let by = Actor::Staff(operator());
        story
            .desk
            .record_domain_term(RecordDomainTerm { by, number, domain, expires_on }, None)
            .await
            .unwrap();
        story.tries("UPDATE domain_terms SET expires_on = 'some day'").await.unwrap();
        let mended = RecordMended { operator: operator(), number: FIRST.to_owned() };
        story.desk.record_mended(mended, key("k-mended")).await.unwrap();
        story.clock.pass(SignedDuration::from_hours(1));
        story.untrue(FIRST, date(2020, 11, 12), "k-2").await.unwrap();
        story.tries("UPDATE domain_terms SET expires_on = '2025-01-01'").await.unwrap();
        let is_warned = async || {
            let number = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
            number.untrue.iter().map(|one| one.is_warned).collect::<Vec<_>>()
        };
        assert_eq!(is_warned().await, [None, Some(false)], "{engine:?}");
        story.clock.move_to("2020-11-12T16:00:00Z");
        assert_eq!(story.pass(&Sky::leading(&[OURS])).await, 1, "{engine:?}");
        assert_eq!(story.warnings().await.last().unwrap()["day"], "2020-11-12", "{engine:?}");
        assert_eq!(is_warned().await, [None, Some(true)], "{engine:?}");
        let late = NumberFault::Mendable(date(2020, 11, 16));
        let refused = story.drop(FIRST, Reason::InformationUntrue).await.unwrap_err();
        assert!(matches!(&refused, Failure::Because(fault) if *fault == late), "{engine:?} {refused}");
        story.clock.move_to("2020-11-16T16:00:00Z");
        story.drop(FIRST, Reason::InformationUntrue).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_ends_for_what_is_untrue_of_the_subject_though_of_the_websites_own_nobody_was_warned() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_a_website().await;
        let (number, domain, expires_on) = (FIRST.to_owned(), "example.com".to_owned(), date(2025, 1, 1));
        let by = Actor::Staff(operator());
        story
            .desk
            .record_domain_term(RecordDomainTerm { by, number, domain, expires_on }, None)
            .await
            .unwrap();
        story.tries("UPDATE domain_terms SET expires_on = 'some day'").await.unwrap();
        story.untrue(FIRST, date(2020, 11, 5), "k-1").await.unwrap();
        story.untrue(SUBJECT, date(2020, 11, 8), "k-2").await.unwrap();
        story.clock.move_to("2020-11-08T15:59:59Z");
        let refused = story.drop(FIRST, Reason::InformationUntrue).await.unwrap_err();
        assert!(matches!(refused, Failure::Because(NumberFault::NotWarned)), "{engine:?} {refused}");
        story.clock.move_to("2020-11-08T16:00:00Z");
        story.drop(FIRST, Reason::InformationUntrue).await.unwrap();
    }
}
