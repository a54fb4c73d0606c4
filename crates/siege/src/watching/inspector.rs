//! The inspector of the watch: who was warned has his warning in the outbox, once; what rounds saw and what threatens agree; and an access
//! that ended has its step, its entry and its notice.

use crate::{
    life::Site,
    tables::{Cells, Source},
};
use ledger::EntryRef;
use serde::Deserialize;
use std::collections::BTreeMap;
use testbed::PROMISES;

/// Until somebody is told again of the same, in microseconds.
const AGAIN: i64 = 7 * 86_400_000_000;

/// What hangs together, as a count of what breaks it.
const TOGETHER: [(&str, &str); 5] = [
    (
        "what was seen in one round was seen at one moment, and in several at several",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM watch_streaks WHERE (rounds = 1) <> (since_at = last_at) OR last_at < since_at",
    ),
    (
        "what threatens from outside was seen in rounds",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM number_risks r WHERE r.risk IN ('points-elsewhere', 'domain-gone', 'number-not-shown')
         AND NOT EXISTS (SELECT 1 FROM websites w JOIN watch_streaks k ON k.website = w.id WHERE w.number = r.number AND k.what = r.what
         AND k.rounds >= 3 AND k.fault = CASE r.risk WHEN 'points-elsewhere' THEN 'elsewhere' WHEN 'domain-gone' THEN 'gone' ELSE 'not-shown' END)",
    ),
    (
        "an access that ended has its step, its entry and its notice, once",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM accesses a JOIN websites w ON w.id = a.website WHERE a.ended_at IS NOT NULL AND
         (SELECT COUNT(*) FROM number_steps s JOIN ledger_entries e ON e.id = s.entry JOIN jobs j ON j.id = s.entry
          WHERE s.number = w.number AND s.at = a.ended_at AND s.event = 'drop-access' AND s.reason = a.reason
          AND j.kind = 'numbers.ended' AND j.made_at = s.at) <> 1",
    ),
    (
        "each step and each notice ended an access",
        "SELECT CAST(ABS((SELECT COUNT(*) FROM number_steps WHERE event = 'drop-access')
         - (SELECT COUNT(*) FROM accesses WHERE ended_at IS NOT NULL))
         + ABS((SELECT COUNT(*) FROM jobs WHERE kind = 'numbers.ended')
         - (SELECT COUNT(*) FROM accesses WHERE ended_at IS NOT NULL)) AS BIGINT)",
    ),
    (
        "who goes through websites has come somewhere",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM watch_passes WHERE ended_at < began_at",
    ),
];

/// How things stand, whenever it was noted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Warnings in the outbox: number, risk, day and weight.
    pub events: Vec<[String; 4]>,
    /// What threatens: number, risk, what it is about, day, weight, and the weight of which its owner was told.
    pub risks: Vec<[String; 6]>,
    /// What rounds saw: number, kind, what it is about, and what is wrong.
    streaks: Vec<[String; 4]>,
    /// Numbers with their states.
    websites: Vec<[String; 2]>,
    /// Accesses that ended: number, and why.
    pub ended: Vec<[String; 2]>,
    /// Entries of the ledger by their kinds.
    entries: BTreeMap<String, usize>,
}

/// A risk, as it is kept.
struct Risk {
    number: String,
    word: String,
    weight: String,
    told: Option<String>,
    told_at: Option<i64>,
}

/// A warning, as the outbox carries it.
#[derive(Deserialize)]
struct Warning {
    number: String,
    risk: String,
    day: String,
    weight: String,
}

/// Compares the database with itself, and tells how things stand. Nothing may be wrong.
pub async fn inspect(site: &Site) -> Standing {
    let folder = tempfile::tempdir().unwrap();
    let from = Source::of(site, folder.path()).await;
    for (promise, broken) in PROMISES.into_iter().chain(TOGETHER) {
        let broken: i64 = from.rows(broken, |row| row.get(0)).await[0];
        assert_eq!(broken, 0, "{promise}");
    }
    let events = from.rows(
        "SELECT payload, made_at FROM jobs WHERE kind = 'number.at-risk' ORDER BY made_at, id",
        |row| {
            let warning: Warning = serde_json::from_slice(&row.get::<Vec<u8>>(0)).unwrap();
            (warning, row.get::<i64>(1))
        },
    );
    let events = events.await;
    let risks = from.rows("SELECT number, risk, weight, told, told_at FROM number_risks", |row| Risk {
        number: row.get(0),
        word: row.get(1),
        weight: row.get(2),
        told: row.get(3),
        told_at: row.get(4),
    });
    warned_once(&events, &risks.await);
    let entries = from.rows("SELECT bytes FROM ledger_entries", |row| row.get::<Vec<u8>>(0)).await;
    let mut standing = standing(&from).await;
    for bytes in &entries {
        *standing.entries.entry(EntryRef::decode(bytes).unwrap().kind.to_owned()).or_default() += 1;
    }
    let told = standing.entries.get("number.access-dropped").copied().unwrap_or_default();
    assert_eq!(told, standing.ended.len(), "entries about accesses that were dropped");
    standing.events =
        events.into_iter().map(|(event, _)| [event.number, event.risk, event.day, event.weight]).collect();
    standing.events.sort();
    standing
}

/// No warning is lost, and none is told twice.
fn warned_once(events: &[(Warning, i64)], risks: &[Risk]) {
    for Risk { number, word: risk, weight, told, told_at } in risks {
        let is_due = weight != "notice";
        assert!(!is_due || told.is_some(), "{number} {risk}: nobody was told");
        assert!(
            weight != "urgent" || told.as_deref() == Some("urgent"),
            "{number} {risk}: it was told as less"
        );
        let about = || events.iter().filter(|(event, _)| (&event.number, &event.risk) == (number, risk));
        if let Some(told_at) = told_at {
            let at_once = about().filter(|(_, at)| at == told_at).count();
            assert_eq!(at_once, 1, "{number} {risk}: told, and events in the outbox");
        }
        assert!(
            about().all(|(_, at)| told_at.is_some_and(|told| *at <= told)),
            "{number} {risk}: told, and not kept"
        );
    }
    for (nth, (event, at)) in events.iter().enumerate() {
        let again = events[nth + 1..].iter().find(|(later, later_at)| {
            (&later.number, &later.risk, &later.weight) == (&event.number, &event.risk, &event.weight)
                && later_at - at < AGAIN
        });
        assert!(again.is_none(), "{} {}: told twice", event.number, event.risk);
    }
}

fn texts<const N: usize>(row: &Cells<'_>) -> [String; N] {
    std::array::from_fn(|at| row.get(at))
}

async fn standing(from: &Source) -> Standing {
    let risks = "SELECT number, risk, what, day, weight, COALESCE(told, '') FROM number_risks ORDER BY number, risk, what";
    let streaks = "SELECT w.number, k.kind, k.what, k.fault FROM watch_streaks k JOIN websites w ON w.id = k.website ORDER BY 1, 2, 3";
    let ended = "SELECT w.number, a.reason FROM accesses a JOIN websites w ON w.id = a.website WHERE a.ended_at IS NOT NULL ORDER BY 1";
    Standing {
        risks: from.rows(risks, texts).await,
        streaks: from.rows(streaks, texts).await,
        websites: from.rows("SELECT number, state FROM websites ORDER BY number", texts).await,
        ended: from.rows(ended, texts).await,
        ..Standing::default()
    }
}
