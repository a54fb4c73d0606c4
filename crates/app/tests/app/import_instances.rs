//! Importing instances: a report first, then pieces that are applied once, whatever happens in between.

use crate::{Story, codes, key, server};
use app::{
    Actor, Asker, Desk, Operator, Worker,
    instances::{
        ApplyImport, ImportCounts, ImportError, ImportNote, ImportRecord, ImportReport, ImportState,
        Importer, LinesOf, PlanImport, Unread,
    },
};
use jiff::SignedDuration;
use rulebook::{ALIYUN, Facts};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use store::{CommitHook, Fate, OperationId, Point};
use testbed::{Database, ENGINES, Engine};

fn staff() -> Actor {
    Actor::Staff(Operator::parse("wang").unwrap())
}

fn plan(complete: bool) -> PlanImport {
    PlanImport { actor: staff(), owner: None, complete }
}

fn apply(id: OperationId) -> ApplyImport {
    ApplyImport { id, actor: staff(), allow_gone: false }
}

fn records(facts: Vec<Facts>) -> Vec<ImportRecord> {
    let record =
        |(nth, facts)| ImportRecord { source: "list.csv".to_owned(), line: nth as u64 + 2, read: Ok(facts) };
    facts.into_iter().enumerate().map(record).collect()
}

/// Bought by an account of that name, which the desk need not know.
fn bought(name: &str, account: &str) -> Facts {
    Facts {
        id: name.to_owned(),
        product: "ecs".to_owned(),
        account: Some(account.to_owned()),
        region: Some("cn-hangzhou".to_owned()),
        ..Facts::default()
    }
}

async fn finish(desk: &Desk, id: OperationId) -> Result<ImportReport, ImportError> {
    loop {
        let report = desk.step_import(id).await?;
        if report.state == ImportState::Done {
            return Ok(report);
        }
    }
}

async fn import(
    desk: &Desk,
    plan: PlanImport,
    records: Vec<ImportRecord>,
) -> Result<ImportReport, ImportError> {
    let report = desk.plan_import(plan, records).await?;
    desk.apply_import(apply(report.id)).await?;
    finish(desk, report.id).await
}

/// All that an import may change of instances and accounts.
#[derive(Debug, PartialEq, Eq)]
struct World {
    instances: Vec<(String, Vec<u8>, i64, Option<i64>)>,
    changes: Vec<(Vec<u8>, i64)>,
    accounts: Vec<(String, Option<i64>)>,
    scopes: Vec<(String, i64)>,
}

async fn world(story: &Story) -> World {
    World {
        instances: story.look("SELECT name, facts, changed_at, gone_at FROM instances ORDER BY name").await,
        changes: story
            .look("SELECT c.before, c.at FROM instance_changes c JOIN instances i ON i.id = c.instance ORDER BY i.name, c.at")
            .await,
        accounts: story.look("SELECT name, number FROM accounts ORDER BY name").await,
        scopes: story
            .look("SELECT product, CAST(COUNT(*) AS BIGINT) AS n FROM quota_places GROUP BY product ORDER BY product")
            .await,
    }
}

async fn lines(
    desk: &Desk,
    id: OperationId,
    of: LinesOf,
) -> Vec<(u64, Option<String>, Option<&'static str>)> {
    let lines = desk.import_lines(id, of, 0, 100).await.unwrap();
    lines.into_iter().map(|line| (line.line, line.instance, line.note.map(|note| note.word()))).collect()
}

