//! The index: a base, what changed since, and ranges of addresses.

use crate::{
    answer::{Answer, Why},
    position::Position,
    range::{AddressRange, MAX_RANGES, Ranges, literal},
    record::{KeepError, Kept, Record, Standing, check_reason},
    table::{Flags, Layer, Sought, Suffixes},
};
use domains::Name;
use jiff::Timestamp;
use siphasher::sip::SipHasher13;
use std::{collections::BTreeMap, fmt, hint::black_box, net::IpAddr, sync::Arc};

/// Most domains of an index.
pub const MAX_DOMAINS: usize = 200_000_000;

/// Names whose looking up overlaps: enough to wait for memory once for all of them, few enough to stay in the nearest cache.
const TOGETHER: usize = 32;

/// Suffixes that have a number before any is met.
const USUAL: [&str; 12] =
    ["com", "cn", "com.cn", "net", "xn--fiqs8s", "org.cn", "net.cn", "org", "top", "xyz", "gov.cn", "edu.cn"];

/// What may be served, at one position of the desk's ledger. It never changes: [`Self::changed`] makes another, which shares what is
/// the same. Cloning is cheap.
#[derive(Clone)]
pub struct Index {
    pub(crate) base: Arc<Layer>,
    /// What is known of domains since the base was made, in its place; one of which nothing is known is forgotten.
    pub(crate) overlay: Arc<Layer>,
    pub(crate) suffixes: Arc<Suffixes>,
    pub(crate) ranges: Arc<Ranges>,
    pub(crate) key: [u8; 16],
    pub(crate) position: Position,
    pub(crate) as_of: Timestamp,
}

/// One thing that is known anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// All that is known of a domain now.
    Domain {
        /// The registrable domain, as ASCII in lower case.
        domain: String,
        /// All of it: what it does not say any longer is forgotten.
        record: Record,
    },
    /// A range of addresses is served, or is not any longer. Other ranges over the same addresses stay.
    Range {
        /// The range, by both its ends.
        range: AddressRange,
        /// Why it is served; `None` where it is not any longer.
        reason: Option<String>,
    },
    /// No range is served any longer: those that are said after it are all there are. For whoever knows that ranges changed, and not which.
    NoRanges,
}

/// Makes an index of entries in any order. It holds the finished table and no list of entries; a domain that comes again takes the place
/// of what was said of it before.
pub struct Builder {
    layer: Layer,
    suffixes: Suffixes,
    ranges: BTreeMap<AddressRange, Box<str>>,
    key: [u8; 16],
    silent: bool,
}

impl Builder {
    /// For about so many domains; more are taken as well, for up to three times the memory while the table grows. `key` is 16 random bytes
    /// under which names are hashed: they come from strangers, who must not know which of them meet.
    pub fn new(key: [u8; 16], expected: usize) -> Self {
        let mut suffixes = Suffixes::default();
        for suffix in USUAL {
            suffixes.add(suffix.as_bytes());
        }
        let layer = Layer::with_room(expected.min(MAX_DOMAINS));
        Self { layer, suffixes, ranges: BTreeMap::new(), key, silent: false }
    }

    /// Takes what is known of a registrable domain, given as ASCII in lower case.
    pub fn put(&mut self, domain: &str, record: &Record) -> Result<(), KeepError> {
        record.check(domain)?;
        if self.layer.entries() >= MAX_DOMAINS {
            return Err(KeepError::Domains);
        }
        let hasher = SipHasher13::new_with_key(&self.key);
        let sought = Sought::whole(domain.as_bytes(), hasher);
        if let Some((_, suffix)) = domain.split_once('.') {
            self.suffixes.add(suffix.as_bytes());
        }
        self.silent |= *record == Record::default();
        self.layer.put(&sought, record, (&self.suffixes, hasher));
        Ok(())
    }

    /// Takes a range of addresses that are served.
    pub fn put_range(&mut self, range: AddressRange, reason: &str) -> Result<(), KeepError> {
        keep_range(&mut self.ranges, range, Some(reason))
    }

    /// The index, right at `as_of` by all that the ledger has up to `position`.
    pub fn finish(self, position: Position, as_of: Timestamp) -> Result<Index, KeepError> {
        Position::default().leads_to(position)?;
        let Self { mut layer, suffixes, ranges, key, silent } = self;
        let hasher = SipHasher13::new_with_key(&key);
        if silent {
            layer = without_silent(&layer, &Layer::with_room(0), (&suffixes, hasher));
        }
        layer.shrink(&suffixes, hasher);
        Ok(Index {
            base: Arc::new(layer),
            overlay: Arc::new(Layer::with_room(0)),
            suffixes: Arc::new(suffixes),
            ranges: Arc::new(Ranges::new(ranges)),
            key,
            position,
            as_of: to_the_microsecond(as_of),
        })
    }
}

