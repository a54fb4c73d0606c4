//! Orders about one number that contradict each other, and orders under way whose number ends.

use crate::{
    Story,
    filed_before::{FIRST, NONE, Numbers, SECOND, pairs},
    filers::{Filer, SUBJECT, operator, reviewer, text},
    key,
};
use app::{
    Failure,
    orders::{
        SubmitFault, SubmitOrder,
        bureau::{ConfirmSms, FileFault, FileOrder, SendFault, SendOrder},
        review::{ApproveOrder, Said, SayRemark},
    },
    registry::{CancelNumber, DropAccess},
};
use filing::{
    orders::{Kind, Move, Part, State},
    registry::{Reason, State as Stands},
};
use testbed::ENGINES;

const CONTRADICTED: &str = "filing-number-in-another-order";

impl Story {
    /// A change of the company, complete: of an e-mail address, or of the name of its website where one is named.
    async fn change(&self, lin: &Filer, website: Option<&str>) -> Filer {
        let mut change = self.about(&lin.asker, Kind::Change, SUBJECT).await;
        if let Some(number) = website {
            change.form.websites.clone_from(&lin.form.websites);
            change.form.websites[0].number = text(number);
            change.form.websites[0].verification = None;
            change.form.websites[0].name = text("远山茶业新站");
        } else {
            change.form.subject.clone_from(&lin.form.subject);
            change.form.subject.as_mut().unwrap().person.email = text("new@example.com");
        }
        change.form.materials = self.pictures(change.order).await;
        let kept: &[Option<u16>] = if website.is_some() { &[Some(1), Some(4)] } else { &[Some(2), Some(3)] };
        change.form.materials.retain(|picture| kept.contains(&picture.purpose));
        change
    }

    /// Fills in everything, and tells what stands against it because of another order: where, and what is asked for there.
    async fn contradictions(&self, filer: &Filer) -> Vec<String> {
        for part in filer.form.parts().collect::<Vec<_>>() {
            self.save(filer, part).await.unwrap();
        }
        let told = self.told(filer).await;
        told.into_iter().filter(|(_, code)| *code == CONTRADICTED).map(|(path, _)| path).collect()
    }

    async fn handed_in(&self, filer: &Filer) {
        for part in filer.form.parts().collect::<Vec<_>>() {
            self.save(filer, part).await.unwrap();
        }
        self.submit(filer, &format!("k-submit-{}", filer.order)).await.unwrap();
    }

    /// Takes an order to where the bureau decides on it.
    async fn with_the_bureau(&self, filer: &Filer) {
        self.handed_in(filer).await;
        self.approve(filer.order).await.unwrap();
        self.send(filer.order).await;
        if self.desk.order(&filer.asker, filer.order).await.unwrap().kind.needs().sms {
            let answered = ConfirmSms { operator: operator(), order: filer.order };
            self.desk.confirm_sms(answered, key(&format!("k-sms-{}", filer.order))).await.unwrap();
        }
    }

