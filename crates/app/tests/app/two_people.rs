//! What two people decide, each story on both engines: the blacklist, what it stops, and what an authority cancels.

use crate::{
    Story,
    filed_before::{FIRST, Numbers, pairs},
    filers::{CARD, SUBJECT, operator, reviewer},
    key, reasons, refused,
    why_not::{log, principal},
};
use app::{
    Failure, Operator, Told,
    access::Role,
    orders::{
        SubmitFault,
        bureau::{ConfirmSms, FileFault, FileOrder},
    },
    two_people::{
        Agree, AgreeFault, Agreed, Decline, Extent, HeldFault, Measure, Off, Outcome, ProposalId, Propose,
        ProposeFault, Proposed, SeeProposalFault, Thing, ThingFault, ThingKind, WhyListed, WhyUnlisted, Wish,
    },
    why_not::{WhyNot, WhyNotAsked},
};
use filing::orders::{Kind, Move, State};
use jiff::SignedDuration;
use rulebook::Lang;
use testbed::ENGINES;

const WEBSITE: &str = "粤ICP备12345678号-1";

/// A resident ID card.
pub(crate) fn certificate(number: &str) -> Thing {
    Thing::Certificate { kind: 2, number: number.to_owned() }
}

impl Story {
    async fn propose(
        &self,
        wish: Wish,
        note: &str,
        key_text: &str,
    ) -> Result<Told<Proposed>, Failure<ProposeFault>> {
        let ask = Propose { by: reviewer(), wish, note: note.to_owned() };
        self.desk.propose(ask, key(key_text)).await
    }

    pub(crate) async fn propose_to_list(
        &self,
        thing: Thing,
        note: &str,
        key_text: &str,
    ) -> Result<Told<Proposed>, Failure<ProposeFault>> {
        self.propose(Wish::List { thing, reason: WhyListed::UnlawfulContent }, note, key_text).await
    }

    pub(crate) async fn propose_to_unlist(
        &self,
        off: Off,
        key_text: &str,
    ) -> Result<Told<Proposed>, Failure<ProposeFault>> {
        self.propose(Wish::Unlist { off, reason: WhyUnlisted::Mistake }, "", key_text).await
    }

    pub(crate) async fn propose_to_cancel(
        &self,
        number: &str,
        extent: Extent,
        key_text: &str,
    ) -> Result<Told<Proposed>, Failure<ProposeFault>> {
        self.propose(Wish::Cancel { number: number.to_owned(), extent }, "", key_text).await
    }

    async fn agree_as(
        &self,
        by: Operator,
        proposal: ProposalId,
        confirmation: Option<&str>,
        key_text: &str,
    ) -> Result<Told<Agreed>, Failure<AgreeFault>> {
        let ask = Agree { by, proposal, confirmation: confirmation.map(str::to_owned) };
        self.desk.agree_to_proposal(ask, key(key_text)).await
    }

    pub(crate) async fn agree(
        &self,
        proposal: ProposalId,
        confirmation: Option<&str>,
        key_text: &str,
    ) -> Result<Told<Agreed>, Failure<AgreeFault>> {
        self.agree_as(operator(), proposal, confirmation, key_text).await
    }

    /// Two people put something on the blacklist.
    pub(crate) async fn list(&self, thing: Thing, key_text: &str) -> Agreed {
        let proposed = self.propose_to_list(thing, "", key_text).await.unwrap();
        self.agree(proposed.answer.id, None, &format!("{key_text}-yes")).await.unwrap().answer
    }

    /// The states of what is filed: subjects and websites, by their numbers.
    pub(crate) async fn registry(&self) -> Vec<(String, String)> {
        let all =
            "SELECT number, state FROM subjects UNION ALL SELECT number, state FROM websites ORDER BY number";
        self.look::<(String, String)>(all).await
    }

