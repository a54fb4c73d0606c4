//! Receipts: something that happened to a number, or that an order was submitted, as its owner keeps and shows it.

use crate::{
    Story,
    filed_before::{FIRST, NONE, Numbers, SECOND},
    filers::{CARD, Filer, SUBJECT, filled, operator},
    two_people::{certificate, unlisted},
    why_not::principal,
};
use app::{
    access::Role,
    orders::Submission,
    registry::{FiledBefore, FilingCameTo, Happened, Receipt},
};
use filing::{
    orders::{Awaited, Kind},
    registry::{Asked, Barred, Event, Loss, Possible, Reason, ShownBy, State},
};
use ledger::leaf_hash;
use rulebook::{ALIYUN, Lang};
use store::{CommitHook, EntryId};
use testbed::ENGINES;

impl Story {
    /// A company with two websites, each with a code of its own.
    async fn two_websites(&self) -> Filer {
        let lin = self.company().await;
        let second = self.second_website(&lin.asker).await;
        self.to_the_end(&second, Numbers { subject: None, websites: &[SECOND] }).await.unwrap();
        lin
    }

    async fn receipt(&self, of: &Filer, number: &str, entry: EntryId) -> Receipt {
        self.desk.own_receipt(&of.asker, number, entry).await.unwrap().unwrap()
    }

    async fn history(&self, of: &Filer, number: &str) -> Vec<Happened> {
        self.desk.own_number(&of.asker, number).await.unwrap().unwrap().history
    }

    async fn submission(&self, of: &Filer) -> Option<Submission> {
        self.desk.submission(&of.asker, of.order).await.unwrap()
    }
}

fn words(losses: &[Loss]) -> Vec<&'static str> {
    losses.iter().map(Loss::word).collect()
}

