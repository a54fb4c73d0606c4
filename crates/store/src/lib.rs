//! The store: two engines behind one [`Tx`], one SQL text, one [`Unit`] of work at a time.
//!
//! SQLite serves one process: all writing happens on one thread, units are batched and committed together, and a caller is
//! answered only after the commit is durable. PostgreSQL serves any number of processes: each unit is a serialisable
//! transaction that is run again when it collided. Both are serialisable, so that a use case is reasoned about as if alone.

pub mod access_log;
pub mod accesses;
pub mod accessor_names;
pub mod accounts;
pub mod api_keys;
pub mod attachments;
pub mod blacklist;
pub mod checkpoints;
pub mod codes;
mod copies;
pub mod data_keys;
pub mod desk;
pub mod domain_terms;
pub mod entries;
pub mod entry_mentions;
mod error;
mod faults;
pub mod gate_changes;
pub mod gate_ranges;
pub mod gate_windows;
pub mod host_credentials;
mod id;
pub mod import_rows;
pub mod instances;
pub mod jobs;
pub mod leases;
pub mod ledger_key;
mod listen;
mod migrate;
pub mod nonces;
pub mod number_risks;
pub mod numbers;
pub mod operations;
pub mod order_parts;
pub mod order_products;
pub mod order_remarks;
pub mod orders;
pub mod outside;
mod postgres;
pub mod proposals;
pub mod quotas;
pub mod requests;
pub mod rulebook_proposals;
pub mod rulebooks;
mod sealed;
pub mod second_factors;
pub mod sessions;
mod shape;
mod sql;
mod sqlite;
mod sqlite_file;
pub mod subject_keys;
pub mod subjects;
pub mod tree;
pub mod tries;
mod tx;
mod unit;
pub mod untrue;
pub mod users;
pub mod verifications;
mod wakes;
pub mod watch_passes;
pub mod watch_streaks;
pub mod websites;

pub use copies::{copy_sqlite, replace_sqlite, sqlite_faults};
pub use error::{Result, StoreError};
pub use faults::{CommitHook, Fate, Point};
pub use id::Id;
pub use migrate::schema_version;
pub use postgres::PostgresOptions;
pub use sealed::Sealed;
pub use sql::{Columns, Field, Param, Row, Sql};
pub use tx::{Query, Tx, Write};
pub use unit::{Isolation, Unit};
pub use wakes::Wakes;

use postgres::Postgres;
use shape::Shape;
use sqlite::Sqlite;
use std::path::{Path, PathBuf};

/// The id of an account.
pub type AccountId = Id<accounts::Account>;
/// The id of an instance.
pub type InstanceId = Id<instances::Instance>;
/// The id of a service code.
pub type CodeId = Id<codes::StoredCode>;
/// The id of a verification.
pub type VerificationId = Id<verifications::Verification>;
/// The id of a filing order.
pub type OrderId = Id<orders::Order>;
/// The id of the key of a subject.
pub type SubjectKeyId = Id<subject_keys::SubjectKey>;
/// The id of a picture that was added to an order.
pub type AttachmentId = Id<attachments::Attachment>;
/// The id of a filed subject.
pub type SubjectId = Id<subjects::Subject>;
/// The id of a filed website.
pub type WebsiteId = Id<websites::Website>;
/// The id of an access.
pub type AccessId = Id<accesses::Access>;
/// The id of something that is filed and untrue.
pub type UntrueId = Id<untrue::Untrue>;
/// The id of something that threatens a number.
pub type RiskId = Id<number_risks::NumberRisk>;
/// The id of an entry of the white list.
pub type GateWindowId = Id<gate_windows::GateWindow>;
/// The id of a range of addresses.
pub type GateRangeId = Id<gate_ranges::GateRange>;
/// The id of something on the blacklist.
pub type BlacklistId = Id<blacklist::Listed>;
/// The id of a proposal.
pub type ProposalId = Id<proposals::Proposal>;
/// The id of a rulebook that is proposed.
pub type RulebookProposalId = Id<rulebook_proposals::RulebookProposal>;
/// The id of a job.
pub type JobId = Id<jobs::Job>;
/// The id of one claim of jobs.
pub type JobClaim = Id<jobs::Claimed>;
/// The id of an operation.
pub type OperationId = Id<operations::Operation>;
/// The id of an entry of the ledger.
pub type EntryId = Id<entries::EntryRow>;
/// The id of a line of the access log.
pub type AccessLineId = Id<access_log::Line>;
/// The id of a user.
pub type UserId = Id<users::User>;
/// The id of a session.
pub type SessionId = Id<sessions::Session>;
/// The id of a key with which somebody calls.
pub type ApiKeyId = Id<api_keys::ApiKey>;

