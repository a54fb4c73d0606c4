//! Which keys there are, and what is still sealed under those that were replaced.

use crate::{
    Desk,
    failure::{DeskError, Failed},
    ground::{CODE_LOOKUP, CODES, Ground, LEDGER, SUBJECTS, USERS},
};
use keys::{KeyId, KeyState, Purpose, sealed_prefix};
use std::sync::Arc;
use store::{
    Tx, Unit, api_keys, codes,
    data_keys::{self, Dated},
    ledger_key, second_factors, sessions, subject_keys, users,
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
        let mut of_users = users::emails_by_prefix(tx).await?;
        of_users.extend(api_keys::secrets_by_prefix(tx).await?);
        of_users.extend(second_factors::by_prefix(tx).await?);
        of_users.extend(sessions::addresses_by_prefix(tx).await?);
        let of_subjects = subject_keys::by_prefix(tx).await?;
        let active = self.0.secrets.prefix();
        let listed = |Dated { key, made_at }: Dated| {
            let left = match (key.state, &key.purpose) {
                (KeyState::Retired, purpose) if *purpose == CODES => {
                    Some(count(&under, |prefix| prefix == sealed_prefix(key.id)))
                }
                // What needs new sealing needs new hashing, and nothing else does.
                (KeyState::Retired, purpose) if *purpose == CODE_LOOKUP => {
                    Some(count(&under, |prefix| prefix != active))
                }
                (KeyState::Retired, purpose) if *purpose == LEDGER => {
                    let needs =
                        |row: &ledger_key::LedgerKeyRow| row.sealed.starts_with(&sealed_prefix(key.id));
                    Some(signer.as_ref().is_some_and(needs).into())
                }
                (KeyState::Retired, purpose) if *purpose == USERS => {
                    Some(count(&of_users, |prefix| prefix == sealed_prefix(key.id)))
                }
                (KeyState::Retired, purpose) if *purpose == SUBJECTS => {
                    Some(count(&of_subjects, |prefix| prefix == sealed_prefix(key.id)))
                }
                _ => None,
            };
            ListedKey { id: key.id, purpose: key.purpose, state: key.state, made_at, left }
        };
        Ok(data_keys::dated(tx).await?.into_iter().map(listed).collect())
    }
}

/// How many values have a prefix that counts.
fn count(values: &[(Vec<u8>, i64)], counts: impl Fn(&[u8]) -> bool) -> u64 {
    let of = values.iter().filter(|(prefix, _)| counts(prefix)).map(|(_, values)| *values);
    u64::try_from(of.sum::<i64>()).unwrap_or_default()
}
