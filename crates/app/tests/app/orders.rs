//! Filing orders from the first draft to the number, each on both engines: who may do what, what becomes of codes, what time does.

use crate::{
    Story,
    filers::{CARD, Filer, SUBJECT, filled, operator, reviewer, text},
    key,
};
use app::{
    Asker, Failure, Operator, Worker as _,
    jobs::Queue,
    keys::RotateKeys,
    orders::{
        CorrectOrder, MOST_DRAFTS, OpenOrder, OrderFault, Reminders, SaveFault, SavePart, Saved, SubmitFault,
        WithdrawOrder, Woken,
        bureau::{ConfirmSms, FileOrder, RejectOrder},
        review::{ApproveOrder, CLAIM_LASTS, ReturnOrder, ReviewFault, Said, SayRemark},
    },
};
use filing::{
    codes::State as CodeState,
    orders::{Awaited, Form, Kind, MOST_DOMAINS, MOST_WEBSITES_KEPT, Move, Part, State, Website, Who},
};
use jiff::SignedDuration;
use rulebook::ALIYUN;
use store::{CommitHook, OrderId};
use testbed::{ENGINES, Engine};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_files_a_first_website_to_the_end_and_his_code_is_recorded() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let faults = story.desk.check_order(&lin.asker, lin.order).await.unwrap();
        assert!(faults.allow(), "{engine:?} {faults:?}");
        assert_eq!(story.submit(&lin, "k-1").await.unwrap().state, State::Submitted, "{engine:?}");
        assert_eq!(story.code_states(&lin.asker).await, [CodeState::Recording], "{engine:?}");
        assert_eq!(story.approve(lin.order).await.unwrap().state, State::Approved, "{engine:?}");
        assert_eq!(story.send(lin.order).await.state, State::AtBureau, "{engine:?}");
        let answered = ConfirmSms { operator: operator(), order: lin.order };
        story.desk.confirm_sms(answered, key("k-sms")).await.unwrap();
        let file = FileOrder {
            operator: operator(),
            order: lin.order,
            subject_number: text(SUBJECT),
            website_numbers: vec![format!("{SUBJECT}-1")],
        };
        let filed = story.desk.file_order(file.clone(), key("k-file")).await.unwrap();
        let again = story.desk.file_order(file, key("k-file")).await.unwrap();
        assert_eq!((filed.answer.state, again.before, &again.answer), (State::Filed, true, &filed.answer));
        assert_eq!(story.code_states(&lin.asker).await, [CodeState::Recorded], "{engine:?}");
        let order = story.desk.order(&lin.asker, lin.order).await.unwrap();
        let stages: Vec<_> = order.stages.iter().map(|stage| stage.by).collect();
        let expected = [Move::Open, Move::Submit, Move::Approve, Move::Send, Move::ConfirmSms, Move::File];
        assert_eq!(stages, expected, "{engine:?}");
        assert_eq!(order.form.unwrap(), lin.form.clone().tidied(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_with_faults_is_refused_with_all_of_them_and_nothing_is_changed() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let mut lin = story.filer(7).await;
        lin.form.subject.as_mut().unwrap().person.mobile = text("12345");
        lin.form.websites[0].verification = text("no verification");
        story.save(&lin, Part::Subject).await.unwrap();
        story.save(&lin, Part::Websites).await.unwrap();
        let Err(Failure::Because(SubmitFault::Faulty(faults))) = story.submit(&lin, "k-1").await else {
            panic!("{engine:?}")
        };
        assert!(faults.checks.iter().any(|fault| fault.path == "subject.person.mobile"), "{engine:?}");
        let causes: Vec<_> = faults.products.iter().map(|fault| (fault.website, fault.cause)).collect();
        assert_eq!(causes, [(0, "unknown-verification")], "{engine:?}");
        assert_eq!(story.code_states(&lin.asker).await, [CodeState::Bound], "{engine:?}");
        let order = story.desk.order(&lin.asker, lin.order).await.unwrap();
        assert_eq!((order.state, order.round), (State::Draft, 0), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_the_reviewer_gave_back_can_be_changed() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let mut lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        story.desk.claim_order(&reviewer(), lin.order).await.unwrap();
        let back = ReturnOrder { reviewer: reviewer(), order: lin.order, seen: None };
        let nothing = story.desk.return_order(back, None).await.unwrap_err();
        assert!(matches!(nothing, Failure::Because(ReviewFault::NothingToMend)), "{engine:?}");
        story.give_back(lin.order).await;
        lin.form.websites[0].name = text("小林的风景摄影笔记");
        lin.form.subject.as_mut().unwrap().address = text("科技园路10号");
        story.save(&lin, Part::Websites).await.unwrap();
        story.save(&lin, Part::Subject).await.unwrap();
        let Err(Failure::Because(SubmitFault::Faulty(faults))) = story.submit(&lin, "k-2").await else {
            panic!("{engine:?}")
        };
        assert_eq!(faults.locked, ["subject.address"], "{engine:?}");
        lin.form.subject.as_mut().unwrap().address = filled().subject.unwrap().address;
        story.save(&lin, Part::Subject).await.unwrap();
        assert_eq!(story.submit(&lin, "k-3").await.unwrap().state, State::Submitted, "{engine:?}");
        assert_eq!(story.code_states(&lin.asker).await, [CodeState::Recording], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_gives_the_code_back_or_burns_it_as_the_rulebook_says() {
    for (rulebook, after) in [
        (ALIYUN.to_owned(), CodeState::Bound),
        (
            ALIYUN.replace("on_abandon = { value = \"release\"", "on_abandon = { value = \"burn\""),
            CodeState::Void,
        ),
    ] {
        for engine in ENGINES {
            let story = Story::under(engine, CommitHook::default(), &rulebook).await;
            let lin = story.filer(7).await;
            story.submit(&lin, "k-1").await.unwrap();
            assert_eq!(story.give_up(&lin).await.unwrap().state, State::Withdrawn, "{engine:?}");
            assert_eq!(story.code_states(&lin.asker).await, [after], "{engine:?}");
            let held = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM order_products WHERE ended_at IS NULL";
            assert_eq!(story.look::<(i64,)>(held).await, [(0,)], "{engine:?}");
            let late = story.submit(&lin, "k-2").await.unwrap_err();
            let illegal = matches!(late, Failure::Because(SubmitFault::Order(OrderFault::Illegal(_))));
            assert!(illegal, "{engine:?} {late}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unanswered_text_message_brings_the_order_back_and_idle_drafts_are_given_up() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (lin, wang) = (story.filer(7).await, story.account(8).await);
        let opened = story
            .desk
            .open_order(OpenOrder { asker: wang.clone(), kind: Kind::FirstFiling, from: None }, None)
            .await;
        let draft = opened.unwrap().answer.order;
        story.submit(&lin, "k-1").await.unwrap();
        story.approve(lin.order).await.unwrap();
        story.send(lin.order).await;
        story.clock.pass(SignedDuration::from_hours(25));
        assert_eq!(woken(&story, lin.order).await, [Woken::Moved(Move::MissSms)], "{engine:?}");
        assert_eq!(story.submit(&lin, "k-2").await.unwrap().state, State::Submitted, "{engine:?}");
        story.clock.pass(SignedDuration::from_hours(24 * 24));
        assert_eq!(woken(&story, draft).await, [Woken::Reminded], "{engine:?}");
        assert_eq!(woken(&story, draft).await, [], "{engine:?}");
        story.clock.pass(SignedDuration::from_hours(24 * 8));
        assert_eq!(woken(&story, draft).await, [Woken::Moved(Move::Lapse)], "{engine:?}");
        let order = story.desk.order(&wang, draft).await.unwrap();
        assert_eq!(order.state, State::Withdrawn, "{engine:?}");
    }
}

/// What the desk does about an order by itself now.
async fn woken(story: &Story, order: OrderId) -> Vec<Woken> {
    let (woken, _) = story.desk.watch_deadlines().await.unwrap();
    woken.into_iter().filter(|(id, _)| *id == order).map(|(_, woken)| woken).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_order_is_corrected_into_one_draft_with_everything_kept_but_its_product() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        story.approve(lin.order).await.unwrap();
        story.send(lin.order).await;
        let reject =
            RejectOrder { operator: operator(), order: lin.order, reason: "证件已过期".to_owned() };
        story.desk.reject_order(reject, key("k-reject")).await.unwrap();
        assert_eq!(story.code_states(&lin.asker).await, [CodeState::Bound], "{engine:?}");
        let rejected = story.desk.order(&lin.asker, lin.order).await.unwrap();
        assert!(rejected.reason.is_some_and(|reason| !reason.is_empty()), "{engine:?}");
        let correct = CorrectOrder { asker: lin.asker.clone(), order: lin.order };
        let draft = story.desk.correct_order(correct.clone(), key("k-correct")).await.unwrap().answer;
        let order = story.desk.order(&lin.asker, draft.order).await.unwrap();
        let mut expected = lin.form.clone().tidied();
        expected.websites[0].verification = None;
        assert_eq!((order.form.unwrap(), order.corrects), (expected, Some(lin.order)), "{engine:?}");
        let twice = story.desk.correct_order(correct, key("k-twice")).await.unwrap_err();
        let expected = OrderFault::Corrected { draft: draft.order };
        assert!(matches!(&twice, Failure::Because(fault) if *fault == expected), "{engine:?} {twice}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_order_is_told_like_one_that_does_not_exist() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (lin, wang) = (story.filer(7).await, story.account(8).await);
        let thief = Filer { asker: wang, ..lin };
        let unknown = |fault: &OrderFault| *fault == OrderFault::Unknown;
        let Err(Failure::Because(read)) = story.desk.order(&thief.asker, thief.order).await else { panic!() };
        let Err(Failure::Because(SaveFault::Order(saved))) = story.save(&thief, Part::Subject).await else {
            panic!()
        };
        let Err(Failure::Because(SubmitFault::Order(handed))) = story.submit(&thief, "k-1").await else {
            panic!()
        };
        let Err(Failure::Because(given_up)) = story.give_up(&thief).await else { panic!() };
        assert!([read, saved, handed, given_up].iter().all(unknown), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_filled_in_opens_after_a_rotation_under_the_new_key_alone() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.rotate(&["subject"]).await;
        let retired = story.desk.keys().await.unwrap().into_iter().filter_map(|key| key.left);
        assert_eq!(retired.collect::<Vec<_>>(), [1], "{engine:?}: the key of one subject needs the old key");
        let all = RotateKeys { purpose: None, operator: operator() };
        assert_eq!(story.desk.rotate_keys(all).await.unwrap().resealed, 1, "{engine:?}");
        let second = story.another_process().await;
        let order = second.order(&lin.asker, lin.order).await.unwrap();
        assert_eq!(order.form.unwrap(), lin.form.clone().tidied(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_cannot_be_read_keeps_no_other_waiting() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (damaged, sound) = (story.filer(7).await, story.account(8).await);
        story.submit(&damaged, "k-1").await.unwrap();
        story.give_back(damaged.order).await;
        let opened = story
            .desk
            .open_order(OpenOrder { asker: sound.clone(), kind: Kind::FirstFiling, from: None }, None)
            .await;
        let draft = opened.unwrap().answer.order;
        assert_eq!(story.say("UPDATE codes SET state = 'void'", vec![]).await, 1, "{engine:?}");
        story.clock.pass(SignedDuration::from_hours(24 * 40));
        let (woken, next) = story.desk.watch_deadlines().await.unwrap();
        assert_eq!((woken, next), (vec![(draft, Woken::Moved(Move::Lapse))], None), "{engine:?}");
        let order = story.desk.order(&damaged.asker, damaged.order).await.unwrap();
        assert_eq!(order.state, State::Returned, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_judges_an_order_that_another_has_claimed_or_nobody_has() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        let approve = ApproveOrder { reviewer: reviewer(), order: lin.order, seen: None };
        let unclaimed = story.desk.approve_order(approve.clone(), None).await.unwrap_err();
        assert!(matches!(unclaimed, Failure::Because(ReviewFault::NotClaimed)), "{engine:?} {unclaimed}");
        let other = Operator::parse("other").unwrap();
        story.desk.claim_order(&other, lin.order).await.unwrap();
        let claim = story.desk.claim_order(&reviewer(), lin.order).await.unwrap_err();
        let judged = story.desk.approve_order(approve.clone(), None).await.unwrap_err();
        for refused in [claim, judged] {
            assert!(
                matches!(refused, Failure::Because(ReviewFault::ClaimedByAnother)),
                "{engine:?} {refused}"
            );
        }
        story.clock.pass(CLAIM_LASTS + SignedDuration::from_secs(1));
        story.desk.claim_order(&reviewer(), lin.order).await.unwrap();
        let approved = story.desk.approve_order(approve, None).await.unwrap();
        assert_eq!(approved.answer.state, State::Approved, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_saved_in_another_window_is_not_saved_over_unseen() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let seen = story.desk.order(&lin.asker, lin.order).await.unwrap().version;
        let save = |form: &Form| SavePart {
            asker: lin.asker.clone(),
            order: lin.order,
            part: Part::Subject,
            form: form.clone(),
            seen: Some(seen),
        };
        let mut changed = lin.form.clone();
        changed.subject.as_mut().unwrap().address = text("科技园路10号");
        let saved = story.desk.save_part(save(&changed)).await.unwrap();
        let late = story.desk.save_part(save(&lin.form)).await.unwrap_err();
        let expected = OrderFault::Changed { found: saved.version };
        assert!(
            matches!(&late, Failure::Because(SaveFault::Order(fault)) if *fault == expected),
            "{engine:?} {late}"
        );
        let kept = story.desk.order(&lin.asker, lin.order).await.unwrap().form.unwrap();
        assert_eq!(kept.subject, changed.tidied().subject, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_whose_answer_was_lost_is_told_as_done_to_whoever_sends_it_again() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let save = async |part, form: &Form, seen| {
            let (asker, form) = (lin.asker.clone(), form.clone());
            let save = SavePart { asker, order: lin.order, part, form, seen: Some(seen) };
            story.desk.save_part(save).await
        };
        let is_late = |told: Result<Saved, Failure<SaveFault>>| {
            matches!(told, Err(Failure::Because(SaveFault::Order(OrderFault::Changed { .. }))))
        };
        let seen = story.desk.order(&lin.asker, lin.order).await.unwrap().version;
        let mut changed = lin.form.clone();
        changed.subject.as_mut().unwrap().address = text("科技园路10号");
        let first = save(Part::Subject, &changed, seen).await.unwrap();
        let again = save(Part::Subject, &changed, seen).await.unwrap();
        assert_eq!((first.version, &again), (seen + 1, &first), "{engine:?}");
        assert!(is_late(save(Part::Websites, &changed, seen).await), "{engine:?}: another part was saved");
        assert!(is_late(save(Part::Subject, &lin.form, seen).await), "{engine:?}: he saves something else");
        save(Part::Websites, &changed, seen + 1).await.unwrap();
        assert!(is_late(save(Part::Subject, &changed, seen).await), "{engine:?}: more happened since");
        save(Part::Subject, &changed, seen + 2).await.unwrap();
        assert!(is_late(save(Part::Subject, &changed, seen).await), "{engine:?}: more happened before");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verification_that_one_order_used_backs_no_other() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        story.give_up(&lin).await.unwrap();
        let ask = OpenOrder { asker: lin.asker.clone(), kind: Kind::FirstFiling, from: None };
        let order = story.desk.open_order(ask, None).await.unwrap().answer.order;
        let second = Filer { order, ..lin };
        story.save(&second, Part::Websites).await.unwrap();
        let faults = story.desk.check_order(&second.asker, order).await.unwrap();
        let causes: Vec<_> = faults.products.iter().map(|fault| fault.cause).collect();
        assert_eq!(causes, ["verification-used"], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_reads_what_is_to_be_mended_and_a_reviewer_what_was() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let mut lin = story.filer(7).await;
        let unseen = story.desk.look_at_order(lin.order).await.unwrap_err();
        assert!(
            matches!(unseen, Failure::Because(OrderFault::Unknown)),
            "{engine:?}: a draft is its owner's"
        );
        story.submit(&lin, "k-1").await.unwrap();
        story.desk.claim_order(&reviewer(), lin.order).await.unwrap();
        let path = "websites[0].name".to_owned();
        let said = Said::Mend {
            problem: "网站名称不规范。".to_owned(), suggestion: "请重填。".to_owned()
        };
        story
            .desk
            .say_remark(SayRemark { reviewer: reviewer(), order: lin.order, path, said })
            .await
            .unwrap();
        let order = story.desk.order(&lin.asker, lin.order).await.unwrap();
        assert_eq!((order.remarks, order.opened), (vec![], None), "{engine:?}: not before it is returned");
        story
            .desk
            .return_order(ReturnOrder { reviewer: reviewer(), order: lin.order, seen: None }, None)
            .await
            .unwrap();
        let order = story.desk.order(&lin.asker, lin.order).await.unwrap();
        assert_eq!(order.remarks[0].path, "websites[0].name", "{engine:?}");
        assert_eq!(order.opened.unwrap(), ["websites[0].name"], "{engine:?}");
        assert_eq!(order.waiting[0].awaited, Awaited::Mending, "{engine:?}");
        lin.form.websites[0].name = text("小林的风景摄影笔记");
        story.save(&lin, Part::Websites).await.unwrap();
        let looked = story.desk.look_at_order(lin.order).await.unwrap();
        assert_eq!(looked.former, None, "{engine:?}: what is being mended is not looked at");
        story.submit(&lin, "k-2").await.unwrap();
        let looked = story.desk.look_at_order(lin.order).await.unwrap();
        let former = looked.former.unwrap();
        let changed: Vec<_> = former.changes.iter().map(|change| change.path.as_str()).collect();
        assert_eq!((changed, former.round), (vec!["websites[0].name"], 1), "{engine:?}");
        assert_eq!(former.opened, ["websites[0].name"], "{engine:?}");
        let form = looked.order.form.unwrap();
        assert_eq!(form.websites[0].name, lin.form.websites[0].name, "{engine:?}");
        assert_eq!(form.subject.unwrap().person.mobile, text("138****5678"), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_wait_in_the_queue_by_their_deadlines_and_last_those_without_any() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let asker = story.account(7).await;
        let mut orders = Vec::new();
        for _ in 0..3 {
            let ask = OpenOrder { asker: asker.clone(), kind: Kind::FirstFiling, from: None };
            orders.push(story.desk.open_order(ask, None).await.unwrap().answer.order);
            story.clock.pass(SignedDuration::from_hours(24 * 7));
        }
        let unknown = "UPDATE orders SET due_at = NULL WHERE id = $1";
        assert_eq!(story.say(unknown, vec![Box::new(orders[0])]).await, 1, "{engine:?}");
        let (mut after, mut found) = (None, Vec::new());
        loop {
            let page = story.desk.order_queue(State::Draft, after, 1).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some((last.due_at, last.id));
            found.extend(page.iter().map(|queued| queued.id));
        }
        assert_eq!(found, [orders[1], orders[2], orders[0]], "{engine:?}");
        let all = story.desk.order_queue(State::Draft, None, 10).await.unwrap();
        assert_eq!(all.iter().map(|queued| queued.id).collect::<Vec<_>>(), found, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_changes_nothing_for_whoever_has_the_draft_open() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let seen = story.desk.order(&lin.asker, lin.order).await.unwrap().version;
        story.clock.pass(SignedDuration::from_hours(24 * 24));
        assert_eq!(woken(&story, lin.order).await, [Woken::Reminded], "{engine:?}");
        let (asker, form) = (lin.asker.clone(), lin.form.clone());
        let save = SavePart { asker, order: lin.order, part: Part::Subject, form, seen: Some(seen) };
        assert_eq!(story.desk.save_part(save).await.unwrap().version, seen + 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_message_is_recorded_as_answered_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        story.approve(lin.order).await.unwrap();
        story.send(lin.order).await;
        let answered = ConfirmSms { operator: operator(), order: lin.order };
        let order = story.desk.order(&lin.asker, lin.order).await.unwrap();
        assert!(order.moves(Who::Operator).any(|by| by == Move::ConfirmSms), "{engine:?}");
        story.desk.confirm_sms(answered.clone(), key("k-sms")).await.unwrap();
        let first = story.desk.order(&lin.asker, lin.order).await.unwrap();
        assert!(!first.moves(Who::Operator).any(|by| by == Move::ConfirmSms), "{engine:?}");
        story.clock.pass(SignedDuration::from_hours(1));
        let twice = story.desk.confirm_sms(answered, key("k-twice")).await.unwrap_err();
        assert!(matches!(twice, Failure::Because(OrderFault::SmsAnswered)), "{engine:?} {twice}");
        assert_eq!(story.desk.order(&lin.asker, lin.order).await.unwrap(), first, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_has_so_many_drafts_open_and_another_once_one_is_given_up() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (lin, wang) = (story.account(7).await, story.account(8).await);
        let open = async |asker: &Asker| {
            let ask = OpenOrder { asker: asker.clone(), kind: Kind::FirstFiling, from: None };
            story.desk.open_order(ask, None).await.map(|told| told.answer.order)
        };
        let mut last = open(&lin).await.unwrap();
        for _ in 1..MOST_DRAFTS {
            last = open(&lin).await.unwrap();
        }
        let refused = open(&lin).await.unwrap_err();
        let expected = OrderFault::TooManyDrafts { most: MOST_DRAFTS };
        assert!(matches!(&refused, Failure::Because(fault) if *fault == expected), "{engine:?} {refused}");
        assert!(open(&wang).await.is_ok(), "{engine:?}: others have their own");
        let given_up = WithdrawOrder { asker: lin.clone(), order: last };
        story.desk.withdraw_order(given_up, key("k-up")).await.unwrap();
        assert!(open(&lin).await.is_ok(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_looked_up_one_by_one_is_not_saved_without_end() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let mut lin = story.filer(7).await;
        let domains = |count: usize| (0..count).map(|nth| format!("example{nth}.com")).collect();
        lin.form.websites[0].domains = domains(MOST_DOMAINS);
        assert!(story.save(&lin, Part::Websites).await.is_ok(), "{engine:?}");
        lin.form.websites[0].domains = domains(MOST_DOMAINS + 1);
        let refused = story.save(&lin, Part::Websites).await.unwrap_err();
        let Failure::Because(SaveFault::TooMany(lists)) = refused else { panic!("{engine:?} {refused}") };
        let told: Vec<_> = lists.iter().map(|list| (list.path.as_str(), list.most, list.found)).collect();
        assert_eq!(told, [("websites[0].domains", MOST_DOMAINS, MOST_DOMAINS + 1)], "{engine:?}");
        let kept = story.desk.order(&lin.asker, lin.order).await.unwrap().form.unwrap();
        assert_eq!(kept.websites[0].domains.len(), MOST_DOMAINS, "{engine:?}");
        lin.form.websites = vec![Website::default(); MOST_WEBSITES_KEPT + 1];
        let refused = story.save(&lin, Part::Websites).await.unwrap_err();
        assert!(matches!(refused, Failure::Because(SaveFault::TooMany(_))), "{engine:?} {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_is_taken_out_of_the_outbox_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let wang = story.account(8).await;
        let opened =
            story.desk.open_order(OpenOrder { asker: wang, kind: Kind::FirstFiling, from: None }, None).await;
        story.clock.pass(SignedDuration::from_hours(24 * 24));
        assert_eq!(woken(&story, opened.unwrap().answer.order).await, [Woken::Reminded], "{engine:?}");
        let waiting = story.desk.job_counts().await.unwrap();
        assert_eq!(waiting.iter().map(|count| count.kind.as_str()).collect::<Vec<_>>(), ["order.reminder"]);
        let queue = Queue::new(story.desk.clone()).with(Reminders);
        queue.step(story.desk.now()).await;
        assert!(story.desk.job_counts().await.unwrap().is_empty(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_database_file_has_no_name_number_or_phone() {
    let story = Story::on(Engine::Sqlite).await;
    let lin = story.filer(7).await;
    story.submit(&lin, "k-1").await.unwrap();
    let file = story.database.file();
    for name in ["", "-wal"] {
        let path = format!("{}{name}", file.display());
        let bytes = std::fs::read(&path).unwrap_or_default();
        assert!(name.is_empty() || !bytes.is_empty(), "the log is looked at too");
        for canary in ["林晓", CARD, "13812345678", "lin@example.com", "科技园路"] {
            let found = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
            assert!(!found, "{canary} in {path}");
        }
    }
}
