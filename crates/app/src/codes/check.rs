//! Asking whether codes would be issued, without any being issued: the same question without the effect.

use super::{
    issue::IssueError,
    question::{self, Question},
};
use crate::{Asker, Desk, failure::Failed, ground::Ground};
use jiff::Timestamp;
use std::{num::NonZero, sync::Arc};
use store::{Tx, Unit};

/// Would codes be issued?
#[derive(Clone, Debug)]
pub struct CheckCodes {
    /// Who asks.
    pub asker: Asker,
    /// On which instance, as its seller names it.
    pub instance: String,
    /// How many.
    pub codes: NonZero<u32>,
}

impl Desk {
    /// The question as it would be decided now; [`Question::judge`] tells the answer. Nothing is written anywhere.
    pub async fn check_codes(&self, check: CheckCodes) -> Result<Question, IssueError> {
        let (ask, now) = (Arc::new(check), self.now());
        self.read(|ground| Ok(Check { ground, ask: Arc::clone(&ask), now })).await
    }
}

struct Check {
    ground: Arc<Ground>,
    ask: Arc<CheckCodes>,
    now: Timestamp,
}

impl Unit for Check {
    type Output = Question;
    type Error = Failed<IssueError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Question, Self::Error> {
        let CheckCodes { asker, instance, codes } = &*self.ask;
        question::read(tx, &self.ground, instance, asker, *codes, self.now)
            .await
            .map(|(_, question)| question)
    }
}
