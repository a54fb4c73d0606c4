//! The inspector of retention: nothing is half forgotten, nothing that was not over, and what is counted as forgotten is gone.

use super::kept::{KEPT, Kept};
use crate::{
    life::Site,
    tables::{Cells, Source},
};
use ledger::EntryRef;
use std::collections::{BTreeMap, BTreeSet};
use testbed::PROMISES;
use uuid::Uuid;

/// A day, in microseconds.
const DAY: i64 = 86_400_000_000;

/// What else hangs together, as a count of what breaks it.
const TOGETHER: [(&str, &str); 4] = [
    (
        "what is sealed has its key",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM orders o JOIN subject_keys k ON k.id = o.subject_key WHERE k.sealed IS NULL AND
         (EXISTS (SELECT 1 FROM order_parts p WHERE p.order_id = o.id) OR EXISTS (SELECT 1 FROM order_rounds r WHERE r.order_id = o.id)
          OR EXISTS (SELECT 1 FROM attachments a JOIN attachment_pieces p ON p.attachment = a.id WHERE a.order_id = o.id))",
    ),
    (
        "a key goes with the last that is sealed under it",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM subject_keys k WHERE k.sealed IS NOT NULL
         AND EXISTS (SELECT 1 FROM orders o WHERE o.subject_key = k.id)
         AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.subject_key = k.id AND (o.state <> 'withdrawn'
         OR EXISTS (SELECT 1 FROM order_parts p WHERE p.order_id = o.id)))",
    ),
    (
        "the pictures of an order go together",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM attachments a JOIN attachments b ON b.order_id = a.order_id
         WHERE EXISTS (SELECT 1 FROM attachment_pieces p WHERE p.attachment = a.id)
         AND NOT EXISTS (SELECT 1 FROM attachment_pieces p WHERE p.attachment = b.id)",
    ),
    (
        "a piece has its picture",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM attachment_pieces p
         WHERE NOT EXISTS (SELECT 1 FROM attachments a WHERE a.id = p.attachment)",
    ),
];

/// What a run writes by itself, and what has a time of its own in each.
const APART: [(&str, &str); 3] =
    [("operations", ""), ("ledger_entries", ""), ("subject_keys", "id, sealed, made_at")];

/// By an id, or by a text.
type Thing = (Option<Uuid>, String);
/// Each thing with its rows.
type Things = BTreeMap<Thing, Vec<String>>;

/// What there was before anything was forgotten.
#[derive(Debug)]
pub struct Before {
    /// The things of each kind, and which of them are over.
    kinds: Vec<(Things, BTreeSet<Thing>)>,
    tables: BTreeMap<String, BTreeSet<String>>,
}

/// What is left.
#[derive(Debug, PartialEq, Eq)]
pub struct Left {
    /// How many things are gone, by their words.
    pub gone: BTreeMap<&'static str, usize>,
    /// Every table but for what a run writes by itself.
    tables: BTreeMap<String, BTreeSet<String>>,
}

impl Left {
    /// How many things are gone.
    pub fn all_gone(&self) -> usize {
        self.gone.values().sum()
    }
}

fn thing(row: &Cells<'_>) -> Thing {
    (row.get(0), row.get(1))
}

async fn things(from: &Source, of: &Kept) -> Things {
    let mut things = Things::new();
    for (thing, row) in from.rows(of.things, |row| (thing(row), row.get::<String>(2))).await {
        things.entry(thing).or_default().push(row);
    }
    for rows in things.values_mut() {
        rows.sort();
    }
    things
}

