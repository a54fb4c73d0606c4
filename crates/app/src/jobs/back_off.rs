//! When a job that failed is tried again.

use jiff::{SignedDuration, Timestamp};

/// The pause after the first failure: long enough for a restart on the other side. It doubles with each failure.
const FIRST: SignedDuration = SignedDuration::from_secs(10);
/// The longest pause: four tries a day reach whoever is back by then.
const LONGEST: SignedDuration = SignedDuration::from_hours(6);
/// Doublings after which the pause is the longest in any case; keeps the arithmetic in range.
const MOST_DOUBLINGS: i64 = 12;
/// How often a job is tried before it is given up: with the pauses between, for about two days, so that what is down over a
/// weekend is reached again.
pub const MOST_TRIES: i64 = 20;

/// When to try again what failed at `now` for the `tries`-th time; `None` when it is given up. Half of the pause is random,
/// `chance` of 2^32, so that what failed together is not tried together.
pub(crate) fn again_at(now: Timestamp, tries: i64, chance: u32) -> Option<Timestamp> {
    if tries >= MOST_TRIES {
        return None;
    }
    let doublings = tries.saturating_sub(1).clamp(0, MOST_DOUBLINGS);
    let whole = FIRST.as_micros().saturating_mul(1 << doublings).min(LONGEST.as_micros());
    let half = whole / 2;
    let pause = half + ((half * i128::from(chance)) >> u32::BITS);
    let pause = SignedDuration::from_micros(i64::try_from(pause).unwrap_or(i64::MAX));
    Some(now.saturating_add(pause).unwrap_or(Timestamp::MAX))
}
