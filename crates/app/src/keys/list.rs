//! Which keys there are, and what is still sealed under those that were replaced.

use crate::{
    Desk,
    failure::{DeskError, Failed},
    ground::{CODE_LOOKUP, CODES, Ground, LEDGER},
};
use keys::{KeyId, KeyState, Purpose, sealed_prefix};
use std::sync::Arc;
use store::{
    Tx, Unit, codes,
    data_keys::{self, Dated},
    ledger_key,
};

/// One key, as the operator may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedKey {
    /// Its id.
    pub id: KeyId,
    /// What it is for.
    pub purpose: Purpose,
    /// Whether it is used for what is new.
    pub state: KeyState,
    /// When it was made, in microseconds since 1970.
    pub made_at: i64,
    /// How many stored values need it although it is retired. `None` for an active key, and for one of a purpose that this
    /// program does not know.
    pub left: Option<u64>,
}

impl Desk {
    /// Every key, in the order of their ids.
    pub async fn keys(&self) -> Result<Vec<ListedKey>, DeskError> {
        self.read(|ground| Ok(List(ground))).await
    }
}

struct List(Arc<Ground>);

impl Unit for List {
    type Output = Vec<ListedKey>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        self.0.check::<DeskError>(tx).await?;
        let under = codes::by_prefix(tx).await?;
        let signer = ledger_key::find(tx).await?;
        let active = self.0.secrets.prefix();
        let count = |counts: &dyn Fn(&[u8]) -> bool| {
            let of = under.iter().filter(|(prefix, _)| counts(prefix)).map(|(_, codes)| *codes);
            u64::try_from(of.sum::<i64>()).unwrap_or_default()
        };
        let listed = |Dated { key, made_at }: Dated| {
            let left = match (key.state, &key.purpose) {
                (KeyState::Retired, purpose) if *purpose == CODES => {
                    Some(count(&|prefix| prefix == sealed_prefix(key.id)))
                }
                // What needs new sealing needs new hashing, and nothing else does.
                (KeyState::Retired, purpose) if *purpose == CODE_LOOKUP => {
                    Some(count(&|prefix| prefix != active))
                }
                (KeyState::Retired, purpose) if *purpose == LEDGER => {
                    let needs =
                        |row: &ledger_key::LedgerKeyRow| row.sealed.starts_with(&sealed_prefix(key.id));
                    Some(signer.as_ref().is_some_and(needs).into())
                }
                _ => None,
            };
            ListedKey { id: key.id, purpose: key.purpose, state: key.state, made_at, left }
        };
        Ok(data_keys::dated(tx).await?.into_iter().map(listed).collect())
    }
}
