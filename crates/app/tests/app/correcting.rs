//! A number that was recorded with a slip of the keyboard is corrected.

use crate::{
    Story,
    filed_before::{FIRST, NONE, Numbers, SECOND, pairs},
    filers::{SUBJECT, operator},
    key,
    why_not::principal,
};
use app::{
    Failure,
    access::Role,
    registry::{CancelNumber, CorrectFault, CorrectNumber, Corrected, NumberFault, RecordMended, Unlike},
    why_not::{WhyNot, WhyNotAsked},
};
use filing::{
    orders::Kind,
    registry::{Event, Reason, State},
};
use jiff::civil::date;
use std::sync::atomic::{AtomicU32, Ordering};
use testbed::ENGINES;

/// Each try has a key of its own.
static TRIES: AtomicU32 = AtomicU32::new(0);

impl Story {
    pub(crate) async fn correct(&self, number: &str, to: &str) -> Result<Corrected, Failure<CorrectFault>> {
        self.correct_confirmed(number, to, None).await
    }

    pub(crate) async fn correct_confirmed(
        &self,
        number: &str,
        to: &str,
        confirmation: Option<&str>,
    ) -> Result<Corrected, Failure<CorrectFault>> {
        let confirmation = confirmation.map(str::to_owned);
        let ask = CorrectNumber {
            operator: operator(),
            number: number.to_owned(),
            to: to.to_owned(),
            confirmation,
        };
        let nth = TRIES.fetch_add(1, Ordering::Relaxed);
        self.desk.correct_number(ask, key(&format!("k-correct-{nth}"))).await.map(|told| told.answer)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subject_goes_on_with_its_websites_and_its_history_under_the_number_that_the_bureau_gave() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let second = story.second_website(&lin.asker).await;
        story.to_the_end(&second, Numbers { subject: None, websites: &[SECOND] }).await.unwrap();
        story.untrue(FIRST, date(2020, 11, 10), "k-mended").await.unwrap();
        let mended = RecordMended { operator: operator(), number: FIRST.to_owned() };
        story.desk.record_mended(mended, key("k-mends")).await.unwrap();
        story.untrue(FIRST, date(2020, 11, 10), "k-untrue").await.unwrap();
        let corrected = story.correct(SUBJECT, " 粤icp备12345670号").await.unwrap();
        assert_eq!(corrected.number, (SUBJECT.to_owned(), "粤ICP备12345670号".to_owned()), "{engine:?}");
        let websites = pairs(&[(FIRST, "粤ICP备12345670号-1"), (SECOND, "粤ICP备12345670号-2")]);
        assert_eq!(corrected.websites, websites, "{engine:?}");
        for (was, now) in pairs(&[(SUBJECT, "粤ICP备12345670号"), (FIRST, "粤ICP备12345670号-1")]) {
            let told = story.desk.own_number(&lin.asker, &was).await.unwrap().unwrap();
            assert_eq!((told.short.number, told.asked_as), (now, Some(was)), "{engine:?}: where it goes on");
        }
        for number in ["粤ICP备12345670号", "粤ICP备12345670号-1"] {
            let told = story.desk.own_number(&lin.asker, number).await.unwrap().unwrap();
            let events: Vec<_> = told.history.iter().map(|one| (one.event, one.state)).collect();
            let expected = [(Event::File, State::Active), (Event::Correct, State::Active)];
            assert_eq!(events, expected, "{engine:?} {number}");
            let was = number.replace("12345670", "12345678");
            assert_eq!(
                told.history[1].was.as_deref(),
                Some(was.as_str()),
                "{engine:?}: under which it was told before"
            );
            assert_eq!(told.asked_as, None, "{engine:?}");
        }
        let untrue = story.desk.own_number(&lin.asker, "粤ICP备12345670号-1").await.unwrap().unwrap().untrue;
        assert_eq!(untrue.len(), 2, "{engine:?}: what is untrue of it goes with it, and what was");
        // It is a number like any other from now on.
        let end = story.end(&lin.asker, Kind::CancelWebsite, "粤ICP备12345670号-2", "12345670-2").await;
        story.to_the_end(&end, NONE).await.unwrap();
        let left = pairs(&[("粤ICP备12345670号-1", "active"), ("粤ICP备12345670号-2", "cancelled")]);
        assert_eq!(story.websites().await, left, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_later_than_the_last_that_happened_to_any_website_of_the_subject() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        // Another process, whose clock is a second ahead, changed the website last.
        assert_eq!(story.say("UPDATE websites SET changed_at = changed_at + 1000000", vec![]).await, 1);
        assert_eq!(
            story.say("UPDATE number_steps SET at = at + 1000000 WHERE number LIKE '%-1'", vec![]).await,
            1
        );
        story.correct(SUBJECT, "粤ICP备12345670号").await.unwrap();
        let told = story.desk.own_number(&lin.asker, "粤ICP备12345670号-1").await.unwrap().unwrap();
        let events: Vec<_> = told.history.iter().map(|one| one.event).collect();
        assert_eq!(events, [Event::File, Event::Correct], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_gets_another_number_of_its_subject_and_nothing_else() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        for (number, to, fault) in [
            (FIRST, "粤ICP备12345670号-1", Unlike::Subject.into()),
            (SUBJECT, "粤ICP证12345670号", Unlike::Sort.into()),
            (FIRST, SUBJECT, Unlike::Sort.into()),
            (FIRST, FIRST, Unlike::Same.into()),
            (FIRST, "粤ICP备12345678号-10000", Unlike::Unreadable.into()),
            (SUBJECT, "浙ICP备12345678号", Unlike::Province.into()),
            (SUBJECT, "粤ICP备1234567号", Unlike::Unreadable.into()),
            (SECOND, "粤ICP备12345678号-3", CorrectFault::Unknown),
        ] {
            let refused = story.correct(number, to).await.unwrap_err();
            assert!(
                matches!(&refused, Failure::Because(found) if *found == fault),
                "{engine:?} {number} {to} {refused}"
            );
        }
        story.correct(FIRST, "粤ICP备12345678号-12").await.unwrap();
        assert_eq!(story.websites().await, pairs(&[("粤ICP备12345678号-12", "active")]), "{engine:?}");
        let second = story.second_website(&lin.asker).await;
        story.to_the_end(&second, Numbers { subject: None, websites: &[FIRST] }).await.unwrap();
        let taken = story.correct(FIRST, "粤ICP备12345678号-12").await.unwrap_err();
        assert!(matches!(taken, Failure::Because(CorrectFault::Taken(_))), "{engine:?} {taken}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_an_order_under_way_names_is_not_corrected_and_one_that_is_cancelled_stays_so() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let end = story.end(&lin.asker, Kind::CancelAccess, FIRST, "12345678-1").await;
        for part in end.form.parts().collect::<Vec<_>>() {
            story.save(&end, part).await.unwrap();
        }
        story.submit(&end, "k-end").await.unwrap();
        for (number, to) in [(FIRST, "粤ICP备12345678号-7"), (SUBJECT, "粤ICP备12345670号")] {
            match story.correct(number, to).await.unwrap_err() {
                Failure::Because(CorrectFault::UnderWay(orders)) => assert_eq!(orders, [end.order]),
                refused => panic!("{engine:?} {number} {refused}"),
            }
        }
        story.give_up(&end).await.unwrap();
        let cancel = CancelNumber {
            operator: operator(),
            number: FIRST.to_owned(),
            reason: Reason::ByOwner,
            confirmation: "12345678-1".to_owned(),
        };
        story.desk.cancel_number(cancel, key("k-cancel")).await.unwrap();
        story.correct_confirmed(FIRST, "粤ICP备12345678号-8", Some("12345678-1")).await.unwrap();
        let cancelled = pairs(&[("粤ICP备12345678号-8", "cancelled")]);
        assert_eq!(story.websites().await, cancelled, "{engine:?}");
        // The number is free for the website that has it in truth.
        let second = story.second_website(&lin.asker).await;
        story.to_the_end(&second, Numbers { subject: None, websites: &[FIRST] }).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_for_a_number_that_was_corrected_is_led_to_where_it_goes_on_and_a_stranger_is_not() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let ming = principal(&story, "ming", Role::Support).await;
        story.correct(FIRST, "粤ICP备12345678号-7").await.unwrap();
        story.correct("粤ICP备12345678号-7", "粤ICP备12345678号-12").await.unwrap();
        for was in [FIRST, "粤ICP备12345678号-7", " 粤icp备12345678号-７"] {
            let told = story.desk.number_for(&ming, was).await.unwrap().unwrap();
            assert_eq!(told.short.number, "粤ICP备12345678号-12", "{engine:?} {was}");
            let what = was.to_owned();
            let ask = WhyNotAsked { by: ming.clone(), what, at: None, edition: None };
            let WhyNot::Number(seen) = story.desk.why_not(ask).await.unwrap() else { panic!("{was}") };
            assert_eq!(seen.number.short.number, "粤ICP备12345678号-12", "{engine:?} {was}");
        }
        let stranger = story.account(8).await;
        assert!(story.desk.own_number(&stranger, FIRST).await.unwrap().is_none(), "{engine:?}");
        // What has the number now comes first.
        let second = story.second_website(&lin.asker).await;
        story.to_the_end(&second, Numbers { subject: None, websites: &[FIRST] }).await.unwrap();
        let told = story.desk.number_for(&ming, FIRST).await.unwrap().unwrap();
        assert_eq!((told.short.number.as_str(), told.asked_as), (FIRST, None), "{engine:?}");
        assert_eq!(
            told.formerly,
            ["粤ICP备12345678号-12"],
            "{engine:?}: what was called so before is told too"
        );
        // Nothing is recorded of a number by the name that it had.
        let refused = story.drop("粤ICP备12345678号-7", Reason::ByOwner).await.unwrap_err();
        assert!(matches!(refused, Failure::Because(NumberFault::Unknown)), "{engine:?} {refused}");
    }
}
