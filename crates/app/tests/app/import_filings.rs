//! Filings that are known already become the desk's: found by what they have, ended as any other, and never changed by the same again.

use crate::{
    Story,
    filers::{CARD, SUBJECT, filled, operator, text},
    key,
};
use app::registry::{
    AccessBefore, CancelNumber, DropAccess, FiledBefore, FilingCameTo, Happened, WebsiteBefore, WhatTrouble,
};
use filing::{
    orders::{Certificate, Kind, Part, Subject},
    registry::{Event, NotServed, Reason, Serving, State},
    tables::RESIDENT_ID,
};
use futures_util::{StreamExt, stream};
use rulebook::Lang;
use store::{CommitHook, Fate, Point};
use testbed::{ENGINES, PROMISES};
use uuid::Uuid;

const NUMBER: &str = "粤ICP备87654321号";
const FIRST: &str = "粤ICP备87654321号-1";

/// What a person filed before the desk was there, in the account `acc-8`.
fn before() -> FiledBefore {
    let form = filled();
    let mut websites: Vec<_> = form
        .websites
        .into_iter()
        .map(|site| WebsiteBefore {
            state: State::Active,
            site,
            accesses: vec![AccessBefore { instance: text("i-8"), addresses: vec!["47.96.0.1".to_owned()] }],
        })
        .collect();
    websites[0].site.number = text(FIRST);
    FiledBefore {
        number: NUMBER.to_owned(),
        state: State::Active,
        account: "acc-8".to_owned(),
        subject: form.subject.unwrap(),
        websites,
    }
}

/// A subject of which nothing is known but numbers and account.
fn bare(nth: u32) -> FiledBefore {
    let number = format!("浙ICP备{nth:08}号");
    let mut website = before().websites.remove(0);
    website.site = filing::orders::Website { number: Some(format!("{number}-1")), ..Default::default() };
    website.accesses = Vec::new();
    let account = format!("acc-{nth}");
    FiledBefore {
        number,
        state: State::Active,
        account,
        subject: Subject::default(),
        websites: vec![website],
    }
}

impl Story {
    async fn import(&self, filing: FiledBefore) -> FilingCameTo {
        self.desk.import_filing(&operator(), filing).await.unwrap()
    }

