//! From when on the watch warns, and what the desk then does by itself: what an operator configures.

/// When the watch warns, and when the desk drops accesses whose instances are no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WatchRule {
    /// Rounds that must agree before something that was seen outside counts.
    pub rounds: u32,
    /// Hours that lie at least between the first and the last of them.
    pub hours: u32,
    /// Days after which somebody is told again of what was not mended.
    pub again_days: i32,
    /// Days that a website may be hosted nowhere before that is a warning.
    pub nowhere_days: i32,
    /// Days after the end of an instance in which the desk leaves its accesses as they are; `None`: for ever.
    pub drop_days: Option<i32>,
}

impl Default for WatchRule {
    fn default() -> Self {
        // The bureaus speak of 空壳 after one to three months; we warn before the first of them acts.
        Self { rounds: 3, hours: 24, again_days: 7, nowhere_days: 30, drop_days: Some(30) }
    }
}
