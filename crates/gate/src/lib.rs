//! The gate (闸): may this name be served here now? For load balancers and edges that ask it of every new name, from an index in
//! memory that the desk signs and hands out. Pure: bytes come from a reader and go to a writer, the time of the question is handed in.
//!
//! - A [`Builder`] makes an [`Index`] of what is known: a [`Record`] for each registrable domain, and [`AddressRange`]s.
//! - [`Index::answer`] answers for one name, [`Index::answers`] for many at once. Names are compared in full.
//! - An index never changes. [`Index::changed`] makes another that shares its base; [`Index::compacted`] makes a new base.
//! - [`write_snapshot`] and [`read_snapshot`] carry a whole index, [`write_delta`] and [`read_delta`] what changed since a position.
//!   Both are signed; whoever holds the [`ledger::VerifyingKey`] needs to trust nothing between him and the desk.
//! - [`Trust`] says what becomes of an answer when the index is old.
//!
//! ```
//! use gate::{
//!     AddressRange, Builder, Change, Delta, Limits, Position, Record, Standing, Trust, WhenStale,
//!     read_delta, read_snapshot, write_delta, write_snapshot,
//! };
//! use jiff::{SignedDuration, Timestamp};
//! use ledger::Signer;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let active = Record { standing: Standing::Active, ..Record::default() };
//! let as_of: Timestamp = "2026-11-30T08:00:00Z".parse()?;
//!
//! let mut builder = Builder::new([7; 16], 2);
//! builder.put("example.com.cn", &active)?;
//! builder.put_range("10.0.0.0/8".parse::<AddressRange>()?, "our own")?;
//! let (before, after) = (Position { size: 41, last: 0x17 }, Position { size: 42, last: 0x18 });
//! let index = builder.finish(before, as_of)?;
//! assert_eq!(index.answer("www.Example.com.cn", as_of).why.word(), "filed");
//! assert_eq!(index.answer("10.1.2.3", as_of).why.word(), "address-range");
//! assert_eq!(index.answer("example.cn", as_of).why.word(), "not-filed");
//!
//! // The desk signs, an edge verifies.
//! let signer = Signer::from_seed("kebei.example/gate", &[7; 32])?;
//! let mut snapshot = Vec::new();
//! write_snapshot(&index, &signer, &mut snapshot)?;
//! let edge = read_snapshot(&mut snapshot.as_slice(), signer.verifying_key(), &Limits::default())?;
//!
//! // Later the blacklist grows.
//! let listed = Record { listed: true, ..active };
//! let changes = vec![Change::Domain { domain: "example.com.cn".into(), record: listed }];
//! let later = as_of + SignedDuration::from_secs(5);
//! let delta = Delta { from: before, to: after, as_of: later, changes };
//! let mut bytes = Vec::new();
//! write_delta(&delta, &signer, &mut bytes)?;
//! let edge = edge.applied(&read_delta(&mut bytes.as_slice(), signer.verifying_key(), &Limits::default())?)?;
//! assert_eq!(edge.answer("example.com.cn", later).why.word(), "listed");
//!
//! // Nothing was heard for an hour.
//! let trust = Trust { max_age: SignedDuration::from_mins(10), when_stale: WhenStale::Open };
//! let at = later + SignedDuration::from_hours(1);
//! assert_eq!(trust.weigh(edge.answer("example.cn", at), edge.as_of(), at).why.word(), "stale-open");
//! assert_eq!(trust.weigh(edge.answer("example.com.cn", at), edge.as_of(), at).why.word(), "listed");
//! # Ok(())
//! # }
//! ```
//!
//! # Bytes
//!
//! For readers in other languages. Numbers have their small end first; times are microseconds since 1970 as `i64`. A *short* is a byte
//! with a length and that many bytes. A *position* is how many entries the desk's ledger has as a `u64`, and the 16 bytes of the id of the
//! last, or zeros.
//!
//! Snapshots and deltas begin alike: a `u32` with the length of a note, the note, the body. The note is a C2SP checkpoint whose origin is
//! the name of the key (`host/gate`), whose size is that of the position, and whose root is the SHA-256 of the body. Its further lines are
//! `gate-snapshot 1` or `gate-delta 1` (the number is the version), `bytes N` (the length of the body) and `as-of TIME`, the last for
//! people.
//!
//! The body of a snapshot:
//!
//! | at | bytes | what |
//! | --- | --- | --- |
//! | 0 | 8 | `KBGATESN` |
//! | 8 | 4 | version, 1 |
//! | 12 | 4 | zero |
//! | 16 | 24 | position |
//! | 40 | 8 | as of |
//! | 48 | 16 | key of SipHash-1-3, under which domains are hashed |
//! | 64 | 8 | number of slots, S, of which four are a row |
//! | 72 | 8 | number of domains |
//! | 80 | 8 | length of the arena, A |
//! | 88 | 8 | length of the extras, E |
//! | 96 | E | extras |
//! | 96 + E | A | arena: names that do not fit into slots |
//! | 96 + E + A | 16 S | slots |
//!
//! Extras are, in this order: a `u32` with the number of suffixes (at most 255) and each as a short, numbered from 0; a `u32` with the
//! number of domains that have white-list windows, and for each the domain as a short and its *windows*; a `u32` with the number of
//! ranges, and for each the *range* and its reason as a short. *Windows* are a byte with their number (at most 64), and for each its first
//! instant (the least `i64` where there is none), the first instant after it (the greatest where there is none) and its reason as a
//! short. A *range* is a byte, 4 or 6, and its first and last address.
//!
//! A slot is vacant where all of it is zero, and else one domain:
//!
//! | at | bytes | in a slot | in a spilled slot |
//! | --- | --- | --- | --- |
//! | 0 | 1 | bit 7 set, bit 6 clear | bits 7 and 6 set |
//! | | | bits 0 and 1: 0 no website, 1 active, 2 access dropped, 3 cancelled; bit 2: blacklist; bit 3: has windows | the same |
//! | 1 | 1 | number of the suffix: what is behind the first dot of the domain | 255 |
//! | 2 | 14 | the label before it, then zeros | `u40` where in the arena the domain begins, a byte with its length, and its hash |
//!
//! A domain of hash H is looked for from the first slot of row ⌊H · ⌊S / 4⌋ / 2⁶⁴⌋ on, behind the last slot at the first, until it or a
//! vacant slot is found. One
//! whose label has at most 14 bytes and whose suffix has a number is never spilled. The same domains may lie in several orders.
//!
//! The body of a delta: `KBGATEDE`, the version and four zero bytes as above, the position before and that after it, as of, a `u64` with
//! the number of changes, and the changes. One is a byte and what that says: 1, all that is known of a domain: the domain as a short, a
//! byte with bits 0 to 2 as in a slot, its windows; 2, a range that is served, and its reason as a short; 3, a range that is not served
//! any longer; 4, and nothing behind it, no range that was said before is served any longer.

mod answer;
mod bytes;
mod delta;
mod index;
mod position;
mod range;
mod record;
mod signed;
mod slots;
mod snapshot;
mod table;

pub use answer::{Answer, Trust, WhenStale, Why};
pub use delta::{ApplyError, Delta, read_delta, write_delta};
pub use index::{Builder, Change, Index, MAX_DOMAINS};
pub use position::{NoPosition, Position};
pub use range::{AddressRange, MAX_RANGES, RangeError};
pub use record::{KeepError, MAX_REASON, MAX_WINDOWS, Record, Standing, Window};
pub use signed::{Limits, ReadError, VERSION, WriteError};
pub use snapshot::{read_snapshot, write_snapshot};
