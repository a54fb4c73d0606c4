//! An instance is gone (已释放): its row stays, and its codes are expired until it is recorded again.

use super::record::{Recording, write_all};
use crate::{
    Desk,
    accounts::is_name,
    failure::{DeskError, Failed},
};
use jiff::Timestamp;
use store::{Tx, Unit, instances};

/// What it came to that an instance is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// It was there until now, and what was known of it is kept.
    Now,
    /// It was gone already, and nothing was written.
    Before,
}

/// Why it cannot be recorded, or told, of an instance.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    /// The desk never heard of it.
    #[error("there is no instance `{0}`")]
    Unknown(String),
    /// What can go wrong with any use case.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Desk {
    /// Records that an instance is gone. Recorded again later, it is back.
    pub async fn instance_gone(&self, name: &str) -> Result<Gone, InstanceError> {
        if !is_name(name) {
            return Err(InstanceError::Unknown(name.to_owned()));
        }
        let now = self.now();
        self.write(|_| Ok(Go { name: name.to_owned(), now })).await
    }
}

struct Go {
    name: String,
    now: Timestamp,
}

impl Unit for Go {
    type Output = Gone;
    type Error = Failed<InstanceError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Gone, Self::Error> {
        let found = instances::by_name(tx, &self.name).await?;
        let unknown = || Failed::Because(InstanceError::Unknown(self.name.clone()));
        let found = found.ok_or_else(unknown)?;
        let Some(going) = Recording::gone(found, self.now)? else { return Ok(Gone::Before) };
        write_all(tx, &[going]).await?;
        Ok(Gone::Now)
    }
}