    async fn cancelled(&self, number: &str, digits: &str) {
        let (number, confirmation) = (number.to_owned(), digits.to_owned());
        let ask = CancelNumber { operator: operator(), number, reason: Reason::ByOwner, confirmation };
        self.desk.cancel_number(ask, key(&format!("k-cancel-{digits}"))).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_that_contradict_one_that_is_under_way_are_told_so_until_it_ends() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let end = story.end(&lin.asker, Kind::CancelWebsite, FIRST, "12345678-1").await;
        story.handed_in(&end).await;
        let website = story.change(&lin, Some(FIRST)).await;
        let others = [
            (website, Some("websites[0].number")),
            (story.end(&lin.asker, Kind::CancelSubject, SUBJECT, "12345678").await, Some("target.number")),
            (story.end(&lin.asker, Kind::CancelAccess, FIRST, "12345678-1").await, Some("target.number")),
            (story.change(&lin, None).await, None),
            (story.second_website(&lin.asker).await, None),
        ];
        for (other, path) in &others {
            let told = story.contradictions(other).await;
            let kind = story.desk.order(&lin.asker, other.order).await.unwrap().kind;
            assert_eq!(told, path.map(str::to_owned).as_slice(), "{engine:?} {kind:?}");
        }
        let refused = story.submit(&others[0].0, "k-refused").await.unwrap_err();
        assert!(matches!(refused, Failure::Because(SubmitFault::Faulty(_))), "{engine:?} {refused}");
        story.give_up(&end).await.unwrap();
        for (other, _) in &others {
            assert!(story.contradictions(other).await.is_empty(), "{engine:?}");
        }
        story.submit(&others[0].0, "k-passes").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_changes_of_one_website_it_is_told_once_that_one_subject_is_changed_by_one_at_a_time() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let [one, two] = [story.change(&lin, Some(FIRST)).await, story.change(&lin, Some(FIRST)).await];
        story.handed_in(&one).await;
        assert_eq!(story.contradictions(&two).await, ["target.number"], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_contradict_each_other_and_are_handed_in_at_once_one_is() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let other = story.another_process().await;
        let one = story.end(&lin.asker, Kind::CancelWebsite, FIRST, "12345678-1").await;
        let two = story.end(&lin.asker, Kind::CancelSubject, SUBJECT, "12345678").await;
        for filer in [&one, &two] {
            for part in filer.form.parts().collect::<Vec<_>>() {
                story.save(filer, part).await.unwrap();
            }
        }
        let ask = |filer: &Filer| SubmitOrder { asker: filer.asker.clone(), order: filer.order, seen: None };
        let (one, two) = tokio::join!(
            story.desk.submit_order(ask(&one), key("k-one")),
            other.submit_order(ask(&two), key("k-two")),
        );
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "{engine:?} {one:?} {two:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_sees_what_is_under_way_beside_an_order() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let second = story.second_website(&lin.asker).await;
        story.handed_in(&second).await;
        let change = story.change(&lin, None).await;
        story.handed_in(&change).await;
        let beside = story.desk.look_at_order(change.order).await.unwrap().finds.beside;
        let told: Vec<_> =
            beside.iter().map(|one| (one.path.as_str(), one.order, one.own, one.kind, one.state)).collect();
        let expected = ("target.number", second.order, true, Kind::AddWebsite, State::Submitted);
        assert_eq!(told, [expected], "{engine:?}");
        assert!(beside.iter().all(|one| one.against.is_none()), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_bureau_files_of_a_number_that_has_ended_already_changes_nothing_more() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let access = story.end(&lin.asker, Kind::CancelAccess, FIRST, "12345678-1").await;
        story.with_the_bureau(&access).await;
        let (operator, number) = (operator(), FIRST.to_owned());
        let drop = DropAccess { operator, number, reason: Reason::ByOwner };
        story.desk.drop_access(drop, key("k-drop")).await.unwrap();
        assert_eq!(story.file(&access, NONE).await.unwrap().state, State::Filed, "{engine:?}");
        let subject = story.end(&lin.asker, Kind::CancelSubject, SUBJECT, "12345678").await;
        story.with_the_bureau(&subject).await;
        story.cancelled(SUBJECT, "12345678").await;
        assert_eq!(story.file(&subject, NONE).await.unwrap().state, State::Filed, "{engine:?}");
        assert_eq!(story.websites().await, pairs(&[(FIRST, "cancelled")]), "{engine:?}");
        for number in [FIRST, SUBJECT] {
            let found = story.desk.own_number(&lin.asker, number).await.unwrap().unwrap();
            let ends = found.history.iter().filter(|one| one.state == Stands::Cancelled).count();
            assert_eq!(ends, 1, "{engine:?} {number}: it is cancelled once");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_bureau_cannot_have_filed_because_the_number_ended_is_said_and_left_to_be_rejected() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let website = story.second_website(&lin.asker).await;
        let change = story.change(&lin, Some(FIRST)).await;
        for order in [&website, &change] {
            story.with_the_bureau(order).await;
        }
        story.cancelled(FIRST, "12345678-1").await;
        let refused = story.file(&change, NONE).await.unwrap_err();
        let of_website = FileFault::Cancelled(FIRST.to_owned());
        assert!(matches!(&refused, Failure::Because(fault) if *fault == of_website), "{engine:?} {refused}");
        story.cancelled(SUBJECT, "12345678").await;
        let numbers = Numbers { subject: None, websites: &[SECOND] };
        let of_subject = FileFault::Cancelled(SUBJECT.to_owned());
        for (order, numbers) in [(&website, numbers), (&change, NONE)] {
            let refused = story.file(order, numbers).await.unwrap_err();
            assert!(
                matches!(&refused, Failure::Because(fault) if *fault == of_subject),
                "{engine:?} {refused}"
            );
            let looked = story.desk.look_at_order(order.order).await.unwrap();
            let codes: Vec<_> = looked.finds.faults.checks.iter().map(|fault| fault.what.code()).collect();
            assert!(codes.contains(&"filing-number-cancelled"), "{engine:?} {codes:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_order_whose_number_ended_does_not_go_to_the_bureau_and_is_given_back() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let change = story.change(&lin, None).await;
        story.handed_in(&change).await;
        story.approve(change.order).await.unwrap();
        story.cancelled(SUBJECT, "12345678").await;
        let send = SendOrder { operator: operator(), order: change.order };
        match story.desk.send_order(send, key("k-send")).await.unwrap_err() {
            Failure::Because(SendFault::Faulty(finds)) => {
                let codes: Vec<_> = finds.faults.checks.iter().map(|fault| fault.what.code()).collect();
                assert_eq!(codes, ["filing-number-cancelled"], "{engine:?}");
            }
            refused => panic!("{engine:?} {refused}"),
        }
        story.give_back_on(change.order, "target.number").await;
        let order = story.desk.order(&lin.asker, change.order).await.unwrap();
        assert_eq!((order.state, order.remarks.len()), (State::Returned, 1), "{engine:?}");
        assert_eq!(order.stages.last().unwrap().by, Move::Return, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_of_another_subject_are_not_recorded_with_an_order() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let second = story.second_website(&lin.asker).await;
        story.with_the_bureau(&second).await;
        let change = story.change(&lin, None).await;
        story.with_the_bureau(&change).await;
        let other = "粤ICP备87654321号";
        for (nth, (order, subject, websites)) in [
            (&second, Some(other), vec![SECOND.to_owned()]),
            (&change, Some(other), Vec::new()),
            (&change, None, vec![format!("{other}-1")]),
        ]
        .into_iter()
        .enumerate()
        {
            let (operator, order, subject_number) = (operator(), order.order, subject.map(str::to_owned));
            let file = FileOrder { operator, order, subject_number, website_numbers: websites };
            let refused = story.desk.file_order(file, key(&format!("k-other-{nth}"))).await.unwrap_err();
            assert!(
                matches!(refused, Failure::Because(FileFault::NotItsNumber(_))),
                "{engine:?} {nth} {refused}"
            );
        }
        let named = Numbers { subject: Some(SUBJECT), websites: &[FIRST] };
        assert_eq!(
            story.file(&change, named).await.unwrap().state,
            State::Filed,
            "{engine:?}: its own may be named"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_says_what_it_changes_and_is_none_where_it_changes_nothing() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let mut nothing = story.change(&lin, Some(FIRST)).await;
        nothing.form.websites[0].name.clone_from(&lin.form.websites[0].name);
        for part in [Part::Target, Part::Subject, Part::Websites] {
            story.save(&nothing, part).await.unwrap();
        }
        let told = story.told(&nothing).await;
        assert!(told.contains(&("subject".to_owned(), "change-nothing")), "{engine:?} {told:?}");
        let mut change = story.change(&lin, Some(FIRST)).await;
        change.form.websites[0].name = text("远山茶业新网站");
        change.form.websites[0].languages = vec![1, 2];
        // Where it is reached is no part of what a change names.
        change.form.websites[0].addresses.clear();
        story.handed_in(&change).await;
        let looked = story.desk.look_at_order(change.order).await.unwrap();
        let changes = looked.changes.unwrap();
        let paths: Vec<_> = changes.iter().map(|change| change.path.as_str()).collect();
        assert_eq!(paths, ["websites[0].name", "websites[0].languages"], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_at_an_order_again_reads_what_was_said_of_it_before() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        story.give_back(lin.order).await;
        story.submit(&lin, "k-2").await.unwrap();
        let former = story.desk.look_at_order(lin.order).await.unwrap().former.unwrap();
        let said: Vec<_> = former.remarks.iter().map(|remark| remark.path.as_str()).collect();
        assert_eq!(said, ["websites[0].name"], "{engine:?}");
        assert_eq!(former.remarks[0].problem, "填写不规范。", "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_order_is_claimed_to_be_given_back_and_not_to_be_approved_again() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        story.approve(lin.order).await.unwrap();
        story.desk.claim_order(&reviewer(), lin.order).await.unwrap();
        let approve = ApproveOrder { reviewer: reviewer(), order: lin.order, seen: None };
        assert!(story.desk.approve_order(approve, None).await.is_err(), "{engine:?}");
        let said =
            Said::Mend { problem: "名称有误。".to_owned(), suggestion: "请修改。".to_owned() };
        let path = "websites[0].name".to_owned();
        let say = SayRemark { reviewer: reviewer(), order: lin.order, path, said };
        story.desk.say_remark(say).await.unwrap();
        story.send(lin.order).await;
        let order = story.desk.order(&lin.asker, lin.order).await.unwrap();
        assert_eq!(
            order.state,
            State::AtBureau,
            "{engine:?}: a remark that was not given back holds nothing up"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_back_and_is_unchanged_is_warned_of_until_it_is_mended() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let mut lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        story.give_back(lin.order).await;
        let unmended = ("websites[0].name".to_owned(), "not-mended");
        assert_eq!(story.told(&lin).await, std::slice::from_ref(&unmended), "{engine:?}");
        lin.form.websites[0].name = text("远山茶事");
        story.save(&lin, Part::Websites).await.unwrap();
        assert!(!story.told(&lin).await.contains(&unmended), "{engine:?}");
        lin.form.websites[0].name = crate::filers::filled().websites[0].name.clone();
        story.save(&lin, Part::Websites).await.unwrap();
        story.submit(&lin, "k-2").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_filing_is_recorded_under_a_number_of_a_filing_and_of_its_length() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.with_the_bureau(&lin).await;
        for (nth, wrong) in ["粤ICP证12345678号", "粤ICP备123456789号", "粤ICP备1234567号"].iter().enumerate()
        {
            let file = FileOrder {
                operator: operator(),
                order: lin.order,
                subject_number: text(wrong),
                website_numbers: vec![format!("{wrong}-1")],
            };
            let refused = story.desk.file_order(file, key(&format!("k-wrong-{nth}"))).await.unwrap_err();
            assert!(
                matches!(refused, Failure::Because(FileFault::SubjectNumber)),
                "{engine:?} {wrong} {refused}"
            );
        }
        let far = Numbers { subject: Some(SUBJECT), websites: &["粤ICP备12345678号-9999999"] };
        let refused = story.file(&lin, far).await.unwrap_err();
        assert!(
            matches!(refused, Failure::Because(FileFault::WebsiteNumbers { wanted: 1 })),
            "{engine:?} {refused}"
        );
    }
}
