//! Cancelled is for ever: every operation that somebody could try on a cancelled number, or around it, and what is said instead.

use crate::{
    Story,
    filed_before::{FIRST, NONE, Numbers, SECOND, pairs},
    filers::{Filer, SUBJECT, filled, operator, text},
    key,
};
use app::{
    Actor, Failure,
    orders::bureau::FileFault,
    registry::{
        AccessBefore, CorrectFault, DomainTermFault, ElsewhereFault, FiledBefore, FilingCameTo, NumberFault,
        RecordDomainTerm, RecordElsewhere, RecordMended, UntrueFault, WebsiteBefore, WhatTrouble,
    },
    two_people::{Extent, ProposeFault},
};
use filing::{
    orders::{Certificate, Kind},
    registry::{Reason, State},
};
use jiff::civil::date;
use testbed::ENGINES;

/// The number under which another subject is filed.
const OTHER: &str = "粤ICP备12345670号";

/// What the stories file, as an import would bring it back under a number.
fn before(number: &str) -> FiledBefore {
    let mut form = filled();
    let mut site = form.websites.remove(0);
    site.number = text(&format!("{number}-1"));
    let accesses = vec![AccessBefore { instance: None, addresses: vec!["47.96.0.1".to_owned()] }];
    FiledBefore {
        number: number.to_owned(),
        state: State::Active,
        account: "acc-7".to_owned(),
        subject: form.subject.unwrap(),
        websites: vec![WebsiteBefore { state: State::Active, site, accesses }],
    }
}