/// A name on its way to its answer.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all are domains, and an allocation each would cost more than the rest"
)]
enum Asked {
    Domain(Name, u64),
    Address(IpAddr),
    Nothing,
}

impl Asked {
    const fn hash(&self) -> Option<u64> {
        match self {
            Self::Domain(_, hash) => Some(*hash),
            Self::Address(_) | Self::Nothing => None,
        }
    }
}

impl Index {
    /// The position of the desk's ledger up to which it knows.
    pub const fn position(&self) -> Position {
        self.position
    }

    /// When it was right, to the microsecond.
    pub const fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// How many domains have changed since its base was made: each costs every [`Self::changed`] a little, and [`Self::compacted`] brings
    /// it to none.
    pub fn overlaid(&self) -> usize {
        self.overlay.entries()
    }

    /// How many domains its base has.
    pub fn based(&self) -> usize {
        self.base.entries()
    }

    /// How many bytes its tables take, white-list windows and ranges left out.
    pub fn bytes(&self) -> usize {
        self.base.bytes() + self.overlay.bytes()
    }

    /// Whether a name may be served at an instant. A name is that of a host as browsers send it, in any script, with or without a dot at
    /// its end and without a port; or an address, `1.2.3.4`, `[2001:db8::1]`. Whatever the age of the index: see [`crate::Trust`].
    pub fn answer(&self, name: &str, at: Timestamp) -> Answer<'_> {
        self.answer_asked(&self.asked(name), at.as_microsecond())
    }

    /// As [`Self::answer`] for each of many names, in their order, behind what `into` holds. Memory is waited for once for a batch of them,
    /// so this is the faster way where there are several.
    pub fn answers<'i>(&'i self, names: &[&str], at: Timestamp, into: &mut Vec<Answer<'i>>) {
        let at = at.as_microsecond();
        into.reserve(names.len());
        let mut together = Vec::with_capacity(TOGETHER);
        for names in names.chunks(TOGETHER) {
            together.clear();
            together.extend(names.iter().map(|name| self.asked(name)));
            let hashes = || together.iter().filter_map(Asked::hash);
            // What was looked at is not needed here: it is on its way now, and must not be seen to be of no use.
            black_box(hashes().fold(0, |all, hash| all ^ self.base.first_look(hash)));
            black_box(hashes().fold(0, |all, hash| all ^ self.base.second_look(hash)));
            into.extend(together.iter().map(|asked| self.answer_asked(asked, at)));
        }
    }

    /// All that is known of a registrable domain, given as ASCII in lower case.
    pub fn record(&self, domain: &str) -> Record {
        let sought = Sought::whole(domain.as_bytes(), self.hasher());
        let Some((flags, layer)) = self.known(&sought) else { return Record::default() };
        let windows = if flags.has_windows() { layer.windows_of(&sought) } else { &[] };
        Record {
            standing: flags.standing(),
            listed: flags.listed(),
            windows: windows.iter().map(Kept::window).collect(),
        }
    }

    /// The ranges of addresses that are served, each with its reason, in the order of their ends.
    pub fn ranges(&self) -> impl Iterator<Item = (AddressRange, &str)> {
        self.ranges.all().iter().map(|(range, reason)| (*range, reason.as_ref()))
    }

    /// The index after changes, of which the last of each thing counts, with a position that is not before its own. What is right as of
    /// a time before its own leaves that as it is.
    pub fn changed(
        &self,
        changes: &[Change],
        position: Position,
        as_of: Timestamp,
    ) -> Result<Self, KeepError> {
        self.position.leads_to(position)?;
        let mut next = Self { position, as_of: self.as_of.max(to_the_microsecond(as_of)), ..self.clone() };
        let mut ranges = None;
        let mut overlay = None;
        let known = (self.suffixes.as_ref(), self.hasher());
        for change in changes {
            match change {
                Change::Domain { domain, record } => {
                    record.check(domain)?;
                    let sought = Sought::whole(domain.as_bytes(), self.hasher());
                    overlay.get_or_insert_with(|| Layer::clone(&self.overlay)).put(&sought, record, known);
                }
                Change::Range { range, reason } => {
                    let ranges = ranges.get_or_insert_with(|| self.ranges.all().clone());
                    keep_range(ranges, *range, reason.as_deref())?;
                }
                Change::NoRanges => ranges = Some(BTreeMap::new()),
            }
        }
        if let Some(overlay) = overlay {
            if self.base.entries() + overlay.entries() > MAX_DOMAINS {
                return Err(KeepError::Domains);
            }
            next.overlay = Arc::new(overlay);
        }
        if let Some(ranges) = ranges {
            next.ranges = Arc::new(Ranges::new(ranges));
        }
        Ok(next)
    }

    /// The same index on the base of one that was compacted from an earlier state of it: whoever compacts beside what goes on loses nothing
    /// of that. Where the other is of no such state, the index stays as it is.
    #[must_use]
    pub fn rebased(&self, compacted: &Self) -> Self {
        if !Arc::ptr_eq(&self.suffixes, &compacted.suffixes) || compacted.overlay.entries() > 0 {
            return self.clone();
        }
        let known = (self.suffixes.as_ref(), self.hasher());
        let mut overlay = Layer::with_room(0);
        let is_new =
            |sought: &Sought<'_>, flags| !self.overlay.agrees((sought, flags), &compacted.base, known.0);
        overlay.take_all(&self.overlay, is_new, known);
        Self { base: Arc::clone(&compacted.base), overlay: Arc::new(overlay), ..self.clone() }
    }

    /// The same index with all of it in its base. It takes the time and the memory of a second base.
    #[must_use]
    pub fn compacted(&self) -> Self {
        if self.overlay.entries() == 0 {
            return self.clone();
        }
        let base = without_silent(&self.base, &self.overlay, (&self.suffixes, self.hasher()));
        Self { base: Arc::new(base), overlay: Arc::new(Layer::with_room(0)), ..self.clone() }
    }

    pub(crate) fn hasher(&self) -> SipHasher13 {
        SipHasher13::new_with_key(&self.key)
    }

    fn asked(&self, name: &str) -> Asked {
        if let Ok(name) = Name::read(name) {
            let hash = self.hasher().hash(name.registrable_bytes());
            return Asked::Domain(name, hash);
        }
        literal(name).map_or(Asked::Nothing, Asked::Address)
    }

    fn answer_asked(&self, asked: &Asked, at: i64) -> Answer<'_> {
        Answer::because(match asked {
            Asked::Domain(name, hash) => {
                self.why(&Sought::new(name.registrable_bytes(), name.suffix_bytes(), *hash), at)
            }
            Asked::Address(address) => match self.ranges.reason(*address) {
                Some(reason) => Why::AddressRange { reason },
                None => Why::NoDomain,
            },
            Asked::Nothing => Why::NoDomain,
        })
    }

    /// What is known of a domain, and in which layer.
    fn known(&self, sought: &Sought<'_>) -> Option<(Flags, &Layer)> {
        if self.overlay.entries() > 0
            && let Some(flags) = self.overlay.flags(sought, &self.suffixes)
        {
            return Some((flags, &self.overlay));
        }
        self.base.flags(sought, &self.suffixes).map(|flags| (flags, self.base.as_ref()))
    }

    fn why(&self, sought: &Sought<'_>, at: i64) -> Why<'_> {
        let Some((flags, layer)) = self.known(sought) else { return Why::NotFiled };
        let standing = flags.standing();
        if flags.listed() {
            return Why::Listed;
        }
        if standing == Standing::Active {
            return Why::Filed;
        }
        if flags.has_windows() {
            let holding = layer.windows_of(sought).iter().filter(|window| window.holds(at));
            if let Some(window) = holding.max_by_key(|window| window.until) {
                return Why::WhiteListed { until: window.until(), reason: &window.reason };
            }
        }
        match standing {
            Standing::AccessDropped => Why::NotHostedHere,
            Standing::Cancelled => Why::Cancelled,
            Standing::Active | Standing::None => Why::NotFiled,
        }
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index")
            .field("position", &self.position)
            .field("as_of", &self.as_of)
            .field("based", &self.based())
            .field("overlaid", &self.overlaid())
            .finish_non_exhaustive()
    }
}

/// One layer of two, without domains of which nothing is known.
fn without_silent(base: &Layer, overlay: &Layer, known: (&Suffixes, SipHasher13)) -> Layer {
    let mut all = Layer::with_room(base.entries() + overlay.entries());
    let stays =
        |sought: &Sought<'_>, flags: Flags| !flags.say_nothing() && overlay.flags(sought, known.0).is_none();
    all.take_all(base, stays, known);
    all.take_all(overlay, |_, flags| !flags.say_nothing(), known);
    all.shrink(known.0, known.1);
    all
}

fn keep_range(
    ranges: &mut BTreeMap<AddressRange, Box<str>>,
    range: AddressRange,
    reason: Option<&str>,
) -> Result<(), KeepError> {
    let Some(reason) = reason else {
        ranges.remove(&range);
        return Ok(());
    };
    check_reason(reason, &range)?;
    ranges.insert(range, reason.into());
    if ranges.len() > MAX_RANGES { Err(KeepError::Ranges) } else { Ok(()) }
}

/// A time as it is kept in snapshots.
fn to_the_microsecond(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}
