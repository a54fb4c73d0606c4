//! Ranges of addresses that are served, nested and overlapping as they may be.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

/// Most address ranges of an index.
pub const MAX_RANGES: usize = 1 << 16;

/// Addresses from one to another, both within it; IPv4 and IPv6 apart. Mapped addresses (`::ffff:1.2.3.4`) are those of IPv4 where both
/// ends are; a range of IPv6 that goes over them does not hold them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressRange {
    first: IpAddr,
    last: IpAddr,
}

/// Why a text or two addresses are no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum RangeError {
    /// None of `address`, `address/bits`, `address-address`.
    #[error("expected an address, `address/bits` or `address-address`")]
    Form,
    /// One end is of IPv4 and one of IPv6.
    #[error("the ends are of different families")]
    Families,
    /// The last address is before the first.
    #[error("the last address is before the first")]
    Order,
    /// The address has bits behind those that the prefix takes: mistyped, more often than not.
    #[error("the address has bits set behind its prefix")]
    HostBits,
}

impl AddressRange {
    /// The addresses from `first` to `last`, both within it.
    pub fn between(first: IpAddr, last: IpAddr) -> Result<Self, RangeError> {
        let (first, last) = match (first.to_canonical(), last.to_canonical()) {
            (IpAddr::V6(_), _) | (_, IpAddr::V6(_)) => (first, last),
            both => both,
        };
        match (first, last) {
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => Err(RangeError::Families),
            (first, last) if first > last => Err(RangeError::Order),
            (first, last) => Ok(Self { first, last }),
        }
    }

    /// The first address.
    pub const fn first(&self) -> IpAddr {
        self.first
    }

    /// The last address.
    pub const fn last(&self) -> IpAddr {
        self.last
    }

    /// How many bits all its addresses begin with, where they are all that do.
    fn bits(&self) -> Option<u32> {
        let (width, first, last) = match (self.first, self.last) {
            (IpAddr::V4(first), IpAddr::V4(last)) => {
                (32, u128::from(first.to_bits()), u128::from(last.to_bits()))
            }
            (IpAddr::V6(first), IpAddr::V6(last)) => (128, first.to_bits(), last.to_bits()),
            _ => return None,
        };
        let host = u128::BITS - (first ^ last).leading_zeros();
        let bits = width - host;
        (Self::prefix(self.first, bits).ok()? == *self).then_some(bits)
    }

    fn prefix(address: IpAddr, bits: u32) -> Result<Self, RangeError> {
        let ends = |width: u32, number: u128| {
            let host = width.checked_sub(bits).ok_or(RangeError::Form)?;
            let mask = 1_u128.checked_shl(host).map_or(u128::MAX, |above| above - 1);
            if number & mask == 0 { Ok(number | mask) } else { Err(RangeError::HostBits) }
        };
        let last = match address {
            IpAddr::V4(v4) => {
                let last = ends(32, u128::from(u32::from(v4)))?;
                IpAddr::V4(u32::try_from(last).map_err(|_| RangeError::Form)?.into())
            }
            IpAddr::V6(v6) => IpAddr::V6(ends(128, v6.into())?.into()),
        };
        Self::between(address, last)
    }
}

impl FromStr for AddressRange {
    type Err = RangeError;

    fn from_str(text: &str) -> Result<Self, RangeError> {
        let address = |text: &str| text.trim().parse::<IpAddr>().map_err(|_| RangeError::Form);
        if let Some((base, bits)) = text.split_once('/') {
            let digits = !bits.is_empty() && bits.bytes().all(|digit| digit.is_ascii_digit());
            let bits = bits.parse().ok().filter(|_| digits).ok_or(RangeError::Form)?;
            return Self::prefix(address(base)?, bits);
        }
        match text.split_once('-') {
            Some((first, last)) => Self::between(address(first)?, address(last)?),
            None => Self::between(address(text)?, address(text)?),
        }
    }
}

/// As it is read again: an address, a network where it is one, or its ends.
impl fmt::Display for AddressRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            return self.first.fmt(f);
        }
        match self.bits() {
            Some(bits) => write!(f, "{}/{bits}", self.first),
            None => write!(f, "{}-{}", self.first, self.last),
        }
    }
}

/// The address that a name is, mapped ones as those of IPv4; `None` where it is none.
pub(crate) fn literal(name: &str) -> Option<IpAddr> {
    let bare = name.strip_suffix('.').unwrap_or(name);
    match bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inner) => inner.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => bare.parse::<IpAddr>().ok(),
    }
    .map(|address| address.to_canonical())
}

/// Ranges with their reasons, and cut into stretches that do not overlap.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranges {
    reasons: BTreeMap<AddressRange, Box<str>>,
    v4: Stretches<u32>,
    v6: Stretches<u128>,
}

/// The beginnings of stretches in order, each with the narrowest range that holds there.
type Stretches<N> = Vec<(N, Option<AddressRange>)>;

impl Ranges {
    pub(crate) fn new(reasons: BTreeMap<AddressRange, Box<str>>) -> Self {
        let v4 = |address| match address {
            IpAddr::V4(v4) => Some(u32::from(v4)),
            IpAddr::V6(_) => None,
        };
        let v6 = |address| match address {
            IpAddr::V4(_) => None,
            IpAddr::V6(v6) => Some(u128::from(v6)),
        };
        Self {
            v4: stretches(&reasons, |range| Some((v4(range.first)?, v4(range.last)?)), |n| n.checked_add(1)),
            v6: stretches(&reasons, |range| Some((v6(range.first)?, v6(range.last)?)), |n| n.checked_add(1)),
            reasons,
        }
    }

    pub(crate) const fn all(&self) -> &BTreeMap<AddressRange, Box<str>> {
        &self.reasons
    }

    /// The reason of the narrowest range that holds an address.
    pub(crate) fn reason(&self, address: IpAddr) -> Option<&str> {
        let range = match address {
            IpAddr::V4(v4) => holding(&self.v4, Ipv4Addr::into(v4)),
            IpAddr::V6(v6) => holding(&self.v6, Ipv6Addr::into(v6)),
        };
        self.reasons.get(&range?).map(Box::as_ref)
    }
}

fn holding<N: Copy + Ord>(stretches: &Stretches<N>, address: N) -> Option<AddressRange> {
    let after = stretches.partition_point(|(first, _)| *first <= address);
    stretches.get(after.checked_sub(1)?)?.1
}

/// Cuts ranges at every end of one. At each cut the narrowest of those that are open holds until the next.
fn stretches<N: Copy + Ord + std::ops::Sub<Output = N>>(
    ranges: &BTreeMap<AddressRange, Box<str>>,
    ends: impl Fn(&AddressRange) -> Option<(N, N)>,
    after: impl Fn(N) -> Option<N>,
) -> Stretches<N> {
    let mut cuts: Vec<(N, bool, (N, AddressRange))> = Vec::new();
    for range in ranges.keys() {
        let Some((first, last)) = ends(range) else { continue };
        let ordered = (last - first, *range);
        cuts.push((first, true, ordered));
        if let Some(end) = after(last) {
            cuts.push((end, false, ordered));
        }
    }
    cuts.sort_unstable();
    let mut open = BTreeSet::new();
    let mut stretches: Stretches<N> = Vec::new();
    for (at, opens, range) in cuts {
        if opens {
            open.insert(range);
        } else {
            open.remove(&range);
        }
        let narrowest = open.first().map(|(_, range)| *range);
        match stretches.last_mut() {
            Some((first, holds)) if *first == at => *holds = narrowest,
            _ => stretches.push((at, narrowest)),
        }
    }
    stretches
}