impl Story {
    /// Imports what claims to live under a number, and tells where it is cancelled.
    async fn import_refused(&self, number: &str) -> Vec<String> {
        match self.desk.import_filing(&operator(), before(number)).await.unwrap() {
            FilingCameTo::Conflicting(conflicts) => conflicts
                .into_iter()
                .filter(|trouble| trouble.what == WhatTrouble::CancelledHere)
                .map(|trouble| trouble.path)
                .collect(),
            came => panic!("{came:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_anybody_records_restores_a_cancelled_number() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        story.cancel(SUBJECT, Reason::ByOwner, "12345678").await.unwrap();
        let ended = pairs(&[(FIRST, "cancelled")]);
        for number in [SUBJECT, FIRST] {
            let untrue = story.untrue(number, date(2020, 11, 10), &format!("k-u-{}", number.len())).await;
            assert_eq!(untrue, Err(UntrueFault::Cancelled), "{engine:?}");
            let mended = RecordMended { operator: operator(), number: number.to_owned() };
            let mended = story.desk.record_mended(mended, key(&format!("k-m-{}", number.len()))).await;
            assert!(matches!(mended, Err(Failure::Because(UntrueFault::Cancelled))), "{engine:?}");
            let by = Actor::Account(lin.asker.clone());
            let ask = RecordElsewhere { by: by.clone(), number: number.to_owned(), hosted: true };
            let elsewhere = story.desk.record_elsewhere(ask, None).await.unwrap_err();
            assert!(
                matches!(elsewhere, Failure::Because(ElsewhereFault::Number(NumberFault::Illegal(_)))),
                "{engine:?} {elsewhere}"
            );
            let (domain, expires_on) = ("example.com".to_owned(), date(2021, 11, 1));
            let ask = RecordDomainTerm { by, number: number.to_owned(), domain, expires_on };
            let term = story.desk.record_domain_term(ask, None).await;
            assert!(matches!(term, Err(Failure::Because(DomainTermFault::Domain))), "{engine:?}");
            for extent in [Extent::Number, Extent::Serious { domains: true }] {
                let demanded = story.propose_to_cancel(number, extent, "k-authority").await;
                assert!(
                    matches!(demanded, Err(Failure::Because(ProposeFault::NothingFiled(_)))),
                    "{engine:?} {demanded:?}"
                );
            }
        }
        assert_eq!(story.import_refused(SUBJECT).await, ["state", "websites[0].state"], "{engine:?}");
        assert_eq!(story.websites().await, ended, "{engine:?}");
        story.keeps_promises(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bureau_gives_no_number_that_was_cancelled_here() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let second = story.second_website(&lin.asker).await;
        story.to_the_end(&second, Numbers { subject: None, websites: &[SECOND] }).await.unwrap();
        story.cancel(FIRST, Reason::ByOwner, "12345678-1").await.unwrap();
        let third = again(&story, &lin).await;
        let refused =
            story.to_the_end(&third, Numbers { subject: None, websites: &[FIRST] }).await.unwrap_err();
        let taken = FileFault::NumberTaken(FIRST.to_owned());
        assert!(matches!(&refused, Failure::Because(fault) if *fault == taken), "{engine:?} {refused}");
        assert_eq!(story.websites().await, pairs(&[(FIRST, "cancelled"), (SECOND, "active")]), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_order_files_a_cancelled_subject_that_was_corrected() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        story.cancel(SUBJECT, Reason::ByOwner, "12345678").await.unwrap();
        story.correct_confirmed(SUBJECT, OTHER, Some("12345678")).await.unwrap();
        // As if it were filed through another provider.
        let second = story.second_website(&lin.asker).await;
        let refused =
            story.to_the_end(&second, Numbers { subject: None, websites: &[SECOND] }).await.unwrap_err();
        let cancelled = FileFault::NumberCancelled(SUBJECT.to_owned());
        assert!(matches!(&refused, Failure::Because(fault) if *fault == cancelled), "{engine:?} {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_brings_back_neither_a_subject_of_another_account_nor_a_website_below_it() {
    for engine in ENGINES {
        // The same company through another account.
        let story = Story::on(engine).await;
        story.company().await;
        story.cancel(SUBJECT, Reason::ByOwner, "12345678").await.unwrap();
        story.correct_confirmed(SUBJECT, OTHER, Some("12345678")).await.unwrap();
        let again = story.unfiled_company(8).await;
        let new = Numbers { subject: Some("粤ICP备12345679号"), websites: &["粤ICP备12345679号-1"] };
        story.to_the_end(&again, new).await.unwrap();
        let refused = story.correct("粤ICP备12345679号", SUBJECT).await.unwrap_err();
        let revives = CorrectFault::Revives(SUBJECT.to_owned());
        assert!(matches!(&refused, Failure::Because(fault) if *fault == revives), "{engine:?} {refused}");
        // A website that comes under its old number with its new subject.
        let story = Story::on(engine).await;
        story.with_a_website().await;
        story.cancel(FIRST, Reason::ByOwner, "12345678-1").await.unwrap();
        story.correct(SUBJECT, OTHER).await.unwrap();
        let holder = story.unfiled_company(8).await;
        story.to_the_end(&holder, new).await.unwrap();
        let refused = story.correct("粤ICP备12345679号", SUBJECT).await.unwrap_err();
        let revives = CorrectFault::Revives(FIRST.to_owned());
        assert!(matches!(&refused, Failure::Because(fault) if *fault == revives), "{engine:?} {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_was_corrected_before_its_website_was_cancelled_was_never_cancelled() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        story.correct(FIRST, "粤ICP备12345678号-8").await.unwrap();
        story.cancel("粤ICP备12345678号-8", Reason::ByOwner, "12345678-8").await.unwrap();
        let anew = again(&story, &lin).await;
        story.to_the_end(&anew, Numbers { subject: None, websites: &[FIRST] }).await.unwrap();
        let all = pairs(&[(FIRST, "active"), ("粤ICP备12345678号-8", "cancelled")]);
        assert_eq!(story.websites().await, all, "{engine:?}");
    }
}

/// The first website once more, with another code.
async fn again(story: &Story, lin: &Filer) -> Filer {
    let mut filer = story.about(&lin.asker, Kind::AddWebsite, SUBJECT).await;
    filer.form.websites = lin.form.websites.clone();
    filer.form.websites[0].verification = Some(story.verification(&lin.asker, 7, "k-again").await);
    filer.form.materials = story.pictures(filer.order).await;
    filer.form.materials.retain(|picture| picture.website.is_some());
    filer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_website_comes_back_by_no_correction() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        story.cancel(FIRST, Reason::ByOwner, "12345678-1").await.unwrap();
        let unmeant = story.correct(FIRST, "粤ICP备12345678号-8").await.unwrap_err();
        let expected = CorrectFault::NotConfirmed(FIRST.to_owned());
        assert!(matches!(&unmeant, Failure::Because(fault) if *fault == expected), "{engine:?} {unmeant}");
        story.correct_confirmed(FIRST, "粤ICP备12345678号-8", Some("12345678-1")).await.unwrap();
        let third = again(&story, &lin).await;
        let refused =
            story.to_the_end(&third, Numbers { subject: None, websites: &[FIRST] }).await.unwrap_err();
        let cancelled = FileFault::NumberCancelled(FIRST.to_owned());
        assert!(matches!(&refused, Failure::Because(fault) if *fault == cancelled), "{engine:?} {refused}");
        // Under the number that the bureau gives for a new filing it is filed, and goes to its old one by no correction either.
        let file = Numbers { subject: None, websites: &[SECOND] };
        story.file(&third, file).await.unwrap();
        let refused = story.correct(SECOND, FIRST).await.unwrap_err();
        let revives = CorrectFault::Revives(FIRST.to_owned());
        assert!(matches!(&refused, Failure::Because(fault) if *fault == revives), "{engine:?} {refused}");
        let all = pairs(&[(SECOND, "active"), ("粤ICP备12345678号-8", "cancelled")]);
        assert_eq!(story.websites().await, all, "{engine:?}");
        // A slip in the correction is mended as well.
        story.correct_confirmed("粤ICP备12345678号-8", FIRST, Some("12345678-8")).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_subject_comes_back_by_no_correction_and_no_import() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        story.cancel(SUBJECT, Reason::ByOwner, "12345678").await.unwrap();
        story.correct_confirmed(SUBJECT, OTHER, Some("12345678")).await.unwrap();
        assert_eq!(story.import_refused(SUBJECT).await, ["state", "websites[0].state"], "{engine:?}");
        let anew = story.verified(story.draft_of(&lin.asker).await, 7, "k-anew").await;
        let same = Numbers { subject: Some(SUBJECT), websites: &[FIRST] };
        let refused = story.to_the_end(&anew, same).await.unwrap_err();
        let cancelled = FileFault::NumberCancelled(SUBJECT.to_owned());
        assert!(matches!(&refused, Failure::Because(fault) if *fault == cancelled), "{engine:?} {refused}");
        let new = Numbers { subject: Some("粤ICP备12345679号"), websites: &["粤ICP备12345679号-1"] };
        story.file(&anew, new).await.unwrap();
        let refused = story.correct("粤ICP备12345679号", SUBJECT).await.unwrap_err();
        let revives = CorrectFault::Revives(SUBJECT.to_owned());
        assert!(matches!(&refused, Failure::Because(fault) if *fault == revives), "{engine:?} {refused}");
        let told = story.desk.own_number(&lin.asker, "粤ICP备12345679号-1").await.unwrap().unwrap();
        assert_eq!(told.short.state, State::Active, "{engine:?}: a new filing has a new number");
        story.keeps_promises(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_website_comes_back_by_no_change_of_what_has_its_number_now() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        story.cancel(FIRST, Reason::ByOwner, "12345678-1").await.unwrap();
        story.correct_confirmed(FIRST, "粤ICP备12345678号-8", Some("12345678-1")).await.unwrap();
        let second = story.second_website(&lin.asker).await;
        story.to_the_end(&second, Numbers { subject: None, websites: &[FIRST] }).await.unwrap();
        let mut change = story.moved(&lin).await;
        change.form.websites[0].domains = vec!["example.com".to_owned()];
        change.form.websites[0].home_page = text("www.example.com");
        let refused = story.to_the_end(&change, NONE).await.unwrap_err();
        let cancelled = FileFault::NumberCancelled(FIRST.to_owned());
        assert!(matches!(&refused, Failure::Because(fault) if *fault == cancelled), "{engine:?} {refused}");
        assert!(!story.domains().await.iter().any(|(domain, _)| domain == "example.com"), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_without_a_certificate_brings_back_no_subject_of_the_account() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.company().await;
        story.cancel(SUBJECT, Reason::ByOwner, "12345678").await.unwrap();
        story.correct_confirmed(SUBJECT, OTHER, Some("12345678")).await.unwrap();
        let mut bare = before(SUBJECT);
        bare.websites.clear();
        bare.subject.certificate = Certificate::default();
        let stranger = FiledBefore { account: "acc-8".to_owned(), ..bare.clone() };
        match story.desk.import_filing(&operator(), bare).await.unwrap() {
            FilingCameTo::Conflicting(conflicts) => {
                assert_eq!((&*conflicts[0].path, &conflicts[0].what), ("state", &WhatTrouble::CancelledHere));
            }
            came => panic!("{engine:?} {came:?}"),
        }
        // Of another account it may be another's.
        let came = story.desk.import_filing(&operator(), stranger).await.unwrap();
        assert!(matches!(came, FilingCameTo::New { .. }), "{engine:?} {came:?}");
    }
}
