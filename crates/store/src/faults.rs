//! A hook for tests: what happens around the n-th commit.

use std::{fmt, sync::Arc};

/// Where a commit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// The transaction is complete and not yet committed.
    Before,
    /// It is durable, and nobody has been answered.
    After,
}

/// What a test makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing happens.
    Proceed,
    /// The commit fails, as on a full disk; only before it.
    Fail,
    /// The process ends at once, as if its power were cut.
    Crash,
}

/// Asked at every commit: which one it is, from 1, and where it is.
#[derive(Clone, Default)]
pub struct CommitHook(Option<Arc<dyn Fn(u64, Point) -> Fate + Send + Sync>>);

impl CommitHook {
    /// A hook that asks `decide`.
    pub fn new(decide: impl Fn(u64, Point) -> Fate + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(decide)))
    }

    /// Whether the commit should fail. Does not return when the process should end.
    pub(crate) fn fails(&self, nth: u64, point: Point) -> bool {
        match self.0.as_ref().map_or(Fate::Proceed, |decide| decide(nth, point)) {
            Fate::Proceed => false,
            Fate::Fail => point == Point::Before,
            Fate::Crash => std::process::abort(),
        }
    }
}

impl fmt::Debug for CommitHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "CommitHook(set)" } else { "CommitHook(none)" })
    }
}
