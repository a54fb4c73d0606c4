//! Asking whether codes would be issued, without any being issued: the same question without the effect.

use super::{
    CodesAsked, IssueFault,
    question::{self, Question},
};
use crate::{
    Desk,
    failure::{Failed, Failure},
    ground::Ground,
};
use jiff::Timestamp;
use std::sync::Arc;
use store::{Tx, Unit};

impl Desk {
    /// The question as it would be decided now; [`Question::judge`] tells the answer. Nothing is written anywhere.
    pub async fn check_codes(&self, ask: CodesAsked) -> Result<Question, Failure<IssueFault>> {
        let (ask, now) = (Arc::new(ask), self.now());
        self.read(|ground| Ok(Check { ground, ask: Arc::clone(&ask), now })).await
    }
}

struct Check {
    ground: Arc<Ground>,
    ask: Arc<CodesAsked>,
    now: Timestamp,
}

impl Unit for Check {
    type Output = Question;
    type Error = Failed<Failure<IssueFault>>;

    const IS_BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Question, Self::Error> {
        let (_, question) = question::put(tx, &self.ground, &self.ask, self.now, None).await?;
        Ok(question)
    }
}
