//! A siege of the desk: clients in a process of their own that is killed again and again, and an auditor who reads the
//! tables with SQL of his own and believes nobody.
//!
//! The process is the binary `besieged`. It says on its pipe what it is about to ask and what it was answered, each line
//! with one `write(2)`, so that whoever kills it knows what was acknowledged. A development dependency only: here, what
//! cannot be had is a panic.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a siege that cannot go on should say so and end"
)]

mod audit;
mod besieger;
pub mod clients;
mod cluster;
pub mod filings;
pub mod forgetting;
mod life;
mod line;
mod overhear;
mod record;
mod tables;
mod town;
mod trace;
pub mod watching;

pub use audit::{Audit, acknowledged, audit};
pub use besieger::Besieged;
pub use cluster::Cluster;
pub use life::{Crash, Life, Placing, Site, Skew, Work};
pub use line::{Line, Told};
pub use record::{Record, Tally};
pub use tables::{Request, Tables};
pub use town::{Ask, Town, dice};
pub use trace::{Call, calls};
