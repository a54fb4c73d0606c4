//! The life of filing numbers on a desk: what ends them, what that does to codes and domains, and that nothing restores them.

use crate::{
    Story,
    filed_before::{FIRST, NONE, Numbers, SECOND, pairs},
    filers::{Filer, SUBJECT, filled, operator},
    key,
    why_not::principal,
};
use app::{
    Failure, Told, Worker,
    access::Role,
    jobs::Queue,
    orders::{
        Moved, SubmitFault,
        bureau::{ConfirmSms, FileFault, FileOrder},
    },
    registry::{CancelNumber, DropAccess, Ended, Happened, Notices, NumberFault, RecordMended},
    two_people::Thing,
    watch::Warnings,
    why_not::{WhyNot, WhyNotAsked},
};
use filing::{
    codes::State as CodeState,
    orders::Kind,
    registry::{Event, Loss, NotServed, Reason, Serving, State},
};
use jiff::{SignedDuration, civil::date};
use rulebook::{ALIYUN, Lang};
use store::CommitHook;
use testbed::{ENGINES, Engine};
use uuid::Uuid;

impl Story {
    pub(crate) async fn cancel(
        &self,
        number: &str,
        reason: Reason,
        digits: &str,
    ) -> Result<Told<Ended>, Failure<NumberFault>> {
        let (number, confirmation) = (number.to_owned(), digits.to_owned());
        let ask = CancelNumber { operator: operator(), number, reason, confirmation };
        self.desk.cancel_number(ask, key(&format!("k-cancel-{digits}-{}", reason.word()))).await
    }

    pub(crate) async fn drop(
        &self,
        number: &str,
        reason: Reason,
    ) -> Result<Told<Ended>, Failure<NumberFault>> {
        let ask = DropAccess { operator: operator(), number: number.to_owned(), reason };
        let ascii: String = number.chars().filter(char::is_ascii).collect();
        self.desk.drop_access(ask, key(&format!("k-drop-{ascii}-{}", reason.word()))).await
    }

    /// The access of a website ends for what was found untrue: that is recorded, and its day passes.
    pub(crate) async fn drop_untrue(&self, number: &str) -> Told<Ended> {
        let today = ::rulebook::calendar::shanghai(self.desk.now()).date();
        self.untrue(number, today, "k-untrue").await.unwrap();
        self.clock.pass(SignedDuration::from_hours(24));
        self.drop(number, Reason::InformationUntrue).await.unwrap()
    }

    /// An access that comes again, complete.
    pub(crate) async fn comes_again(&self, of: &Filer, issue: &str) -> Filer {
        let mut back = self.about(&of.asker, Kind::AddAccess, FIRST).await;
        let mut website = filled().websites.remove(0);
        website.verification = Some(self.verification(&of.asker, 7, issue).await);
        back.form.websites = vec![website];
        back.form.materials = self.pictures(back.order).await;
        back.form.materials.retain(|picture| picture.website.is_some());
        back
    }

    /// Takes an order as far as the bureau.
    async fn to_the_bureau(&self, filer: &Filer) {
        for part in filer.form.parts().collect::<Vec<_>>() {
            self.save(filer, part).await.unwrap();
        }
        self.submit(filer, &format!("k-submit-{}", filer.order)).await.unwrap();
        self.approve(filer.order).await.unwrap();
        self.send(filer.order).await;
        if self.desk.order(&filer.asker, filer.order).await.unwrap().kind.needs().sms {
            let answered = ConfirmSms { operator: operator(), order: filer.order };
            self.desk.confirm_sms(answered, key(&format!("k-sms-{}", filer.order))).await.unwrap();
        }
    }

    /// An order of that kind about the first website that the bureau has when the website is cancelled.
    async fn cancelled_meanwhile(engine: Engine, kind: Kind) -> (Self, Filer) {
        let story = Self::on(engine).await;
        let lin = story.with_a_website().await;
        let late = match kind {
            Kind::AddAccess => {
                story.drop(FIRST, Reason::ByOwner).await.unwrap();
                story.comes_again(&lin, "k-again").await
            }
            Kind::Change => story.moved(&lin).await,
            _ => story.end(&lin.asker, kind, FIRST, "12345678-1").await,
        };
        story.to_the_bureau(&late).await;
        let ended = story.cancel(FIRST, Reason::ByNewDomainHolder, "12345678-1").await.unwrap();
        assert_eq!(ended.answer.under_way, [late.order.to_string()], "{engine:?} {kind:?}");
        (story, late)
    }