/// Service codes that a receipt calls lost, and whether their places came back.
fn codes(receipt: &Receipt) -> Vec<(usize, bool)> {
    let codes = receipt.losses.iter().filter_map(|loss| match loss {
        Loss::Codes { codes, restores } => Some((*codes, *restores)),
        _ => None,
    });
    codes.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happened_to_a_number_has_a_receipt_that_says_what_history_and_ledger_say() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.two_websites().await;
        story.drop_untrue(FIRST).await;
        story.correct(FIRST, "粤ICP备12345678号-3").await.unwrap();
        story.cancel(SUBJECT, Reason::ByOwner, "12345678").await.unwrap();
        let entries: Vec<(EntryId, Vec<u8>)> = story.look("SELECT id, bytes FROM ledger_entries").await;
        for number in [SUBJECT, SECOND, "粤ICP备12345678号-3"] {
            for happened in story.history(&lin, number).await {
                let receipt = story.receipt(&lin, number, happened.entry).await;
                let Receipt { number: told, at, actor, order, edition, entry, .. } = &receipt;
                assert_eq!(
                    (told.event, told.reason, told.state, &told.was, &told.today, *at),
                    (
                        happened.event,
                        happened.reason,
                        happened.state,
                        &happened.was,
                        &number.to_owned(),
                        happened.at
                    ),
                    "{engine:?} {number}"
                );
                assert_eq!((actor, order, edition), (&happened.actor, &happened.order, &happened.edition));
                let (_, bytes) = entries.iter().find(|(id, _)| *id == happened.entry).unwrap();
                assert_eq!((entry.id, entry.leaf), (happened.entry, leaf_hash(bytes)), "{engine:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_of_an_end_says_who_wanted_it_what_was_lost_and_what_is_possible_now() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.two_websites().await;
        let dropped = story.drop_untrue(FIRST).await;
        let receipt = story.receipt(&lin, FIRST, dropped.entry).await;
        assert_eq!(receipt.number.asked(), Asked::Provider, "{engine:?}");
        assert_eq!(words(&receipt.losses), ["served", "left-empty"], "{engine:?}");
        assert_eq!(receipt.possible, [Possible::AddAccess, Possible::FileElsewhere], "{engine:?}");
        assert_eq!(receipt.others, [], "{engine:?}");
        let cancelled = story.cancel(SUBJECT, Reason::ByOwner, "12345678").await.unwrap();
        let receipt = story.receipt(&lin, SUBJECT, cancelled.entry).await;
        assert_eq!(receipt.number.asked(), Asked::Owner, "{engine:?}");
        let lost = [
            Loss::Number { number: SUBJECT.to_owned() },
            Loss::Websites { numbers: vec![FIRST.to_owned(), SECOND.to_owned()] },
            Loss::Served { here: false },
            Loss::NewFiling { shown_by: ShownBy::Code },
            Loss::Codes { codes: 2, restores: false },
        ];
        assert_eq!(receipt.losses, lost, "{engine:?}");
        assert_eq!(receipt.possible, [Possible::FileAnew], "{engine:?}");
        let others: Vec<_> =
            receipt.others.iter().map(|other| (other.number.as_str(), other.event, other.state)).collect();
        let gone = |number| (number, Event::Cancel, State::Cancelled);
        assert_eq!(others, [gone(FIRST), gone(SECOND)], "{engine:?}");
        assert_eq!(receipt.account, lin.asker.name(), "{engine:?}");
        let website = story.receipt(&lin, FIRST, cancelled.entry).await;
        assert_eq!(words(&website.losses), ["number", "served", "new-filing", "codes"], "{engine:?}");
        assert_eq!(codes(&website), [(1, false)], "{engine:?}: its own alone");
        let filed = story.history(&lin, FIRST).await[0].entry;
        let first = story.receipt(&lin, FIRST, filed).await;
        assert_eq!(first.losses, [], "{engine:?}: nothing was lost then");
        assert_eq!(first.possible, [Possible::FileAnew], "{engine:?}: possible is what is possible today");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_on_the_blacklist_is_not_advised_to_file() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let dropped = story.drop(FIRST, Reason::ByOwner).await.unwrap();
        let receipt = story.receipt(&lin, FIRST, dropped.entry).await;
        assert_eq!(receipt.possible, [Possible::AddAccess, Possible::FileElsewhere], "{engine:?}");
        assert_eq!(receipt.losses[1], Loss::LeftEmpty { elsewhere: true }, "{engine:?}");
        let told = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap().endings.remove(0);
        assert_eq!(words(&told.losses), ["number", "served", "new-filing", "codes"], "{engine:?}");
        story.list(certificate(CARD), "k-list").await;
        let receipt = story.receipt(&lin, FIRST, dropped.entry).await;
        assert_eq!(receipt.possible, [Possible::Barred], "{engine:?}");
        assert_eq!(receipt.losses[1], Loss::LeftEmpty { elsewhere: false }, "{engine:?}");
        let told = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap().endings.remove(0);
        assert_eq!(told.losses[2], Loss::NoNewFiling { barred: Barred::Filing }, "{engine:?}");
        let cancelled = story.cancel(SUBJECT, Reason::ByOwner, "12345678").await.unwrap();
        let receipt = story.receipt(&lin, SUBJECT, cancelled.entry).await;
        assert_eq!(receipt.possible, [Possible::Barred], "{engine:?}: and stays barred once it is cancelled");
        unlisted(&story, "k-unlist").await;
        let receipt = story.receipt(&lin, SUBJECT, cancelled.entry).await;
        assert_eq!(receipt.possible, [Possible::FileAnew], "{engine:?}: as of now");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_account_gets_no_codes_is_not_advised_to_use_one() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let person = FiledBefore {
            number: "粤ICP备87654321号".to_owned(),
            state: State::Active,
            account: lin.asker.name().to_owned(),
            subject: filled().subject.unwrap(),
            websites: Vec::new(),
        };
        let came_to = story.desk.import_filing(&operator(), person).await.unwrap();
        assert_eq!(came_to, FilingCameTo::New { websites: 0 }, "{engine:?}");
        let dropped = story.drop(FIRST, Reason::ByOwner).await.unwrap();
        story.list(certificate(CARD), "k-list").await;
        let receipt = story.receipt(&lin, FIRST, dropped.entry).await;
        assert_eq!(receipt.possible, [Possible::Barred, Possible::FileElsewhere], "{engine:?}");
        assert_eq!(receipt.advice.barred, Barred::Codes, "{engine:?}");
        let told = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap().endings.remove(0);
        assert_eq!(told.losses[2], Loss::NoNewFiling { barred: Barred::Codes }, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_was_shown_by_its_password_needs_no_service_code_again() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_host().await;
        story.to_the_end(&lin, Numbers { subject: Some(SUBJECT), websites: &[FIRST] }).await.unwrap();
        let told = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
        let cancels = told.endings.iter().find(|ending| ending.event == Event::Cancel).unwrap();
        assert_eq!(cancels.losses[2], Loss::NewFiling { shown_by: ShownBy::Password }, "{engine:?}");
        assert!(!cancels.losses.iter().any(|loss| loss.sentence(Lang::Zh).contains("备案服务号")));
        let cancelled = story.cancel(FIRST, Reason::ByOwner, "12345678-1").await.unwrap();
        let receipt = story.receipt(&lin, FIRST, cancelled.entry).await;
        let anew = receipt.possible[0].sentence(receipt.advice, Lang::Zh);
        assert!(anew.contains("主机用户名和密码") && !anew.contains("备案服务号"), "{engine:?} {anew}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_of_a_cancellation_says_whether_places_came_back() {
    for engine in ENGINES {
        let restoring = ALIYUN
            .replace("restore_on_cancel = \"never\"", "restore_on_cancel = \"restore\"")
            .replace("restore_on_cancel = { value = \"never\"", "restore_on_cancel = { value = \"restore\"");
        let story = Story::under(engine, CommitHook::default(), &restoring).await;
        let lin = story.with_a_website().await;
        let cancelled = story.cancel(FIRST, Reason::ByNewDomainHolder, "12345678-1").await.unwrap();
        let receipt = story.receipt(&lin, FIRST, cancelled.entry).await;
        assert_eq!((codes(&receipt), receipt.number.asked()), (vec![(1, true)], Asked::NewHolder));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_keeps_the_number_that_it_was_given_for_and_is_found_under_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.two_websites().await;
        let filed = story.history(&lin, FIRST).await[0].entry;
        story.correct(SUBJECT, "粤ICP备12345670号").await.unwrap();
        story.correct("粤ICP备12345670号", "粤ICP备12345679号").await.unwrap();
        let today = "粤ICP备12345679号-1";
        for asked in [FIRST, "粤ICP备12345670号-1", today, " 粤ICP备１２３４５６７９号-1"] {
            let receipt = story.receipt(&lin, asked, filed).await;
            assert_eq!((receipt.number.number.as_str(), receipt.number.today.as_str()), (FIRST, today));
            assert_eq!(receipt.others[0].number, SUBJECT, "{engine:?} {asked}");
        }
        let corrected = story.history(&lin, today).await[1].entry;
        let receipt = story.receipt(&lin, today, corrected).await;
        assert_eq!(
            (receipt.number.number.as_str(), receipt.number.was.as_deref()),
            ("粤ICP备12345670号-1", Some(FIRST)),
            "{engine:?}: the first of two corrections"
        );
        let cancelled = story.cancel(today, Reason::ByOwner, "12345679-1").await.unwrap().entry;
        let loss = story.receipt(&lin, today, cancelled).await.losses.remove(0);
        assert_eq!(loss, Loss::Number { number: today.to_owned() }, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_there_for_its_owner_and_for_staff_who_leaves_a_line() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.two_websites().await;
        let dropped = story.drop(FIRST, Reason::ByOwner).await.unwrap().entry;
        let li = story.account(8).await;
        assert_eq!(story.desk.own_receipt(&li, FIRST, dropped).await.unwrap(), None, "{engine:?}");
        let other = story.desk.own_receipt(&lin.asker, SECOND, dropped).await.unwrap();
        assert_eq!(other, None, "{engine:?}: it happened to the first alone");
        let ming = principal(&story, "ming", Role::Support).await;
        let seen = story.desk.receipt_for(&ming, FIRST, dropped).await.unwrap().unwrap();
        assert_eq!(
            (seen.account.as_str(), seen.actor.as_str()),
            (lin.asker.name(), "staff:wu"),
            "{engine:?}"
        );
        let auditor = principal(&story, "sun", Role::Auditor).await;
        let lines = story.desk.access_log(&auditor, None, 10).await.unwrap();
        let lines: Vec<_> = lines.iter().map(|line| (line.what.as_str(), line.account.as_deref())).collect();
        assert_eq!(lines, [("number", Some(lin.asker.name()))], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_is_told_of_an_end_is_told_of_its_receipts() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.two_websites().await;
        let entry = story.cancel(SUBJECT, Reason::ByOwner, "12345678").await.unwrap().entry;
        let told: Vec<(Vec<u8>,)> = story.look("SELECT payload FROM jobs WHERE kind = 'numbers.ended'").await;
        let told: serde_json::Value = serde_json::from_slice(&told[0].0).unwrap();
        let numbers: Vec<_> =
            told["numbers"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
        let receipts: Vec<_> = numbers.iter().map(|number| format!("{number}/receipts/{entry}")).collect();
        assert_eq!(told["receipts"], serde_json::json!(receipts), "{engine:?}");
        for number in numbers {
            assert_eq!(story.receipt(&lin, number, entry).await.number.number, number, "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_of_a_submission_says_what_was_submitted_and_what_follows() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        for part in lin.form.parts().collect::<Vec<_>>() {
            story.save(&lin, part).await.unwrap();
        }
        assert_eq!(story.submission(&lin).await, None, "{engine:?}: a draft has none");
        story.submit(&lin, "k-first").await.unwrap();
        let submitted = story.desk.order(&lin.asker, lin.order).await.unwrap();
        let entry = submitted.stages.last().unwrap().entry;
        let receipt = story.submission(&lin).await.unwrap();
        assert_eq!((receipt.kind, receipt.round, receipt.at), (Kind::FirstFiling, 1, submitted.changed_at));
        assert_eq!(receipt.entry.id, entry, "{engine:?}");
        let website = &receipt.websites.as_ref().unwrap()[0];
        assert_eq!(
            (website.name.as_deref(), website.domains.as_slice(), website.product.as_deref()),
            (Some("小林的摄影笔记"), &["example.com".to_owned()][..], Some("ecs")),
            "{engine:?}"
        );
        let held = story.desk.my_codes(&lin.asker, None, 10).await.unwrap();
        assert_eq!(website.code, Some(held[0].id), "{engine:?}");
        assert_eq!(receipt.waiting[0].awaited, Awaited::Review, "{engine:?}");
        assert!(!format!("{receipt:?}").contains(CARD), "{engine:?}: no certificate is in it");
        story.give_back(lin.order).await;
        let still = story.submission(&lin).await.unwrap();
        assert_eq!(
            (still.entry.id, still.waiting),
            (entry, receipt.waiting),
            "{engine:?}: it stays as it was"
        );
        let li = story.account(8).await;
        assert!(
            story.desk.submission(&li, lin.order).await.is_err(),
            "{engine:?}: to others it is not there"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_of_an_order_about_a_number_names_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let leaving = story.end(&lin.asker, Kind::CancelAccess, FIRST, "12345678-1").await;
        story.to_the_end(&leaving, NONE).await.unwrap();
        let receipt = story.submission(&leaving).await.unwrap();
        assert_eq!((receipt.about.as_deref(), receipt.websites), (Some(FIRST), Some(vec![])), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_of_an_order_tells_nothing_of_what_another_account_verified() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let li = story.filer(8).await;
        let mut change = story.moved(&lin).await;
        // A change proves nothing, so that nobody asks what is behind the id.
        change.form.websites[0].verification = li.form.websites[0].verification.clone();
        for part in change.form.parts().collect::<Vec<_>>() {
            story.save(&change, part).await.unwrap();
        }
        story.submit(&change, "k-change").await.unwrap();
        let website = story.submission(&change).await.unwrap().websites.unwrap().remove(0);
        assert_eq!((website.product, website.code), (None, None), "{engine:?}");
        assert_eq!(website.domains, ["example.org"], "{engine:?}");
    }
}
