//! How many connections each address has.

use crate::address::holder;
use outbound::Network;
use std::{
    collections::HashMap,
    net::IpAddr,
    num::NonZero,
    sync::{Arc, Mutex, PoisonError},
};

/// The connections that each address has. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Seats {
    /// How many an address may have; `None`: as many as it likes.
    most: Option<NonZero<u32>>,
    /// Proxies, which are one address for all behind them.
    exempt: Arc<[Network]>,
    taken: Arc<Mutex<HashMap<IpAddr, u32>>>,
}

/// One connection of an address, until it is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    /// Whom to give it back to, where it was counted.
    of: Option<(Seats, IpAddr)>,
}

impl Seats {
    /// So many for each address, except where one of the networks has it.
    pub(super) fn new(most: Option<NonZero<u32>>, exempt: &[Network]) -> Self {
        Self { most, exempt: exempt.into(), taken: Arc::default() }
    }

    /// One more connection of that address; `None` where it has as many as it may.
    pub(super) fn take(&self, address: IpAddr) -> Option<Seat> {
        let Some(most) = self.most else { return Some(Seat { of: None }) };
        if self.exempt.iter().any(|network| network.contains(address)) {
            return Some(Seat { of: None });
        }
        let holder = holder(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let has = taken.get(&holder).copied().unwrap_or(0);
        let room = has < most.get();
        if room {
            taken.insert(holder, has.saturating_add(1));
        }
        room.then(|| Seat { of: Some((self.clone(), holder)) })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some((Seats { taken, .. }, holder)) = &self.of else { return };
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        let left = taken.remove(holder).unwrap_or(0).saturating_sub(1);
        if left > 0 {
            taken.insert(*holder, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seats(exempt: &[&str]) -> Seats {
        let exempt: Vec<Network> = exempt.iter().map(|text| text.parse().unwrap()).collect();
        Seats::new(NonZero::new(2), &exempt)
    }

    fn take(seats: &Seats, address: &str) -> Option<Seat> {
        seats.take(address.parse().unwrap())
    }

    #[test]
    fn an_address_has_so_many_and_one_more_when_one_ends() {
        let seats = seats(&[]);
        let first = take(&seats, "203.0.113.1").unwrap();
        let second = take(&seats, "::ffff:203.0.113.1").unwrap();
        assert!(take(&seats, "203.0.113.1").is_none() && take(&seats, "203.0.113.2").is_some());
        drop(first);
        let third = take(&seats, "203.0.113.1");
        assert!(third.is_some() && take(&seats, "203.0.113.1").is_none());
        drop((second, third));
        assert!(seats.taken.lock().unwrap().is_empty(), "nothing is remembered of who is gone");
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let seats = seats(&[]);
        let _held = ["2001:db8::1", "2001:db8::2"].map(|address| take(&seats, address).unwrap());
        assert!(take(&seats, "2001:db8::3").is_none() && take(&seats, "2001:db8:0:1::3").is_some());
    }

    #[test]
    fn proxies_that_are_trusted_have_as_many_as_they_need() {
        let seats = seats(&["10.0.0.0/8"]);
        let held: Vec<_> = (0..9).filter_map(|_| take(&seats, "10.1.2.3")).collect();
        assert_eq!(held.len(), 9);
    }

    #[test]
    fn without_a_bound_nothing_is_counted() {
        let seats = Seats::new(None, &[]);
        let held: Vec<_> = (0..9).filter_map(|_| take(&seats, "203.0.113.1")).collect();
        assert_eq!(held.len(), 9);
    }
}
