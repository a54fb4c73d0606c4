//! Looking at a desk part by part, for the operator: what is sound, and what is not.

use crate::{
    Desk,
    failure::{Damage, DeskError},
    ground::{Published, Secrets},
    hex,
};
use keys::{MasterKey, StoredKey, UnwrapError};
use store::{
    Store, Tx, Unit,
    codes::{self, Held},
    data_keys, desk, rulebooks,
};

/// Codes that are opened: so many of the oldest, and of the newest.
const SAMPLE: i64 = 50;

/// What was found.
#[derive(Debug)]
pub struct Examination {
    /// Whether every key unwraps and those of each purpose fit together.
    pub keys: Examined,
    /// Whether a sample of the codes opens.
    pub codes: Examined,
    /// What is wrong with the rulebook in force.
    pub rulebook: Option<DeskError>,
}

/// How one kind of thing was found.
#[derive(Debug)]
pub struct Examined {
    /// How many were looked at.
    pub of: usize,
    /// The first that is wrong.
    pub fault: Option<DeskError>,
}

/// Looks at the desk in `store`. Without a master key what is sealed is counted only.
pub async fn examine(store: &Store, master: Option<&MasterKey>) -> Result<Examination, DeskError> {
    let Found { keys, codes, digest, text } = store.read(Read).await?;
    let published = text.as_deref().and_then(Published::read);
    let sound = published.is_some_and(|published| published.digest().as_slice() == digest);
    let rulebook = (!sound).then(|| Damage::Rulebook { digest: hex(&digest) }.into());
    let secrets = master.map(|master| unlocked(master, &keys)).transpose();
    let (secrets, of_keys) = match secrets {
        Ok(secrets) => (secrets, None),
        Err(error) => (None, Some(error)),
    };
    let of_codes = secrets.and_then(|secrets| {
        codes.iter().find_map(|stored| secrets.open(&stored.code).err().map(DeskError::from))
    });
    Ok(Examination {
        keys: Examined { of: keys.len(), fault: of_keys },
        codes: Examined { of: codes.len(), fault: of_codes },
        rulebook,
    })
}

fn unlocked(master: &MasterKey, keys: &[StoredKey]) -> Result<Secrets, DeskError> {
    for key in keys {
        key.check(master).map_err(|error| match error {
            UnwrapError::WrongMasterKey { wrapped_under: needed, given, .. } => {
                DeskError::WrongMasterKey { needed, given }
            }
            error => Damage::Keys { purpose: key.purpose.word().to_owned(), fault: error.to_string() }.into(),
        })?;
    }
    Secrets::unlock(master, keys)
}

impl Desk {
    /// Whether a desk was set up in `store`.
    pub async fn is_set_up(store: &Store) -> Result<bool, DeskError> {
        match store.read(Read).await {
            Ok(_) => Ok(true),
            Err(DeskError::Damaged(Damage::NoDesk)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

struct Found {
    keys: Vec<StoredKey>,
    codes: Vec<Held>,
    digest: Vec<u8>,
    text: Option<Vec<u8>>,
}

struct Read;

impl Unit for Read {
    type Output = Found;
    type Error = DeskError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Found, DeskError> {
        let digest = desk::find(tx).await?.ok_or(Damage::NoDesk)?.rulebook;
        let (keys, codes) = (data_keys::all(tx).await?, codes::sample(tx, SAMPLE).await?);
        let text = rulebooks::text(tx, &digest).await?;
        Ok(Found { keys, codes, digest, text })
    }
}
