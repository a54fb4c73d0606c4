//! The desk: an open database with its keys and its rulebook in memory.

use crate::{
    access::{Good, KnownKeys, Passwords, SecondFactorRule, Waiting},
    chance::Chance,
    clock::Clock,
    failure::{DeskError, Failed},
    gate::Gate,
    ground::{Ground, Published, ReadGround, published},
    ledger::{Conflict, Outside},
    orders::attachments::Pictures,
    verification::HostPanel,
};
use filing::registry::WatchRule;
use jiff::Timestamp;
use keys::MasterKey;
use rulebook::Edition;
use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
};
use store::{Store, Tx, Unit};

/// How often a unit is made again because keys or rulebook changed while it was made.
const TRIES: u32 = 8;

/// What the desk is handed: nothing of it is read from the environment.
pub struct Surroundings {
    /// Tells the time.
    pub clock: Box<dyn Clock>,
    /// Gives randomness.
    pub chance: Chance,
    /// Unwraps the keys of the database.
    pub master: MasterKey,
    /// Where the newest checkpoint of the ledger is kept outside the database, so that an older copy of it and a rewritten
    /// one are seen. `None` only where nothing depends on that: this process then writes whatever database it is given.
    pub outside: Option<Outside>,
}

/// A desk that is open. Clones share it; any number of processes may have the same one open on PostgreSQL.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
    /// Whose key was recognised from memory, for what is asked at a [`Counter`](crate::access::Counter).
    asks: Option<Arc<Good>>,
    /// From when on its watch warns.
    watch: WatchRule,
    /// Who must have a second factor.
    second_factor: SecondFactorRule,
}

struct Inner {
    store: Store,
    surroundings: Surroundings,
    ground: RwLock<Arc<Ground>>,
    /// Held by whoever reads the ground anew.
    following: tokio::sync::Mutex<()>,
    /// Why nothing is written, if so: what the last comparison with the checkpoint outside found.
    conflict: RwLock<Option<Conflict>>,
    passwords: Passwords,
    pictures: Pictures,
    waiting_uses: Waiting,
    remembered: KnownKeys,
    /// What may be served, where this process keeps in step with it.
    gate: Gate,
    /// Knows the passwords of hosts, where the provider has such a panel.
    panel: Option<Arc<dyn HostPanel>>,
}

impl Desk {
    /// Opens the desk that was set up in `store`. One whose database is not what its checkpoint outside tells of opens
    /// read-only.
    pub async fn open(store: Store, surroundings: Surroundings) -> Result<Self, DeskError> {
        Self::open_with_panel(store, surroundings, None).await
    }

    /// The same, with the provider's panel to ask for the logins of hosts instead of those that were imported.
    pub async fn open_with_panel(
        store: Store,
        surroundings: Surroundings,
        panel: Option<Arc<dyn HostPanel>>,
    ) -> Result<Self, DeskError> {
        let ground = RwLock::new(Arc::new(ground(&store, &surroundings, None).await?));
        let inner = Inner {
            store,
            surroundings,
            ground,
            following: tokio::sync::Mutex::default(),
            conflict: RwLock::new(None),
            passwords: Passwords::default(),
            pictures: Pictures::default(),
            waiting_uses: Waiting::default(),
            remembered: KnownKeys::default(),
            gate: Gate::default(),
            panel,
        };
        let desk = Self {
            inner: Arc::new(inner),
            asks: None,
            watch: WatchRule::default(),
            second_factor: SecondFactorRule::default(),
        };
        desk.compare_with_outside().await?;
        Ok(desk)
    }

    /// The present moment, by the desk's clock.
    pub fn now(&self) -> Timestamp {
        self.inner.surroundings.clock.now()
    }

    /// The edition of the rules in force now; `None` before the first one.
    pub fn edition_in_force(&self) -> Option<Arc<Edition>> {
        self.ground().rulebook.in_force(self.now()).ok().cloned()
    }