    /// Everything that the registry and the ledger have, and that no promise is broken.
    async fn all_filed(&self) -> Vec<i64> {
        for (promise, broken) in PROMISES {
            assert_eq!(self.look::<(i64,)>(broken).await, [(0,)], "{promise}");
        }
        let mut all = Vec::new();
        for count in [
            "SELECT CAST(COUNT(*) AS BIGINT) FROM subjects",
            "SELECT CAST(COUNT(*) AS BIGINT) FROM websites",
            "SELECT CAST(COUNT(*) AS BIGINT) FROM number_steps",
            "SELECT CAST(COUNT(*) AS BIGINT) FROM accesses",
            "SELECT CAST(COUNT(*) AS BIGINT) FROM subject_keys",
            "SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_entries",
        ] {
            all.push(self.look::<(i64,)>(count).await[0].0);
        }
        all
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_a_provider_has_filed_is_imported_and_the_same_again_changes_nothing() {
    // With `KEBEI_TEST_FILINGS=100000` it takes some minutes.
    let many: u32 = std::env::var("KEBEI_TEST_FILINGS").map_or(200, |count| count.parse().unwrap());
    // As `kebei import filings` does it.
    for (engine, at_once) in ENGINES.into_iter().zip([16, 1]) {
        let story = Story::on(engine).await;
        let none = story.all_filed().await;
        let all = || {
            let filings = (0..many).map(|nth| {
                let mut filing = bare(nth);
                let certificate = Certificate { kind: Some(RESIDENT_ID), number: Some(format!("{nth:018}")) };
                filing.subject = Subject { name: text("林晓"), certificate, ..Subject::default() };
                filing.websites[0].site.domains = vec![format!("s{nth}x.com.cn")];
                story.import(filing)
            });
            stream::iter(filings).buffer_unordered(at_once).fold([0; 2], async |[new, unchanged], came| {
                match came {
                    FilingCameTo::New { websites: 1 } => [new + 1, unchanged],
                    FilingCameTo::Unchanged => [new, unchanged + 1],
                    came => panic!("{engine:?} {came:?}"),
                }
            })
        };
        assert_eq!(all().await, [many, 0], "{engine:?}");
        let kept = story.all_filed().await;
        let grown: Vec<_> = kept.iter().zip(&none).map(|(kept, none)| kept - none).collect();
        let many = i64::from(many);
        assert_eq!(grown, [many, many, 2 * many, many, many, many], "{engine:?}");
        assert_eq!(all().await, [0, u32::try_from(many).unwrap()], "{engine:?}");
        assert_eq!(story.all_filed().await, kept, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_filed_before_is_the_desks_and_stops_others_from_filing_it_again() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(8).await;
        let none = story.all_filed().await;
        assert_eq!(
            story.desk.check_filing_import(&operator(), before()).await.unwrap(),
            FilingCameTo::New { websites: 1 }
        );
        assert_eq!(story.all_filed().await, none, "{engine:?}: it is only told");
        assert_eq!(story.import(before()).await, FilingCameTo::New { websites: 1 }, "{engine:?}");
        let kept = story.all_filed().await;
        assert_eq!(story.import(before()).await, FilingCameTo::Unchanged, "{engine:?}");
        assert_eq!(story.all_filed().await, kept, "{engine:?}: the same again changes nothing");
        let own = story.desk.own_number(&li, FIRST).await.unwrap().unwrap();
        let happened: Vec<_> = own.history.iter().map(|Happened { event, .. }| *event).collect();
        assert_eq!(happened, [Event::Import], "{engine:?}");
        assert_eq!(own.accesses[0].instance.as_deref(), Some("i-8"), "{engine:?}");
        assert_eq!(own.short.domains, ["example.com"], "{engine:?}");
        // Another customer asks for the same certificate, domain and name.
        let lin = story.filer(7).await;
        for part in [Part::Subject, Part::Websites] {
            story.save(&lin, part).await.unwrap();
        }
        let faults = story.desk.check_order(&lin.asker, lin.order).await.unwrap();
        let faults = format!("{faults:?}");
        assert!(faults.matches("FiledByAnother").count() >= 2, "{engine:?}: {faults}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_subject_whose_nature_is_unknown_nothing_is_claimed_that_depends_on_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let filer = story.filer(7).await;
        story.import(bare(7)).await;
        let known: Vec<(Option<i64>, Option<i64>)> = story.look("SELECT nature, region FROM subjects").await;
        assert_eq!(known, [(None, None)], "{engine:?}");
        let mut added = story.about(&filer.asker, Kind::AddWebsite, "浙ICP备00000007号").await;
        added.form.websites = filer.form.websites.clone();
        added.form.websites[0].person.office_phone = None;
        // A person may name his website after himself, and show what no organisation has to.
        added.form.materials = story.pictures(added.order).await;
        added.form.materials.retain(|picture| picture.website.is_some());
        for part in added.form.parts().collect::<Vec<_>>() {
            story.save(&added, part).await.unwrap();
        }
        let found = story.desk.check_order(&added.asker, added.order).await.unwrap().checks;
        let paths: Vec<_> = found.iter().map(|fault| (fault.path.as_str(), fault.what.code())).collect();
        assert_eq!(paths, [], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_certificate_of_a_subject_that_is_cancelled_can_be_imported_under_another_number() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.customer(8).await;
        story.import(before()).await;
        let taken = |nth: &str| {
            let mut other = before();
            other.number = format!("粤ICP备{nth}号");
            other.websites[0].site.number = Some(format!("粤ICP备{nth}号-1"));
            other
        };
        assert!(matches!(story.import(taken("87654322")).await, FilingCameTo::Conflicting(_)), "{engine:?}");
        story.cancel(NUMBER, Reason::ByOwner, "87654321").await.unwrap();
        assert_eq!(story.import(taken("87654322")).await, FilingCameTo::New { websites: 1 }, "{engine:?}");
        story.all_filed().await;
    }
}

#[test]
fn what_is_cancelled_claims_its_number_alone() {
    let claims =
        |filing: FiledBefore| filing.claims().into_iter().map(|claim| claim.path).collect::<Vec<_>>();
    let mut cancelled = before();
    (cancelled.state, cancelled.websites[0].state) = (State::Cancelled, State::Cancelled);
    assert_eq!(claims(cancelled), ["number"]);
    assert_eq!(claims(before()), ["number", "subject.certificate.number", "websites[0].domains[0]"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_of_a_cancelled_subject_is_cancelled_or_not_imported() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.customer(8).await;
        let mut cancelled = before();
        cancelled.state = State::Cancelled;
        let refused = story.import(cancelled.clone()).await;
        let FilingCameTo::Rejected(troubles) = refused else { panic!("{engine:?} {refused:?}") };
        let told: Vec<_> = troubles.iter().map(|trouble| (trouble.path.as_str(), &trouble.what)).collect();
        assert_eq!(told, [("websites[0].state", &WhatTrouble::SubjectCancelled)], "{engine:?}");
        cancelled.websites[0].state = State::Cancelled;
        cancelled.websites[0].accesses.clear();
        assert_eq!(story.import(cancelled).await, FilingCameTo::New { websites: 1 }, "{engine:?}");
        let names: Vec<(i64,)> = story.look("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM website_names").await;
        assert_eq!(names, [(0,)], "{engine:?}: by its name it is not found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_of_a_website_that_was_cancelled_before_is_known_as_such_and_hides_no_later_one() {
    let cancelled = |nth: u32| {
        let mut filing = before();
        filing.number = format!("粤ICP备{nth:08}号");
        (filing.state, filing.websites[0].state) = (State::Cancelled, State::Cancelled);
        filing.websites[0].accesses.clear();
        filing.websites[0].site.number = Some(format!("粤ICP备{nth:08}号-1"));
        filing
    };
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.customer(8).await;
        let said = async || story.desk.may_serve("www.example.com").await.unwrap();
        assert_eq!(story.import(cancelled(1)).await, FilingCameTo::New { websites: 1 }, "{engine:?}");
        let found = said().await;
        assert_eq!(found.serving, Serving::MayNot(NotServed::Cancelled), "{engine:?}");
        let then = found.cancelled.unwrap().message(Lang::Zh);
        assert_eq!(then, "备案号 粤ICP备00000001号-1 在 2020-11-01 导入本系统之前已经注销。", "{engine:?}");
        story.import(before()).await;
        assert_eq!(said().await.serving, Serving::May, "{engine:?}: it was filed anew");
        story.cancel(FIRST, Reason::ByOwner, "87654321-1").await.unwrap();
        assert_eq!(said().await.number.as_deref(), Some(FIRST), "{engine:?}");
        story.import(cancelled(2)).await;
        assert_eq!(said().await.number.as_deref(), Some(FIRST), "{engine:?}: nobody says when that was");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_list_does_not_say_is_no_difference_and_an_access_that_ended_is_one() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.customer(8).await;
        story.import(before()).await;
        let mut scant = before();
        let site = &mut scant.websites[0].site;
        (site.services, site.languages, site.name) = (Vec::new(), Vec::new(), None);
        assert_eq!(story.import(scant).await, FilingCameTo::Unchanged, "{engine:?}");
        let elsewhere = "INSERT INTO accesses (id, website, instance, verification, addresses, since_at)
                         SELECT $1, website, NULL, NULL, addresses, since_at + 1 FROM accesses";
        story.say(elsewhere, vec![Box::new(Uuid::from_u128(9))]).await;
        let ended =
            "UPDATE accesses SET ended_at = since_at + 1, reason = 'by-owner' WHERE instance IS NOT NULL";
        assert_eq!(story.say(ended, vec![]).await, 1, "{engine:?}");
        let expected = FilingCameTo::Differs { paths: vec!["websites[0].accesses".to_owned()] };
        assert_eq!(story.import(before()).await, expected, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_that_is_imported_later_is_later_than_what_happened_to_its_subject() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(8).await;
        story.import(before()).await;
        // Another process, whose clock is a second ahead, changed the subject.
        assert_eq!(story.say("UPDATE subjects SET changed_at = changed_at + 1000000", vec![]).await, 1);
        let mut grown = before();
        let second = "粤ICP备87654321号-2";
        let mut website = grown.websites[0].clone();
        (website.site.number, website.site.domains) = (text(second), vec!["example.org".to_owned()]);
        website.site.home_page = text("www.example.org");
        grown.websites.push(website);
        let came = story.import(grown).await;
        assert_eq!(came, FilingCameTo::Grown { websites: vec![second.to_owned()] }, "{engine:?}");
        let told = async |number| story.desk.own_number(&li, number).await.unwrap().unwrap().short;
        assert!(told(second).await.filed_at > told(NUMBER).await.changed_at, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cancelled_here_is_never_restored_and_what_changed_here_stays_changed() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.customer(8).await;
        story.import(before()).await;
        let drop = DropAccess { operator: operator(), number: FIRST.to_owned(), reason: Reason::ByOwner };
        story.desk.drop_access(drop, key("k-drop")).await.unwrap();
        let dropped = story.all_filed().await;
        let FilingCameTo::Differs { paths } = story.import(before()).await else { panic!("{engine:?}") };
        assert_eq!(paths[0], "websites[0].state", "{engine:?}");
        let (number, confirmation) = (NUMBER.to_owned(), "87654321".to_owned());
        assert_eq!(story.all_filed().await, dropped, "{engine:?}");
        let cancel = CancelNumber { operator: operator(), number, reason: Reason::ByOwner, confirmation };
        story.desk.cancel_number(cancel, key("k-cancel")).await.unwrap();
        let cancelled = story.all_filed().await;
        let FilingCameTo::Conflicting(troubles) = story.import(before()).await else { panic!("{engine:?}") };
        let told: Vec<_> = troubles.iter().map(|one| (one.path.as_str(), one.what.code())).collect();
        let wanted = [("state", "cancelled-here"), ("websites[0].state", "cancelled-here")];
        assert_eq!(told, wanted, "{engine:?}");
        assert_eq!(story.all_filed().await, cancelled, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_and_a_domain_that_are_filed_here_are_not_imported_for_others() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.customer(8).await;
        story.import(before()).await;
        let kept = story.all_filed().await;
        let mut other = before();
        other.number = "粤ICP备11112222号".to_owned();
        other.websites[0].site.number = text("粤ICP备11112222号-1");
        let FilingCameTo::Conflicting(troubles) = story.import(other).await else { panic!("{engine:?}") };
        let filed = [
            ("subject.certificate.number", WhatTrouble::CertificateFiled { number: NUMBER.to_owned() }),
            ("websites[0].domains[0]", WhatTrouble::DomainFiled { number: FIRST.to_owned() }),
        ];
        let told: Vec<_> = troubles.iter().map(|one| (one.path.as_str(), one.what.clone())).collect();
        assert_eq!(told, filed, "{engine:?}");
        assert_eq!(story.all_filed().await, kept, "{engine:?}");
        let sealed: Vec<(Vec<u8>,)> = story.look("SELECT bytes FROM ledger_entries").await;
        let has = |bytes: &[u8]| bytes.windows(CARD.len()).any(|window| window == CARD.as_bytes());
        assert!(!sealed.iter().any(|(bytes,)| has(bytes)), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_cut_off_is_made_again_and_nothing_is_there_twice() {
    for engine in ENGINES {
        // Around the tenth commit the process loses its database, before or after the commit.
        let hook = CommitHook::new(|nth, point| match (nth, point) {
            (10.., Point::Before) if nth % 3 == 0 => Fate::Fail,
            _ => Fate::Proceed,
        });
        let story = Story::with(engine, hook).await;
        let mut failed = 0;
        for _ in 0..9 {
            for nth in 1..30 {
                let came = story.desk.import_filing(&operator(), bare(nth)).await;
                failed += usize::from(came.is_err());
            }
        }
        assert!(failed > 0, "{engine:?}");
        let rows = story.all_filed().await;
        assert_eq!(rows[..5], [29, 29, 58, 29, 29], "{engine:?}");
        let again = story.desk.check_filing_import(&operator(), bare(1)).await.unwrap();
        assert_eq!(again, FilingCameTo::Unchanged, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_order_filed_is_known_when_a_list_names_it_too() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let kept = story.all_filed().await;
        let mut same = before();
        (same.number, same.account) = (SUBJECT.to_owned(), lin.asker.name().to_owned());
        same.websites[0].site.number = text(crate::filed_before::FIRST);
        same.websites[0].accesses[0].instance = text("i-7");
        assert_eq!(story.import(same.clone()).await, FilingCameTo::Unchanged, "{engine:?}");
        same.account = "acc-8".to_owned();
        let FilingCameTo::Conflicting(troubles) = story.import(same.clone()).await else {
            panic!("{engine:?}")
        };
        assert_eq!(troubles[0].what, WhatTrouble::NumberOfAnother, "{engine:?}");
        same.account = lin.asker.name().to_owned();
        same.subject.name = text("林小");
        let differs = FilingCameTo::Differs { paths: vec!["subject.name".to_owned()] };
        assert_eq!(story.import(same).await, differs, "{engine:?}");
        assert_eq!(story.all_filed().await, kept, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_is_not_taken_from_a_website_of_the_same_subject_that_has_it_here() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.customer(8).await;
        assert_eq!(story.import(before()).await, FilingCameTo::New { websites: 1 }, "{engine:?}");
        let mut moved = before();
        let mut second = moved.websites[0].clone();
        second.site.number = text("粤ICP备87654321号-2");
        second.site.name = text("第二个网站");
        moved.websites[0].site.domains = Vec::new();
        moved.websites.push(second);
        let kept = story.all_filed().await;
        for came in [
            story.desk.check_filing_import(&operator(), moved.clone()).await.unwrap(),
            story.import(moved).await,
        ] {
            let FilingCameTo::Conflicting(conflicts) = came else { panic!("{engine:?} {came:?}") };
            let taken = WhatTrouble::DomainFiled { number: FIRST.to_owned() };
            assert_eq!(conflicts[0].what, taken, "{engine:?}");
        }
        assert_eq!(story.all_filed().await, kept, "{engine:?}");
    }
}