    /// A change of the first website to another domain, complete.
    pub(crate) async fn moved(&self, of: &Filer) -> Filer {
        let mut change = self.about(&of.asker, Kind::Change, SUBJECT).await;
        let mut website = filled().websites.remove(0);
        website.number = Some(FIRST.to_owned());
        website.domains = vec!["example.org".to_owned()];
        website.home_page = Some("www.example.org".to_owned());
        change.form.websites = vec![website];
        change.form.materials = self.pictures(change.order).await;
        change.form.materials.retain(|picture| [Some(1), Some(4)].contains(&picture.purpose));
        change
    }

    /// Records that the bureau filed an order that makes no number.
    async fn file_late(&self, late: &Filer) -> Result<Told<Moved>, Failure<FileFault>> {
        let (subject_number, website_numbers) = (None, Vec::new());
        let file = FileOrder { operator: operator(), order: late.order, subject_number, website_numbers };
        self.desk.file_order(file, key("k-late")).await
    }

    async fn happened(&self, filer: &Filer, number: &str) -> Vec<(Event, Option<Reason>, State)> {
        let found = self.desk.own_number(&filer.asker, number).await.unwrap().unwrap();
        found.history.iter().map(|Happened { event, reason, state, .. }| (*event, *reason, *state)).collect()
    }
}