    /// So many random bytes, which nobody can guess.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        self.chance().draw().bytes()
    }

    pub(crate) fn chance(&self) -> &Chance {
        &self.inner.surroundings.chance
    }

    pub(crate) fn master(&self) -> &MasterKey {
        &self.inner.surroundings.master
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn panel(&self) -> Option<&Arc<dyn HostPanel>> {
        self.inner.panel.as_ref()
    }

    pub(crate) fn outside(&self) -> Option<&Outside> {
        self.inner.surroundings.outside.as_ref()
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.inner.passwords
    }

    pub(crate) fn pictures(&self) -> &Pictures {
        &self.inner.pictures
    }

    pub(crate) fn waiting_uses(&self) -> &Waiting {
        &self.inner.waiting_uses
    }

    pub(crate) fn gate(&self) -> &Gate {
        &self.inner.gate
    }

    pub(crate) fn remembered(&self) -> &KnownKeys {
        &self.inner.remembered
    }

    /// The key with which something is asked here, where it was recognised from memory.
    pub(crate) fn asks(&self) -> Option<&Good> {
        self.asks.as_deref()
    }

    /// The same desk, for what is asked with a key that was recognised from memory.
    pub(crate) fn asked_by(&self, asks: Arc<Good>) -> Self {
        Self { asks: Some(asks), ..self.clone() }
    }

    /// The same desk, whose watch warns by that rule.
    #[must_use]
    pub fn watching_by(self, watch: WatchRule) -> Self {
        Self { watch, ..self }
    }

    /// From when on the watch warns, and when it drops accesses.
    pub const fn watch_rule(&self) -> WatchRule {
        self.watch
    }

    /// The same desk, which asks a second factor by that rule.
    #[must_use]
    pub fn asking_second_factor_by(self, second_factor: SecondFactorRule) -> Self {
        Self { second_factor, ..self }
    }

    /// Who must have a second factor.
    pub const fn second_factor_rule(&self) -> SecondFactorRule {
        self.second_factor
    }

    /// How many passwords this process hashed, for whoever measures its work.
    pub fn passwords_hashed(&self) -> u64 {
        self.passwords().done()
    }

    /// Why the desk is read-only, if it is.
    pub fn conflict(&self) -> Option<Conflict> {
        self.inner.conflict.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Makes the desk read-only, or lets it write again.
    pub(crate) fn set_conflict(&self, found: Option<Conflict>) {
        let mut held = self.inner.conflict.write().unwrap_or_else(PoisonError::into_inner);
        match (&*held, &found) {
            (before, Some(conflict)) if before.as_ref() != Some(conflict) => {
                tracing::error!(event = "desk.read_only", %conflict);
            }
            (Some(_), None) => tracing::info!(event = "desk.writable"),
            _ => {}
        }
        *held = found;
    }

    /// Writes the unit that `make` makes on the present ground. It is made again when the ground has moved meanwhile.
    pub(crate) async fn write<U, E>(
        &self,
        make: impl Fn(Arc<Ground>) -> Result<U, DeskError>,
    ) -> Result<U::Output, E>
    where
        U: Unit<Error = Failed<E>>,
        E: From<DeskError> + Send + 'static,
    {
        if let Some(conflict) = self.conflict() {
            return Err(DeskError::ReadOnly(conflict).into());
        }
        self.write_even_read_only(make).await
    }

    /// The same in a read-only desk, for what ends that state.
    pub(crate) async fn write_even_read_only<U, E>(
        &self,
        make: impl Fn(Arc<Ground>) -> Result<U, DeskError>,
    ) -> Result<U::Output, E>
    where
        U: Unit<Error = Failed<E>>,
        E: From<DeskError> + Send + 'static,
    {
        let make = &make;
        self.on_ground(|ground| async move { self.store().write(make(ground)?).await }).await
    }

    /// The same for a unit that only reads.
    pub(crate) async fn read<U, E>(
        &self,
        make: impl Fn(Arc<Ground>) -> Result<U, DeskError>,
    ) -> Result<U::Output, E>
    where
        U: Unit<Error = Failed<E>>,
        E: From<DeskError> + Send + 'static,
    {
        let make = &make;
        self.on_ground(|ground| async move { self.store().read(make(ground)?).await }).await
    }

    /// Reads, and writes the unit that `make` makes of what was read, both on the same ground; all of it again when that has
    /// moved meanwhile. `None` where there is nothing to write.
    pub(crate) async fn read_then_write<R, U, E>(
        &self,
        read: impl Fn(Arc<Ground>) -> R,
        make: impl Fn(Arc<Ground>, R::Output) -> Result<Option<U>, E>,
    ) -> Result<Option<U::Output>, E>
    where
        R: Unit<Error = Failed<E>>,
        U: Unit<Error = Failed<E>>,
        E: From<DeskError> + Send + 'static,
    {
        let (read, make) = (&read, &make);
        self.on_ground(|ground| async move {
            let found = self.store().read(read(Arc::clone(&ground))).await?;
            match make(ground, found).map_err(Failed::Because)? {
                Some(unit) => Ok(Some(self.store().write(unit).await?)),
                None => Ok(None),
            }
        })
        .await
    }

    /// Tries on the present ground, and again on the next one as often as it has moved meanwhile.
    async fn on_ground<T, E, F>(&self, attempt: impl Fn(Arc<Ground>) -> F) -> Result<T, E>
    where
        F: Future<Output = Result<T, Failed<E>>>,
        E: From<DeskError>,
    {
        for _ in 0..TRIES {
            let ground = self.ground();
            if let Some(asks) = &self.asks {
                // It is rare, and every use case would carry it with it.
                Box::pin(self.still_who(asks, &ground)).await?;
            }
            match attempt(ground).await {
                Err(Failed::Moved) => self.follow().await?,
                answer => return answer.map_err(Failed::told),
            }
        }
        Err(DeskError::Unsettled(TRIES).into())
    }

    pub(crate) fn ground(&self) -> Arc<Ground> {
        Arc::clone(&self.inner.ground.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the ground anew, unless somebody else did meanwhile.
    pub(crate) async fn follow(&self) -> Result<(), DeskError> {
        let held = self.ground();
        let _one_at_a_time = self.inner.following.lock().await;
        if self.ground().generation == held.generation {
            let known = Some(Arc::clone(&held.rulebook));
            let found = Arc::new(ground(self.store(), &self.inner.surroundings, known).await?);
            *self.inner.ground.write().unwrap_or_else(PoisonError::into_inner) = found;
        }
        Ok(())
    }

    /// The rulebook by which this process decides at present.
    pub fn rulebook_in_force(&self) -> Arc<Published> {
        Arc::clone(&self.ground().rulebook)
    }

    /// The published rulebook with that digest, in force or not.
    pub async fn rulebook(&self, digest: [u8; 32]) -> Result<Arc<Published>, DeskError> {
        let in_force = &self.ground().rulebook;
        if *in_force.digest() == digest {
            return Ok(Arc::clone(in_force));
        }
        self.store().read(FindRulebook(digest)).await
    }
}

/// Reads one published rulebook.
struct FindRulebook([u8; 32]);

impl Unit for FindRulebook {
    type Output = Arc<Published>;
    type Error = DeskError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Arc<Published>, DeskError> {
        published(tx, &self.0).await
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Desk(generation {})", self.ground().generation)
    }
}

async fn ground(
    store: &Store,
    surroundings: &Surroundings,
    known: Option<Arc<Published>>,
) -> Result<Ground, DeskError> {
    store.read(ReadGround { master: surroundings.master.clone(), known }).await.map_err(Failed::told)
}