impl Before {
    /// Looks at the desk before retention runs at `now`, in microseconds since 1970. Of everything something is over, and something is not.
    pub async fn look(site: &Site, now: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let from = Source::of(site, folder.path()).await;
        let mut kinds = Vec::new();
        for kept in &KEPT {
            let all = things(&from, kept).await;
            let until = (now - kept.days * DAY).to_string();
            let over = from.rows(&kept.over.replace("$until", &until), thing).await;
            let over: BTreeSet<_> = over.into_iter().filter(|thing| all.contains_key(thing)).collect();
            assert!(
                !over.is_empty() && over.len() < all.len(),
                "{}: {} of {}",
                kept.word,
                over.len(),
                all.len()
            );
            kinds.push((all, over));
        }
        Self { kinds, tables: from.all(&APART).await }
    }

    /// Looks at the desk after any number of kills. Nothing may be wrong.
    pub async fn inspect(&self, site: &Site) -> Left {
        let folder = tempfile::tempdir().unwrap();
        let from = Source::of(site, folder.path()).await;
        for (promise, broken) in PROMISES.into_iter().chain(TOGETHER) {
            let broken: i64 = from.rows(broken, |row| row.get(0)).await[0];
            assert_eq!(broken, 0, "{promise}");
        }
        let mut gone = BTreeMap::new();
        for (kept, (before, over)) in KEPT.iter().zip(&self.kinds) {
            let now = things(&from, kept).await;
            for (thing, rows) in before {
                match now.get(thing) {
                    Some(left) => assert_eq!(left, rows, "`{}` {thing:?} is half forgotten", kept.word),
                    None => {
                        assert!(
                            over.contains(thing),
                            "`{}` {thing:?} was forgotten and is not over",
                            kept.word
                        );
                    }
                }
            }
            let left = over.iter().filter(|thing| now.contains_key(thing)).count();
            if !kept.word.is_empty() {
                gone.insert(kept.word, over.len() - left);
            }
        }
        let counted = counted(&from).await;
        assert_eq!(counted, gone, "what is counted as forgotten is gone, and nothing else");
        let tables = from.all(&APART).await;
        for (table, rows) in &tables {
            let new: Vec<_> =
                rows.difference(&self.tables[table]).filter(|_| table != "subject_keys").collect();
            assert!(new.is_empty(), "`{table}` has what was not there: {new:?}");
        }
        Left { gone, tables }
    }

    /// The same at the end: all that is over is gone.
    pub async fn inspect_end(&self, site: &Site) -> Left {
        let left = self.inspect(site).await;
        for (kept, (_, over)) in KEPT.iter().zip(&self.kinds) {
            let gone = left.gone.get(kept.word).copied().unwrap_or(over.len());
            assert_eq!(gone, over.len(), "`{}` was not forgotten", kept.word);
        }
        left
    }
}

/// What runs counted, each with its entry once it is done.
async fn counted(from: &Source) -> BTreeMap<&'static str, usize> {
    let mut counted: BTreeMap<_, _> =
        KEPT.iter().filter(|kept| !kept.word.is_empty()).map(|kept| (kept.word, 0)).collect();
    let runs = from.rows("SELECT counts, state FROM operations WHERE kind = 'retention'", |row| {
        (row.get::<String>(0), row.get::<String>(1))
    });
    let mut told = Vec::new();
    for (counts, state) in runs.await {
        let counts: BTreeMap<String, usize> = serde_json::from_str(&counts).unwrap();
        for (word, things) in &counts {
            *counted.get_mut(word.as_str()).expect("a word that is known") += things;
        }
        told.extend((state == "done").then_some(counts));
    }
    let mut entries = Vec::new();
    for bytes in from.rows("SELECT bytes FROM ledger_entries", |row| row.get::<Vec<u8>>(0)).await {
        let entry = EntryRef::decode(&bytes).unwrap().to_entry();
        if entry.kind == "retention.ran" {
            let decided: serde_json::Value = serde_json::from_slice(&entry.decided.unwrap()).unwrap();
            let forgotten = decided["asked"]["forgotten"].clone();
            entries.push(serde_json::from_value::<BTreeMap<String, usize>>(forgotten).unwrap());
        }
    }
    told.sort();
    entries.sort();
    assert_eq!(entries, told, "a run that is done has its entry, once");
    counted
}
