//! One life of the besieged process: what it opens, what its clients ask, and how it ends.

use crate::{line::Line, line::Pen, town::Town, town::dice};
use app::{Chance, Clock, Surroundings, ledger::Outside};
use jiff::Timestamp;
use keys::MasterKey;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::atomic::{AtomicI64, Ordering},
};
use store::{CommitHook, Fate, Point, PostgresOptions, Store};

/// When it plays: 09:00 on 1 November 2020 in Shanghai, under the newest edition.
const BEGIN: &str = "2020-11-01T01:00:00Z";

/// Where the database is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Site {
    /// A file.
    Sqlite(PathBuf),
    /// A database of a server.
    Postgres {
        /// Its address.
        url: String,
        /// Connections of one process.
        connections: usize,
        /// Whether the server is one that syncs nothing, where nothing is to be killed.
        throw_away: bool,
    },
}

impl Site {
    /// Opens it, as the program does when it starts.
    pub async fn open(&self, hook: CommitHook) -> store::Result<Store> {
        match self {
            Self::Sqlite(file) => Store::sqlite_with(file, hook),
            Self::Postgres { url, connections, throw_away } => {
                let options = PostgresOptions {
                    url: url.clone(),
                    connections: *connections,
                    ca_file: None,
                    accept_not_durable: *throw_away,
                    notify: true,
                };
                Store::postgres_with(&options, hook).await
            }
        }
    }
}

/// How far the clock of a life is from that of others, in microseconds; clocks of machines differ and are set back.
pub type Skew = i64;

/// At which commit a life ends by itself.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Crash {
    /// Which commit, from 1.
    pub commit: u64,
    /// Whether it was done.
    pub after: bool,
}

/// When entries of the ledger are given their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Placing {
    /// Never: they wait.
    Never,
    /// By a task beside the clients, again and again.
    Beside,
    /// By a client, whenever so many asks are answered: in a life with one client, the order of all commits is known.
    Each(u64),
}

/// What the clients of a life do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// They ask for codes.
    Codes,
    /// They take filing orders and proposals from their beginning to their end; instead of asks there are cases.
    Filings,
    /// They let the deadlines of orders come; instead of asks there are looks.
    Deadlines,
    /// They forget what was kept for its time; instead of asks there are runs.
    Forgetting,
    /// They watch numbers, and drop accesses whose instances are no more; instead of asks there are passes.
    Watching,
}

/// One life of the besieged process. It is told on its standard input, as JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Life {
    /// Which one: no two lives on one database draw the same randomness.
    pub nth: u64,
    /// Where the database is.
    pub site: Site,
    /// The town of its asks.
    pub town: Town,
    /// What its clients do.
    pub work: Work,
    /// How far its clock is from the others'.
    pub skew: Skew,
    /// Which master key it is given; all but 0 are wrong.
    pub master: u64,
    /// Clients that ask at the same time.
    pub clients: usize,
    /// Asks of earlier lives that are asked again, first.
    pub again: Vec<u64>,
    /// Asks of these cases that were answered: what has no key is not asked again.
    pub acknowledged: BTreeSet<u64>,
    /// The first new ask.
    pub from: u64,
    /// From one new ask to the next: processes that share a town take turns.
    pub step: u64,
    /// Where new asks end.
    pub until: u64,
    /// When entries of the ledger are given their places.
    pub placing: Placing,
    /// The file that keeps the newest checkpoint outside the database.
    pub outside: Option<PathBuf>,
    /// Whether it says when it commits.
    pub marks: bool,
    /// Whether it ends by itself.
    pub crash: Option<Crash>,
}

impl Life {
    /// The life that sets the desk up; others are made from it.
    pub fn founding(town: Town) -> Self {
        Self {
            nth: 0,
            site: Site::Sqlite(PathBuf::new()),
            town,
            work: Work::Codes,
            skew: 0,
            master: 0,
            clients: 1,
            again: Vec::new(),
            acknowledged: BTreeSet::new(),
            from: 0,
            step: 1,
            until: 0,
            placing: Placing::Never,
            outside: None,
            marks: false,
            crash: None,
        }
    }

    /// What its clock says when it begins, in microseconds since 1970.
    pub fn begins_at(&self) -> i64 {
        BEGIN.parse::<Timestamp>().unwrap().as_microsecond() + self.skew
    }

    /// What its desk is handed.
    pub fn surroundings(&self) -> Surroundings {
        let mut seed = [7; 32];
        seed[..8].copy_from_slice(&self.nth.to_be_bytes());
        Surroundings {
            clock: Box::new(Ticking(AtomicI64::new(self.begins_at()))),
            chance: Chance::new(seed),
            master: MasterKey::generate(&mut dice(0x3a5, self.master)),
            outside: self.outside.as_ref().map(Outside::file),
        }
    }

    /// What happens around each commit: it is told, and at the chosen one the process ends.
    pub(crate) fn hook(&self, pen: Pen) -> CommitHook {
        let (marks, crash) = (self.marks, self.crash);
        if !marks && crash.is_none() {
            return CommitHook::default();
        }
        CommitHook::new(move |nth, point| {
            let after = point == Point::After;
            if marks {
                pen.write(&if after { Line::Committed(nth) } else { Line::Commit(nth) });
            }
            let ends = crash.is_some_and(|crash| crash.commit == nth && crash.after == after);
            if ends { Fate::Crash } else { Fate::Proceed }
        })
    }
}

/// A clock that goes on by a microsecond whenever somebody looks.
struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.fetch_add(1, Ordering::Relaxed)).unwrap()
    }
}
