//! Retention, each story on both engines: what is over is forgotten on its day and not before, and nothing that is needed.

use crate::{
    Story,
    filed_before::{FIRST, NONE, Numbers, SECOND},
    filers::{Filer, SUBJECT, operator},
    key,
    why_not::principal,
};
use app::{
    Actor, Clock, Desk, DeskError, Worker,
    access::Role,
    orders::{CorrectOrder, bureau::RejectOrder},
    registry::CancelNumber,
    retention::{EVERY, Ran, Retention, Source, What, kept},
};
use filing::registry::Reason;
use jiff::{
    SignedDuration,
    civil::{Date, date},
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use store::{CommitHook, Fate, Point};
use testbed::{ENGINES, Engine, PROMISES};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// The day on which stories begin.
const TODAY: Date = date(2020, 11, 1);
/// What happens at one moment is told a microsecond apart: what ends later ends at a moment of its own.
const LATER: SignedDuration = SignedDuration::from_mins(1);
const RUNS: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM operations WHERE kind = 'retention' AND state = 'done'";
const ENTRIES: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ledger_entries";
const PIECES: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM attachment_pieces";
const KEYS_LEFT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM subject_keys WHERE sealed IS NOT NULL";

fn of(ran: &Ran, what: What) -> u64 {
    ran.counts.iter().find(|(rule, _)| rule.what == what).unwrap().1
}

fn all_of(ran: &Ran) -> u64 {
    ran.counts.iter().map(|(_, things)| things).sum()
}

async fn ran(desk: &Desk, dry_run: bool) -> Result<Ran, DeskError> {
    desk.run_retention(Actor::Staff(operator()), dry_run).await
}

impl Story {
    async fn count_of(&self, text: &'static str) -> i64 {
        self.look::<(i64,)>(text).await[0].0
    }

    /// A run, after one that only told the same.
    async fn runs_retention(&self) -> Ran {
        let told = ran(&self.desk, true).await.unwrap();
        let done = ran(&self.desk, false).await.unwrap();
        assert_eq!(Ran { dry_run: true, ..done.clone() }, told);
        assert_eq!(all_of(&ran(&self.desk, true).await.unwrap()), 0, "nothing is left for the next");
        done
    }

    /// Gives every picture something that it shows.
    async fn with_pieces(&self) {
        let pieces = "INSERT INTO attachment_pieces (attachment, copy, number, sealed) SELECT id, 'review', 0, $1 FROM attachments
                      WHERE id NOT IN (SELECT attachment FROM attachment_pieces)";
        assert!(self.say(pieces, vec![Box::new(b"sealed".to_vec())]).await > 0);
    }

    /// Rows of everything that is one row, over at this moment; a user of that name has them.
    async fn over_now(&self, name: &str) {
        principal(self, name, Role::Auditor).await;
        let now = self.clock.now().as_microsecond();
        for text in [
            "UPDATE api_keys SET revoked_at = $1 WHERE revoked_at IS NULL",
            "INSERT INTO tries (scope, subject, failures, first_at, last_at)
             SELECT 'password', digest, 1, CAST($1 AS BIGINT), CAST($1 AS BIGINT) FROM api_keys",
            "INSERT INTO sessions (id, user_id, digest, made_at, used_at, expires_at)
             SELECT id, user_id, digest, CAST($1 AS BIGINT), CAST($1 AS BIGINT), CAST($1 AS BIGINT) FROM api_keys",
            "INSERT INTO requests (asker, key, digest, entry, at) SELECT 'staff:wu', label, digest, id, CAST($1 AS BIGINT) FROM api_keys",
            "INSERT INTO jobs (id, kind, payload, due_at, tries, state, made_at, ended_at)
             SELECT id, 'mail', digest, CAST($1 AS BIGINT), 1, 'done', CAST($1 AS BIGINT), CAST($1 AS BIGINT) FROM api_keys",
        ] {
            assert_eq!(self.say(text, vec![Box::new(now)]).await, 1, "{text}");
        }
    }

    async fn is_cancelled(&self, number: &str, digits: &str) {
        self.clock.pass(LATER);
        let (number, confirmation) = (number.to_owned(), digits.to_owned());
        let ask = CancelNumber { operator: operator(), number, reason: Reason::ByOwner, confirmation };
        self.desk.cancel_number(ask, key(&format!("k-cancel-{digits}"))).await.unwrap();
    }

    /// A rejected order, and another that corrects it.
    async fn with_a_correction(&self) -> (Filer, Filer) {
        let lin = self.filer(7).await;
        self.submit(&lin, "k-submit").await.unwrap();
        self.approve(lin.order).await.unwrap();
        self.send(lin.order).await;
        let reject =
            RejectOrder { operator: operator(), order: lin.order, reason: "证件不清".to_owned() };
        self.desk.reject_order(reject, key("k-reject")).await.unwrap();
        let ask = CorrectOrder { asker: lin.asker.clone(), order: lin.order };
        let order = self.desk.correct_order(ask, key("k-correct")).await.unwrap().answer.order;
        let correction = Filer { asker: lin.asker.clone(), order, form: lin.form.clone() };
        (lin, correction)
    }

    async fn keeps_all_promises(&self) {
        for (promise, broken) in PROMISES {
            assert_eq!(self.count_of(broken).await, 0, "{promise}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_one_row_stays_a_day_before_its_time_and_is_forgotten_on_its_day() {
    for engine in ENGINES {
        for what in [What::Tries, What::Sessions, What::Requests, What::Jobs, What::Keys] {
            let story = Story::on(engine).await;
            story.over_now("qian").await;
            story.clock.pass(kept(what, TODAY) - DAY);
            assert_eq!(of(&story.runs_retention().await, what), 0, "{engine:?} {what:?}");
            story.clock.pass(DAY - SignedDuration::from_micros(1));
            assert_eq!(of(&story.runs_retention().await, what), 0, "{engine:?} {what:?}");
            story.clock.pass(SignedDuration::from_micros(1));
            assert_eq!(of(&story.runs_retention().await, what), 1, "{engine:?} {what:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_over_is_never_forgotten() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.over_now("qian").await;
        for text in [
            "UPDATE api_keys SET revoked_at = NULL WHERE id = id AND CAST($1 AS BIGINT) > 0",
            "UPDATE jobs SET state = 'dead' WHERE CAST($1 AS BIGINT) > 0",
        ] {
            assert_eq!(story.say(text, vec![Box::new(1_i64)]).await, 1, "{text}");
        }
        story.clock.pass(DAY * 4000);
        let ran = story.runs_retention().await;
        assert_eq!((of(&ran, What::Keys), of(&ran, What::Jobs)), (0, 0), "{engine:?}");
        assert_eq!(of(&ran, What::Sessions), 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_was_given_up_is_emptied_on_its_day_and_its_key_destroyed_and_it_is_told_as_erased() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (lin, open) = (story.filer(7).await, story.filer(8).await);
        story.with_pieces().await;
        let pieces = story.count_of(PIECES).await;
        story.clock.pass(LATER);
        story.give_up(&lin).await.unwrap();
        story.clock.pass(kept(What::IdleOrders, TODAY) - DAY);
        assert_eq!(of(&story.runs_retention().await, What::IdleOrders), 0, "{engine:?}");
        assert!(story.desk.order(&lin.asker, lin.order).await.unwrap().form.is_some(), "{engine:?}");
        story.clock.pass(DAY);
        assert_eq!(of(&story.runs_retention().await, What::IdleOrders), 1, "{engine:?}");
        let told = story.desk.order(&lin.asker, lin.order).await.unwrap();
        assert_eq!((told.form, told.stages.len()), (None, 2), "{engine:?}: what happened to it stays");
        assert_eq!(story.count_of(KEYS_LEFT).await, 1, "{engine:?}");
        assert!(story.desk.order(&open.asker, open.order).await.unwrap().form.is_some(), "{engine:?}");
        assert_eq!(story.count_of(PIECES).await, pieces / 2, "{engine:?}: those of the open order stay");
        let parts = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM order_parts p JOIN orders o ON o.id = p.order_id WHERE o.state = 'withdrawn'";
        assert_eq!(story.count_of(parts).await, 0, "{engine:?}");
        story.keeps_all_promises().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_a_correction_that_was_given_up_stays_for_the_order_that_can_be_corrected_again() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (lin, correction) = story.with_a_correction().await;
        story.with_pieces().await;
        story.clock.pass(LATER);
        story.give_up(&correction).await.unwrap();
        story.clock.pass(kept(What::IdleOrders, TODAY) + LATER);
        assert_eq!(of(&story.runs_retention().await, What::IdleOrders), 1, "{engine:?}");
        assert_eq!(story.count_of(KEYS_LEFT).await, 1, "{engine:?}");
        assert!(story.count_of(PIECES).await > 0, "{engine:?}: the pictures of what was rejected");
        let ask = CorrectOrder { asker: lin.asker.clone(), order: lin.order };
        let again = story.desk.correct_order(ask, key("k-again")).await.unwrap().answer.order;
        let form = story.desk.order(&lin.asker, again).await.unwrap().form.unwrap();
        assert_eq!(form.subject, lin.form.subject, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_go_once_all_that_their_order_filed_is_cancelled_and_numbers_are_told_as_before() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        story.with_pieces().await;
        let of_first = u64::try_from(story.count_of(PIECES).await).unwrap();
        let second = story.second_website(&lin.asker).await;
        let numbers = Numbers { subject: None, websites: &[SECOND] };
        story.to_the_end(&second, numbers).await.unwrap();
        story.with_pieces().await;
        let of_second = u64::try_from(story.count_of(PIECES).await).unwrap() - of_first;
        story.is_cancelled(SECOND, "12345678-2").await;
        let year = kept(What::Documents, TODAY);
        story.clock.pass(year - DAY);
        assert_eq!(of(&story.runs_retention().await, What::Documents), 0, "{engine:?}");
        story.clock.pass(DAY);
        assert_eq!(of(&story.runs_retention().await, What::Documents), of_second, "{engine:?}");
        story.is_cancelled(FIRST, "12345678-1").await;
        story.clock.pass(year);
        assert_eq!(
            of(&story.runs_retention().await, What::Documents),
            0,
            "{engine:?}: the subject is filed still"
        );
        story.is_cancelled(SUBJECT, "12345678").await;
        story.clock.pass(year - DAY);
        assert_eq!(of(&story.runs_retention().await, What::Documents), 0, "{engine:?}");
        story.clock.pass(DAY);
        assert_eq!(of(&story.runs_retention().await, What::Documents), of_first, "{engine:?}");
        assert_eq!(story.count_of(PIECES).await, 0, "{engine:?}");
        for number in [SUBJECT, FIRST, SECOND] {
            let told = story.desk.own_number(&lin.asker, number).await.unwrap().unwrap();
            assert_eq!(told.history.len(), 2, "{engine:?} {number}");
        }
        assert!(story.desk.order(&lin.asker, lin.order).await.unwrap().form.is_some(), "{engine:?}");
        story.keeps_all_promises().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_of_a_cancelled_number_that_was_corrected_are_counted_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.company().await;
        story.with_pieces().await;
        let all = u64::try_from(story.count_of(PIECES).await).unwrap();
        story.is_cancelled(SUBJECT, "12345678").await;
        story.correct_confirmed(SUBJECT, "粤ICP备12345670号", Some("12345678")).await.unwrap();
        story.clock.pass(kept(What::Documents, TODAY) + DAY);
        assert_eq!(of(&story.runs_retention().await, What::Documents), all, "{engine:?}");
        assert_eq!(story.count_of(PIECES).await, 0, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pictures_of_a_rejected_order_go_with_the_number_that_its_correction_filed() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (_, correction) = story.with_a_correction().await;
        let correction = story.verified(correction, 7, "k-other").await;
        let numbers = Numbers { subject: Some(SUBJECT), websites: &[FIRST] };
        story.to_the_end(&correction, numbers).await.unwrap();
        story.with_pieces().await;
        let end =
            story.end(&correction.asker, filing::orders::Kind::CancelSubject, SUBJECT, "12345678").await;
        story.clock.pass(LATER);
        story.to_the_end(&end, NONE).await.unwrap();
        story.clock.pass(kept(What::Documents, TODAY) - DAY);
        assert_eq!(of(&story.runs_retention().await, What::Documents), 0, "{engine:?}");
        story.clock.pass(DAY + LATER);
        assert!(of(&story.runs_retention().await, What::Documents) > 0, "{engine:?}");
        assert_eq!(story.count_of(PIECES).await, 0, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_told_again_until_its_day_and_what_it_came_to_stays_after_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let asker = story.customer(7).await;
        let issue = || story.desk.issue_codes(crate::codes(&asker, "i-7", 1), key("k-1"));
        let first = issue().await.unwrap();
        story.clock.pass(kept(What::Requests, TODAY) - DAY);
        story.runs_retention().await;
        let again = issue().await.unwrap();
        assert_eq!((again.before, again.entry), (true, first.entry), "{engine:?}");
        story.clock.pass(DAY);
        assert_eq!(of(&story.runs_retention().await, What::Requests), 1, "{engine:?}");
        assert_eq!(story.desk.my_codes(&asker, None, 10).await.unwrap().len(), 1, "{engine:?}");
        assert!(story.verifies().await, "{engine:?}");
        story.keeps_all_promises().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_leaves_one_entry_with_counts_and_the_table_and_a_run_that_only_tells_none() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.over_now("qian").await;
        story.clock.pass(DAY * 4000);
        let before = story.count_of(ENTRIES).await;
        ran(&story.desk, true).await.unwrap();
        assert_eq!(story.count_of(ENTRIES).await, before, "{engine:?}");
        ran(&story.desk, false).await.unwrap();
        assert_eq!(story.count_of(ENTRIES).await, before + 1, "{engine:?}");
        let last = "SELECT bytes FROM ledger_entries ORDER BY at DESC, id DESC LIMIT 1";
        let bytes = story.look::<(Vec<u8>,)>(last).await.remove(0).0;
        let entry = ledger::EntryRef::decode(&bytes).unwrap().to_entry();
        assert_eq!((entry.kind.as_ref(), entry.ids.len()), ("retention.ran", 0), "{engine:?}");
        let decided: serde_json::Value = serde_json::from_slice(&entry.decided.unwrap()).unwrap();
        let said = serde_json::json!({
            "rules": {
                "idle-orders": "2026-11-29", "documents": "2026-11-29", "requests": "2026-11-29", "tries": "2026-11-29",
                "sessions": "2026-11-29", "keys": "2026-11-29", "access-log": "2026-01-01", "jobs": "2026-11-29",
            },
            "forgotten": { "idle-orders": 0, "documents": 0, "requests": 1, "tries": 1, "sessions": 1, "keys": 1, "access-log": 0, "jobs": 1 },
        });
        assert_eq!(decided["asked"], said, "{engine:?}: it was in 2031");
        assert!(story.verifies().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_goes_by_the_rules_of_its_own_day() {
    let story = Story::on(Engine::Sqlite).await;
    let lines = async || {
        let all = ran(&story.desk, true).await.unwrap().counts;
        all.into_iter().find(|(rule, _)| rule.what == What::AccessLog).unwrap().0
    };
    for (now, from, source) in [
        ("2025-12-31T15:59:59Z", date(2017, 6, 1), Source::CybersecurityLaw),
        ("2025-12-31T16:00:00Z", date(2026, 1, 1), Source::CybersecurityLawOf2026),
    ] {
        story.clock.move_to(now);
        let rule = lines().await;
        assert_eq!((rule.from, rule.source), (from, source), "{now}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_at_once_are_one_and_count_everything_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.over_now("qian").await;
        let second = story.another_process().await;
        story.clock.pass(DAY * 4000);
        let expected = ran(&story.desk, true).await.unwrap();
        let (first, other) = tokio::join!(ran(&story.desk, false), ran(&second, false));
        let (first, other) = (first.unwrap(), other.unwrap());
        // Where one came when the other had ended, it ran for itself and found nothing.
        let counts = |ran: &Ran| ran.counts.clone();
        assert!([counts(&first), counts(&other)].contains(&counts(&expected)), "{engine:?}");
        let sums = "SELECT counts FROM operations WHERE kind = 'retention' AND state = 'done'";
        let sums: Vec<_> = story.look::<(String,)>(sums).await;
        let total: u64 = sums
            .iter()
            .flat_map(|(counts,)| {
                serde_json::from_str::<std::collections::BTreeMap<String, u64>>(counts).unwrap().into_values()
            })
            .sum();
        assert_eq!(total, all_of(&expected), "{engine:?}");
        assert!(story.verifies().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_cut_off_after_any_commit_is_finished_by_the_next_with_all_its_counts() {
    for engine in ENGINES {
        for commits in 0..6 {
            let left = Arc::new(AtomicI64::new(i64::MAX));
            let counted = Arc::clone(&left);
            let hook = CommitHook::new(move |_, point| {
                let fails = point == Point::Before && counted.fetch_sub(1, Ordering::SeqCst) <= 0;
                if fails { Fate::Fail } else { Fate::Proceed }
            });
            let story = Story::with(engine, hook).await;
            story.over_now("qian").await;
            story.clock.pass(DAY * 4000);
            let second = story.another_process().await;
            let expected = ran(&second, true).await.unwrap();
            left.store(commits, Ordering::SeqCst);
            ran(&story.desk, false).await.unwrap_err();
            left.store(i64::MAX, Ordering::SeqCst);
            story.clock.pass(SignedDuration::from_mins(1));
            let finished = ran(&second, false).await.unwrap();
            assert_eq!(finished.counts, expected.counts, "{engine:?} after {commits}");
            assert_eq!(story.count_of(RUNS).await, 1, "{engine:?} after {commits}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_late_with_a_run_that_another_has_ended_forgets_nothing_more() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.clock.pass(DAY * 4000);
        let begun = story.clock.now();
        let mut late = story.desk.begin_retention(Actor::Staff(operator()), false).await.unwrap();
        story.clock.pass(SignedDuration::from_mins(1));
        let second = story.another_process().await;
        let finished = ran(&second, false).await.unwrap();
        assert_eq!(finished.at, begun, "{engine:?}: it asks what was over when the run began");
        story.clock.pass(-DAY * 3000);
        story.over_now("qian").await;
        story.clock.pass(DAY * 3000);
        assert_eq!(late.step().await.unwrap().map(|ran| ran.counts), Some(finished.counts), "{engine:?}");
        let left = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM sessions";
        assert_eq!(story.count_of(left).await, 1, "{engine:?}: that is for the next");
        assert_eq!(story.count_of(RUNS).await, 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submitted_order_that_was_given_up_is_no_longer_found_after_its_day() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-submit").await.unwrap();
        story.give_up(&lin).await.unwrap();
        let marks = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM order_marks";
        assert!(story.count_of(marks).await > 0, "{engine:?}");
        story.clock.pass(kept(What::IdleOrders, TODAY) + LATER);
        assert_eq!(of(&story.runs_retention().await, What::IdleOrders), 1, "{engine:?}");
        assert_eq!(story.count_of(marks).await, 0, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_the_access_log_is_forgotten_on_its_day() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let sun = principal(&story, "sun", Role::Auditor).await;
        story.with_a_website().await;
        story.desk.number_for(&sun, FIRST).await.unwrap().unwrap();
        story.clock.pass(kept(What::AccessLog, TODAY) - SignedDuration::from_millis(1));
        assert_eq!(of(&story.runs_retention().await, What::AccessLog), 0, "{engine:?}");
        story.clock.pass(SignedDuration::from_millis(1));
        assert_eq!(of(&story.runs_retention().await, What::AccessLog), 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_runs_once_a_day_whichever_process_it_is_in() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.over_now("qian").await;
        story.clock.pass(DAY * 4000);
        let second = story.another_process().await;
        let (worker, other) = (Retention::new(story.desk.clone()), Retention::new(second));
        let begun = story.clock.now();
        for _ in 0..=What::ALL.len() {
            assert_eq!(worker.step(begun).await, Some(begun), "{engine:?}");
            // The other leaves it to the one who is at it.
            assert!(other.step(begun).await > Some(begun), "{engine:?}");
        }
        assert_eq!(story.count_of(RUNS).await, 1, "{engine:?}");
        for next in [&worker.step(begun).await, &other.step(begun).await] {
            assert_eq!(*next, Some(begun + EVERY), "{engine:?}");
        }
        story.clock.pass(EVERY);
        let now = story.clock.now();
        for _ in 0..=What::ALL.len() {
            assert_eq!(other.step(now).await, Some(now), "{engine:?}");
        }
        assert_eq!(story.count_of(RUNS).await, 2, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_goes_on_with_a_run_whose_holder_is_silent() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.over_now("qian").await;
        story.clock.pass(DAY * 4000);
        let dead = story.desk.begin_retention(Actor::Staff(operator()), false).await.unwrap();
        drop(dead);
        let worker = Retention::new(story.another_process().await);
        let begun = story.clock.now();
        let next = worker.step(begun).await.unwrap();
        assert!(next > begun, "{engine:?}");
        story.clock.pass(next.duration_since(begun));
        for _ in 0..=What::ALL.len() {
            worker.step(story.clock.now()).await;
        }
        assert_eq!(story.count_of(RUNS).await, 1, "{engine:?}");
    }
}
