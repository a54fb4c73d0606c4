//! The desk: an open database with its keys and its rulebook in memory.

use crate::{
    chance::Chance,
    clock::Clock,
    failure::{DeskError, Failed},
    ground::{Ground, ReadGround},
};
use jiff::Timestamp;
use keys::MasterKey;
use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
};
use store::{Store, Unit};

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
}

/// A desk that is open. Clones share it; any number of processes may have the same one open on PostgreSQL.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

struct Inner {
    store: Store,
    surroundings: Surroundings,
    ground: RwLock<Arc<Ground>>,
    /// Held by whoever reads the ground anew.
    following: tokio::sync::Mutex<()>,
}

impl Desk {
    /// Opens the desk that was set up in `store`.
    pub async fn open(store: Store, surroundings: Surroundings) -> Result<Self, DeskError> {
        let ground = RwLock::new(Arc::new(ground(&store, &surroundings).await?));
        Ok(Self(Arc::new(Inner { store, surroundings, ground, following: tokio::sync::Mutex::default() })))
    }

    /// The present moment, by the desk's clock.
    pub fn now(&self) -> Timestamp {
        self.0.surroundings.clock.now()
    }

    pub(crate) fn chance(&self) -> &Chance {
        &self.0.surroundings.chance
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
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
        for _ in 0..TRIES {
            match self.store().write(make(self.ground())?).await {
                Err(Failed::Moved) => self.follow().await?,
                answer => return answer.map_err(Failed::told),
            }
        }
        Err(DeskError::Unsettled(TRIES).into())
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
        for _ in 0..TRIES {
            match self.store().read(make(self.ground())?).await {
                Err(Failed::Moved) => self.follow().await?,
                answer => return answer.map_err(Failed::told),
            }
        }
        Err(DeskError::Unsettled(TRIES).into())
    }

    pub(crate) fn ground(&self) -> Arc<Ground> {
        Arc::clone(&self.0.ground.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the ground anew, unless somebody else did meanwhile.
    async fn follow(&self) -> Result<(), DeskError> {
        let held = self.ground().generation;
        let _one_at_a_time = self.0.following.lock().await;
        if self.ground().generation == held {
            let found = Arc::new(ground(self.store(), &self.0.surroundings).await?);
            *self.0.ground.write().unwrap_or_else(PoisonError::into_inner) = found;
        }
        Ok(())
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Desk(generation {})", self.ground().generation)
    }
}

async fn ground(store: &Store, surroundings: &Surroundings) -> Result<Ground, DeskError> {
    store.read(ReadGround { master: surroundings.master.clone() }).await.map_err(Failed::told)
}
