//! The inspector: whatever was acknowledged of orders and proposals is there, and nothing is half done. He reads with SQL of his own.

use super::{Step, ask_of, step_of};
use crate::{
    life::Site,
    record::Record,
    tables::{Cells, Request, Source},
};
use filing::orders::Part;
use ledger::EntryRef;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use testbed::PROMISES;
use uuid::Uuid;

/// What else is done together or not at all, as a count of what breaks it.
const TOGETHER: [(&str, &str); 8] = [
    (
        "a request has its entry",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM requests r
         WHERE NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.id = r.entry)",
    ),
    (
        "a step of an order has its entry",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM order_steps s
         WHERE NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.id = s.entry)",
    ),
    (
        "an order stands where its last step led",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM orders o WHERE NOT EXISTS
         (SELECT 1 FROM order_steps s WHERE s.order_id = o.id AND s.state = o.state AND s.version <= o.version
          AND s.version = (SELECT MAX(l.version) FROM order_steps l WHERE l.order_id = o.id))",
    ),
    (
        "an order was submitted as often as it says",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM orders o
         WHERE o.round <> (SELECT COUNT(*) FROM order_rounds r WHERE r.order_id = o.id)",
    ),
    (
        "an order that was submitted is found by what it names, and no other",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM orders o
         WHERE (o.round > 0) <> EXISTS (SELECT 1 FROM order_marks m WHERE m.order_id = o.id)",
    ),
    (
        "what was agreed to is listed, and nothing else",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM proposals p
         WHERE (p.state = 'agreed') <> EXISTS (SELECT 1 FROM blacklist b WHERE b.proposal = p.id)",
    ),
    (
        "a subject is filed by an order",
        "SELECT CAST(ABS((SELECT COUNT(*) FROM subjects) - (SELECT COUNT(*) FROM orders WHERE state = 'filed')) AS BIGINT)",
    ),
    (
        // A draft wakes on its 23rd day to remind, and on its 29th after that.
        "who is reminded has his reminder in the outbox, once",
        "SELECT CAST(ABS((SELECT COUNT(*) FROM jobs WHERE kind = 'order.reminder') -
         (SELECT COUNT(*) FROM orders WHERE state = 'draft' AND wake_at > touched_at + 25 * 86400000000)) AS BIGINT)",
    ),
];

/// What he found.
#[derive(Debug, Default)]
pub struct Inspected {
    /// Orders by their states.
    pub orders: BTreeMap<String, usize>,
    /// Asks that are done although nobody was told.
    pub untold: usize,
    /// Reminders in the outbox.
    pub reminders: usize,
}

struct Taken {
    order: Uuid,
    state: String,
    version: i64,
    entry: Uuid,
}

impl Taken {
    fn read(row: &Cells<'_>) -> Self {
        Self { order: row.get(0), state: row.get(1), version: row.get(2), entry: row.get(3) }
    }
}

/// Compares the database with itself and with what was acknowledged. Nothing may be wrong.
pub async fn inspect(site: &Site, record: &Record) -> Inspected {
    let folder = tempfile::tempdir().unwrap();
    let from = Source::of(site, folder.path()).await;
    for (promise, broken) in PROMISES.into_iter().chain(TOGETHER) {
        let broken: i64 = from.rows(broken, |row| row.get(0)).await[0];
        assert_eq!(broken, 0, "{promise}");
    }
    let requests = from.rows("SELECT asker, key, entry FROM requests", Request::read).await;
    let kept: HashMap<u64, Uuid> =
        requests.iter().filter_map(|request| Some((ask_of(&request.key)?, request.entry))).collect();
    assert!(kept.keys().all(|ask| record.asked.contains(ask)), "something was never sent");
    let taken = from.rows("SELECT order_id, state, version, entry FROM order_steps", Taken::read).await;
    steps_are_requests(&kept, &taken);
    entries_are_requests(&from, &kept, taken.len()).await;
    grants_are_requests(&from, &kept).await;
    acknowledged(&from, record, &kept, &taken).await;
    let mut found = Inspected::default();
    for state in from.rows("SELECT state FROM orders", |row| row.get::<String>(0)).await {
        *found.orders.entry(state).or_default() += 1;
    }
    found.untold = kept.keys().filter(|ask| !record.told.contains_key(ask)).count();
    let reminders = "SELECT CAST(COUNT(*) AS BIGINT) FROM jobs WHERE kind = 'order.reminder'";
    found.reminders = usize::try_from(from.rows(reminders, |row| row.get::<i64>(0)).await[0]).unwrap();
    found
}

