//! The keys of a user, as he and whoever manages users see them.

use super::{
    KeyFault, KeysOf, MOST_KEYS, Right, make_key::public_id, principal::read_scopes, recognise::moment,
};
use crate::{
    Desk, Failure,
    failure::{DeskError, Failed},
};
use jiff::Timestamp;
use std::collections::BTreeSet;
use store::{ApiKeyId, Tx, Unit, api_keys, users};

/// A key that is not revoked. Its secret was shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedKey {
    /// Its id.
    pub id: ApiKeyId,
    /// How requests name it, where it is a signing key.
    pub public_id: Option<String>,
    /// What its user calls it.
    pub label: String,
    /// The rights that it is restricted to; `None` for all that the roles of its user give.
    pub scopes: Option<BTreeSet<Right>>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it is good, which may be past.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to a minute.
    pub used_at: Option<Timestamp>,
}

impl Desk {
    /// The keys that are not revoked, oldest first: at most [`MOST_KEYS`].
    pub async fn my_keys(&self, of: KeysOf) -> Result<Vec<ListedKey>, Failure<KeyFault>> {
        let (_, user) = of.named().map_err(Failure::Because)?;
        self.read(|_| Ok(List(user.clone()))).await
    }
}

struct List(String);

impl Unit for List {
    type Output = Vec<ListedKey>;
    type Error = Failed<Failure<KeyFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let user = users::by_name(tx, &self.0).await?;
        let unknown = || Failed::Because(Failure::Because(KeyFault::UnknownUser(self.0.clone())));
        let user = user.ok_or_else(unknown)?;
        let most = i64::try_from(MOST_KEYS).map_err(|error| DeskError::unwritable(&error))?;
        Ok(api_keys::of_user(tx, user.id, most).await?.into_iter().map(listed).collect())
    }
}

fn listed(key: api_keys::ApiKey) -> ListedKey {
    ListedKey {
        id: key.id,
        public_id: key.sealed.map(|_| public_id(key.id)),
        label: key.label,
        scopes: key.scopes.as_deref().map(read_scopes),
        made_at: moment(key.made_at),
        expires_at: key.expires_at.map(moment),
        used_at: key.used_at.map(moment),
    }
}
