//! Orders about what is filed already, each from its draft to what it does in the registry: another website, an access that goes
//! and comes again, a change, the end of a website and of its subject.

use crate::{
    Story,
    filers::{Filer, SUBJECT, filled, operator, text},
    key,
};
use app::{
    Asker, Failure,
    orders::{
        Moved, OpenOrder,
        bureau::{ConfirmSms, FileFault, FileOrder},
    },
};
use filing::{
    codes::State as CodeState,
    orders::{Cancellation, Certificate, FiledNumber, Form, Kind, Part, State, Subject},
};
use testbed::ENGINES;

pub(crate) const FIRST: &str = "粤ICP备12345678号-1";
pub(crate) const SECOND: &str = "粤ICP备12345678号-2";
/// 例子.中国 as it is compared.
const SHOP: &str = "xn--fsqu00a.xn--fiqs8s";
/// The credit code of a company of 深圳市.
pub(crate) const CREDIT_CODE: &str = "91440300MA27XDEM1N";
/// An enterprise, and its licence.
const ENTERPRISE: u16 = 4;
const LICENCE: u16 = 1;

/// What the bureau gives.
#[derive(Clone, Copy)]
pub(crate) struct Numbers<'a> {
    pub(crate) subject: Option<&'a str>,
    pub(crate) websites: &'a [&'a str],
}

pub(crate) const NONE: Numbers<'_> = Numbers { subject: None, websites: &[] };

impl Story {
    /// Takes an order from its draft to its numbers.
    pub(crate) async fn to_the_end(
        &self,
        filer: &Filer,
        numbers: Numbers<'_>,
    ) -> Result<Moved, Failure<FileFault>> {
        let order = filer.order;
        for part in filer.form.parts().collect::<Vec<_>>() {
            self.save(filer, part).await.unwrap();
        }
        let faults = self.desk.check_order(&filer.asker, order).await.unwrap();
        assert!(faults.allow(), "{faults:#?}");
        self.submit(filer, &format!("k-submit-{order}")).await.unwrap();
        self.approve(order).await.unwrap();
        self.send(order).await;
        let kind = self.desk.order(&filer.asker, order).await.unwrap().kind;
        if kind.needs().sms {
            let answered = ConfirmSms { operator: operator(), order };
            self.desk.confirm_sms(answered, key(&format!("k-sms-{order}"))).await.unwrap();
        }
        self.file(filer, numbers).await
    }

    /// Records that the bureau filed an order that is with it.
    pub(crate) async fn file(
        &self,
        filer: &Filer,
        numbers: Numbers<'_>,
    ) -> Result<Moved, Failure<FileFault>> {
        let (order, first) = (filer.order, numbers.websites.first().copied().unwrap_or_default());
        let file = FileOrder {
            operator: operator(),
            order,
            subject_number: numbers.subject.map(str::to_owned),
            website_numbers: numbers.websites.iter().map(|&number| number.to_owned()).collect(),
        };
        let ascii: String = first.chars().filter(char::is_ascii).collect();
        let told = self.desk.file_order(file, key(&format!("k-file-{order}-{ascii}"))).await;
        told.map(|told| told.answer)
    }

    /// A customer whose first website is filed.
    pub(crate) async fn with_a_website(&self) -> Filer {
        let lin = self.filer(7).await;
        let numbers = Numbers { subject: Some(SUBJECT), websites: &[FIRST] };
        assert_eq!(self.to_the_end(&lin, numbers).await.unwrap().state, State::Filed);
        lin
    }

    /// A company whose first website is filed.
    pub(crate) async fn company(&self) -> Filer {
        let filer = self.unfiled_company(7).await;
        let numbers = Numbers { subject: Some(SUBJECT), websites: &[FIRST] };
        self.to_the_end(&filer, numbers).await.unwrap();
        filer
    }

    /// A company with its first filing filled in.
    pub(crate) async fn unfiled_company(&self, number: i64) -> Filer {
        let mut filer = self.filer(number).await;
        let (subject, website) = (filer.form.subject.as_mut().unwrap(), &mut filer.form.websites[0]);
        let in_charge = subject.person.clone();
        *subject = Subject {
            nature: Some(ENTERPRISE),
            name: text("深圳市远山茶业有限公司"),
            certificate: Certificate { kind: Some(LICENCE), number: text(CREDIT_CODE) },
            certificate_address: text("深圳市南山区科技园路9号2栋301室"),
            investor: text("林晓"),
            person: in_charge,
            ..subject.clone()
        };
        website.name = text("远山茶业官方网站");
        website.services = vec![8];
        website.pre_approvals = vec![];
        filer
    }