fn illegal(told: Result<Told<Ended>, Failure<NumberFault>>) -> filing::registry::Illegal {
    match told {
        Err(Failure::Because(NumberFault::Illegal(illegal))) => illegal,
        told => panic!("{told:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happened_to_a_number_is_told_with_who_why_and_its_entry() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let dropped = story.drop_untrue(FIRST).await;
        assert_eq!(dropped.answer.state, State::AccessDropped, "{engine:?}");
        let back = story.comes_again(&lin, "k-again").await;
        story.to_the_end(&back, NONE).await.unwrap();
        let number = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
        let told: Vec<_> = number.history.iter().map(|one| (one.event, one.reason, one.state)).collect();
        let expected = [
            (Event::File, None, State::Active),
            (Event::DropAccess, Some(Reason::InformationUntrue), State::AccessDropped),
            (Event::AddAccess, None, State::Active),
        ];
        assert_eq!(told, expected, "{engine:?}");
        assert_eq!(number.history[0].order, Some(lin.order), "{engine:?}");
        assert_eq!((number.history[1].order, number.history[1].entry), (None, dropped.entry), "{engine:?}");
        assert_eq!(number.history[1].actor, "staff:wu", "{engine:?}");
        assert_eq!(number.history[2].order, Some(back.order), "{engine:?}");
        assert_eq!((number.short.state, number.subject.as_deref()), (State::Active, Some(SUBJECT)));
        let hosted: Vec<_> = number.accesses.iter().map(|access| access.ended.map(|(_, why)| why)).collect();
        assert_eq!(hosted, [Some(Reason::InformationUntrue), None], "{engine:?}");
        assert!(number.accesses.iter().all(|access| access.instance.as_deref() == Some("i-7")), "{engine:?}");
        assert_eq!(number.accesses[1].addresses, ["47.96.0.1"], "{engine:?}");
        let subject = story.desk.own_number(&lin.asker, SUBJECT).await.unwrap().unwrap();
        assert_eq!(subject.websites, std::slice::from_ref(&number.short), "{engine:?}");
        let mine = story.desk.my_numbers(&lin.asker, None, 10).await.unwrap();
        assert_eq!((mine.len(), &mine[0].number, &mine[0].websites), (1, &subject.short, &subject.websites));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_there_for_its_owner_and_for_staff_who_leaves_a_line() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let li = story.account(8).await;
        assert!(story.desk.own_number(&li, FIRST).await.unwrap().is_none(), "{engine:?}");
        assert!(story.desk.own_number(&lin.asker, "粤ICP备12345678号-9").await.unwrap().is_none());
        let spaced = story.desk.own_number(&lin.asker, " 粤ICP备１２３４５６７８号-1").await.unwrap();
        assert_eq!(spaced.unwrap().short.number, FIRST, "{engine:?}");
        assert!(story.desk.my_numbers(&li, None, 10).await.unwrap().is_empty(), "{engine:?}");
        let ming = principal(&story, "ming", Role::Support).await;
        let seen = story.desk.number_for(&ming, FIRST).await.unwrap().unwrap();
        assert_eq!(seen.account, lin.asker.name(), "{engine:?}");
        assert!(story.desk.number_for(&ming, "粤ICP备12345678号-9").await.unwrap().is_none(), "{engine:?}");
        let auditor = principal(&story, "sun", Role::Auditor).await;
        let lines = story.desk.access_log(&auditor, None, 10).await.unwrap();
        let lines: Vec<_> = lines.iter().map(|line| (line.what.as_str(), line.account.as_deref())).collect();
        assert_eq!(lines, [("number", Some(lin.asker.name()))], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_lapses_and_its_new_holder_cancels_so_that_it_can_be_filed_by_him() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let before = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
        let cancels = before.endings.iter().find(|one| one.event == Event::Cancel).unwrap();
        assert_eq!(cancels.reasons, [Reason::ByOwner, Reason::ByNewDomainHolder], "{engine:?}");
        let words: Vec<_> = cancels.losses.iter().map(Loss::word).collect();
        assert_eq!(words, ["number", "served", "new-filing", "codes"], "{engine:?}");
        let unmeant = story.cancel(FIRST, Reason::ByNewDomainHolder, "12345678").await.unwrap_err();
        assert!(
            matches!(unmeant, Failure::Because(NumberFault::NotConfirmed { .. })),
            "{engine:?} {unmeant}"
        );
        let done = story.cancel(FIRST, Reason::ByNewDomainHolder, "12345678-1").await.unwrap();
        assert_eq!((done.answer.state, done.answer.restored), (State::Cancelled, 0), "{engine:?}");
        let again = story.cancel(FIRST, Reason::ByNewDomainHolder, "12345678-1").await.unwrap();
        assert_eq!((again.before, again.entry, again.answer), (true, done.entry, done.answer), "{engine:?}");
        assert_eq!(story.websites().await, pairs(&[(FIRST, "cancelled")]), "{engine:?}");
        assert_eq!(story.domains().await, [], "{engine:?}: it is free");
        assert_eq!(story.code_states(&lin.asker).await, [CodeState::Recorded], "{engine:?}: used for ever");
        let number = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
        assert!(number.endings.is_empty(), "{engine:?}");
        let last = number.history.last().unwrap();
        assert_eq!(last.reason, Some(Reason::ByNewDomainHolder), "{engine:?}");
        assert_eq!(last.edition.as_deref(), Some("2020-10-16"), "{engine:?}");
        let ended = number.accesses[0].ended.map(|(_, why)| why);
        assert_eq!(ended, Some(Reason::ByNewDomainHolder), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_restores_a_cancelled_number_not_even_what_the_bureau_had_before() {
    for engine in ENGINES {
        for kind in [Kind::AddAccess, Kind::Change, Kind::CancelAccess] {
            let (story, late) = Story::cancelled_meanwhile(engine, kind).await;
            let refused = story.file_late(&late).await.unwrap_err();
            let expected = FileFault::Cancelled(FIRST.to_owned());
            assert!(
                matches!(&refused, Failure::Because(fault) if *fault == expected),
                "{engine:?} {refused}"
            );
            assert_eq!(story.websites().await, pairs(&[(FIRST, "cancelled")]), "{engine:?} {kind:?}");
        }
        let (story, late) = Story::cancelled_meanwhile(engine, Kind::CancelWebsite).await;
        story.file_late(&late).await.unwrap();
        assert_eq!(
            story.websites().await,
            pairs(&[(FIRST, "cancelled")]),
            "{engine:?}: what it asks for is so"
        );
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        story.cancel(FIRST, Reason::AccessDroppedTooLong, "12345678-1").await.unwrap();
        for reason in Reason::ALL {
            let digits = "12345678-1";
            if reason != Reason::AccessDroppedTooLong {
                let refused = illegal(story.cancel(FIRST, reason, digits).await);
                assert!(
                    refused.legal.iter().all(|(event, _)| *event == Event::Correct),
                    "{engine:?} {refused}"
                );
            }
            if reason != Reason::ByOwner {
                illegal(story.drop(FIRST, reason).await);
            }
        }
        for kind in [Kind::AddAccess, Kind::CancelWebsite, Kind::CancelAccess] {
            let mut late = story.end(&lin.asker, kind, FIRST, "12345678-1").await;
            if kind == Kind::AddAccess {
                late.form.cancellation = None;
            }
            for part in late.form.parts().collect::<Vec<_>>() {
                story.save(&late, part).await.unwrap();
            }
            let refused = story.submit(&late, &format!("k-{}", late.order)).await.unwrap_err();
            let Failure::Because(SubmitFault::Faulty(faults)) = refused else { panic!("{engine:?}") };
            let paths: Vec<_> = faults.checks.iter().map(|fault| fault.path.as_str()).collect();
            assert!(paths.contains(&"target.number"), "{engine:?} {kind:?} {paths:?}");
        }
        assert_eq!(story.websites().await, pairs(&[(FIRST, "cancelled")]), "{engine:?}");
        assert_eq!(story.domains().await, [], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_edition_gives_places_back_the_code_stays_recorded_and_no_longer_counts() {
    for engine in ENGINES {
        let restoring = ALIYUN
            .replace("restore_on_cancel = \"never\"", "restore_on_cancel = \"restore\"")
            .replace("restore_on_cancel = { value = \"never\"", "restore_on_cancel = { value = \"restore\"");
        for (rulebook, taken) in [(restoring.as_str(), 0), (ALIYUN, 1)] {
            let story = Story::under(engine, CommitHook::default(), rulebook).await;
            let lin = story.with_a_website().await;
            let places = "SELECT taken, used FROM quota_places WHERE product = '' ORDER BY owner";
            assert_eq!(story.look::<(i64, i64)>(places).await, [(1, 1)], "{engine:?}");
            let done = story.cancel(FIRST, Reason::ByOwner, "12345678-1").await.unwrap();
            assert_eq!(done.answer.restored, 1 - taken, "{engine:?}");
            let left = i64::try_from(taken).unwrap();
            assert_eq!(story.look::<(i64, i64)>(places).await, [(left, left)], "{engine:?}");
            assert_eq!(story.code_states(&lin.asker).await, [CodeState::Recorded], "{engine:?}");
            let counted: Vec<(i64,)> = story.look("SELECT counted FROM codes").await;
            assert_eq!(counted, [(left,)], "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subject_is_cancelled_as_hosted_nowhere_only_where_it_is() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let second = story.second_website(&lin.asker).await;
        story.to_the_end(&second, Numbers { subject: None, websites: &[SECOND] }).await.unwrap();
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        let too_long = || story.cancel(SUBJECT, Reason::AccessDroppedTooLong, "12345678");
        match too_long().await {
            Err(Failure::Because(NumberFault::HostedHere(numbers))) => assert_eq!(numbers, [SECOND]),
            told => panic!("{engine:?} {told:?}"),
        }
        story.drop(SECOND, Reason::ByOwner).await.unwrap();
        let done = too_long().await.unwrap().answer;
        assert_eq!(
            (done.state, done.websites),
            (State::Cancelled, vec![FIRST.to_owned(), SECOND.to_owned()])
        );
        assert_eq!(
            story.websites().await,
            pairs(&[(FIRST, "cancelled"), (SECOND, "cancelled")]),
            "{engine:?}"
        );
        let last = story.happened(&lin, SUBJECT).await.pop();
        let expected = (Event::Cancel, Some(Reason::AccessDroppedTooLong), State::Cancelled);
        assert_eq!(last, Some(expected), "{engine:?}");
        let foreign = illegal(story.drop(SUBJECT, Reason::ByOwner).await);
        assert_eq!(foreign.from, Some(State::Cancelled), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_was_never_filed_here_is_unknown_and_authority_needs_two() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_a_website().await;
        let unknown = story.cancel("粤ICP备87654321号", Reason::ByOwner, "87654321").await.unwrap_err();
        assert!(matches!(unknown, Failure::Because(NumberFault::Unknown)), "{engine:?} {unknown}");
        let alone = illegal(story.cancel(FIRST, Reason::ByAuthority, "12345678-1").await);
        assert!(alone.legal.iter().any(|(event, _)| *event == Event::Cancel), "{engine:?} {alone:?}");
        illegal(story.drop(SUBJECT, Reason::ByOwner).await);
        assert_eq!(story.websites().await, pairs(&[(FIRST, "active")]), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_end_a_number_at_once_one_does() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_a_website().await;
        let other = story.another_process().await;
        let ask = |reason| CancelNumber {
            operator: operator(),
            number: FIRST.to_owned(),
            reason,
            confirmation: "12345678-1".to_owned(),
        };
        let (one, two) = tokio::join!(
            story.desk.cancel_number(ask(Reason::ByOwner), key("k-one")),
            other.cancel_number(ask(Reason::ByNewDomainHolder), key("k-two")),
        );
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "{engine:?} {one:?} {two:?}");
        let cancelled: Vec<(i64,)> =
            story.look("SELECT COUNT(*) FROM number_steps WHERE event = 'cancel'").await;
        assert_eq!(cancelled, [(1,)], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_ends_for_what_is_untrue_only_once_that_is_recorded_and_its_day_has_passed() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_a_website().await;
        let refused = async |reason| match story.drop(FIRST, reason).await {
            Err(Failure::Because(fault)) => fault,
            told => panic!("{engine:?} {told:?}"),
        };
        let untrue = Reason::InformationUntrue;
        assert_eq!(refused(untrue).await, NumberFault::NothingUntrue, "{engine:?}");
        // A subject's is its websites' too.
        for (number, day) in [(SUBJECT, date(2020, 11, 10)), (FIRST, date(2020, 11, 12))] {
            story.untrue(number, day, &format!("k-{day}")).await.unwrap();
        }
        story.clock.move_to("2020-11-10T15:59:59Z");
        assert_eq!(refused(untrue).await, NumberFault::Mendable(date(2020, 11, 10)), "{engine:?}: its last");
        let mended = RecordMended { operator: operator(), number: SUBJECT.to_owned() };
        story.desk.record_mended(mended, key("k-mended")).await.unwrap();
        story.clock.move_to("2020-11-12T15:59:59Z");
        assert_eq!(refused(untrue).await, NumberFault::Mendable(date(2020, 11, 12)), "{engine:?}: its last");
        assert_eq!(story.websites().await, pairs(&[(FIRST, "active")]), "{engine:?}");
        story.clock.move_to("2020-11-12T16:00:00Z");
        let dropped = story.drop(FIRST, untrue).await.unwrap().answer;
        assert_eq!((dropped.state, dropped.reason), (State::AccessDropped, untrue), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_is_told_of_whatever_ended_and_of_nothing_else() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let second = story.second_website(&lin.asker).await;
        story.to_the_end(&second, Numbers { subject: None, websites: &[SECOND] }).await.unwrap();
        assert!(story.desk.job_counts().await.unwrap().is_empty(), "{engine:?}: nothing ended");
        story.drop_untrue(FIRST).await;
        story.cancel(SUBJECT, Reason::ByOwner, "12345678").await.unwrap();
        let ended = "SELECT payload FROM jobs WHERE kind = 'numbers.ended' ORDER BY made_at";
        let told: Vec<(Vec<u8>,)> = story.look(ended).await;
        let told: Vec<serde_json::Value> =
            told.iter().map(|(payload,)| serde_json::from_slice(payload).unwrap()).collect();
        let said = |nth: usize, key: &str| told[nth][key].clone();
        assert_eq!(told.len(), 2, "{engine:?} {told:?}");
        assert_eq!(said(0, "numbers"), serde_json::json!([FIRST]), "{engine:?}");
        assert_eq!(
            (said(0, "event"), said(0, "reason")),
            ("drop-access".into(), "information-untrue".into())
        );
        let all: Vec<_> = said(1, "numbers").as_array().unwrap().clone();
        assert_eq!(all.len(), 3, "{engine:?} {all:?}");
        story.clock.pass(SignedDuration::from_secs(1));
        let queue = Queue::new(story.desk.clone()).with(Notices).with(Warnings);
        queue.step(story.desk.now()).await;
        assert!(story.desk.job_counts().await.unwrap().is_empty(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_may_be_served_while_its_website_is_filed_and_hosted_here_and_on_no_list() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let said = async |name: &str| story.desk.may_serve(name).await.unwrap();
        for (name, expected) in [
            ("WWW.Example.com", Serving::May),
            ("example.org", Serving::MayNot(NotServed::NotFiled)),
            ("com", Serving::MayNot(NotServed::NoDomain)),
            ("47.96.0.1", Serving::MayNot(NotServed::NoDomain)),
        ] {
            assert_eq!(said(name).await.serving, expected, "{engine:?} {name}");
        }
        let found = said("a.b.example.com").await;
        assert_eq!(
            (found.domain.as_deref(), found.number.as_deref()),
            (Some("example.com"), Some(FIRST)),
            "{engine:?}"
        );
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        let dropped = Serving::MayNot(NotServed::NotHostedHere);
        assert_eq!(said("example.com").await.serving, dropped, "{engine:?}");
        let back = story.comes_again(&lin, "k-again").await;
        story.to_the_end(&back, NONE).await.unwrap();
        assert_eq!(said("example.com").await.serving, Serving::May, "{engine:?}");
        story.list(Thing::Domain("example.com".to_owned()), "k-domain").await;
        let listed = Serving::MayNot(NotServed::Listed);
        assert_eq!(said("example.com").await.serving, listed, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subject_ends_with_all_of_its_websites_however_many_there_are() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let copy = "INSERT INTO websites (id, subject, number, state, sealed, filed_at, changed_at)
                    SELECT $1, subject, CAST($2 AS TEXT), 'access-dropped', sealed, filed_at, changed_at FROM websites
                    WHERE number = '粤ICP备12345678号-1'";
        for nth in 2..=402_u128 {
            let number = format!("{SUBJECT}-{nth}");
            assert_eq!(story.say(copy, vec![Box::new(Uuid::from_u128(nth)), Box::new(number)]).await, 1);
        }
        let told = story.desk.own_number(&lin.asker, SUBJECT).await.unwrap().unwrap();
        assert_eq!(told.websites.len(), 402, "{engine:?}");
        let cancelled = story.cancel(SUBJECT, Reason::ByOwner, "12345678").await.unwrap();
        assert_eq!(cancelled.answer.websites.len(), 402, "{engine:?}");
        let left = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM websites WHERE state <> 'cancelled'";
        assert_eq!(story.look::<(i64,)>(left).await, [(0,)], "{engine:?}");
        let receipt = story.desk.own_receipt(&lin.asker, SUBJECT, cancelled.entry).await.unwrap().unwrap();
        assert_eq!(receipt.others.len(), 402, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_cancelled_website_it_is_said_that_its_number_is_when_and_why_until_its_domain_is_filed_anew() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let said = async || story.desk.may_serve("www.example.com").await.unwrap();
        let filed_at = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap().history[0].at;
        story.clock.pass(SignedDuration::from_hours(24));
        story.cancel(FIRST, Reason::ByNewDomainHolder, "12345678-1").await.unwrap();
        let found = said().await;
        assert_eq!(found.serving, Serving::MayNot(NotServed::Cancelled), "{engine:?}");
        assert_eq!(found.number.as_deref(), Some(FIRST), "{engine:?}");
        let ended = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap().history.remove(1);
        let then = found.cancelled.unwrap();
        assert_eq!((then.at, then.reason), (ended.at, Some(Reason::ByNewDomainHolder)), "{engine:?}");
        let words =
            "备案号 粤ICP备12345678号-1 已于 2020-11-02 注销，原因：域名过期被删除，新的持有者申请注销。";
        assert_eq!(then.message(Lang::Zh), words, "{engine:?}");
        let kept: Vec<(Vec<u8>,)> = story.look("SELECT mark FROM cancelled_domains").await;
        assert!(kept.iter().all(|(mark,)| mark.len() == 32), "{engine:?}: the domain itself is not kept");
        let by = principal(&story, "ming", Role::Support).await;
        let seen = async |at| {
            let what = "www.example.com".to_owned();
            let told = story.desk.why_not(WhyNotAsked { by: by.clone(), what, at, edition: None }).await;
            match told.unwrap() {
                WhyNot::Domain(seen, _) => seen,
                other => panic!("{other:?}"),
            }
        };
        let now = seen(None).await;
        assert!(now.message(NotServed::Cancelled, Lang::Zh).starts_with(words), "{engine:?} {now:?}");
        assert_eq!(seen(Some(filed_at)).await.serving, Serving::May, "{engine:?}: as of before");
        story.correct_confirmed(FIRST, "粤ICP备12345678号-9", Some("12345678-1")).await.unwrap();
        assert_eq!(said().await.number.as_deref(), Some("粤ICP备12345678号-9"), "{engine:?}");
        let mut again = story.second_website(&lin.asker).await;
        again.form.websites[0].domains = vec!["example.com".to_owned()];
        again.form.websites[0].home_page = Some("www.example.com".to_owned());
        story.to_the_end(&again, Numbers { subject: None, websites: &[SECOND] }).await.unwrap();
        let found = said().await;
        assert_eq!((found.serving, found.cancelled), (Serving::May, None), "{engine:?}");
        story.cancel(SECOND, Reason::ByOwner, "12345678-2").await.unwrap();
        assert_eq!(said().await.number.as_deref(), Some(SECOND), "{engine:?}: the last that had it");
        story.list(Thing::Domain("example.com".to_owned()), "k-domain").await;
        assert_eq!(said().await.serving, Serving::MayNot(NotServed::Listed), "{engine:?}");
    }
}