/// A list with a row of every kind, beside `i-7` and `i-8` that the desk knows.
fn mixed(li: &Asker) -> Vec<ImportRecord> {
    let named = |line, name: &str, read| (line, name.to_owned(), read);
    let unread = |instance: Option<&str>| {
        Err(Unread {
            instance: instance.map(str::to_owned), zh: "有误。".to_owned(), en: "Bad.".to_owned()
        })
    };
    let rows = vec![
        named(2, "", Ok(server("i-7", li))),
        named(3, "", Ok(Facts { public_bandwidth_mbps: Some(0), ..server("i-8", li) })),
        named(4, "", Ok(bought("i-new", "42"))),
        named(5, "", Ok(Facts { product: "teapot".to_owned(), ..bought("i-odd", "acc-7") })),
        named(6, "", Ok(server("i-7", li))),
        named(7, "", Ok(bought("i\n1", "acc-7"))),
        named(8, "", Ok(bought("i-9", &"x".repeat(200)))),
        named(9, "", Ok(Facts { region: Some("y".repeat(20_000)), ..bought("i-long", "acc-7") })),
        named(10, "", unread(Some("i-bad"))),
    ];
    let record = |(line, _, read)| ImportRecord { source: "list.csv".to_owned(), line, read };
    rows.into_iter().map(record).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_tells_every_row_before_any_instance_is_written() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        story.desk.record_instance(server("i-8", &li)).await.unwrap();
        let (before, entries) = (world(&story).await, story.snapshot().await.entries);
        let report = story.desk.plan_import(plan(false), mixed(&li)).await.unwrap();
        let expected = ImportCounts {
            read: 9,
            new: 2,
            changed: 1,
            same: 1,
            rejected: 5,
            unnamed: 1,
            unknown_products: 1,
            ..ImportCounts::default()
        };
        assert_eq!((report.state, report.counts), (ImportState::Staged, expected), "{engine:?}");
        assert_eq!(world(&story).await, before, "{engine:?}");
        assert_eq!(
            story.snapshot().await.entries,
            entries,
            "{engine:?}: the ledger hears of what is applied"
        );
        let name = |name: &str| Some(name.to_owned());
        let told = |of| lines(&story.desk, report.id, of);
        assert_eq!(told(LinesOf::Same).await, [(2, name("i-7"), None)], "{engine:?}");
        assert_eq!(told(LinesOf::Changed).await, [(3, name("i-8"), None)], "{engine:?}");
        let unknown = (5, name("i-odd"), Some("unknown-product"));
        assert_eq!(told(LinesOf::New).await, [(4, name("i-new"), None), unknown.clone()], "{engine:?}");
        assert_eq!(told(LinesOf::Noted).await, [unknown], "{engine:?}");
        let rejected = [
            (6, name("i-7"), Some("repeated")),
            (7, None, Some("bad-name")),
            (8, name("i-9"), Some("bad-account")),
            (9, name("i-long"), Some("too-long")),
            (10, name("i-bad"), Some("unread")),
        ];
        assert_eq!(told(LinesOf::Rejected).await, rejected, "{engine:?}");
        let first = story.desk.import_lines(report.id, LinesOf::Rejected, 0, 1).await.unwrap().remove(0);
        assert_eq!(
            first.note,
            Some(ImportNote::Repeated { source: "list.csv".to_owned(), line: 2 }),
            "{engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_applied_is_what_was_reported_and_the_same_list_again_changes_nothing() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        story.desk.record_instance(server("i-8", &li)).await.unwrap();
        story.clock.pass(SignedDuration::from_hours(1));
        let done = import(&story.desk, plan(false), mixed(&li)).await.unwrap();
        assert_eq!((done.counts.applied, done.by.as_str()), (3, "staff:wang"), "{engine:?}");
        let after = world(&story).await;
        let names: Vec<&str> = after.instances.iter().map(|(name, ..)| name.as_str()).collect();
        assert_eq!(names, ["i-7", "i-8", "i-new", "i-odd"], "{engine:?}");
        assert_eq!(after.changes.len(), 1, "{engine:?}");
        let accounts = [("42".to_owned(), Some(42)), ("acc-7".to_owned(), Some(7))];
        assert_eq!(after.accounts, accounts, "{engine:?}: the buyer that nobody knew has an account");
        story.clock.pass(SignedDuration::from_hours(1));
        let again = import(&story.desk, plan(false), mixed(&li)).await.unwrap();
        assert_eq!((again.counts.same, again.counts.applied), (4, 0), "{engine:?}");
        assert_eq!(again.digest, done.digest, "{engine:?}");
        assert_eq!(world(&story).await, after, "{engine:?}");
        let issued = story.issue(&li, "i-7", 1, "k-1").await.unwrap();
        assert!(issued.answer.codes.is_some(), "{engine:?}");
        let left = story.desk.import_lines(again.id, LinesOf::Rejected, 0, 10).await.unwrap().len();
        let forgotten = story.desk.import_lines(done.id, LinesOf::Rejected, 0, 10).await.unwrap().len();
        assert_eq!((left, forgotten), (5, 0), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_without_buyers_takes_no_instance_from_its_customer() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        import(&story.desk, plan(false), records(vec![bought("i-1", "acc-1")])).await.unwrap();
        let nobodys = Facts { account: None, ..bought("i-1", "acc-1") };
        let same = import(&story.desk, plan(false), records(vec![nobodys.clone()])).await.unwrap();
        assert_eq!((same.counts.same, same.counts.changed), (1, 0), "{engine:?}");
        let moved = Facts { region: Some("cn-beijing".to_owned()), ..nobodys };
        let changed = import(&story.desk, plan(false), records(vec![moved])).await.unwrap();
        assert_eq!(changed.counts.changed, 1, "{engine:?}");
        let rows: Vec<(Option<String>,)> = story
            .look("SELECT a.name AS name FROM instances i LEFT JOIN accounts a ON a.id = i.account WHERE i.name = 'i-1'")
            .await;
        assert_eq!(rows, [(Some("acc-1".to_owned()),)], "{engine:?}");
        let sold = import(&story.desk, plan(false), records(vec![bought("i-1", "acc-2")])).await.unwrap();
        assert_eq!(sold.counts.changed, 1, "{engine:?}: a list that names another buyer is followed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_tells_that_an_import_began_and_ended_and_names_nobody_in_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let before = story.snapshot().await.entries;
        let done =
            import(&story.desk, plan(false), records(vec![bought("i-1", "acc-secret")])).await.unwrap();
        let again = story.desk.apply_import(apply(done.id)).await.unwrap();
        assert_eq!(again, done, "{engine:?}: that it was done stands");
        let rows: Vec<(Vec<u8>, i64)> =
            story.look("SELECT bytes, at FROM ledger_entries ORDER BY at DESC LIMIT 2").await;
        assert_eq!(story.snapshot().await.entries, before + 2, "{engine:?}");
        for ((bytes, _), kind) in rows.iter().zip(["inventory.imported", "inventory.import-begun"]) {
            let entry = ledger::EntryRef::decode(bytes).unwrap();
            let wang = ledger::ActorRef { kind: ledger::ActorKind::Staff, id: ledger::IdRef::Text("wang") };
            assert_eq!((entry.kind, entry.actor), (kind, wang), "{engine:?}");
            let decided = std::str::from_utf8(entry.decided.unwrap()).unwrap();
            let digest =
                done.digest.iter().flatten().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
            assert!(decided.contains(&digest) && decided.contains("\"new\":1"), "{engine:?} {decided}");
            assert!(!bytes.windows(6).any(|part| part == b"secret"), "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_complete_list_does_not_name_is_gone_and_much_of_it_needs_consent() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let all: Vec<Facts> = (0..10).map(|nth| bought(&format!("i-{nth}"), "acc-1")).collect();
        import(&story.desk, plan(false), records(all.clone())).await.unwrap();
        let report = story.desk.plan_import(plan(true), records(all[3..].to_vec())).await.unwrap();
        assert_eq!((report.counts.gone, report.counts.present), (3, 10), "{engine:?}");
        let before = world(&story).await;
        let refused = story.desk.apply_import(apply(report.id)).await.unwrap_err();
        assert!(matches!(refused, ImportError::NeedsConsent(_)), "{engine:?} {refused}");
        assert_eq!(story.desk.step_import(report.id).await.unwrap().state, ImportState::Staged, "{engine:?}");
        assert_eq!(world(&story).await, before, "{engine:?}");
        story.desk.apply_import(ApplyImport { allow_gone: true, ..apply(report.id) }).await.unwrap();
        finish(&story.desk, report.id).await.unwrap();
        let gone = |world: World| world.instances.iter().filter(|(.., gone)| gone.is_some()).count();
        assert_eq!(gone(world(&story).await), 3, "{engine:?}");
        // Two of ten are not too many; an eighth, unread, is named and not gone.
        let mut less = records(all[..9].to_vec());
        let unread = |instance| Unread { instance, zh: String::new(), en: String::new() };
        less[8].read = Err(unread(Some("i-8".to_owned())));
        let report = story.desk.plan_import(plan(true), less.clone()).await.unwrap();
        let ImportCounts { gone: missing, changed: back, .. } = report.counts;
        assert_eq!((missing, back, report.counts.needs_consent()), (1, 3, false), "{engine:?}");
        story.desk.abandon_import(report.id).await.unwrap();
        less[8].read = Err(unread(None));
        let report = story.desk.plan_import(plan(true), less).await.unwrap();
        assert!(report.counts.needs_consent(), "{engine:?}: the bad record may be about one that is missing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_import_waits_for_the_first() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let other = story.another_process().await;
        let list = || records(vec![bought("i-1", "acc-1")]);
        let mut reading = story.desk.begin_import(plan(false)).await.unwrap();
        let busy = |told: ImportError| match told {
            ImportError::Busy(report) => report.state,
            told => panic!("{told}"),
        };
        assert_eq!(
            busy(other.plan_import(plan(false), list()).await.unwrap_err()),
            ImportState::Staging,
            "{engine:?}"
        );
        reading.add(list().remove(0)).await.unwrap();
        let first = reading.report().await.unwrap();
        assert_eq!(
            busy(other.plan_import(plan(false), list()).await.unwrap_err()),
            ImportState::Staged,
            "{engine:?}"
        );
        story.desk.apply_import(apply(first.id)).await.unwrap();
        story.clock.pass(SignedDuration::from_hours(48));
        assert_eq!(
            busy(other.plan_import(plan(false), list()).await.unwrap_err()),
            ImportState::Applying,
            "{engine:?}"
        );
        let refused = other.abandon_import(first.id).await.unwrap_err();
        assert!(matches!(refused, ImportError::BeingApplied(_)), "{engine:?} {refused}");
        finish(&other, first.id).await.unwrap();
        let dead = other.begin_import(plan(false)).await.unwrap();
        story.clock.pass(SignedDuration::from_mins(6));
        let next = story.desk.plan_import(plan(false), list()).await.unwrap();
        let left = story.desk.import_report(dead.id()).await.unwrap();
        assert_eq!(
            (left.state, next.counts.same),
            (ImportState::Abandoned, 1),
            "{engine:?}: nobody reads it any more"
        );
        let late = dead.report().await.unwrap_err();
        assert!(matches!(late, ImportError::Overtaken(_)), "{engine:?} {late}");
    }
}

/// Fails the commit that is the n-th from when it is set.
fn failing() -> (Arc<AtomicI64>, CommitHook) {
    let left = Arc::new(AtomicI64::new(0));
    let counted = Arc::clone(&left);
    let hook = CommitHook::new(move |_, point| {
        let hit = point == Point::Before && counted.fetch_sub(1, Ordering::SeqCst) == 1;
        if hit { Fate::Fail } else { Fate::Proceed }
    });
    (left, hook)
}

/// A list of 1,200: 20 known of which half changed, 1,177 new of many buyers, 3 bad.
fn long() -> Vec<ImportRecord> {
    let buyer = |nth: usize| format!("{}", nth % 37);
    let facts = (0..1_200).map(|nth| match nth {
        0..10 => bought(&format!("k-{nth}"), "acc-1"),
        10..20 => Facts { public_bandwidth_mbps: Some(1), ..bought(&format!("k-{nth}"), "acc-1") },
        500 | 900 | 1_199 => bought("k-1", "acc-1"),
        _ => bought(&format!("n-{nth}"), &buyer(nth)),
    });
    records(facts.collect())
}

async fn prepared(engine: Engine, hook: CommitHook) -> Story {
    let story = Story::begun(Database::new(engine).await, crate::BEGIN, hook, ALIYUN).await;
    let known = (0..24).map(|nth| bought(&format!("k-{nth}"), "acc-1"));
    import(&story.desk, plan(false), records(known.collect())).await.unwrap();
    story
}

#[tokio::test(flavor = "multi_thread")]
async fn whichever_commit_fails_the_import_goes_on_and_comes_to_the_same() {
    for engine in ENGINES {
        let whole = prepared(engine, CommitHook::default()).await;
        let done = import(&whole.desk, plan(true), long()).await.unwrap();
        assert_eq!((done.counts.new, done.counts.changed, done.counts.gone), (1_177, 10, 4), "{engine:?}");
        let (expected, entries) = (world(&whole).await, whole.snapshot().await.entries);
        let mut failed = 0;
        for nth in 1.. {
            let (left, hook) = failing();
            let story = prepared(engine, hook).await;
            left.store(nth, Ordering::SeqCst);
            let cut_short = import(&story.desk, plan(true), long()).await.is_err();
            left.store(0, Ordering::SeqCst);
            if !cut_short {
                break;
            }
            failed += 1;
            // The process has ended; the next one goes on.
            let next = story.another_process().await;
            match next.open_import().await.unwrap() {
                Some(open) if open.state == ImportState::Applying => {
                    finish(&next, open.id).await.unwrap();
                }
                Some(open) if open.state == ImportState::Staged => {
                    next.apply_import(apply(open.id)).await.unwrap();
                    finish(&next, open.id).await.unwrap();
                }
                Some(open) => {
                    next.abandon_import(open.id).await.unwrap();
                    import(&next, plan(true), long()).await.unwrap();
                }
                None => drop(import(&next, plan(true), long()).await.unwrap()),
            }
            let found = world(&story).await;
            assert_eq!(found, expected, "{engine:?}: commit {nth}");
            assert_eq!(story.snapshot().await.entries, entries, "{engine:?}: commit {nth}");
        }
        assert!(failed >= 12, "{engine:?}: {failed} commits failed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_finishes_what_was_begun_once_nobody_else_is_at_it() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let worker = Importer::new(story.another_process().await);
        assert_eq!(worker.step(story.desk.now()).await, None, "{engine:?}: nothing to do");
        let report = story.desk.plan_import(plan(false), long()).await.unwrap();
        assert_eq!(
            worker.step(story.desk.now()).await,
            None,
            "{engine:?}: nobody said that it is to be applied"
        );
        story.desk.apply_import(apply(report.id)).await.unwrap();
        let first = story.desk.step_import(report.id).await.unwrap();
        assert_eq!(first.counts.applied, 500, "{engine:?}");
        let next = worker.step(story.desk.now()).await.unwrap();
        let applied = story.desk.import_report(report.id).await.unwrap().counts.applied;
        assert!(next > story.desk.now() && applied == 500, "{engine:?}: another is at it");
        story.clock.pass(SignedDuration::from_secs(31));
        while worker.step(story.desk.now()).await.is_some() {}
        let done = story.desk.import_report(report.id).await.unwrap();
        assert_eq!((done.state, done.counts.applied), (ImportState::Done, 1_197), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_import_nothing() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let refused =
            story.desk.begin_import(PlanImport { actor: Actor::Account(li.clone()), ..plan(false) }).await;
        assert!(matches!(refused, Err(ImportError::NotForCustomers)), "{engine:?}");
        let report = story.desk.plan_import(plan(false), records(vec![server("i-9", &li)])).await.unwrap();
        let refused = story
            .desk
            .apply_import(ApplyImport { actor: Actor::Account(li.clone()), ..apply(report.id) })
            .await;
        assert!(matches!(refused, Err(ImportError::NotForCustomers)), "{engine:?}");
        assert!(story.desk.issue_codes(codes(&li, "i-9", 1), key("k")).await.is_err(), "{engine:?}");
    }
}