    /// A customer whose website was filed through another provider, and gets access here: of his subject nothing but the number is known.
    pub(crate) async fn customer_with_access_alone(&self) -> Asker {
        let lin = self.filer(7).await;
        let mut access = self.about(&lin.asker, Kind::AddAccess, FIRST).await;
        access.form.websites.clone_from(&lin.form.websites);
        access.form.materials = self.pictures(access.order).await;
        access.form.materials.retain(|picture| picture.website.is_some());
        self.to_the_end(&access, NONE).await.unwrap();
        lin.asker
    }

    /// A draft about what is filed under that number.
    pub(crate) async fn about(&self, asker: &Asker, kind: Kind, number: &str) -> Filer {
        let opened =
            self.desk.open_order(OpenOrder { asker: asker.clone(), kind, from: None }, None).await.unwrap();
        let target = Some(FiledNumber { number: text(number) });
        Filer { asker: asker.clone(), order: opened.answer.order, form: Form { target, ..Form::default() } }
    }

    /// An end of what is filed under that number, meant as its digits say.
    pub(crate) async fn end(&self, asker: &Asker, kind: Kind, number: &str, digits: &str) -> Filer {
        let mut filer = self.about(asker, kind, number).await;
        filer.form.cancellation =
            Some(Cancellation { reason: text("网站不再使用"), confirmation: text(digits) });
        filer
    }

    /// A second website, complete.
    pub(crate) async fn second_website(&self, asker: &Asker) -> Filer {
        let mut filer = self.about(asker, Kind::AddWebsite, SUBJECT).await;
        let mut website = filled().websites.remove(0);
        website.name = text("远山茶叶商城");
        website.domains = vec!["例子.中国".to_owned()];
        website.home_page = text("https://shop.例子.中国/start?from=1");
        website.services = vec![9];
        website.pre_approvals = vec![];
        website.verification = Some(self.verification(asker, 7, "k-second").await);
        filer.form.websites = vec![website];
        filer.form.materials = self.pictures(filer.order).await;
        filer.form.materials.retain(|picture| picture.website.is_some());
        filer
    }

    /// Numbers and states of websites.
    pub(crate) async fn websites(&self) -> Vec<(String, String)> {
        self.look("SELECT number, state FROM websites ORDER BY number").await
    }

    /// Domains with the numbers of their websites.
    pub(crate) async fn domains(&self) -> Vec<(String, String)> {
        let text = "SELECT d.domain, w.number FROM website_domains d JOIN websites w ON w.id = d.website ORDER BY d.domain";
        self.look(text).await
    }
}

