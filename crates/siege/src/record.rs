//! What whoever lays siege knows: what was asked, what was acknowledged, and how often each fault really happened.

use crate::line::{Line, Told};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// What was heard of all lives on one database.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Asks that were sent.
    pub asked: BTreeSet<u64>,
    /// What they were answered, where that was heard.
    pub told: BTreeMap<u64, Told>,
    /// Orders that were woken.
    pub woken: u64,
    /// Things that a run said it had forgotten.
    pub forgot: u64,
    /// Warnings that passes said they had put into the outbox.
    pub warned: u64,
    /// Commits that were done in the life at hand.
    pub commits: u64,
    /// How often each fault happened.
    pub tally: Tally,
    /// Commits begun and not ended, in the life at hand.
    committing: i64,
    ready: bool,
}

/// How often each fault happened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Lives that began.
    pub lives: u64,
    /// Lives that were ended while they were opening the desk.
    pub ended_opening: u64,
    /// Lives that were ended between the beginning and the end of a commit.
    pub ended_in_commit: u64,
    /// Asks that were under way when their life ended.
    pub in_flight: u64,
    /// Of these, asks that were found done: nobody had been told.
    pub kept_untold: u64,
    /// Asks that were asked again although they were answered, and got the same answer.
    pub same_again: u64,
    /// Answers with codes.
    pub issued: u64,
    /// Answers without.
    pub refused: u64,
    /// Errors that clients got, and asked again.
    pub failed: u64,
    /// Commits that were cut off, so that nobody knew whether they were done.
    pub cut_off: u64,
    /// Of these, those that collided too often.
    pub contended: u64,
    /// Times that entries of the ledger were given their places.
    pub placings: u64,
}

impl Record {
    /// Hears a line.
    pub fn hear(&mut self, line: Line) {
        match line {
            Line::Ready => self.ready = true,
            Line::Ask(nth) => {
                self.asked.insert(nth);
            }
            Line::Got(nth, told) => self.acknowledge(nth, told),
            Line::Failed(_, why) => {
                self.tally.failed += 1;
                self.tally.contended += u64::from(why.contains("gave up after"));
            }
            Line::Commit(_) => self.committing += 1,
            Line::Committed(_) => {
                self.committing -= 1;
                self.commits += 1;
            }
            Line::CutOff => self.tally.cut_off += 1,
            Line::Placed(_) => self.tally.placings += 1,
            Line::Woken(orders) => self.woken += orders,
            // Whoever goes on with a run tells what all of it forgot.
            Line::Forgot(things) => self.forgot = self.forgot.max(things),
            Line::Warned(warnings) => self.warned += warnings,
            Line::Done => {}
        }
    }

    /// The first answer stands; whoever asks again gets the same.
    fn acknowledge(&mut self, nth: u64, told: Told) {
        if let Some(first) = self.told.get(&nth) {
            assert_eq!(first, &told, "ask {nth} was answered twice, and differently");
            self.tally.same_again += 1;
            return;
        }
        self.tally.issued += u64::from(!told.words.is_empty());
        self.tally.refused += u64::from(told.words.is_empty());
        self.told.insert(nth, told);
    }

    /// A life begins.
    pub fn begins(&mut self) {
        self.tally.lives += 1;
        (self.committing, self.commits, self.ready) = (0, 0, false);
    }

    /// A life was ended by force.
    pub fn ended(&mut self) {
        self.tally.ended_opening += u64::from(!self.ready);
        self.tally.ended_in_commit += u64::from(self.committing > 0);
        self.tally.in_flight += self.unanswered().count() as u64;
    }

    /// Asks that were sent and whose answer was not heard.
    pub fn unanswered(&self) -> impl Iterator<Item = u64> {
        self.asked.iter().copied().filter(|nth| !self.told.contains_key(nth))
    }

    /// The same with these answers: what was heard earlier, and must be there since.
    #[must_use]
    pub fn with_answers(&self, told: BTreeMap<u64, Told>) -> Self {
        Self { told, ..self.clone() }
    }

    /// The first ask that was never sent.
    pub fn next(&self) -> u64 {
        self.asked.last().map_or(0, |last| last + 1)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} lives, {} ended while opening, {} in a commit; {} asks in flight, {} of them done and untold; \
             {} issued, {} refused, {} the same again; {} errors, {} of them contended; {} commits cut off; \
             {} placings",
            self.lives,
            self.ended_opening,
            self.ended_in_commit,
            self.in_flight,
            self.kept_untold,
            self.issued,
            self.refused,
            self.same_again,
            self.failed,
            self.contended,
            self.cut_off,
            self.placings,
        )
    }
}
