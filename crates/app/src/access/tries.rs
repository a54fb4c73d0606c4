//! Tries: whoever fails is slowed down, in every process alike. Nobody is ever locked out: a limit is told by who tries *and*
//! from where, so that it stands in nobody else's way.

use crate::{failure::DeskError, ground::Secrets};
use jiff::{SignedDuration, Timestamp};
use std::net::{IpAddr, Ipv6Addr};
use store::{StoreError, Tx, tries};

/// How tries are slowed down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slowing {
    /// How many may fail before any has to wait.
    pub free: u32,
}

impl Slowing {
    /// The first wait.
    pub const FIRST: SignedDuration = SignedDuration::from_secs(1);
    /// The longest wait: some hundred tries a day, and nobody who remembers his password after all gives up.
    pub const LONGEST: SignedDuration = SignedDuration::from_mins(15);
    /// A count ends so long after its first failure, whatever follows: a busy office does not gather mistakes for ever.
    pub const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);

    /// How long the next try has to wait after so many failures, the last of them at `last`; `None` when it may be made now.
    /// Each wait is twice the one before.
    pub fn after(self, failures: i64, last: Timestamp, now: Timestamp) -> Option<SignedDuration> {
        let since = now.duration_since(last);
        let over = failures.saturating_sub(i64::from(self.free)).max(0);
        let over = u32::try_from(over).unwrap_or(u32::MAX);
        if over == 0 {
            return None;
        }
        let factor = 1_i32.checked_shl(over - 1).filter(|factor| *factor > 0).unwrap_or(i32::MAX);
        let wait = Self::FIRST.checked_mul(factor).map_or(Self::LONGEST, |wait| wait.min(Self::LONGEST));
        let left = wait.saturating_sub(since).min(Self::LONGEST);
        left.is_positive().then_some(left)
    }
}

/// One limit on tries: what they are for, who tries, and how he is slowed down.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    scope: &'static str,
    subject: [u8; 32],
    slowing: Slowing,
}

impl Limit {
    /// On what `scope` names, by whomever `parts` name together. They are kept as a keyed hash only: an address is nobody's
    /// business, and a guess at it cannot be tested without the key. A new key forgets them.
    pub(crate) fn on(scope: &'static str, parts: &[&[u8]], slowing: Slowing, secrets: &Secrets) -> Self {
        let mut whole = Vec::new();
        for part in parts {
            whole.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            whole.extend_from_slice(part);
        }
        Self { scope, subject: secrets.tries_subject(&whole), slowing }
    }
}

/// An address as limits tell it apart: a network of IPv6 that one customer of a provider has, whole.
pub(crate) fn address_part(address: Option<IpAddr>) -> Vec<u8> {
    /// Bits of the network that one line is given.
    const NETWORK: u128 = !0 << 64;
    match address.map(|address| address.to_canonical()) {
        None => Vec::new(),
        Some(IpAddr::V4(address)) => address.octets().to_vec(),
        Some(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() & NETWORK).octets().to_vec(),
    }
}

/// Whether a try may be made now; else how long the next has to wait, by the strictest limit.
pub(crate) async fn may(
    tx: &mut Tx<'_>,
    limits: &[Limit],
    now: Timestamp,
) -> Result<Option<SignedDuration>, DeskError> {
    let mut longest = None;
    for Limit { scope, subject, slowing } in limits {
        let found = tries::find(tx, scope, subject).await?;
        let Some(found) = found.filter(|found| found.first_at > counted_from(now)) else { continue };
        let last = Timestamp::from_microsecond(found.last_at).unwrap_or(Timestamp::MIN);
        longest = longest.max(slowing.after(found.failures, last, now));
    }
    Ok(longest)
}

/// A count that began then or before is over at `now`.
fn counted_from(now: Timestamp) -> i64 {
    now.as_microsecond().saturating_sub(micros(Slowing::FORGOTTEN))
}

/// Counts a try that failed. Where finding out takes long it is counted before and taken back by [`succeeded`], so that many
/// at once do not all pass for the first.
pub(crate) async fn failed(tx: &mut Tx<'_>, limits: &[Limit], now: Timestamp) -> Result<(), StoreError> {
    let since = counted_from(now);
    for Limit { scope, subject, .. } in limits {
        tries::failed(tx, scope, subject, now.as_microsecond(), since).await?;
    }
    Ok(())
}

/// Takes back what [`failed`] counted beforehand. Under the first limit, the narrowest, all is forgiven; under the others, which
/// somebody else may have earned, only this one try.
pub(crate) async fn succeeded(tx: &mut Tx<'_>, limits: &[Limit]) -> Result<(), StoreError> {
    for (at, Limit { scope, subject, .. }) in limits.iter().enumerate() {
        if at == 0 {
            tries::clear(tx, scope, subject).await?;
        } else {
            tries::give_back(tx, scope, subject).await?;
        }
    }
    Ok(())
}

/// Takes back what [`failed`] counted beforehand for a try that came to nothing: it was neither right nor wrong.
pub(crate) async fn undecided(tx: &mut Tx<'_>, limits: &[Limit]) -> Result<(), StoreError> {
    for Limit { scope, subject, .. } in limits {
        tries::give_back(tx, scope, subject).await?;
    }
    Ok(())
}

pub(super) fn micros(time: SignedDuration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOWING: Slowing = Slowing { free: 3 };

    fn waits(failures: i64, since: i64) -> Option<i64> {
        let last = Timestamp::from_second(1_600_000_000).unwrap();
        let now = last.checked_add(SignedDuration::from_secs(since)).unwrap();
        SLOWING.after(failures, last, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn waits_double_from_a_second_to_a_quarter_of_an_hour() {
        let at_once: Vec<_> = (0..=8).map(|failures| waits(failures, 0)).collect();
        assert_eq!(at_once, [None, None, None, None, Some(1), Some(2), Some(4), Some(8), Some(16)]);
        assert_eq!((waits(13, 0), waits(14, 0), waits(i64::MAX, 0)), (Some(512), Some(900), Some(900)));
        assert_eq!((waits(34, 0), waits(35, 0), waits(36, 0)), (Some(900), Some(900), Some(900)));
        assert_eq!((waits(8, 15), waits(8, 16)), (Some(1), None));
        assert_eq!((waits(99, 899), waits(99, 900)), (Some(1), None));
    }

    #[test]
    fn a_clock_that_is_behind_makes_nobody_wait_longer_than_the_longest() {
        assert_eq!(waits(99, -120), Some(900));
    }

    #[test]
    fn the_addresses_of_one_line_are_one() {
        let part = |text: &str| address_part(Some(text.parse().unwrap()));
        assert_eq!(part("2001:db8:1:2::7"), part("2001:db8:1:2:ffff::8"));
        assert_ne!(part("2001:db8:1:2::7"), part("2001:db8:1:3::7"));
        assert_eq!(part("::ffff:203.0.113.7"), part("203.0.113.7"));
        assert_ne!(part("203.0.113.8"), part("203.0.113.7"));
    }
}
