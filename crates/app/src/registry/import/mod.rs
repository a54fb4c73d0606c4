//! Importing what is already filed: one subject with its websites at a time, each in a transaction of its own. What is known already is
//! held against it and left alone, so that the same again changes nothing.

mod check;
mod differing;
mod en;
mod fault;
mod unit;
mod zh;

pub use check::{Claim, Claimed, MOST_WEBSITES_FILED};
pub use fault::{Trouble, WhatTrouble};

use crate::{Desk, Operator, failure::DeskError, ground::Ground};
use filing::{
    orders::{Subject, Website},
    registry::State,
};
use jiff::Timestamp;
use rulebook::calendar::shanghai;
use std::sync::Arc;
use unit::Importing;

/// A subject as it was filed before this desk kept it. What is not known is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct FiledBefore {
    /// Its number, `浙ICP备12345678号`.
    pub number: String,
    /// Where that stands.
    pub state: State,
    /// The account, by its id in inventories. One that the desk does not know is opened.
    pub account: String,
    /// What is filed of it.
    pub subject: Subject,
    /// Its websites.
    pub websites: Vec<WebsiteBefore>,
}

/// A website as it was filed before this desk kept it.
#[derive(Clone, Debug, PartialEq)]
pub struct WebsiteBefore {
    /// Where its number stands.
    pub state: State,
    /// What is filed of it, with its number. Its addresses are those of its accesses.
    pub site: Website,
    /// Where it is hosted here, as far as that is known.
    pub accesses: Vec<AccessBefore>,
}

/// Where a website is hosted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessBefore {
    /// The instance, as its seller names it.
    pub instance: Option<String>,
    /// Its addresses.
    pub addresses: Vec<String>,
}

/// What importing a subject comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilingCameTo {
    /// It is new here, with so many websites.
    New {
        /// How many.
        websites: usize,
    },
    /// It is known, and these websites of it are new.
    Grown {
        /// Their numbers.
        websites: Vec<String>,
    },
    /// All of it is known.
    Unchanged,
    /// It is known, and here something else is filed at these places. Nothing is done: what is filed here changes by orders.
    Differs {
        /// The places: `subject.name`, `websites[0].state`.
        paths: Vec<String>,
    },
    /// It contradicts what is filed here. Nothing is done.
    Conflicting(Vec<Trouble>),
    /// It cannot be right by itself. Nothing is done.
    Rejected(Vec<Trouble>),
}

impl FilingCameTo {
    /// In one word, for programs.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::New { .. } => "new",
            Self::Grown { .. } => "new-websites",
            Self::Unchanged => "unchanged",
            Self::Differs { .. } => "differs",
            Self::Conflicting(_) => "conflicting",
            Self::Rejected(_) => "rejected",
        }
    }
}

impl Desk {
    /// Imports a subject that was filed before, with its ledger entry. Whatever is known of it already is left as it is. It is looked at
    /// first and written only if something is new: a file that was imported before then takes no transaction that may write, of which
    /// `PostgreSQL` would keep all that they read while they overlap.
    pub async fn import_filing(
        &self,
        operator: &Operator,
        filing: FiledBefore,
    ) -> Result<FilingCameTo, DeskError> {
        let now = self.now();
        let filing = match checked(filing, now) {
            Ok(filing) => Arc::new(filing),
            Err(rejected) => return Ok(rejected),
        };
        let make = |applies| self.importing(operator, &filing, now, applies);
        match self.read(make(false)).await? {
            FilingCameTo::New { .. } | FilingCameTo::Grown { .. } => self.write(make(true)).await,
            nothing_new => Ok(nothing_new),
        }
    }

    /// What importing it would come to. Nothing is written.
    pub async fn check_filing_import(
        &self,
        operator: &Operator,
        filing: FiledBefore,
    ) -> Result<FilingCameTo, DeskError> {
        let now = self.now();
        let filing = match checked(filing, now) {
            Ok(filing) => Arc::new(filing),
            Err(rejected) => return Ok(rejected),
        };
        self.read(self.importing(operator, &filing, now, false)).await
    }

    fn importing(
        &self,
        operator: &Operator,
        filing: &Arc<FiledBefore>,
        now: Timestamp,
        applies: bool,
    ) -> impl Fn(Arc<Ground>) -> Result<Importing, DeskError> + use<> {
        let (operator, filing, draw) = (operator.clone(), Arc::clone(filing), self.chance().draw());
        move |ground| {
            let (operator, filing) = (operator.clone(), Arc::clone(&filing));
            Ok(Importing { ground, operator, filing, draw: draw.again(), now, applies })
        }
    }
}

fn checked(filing: FiledBefore, now: Timestamp) -> Result<FiledBefore, FilingCameTo> {
    let filing = filing.tidied();
    let troubles = filing.troubles(shanghai(now).date());
    if troubles.is_empty() { Ok(filing) } else { Err(FilingCameTo::Rejected(troubles)) }
}