pub(crate) fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_adds_a_second_website_under_its_number_with_a_code_of_its_own() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let second = story.second_website(&lin.asker).await;
        let few = story.to_the_end(&second, NONE).await.unwrap_err();
        assert!(matches!(few, Failure::Because(FileFault::WebsiteNumbers { wanted: 1 })), "{engine:?} {few}");
        let file = |number: &str| FileOrder {
            operator: operator(),
            order: second.order,
            subject_number: None,
            website_numbers: vec![number.to_owned()],
        };
        let foreign = story.desk.file_order(file("粤ICP备87654321号-2"), key("k-foreign")).await.unwrap_err();
        assert!(
            matches!(foreign, Failure::Because(FileFault::WebsiteNumbers { .. })),
            "{engine:?} {foreign}"
        );
        let taken = story.desk.file_order(file(FIRST), key("k-taken")).await.unwrap_err();
        assert!(matches!(taken, Failure::Because(FileFault::NumberTaken(_))), "{engine:?} {taken}");
        // Somebody was quicker with the domain, in a way that no check could see.
        assert_eq!(
            story.say("UPDATE website_domains SET domain = 'xn--fsqu00a.xn--fiqs8s'", vec![]).await,
            1
        );
        let late = story.desk.file_order(file(SECOND), key("k-late")).await.unwrap_err();
        assert!(matches!(late, Failure::Because(FileFault::DomainTaken)), "{engine:?} {late}");
        assert_eq!(story.say("UPDATE website_domains SET domain = 'example.com'", vec![]).await, 1);
        let filed = story.desk.file_order(file(SECOND), key("k-second-filed")).await.unwrap();
        assert_eq!(filed.answer.state, State::Filed, "{engine:?}");
        assert_eq!(story.websites().await, pairs(&[(FIRST, "active"), (SECOND, "active")]), "{engine:?}");
        assert_eq!(story.domains().await, pairs(&[("example.com", FIRST), (SHOP, SECOND)]), "{engine:?}");
        assert_eq!(story.code_states(&lin.asker).await, [CodeState::Recorded; 2], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_that_was_given_up_comes_again_with_another_code() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let leaving = story.end(&lin.asker, Kind::CancelAccess, FIRST, "12345678-1").await;
        story.to_the_end(&leaving, NONE).await.unwrap();
        assert_eq!(story.websites().await, pairs(&[(FIRST, "access-dropped")]), "{engine:?}");
        assert_eq!(
            story.domains().await,
            pairs(&[("example.com", FIRST)]),
            "{engine:?}: it is filed as before"
        );
        let mut back = story.about(&lin.asker, Kind::AddAccess, FIRST).await;
        let mut website = filled().websites.remove(0);
        website.verification = Some(story.verification(&lin.asker, 7, "k-access").await);
        back.form.websites = vec![website];
        back.form.materials = story.pictures(back.order).await;
        back.form.materials.retain(|picture| picture.website.is_some());
        story.to_the_end(&back, NONE).await.unwrap();
        assert_eq!(story.websites().await, pairs(&[(FIRST, "active")]), "{engine:?}");
        assert_eq!(story.code_states(&lin.asker).await, [CodeState::Recorded; 2], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_that_was_filed_through_another_provider_gets_access_here() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.customer_with_access_alone().await;
        assert_eq!(story.websites().await, pairs(&[(FIRST, "active")]), "{engine:?}");
        let subjects: Vec<(String, String)> = story.look("SELECT number, state FROM subjects").await;
        assert_eq!(subjects, pairs(&[(SUBJECT, "active")]), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_domain_frees_the_former_one_and_needs_no_code() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let mut change = story.about(&lin.asker, Kind::Change, SUBJECT).await;
        let mut website = filled().websites.remove(0);
        website.number = text(FIRST);
        website.domains = vec!["example.org".to_owned()];
        website.home_page = text("www.example.org");
        change.form.websites = vec![website];
        change.form.materials = story.pictures(change.order).await;
        change.form.materials.retain(|picture| [Some(1), Some(4)].contains(&picture.purpose));
        story.to_the_end(&change, NONE).await.unwrap();
        assert_eq!(story.domains().await, pairs(&[("example.org", FIRST)]), "{engine:?}");
        assert_eq!(story.code_states(&lin.asker).await, [CodeState::Recorded], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_ends_and_then_its_subject_and_nothing_brings_them_back() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let second = story.second_website(&lin.asker).await;
        story.to_the_end(&second, Numbers { subject: None, websites: &[SECOND] }).await.unwrap();
        let unmeant = story.end(&lin.asker, Kind::CancelWebsite, FIRST, "87654321").await;
        for part in [Part::Target, Part::Cancellation] {
            story.save(&unmeant, part).await.unwrap();
        }
        let faults = story.desk.check_order(&lin.asker, unmeant.order).await.unwrap();
        let told: Vec<_> =
            faults.checks.iter().map(|fault| (fault.path.as_str(), fault.what.code())).collect();
        let lost = ("target.number", "lost-for-ever");
        let unconfirmed = ("cancellation.confirmation", "cancellation-not-confirmed");
        assert_eq!(told, [lost, unconfirmed], "{engine:?}");
        let end = story.end(&lin.asker, Kind::CancelWebsite, FIRST, "12345678-1").await;
        story.to_the_end(&end, NONE).await.unwrap();
        assert_eq!(story.websites().await, pairs(&[(FIRST, "cancelled"), (SECOND, "active")]), "{engine:?}");
        assert_eq!(story.domains().await, pairs(&[(SHOP, SECOND)]), "{engine:?}");
        let all = story.end(&lin.asker, Kind::CancelSubject, SUBJECT, "12345678").await;
        story.to_the_end(&all, NONE).await.unwrap();
        assert_eq!(
            story.websites().await,
            pairs(&[(FIRST, "cancelled"), (SECOND, "cancelled")]),
            "{engine:?}"
        );
        assert_eq!(story.domains().await, [], "{engine:?}");
        for (kind, number) in [(Kind::AddWebsite, SUBJECT), (Kind::AddAccess, FIRST), (Kind::Change, SUBJECT)]
        {
            let again = story.about(&lin.asker, kind, number).await;
            story.save(&again, Part::Target).await.unwrap();
            let faults = story.desk.check_order(&lin.asker, again.order).await.unwrap();
            let of_target: Vec<_> =
                faults.checks.iter().filter(|fault| fault.path.starts_with("target")).collect();
            assert!(!of_target.is_empty(), "{engine:?} {kind:?}: {faults:?}");
        }
    }
}
