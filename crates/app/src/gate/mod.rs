//! The gate (闸): may this name be served here now? An index in memory answers, which a worker keeps in step with the registry, the white
//! list, the ranges of addresses and the blacklist.
//!
//! Whatever changes one of them notes which domain it was, in its own transaction (`store::gate_changes`). [`Follower`] reads these notes
//! by the places of their entries in the ledger, so that none is missed, and those without a place yet besides, so that none is late.

mod accessors;
mod follow;
mod handed;
mod kept;
mod known;
mod lists;
mod load;
mod places;
mod ranges;
mod reason;
mod upkeep;
mod whose;
mod windows;

pub use accessors::{
    AccessorFault, AccessorNames, ListAccessorNames, MOST_NAMES, MOST_OF_ONE, ManageAccessorName,
};
pub use follow::Follower;
pub use gate::{
    AddressRange, Answer, Delta, Index, MAX_RANGES, MAX_WINDOWS, Position, RangeError, Trust, WhenStale, Why,
};
pub use handed::{DeltaFault, SnapshotBytes};
pub use kept::{Folder, SnapshotFault};
pub use lists::{
    ListedRange, ListedWindow, MOST_GATE_LISTED, RangePage, WindowLine, WindowPage, WindowStands,
};
pub use ranges::{AddRange, RangeFault, RangeKept, RemoveRange};
pub use reason::{LONGEST_REASON, is_reason};
pub use whose::{LONGEST_CALLER, is_caller};
pub use windows::{
    AddWindow, EndWindow, Ended, MOST_AT_ONCE, MOST_ENDED, WindowFault, WindowKept, WindowsEnded,
};

pub use store::{GateRangeId, GateWindowId};

use crate::{
    Desk,
    failure::{Damage, DeskError},
};
use handed::Copies;
use jiff::{SignedDuration, Timestamp};
use ledger::{Signer, VerifyingKey};
use std::{
    path::PathBuf,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

/// What the name of the ledger's key is followed by where it signs for the gate.
const SIGNED_AS: &str = "gate";

/// What may be served, as this process knows it.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    held: RwLock<Option<Arc<Standing>>>,
    /// Snapshots that are being handed out.
    copies: Copies,
    /// Where snapshots lie, and how old what is known may be.
    set: OnceLock<Setting>,
}

#[derive(Clone, Debug)]
struct Setting {
    folder: Option<PathBuf>,
    trust: Trust,
}

/// What may be served, as it was known at one moment. It never changes: another takes its place.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The index.
    index: Index,
    /// What changed by entries that have no place yet: what is known of it is in the index, and its place is not.
    /// `None` until it was followed once: nobody knows.
    unplaced: Option<Vec<Option<String>>>,
    trust: Trust,
}

/// How old what is known may be where nobody says otherwise, and what is answered beyond it: what nobody has looked at for a day
/// is not vouched for.
pub const USUAL_TRUST: Trust =
    Trust { max_age: SignedDuration::from_hours(24), when_stale: WhenStale::Closed };

impl Standing {
    /// May that name be served at `at`? What is too old is weighed as the operator chose.
    pub fn answer(&self, name: &str, at: Timestamp) -> Answer<'_> {
        self.trust.weigh(self.index.answer(name, at), self.index.as_of(), at)
    }

    /// The same for many names, in their order.
    pub fn answers(&self, names: &[&str], at: Timestamp) -> Vec<Answer<'_>> {
        let mut all = Vec::with_capacity(names.len());
        self.index.answers(names, at, &mut all);
        all.into_iter().map(|answer| self.trust.weigh(answer, self.index.as_of(), at)).collect()
    }

    /// The place in the ledger up to which everything is in it.
    pub const fn position(&self) -> Position {
        self.index.position()
    }

    /// When it was right.
    pub const fn as_of(&self) -> Timestamp {
        self.index.as_of()
    }

    /// For how many domains something is known, those that were forgotten lately among them.
    pub fn domains(&self) -> usize {
        self.index.based().saturating_add(self.index.overlaid())
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.index.bytes()
    }
}

impl Desk {
    /// The same desk, whose gate keeps its snapshots in `folder`, where that is given, and is trusted so far. Said once for a process,
    /// before it serves; what is said later does not count.
    #[must_use]
    pub fn with_gate(self, folder: Option<PathBuf>, trust: Trust) -> Self {
        let _first = self.gate().set.set(Setting { folder, trust });
        self
    }

    /// What may be served, as this process knows it; `None` until it has read all of it.
    pub fn gate_standing(&self) -> Option<Arc<Standing>> {
        self.gate().held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How old what is known at the gate may be, and what is answered beyond it.
    pub fn gate_trust(&self) -> Trust {
        self.gate_setting().trust
    }

    /// The key by which snapshots and deltas of the gate are verified.
    pub fn gate_key(&self) -> Result<VerifyingKey, DeskError> {
        self.gate_signer().map(|signer| signer.verifying_key().clone())
    }

    fn gate_signer(&self) -> Result<Signer, DeskError> {
        let signer = &self.ground().signer;
        let name = format!("{}/{SIGNED_AS}", signer.verifying_key().name());
        Ok(signer.named(&name).map_err(|error| Damage::Ledger { fault: error.to_string() })?)
    }

    fn gate_setting(&self) -> Setting {
        self.gate().set.get().cloned().unwrap_or(Setting { folder: None, trust: USUAL_TRUST })
    }

    fn hold_at_the_gate(&self, index: Index, unplaced: Option<Vec<Option<String>>>) {
        let standing = Standing { index, unplaced, trust: self.gate_setting().trust };
        *self.gate().held.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(standing));
    }

    /// Holds the same as before on a base that was made beside it.
    fn rebase_the_gate(&self, compacted: &Index) {
        // Nobody but the follower holds anything, one after the other.
        if let Some(before) = self.gate_standing() {
            self.hold_at_the_gate(before.index.rebased(compacted), before.unplaced.clone());
        }
    }
}