/// Every statement of the program, by aggregate.
const STATEMENTS: &[(&str, &[Sql])] = &[
    ("access_log", access_log::ALL),
    ("accesses", accesses::ALL),
    ("accessor_names", accessor_names::ALL),
    ("accounts", accounts::ALL),
    ("api_keys", api_keys::ALL),
    ("attachments", attachments::ALL),
    ("blacklist", blacklist::ALL),
    ("checkpoints", checkpoints::ALL),
    ("codes", codes::ALL),
    ("data_keys", data_keys::ALL),
    ("desk", desk::ALL),
    ("domain_terms", domain_terms::ALL),
    ("entries", entries::ALL),
    ("entry_mentions", entry_mentions::ALL),
    ("gate_changes", gate_changes::ALL),
    ("gate_ranges", gate_ranges::ALL),
    ("gate_windows", gate_windows::ALL),
    ("host_credentials", host_credentials::ALL),
    ("import_rows", import_rows::ALL),
    ("instances", instances::ALL),
    ("jobs", jobs::ALL),
    ("leases", leases::ALL),
    ("ledger_key", ledger_key::ALL),
    ("nonces", nonces::ALL),
    ("number_risks", number_risks::ALL),
    ("numbers", numbers::ALL),
    ("operations", operations::ALL),
    ("order_parts", order_parts::ALL),
    ("order_products", order_products::ALL),
    ("order_remarks", order_remarks::ALL),
    ("orders", orders::ALL),
    ("proposals", proposals::ALL),
    ("outside", outside::ALL),
    ("quotas", quotas::ALL),
    ("requests", requests::ALL),
    ("rulebook_proposals", rulebook_proposals::ALL),
    ("rulebooks", rulebooks::ALL),
    ("second_factors", second_factors::ALL),
    ("sessions", sessions::ALL),
    ("subject_keys", subject_keys::ALL),
    ("subjects", subjects::ALL),
    ("tree", tree::ALL),
    ("tries", tries::ALL),
    ("untrue", untrue::ALL),
    ("users", users::ALL),
    ("verifications", verifications::ALL),
    ("watch_passes", watch_passes::ALL),
    ("watch_streaks", watch_streaks::ALL),
    ("websites", websites::ALL),
];

/// The statement of that name, such as `quotas::TAKE`, for whoever measures what the engine makes of it by itself.
#[doc(hidden)]
pub fn statement(name: &str) -> Option<&'static Sql> {
    let (aggregate, name) = name.split_once("::")?;
    let (_, all) = STATEMENTS.iter().find(|(word, _)| *word == aggregate)?;
    all.iter().find(|sql| sql.name == name)
}

/// A statement that an engine does not prepare, or that the engines understand differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Aggregate and name of the statement.
    pub statement: String,
    /// What is wrong.
    pub what: String,
}

/// A database that is open. Clones share it.
#[derive(Clone)]
pub struct Store(Engine);

