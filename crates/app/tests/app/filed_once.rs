//! What may be filed once only, and what not at all, is found whatever way it comes in: under another kind of certificate, through
//! another order, under a number that is there.

use crate::{
    Story,
    filed_before::{CREDIT_CODE, FIRST, NONE, Numbers, SECOND},
    filers::{CARD, Filer, SUBJECT, operator, reviewer, text},
    key,
    two_people::certificate,
};
use app::{
    Failure,
    orders::{
        SubmitFault,
        bureau::{ConfirmSms, FileFault, FileOrder},
        review::{ApproveOrder, ReviewFault},
    },
    two_people::Thing,
};
use filing::orders::{Certificate, Form, Kind, Part};
use testbed::ENGINES;

/// An officer card, the numbers of which have no public form.
const OFFICER: u16 = 8;
/// The ID card of somebody else.
const OTHER_CARD: &str = "440305199003074912";

impl Story {
    /// A customer who files for the first time, with a domain of his own; his certificate is as `edit` says.
    async fn another(&self, number: i64, edit: impl Fn(&mut Form)) -> Filer {
        let mut filer = self.filer(number).await;
        filer.form.websites[0].domains = vec![format!("another{number}.com")];
        filer.form.websites[0].home_page = text(&format!("www.another{number}.com"));
        edit(&mut filer.form);
        self.saved(&filer).await;
        filer
    }

    async fn saved(&self, filer: &Filer) {
        for part in filer.form.parts().collect::<Vec<_>>() {
            self.save(filer, part).await.unwrap();
        }
    }

    /// What the checks say: where, and what.
    pub(crate) async fn told(&self, filer: &Filer) -> Vec<(String, &'static str)> {
        let faults = self.desk.check_order(&filer.asker, filer.order).await.unwrap();
        faults.checks.iter().map(|fault| (fault.path.clone(), fault.what.code())).collect()
    }

    /// Takes an order to where the bureau decides on it.
    async fn before_the_bureau(&self, filer: &Filer) {
        self.approve(filer.order).await.unwrap();
        self.send(filer.order).await;
        let answered = ConfirmSms { operator: operator(), order: filer.order };
        self.desk.confirm_sms(answered, key(&format!("k-sms-{}", filer.order))).await.unwrap();
    }
}

/// Everything of a person is under that certificate.
fn under(form: &mut Form, certificate: &Certificate) {
    let subject = form.subject.as_mut().unwrap();
    subject.certificate = certificate.clone();
    subject.person.certificate = certificate.clone();
    form.websites[0].person.certificate = certificate.clone();
}

fn certificate_of(kind: u16, number: &str) -> Certificate {
    Certificate { kind: Some(kind), number: text(number) }
}