    pub(crate) async fn codes_of(&self, asker: &app::Asker) -> Vec<&'static str> {
        let instance = asker.name().replace("acc", "i");
        reasons(&self.desk.check_codes(crate::codes(asker, &instance, 1)).await.unwrap())
    }
}

/// Two people take the card of everybody's stories off the blacklist.
pub(crate) async fn unlisted(story: &Story, key_text: &str) {
    let off = Off::Thing(certificate(CARD));
    let id = story.propose_to_unlist(off, key_text).await.unwrap().answer.id;
    story.agree(id, None, &format!("{key_text}-yes")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_agrees_to_his_own_proposal_and_another_does_it_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let id = story.propose_to_list(certificate(CARD), "来函", "k-1").await.unwrap().answer.id;
        let own = story.agree_as(reviewer(), id, None, "k-own").await.unwrap_err();
        assert!(matches!(own, Failure::Because(AgreeFault::OwnProposal)), "{engine:?} {own}");
        assert_eq!(story.desk.blacklist(None, 10).await.unwrap(), [], "{engine:?}: nothing is done yet");
        let agreed = story.agree(id, None, "k-2").await.unwrap();
        let again = story.agree(id, None, "k-2").await.unwrap();
        assert_eq!((again.before, &again.answer), (true, &agreed.answer), "{engine:?}");
        let later = story.agree(id, None, "k-3").await.unwrap_err();
        let Failure::Because(AgreeFault::Held(HeldFault::Decided { outcome, by, himself, .. })) = later
        else {
            panic!("{engine:?} {later}")
        };
        assert_eq!((outcome, by.as_str(), himself), (Outcome::Agreed, "wu", false), "{engine:?}");
        let decline = Decline { by: operator(), proposal: id };
        let late = story.desk.decline_proposal(decline, key("k-4")).await.unwrap_err();
        assert!(matches!(late, Failure::Because(HeldFault::Decided { .. })), "{engine:?} {late}");
        let listed = story.desk.blacklist(None, 10).await.unwrap();
        let [listed] = listed.as_slice() else { panic!("{engine:?} {listed:?}") };
        assert_eq!(
            (listed.thing, listed.reason.as_str(), listed.proposal),
            (ThingKind::Certificate, "unlawful-content", id)
        );
        assert_eq!(story.desk.open_proposals(None, 10).await.unwrap(), [], "{engine:?}");
        assert!(story.verifies().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_decide_at_once_exactly_one_does() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let other = story.another_process().await;
        for round in 0..4 {
            let name = Thing::SubjectName(format!("某某公司{round}"));
            let id = story.propose_to_list(name, "", &format!("k-{round}")).await.unwrap().answer.id;
            let agree = Agree { by: operator(), proposal: id, confirmation: None };
            let decline = Decline { by: Operator::parse("zheng").unwrap(), proposal: id };
            let (yes, no) = tokio::join!(
                story.desk.agree_to_proposal(agree, key(&format!("k-{round}-yes"))),
                other.decline_proposal(decline, key(&format!("k-{round}-no"))),
            );
            assert!(yes.is_ok() != no.is_ok(), "{engine:?} {yes:?} {no:?}");
            let is_late = matches!(
                (&yes, &no),
                (Err(Failure::Because(AgreeFault::Held(HeldFault::Decided { .. }))), Ok(_))
                    | (Ok(_), Err(Failure::Because(HeldFault::Decided { .. })))
            );
            assert!(is_late, "{engine:?} {yes:?} {no:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_the_blacklist_stops_orders_at_each_check_until_it_is_taken_off() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        // As somebody types it: with spaces, and a domain below the one that was registered.
        story.list(certificate("440305 1990 0307 1236"), "k-card").await;
        story.list(Thing::Domain("www.Example.com".to_owned()), "k-domain").await;
        let Err(Failure::Because(SubmitFault::Faulty(faults))) = story.submit(&lin, "k-1").await else {
            panic!("{engine:?}")
        };
        let listed = faults.checks.iter().filter(|fault| fault.what.code() == "cannot-be-filed");
        let paths: Vec<_> = listed.map(|fault| fault.path.as_str()).collect();
        assert_eq!(paths, ["subject.certificate.number", "websites[0].domains[0]"], "{engine:?}");
        let listed = story.desk.blacklist(None, 10).await.unwrap();
        let entry = listed.iter().find(|listed| listed.thing == ThingKind::Domain).unwrap().id;
        for (off, key_text) in [(Off::Thing(certificate(CARD)), "k-a"), (Off::Entry(entry), "k-b")] {
            let id = story.propose_to_unlist(off, key_text).await.unwrap().answer.id;
            story.agree(id, None, &format!("{key_text}-yes")).await.unwrap();
        }
        assert_eq!(story.desk.blacklist(None, 10).await.unwrap(), [], "{engine:?}");
        assert_eq!(story.submit(&lin, "k-2").await.unwrap().state, State::Submitted, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_with_a_blacklisted_subject_gets_no_codes_until_it_is_taken_off() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (lin, other) = (story.filer(7).await, story.customer(8).await);
        story.submit(&lin, "k-s").await.unwrap();
        story.filed(&lin).await;
        assert_eq!(story.codes_of(&lin.asker).await, [] as [&str; 0], "{engine:?}");
        story.list(certificate(CARD), "k-1").await;
        assert_eq!(story.codes_of(&lin.asker).await, ["account-blacklisted"], "{engine:?}");
        assert_eq!(story.codes_of(&other).await, [] as [&str; 0], "{engine:?}: nobody else is stopped");
        let told = story.issue(&lin.asker, "i-7", 1, "k-issue").await.unwrap();
        assert_eq!(refused(&told), ["account-blacklisted"], "{engine:?}");
        let id = story.propose_to_unlist(Off::Thing(certificate(CARD)), "k-off").await.unwrap().answer.id;
        story.agree(id, None, "k-off-yes").await.unwrap();
        let told = story.issue(&lin.asker, "i-7", 1, "k-issue-2").await.unwrap();
        assert_eq!(refused(&told), [] as [&str; 0], "{engine:?}");
        story.list(certificate(CARD), "k-2").await;
        assert_eq!(story.codes_of(&lin.asker).await, ["account-blacklisted"], "{engine:?}: and again");
        assert!(story.verifies().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subject_that_is_filed_after_it_was_listed_stops_the_account_too() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-s").await.unwrap();
        story.approve(lin.order).await.unwrap();
        story.send(lin.order).await;
        story.list(certificate(CARD), "k-1").await;
        assert_eq!(story.codes_of(&lin.asker).await, [] as [&str; 0], "{engine:?}: it is not his yet");
        let order = lin.order;
        story.desk.confirm_sms(ConfirmSms { operator: operator(), order }, key("k-sms")).await.unwrap();
        let (subject_number, website_numbers) = (Some(SUBJECT.to_owned()), vec![WEBSITE.to_owned()]);
        let file = FileOrder { operator: operator(), order, subject_number, website_numbers };
        story.desk.file_order(file, key("k-file")).await.unwrap();
        assert_eq!(story.codes_of(&lin.asker).await, ["account-blacklisted"], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn support_sees_that_an_account_was_stopped_as_of_each_moment() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-s").await.unwrap();
        story.filed(&lin).await;
        let zhao = principal(&story, "zhao", Role::Support).await;
        story.clock.pass(SignedDuration::from_hours(1));
        let before = app::Clock::now(&story.clock);
        story.clock.pass(SignedDuration::from_hours(1));
        story.list(certificate(CARD), "k-1").await;
        for (at, stopped) in [(None, true), (Some(before), false)] {
            let look =
                |what: &str| WhyNotAsked { by: zhao.clone(), what: what.to_owned(), at, edition: None };
            let WhyNot::Account(account) = story.desk.why_not(look("acc-7")).await.unwrap() else { panic!() };
            assert_eq!(account.blacklisted, stopped, "{engine:?} {at:?}");
            assert_eq!(account.copy(Lang::Zh).contains("黑名单"), stopped, "{engine:?} {at:?}");
            let WhyNot::Instance(instance) = story.desk.why_not(look("i-7")).await.unwrap() else { panic!() };
            assert_eq!(instance.judge(|_, answer| answer.is_err()), stopped, "{engine:?} {at:?}");
            assert_eq!(instance.copy(Lang::En).contains("blacklist"), stopped, "{engine:?} {at:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_cancels_a_website_for_ever_and_its_owner_sees_the_order() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-s").await.unwrap();
        story.filed(&lin).await;
        let id = story.propose_to_cancel(WEBSITE, Extent::Number, "k-1").await.unwrap().answer.id;
        for (typed, key_text) in [(None, "k-a"), (Some("12345678"), "k-b")] {
            let unsure = story.agree(id, typed, key_text).await.unwrap_err();
            assert!(
                matches!(unsure, Failure::Because(AgreeFault::NotConfirmed { .. })),
                "{engine:?} {unsure}"
            );
        }
        // As an input method for Chinese types it.
        let agreed = story.agree(id, Some("１２３４５６７８-1"), "k-2").await.unwrap().answer;
        let order = story.desk.order(&lin.asker, agreed.order.unwrap()).await.unwrap();
        assert_eq!((order.kind, order.state), (Kind::CancelWebsite, State::Filed), "{engine:?}");
        let stages: Vec<_> = order.stages.iter().map(|stage| stage.by).collect();
        assert_eq!(stages, [Move::Force], "{engine:?}");
        let target = order.form.unwrap().target.unwrap();
        assert_eq!(target.number.as_deref(), Some(WEBSITE), "{engine:?}");
        let expected = [(SUBJECT, "active"), (WEBSITE, "cancelled")];
        assert_eq!(story.registry().await, expected.map(|(n, s)| (n.to_owned(), s.to_owned())), "{engine:?}");
        assert_eq!(story.look::<(String,)>("SELECT domain FROM website_domains").await, [], "{engine:?}");
        assert_eq!(agreed.listed, [], "{engine:?}");
        assert_eq!(story.codes_of(&lin.asker).await, [] as [&str; 0], "{engine:?}");
        let again = story.propose_to_cancel(WEBSITE, Extent::Number, "k-3").await.unwrap_err();
        assert!(matches!(again, Failure::Because(ProposeFault::NothingFiled(_))), "{engine:?} {again}");
        assert!(story.verifies().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_serious_case_the_subject_ends_and_what_it_was_known_by_is_listed() {
    for engine in ENGINES {
        for domains in [false, true] {
            let story = Story::on(engine).await;
            let lin = story.filer(7).await;
            story.submit(&lin, "k-s").await.unwrap();
            story.filed(&lin).await;
            let serious = Extent::Serious { domains };
            let id = story.propose_to_cancel(WEBSITE, serious, "k-1").await.unwrap().answer.id;
            let agreed = story.agree(id, Some(WEBSITE), "k-2").await.unwrap().answer;
            let order = story.desk.order(&lin.asker, agreed.order.unwrap()).await.unwrap();
            assert_eq!((order.kind, order.state), (Kind::CancelSubject, State::Filed), "{engine:?}");
            let expected = [(SUBJECT, "cancelled"), (WEBSITE, "cancelled")];
            assert_eq!(
                story.registry().await,
                expected.map(|(n, s)| (n.to_owned(), s.to_owned())),
                "{engine:?}"
            );
            let mut listed = vec![ThingKind::Certificate, ThingKind::WebsiteName];
            listed.extend(domains.then_some(ThingKind::Domain));
            let things: Vec<_> = agreed.listed.iter().map(|listed| listed.thing).collect();
            assert_eq!(things, listed, "{engine:?}");
            assert_eq!(story.codes_of(&lin.asker).await, ["account-blacklisted"], "{engine:?}");
            assert!(story.verifies().await, "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_cancelled_meanwhile_is_not_cancelled_again_and_the_proposal_stays_open() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-s").await.unwrap();
        story.filed(&lin).await;
        let subject = story.propose_to_cancel(SUBJECT, Extent::Number, "k-1").await.unwrap().answer.id;
        let website = story.propose_to_cancel(WEBSITE, Extent::Number, "k-2").await.unwrap().answer.id;
        story.agree(subject, Some("12345678"), "k-3").await.unwrap();
        let gone = story.agree(website, Some("123456781"), "k-4").await.unwrap_err();
        assert!(
            matches!(gone, Failure::Because(AgreeFault::File(FileFault::NothingFiled))),
            "{engine:?} {gone}"
        );
        let open = story.desk.open_proposals(None, 10).await.unwrap();
        assert_eq!(open.iter().map(|proposal| proposal.id).collect::<Vec<_>>(), [website], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_decides_reads_it_in_clear_and_recorded_and_once_it_is_decided_nobody_does() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let [zhou, support, auditor] = [
            principal(&story, "zhou", Role::Reviewer).await,
            principal(&story, "zhao", Role::Support).await,
            principal(&story, "sun", Role::Auditor).await,
        ];
        let id = story.propose_to_list(certificate(CARD), "来函第七号", "k-1").await.unwrap().answer.id;
        let refused = story.desk.proposal_for(&support, id).await.unwrap_err();
        assert!(matches!(refused, Failure::Because(SeeProposalFault::NotAllowed)), "{engine:?} {refused}");
        let seen = story.desk.proposal_for(&zhou, id).await.unwrap();
        assert_eq!(
            (seen.thing, seen.note.as_deref()),
            (Some(certificate(CARD)), Some("来函第七号")),
            "{engine:?}"
        );
        let lines = log(&story, &auditor).await;
        let [line] = lines.as_slice() else { panic!("{engine:?} {lines:?}") };
        assert_eq!((line.who.as_str(), line.what.as_str(), line.proposal), ("zhou", "proposal", Some(id)));
        let decline = Decline { by: reviewer(), proposal: id };
        story.desk.decline_proposal(decline, key("k-2")).await.unwrap();
        let seen = story.desk.proposal_for(&zhou, id).await.unwrap();
        assert_eq!((seen.thing, seen.note), (None, None), "{engine:?}");
        let (outcome, by, _) = seen.decided.unwrap();
        assert_eq!((outcome, by.as_str()), (Outcome::Declined, "zhou"), "{engine:?}: he took it back");
        let late = Decline { by: operator(), proposal: id };
        let late = story.desk.decline_proposal(late, key("k-late")).await.unwrap_err();
        let Failure::Because(HeldFault::Decided { himself, .. }) = late else { panic!("{engine:?} {late}") };
        assert!(himself, "{engine:?}");
        let keys = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM subject_keys WHERE sealed IS NOT NULL";
        assert_eq!(story.look::<(i64,)>(keys).await, [(0,)], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_be_lost_is_told_before_it_is_decided() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-s").await.unwrap();
        story.filed(&lin).await;
        let wu = principal(&story, "wu", Role::Operator).await;
        for (extent, subject, key_text) in
            [(Extent::Number, None, "k-1"), (Extent::Serious { domains: false }, Some(SUBJECT), "k-2")]
        {
            let id = story.propose_to_cancel(WEBSITE, extent, key_text).await.unwrap().answer.id;
            let loses = story.desk.proposal_for(&wu, id).await.unwrap().loses.unwrap();
            assert_eq!((loses.account.as_str(), loses.subject.as_deref()), ("acc-7", subject), "{engine:?}");
            assert_eq!(loses.websites, [WEBSITE], "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_proposed_that_cannot_be_meant() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let because = |failure: Failure<ProposeFault>| match failure {
            Failure::Because(fault) => fault,
            other => panic!("{engine:?} {other}"),
        };
        let mistyped = story.propose_to_list(certificate("440305199003071237"), "", "k-1").await.unwrap_err();
        assert!(matches!(because(mistyped), ProposeFault::Thing(ThingFault::BadNumber(_))), "{engine:?}");
        for thing in [Thing::Domain("com.cn".to_owned()), Thing::WebsiteName("　".to_owned())] {
            let kind = thing.kind();
            let nothing = story.propose_to_list(thing, "", "k-2").await.unwrap_err();
            assert_eq!(because(nothing), ProposeFault::Thing(ThingFault::Unreadable(kind)), "{engine:?}");
        }
        let unlisted = story.propose_to_unlist(Off::Thing(certificate(CARD)), "k-3").await.unwrap_err();
        assert_eq!(because(unlisted), ProposeFault::NotListed, "{engine:?}");
        let unknown = story.propose_to_cancel(SUBJECT, Extent::Number, "k-4").await.unwrap_err();
        assert_eq!(because(unknown), ProposeFault::NothingFiled(SUBJECT.to_owned()), "{engine:?}");
        let long = story.propose_to_list(certificate(CARD), &"长".repeat(501), "k-5").await.unwrap_err();
        assert_eq!(because(long), ProposeFault::Note, "{engine:?}");
        let entry = story.list(certificate(CARD), "k-6").await.listed[0].entry;
        let twice = story.propose_to_list(certificate(CARD), "", "k-7").await.unwrap_err();
        assert_eq!(because(twice), ProposeFault::ListedAlready { entry }, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_is_made_once_for_its_key_and_the_key_is_good_for_nothing_else() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let first = story.propose_to_list(certificate(CARD), "甲", "k-1").await.unwrap();
        let again = story.propose_to_list(certificate(CARD), "甲", "k-1").await.unwrap();
        assert_eq!((again.before, &again.answer), (true, &first.answer), "{engine:?}");
        let measure = Measure::List { thing: ThingKind::Certificate, reason: WhyListed::UnlawfulContent };
        assert_eq!(first.answer.measure, measure, "{engine:?}");
        for (thing, note) in [(certificate("11010519491231002X"), "甲"), (certificate(CARD), "乙")] {
            let other = story.propose_to_list(thing, note, "k-1").await.unwrap_err();
            assert!(matches!(other, Failure::KeyUsed), "{engine:?} {other}");
        }
        assert_eq!(story.desk.open_proposals(None, 10).await.unwrap().len(), 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_to_a_number_after_it_was_proposed_to_cancel_it_is_not_cancelled() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let cancel = story.propose_to_cancel(FIRST, Extent::Number, "k-1").await.unwrap().answer.id;
        let nothing = async |text: &str| {
            let refused = story.agree(cancel, Some("12345678-1"), text).await.unwrap_err();
            assert!(
                matches!(refused, Failure::Because(AgreeFault::File(FileFault::NothingFiled))),
                "{engine:?} {refused}"
            );
        };
        story.clock.pass(SignedDuration::from_hours(1));
        story.correct(FIRST, "粤ICP备12345678号-7").await.unwrap();
        nothing("k-2").await;
        let second = story.second_website(&lin.asker).await;
        story.to_the_end(&second, Numbers { subject: None, websites: &[FIRST] }).await.unwrap();
        nothing("k-3").await;
        let all = pairs(&[(FIRST, "active"), ("粤ICP备12345678号-7", "active")]);
        assert_eq!(story.websites().await, all, "{engine:?}");
        // What is proposed of it from now on is meant.
        let cancel = story.propose_to_cancel(FIRST, Extent::Number, "k-4").await.unwrap().answer.id;
        story.agree(cancel, Some("12345678-1"), "k-5").await.unwrap();
    }
}