/// Every step of an order is the one answer to a request, but those that the desk made by itself.
fn steps_are_requests(kept: &HashMap<u64, Uuid>, taken: &[Taken]) {
    let moves = kept.iter().filter(|(ask, _)| step_of(**ask).1.moves());
    let asked: BTreeSet<Uuid> = moves.map(|(_, entry)| *entry).collect();
    let done: BTreeSet<Uuid> = taken.iter().map(|step| step.entry).collect();
    let apart: Vec<_> = asked.symmetric_difference(&done).collect();
    assert!(apart.is_empty(), "requests without their step, or steps without their request: {apart:?}");
}

/// The ledger tells as many orders, codes and proposals as were asked for, and nothing besides.
async fn entries_are_requests(from: &Source, kept: &HashMap<u64, Uuid>, steps: usize) {
    let entries = from.rows("SELECT bytes FROM ledger_entries", |row| row.get::<Vec<u8>>(0)).await;
    let mut told: HashMap<String, usize> = HashMap::new();
    for bytes in &entries {
        let kind = EntryRef::decode(bytes).unwrap().kind.to_owned();
        let of = if kind.starts_with("order.") { "order".to_owned() } else { kind };
        *told.entry(of).or_default() += 1;
    }
    let asked = |step| kept.keys().filter(|ask| step_of(**ask).1 == step).count();
    for (kind, asked) in [
        ("order", steps),
        ("code.issued", asked(Step::Issue)),
        ("code.granted", asked(Step::Grant)),
        ("code.grant-withdrawn", asked(Step::TakeBack)),
        ("proposal.made", asked(Step::Propose)),
        ("proposal.agreed", asked(Step::Agree)),
    ] {
        assert_eq!(told.get(kind).copied().unwrap_or_default(), asked, "entries about {kind}");
    }
}

/// Who has codes of others is as the requests left it.
async fn grants_are_requests(from: &Source, kept: &HashMap<u64, Uuid>) {
    let asked = |step| kept.keys().filter(|ask| step_of(**ask).1 == step).count();
    let granted = "SELECT CAST(COUNT(*) AS BIGINT) FROM codes WHERE grantee IS NOT NULL";
    let granted: i64 = from.rows(granted, |row| row.get(0)).await[0];
    assert_eq!(
        asked(Step::TakeBack) + usize::try_from(granted).unwrap(),
        asked(Step::Grant),
        "codes are granted"
    );
}

/// Whatever was acknowledged is there as it was told.
async fn acknowledged(from: &Source, record: &Record, kept: &HashMap<u64, Uuid>, taken: &[Taken]) {
    let versions = from.rows("SELECT id, version FROM orders", |row| (row.get(0), row.get(1))).await;
    let versions: HashMap<Uuid, i64> = versions.into_iter().collect();
    let parts = from.rows("SELECT order_id, part FROM order_parts", |row| (row.get(0), row.get(1))).await;
    let parts: HashSet<(Uuid, String)> = parts.into_iter().collect();
    let steps: HashMap<Uuid, &Taken> = taken.iter().map(|step| (step.entry, step)).collect();
    let order_of = |case: u64| {
        let (opened, _) = super::asks(case).next().unwrap();
        record.told[&opened].words[0].parse::<Uuid>().unwrap()
    };
    for (ask, told) in &record.told {
        let (case, step) = step_of(*ask);
        let lost = || format!("ask {ask} of case {case}, {step:?}, was acknowledged and is missing");
        if step.has_key() {
            assert_eq!(kept.get(ask), Some(&told.entry), "{}", lost());
        } else {
            let version: i64 = told.words[0].parse().unwrap();
            assert!(versions.get(&order_of(case)).is_some_and(|found| *found >= version), "{}", lost());
        }
        if step.moves() {
            let taken = steps.get(&told.entry).unwrap_or_else(|| panic!("{}", lost()));
            let (order, state) = if step.opens() {
                (told.words[0].parse().unwrap(), "draft")
            } else {
                (order_of(case), &*told.words[0])
            };
            assert_eq!(
                (taken.order, taken.state.as_str(), &taken.version.to_string()),
                (order, state, &told.words[1]),
                "{}",
                lost()
            );
        }
        if step == Step::Carry {
            // Begun from the number of a website, it carries that.
            let websites = (told.words[0].parse().unwrap(), Part::Websites.word().to_owned());
            assert!(parts.contains(&websites), "{}", lost());
        }
        if let Step::Fill(part) = step {
            assert!(parts.contains(&(order_of(case), part.word().to_owned())), "{}", lost());
        }
    }
}