#[derive(Clone)]
enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Store {
    /// Opens the SQLite file at `path`, makes it where there is none, and migrates it.
    pub fn sqlite(path: &Path) -> Result<Self> {
        Self::sqlite_with(path, CommitHook::default())
    }

    /// The same, with a hook for tests around each commit.
    pub fn sqlite_with(path: &Path, hook: CommitHook) -> Result<Self> {
        Sqlite::open(path, hook).map(|sqlite| Self(Engine::Sqlite(sqlite)))
    }

    /// Opens the SQLite file at `path` beside the process that writes it, or a copy that is to stay as it is: this store only
    /// reads, and its schema must be the one that this program knows.
    pub fn sqlite_read_only(path: &Path) -> Result<Self> {
        Sqlite::open_read_only(path).map(|sqlite| Self(Engine::Sqlite(sqlite)))
    }

    /// Connects to a PostgreSQL database and migrates it.
    pub async fn postgres(options: &PostgresOptions) -> Result<Self> {
        Self::postgres_with(options, CommitHook::default()).await
    }

    /// The same, with a hook for tests around each commit.
    pub async fn postgres_with(options: &PostgresOptions, hook: CommitHook) -> Result<Self> {
        Postgres::open(options, hook).await.map(|postgres| Self(Engine::Postgres(postgres)))
    }

    /// Finishes what was asked for, answers [`StoreError::Closed`] to what is asked from now on, of clones as well, and lets go
    /// of the database: when this returns, a SQLite file can be opened again or moved. A store that is dropped instead lets go
    /// as soon as what was asked for is done.
    pub async fn close(&self) {
        match &self.0 {
            Engine::Sqlite(sqlite) => sqlite.close().await,
            Engine::Postgres(postgres) => postgres.close().await,
        }
    }

    /// Runs `unit` to its end, even when the caller goes away, and answers once what it wrote is durable.
    pub async fn write<U: Unit>(&self, unit: U) -> Result<U::Output, U::Error> {
        metrics::counter!("kebei_store_units_total", "kind" => "write").increment(1);
        match &self.0 {
            Engine::Sqlite(sqlite) => sqlite.write(unit).await,
            Engine::Postgres(postgres) => postgres.write(unit).await,
        }
    }

    /// Runs `unit` on one consistent state; what it writes is rolled back.
    pub async fn read<U: Unit>(&self, unit: U) -> Result<U::Output, U::Error> {
        metrics::counter!("kebei_store_units_total", "kind" => "read").increment(1);
        match &self.0 {
            Engine::Sqlite(sqlite) => sqlite.read(unit).await,
            Engine::Postgres(postgres) => postgres.read(unit).await,
        }
    }

    /// Hears of jobs that units of this process added, and of what units of any process [said](Tx::wake). Wake-ups may be
    /// missed, and come for nothing.
    pub fn wakes(&self) -> Wakes {
        match &self.0 {
            Engine::Sqlite(sqlite) => sqlite.wakes(),
            Engine::Postgres(postgres) => postgres.wakes(),
        }
    }

    /// Prepares every statement of the program and compares the parameters and columns that each engine finds, and their types
    /// where it tells them, with what `other` finds, so that one text serves both.
    pub async fn compare_statements(&self, other: &Self) -> Result<Vec<Disagreement>> {
        let mut found = Vec::new();
        for (aggregate, statements) in STATEMENTS {
            for sql in *statements {
                let (ours, theirs) = (self.shape(sql).await, other.shape(sql).await);
                let what = match (ours, theirs) {
                    (Ok(ours), Ok(theirs)) if ours.agrees(&theirs) => continue,
                    (Ok(ours), Ok(theirs)) => format!("{ours:?} and {theirs:?}"),
                    (Err(error), _) | (_, Err(error)) => error.to_string(),
                };
                found.push(Disagreement { statement: format!("{aggregate}::{}", sql.name), what });
            }
        }
        Ok(found)
    }

    async fn shape(&self, sql: &'static Sql) -> Result<Shape> {
        match &self.0 {
            Engine::Sqlite(sqlite) => sqlite.shape(sql).await,
            Engine::Postgres(postgres) => postgres.shape(sql).await,
        }
    }

    /// Copies a SQLite database, as of one moment and while it is in use, to a new file. `None` for PostgreSQL, which has
    /// tools of its own for that.
    pub async fn copy_to(&self, target: PathBuf) -> Option<Result<()>> {
        match &self.0 {
            Engine::Sqlite(sqlite) => Some(sqlite.copy_to(target).await),
            Engine::Postgres(_) => None,
        }
    }
}