fn at(path: &str, code: &'static str) -> (String, &'static str) {
    (path.to_owned(), code)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listed_certificate_is_found_under_whichever_kind_it_is_filled_in() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.list(certificate(CARD), "k-card").await;
        let lin = story.another(7, |form| under(form, &certificate_of(OFFICER, CARD))).await;
        let found = story.told(&lin).await;
        assert!(found.contains(&at("subject.certificate.number", "cannot-be-filed")), "{engine:?} {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filed_certificate_is_found_under_whichever_kind_it_is_filled_in() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_a_website().await;
        let wang = story.another(8, |form| under(form, &certificate_of(OFFICER, CARD))).await;
        let found = story.told(&wang).await;
        assert!(found.contains(&at("subject.certificate.number", "subject-filed")), "{engine:?} {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listed_subject_adds_and_changes_nothing_and_may_still_end() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let second = story.second_website(&lin.asker).await;
        story.saved(&second).await;
        let thing = Thing::Certificate { kind: 1, number: CREDIT_CODE.to_owned() };
        story.list(thing, "k-list").await;
        assert_eq!(story.told(&second).await, [at("target.number", "cannot-be-filed")], "{engine:?}");
        let Err(Failure::Because(SubmitFault::Faulty(_))) = story.submit(&second, "k-late").await else {
            panic!("{engine:?}")
        };
        for (kind, number) in [(Kind::AddAccess, FIRST), (Kind::Change, SUBJECT)] {
            let order = story.about(&lin.asker, kind, number).await;
            story.save(&order, Part::Target).await.unwrap();
            let found = story.told(&order).await;
            assert!(found.contains(&at("target.number", "cannot-be-filed")), "{engine:?} {kind:?} {found:?}");
        }
        let end = story.end(&lin.asker, Kind::CancelSubject, SUBJECT, "12345678").await;
        story.to_the_end(&end, NONE).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subject_that_is_listed_after_it_submitted_another_website_is_not_approved() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let second = story.second_website(&lin.asker).await;
        story.saved(&second).await;
        story.submit(&second, "k-second-in").await.unwrap();
        let thing = Thing::Certificate { kind: 1, number: CREDIT_CODE.to_owned() };
        story.list(thing, "k-list").await;
        story.desk.claim_order(&reviewer(), second.order).await.unwrap();
        let approve = ApproveOrder { reviewer: reviewer(), order: second.order, seen: None };
        let refused = story.desk.approve_order(approve, None).await.unwrap_err();
        let Failure::Because(ReviewFault::Faulty(faults)) = refused else { panic!("{engine:?} {refused}") };
        let found: Vec<_> =
            faults.faults.checks.iter().map(|fault| (fault.path.clone(), fault.what.code())).collect();
        assert!(found.contains(&at("target.number", "cannot-be-filed")), "{engine:?} {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_first_filings_of_one_subject_one_is_submitted() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let wang = story.another(8, |_| ()).await;
        story.submit(&lin, "k-1").await.unwrap();
        let told = story.told(&wang).await;
        assert_eq!(told, [at("subject.certificate.number", "subject-in-another-order")], "{engine:?}");
        let Err(Failure::Because(SubmitFault::Faulty(_))) = story.submit(&wang, "k-2").await else {
            panic!("{engine:?}")
        };
        story.give_up(&lin).await.unwrap();
        story.submit(&wang, "k-3").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_first_filings_of_one_subject_at_once_one_is_submitted() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (lin, wang) = (story.filer(7).await, story.another(8, |_| ()).await);
        let [one, two] = tokio::join!(story.submit(&lin, "k-1"), story.submit(&wang, "k-2")).into();
        assert!(one.is_ok() != two.is_ok(), "{engine:?} {one:?} {two:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subject_that_was_filed_meanwhile_is_not_filed_again() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let card = certificate_of(2, OTHER_CARD);
        let wang = story.another(8, |form| under(form, &card)).await;
        for (nth, filer) in [&lin, &wang].into_iter().enumerate() {
            story.submit(filer, &format!("k-{nth}")).await.unwrap();
            story.before_the_bureau(filer).await;
        }
        let file = |filer: &Filer, number: &str| FileOrder {
            operator: operator(),
            order: filer.order,
            subject_number: text(number),
            website_numbers: vec![format!("{number}-1")],
        };
        story.desk.file_order(file(&lin, SUBJECT), key("k-file-1")).await.unwrap();
        // Two orders of one certificate, in a way that no check could see.
        let moved = "UPDATE subject_marks SET mark = (SELECT m.mark FROM order_marks m JOIN orders o ON o.id = m.order_id
                     WHERE m.kind = 'certificate' AND o.state = 'at-bureau') WHERE kind = 'certificate'";
        assert_eq!(story.say(moved, vec![]).await, 1, "{engine:?}");
        let again =
            story.desk.file_order(file(&wang, "粤ICP备87654321号"), key("k-file-2")).await.unwrap_err();
        assert!(matches!(again, Failure::Because(FileFault::SubjectFiled)), "{engine:?} {again}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_are_filed_already_are_told_before_a_reviewer_finds_them() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let named = |website: &str| {
            let website = text(website);
            move |form: &mut Form| form.websites[0].name.clone_from(&website)
        };
        let wang = story.another(8, named("远山茶业 官方网站")).await;
        let twice = at("websites[0].name", "website-name-filed");
        let found = story.told(&wang).await;
        assert!(found.contains(&twice), "{engine:?} {found:?}");
        let mut company = story.another(9, |_| ()).await;
        company.form.subject = lin.form.subject.clone();
        company.form.subject.as_mut().unwrap().certificate.number = text("91440300MA5DC9NT1T");
        story.saved(&company).await;
        let found = story.told(&company).await;
        assert!(found.contains(&at("subject.name", "subject-name-filed")), "{engine:?} {found:?}");
        let second = story.second_website(&lin.asker).await;
        story.to_the_end(&second, Numbers { subject: None, websites: &[SECOND] }).await.unwrap();
        let end = story.end(&lin.asker, Kind::CancelWebsite, FIRST, "12345678-1").await;
        story.to_the_end(&end, NONE).await.unwrap();
        assert!(!story.told(&wang).await.contains(&twice), "{engine:?}: what is cancelled has no name");
        let wang = story.another(10, named("远山茶叶商城")).await;
        assert!(story.told(&wang).await.contains(&twice), "{engine:?}: a website that was added has one");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_is_found_by_the_name_that_a_change_gave_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let mut change = story.about(&lin.asker, Kind::Change, SUBJECT).await;
        let mut website = lin.form.websites[0].clone();
        (website.number, website.name, website.verification) = (text(FIRST), text("远山红茶"), None);
        change.form.websites = vec![website];
        change.form.materials = story.pictures(change.order).await;
        change.form.materials.retain(|picture| [Some(1), Some(4)].contains(&picture.purpose));
        story.to_the_end(&change, NONE).await.unwrap();
        let twice = at("websites[0].name", "website-name-filed");
        for (number, name, is_told) in [(8, "远山茶业官方网站", false), (9, "远山红茶", true)] {
            let wang = story.another(number, |form| form.websites[0].name = text(name)).await;
            assert_eq!(story.told(&wang).await.contains(&twice), is_told, "{engine:?} {name}");
        }
    }
}
